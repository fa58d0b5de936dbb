"""Fonts by what they are for, in one family for both scripts, with digits of equal width."""

from __future__ import annotations

from enum import Enum
from functools import lru_cache
from pathlib import Path
from typing import Final

from PySide6.QtGui import QFont, QFontDatabase, QFontInfo

# The first that is installed is used. All of them have both scripts; the system's own choice
# comes last.
FAMILIES: Final = ("Vazirmatn", "Noto Sans", "Segoe UI", "DejaVu Sans", "Tahoma")
_TABULAR = QFont.Tag("tnum")


class Role(Enum):
    """What a text is for: its height in pixels at 100 %, on a small window, and its weight."""

    NUMBER = (48, 34, QFont.Weight.DemiBold)
    """The figure of a tile: the largest thing there is."""
    CLOCK = (22, 18, QFont.Weight.DemiBold)
    TITLE = (18, 16, QFont.Weight.DemiBold)
    FIGURE = (20, 16, QFont.Weight.DemiBold)
    """A figure beside its name, of which there are several."""
    HEADING = (15, 13, QFont.Weight.DemiBold)
    BODY = (14, 13, QFont.Weight.Normal)
    STRONG = (14, 12, QFont.Weight.DemiBold)
    LABEL = (13, 12, QFont.Weight.Medium)
    CAPTION = (12, 11, QFont.Weight.Normal)

    def pixels(self, *, compact: bool) -> int:
        """Return the height at 100 %."""
        return self._value_[1] if compact else self._value_[0]

    @property
    def weight(self) -> QFont.Weight:
        """How heavy it is."""
        return self._value_[2]


@lru_cache(maxsize=256)
def font_of(pixels: int, weight: QFont.Weight) -> QFont:
    """Return a font. Shared: never change it in place."""
    font = QFont()
    font.setFamilies(list(FAMILIES))
    font.setPixelSize(max(8, pixels))
    font.setWeight(weight)
    font.setFeature(_TABULAR, 1)
    return font


def load_fonts(folder: Path) -> int:
    """Let the fonts of a folder be used beside the system's, and return how many there are.

    There must be a QGuiApplication. Call it before the first text is laid out.
    """
    files = sorted(folder.glob("*.ttf")) if folder.is_dir() else []
    return sum(QFontDatabase.addApplicationFont(str(file)) >= 0 for file in files)


def family_in_use() -> str:
    """Return which family texts are really shown in."""
    return QFontInfo(font_of(14, QFont.Weight.Normal)).family()
