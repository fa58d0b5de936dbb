"""The table of intervals: what was booked where, in the three families of booking.

* arrival: offered, how the call ended and its wait, where it arrived;
* completion: talk, hold and wrap-up, where the wrap-up was over;
* time: waiting, and agents' time, cut where an interval ends.

Counts and sums of one family are never divided by those of another.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, TypeVar

from wallboard.domain.agent_time import NO_AGENT_TIME, AgentTime, time_of
from wallboard.domain.facts import AgentSpell, CallRecord, answered, completed_at
from wallboard.domain.totals import NOTHING, Totals, arrivals_over, handlings_over
from wallboard.domain.value import value
from wallboard.engine.contacts import handle_time
from wallboard.engine.windows import Window, place_in

_Key = TypeVar("_Key", bound=Hashable)
_NO_TIME: Final = timedelta()


@value
class IntervalRow:
    """One interval of one queue, agent or whatever the table is by.

    Attributes:
        arrival: Of the calls that arrived in it.
        completion: Of the calls whose wrap-up was over in it.
        waiting: Time that callers waited within it, added up.
        busy: Time that agents talked, held or wrapped up within it, as calls tell it.
    """

    arrival: Totals = NOTHING
    completion: Totals = NOTHING
    waiting: timedelta = _NO_TIME
    busy: timedelta = _NO_TIME

    def __add__(self, other: IntervalRow) -> IntervalRow:
        """Return the row of both; the order does not matter."""
        return IntervalRow(
            arrival=self.arrival + other.arrival,
            completion=self.completion + other.completion,
            waiting=self.waiting + other.waiting,
            busy=self.busy + other.busy,
        )

    @property
    def calls(self) -> Totals:
        """What KPIs are worked out from: each reads one family, so both may stand together."""
        return self.arrival + self.completion


NO_ROW: Final = IntervalRow()


def waited_over(record: CallRecord) -> tuple[datetime, datetime] | None:
    """Return from when to when the caller waited. None if not known."""
    return None if record.wait is None else (record.entered_at, record.entered_at + record.wait)


def handled_over(record: CallRecord) -> tuple[datetime, datetime] | None:
    """Return from when to when an agent was busy with the call. None if none was, or not known.

    It is counted back from its end: between the queue and the agent a moment may go by.
    """
    if not answered(record) or record.talk is None:
        return None
    end = completed_at(record)
    return end - handle_time(record), end


def interval_table(
    records: Iterable[CallRecord],
    intervals: tuple[Window, ...],
    by: Callable[[CallRecord], _Key],
) -> Mapping[tuple[int, _Key], IntervalRow]:
    """Return the table by place of the interval and by key; rows without anything are not there.

    Args:
        records: Also those that arrived before the first interval and were not over by then.
        intervals: In order; none overlap.
        by: The key of a record: its queue, agent, kind.
    """
    sums: dict[tuple[int, _Key], _Sum] = {}
    for record in records:
        key = by(record)
        place = place_in(intervals, record.entered_at)
        if place is not None:
            _at(sums, place, key).arrivals.append(record)
        if handled_over(record) is not None:
            place = place_in(intervals, completed_at(record))
            if place is not None:
                _at(sums, place, key).completions.append(record)
        for place, part in _cut(intervals, waited_over(record)):
            _at(sums, place, key).waiting += part
        for place, part in _cut(intervals, handled_over(record)):
            _at(sums, place, key).busy += part
    return {place: told.row() for place, told in sums.items()}


def by_queue(record: CallRecord) -> Hashable:
    """Return the key of a table by queue."""
    return record.queue_id


def by_agent(record: CallRecord) -> Hashable:
    """Return the key of a table by agent; None for calls without one."""
    return record.agent_id


def rolled_up(table: Mapping[tuple[int, _Key], IntervalRow], place: int) -> IntervalRow:
    """Return the row of one interval over all keys."""
    return sum((row for (at, _), row in table.items() if at == place), NO_ROW)


def agent_time_table(
    spells: Iterable[AgentSpell], intervals: tuple[Window, ...]
) -> tuple[AgentTime, ...]:
    """Return the agents' time of each interval, each agent once, cut at the borders."""
    touching: list[list[AgentSpell]] = [[] for _ in intervals]
    for spell in spells:
        for place, _ in _cut(intervals, (spell.began_at, spell.ended_at)):
            touching[place].append(spell)
    return tuple(
        time_of(those, interval.begin, interval.end) if those else NO_AGENT_TIME
        for those, interval in zip(touching, intervals, strict=True)
    )


@value
class LongestQueue:
    """How many callers waited at once at most, and since when first."""

    callers: int
    since: datetime


def longest_queue(records: Iterable[CallRecord]) -> LongestQueue | None:
    """Return the greatest length of the queue. None if nobody waited.

    Who leaves in the same instant as another one joins has left before.
    """
    moves: list[tuple[datetime, int]] = []
    for record in records:
        waited = waited_over(record)
        if waited is not None and waited[0] < waited[1]:
            moves += [(waited[0], 1), (waited[1], -1)]
    callers, longest = 0, None
    for instant, move in sorted(moves):
        callers += move
        if callers > (0 if longest is None else longest.callers):
            longest = LongestQueue(callers=callers, since=instant)
    return longest


@dataclass(slots=True)
class _Sum:
    """A row while it is added up."""

    arrivals: list[CallRecord] = field(default_factory=list)
    completions: list[CallRecord] = field(default_factory=list)
    waiting: timedelta = _NO_TIME
    busy: timedelta = _NO_TIME

    def row(self) -> IntervalRow:
        return IntervalRow(
            arrival=arrivals_over(self.arrivals) if self.arrivals else NOTHING,
            completion=handlings_over(self.completions) if self.completions else NOTHING,
            waiting=self.waiting,
            busy=self.busy,
        )


def _at(sums: dict[tuple[int, _Key], _Sum], place: int, key: _Key) -> _Sum:
    found = sums.get((place, key))
    if found is None:
        found = sums[place, key] = _Sum()
    return found


def _cut(
    intervals: tuple[Window, ...], span: tuple[datetime, datetime] | None
) -> Iterator[tuple[int, timedelta]]:
    """Yield the intervals that a span touches, and how much of it is in each."""
    if span is None:
        return
    begin, end = span
    place = max(0, bisect_right(intervals, begin, key=lambda interval: interval.begin) - 1)
    while place < len(intervals) and intervals[place].begin < end:
        part = min(end, intervals[place].end) - max(begin, intervals[place].begin)
        if part > _NO_TIME:
            yield place, part
        place += 1
