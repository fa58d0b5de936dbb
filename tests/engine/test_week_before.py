"""The same time a week before is the same on the site's clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallboard.engine.ledger import minute_of
from wallboard.engine.week_before import minutes_to_recall, week_before

TEHRAN, BERLIN = ZoneInfo("Asia/Tehran"), ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 23, 8, 30, 20, tzinfo=UTC)
WEEK = 7 * 24 * 60


@pytest.mark.parametrize("behind", range(4))
def test_that_a_minute_that_was_not_seen_is_stood_for_by_one_shortly_before(behind: int) -> None:
    points = {minute_of(NOW) - WEEK - behind: {"waiting": 3.0}}
    assert week_before(points, NOW, TEHRAN) == {"waiting": 3.0}


@pytest.mark.parametrize("off", [-4, 1, -WEEK, WEEK])
def test_that_of_any_other_minute_nothing_is_told(off: int) -> None:
    assert week_before({minute_of(NOW) - WEEK + off: {"waiting": 3.0}}, NOW, TEHRAN) == {}


def test_that_over_a_clock_change_it_is_the_same_time_of_day() -> None:
    monday = datetime(2026, 10, 26, 9, 0, tzinfo=BERLIN)  # the clocks were set back on Sunday
    before = datetime(2026, 10, 19, 9, 0, tzinfo=BERLIN)
    points = {minute_of(before): {"free": 2.0}, minute_of(monday) - WEEK: {"free": 9.0}}
    assert week_before(points, monday.astimezone(UTC), BERLIN) == {"free": 2.0}


@given(
    st.integers(0, 10 * 365 * 24 * 60).map(lambda minute: NOW - minute * timedelta(minutes=1)),
    st.sampled_from([TEHRAN, BERLIN, UTC]),
    st.integers(-5, 35),
)
def test_that_what_was_recalled_is_enough_for_half_an_hour(
    now: datetime, zone: ZoneInfo, later: int
) -> None:
    recalled = {minute: {"minute": float(minute)} for minute in minutes_to_recall(now, zone)}
    then = now + timedelta(minutes=later)
    before = (then.astimezone(zone) - timedelta(days=7)).astimezone(UTC)
    assert week_before(recalled, then, zone) == {"minute": float(minute_of(before))}
