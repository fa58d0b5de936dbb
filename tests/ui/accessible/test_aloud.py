"""What is short on the board is read aloud as words."""

from __future__ import annotations

import pytest
from support.looks import wording_in

from wallboard.ui.accessible.aloud import aloud


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("2:41", "2 minutes 41 seconds", id="minutes"),
        pytest.param("1:02:41", "1 hour 2 minutes 41 seconds", id="hours"),
        pytest.param("20:00 overdue", "20 minutes overdue", id="in_a_sentence"),
        pytest.param("0:00", "0 seconds", id="nothing"),
        pytest.param("—", "not known", id="a_dash"),
        pytest.param("71.2%", "71.2%", id="other_figures_as_they_are"),
    ],
)
def test_that_a_length_of_time_is_read(text: str, words: str) -> None:
    assert aloud(text, wording_in("en"), lasts=True) == words


def test_that_persian_digits_are_read_as_well() -> None:
    assert aloud("۲:۴۱", wording_in("fa"), lasts=True) == "۲ دقیقه و ۴۱ ثانیه"


def test_that_a_time_of_day_stays_one() -> None:
    assert aloud("12:41:07", wording_in("en")) == "12:41:07"
