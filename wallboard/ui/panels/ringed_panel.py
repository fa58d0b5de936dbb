"""A panel that shows a ring while it has the keyboard, if it was a key that brought it."""

from __future__ import annotations

from PySide6.QtGui import QFocusEvent

from wallboard.ui.key_ring import KeyRing
from wallboard.ui.look import Look
from wallboard.ui.panels.panel import Panel


class RingedPanel(Panel):
    """Knows whether the ring is to be seen. Who takes keys tells `_ring` of each."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._ring = KeyRing()

    def ringed(self) -> bool:
        """Return whether the ring is to be seen."""
        return self._ring.seen and self.hasFocus()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Show the ring if a key brought the keyboard here."""
        self._ring.given(event)
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Show no ring."""
        super().focusOutEvent(event)
        self.update()
