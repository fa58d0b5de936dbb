"""The calls that are not over, by queue: who waits, and what those who talk add to the totals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import datetime, timedelta

from wallboard.domain.snapshot import Call, CallId, QueueId, Snapshot, SnapshotChange
from wallboard.domain.totals import NOTHING, Totals
from wallboard.domain.value import value
from wallboard.domain.waits import counted_all

_NO_TIME = timedelta()


@value
class OpenCalls:
    """Of one queue.

    Attributes:
        waiting: Those that nobody has answered.
        talking: What the answered ones of the day add to its totals.
    """

    calls: Mapping[CallId, Call] = field(default_factory=dict)
    waiting: tuple[Call, ...] = ()
    talking: Totals = NOTHING


NO_CALLS = OpenCalls()


def regrouped(
    groups: Mapping[QueueId, OpenCalls],
    before: Snapshot | None,
    after: Snapshot,
    change: SnapshotChange,
    begins: datetime | None,
) -> tuple[Mapping[QueueId, OpenCalls], frozenset[QueueId]]:
    """Return the groups after a change, and the queues whose group is another.

    Args:
        before: None if all is to be grouped anew.
        begins: The day's first instant: who came earlier counts on his own day.
    """
    old = {} if before is None else before.calls
    new = after.calls.values() if before is None else change.calls
    moved: dict[QueueId, dict[CallId, Call]] = {}

    def group(queue_id: QueueId) -> dict[CallId, Call]:
        calls = moved.get(queue_id)
        if calls is None:
            kept = NO_CALLS if before is None else groups.get(queue_id, NO_CALLS)
            calls = moved[queue_id] = dict(kept.calls)
        return calls

    for call_id in (*change.calls_gone, *(call.call_id for call in new)):
        gone = old.get(call_id)
        if gone is not None:
            group(gone.queue_id).pop(call_id, None)
    for call in new:
        group(call.queue_id)[call.call_id] = call
    for queue in change.queues:
        group(queue.queue_id)  # its target may be another
    fresh = {
        queue_id: open_calls_of(calls, _target_of(after, queue_id), begins)
        for queue_id, calls in moved.items()
    }
    kept = {} if before is None else groups
    return {**kept, **fresh}, frozenset((*fresh, *groups) if before is None else fresh)


def totals_of_waiting(
    calls: Iterable[Call], now: datetime, target: timedelta | None, begins: datetime | None
) -> Totals:
    """Return what those who wait add to the day's totals at this moment."""
    of_today = [call for call in calls if of_day(call, begins)]
    offered = len(of_today)
    undecided = undecided_of(of_today, now, target, begins)
    return Totals(offered=offered, waiting=offered, undecided_waiting=undecided)


def undecided_of(
    calls: Iterable[Call], now: datetime, target: timedelta | None, begins: datetime | None
) -> int:
    """Return how many of those who wait may still be answered in time, for all that is known."""
    undecided = 0
    for call in calls:
        if of_day(call, begins):
            entered_at = call.entered_at
            undecided += target is None or entered_at is None or now - entered_at <= target
    return undecided


def of_day(call: Call, begins: datetime | None) -> bool:
    """True if a call that is not over belongs to the day: he who came yesterday counts there."""
    came_at = call.entered_at or call.answered_at
    return begins is None or came_at is None or came_at >= begins


def open_calls_of(
    calls: Mapping[CallId, Call], target: timedelta | None, begins: datetime | None
) -> OpenCalls:
    """Return the calls of one queue that are not over, sorted and added up."""
    waiting = []
    answered = 0
    waits = []
    for call in calls.values():
        answered_at = call.answered_at
        if answered_at is None:
            waiting.append(call)
            continue
        entered_at = call.entered_at
        # As `of_day` says, without a call of it for each that talks.
        if begins is None or (entered_at or answered_at) >= begins:
            answered += 1
            if entered_at is not None:
                waits.append(answered_at - entered_at)
    talking = _talking(answered, waits, target) if answered else NOTHING
    return OpenCalls(calls=calls, waiting=tuple(waiting), talking=talking)


def _talking(answered: int, waits: list[timedelta], target: timedelta | None) -> Totals:
    """Return what answered calls add while the talks go on.

    Args:
        answered: How many they are.
        waits: Of those whose wait is known.
    """
    return Totals(
        offered=answered,
        answered=answered,
        answered_in_target=0 if target is None else sum([wait <= target for wait in waits]),
        answered_at_once=waits.count(_NO_TIME),
        undecided_answered=answered if target is None else answered - len(waits),
        waits_known=len(waits),
        wait_of_answered=sum(waits, _NO_TIME),
        longest_wait=max(waits, default=_NO_TIME),
        waits=counted_all(waits),
    )


def _target_of(snapshot: Snapshot, queue_id: QueueId) -> timedelta | None:
    queue = snapshot.queues.get(queue_id)
    return None if queue is None else queue.target
