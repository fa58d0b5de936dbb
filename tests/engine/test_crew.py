from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st
from support.snapshots import QUEUE_IDS, a_snapshot, an_agent, successions

from wallboard.domain.snapshot import Agent, AgentState, QueueId, Snapshot, difference
from wallboard.engine.crew import BUSY, Crew, counted


def from_scratch(people: list[Agent]) -> tuple[Counter[object], dict[str, Counter[object]]]:
    site = Counter[object](agent.state for agent in people)
    queues = {
        queue_id: Counter[object](agent.state for agent in people if queue_id in agent.queues)
        for queue_id in QUEUE_IDS
    }
    return site, queues


@given(st.integers(1, 6).flatmap(successions))
def test_that_counting_by_changes_equals_counting_from_scratch(pictures: list[Snapshot]) -> None:
    crew, before = Crew(), a_snapshot()
    for picture in pictures:
        change = difference(before, picture)
        was = crew
        crew, altered = counted(crew, before.agents, change.agents, change.agents_gone)
        site, queues = from_scratch(list(picture.agents.values()))
        assert +Counter(crew.site) == site
        for queue_id in map(QueueId, QUEUE_IDS):
            assert +Counter(crew.queues.get(queue_id, {})) == queues[queue_id]
            assert crew.free(queue_id) == queues[queue_id][AgentState.FREE]
            assert crew.busy(queue_id) == sum(queues[queue_id][state] for state in BUSY)
            if queue_id not in altered:
                assert crew.queues.get(queue_id) == was.queues.get(queue_id)
        before = picture


def test_that_an_agent_of_two_queues_is_one_person_and_in_both() -> None:
    crew, altered = counted(Crew(), {}, [an_agent(queues=("q1", "q2"))], ())
    assert crew.site == {AgentState.FREE: 1}
    assert crew.free(QueueId("q1")) == crew.free(QueueId("q2")) == 1
    assert altered == {"q1", "q2"}


def test_that_a_change_that_is_no_change_of_state_counts_nothing_anew() -> None:
    agent = an_agent()
    crew, _ = counted(Crew(), {}, [agent], ())
    renamed = an_agent(since=None)
    assert counted(crew, {agent.agent_id: agent}, [renamed], ()) == (crew, frozenset())


def test_that_who_was_never_there_cannot_go() -> None:
    assert counted(Crew(), {}, (), [an_agent().agent_id]) == (Crew(), frozenset())
