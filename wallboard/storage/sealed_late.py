"""What is told of days that are files already: compared, and let in where it is news."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from wallboard.domain.facts import SAME_VISIT, CallRecord, later_names, merged, same_visit
from wallboard.domain.snapshot import QueueId
from wallboard.storage.faults import HistoryUnavailable
from wallboard.storage.rows import CALLS, MICROSECOND, instant_us, stored_text
from wallboard.storage.sealed import SealedDays, damage_passed_over
from wallboard.storage.sealed_day import DAY_US, SealedDay, day_of
from wallboard.storage.sealed_file import files_table

_APART: Final = SAME_VISIT // MICROSECOND
# As the statement of the rows says it: who is in none of these columns was only counted.
_PLACEHOLDER: Final = (
    "ending = 'unknown' AND wait IS NULL AND agent_id IS NULL AND caller_number IS NULL"
    " AND contact IS NULL"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What telling calls to sealed days came to.

    Attributes:
        news: The calls that are still to be kept; the others are known as well as that already.
        reopened: How many calls of sealed days became rows again.
        lost: Days whose files are damaged: they are rows now, and there are none yet.
    """

    news: list[CallRecord]
    reopened: int = 0
    lost: tuple[SealedDay, ...] = ()


def tell(days: SealedDays, calls: Sequence[CallRecord]) -> Told:
    """Compare calls with what sealed days know, and make rows of days that learn of them.

    To be called in the transaction that keeps the calls that are news, before they are
    compared with the rows. Files that are not needed any more are left for `tidy`.
    """
    touching = _touched(days, calls)
    if not touching:
        return Told(news=list(calls))
    known: set[int] = set()
    learning: list[tuple[int, set[int]]] = []
    lost: list[SealedDay] = []
    for each, some in touching.items():
        own = {number for number in some if day_of(calls[number].entered_at) == each.day}
        try:
            all_known, akin = _compared(days, each, {number: calls[number] for number in some})
        except HistoryUnavailable as error:
            if not days.is_lost(each, error):
                raise
            days.forget(each.day)
            lost.append(each)
        else:
            known |= all_known
            learning.append((each.day, own | akin))
    news = [call for number, call in enumerate(calls) if number not in known]
    reopened = sum(days.reopen(day) for day, some in learning if not known.issuperset(some))
    return Told(news=news, reopened=reopened, lost=tuple(lost))


def open_placeholders(
    days: SealedDays, begin: datetime, end: datetime, queues: Iterable[QueueId]
) -> int:
    """Make rows of every sealed day with calls of which only their number was known.

    Args:
        begin, end: From when on and before when they were counted.

    Returns:
        How many calls became rows again.
    """
    since, until = instant_us(begin), instant_us(end)
    names = [stored_text(queue) for queue in queues]
    reopened = 0
    for sealed in days.between(since, until) if names else ():
        with damage_passed_over():
            found = days.engine.rows(
                f"SELECT count(*) FROM {files_table(days.verified([sealed]))}"  # noqa: S608 - our own paths
                f" WHERE {_PLACEHOLDER} AND entered_at >= {since} AND entered_at < {until}"
                " AND queue_id IN (SELECT unnest(?))",
                [names],
            )
            reopened += days.reopen(sealed.day) if found[0][0] else 0
    return reopened


def _touched(days: SealedDays, calls: Sequence[CallRecord]) -> dict[SealedDay, list[int]]:
    """Return the sealed days that calls may be known in, and the numbers of these calls."""
    if not calls:
        return {}
    # Nearly always there is none, and a batch of calls has but milliseconds.
    instants = [call.entered_at for call in calls]
    begin, end = instant_us(min(instants)) - _APART, instant_us(max(instants)) + _APART + 1
    try:
        sealed = days.between(begin, end)
    except HistoryUnavailable:
        days.adopt()
        sealed = days.between(begin, end)
    if not sealed:
        return {}
    by_day = {each.day: each for each in sealed}
    touching: dict[SealedDay, list[int]] = {}
    for number, us in enumerate(map(instant_us, instants)):
        for day in {(us - _APART) // DAY_US, (us + _APART) // DAY_US} & by_day.keys():
            touching.setdefault(by_day[day], []).append(number)
    return touching


def _compared(
    days: SealedDays, sealed: SealedDay, calls: Mapping[int, CallRecord]
) -> tuple[set[int], set[int]]:
    """Return the numbers of calls of which a day knows all, and of those it knows less of."""
    names = [
        stored_text(name) for call in calls.values() for name in (call.fact_id, *later_names(call))
    ]
    contacts = [stored_text(call.contact) for call in calls.values() if call.contact]
    table = files_table(days.verified([sealed]))
    found = days.engine.rows(
        f"SELECT * FROM {table} WHERE fact_id IN (SELECT unnest(?::VARCHAR[]))"  # noqa: S608 - our own paths
        " OR contact IN (SELECT unnest(?::VARCHAR[]))",
        [names, contacts],
    )
    kept = [call for call in map(CALLS.unpacked, found) if call is not None]
    by_name = {call.fact_id: call for call in kept}
    by_visit: dict[tuple[str | None, QueueId], list[CallRecord]] = {}
    for call in kept:
        by_visit.setdefault((call.contact, call.queue_id), []).append(call)
    known: set[int] = set()
    akin: set[int] = set()
    for number, told in calls.items():
        near = by_visit.get((told.contact, told.queue_id), ()) if told.contact else ()
        same = {
            call.fact_id: call
            for call in near
            if abs(call.entered_at - told.entered_at) <= SAME_VISIT
        }
        named = (by_name.get(name) for name in (told.fact_id, *later_names(told)))
        same |= {call.fact_id: call for call in named if call and same_visit(call, told)}
        # What is told of two at once makes one of them.
        if len(same) == 1 and all(merged(call, told) == call for call in same.values()):
            known.add(number)
        elif same:
            akin.add(number)
    return known, akin
