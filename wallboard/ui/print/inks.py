"""The colours of paper: dark on white, and series that are told apart without colour sight."""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QColor

from wallboard.papers.palette import SERIES as _SERIES

INK: Final = QColor("#1B2733")
INK2: Final = QColor("#3D4B59")
MUTED: Final = QColor("#5C6B7A")
FRAME: Final = QColor("#D5DCE3")
SHADE: Final = QColor("#E9EEF3")
WEIGHTY: Final = QColor("#8A4B00")
WEIGHTY_SHADE: Final = QColor("#FFF3DC")
SERIES: Final = tuple(QColor(colour) for colour in _SERIES)
"""As in every other file that a report becomes."""
PAPER: Final = QColor("#FFFFFF")
