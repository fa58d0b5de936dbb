"""The same overview built the stock way, as tutorials do; what the program is compared with.

A thread polls with requests and reads its JSON into pydantic models; the window gets them by a
signal, resets the model of its table, sets texts and style sheets of labels, and hands new data
to default pyqtgraph plots. It shows what the program's overview shows: six figures, the queues,
how many agents do what, the forty-eight who have done it longest, and the last hour.
"""

from __future__ import annotations

import argparse
import os
import sys
import threading
from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

import pyqtgraph
import requests
from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,  # noqa: TID251 - the stock way
    QMainWindow,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from wallboard.bench.p6 import StockAgent, StockCall, StockDocument
from wallboard.bench.watch import Watch

_MINUTES: Final = 60
_CELLS: Final = 48
_STATES: Final = (
    "free",
    "ringing",
    "in_call",
    "on_hold",
    "wrap_up",
    "on_break",
    "other",
    "offline",
)
_COLOURS: Final = {
    "free": "#61B0AE",
    "in_call": "#BFB4FE",
    "wrap_up": "#B8F1C1",
    "on_break": "#8793A0",
    "offline": "#3A4550",
}
_HEADS: Final = ("Queue", "Waiting", "Longest", "Level", "Offered", "Answered", "Abandoned", "Free")


class Day:
    """The day's counts, kept from what goes missing between two documents."""

    def __init__(self) -> None:
        self.offered: Counter[str] = Counter()
        self.answered: Counter[str] = Counter()
        self.in_target: Counter[str] = Counter()
        self.abandoned: Counter[str] = Counter()
        self._calls: Mapping[str, StockCall] = {}

    def take(self, document: StockDocument) -> None:
        """Book the calls that are over."""
        calls = {call.call_id: call for call in document.calls}
        for key, call in self._calls.items():
            if key in calls:
                continue
            self.offered[call.queue_id] += 1
            if call.answered_at is None:
                self.abandoned[call.queue_id] += 1
            else:
                self.answered[call.queue_id] += 1
                wait = (call.answered_at - call.entered_at).total_seconds()
                self.in_target[call.queue_id] += wait <= 20
        self._calls = calls


