"""The Jalali calendar, against the one of Qt."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QCalendar, QDate

from wallboard.domain.jalali import from_jalali, to_jalali


def test_that_every_day_is_the_one_of_the_calendar_in_use() -> None:
    calendar = QCalendar(QCalendar.System.Jalali)
    day, last = date(1990, 1, 1), date(2057, 12, 31)
    while day <= last:
        parts = calendar.partsFromDate(QDate(day.year, day.month, day.day))
        told = to_jalali(day)
        assert told == (parts.year, parts.month, parts.day), day
        assert from_jalali(*told) == day
        day += timedelta(days=1)


@pytest.mark.parametrize(
    "told", [(1404, 12, 30), (1405, 13, 1), (1405, 0, 1), (1405, 7, 31), (1405, 1, 0), (900, 1, 1)]
)
def test_that_a_day_that_is_not_is_refused(told: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="there is no"):
        from_jalali(*told)


def test_that_a_year_beyond_what_we_know_is_refused() -> None:
    with pytest.raises(ValueError, match="none of the years"):
        to_jalali(date(2500, 1, 1))
