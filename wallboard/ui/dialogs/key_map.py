"""The map of the keys: what each does, on one card."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from wallboard.ui.accessible.part import Part
from wallboard.ui.dialogs.overlay import Overlay
from wallboard.ui.easel import Easel, Place, Texts
from wallboard.ui.key_table import GROUPS, KeyGroup, KeyRow
from wallboard.ui.look import Look
from wallboard.ui.theme.type import Role

_COLUMNS: Final = ((0, 2), (1, 3, 4))
"""Which groups stand below each other, column by column."""
_WIDE: Final = 920
_TITLE, _HEADING, _ROW, _PAD = 56, 34, 32, 24


class KeyMap(Overlay):
    """Shows what the keys do."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(look, parent)
        self._texts = Texts()
        wording = look.wording
        self.setAccessibleName(wording.translate("Keys", "Keys"))

    def _told_parts(self) -> Mapping[str, Part]:
        say = self._look.wording.say
        return {
            f"{group.name.text} {row.keys}": Part(
                name=f"{say(group.name)}: {say(row.does)}",
                words=row.keys,
                box=self.card().toAlignedRect(),
            )
            for group in GROUPS
            for row in group.rows
        }

    def card(self) -> QRectF:
        """Return where the card really is: in the middle."""
        px = self._look.px
        width = min(px(_WIDE), self.width() - px(24))
        height = min(px(_highest()), self.height() - px(24))
        return QRectF((self.width() - width) // 2, (self.height() - height) // 2, width, height)

    def _tall(self, pixels: float) -> int:
        """Return a height that is given for 100 %, less where the window is too low for all."""
        fits = self.card().height() / self._look.px(_highest())
        return int(self._look.px(pixels) * min(1.0, fits))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Close at the keys that opened it, too."""
        if event.key() in (Qt.Key.Key_Question, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.close_it()
            event.accept()
            return
        super().keyPressEvent(event)

    def _paint_card(self, painter: QPainter) -> None:
        look, theme = self._look, self._look.theme
        px = look.px
        easel = Easel(painter, look, self.width(), self._texts)
        card = easel.at(self.card())
        title = QRectF(
            card.x() + px(_PAD), card.y(), card.width() - 2 * px(_PAD), self._tall(_TITLE)
        )
        text = look.wording.translate("Keys", "Keys")
        easel.write(title, text, look.font(Role.TITLE), theme.text)
        close = look.wording.translate("Keys", "Esc closes")
        easel.write(title, close, look.font(Role.CAPTION), theme.muted, Place.END)
        gap = px(40)
        width = (card.width() - 2 * px(_PAD) - gap) / len(_COLUMNS)
        for at, column in enumerate(_COLUMNS):
            top = card.y() + self._tall(_TITLE)
            start = card.x() + px(_PAD) + at * (width + gap)
            for group in column:
                box = QRectF(start, top, width, self._tall(_height(group)))
                self._paint_group(easel, box, GROUPS[group])
                top = box.bottom()

    def _paint_group(self, easel: Easel, box: QRectF, group: KeyGroup) -> None:
        look, theme = self._look, self._look.theme
        heading = QRectF(box.x(), box.y(), box.width(), self._tall(_HEADING))
        name = look.wording.say(group.name)
        easel.write(heading, name, look.font(Role.HEADING), theme.text2)
        line = QRectF(box.x(), heading.bottom(), box.width(), self._tall(_ROW))
        for row in group.rows:
            self._paint_row(easel, line, row)
            line.translate(0, line.height())

    def _paint_row(self, easel: Easel, line: QRectF, row: KeyRow) -> None:
        look, theme = self._look, self._look.theme
        font = look.font(Role.LABEL)
        # Keys are written on caps, the first one outermost, read from the end of the line.
        end = line.right()
        high = self._tall(22)
        for keys in reversed(row.keys.split("  ")):
            wide = easel.text_width(keys, font) + look.px(14)
            cap = QRectF(end - wide, line.center().y() - high / 2, wide, high)
            easel.painter.setPen(QPen(theme.control, 1))
            easel.painter.setBrush(theme.raised)
            easel.painter.drawRoundedRect(easel.at(cap).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
            easel.write(cap, keys, font, theme.text, Place.CENTER)
            end = cap.x() - look.px(6)
        text = QRectF(line.x(), line.y(), end - line.x() - look.px(6), line.height())
        easel.write(text, look.wording.say(row.does), look.font(Role.BODY), theme.text)


def _highest() -> int:
    """Return how high the card is in pixels at 100 %."""
    return _TITLE + _PAD + max(sum(map(_height, column)) for column in _COLUMNS)


def _height(group: int) -> int:
    """Return how high a group is in pixels at 100 %, the room below it included."""
    return _HEADING + _ROW * len(GROUPS[group].rows) + 14
