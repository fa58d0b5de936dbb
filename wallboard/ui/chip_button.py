"""A button that stays pressed: a filter with its number, or one of several ways to see a thing."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen

from wallboard.domain.snapshot import AgentState
from wallboard.ui.easel import Easel, Texts
from wallboard.ui.look import Look
from wallboard.ui.quiet_button import KeyedButton
from wallboard.ui.theme.type import Role


class ChipButton(KeyedButton):
    """Shows a word, and before it a glyph and a number where it has them."""

    def __init__(self, look: Look, state: AgentState | None = None) -> None:
        super().__init__()
        self._look = look
        self._state = state
        self._number = self._word = ""
        self._empty = False
        self._texts = Texts()
        self.setCheckable(True)
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
        self._word, self._number, self._empty = word, number, empty
        self.setAccessibleName(f"{word} {number}".strip())
        self.update()
        return wider

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the size that glyph, number and word need."""
        look = self._look
        width = look.px(22) + self._texts.width(self._word, look.font(Role.LABEL))
        if self._number:
            width += self._texts.width(self._number, look.font(Role.STRONG)) + look.px(6)
        if self._state is not None:
            width += look.px(19)
        return QSize(round(width) + 1, look.px(32))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 - Qt's name
        """Paint ground, outline, glyph, number, word and ring."""
        look, theme = self._look, self._look.theme
        painter = QPainter(self)
        easel = Easel(painter, look, self.width(), self._texts)
        box = QRectF(self.rect())
        easel.fill(box, theme.base)
        inner = box.adjusted(1.5, 1.5, -1.5, -1.5)
        checked = self.isChecked()
        painter.setPen(QPen(theme.text if checked else theme.line, 2 if checked else 1))
        lit = self.underMouse() or self.isDown()
        painter.setBrush(theme.bands[1] if checked else theme.raised if lit else theme.surface)
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
        if self._number:
            ink = theme.muted if self._empty else theme.text
            used = easel.write(line, self._number, look.font(Role.STRONG), ink)
            line.setLeft(line.x() + used + look.px(6))
        ink = theme.text if checked else theme.text2
        easel.write(line, self._word, look.font(Role.LABEL), ink)
        painter.end()
