"""Days of the Jalali calendar, as they are written in Iran, there and back."""

from __future__ import annotations

from datetime import date
from typing import Final

FIRST_YEAR: Final = 1206
LAST_YEAR: Final = 1497
"""In these years the 33-year rule of leap years is the calendar in use."""

# So many days before 1 Farvardin of the year 0, counted as `date.toordinal` does.
_BEGINS: Final = date(2026, 3, 21).toordinal() - (365 * 1405 + (8 * 1405 + 21) // 33)
_LONG_MONTHS: Final = 6


def to_jalali(day: date) -> tuple[int, int, int]:
    """Return year, month and day.

    Raises:
        ValueError: It lies outside the years that we know.
    """
    year = (day.toordinal() - _BEGINS) * 33 // 12053
    while _new_year(year + 1) <= day.toordinal():
        year += 1
    while _new_year(year) > day.toordinal():
        year -= 1
    if not FIRST_YEAR <= year <= LAST_YEAR:
        message = f"{day} is in none of the years {FIRST_YEAR} to {LAST_YEAR}"
        raise ValueError(message)
    passed = day.toordinal() - _new_year(year)
    if passed < 31 * _LONG_MONTHS:
        return year, passed // 31 + 1, passed % 31 + 1
    passed -= 31 * _LONG_MONTHS
    return year, passed // 30 + 1 + _LONG_MONTHS, passed % 30 + 1


def from_jalali(year: int, month: int, day: int) -> date:
    """Return the day in our calendar.

    Raises:
        ValueError: There is no such day.
    """
    if FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12 and day >= 1:
        months = 31 * min(month - 1, _LONG_MONTHS) + 30 * max(0, month - 1 - _LONG_MONTHS)
        found = date.fromordinal(_new_year(year) + months + day - 1)
        if to_jalali(found) == (year, month, day):
            return found
    message = f"there is no {year}-{month}-{day}"
    raise ValueError(message)


def _new_year(year: int) -> int:
    """Return the ordinal of 1 Farvardin: 8 of 33 years are leap years."""
    return _BEGINS + 365 * year + (8 * year + 21) // 33
