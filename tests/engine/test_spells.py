from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.clocks import NOON, HandClock
from support.snapshots import a_snapshot, an_agent

from wallboard.domain.facts import AgentSpell
from wallboard.domain.snapshot import Agent, AgentState, Snapshot, difference
from wallboard.engine.board import Board
from wallboard.engine.happenings import PictureTaken, SecondPassed, Store
from wallboard.engine.spells import running_spells
from wallboard.engine.step import step

POLL = timedelta(seconds=5)
AWAY = {AgentState.OFFLINE, AgentState.UNKNOWN}
SECOND = timedelta(seconds=1)


class Wall:
    """A board, and the spells that it gave away."""

    def __init__(self) -> None:
        self.clock = HandClock()
        self.board = Board(name="b", zone=UTC, poll=POLL)
        self.last: Snapshot | None = None
        self.told: list[AgentSpell] = []

    def shows(self, agents: Iterable[Agent], after_s: float = 0, *, whole: bool = False) -> None:
        """Let time pass, with its seconds if there are more than a few, and take a picture."""
        self.clock.pass_by(after_s)
        snapshot = a_snapshot(agents=agents, as_of=self.clock.wall)
        change = difference(None if whole else self.last, snapshot)
        self.last = snapshot
        self.board, effects = step(self.board, PictureTaken(change=change), self.clock.now())
        self.take(effects)

    def passes(self, seconds: float) -> None:
        self.board, effects = step(self.board, SecondPassed(), self.clock.pass_by(seconds))
        self.take(effects)

    def take(self, effects: Iterable[Store]) -> None:
        self.told += [
            fact for each in effects for fact in each.facts if isinstance(fact, AgentSpell)
        ]

    def running(self) -> list[AgentSpell]:
        agents = () if self.last is None else self.last.agents.values()
        return list(running_spells(self.board.spells_begun, agents, self.clock.wall))

    def words(self) -> list[tuple[str, int, int]]:
        """Return state, begin and end of the spells told, in seconds since noon."""
        return [
            (each.state.value, (each.began_at - NOON) // SECOND, (each.ended_at - NOON) // SECOND)
            for each in self.told
        ]


def an(state: AgentState, since_s: float | None = None, agent_id: str = "a1") -> Agent:
    return an_agent(agent_id, state, since=None if since_s is None else NOON + SECOND * since_s)


FREE, TALK, BREAK, OFF = (
    AgentState.FREE,
    AgentState.IN_CALL,
    AgentState.ON_BREAK,
    AgentState.OFFLINE,
)


def test_that_a_spell_is_over_when_another_state_begins() -> None:
    wall = Wall()
    wall.shows([an(FREE, -60)])
    wall.shows([an(TALK, 3)], 5)
    wall.shows([an(TALK, 3)], 5)
    wall.shows([an(OFF, 14)], 5)
    wall.shows([an(FREE, 19)], 5)
    assert wall.words() == [("free", -60, 3), ("in_call", 3, 14)]
    assert wall.running() == [
        AgentSpell(
            fact_id=wall.running()[0].fact_id,
            agent_id=an(FREE).agent_id,
            state=FREE,
            began_at=NOON + 19 * SECOND,
            ended_at=NOON + 20 * SECOND,
        )
    ]


def test_that_a_state_whose_begin_nobody_tells_began_when_it_was_first_seen() -> None:
    wall = Wall()
    wall.shows([])
    wall.shows([an(FREE)], 5)
    wall.shows([an(TALK)], 5)
    wall.shows([], 5)
    assert wall.words() == [("free", 5, 10), ("in_call", 10, 15)]


def test_that_a_source_that_begins_anew_and_knows_no_begin_breaks_no_spell() -> None:
    wall = Wall()
    wall.shows([an(OFF, -600)])
    wall.shows([an(FREE, 4)], 5)
    wall.shows([an(FREE)], 5, whole=True)
    wall.shows([an(TALK)], 5)
    assert wall.words() == [("free", 4, 15)]


@pytest.mark.parametrize("seconds_told", [True, False], ids=["aged", "after_sleep"])
def test_that_what_ended_unseen_ended_when_it_was_seen_last(seconds_told: bool) -> None:
    wall = Wall()
    two = an(FREE, -10, "a2")
    three = an(FREE, None, "a3")
    wall.shows([an(FREE, -60), two, three])
    wall.shows([an(FREE, -60), two, three], 5)
    if seconds_told:
        wall.passes(600)
    wall.shows([an(TALK, 400), two, three], 0 if seconds_told else 600)
    assert sorted(wall.words()) == [("free", -60, 5), ("free", 0, 5)]
    # Of one the source says that it went on, of the other it says nothing.
    wall.shows([], 5)
    assert sorted(wall.words())[2:] == [("free", 0, 5), ("free", 605, 610), ("in_call", 400, 610)]


def test_that_a_begin_that_is_corrected_backwards_tells_no_time_twice() -> None:
    wall = Wall()
    wall.shows([an(TALK, -60)])
    wall.shows([an(FREE, 4)], 5)
    wall.shows([an(BREAK, 3)], 5)
    wall.shows([an(FREE, 12)], 5)
    assert wall.words() == [("in_call", -60, 4), ("on_break", 4, 12)]


def test_that_who_is_gone_for_a_picture_is_not_told_twice() -> None:
    wall = Wall()
    wall.shows([an(FREE, -60)])
    wall.shows([], 5)
    wall.shows([an(FREE, -60)], 5)
    wall.shows([], 5)
    assert wall.words() == [("free", -60, 5), ("free", 5, 15)]


def test_that_only_a_break_has_a_reason() -> None:
    wall = Wall()
    lunch = Agent(
        agent_id=an(FREE).agent_id, name="A", state=BREAK, state_since=NOON, reason="lunch"
    )
    wall.shows([lunch])
    wall.shows([an(FREE, 5)], 5)
    wall.shows([an(TALK, 9)], 5)
    assert [spell.reason for spell in wall.told] == ["lunch", None]


# The laws

KEYS = ("a1", "a2", "a3")


@st.composite
def liars(draw: st.DrawFn) -> list[tuple[int, bool, list[Agent]]]:
    """Draw pictures whose source says of begins what it likes."""
    told = []
    now = 0
    for _ in range(draw(st.integers(1, 12))):
        pause = draw(st.integers(1, 14) | st.sampled_from([60, 3600, 86400]))
        now += pause
        agents = [
            an(
                draw(st.sampled_from([FREE, TALK, BREAK, OFF, AgentState.UNKNOWN])),
                draw(st.none() | st.integers(-3600, now)),
                key,
            )
            for key in draw(st.sets(st.sampled_from(KEYS)))
        ]
        told.append((pause, draw(st.booleans()), agents))
    return told


def apart(spells: Iterable[AgentSpell]) -> bool:
    ordered = sorted(spells, key=lambda each: (each.agent_id, each.began_at))
    return all(
        one.agent_id != two.agent_id or one.ended_at <= two.began_at
        for one, two in pairwise(ordered)
    )


@given(liars())
def test_that_no_time_of_an_agent_is_told_twice_whatever_the_source_says(
    pictures: list[tuple[int, bool, list[Agent]]],
) -> None:
    wall = Wall()
    for pause, whole, agents in pictures:
        wall.shows(agents, pause, whole=whole)
        every = [*wall.told, *wall.running()]
        assert apart(every)
        assert len({spell.fact_id for spell in every}) == len(every)
        assert all(spell.began_at < spell.ended_at for spell in every)
        assert not {spell.state for spell in every} & AWAY


@given(
    st.lists(
        st.tuples(
            st.integers(1, 14),
            st.booleans(),
            st.dictionaries(st.sampled_from(KEYS), st.sampled_from([FREE, TALK, BREAK, OFF])),
        ),
        min_size=1,
        max_size=14,
    ),
    st.booleans(),
)
def test_that_spells_are_exactly_the_time_that_was_seen(
    pictures: list[tuple[int, bool, dict[str, AgentState]]],
    tells: bool,
) -> None:
    """Each picture's state is true from then on until the next picture says otherwise."""
    wall = Wall()
    truth: dict[tuple[str, AgentState], timedelta] = {}
    before: dict[str, tuple[AgentState, datetime]] = {}
    for pause, whole, states in pictures:
        for key, (state, _) in before.items():
            if state is not OFF:
                spent = truth.get((key, state), timedelta())
                truth[key, state] = spent + timedelta(seconds=pause)
        now = wall.clock.wall + timedelta(seconds=pause)
        before = {
            key: before[key] if key in before and before[key][0] is state else (state, now)
            for key, state in states.items()
        }
        agents = [
            an_agent(key, state, since=since if tells else None)
            for key, (state, since) in before.items()
        ]
        wall.shows(agents, pause, whole=whole)
        seen: dict[tuple[str, AgentState], timedelta] = {}
        for spell in [*wall.told, *wall.running()]:
            place = (str(spell.agent_id), spell.state)
            seen[place] = seen.get(place, timedelta()) + (spell.ended_at - spell.began_at)
        assert seen == truth
