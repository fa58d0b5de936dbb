"""Finding the shapes of severities on a picture by their outline alone: no colour is looked at."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage

_STANDS_OUT = 48
"""By so many steps of 256 a pixel must differ from the ground to belong to a shape."""
_FILLED = 24


def grey_of(image: QImage) -> NDArray[np.int16]:
    """Return a picture as whoever sees no colour does, by line, 0 to 255."""
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    flat = np.frombuffer(grey.constBits(), np.uint8)
    return flat.reshape(grey.height(), grey.bytesPerLine())[:, : grey.width()].astype(np.int16)


def shape_in(grey: NDArray[np.int16], box: QRect) -> str:
    """Return which shape stands in a box: `triangle`, `diamond`, or an empty text for neither."""
    part = grey[max(0, box.top()) : box.bottom() + 1, max(0, box.left()) : box.right() + 1]
    if not part.size:
        return ""
    ground = Counter(part.ravel().tolist()).most_common(1)[0][0]
    apart = _enlarged(np.abs(part - ground))
    lines = [np.flatnonzero(row > _STANDS_OUT) for row in apart]
    lines = [line for line in lines if line.size]
    if len(lines) < 5:
        return ""
    spans = np.array([line[-1] - line[0] + 1 for line in lines], float)
    # A shape that is only an outline stands for something else.
    middle = apart[apart.shape[0] // 2 + 1, apart.shape[1] // 2]
    return _named(spans / spans.max()) if middle > _FILLED else ""


def _enlarged(part: NDArray[np.int16]) -> NDArray[np.float64]:
    """Return a part of a picture four times as large, its steps smoothed as an eye does."""
    down, across = (np.linspace(0, length - 1, 4 * length) for length in part.shape)
    wide = np.array([np.interp(across, range(part.shape[1]), row) for row in part])
    return np.array([np.interp(down, range(part.shape[0]), row) for row in wide.T]).T


def _named(widths: NDArray[np.float64]) -> str:
    """Return what a shape is, by how wide it is from its top to its bottom."""
    parts = [float(fifth.mean()) for fifth in np.array_split(widths, 5)]
    rising = all(later > earlier - 0.02 for earlier, later in pairwise(parts))
    if rising and parts[0] < 0.5 and parts[4] > 0.75:
        return "triangle"
    # A circle is nearly as wide there as in its middle.
    if max(parts[0], parts[4]) < 0.34 and max(parts[1], parts[3]) < 0.8 < parts[2]:
        return "diamond"
    return ""
