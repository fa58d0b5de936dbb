"""The live book of facts: each counts once, in every window that is open and that it arrived in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Final, TypeAlias, TypeVar

from wallboard.domain.facts import CallRecord, FactId, completed_at
from wallboard.domain.measuring import WorkPlan
from wallboard.domain.snapshot import QueueId
from wallboard.domain.totals import NOTHING, Totals, added, arrival_of, handling_of
from wallboard.domain.value import value
from wallboard.engine.windows import Window, WindowKind, business_day, window_at

TREND_MINUTES = 60

_Value = TypeVar("_Value")

Sums: TypeAlias = Mapping[QueueId, Totals]

_NO_SUMS: Sums = {}
_NOBODY: Final[frozenset[FactId]] = frozenset()

GROWING: Final = (WindowKind.TODAY, WindowKind.SHIFT, WindowKind.INTERVAL)
"""The windows that grow until they end."""

NO_SHIFTS: Final = WorkPlan()

_NO_TIME: Final = timedelta()
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MINUTES_A_DAY: Final = 24 * 60
_JITTER: Final = timedelta(seconds=90)
"""A clock that is set back by no more turns no page back."""


@value
class Page:
    """What is booked of one window.

    Attributes:
        totals: Of the calls that arrived in it and are over, by queue.
    """

    window: Window
    totals: Sums = field(default_factory=dict)


@value
class Ledger:
    """What is booked of the windows that are open, and of the last hour minute by minute.

    Attributes:
        day: Of the business day, by its first instant on the site's clock. None before anything
            was opened.
        since: From when on calls of the day are known: later than `begins` if nobody looked
            earlier. None before anything was booked.
        pages: The windows that grow until they end: the day, the shift, the interval.
        minutes: Of all queues, by minutes since the epoch of the calls' arrival.
        queue_minutes: The same by queue.
        done: What it took to handle calls, by the minute in which that was over, by queue.
        seen: The ids of the facts of all pages and of the last hour, by the minutes of arrival,
            so that none counts twice.
        hidden: Queues that are booked as all are, but counted in no sum of all queues.
    """

    day: date | None = None
    since: datetime | None = None
    pages: Mapping[WindowKind, Page] = field(default_factory=dict)
    minutes: Mapping[int, Totals] = field(default_factory=dict)
    queue_minutes: Mapping[int, Sums] = field(default_factory=dict)
    done: Mapping[int, Sums] = field(default_factory=dict)
    seen: Mapping[int, frozenset[FactId]] = field(default_factory=dict)
    hidden: frozenset[QueueId] = frozenset()

    @property
    def begins(self) -> datetime | None:
        """The day's first instant. None before anything was opened."""
        page = self.pages.get(WindowKind.TODAY)
        return None if page is None else page.window.begin

    @property
    def totals(self) -> Sums:
        """Of the day's calls that are over, by queue."""
        page = self.pages.get(WindowKind.TODAY)
        return _NO_SUMS if page is None else page.totals


def _open(window: Window, now: datetime) -> bool:
    return window.begin <= now < window.end


def minute_of(instant: datetime) -> int:
    """Return the whole minutes since the epoch."""
    since = instant - _EPOCH
    # By its parts: to divide one stretch of time by another takes twice as long.
    return since.days * _MINUTES_A_DAY + since.seconds // 60


