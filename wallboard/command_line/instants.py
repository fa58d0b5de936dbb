"""Instants as people write them: a day, a time of the day, or both, in either calendar."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Final

from wallboard.domain.jalali import from_jalali
from wallboard.domain.measuring import WorkPlan
from wallboard.engine.windows import business_day, day_begin, instant_of

_CLOCK: Final = r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?"
_DAY_SHAPE: Final = re.compile(
    rf"(?P<year>\d{{4}})[-/](?P<month>\d{{1,2}})[-/](?P<day>\d{{1,2}})(?:[T ]{_CLOCK})?"
)
_TIME_SHAPE: Final = re.compile(_CLOCK)
_MONTH_SHAPE: Final = re.compile(r"(?P<year>\d{4})[-/](?P<month>\d{1,2})")
_JALALI_BEFORE: Final = 1700
_FIRST_YEAR: Final = 1000
_LAST_YEAR: Final = 9990
_DAY: Final = timedelta(days=1)


def instant_told(text: str, *, now: datetime, plan: WorkPlan, zone: tzinfo) -> datetime:
    """Return the instant, in UTC, that a text means at the site.

    A day alone is when the business day begins; a time alone is of the present business day. A
    year before 1700 is one of the Jalali calendar. Digits may be of any script.

    Raises:
        ValueError: It is no instant.
    """
    told = _DAY_SHAPE.fullmatch(_plain(text)) or _TIME_SHAPE.fullmatch(_plain(text))
    if told is None:
        raise ValueError(text)
    parts = told.groupdict()
    day = _day(told) if "year" in parts else None
    if day is not None and parts["hour"] is None:
        return day_begin(day, plan, zone)
    at = time(int(told["hour"]), int(told["minute"]), int(told["second"] or 0))
    if day is None:
        day = business_day(now, plan, zone)
        if at < plan.day_begins:
            day += _DAY
    return instant_of(day, at, zone)


def day_told(text: str) -> date:
    """Return the day that a text means; a year before 1700 is one of the Jalali calendar.

    Raises:
        ValueError: It is no day.
    """
    told = _DAY_SHAPE.fullmatch(_plain(text))
    if told is None or told["hour"] is not None:
        raise ValueError(text)
    return _day(told)


def month_told(text: str) -> tuple[date, bool]:
    """Return the first day of the month that a text means, and whether it is a Jalali one.

    Raises:
        ValueError: It is no month.
    """
    told = _MONTH_SHAPE.fullmatch(_plain(text))
    if told is None:
        raise ValueError(text)
    year, month = int(told["year"]), int(told["month"])
    if year < _JALALI_BEFORE:
        return _in_reach(from_jalali(year, month, 1)), True
    return _in_reach(date(year, month, 1)), False


def _day(told: re.Match[str]) -> date:
    year, month, day = (int(told[part]) for part in ("year", "month", "day"))
    return _in_reach(
        from_jalali(year, month, day) if year < _JALALI_BEFORE else date(year, month, day)
    )


def _in_reach(day: date) -> date:
    """Return a day that has others enough on either side to count by.

    Raises:
        ValueError: It has not.
    """
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise ValueError(day.isoformat())
    return day


def _plain(text: str) -> str:
    """Return the text with digits 0 to 9 and without marks that only turn the direction."""
    return "".join(
        str(unicodedata.digit(char)) if char.isdecimal() else char
        for char in text.strip()
        if unicodedata.category(char) != "Cf"
    )
