"""Answers what a figure on the board rests on: the board says it, the history has the calls."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta

from PySide6.QtCore import QObject, Signal

from wallboard.domain.agent_time import NO_AGENT_TIME
from wallboard.domain.clock import Moment
from wallboard.domain.facts import CallRecord
from wallboard.domain.measuring import LevelProfile
from wallboard.domain.snapshot import QueueId
from wallboard.engine.board import Board, coverage, site_time, sums_of, window_of
from wallboard.engine.explain import behind, booked_at, explain
from wallboard.engine.explanation import Explanation
from wallboard.engine.kpi import Sums
from wallboard.engine.windows import Window, so_far
from wallboard.runtime.errand import Errand
from wallboard.runtime.history_faults import fault_of
from wallboard.storage.history import History
from wallboard.ui.wording import Wording

MOST_CALLS = 5_000
"""So many calls behind a figure are listed; the newest."""

_LONGEST_CALL = timedelta(hours=4)
"""What is booked where it was over arrived at most so much earlier."""


def explained(board: Board, now: Moment, key: str, queue_id: QueueId | None) -> Explanation:
    """Return what a figure rests on, the calls that are not over included, as the board shows it.

    Raises:
        KeyError: There is no such KPI, or no such queue.
    """
    then = site_time(board, now)
    levels: tuple[LevelProfile, ...]
    if queue_id is None:
        sums = sums_of(board.site)
        levels = tuple(standing.level for standing in board.queues.values())
    else:
        sums = sums_of(board.queues[queue_id])
        levels = (board.queues[queue_id].level,)
    window = so_far(window_of(board, then), then)
    return explain(
        key,
        Sums(calls=sums.calls, time=NO_AGENT_TIME, span=window.length, known=sums.known),
        window=window,
        coverage=coverage(board, then),
        profiles=levels,
    )


def calls_behind(
    told: Explanation,
    window: Window,
    queue_id: QueueId | None,
    history: History,
    hidden: frozenset[QueueId] = frozenset(),
) -> tuple[CallRecord, ...]:
    """Return the calls behind a figure that are over, by arrival; of too many the newest.

    Args:
        queue_id: None for all queues.
        hidden: Queues whose calls are behind no figure.

    Raises:
        HistoryUnavailable: And why.
    """
    queues = None if queue_id is None else (queue_id,)
    found: deque[CallRecord] = deque(maxlen=MOST_CALLS)
    for row in history.calls(window.begin - _LONGEST_CALL, window.end, queues=queues):
        if row.queue_id in hidden:
            continue
        at = booked_at(told.kpi, row, window)
        if window.begin <= at and behind(told.kpi, row, told.level) is not None:
            found.append(row)
    return tuple(found)


class Explainer(QObject):
    """Finds the calls behind one figure at a time. Lives on the main thread.

    Signals:
        found: An Explanation, and the CallRecords behind it by arrival, as a tuple.
        missed: A sentence that says why not.
    """

    found = Signal(object, object)
    missed = Signal(str)

    def __init__(self, open_history: Callable[[], History], parent: QObject | None = None) -> None:
        """Prepare.

        Args:
            open_history: Opens it for reading, in a thread of its own.
        """
        super().__init__(parent)
        self._open_history = open_history
        self._errand: Errand | None = None
        self._told: Explanation | None = None
        self._wording: Wording | None = None

    def explain(
        self, board: Board, now: Moment, key: str, queue_id: QueueId | None, wording: Wording
    ) -> None:
        """Look for the calls behind a figure; what was asked before is forgotten."""
        self.stop()
        try:
            told = explained(board, now, key, queue_id)
        except KeyError:
            return  # the queue went away under the click
        window, opening = told.window, self._open_history
        hidden = board.arrangement.hidden
        if window is None:
            return

        def read() -> tuple[CallRecord, ...]:
            with closing(opening()) as history:
                return calls_behind(told, window, queue_id, history, hidden)

        self._told, self._wording = told, wording
        self._errand = Errand(read, self, name="explain")
        self._errand.succeeded.connect(self._tell)
        self._errand.failed.connect(self._miss)
        self._errand.start()

    def stop(self) -> None:
        """Forget what was asked."""
        if self._errand is not None:
            self._errand.stop()
            self._errand.deleteLater()
            self._errand = None

    def _tell(self, records: object) -> None:
        self.found.emit(self._told, records)

    def _miss(self, error: Exception) -> None:
        if self._wording is not None:
            self.missed.emit(self._wording.fault(fault_of(error)))
