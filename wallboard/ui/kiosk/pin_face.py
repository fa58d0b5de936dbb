"""The face that asks for the PIN which ends a TV's board: painted, with nothing to click."""

from __future__ import annotations

import unicodedata
from datetime import timedelta
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from wallboard.ui.easel import NO_PEN, RADIUS, Easel, Place, Texts
from wallboard.ui.look import Look
from wallboard.ui.theme.type import font_of

MOST_DIGITS: Final = 12
CLOSES_MS: Final = 20_000
"""It goes by itself when nobody types any more."""

_WIDE, _HIGH = 64, 34
"""Of the card, in units of a hundred and sixtieth of the screen's width."""
_VEIL: Final = 170
_ENDS: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_TAKES_BACK: Final = frozenset({Qt.Key.Key_Backspace, Qt.Key.Key_Delete})


class PinFace(QWidget):
    """Covers a board while somebody types. What is typed is never painted.

    Signals:
        pin_told: The digits 0 to 9 that were typed, once they are complete.
    """

    pin_told = Signal(str)

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._texts = Texts()
        self._digits = ""
        self._said = ""
        self._shut = False
        self._closing = QTimer(self)
        self._closing.setSingleShot(True)
        self._closing.setInterval(CLOSES_MS)
        self._closing.timeout.connect(self.close_face)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    @property
    def count(self) -> int:
        """How many digits stand there."""
        return len(self._digits)

    def text(self) -> str:
        """Return what is said below the digits."""
        return self._said

    def show_look(self, look: Look) -> None:
        """Show it in another look."""
        self._look = look
        self._texts.clear()
        self.update()

    def open_face(self) -> None:
        """Ask for the PIN."""
        self._digits, self._said, self._shut = "", "", False
        self.show()
        self.raise_()
        self._closing.start()
        self.update()

    def close_face(self) -> None:
        """Ask no more."""
        self._closing.stop()
        self._digits = ""
        self.hide()

    def show_wrong(self, left: int) -> None:
        """Say that it was wrong.

        Args:
            left: How often one may still try.
        """
        wording = self._look.wording
        self._said = wording.translate("Kiosk", "That was wrong. Tries left: {count}").format(
            count=wording.count(left)
        )
        self._digits = ""
        self._closing.start()
        self.update()

    def show_shut(self, left: timedelta | None) -> None:
        """Say that nobody may try now.

        Args:
            left: For so long. None: one may again.
        """
        wording = self._look.wording
        if left is None:
            self._said = "" if self._shut else self._said
        else:
            self._digits = ""
            self._said = wording.translate(
                "Kiosk", "Too many wrong tries. Try again in {time}."
            ).format(time=wording.duration(left))
        self._shut = left is not None
        self.update()

    def take_key(self, event: QKeyEvent) -> None:
        """Take a key that was pressed."""
        self._closing.start()
        if event.key() == Qt.Key.Key_Escape:
            self.close_face()
            return
        if self._shut:
            return
        if event.key() in _ENDS:
            told, self._digits = self._digits, ""
            if told:
                self.pin_told.emit(told)
        elif event.key() in _TAKES_BACK:
            self._digits = self._digits[:-1]
        else:
            self._digits = (self._digits + digits_of(event.text()))[:MOST_DIGITS]
            if digits_of(event.text()):
                self._said = ""
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the veil, the card, a dot for each digit, and what is said."""
        del event
        look, theme = self._look, self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        veil = QColor(theme.base)
        veil.setAlpha(_VEIL)
        painter.fillRect(self.rect(), veil)
        unit = min(self.width() / 160, self.height() / 90)
        card = QRectF(0, 0, _WIDE * unit, _HIGH * unit)
        card.moveCenter(QRectF(self.rect()).center())
        painter.setPen(QPen(theme.control, max(1.0, unit / 6)))
        painter.setBrush(theme.raised)
        painter.drawRoundedRect(card, RADIUS * unit / 4, RADIUS * unit / 4)
        easel = Easel(painter, look, self.width(), self._texts)
        wording = look.wording
        # Both begin with names of keys, which no language turns round.
        direction = "\u200f" if wording.rtl else "\u200e"
        keys = wording.translate("Kiosk", "Enter: end it   Esc: back to the board")
        lines = (
            (3.0, 4.0, wording.translate("Kiosk", "PIN to end this board"), theme.text),
            (20.5, 2.6, self._said, theme.text),
            (
                27.0,
                2.2,
                f"{direction}{keys}",
                theme.text2,
            ),
        )
        for top, size, text, colour in lines:
            line = QRectF(card.left(), card.top() + top * unit, card.width(), size * 1.7 * unit)
            # The card lies in the middle: from either side it begins at the same place.
            easel.write(
                line.adjusted(unit, 0, -unit, 0),
                text,
                font_of(max(8, round(size * unit)), QFont.Weight.Medium),
                colour,
                Place.CENTER,
            )
        self._paint_dots(painter, card, unit)
        painter.end()

    def _paint_dots(self, painter: QPainter, card: QRectF, unit: float) -> None:
        theme = self._look.theme
        shown = max(4, len(self._digits))
        gap = 4.4 * unit
        left = card.center().x() - gap * (shown - 1) / 2
        for number in range(shown):
            centre = QPointF(left + number * gap, card.top() + 15.5 * unit)
            full = number < len(self._digits)
            painter.setPen(NO_PEN if full else QPen(theme.control, max(1.0, unit / 4)))
            painter.setBrush(theme.text if full else Qt.BrushStyle.NoBrush)
            painter.drawEllipse(centre, 1.1 * unit, 1.1 * unit)


def digits_of(text: str) -> str:
    """Return the digits of what was typed, in any script, as 0 to 9."""
    return "".join(str(unicodedata.decimal(letter)) for letter in text if letter.isdecimal())
