"""What the cells of the agents say."""

from __future__ import annotations

import pytest
from support.looks import wording_in

from wallboard.domain.snapshot import AgentState
from wallboard.ui.panels.agents_panel import break_words


@pytest.mark.parametrize(
    ("language", "reason", "told"),
    [
        pytest.param("en", "Lunch", "On break · Lunch", id="a_reason_of_its_own"),
        pytest.param("en", "Break", "On break", id="a_word_of_the_state"),
        pytest.param("en", " ON BREAK\n", "On break", id="the_state_itself"),
        pytest.param("en", "Breakfast", "On break · Breakfast", id="a_longer_word"),
        pytest.param("en", "Tea break", "On break · Tea break", id="more_than_the_state"),
        pytest.param("en", "\u202e", "On break", id="nothing_to_be_seen"),
        pytest.param("fa", "استراحت", "استراحت", id="the_same_word_in_persian"),
        pytest.param("fa", "ناهار", "استراحت · ناهار", id="another_word_in_persian"),
    ],
)
def test_that_a_break_is_told_with_a_reason_that_says_more(
    language: str, reason: str, told: str
) -> None:
    state = wording_in(language).agent_state(AgentState.ON_BREAK)
    assert break_words(state, reason) == told
