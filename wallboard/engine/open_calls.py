"""The calls that are not over, by queue: who waits, and what those who talk add to the totals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import datetime, timedelta

from wallboard.domain.snapshot import Call, CallId, QueueId, Snapshot, SnapshotChange
from wallboard.domain.totals import NOTHING, Totals, with_waiting, without
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
    if before is None:
        fresh = _grouped(after, change, begins)
        return fresh, frozenset((*fresh, *groups))
    moved: dict[QueueId, _Moved] = {}

    def group(queue_id: QueueId) -> _Moved:
        found = moved.get(queue_id)
        if found is None:
            found = moved[queue_id] = _Moved(groups.get(queue_id, NO_CALLS))
        return found

    old, new = before.calls, change.calls
    for call_id in (*change.calls_gone, *(call.call_id for call in new)):
        gone = old.get(call_id)
        if gone is not None:
            group(gone.queue_id).left(gone)
    for call in new:
        group(call.queue_id).came(call)
    for queue_id in (*(queue.queue_id for queue in change.queues), *change.queues_gone):
        group(queue_id).known = False  # its target may be another, or none any more
    fresh = {key: each.open_calls(_target_of(after, key), begins) for key, each in moved.items()}
    return {**groups, **fresh}, frozenset(fresh)


def _grouped(
    after: Snapshot, change: SnapshotChange, begins: datetime | None
) -> dict[QueueId, OpenCalls]:
    """Return the groups of a whole picture; of queues that are told without a call, empty ones."""
    calls: dict[QueueId, dict[CallId, Call]] = {}
    for call in after.calls.values():
        calls.setdefault(call.queue_id, {})[call.call_id] = call
    for queue in change.queues:
        calls.setdefault(queue.queue_id, {})
    return {key: open_calls_of(each, _target_of(after, key), begins) for key, each in calls.items()}


class _Moved:
    """The calls of one queue while they are altered.

    Attributes:
        known: True if what those who talk add was counted as it is to be counted now.
    """

    def __init__(self, before: OpenCalls) -> None:
        self._before = before
        self._calls = dict(before.calls)
        self._answered: list[Call] = []
        self._over: list[Call] = []
        self.known = True

    def left(self, call: Call) -> None:
        self._calls.pop(call.call_id, None)
        if call.answered_at is not None:
            self._over.append(call)

    def came(self, call: Call) -> None:
        self._calls[call.call_id] = call
        if call.answered_at is not None:
            self._answered.append(call)

    def open_calls(self, target: timedelta | None, begins: datetime | None) -> OpenCalls:
        talking = self._talking(target, begins) if self.known else None
        if talking is None:
            return open_calls_of(self._calls, target, begins)
        waiting = tuple([call for call in self._calls.values() if call.answered_at is None])
        return OpenCalls(calls=self._calls, waiting=waiting, talking=talking)

    def _talking(self, target: timedelta | None, begins: datetime | None) -> Totals | None:
        """Return what those who talk add, by the few who began and ended. None if that is not told.

        Nearly all of a queue's calls are talks that go on: they are not looked at for one more.
        """
        talking = self._before.talking
        if self._over:
            over = _talks(self._over, target, begins)
            if over.longest_wait >= talking.longest_wait:
                return None  # who of those who stay waited longest, no difference tells
            talking = without(talking, over)
        return talking + _talks(self._answered, target, begins)


def and_waiting(
    totals: Totals,
    calls: Iterable[Call],
    now: datetime,
    target: timedelta | None,
    begins: datetime | None,
) -> Totals:
    """Return the day's totals with what those who wait add at this moment."""
    of_today = [call for call in calls if of_day(call, begins)]
    if not of_today:
        return totals
    return with_waiting(totals, len(of_today), undecided_of(of_today, now, target, begins))


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
    waiting: list[Call] = []
    answered: list[Call] = []
    for call in calls.values():
        (waiting if call.answered_at is None else answered).append(call)
    talking = _talks(answered, target, begins)
    return OpenCalls(calls=calls, waiting=tuple(waiting), talking=talking)


def _talks(calls: Iterable[Call], target: timedelta | None, begins: datetime | None) -> Totals:
    """Return what answered calls add while the talks go on, as far as they are of the day."""
    answered = 0
    waits = []
    for call in calls:
        answered_at, entered_at = call.answered_at, call.entered_at
        if answered_at is None:
            continue
        # As `of_day` says, without a call of it for each that talks.
        if begins is None or (entered_at or answered_at) >= begins:
            answered += 1
            if entered_at is not None:
                waits.append(answered_at - entered_at)
    if not answered:
        return NOTHING
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
