"""Takes out of a stranger's picture what cannot be: each row may be readable, and all wrong.

What is left is what every source promises: queues, agents and calls that are referred to are
there, times are in order, and nothing is later than the picture. A time that cannot be is unknown;
a number is never made of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final, TypeVar

from wallboard.domain.facts import AgentSpell, CallRecord, DirectCall, Ending, Fact, answered
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

SLACK: Final = timedelta(seconds=2)
"""Clocks of one system's parts differ a little."""
LATER: Final = timedelta(hours=1)
"""What ends later than that after the picture, never was."""

_WITH_CALL: Final = frozenset({AgentState.IN_CALL, AgentState.ON_HOLD})
_NO_TIME: Final = timedelta()
_Key = TypeVar("_Key")
_Row = TypeVar("_Row")


class Sense:
    """Makes sense of one picture after the other, looking only at what changed.

    Rows that need nothing are the very ones that were told.

    Attributes:
        since: The picture that was made before, if it is known what changed since then.
        change: That. None if it is not known.
    """

    def __init__(self) -> None:
        self.since: Snapshot | None = None
        self.change: SnapshotChange | None = None
        self._told: Snapshot | None = None
        self._made: Snapshot | None = None
        # Those that were told wrong, with what is made of them.
        self._queues: dict[QueueId, Queue] = {}
        self._agents: dict[AgentId, Agent] = {}
        self._calls: dict[CallId, Call] = {}

    @property
    def count(self) -> int:
        """How many rows of the last picture could not be as they were told."""
        return len(self._queues) + len(self._agents) + len(self._calls)

    def made(
        self,
        told: Snapshot,
        since: Snapshot | None = None,
        changed: SnapshotChange | None = None,
    ) -> Snapshot:
        """Return the picture with what can be.

        Args:
            since: A picture that was told, if it is known what `changed` since then: nothing else
                is looked at if it is the last one.
        """
        if self._told is not None and told.as_of < self._told.as_of:
            # What was in time a moment ago may be too late for this one, though it did not change.
            self._told = None
        if changed is not None and since is not None and since is self._told:
            change = changed
        else:
            change = difference(self._told, told)
        sound = not self.count
        calls = self._suspect_calls(told, change)
        agents = self._suspect_agents(told, change)
        self._told = told
        _settle(self._calls, told.calls, calls, lambda call: _call(call, told))
        _settle(self._agents, told.agents, agents, lambda agent: _agent(agent, told))
        self._queues = {
            key: self._queues.get(key) or Queue(queue_id=key, name=key)
            for key in self._missing(told, change)
        }
        made = Snapshot(
            as_of=told.as_of,
            queues=_with(told.queues, self._queues),
            agents=_with(told.agents, self._agents),
            calls=_with(told.calls, self._calls),
        )
        # With nothing wrong before or now both pictures are as they were told.
        sound = sound and not self.count and not change.whole
        self.since, self.change = (self._made, change) if sound else (None, None)
        self._made = made
        return made

    def _suspect_calls(self, told: Snapshot, change: SnapshotChange) -> Iterable[CallId]:
        suspects = {call.call_id for call in change.calls} | self._calls.keys()
        if change.agents_gone or change.whole:
            suspects.update(told.calls)
        return suspects

    def _suspect_agents(self, told: Snapshot, change: SnapshotChange) -> Iterable[AgentId]:
        if change.whole or change.queues or change.queues_gone:
            return told.agents
        before = self._told.calls if self._told is not None else {}
        suspects = {agent.agent_id for agent in change.agents} | self._agents.keys()
        for call_id in (*change.calls_gone, *[call.call_id for call in change.calls]):
            for calls in (before, told.calls):
                call = calls.get(call_id)
                if call is not None and call.agent_id is not None:
                    suspects.add(call.agent_id)
        return suspects

    def _missing(self, told: Snapshot, change: SnapshotChange) -> Iterable[QueueId]:
        """Return queues in which somebody waits or talks, and that nobody tells."""
        if not (change.whole or change.calls or change.calls_gone or change.queues_gone):
            return [key for key in self._queues if key not in told.queues]
        return dict.fromkeys(
            call.queue_id for call in told.calls.values() if call.queue_id not in told.queues
        )


