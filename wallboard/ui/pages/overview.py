"""The live overview: is the shift healthy, and who needs help now?"""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from wallboard.domain.clock import Moment
from wallboard.domain.snapshot import QueueId
from wallboard.engine.board import Board
from wallboard.ui.easel import flood
from wallboard.ui.look import Look
from wallboard.ui.panels.agents_panel import AgentsPanel
from wallboard.ui.panels.told_queues import ToldQueueTable
from wallboard.ui.panels.told_tiles import ToldStrip
from wallboard.ui.panels.trend_panel import TrendPanel
from wallboard.ui.shield import Shielded


class OverviewPage(Shielded, QWidget):
    """Shows the board on one page, without scrolling the page.

    On a small window agents and trend stand beside the queues; on a large one the trend lies
    below both.
    """

    explanation_wanted = Signal(str, object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        # It paints all of its box: what is under it need not be painted for that.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._look = look
        self._shown: tuple[Board, Moment] | None = None
        self.kpi_strip = ToldStrip(look)
        self.queue_table = ToldQueueTable(look)
        self.agents_panel = AgentsPanel(look)
        self.trend_panel = TrendPanel(look)
        for part in (self.kpi_strip, self.queue_table, self.agents_panel, self.trend_panel):
            part.setParent(self)
        self.setAccessibleName(look.wording.translate("Page", "Overview"))
        self.kpi_strip.figure_chosen.connect(self._ask_of_site)
        self.queue_table.figure_chosen.connect(self._ask_of_queue)

    def show_look(self, look: Look) -> None:
        """Show the page in another look. A board must be shown after this."""
        self._look = look
        self.setAccessibleName(look.wording.translate("Page", "Overview"))
        self.kpi_strip.show_look(look)
        self.queue_table.show_look(look)
        self.agents_panel.show_look(look)
        self.trend_panel.show_look(look)
        self._arrange()
        self.update()

    def show_board(self, board: Board, now: Moment) -> None:
        """Show the board as it is at this moment; only what changed is painted."""
        self._shown = (board, now)
        self.kpi_strip.show_board(board, now)
        self.queue_table.show_board(board, now)
        self.agents_panel.show_board(board, now)
        self.trend_panel.show_board(board, now)

    def panes(self) -> tuple[QWidget, ...]:
        """Return the parts that can take the keyboard."""
        return self.kpi_strip, self.queue_table

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Arrange the panels."""
        super().resizeEvent(event)
        self._arrange()
        if self._shown is not None:
            self.show_board(*self._shown)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint what lies between the panels."""
        painter = QPainter(self)
        flood(painter, event.rect(), self._look.theme.base)
        painter.end()

    def _ask_of_site(self, key: str) -> None:
        self.explanation_wanted.emit(key, None)

    def _ask_of_queue(self, key: str, queue_id: str) -> None:
        self.explanation_wanted.emit(key, QueueId(queue_id))

    def _arrange(self) -> None:
        look = self._look
        compact = look.compact
        gap = look.px(8)
        width = self.width()
        height = look.px(96 if compact else 132)
        self._place(self.kpi_strip, 0, 0, width, height)
        top = height + gap
        if compact:
            self._arrange_beside(top, width, self.height() - top)
        else:
            self._arrange_below(top, width, self.height() - top)

    def _arrange_beside(self, top: int, width: int, height: int) -> None:
        gap = self._look.px(8)
        first = round((width - gap) * 0.61)
        above = round((height - gap) * 0.6)
        rest = width - gap - first
        self._place(self.queue_table, 0, top, first, height)
        self._place(self.agents_panel, first + gap, top, rest, above)
        self._place(self.trend_panel, first + gap, top + above + gap, rest, height - gap - above)

    def _arrange_below(self, top: int, width: int, height: int) -> None:
        gap = self._look.px(8)
        first = round((width - gap) * 0.6)
        above = round((height - gap) * 0.62)
        self._place(self.queue_table, 0, top, first, above)
        self._place(self.agents_panel, first + gap, top, width - gap - first, above)
        self._place(self.trend_panel, 0, top + above + gap, width, height - gap - above)

    def _place(self, part: QWidget, start: int, top: int, width: int, height: int) -> None:
        """Put a panel at a place counted from the start of the line."""
        left = self.width() - start - width if self._look.rtl else start
        part.setGeometry(QRect(left, top, width, max(0, height)))
