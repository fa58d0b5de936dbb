"""Widgets side by side from the start of the line, and on the next line where there is no room."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget


def flowed(parts: Sequence[QWidget], room: QRect, gap: int, *, rtl: bool) -> int:
    """Put widgets in their own sizes where there is room; return where the last line ends.

    Args:
        parts: In their order; one that is too wide for a line is made narrower.
        room: Its height does not matter. It is a real box: from the left.
        gap: Between widgets and between lines.
        rtl: True if lines start on the right.
    """
    start, top, height = 0, room.y(), 0
    for part in parts:
        hint = part.sizeHint()
        width = min(hint.width(), room.width())
        if start and start + width > room.width():
            start, top, height = 0, top + height + gap, 0
        left = room.x() + (room.width() - start - width if rtl else start)
        part.setGeometry(left, top, width, hint.height())
        start += width + gap
        height = max(height, hint.height())
    return top + height


def width_of(parts: Sequence[QWidget], gap: int) -> int:
    """Return how wide widgets are side by side."""
    return sum(part.sizeHint().width() for part in parts) + gap * max(0, len(parts) - 1)