def opened(ledger: Ledger, now: datetime, zone: tzinfo, plan: WorkPlan = NO_SHIFTS) -> Ledger:
    """Return the book open at the pages of `now`: a new one where a window began."""
    if ledger.pages and all(_open(page.window, now) for page in ledger.pages.values()):
        return ledger
    day = business_day(now, plan, zone)
    if ledger.day is not None and day < ledger.day:
        return ledger  # a clock was set back over midnight: the day is not lost for that
    wanted = {kind: window_at(kind, now, plan, zone) for kind in GROWING}
    pages = {
        kind: ledger.pages[kind]
        if kind in ledger.pages and _stays(ledger.pages[kind].window, window, now)
        else _begun(ledger, window, now)
        for kind, window in wanted.items()
    }
    if ledger.day == day:
        return replace(ledger, pages=pages)
    first = minute_of(now) - TREND_MINUTES
    begins = pages[WindowKind.TODAY].window.begin
    # A shift may have begun before the day did.
    oldest = min(first, *(minute_of(page.window.begin) for page in pages.values()))
    return Ledger(
        day=day,
        since=now if ledger.day is None else begins,
        pages=pages,
        minutes=_from(ledger.minutes, first),
        queue_minutes=_from(ledger.queue_minutes, first),
        done=_from(ledger.done, first),
        seen=_from(ledger.seen, oldest),
        hidden=ledger.hidden,
    )


def booked(ledger: Ledger, records: Iterable[CallRecord], now: datetime | None = None) -> Ledger:
    """Return the book with those of the records that were not in it.

    A call that arrived before a window began is not of that window; it still is in its minute.

    Args:
        now: The last hour ends here, even if a call says that it arrived later. None: with the
            newest call.
    """
    fresh: dict[int, dict[FactId, CallRecord]] = {}
    for record in records:
        minute = minute_of(record.entered_at)
        if record.fact_id not in ledger.seen.get(minute, _NOBODY):
            fresh.setdefault(minute, {}).setdefault(record.fact_id, record)
    if not fresh:
        return ledger
    seen = {**ledger.seen}
    # Once for each minute: thousands are known of one already.
    seen.update((minute, seen.get(minute, _NOBODY).union(new)) for minute, new in fresh.items())
    calls = [_Booked(record) for new in fresh.values() for record in new.values()]
    rows = [(call.record, call.arrival + call.handling) for call in calls]
    minutes, queue_minutes = dict(ledger.minutes), dict(ledger.queue_minutes)
    for minute, arrived in _by_minute(rows).items():
        counted = [sums for record, sums in arrived if record.queue_id not in ledger.hidden]
        minutes[minute] = added((minutes.get(minute, NOTHING), *counted))
        queue_minutes[minute] = _with(queue_minutes.get(minute, _NO_SUMS), arrived)
    done = dict(ledger.done)
    for minute, handled in _by_end(calls).items():
        done[minute] = _with(done.get(minute, _NO_SUMS), handled)
    newest = max(minutes, default=0)
    first = (newest if now is None else min(newest, minute_of(now))) - TREND_MINUTES
    pages = {kind: _written(page, rows, calls) for kind, page in ledger.pages.items()}
    return replace(
        ledger,
        since=_earliest(ledger, rows),
        pages=pages,
        minutes=_from(minutes, first),
        queue_minutes=_from(queue_minutes, first),
        done=_from(done, first),
        seen=seen,
    )


def hiding(ledger: Ledger, hidden: frozenset[QueueId]) -> Ledger:
    """Return the book with the sums of all queues without those that are hidden."""
    if hidden == ledger.hidden:
        return ledger
    minutes = {
        minute: added(totals for key, totals in sums.items() if key not in hidden)
        for minute, sums in ledger.queue_minutes.items()
    }
    return replace(ledger, minutes=minutes, hidden=hidden)


def last_minutes(ledger: Ledger, now: datetime, minutes: int) -> Sums:
    """Return the totals of the calls over that arrived in the last so many minutes, at most 60.

    The minute that is being lived through is the last of them.
    """
    last = minute_of(now)
    return _over(ledger.queue_minutes, range(last - minutes + 1, last + 1))


_Row: TypeAlias = tuple[CallRecord, Totals]


class _Booked:
    """A call that is booked, and what it adds where it arrived and where it was handled."""

    __slots__ = ("arrival", "handling", "record")

    def __init__(self, record: CallRecord) -> None:
        self.record = record
        self.arrival = arrival_of(record)
        self.handling = handling_of(record)


def _from(rows: Mapping[int, _Value], first: int) -> Mapping[int, _Value]:
    return {minute: row for minute, row in rows.items() if minute >= first}


