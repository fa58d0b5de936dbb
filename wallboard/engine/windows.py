"""Windows: how a site cuts its time into days, shifts and intervals, through its own clock.

Instants are UTC. The site's clock is a zone of the zone database:

* A time of day that a clock change leaves out begins at the change; one that comes twice, the
  first time. So what is earlier on the clock never begins later.
* Business days follow each other without a gap. A day of a clock change has 23 or 25 hours.
* Intervals are counted in elapsed time from where the business day begins; the last one is
  shorter if the day is no multiple of them.
* A shift belongs to the business day in which it begins, even if it goes on over its end.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from typing import Final

from wallboard.domain.measuring import Shift, WorkPlan
from wallboard.domain.value import value
from wallboard.engine.marks import translate

WINDOW_CONTEXT: Final = "Window"
"""Where the translations of the windows' names are kept."""

_DAY: Final = timedelta(days=1)
_NO_TIME: Final = timedelta()
_GRAIN: Final = timedelta(seconds=1)


class WindowKind(StrEnum):
    """Which windows there are."""

    LAST_15 = "last_15"
    LAST_30 = "last_30"
    LAST_60 = "last_60"
    INTERVAL = "interval"
    SHIFT = "shift"
    TODAY = "today"
    RANGE = "range"


WINDOW_NAMES: Final = {
    WindowKind.LAST_15: translate("Window", "Last 15 minutes"),
    WindowKind.LAST_30: translate("Window", "Last 30 minutes"),
    WindowKind.LAST_60: translate("Window", "Last 60 minutes"),
    WindowKind.INTERVAL: translate("Window", "This interval"),
    WindowKind.SHIFT: translate("Window", "This shift so far"),
    WindowKind.TODAY: translate("Window", "Today so far"),
    WindowKind.RANGE: translate("Window", "Chosen time"),
}
"""English, to be translated."""

ROLLING: Final[Mapping[WindowKind, int]] = {
    WindowKind.LAST_15: 15,
    WindowKind.LAST_30: 30,
    WindowKind.LAST_60: 60,
}
"""The windows that move on with the time, and their minutes."""


@value
class Window:
    """A stretch of time that is looked at, from `begin` on and before `end`.

    Attributes:
        begin, end: UTC.
        name: Of a shift, as the user chose it. Empty if it has none of its own.
    """

    kind: WindowKind
    begin: datetime
    end: datetime
    name: str = ""

    @property
    def length(self) -> timedelta:
        """How long it is; never below zero."""
        return max(_NO_TIME, self.end - self.begin)

    def holds(self, instant: datetime) -> bool:
        """True if the instant is in it."""
        return self.begin <= instant < self.end


# The site's clock


def instant_of(day: date, clock: time, zone: tzinfo) -> datetime:
    """Return the instant (UTC) at which the site's clock first shows that time on that day.

    If it never does, the instant of the clock change that left the time out.
    """
    wall = datetime.combine(day, clock)
    late = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if late.astimezone(zone).replace(tzinfo=None) == wall:
        return late
    return _change(wall.replace(tzinfo=zone, fold=1).astimezone(UTC), late, zone)


