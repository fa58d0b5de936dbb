"""The times that the history offers, by the site's clock and the calendar of the language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta, tzinfo
from enum import StrEnum
from typing import Final

from wallboard.domain.clock import Moment
from wallboard.domain.coverage import Stretch, Witness
from wallboard.domain.jalali import from_jalali, to_jalali
from wallboard.domain.measuring import WorkPlan
from wallboard.domain.snapshot import QueueId
from wallboard.domain.value import value
from wallboard.engine.board import Board, fresh, site_time
from wallboard.engine.past import LENGTHS, Asked, Grain, cut, earlier, grain_for, weeks_back
from wallboard.engine.windows import (
    Window,
    WindowKind,
    business_day,
    day_window,
    days_window,
    range_window,
    shift_of,
    so_far,
    week_window,
    window_at,
)
from wallboard.ui.words import Phrase, phrase

_DAY: Final = timedelta(days=1)


class Range(StrEnum):
    """Which times are offered."""

    TODAY = "today"
    YESTERDAY = "yesterday"
    SHIFT = "shift"
    LAST_7 = "last_7"
    WEEK = "week"
    MONTH = "month"


RANGE_NAMES: Final[Mapping[Range, Phrase]] = {
    Range.TODAY: phrase("History", "Today"),
    Range.YESTERDAY: phrase("History", "Yesterday"),
    Range.SHIFT: phrase("History", "This shift"),
    Range.LAST_7: phrase("History", "Last 7 days"),
    Range.WEEK: phrase("History", "This week"),
    Range.MONTH: phrase("History", "This month"),
}

GRAIN_NAMES: Final[Mapping[Grain, Phrase]] = {
    Grain.AUTO: phrase("History", "Automatic"),
    Grain.QUARTER: phrase("History", "15 min"),
    Grain.HALF: phrase("History", "30 min"),
    Grain.HOUR: phrase("History", "60 min"),
    Grain.DAY: phrase("History", "By day"),
}


def window_of_range(
    chosen: Range, now: datetime, plan: WorkPlan, zone: tzinfo, *, jalali: bool
) -> Window:
    """Return the time that is meant, whole: its end may be still to come.

    Args:
        jalali: True if a month is one of the Jalali calendar.
    """
    day = business_day(now, plan, zone)
    match chosen:
        case Range.TODAY:
            return day_window(day, plan, zone)
        case Range.YESTERDAY:
            return day_window(day - _DAY, plan, zone)
        case Range.SHIFT:
            return shift_of(now, plan, zone) or window_at(WindowKind.SHIFT, now, plan, zone)
        case Range.LAST_7:
            return days_window(day - 6 * _DAY, day, plan, zone)
        case Range.WEEK:
            return week_window(day, plan, zone)
        case Range.MONTH:
            first, after = _month(day, jalali=jalali)
            return days_window(first, after - _DAY, plan, zone)


@value
class Chosen:
    """What somebody chose to look at.

    Attributes:
        queue_id: None for all.
        part: Borders of a part, which takes the place of the range. None for all of it.
        jalali: True if a month is one of the Jalali calendar.
    """

    range: Range = Range.TODAY
    grain: Grain = Grain.AUTO
    queue_id: QueueId | None = None
    compare: bool = False
    part: tuple[datetime, datetime] | None = None
    jalali: bool = False


def question_of(chosen: Chosen, board: Board, now: Moment) -> Asked:
    """Return what has to be known of the past, up to the present of the board's source."""
    plan, zone, then = board.measuring.plan, board.zone, site_time(board, now)
    if chosen.part is None:
        whole = window_of_range(chosen.range, then, plan, zone, jalali=chosen.jalali)
    else:
        whole = range_window(*chosen.part)
    window = so_far(whole, then)
    grain = grain_for(chosen.grain, window)
    intervals = cut(window, grain, plan, zone)
    before: tuple[Window, ...] = ()
    if chosen.compare:
        before = earlier(intervals, weeks_back(window), zone)
    # While the picture is fresh, what has gone by since it was made is no gap.
    seen_to = board.snapshot is not None and fresh(board)
    return Asked(
        window=window,
        intervals=intervals,
        length=LENGTHS[grain],
        until=min(then, board.snapshot.as_of) if seen_to and board.snapshot else then,
        queue_id=chosen.queue_id,
        hidden=board.arrangement.hidden,
        watched=known_stretches(board),
        before=before,
    )


def known_stretches(board: Board) -> tuple[Stretch, ...]:
    """Return the stretches of the day of which all calls are known, perhaps not stored yet.

    Before the first of them that we watched there may be one of which the source has told.
    """
    since = board.ledger.since
    first = board.watched[0].begin if board.watched else None
    if since is None or first is None or since >= first:
        return board.watched
    return (Stretch(begin=since, end=first, witness=Witness.TOLD), *board.watched)


def _month(day: date, *, jalali: bool) -> tuple[date, date]:
    """Return the first day of a day's month, and of the next one."""
    if jalali:
        year, month, _ = to_jalali(day)
        after = (year, month + 1) if month < 12 else (year + 1, 1)
        return from_jalali(year, month, 1), from_jalali(*after, 1)
    first = day.replace(day=1)
    return first, (first + 31 * _DAY).replace(day=1)
