"""One thing that has happened, as the API tells it: a call, a spell of an agent, a direct call."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Annotated, Final, TypeAlias

import msgspec

from wallboard.api.protocol import LONGEST_TEXT, Instant, Key, Seconds, cut
from wallboard.api.reading import RowReader
from wallboard.domain.facts import (
    AgentSpell,
    CallRecord,
    DirectCall,
    Direction,
    Ending,
    Fact,
    FactId,
    News,
    Retraction,
)
from wallboard.domain.snapshot import AgentId, AgentState, CallId, QueueId

RETRACTED: Final = "retracted"
"""What is no call any more."""

KINDS_OF_FACTS: Final[Mapping[str, type[Fact]]] = {
    "call": CallRecord,
    "spell": AgentSpell,
    "direct": DirectCall,
}
NAMES: Final[Mapping[type[object], str]] = {made: kind for kind, made in KINDS_OF_FACTS.items()}

_Read: TypeAlias = Callable[[msgspec.Raw], tuple[News, int]]


class _Kind(msgspec.Struct):
    kind: str


class _CallForm(msgspec.Struct):
    fact_id: Key
    call_id: Key
    queue_id: Key
    entered_at: Instant
    ended_at: Instant
    ending: Ending | None = None
    wait: Seconds | None = None
    target: Seconds | None = None
    talk: Seconds | None = None
    hold: Seconds | None = None
    wrap_up: Seconds | None = None
    short: Seconds | None = None
    contact: Annotated[str, msgspec.Meta(max_length=LONGEST_TEXT)] | None = None
    agent_id: Key | None = None
    caller_number: str | None = None
    missed_rings: Annotated[int, msgspec.Meta(ge=0, le=1_000_000)] | None = None
    transferred: bool | None = None


class _SpellForm(msgspec.Struct):
    fact_id: Key
    agent_id: Key
    began_at: Instant
    ended_at: Instant
    state: AgentState | None = None
    reason: str | None = None


class _DirectForm(msgspec.Struct):
    fact_id: Key
    call_id: Key
    began_at: Instant
    ended_at: Instant
    answered: bool
    direction: Direction | None = None
    ring: Seconds | None = None
    talk: Seconds | None = None
    agent_id: Key | None = None
    far_number: str | None = None
    contact: Annotated[str, msgspec.Meta(max_length=LONGEST_TEXT)] | None = None


class _RetractionForm(msgspec.Struct):
    fact_id: Key
    queue_id: Key
    entered_at: Instant


_calls: Final = RowReader(_CallForm)
_spells: Final = RowReader(_SpellForm)
_directs: Final = RowReader(_DirectForm)
_retractions: Final = RowReader(_RetractionForm)
_kinds: Final = msgspec.json.Decoder(_Kind)


def fact_of(raw: msgspec.Raw) -> tuple[News | None, int]:
    """Return the fact, and how many of its fields could not be read.

    None is a fact of a kind that a newer version knows.

    Raises:
        ValueError, RecursionError: It is no fact.
    """
    read = _READERS.get(_kinds.decode(raw).kind)
    return (None, 0) if read is None else read(raw)


def _call_of(raw: msgspec.Raw) -> tuple[CallRecord, int]:
    row, unread = _calls.read(raw)
    record = CallRecord(
        fact_id=FactId(row.fact_id),
        call_id=CallId(row.call_id),
        queue_id=QueueId(row.queue_id),
        entered_at=row.entered_at,
        ended_at=row.ended_at,
        ending=row.ending or Ending.UNKNOWN,
        wait=_duration(row.wait),
        target=_duration(row.target),
        talk=_duration(row.talk),
        hold=_duration(row.hold),
        wrap_up=_duration(row.wrap_up),
        short=_duration(row.short),
        contact=row.contact,
        agent_id=_agent(row.agent_id),
        caller_number=_text(row.caller_number),
        missed_rings=row.missed_rings or 0,
        transferred=row.transferred or False,
    )
    return record, unread


def _spell_of(raw: msgspec.Raw) -> tuple[AgentSpell, int]:
    row, unread = _spells.read(raw)
    spell = AgentSpell(
        fact_id=FactId(row.fact_id),
        agent_id=AgentId(row.agent_id),
        state=row.state or AgentState.UNKNOWN,
        began_at=row.began_at,
        ended_at=row.ended_at,
        reason=_text(row.reason),
    )
    return spell, unread


def _direct_of(raw: msgspec.Raw) -> tuple[DirectCall, int]:
    row, unread = _directs.read(raw)
    call = DirectCall(
        fact_id=FactId(row.fact_id),
        call_id=CallId(row.call_id),
        direction=row.direction or Direction.UNKNOWN,
        began_at=row.began_at,
        ended_at=row.ended_at,
        answered=row.answered,
        ring=_duration(row.ring),
        talk=_duration(row.talk),
        agent_id=_agent(row.agent_id),
        far_number=_text(row.far_number),
        contact=row.contact,
    )
    return call, unread


def _retraction_of(raw: msgspec.Raw) -> tuple[Retraction, int]:
    row, unread = _retractions.read(raw)
    retraction = Retraction(
        fact_id=FactId(row.fact_id), queue_id=QueueId(row.queue_id), entered_at=row.entered_at
    )
    return retraction, unread


_READERS: Final[Mapping[str, _Read]] = {
    "call": _call_of,
    "spell": _spell_of,
    "direct": _direct_of,
    RETRACTED: _retraction_of,
}


def _duration(seconds: float | None) -> timedelta | None:
    return None if seconds is None else timedelta(seconds=seconds)


def _agent(key: str | None) -> AgentId | None:
    return None if key is None else AgentId(key)


def _text(text: str | None) -> str | None:
    return None if text is None else cut(text)
