"""What counters tell of a day is right or too small, and says which."""

from __future__ import annotations

import time as clock
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallboard.domain.snapshot import QueueId
from wallboard.sources.rest.mapping_counters import (
    LATE_RESET,
    CounterReading,
    Since,
    Tally,
    tallied,
)

TEHRAN = ZoneInfo("Asia/Tehran")
DAY = datetime(2026, 11, 22, tzinfo=TEHRAN)
Q = QueueId("q")


def reading(
    at: str, offered: float, answered: float, since: Since = Since.MIDNIGHT
) -> CounterReading:
    day, clock = at.split() if " " in at else ("0", at)
    hour, minute, *second = (int(part) for part in clock.split(":"))
    moment = DAY + timedelta(days=int(day), hours=hour, minutes=minute, seconds=sum(second))
    return CounterReading(
        queue_id=Q, at=moment.astimezone(UTC), since=since,
        sums={"offered": offered, "answered": answered},
    )  # fmt: skip


def told(*readings: CounterReading) -> Tally:
    tally: Tally | None = None
    for each in readings:
        tally = tallied(tally, each, TEHRAN)
    assert tally is not None
    return tally


@pytest.mark.parametrize(
    ("readings", "offered", "lost"),
    [
        pytest.param([("9:00", 5, 4)], 5, False, id="a_day_is_known_from_midnight"),
        pytest.param([("9:00", 5, 4), ("9:05", 8, 6)], 8, False, id="it_grows"),
        pytest.param([("9:00", 5, 4), ("17:00", 80, 60)], 80, False, id="over_missing_looks"),
        pytest.param([("9:00", 80, 60), ("9:05", 2, 1)], 82, True, id="it_begins_anew"),
        pytest.param([("9:00", 80, 60), ("9:05", 79, 60)], 79, True, id="it_is_corrected"),
        pytest.param([("9:00", 80, 60), ("9:05", 79, 59)], 79, True, id="all_of_it_is_corrected"),
        pytest.param([("9:00", 80, 60), ("9:05", 0, 0), ("9:10", 4, 3)], 84, True, id="from_zero"),
        pytest.param([("23:00", 80, 60), ("1 9:00", 5, 4)], 5, False, id="a_new_day"),
        pytest.param([("23:59", 80, 60), ("1 0:00:30", 80, 60)], 0, False, id="not_yet_reset"),
        pytest.param(
            [("23:59", 80, 60), ("1 0:00:30", 80, 60), ("1 0:02", 1, 1)], 1, False, id="late_reset"
        ),
        pytest.param(
            [("23:59", 80, 60), ("1 0:01", 81, 60), ("1 0:20", 83, 61)], 2, True, id="no_reset_ever"
        ),
        pytest.param([("9:00", 8, 6), ("8:00", 5, 4)], 8, False, id="an_older_reading"),
        pytest.param(
            [("0:02", 500, 400), ("0:06", 1, 1), ("12:00", 90, 70)],
            90,
            False,
            id="a_late_first_look",
        ),
        pytest.param([("0:02", 0, 0), ("0:06", 1, 1)], 1, False, id="an_early_first_look"),
        pytest.param(
            [("0:05", 3, 2), ("0:08", 4, 3), ("9:00", 50, 40)], 47, True, id="a_busy_first_look"
        ),
    ],
)
def test_that_of_counters_since_midnight(
    readings: list[tuple[str, int, int]], offered: int, lost: bool
) -> None:
    tally = told(*(reading(*each) for each in readings))
    assert (tally.sums["offered"], tally.lost) == (offered, lost)


@pytest.mark.parametrize(
    ("readings", "offered", "since"),
    [
        pytest.param([("9:00", 500, 400)], 0, 9, id="the_first_one_tells_nothing_of_today"),
        pytest.param([("9:00", 500, 400), ("9:05", 503, 402)], 3, 9, id="it_grows"),
        pytest.param(
            [("23:59:30", 500, 400), ("1 0:00:10", 501, 400)], 1, 24, id="a_watched_midnight"
        ),
        pytest.param([("22:00", 500, 400), ("1 9:00", 580, 460)], 0, 33, id="an_unwatched_one"),
    ],
)
def test_that_of_counters_since_a_reload(
    readings: list[tuple[str, int, int]], offered: int, since: int
) -> None:
    """Since the hour after the first midnight from when on it is known."""
    tally = told(*(reading(*each, since=Since.RELOAD) for each in readings))
    assert (tally.sums["offered"], tally.since) == (offered, DAY + timedelta(hours=since))
    assert not tally.lost, "what is told is all that there was since then"


