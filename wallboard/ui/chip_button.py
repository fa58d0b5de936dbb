"""A button that stays pressed: a filter with its number, or one of several ways to see a thing."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen

from wallboard.domain.snapshot import AgentState
from wallboard.ui.digit_run import DigitRun, Digits
from wallboard.ui.easel import Easel, Texts, flood
from wallboard.ui.look import Look
from wallboard.ui.quiet_button import KeyedButton
from wallboard.ui.theme.type import Role


class ChipButton(KeyedButton):
    """Shows a word, and before it a glyph and a number where it has them."""

    def __init__(
        self, look: Look, state: AgentState | None = None, *, texts: Texts | None = None
    ) -> None:
        """Make one.

        Args:
            look: How it looks.
            state: Whose glyph stands before the number. None for none.
            texts: Shared with the chips beside it. None for its own.
        """
        super().__init__()
        self._look = look
        self._state = state
        self._number = self._word = ""
        self._empty = False
        self._wide = 0.0
        self._number_box = QRect()
        # Where each letter of the number stands, if it is written digit by digit.
        self._points: list[QPointF] | None = None
        self._texts = Texts() if texts is None else texts
        self.setCheckable(True)
        # What is under it need not be painted for it: it paints all of its box.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_look(self, look: Look) -> None:
        """Show the chip in another look; its words are the caller's."""
        self._look = look
        self._texts.clear()
        self.updateGeometry()
        self.update()

    def show_words(self, word: str, number: str = "", *, empty: bool = False) -> bool:
        """Show a word and a number; return whether another size is needed.

        Args:
            word: What the chip is called.
            number: As it is worded; empty for none.
            empty: True for a number that draws no eye.
        """
        if (word, number, empty) == (self._word, self._number, self._empty):
            return False
        wider = word != self._word or len(number) != len(self._number)
        before, self._wide = self._wide, self._width_of(number)
        as_wide = self._wide == before
        self._word, self._number, self._empty = word, number, empty
        self.setAccessibleName(f"{word} {number}".strip())
        if as_wide and not wider and not self._number_box.isEmpty():
            self.update(self._number_box)
        else:
            self.update()
        return wider

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the size that glyph, number and word need."""
        look = self._look
        width = look.px(22) + self._texts.width(self._word, look.font(Role.LABEL))
        if self._number:
            width += self._width_of(self._number) + look.px(6)
        if self._state is not None:
            width += look.px(19)
        return QSize(round(width) + 1, look.px(32))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint ground, outline, glyph, number, word and ring; mostly the number alone."""
        look, theme = self._look, self._look.theme
        painter = QPainter(self)
        if event.rect() == self._number_box and self._points is not None:
            flood(painter, self._number_box, self._ground())
            # Numbers of one length have what stands between their thousands at one place.
            if len(self._points) == len(self._number) and self._write_digits(painter):
                painter.end()
                return
        easel = Easel(painter, look, self.width(), self._texts)
        box = QRectF(self.rect())
        easel.fill(box, theme.base)
        inner = box.adjusted(1.5, 1.5, -1.5, -1.5)
        checked = self.isChecked()
        painter.setPen(QPen(theme.text if checked else theme.line, 2 if checked else 1))
        painter.setBrush(self._ground())
        painter.drawRoundedRect(inner, 4, 4)
        if self.hasFocus():
            painter.setPen(QPen(theme.focus, theme.focus_width))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(inner, 4, 4)
        line = box.adjusted(look.px(11), 0, -look.px(8), 0)
        if self._state is not None:
            size = look.px(12)
            easel.state(QRectF(line.x(), line.center().y() - size / 2, size, size), self._state)
            line.setLeft(line.x() + size + look.px(7))
        self._number_box, self._points = QRect(), None
        if self._number:
            used = self._write_number(easel, line)
            # In whole pixels, and as high as the line is: nothing else is painted there.
            place = QRectF(line.x(), 4, used, box.height() - 8)
            self._number_box = easel.at(place).toAlignedRect()
            line.setLeft(line.x() + used + look.px(6))
        ink = theme.text if checked else theme.text2
        easel.write(line, self._word, look.font(Role.LABEL), ink)
        painter.end()

    def _ground(self) -> QColor:
        theme = self._look.theme
        if self.isChecked():
            return theme.bands[1]
        return theme.raised if self.underMouse() or self.isDown() else theme.surface

    def _width_of(self, number: str) -> float:
        return self._texts.figure_width(number, self._look.font(Role.STRONG)) if number else 0.0

    def _write_number(self, easel: Easel, box: QRectF) -> float:
        """Write the number at the start of a box; return how wide it is."""
        digits, width = self._digits(), self._width_of(self._number)
        if digits is not None and width <= box.width():
            middle, end = box.y() + box.height() / 2, box.x() + width
            self._points = digits.points_of(easel, end, middle, box.width(), self._number)
        if self._write_digits(easel.painter):
            return width
        return easel.write(box, self._number, self._look.font(Role.STRONG), self._ink())

    def _write_digits(self, painter: QPainter) -> bool:
        """Write the number digit by digit; return whether that can be done."""
        digits = self._digits()
        run = None if digits is None else DigitRun(digits)
        if run is None or self._points is None or not run.takes(self._number):
            return False
        run.write(self._number, self._points)
        painter.setPen(self._ink())
        run.paint(painter)
        return True

    def _digits(self) -> Digits | None:
        return self._texts.digits(self._look.font(Role.STRONG))

    def _ink(self) -> QColor:
        theme = self._look.theme
        if not self._empty:
            return theme.text
        # What is muted cannot be read on the ground of a chip that is pressed.
        return theme.text2 if self.isChecked() else theme.muted
