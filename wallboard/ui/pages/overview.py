"""The live overview: is the shift healthy, and who needs help now?"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from wallboard.domain.clock import Moment
from wallboard.domain.snapshot import QueueId
from wallboard.engine.board import Board
from wallboard.engine.windows import WindowKind
from wallboard.ui.easel import flood
from wallboard.ui.look import Look
from wallboard.ui.panels.agents_panel import AgentsPanel
from wallboard.ui.panels.kpi_strip import KpiStrip
from wallboard.ui.panels.notice_line import NoticeLine
from wallboard.ui.panels.queue_table import QueueTable
from wallboard.ui.panels.status_line import StatusLine
from wallboard.ui.panels.top_bar import TopBar
from wallboard.ui.panels.trend_panel import TrendPanel

_WIDE, _HIGH = 1600, 900


class OverviewPage(QWidget):
    """Shows the board on one page, without scrolling the page.

    On a small window agents and trend stand beside the queues; on a large one the trend lies
    below both.
    """

    language_requested = Signal(str)
    theme_requested = Signal(str)
    connect_requested = Signal()
    window_requested = Signal(WindowKind)
    explanation_wanted = Signal(str, object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._asked_look = look
        self._look = look
        self._shown: tuple[Board, Moment] | None = None
        self.top_bar = TopBar(look)
        self.notice_line = NoticeLine(look)
        self.kpi_strip = KpiStrip(look)
        self.queue_table = QueueTable(look)
        self.agents_panel = AgentsPanel(look)
        self.trend_panel = TrendPanel(look)
        self.status_line = StatusLine(look)
        for part in self._parts():
            part.setParent(self)
        self.top_bar.language_requested.connect(self.language_requested)
        self.top_bar.theme_requested.connect(self.theme_requested)
        self.top_bar.connect_requested.connect(self.connect_requested)
        self.top_bar.window_requested.connect(self.window_requested)
        self.kpi_strip.figure_chosen.connect(self._ask_of_site)
        self.queue_table.figure_chosen.connect(self._ask_of_queue)

    def show_look(self, look: Look) -> None:
        """Show the page in another look."""
        self._asked_look = look
        self._dress(self._fitted(look))

    def show_board(self, board: Board, now: Moment) -> None:
        """Show the board as it is at this moment; only what changed is painted."""
        self._shown = (board, now)
        self.top_bar.show_board(board, now)
        if self.notice_line.show_board(board, now):
            self._arrange()
        self.kpi_strip.show_board(board, now)
        self.queue_table.show_board(board, now)
        self.agents_panel.show_board(board, now)
        self.trend_panel.show_board(board, now)
        self.status_line.show_board(board, now)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Arrange the panels, larger where there is more room."""
        super().resizeEvent(event)
        look = self._fitted(self._asked_look)
        if look != self._look:
            self._dress(look)
        else:
            self._arrange()
            self._show_again()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint what lies between the panels."""
        painter = QPainter(self)
        flood(painter, event.rect(), self._look.theme.base)
        painter.end()

    def _ask_of_site(self, key: str) -> None:
        self.explanation_wanted.emit(key, None)

    def _ask_of_queue(self, key: str, queue_id: str) -> None:
        self.explanation_wanted.emit(key, QueueId(queue_id))

    def _parts(self) -> tuple[QWidget, ...]:
        return (
            self.top_bar,
            self.notice_line,
            self.kpi_strip,
            self.queue_table,
            self.agents_panel,
            self.trend_panel,
            self.status_line,
        )

    def _fitted(self, look: Look) -> Look:
        """Return the look in the size that fits this page."""
        compact = self.width() < _WIDE or self.height() < _HIGH
        room = 1.0 if compact else min(self.width() / 1920, self.height() / 1080)
        scale = look.scale * max(1.0, round(room * 20) / 20)
        return replace(look, compact=compact, scale=scale)

    def _dress(self, look: Look) -> None:
        self._look = look
        self.top_bar.show_look(look)
        self.notice_line.show_look(look)
        self.kpi_strip.show_look(look)
        self.queue_table.show_look(look)
        self.agents_panel.show_look(look)
        self.trend_panel.show_look(look)
        self.status_line.show_look(look)
        self._arrange()
        self._show_again()
        self.update()

    def _show_again(self) -> None:
        if self._shown is not None:
            self.show_board(*self._shown)

    def _arrange(self) -> None:
        look = self._look
        compact = look.compact
        pad, gap = look.px(8 if compact else 12), look.px(8)
        width = self.width() - 2 * pad
        top = 0
        height = look.px(44 if compact else 48)
        self._place(self.top_bar, pad, top, width, height)
        top += height
        height = self.notice_line.height_for(width)
        if height:
            self._place(self.notice_line, pad, top, width, height)
            top += height + gap
        height = look.px(96 if compact else 132)
        self._place(self.kpi_strip, pad, top, width, height)
        top += height + gap
        bottom = self.height() - look.px(24 if compact else 28)
        self._place(self.status_line, pad, bottom, width, self.height() - bottom)
        if compact:
            self._arrange_beside(pad, top, width, bottom - top)
        else:
            self._arrange_below(pad, top, width, bottom - top)

    def _arrange_beside(self, start: int, top: int, width: int, height: int) -> None:
        gap = self._look.px(8)
        first = round((width - gap) * 0.64)
        above = round((height - gap) * 0.6)
        self._place(self.queue_table, start, top, first, height)
        rest = width - gap - first
        self._place(self.agents_panel, start + first + gap, top, rest, above)
        self._place(
            self.trend_panel, start + first + gap, top + above + gap, rest, height - gap - above
        )

    def _arrange_below(self, start: int, top: int, width: int, height: int) -> None:
        gap = self._look.px(8)
        first = round((width - gap) * 0.6)
        above = round((height - gap) * 0.62)
        self._place(self.queue_table, start, top, first, above)
        self._place(self.agents_panel, start + first + gap, top, width - gap - first, above)
        self._place(self.trend_panel, start, top + above + gap, width, height - gap - above)

    def _place(self, part: QWidget, start: int, top: int, width: int, height: int) -> None:
        """Put a panel at a place counted from the start of the line."""
        left = self.width() - start - width if self._look.rtl else start
        part.setGeometry(QRect(left, top, width, max(0, height)))
