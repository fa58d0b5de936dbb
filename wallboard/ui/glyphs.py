"""The shapes that stand for states and severities, as vectors that no font can lack."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from wallboard.domain.severity import Severity
from wallboard.domain.snapshot import AgentState
from wallboard.ui.theme.tokens import Theme


def paint_severity(painter: QPainter, box: QRectF, severity: Severity, theme: Theme) -> None:
    """Paint a filled triangle for critical, a filled diamond for a warning, nothing when calm."""
    if severity is Severity.CALM:
        return
    critical = severity is Severity.CRITICAL
    painter.setPen(QPen(theme.critical if critical else theme.warning_edge, 1))
    painter.setBrush(theme.critical if critical else theme.warning)
    painter.drawPath(_scaled("triangle" if critical else "diamond", box))


def paint_hollow(painter: QPainter, box: QRectF, severity: Severity, theme: Theme) -> None:
    """Paint the outline of a severity's shape: it is not yet so, or somebody has it."""
    if severity is Severity.CALM:
        return
    critical = severity is Severity.CRITICAL
    colour = theme.critical_text if critical else theme.warning_text
    painter.setPen(QPen(colour, max(1.4, box.width() / 8)))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(_scaled("triangle" if critical else "diamond", box))


def paint_triangle(painter: QPainter, box: QRectF, ink: QColor) -> None:
    """Paint the shape of critical in an ink: it stands on a plate of its own colour."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    painter.drawPath(_scaled("triangle", box))


def paint_lock(painter: QPainter, box: QRectF, ink: QColor) -> None:
    """Paint a lock: what is meant may not be seen, or not without signing in."""
    painter.setPen(QPen(ink, max(1.5, box.width() / 8)))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    side = box.width() * 0.2
    painter.drawArc(box.adjusted(side, 0, -side, 0), 0, 180 * 16)
    painter.setBrush(ink)
    painter.drawRect(box.adjusted(0, box.height() * 0.42, 0, 0))


def paint_state(painter: QPainter, box: QRectF, state: AgentState, theme: Theme) -> None:
    """Paint an agent's state: free is the brightest, away the dimmest; no hue."""
    shape, filled = _STATES[state]
    colour = theme.text2
    if state is AgentState.FREE:
        colour = theme.text
    elif state in (AgentState.ON_BREAK, AgentState.OFFLINE, AgentState.OTHER, AgentState.UNKNOWN):
        colour = theme.muted
    painter.setPen(QPen(colour, max(1.4, box.width() / 7)))
    painter.setBrush(colour if filled else Qt.BrushStyle.NoBrush)
    painter.drawPath(_scaled(shape, box))
    if state is AgentState.RINGING:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawPath(_scaled("half", box))


_STATES = {
    AgentState.FREE: ("circle", False),
    AgentState.RINGING: ("circle", False),
    AgentState.IN_CALL: ("circle", True),
    AgentState.ON_HOLD: ("bars", True),
    AgentState.WRAP_UP: ("square", True),
    AgentState.ON_BREAK: ("moon", True),
    AgentState.OTHER: ("rhomb", False),
    AgentState.OFFLINE: ("cross", False),
    AgentState.UNKNOWN: ("dot", True),
}


def _scaled(shape: str, box: QRectF) -> QPainterPath:
    return _path(shape, round(box.width(), 2)).translated(box.topLeft())


@lru_cache(maxsize=256)
def _path(shape: str, size: float) -> QPainterPath:
    path = QPainterPath()
    if shape in _POLYGONS:
        corners = [QPointF(x * size, y * size) for x, y in _POLYGONS[shape]]
        path.addPolygon(QPolygonF(corners))
        path.closeSubpath()
    elif shape == "half":
        path.moveTo(size / 2, size / 2)
        path.arcTo(QRectF(0, 0, size, size), 90, 180)
        path.closeSubpath()
    elif shape == "moon":
        path.addEllipse(QRectF(0, 0, size, size))
        bite = QPainterPath()
        bite.addEllipse(QRectF(size * 0.38, -size * 0.14, size * 0.9, size * 0.9))
        path = path.subtracted(bite)
    elif shape == "bars":
        path.addRect(QRectF(size * 0.18, size * 0.05, size * 0.18, size * 0.9))
        path.addRect(QRectF(size * 0.64, size * 0.05, size * 0.18, size * 0.9))
    elif shape == "cross":
        for start, end in (((0.1, 0.1), (0.9, 0.9)), ((0.9, 0.1), (0.1, 0.9))):
            path.moveTo(start[0] * size, start[1] * size)
            path.lineTo(end[0] * size, end[1] * size)
    elif shape == "dot":
        path.addEllipse(QRectF(size * 0.35, size * 0.35, size * 0.3, size * 0.3))
    else:
        path.addEllipse(QRectF(0, 0, size, size))
    return path


_POLYGONS = {
    "triangle": ((0.5, 0.02), (1.0, 0.95), (0.0, 0.95)),
    "diamond": ((0.5, 0.0), (1.0, 0.5), (0.5, 1.0), (0.0, 0.5)),
    "rhomb": ((0.5, 0.02), (0.98, 0.5), (0.5, 0.98), (0.02, 0.5)),
    "square": ((0.08, 0.08), (0.92, 0.08), (0.92, 0.92), (0.08, 0.92)),
}
