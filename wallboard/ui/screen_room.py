"""Fits a window into the room that a screen has for it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QWidget

_TITLE: Final = 48
"""So high, in points, is at most what a desktop draws above a window."""


def fit(window: QWidget, room: QSize) -> None:
    """Have a window open whole on a screen that is smaller than it would like to be.

    A screen of 1920 x 1080 pixels at 200 % has room for 960 x 540 points, less what panels take.
    There the window fills it; where its usual size fits, nothing is altered.

    Args:
        window: Not yet shown.
        room: What the desktop leaves for windows, in points.
    """
    if window.size().boundedTo(room) == window.size():
        return
    inside = room - QSize(0, _TITLE)
    window.setMinimumSize(window.minimumSize().boundedTo(inside))
    window.resize(window.size().boundedTo(inside))
    window.setWindowState(window.windowState() | Qt.WindowState.WindowMaximized)
