from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from wallboard.domain.measuring import Shift, WorkPlan
from wallboard.engine.windows import (
    ROLLING,
    WINDOW_NAMES,
    Window,
    WindowKind,
    business_day,
    day_begin,
    day_window,
    days_of,
    days_window,
    instant_of,
    interval_of,
    intervals_of,
    place_in,
    range_window,
    shift_of,
    shifts_of_day,
    so_far,
    week_of,
    week_window,
    window_at,
)

TEHRAN = ZoneInfo("Asia/Tehran")
BERLIN = ZoneInfo("Europe/Berlin")
# Clock changes by an hour, by half an hour, by two; at midnight, over midnight, and for good;
# offsets of a quarter of an hour.
ZONES = (
    "Africa/Cairo", "Africa/Casablanca", "America/Havana", "America/New_York",
    "America/Sao_Paulo", "Antarctica/Troll", "Asia/Beirut", "Asia/Gaza", "Asia/Kathmandu",
    "Asia/Pyongyang", "Asia/Tehran", "Australia/Lord_Howe", "Europe/Berlin", "Europe/Dublin",
    "Pacific/Apia", "Pacific/Chatham",
)  # fmt: skip
FIRST, LAST = date(2015, 1, 1), date(2035, 12, 31)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
NIGHT = time(4)

zones = st.sampled_from(ZONES).map(ZoneInfo)
instants = st.integers(0, int((LAST - FIRST).total_seconds() * 1000)).map(
    lambda passed: datetime.combine(FIRST, time(), UTC) + timedelta(milliseconds=passed)
)
clocks = st.builds(time, st.integers(0, 23), st.sampled_from((0, 10, 15, 30, 45)))
steps = st.sampled_from((15, 30, 60)).map(lambda minutes: timedelta(minutes=minutes))


@st.composite
def plans(draw: st.DrawFn) -> WorkPlan:
    ends = draw(st.lists(clocks, max_size=4, unique=True).map(sorted))
    shifts = tuple(
        Shift(
            name=f"s{number}",
            begins=begins,
            ends=ends[(number + 1) % len(ends)],
            weekdays=draw(st.frozensets(st.integers(0, 6))),
        )
        for number, begins in enumerate(ends)
    )
    return WorkPlan(day_begins=draw(clocks), interval=draw(steps), shifts=shifts)


@cache
def changes(name: str) -> tuple[tuple[date, timedelta], ...]:
    """Return the dates with a clock change, and by how much the clock was put forward."""
    zone = ZoneInfo(name)
    noon = datetime.combine(FIRST, time(12), UTC)
    offsets = []
    while noon.date() <= LAST:
        offsets.append((noon, noon.astimezone(zone).utcoffset()))
        noon += DAY
    return tuple(
        (date_, after - before)
        for (_, before), (when, after) in pairwise(offsets)
        if before is not None and after is not None and before != after
        for date_ in (when.date(),)
    )


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def local(text: str, zone: ZoneInfo) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


# The site's clock


@pytest.mark.parametrize(
    ("day", "clock", "zone", "expected"),
    [
        pytest.param("2026-03-01", "08:00", TEHRAN, "2026-03-01T04:30", id="no_summer_time_now"),
        pytest.param("2021-07-01", "08:00", TEHRAN, "2021-07-01T03:30", id="but_there_was"),
        pytest.param("2021-03-22", "00:00", TEHRAN, "2021-03-21T20:30", id="left_out_midnight"),
        pytest.param("2021-03-22", "00:30", TEHRAN, "2021-03-21T20:30", id="left_out_after_it"),
        pytest.param("2026-03-29", "02:00", BERLIN, "2026-03-29T01:00", id="the_change_itself"),
        pytest.param("2026-03-29", "02:59:59", BERLIN, "2026-03-29T01:00", id="left_out"),
        pytest.param("2026-03-29", "03:00", BERLIN, "2026-03-29T01:00", id="first_after_it"),
        pytest.param("2026-10-25", "02:30", BERLIN, "2026-10-25T00:30", id="twice_is_the_first"),
        pytest.param("2026-10-25", "03:00", BERLIN, "2026-10-25T02:00", id="after_the_second"),
    ],
)
def test_that_the_sites_clock_shows_a_time_first_at(
    day: str, clock: str, zone: ZoneInfo, expected: str
) -> None:
    told = instant_of(date.fromisoformat(day), time.fromisoformat(clock), zone)
    assert told == utc(expected)
    assert told.tzinfo is UTC


