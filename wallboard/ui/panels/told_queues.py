"""The table of queues as those hear it who don't see it: a row a queue, a cell a figure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPoint, QPointF, QRect
from PySide6.QtGui import QAccessible, QFocusEvent, QKeyEvent

from wallboard.domain.severity import Severity
from wallboard.domain.snapshot import QueueId
from wallboard.ui.accessible.aloud import aloud
from wallboard.ui.accessible.interfaces import tell_current, tell_focus
from wallboard.ui.accessible.part import HERE, Part, Path
from wallboard.ui.panels.queue_table import QueueTable, RowFace
from wallboard.ui.words import phrase

_LASTING: Final = frozenset({"longest_wait", "asa", "aht"})
NOBODY_WAITS: Final = phrase("Aloud", "nobody waits")
_MARKS: Final = {
    "longest_wait": "wait_severity",
    "service_level": "level_severity",
    "abandon_rate": "rate_severity",
}


class ToldQueueTable(QueueTable):
    """Tells of its rows and figures in words."""

    _at_figure = False
    """True if the last key went from figure to figure, and not from row to row."""

    def told_role(self) -> QAccessible.Role:
        """Return what kind of thing it is."""
        return QAccessible.Role.List

    def told_parts(self, within: Path) -> Sequence[str]:
        """Return the keys of the queues, or of the figures of one."""
        if not within:
            return self._order
        return self._told_keys() if len(within) == 1 else ()

    def told_part(self, path: Path) -> Part | None:
        """Return a queue or one of its figures. None if it is no more."""
        row = self._look_up(QueueId(path[0])) if path[0] in self._order else None
        if row is None:
            return None
        if len(path) == 1:
            return Part(name=self._row_words(row), box=self._seen_row(path[0]), presses=True)
        if path[1] not in self._told_keys():
            return None
        # Where there is no room for a column it is told nevertheless.
        placed = next((each for each in self._columns if each[0].key == path[1]), None)
        at = self._seen_at(path[0])
        return Part(
            name=self._cell_words(row, path[1]),
            role=QAccessible.Role.StaticText,
            box=QRect() if at is None or placed is None else self._cell(at, placed),
            presses=True,
        )

    def told_at(self, point: QPoint) -> Path:
        """Return the figure at a point, or the queue."""
        figure = self._figure_at(QPointF(point))
        if figure is not None:
            return (figure[1], figure[0])
        at = (point.y() - self.header_height()) // self.row_height()
        below = point.y() > self.header_height() and at < len(self._rows)
        return (self._rows[at].queue_id,) if below else HERE

    def told_current(self) -> Path:
        """Return at which queue the keyboard is, or at which of its figures."""
        if self._chosen is None or self._chosen not in self._order:
            return HERE
        return (self._chosen, self._figure) if self._at_figure else (self._chosen,)

    def press_part(self, path: Path) -> None:
        """Choose a queue, or have one of its figures explained."""
        if path[0] not in self._order:
            return
        self._choose(self._order.index(QueueId(path[0])))
        if len(path) > 1:
            self._figure = path[1]
            self.figure_chosen.emit(path[1], path[0])

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Show where the keyboard is, and tell it."""
        super().focusInEvent(event)
        tell_focus(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Do what the key says, and tell of the figure it led to."""
        before = self._figure
        super().keyPressEvent(event)
        if self._figure != before:
            self._at_figure = True
            tell_current(self)

    def _choose(self, at: int) -> None:
        super()._choose(at)
        self._at_figure = False
        tell_current(self)

    def _told_keys(self) -> tuple[str, ...]:
        return tuple(column.key for column in self._all_columns if column.key != "bullet")

    def _seen_at(self, queue_id: str) -> int | None:
        """Return the how manieth row that is seen a queue has. None if it is not in sight."""
        return next((at for at, row in enumerate(self._rows) if row.queue_id == queue_id), None)

    def _seen_row(self, queue_id: str) -> QRect:
        at = self._seen_at(queue_id)
        return QRect() if at is None else self._row_box(at).toAlignedRect()

    def _row_words(self, row: RowFace) -> str:
        wording = self._look.wording
        told = [row.name]
        if row.severity is not Severity.CALM:
            told.append(wording.severity(row.severity))
        told += [self._cell_words(row, key) for key in self._told_keys()]
        return wording.listed(told)

    def _cell_words(self, row: RowFace, key: str) -> str:
        wording = self._look.wording
        text = aloud(row.cells[key], wording, lasts=key in _LASTING)
        if key == "longest_wait" and row.cells["waiting"] == wording.count(0):
            text = wording.say(NOBODY_WAITS)
        told = [f"{self._heading_of(key)} {text}"]
        if key == "service_level" and row.cells["bullet"]:
            told.append(row.cells["bullet"])
        severity: Severity = getattr(row, _MARKS[key]) if key in _MARKS else Severity.CALM
        if severity is not Severity.CALM:
            told.append(wording.severity(severity))
        return wording.listed(told)
