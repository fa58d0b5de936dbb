"""The rows of a picture as the API tells them: queues, agents and calls, in bytes and read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import timedelta
from functools import lru_cache
from typing import Any, Final, TypeAlias

import msgspec

from wallboard.api.protocol import Count, Instant, Key, Seconds, SumOfSeconds, cut, number
from wallboard.api.reading import RowReader
from wallboard.domain.snapshot import (
    Agent,
    AgentId,
    AgentState,
    Call,
    CallId,
    Counted,
    Queue,
    QueueId,
)

Row: TypeAlias = Queue | Agent | Call
Teller: TypeAlias = Callable[[Any], Any]
"""Makes of a value what msgspec writes."""

KINDS_OF_ROWS: Final[Mapping[str, type[Row]]] = {"queues": Queue, "agents": Agent, "calls": Call}
ROOMS: Final = frozenset({*KINDS_OF_ROWS, "call", "spell", "direct"})
"""What stands before the point in a field's name: a list of the picture, or a kind of fact."""


_NOTHING: Final = msgspec.Raw()
_ABSENT: Final = (b"", b"null")


class _CountedForm(msgspec.Struct):
    since: Instant
    lost: bool = False
    offered: Count | None = None
    answered: Count | None = None
    abandoned: Count | None = None
    answered_in_target: Count | None = None
    wait_of_answered: SumOfSeconds | None = None
    talk: SumOfSeconds | None = None
    waiting: Count | None = None
    waiting_since: Instant | None = None
    free: Count | None = None
    busy: Count | None = None


class _QueueForm(msgspec.Struct):
    queue_id: Key
    name: str | None = None
    target: Seconds | None = None
    counted: msgspec.Raw = _NOTHING


class _AgentForm(msgspec.Struct):
    agent_id: Key
    name: str | None = None
    state: AgentState | None = None
    state_since: Instant | None = None
    queues: tuple[Key, ...] | None = None
    reason: str | None = None
    call_id: Key | None = None


class _CallForm(msgspec.Struct):
    call_id: Key
    queue_id: Key
    caller_number: str | None = None
    caller_name: str | None = None
    entered_at: Instant | None = None
    answered_at: Instant | None = None
    agent_id: Key | None = None


_queues: Final = RowReader(_QueueForm)
_sums: Final = RowReader(_CountedForm)
# An agent of no queue, or a call without an answer, would be counted elsewhere.
_agents: Final = RowReader(_AgentForm, decisive=frozenset({"queues"}))
_calls: Final = RowReader(_CallForm, decisive=frozenset({"answered_at"}))


def queue_of(raw: bytes) -> tuple[Queue, int]:
    """Return the queue, and how many of its fields could not be read.

    Raises:
        ValueError, RecursionError: It is no queue.
    """
    row, unread = _queues.read(raw)
    counted, sums_unread = _counted_of(row.counted)
    queue = Queue(
        queue_id=QueueId(row.queue_id),
        name=cut(row.queue_id if row.name is None else row.name),
        target=_length(row.target),
        counted=counted,
    )
    return queue, unread + sums_unread


def _counted_of(raw: msgspec.Raw) -> tuple[Counted | None, int]:
    """Return the sums of a queue, and how many of them could not be read.

    Raises:
        ValueError, RecursionError: They are none. Without them the queue would seem to be one whose
            calls are told, and nobody to have called.
    """
    if bytes(raw) in _ABSENT:
        return None, 0
    row, unread = _sums.read(raw)
    counted = Counted(
        since=row.since,
        lost=row.lost,
        offered=row.offered,
        answered=row.answered,
        abandoned=row.abandoned,
        answered_in_target=row.answered_in_target,
        wait_of_answered=_length(row.wait_of_answered),
        talk=_length(row.talk),
        waiting=row.waiting,
        waiting_since=row.waiting_since,
        free=row.free,
        busy=row.busy,
    )
    return counted, unread


def _length(seconds: float | None) -> timedelta | None:
    return None if seconds is None else timedelta(seconds=seconds)


def agent_of(raw: bytes) -> tuple[Agent, int]:
    """Return the agent, as `queue_of` does a queue; one without a name has his id's."""
    row, unread = _agents.read(raw)
    agent = Agent(
        agent_id=AgentId(row.agent_id),
        name=cut(row.agent_id if row.name is None else row.name),
        state=row.state or AgentState.UNKNOWN,
        state_since=row.state_since,
        queues=tuple(map(QueueId, row.queues or ())),
        reason=_text(row.reason),
        call_id=None if row.call_id is None else CallId(row.call_id),
    )
    return agent, unread


def call_of(raw: bytes) -> tuple[Call, int]:
    """Return the call, as `queue_of` does a queue."""
    row, unread = _calls.read(raw)
    call = Call(
        call_id=CallId(row.call_id),
        queue_id=QueueId(row.queue_id),
        caller_number=_text(row.caller_number),
        caller_name=_text(row.caller_name),
        entered_at=row.entered_at,
        answered_at=row.answered_at,
        agent_id=None if row.agent_id is None else AgentId(row.agent_id),
    )
    return call, unread


@lru_cache(maxsize=64)
def teller(kind: str, made: type[Any], hidden: frozenset[str]) -> Teller:
    """Return what makes an object of a value, without the fields that are hidden.

    Args:
        kind: Before the point in the names of hidden fields: `agents` in `agents.name`.

    Raises:
        ValueError: There is no such field: what was meant would be told.
    """
    hints = {each.name: str(each.type) for each in fields(made)}
    for room, _, name in (name.partition(".") for name in hidden):
        if room not in ROOMS or (room == kind and name not in hints):
            raise ValueError(f"no field is called {room}.{name}")
    shown = tuple(name for name in hints if f"{kind}.{name}" not in hidden)
    others = tuple(
        (name, tells) for name in shown if (tells := _TELLERS.get(hints[name].partition(" ")[0]))
    )
    if len(shown) == len(hints) and not others:
        return _as_it_is

    def told(row: object) -> dict[str, object]:
        fields_told: dict[str, object] = {name: getattr(row, name) for name in shown}
        for name, tells in others:
            content = fields_told[name]
            if content is not None:
                fields_told[name] = tells(content)
            elif name in _SELDOM:
                del fields_told[name]
        return fields_told

    return told


_SELDOM: Final = frozenset({"counted"})
"""Fields that nearly all rows are without: these do not tell them at all."""


def _sums_told(counted: Counted) -> object:
    return teller("counted", Counted, frozenset())(counted)


_TELLERS: Final[Mapping[str, Teller]] = {
    "timedelta": lambda length: number(length.total_seconds()),
    "Counted": _sums_told,
}
"""How what msgspec would write otherwise is told, by its type."""


def _as_it_is(row: object) -> object:
    return row


def _text(text: str | None) -> str | None:
    return None if text is None else cut(text)
