"""The lines of a check as they come in, each with a mark and a word for how it went."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem

from wallboard.domain.severity import Severity
from wallboard.domain.source import Finding, Verdict
from wallboard.ui.glyphs import paint_severity
from wallboard.ui.look import Look

_TICK: Final = (QPointF(2, 9), QPointF(6, 13), QPointF(14, 3))
_SEVERITIES: Final = {Verdict.WARNING: Severity.WARNING, Verdict.BAD: Severity.CRITICAL}


class CheckLog(QListWidget):
    """Shows findings, oldest first. Its lines are plain text."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setWordWrap(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setIconSize(QSize(16, 16))
        self.setAccessibleName(look.wording.translate("Connect", "What the test found"))

    def show_finding(self, finding: Finding) -> None:
        """Append a line."""
        wording = self._look.wording
        text = wording.finding(finding)
        item = QListWidgetItem(_mark(finding.verdict, self._look), text)
        said = f"{wording.verdict(finding.verdict)}: {text}"
        item.setData(Qt.ItemDataRole.AccessibleTextRole, said)
        self.addItem(item)
        self.scrollToBottom()

    def texts(self) -> tuple[str, ...]:
        """Return the lines."""
        return tuple(self.item(at).text() for at in range(self.count()))


def _mark(verdict: Verdict, look: Look) -> QIcon:
    """Return a tick for good, a diamond for a warning, a triangle for bad."""
    picture = QPixmap(16, 16)
    picture.fill(Qt.GlobalColor.transparent)
    with QPainter(picture) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if verdict is Verdict.GOOD:
            painter.setPen(QPen(look.theme.text2, 2))
            painter.drawPolyline(_TICK)
        else:
            paint_severity(painter, QRectF(2, 2, 12, 12), _SEVERITIES[verdict], look.theme)
    return QIcon(picture)
