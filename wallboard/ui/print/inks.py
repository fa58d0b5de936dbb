"""The colours of what is printed: those of every other file that a report becomes."""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QColor

from wallboard.papers import palette

INK: Final = QColor(palette.INK)
INK2: Final = QColor("#3D4B59")
MUTED: Final = QColor(palette.FAINT)
FRAME: Final = QColor(palette.LINE)
SHADE: Final = QColor(palette.HEAD)
WEIGHTY: Final = QColor(palette.WEIGHTY)
WEIGHTY_SHADE: Final = QColor(palette.WEIGHTY_GROUND)
SERIES: Final = tuple(QColor(colour) for colour in palette.SERIES)
PAPER: Final = QColor("#FFFFFF")
