"""The day's book of facts: every fact counts once, on the day and in the minute it belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, tzinfo

from wallboard.domain.facts import CallRecord, FactId
from wallboard.domain.snapshot import QueueId
from wallboard.domain.totals import NOTHING, Totals, totals_of

TREND_MINUTES = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """What is booked of one day, and of the last hour minute by minute.

    Attributes:
        day: In the site's time zone. None before anything was booked.
        begins: The day's first instant. None before anything was booked.
        since: From when on calls of the day are known: later than `begins` if nobody looked
            earlier. None before anything was booked.
        totals: Of the day's calls that are over, by queue.
        minutes: Of all queues, by minutes since the epoch of the calls' arrival.
        seen: The ids of the day's facts, by the same minutes, so that none counts twice.
    """

    day: date | None = None
    begins: datetime | None = None
    since: datetime | None = None
    totals: Mapping[QueueId, Totals] = field(default_factory=dict)
    minutes: Mapping[int, Totals] = field(default_factory=dict)
    seen: Mapping[int, frozenset[FactId]] = field(default_factory=dict)


def minute_of(instant: datetime) -> int:
    """Return the whole minutes since the epoch."""
    return int(instant.timestamp() // 60)


def opened(ledger: Ledger, now: datetime, zone: tzinfo) -> Ledger:
    """Return the book for the day of `now`: a new page if a day began."""
    today = now.astimezone(zone).date()
    if ledger.day == today:
        return ledger
    if ledger.day is not None and today < ledger.day:
        return ledger  # a clock was set back over midnight: the day is not lost for that
    first = minute_of(now) - TREND_MINUTES
    # Where a clock skips midnight this is the instant at which it does.
    begins = datetime.combine(today, time(), zone).astimezone(UTC)
    return Ledger(
        day=today,
        begins=begins,
        since=now if ledger.day is None else begins,
        minutes={minute: sums for minute, sums in ledger.minutes.items() if minute >= first},
        seen={minute: ids for minute, ids in ledger.seen.items() if minute >= first},
    )


def booked(ledger: Ledger, facts: Iterable[CallRecord], zone: tzinfo) -> Ledger:
    """Return the book with those of the facts that were not in it.

    A call that arrived on another day is not of this day's totals; it still is in its minute.
    """
    told = tuple(facts)
    if not told:
        return ledger
    totals, minutes, seen = dict(ledger.totals), dict(ledger.minutes), dict(ledger.seen)
    since = ledger.since
    for fact in told:
        minute = minute_of(fact.entered_at)
        known = seen.get(minute, frozenset())
        if fact.fact_id in known:
            continue
        seen[minute] = known | {fact.fact_id}
        sums = totals_of(fact)
        minutes[minute] = minutes.get(minute, NOTHING) + sums
        if fact.entered_at.astimezone(zone).date() == ledger.day:
            totals[fact.queue_id] = totals.get(fact.queue_id, NOTHING) + sums
            since = fact.entered_at if since is None else min(since, fact.entered_at)
    first = max(minutes, default=0) - TREND_MINUTES
    minutes = {minute: sums for minute, sums in minutes.items() if minute >= first}
    return replace(ledger, since=since, totals=totals, minutes=minutes, seen=seen)
