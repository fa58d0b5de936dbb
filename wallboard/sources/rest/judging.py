"""Judges one answer of a snapshot row by row, for whoever writes such an API."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field
from datetime import datetime, timedelta
from typing import Any, Final, TypeAlias

import msgspec

from wallboard.api.rows import agent_of, call_of, queue_of
from wallboard.domain.snapshot import Agent, AgentState, Snapshot
from wallboard.domain.value import value

SLACK: Final = timedelta(seconds=2)
"""Clocks of one system's parts differ a little."""
MOST_TOLD: Final = 5

_Read: TypeAlias = Callable[[msgspec.Raw], tuple[Any, int]]
_LISTS: Final[Mapping[str, tuple[str, _Read]]] = {
    "queues": ("queue_id", queue_of),
    "agents": ("agent_id", agent_of),
    "calls": ("call_id", call_of),
}
_WITH_CALL: Final = frozenset({AgentState.IN_CALL, AgentState.ON_HOLD})


@value
class Judgement:
    """What is wrong with one picture; each complaint names its row.

    Attributes:
        rows: Rows and fields that cannot be read.
        ids: Ids that come more than once.
        references: Ids that nothing has.
        times: What cannot have been then.
    """

    rows: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    times: tuple[str, ...] = field(default=())


def judged(body: bytes, snapshot: Snapshot) -> Judgement:
    """Return what is wrong with a whole picture that could be read.

    Args:
        body: Of the answer.
        snapshot: What was read of it.
    """
    told = _documents.decode(body.removeprefix(b"\xef\xbb\xbf"))
    rows: list[str] = []
    ids: list[str] = []
    for name, (key, read) in _LISTS.items():
        raws = told.get(name)
        listed = _lists.decode(raws) if raws is not None else []
        rows += _unread(name, listed, read)
        ids += _twice(name, listed, key)
    return Judgement(
        rows=tuple(rows),
        ids=tuple(ids),
        references=tuple(_dangling(snapshot)),
        times=tuple(_impossible(snapshot)),
    )


def some(complaints: Iterable[str]) -> str:
    """Return the first few of them as one text."""
    first = list(complaints)
    return "; ".join(first[:MOST_TOLD]) + ("; …" if len(first) > MOST_TOLD else "")


def _unread(name: str, raws: list[msgspec.Raw], read: _Read) -> Iterator[str]:
    for place, raw in enumerate(raws):
        try:
            row, count = read(raw)
        except (ValueError, RecursionError) as error:
            yield f"{name}[{place}]: {error}"
            continue
        if count:
            lost = [
                each for each, said in _objects.decode(raw).items() if _is_lost(row, each, said)
            ]
            yield f"{name}[{place}]: {', '.join(lost) or '?'}"


def _is_lost(row: object, name: str, said: object) -> bool:
    """True if a field is told, and the row that was read does not know it."""
    known = getattr(row, name, said)
    if known is AgentState.UNKNOWN:
        return said != str(known)
    return said is not None and (known in (None, ()) or (isinstance(known, str) and said != known))


def _twice(name: str, raws: list[msgspec.Raw], key: str) -> Iterator[str]:
    ids: Counter[str] = Counter()
    for raw in raws:
        try:
            told = _objects.decode(raw).get(key)
        except (ValueError, RecursionError):
            continue
        if isinstance(told, str):
            ids[told] += 1
    for each, count in ids.items():
        if count > 1:
            yield f"{name}: {each} ({count})"


def _dangling(snapshot: Snapshot) -> Iterator[str]:
    for agent in snapshot.agents.values():
        for queue_id in agent.queues:
            if queue_id not in snapshot.queues:
                yield f"agents {agent.agent_id}: queue {queue_id}"
        if not _has_his_call(agent, snapshot):
            yield f"agents {agent.agent_id}: call {agent.call_id}"
    for call in snapshot.calls.values():
        if call.queue_id not in snapshot.queues:
            yield f"calls {call.call_id}: queue {call.queue_id}"
        if call.agent_id is not None and call.agent_id not in snapshot.agents:
            yield f"calls {call.call_id}: agent {call.agent_id}"


def _has_his_call(agent: Agent, snapshot: Snapshot) -> bool:
    if agent.call_id is None:
        return True
    call = snapshot.calls.get(agent.call_id)
    return call is not None and call.agent_id == agent.agent_id and agent.state in _WITH_CALL


def _impossible(snapshot: Snapshot) -> Iterator[str]:
    now = snapshot.as_of + SLACK
    for agent in snapshot.agents.values():
        if _after(agent.state_since, now):
            yield f"agents {agent.agent_id}: state_since > as_of"
    for call in snapshot.calls.values():
        if _after(call.entered_at, now) or _after(call.answered_at, now):
            yield f"calls {call.call_id}: entered_at, answered_at > as_of"
        if call.answered_at is not None and _after(call.entered_at, call.answered_at):
            yield f"calls {call.call_id}: entered_at > answered_at"


def _after(instant: datetime | None, other: datetime) -> bool:
    return instant is not None and instant > other


_documents: Final = msgspec.json.Decoder(dict[str, msgspec.Raw])
_lists: Final = msgspec.json.Decoder(list[msgspec.Raw])
_objects: Final = msgspec.json.Decoder(dict[str, Any])
