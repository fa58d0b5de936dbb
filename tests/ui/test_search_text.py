"""What is typed finds what is meant, on whatever keyboard it was typed."""

from __future__ import annotations

import pytest

from wallboard.ui.search_text import found_in, search_key, words_of


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        pytest.param("علي", "علی تهرانی", id="arabic_yeh"),
        pytest.param("كريمي", "مریم کریمی", id="arabic_kaf"),
        pytest.param("نمایندگیها", "نمایندگی‌ها", id="without_the_joiner"),
        pytest.param("نمایندگی‌ها", "نمایندگیها", id="with_the_joiner"),
        pytest.param("۵۰۱", "Agent 501", id="persian_digits"),
        pytest.param("٥٠١", "Agent 501", id="arabic_digits"),
        pytest.param("501", "کارشناس ۵۰۱", id="latin_digits"),
        pytest.param("امیر", "أمیر", id="hamza"),
        pytest.param("SARA teh", "Sara Tehrani", id="case_and_parts"),
        pytest.param("teh sara", "Sara Tehrani", id="parts_in_any_order"),
        pytest.param("obrien", "O\u202eBrien", id="hidden_letters"),
        pytest.param("jose", "José", id="accents"),
    ],
)
def test_that_it_is_found_however_it_is_typed(typed: str, text: str) -> None:
    assert found_in(words_of(typed), text)


def test_that_every_word_must_be_found_somewhere() -> None:
    assert found_in(words_of("sara sales"), "Sara", "Sales")
    assert not found_in(words_of("sara billing"), "Sara", "Sales")
    assert found_in(words_of("   "), "anything")


def test_that_a_long_text_costs_no_more_than_its_beginning() -> None:
    assert len(search_key("a" * 1_000_000)) == 512
