"""A widget as a picture, without a screen."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget


def picture_of(widget: QWidget, size: QSize) -> QImage:
    """Return what the widget shows at a size, one pixel a point, laid out and painted at once."""
    widget.resize(size)
    widget.ensurePolished()
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(0)
    # The first rendering delivers the pending resizes, in which panels arrange themselves anew.
    widget.grab()
    widget.render(image)
    return image
