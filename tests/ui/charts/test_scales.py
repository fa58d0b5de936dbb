from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.looks import wording_in

from wallboard.engine.kpi import Unit
from wallboard.ui.charts.scales import day_text, scale_for, time_marks
from wallboard.ui.wording import Wording

BEGIN = datetime(2026, 11, 21, 20, 30, tzinfo=UTC)  # midnight in Tehran
TEHRAN = ZoneInfo("Asia/Tehran")
BERLIN = ZoneInfo("Europe/Berlin")


@given(st.sampled_from([Unit.COUNT, Unit.SECONDS]), st.floats(0, 1e6))
def test_that_a_scale_begins_at_zero_and_reaches_over_the_greatest(unit: Unit, most: float) -> None:
    scale = scale_for(unit, most, Wording())
    assert [mark.place for mark in scale.marks] == [0.0, 0.5, 1.0]
    assert scale.top >= most
    assert scale.top > 0


def test_that_a_share_reaches_from_nothing_to_all() -> None:
    scale = scale_for(Unit.RATIO, 0.3, Wording())
    assert [mark.text for mark in scale.marks] == ["0%", "50%", "100%"]


@pytest.mark.parametrize(
    ("length", "step"),
    [
        (timedelta(hours=2), timedelta(minutes=15)),
        (timedelta(hours=8), timedelta(minutes=30)),
        (timedelta(days=1), timedelta(hours=2)),
        (timedelta(days=7), timedelta(hours=12)),
        (timedelta(days=31), timedelta(days=2)),
    ],
)
def test_that_times_are_round_and_no_more_than_there_is_room_for(
    length: timedelta, step: timedelta
) -> None:
    marks = time_marks(BEGIN, BEGIN + length, zone=TEHRAN, wording=Wording(), most=16)
    places = [mark.place * length for mark in marks]
    assert 3 <= len(marks) <= 17
    for before, after in pairwise(places):
        assert abs(after - before - step) < timedelta(seconds=1)


def test_that_a_day_begins_strong_and_with_its_name() -> None:
    end = BEGIN + timedelta(days=3)
    marks = time_marks(BEGIN, end, zone=TEHRAN, wording=Wording(), most=12)
    strong = [mark.text for mark in marks if mark.strong]
    assert strong == ["Sun 11-22", "Mon 11-23", "Tue 11-24"]


def test_that_times_are_of_the_site_s_clock_through_a_clock_change() -> None:
    begin = datetime(2026, 10, 24, 22, tzinfo=UTC)  # midnight in Berlin, of a day of 25 hours
    length = timedelta(hours=25)
    marks = time_marks(begin, begin + length, zone=BERLIN, wording=Wording(), most=10)
    told = [(mark.text, round(mark.place * length / timedelta(hours=1))) for mark in marks]
    assert told[:4] == [("Sun 10-25", 0), ("03:00", 4), ("06:00", 7), ("09:00", 10)]


def test_that_days_are_jalali_in_persian() -> None:
    assert day_text(BEGIN.astimezone(TEHRAN).date(), wording_in("fa")).endswith("۰۹/۰۱")
    assert day_text(BEGIN.astimezone(TEHRAN).date(), Wording()) == "Sun 11-22"
