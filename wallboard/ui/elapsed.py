"""How long something takes that fades: milliseconds of a clock that never jumps."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer


def since_now() -> Callable[[], int]:
    """Return what tells the milliseconds since this call."""
    clock = QElapsedTimer()
    clock.start()
    return clock.elapsed
