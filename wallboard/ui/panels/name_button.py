"""A quiet button with a name from outside on it: cut where there is no room, never a shortcut."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy

from wallboard.ui.easel import Easel, Texts
from wallboard.ui.look import Look
from wallboard.ui.quiet_button import KeyedButton
from wallboard.ui.theme.type import Role

_LEAST = 80


class NameButton(KeyedButton):
    """Shows a text at the start of the line. Qt is not told it, which would read its ampersands."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._texts = Texts()
        self._word = ""
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_look(self, look: Look) -> None:
        """Show the button in another look; its words are the caller's."""
        self._look = look
        self._texts.clear()
        self.updateGeometry()
        self.update()

    def show_words(self, word: str) -> None:
        """Show a plain text that is fit to be shown; it is the button's name, too."""
        if word != self._word:
            self._word = word
            self.setAccessibleName(word)
            self.update()

    def words(self) -> str:
        """Return what it shows."""
        return self._word

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return a size in which something can be read; it is as wide as there is room."""
        return QSize(self._look.px(_LEAST), self._look.px(32))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 - Qt's name
        """Paint outline, text and ring."""
        look, theme = self._look, self._look.theme
        painter = QPainter(self)
        easel = Easel(painter, look, self.width(), self._texts)
        lit = self.underMouse() or self.isDown()
        easel.fill(QRectF(self.rect()), theme.base)
        painter.setPen(QPen(theme.focus, theme.focus_width) if self.ringed() else theme.control)
        painter.setBrush(theme.raised if lit else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5), 4, 4)
        line = QRectF(self.rect()).adjusted(look.px(12), 0, -look.px(12), 0)
        easel.write(line, self._word, look.font(Role.LABEL), theme.text)
        painter.end()
