"""The time of a report: months of two calendars, shifts over midnight, and changed clocks."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallboard.domain.jalali import from_jalali, to_jalali
from wallboard.domain.measuring import Shift, WorkPlan
from wallboard.domain.reporting import Period, PeriodKind
from wallboard.engine.past import Grain, cut
from wallboard.engine.reporting_when import (
    NoSuchTime,
    jalali_month_days,
    month_days,
    period_window,
)
from wallboard.engine.windows import Window, shifts_of_day

TEHRAN = ZoneInfo("Asia/Tehran")
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
SHIFTS = WorkPlan(
    shifts=(
        Shift(name="morning", begins=time(7), ends=time(15)),
        Shift(name="night", begins=time(22), ends=time(6)),
    )
)
LATE = WorkPlan(day_begins=time(4), shifts=SHIFTS.shifts)
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=TEHRAN)


def window(period: Period, now: datetime = NOW, plan: WorkPlan = SHIFTS) -> Window:
    return period_window(period, now, plan, TEHRAN)


def local(told: Window, zone: tzinfo = TEHRAN) -> tuple[str, str]:
    return (
        f"{told.begin.astimezone(zone):%Y-%m-%d %H:%M}",
        f"{told.end.astimezone(zone):%Y-%m-%d %H:%M}",
    )


def jalali_month(year: int, month: int) -> Period:
    return Period(kind=PeriodKind.JALALI_MONTH, day=from_jalali(year, month, 1))


@pytest.mark.parametrize(
    ("year", "last"), [(1399, 30), (1402, 29), (1403, 30), (1404, 29), (1408, 30), (1409, 29)]
)
def test_that_esfand_ends_where_the_year_does(year: int, last: int) -> None:
    first_day, last_day = jalali_month_days(from_jalali(year, 12, 1))
    assert to_jalali(first_day) == (year, 12, 1)
    assert to_jalali(last_day) == (year, 12, last)
    assert to_jalali(last_day + DAY) == (year + 1, 1, 1)
    now = datetime(2035, 1, 1, tzinfo=UTC)
    told = window(jalali_month(year, 12), now)
    begin, end = (told.begin.astimezone(TEHRAN), told.end.astimezone(TEHRAN))
    assert to_jalali(begin.date()) == (year, 12, 1)
    assert to_jalali(end.date()) == (year + 1, 1, 1)
    assert (begin.time(), end.time()) == (time(), time())


def test_that_every_jalali_month_follows_the_one_before() -> None:
    first, last = jalali_month_days(from_jalali(1398, 1, 1))
    lengths = []
    while first < from_jalali(1410, 1, 1):
        lengths.append((last - first).days + 1)
        following = jalali_month_days(last + DAY)
        assert following[0] == last + DAY
        assert jalali_month_days(following[0], 1) == (first, last)
        first, last = following
    assert lengths[:12] == [31] * 6 + [30] * 5 + [29]
    assert sum(lengths) == (from_jalali(1410, 1, 1) - from_jalali(1398, 1, 1)).days


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.integers(0, 600))
def test_that_a_gregorian_month_has_its_days(day: date, back: int) -> None:
    first, last = month_days(day, back)
    assert (first.day, (last + DAY).day) == (1, 1)
    assert 28 <= (last - first).days + 1 <= 31
    months = (day.year - first.year) * 12 + day.month - first.month
    assert months == back


def test_that_a_week_begins_on_saturday() -> None:
    told = window(Period(kind=PeriodKind.WEEK, day=date(2026, 11, 20)))
    assert local(told) == ("2026-11-14 00:00", "2026-11-21 00:00")
    assert told.begin.astimezone(TEHRAN).weekday() == 5
    last = window(Period(kind=PeriodKind.WEEK, back=1))
    assert local(last) == ("2026-11-14 00:00", "2026-11-21 00:00")


def test_that_the_night_shift_over_new_year_is_of_the_old_year() -> None:
    esfand = from_jalali(1403, 12, 30)
    told = window(
        Period(kind=PeriodKind.SHIFT, name="night", day=esfand), datetime(2025, 4, 1, tzinfo=UTC)
    )
    assert local(told) == ("2025-03-20 22:00", "2025-03-21 06:00")
    # A month is its business days: what began before midnight goes on in the next one.
    month = window(jalali_month(1403, 12), datetime(2025, 4, 1, tzinfo=UTC))
    assert month.end.astimezone(TEHRAN).date() == from_jalali(1404, 1, 1)
    assert month.holds(told.begin)
    assert not month.holds(told.end)
    late = period_window(jalali_month(1403, 12), datetime(2025, 4, 1, tzinfo=UTC), LATE, TEHRAN)
    assert local(late)[1] == "2025-03-21 04:00"


@pytest.mark.parametrize(
    ("day", "hours"),
    [
        (date(2022, 3, 22), 23),
        (date(2022, 9, 21), 25),
        (date(2022, 3, 21), 24),
        (date(2023, 3, 22), 24),
    ],
)
def test_that_a_day_of_tehrans_changed_clock_has_its_hours(day: date, hours: int) -> None:
    told = window(Period(kind=PeriodKind.DAY, day=day))
    assert told.length == hours * HOUR
    parts = cut(told, Grain.HOUR, SHIFTS, TEHRAN)
    assert len(parts) == hours
    assert parts[0].begin == told.begin
    assert parts[-1].end == told.end
    assert all(one.end == other.begin for one, other in pairwise(parts))


def test_that_the_month_of_a_changed_clock_is_its_days() -> None:
    told = window(jalali_month(1401, 1))
    assert told.length == 31 * DAY - HOUR
    days = cut(told, Grain.DAY, SHIFTS, TEHRAN)
    assert len(days) == 31
    assert sorted({part.length for part in days}) == [23 * HOUR, 24 * HOUR]


@pytest.mark.parametrize(
    ("name", "back", "begins"),
    [
        ("morning", 0, "2026-11-23 07:00"),
        ("morning", 1, "2026-11-22 07:00"),
        ("night", 0, "2026-11-22 22:00"),
        ("night", 2, "2026-11-20 22:00"),
        ("", 0, "2026-11-23 07:00"),
        ("", 1, "2026-11-22 22:00"),
    ],
)
def test_that_a_shift_is_the_last_that_has_begun(name: str, back: int, begins: str) -> None:
    told = window(Period(kind=PeriodKind.SHIFT, name=name, back=back))
    assert local(told)[0] == begins
    assert told.name


def test_that_without_shifts_the_day_is_one() -> None:
    told = window(Period(kind=PeriodKind.SHIFT), plan=WorkPlan())
    assert local(told) == ("2026-11-23 00:00", "2026-11-24 00:00")


@pytest.mark.parametrize(
    "period",
    [
        Period(kind=PeriodKind.SHIFT, name="noon"),
        Period(kind=PeriodKind.SHIFT, name="noon", day=date(2026, 11, 22)),
        Period(kind=PeriodKind.DAY, day=date(2026, 11, 24)),
        Period(kind=PeriodKind.WEEK, day=date(2027, 1, 1)),
        Period(kind=PeriodKind.RANGE),
        Period(kind=PeriodKind.RANGE, begin=NOW, end=NOW - HOUR),
        Period(kind=PeriodKind.RANGE, begin=NOW + HOUR),
        Period(kind=PeriodKind.JALALI_MONTH, day=date(1700, 1, 1)),
        Period(kind=PeriodKind.MONTH, back=1_000_000),
    ],
)
def test_that_there_is_no_such_time(period: Period) -> None:
    with pytest.raises(NoSuchTime):
        window(period)


@given(
    st.datetimes(datetime.fromisoformat("2019-01-01"), datetime.fromisoformat("2031-01-01")),
    st.sampled_from([SHIFTS, LATE]),
    st.integers(0, 9),
)
def test_that_shifts_are_gone_back_one_by_one(wall: datetime, plan: WorkPlan, back: int) -> None:
    now = wall.replace(tzinfo=UTC)
    one = window(Period(kind=PeriodKind.SHIFT, back=back), now, plan)
    other = window(Period(kind=PeriodKind.SHIFT, back=back + 1), now, plan)
    assert one.begin < now
    assert other.begin < one.begin
    days = [other.begin.astimezone(TEHRAN).date() + number * DAY for number in range(-2, 3)]
    between = [
        shift
        for day in days
        for shift in shifts_of_day(day, plan, TEHRAN)
        if other.begin < shift.begin < one.begin
    ]
    assert between == []
