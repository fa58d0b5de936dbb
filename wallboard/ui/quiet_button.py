"""A push button that stays calm: an outline, a word, a ring when it has the keyboard."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton

from wallboard.ui.key_ring import KeyRing
from wallboard.ui.look import Look
from wallboard.ui.theme.type import Role


class KeyedButton(QPushButton):
    """A button that the Enter key presses as the space bar does, outside of dialogs too."""

    def __init__(self) -> None:
        super().__init__()
        self._ring = KeyRing()

    def ringed(self) -> bool:
        """Return whether the ring is to be seen."""
        return self._ring.seen and self.hasFocus()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Note whether it was a key that brought the keyboard here."""
        self._ring.given(event)
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Press the button."""
        if self._ring.pressed():
            self.update()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.click()
        else:
            super().keyPressEvent(event)


class QuietButton(KeyedButton):
    """A button painted in the colours of the look."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_look(self, look: Look) -> None:
        """Show the button in another look; its text is the caller's."""
        self._look = look
        self.updateGeometry()
        self.update()

    def show_text(self, text: str) -> None:
        """Show the word, which also is the button's name for those who listen."""
        if text != self.text():
            self.setText(text)
            self.setAccessibleName(text)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the size that the word needs."""
        look = self._look
        width = QFontMetrics(look.font(Role.LABEL)).horizontalAdvance(self.text())
        return QSize(width + look.px(24), look.px(32))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 - Qt's name
        """Paint outline, word and ring."""
        theme = self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        lit = self.underMouse() or self.isDown()
        painter.setPen(QPen(theme.control, 1))
        painter.setBrush(theme.raised if lit else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, 4, 4)
        if self.ringed():
            painter.setPen(QPen(theme.focus, theme.focus_width))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, 4, 4)
        painter.setPen(theme.text if self.isEnabled() else theme.muted)
        painter.setFont(self._look.font(Role.LABEL))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.text())
        painter.end()
