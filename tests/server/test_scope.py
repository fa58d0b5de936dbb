"""What each scope sees: nothing beyond it, and the same whether told whole or by changes."""

from __future__ import annotations

import gzip
import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.clocks import NOON
from support.feeds import LIVE, MARKS, NAMED_FAULT, HandFeed
from support.snapshots import a_call, a_queue, an_agent

from wallboard.api.picture import PictureReader
from wallboard.domain.errors import FaultKind, fault
from wallboard.domain.facts import (
    AgentSpell,
    CallRecord,
    DirectCall,
    Ending,
    FactId,
    Retraction,
)
from wallboard.domain.snapshot import Agent, AgentId, Call, CallId, Queue, QueueId, Snapshot
from wallboard.server.feed import Issue
from wallboard.server.rights import Role, Scope
from wallboard.server.scope import Pictures, Veil, told_fault

KEY = b"k" * 32
EVERYBODY = (
    Scope(role=Role.TV),
    Scope(role=Role.TV, queues=frozenset({QueueId("q1")})),
    Scope(role=Role.SUPERVISOR, queues=frozenset({QueueId("q1"), QueueId("q2")})),
    Scope(role=Role.SUPERVISOR, agents=frozenset({AgentId("a1"), AgentId("a3")})),
    Scope(
        role=Role.SUPERVISOR, queues=frozenset({QueueId("q2")}), agents=frozenset({AgentId("a1")})
    ),
    Scope(role=Role.SUPERVISOR, queues=frozenset()),
    Scope(role=Role.MANAGER),
    Scope(role=Role.ADMINISTRATOR),
)


def pictures() -> Pictures:
    return Pictures(KEY, frozenset)


def issue(number: int, snapshot: Snapshot) -> Issue:
    return Issue(version=f"t.{number}", snapshot=snapshot, source=LIVE, facts_until=str(number))


def a_snapshot(*rows: Queue | Agent | Call, seconds: float = 0.0) -> Snapshot:
    return Snapshot(
        as_of=NOON + timedelta(seconds=seconds),
        queues={row.queue_id: row for row in rows if isinstance(row, Queue)},
        agents={row.agent_id: row for row in rows if isinstance(row, Agent)},
        calls={row.call_id: row for row in rows if isinstance(row, Call)},
    )


def expected(snapshot: Snapshot, scope: Scope) -> Snapshot:
    """What a scope sees, row by row and without any memory."""
    veil = Veil(scope, KEY)
    queues = [row for each in snapshot.queues.values() if (row := veil.queue(each))]
    agents = []
    for each in snapshot.agents.values():
        call = snapshot.calls.get(each.call_id) if each.call_id is not None else None
        row = veil.agent(each, None if call is None else call.queue_id)
        if row is not None:
            # Who has no name is called by his id, on the other side.
            agents.append(row if row.name else replace(row, name=row.agent_id))
    calls = [row for each in snapshot.calls.values() if (row := veil.call(each))]
    return a_snapshot(*queues, *agents, *calls)


_ids = st.sampled_from(["1", "2", "3", "4"])
_queues = st.builds(a_queue, _ids.map("q{}".format), name=st.sampled_from(["A", "B"]))
_agents = st.builds(
    an_agent,
    _ids.map("a{}".format),
    queues=st.lists(_ids.map("q{}".format), unique=True, max_size=3),
    call_id=st.none() | _ids.map("c{}".format),
)
_calls = st.builds(
    lambda call, agent: replace(call, agent_id=agent),
    st.builds(a_call, _ids.map("c{}".format), _ids.map("q{}".format)),
    st.none() | _ids.map("a{}".format),
)
_snapshots = st.lists(_queues | _agents | _calls, max_size=12).map(lambda rows: a_snapshot(*rows))


@given(
    scope=st.sampled_from(EVERYBODY),
    story=st.lists(_snapshots, min_size=2, max_size=8),
    asks=st.lists(st.integers(0, 2), min_size=8, max_size=8),
)
def test_that_changes_add_up_to_what_the_scope_sees(
    scope: Scope, story: list[Snapshot], asks: list[int]
) -> None:
    """Three walls ask now and then; each time they know all that is true, and nothing else."""
    told = pictures()
    walls = [PictureReader() for _ in range(3)]
    for number, (snapshot, who) in enumerate(zip(story, asks, strict=False)):
        told.take(issue(number, snapshot))
        view, wall = told.seen_by(scope), walls[who]
        taken = wall.read(view.answer(wall.version).body)
        wanted = expected(snapshot, scope)
        assert dict(taken.snapshot.queues) == dict(wanted.queues)
        assert dict(taken.snapshot.agents) == dict(wanted.agents)
        assert dict(taken.snapshot.calls) == dict(wanted.calls)
        assert taken.facts_until == str(number)
        assert taken.clean


