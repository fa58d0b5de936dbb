"""Where the parts of a widget stand: counted from where lines begin, in both directions."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from wallboard.ui.look import Look


def place(part: QWidget, within: QWidget, look: Look, box: QRect) -> None:
    """Put a part at a place within another widget.

    Args:
        box: Its left edge is counted from where lines begin. A negative height is none.
    """
    box = box.adjusted(0, 0, 0, max(0, -box.height()))
    if look.rtl:
        box.moveLeft(within.width() - box.x() - box.width())
    part.setGeometry(box)
