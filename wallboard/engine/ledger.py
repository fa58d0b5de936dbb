"""The live book of facts: each counts once, in every window that is open and that it arrived in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from datetime import date, datetime, timedelta, tzinfo
from typing import Final, TypeAlias, TypeVar

from wallboard.domain.facts import CallRecord, FactId
from wallboard.domain.measuring import WorkPlan
from wallboard.domain.snapshot import QueueId
from wallboard.domain.totals import NOTHING, Totals, added, arrival_of, handling_of, totals_of
from wallboard.domain.value import value
from wallboard.engine.intervals import completed_at
from wallboard.engine.windows import Window, WindowKind, business_day, window_at

TREND_MINUTES = 60

_Value = TypeVar("_Value")

Sums: TypeAlias = Mapping[QueueId, Totals]

_NO_SUMS: Sums = {}

GROWING: Final = (WindowKind.TODAY, WindowKind.SHIFT, WindowKind.INTERVAL)
"""The windows that grow until they end."""

NO_SHIFTS: Final = WorkPlan()


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
        seen: The ids of the day's facts, by the same minutes, so that none counts twice.
    """

    day: date | None = None
    since: datetime | None = None
    pages: Mapping[WindowKind, Page] = field(default_factory=dict)
    minutes: Mapping[int, Totals] = field(default_factory=dict)
    queue_minutes: Mapping[int, Sums] = field(default_factory=dict)
    seen: Mapping[int, frozenset[FactId]] = field(default_factory=dict)

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
    return int(instant.timestamp() // 60)


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
        if kind in ledger.pages and ledger.pages[kind].window.begin == window.begin
        else _begun(ledger, window, now)
        for kind, window in wanted.items()
    }
    if ledger.day == day:
        return replace(ledger, pages=pages)
    first = minute_of(now) - TREND_MINUTES
    begins = pages[WindowKind.TODAY].window.begin
    return Ledger(
        day=day,
        since=now if ledger.day is None else begins,
        pages=pages,
        minutes=_from(ledger.minutes, first),
        queue_minutes=_from(ledger.queue_minutes, first),
        seen=_from(ledger.seen, first),
    )


def booked(ledger: Ledger, records: Iterable[CallRecord]) -> Ledger:
    """Return the book with those of the records that were not in it.

    A call that arrived before a window began is not of that window; it still is in its minute.
    """
    seen = dict(ledger.seen)
    fresh: dict[int, list[CallRecord]] = {}
    for record in records:
        minute = minute_of(record.entered_at)
        known = seen.get(minute, frozenset())
        if record.fact_id not in known:
            seen[minute] = known | {record.fact_id}
            fresh.setdefault(minute, []).append(record)
    if not fresh:
        return ledger
    rows = [(record, totals_of(record)) for records in fresh.values() for record in records]
    minutes, queue_minutes = dict(ledger.minutes), dict(ledger.queue_minutes)
    for minute, arrived in _by_minute(rows).items():
        minutes[minute] = added((minutes.get(minute, NOTHING), *(sums for _, sums in arrived)))
        queue_minutes[minute] = _with(queue_minutes.get(minute, _NO_SUMS), arrived)
    first = max(minutes, default=0) - TREND_MINUTES
    pages = {kind: _written(page, rows) for kind, page in ledger.pages.items()}
    return replace(
        ledger,
        since=_earliest(ledger, rows),
        pages=pages,
        minutes=_from(minutes, first),
        queue_minutes=_from(queue_minutes, first),
        seen=seen,
    )


def last_minutes(ledger: Ledger, now: datetime, minutes: int) -> Sums:
    """Return the totals of the calls over that arrived in the last so many minutes, at most 60.

    The minute that is being lived through is the last of them.
    """
    last = minute_of(now)
    parts: dict[QueueId, list[Totals]] = {}
    for minute in range(last - minutes + 1, last + 1):
        for queue_id, totals in ledger.queue_minutes.get(minute, _NO_SUMS).items():
            parts.setdefault(queue_id, []).append(totals)
    return {queue_id: added(many) for queue_id, many in parts.items()}


_Row: TypeAlias = tuple[CallRecord, Totals]


def _from(rows: Mapping[int, _Value], first: int) -> Mapping[int, _Value]:
    return {minute: row for minute, row in rows.items() if minute >= first}


def _begun(ledger: Ledger, window: Window, now: datetime) -> Page:
    """Return the page of a window that has just begun, or that we have just begun to look at."""
    minutes = int((now - window.begin) / timedelta(minutes=1)) + 1
    whole = ledger.day is not None and minutes <= TREND_MINUTES and not window.begin.second
    if not whole or window.kind is WindowKind.INTERVAL:
        return Page(window=window)
    # Its calls of the last hour are in the book already.
    return Page(window=window, totals=last_minutes(ledger, now, minutes))


def _by_minute(rows: Iterable[_Row]) -> Mapping[int, list[_Row]]:
    parts: dict[int, list[_Row]] = {}
    for row in rows:
        parts.setdefault(minute_of(row[0].entered_at), []).append(row)
    return parts


def _written(page: Page, rows: Iterable[_Row]) -> Page:
    window = page.window
    if window.kind is WindowKind.INTERVAL:
        # What it took to handle a call belongs to the interval in which that was over.
        parts = [
            (record, part)
            for record, _ in rows
            for part, at in (
                (arrival_of(record), record.entered_at),
                (handling_of(record), completed_at(record)),
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