def sensible(fact: Fact, now: datetime) -> Fact | None:
    """Return a fact without what cannot be; None if it cannot have happened.

    Args:
        now: The source's time. What ends after it is left as it is: it may come.
    """
    match fact:
        case AgentSpell():
            return fact if fact.began_at <= fact.ended_at <= now + LATER else None
        case DirectCall():
            length = _length(fact.began_at, fact.ended_at, now)
            return None if length is None else _direct(fact, length)
        case CallRecord():
            length = _length(fact.entered_at, fact.ended_at, now)
            return None if length is None else _record(fact, length)


def _length(begin: datetime, end: datetime, now: datetime) -> timedelta | None:
    if end > now + LATER or end < begin - SLACK:
        return None
    return max(_NO_TIME, end - begin)


def _record(record: CallRecord, length: timedelta) -> CallRecord:
    changes: dict[str, Any] = {}
    if record.ended_at < record.entered_at:
        changes["ended_at"] = record.entered_at
    if record.wait is not None and (
        record.ending is Ending.UNKNOWN or record.wait > length + SLACK
    ):
        changes["wait"] = None
    for name in ("talk", "hold", "wrap_up"):
        part = getattr(record, name)
        too_long = name != "wrap_up" and part is not None and part > length + SLACK
        if part is not None and (not answered(record) or too_long):
            changes[name] = None
    return replace(record, **changes) if changes else record


def _direct(call: DirectCall, length: timedelta) -> DirectCall:
    changes: dict[str, Any] = {}
    if call.ended_at < call.began_at:
        changes["ended_at"] = call.began_at
    if call.talk is not None and (not call.answered or call.talk > length + SLACK):
        changes["talk"] = None
    if call.ring is not None and call.ring > length + SLACK:
        changes["ring"] = None
    return replace(call, **changes) if changes else call


def _agent(agent: Agent, told: Snapshot) -> Agent:
    changes: dict[str, Any] = {}
    since = agent.state_since
    if since is not None and since > told.as_of:
        changes["state_since"] = told.as_of if since <= told.as_of + SLACK else None
    if any(queue_id not in told.queues for queue_id in agent.queues):
        changes["queues"] = tuple(key for key in agent.queues if key in told.queues)
    if agent.call_id is not None:
        call = told.calls.get(agent.call_id)
        if call is None or call.agent_id != agent.agent_id or agent.state not in _WITH_CALL:
            changes["call_id"] = None
    return replace(agent, **changes) if changes else agent


def _call(call: Call, told: Snapshot) -> Call:
    changes: dict[str, Any] = {}
    entered, answered_at = call.entered_at, call.answered_at
    if answered_at is not None and answered_at > told.as_of:
        # He was answered: that much is seen. When, is not.
        if answered_at > told.as_of + SLACK:
            entered = None
        answered_at = told.as_of
    latest = told.as_of if answered_at is None else answered_at
    if entered is not None and entered > latest:
        entered = latest if entered <= latest + SLACK else None
    if call.agent_id is not None and call.agent_id not in told.agents:
        changes["agent_id"] = None
    if entered != call.entered_at or answered_at != call.answered_at:
        changes |= {"entered_at": entered, "answered_at": answered_at}
    return replace(call, **changes) if changes else call


def _settle(
    wrong: dict[_Key, _Row],
    told: Mapping[_Key, _Row],
    suspects: Iterable[_Key],
    made: Any,  # noqa: ANN401
) -> None:
    """Keep of the suspects those that are wrong, each as the object it was before if it can be."""
    for key in list(wrong.keys() - told.keys()):
        del wrong[key]
    for key in list(suspects):
        row = told.get(key)
        if row is None:
            continue
        now = made(row)
        if now is row:
            wrong.pop(key, None)
        elif wrong.get(key) != now:
            wrong[key] = now


def _with(told: Mapping[_Key, _Row], others: Mapping[_Key, _Row]) -> Mapping[_Key, _Row]:
    return {**told, **others} if others else told