class QueueModel(QAbstractTableModel):
    """The queues, worst first; everything is reset with every document."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[tuple[str, ...]] = []

    def take(self, rows: list[tuple[str, ...]]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and form
        """Return how many queues there are."""
        del parent
        return len(self._rows)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and form
        """Return how many columns there are."""
        del parent
        return len(_HEADS)

    def data(
        self,
        index: QModelIndex | QPersistentModelIndex,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:  # noqa: ANN401 - Qt's own type
        """Return a cell's text."""
        if role == Qt.ItemDataRole.DisplayRole:
            return self._rows[index.row()][index.column()]
        return None

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # noqa: ANN401 - Qt's own type
        """Return a column's head."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return _HEADS[section]
        return None


class StockWindow(QMainWindow):
    """Labels with style sheets, a table view, two plots."""

    def __init__(self, watch: Watch, *, scale: float = 1.0) -> None:
        """Build it.

        Args:
            scale: How large texts are; 1 is 100 %.
        """
        super().__init__()
        self._scale = scale
        self._watch = watch
        self._day = Day()
        self._minutes: dict[int, tuple[int, int, float]] = {}
        size = f"font-size: {round(14 * scale)}px;" if scale != 1.0 else ""
        self.setStyleSheet(
            f"QMainWindow, QWidget {{ background: #0F1317; color: #E8ECF0; {size} }}"
        )
        page = QWidget()
        self.setCentralWidget(page)
        layout = QVBoxLayout(page)
        layout.addLayout(self._build_tiles())
        middle = QHBoxLayout()
        middle.addWidget(self._build_table(), 3)
        middle.addLayout(self._build_agents(), 2)
        layout.addLayout(middle, 3)
        layout.addLayout(self._build_plots(), 2)

    def event(self, event: QEvent) -> bool:
        """Handle the event as ever, then tell the watch."""
        handled = super().event(event)
        self._watch.saw(event)
        return handled

    def take(self, document: StockDocument) -> None:
        """Show a document."""
        self._day.take(document)
        now = document.as_of
        waiting = [call for call in document.calls if call.answered_at is None]
        self._show_tiles(document, waiting, now)
        self._show_queues(document, waiting, now)
        self._show_agents(document, now)
        self._show_plots(now)
        self._watch.shown(now)

    def _build_tiles(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self._values = []
        for title in ("Waiting", "Longest wait", "Service level", "Abandoned", "Free", "In call"):
            frame = QFrame()
            frame.setStyleSheet("QFrame { background: #181E24; border-radius: 4px; }")
            inner = QVBoxLayout(frame)
            head, value = QLabel(title), QLabel("–")
            head.setStyleSheet(f"font-size: {round(13 * self._scale)}px; color: #AEB8C2;")
            value.setStyleSheet(f"font-size: {round(48 * self._scale)}px; font-weight: 600;")
            inner.addWidget(head)
            inner.addWidget(value)
            row.addWidget(frame)
            self._values.append(value)
        return row

    def _build_table(self) -> QTableView:
        self._model = QueueModel()
        view = QTableView()
        view.setModel(self._model)
        view.setAlternatingRowColors(True)
        if self._scale != 1.0:
            view.verticalHeader().setDefaultSectionSize(round(30 * self._scale))
            view.horizontalHeader().setDefaultSectionSize(round(100 * self._scale))
        return view

    def _build_agents(self) -> QVBoxLayout:
        column = QVBoxLayout()
        counts, grid = QHBoxLayout(), QGridLayout()
        self._counts = {state: QLabel(state) for state in _STATES}
        for label in self._counts.values():
            counts.addWidget(label)
        self._cells = [QLabel() for _ in range(_CELLS)]
        for at, cell in enumerate(self._cells):
            grid.addWidget(cell, at // 4, at % 4)
        column.addLayout(counts)
        column.addLayout(grid)
        return column

    def _build_plots(self) -> QHBoxLayout:
        row = QHBoxLayout()
        calls, level = pyqtgraph.PlotWidget(), pyqtgraph.PlotWidget()
        self._offered = calls.plot(pen="#61B0AE")
        self._answered = calls.plot(pen="#BFB4FE")
        self._level = level.plot(pen="#B8F1C1")
        row.addWidget(calls)
        row.addWidget(level)
        return row

    def _show_tiles(self, document: StockDocument, waiting: list[StockCall], now: datetime) -> None:
        states = Counter(agent.state for agent in document.agents)
        longest = min((call.entered_at for call in waiting), default=now)
        offered = max(1, self._day.offered.total())
        texts = (
            str(len(waiting)),
            _clock(now - longest),
            f"{self._day.in_target.total() / offered:.1%}",
            f"{self._day.abandoned.total() / offered:.1%}",
            str(states["free"]),
            str(states["in_call"]),
        )
        for label, text in zip(self._values, texts, strict=True):
            label.setText(text)
        for state, label in self._counts.items():
            label.setText(f"{state} {states[state]}")

    def _show_queues(
        self, document: StockDocument, waiting: list[StockCall], now: datetime
    ) -> None:
        count = Counter(call.queue_id for call in waiting)
        free = Counter(
            queue for agent in document.agents if agent.state == "free" for queue in agent.queues
        )
        since: dict[str, datetime] = {}
        for call in waiting:
            since[call.queue_id] = min(call.entered_at, since.get(call.queue_id, now))
        ordered = sorted(document.queues, key=lambda row: since.get(row.queue_id, now))
        self._model.take(
            [
                (
                    row.name,
                    str(count[row.queue_id]),
                    _clock(now - since.get(row.queue_id, now)),
                    _share(self._day.in_target[row.queue_id], self._day.offered[row.queue_id]),
                    str(self._day.offered[row.queue_id]),
                    str(self._day.answered[row.queue_id]),
                    str(self._day.abandoned[row.queue_id]),
                    str(free[row.queue_id]),
                )
                for row in ordered
            ]
        )

    def _show_agents(self, document: StockDocument, now: datetime) -> None:
        present = [agent for agent in document.agents if agent.state != "offline"]
        longest = sorted(present, key=lambda agent: agent.state_since)[:_CELLS]
        for cell, agent in zip(self._cells, longest, strict=False):
            cell.setText(f"{agent.name}\n{agent.state} {_clock(now - agent.state_since)}")
            style = _cell_style(agent)
            if cell.styleSheet() != style:
                cell.setStyleSheet(style)

    def _show_plots(self, now: datetime) -> None:
        minute = int(now.timestamp() // 60)
        offered, answered = self._day.offered.total(), self._day.answered.total()
        level = self._day.in_target.total() / max(1, offered)
        self._minutes[minute] = (offered, answered, level)
        told = [self._minutes.get(minute - at, (0, 0, 0.0)) for at in range(_MINUTES)]
        at = list(range(-_MINUTES + 1, 1))
        self._offered.setData(at, [each[0] for each in reversed(told)])
        self._answered.setData(at, [each[1] for each in reversed(told)])
        self._level.setData(at, [each[2] for each in reversed(told)])


class Poller(QObject):
    """A thread that polls once a second and hands on what it read."""

    document_read = Signal(StockDocument)
    json_read = Signal()

    def __init__(self, port: int, *, typed: bool) -> None:
        super().__init__()
        self._url = f"http://127.0.0.1:{port}/"
        self._typed = typed
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._poll, daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End, and wait for it."""
        self._stopping.set()
        self._thread.join()

    def _poll(self) -> None:
        session = requests.Session()
        while not self._stopping.is_set():
            told = session.get(self._url, timeout=4).json()
            if self._typed:
                self.document_read.emit(StockDocument.model_validate(told))
            else:
                self.json_read.emit()
            self._stopping.wait(1.0)
        session.close()


def _cell_style(agent: StockAgent) -> str:
    colour = _COLOURS.get(agent.state, "#212932")
    return f"QLabel {{ background: #212932; border-left: 4px solid {colour}; padding: 4px; }}"


def _clock(time: Any) -> str:  # noqa: ANN401 - a timedelta
    seconds = max(0, int(time.total_seconds()))
    return f"{seconds // 60}:{seconds % 60:02}"


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "–"


def run(arguments: list[str]) -> int:
    """Run until the watch is over."""
    parser = argparse.ArgumentParser()
    parser.add_argument("port", type=int)
    parser.add_argument("warm_up", type=float)
    parser.add_argument("seconds", type=float)
    parser.add_argument("--no-window", action="store_true")
    asked = parser.parse_args(arguments)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication(["stock"])
    watch = Watch(asked.warm_up, asked.seconds)
    poller = Poller(asked.port, typed=not asked.no_window)
    window: StockWindow | None = None
    if not asked.no_window:
        window = StockWindow(watch)
        window.resize(1920, 1080)
        window.show()
        poller.document_read.connect(window.take)
    poller.start()
    application.exec()
    poller.stop()
    return 0


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
