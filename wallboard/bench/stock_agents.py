"""The agents built the stock way: table views over models in Python, and a grid of labels.

They show what our page shows: the same columns in rows of the same height, a sign for the state, a
colour for who is at it too long, figures at the end of their column; and how many are in which
state above.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)
from PySide6.QtGui import QColor, QPixmap
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,  # noqa: TID251 - the stock way
    QProgressBar,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from wallboard.domain.snapshot import Agent, AgentState, QueueId, Snapshot

HEADS: Final = ("Agent", "State", "For", "Of its limit", "Queue")
NAME, STATE, AGE, USED, QUEUE = range(5)
LIMIT_S: Final = 300
_ROW: Final = 36
_LATE: Final = "#F4452F"
_AT_END: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_Index = QModelIndex | QPersistentModelIndex


class AgentModel(QAbstractTableModel):
    """Agents by row: cells are worded when the view asks for them."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Agent] = []
        self._now: datetime | None = None
        self._queues: Mapping[QueueId, str] = {}
        self._late = QColor(_LATE)
        self._signs = _signs()

    def take(self, snapshot: Snapshot) -> None:
        """Show other rows, all of them new: what tutorials do."""
        self.beginResetModel()
        self._hold(snapshot)
        self.endResetModel()

    def update_rows(self, snapshot: Snapshot) -> None:
        """Show the same agents as they are now: said of the columns that changed."""
        self._hold(snapshot)
        last = len(self.rows) - 1
        self.dataChanged.emit(self.index(0, STATE), self.index(last, USED))

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and form
        """Return how many agents there are."""
        del parent
        return len(self.rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and form
        """Return how many columns there are."""
        del parent
        return len(HEADS)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's own type
        """Return a cell's text, or what it is sorted by."""
        agent, column = self.rows[index.row()], index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(agent, column)
            case Qt.ItemDataRole.UserRole:
                return self._key(agent, column)
            case Qt.ItemDataRole.DecorationRole if column == NAME:
                return self._signs[agent.state]
            case Qt.ItemDataRole.ForegroundRole if column == AGE:
                return self._late if self._seconds(agent) > LIMIT_S else None
            case Qt.ItemDataRole.TextAlignmentRole if column in (AGE, USED):
                return _AT_END
        return None

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # noqa: ANN401 - Qt's own type
        """Return a column's head."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return HEADS[section]
        return None

    def _hold(self, snapshot: Snapshot) -> None:
        self.rows = list(snapshot.agents.values())
        self._now = snapshot.as_of
        self._queues = {key: queue.name for key, queue in snapshot.queues.items()}

    def _text(self, agent: Agent, column: int) -> str:
        match column:
            case 0:
                return agent.name
            case 1:
                return str(agent.state)
            case 2:
                return clock_text(self._seconds(agent))
            case 3:
                return f"{min(1.0, self._seconds(agent) / LIMIT_S):.0%}"
            case _:
                return self._queues.get(agent.queues[0], "") if agent.queues else ""

    def _key(self, agent: Agent, column: int) -> object:
        return self._seconds(agent) if column == AGE else self._text(agent, column)

    def _seconds(self, agent: Agent) -> float:
        if self._now is None or agent.state_since is None:
            return 0.0
        return (self._now - agent.state_since).total_seconds()


class AgentsWindow(QWidget):
    """A view of agents under buttons that count their states."""

    def __init__(self, view: QTableView) -> None:
        super().__init__()
        column, row = QVBoxLayout(self), QHBoxLayout()
        self._buttons = {state: QPushButton(str(state)) for state in AgentState}
        for button in self._buttons.values():
            button.setCheckable(True)
            row.addWidget(button)
        column.addLayout(row)
        column.addWidget(view)

    def take(self, snapshot: Snapshot) -> None:
        """Count who is in which state."""
        counted = Counter(agent.state for agent in snapshot.agents.values())
        for state, button in self._buttons.items():
            button.setText(f"{state} {counted[state]}")


def table(model: AgentModel) -> QTableView:
    """Return a view of the model as it comes."""
    view = QTableView()
    view.setModel(model)
    _widen(view)
    return view


def sorted_table(model: AgentModel, typed: str = "") -> QTableView:
    """Return a view sorted by who is longest in his state, and filtered by a part of a name."""
    view = QTableView()
    proxy = QSortFilterProxyModel(view)
    proxy.setSourceModel(model)
    proxy.setSortRole(Qt.ItemDataRole.UserRole)
    proxy.setFilterKeyColumn(NAME)
    proxy.setFilterFixedString(typed)
    view.setModel(proxy)
    view.setSortingEnabled(True)
    view.sortByColumn(AGE, Qt.SortOrder.DescendingOrder)
    _widen(view)
    return view


class AgentCell(QFrame):
    """What one of our cells shows: who, in which state, for how long, where, and of which limit."""

    def __init__(self) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(4, 2, 4, 2)
        grid.setSpacing(0)
        self._sign, self._name, self._age, self._state, self._queue = (QLabel() for _ in range(5))
        self._signed: AgentState | None = None
        self._late = False
        self._used = QProgressBar()
        self._used.setTextVisible(False)
        self._used.setMaximumHeight(3)
        self._age.setAlignment(_AT_END)
        for part, row, column in (
            (self._sign, 0, 0),
            (self._name, 0, 1),
            (self._age, 0, 2),
            (self._state, 1, 1),
            (self._queue, 1, 2),
        ):
            grid.addWidget(part, row, column)
        grid.addWidget(self._used, 2, 0, 1, 3)

    def take(self, agent: Agent, seconds: float, queue: str, sign: QPixmap) -> None:
        """Show an agent; what stays the same costs a label nothing."""
        if agent.state is not self._signed:
            self._signed = agent.state
            self._sign.setPixmap(sign)
        late = seconds > LIMIT_S
        if late is not self._late:
            self._late = late
            self._age.setStyleSheet(f"color: {_LATE}" if late else "")
        self._name.setText(agent.name)
        self._age.setText(clock_text(seconds))
        self._state.setText(str(agent.state))
        self._queue.setText(queue)
        self._used.setValue(min(100, round(100 * seconds / LIMIT_S)))


class CellGrid(QWidget):
    """A cell of labels for each agent, side by side."""

    def __init__(self, count: int, columns: int) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(2)
        self._signs = _signs()
        self.cells = [AgentCell() for _ in range(count)]
        for at, cell in enumerate(self.cells):
            grid.addWidget(cell, at // columns, at % columns)

    def take(self, snapshot: Snapshot) -> None:
        """Show who is in which state for how long."""
        now = snapshot.as_of
        queues = {key: queue.name for key, queue in snapshot.queues.items()}
        for cell, agent in zip(self.cells, snapshot.agents.values(), strict=False):
            since = agent.state_since or now
            queue = queues.get(agent.queues[0], "") if agent.queues else ""
            cell.take(agent, (now - since).total_seconds(), queue, self._signs[agent.state])


def clock_text(seconds: float) -> str:
    """Return a time as m:ss."""
    whole = max(0, int(seconds))
    return f"{whole // 60}:{whole % 60:02}"


def _signs() -> dict[AgentState, QPixmap]:
    return {state: _sign(QColor.fromHsv(30 * at, 160, 160)) for at, state in enumerate(AgentState)}


def _sign(colour: QColor) -> QPixmap:
    picture = QPixmap(12, 12)
    picture.fill(colour)
    return picture


def _widen(view: QTableView) -> None:
    view.verticalHeader().setDefaultSectionSize(_ROW)
    view.verticalHeader().hide()
    for column in range(len(HEADS)):
        view.setColumnWidth(column, 360)
