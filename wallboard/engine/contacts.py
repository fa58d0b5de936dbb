"""Contacts: the visits of one call to the site taken together, and who called again.

A queue's figures count visits; the site's count the contact once, however often it was passed on.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Final

from wallboard.domain.facts import CallRecord, Ending, answered
from wallboard.domain.value import value

REPEAT_DAYS: Final = (1, 3, 7)
"""Within how many days a call counts as a repeat: what one may choose from."""

REDIAL: Final = timedelta(minutes=10)
"""Who calls again so soon after he gave up still makes the same call."""

_NO_TIME: Final = timedelta()


@value
class Contact:
    """One call to the site, through whatever queues.

    Attributes:
        key: Unlike that of any other contact.
        began_at, ended_at: Of the first visit, and of the last one to end.
        number: Of the caller. None if withheld or unknown.
        visits: How many queues it went through.
        passed_on: Visits that the agent ended by passing the caller on.
        answered: True if an agent answered in any of them.
        handled: Visits with a known talk; `handle_time` is their talk, hold and wrap-up.
        waited: Of all visits together, as far as known.
        lost: True if the last visit ended with the caller hanging up in the queue.
    """

    key: str
    began_at: datetime
    ended_at: datetime
    number: str | None = None
    visits: int = 1
    passed_on: int = 0
    answered: bool = False
    handled: int = 0
    handle_time: timedelta = _NO_TIME
    waited: timedelta = _NO_TIME
    lost: bool = False


@value
class ContactTotals:
    """Counts and sums over contacts. Those of parts that share a contact can't be added.

    Attributes:
        contacts: Each once.
        visits: To queues.
        handled: Contacts that had a visit with a known talk; `handle_time` is of them.
        waited: Of all visits, as far as known.
    """

    contacts: int = 0
    visits: int = 0
    handled: int = 0
    handle_time: timedelta = _NO_TIME
    waited: timedelta = _NO_TIME


@value
class Repeats:
    """Who called again after he had been helped.

    Attributes:
        days: Within how many days.
        handled: Contacts that an agent answered and whose caller is known.
        repeated: Those of them after which the same caller called again in time.
        immature: Those of them that nobody can judge yet: the days are not over, and he has not
            called again. As long as there are any the figure is provisional.
        anonymous: Answered contacts whose caller is not known; they are in neither count.
    """

    days: int
    handled: int = 0
    repeated: int = 0
    immature: int = 0
    anonymous: int = 0


def contacts_of(records: Iterable[CallRecord]) -> tuple[Contact, ...]:
    """Return the contacts of these visits, in the order in which they began."""
    visits: dict[str, list[CallRecord]] = {}
    for record in records:
        visits.setdefault(_key(record), []).append(record)
    found = (_contact(key, of_one) for key, of_one in visits.items())
    return tuple(sorted(found, key=lambda contact: (contact.began_at, contact.key)))


def contact_totals(contacts: Iterable[Contact]) -> ContactTotals:
    """Return the counts and sums over some contacts, each given once."""
    rows = tuple(contacts)
    return ContactTotals(
        contacts=len(rows),
        visits=sum(row.visits for row in rows),
        handled=sum(row.handled > 0 for row in rows),
        handle_time=sum((row.handle_time for row in rows), _NO_TIME),
        waited=sum((row.waited for row in rows), _NO_TIME),
    )


def repeats(
    contacts: Iterable[Contact], begin: datetime, end: datetime, *, until: datetime, days: int
) -> Repeats:
    """Return how many of the contacts that began in a window were followed by another one.

    A redial within ten minutes of giving up continues the call that was given up: it is no
    repeat of its own. Visits of one call, passed from queue to queue, are no repeats either.

    Args:
        contacts: Also those after the window, up to `until`.
        begin, end: The window: from `begin` on and before `end`.
        until: Up to when contacts are known.
        days: One of REPEAT_DAYS, or any other positive number.
    """
    rows = sorted(contacts, key=lambda contact: contact.began_at)
    again = _calls_again(rows)
    in_time = timedelta(days=days)
    helped = [row for row in rows if row.answered and begin <= row.began_at < end]
    known = [row for row in helped if row.number is not None]
    late = [_next(again, row) for row in known]
    repeated = sum(
        after is not None and after <= row.ended_at + in_time
        for row, after in zip(known, late, strict=True)
    )
    immature = sum(
        (after is None or after > row.ended_at + in_time) and row.ended_at + in_time > until
        for row, after in zip(known, late, strict=True)
    )
    return Repeats(
        days=days,
        handled=len(known),
        repeated=repeated,
        immature=immature,
        anonymous=len(helped) - len(known),
    )


def single_call_share(contacts: Iterable[Contact]) -> float | None:
    """Return which share of the known callers' calls was the only one of its caller.

    Some call this the first contact resolution. None if no caller is known.
    """
    calls = Counter(row.number for row in contacts if row.number is not None)
    return sum(count == 1 for count in calls.values()) / calls.total() if calls else None


def _key(record: CallRecord) -> str:
    return f"contact {record.contact}" if record.contact is not None else f"fact {record.fact_id}"


def _contact(key: str, visits: list[CallRecord]) -> Contact:
    handled = [visit for visit in visits if answered(visit) and visit.talk is not None]
    last = max(visits, key=lambda visit: (visit.entered_at, visit.ended_at))
    return Contact(
        key=key,
        began_at=min(visit.entered_at for visit in visits),
        ended_at=max(visit.ended_at for visit in visits),
        number=next((visit.caller_number for visit in visits if visit.caller_number), None),
        visits=len(visits),
        passed_on=sum(visit.transferred for visit in visits),
        answered=any(map(answered, visits)),
        handled=len(handled),
        handle_time=sum(map(handle_time, handled), _NO_TIME),
        waited=sum((visit.wait or _NO_TIME for visit in visits), _NO_TIME),
        lost=last.ending is Ending.ABANDONED,
    )


def handle_time(record: CallRecord) -> timedelta:
    """Return talk, hold and wrap-up of a visit together, as far as they are told."""
    return sum(filter(None, (record.talk, record.hold, record.wrap_up)), _NO_TIME)


def _calls_again(rows: Iterable[Contact]) -> Mapping[str, list[datetime]]:
    """Return by caller when his contacts began that are no redials, in order."""
    begun: dict[str, list[datetime]] = {}
    for row in _no_redials(rows):
        if row.number is not None:
            begun.setdefault(row.number, []).append(row.began_at)
    return begun


def _no_redials(rows: Iterable[Contact]) -> Iterator[Contact]:
    gave_up: dict[str | None, datetime] = {}
    for row in rows:
        since = gave_up.get(row.number)
        if since is None or not since <= row.began_at <= since + REDIAL:
            yield row
        if row.lost:
            gave_up[row.number] = row.ended_at
        else:
            gave_up.pop(row.number, None)


def _next(again: Mapping[str, list[datetime]], row: Contact) -> datetime | None:
    begun = again.get(row.number or "", [])
    place = bisect_right(begun, row.ended_at)
    return begun[place] if place < len(begun) else None