def test_that_what_is_lost_since_then_is_said_of_counters_since_a_reload() -> None:
    at = [("9:00", 500, 400), ("9:05", 503, 402), ("9:10", 2, 1)]
    tally = told(*(reading(*each, since=Since.RELOAD) for each in at))
    assert (tally.sums["offered"], tally.lost) == (5, True)


def test_that_counters_since_midnight_are_known_since_then() -> None:
    assert told(reading("9:00", 5, 4)).since == DAY
    assert told(reading("23:00", 5, 4), reading("1 9:00", 2, 1)).since == DAY + timedelta(days=1)


def test_that_a_counter_that_was_not_told_once_loses_nothing() -> None:
    first, last = reading("9:00", 5, 4), reading("9:10", 9, 8)
    gap = CounterReading(queue_id=Q, at=reading("9:05", 0, 0).at, sums={"offered": 7.0})
    tally = told(first, gap, last)
    assert (tally.sums, tally.lost) == ({"offered": 9.0, "answered": 8.0}, True)


# One step of a day: minutes that pass, calls that come, calls that are answered, whether the
# system begins to count anew, and whether we look.
STEPS = st.lists(
    st.tuples(
        st.integers(1, 60), st.integers(0, 9), st.integers(0, 9), st.booleans(), st.booleans()
    ),
    max_size=40,
)


@given(STEPS)
def test_that_without_a_reset_the_sum_is_the_truth_whatever_looks_are_missing(
    steps: list[tuple[int, int, int, bool, bool]],
) -> None:
    tally: Tally | None = None
    offered = answered = minute = 0
    for minutes, came, taken, _, look in steps:
        minute, offered, answered = minute + minutes, offered + came, answered + taken
        # Not so near to midnight that the sums might be yesterday's.
        at = DAY + LATE_RESET + timedelta(minutes=minute)
        if look and at.date() == date(2026, 11, 22):
            sums = {"offered": float(offered), "answered": float(answered)}
            tally = tallied(tally, CounterReading(queue_id=Q, at=at, sums=sums), TEHRAN)
            assert tally.sums == sums
            assert not tally.lost


@given(STEPS, st.sampled_from(Since))
def test_that_a_sum_is_never_above_the_truth_and_never_below_nothing(
    steps: list[tuple[int, int, int, bool, bool]], since: Since
) -> None:
    """The system may begin anew at any time, and surely does at midnight if it counts days."""
    tally: Tally | None = None
    told_now = [0, 0]
    of_day = [0, 0]
    day, unseen = DAY.date(), False
    minute = 0
    for minutes, came, taken, anew, look in steps:
        minute += minutes
        at = DAY + timedelta(minutes=minute)
        if at.date() != day:
            day, of_day, unseen = at.date(), [0, 0], False
            if since is Since.MIDNIGHT:
                told_now = [0, 0]
        if anew:
            # One that grew beyond what it was before nobody can notice.
            told_now, unseen = [0, 0], True
        told_now = [told_now[0] + came, told_now[1] + taken]
        of_day = [of_day[0] + came, of_day[1] + taken]
        if look:
            sums = {"offered": float(told_now[0]), "answered": float(told_now[1])}
            tally = tallied(
                tally, CounterReading(queue_id=Q, at=at, since=since, sums=sums), TEHRAN
            )
            assert tally.day == day
            assert 0 <= tally.sums["offered"] <= of_day[0]
            assert 0 <= tally.sums["answered"] <= of_day[1]
            if not unseen and tally.sums != {"offered": of_day[0], "answered": of_day[1]}:
                later = tally.since > datetime.combine(tally.day, time(), TEHRAN)
                assert tally.lost or tally.pending or later


def test_that_without_a_zone_midnight_is_this_computers_also_on_a_day_on_which_clocks_change(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    clock.tzset()
    try:
        at = datetime(2026, 10, 25, 12, tzinfo=UTC)
        tally = tallied(None, CounterReading(queue_id=Q, at=at, sums={"offered": 5.0}), None)
    finally:
        monkeypatch.undo()
        clock.tzset()
    assert tally.since == datetime(2026, 10, 24, 22, tzinfo=UTC)
