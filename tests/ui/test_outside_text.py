"""What strangers wrote can neither disguise itself nor take the sentence around it along."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallboard.ui.outside_text import LONGEST, isolated, isolated_address, shown

HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn"}


@pytest.mark.parametrize(
    ("told", "text"),
    [
        pytest.param("Sales", "Sales", id="a_plain_name_stays"),
        pytest.param("پشتیبانی فنی", "پشتیبانی فنی", id="a_persian_name_stays"),
        pytest.param("نمایندگی\u200cها", "نمایندگی\u200cها", id="the_joiner_of_persian_stays"),
        pytest.param("<b>Ali</b>", "<b>Ali</b>", id="markup_is_only_letters"),
        pytest.param("O'Brien", "O'Brien", id="an_apostrophe_stays"),
        pytest.param("a\u202eb\u2066c", "abc", id="direction_tricks_go"),
        pytest.param("a\x00\x1bb", "ab", id="control_characters_go"),
        pytest.param("one\r\ntwo", "one  two", id="a_line_break_becomes_a_space"),
        pytest.param("e" + "\u0301" * 40, "e" + "\u0301" * 4, id="a_tower_of_marks_is_cut"),
        pytest.param("x" * 600, "x" * 511 + "…", id="a_long_text_is_cut"),
    ],
)
def test_that_outside_text_is_shown(told: str, text: str) -> None:
    assert shown(told) == text


@given(st.text())
def test_that_nothing_hidden_is_ever_shown(told: str) -> None:
    text = shown(told)
    assert len(text) <= LONGEST
    assert all(
        unicodedata.category(letter) not in HIDDEN or letter in "\u200c\u200d" for letter in text
    )


@given(st.text(), st.sampled_from([isolated, isolated_address]))
def test_that_an_isolated_text_opens_and_closes_exactly_once(told: str, isolate: object) -> None:
    text = isolate(told)  # type: ignore[operator]
    assert text[0] in "\u2066\u2068"
    assert text[-1] == "\u2069"
    assert not set(text[1:-1]) & set("\u2066\u2067\u2068\u2069\u202a\u202b\u202c\u202d\u202e")
