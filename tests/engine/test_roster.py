"""The agents as one looks at them: nobody is left out, and who is too long at it is marked."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallboard.domain.severity import Severity
from wallboard.domain.snapshot import Agent, AgentId, AgentState, QueueId
from wallboard.engine.lineup import Lineup, arranged
from wallboard.engine.roster import (
    STATE_ORDER,
    Arrangement,
    Group,
    Grouping,
    Sorting,
    judge_age,
    judged_alike,
    used_up,
)

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
QUEUES = {QueueId("q0"): "Sales", QueueId("q1"): "Billing"}


def agent(
    name: str,
    state: AgentState = AgentState.FREE,
    *,
    seconds: float | None = 10,
    queues: tuple[str, ...] = ("q0",),
) -> Agent:
    return Agent(
        agent_id=AgentId(name.lower()),
        name=name,
        state=state,
        state_since=None if seconds is None else NOON - timedelta(seconds=seconds),
        queues=tuple(map(QueueId, queues)),
    )


CREW = (
    agent("Sara", AgentState.IN_CALL, seconds=200, queues=("q0", "q1")),
    agent("Reza", AgentState.FREE, seconds=5, queues=("q1",)),
    agent("Nina", AgentState.IN_CALL, seconds=900),
    agent("Amir", AgentState.OFFLINE, seconds=None, queues=()),
)


def ids(arrangement: Arrangement) -> list[Sequence[AgentId]]:
    return [group.agents for group in arranged(CREW, arrangement, queues=QUEUES)]


def test_that_groups_by_state_begin_with_who_is_longest_in_it() -> None:
    assert ids(Arrangement()) == [("reza",), ("nina", "sara"), ("amir",)]


def test_that_an_agent_of_two_queues_is_in_both_and_who_is_in_none_comes_last() -> None:
    by_queue = Arrangement(grouping=Grouping.QUEUE)
    assert ids(by_queue) == [("sara", "reza"), ("nina", "sara"), ("amir",)]
    groups = arranged(CREW, by_queue, queues=QUEUES)
    assert [group.queue_id for group in groups] == ["q1", "q0", None]


def test_that_who_serves_queues_of_one_group_is_a_team_and_counts_once_in_it() -> None:
    crew = {each.agent_id: each for each in (*CREW, agent("Lena", queues=("q2",)))}
    teams = {QueueId("q0"): "Front", QueueId("q1"): "Front", QueueId("q3"): "Nobody's"}
    groups = Lineup(Arrangement(grouping=Grouping.TEAM), queues=QUEUES, teams=teams).groups(crew)
    assert [(group.team, group.agents) for group in groups] == [
        ("Front", ("nina", "sara", "reza")),
        (None, ("lena", "amir")),
    ]
    assert all(group.queue_id is None for group in groups)


@pytest.mark.parametrize(
    ("sorting", "order"),
    [
        (Sorting.NAME, ("amir", "nina", "reza", "sara")),
        (Sorting.STATE, ("reza", "nina", "sara", "amir")),
        (Sorting.LONGEST, ("nina", "sara", "reza", "amir")),
        (Sorting.QUEUE, ("reza", "nina", "sara", "amir")),
    ],
)
def test_that_a_list_can_be_sorted(sorting: Sorting, order: tuple[str, ...]) -> None:
    plain = Arrangement(grouping=Grouping.NOTHING, sorting=sorting)
    assert ids(plain) == [order]
    backwards = Arrangement(grouping=Grouping.NOTHING, sorting=sorting, backwards=True)
    assert ids(backwards) == [order[::-1]]


def test_that_only_chosen_states_and_matches_are_shown() -> None:
    assert ids(Arrangement(states=frozenset({AgentState.IN_CALL}))) == [("nina", "sara")]
    found = arranged(CREW, Arrangement(), matches=lambda one: "a" in one.name[1:])
    assert [group.agents for group in found] == [("reza",), ("nina", "sara")]
    assert arranged((), Arrangement(grouping=Grouping.NOTHING)) == ()


def test_that_every_state_has_a_place() -> None:
    assert set(STATE_ORDER) == set(AgentState)


@pytest.mark.parametrize(
    ("state", "minutes", "severity"),
    [
        (AgentState.WRAP_UP, 3.0, Severity.CALM),
        (AgentState.WRAP_UP, 3.1, Severity.WARNING),
        (AgentState.WRAP_UP, 6.1, Severity.CRITICAL),
        (AgentState.FREE, 600.0, Severity.CALM),
        (AgentState.OTHER, 600.0, Severity.CALM),
        (AgentState.OFFLINE, 600.0, Severity.CALM),
    ],
)
def test_that_only_who_is_over_the_limit_of_a_state_is_marked(
    state: AgentState, minutes: float, severity: Severity
) -> None:
    assert judge_age(state, timedelta(minutes=minutes)) is severity


def test_that_the_share_of_a_limit_ends_at_all_of_it() -> None:
    assert used_up(AgentState.RINGING, timedelta(seconds=15)) == 0.5
    assert used_up(AgentState.RINGING, timedelta(seconds=99)) == 1.0
    assert used_up(AgentState.RINGING, timedelta(seconds=-1)) == 0.0
    assert used_up(AgentState.RINGING, None) is None
    assert used_up(AgentState.FREE, timedelta(hours=9)) is None
    assert judge_age(AgentState.RINGING, None) is Severity.CALM


AGENTS = st.lists(
    st.builds(
        agent,
        st.text("abcde", min_size=1, max_size=3),
        st.sampled_from(AgentState),
        seconds=st.one_of(st.none(), st.integers(0, 500)),
        queues=st.sampled_from([(), ("q0",), ("q1",), ("q0", "q1"), ("q9",)]),
    ),
    max_size=20,
    unique_by=lambda one: one.agent_id,
)
ARRANGEMENTS = st.builds(
    Arrangement,
    grouping=st.sampled_from(Grouping),
    sorting=st.sampled_from(Sorting),
    backwards=st.booleans(),
)


@given(AGENTS, ARRANGEMENTS, st.randoms(use_true_random=False))
def test_that_nobody_is_left_out_and_the_order_is_the_same_however_they_come(
    agents: list[Agent], arrangement: Arrangement, chance: random.Random
) -> None:
    groups = arranged(agents, arrangement, queues=QUEUES)
    placed = [agent_id for group in groups for agent_id in group.agents]
    by_queue = arrangement.grouping is Grouping.QUEUE
    times = sum(max(1, len(one.queues)) if by_queue else 1 for one in agents)
    assert len(placed) == times
    assert set(placed) == {one.agent_id for one in agents}
    mixed = list(agents)
    chance.shuffle(mixed)
    assert arranged(mixed, arrangement, queues=QUEUES) == groups


CHANGES = st.lists(st.tuples(st.sampled_from(["come", "go", "same"]), AGENTS), max_size=6)


@given(AGENTS, CHANGES, ARRANGEMENTS, st.booleans())
def test_that_a_lineup_that_lived_is_the_one_that_all_made_anew_gives(
    agents: list[Agent],
    changes: list[tuple[str, list[Agent]]],
    arrangement: Arrangement,
    filtered: bool,
) -> None:
    matches = (lambda one: "a" in one.name) if filtered else None
    lineup = Lineup(arrangement, matches=matches, queues=QUEUES)
    crew = {one.agent_id: one for one in agents}
    for what, others in changes:
        if what == "go":
            crew = {
                key: one for key, one in crew.items() if key not in {o.agent_id for o in others}
            }
        elif what == "come":
            crew = {**crew, **{one.agent_id: one for one in others}}
        expected = arranged(crew.values(), arrangement, matches=matches, queues=QUEUES)
        assert lineup.groups(crew) == expected


SECONDS = st.lists(st.one_of(st.none(), st.integers(0, 400)), min_size=7, max_size=7)


@given(
    st.lists(SECONDS, min_size=1, max_size=5),
    st.lists(st.booleans(), min_size=5, max_size=5),
    st.sampled_from([Sorting.LONGEST, Sorting.STATE]),
    st.booleans(),
)
def test_that_an_order_by_time_is_that_of_a_plain_sort_whoever_looked_at_the_ones_before(
    crews: list[list[int | None]], looked_at: list[bool], sorting: Sorting, backwards: bool
) -> None:
    states = tuple(AgentState)
    plain = Arrangement(grouping=Grouping.NOTHING, sorting=sorting, backwards=backwards)
    lineup = Lineup(plain)
    given, expected = [], []
    for ages, looks in zip(crews, looked_at, strict=False):
        crew = [
            agent(f"a{at}", states[(at + (age or 0)) % len(states)], seconds=age)
            for at, age in enumerate(ages)
        ]

        def key(one: Agent) -> tuple[object, ...]:
            place = STATE_ORDER.index(one.state) if sorting is Sorting.STATE else 0
            known = one.state_since is not None
            return place, not known, one.state_since, one.agent_id

        in_order = tuple(one.agent_id for one in sorted(crew, key=key, reverse=backwards))
        (group,) = lineup.groups({one.agent_id: one for one in crew})
        if looks:
            assert group.agents == in_order
        given.append(group.agents)
        expected.append(in_order)
    # Those of before are values: what came after them changed nothing in them.
    assert given == expected
    assert list(map(hash, given)) == list(map(hash, expected))


def test_that_who_leaves_a_group_and_comes_back_stands_in_it_again() -> None:
    lineup = Lineup(Arrangement(grouping=Grouping.QUEUE), queues=QUEUES)
    others = [agent(f"a{at}", seconds=at) for at in range(8)]
    groups: Sequence[Group] = ()
    for queues in (("q0",), ("q1",), ("q0",), ("q0", "q1"), ("q1",), ("q0", "q1")):
        crew = [*others, agent("Sara", seconds=4.5, queues=queues)]
        groups = lineup.groups({one.agent_id: one for one in crew})
    in_q0 = next(group.agents for group in groups if group.queue_id == "q0")
    assert in_q0 == ("a7", "a6", "a5", "sara", "a4", "a3", "a2", "a1", "a0")


def test_that_an_order_is_read_like_a_tuple() -> None:
    lineup = Lineup(Arrangement(grouping=Grouping.NOTHING))
    crew = {one.agent_id: one for one in (agent(f"a{at}", seconds=20 * at) for at in range(9))}
    (group,) = lineup.groups(crew)
    ids = tuple(f"a{at}" for at in reversed(range(9)))
    order = group.agents
    assert len(order) == 9
    assert [order[at] for at in range(-9, 9)] == [ids[at] for at in range(-9, 9)]
    assert order[2:7:2] == ids[2:7:2]
    assert [order.index(one) for one in ids] == list(range(9))
    assert "a3" in order
    assert "b3" not in order
    with pytest.raises(IndexError):
        order[9]
    with pytest.raises(ValueError, match="not in tuple"):
        order.index("b3")
    assert order != ids[1:]
    assert order != list(ids)


def test_that_a_group_in_which_nobody_changed_is_the_same_object() -> None:
    lineup = Lineup(Arrangement(), queues=QUEUES)
    crew = {one.agent_id: one for one in CREW}
    before = lineup.groups(crew)
    changed = agent("Reza", AgentState.FREE, seconds=1, queues=("q1",))
    after = lineup.groups({**crew, changed.agent_id: changed})
    assert after == before
    assert after[0] is not before[0]
    assert after[1] is before[1]
    assert after[2] is before[2]
    assert lineup.groups({}) == ()


@given(
    state=st.sampled_from(AgentState),
    age=st.floats(min_value=0, max_value=9_000),
    later=st.floats(min_value=0, max_value=600),
)
def test_that_who_is_judged_alike_is_judged_alike(
    state: AgentState, age: float, later: float
) -> None:
    now, then = timedelta(seconds=age), timedelta(seconds=age + later)
    begin, end = judged_alike(state, now, 100)
    if not begin <= now < end or not begin <= then < end:
        return
    assert judge_age(state, now) is judge_age(state, then)
    shares = [used_up(state, each) for each in (now, then)]
    assert len({None if share is None else round(share * 100) for share in shares}) == 1


@pytest.mark.parametrize("state", AgentState)
def test_that_nearly_every_age_is_well_within_those_judged_alike(state: AgentState) -> None:
    ages = [timedelta(seconds=second + 0.37) for second in range(5_000)]
    within = [begin <= age < end for age in ages for begin, end in [judged_alike(state, age, 100)]]
    assert sum(within) > 0.98 * len(ages)
