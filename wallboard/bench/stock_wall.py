"""A TV's picture built the stock way: labels with style sheets over a table, pages in a stack."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,  # noqa: TID251 - the stock way
    QStackedWidget,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from wallboard.domain.clock import Moment
from wallboard.domain.snapshot import AgentState
from wallboard.engine.board import Board, site_readings, site_time

_ROWS: Final = 8
_PAGE_S: Final = 10
_DARK: Final = "background: #0F1317; color: #E8ECF0;"


class StockWall(QWidget):
    """Three figures, below them a table and a page of states in turns, below that a line."""

    def __init__(self, unit: float) -> None:
        super().__init__()
        self.setStyleSheet(f"QWidget {{ {_DARK} font-size: {round(4.5 * unit)}px; }}")
        column = QVBoxLayout(self)
        self._clock = QLabel()
        column.addWidget(self._clock)
        heroes = QHBoxLayout()
        self._heroes = [QLabel() for _ in range(3)]
        for hero in self._heroes:
            hero.setStyleSheet(f"font-size: {round(14 * unit)}px; font-weight: 600;")
            heroes.addWidget(hero)
        column.addLayout(heroes)
        self._table = QTableWidget(_ROWS, 5)
        self._table.verticalHeader().hide()
        self._table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self._table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        states = QWidget()
        grid = QGridLayout(states)
        self._states = {state: QLabel() for state in AgentState}
        for at, label in enumerate(self._states.values()):
            grid.addWidget(label, at // 4, at % 4)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._table)
        self._stack.addWidget(states)
        column.addWidget(self._stack, stretch=1)
        self._foot = QLabel()
        column.addWidget(self._foot)

    def show_board(self, board: Board, now: Moment) -> None:
        """Set all texts anew."""
        then = site_time(board, now)
        readings = site_readings(board, then)
        keys = ("waiting", "longest_wait", "service_level")
        for hero, key in zip(self._heroes, keys, strict=True):
            value = readings[key]
            hero.setText("-" if value is None else f"{value:.0f}")
            bad = "#F4452F" if (value or 0) > 60 else "#E8ECF0"
            hero.setStyleSheet(f"{hero.styleSheet().split(' color')[0]} color: {bad};")
        for row, key in enumerate(board.order[:_ROWS]):
            standing = board.queues[key]
            since = standing.waiting_since
            waited = 0 if since is None else int((then - since).total_seconds())
            cells = (standing.queue.name, standing.waiting, waited, standing.free, standing.busy)
            for at, cell in enumerate(cells):
                item = QTableWidgetItem(str(cell))
                item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
                self._table.setItem(row, at, item)
        for state, label in self._states.items():
            label.setText(f"{state}: {board.crew.site.get(state, 0)}")
        self._clock.setText(f"{then:%H:%M:%S}")
        self._foot.setText(f"as of {then:%H:%M:%S}")
        self._stack.setCurrentIndex(int(now.steady_s) // _PAGE_S % 2)
