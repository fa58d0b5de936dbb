from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.clocks import NOON

from wallboard.domain.agent_time import NO_AGENT_TIME, AgentTime, time_of
from wallboard.domain.facts import AgentSpell, FactId
from wallboard.domain.snapshot import AgentId, AgentState

HOUR = timedelta(hours=1)


def spell(state: AgentState, begin_s: int, length_s: int, reason: str | None = None) -> AgentSpell:
    began = NOON + timedelta(seconds=begin_s)
    return AgentSpell(
        fact_id=FactId(f"{begin_s}"),
        agent_id=AgentId("a1"),
        state=state,
        began_at=began,
        ended_at=began + timedelta(seconds=length_s),
        reason=reason,
    )


spells = st.lists(
    st.builds(
        spell,
        st.sampled_from(AgentState),
        st.integers(-5000, 5000),
        st.integers(0, 4000),
        st.none() | st.sampled_from(("lunch", "prayer")),
    ),
    max_size=12,
)


@given(told=spells, cut=st.integers(-6000, 6000))
def test_that_time_is_cut_without_loss(told: list[AgentSpell], cut: int) -> None:
    border = NOON + timedelta(seconds=cut)
    before, after = time_of(told, end=border), time_of(told, begin=border)
    assert before + after == after + before == time_of(told)


@given(told=spells, cut=st.integers(0, 12))
def test_that_the_time_of_parts_is_added(told: list[AgentSpell], cut: int) -> None:
    assert time_of(told[:cut]) + time_of(told[cut:]) == time_of(told)
    assert time_of(told) + NO_AGENT_TIME == time_of(told)


@given(spells)
def test_that_reasons_are_of_breaks_and_make_all_of_them(told: list[AgentSpell]) -> None:
    time = time_of(told)
    assert sum(time.by_reason.values(), timedelta()) == time.of(AgentState.ON_BREAK)


@pytest.mark.parametrize(
    ("state", "handling", "available", "logged_in"),
    [
        (AgentState.FREE, False, True, True),
        (AgentState.RINGING, False, True, True),
        (AgentState.IN_CALL, True, False, True),
        (AgentState.ON_HOLD, True, False, True),
        (AgentState.WRAP_UP, True, False, True),
        (AgentState.ON_BREAK, False, False, True),
        (AgentState.OTHER, False, False, True),
        (AgentState.OFFLINE, False, False, False),
        (AgentState.UNKNOWN, False, False, False),
    ],
)
def test_that_time_in_a_state_is(
    state: AgentState, *, handling: bool, available: bool, logged_in: bool
) -> None:
    time = AgentTime(by_state={state: HOUR})
    assert time.handling == handling * HOUR
    assert time.available == available * HOUR
    assert time.logged_in == logged_in * HOUR


def test_that_only_the_part_within_the_stretch_counts() -> None:
    told = [spell(AgentState.ON_BREAK, -60, 120, "lunch"), spell(AgentState.FREE, 60, 0)]
    time = time_of(told, NOON, NOON + timedelta(seconds=30))
    assert time.by_state == {AgentState.ON_BREAK: timedelta(seconds=30)}
    assert time.by_reason == {"lunch": timedelta(seconds=30)}
    assert time_of(told, NOON + HOUR) == NO_AGENT_TIME


def test_that_a_break_without_a_reason_is_told_as_such() -> None:
    assert time_of([spell(AgentState.ON_BREAK, 0, 5)]).by_reason == {"": timedelta(seconds=5)}