def test_that_a_wall_far_behind_is_told_everything() -> None:
    told, scope = pictures(), Scope(role=Role.MANAGER)
    told.take(issue(0, a_snapshot(a_queue("q1"))))
    first = told.seen_by(scope).version
    for number in range(1, 200):
        told.take(issue(number, a_snapshot(a_queue("q1", name=f"N{number}"), seconds=number)))
        told.seen_by(scope)
        told_since = msgspec.json.decode(told.seen_by(scope).answer(first).body)["since"]
        assert told_since == (first if number <= 120 else None), number


def test_that_versions_that_nobody_asked_for_are_gone_through() -> None:
    """Another replica may have told them."""
    told, scope = pictures(), Scope(role=Role.SUPERVISOR, queues=frozenset({QueueId("q1")}))
    told.take(issue(0, a_snapshot(a_queue("q1"))))
    mark = told.seen_by(scope).mark
    for number in range(1, 6):
        told.take(issue(number, a_snapshot(a_queue("q1", name=f"N{number}"))))
    answer = msgspec.json.decode(told.seen_by(scope).answer(f"t.3.{mark}").body)
    assert answer["since"] == f"t.3.{mark}"
    assert [row["name"] for row in answer["queues"]] == ["N5"]


def test_that_another_scopes_version_is_answered_by_everything() -> None:
    told = pictures()
    told.take(issue(0, a_snapshot(a_queue("q1"), a_queue("q2"))))
    manager = told.seen_by(Scope(role=Role.MANAGER))
    other = told.seen_by(Scope(role=Role.MANAGER, queues=frozenset({QueueId("q1")})))
    assert manager.version != other.version
    answer = msgspec.json.decode(other.answer(manager.version).body)
    assert answer["since"] is None
    assert len(answer["queues"]) == 1


def test_that_who_waits_for_the_same_is_given_the_same_bytes() -> None:
    told, scope = pictures(), Scope(role=Role.MANAGER)
    told.take(issue(0, a_snapshot(a_queue("q1"))))
    before = told.seen_by(scope).version
    told.take(issue(1, a_snapshot(a_queue("q1", name="B"))))
    view = told.seen_by(scope)
    assert view.answer(before) is view.answer(before)
    assert view.answer(None) is view.answer("nonsense")
    assert view.answer(None) is not view.answer(None, anew=True)


def test_that_a_later_word_of_the_source_is_in_the_next_answer() -> None:
    told, scope = pictures(), Scope(role=Role.MANAGER)
    first = issue(0, a_snapshot(a_queue("q1")))
    told.take(first)
    view = told.seen_by(scope)
    version = view.version
    later = replace(first.snapshot, as_of=NOON + timedelta(seconds=9))
    told.take(replace(first, snapshot=later))
    again = told.seen_by(scope)
    assert again.version == version
    assert b'"as_of":"2026-11-22T12:00:09Z"' in again.answer(None).body


def test_that_a_packed_answer_is_the_same_one() -> None:
    told = pictures()
    told.take(issue(0, a_snapshot(*(a_queue(f"q{number}") for number in range(50)))))
    answer = told.seen_by(Scope(role=Role.MANAGER)).answer(None)
    assert answer.worth_packing
    assert gzip.decompress(answer.packed()) == answer.body
    assert answer.packed() is answer.packed()


def test_that_an_agents_call_in_a_queue_that_is_not_seen_is_not_told() -> None:
    scope = Scope(role=Role.SUPERVISOR, queues=frozenset({QueueId("q1")}))
    told, wall = pictures(), PictureReader()
    agent = an_agent("a1", queues=("q1", "q2"), call_id="c1")
    told.take(issue(0, a_snapshot(a_queue("q1"), a_queue("q2"), agent, a_call("c1", "q2"))))
    seen = wall.read(told.seen_by(scope).answer(None).body).snapshot
    assert seen.agents[agent.agent_id].call_id is None
    assert seen.agents[agent.agent_id].queues == ("q1",)
    assert not seen.calls
    # The call goes on in a queue that is seen; his own row stays as it was.
    told.take(issue(1, a_snapshot(a_queue("q1"), a_queue("q2"), agent, a_call("c1", "q1"))))
    seen = wall.read(told.seen_by(scope).answer(wall.version).body).snapshot
    assert seen.agents[agent.agent_id].call_id == "c1"


def test_that_a_screen_knows_people_again_but_not_who_they_are() -> None:
    first, second = Veil(Scope(role=Role.TV), KEY), Veil(Scope(role=Role.TV), b"x" * 32)
    ids = [AgentId(f"a{number}") for number in range(2000)]
    hashed = [first.agent_id(each) for each in ids]
    assert len(set(hashed)) == 2000
    assert hashed == [first.agent_id(each) for each in ids]
    assert set(hashed).isdisjoint(second.agent_id(each) for each in ids)
    assert Veil(Scope(role=Role.MANAGER), KEY).agent_id(ids[0]) == "a0"


