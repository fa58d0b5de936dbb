"""Reads for the page of the history: what was booked and watched, and the calls of an interval."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice
from typing import Final

from wallboard.domain.coverage import Stretch, coverage_of
from wallboard.domain.facts import CallRecord
from wallboard.domain.snapshot import QueueId
from wallboard.domain.totals import Totals
from wallboard.engine.explain import behind, explain
from wallboard.engine.explanation import Explanation
from wallboard.engine.kpi import Sums
from wallboard.engine.ledger import minute_of
from wallboard.engine.past import (
    Asked,
    IntervalAsked,
    Past,
    Row,
    Samples,
    markers_of,
    rows_of,
    samples_of,
    totals_by_interval,
)
from wallboard.engine.windows import Window, WindowKind, so_far
from wallboard.storage.history import History
from wallboard.storage.ranges import Booking, interval_totals

MOST_CALLS: Final = 5_000
"""So many calls of an interval are listed; the first."""


class Stopped(Exception):
    """Nobody wants to know any more."""


def past_in(history: History, asked: Asked, stopped: Callable[[], bool]) -> Past:
    """Return what the history knows of what was asked.

    Args:
        stopped: Returns True once nobody wants to know any more.

    Raises:
        HistoryUnavailable: And why.
        Stopped: Nobody wants to know any more.
    """
    window, until = asked.window, asked.until
    stretches = (*history.stretches(window.begin, window.end), *asked.watched)
    totals, queues = _totals(history, asked, asked.intervals, stopped)
    samples = _samples(history, asked, window, stopped) if asked.sampled else None
    coverage = coverage_of(stretches, window.begin, min(window.end, max(window.begin, until)))
    return Past(
        asked=asked,
        rows=rows_of(asked.intervals, totals, stretches, until=until, samples=samples),
        coverage=coverage,
        before=_before(history, asked, stopped),
        markers=markers_of(coverage, history.rules(), window),
        queues=tuple(sorted(queues)),
    )


def _before(history: History, asked: Asked, stopped: Callable[[], bool]) -> tuple[Row, ...]:
    if not asked.before:
        return ()
    begin, end = asked.before[0].begin, asked.before[-1].end
    totals, _ = _totals(history, asked, asked.before, stopped)
    stretches: tuple[Stretch, ...] = history.stretches(begin, end)
    samples = None
    if asked.sampled:
        samples = _samples(history, asked, _whole(begin, end, asked.window), stopped)
    return rows_of(asked.before, totals, stretches, until=asked.until, samples=samples)


def _whole(begin: datetime, end: datetime, like: Window) -> Window:
    return Window(kind=like.kind, begin=begin, end=max(begin, end))


def _totals(
    history: History, asked: Asked, intervals: tuple[Window, ...], stopped: Callable[[], bool]
) -> tuple[Mapping[datetime, Totals], frozenset[QueueId]]:
    queues = None if asked.queue_id is None else (asked.queue_id,)

    def query(
        begin: datetime, end: datetime, step: timedelta
    ) -> Mapping[tuple[datetime, QueueId], Totals]:
        if stopped():
            raise Stopped
        # Whole where they arrived, as in every window that is not one interval.
        return interval_totals(
            history, begin, end, interval=step, queues=queues, booking=Booking.ARRIVED
        )

    return totals_by_interval(intervals, asked, query)


def _samples(
    history: History, asked: Asked, window: Window, stopped: Callable[[], bool]
) -> Samples:
    if stopped():
        raise Stopped
    first, last = minute_of(window.begin), minute_of(window.end)
    site = history.samples_of(None, first, last)
    if asked.queue_id is None:
        return samples_of(site, None)
    return samples_of((*site, *history.samples_of(asked.queue_id, first, last)), asked.queue_id)


def interval_explained(wanted: IntervalAsked) -> Explanation:
    """Return what the figure of one interval rests on.

    Raises:
        KeyError: There is no such KPI.
    """
    row = wanted.row
    window = so_far(row.interval, wanted.asked.until)
    return explain(
        wanted.key,
        Sums(calls=row.totals, span=window.length),
        # Not as an interval: here a call counts whole where it arrived.
        window=replace(window, kind=WindowKind.RANGE),
        coverage=row.coverage,
        profiles=wanted.profiles,
    )


def calls_of(told: Explanation, asked: Asked, history: History) -> tuple[CallRecord, ...]:
    """Return the calls behind the figure of an interval, by arrival.

    Raises:
        HistoryUnavailable: And why.
    """
    if told.window is None:
        return ()
    queues = None if asked.queue_id is None else (asked.queue_id,)
    rows = history.calls(told.window.begin, told.window.end, queues=queues)
    hidden = asked.hidden if queues is None else ()
    found = (
        row
        for row in rows
        if row.queue_id not in hidden and behind(told.kpi, row, told.level) is not None
    )
    return tuple(islice(found, MOST_CALLS))
