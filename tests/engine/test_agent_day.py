"""An agent's day: every second is told once, and what nobody saw is told by nobody."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from wallboard.domain.facts import AgentSpell, FactId
from wallboard.domain.snapshot import AgentId, AgentState
from wallboard.engine.agent_day import day_of

NINE = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def spell(state: AgentState, begin: float, end: float, reason: str | None = None) -> AgentSpell:
    return AgentSpell(
        fact_id=FactId(f"{state}-{begin}-{end}"),
        agent_id=AgentId("a"),
        state=state,
        began_at=NINE + timedelta(minutes=begin),
        ended_at=NINE + timedelta(minutes=end),
        reason=reason,
    )


def test_that_spans_are_shares_of_the_stretch_cut_at_its_ends() -> None:
    spells = [
        spell(AgentState.FREE, -30, 15),
        spell(AgentState.IN_CALL, 15, 30),
        spell(AgentState.ON_BREAK, 45, 99, "Lunch"),
    ]
    day = day_of(spells, NINE, NINE + HOUR)
    assert day.spans == {
        AgentState.FREE: ((0.0, 0.25),),
        AgentState.IN_CALL: ((0.25, 0.5),),
        AgentState.ON_BREAK: ((0.75, 1.0),),
    }
    assert day.time.by_state[AgentState.FREE] == timedelta(minutes=15)
    assert day.time.by_reason == {"Lunch": timedelta(minutes=15)}


def test_that_a_spell_told_while_it_ran_and_when_it_was_over_counts_once() -> None:
    day = day_of([spell(AgentState.FREE, 0, 30), spell(AgentState.FREE, 0, 10)], NINE, NINE + HOUR)
    assert day.time.by_state == {AgentState.FREE: timedelta(minutes=30)}
    assert day.spans == {AgentState.FREE: ((0.0, 0.5),)}


@given(st.lists(st.integers(1, 40), max_size=12))
def test_that_shares_and_times_tell_the_same(lengths: list[int]) -> None:
    spells, at = [], -20
    for place, length in enumerate(lengths):
        spells.append(spell(list(AgentState)[place % 4], at, at + length))
        at += length
    day = day_of(spells, NINE, NINE + HOUR)
    assert set(day.spans) == set(day.time.by_state)
    for state, spans in day.spans.items():
        share = sum(end - begin for begin, end in spans)
        assert abs(share * HOUR - day.time.by_state[state]) < timedelta(milliseconds=1)
        assert all(0.0 <= begin < end <= 1.0 for begin, end in spans)
    assert day_of(spells * 2, NINE, NINE + HOUR) == day
