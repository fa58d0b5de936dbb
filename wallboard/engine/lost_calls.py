"""Lost calls as a list of whom to call back: by number, and gone once the caller got through.

* A call is lost if the last queue that it went through gave it up: the caller hung up while
  waiting, the queue's time was over, or nobody was there to answer. Who hangs up so soon that it
  counts as a short hang-up is no lost caller.
* A number's lost calls are one group until its caller got through: answered in whatever queue,
  now talking to an agent, or reached by a call of ours. What he loses after that is another group.
* A caller who hides his number can't be called back: his calls are counted, and in no group.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Final

from wallboard.domain.facts import CallRecord, DirectCall, Direction, Ending, FactId, answered
from wallboard.domain.snapshot import Call, QueueId
from wallboard.domain.value import value

LOST: Final = frozenset({Ending.ABANDONED, Ending.TIMED_OUT, Ending.LEFT_EMPTY})
"""How the last visit of a lost call ended; of other endings nobody knows that help was missing."""

DUE_IN: Final = timedelta(minutes=30)
"""How soon after his first try a caller should be called back: a convention."""

_SEPARATORS: Final = str.maketrans("", "", " -.()/\u200e\u200f\u202a\u202c")


@value
class LostCall:
    """One call to the site that nobody took to its end, through whatever queues it went.

    Attributes:
        fact_ids: Of its visits.
        began_at: When it came to the first queue that it waited in vain in.
        at: When it was lost.
        queue_id: Where it was lost.
        ending: Of its last visit.
        wait: In that queue. None if not known.
        number: Of the caller, as told. None if withheld or unknown.
    """

    fact_ids: frozenset[FactId]
    began_at: datetime
    at: datetime
    queue_id: QueueId
    ending: Ending
    wait: timedelta | None = None
    number: str | None = None


@value
class CallBack:
    """The lost calls of one number, up to when its caller got through.

    Attributes:
        number: As it was told last.
        calls: In order of time; at least one.
        recovered_at: When the caller got through. None if he has not.
    """

    number: str
    calls: tuple[LostCall, ...]
    recovered_at: datetime | None = None

    @property
    def key(self) -> tuple[str, datetime]:
        """What tells it apart from all others."""
        return same_number(self.number), self.calls[0].at

    @property
    def tries(self) -> int:
        """How often he called in vain."""
        return len(self.calls)

    @property
    def first_at(self) -> datetime:
        """When the first of the calls was lost."""
        return self.calls[0].at

    @property
    def last_at(self) -> datetime:
        """When the last of the calls was lost."""
        return self.calls[-1].at

    @property
    def longest_wait(self) -> timedelta | None:
        """The longest of the waits. None if none is known."""
        return max((call.wait for call in self.calls if call.wait is not None), default=None)

    @property
    def queues(self) -> tuple[QueueId, ...]:
        """Where the calls were lost, each queue once, the last one first."""
        return tuple(dict.fromkeys(call.queue_id for call in reversed(self.calls)))

    def due_at(self, due_in: timedelta = DUE_IN) -> datetime:
        """Return by when he should be called back: to try again postpones nothing."""
        return self.first_at + due_in


@value
class LostCalls:
    """What became of the lost calls of some stretch of time.

    Attributes:
        open: Whom to call back, who has waited longest for it first.
        recovered: Who got through by himself or was reached, the last one first.
        withheld: Lost calls without a number.
    """

    open: tuple[CallBack, ...] = ()
    recovered: tuple[CallBack, ...] = ()
    withheld: tuple[LostCall, ...] = ()

    @property
    def calls(self) -> int:
        """How many calls were lost."""
        groups = (*self.open, *self.recovered)
        return sum(group.tries for group in groups) + len(self.withheld)

    @property
    def recovered_share(self) -> float | None:
        """Which share of the groups got through, 0 to 1. None if there is no group."""
        groups = len(self.open) + len(self.recovered)
        return len(self.recovered) / groups if groups else None


def lost_calls(
    records: Iterable[CallRecord],
    *,
    directs: Iterable[DirectCall] = (),
    begin: datetime | None = None,
    end: datetime | None = None,
) -> LostCalls:
    """Return what became of the lost calls.

    The order of what is given does not matter, nor does it if a fact is told twice.

    Args:
        records: Also those after the window: they tell who got through.
        directs: Calls without a queue: an answered outgoing one reaches the caller.
        begin, end: Of the lost calls, those that were lost from `begin` on and before `end`. None
            means without limit.
    """
    told = tuple({record.fact_id: record for record in records}.values())
    lost = sorted(
        (
            call
            for call in _lost(told)
            if (begin is None or begin <= call.at) and (end is None or call.at < end)
        ),
        key=lambda call: (call.at, call.began_at, sorted(call.fact_ids)),
    )
    through = _through(told, directs)
    by_number: dict[str, list[LostCall]] = {}
    withheld = []
    for call in lost:
        key = same_number(call.number or "")
        if key:
            by_number.setdefault(key, []).append(call)
        else:
            withheld.append(call)
    groups = [
        group for key, of_one in by_number.items() for group in _groups(of_one, through.get(key))
    ]
    return _sorted(groups, tuple(withheld))


def with_talks(lost: LostCalls, calls: Iterable[Call]) -> LostCalls:
    """Return the same with those recovered who talk to an agent at this moment.

    Args:
        lost: As `lost_calls` returned it; itself is returned if nobody of it talks.
        calls: Those that are not over.
    """
    wanted = {same_number(group.number): group for group in lost.open}
    talking: dict[str, datetime] = {}
    for call in calls:
        if call.answered_at is not None and call.caller_number:
            number = same_number(call.caller_number)
            group = wanted.get(number)
            if group is not None and call.answered_at > group.last_at:
                talking[number] = min(call.answered_at, talking.get(number, call.answered_at))
    if not talking:
        return lost
    groups = [
        replace(group, recovered_at=talking[number]) if number in talking else group
        for number, group in wanted.items()
    ]
    return _sorted([*groups, *lost.recovered], lost.withheld)


def _sorted(groups: Iterable[CallBack], withheld: tuple[LostCall, ...]) -> LostCalls:
    rows = tuple(groups)
    reached = [(group.recovered_at, group) for group in rows if group.recovered_at is not None]
    waiting = [group for group in rows if group.recovered_at is None]
    return LostCalls(
        open=tuple(sorted(waiting, key=lambda group: (group.first_at, group.key))),
        recovered=tuple(
            group
            for _, group in sorted(reached, key=lambda item: (item[0], item[1].key), reverse=True)
        ),
        withheld=withheld,
    )


@lru_cache(maxsize=32_768)
def same_number(number: str) -> str:
    """Return a number so that it is the same however it was written; empty if it is none.

    Only what stands between the digits is left out. Codes of countries stay: to take two callers
    for one would drop somebody who waits to be called.
    """
    return number.translate(_SEPARATORS).casefold()


def _lost(records: Iterable[CallRecord]) -> Iterator[LostCall]:
    visits: dict[str, list[CallRecord]] = {}
    for record in records:
        key = f"fact {record.fact_id}" if record.contact is None else f"contact {record.contact}"
        visits.setdefault(key, []).append(record)
    for of_one in visits.values():
        of_one.sort(key=lambda visit: (visit.entered_at, visit.ended_at, visit.fact_id))
        last = of_one[-1]
        # If another leg of the call still goes on in one of its queues, that one ends it.
        if last.ending not in LOST or _short(last) or _answered_later(of_one, last):
            continue
        numbers = (visit.caller_number for visit in reversed(of_one) if visit.caller_number)
        yield LostCall(
            fact_ids=frozenset(visit.fact_id for visit in of_one),
            began_at=_begin_in_vain(of_one),
            at=last.ended_at,
            queue_id=last.queue_id,
            ending=last.ending,
            wait=last.wait,
            number=next(numbers, None),
        )


def _begin_in_vain(visits: list[CallRecord]) -> datetime:
    """Return when the last run of visits began in which nobody answered."""
    begun = visits[-1].entered_at
    for visit in reversed(visits):
        if answered(visit):
            break
        begun = visit.entered_at
    return begun


def _answered_later(visits: Iterable[CallRecord], last: CallRecord) -> bool:
    return any(answered(visit) and _answered_at(visit) > last.ended_at for visit in visits)


def _short(record: CallRecord) -> bool:
    return (
        record.ending is Ending.ABANDONED
        and record.short is not None
        and record.wait is not None
        and record.wait <= record.short
    )


def _answered_at(record: CallRecord) -> datetime:
    """Return when an answered visit was answered; when it was over, if the wait is not known."""
    return record.ended_at if record.wait is None else record.entered_at + record.wait


def _through(
    records: Iterable[CallRecord], directs: Iterable[DirectCall]
) -> Mapping[str, list[datetime]]:
    """Return by number when an agent and the caller got to talk, in order."""
    times = [
        *((record.caller_number, _answered_at(record)) for record in records if answered(record)),
        *(
            (direct.far_number, direct.began_at + (direct.ring or timedelta()))
            for direct in directs
            if direct.answered and direct.direction is Direction.OUTGOING
        ),
    ]
    found: dict[str, list[datetime]] = {}
    for number, at in times:
        if number:
            found.setdefault(same_number(number), []).append(at)
    return {number: sorted(of_one) for number, of_one in found.items()}


def _groups(lost: list[LostCall], through: list[datetime] | None) -> Iterator[CallBack]:
    """Yield the groups of one number; `lost` is in order of time."""
    times = iter(through or ())
    reached = next(times, None)
    run: list[LostCall] = []
    for call in lost:
        while reached is not None and reached <= call.at:
            # He got through before he lost this one: that ends what he had lost by then.
            if run and reached > run[-1].at:
                yield _group(run, reached)
                run = []
            reached = next(times, None)
        run.append(call)
    # What is left was lost after every time passed over above.
    yield _group(run, reached)


def _group(run: list[LostCall], reached: datetime | None) -> CallBack:
    number = next(call.number for call in reversed(run) if call.number)
    return CallBack(number=number, calls=tuple(run), recovered_at=reached)