@pytest.mark.parametrize("name", ZONES)
def test_that_what_is_earlier_on_the_clock_never_begins_later(name: str) -> None:
    zone = ZoneInfo(name)
    quarters = [time(hour, minute) for hour in range(24) for minute in (0, 15, 30, 45)]
    for change, _ in changes(name):
        told = [
            instant_of(change + DAY * ahead, clock, zone)
            for ahead in (-1, 0, 1)
            for clock in quarters
        ]
        assert told == sorted(told)


# Days


@pytest.mark.parametrize("day_begins", [time(), time(0, 30), time(2, 30), time(3), time(7)])
@pytest.mark.parametrize("name", ZONES)
def test_that_days_follow_each_other_over_every_clock_change(name: str, day_begins: time) -> None:
    zone, plan = ZoneInfo(name), WorkPlan(day_begins=day_begins, interval=HOUR)
    for change, forward in changes(name):
        days = [day_window(change + DAY * ahead, plan, zone) for ahead in (-2, -1, 0, 1, 2)]
        assert all(one.end == next_.begin for one, next_ in pairwise(days))
        assert sum((day.length for day in days), timedelta()) == 5 * DAY - forward
        for day in days:
            intervals = intervals_of(day, plan, zone)
            assert sum((one.length for one in intervals), timedelta()) == day.length
            assert intervals[0].begin == day.begin
            assert all(one.end == next_.begin for one, next_ in pairwise(intervals))
            assert all(timedelta() < one.length <= HOUR for one in intervals)


def test_that_a_zone_of_the_test_has_clock_changes_of_all_sorts() -> None:
    found = {abs(forward) for name in ZONES for _, forward in changes(name)}
    assert found >= {HOUR, HOUR / 2, 2 * HOUR}
    assert len(changes("Asia/Tehran")) == 16  # from 2015 to the last one in 2022


@given(now=instants, plan=plans(), zone=zones)
@example(now=utc("2021-03-21T20:30"), plan=WorkPlan(), zone=TEHRAN)
@example(now=utc("2021-09-21T19:59"), plan=WorkPlan(), zone=TEHRAN)
def test_that_every_instant_is_in_one_day_and_one_interval(
    now: datetime, plan: WorkPlan, zone: ZoneInfo
) -> None:
    day = business_day(now, plan, zone)
    around = [day + DAY * ahead for ahead in (-2, -1, 0, 1, 2)]
    assert [each for each in around if day_window(each, plan, zone).holds(now)] == [day]
    interval = interval_of(now, plan, zone)
    intervals = intervals_of(day_window(day, plan, zone), plan, zone)
    assert [one for one in intervals if one.holds(now)] == [interval]
    place = place_in(intervals, now)
    assert place is not None
    assert intervals[place] == interval


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        pytest.param("2026-03-02T03:59:59", "2026-03-01", id="before_it_begins_is_the_day_before"),
        pytest.param("2026-03-02T04:00:00", "2026-03-02", id="as_it_begins"),
        pytest.param("2026-03-02T23:59:59", "2026-03-02", id="late"),
    ],
)
def test_that_the_business_day_goes_on_over_midnight(now: str, expected: str) -> None:
    plan = WorkPlan(day_begins=NIGHT)
    assert business_day(local(now, TEHRAN), plan, TEHRAN) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("day", "hours"),
    [("2021-03-22", 23), ("2021-09-21", 25), ("2021-09-22", 24), ("2026-03-21", 24)],
)
def test_that_a_day_of_a_clock_change_in_tehran_has(day: str, hours: int) -> None:
    window = day_window(date.fromisoformat(day), WorkPlan(), TEHRAN)
    assert window.length == hours * HOUR
    assert len(intervals_of(window, WorkPlan(), TEHRAN)) == 2 * hours


def test_that_a_date_that_the_date_line_took_has_no_instant() -> None:
    apia, plan = ZoneInfo("Pacific/Apia"), WorkPlan()
    assert day_window(date(2011, 12, 30), plan, apia).length == timedelta()
    span = days_window(date(2011, 12, 29), date(2011, 12, 31), plan, apia)
    assert list(days_of(span, plan, apia)) == [date(2011, 12, 29), date(2011, 12, 31)]


# Weeks


