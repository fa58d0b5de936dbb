"""The shapes of a connection's state: live, late, silent, barred, locked, told to wait."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPen, QPolygonF

from wallboard.ui.easel import Easel


class ChipMark(Enum):
    """The shape before a connection's state in words."""

    RING = "ring"
    CLOCK = "clock"
    BROKEN = "broken"
    BARRED = "barred"
    LOCK = "lock"
    HOURGLASS = "hourglass"


def paint_chip_mark(easel: Easel, box: QRectF, mark: ChipMark, ink: QColor) -> None:
    """Paint the shape of a connection's state in the ink of the text after it."""
    painter = easel.painter
    real = easel.at(box)
    pen = QPen(ink, max(1.5, box.width() / 8))
    if mark is ChipMark.BROKEN:
        pen.setStyle(Qt.PenStyle.DotLine)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if mark is ChipMark.LOCK:
        easel.lock(box, ink)
        return
    if mark is ChipMark.HOURGLASS:
        inner = real.adjusted(real.width() * 0.14, 0, -real.width() * 0.14, 0)
        corners = (inner.topLeft(), inner.topRight(), inner.bottomLeft(), inner.bottomRight())
        painter.drawPolygon(QPolygonF([*corners, inner.topLeft()]))
        return
    painter.drawEllipse(real)
    if mark is ChipMark.RING:
        easel.dot(real.center(), box.width() * 0.26, ink)
    elif mark is ChipMark.CLOCK:
        painter.drawLine(real.center(), real.center() + (real.topLeft() - real.bottomLeft()) * 0.36)
        painter.drawLine(real.center(), real.center() + (real.topRight() - real.topLeft()) * 0.28)
    elif mark is ChipMark.BARRED:
        inset = box.width() * 0.15
        painter.drawLine(
            real.bottomLeft() + QPointF(inset, -inset), real.topRight() + QPointF(-inset, inset)
        )
