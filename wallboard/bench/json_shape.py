"""Reads a call center that is told as one JSON document, and decodes only what changed.

The document is an object of one time and up to three lists of objects; their fields are those of
`wallboard.domain.snapshot`:

```
{"as_of":  "2026-11-22T08:30:00Z",
 "queues": [{"queue_id": "sales", "name": "Sales", "target": 20}],
 "agents": [{"agent_id": "sara", "name": "Sara Tehrani", "state": "in_call",
             "state_since": "2026-11-22T08:28:12.5Z", "queues": ["sales"],
             "reason": null, "call_id": "c1"}],
 "calls":  [{"call_id": "c1", "queue_id": "sales", "caller_number": "+98912…",
             "caller_name": null, "entered_at": 1795336080, "answered_at": 1795336092.5,
             "agent_id": "sara"}]}
```

Times are ISO 8601 with an offset, or seconds since the epoch; a target is in seconds, or an
ISO 8601 duration. Only `as_of`, the ids, the names, an agent's `state` and a call's `queue_id`
must be there. Lists that are missing are empty; fields that are not ours are skipped. A row that
cannot be read, or whose id has come before, is left out and counted: the others are as true as
before.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from operator import attrgetter

import msgspec

from wallboard.api.flat_rows import Cut, Cutter, NotFlat
from wallboard.api.protocol import LONGEST_TEXT, cut
from wallboard.api.reading import UNREADABLE
from wallboard.api.table import Table
from wallboard.domain.errors import FaultKind, SourceUnreadable, fault
from wallboard.domain.snapshot import (
    Agent,
    AgentId,
    Call,
    CallId,
    Queue,
    QueueId,
    Snapshot,
    SnapshotChange,
    difference,
)
from wallboard.domain.value import value


class _Document(msgspec.Struct):
    as_of: datetime
    queues: list[msgspec.Raw] = []
    agents: list[msgspec.Raw] = []
    calls: list[msgspec.Raw] = []


@value
class Reading:
    """What one document said.

    Attributes:
        ignored: How many rows could not be read.
        since: What the document before said. None if this is the first one.
        change: What changed since then.
    """

    snapshot: Snapshot
    ignored: int = 0
    since: Snapshot | None = None
    change: SnapshotChange | None = None


class JsonShape:
    """Reads one document after the other. Used by one thread.

    Rows whose bytes are those of the document before are not decoded again, and are the same
    objects in the next snapshot; a list in which nothing changed is the same mapping.
    """

    def __init__(self) -> None:
        self._cutter = Cutter("queues", "agents", "calls")
        self._queues: Table[QueueId, Queue] = Table(_queue_of, attrgetter("queue_id"), _queues_of)
        self._agents: Table[AgentId, Agent] = Table(_agent_of, attrgetter("agent_id"), _agents_of)
        self._calls: Table[CallId, Call] = Table(_call_of, attrgetter("call_id"), _calls_of)
        self._last: Snapshot | None = None
        # False while a list may have been taken of a document of which another one could not be:
        # what it tells of its changes is not what changed since the last snapshot.
        self._sure = True

    def read(self, document: bytes) -> Reading:
        """Return what the document says.

        Raises:
            SourceUnreadable: It is no such document. The next one may be.
        """
        cut = self._cutter.cut(document)
        if cut is not None:
            with suppress(NotFlat, *UNREADABLE):
                return self._read(cut.rest, cut)
            self._sure = False
        try:
            reading = self._read(document, None)
        except UNREADABLE as error:
            raise SourceUnreadable(fault(FaultKind.BAD_DATA, reason=error)) from error
        self._cutter.give_up()
        return reading

    def _read(self, document: bytes, cut: Cut | None) -> Reading:
        told = _documents.decode(document)
        as_of = _utc(told.as_of)
        if cut is not None:
            cut.put_into(told)
        ignored = (
            self._queues.read(told.queues)
            + self._agents.read(told.agents)
            + self._calls.read(told.calls)
        )
        snapshot = Snapshot(
            as_of=as_of,
            queues=self._queues.rows,
            agents=self._agents.rows,
            calls=self._calls.rows,
        )
        since, self._last = self._last, snapshot
        change = None if since is None else self._change(since, snapshot)
        self._sure = True
        return Reading(snapshot=snapshot, ignored=ignored, since=since, change=change)

    def _change(self, since: Snapshot, snapshot: Snapshot) -> SnapshotChange:
        """Return what changed; where it is not known of a list the two pictures are compared."""
        queues, agents, calls = self._queues.changed, self._agents.changed, self._calls.changed
        if not self._sure or queues is None or agents is None or calls is None:
            return difference(since, snapshot)
        return SnapshotChange(
            as_of=snapshot.as_of,
            queues=queues,
            agents=agents,
            calls=calls,
            queues_gone=self._queues.gone,
            agents_gone=self._agents.gone,
            calls_gone=self._calls.gone,
        )


# Not strict: a time may be a number of seconds.
_documents = msgspec.json.Decoder(_Document, strict=False)
_queue_rows = msgspec.json.Decoder(Queue, strict=False)
_agent_rows = msgspec.json.Decoder(Agent, strict=False)
_call_rows = msgspec.json.Decoder(Call, strict=False)
_queue_lists = msgspec.json.Decoder(list[Queue], strict=False)
_agent_lists = msgspec.json.Decoder(list[Agent], strict=False)
_call_lists = msgspec.json.Decoder(list[Call], strict=False)


def _queue_of(row: bytes) -> Queue:
    return _checked_queue(_queue_rows.decode(row))


def _queues_of(rows: bytes) -> list[Queue]:
    return list(map(_checked_queue, _queue_lists.decode(rows)))


def _checked_queue(row: Queue) -> Queue:
    _check_key(row.queue_id)
    return row if len(row.name) <= LONGEST_TEXT else replace(row, name=cut(row.name))


def _agent_of(row: bytes) -> Agent:
    return _checked_agent(_agent_rows.decode(row))


def _agents_of(rows: bytes) -> list[Agent]:
    # Nearly all are fine: to call a function for each that says so takes twice as long.
    return [
        row
        if 0 < len(row.agent_id) <= LONGEST_TEXT
        and len(row.name) <= LONGEST_TEXT
        and row.reason is None
        and (row.state_since is None or row.state_since.tzinfo is UTC)
        else _checked_agent(row)
        for row in _agent_lists.decode(rows)
    ]


def _checked_agent(row: Agent) -> Agent:
    _check_key(row.agent_id)
    since, reason = row.state_since, row.reason
    if since is not None and since.tzinfo is not UTC:
        row = replace(row, state_since=_utc(since))
    if len(row.name) > LONGEST_TEXT or (reason is not None and len(reason) > LONGEST_TEXT):
        row = replace(row, name=cut(row.name), reason=reason and cut(reason))
    return row


def _call_of(row: bytes) -> Call:
    return _checked_call(_call_rows.decode(row))


def _calls_of(rows: bytes) -> list[Call]:
    return list(map(_checked_call, _call_lists.decode(rows)))


def _checked_call(row: Call) -> Call:
    _check_key(row.call_id)
    _check_key(row.queue_id)
    entered, answered = row.entered_at, row.answered_at
    if (entered and entered.tzinfo is not UTC) or (answered and answered.tzinfo is not UTC):
        row = replace(
            row, entered_at=entered and _utc(entered), answered_at=answered and _utc(answered)
        )
    number, name = row.caller_number, row.caller_name
    if (number and len(number) > LONGEST_TEXT) or (name and len(name) > LONGEST_TEXT):
        row = replace(row, caller_number=number and cut(number), caller_name=name and cut(name))
    return row


def _check_key(key: str) -> None:
    # A key is not cut: two long ones might become one.
    if not 0 < len(key) <= LONGEST_TEXT:
        raise ValueError("a key of no length, or of too much")


def _utc(instant: datetime) -> datetime:
    """Return the instant as aware UTC.

    Raises:
        ValueError: Its offset is not told, or it is before all times.
    """
    if instant.tzinfo is None:
        raise ValueError("a time without an offset")
    try:
        return instant.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("a time beyond all times") from error