@pytest.mark.parametrize(
    ("day", "week_begins", "expected"),
    [
        ("2026-02-28", 5, "2026-02-28"),  # a Saturday
        ("2026-03-06", 5, "2026-02-28"),
        ("2026-03-07", 5, "2026-03-07"),
        ("2026-03-01", 0, "2026-02-23"),
    ],
)
def test_that_the_week_begins_on(day: str, week_begins: int, expected: str) -> None:
    plan = WorkPlan(week_begins=week_begins)
    assert week_of(date.fromisoformat(day), plan) == date.fromisoformat(expected)


def test_that_a_week_has_seven_days_of_whatever_length() -> None:
    week = week_window(date(2021, 3, 22), WorkPlan(), TEHRAN)
    assert week.begin == local("2021-03-20T00:00", TEHRAN)
    assert week.length == 7 * DAY - HOUR
    assert len(list(days_of(week, WorkPlan(), TEHRAN))) == 7


# Shifts

EARLY = Shift(name="early", begins=time(7), ends=time(15))
LATE = Shift(name="late", begins=time(15), ends=time(23))
OVER_NIGHT = Shift(name="night", begins=time(23), ends=time(7))
ROUND = WorkPlan(day_begins=NIGHT, shifts=(EARLY, LATE, OVER_NIGHT))


@pytest.mark.parametrize(
    ("now", "name", "begin"),
    [
        ("2026-03-02T07:00:00", "early", "2026-03-02T07:00"),
        ("2026-03-02T14:59:59", "early", "2026-03-02T07:00"),
        ("2026-03-02T15:00:00", "late", "2026-03-02T15:00"),
        ("2026-03-02T23:30:00", "night", "2026-03-02T23:00"),
        ("2026-03-03T02:00:00", "night", "2026-03-02T23:00"),
        ("2026-03-03T06:59:59", "night", "2026-03-02T23:00"),
    ],
)
def test_that_a_shift_goes_on_over_midnight(now: str, name: str, begin: str) -> None:
    shift = shift_of(local(now, TEHRAN), ROUND, TEHRAN)
    assert shift is not None
    assert (shift.name, shift.begin) == (name, local(begin, TEHRAN))


def test_that_a_day_has_its_shifts_in_order() -> None:
    shifts = shifts_of_day(date(2026, 3, 2), ROUND, TEHRAN)
    assert [shift.name for shift in shifts] == ["early", "late", "night"]
    assert [shift.length for shift in shifts] == [8 * HOUR] * 3


def test_that_a_shift_that_begins_after_midnight_is_of_the_business_day_that_still_runs() -> None:
    small = Shift(name="small hours", begins=time(1), ends=time(5), weekdays=frozenset({0}))
    plan = WorkPlan(day_begins=NIGHT, shifts=(small,))
    # It begins on a Monday by the calendar, which is still the Sunday's business day.
    assert shifts_of_day(date(2026, 3, 2), plan, TEHRAN) == ()
    (shift,) = shifts_of_day(date(2026, 3, 1), plan, TEHRAN)
    assert shift.begin == local("2026-03-02T01:00", TEHRAN)


def test_that_a_shift_is_only_on_its_weekdays() -> None:
    friday_off = frozenset(range(7)) - {4}
    shift = Shift(name="day", begins=time(8), ends=time(16), weekdays=friday_off)
    plan = WorkPlan(shifts=(shift,))
    assert shift_of(local("2026-03-05T10:00", TEHRAN), plan, TEHRAN) is not None
    assert shift_of(local("2026-03-06T10:00", TEHRAN), plan, TEHRAN) is None


def test_that_a_shift_that_ends_when_it_begins_lasts_a_day() -> None:
    plan = WorkPlan(shifts=(Shift(name="whole", begins=time(8), ends=time(8)),))
    shift = shift_of(local("2026-03-02T07:59", TEHRAN), plan, TEHRAN)
    assert shift is not None
    assert (shift.begin, shift.length) == (local("2026-03-01T08:00", TEHRAN), DAY)


@pytest.mark.parametrize(
    ("day", "hours"), [("2026-03-29", 7), ("2026-10-25", 9), ("2026-06-01", 8)]
)
def test_that_a_night_shift_of_a_clock_change_is_shorter_or_longer(day: str, hours: int) -> None:
    plan = WorkPlan(shifts=(Shift(name="night", begins=time(), ends=time(8)),))
    (shift,) = shifts_of_day(date.fromisoformat(day), plan, BERLIN)
    assert shift.length == hours * HOUR


