"""A caller's number is shown as was decided, and no part of a short one gives it away."""

from __future__ import annotations

from dataclasses import replace

import pytest

from wallboard.domain.arranging import CallerNumbers
from wallboard.ui.caller_text import caller_text
from wallboard.ui.wording import english


@pytest.mark.parametrize(
    ("manner", "number", "shown"),
    [
        (CallerNumbers.WHOLE, "09123456789", "09123456789"),
        (CallerNumbers.MASKED, "09123456789", "0912•••6789"),
        (CallerNumbers.END, "09123456789", "•••6789"),
        (CallerNumbers.END, "88123456", "•••"),
        (CallerNumbers.HIDDEN, "09123456789", "•••"),
        (CallerNumbers.HIDDEN, "501", "•••"),
        *((manner, "", "") for manner in CallerNumbers),
    ],
)
def test_that_a_number_is_shown_as_decided(manner: CallerNumbers, number: str, shown: str) -> None:
    assert caller_text(number, manner) == shown
    assert replace(english(), callers=manner).caller(number) == shown


def test_that_numbers_are_masked_and_names_left_out_until_somebody_decides() -> None:
    assert english().caller("09123456789") == "0912•••6789"
    assert not english().caller_names
