"""What can be told of a picture without looking at it."""

from __future__ import annotations

from collections import Counter
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

_SAMPLED: Final = 7
"""Of so many pixels one is looked at; no line of letters has this rhythm."""


def colours(picture: QImage) -> int:
    """Return how many colours a picture has: one or two if nothing is to be seen on it."""
    return len(
        {
            picture.pixel(x, y)
            for x in range(0, picture.width(), 3)
            for y in range(0, picture.height(), 3)
        }
    )


def in_few_colours(picture: QImage) -> QImage:
    """Return a picture in the 256 colours that it has most of: files of it are a third as large.

    It is for pictures that are looked at, of flat areas and letters.
    """
    plain = picture.convertToFormat(QImage.Format.Format_RGB32)
    counted = Counter(memoryview(plain.constBits()).cast("I")[::_SAMPLED])
    table = [colour for colour, _ in counted.most_common(256)]
    avoid = Qt.ImageConversionFlag.AvoidDither | Qt.ImageConversionFlag.ThresholdDither
    return plain.convertToFormat(QImage.Format.Format_Indexed8, table, avoid)
