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

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from itertools import compress, count, islice
from operator import attrgetter, ne
from typing import Final, Generic, TypeVar

import msgspec

from wallboard.domain.errors import FaultKind, SourceUnreadable, fault
from wallboard.domain.snapshot import (
    Agent,
    AgentId,
    Call,
    CallId,
    Queue,
    QueueId,
    Snapshot,
)
from wallboard.domain.value import value

LONGEST_TEXT: Final = 512
"""In characters; a longer name is cut, a longer key refused."""

# How many rows come or go at once, at most, for the others to be recognized cheaply.
_REACH: Final = 256
_NEAR: Final = 8
# So many that the rows rather were sorted anew: they are then recognized wherever they are.
_MOST_STEPS: Final = 256

_Key = TypeVar("_Key", bound=str)
_Row = TypeVar("_Row")


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
    """

    snapshot: Snapshot
    ignored: int = 0


class JsonShape:
    """Reads one document after the other. Used by one thread.

    Rows whose bytes are those of the document before are not decoded again, and are the same
    objects in the next snapshot; a list in which nothing changed is the same mapping.
    """

    def __init__(self) -> None:
        self._queues: _Table[QueueId, Queue] = _Table(_queue_of, attrgetter("queue_id"))
        self._agents: _Table[AgentId, Agent] = _Table(_agent_of, attrgetter("agent_id"))
        self._calls: _Table[CallId, Call] = _Table(_call_of, attrgetter("call_id"))

    def read(self, document: bytes) -> Reading:
        """Return what the document says.

        Raises:
            SourceUnreadable: It is no such document. The next one may be.
        """
        try:
            told = _documents.decode(document)
            as_of = _utc(told.as_of)
        except (msgspec.DecodeError, ValueError, RecursionError) as error:
            raise SourceUnreadable(fault(FaultKind.BAD_DATA, reason=error)) from error
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
        return Reading(snapshot=snapshot, ignored=ignored)


class _Table(Generic[_Key, _Row]):
    """One list of the document: its raw rows as they came last, and what they mean.

    Attributes:
        rows: By key; replaced when something changes, never altered.
    """

    def __init__(
        self, decoded: Callable[[msgspec.Raw], _Row], key_of: Callable[[_Row], _Key]
    ) -> None:
        self.rows: Mapping[_Key, _Row] = {}
        self._decoded = decoded
        self._key_of = key_of
        self._raws: list[msgspec.Raw] = []
        # Beside the raw ones; None for those that cannot be read.
        self._read: list[_Row | None] = []
        self._ignored = 0

    def read(self, raws: list[msgspec.Raw]) -> int:
        """Take the list of a new document, and return how many of its rows were left out."""
        changed = list(compress(count(), map(ne, raws, self._raws)))
        if len(raws) != len(self._raws) or (changed and self._has_moved(raws, changed[0])):
            self._read_moved(raws, changed[0] if changed else min(len(raws), len(self._raws)))
        elif changed:
            self._read_in_place(raws, changed)
        self._raws = raws
        return self._ignored

    def _has_moved(self, raws: list[msgspec.Raw], first: int) -> bool:
        """True if a row that came or went has moved those that follow: they are found nearby."""
        nearby = slice(first + 1, first + 1 + _REACH)
        return raws[first] in self._raws[nearby] or self._raws[first] in raws[nearby]

    def _read_moved(self, raws: list[msgspec.Raw], first: int) -> None:
        """Read rows some of which came or went: those that moved are found again in their order.

        Args:
            first: The first row that is not where it was.
        """
        before, known = self._raws, self._read
        read = known[:first]
        at = old = first
        new_rows, old_rows = islice(raws, at, None), islice(before, old, None)
        for _ in range(_MOST_STEPS):
            # A stretch of rows that are the same: a list is made of a few long ones.
            left = min(len(raws) - at, len(before) - old)
            length = next(compress(count(), map(ne, new_rows, old_rows)), left)
            read += known[old : old + length]
            at, old = at + length, old + length
            if length == left:
                # Those that are left came at the end, or went from there.
                read += map(self._meant, raws[at:])
                at = len(raws)
                break
            came, went = _step(raws, at, before, old)
            read += map(self._meant, raws[at : at + came])
            at, old = at + came, old + went
            if not (came and went):
                # Both stand at rows that are the same, and one of these was taken already.
                read.append(known[old])
                at, old = at + 1, old + 1
            deque(islice(new_rows, came - (came > 0 and went > 0)), maxlen=0)
            deque(islice(old_rows, went - (came > 0 and went > 0)), maxlen=0)
        self._read = read + self._found(raws[at:])
        self._place_rows()

    def _found(self, raws: list[msgspec.Raw]) -> list[_Row | None]:
        """Return the rows, those that were in the list before recognized wherever they were."""
        if not raws:
            return []
        known = dict(zip(map(bytes, self._raws), self._read, strict=True))
        rows = map(known.get, map(bytes, raws))
        return [
            self._meant(raw) if row is None else row for raw, row in zip(raws, rows, strict=True)
        ]

    def _read_in_place(self, raws: list[msgspec.Raw], changed: list[int]) -> None:
        before, after = self._read, self._read.copy()
        self._read = after
        fresh: dict[_Key, _Row] = {}
        in_place = not self._ignored
        for at in changed:
            old, new = before[at], self._meant(raws[at])
            after[at] = new
            if old is None or new is None:
                in_place = False
                continue
            key = self._key_of(new)
            fresh[key] = new
            in_place = in_place and self._key_of(old) == key
        if in_place:
            self.rows = {**self.rows, **fresh}
        else:
            self._place_rows()

    def _meant(self, raw: msgspec.Raw) -> _Row | None:
        try:
            return self._decoded(raw)
        except (msgspec.DecodeError, ValueError, RecursionError):
            return None

    def _place_rows(self) -> None:
        """Make the mapping anew; of rows with one key the first one counts."""
        told = [row for row in self._read if row is not None]
        rows = dict(zip(map(self._key_of, told), told, strict=True))
        if len(rows) != len(told):
            rows = {}
            for row in told:
                rows.setdefault(self._key_of(row), row)
        self.rows = rows
        self._ignored = len(self._read) - len(rows)


def _step(raws: list[msgspec.Raw], at: int, before: list[msgspec.Raw], old: int) -> tuple[int, int]:
    """Return how many rows came at a place, and how many that were there went.

    Looks only nearby: who is not found is read again, which costs time but is as right.
    """
    for reach in (_NEAR, _REACH):
        for here, there, row in ((before, old, raws[at]), (raws, at, before[old])):
            try:
                found = here.index(row, there + 1, there + 1 + reach) - there
            except ValueError:
                continue
            return (0, found) if here is before else (found, 0)
        after = raws[at + 1 : at + 2]
        if after and after == before[old + 1 : old + 2]:
            break  # one that changed where it is, as most do
    return 1, 1


# Not strict: a time may be a number of seconds.
_documents = msgspec.json.Decoder(_Document, strict=False)
_queue_rows = msgspec.json.Decoder(Queue, strict=False)
_agent_rows = msgspec.json.Decoder(Agent, strict=False)
_call_rows = msgspec.json.Decoder(Call, strict=False)


def _queue_of(raw: msgspec.Raw) -> Queue:
    row = _queue_rows.decode(raw)
    _check_key(row.queue_id)
    return row if len(row.name) <= LONGEST_TEXT else replace(row, name=_cut(row.name))


def _agent_of(raw: msgspec.Raw) -> Agent:
    row = _agent_rows.decode(raw)
    _check_key(row.agent_id)
    since, reason = row.state_since, row.reason
    if since is not None and since.tzinfo is not UTC:
        row = replace(row, state_since=_utc(since))
    if len(row.name) > LONGEST_TEXT or (reason is not None and len(reason) > LONGEST_TEXT):
        row = replace(row, name=_cut(row.name), reason=reason and _cut(reason))
    return row


def _call_of(raw: msgspec.Raw) -> Call:
    row = _call_rows.decode(raw)
    _check_key(row.call_id)
    _check_key(row.queue_id)
    entered, answered = row.entered_at, row.answered_at
    if (entered and entered.tzinfo is not UTC) or (answered and answered.tzinfo is not UTC):
        row = replace(
            row, entered_at=entered and _utc(entered), answered_at=answered and _utc(answered)
        )
    number, name = row.caller_number, row.caller_name
    if (number and len(number) > LONGEST_TEXT) or (name and len(name) > LONGEST_TEXT):
        row = replace(row, caller_number=number and _cut(number), caller_name=name and _cut(name))
    return row


def _check_key(key: str) -> None:
    # A key is not cut: two long ones might become one.
    if not 0 < len(key) <= LONGEST_TEXT:
        raise ValueError("a key of no length, or of too much")


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"


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
