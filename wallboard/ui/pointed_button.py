"""A button that tells when the mouse or the keyboard is at it: then what it does is said."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent

from wallboard.ui.quiet_button import KeyedButton


class PointedButton(KeyedButton):
    """Says of itself whether somebody points at it.

    Signals:
        pointed: Somebody points at it from now on, or no longer.
    """

    pointed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._over = False
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def pointed_at(self) -> bool:
        """Return whether the mouse or the keyboard is at it."""
        return self._over or self.hasFocus()

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Tell that the mouse came."""
        super().enterEvent(event)
        self._over = True
        self.pointed.emit()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Tell that the mouse went."""
        super().leaveEvent(event)
        self._over = False
        self.pointed.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Tell that the keyboard came."""
        super().focusInEvent(event)
        self.pointed.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Tell that the keyboard went."""
        super().focusOutEvent(event)
        self.pointed.emit()