def test_that_facts_are_told_only_where_they_belong() -> None:
    feed = HandFeed(with_board=False)
    feed.begin()
    for _ in range(30):
        feed.tick(0.3)
    facts = [each.fact for each in feed.facts("0", None, 10_000)[0]]
    seen_agent = AgentId("SIP/anahita-1")
    scope = Scope(role=Role.SUPERVISOR, queues=frozenset({QueueId("q1")}))
    veil = Veil(scope, KEY)
    told = [fact for each in facts if (fact := veil.fact(each, {seen_agent}))]
    assert {fact.queue_id for fact in told if isinstance(fact, CallRecord)} == {"q1"}
    assert {fact.agent_id for fact in told if isinstance(fact, AgentSpell)} == {seen_agent}
    assert not [fact for fact in told if isinstance(fact, DirectCall)]  # all are another's

    screen = Veil(Scope(role=Role.TV), KEY)
    shown = [fact for each in facts if (fact := screen.fact(each, ()))]
    assert not [fact for fact in shown if isinstance(fact, AgentSpell)]
    calls = [fact for fact in facts if isinstance(fact, CallRecord)]
    records = [fact for fact in shown if isinstance(fact, CallRecord)]
    assert len(records) == len(calls)
    assert [record.wait for record in records] == [call.wait for call in calls]
    assert not any(mark in repr(shown) for mark in MARKS)

    everything = Veil(Scope(role=Role.ADMINISTRATOR), KEY)
    assert [everything.fact(each, ()) for each in facts] == facts


def test_that_what_is_taken_back_is_told_to_who_was_told_of_it_under_the_same_name() -> None:
    now = datetime(2026, 11, 22, 12, tzinfo=UTC)
    call = CallRecord(
        fact_id=FactId("f"),
        call_id=CallId("c"),
        queue_id=QueueId("q1"),
        entered_at=now,
        ended_at=now,
        ending=Ending.UNKNOWN,
    )
    back = Retraction(fact_id=call.fact_id, queue_id=call.queue_id, entered_at=now)
    for role in Role:
        veil = Veil(Scope(role=role), KEY)
        seen, taken = veil.fact(call, ()), veil.fact(back, ())
        assert isinstance(seen, CallRecord)
        assert isinstance(taken, Retraction)
        assert taken.fact_id == seen.fact_id
        assert (taken.fact_id == "f") is (role is not Role.TV)
    other = Veil(Scope(role=Role.SUPERVISOR, queues=frozenset({QueueId("q2")})), KEY)
    assert other.fact(back, ()) is None


@pytest.mark.parametrize("role", Role)
def test_that_a_fault_tells_nobody_a_name_who_may_not_know_it(role: Role) -> None:
    told = told_fault(NAMED_FAULT, role)
    assert told.kind is NAMED_FAULT.kind
    assert told.detail("count") == "2"
    assert bool(told.detail("names")) is (role in (Role.MANAGER, Role.ADMINISTRATOR))
    assert bool(told.detail("username")) is (role is Role.ADMINISTRATOR)


def test_that_a_screen_is_not_told_where_the_call_center_is() -> None:
    lost = fault(FaultKind.UNREACHABLE, host="pbx.intern", port=5038, reason="refused by X")
    assert told_fault(lost, Role.TV).details == ()
    assert told_fault(lost, Role.SUPERVISOR).details == (("host", "pbx.intern"), ("port", "5038"))


@pytest.mark.parametrize("role", Role)
def test_that_everybody_is_told_what_the_system_does_not_tell_and_no_name_with_it(
    role: Role,
) -> None:
    """A screen that did not know it would show that nobody is there."""
    less = fault(FaultKind.SYSTEM_TELLS_LESS, what="agents,Sara Tehrani,calls", names="Sara")
    assert told_fault(less, role).details == (("what", "agents,calls"),)


@settings(max_examples=15)
@given(seed=st.integers(0, 10_000))
def test_that_a_long_story_of_a_large_site_adds_up(seed: int) -> None:
    chance = random.Random(seed)
    feed, told = HandFeed(8, 120, seed=seed), pictures()
    scopes = [chance.choice(EVERYBODY) for _ in range(3)]
    walls = [(scope, PictureReader()) for scope in scopes]
    told.take(feed.begin())
    for _ in range(25):
        told.take(feed.tick(0.15) if chance.random() < 0.8 else feed.heartbeat())
        for scope, wall in walls:
            if chance.random() < 0.6:
                seen = wall.read(told.seen_by(scope).answer(wall.version).body).snapshot
                newest = told.newest
                assert newest is not None
                wanted = expected(newest.snapshot, scope)
                assert dict(seen.agents) == dict(wanted.agents)
                assert dict(seen.calls) == dict(wanted.calls)
                assert seen.as_of == newest.snapshot.as_of
