"""Whether the ring around what has the keyboard is to be seen: by keys it is, by a click not."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent

_AS_IT_WAS: Final = frozenset(
    {
        Qt.FocusReason.ActiveWindowFocusReason,
        Qt.FocusReason.PopupFocusReason,
        Qt.FocusReason.MenuBarFocusReason,
    }
)


class KeyRing:
    """Remembers how one widget came by the keyboard."""

    def __init__(self) -> None:
        self.seen = False

    def given(self, event: QFocusEvent) -> None:
        """Note how the keyboard came: back with its window, by the mouse, or otherwise."""
        if event.reason() not in _AS_IT_WAS:
            self.seen = event.reason() is not Qt.FocusReason.MouseFocusReason

    def pressed(self) -> bool:
        """Note that a key was pressed here. Return True if the ring is seen only now."""
        newly, self.seen = not self.seen, True
        return newly
