"""Looks to paint in, and what can be told of two pictures without looking at them."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage

from wallboard.ui.look import Look
from wallboard.ui.theme.tokens import THEMES
from wallboard.ui.wording import Wording
from wallboard.ui.words import words_from_ts

TRANSLATIONS = Path(__file__).resolve().parents[2] / "resources" / "translations"
_BLOCKS = 24


@cache
def wording_in(language: str) -> Wording:
    if language == "en":
        return Wording()
    text = (TRANSLATIONS / f"wallboard_{language}.ts").read_text(encoding="utf-8")
    return Wording(language=language, words=words_from_ts(text))


def look_in(language: str, theme: str = "dark") -> Look:
    return Look(theme=THEMES[theme], wording=wording_in(language))


def worst_difference(one: QImage, other: QImage) -> float:
    """Return the mean difference of colours, 0 to 255, in that block where it is largest."""
    assert one.size() == other.size()
    small = QSize(one.width() // 4, one.height() // 4)
    first, second = (_bytes(image, small) for image in (one, other))
    across, down = -(-small.width() // _BLOCKS), -(-small.height() // _BLOCKS)
    sums = [0] * (_BLOCKS * _BLOCKS)
    counts = [0] * (_BLOCKS * _BLOCKS)
    for y in range(small.height()):
        row = y // down * _BLOCKS
        for x in range(small.width()):
            at = (y * small.width() + x) * 4
            block = row + x // across
            sums[block] += (
                abs(first[at] - second[at])
                + abs(first[at + 1] - second[at + 1])
                + abs(first[at + 2] - second[at + 2])
            )
            counts[block] += 3
    return max(total / count for total, count in zip(sums, counts, strict=True) if count)


def _bytes(image: QImage, size: QSize) -> bytes:
    scaled = image.scaled(
        size,
        Qt.AspectRatioMode.IgnoreAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )
    return bytes(scaled.convertToFormat(QImage.Format.Format_RGB32).constBits())


def share_of_saturated(image: QImage, chroma: float = 25.0) -> float:
    """Return the share of pixels with more than so much chroma (CIE Lab)."""
    pixels = memoryview(image.convertToFormat(QImage.Format.Format_RGB32).constBits()).cast("I")
    counts = Counter(pixels)
    loud = sum(number for pixel, number in counts.items() if _chroma(pixel) > chroma)
    return loud / sum(counts.values())


def _chroma(pixel: int) -> float:
    red, green, blue = (_linear((pixel >> shift & 0xFF) / 255) for shift in (16, 8, 0))
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089
    fx, fy, fz = map(_lab, (x, y, z))
    return float(((500 * (fx - fy)) ** 2 + (200 * (fy - fz)) ** 2) ** 0.5)


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _lab(value: float) -> float:
    return value ** (1 / 3) if value > 0.008856 else 7.787 * value + 16 / 116
