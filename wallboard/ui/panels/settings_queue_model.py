"""The queues of the settings as rows of a table in which own names and the like are written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from enum import IntEnum
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal

from wallboard.domain.measuring import QueueRule
from wallboard.domain.snapshot import Queue, QueueId
from wallboard.domain.value import value
from wallboard.ui.look import Look
from wallboard.ui.outside_text import shown
from wallboard.ui.panels.settings_face import AS_ALL, QueueFace, QueueWish
from wallboard.ui.panels.settings_form import latin
from wallboard.ui.search_text import found_in, search_key, words_of
from wallboard.ui.table_model import TableModel
from wallboard.ui.words import phrase

_LONGEST: Final = 64
_LONGEST_S: Final = 86_400


class Column(IntEnum):
    """The columns, in their order."""

    TOLD = 0
    NAME = 1
    GROUP = 2
    TARGET = 3
    GOAL = 4
    HIDDEN = 5


HEADINGS: Final = {
    Column.TOLD: phrase("SettingsQueues", "Queue"),
    Column.NAME: phrase("SettingsQueues", "Own name"),
    Column.GROUP: phrase("SettingsQueues", "Group"),
    Column.TARGET: phrase("SettingsQueues", "Answer within"),
    Column.GOAL: phrase("SettingsQueues", "Service level goal"),
    Column.HIDDEN: phrase("SettingsQueues", "Shown"),
}
SHOWN: Final = phrase("SettingsQueues", "shown")
HIDDEN: Final = phrase("SettingsQueues", "hidden")


@value
class _Row:
    queue_id: QueueId
    told: str
    target: timedelta | None
    decided: QueueFace


class QueueModel(TableModel):
    """Holds the queues that the source tells, and those that were decided about.

    Signals:
        wished: A QueueWish.
        refused: Why what was written cannot be; an empty text once it can.
    """

    wished = Signal(object)
    refused = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._told: Mapping[QueueId, Queue] = {}
        self._decided: Mapping[QueueId, QueueFace] = {}
        self._usual = QueueRule()
        self._typed: tuple[str, ...] = ()
        self._rows: list[_Row] = []

    def show_queues(
        self,
        told: Mapping[QueueId, Queue],
        decided: Mapping[QueueId, QueueFace],
        usual: QueueRule,
    ) -> None:
        """Show these queues; what did not change is left as it is.

        Args:
            told: As the source tells them.
            decided: By queue, also of queues that the source does not tell now.
            usual: The rule of queues without one of their own.
        """
        if told is self._told and decided == self._decided and usual == self._usual:
            return
        same = told.keys() == self._told.keys() and decided.keys() == self._decided.keys()
        self._told, self._decided, self._usual = told, decided, usual
        if not same:
            self._order()
            return
        rows = [self._row(row.queue_id) for row in self._rows]
        changed = [at for at, row in enumerate(rows) if row != self._rows[at]]
        self._rows = rows
        for at in changed:
            self.dataChanged.emit(self.index(at, 0), self.index(at, len(Column) - 1))

    def look_for(self, typed: str) -> None:
        """Show only queues that are found by what was typed."""
        self._typed = words_of(typed)
        self._order()

    def queue_at(self, row: int) -> QueueId:
        """Return which queue is in a row."""
        return self._rows[row].queue_id

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        """Return what can be done with a cell."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.column() == Column.HIDDEN:
            return flags | Qt.ItemFlag.ItemIsUserCheckable
        return flags if index.column() == Column.TOLD else flags | Qt.ItemFlag.ItemIsEditable

    def data(
        self,
        index: QModelIndex | QPersistentModelIndex,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Return what a cell shows, is edited as, or says."""
        row, column = self._rows[index.row()], Column(index.column())
        hidden = row.decided.hidden
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return self._text(row, column)
            case Qt.ItemDataRole.EditRole:
                return self._written(row, column)
            case Qt.ItemDataRole.CheckStateRole if column is Column.HIDDEN:
                return Qt.CheckState.Unchecked if hidden else Qt.CheckState.Checked
            case Qt.ItemDataRole.ForegroundRole if self._faint(row, column):
                return self._look.theme.muted
            case _:
                return None

    def setData(  # noqa: N802 - Qt's name
        self,
        index: QModelIndex | QPersistentModelIndex,
        value: object,
        role: int = Qt.ItemDataRole.EditRole,
    ) -> bool:
        """Tell what is wished for; it is shown once it holds."""
        row, column = self._rows[index.row()], Column(index.column())
        if column is Column.HIDDEN:
            if role != Qt.ItemDataRole.CheckStateRole:
                return False
            hidden = Qt.CheckState(value) is Qt.CheckState.Unchecked
            decided: QueueFace | str = replace(row.decided, hidden=hidden)
        else:
            decided = self._taken(row.decided, column, str(value))
        self.refused.emit(decided if isinstance(decided, str) else "")
        if isinstance(decided, str):
            return False
        if decided != row.decided:
            self.wished.emit(QueueWish(queue_id=row.queue_id, decided=decided, called=row.told))
        return True

    def _height(self) -> int:
        return len(self._rows)

    def _headings(self) -> tuple[str, ...]:
        return tuple(self._look.wording.say(HEADINGS[column]) for column in Column)

    def _order(self) -> None:
        self.beginResetModel()
        rows = map(self._row, {**self._told, **self._decided})
        found = [row for row in rows if not self._typed or self._matches(row)]
        self._rows = sorted(found, key=lambda row: (search_key(row.told), row.queue_id))
        self.endResetModel()

    def _row(self, queue_id: QueueId) -> _Row:
        queue = self._told.get(queue_id)
        return _Row(
            queue_id=queue_id,
            told=shown(queue_id if queue is None else queue.name),
            target=None if queue is None else queue.target,
            decided=self._decided.get(queue_id, AS_ALL),
        )

    def _matches(self, row: _Row) -> bool:
        own, group = row.decided.name or "", row.decided.group or ""
        return found_in(self._typed, row.told, shown(own), shown(group))

    def _text(self, row: _Row, column: Column) -> str:
        wording = self._look.wording
        match column:
            case Column.TOLD:
                return row.told
            case Column.NAME:
                return shown(row.decided.name or "")
            case Column.GROUP:
                return shown(row.decided.group or "")
            case Column.TARGET:
                usual = self._usual.target or row.target
                return wording.duration(row.decided.target or usual)
            case Column.GOAL:
                goal = row.decided.goal
                return wording.percent_short(self._usual.goal if goal is None else goal)
            case Column.HIDDEN:
                return wording.say(HIDDEN if row.decided.hidden else SHOWN)

    def _written(self, row: _Row, column: Column) -> str:
        match column:
            case Column.NAME:
                return row.decided.name or ""
            case Column.GROUP:
                return row.decided.group or ""
            case Column.TARGET:
                target = row.decided.target
                seconds = "" if target is None else f"{target.total_seconds():g}"
                return self._look.wording.digits(seconds)
            case Column.GOAL:
                goal = row.decided.goal
                percent = "" if goal is None else f"{100 * goal:g}"
                return self._look.wording.digits(percent)
            case _:
                return ""

    def _faint(self, row: _Row, column: Column) -> bool:
        """True if a cell tells nothing that was decided for this queue alone."""
        decided = row.decided
        usual = (column is Column.TARGET and decided.target is None) or (
            column is Column.GOAL and decided.goal is None
        )
        return decided.hidden or usual

    def _taken(self, decided: QueueFace, column: Column, written: str) -> QueueFace | str:
        """Return the decision with what was written; if that cannot be, why."""
        if column is Column.TARGET:
            return self._with_target(decided, latin(written))
        if column is Column.GOAL:
            return self._with_goal(decided, latin(written))
        text = " ".join(shown(written).split())
        if len(text) > _LONGEST:
            return self._look.wording.translate("SettingsQueues", "At most 64 letters.")
        if column is Column.NAME:
            return replace(decided, name=text or None)
        return replace(decided, group=text or None)

    def _with_target(self, decided: QueueFace, seconds: str) -> QueueFace | str:
        if not seconds:
            return replace(decided, target=None)
        if not seconds.isdecimal() or not 1 <= int(seconds) <= _LONGEST_S:
            return self._look.wording.translate(
                "SettingsQueues",
                "Whole seconds from 1 to 86400, or nothing to have it as all others.",
            )
        return replace(decided, target=timedelta(seconds=int(seconds)))

    def _with_goal(self, decided: QueueFace, percent: str) -> QueueFace | str:
        if not percent:
            return replace(decided, goal=None)
        goal = goal_told(percent)
        if goal is None:
            return self._look.wording.translate(
                "SettingsQueues", "Percent from 1 to 100, or nothing to have it as all others."
            )
        return replace(decided, goal=goal)


def goal_told(percent: str) -> float | None:
    """Return a percentage as a share; None if it is none from 1 to 100.

    Args:
        percent: With the digits 0 to 9; a sign of per cent at its end is let be.
    """
    try:
        number = float(percent.rstrip("%٪ ").replace("٫", "."))
    except ValueError:
        return None
    return number / 100 if 1 <= number <= 100 else None
