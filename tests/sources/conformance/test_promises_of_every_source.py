"""What every source promises, asked of every source."""

from __future__ import annotations

import pytest
from support.conforming import RUNS, Look, looks_of_named

from wallboard.domain.facts import CallRecord, Ending, FactId
from wallboard.domain.snapshot import AgentState
from wallboard.domain.source import Fetched
from wallboard.domain.totals import Totals
from wallboard.domain.waits import Waits
from wallboard.engine.as_json import board_json

Looks = tuple[Look, ...]


@pytest.fixture(params=[run.name for run in RUNS])
def looks(request: pytest.FixtureRequest) -> Looks:
    return looks_of_named(request.param)


def said_in(looks: Looks) -> list[Fetched]:
    return [look.said for look in looks if look.said is not None]


def decided_sum(totals: Totals) -> int:
    return (
        totals.answered
        + totals.abandoned
        + totals.timed_out
        + totals.left_by_key
        + totals.left_empty
        + totals.left_otherwise
        + totals.unknown
        + totals.waiting
    )


def test_that_it_says_something(looks: Looks) -> None:
    assert len(said_in(looks)) > len(looks) // 4
    assert sum(len(said.facts) for said in said_in(looks)) > 0


def test_that_no_count_and_no_sum_is_ever_negative(looks: Looks) -> None:
    for look in looks:
        for standing in look.board.queues.values():
            for name in Totals._fields:
                value = getattr(standing.totals, name)
                assert value >= type(value)(0), name
            totals = standing.totals
            assert Waits(totals.waits).count == totals.waits_known
            assert Waits(totals.abandon_waits).count == totals.abandon_waits_known
            assert standing.free >= 0
            assert standing.busy >= 0


def test_that_whoever_was_offered_is_accounted_for(looks: Looks) -> None:
    for look in looks:
        for standing in look.board.queues.values():
            assert standing.totals.offered == decided_sum(standing.totals)
            assert standing.totals.waiting == standing.waiting


def test_that_the_board_for_machines_adds_up(looks: Looks) -> None:
    shown = board_json(looks[-1].board, looks[-1].now)
    parts = (
        "answered",
        "abandoned",
        "timed_out",
        "left_by_key",
        "left_otherwise",
        "unknown",
        "waiting",
    )
    for queue in shown["queues"]:
        assert queue["offered"] == sum(queue[part] for part in parts)


def test_that_a_fact_never_changes(looks: Looks) -> None:
    known: dict[FactId, CallRecord] = {}
    for said in said_in(looks):
        for fact in said.facts:
            assert known.setdefault(fact.fact_id, fact) == fact


def test_that_a_call_which_is_gone_has_its_fact_in_the_same_answer(looks: Looks) -> None:
    before: set[str] = set()
    for said in said_in(looks):
        told = {fact.call_id for fact in said.facts}
        assert before - set(said.snapshot.calls) <= told
        before = set(said.snapshot.calls)


def test_that_no_call_is_over_and_still_there(looks: Looks) -> None:
    over: set[str] = set()
    for said in said_in(looks):
        over |= {fact.call_id for fact in said.facts}
        assert not over & set(said.snapshot.calls)


def test_that_what_was_fetched_is_neither_lost_nor_counted_twice(looks: Looks) -> None:
    met: set[str] = set()
    told: set[str] = set()
    for look in looks:
        if look.said is not None:
            met |= set(look.said.snapshot.calls)
            told |= {fact.call_id for fact in look.said.facts}
        if look.board.snapshot is not None:
            there = len(look.board.snapshot.calls)
            offered = sum(row.totals.offered for row in look.board.queues.values())
            assert offered == len(told) + there
            assert met <= told | set(look.board.snapshot.calls)


def test_that_the_times_of_a_call_are_in_order(looks: Looks) -> None:
    for said in said_in(looks):
        for call in said.snapshot.calls.values():
            times = [call.entered_at, call.answered_at, said.snapshot.as_of]
            known = [at for at in times if at is not None]
            assert known == sorted(known)


def test_that_the_times_of_a_fact_are_in_order(looks: Looks) -> None:
    for said in said_in(looks):
        for fact in said.facts:
            spans = (fact.wait, fact.talk, fact.hold)
            assert all(span.total_seconds() >= 0 for span in spans if span is not None)
            assert fact.entered_at <= fact.ended_at <= said.snapshot.as_of
            if fact.wait is not None:
                assert fact.entered_at + fact.wait <= fact.ended_at


def test_that_only_an_answered_call_has_a_talk_and_only_a_known_end_a_wait(looks: Looks) -> None:
    for said in said_in(looks):
        for fact in said.facts:
            if fact.ending is not Ending.ANSWERED:
                assert fact.talk is None
                assert fact.hold is None
                assert fact.wrap_up is None
            if fact.ending is Ending.UNKNOWN:
                assert fact.wait is None


def test_that_queues_of_agents_and_calls_exist(looks: Looks) -> None:
    for said in said_in(looks):
        queues = said.snapshot.queues
        for agent in said.snapshot.agents.values():
            assert set(agent.queues) <= set(queues)
        for call in said.snapshot.calls.values():
            assert call.queue_id in queues
            assert call.agent_id is None or call.agent_id in said.snapshot.agents


def test_that_an_agent_and_his_call_agree(looks: Looks) -> None:
    for said in said_in(looks):
        for agent in said.snapshot.agents.values():
            if agent.call_id is not None:
                assert agent.state in (AgentState.IN_CALL, AgentState.ON_HOLD)
                assert said.snapshot.calls[agent.call_id].agent_id == agent.agent_id


def test_that_nobody_is_in_a_state_since_the_future(looks: Looks) -> None:
    for said in said_in(looks):
        for agent in said.snapshot.agents.values():
            assert agent.state_since is None or agent.state_since <= said.snapshot.as_of


def test_that_keys_are_those_of_their_rows(looks: Looks) -> None:
    for said in said_in(looks):
        assert all(key == row.queue_id for key, row in said.snapshot.queues.items())
        assert all(key == row.agent_id for key, row in said.snapshot.agents.items())
        assert all(key == row.call_id for key, row in said.snapshot.calls.items())


def test_that_rows_which_did_not_change_are_the_same_objects(looks: Looks) -> None:
    before: Fetched | None = None
    for said in said_in(looks):
        if before is not None:
            for rows, old in (
                (said.snapshot.queues, before.snapshot.queues),
                (said.snapshot.agents, before.snapshot.agents),
                (said.snapshot.calls, before.snapshot.calls),
            ):
                assert all(row is old[key] for key, row in rows.items() if old.get(key) == row)
        before = said


def test_that_time_never_goes_back(looks: Looks) -> None:
    times = [said.snapshot.as_of for said in said_in(looks)]
    assert times == sorted(times)
    assert all(at.utcoffset() is not None for at in times)


def test_that_what_was_handed_on_is_never_changed(looks: Looks) -> None:
    for look in looks:
        assert (look.said and look.said.snapshot) == look.copy