def _change(before: datetime, after: datetime, zone: tzinfo) -> datetime:
    """Return where between the two the zone's clock jumps, to the second."""
    offset = before.astimezone(zone).utcoffset()
    while after - before > _GRAIN:
        middle = before + _GRAIN * ((after - before) // (2 * _GRAIN))
        if middle.astimezone(zone).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after.replace(microsecond=0)


# Days and weeks


def day_begin(day: date, plan: WorkPlan, zone: tzinfo) -> datetime:
    """Return when a business day begins (UTC); it ends where the next one begins."""
    return instant_of(day, plan.day_begins, zone)


def business_day(instant: datetime, plan: WorkPlan, zone: tzinfo) -> date:
    """Return the business day that an instant belongs to: exactly one."""
    day = instant.astimezone(zone).date() + _DAY
    while day_begin(day, plan, zone) > instant:
        day -= _DAY
    return day


def day_window(day: date, plan: WorkPlan, zone: tzinfo) -> Window:
    """Return the whole of a business day."""
    return days_window(day, day, plan, zone)


def days_window(first: date, last: date, plan: WorkPlan, zone: tzinfo) -> Window:
    """Return the business days from one to another, both included."""
    return range_window(day_begin(first, plan, zone), day_begin(last + _DAY, plan, zone))


def days_of(window: Window, plan: WorkPlan, zone: tzinfo) -> Iterator[date]:
    """Yield the business days that a window touches, in order; none of an empty one."""
    if not window.length:
        return
    day = business_day(window.begin, plan, zone)
    while day_begin(day, plan, zone) < window.end:
        # A day that a change of the date line left out has no instant.
        if day_begin(day + _DAY, plan, zone) > day_begin(day, plan, zone):
            yield day
        day += _DAY


def week_of(day: date, plan: WorkPlan) -> date:
    """Return the first day of the week that a business day is in."""
    return day - _DAY * ((day.weekday() - plan.week_begins) % 7)


def week_window(day: date, plan: WorkPlan, zone: tzinfo) -> Window:
    """Return the whole week that a business day is in."""
    first = week_of(day, plan)
    return days_window(first, first + 6 * _DAY, plan, zone)


# Shifts


def shifts_of_day(day: date, plan: WorkPlan, zone: tzinfo) -> tuple[Window, ...]:
    """Return the shifts that begin in a business day, whole, in order; the day if there are none.

    Without shifts in the plan the whole day is one; a weekday on which none begins has none.
    """
    if not plan.shifts:
        return (replace(day_window(day, plan, zone), kind=WindowKind.SHIFT),)
    within = day_window(day, plan, zone)
    # What the clock shows before the day begins comes after midnight: it is the next date.
    found = (
        _shift_on(date_, shift, zone)
        for date_ in (day, day + _DAY)
        for shift in plan.shifts
        if date_.weekday() in shift.weekdays
    )
    return tuple(
        sorted(
            (shift for shift in found if within.holds(shift.begin) and shift.length),
            key=lambda shift: (shift.begin, shift.end, shift.name),
        )
    )


def shift_of(instant: datetime, plan: WorkPlan, zone: tzinfo) -> Window | None:
    """Return the shift, whole, that an instant is in; of several the one that began last.

    None if nobody's shift is then.
    """
    day = business_day(instant, plan, zone)
    found = [
        shift
        for each in (day - _DAY, day)
        for shift in shifts_of_day(each, plan, zone)
        if shift.holds(instant)
    ]
    return found[-1] if found else None


def _shift_on(day: date, shift: Shift, zone: tzinfo) -> Window:
    last = day if shift.ends > shift.begins else day + _DAY
    return Window(
        kind=WindowKind.SHIFT,
        begin=instant_of(day, shift.begins, zone),
        end=instant_of(last, shift.ends, zone),
        name=shift.name,
    )


def _between_shifts(instant: datetime, plan: WorkPlan, zone: tzinfo) -> Window:
    """Return the time of the business day around an instant in which nobody's shift is."""
    day = business_day(instant, plan, zone)
    within = day_window(day, plan, zone)
    shifts = [shift for each in (day - _DAY, day) for shift in shifts_of_day(each, plan, zone)]
    return Window(
        kind=WindowKind.SHIFT,
        begin=max([within.begin, *(shift.end for shift in shifts if shift.end <= instant)]),
        end=min([within.end, *(shift.begin for shift in shifts if shift.begin > instant)]),
    )


# Intervals


def intervals_of(window: Window, plan: WorkPlan, zone: tzinfo) -> tuple[Window, ...]:
    """Return the intervals that a window touches, cut at its borders, in order."""
    found = []
    for day in days_of(window, plan, zone):
        begin, ends = day_begin(day, plan, zone), day_begin(day + _DAY, plan, zone)
        begin += plan.interval * max(0, (window.begin - begin) // plan.interval)
        while begin < min(ends, window.end):
            end = min(begin + plan.interval, ends)
            found.append(
                Window(
                    kind=WindowKind.INTERVAL,
                    begin=max(begin, window.begin),
                    end=min(end, window.end),
                )
            )
            begin = end
    return tuple(found)


def interval_of(instant: datetime, plan: WorkPlan, zone: tzinfo) -> Window:
    """Return the interval, whole, that an instant is in: exactly one."""
    day = business_day(instant, plan, zone)
    begin, ends = day_begin(day, plan, zone), day_begin(day + _DAY, plan, zone)
    begin += plan.interval * ((instant - begin) // plan.interval)
    return Window(kind=WindowKind.INTERVAL, begin=begin, end=min(begin + plan.interval, ends))


def place_in(intervals: tuple[Window, ...], instant: datetime) -> int | None:
    """Return which of the intervals, in order, an instant is in. None if in none."""
    place = bisect_right(intervals, instant, key=lambda interval: interval.begin) - 1
    return place if place >= 0 and intervals[place].holds(instant) else None


# The windows that one chooses from


def range_window(begin: datetime, end: datetime) -> Window:
    """Return any stretch of time."""
    return Window(kind=WindowKind.RANGE, begin=begin.astimezone(UTC), end=end.astimezone(UTC))


def window_at(kind: WindowKind, now: datetime, plan: WorkPlan, zone: tzinfo) -> Window:
    """Return the window of a kind that `now` is in, whole: `so_far` cuts it at the present.

    The last minutes end now, and the minute that is being lived through is one of them: what is
    counted by the minute is of exactly this window. Where nobody's shift is, the time between two
    shifts stands for one, without a name.

    Args:
        kind: Any but RANGE, which somebody has to choose.

    Raises:
        ValueError: The kind is RANGE.
    """
    now = now.astimezone(UTC)
    if kind in ROLLING:
        minute = now.replace(second=0, microsecond=0)
        return Window(kind=kind, begin=minute - timedelta(minutes=ROLLING[kind] - 1), end=now)
    match kind:
        case WindowKind.INTERVAL:
            return interval_of(now, plan, zone)
        case WindowKind.SHIFT:
            return shift_of(now, plan, zone) or _between_shifts(now, plan, zone)
        case WindowKind.TODAY:
            day = day_window(business_day(now, plan, zone), plan, zone)
            return replace(day, kind=WindowKind.TODAY)
        case _:
            raise ValueError("a chosen time has to be told from when to when")


def so_far(window: Window, now: datetime) -> Window:
    """Return the part of a window that has gone by; one that is over as it is."""
    end = max(window.begin, now.astimezone(UTC))
    return window if window.end <= end else replace(window, end=end)
