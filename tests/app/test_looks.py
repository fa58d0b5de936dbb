"""What is decided in the settings reaches the look and the words of the window."""

from __future__ import annotations

from datetime import datetime

from wallboard.app.looks import look_by, wording_by
from wallboard.domain.arranging import CallerNumbers
from wallboard.settings.model import Calendar, Settings, Theme
from wallboard.ui.explained import day_words

DAY = datetime(2026, 3, 21)  # noqa: DTZ001 - a day of the site's clock


def test_that_each_choice_reaches_the_look() -> None:
    look = look_by(
        Settings(
            theme=Theme.CONTRAST,
            text_size=150,
            reduce_motion=True,
            single_keys=False,
            time_from_right=True,
            latin_digits=True,
            caller_numbers=CallerNumbers.END,
            caller_names=True,
        ),
        "fa",
    )
    assert look.theme.key == "contrast"
    assert look.scale == 1.5
    assert (look.reduced_motion, look.single_keys, look.time_from_right) == (True, False, True)
    assert look.wording.count(12) == "12"
    assert look.wording.caller("09123456789") == "•••6789"
    assert look.wording.caller_names
    assert look.rtl


def test_that_the_calendar_is_that_of_the_language_until_another_is_chosen() -> None:
    def written(language: str, calendar: Calendar) -> str:
        return day_words(DAY, wording_by(Settings(calendar=calendar), language))

    assert written("en", Calendar.AUTO) == "2026-03-21"
    assert written("fa", Calendar.AUTO) == "۱۴۰۵/۰۱/۰۱"
    assert written("en", Calendar.JALALI) == "1405/01/01"
    assert written("fa", Calendar.GREGORIAN) == "۲۰۲۶/۰۳/۲۱"
