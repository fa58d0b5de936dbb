"""Instants as people write them at the site, in either calendar and any digits."""

from __future__ import annotations

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from wallboard.command_line.instants import instant_told
from wallboard.domain.measuring import WorkPlan

TEHRAN = ZoneInfo("Asia/Tehran")
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=TEHRAN)
PLAN = WorkPlan(day_begins=time(6))


def told(text: str, now: datetime = NOW, plan: WorkPlan = PLAN) -> str:
    instant = instant_told(text, now=now.astimezone(UTC), plan=plan, zone=TEHRAN)
    assert instant.utcoffset().total_seconds() == 0
    return instant.astimezone(TEHRAN).strftime("%Y-%m-%d %H:%M:%S")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2026-11-22", "2026-11-22 06:00:00"),
        ("2026-11-22T08:00", "2026-11-22 08:00:00"),
        ("2026-11-22 08:00:30", "2026-11-22 08:00:30"),
        ("08:00", "2026-11-22 08:00:00"),
        ("1405-09-01", "2026-11-22 06:00:00"),
        ("1405/9/1T8:05", "2026-11-22 08:05:00"),
        ("۱۴۰۵/۰۹/۰۱", "2026-11-22 06:00:00"),
        ("\u2066۱۴۰۵-۰۹-۰۱ ۰۸:۰۰\u2069", "2026-11-22 08:00:00"),
        ("٠٨:٠٠", "2026-11-22 08:00:00"),
        # Before daylight saving was given up, in summer.
        ("2021-07-01T12:00", "2021-07-01 12:00:00"),
    ],
)
def test_that_an_instant_is_understood(text: str, meant: str) -> None:
    assert told(text) == meant


def test_that_a_time_alone_is_of_the_business_day() -> None:
    night = NOW.replace(day=23, hour=2)
    assert told("08:00", night) == "2026-11-22 08:00:00"
    assert told("01:00", night) == "2026-11-23 01:00:00"
    assert told("01:00", night, WorkPlan()) == "2026-11-23 01:00:00"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "never",
        "8",
        "25:00",
        "2026-13-01",
        "1404-12-30",
        "2026-11-22T",
        "2026-11-2208:00",
        "T08:00",
        "9999-12-31",
        "9999-12-31T23:59",
        "0001-01-01",
    ],
)
def test_that_what_is_no_instant_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - whatever its words are
        told(text)
