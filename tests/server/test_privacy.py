"""A screen that strangers pass by: no name, no number, no id of anybody, no command."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.clocks import NOON
from support.feeds import MARKS, NAMED_FAULT, HandFeed
from support.served import InProcess, Reply, in_process

from wallboard.domain.errors import FaultKind, fault
from wallboard.domain.facts import (
    AgentSpell,
    CallRecord,
    DirectCall,
    Direction,
    Ending,
    Fact,
    FactId,
)
from wallboard.domain.snapshot import (
    Agent,
    AgentId,
    AgentState,
    Call,
    CallId,
    Queue,
    QueueId,
    Snapshot,
)
from wallboard.server.rights import Role

CANARY = "kanarya"
SECOND = timedelta(seconds=1)

# Whatever else stands in it, a text about somebody bears the mark.
persons = st.text(max_size=12).map(lambda text: f"{CANARY}{text}")
maybe = st.none() | persons


@pytest.fixture
def server(tmp_path: Path) -> Iterator[InProcess]:
    with in_process(tmp_path, HandFeed(with_board=True)) as there:
        yield there


def asked(server: InProcess, token: str, since: str | None) -> list[Reply]:
    """Ask all that can be asked."""
    paths = [
        "/v1/snapshot",
        f"/v1/snapshot?since={since or 'x'}",
        "/v1/facts",
        "/v1/facts?after=0",
        "/v1/facts?after=0&limit=1",
        "/v1/facts?after=nothing",
        "/v1/history?from=2026-11-22T00:00:00Z&to=2026-11-24T00:00:00Z",
        "/v1/capabilities",
        "/v1/health",
        "/v1/commands/x",
        "/metrics",
        "/v1/nothing",
    ]
    return [server.get(path, token) for path in paths]


def _facts(one: str, two: str, number: int) -> tuple[Fact, ...]:
    return (
        CallRecord(
            fact_id=FactId(f"{one}-{number}"),
            call_id=CallId(f"{two}-{number}"),
            queue_id=QueueId("q1"),
            entered_at=NOON,
            ended_at=NOON + SECOND,
            ending=Ending.ABANDONED,
            wait=SECOND,
            contact=one,
            agent_id=AgentId(two),
            caller_number=one,
        ),
        AgentSpell(
            fact_id=FactId(f"s{one}-{number}"),
            agent_id=AgentId(one),
            state=AgentState.ON_BREAK,
            began_at=NOON,
            ended_at=NOON + SECOND,
            reason=two,
        ),
        DirectCall(
            fact_id=FactId(f"d{one}-{number}"),
            call_id=CallId(two),
            direction=Direction.INCOMING,
            began_at=NOON,
            ended_at=NOON + SECOND,
            answered=False,
            agent_id=AgentId(one),
            far_number=two,
            contact=one,
        ),
    )


def _snapshot(texts: list[str], reason: str | None, number: str | None) -> Snapshot:
    agents = {
        AgentId(text): Agent(
            agent_id=AgentId(text),
            name=f"{text} X",
            state=AgentState.ON_BREAK,
            queues=(QueueId("q1"),),
            reason=reason,
            call_id=CallId(f"call of {text}"),
        )
        for text in texts
    }
    calls = {
        CallId(f"call of {text}"): Call(
            call_id=CallId(f"call of {text}"),
            queue_id=QueueId("q1"),
            caller_number=number,
            caller_name=text,
            entered_at=NOON,
            agent_id=AgentId(text),
        )
        for text in texts
    }
    queues = {QueueId("q1"): Queue(queue_id=QueueId("q1"), name="Sales")}
    return Snapshot(as_of=NOON, queues=queues, agents=agents, calls=calls)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    stories=st.lists(st.lists(persons, max_size=4, unique=True), min_size=1, max_size=3),
    reason=maybe,
    number=maybe,
    narrow=st.booleans(),
)
def test_that_no_answer_to_a_screen_holds_anything_of_anybody(
    server: InProcess,
    stories: list[list[str]],
    reason: str | None,
    number: str | None,
    narrow: bool,
) -> None:
    server.clock.pass_by(60)
    token = server.token(Role.TV, queues=("q1",) if narrow else None)
    since = None
    for at, texts in enumerate(stories):
        one, two = (texts or [CANARY])[0], (texts or [CANARY])[-1]
        server.feed.put(_snapshot(texts, reason, number), _facts(one, two, at))
        server.feed.warn(
            fault(FaultKind.MEMBERS_UNRESOLVED, count=1, names=one),
            fault(FaultKind.SIGN_IN, host=two, username=one),
        )
        server.feed.fail(fault(FaultKind.SERVER_ERROR, said=one))
        for reply in asked(server, token, since):
            assert CANARY.encode() not in reply.body.lower()
            assert CANARY not in json.dumps(dict(reply.headers)).lower()
        since = server.get("/v1/snapshot", token).json["version"]
    told = server.command(token, command="listen", agent_id=(stories[0] or ["x"])[0])
    assert told.status == 403
    assert CANARY.encode() not in told.body
    assert server.feed.given == []


def test_that_the_marks_are_there_for_who_may_see_them(server: InProcess) -> None:
    """Otherwise the test above would look for what is nowhere."""
    server.feed.put(_snapshot([CANARY], CANARY, CANARY), _facts(CANARY, CANARY, 0))
    token = server.token(Role.ADMINISTRATOR)
    bodies = [reply.body for reply in asked(server, token, None)]
    assert sum(CANARY.encode() in body for body in bodies) >= 5


def test_that_a_day_of_a_site_tells_a_screen_nobody(server: InProcess) -> None:
    token = server.token(Role.TV)
    server.feed.begin()
    server.feed.warn(NAMED_FAULT)
    since = None
    for _ in range(40):
        server.feed.tick(0.3)
        for reply in asked(server, token, since):
            told = reply.body.decode().lower()
            assert not [mark for mark in MARKS if mark.lower() in told]
        since = server.get("/v1/snapshot", token).json["version"]
    facts = server.get("/v1/facts?after=0&limit=9999", token).json["facts"]
    assert {fact["kind"] for fact in facts} == {"call", "direct"}
    assert not [fact for fact in facts if "agent_id" in fact]


def test_that_a_screen_and_a_manager_count_the_same(server: InProcess) -> None:
    screen, manager = server.token(Role.TV), server.token(Role.MANAGER)
    server.feed.begin()
    for _ in range(20):
        server.feed.tick(0.4)
    ours, theirs = (server.get("/v1/snapshot", token).json for token in (screen, manager))
    assert ours["queues"] == theirs["queues"]
    assert [row["state"] for row in ours["agents"]] == [row["state"] for row in theirs["agents"]]
    assert [row["entered_at"] for row in ours["calls"]] == [
        row["entered_at"] for row in theirs["calls"]
    ]
    # Who has which call is the same under other names.
    calls = {row["call_id"] for row in ours["calls"]}
    talking = [row["call_id"] for row in ours["agents"] if row["call_id"] is not None]
    assert talking
    assert calls.issuperset(talking)
