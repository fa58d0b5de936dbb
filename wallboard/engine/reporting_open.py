"""What the calls that are not over add to a report of a window that goes on, as on the board."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Final

from wallboard.domain.snapshot import Call, CallId, Queue, QueueId
from wallboard.domain.totals import NOTHING, Totals
from wallboard.engine.board import Board
from wallboard.engine.open_calls import of_day, open_calls_of
from wallboard.engine.reporting_material import Cells
from wallboard.engine.windows import Window, place_in

_FAR: Final = datetime.max.replace(tzinfo=UTC)


def open_cells(
    board: Board, window: Window, intervals: tuple[Window, ...], *, running: bool = True
) -> Cells:
    """Return the totals of the calls that wait or talk now, by where they arrived and by queue.

    Of one of which nobody knows when it came, the board says that it is of the present: it is in
    the last interval of a window that goes on. Of one that is over only those count that came in
    it.

    Args:
        window: That is looked at, up to the present.
        running: True if it goes on.
        intervals: Of it, in order.
    """
    snapshot = board.snapshot
    if snapshot is None or not intervals:
        return {}
    last = len(intervals) - 1 if running else None
    found: dict[tuple[datetime, QueueId], Totals] = {}
    for queue_id, group in board.calls.items():
        queue = snapshot.queues.get(queue_id)
        if queue is not None and queue.counted is not None:
            continue  # its calls that are over are not told: these alone would be taken for all
        calls = [call for call in group.calls.values() if of_day(call, window.begin)]
        for told in (
            _talking(calls, snapshot.queues.get(queue_id), window, intervals, last),
            _waiting(calls, _undecided(board, queue_id), intervals, last),
        ):
            for place, totals in told.items():
                key = intervals[place].begin, queue_id
                found[key] = found.get(key, NOTHING) + totals
    return found


def _undecided(board: Board, queue_id: QueueId) -> int:
    """Return of how many who wait the board says that they may still be answered in time.

    A board whose picture is old does not say of whom time alone would have decided.
    """
    standing = board.queues.get(queue_id)
    return 0 if standing is None else standing.totals.undecided_waiting


def _talking(
    calls: Iterable[Call],
    queue: Queue | None,
    window: Window,
    intervals: tuple[Window, ...],
    last: int | None,
) -> Mapping[int, Totals]:
    by_place: dict[int, dict[CallId, Call]] = {}
    for call in calls:
        place = _place(call, intervals, last)
        if call.answered_at is not None and place is not None:
            by_place.setdefault(place, {})[call.call_id] = call
    target = None if queue is None else queue.target
    return {
        place: open_calls_of(those, target, window.begin).talking
        for place, those in by_place.items()
    }


def _waiting(
    calls: Iterable[Call], undecided: int, intervals: tuple[Window, ...], last: int | None
) -> Mapping[int, Totals]:
    """Return what those add who wait; the last ones that came are the undecided."""
    found: dict[int, Totals] = {}
    waiting = [call for call in calls if call.answered_at is None]
    waiting.sort(key=lambda call: call.entered_at or _FAR, reverse=True)
    for number, call in enumerate(waiting):
        place = _place(call, intervals, last)
        if place is None:
            continue
        one = Totals(offered=1, waiting=1, undecided_waiting=int(number < undecided))
        found[place] = found.get(place, NOTHING) + one
    return found


def _place(call: Call, intervals: tuple[Window, ...], last: int | None) -> int | None:
    came_at = call.entered_at or call.answered_at
    place = None if came_at is None else place_in(intervals, came_at)
    return last if place is None else place
