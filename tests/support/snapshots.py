"""Rows, facts and whole snapshots: one by one with defaults, and at random for properties."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from support.clocks import NOON
from wallboard.domain.facts import CallRecord, Ending, FactId
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
from wallboard.domain.totals import NOTHING, Totals
from wallboard.domain.waits import counted

TARGET = timedelta(seconds=20)


def a_queue(queue_id: str = "q1", target: timedelta | None = TARGET, name: str = "") -> Queue:
    return Queue(queue_id=QueueId(queue_id), name=name or queue_id.upper(), target=target)


def an_agent(
    agent_id: str = "a1",
    state: AgentState = AgentState.FREE,
    queues: Iterable[str] = ("q1",),
    since: datetime | None = NOON,
    call_id: str | None = None,
) -> Agent:
    return Agent(
        agent_id=AgentId(agent_id),
        name=agent_id.upper(),
        state=state,
        state_since=since,
        queues=tuple(QueueId(queue_id) for queue_id in queues),
        call_id=None if call_id is None else CallId(call_id),
    )


def a_call(
    call_id: str = "c1",
    queue_id: str = "q1",
    entered_at: datetime | None = NOON,
    answered_at: datetime | None = None,
) -> Call:
    return Call(
        call_id=CallId(call_id),
        queue_id=QueueId(queue_id),
        entered_at=entered_at,
        answered_at=answered_at,
    )


def a_record(
    fact_id: str = "f1",
    ending: Ending = Ending.ANSWERED,
    *,
    queue_id: str = "q1",
    entered_at: datetime = NOON,
    wait_s: float | None = 10,
    talk_s: float | None = None,
    target: timedelta | None = TARGET,
) -> CallRecord:
    """Return a fact; an answered call has talked for a minute unless told otherwise."""
    if ending is Ending.ANSWERED and talk_s is None:
        talk_s = 60
    return CallRecord(
        fact_id=FactId(fact_id),
        call_id=CallId(fact_id),
        queue_id=QueueId(queue_id),
        entered_at=entered_at,
        ended_at=entered_at + timedelta(seconds=(wait_s or 0) + (talk_s or 0)),
        ending=ending,
        wait=None if wait_s is None else timedelta(seconds=wait_s),
        talk=None if talk_s is None else timedelta(seconds=talk_s),
        target=target,
    )


def a_snapshot(
    queues: Iterable[Queue] = (),
    agents: Iterable[Agent] = (),
    calls: Iterable[Call] = (),
    as_of: datetime = NOON,
) -> Snapshot:
    return Snapshot(
        as_of=as_of,
        queues={queue.queue_id: queue for queue in queues},
        agents={agent.agent_id: agent for agent in agents},
        calls={call.call_id: call for call in calls},
    )


# At random. Few keys, so that rows meet again from snapshot to snapshot.

QUEUE_IDS = ("q1", "q2", "q3")
moments_past = st.integers(0, 7200).map(lambda ago: NOON - timedelta(seconds=ago))
targets = st.none() | st.integers(1, 120).map(lambda seconds: timedelta(seconds=seconds))
spans = st.integers(0, 10**9).map(lambda micros: timedelta(microseconds=micros))

queues = st.builds(a_queue, st.sampled_from(QUEUE_IDS), targets, st.text(max_size=3))
agents = st.builds(
    an_agent,
    st.sampled_from([f"a{number}" for number in range(6)]),
    st.sampled_from(AgentState),
    st.lists(st.sampled_from(QUEUE_IDS), unique=True),
    st.none() | moments_past,
)


@st.composite
def calls(draw: st.DrawFn) -> Call:
    entered_at = draw(st.none() | moments_past)
    answered_at = draw(st.none() | moments_past)
    if entered_at is not None and answered_at is not None:
        entered_at, answered_at = sorted((entered_at, answered_at))
    if entered_at is None and answered_at is None:
        entered_at = NOON
    call_id = draw(st.sampled_from([f"c{number}" for number in range(8)]))
    return a_call(call_id, draw(st.sampled_from(QUEUE_IDS)), entered_at, answered_at)


snapshots = st.builds(
    a_snapshot,
    st.lists(queues, max_size=4),
    st.lists(agents, max_size=6),
    st.lists(calls(), max_size=8),
    st.integers(0, 600).map(lambda seconds: NOON + timedelta(seconds=seconds)),
)


@st.composite
def successions(draw: st.DrawFn, length: int) -> list[Snapshot]:
    """Draw snapshots that follow each other: most rows stay, some change, come or go."""
    kept: tuple[dict[str, Queue], dict[str, Agent], dict[str, Call]] = ({}, {}, {})
    drawn = []
    for _ in range(length):
        for rows, new in zip(
            kept,
            (
                draw(st.lists(queues, max_size=1)),
                draw(st.lists(agents, max_size=1)),
                draw(st.lists(calls(), max_size=2)),
            ),
            strict=True,
        ):
            _altered(rows, new, draw(st.integers(0, 7)))
        drawn.append(a_snapshot(*(rows.values() for rows in kept)))
    return drawn


def _altered(rows: dict[str, Any], new: Iterable[Any], dropped: int) -> None:
    """Replace or add rows; the one at place `dropped` goes, if there is one."""
    for key in list(rows)[dropped : dropped + 1]:
        del rows[key]
    for row in new:
        match row:
            case Queue():
                rows[row.queue_id] = row
            case Agent():
                rows[row.agent_id] = row
            case Call():
                rows[row.call_id] = row


@st.composite
def records(draw: st.DrawFn) -> CallRecord:
    entered_at = draw(
        st.integers(-40 * 3600, 0).map(lambda seconds: NOON + timedelta(seconds=seconds))
    )
    ending = draw(st.sampled_from(Ending))
    answered = ending is Ending.ANSWERED
    fact_id = draw(st.text("0123456789", min_size=1, max_size=6))
    wait, talk = draw(st.none() | spans), draw(st.none() | spans)
    return CallRecord(
        fact_id=FactId(fact_id),
        call_id=CallId(fact_id),
        queue_id=QueueId(draw(st.sampled_from(QUEUE_IDS))),
        entered_at=entered_at,
        ended_at=entered_at + (wait or timedelta()) + (talk or timedelta()),
        ending=ending,
        wait=wait,
        talk=talk if answered else None,
        hold=draw(st.none() | spans) if answered else None,
        wrap_up=draw(st.none() | spans) if answered else None,
        target=draw(targets),
        short=draw(targets),
        missed_rings=draw(st.integers(0, 4)),
        transferred=draw(st.booleans()) and answered,
    )


waits = st.lists(st.integers(0, 7200).map(lambda seconds: counted(timedelta(seconds=seconds)))).map(
    sum
)
_VALUES: dict[type, st.SearchStrategy[Any]] = {
    timedelta: spans,
    int: st.integers(0, 10**6),
}
totals = st.builds(
    Totals,
    **{
        name: waits if name.endswith("waits") else _VALUES[type(getattr(NOTHING, name))]
        for name in Totals._fields
    },
)


def parts(of: Totals) -> int:
    """Return the sum of the ways in which an offered call can stand."""
    return (
        of.answered
        + of.abandoned
        + of.timed_out
        + of.left_by_key
        + of.left_empty
        + of.left_otherwise
        + of.unknown
        + of.waiting
    )
