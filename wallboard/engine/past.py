"""The past, interval by interval: what was booked, what was watched, and what is not known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from datetime import UTC, datetime, timedelta, tzinfo
from enum import StrEnum
from typing import Final, TypeAlias

from wallboard.domain.coverage import Coverage, MinuteSample, Stretch, coverage_of
from wallboard.domain.measuring import LevelProfile, WorkPlan
from wallboard.domain.snapshot import QueueId
from wallboard.domain.totals import NOTHING, Totals, added
from wallboard.domain.value import value
from wallboard.engine.kpi import KPI_BY_KEY, Sums, enough, measure
from wallboard.engine.ledger import minute_of
from wallboard.engine.windows import (
    Window,
    day_window,
    days_of,
    instant_of,
    intervals_of,
    place_in,
)

_NO_TIME: Final = timedelta()
_DAY: Final = timedelta(days=1)
_WEEK: Final = timedelta(days=7)
_MOST_ROWS: Final = 3_000
"""So many intervals are worked out at most; a longer step is taken where there would be more."""


class Grain(StrEnum):
    """How long the intervals are."""

    AUTO = "auto"
    """As long as the time that is looked at suggests."""
    QUARTER = "15"
    HALF = "30"
    HOUR = "60"
    DAY = "day"


LENGTHS: Final[Mapping[Grain, timedelta]] = {
    Grain.QUARTER: timedelta(minutes=15),
    Grain.HALF: timedelta(minutes=30),
    Grain.HOUR: timedelta(minutes=60),
    Grain.DAY: _DAY,
}
"""The nominal lengths: a day of a clock change has 23 or 25 hours."""

_AUTO: Final = (
    (timedelta(hours=12), Grain.QUARTER),
    (timedelta(hours=25), Grain.HALF),
    (timedelta(days=8), Grain.HOUR),
)

SAMPLED: Final = frozenset({"most_waiting", "free", "in_call"})
"""The readings that are sampled by the minute; all others are keys of KPIs."""


def grain_for(grain: Grain, window: Window) -> Grain:
    """Return the grain that a window is looked at in; never AUTO."""
    if grain is Grain.AUTO:
        grain = next((fine for most, fine in _AUTO if window.length <= most), Grain.DAY)
    coarser = [each for each in LENGTHS if LENGTHS[each] >= LENGTHS[grain]]
    return next(
        (each for each in coarser if window.length / LENGTHS[each] <= _MOST_ROWS), Grain.DAY
    )


def cut(window: Window, grain: Grain, plan: WorkPlan, zone: tzinfo) -> tuple[Window, ...]:
    """Return the intervals of a window, by the site's clock, cut at its borders, in order.

    Args:
        grain: Not AUTO.
    """
    if grain is not Grain.DAY:
        return intervals_of(window, replace(plan, interval=LENGTHS[grain]), zone)
    days = (day_window(day, plan, zone) for day in days_of(window, plan, zone))
    return tuple(
        replace(day, begin=max(day.begin, window.begin), end=min(day.end, window.end))
        for day in days
    )


def weeks_back(window: Window) -> int:
    """Return how many weeks earlier the same weekdays lie that a window is compared with."""
    return max(1, -(-window.length // _WEEK))


def earlier(windows: Iterable[Window], weeks: int, zone: tzinfo) -> tuple[Window, ...]:
    """Return the same hours of the same weekdays so many weeks earlier, by the site's clock.

    One that a clock change left out then is empty.
    """
    return tuple(
        replace(
            each,
            begin=_earlier(each.begin, weeks, zone),
            end=max(_earlier(each.begin, weeks, zone), _earlier(each.end, weeks, zone)),
        )
        for each in windows
    )


def _earlier(instant: datetime, weeks: int, zone: tzinfo) -> datetime:
    then = instant.astimezone(zone)
    return instant_of(then.date() - weeks * _WEEK, then.time(), zone)


@value
class Asked:
    """What somebody wants to know of the past.

    Attributes:
        window: Up to the present at most.
        intervals: Of it, in order.
        length: Of the intervals, but for those that are cut.
        until: The present, by the source's clock: what would come after it is no gap.
        queue_id: None for all queues.
        hidden: Queues that do not count among all of them.
        watched: Stretches that are known although they may not be stored yet.
        before: The intervals that these are compared with, each with its own. Empty for none.
        sampled: True if the readings of SAMPLED are wanted.
    """

    window: Window
    intervals: tuple[Window, ...]
    length: timedelta
    until: datetime
    queue_id: QueueId | None = None
    hidden: frozenset[QueueId] = frozenset()
    watched: tuple[Stretch, ...] = ()
    before: tuple[Window, ...] = ()
    sampled: bool = True


@value
class Row:
    """What is known of one interval.

    Attributes:
        totals: Of the calls that arrived in it and are over.
        coverage: Of the part of it that has gone by.
        most_waiting: So many waited at once at most, at the end of a minute. None if not sampled.
        free, in_call: Agents, the mean over the minutes that were sampled. None if none was.
    """

    interval: Window
    totals: Totals
    coverage: Coverage
    most_waiting: float | None = None
    free: float | None = None
    in_call: float | None = None

    @property
    def known(self) -> bool:
        """False if nobody watched any of it and no call is known: that is a gap, not a zero."""
        return self.coverage.covered > _NO_TIME or self.totals.offered > 0


@value
class IntervalAsked:
    """A figure of one interval that is to be explained.

    Attributes:
        key: Of a KPI that is worked out from calls.
        profiles: Of all queues that are looked at.
    """

    key: str
    row: Row
    asked: Asked
    profiles: tuple[LevelProfile, ...]


class Event(StrEnum):
    """What happened to the watching."""

    LOST = "lost"
    """The source was lost, or the program ended."""
    BACK = "back"
    RULES = "rules"
    """From then on it was measured otherwise: targets, profiles, shifts."""


@value
class Marker:
    """An event, and when it was."""

    at: datetime
    event: Event


@value
class Past:
    """What is known of what was asked.

    Attributes:
        rows: By interval.
        before: Of the intervals that they are compared with; empty if none were asked for.
        coverage: Of the whole window.
        markers: In order.
        queues: Those that have calls in it.
    """

    asked: Asked
    rows: tuple[Row, ...]
    coverage: Coverage
    before: tuple[Row, ...] = ()
    markers: tuple[Marker, ...] = ()
    queues: tuple[QueueId, ...] = ()

    @property
    def totals(self) -> Totals:
        """Of the whole window: the rows added up."""
        return added(row.totals for row in self.rows)


@value
class Samples:
    """Samples of some minutes.

    Attributes:
        site: Of the whole site, by the minute: the minutes in which somebody looked.
        queue: Of one queue, by the minute: only those in which somebody waited. None if all
            queues are looked at.
    """

    site: Mapping[int, Mapping[str, float | None]] = field(default_factory=dict)
    queue: Mapping[int, Mapping[str, float | None]] | None = None


def samples_of(samples: Iterable[MinuteSample], queue_id: QueueId | None) -> Samples:
    """Return the samples sorted by whose they are; of other queues none."""
    site: dict[int, Mapping[str, float | None]] = {}
    queue: dict[int, Mapping[str, float | None]] = {}
    for sample in samples:
        if sample.queue_id is None:
            site[sample.minute] = sample.readings
        elif sample.queue_id == queue_id:
            queue[sample.minute] = sample.readings
    return Samples(site=site, queue=None if queue_id is None else queue)


def rows_of(
    intervals: Sequence[Window],
    totals: Mapping[datetime, Totals],
    stretches: Sequence[Stretch],
    *,
    until: datetime,
    samples: Samples | None = None,
) -> tuple[Row, ...]:
    """Return what is known of each interval.

    Args:
        totals: By begin of the interval.
        until: The present.
        samples: None if none are wanted.
    """
    found = []
    for interval in intervals:
        end = min(interval.end, max(interval.begin, until))
        row = Row(
            interval=interval,
            totals=totals.get(interval.begin, NOTHING),
            coverage=coverage_of(stretches, interval.begin, end),
        )
        found.append(row if samples is None else _sampled(row, samples))
    return tuple(found)


def _sampled(row: Row, samples: Samples) -> Row:
    minutes = range(minute_of(row.interval.begin), minute_of(row.interval.end))
    seen = [minute for minute in minutes if minute in samples.site]
    if not seen:
        return row
    if samples.queue is not None:
        # Who looked and has no sample of the queue saw nobody wait in it.
        waiting = [samples.queue.get(minute, _NOBODY).get("waiting") for minute in seen]
        return replace(row, most_waiting=_most(waiting))
    told = [samples.site[minute] for minute in seen]
    return replace(
        row,
        most_waiting=_most([each.get("waiting") for each in told]),
        free=_mean([each.get("free") for each in told]),
        in_call=_mean([each.get("in_call") for each in told]),
    )


_NOBODY: Final[Mapping[str, float | None]] = {"waiting": 0.0}


def _most(readings: Iterable[float | None]) -> float | None:
    return max((reading for reading in readings if reading is not None), default=None)


def _mean(readings: Iterable[float | None]) -> float | None:
    """Return the mean over minutes: each stands for the same time, so none weighs more."""
    known = [reading for reading in readings if reading is not None]
    return sum(known) / len(known) if known else None


def reading(row: Row, key: str, level: LevelProfile | None) -> float | None:
    """Return a reading of an interval: ratios 0 to 1, times in seconds. None for not known.

    Args:
        key: One of SAMPLED, or of a KPI that is worked out from calls where they arrived.
        level: By which `service_level` counts. None if the queues are measured differently.

    Raises:
        KeyError: There is no such KPI.
    """
    if key in SAMPLED:
        sample: float | None = getattr(row, key)
        return sample
    if not row.known:
        return None
    return reading_of(row.totals, key, level)


def rests_on_enough(row: Row, key: str, level: LevelProfile | None) -> bool:
    """True if a reading of an interval rests on enough calls to judge by, or on none at all."""
    if key in SAMPLED or level is None:
        return True
    key = str(level.kind) if key == "service_level" else key
    return enough(key, Sums(calls=row.totals, level=level))


def reading_of(totals: Totals, key: str, level: LevelProfile | None) -> float | None:
    """Return a KPI of totals. None if it is undefined, or if levels differ."""
    if key == "service_level" and level is None:
        return None
    kpi = KPI_BY_KEY[key]
    return measure(kpi, Sums(calls=totals, level=level or LevelProfile()))


def reading_over(past: Past, key: str, level: LevelProfile | None) -> float | None:
    """Return a reading of the whole window: totals are added, a ratio is formed once.

    Of SAMPLED the most of the most, and for means nothing: minutes that were not sampled differ
    from interval to interval.
    """
    if key == "most_waiting":
        return _most([row.most_waiting for row in past.rows])
    if key in SAMPLED or not any(row.known for row in past.rows):
        return None
    return reading_of(past.totals, key, level)


def worst(past: Past, level: LevelProfile | None) -> Row | None:
    """Return the interval with the least service level, of those with enough calls to judge by.

    None if there is none, or if it is as good as all of them together.
    """
    if level is None:
        return None
    of_all = reading_of(past.totals, "service_level", level)
    judged = [
        (told, row)
        for row in past.rows
        if rests_on_enough(row, "service_level", level)
        and (told := reading(row, "service_level", level)) is not None
    ]
    if of_all is None or len(judged) < 2:
        return None
    least, row = min(judged, key=lambda each: each[0])
    return row if least < of_all else None


def markers_of(
    coverage: Coverage, rules: Iterable[tuple[datetime, object]], window: Window
) -> tuple[Marker, ...]:
    """Return the events of a window, in order: where watching ended and began, and new rules."""
    found = [
        Marker(at=at, event=event)
        for gap in coverage.gaps
        for at, event in ((gap.begin, Event.LOST), (gap.end, Event.BACK))
        if coverage.begin < at < coverage.end
    ]
    # The first rules are no change: there was nothing before.
    changes = [at for at, _ in rules][1:]
    found += [Marker(at=at, event=Event.RULES) for at in changes if window.holds(at)]
    return tuple(sorted(found, key=lambda marker: marker.at))


def runs(
    intervals: Sequence[Window], length: timedelta
) -> Iterator[tuple[datetime, datetime, timedelta]]:
    """Yield from when to when intervals follow one another in equal steps, and the steps.

    Only the last one of a run may be shorter. So one question tells what was booked in each.
    """
    begin = end = datetime.min.replace(tzinfo=UTC)
    step = length
    for interval in intervals:
        if interval.length <= _NO_TIME:
            continue
        follows = interval.begin == end and (end - begin) % step == _NO_TIME
        if not follows or interval.length > step:
            if begin < end:
                yield begin, end, step
            # The day of a clock change may be longer than a day.
            begin, step = interval.begin, max(length, interval.length)
        end = interval.end
    if begin < end:
        yield begin, end, step


def place_at(past: Past, instant: datetime) -> int | None:
    """Return which interval an instant is in. None if in none."""
    return place_in(tuple(row.interval for row in past.rows), instant)


Query: TypeAlias = Callable[
    [datetime, datetime, timedelta], Mapping[tuple[datetime, QueueId], Totals]
]
"""Tells the totals by begin of the interval and queue: from when to when, in which steps."""


def totals_by_interval(
    intervals: Sequence[Window], asked: Asked, query: Query
) -> tuple[dict[datetime, Totals], frozenset[QueueId]]:
    """Return the totals of all queues by begin of the interval, and which queues there are."""
    found: dict[datetime, Totals] = {}
    queues: set[QueueId] = set()
    for begin, end, step in runs(intervals, asked.length):
        for (at, queue_id), totals in query(begin, end, step).items():
            if asked.queue_id is None and queue_id in asked.hidden:
                continue
            found[at] = found.get(at, NOTHING) + totals
            queues.add(queue_id)
    return found, frozenset(queues)
