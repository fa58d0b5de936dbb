"""Times and durations of other systems are read as what they are, or not at all."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallboard.sources.rest.mapping_units import (
    DURATION_UNITS,
    EARLIEST,
    INSTANT_UNITS,
    LONGEST,
    duration_of,
    instant_of,
)

NOW = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
TEHRAN = ZoneInfo("Asia/Tehran")
BERLIN = ZoneInfo("Europe/Berlin")
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=2),
    max_leaves=3,
)


@pytest.mark.parametrize(
    ("told", "unit", "seconds"),
    [
        (90, "s", 90),
        ("90", "s", 90),
        (1.5, "s", 1.5),
        (90_000, "ms", 90),
        (90_000_000, "us", 90),
        (1.5, "min", 90),
        ("0.5", "h", 1800),
        ("PT1M30S", "iso", 90),
        ("P1DT2H", "iso", 93_600),
        ("PT0.25S", "iso", 0.25),
        ("PT1,5S", "iso", 1.5),
        ("P1W", "iso", 604_800),
        ("PT0S", "iso", 0),
        ("1:30", "clock", 90),
        ("0:01:30", "clock", 90),
        ("00:01:30.5", "clock", 90.5),
        ("1.02:00:00", "clock", 93_600),
        ("90:00", "clock", 5400),
        (-1, "s", None),
        (LONGEST.total_seconds() + 1, "s", None),
        (True, "s", None),
        (None, "s", None),
        ([], "s", None),
        ("", "s", None),
        ("1e3", "s", None),
        ("۹۰", "s", None),
        ("٩٠", "clock", None),
        (float("nan"), "s", None),
        (float("inf"), "s", None),
        (10**400, "s", None),
        ("P", "iso", None),
        ("PT", "iso", None),
        ("P1DT", "iso", None),
        ("-PT1S", "iso", None),
        ("P1M", "iso", None),
        (90, "iso", None),
        ("1:60", "clock", None),
        ("1:75:00", "clock", None),
        ("1", "clock", None),
    ],
)
def test_that_a_duration(told: Any, unit: str, seconds: float | None) -> None:
    expected = None if seconds is None else timedelta(seconds=seconds)
    assert duration_of(told, unit) == expected


@pytest.mark.parametrize(
    ("told", "unit", "expected"),
    [
        ("2026-11-22T08:00:00Z", "iso", "08:00:00"),
        ("2026-11-22T08:00:00.123456789Z", "iso", "08:00:00.123456"),
        ("2026-11-22 11:30:00+03:30", "iso", "08:00:00"),
        ("2026-11-22T11:30:00", "iso", "08:00:00"),
        ("20261122T113000", "iso", "08:00:00"),
        (1795334400, "epoch_s", "08:00:00"),
        ("1795334400", "epoch_s", "08:00:00"),
        (1795334400.5, "epoch_s", "08:00:00.500000"),
        (1795334400123, "epoch_ms", "08:00:00.123000"),
        (1795334400000001, "epoch_us", "08:00:00.000001"),
        ("Sun, 22 Nov 2026 08:00:00 GMT", "rfc2822", "08:00:00"),
        (45, "ago_s", "08:29:15"),
        (45_000, "ago_ms", "08:29:15"),
        ("PT45S", "ago_iso", "08:29:15"),
        ("0:45", "ago_clock", "08:29:15"),
        # A clock that goes a little fast is not believed to the second.
        ("2026-11-22T08:30:30Z", "iso", "08:30:00"),
        ("2026-11-22T08:36:00Z", "iso", None),
        # Milliseconds that are taken for seconds are far in the future.
        (1795334400123, "epoch_s", None),
        # Seconds that are taken for milliseconds are in the year 1970.
        (1795334400, "epoch_ms", None),
        (0, "epoch_s", None),
        (-1, "epoch_ms", None),
        ("2026-11-22", "iso", None),
        ("2026-13-22T08:00:00Z", "iso", None),
        ("2026-W47-7T08:00:00Z", "iso", None),
        ("0001-01-01T00:00:00", "iso", None),
        ("۲۰۲۶-11-22T08:00:00Z", "iso", None),
        (1795334400, "iso", None),
        ("never", "rfc2822", None),
        (False, "epoch_s", None),
        (10**30, "epoch_ms", None),
    ],
)
def test_that_an_instant(told: Any, unit: str, expected: str | None) -> None:
    at = instant_of(told, unit, NOW, TEHRAN)
    assert (at and at.isoformat()) == (expected and f"2026-11-22T{expected}+00:00")


def test_that_a_time_without_an_offset_needs_a_zone() -> None:
    assert instant_of("2026-11-22T08:00:00", "iso", NOW, None) is None


@pytest.mark.parametrize(
    ("now", "told", "expected"),
    [
        # At 1:00 UTC the clocks of Berlin go from 3:00 back to 2:00.
        ("2026-10-25T00:40", "02:30", "00:30"),
        ("2026-10-25T01:40", "02:30", "01:30"),
        ("2026-10-25T01:10", "02:50", "00:50"),
        ("2026-10-25T02:30", "03:10", "02:10"),
        # In spring 2:30 is left out: it is half an hour after the change.
        ("2026-03-29T02:00", "02:30", "01:30"),
    ],
)
def test_that_an_hour_that_comes_twice_is_the_last_one_that_is_not_ahead(
    now: str, told: str, expected: str
) -> None:
    moment = datetime.fromisoformat(now).replace(tzinfo=UTC)
    at = instant_of(f"{now[:10]}T{told}:00", "iso", moment, BERLIN)
    assert at == datetime.fromisoformat(f"{now[:10]}T{expected}").replace(tzinfo=UTC)


@given(
    st.integers(0, int(timedelta(days=9000) / timedelta(milliseconds=1))).map(
        lambda age: NOW - timedelta(milliseconds=age)
    )
)
def test_that_every_way_of_writing_a_moment_is_read_as_that_moment(at: datetime) -> None:
    since_epoch = at - datetime(1970, 1, 1, tzinfo=UTC)
    written = {
        "iso": at.astimezone(TEHRAN).isoformat(),
        "epoch_ms": since_epoch // timedelta(milliseconds=1),
        "epoch_us": since_epoch // timedelta(microseconds=1),
    }
    assert {unit: instant_of(told, unit, NOW, None) for unit, told in written.items()} == (
        dict.fromkeys(written, at)
    )
    whole = at.replace(microsecond=0)
    assert instant_of(format_datetime(whole), "rfc2822", NOW, None) == whole
    assert instant_of(int(whole.timestamp()), "epoch_s", NOW, None) == whole


@given(ANYTHING, st.sampled_from(INSTANT_UNITS))
def test_that_no_instant_is_ahead_or_before_all_times(told: Any, unit: str) -> None:
    at = instant_of(told, unit, NOW, TEHRAN)
    assert at is None or (EARLIEST <= at <= NOW and at.tzinfo is UTC)


@given(ANYTHING, st.sampled_from(DURATION_UNITS))
def test_that_no_duration_is_negative_or_without_end(told: Any, unit: str) -> None:
    span = duration_of(told, unit)
    assert span is None or timedelta() <= span <= LONGEST
