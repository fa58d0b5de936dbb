"""Calls are divided by hours only if these are known when the calls were taken."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from wallboard.domain.facts import AgentSpell, CallRecord, Ending, FactId
from wallboard.domain.snapshot import AgentId, AgentState, CallId, QueueId
from wallboard.engine.hours_known import hours_tell, shares_tell, taken_unwatched

BEGIN = datetime(2026, 11, 22, 8, tzinfo=UTC)
END = BEGIN + timedelta(hours=2)
MINUTE = timedelta(minutes=1)
ANNA, OMID = AgentId("Anna"), AgentId("Omid")


def call(
    minute: float, agent: AgentId | None, wait: float = 0, ending: Ending = Ending.ANSWERED
) -> CallRecord:
    key = f"{minute} {agent}"
    return CallRecord(
        fact_id=FactId(key),
        call_id=CallId(key),
        queue_id=QueueId("q"),
        entered_at=BEGIN + minute * MINUTE,
        ended_at=BEGIN + (minute + wait + 2) * MINUTE,
        ending=ending,
        wait=wait * MINUTE,
        agent_id=agent,
    )


def spell(begin: float, end: float, agent: AgentId = ANNA) -> AgentSpell:
    return AgentSpell(
        fact_id=FactId(f"{agent} {begin}"),
        agent_id=agent,
        state=AgentState.FREE,
        began_at=BEGIN + begin * MINUTE,
        ended_at=BEGIN + end * MINUTE,
    )


def test_that_a_call_counts_when_it_was_taken_and_not_when_it_came() -> None:
    seen = (spell(10, 20), spell(20, 30))
    calls = (call(9, ANNA, wait=2), call(20, ANNA), call(29, ANNA, wait=2), call(5, ANNA))
    assert taken_unwatched(calls, seen, END) == {ANNA: 2}


def test_that_one_whom_nobody_saw_is_not_there_because_another_one_is() -> None:
    calls = (call(15, ANNA), call(15, OMID))
    assert taken_unwatched(calls, (spell(10, 20),), END) == {OMID: 1}


def test_that_a_call_of_whom_nobody_names_is_of_the_hours_of_those_who_were_there() -> None:
    calls = (call(16, None), call(30, None))
    assert taken_unwatched(calls, (spell(10, 20),), END) == {None: 1}


def test_that_a_call_that_was_taken_once_somebody_watched_again_is_not_in_question() -> None:
    assert taken_unwatched((call(119, ANNA, wait=2),), (), END) == {}


def test_that_a_caller_whom_nobody_answered_was_taken_by_nobody() -> None:
    assert taken_unwatched((call(5, None, ending=Ending.ABANDONED),), (), END) == {}


@pytest.mark.parametrize(
    ("taken", "unwatched", "told"), [(0, 0, True), (100, 2, True), (100, 3, False), (3, 3, False)]
)
def test_that_hours_tell_unless_more_than_two_of_a_hundred_calls_are_not_theirs(
    taken: int, unwatched: int, told: bool
) -> None:
    assert hours_tell(taken, unwatched) is told


@pytest.mark.parametrize(
    ("taken", "unwatched", "told"), [(0, 0, True), (4, 2, True), (4, 3, False)]
)
def test_that_shares_of_hours_tell_of_the_work_if_half_of_it_was_seen(
    taken: int, unwatched: int, told: bool
) -> None:
    assert shares_tell(taken, unwatched) is told
