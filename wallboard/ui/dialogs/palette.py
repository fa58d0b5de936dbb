"""The palette: type a few letters of anything, and go there or have it done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QAccessible, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from wallboard.ui.accessible.flat import FlatParts
from wallboard.ui.accessible.part import Part, Path
from wallboard.ui.dialogs.finding_things import found
from wallboard.ui.dialogs.overlay import Overlay
from wallboard.ui.easel import Easel, Place, flood
from wallboard.ui.filter_field import FilterField
from wallboard.ui.look import Look
from wallboard.ui.page_glyphs import paint_page_glyph
from wallboard.ui.panels.panel import Panel
from wallboard.ui.theme.type import Role
from wallboard.ui.thing import Thing

_MOST: Final = 9
_WIDE: Final = 640
_PAD, _FIELD, _ROW = 12, 40, 38
_TOP: Final = 0.14
"""How far below the window's top the card begins, as a share of its height."""


class PaletteField(FilterField):
    """The palette's line of text; what leads through the results goes to the palette."""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Type, or let the palette have the key."""
        leads = (
            Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown,
            Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape,
        )  # fmt: skip
        if event.key() in leads:
            event.ignore()
        else:
            super().keyPressEvent(event)


class Results(FlatParts, Panel):
    """The best of what was found, one a row.

    Signals:
        pressed: Which row was clicked.
    """

    pressed = Signal(int)

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(look)
        self.setParent(parent)
        self._things: tuple[Thing, ...] = ()
        self._at = 0
        self._none = ""
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_things(self, things: tuple[Thing, ...], at: int, none: str) -> None:
        """Show what was found, the chosen one lifted; `none` where nothing was."""
        self._things, self._at, self._none = things, at, none
        self.setAccessibleName(self._look.wording.translate("Palette", "Found"))
        self._tell("" if things else none)
        self.update()

    def told_role(self) -> QAccessible.Role:
        """Return what kind of thing it is."""
        return QAccessible.Role.List

    def press_part(self, path: Path) -> None:
        """Choose what was found."""
        self.pressed.emit(int(path[0]))

    def _told_parts(self) -> Mapping[str, Part]:
        high = self.row_height()
        return {
            str(at): Part(
                name=f"{thing.kind} {thing.name}",
                words=thing.note or thing.keys,
                box=QRect(0, at * high, self.width(), high),
                presses=True,
            )
            for at, thing in enumerate(self._things)
        }

    def row_height(self) -> int:
        """Return how high a row is."""
        return self._look.px(_ROW)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Tell which row was clicked."""
        at = int(event.position().y() // self.row_height())
        if 0 <= at < len(self._things):
            self.pressed.emit(at)
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Leave the click to its end."""
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the rows."""
        look, theme = self._look, self._look.theme
        painter = QPainter(self)
        easel = self._easel(painter)
        flood(painter, event.rect(), theme.surface)
        row = QRectF(0, 0, self.width(), self.row_height())
        if not self._things:
            box = row.adjusted(look.px(12), 0, -look.px(12), 0)
            easel.write(box, self._none, look.font(Role.BODY), theme.text2)
        for at, thing in enumerate(self._things):
            self._paint_row(easel, row, thing, chosen=at == self._at)
            row.translate(0, row.height())
        painter.end()

    def _paint_row(self, easel: Easel, row: QRectF, thing: Thing, *, chosen: bool) -> None:
        look, theme = self._look, self._look.theme
        if chosen:
            easel.card(row.adjusted(0, 1, 0, -1), theme.bands[0] if theme.dark else theme.bands[1])
            easel.fill(QRectF(row.x(), row.y() + row.height() / 4, 3, row.height() / 2), theme.text)
        size = look.px(16)
        glyph = QRectF(row.x() + look.px(14), row.center().y() - size / 2, size, size)
        ink = theme.text if chosen else theme.text2
        paint_page_glyph(easel.painter, easel.at(glyph), thing.glyph, ink)
        end = row.right() - look.px(14)
        line = QRectF(glyph.right() + look.px(12), row.y(), 0, row.height())
        line.setRight(end)
        text = thing.keys or thing.kind
        used = easel.write(line, text, look.font(Role.CAPTION), theme.muted, Place.END)
        line.setRight(end - used - look.px(12))
        role = Role.STRONG if chosen else Role.BODY
        used = easel.write(line, thing.name, look.font(role), theme.text)
        line.setLeft(line.x() + used + look.px(10))
        if line.width() > look.px(40):
            easel.write(line, thing.note, look.font(Role.CAPTION), theme.muted)


class Palette(Overlay):
    """Shows the best of what is found while one types. Everything in it is plain text.

    Signals:
        picked: What was chosen.
    """

    picked = Signal(Thing)

    def __init__(self, look: Look, things: tuple[Thing, ...], parent: QWidget) -> None:
        """Build the palette.

        Args:
            look: How it looks, for as long as it is open.
            things: All that can be found, in the order that is offered before one types.
            parent: What it covers.
        """
        super().__init__(look, parent)
        self._things = things
        self._found: tuple[Thing, ...] = ()
        self._at = 0
        wording = look.wording
        self.field = PaletteField(look, "")
        self.field.setParent(self)
        self.field.show_hint(wording.translate("Palette", "Find a page, queue, agent or action"))
        self.results = Results(look, self)
        self.field.textChanged.connect(self._look_for)
        self.results.pressed.connect(self._press)
        self.setAccessibleName(wording.translate("Palette", "Find"))
        self._look_for("")

    def first(self) -> QWidget:
        """Return the field: one types at once."""
        return self.field

    def card(self) -> QRectF:
        """Return where the card really is: above the middle, as high as what was found."""
        px = self._look.px
        width = min(px(_WIDE), self.width() - px(24))
        rows = max(1, len(self._found))
        height = px(_FIELD) + 3 * px(_PAD) + rows * self.results.row_height()
        return QRectF((self.width() - width) // 2, round(self.height() * _TOP), width, height)

    def chosen(self) -> Thing | None:
        """Return what Enter would choose. None if nothing was found."""
        return self._found[self._at] if self._found else None

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Walk through the results, choose one, or close."""
        key = Qt.Key(event.key())
        ends = {Qt.Key.Key_PageDown: _MOST, Qt.Key.Key_PageUp: -_MOST}
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, **ends}.get(key)
        if step is not None and self._found:
            self._at = max(0, min(len(self._found) - 1, self._at + step))
            self._show()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self._press(self._at)
        else:
            super().keyPressEvent(event)
        event.accept()

    def _look_for(self, typed: str) -> None:
        self._found = found(self._things, typed, _MOST)
        self._at = 0
        self._arrange()
        self._show()
        self.update()

    def _press(self, at: int) -> None:
        if at < len(self._found):
            thing = self._found[at]
            self.close_it()
            self.picked.emit(thing)

    def _show(self) -> None:
        none = self._look.wording.translate("Palette", "Nothing found. Try fewer letters.")
        self.results.show_things(self._found, self._at, none)
        chosen = self.chosen()
        told = none if chosen is None else f"{chosen.kind} {chosen.name}"
        if told != self.field.accessibleDescription():
            self.field.setAccessibleDescription(told)

    def _arrange(self) -> None:
        card = self.card().toAlignedRect()
        pad = self._look.px(_PAD)
        inner = card.adjusted(pad, pad, -pad, -pad)
        high = self._look.px(_FIELD)
        self.field.setGeometry(QRect(inner.x(), inner.y(), inner.width(), high))
        top = inner.y() + high + pad
        self.results.setGeometry(QRect(inner.x(), top, inner.width(), inner.bottom() + 1 - top))
