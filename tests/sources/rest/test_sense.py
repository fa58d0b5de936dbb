"""What cannot be is taken out of a picture, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.clocks import HandClock
from support.rest_site import NOON, first_picture

from wallboard.domain.facts import AgentSpell, CallRecord, DirectCall, Direction, Ending, FactId
from wallboard.domain.snapshot import (
    Agent,
    AgentId,
    AgentState,
    Call,
    CallId,
    Queue,
    QueueId,
    Snapshot,
    SnapshotChange,
    difference,
)
from wallboard.engine.as_json import board_json
from wallboard.engine.board import Board
from wallboard.engine.happenings import PictureTaken, SecondPassed
from wallboard.engine.step import step
from wallboard.sources.rest.sense import LATER, SLACK, Sense, sensible

QUEUES = [QueueId(key) for key in ("q1", "q2", "q3")]
AGENTS = [AgentId(key) for key in ("a1", "a2", "a3")]
CALLS = [CallId(key) for key in ("c1", "c2", "c3")]
SECOND = timedelta(seconds=1)

instants = st.integers(-4000, 4000).map(lambda seconds: NOON + seconds * SECOND)
maybe = st.none() | instants
queues = st.sets(st.sampled_from(QUEUES)).map(
    lambda keys: {key: Queue(queue_id=key, name=key) for key in sorted(keys)}
)
agents = st.lists(
    st.builds(
        Agent,
        agent_id=st.sampled_from(AGENTS),
        name=st.just("x"),
        state=st.sampled_from(AgentState),
        state_since=maybe,
        queues=st.lists(st.sampled_from(QUEUES), unique=True).map(tuple),
        call_id=st.none() | st.sampled_from(CALLS),
    ),
    unique_by=lambda agent: agent.agent_id,
).map(lambda rows: {row.agent_id: row for row in rows})
calls = st.lists(
    st.builds(
        Call,
        call_id=st.sampled_from(CALLS),
        queue_id=st.sampled_from(QUEUES),
        entered_at=maybe,
        answered_at=maybe,
        agent_id=st.none() | st.sampled_from(AGENTS),
    ),
    unique_by=lambda call: call.call_id,
).map(lambda rows: {row.call_id: row for row in rows})
pictures = st.builds(Snapshot, as_of=instants, queues=queues, agents=agents, calls=calls)


def check(made: Snapshot, told: Snapshot) -> None:
    """Check what every source promises, and that no row was lost or made up."""
    assert set(made.agents) == set(told.agents)
    assert set(made.calls) == set(told.calls)
    for agent in made.agents.values():
        assert set(agent.queues) <= set(made.queues)
        assert agent.state is told.agents[agent.agent_id].state
        assert agent.state_since is None or agent.state_since <= made.as_of
        if agent.call_id is not None:
            assert agent.state in (AgentState.IN_CALL, AgentState.ON_HOLD)
            assert made.calls[agent.call_id].agent_id == agent.agent_id
    for call in made.calls.values():
        before = told.calls[call.call_id]
        assert call.queue_id in made.queues
        assert call.agent_id is None or call.agent_id in made.agents
        assert (call.answered_at is None) == (before.answered_at is None)
        times = [call.entered_at, call.answered_at, made.as_of]
        known = [at for at in times if at is not None]
        assert known == sorted(known)
        for ours, theirs in (
            (call.entered_at, before.entered_at),
            (call.answered_at, before.answered_at),
        ):
            assert ours is None or theirs is None or abs(ours - theirs) <= SLACK or (
                ours == made.as_of < theirs
            )  # fmt: skip


@given(st.lists(pictures, min_size=1, max_size=6))
def test_that_sense_is_made_of_whatever_comes_as_if_it_were_the_first(
    told: list[Snapshot],
) -> None:
    sense = Sense()
    before: Snapshot | None = None
    for picture in told:
        made = sense.made(picture)
        check(made, picture)
        assert made == Sense().made(picture)
        assert sense.made(picture) == made
        if before is not None and before.queues == made.queues:
            again = difference(before, made)
            assert {row.agent_id for row in again.agents} == {
                key for key, row in made.agents.items() if before.agents.get(key) != row
            }
        before = made


@given(st.lists(pictures, min_size=2, max_size=6), st.lists(st.booleans(), min_size=6, max_size=6))
def test_that_who_is_told_what_changed_makes_the_same_of_it_and_says_what_changed(
    told: list[Snapshot], known: list[bool]
) -> None:
    sense, other = Sense(), Sense()
    before: Snapshot | None = None
    made_before: Snapshot | None = None
    for picture, is_known in zip(told, known, strict=False):
        changed = difference(before, picture) if is_known and before is not None else None
        made = sense.made(picture, before, changed)
        assert made == other.made(picture)
        assert sense.count == other.count
        if sense.change is not None:
            assert sense.since is made_before
            again = difference(made_before, made)
            assert sense.change.as_of == made.as_of
            for name in ("queues", "agents", "calls", "queues_gone", "agents_gone", "calls_gone"):
                assert set(getattr(sense.change, name)) == set(getattr(again, name)), name
        before, made_before = picture, made


def test_that_what_changed_since_another_picture_than_the_last_one_is_not_believed() -> None:
    first = first_picture()
    sense = Sense()
    sense.made(first)
    call = Call(call_id=CALLS[0], queue_id=next(iter(first.queues)), agent_id=AgentId("nobody"))
    later = replace(first, as_of=first.as_of + SECOND, calls={call.call_id: call})
    made = sense.made(later, replace(first), SnapshotChange(as_of=later.as_of))
    assert made.calls[call.call_id].agent_id is None
    assert sense.change is None


@given(st.lists(pictures, min_size=1, max_size=4))
def test_that_no_board_shows_a_time_below_zero(told: list[Snapshot]) -> None:
    sense, clock = Sense(), HandClock()
    board = Board(name="x", zone=UTC, poll=SECOND)
    last: Snapshot | None = None
    for picture in sorted(told, key=lambda picture: picture.as_of):
        made = sense.made(picture)
        board, _ = step(board, PictureTaken(change=difference(last, made)), clock.now())
        board, _ = step(board, SecondPassed(), clock.pass_by(1))
        last = made
        shown = board_json(board, clock.now())
        for row in (*shown["queues"], shown["site"]):
            for name, number in row.items():
                if isinstance(number, int | float):
                    assert number >= 0, name


def test_that_what_is_right_is_left_as_it_is() -> None:
    sense, picture = Sense(), first_picture()
    made = sense.made(picture)
    assert made.queues is picture.queues
    assert made.agents is picture.agents
    assert made.calls is picture.calls
    assert sense.count == 0


def picture_of(*rows: Agent | Call) -> Snapshot:
    return Snapshot(
        as_of=NOON,
        queues={QUEUES[0]: Queue(queue_id=QUEUES[0], name="Q")},
        agents={row.agent_id: row for row in rows if isinstance(row, Agent)},
        calls={row.call_id: row for row in rows if isinstance(row, Call)},
    )


def test_that_an_answer_before_the_arrival_makes_no_wait() -> None:
    call = Call(
        call_id=CALLS[0],
        queue_id=QUEUES[0],
        entered_at=NOON - 10 * SECOND,
        answered_at=NOON - 3600 * SECOND,
    )
    made = Sense().made(picture_of(call)).calls[CALLS[0]]
    assert made.entered_at is None
    assert made.answered_at == call.answered_at


def test_that_a_wait_in_a_queue_that_is_not_told_is_shown() -> None:
    sense = Sense()
    made = sense.made(picture_of(Call(call_id=CALLS[0], queue_id=QueueId("lost"))))
    assert made.queues[QueueId("lost")].name == "lost"
    assert sense.count == 1
    assert "lost" not in sense.made(picture_of()).queues
    assert sense.count == 0


def test_that_a_row_is_right_again_when_it_is() -> None:
    sense = Sense()
    agent = Agent(agent_id=AGENTS[0], name="A", state=AgentState.FREE, state_since=NOON + SECOND)
    assert sense.made(picture_of(agent)).agents[AGENTS[0]].state_since == NOON
    later = Snapshot(as_of=NOON + SECOND, agents={agent.agent_id: agent})
    assert sense.made(later).agents[AGENTS[0]] is agent


# --- facts --------------------------------------------------------------------------------------


def record(**told: object) -> CallRecord:
    usual: dict[str, object] = {
        "fact_id": FactId("f"),
        "call_id": CallId("c"),
        "queue_id": QUEUES[0],
        "entered_at": NOON,
        "ended_at": NOON + 100 * SECOND,
        "ending": Ending.ANSWERED,
        "wait": 20 * SECOND,
        "talk": 80 * SECOND,
    }
    return CallRecord(**{**usual, **told})  # type: ignore[arg-type]


def test_that_a_fact_that_can_be_is_left_as_it_is() -> None:
    fact = record()
    assert sensible(fact, NOON) is fact


@pytest.mark.parametrize(
    ("told", "left"),
    [
        ({"wait": 9999 * SECOND}, {"wait": None}),
        ({"talk": 9999 * SECOND}, {"talk": None}),
        ({"hold": 9999 * SECOND}, {"hold": None}),
        ({"wrap_up": 9999 * SECOND}, {"wrap_up": 9999 * SECOND}),
        ({"ending": Ending.ABANDONED}, {"talk": None, "wait": 20 * SECOND}),
        ({"ending": Ending.UNKNOWN}, {"talk": None, "wait": None}),
        ({"ended_at": NOON - SECOND, "wait": None, "talk": None}, {"ended_at": NOON}),
    ],
)
def test_that_a_part_that_cannot_be_is_unknown(
    told: dict[str, object], left: dict[str, object]
) -> None:
    made = sensible(record(**told), NOON)
    assert made is not None
    assert {name: getattr(made, name) for name in left} == left


@pytest.mark.parametrize(
    ("began", "ended"),
    [
        (NOON, NOON - timedelta(hours=1)),
        (NOON, NOON + LATER + SECOND),
        (NOON, datetime(2199, 1, 1, tzinfo=UTC)),
    ],
)
def test_that_a_fact_that_cannot_be_is_left_out(began: datetime, ended: datetime) -> None:
    spell = AgentSpell(
        fact_id=FactId("s"),
        agent_id=AGENTS[0],
        state=AgentState.FREE,
        began_at=began,
        ended_at=ended,
    )
    direct = DirectCall(
        fact_id=FactId("d"),
        call_id=CallId("d"),
        direction=Direction.OUTGOING,
        began_at=began,
        ended_at=ended,
        answered=False,
    )
    assert sensible(record(entered_at=began, ended_at=ended), NOON) is None
    assert sensible(spell, NOON) is None
    assert sensible(direct, NOON) is None


def test_that_a_direct_call_nobody_answered_has_no_talk() -> None:
    call = DirectCall(
        fact_id=FactId("d"),
        call_id=CallId("d"),
        direction=Direction.OUTGOING,
        began_at=NOON,
        ended_at=NOON + 10 * SECOND,
        answered=False,
        talk=SECOND,
        ring=9999 * SECOND,
    )
    made = sensible(call, NOON)
    assert isinstance(made, DirectCall)
    assert (made.talk, made.ring) == (None, None)
