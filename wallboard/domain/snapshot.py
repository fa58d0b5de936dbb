"""What is true now: queues, agents with their state, and the calls that are not over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import compress, filterfalse
from operator import is_, is_not
from typing import Final, NewType, TypeVar

from wallboard.domain.value import value

QueueId = NewType("QueueId", str)
AgentId = NewType("AgentId", str)
CallId = NewType("CallId", str)

_Key = TypeVar("_Key")
_Row = TypeVar("_Row")


class AgentState(StrEnum):
    """What an agent does now."""

    FREE = "free"
    RINGING = "ringing"
    IN_CALL = "in_call"
    """Talks to a queue's caller."""
    ON_HOLD = "on_hold"
    WRAP_UP = "wrap_up"
    ON_BREAK = "on_break"
    """Paused in every queue."""
    OTHER = "other"
    """Busy with something that is no queue's: a call of his own, a meeting."""
    OFFLINE = "offline"
    UNKNOWN = "unknown"
    """The source does not say."""


LOGGED_IN: Final = (
    AgentState.FREE,
    AgentState.RINGING,
    AgentState.IN_CALL,
    AgentState.ON_HOLD,
    AgentState.WRAP_UP,
    AgentState.ON_BREAK,
    AgentState.OTHER,
)
"""The states of who is there, in the order in which they are told everywhere."""

AWAY: Final = frozenset({AgentState.OFFLINE, AgentState.UNKNOWN})
"""Who is in one of these is not there, as far as anybody can tell."""


@value
class Counted:
    """What a source tells of a queue in counts and sums, for it tells no single calls.

    What it does not tell is None.

    Attributes:
        since: From when on the counts hold, on the source's clock.
        lost: True if more may have happened since then than they say.
        offered, answered, abandoned: Of the day, so far.
        answered_in_target: By the system's own time to answer.
        wait_of_answered, talk: In all, of the answered.
        waiting, free, busy: At this moment: callers, and agents.
        waiting_since: When the one who waits longest joined, on the source's clock. None also if
            nobody waits.
    """

    since: datetime
    lost: bool = False
    offered: int | None = None
    answered: int | None = None
    abandoned: int | None = None
    answered_in_target: int | None = None
    wait_of_answered: timedelta | None = None
    talk: timedelta | None = None
    waiting: int | None = None
    waiting_since: datetime | None = None
    free: int | None = None
    busy: int | None = None


@value
class Queue:
    """A queue.

    Attributes:
        queue_id: Unique within the source.
        name: As the source tells it: text from outside, never markup.
        target: The service level's time to answer. None if the source does not tell.
        counted: Its figures in sums, of a source that tells no single calls. None of any other.
    """

    queue_id: QueueId
    name: str
    target: timedelta | None = None
    counted: Counted | None = None


@value
class Agent:
    """A person who takes calls, whatever number of queues he is in.

    Attributes:
        state_since: On the source's clock. None if it began before we could see.
        queues: In which he is a member, in a stable order.
        reason: Why he is on break, in the source's words. None if not told.
        call_id: The queue's call he has. None if he has none.
    """

    agent_id: AgentId
    name: str
    state: AgentState
    state_since: datetime | None = None
    queues: tuple[QueueId, ...] = ()
    reason: str | None = None
    call_id: CallId | None = None


@value
class Call:
    """One visit of a caller to a queue that is not over: he waits, or he talks.

    Attributes:
        call_id: Unique for the visit, not only for the caller: who joins again gets a new one.
        caller_number: None if withheld or unknown.
        entered_at: When he joined the queue, on the source's clock. None if he joined and was
            answered while we could not see.
        answered_at: None while he waits.
        agent_id: Who talks to him. None while he waits, or if not known.
    """

    call_id: CallId
    queue_id: QueueId
    caller_number: str | None = None
    caller_name: str | None = None
    entered_at: datetime | None = None
    answered_at: datetime | None = None
    agent_id: AgentId | None = None