def test_that_without_shifts_the_day_is_one() -> None:
    now = local("2026-03-02T10:00", TEHRAN)
    shift = shift_of(now, WorkPlan(day_begins=NIGHT), TEHRAN)
    assert shift == Window(
        kind=WindowKind.SHIFT,
        begin=local("2026-03-02T04:00", TEHRAN),
        end=local("2026-03-03T04:00", TEHRAN),
    )


# The windows that one chooses from


@given(now=instants, plan=plans(), zone=zones, kind=st.sampled_from(WindowKind))
def test_that_a_window_holds_the_instant_it_is_of(
    now: datetime, plan: WorkPlan, zone: ZoneInfo, kind: WindowKind
) -> None:
    if kind is WindowKind.RANGE:
        with pytest.raises(ValueError, match="chosen"):
            window_at(kind, now, plan, zone)
        return
    window = window_at(kind, now, plan, zone)
    assert window.kind is kind
    if kind in ROLLING:
        assert window.end == now
        assert window.begin.second == window.begin.microsecond == 0
        assert timedelta() <= ROLLING[kind] * MINUTE - window.length <= MINUTE
    else:
        assert window.holds(now)
        part = so_far(window, now)
        assert (part.begin, part.end, part.kind) == (window.begin, now, kind)
        # The same one for all of its instants.
        assert window_at(kind, window.begin, plan, zone).begin == window.begin


def test_that_between_two_shifts_the_pause_stands_for_one() -> None:
    plan = WorkPlan(shifts=(EARLY, Shift(name="evening", begins=time(17), ends=time(23))))
    window = window_at(WindowKind.SHIFT, local("2026-03-02T16:00", TEHRAN), plan, TEHRAN)
    assert (window.begin, window.end, window.name) == (
        local("2026-03-02T15:00", TEHRAN),
        local("2026-03-02T17:00", TEHRAN),
        "",
    )


def test_that_a_window_that_is_over_stays_as_it_is() -> None:
    window = range_window(utc("2026-03-01"), utc("2026-03-02"))
    assert so_far(window, utc("2026-03-03")) is window
    assert so_far(window, utc("2026-02-01")).length == timedelta()


def test_that_every_kind_of_window_has_a_name() -> None:
    assert set(WINDOW_NAMES) == set(WindowKind)


def test_that_intervals_are_cut_at_the_windows_borders() -> None:
    window = range_window(utc("2026-03-01T10:10"), utc("2026-03-01T11:20"))
    told = [(one.begin.minute, one.end.minute) for one in intervals_of(window, WorkPlan(), UTC)]
    assert told == [(10, 30), (30, 0), (0, 20)]
    assert place_in(intervals_of(window, WorkPlan(), UTC), utc("2026-03-01T10:00")) is None
    assert place_in(intervals_of(window, WorkPlan(), UTC), utc("2026-03-01T11:20")) is None
    assert place_in((), utc("2026-03-01T11:20")) is None


@given(begin=instants, length=st.timedeltas(timedelta(), 3 * DAY), plan=plans(), zone=zones)
def test_that_the_intervals_of_a_window_make_the_window(
    begin: datetime, length: timedelta, plan: WorkPlan, zone: ZoneInfo
) -> None:
    window = range_window(begin, begin + length)
    intervals = intervals_of(window, plan, zone)
    assert sum((one.length for one in intervals), timedelta()) == length
    assert all(one.end == next_.begin for one, next_ in pairwise(intervals))
    assert all(one.length for one in intervals)


def every_day(zone: ZoneInfo, plan: WorkPlan) -> Iterator[datetime]:
    day = FIRST
    while day <= LAST:
        yield day_begin(day, plan, zone)
        day += DAY


@pytest.mark.parametrize("name", ["Asia/Tehran", "America/Havana"])
def test_that_twenty_years_of_days_leave_nothing_out(name: str) -> None:
    zone, plan = ZoneInfo(name), WorkPlan(day_begins=time(0, 30))
    begins = list(every_day(zone, plan))
    assert begins == sorted(set(begins))
    lengths = {after - before for before, after in pairwise(begins)}
    # In spring both have no half past twelve: that day begins at one, half an hour late.
    assert lengths == {23.5 * HOUR, DAY, 25 * HOUR}