def _over(rows: Mapping[int, Sums], minutes: Iterable[int]) -> dict[QueueId, Totals]:
    """Return the sums over some minutes, by queue."""
    parts: dict[QueueId, list[Totals]] = {}
    for minute in minutes:
        for queue_id, totals in rows.get(minute, _NO_SUMS).items():
            parts.setdefault(queue_id, []).append(totals)
    return {queue_id: added(many) for queue_id, many in parts.items()}


def _stays(old: Window, new: Window, now: datetime) -> bool:
    """True if a page goes on: also where a clock that is read twice was a moment behind."""
    return old.begin == new.begin or timedelta() < old.begin - now <= _JITTER


def _begun(ledger: Ledger, window: Window, now: datetime) -> Page:
    """Return the page of a window that has just begun, or that we have just begun to look at."""
    first = minute_of(window.begin)
    known = ledger.day is not None and minute_of(now) - first < TREND_MINUTES
    if not known or window.begin.second:
        return Page(window=window)
    # Its calls of the last hour are in the book already, also those told a moment too early.
    minutes = range(first, minute_of(window.end))
    totals = _over(ledger.queue_minutes, filter(ledger.queue_minutes.__contains__, minutes))
    if window.kind is not WindowKind.INTERVAL:
        return Page(window=window, totals=totals)
    came = {queue_id: _as_it_came(each) for queue_id, each in totals.items()}
    done = _over(ledger.done, filter(ledger.done.__contains__, minutes))
    both = {queue_id: came.get(queue_id, NOTHING) + each for queue_id, each in done.items()}
    return Page(window=window, totals={**came, **both})


def _as_it_came(totals: Totals) -> Totals:
    """Return the totals of calls without what it took to handle them."""
    if not totals.handled:
        return totals
    return totals._replace(
        handled=0,
        holds_known=0,
        wrap_ups_known=0,
        held=0,
        talk=_NO_TIME,
        hold=_NO_TIME,
        wrap_up=_NO_TIME,
    )


def _by_end(calls: Iterable[_Booked]) -> Mapping[int, list[_Row]]:
    """Return what it took to handle the calls, by the minute in which that was over."""
    parts: dict[int, list[_Row]] = {}
    for call in calls:
        if call.handling is not NOTHING:
            minute = minute_of(completed_at(call.record))
            parts.setdefault(minute, []).append((call.record, call.handling))
    return parts


def _by_minute(rows: Iterable[_Row]) -> Mapping[int, list[_Row]]:
    parts: dict[int, list[_Row]] = {}
    for row in rows:
        parts.setdefault(minute_of(row[0].entered_at), []).append(row)
    return parts


def _written(page: Page, rows: Iterable[_Row], calls: Iterable[_Booked]) -> Page:
    window = page.window
    if window.kind is WindowKind.INTERVAL:
        # What it took to handle a call belongs to the interval in which that was over.
        parts = [
            (call.record, part)
            for call in calls
            for part, at in (
                (call.arrival, call.record.entered_at),
                (call.handling, completed_at(call.record)),
            )
            if window.holds(at)
        ]
    else:
        parts = [row for row in rows if window.holds(row[0].entered_at)]
    return replace(page, totals=_with(page.totals, parts)) if parts else page


def _with(sums: Sums, rows: Iterable[_Row]) -> Sums:
    parts: dict[QueueId, list[Totals]] = {}
    for record, totals in rows:
        parts.setdefault(record.queue_id, []).append(totals)
    return {
        **sums,
        **{
            queue_id: added((sums.get(queue_id, NOTHING), *many))
            for queue_id, many in parts.items()
        },
    }


def _earliest(ledger: Ledger, rows: Iterable[_Row]) -> datetime | None:
    begins = ledger.begins
    times = [
        record.entered_at for record, _ in rows if begins is None or record.entered_at >= begins
    ]
    return min([*times, *([] if ledger.since is None else [ledger.since])], default=None)
