"""The barest PDF of the same rows: each cell's text drawn at its place, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter

from wallboard.domain.reporting import CellKind

_ROW = 14.0
_MARGIN = 30.0


def bare_pdf(kinds: Sequence[CellKind], rows: Sequence[Sequence[Any]], target: Path) -> None:
    """Draw the cells as plain texts with QPainter on QPdfWriter, line by line, on wide pages."""
    writer = QPdfWriter(str(target))
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageOrientation(QPageLayout.Orientation.Landscape)
    writer.setResolution(72)
    painter = QPainter(writer)
    font = painter.font()
    font.setPointSizeF(7)
    painter.setFont(font)
    across = (writer.width() - 2 * _MARGIN) / len(kinds)
    y = _MARGIN
    for row in rows:
        if y + _ROW > writer.height() - _MARGIN:
            writer.newPage()
            y = _MARGIN
        for at, cell in enumerate(row):
            place = QRectF(_MARGIN + across * at, y, across, _ROW)
            painter.drawText(place, int(Qt.AlignmentFlag.AlignLeft), _text(cell))
        y += _ROW
    painter.end()


def _text(cell: object) -> str:
    if isinstance(cell, timedelta):
        seconds = int(cell.total_seconds())
        return f"{seconds // 60}:{seconds % 60:02}"
    return cell.isoformat(" ") if isinstance(cell, datetime) else str(cell)
