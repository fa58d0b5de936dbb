"""Draws the program's icon from its SVG in the sizes that systems want, and as one .ico file."""

from __future__ import annotations

import os
import struct
from collections.abc import Sequence
from pathlib import Path
from typing import Final

# No screen is needed; Qt reads this when it starts.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

SIZES: Final = (16, 22, 24, 32, 48, 64, 128, 256, 512)
_OF_WINDOWS: Final = (16, 24, 32, 48, 64, 256)
# From here on a picture stands in an .ico file as PNG; smaller ones as rows of pixels.
_AS_PNG: Final = 256
# So many pixels NSIS wants beside its pages; it stretches them on a magnified screen.
_SIDE: Final = (164, 314)
_BASE: Final = "#0F1216"


def drawn(source: Path, side: int) -> QImage:
    """Return the icon as a square picture.

    Raises:
        ValueError: The file holds no picture.
    """
    renderer = QSvgRenderer(str(source))
    if not renderer.isValid():
        message = f"{source} is no SVG"
        raise ValueError(message)
    image = QImage(side, side, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter)
    painter.end()
    return image


def write_pngs(source: Path, folder: Path, sizes: Sequence[int] = SIZES) -> None:
    """Write `wallboard-SIZE.png` for each size."""
    folder.mkdir(parents=True, exist_ok=True)
    for side in sizes:
        (folder / f"{source.stem}-{side}.png").write_bytes(_png(drawn(source, side)))


def ico_of(source: Path) -> bytes:
    """Return the icon as Windows reads it: all sizes in one file."""
    pictures = [(side, _pixels(drawn(source, side))) for side in _OF_WINDOWS]
    head = struct.pack("<HHH", 0, 1, len(pictures))
    offset = len(head) + 16 * len(pictures)
    rows, body = b"", b""
    for side, picture in pictures:
        # A side of 256 is told as 0.
        rows += struct.pack("<BBBBHHII", side % 256, side % 256, 0, 0, 1, 32, len(picture), offset)
        offset += len(picture)
        body += picture
    return head + rows + body


def side_of(source: Path) -> bytes:
    """Return what stands beside the first and last page of a set-up for Windows, as a bitmap."""
    width, height = _SIDE
    image = QImage(width, height, QImage.Format.Format_RGB888)
    image.fill(QColor(_BASE))
    painter = QPainter(image)
    mark = drawn(source, width * 5 // 8)
    painter.drawImage((width - mark.width()) // 2, height // 4, mark)
    painter.end()
    return _saved(image, "BMP")


def _pixels(image: QImage) -> bytes:
    side = image.width()
    if side >= _AS_PNG:
        return _png(image)
    # A bitmap without a file's head, twice as high for the mask behind it, from the bottom up.
    head = struct.pack("<IiiHHIIiiII", 40, side, 2 * side, 1, 32, 0, 0, 0, 0, 0, 0)
    rows = [bytes(image.constScanLine(line)) for line in reversed(range(side))]
    mask = bytes(side * ((side + 31) // 32 * 4))
    return head + b"".join(rows) + mask


def _png(image: QImage) -> bytes:
    return _saved(image, "PNG")


def _saved(image: QImage, form: str) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, form)
    return bytes(buffer.data().data())
