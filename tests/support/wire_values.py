"""Pictures and facts with every field at random, as far as the API can tell it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

from hypothesis import strategies as st

from support.any_facts import Cells
from wallboard.domain.errors import Fault, FaultKind
from wallboard.domain.facts import (
    AgentSpell,
    FactId,
)
from wallboard.domain.snapshot import (
    Agent,
    AgentId,
    AgentState,
    Call,
    CallId,
    Counted,
    Queue,
    QueueId,
    Snapshot,
)

# All of Unicode but halves of surrogate pairs, which UTF-8 cannot say.
texts: Final = st.text(st.characters(exclude_categories=["Cs"]), max_size=20) | st.sampled_from(
    ["", "x" * 512, "\x00", "\u202e", "صف فروش", '"}],', "<b>", "NaN"]
)
keys: Final = texts.filter(bool)
instants: Final = st.datetimes(
    datetime(1970, 1, 1),  # noqa: DTZ001 - it is given a zone at once
    datetime(2199, 12, 31),  # noqa: DTZ001
    timezones=st.just(UTC),
)
spans: Final = st.timedeltas(timedelta(), timedelta(days=30))
maybe_text: Final = st.none() | texts
maybe_span: Final = st.none() | spans
maybe_instant: Final = st.none() | instants
maybe_agent: Final = st.none() | keys.map(AgentId)

counts: Final = st.none() | st.integers(0, 1_000_000)
sums: Final = st.builds(
    Counted,
    since=instants,
    lost=st.booleans(),
    offered=counts,
    answered=counts,
    abandoned=counts,
    answered_in_target=counts,
    wait_of_answered=maybe_span,
    talk=maybe_span,
    waiting=counts,
    waiting_since=maybe_instant,
    free=counts,
    busy=counts,
)
queues: Final = st.builds(
    Queue,
    queue_id=keys.map(QueueId),
    name=texts,
    target=maybe_span,
    counted=st.none() | sums,
)
agents: Final = st.builds(
    Agent,
    agent_id=keys.map(AgentId),
    name=texts,
    state=st.sampled_from(AgentState),
    state_since=maybe_instant,
    queues=st.lists(keys.map(QueueId), max_size=3).map(tuple),
    reason=maybe_text,
    call_id=st.none() | keys.map(CallId),
)
calls: Final = st.builds(
    Call,
    call_id=keys.map(CallId),
    queue_id=keys.map(QueueId),
    caller_number=maybe_text,
    caller_name=maybe_text,
    entered_at=maybe_instant,
    answered_at=maybe_instant,
    agent_id=maybe_agent,
)
pictures: Final = st.builds(
    lambda as_of, queues, agents, calls: Snapshot(
        as_of=as_of,
        queues={row.queue_id: row for row in queues},
        agents={row.agent_id: row for row in agents},
        calls={row.call_id: row for row in calls},
    ),
    instants,
    st.lists(queues, max_size=4),
    st.lists(agents, max_size=4),
    st.lists(calls, max_size=4),
)
faults: Final = st.builds(
    Fault,
    kind=st.sampled_from(FaultKind),
    details=st.dictionaries(texts, texts, max_size=3).map(lambda told: tuple(told.items())),
)
_cells: Final = Cells(keys=keys, texts=texts, instants=instants, spans=spans)
call_records: Final = _cells.calls()
spells: Final = st.builds(
    AgentSpell,
    fact_id=keys.map(FactId),
    agent_id=keys.map(AgentId),
    state=st.sampled_from(AgentState),
    began_at=instants,
    ended_at=instants,
    reason=maybe_text,
)
directs: Final = _cells.directs()
facts: Final = call_records | spells | directs