@value
class Snapshot:
    """What a source said is true at one moment.

    The mappings are never changed once the snapshot is handed on. Rows that did not change may
    be the same objects as in the snapshot before, which makes differences cheap.

    Attributes:
        as_of: The source's own time.
    """

    as_of: datetime
    queues: Mapping[QueueId, Queue] = field(default_factory=dict)
    agents: Mapping[AgentId, Agent] = field(default_factory=dict)
    calls: Mapping[CallId, Call] = field(default_factory=dict)


@value
class SnapshotChange:
    """What makes the next snapshot out of the one before.

    Attributes:
        whole: True if it replaces everything, as the first one does.
        queues, agents, calls: Rows that are new or differ.
        queues_gone, agents_gone, calls_gone: Keys of rows that are no more.
    """

    as_of: datetime
    whole: bool = False
    queues: tuple[Queue, ...] = ()
    agents: tuple[Agent, ...] = ()
    calls: tuple[Call, ...] = ()
    queues_gone: tuple[QueueId, ...] = ()
    agents_gone: tuple[AgentId, ...] = ()
    calls_gone: tuple[CallId, ...] = ()

    @property
    def empty(self) -> bool:
        """True if nothing but the time changed."""
        return not (
            self.whole
            or self.queues
            or self.agents
            or self.calls
            or self.queues_gone
            or self.agents_gone
            or self.calls_gone
        )


def difference(before: Snapshot | None, after: Snapshot) -> SnapshotChange:
    """Return what changed: applying it to the one gives the other.

    Rows that are the same object cost one comparison of addresses.
    """
    if before is None:
        return SnapshotChange(
            as_of=after.as_of,
            whole=True,
            queues=tuple(after.queues.values()),
            agents=tuple(after.agents.values()),
            calls=tuple(after.calls.values()),
        )
    queues, queues_gone = _compared(before.queues, after.queues)
    agents, agents_gone = _compared(before.agents, after.agents)
    calls, calls_gone = _compared(before.calls, after.calls)
    return SnapshotChange(
        as_of=after.as_of,
        queues=queues,
        agents=agents,
        calls=calls,
        queues_gone=queues_gone,
        agents_gone=agents_gone,
        calls_gone=calls_gone,
    )


def applied(before: Snapshot | None, change: SnapshotChange) -> Snapshot:
    """Return the snapshot after `change`. Nothing of `before` is altered."""
    if before is None or change.whole:
        before = Snapshot(as_of=change.as_of)
    queues, agents, calls = before.queues, before.agents, before.calls
    if change.queues or change.queues_gone:
        queues = _merged(queues, {row.queue_id: row for row in change.queues}, change.queues_gone)
    if change.agents or change.agents_gone:
        agents = _merged(agents, {row.agent_id: row for row in change.agents}, change.agents_gone)
    if change.calls or change.calls_gone:
        calls = _merged(calls, {row.call_id: row for row in change.calls}, change.calls_gone)
    return Snapshot(as_of=change.as_of, queues=queues, agents=agents, calls=calls)


def _compared(
    before: Mapping[_Key, _Row], after: Mapping[_Key, _Row]
) -> tuple[tuple[_Row, ...], tuple[_Key, ...]]:
    """Return the rows that are new or differ, and the keys of those that are no more."""
    if before is after:
        return (), ()
    # Large mappings are gone through without a line of Python for each row that is the same.
    same = _same_keys(before, after)
    old = list(before.values() if same else map(before.get, after))
    new = list(after.values())
    others = compress(zip(old, new, strict=True), map(is_not, old, new))
    changed = tuple([row for was, row in others if was != row])
    return changed, () if same else tuple(filterfalse(after.__contains__, before))


def _same_keys(before: Mapping[_Key, _Row], after: Mapping[_Key, _Row]) -> bool:
    """True if both have the same key objects in the same order, as replacing rows leaves them.

    A large mapping is compared by addresses alone, without a look-up.
    """
    return len(before) == len(after) and all(map(is_, before, after))


def _merged(
    rows: Mapping[_Key, _Row], new: Mapping[_Key, _Row], gone: tuple[_Key, ...]
) -> Mapping[_Key, _Row]:
    merged = {**rows, **new}
    for key in gone:
        merged.pop(key, None)
    return merged
