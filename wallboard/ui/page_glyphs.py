"""The shapes that stand for pages and for what can be done, drawn as lines of one thickness."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

_SIDE: Final = 16.0
_BOXES: Final = {
    "overview": ((1, 2, 14, 4.5), (1, 9, 6, 5.5), (9, 9, 6, 5.5)),
    "queues": ((1, 2.5, 2.5, 2.5), (1, 7, 2.5, 2.5), (1, 11.5, 2.5, 2.5)),
    "calls": ((4.5, 1, 7, 14),),
    "reports": ((2.5, 1, 11, 14),),
    "settings": (),
    "voice": ((5.5, 1, 5, 8.5),),
    "walls": ((1, 2, 14, 9.5),),
    "guide": ((2.5, 1, 11, 14),),
}
_LINES: Final = {
    "queues": ((6.5, 3.75, 15, 3.75), (6.5, 8.25, 15, 8.25), (6.5, 12.75, 15, 12.75)),
    "calls": ((7, 12.5, 9, 12.5),),
    "alerts": (
        (8, 1.8, 15, 14),
        (15, 14, 1, 14),
        (1, 14, 8, 1.8),
        (8, 6.5, 8, 9.6),
        (8, 11.6, 8, 12),
    ),
    "find": ((10.4, 10.4, 15, 15),),
    "history": ((1, 14.5, 15, 14.5), (1, 1.5, 1, 14.5)),
    "reports": ((5.5, 5, 10.5, 5), (5.5, 8, 10.5, 8), (5.5, 11, 8.5, 11)),
    "settings": ((1, 4, 15, 4), (1, 12, 15, 12)),
    "guide": ((8, 12, 8, 12.3),),
    "act": ((3, 8, 12.5, 8), (9, 4.5, 12.5, 8), (9, 11.5, 12.5, 8)),
    "voice": ((8, 12.4, 8, 15), (5, 15, 11, 15)),
    "walls": ((8, 11.5, 8, 14.5), (4.5, 14.5, 11.5, 14.5)),
    "figure": ((2, 14, 2, 9), (6, 14, 6, 5), (10, 14, 10, 7.5), (14, 14, 14, 2)),
}
_ROUNDS: Final = {
    "agents": ((5, 1, 6, 6),),
    "agent": ((5, 1, 6, 6),),
    "find": ((1, 1, 10.5, 10.5),),
    "settings": ((4, 2, 4, 4), (8.5, 10, 4, 4)),
    "window": ((1, 1, 14, 14),),
}
_CURVES: Final = {
    "agents": (((1.5, 15), (1.5, 7.5), (14.5, 7.5), (14.5, 15)),),
    "agent": (((1.5, 15), (1.5, 7.5), (14.5, 7.5), (14.5, 15)),),
    "history": (((3, 11), (6, 2), (9, 14), (14.5, 4)),),
    "guide": (
        ((5.6, 5.6), (5.6, 2.8), (10.4, 2.8), (10.4, 5.6)),
        ((10.4, 5.6), (10.4, 7.4), (8, 7), (8, 9.4)),
    ),
    "voice": (((2.5, 7), (2.5, 14.2), (13.5, 14.2), (13.5, 7)),),
    "ear": (
        ((3.2, 7), (3.2, -1), (13.4, -1), (13.4, 7)),
        ((13.4, 7), (13.4, 10.6), (9.6, 10), (9.6, 12.8)),
        ((9.6, 12.8), (9.6, 16.4), (4.8, 16), (4.6, 12.6)),
        ((6.2, 7.4), (6.2, 3), (10.6, 3), (10.6, 7)),
        ((10.6, 7), (10.6, 8.6), (8, 8.2), (7.6, 10.2)),
    ),
}


def paint_page_glyph(painter: QPainter, box: QRectF, glyph: str, colour: QColor) -> None:
    """Paint a shape in a real box, in lines of a colour; a name that is not known paints none."""
    width = max(1.3, box.width() / 11)
    cap, join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
    painter.setPen(QPen(colour, width, Qt.PenStyle.SolidLine, cap, join))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(_path(glyph, round(box.width(), 2)).translated(box.topLeft()))


@lru_cache(maxsize=128)
def _path(glyph: str, size: float) -> QPainterPath:
    path = QPainterPath()
    by = size / _SIDE
    for x, y, wide, high in _BOXES.get(glyph, ()):
        path.addRoundedRect(QRectF(x * by, y * by, wide * by, high * by), by, by)
    for x, y, wide, high in _ROUNDS.get(glyph, ()):
        path.addEllipse(QRectF(x * by, y * by, wide * by, high * by))
    for x, y, to_x, to_y in _LINES.get(glyph, ()):
        path.moveTo(x * by, y * by)
        path.lineTo(to_x * by, to_y * by)
    for begin, *through in _CURVES.get(glyph, ()):
        path.moveTo(QPointF(*begin) * by)
        path.cubicTo(*(QPointF(*point) * by for point in through))
    if glyph == "keys":
        path.addRoundedRect(QRectF(0.5 * by, 3 * by, 15 * by, 10 * by), 1.5 * by, 1.5 * by)
        for x in (4, 8, 12):
            path.addEllipse(QPointF(x * by, 6.4 * by), by * 0.25, by * 0.25)
        path.moveTo(4.5 * by, 10 * by)
        path.lineTo(11.5 * by, 10 * by)
    return path
