"""The time that a report is of: shifts, days, weeks and months of either calendar, by the site."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta, tzinfo
from typing import Final

from wallboard.domain.jalali import from_jalali, to_jalali
from wallboard.domain.measuring import WorkPlan
from wallboard.domain.reporting import Period, PeriodKind
from wallboard.engine.windows import (
    Window,
    business_day,
    day_window,
    days_window,
    range_window,
    shifts_of_day,
    week_window,
)

_DAY: Final = timedelta(days=1)
_FARTHEST: Final = 400
"""In so many days a shift that there is has begun."""


class NoSuchTime(ValueError):
    """There is no such stretch of time, or it has not begun."""


def period_window(period: Period, now: datetime, plan: WorkPlan, zone: tzinfo) -> Window:
    """Return the window, whole, that a period means at a moment.

    Raises:
        NoSuchTime: There is no such shift, or the time has not begun.
    """
    window = _window(period, now, plan, zone)
    if not window.begin < min(now, window.end):
        raise NoSuchTime(str(period.kind))
    return window


def _window(period: Period, now: datetime, plan: WorkPlan, zone: tzinfo) -> Window:
    match period.kind:
        case PeriodKind.SHIFT:
            return _shift(period, now, plan, zone)
        case PeriodKind.RANGE:
            if period.begin is None:
                raise NoSuchTime(str(period.kind))
            return range_window(period.begin, period.end or now)
        case _:
            try:
                return _days(period, business_day(now, plan, zone), plan, zone)
            except (ValueError, OverflowError) as error:
                raise NoSuchTime(str(period.kind)) from error


def _days(period: Period, today: date, plan: WorkPlan, zone: tzinfo) -> Window:
    day, back = (today, period.back) if period.day is None else (period.day, 0)
    match period.kind:
        case PeriodKind.WEEK:
            return week_window(day - 7 * back * _DAY, plan, zone)
        case PeriodKind.MONTH:
            return days_window(*month_days(day, back), plan, zone)
        case PeriodKind.JALALI_MONTH:
            return days_window(*jalali_month_days(day, back), plan, zone)
        case _:
            return day_window(day - back * _DAY, plan, zone)


def month_days(day: date, back: int = 0) -> tuple[date, date]:
    """Return the first and the last day of the month of a day, or of one so many months before.

    Raises:
        ValueError: It lies before the year 1.
    """
    months = day.year * 12 + day.month - 1 - back
    first = date(months // 12, months % 12 + 1, 1)
    following = date((months + 1) // 12, (months + 1) % 12 + 1, 1)
    return first, following - _DAY


def jalali_month_days(day: date, back: int = 0) -> tuple[date, date]:
    """Return the same for the months of the Jalali calendar.

    Raises:
        ValueError: It lies outside the years that are known.
    """
    year, month, _ = to_jalali(day)
    months = year * 12 + month - 1 - back
    first = from_jalali(months // 12, months % 12 + 1, 1)
    following = from_jalali((months + 1) // 12, (months + 1) % 12 + 1, 1)
    return first, following - _DAY


def _shift(period: Period, now: datetime, plan: WorkPlan, zone: tzinfo) -> Window:
    """Return a shift by its name, or whichever it is.

    Raises:
        NoSuchTime: There is none.
    """
    if period.day is not None:
        found = shifts_of_day(period.day, plan, zone)
        wanted = [each for each in found if not period.name or each.name == period.name]
        if not wanted:
            raise NoSuchTime(period.name)
        return wanted[0]
    if period.name and period.name not in {shift.name for shift in plan.shifts}:
        raise NoSuchTime(period.name)
    begun = (
        each
        for each in _shifts_back(now, plan, zone)
        if each.begin < now and (not period.name or each.name == period.name)
    )
    for _ in range(period.back):
        next(begun, None)
    window = next(begun, None)
    if window is None:
        raise NoSuchTime(period.name)
    return window


def _shifts_back(now: datetime, plan: WorkPlan, zone: tzinfo) -> Iterator[Window]:
    """Yield shifts, the last to begin first."""
    day = business_day(now, plan, zone)
    for _ in range(_FARTHEST):
        yield from reversed(shifts_of_day(day, plan, zone))
        day -= _DAY
