"""What has happened and will never change."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final, NewType, TypeAlias

from wallboard.domain.snapshot import AgentId, AgentState, CallId, QueueId
from wallboard.domain.value import value

FactId = NewType("FactId", str)
_NO_TIME: Final = timedelta()


class Ending(StrEnum):
    """How one visit to a queue ended. Never folded together, never guessed."""

    ANSWERED = "answered"
    ABANDONED = "abandoned"
    """The caller hung up while waiting."""
    TIMED_OUT = "timed_out"
    """The system sent him away at the queue's time limit."""
    LEFT_BY_KEY = "left_by_key"
    LEFT_EMPTY = "left_empty"
    """The system sent him away because nobody was there to answer."""
    LEFT_OTHERWISE = "left_otherwise"
    """The system took him out for another reason, or does not say for which."""
    UNKNOWN = "unknown"
    """It ended while we could not see it."""


@value
class CallRecord:
    """One visit of a caller to a queue that is over, however it ended.

    Attributes:
        fact_id: The same each time the same fact is told, so that telling twice counts once.
        entered_at: When he joined the queue; for UNKNOWN calls that were never seen, when we
            could see again. It says to which day and minute the call belongs.
        ended_at: When the visit was over: the talk's end, or the moment he left.
        wait: From joining to the answer, or to leaving. None if not known.
        target: The service level's time to answer that held. None if not known.
        talk: Of the agent's part of the call, hold included unless `hold` tells it apart.
            None unless answered, or if the end was not seen.
        hold: None if the source does not tell hold apart from talk.
        wrap_up: None if the source does not tell.
        short: Who hangs up after waiting no longer than this was no lost caller; the threshold
            that held. None if none held.
        contact: The same for all visits of one call to the site, whatever queues it went
            through. None if the source does not tell.
        missed_rings: How often an agent's phone rang for this caller and nobody answered.
        transferred: True if the agent passed the caller on.
    """

    fact_id: FactId
    call_id: CallId
    queue_id: QueueId
    entered_at: datetime
    ended_at: datetime
    ending: Ending
    wait: timedelta | None = None
    target: timedelta | None = None
    talk: timedelta | None = None
    hold: timedelta | None = None
    wrap_up: timedelta | None = None
    short: timedelta | None = None
    contact: str | None = None
    agent_id: AgentId | None = None
    caller_number: str | None = None
    missed_rings: int = 0
    transferred: bool = False


@value
class AgentSpell:
    """One agent in one state, from when to when.

    Attributes:
        fact_id: The same each time the same spell is told.
        began_at: When it began, or when we could first see it.
        ended_at: When another state began.
        reason: Of a break, in the source's words. None if not told.
    """

    fact_id: FactId
    agent_id: AgentId
    state: AgentState
    began_at: datetime
    ended_at: datetime
    reason: str | None = None


class Direction(StrEnum):
    """Which way a call went that no queue took."""

    INCOMING = "incoming"
    OUTGOING = "outgoing"
    INTERNAL = "internal"
    UNKNOWN = "unknown"
    """The record does not tell."""


@value
class DirectCall:
    """One call that went through no queue and is over.

    Attributes:
        began_at: When it was dialled or came in.
        answered: True if somebody answered.
        ring: Until the answer, or until it was given up. None if not known.
        talk: None unless answered, or if not known.
        agent_id: Whose phone it was. None if not known.
        far_number: The number of the other side. None if withheld or unknown.
        contact: As in CallRecord.
    """

    fact_id: FactId
    call_id: CallId
    direction: Direction
    began_at: datetime
    ended_at: datetime
    answered: bool
    ring: timedelta | None = None
    talk: timedelta | None = None
    agent_id: AgentId | None = None
    far_number: str | None = None
    contact: str | None = None


Fact: TypeAlias = CallRecord | AgentSpell | DirectCall


@value
class Retraction:
    """A call that was told of only as one that nobody saw, and of which all is known by now.

    Who it was has been told under other names, so this one is no call any more.

    Attributes:
        fact_id: As it was told.
        entered_at: As it was told.
    """

    fact_id: FactId
    queue_id: QueueId
    entered_at: datetime


News: TypeAlias = Fact | Retraction
"""What is told on to others who count."""

SAME_VISIT: Final = timedelta(seconds=2)
"""Two records of a call's visits to one queue, told by two witnesses, are of the same visit if
they say that it began within this time of each other: logs tell whole seconds."""


def same_visit(one: CallRecord, other: CallRecord) -> bool:
    """Return whether two records of one name can be of one visit.

    A system that starts anew may give names anew. If both tell when the caller joined, and these
    instants are apart, they are two visits.
    """
    if abs(one.entered_at - other.entered_at) <= SAME_VISIT:
        return True
    return not (_entry_known(one) and _entry_known(other))


def later_names(record: CallRecord) -> tuple[FactId, ...]:
    """Return what a visit is called if another one has its name: by the second it began in.

    The first is what to call it; by one of the others it may be known, if another witness told
    of it first.
    """
    second = int(record.entered_at.timestamp())
    apart = range(1, int(SAME_VISIT.total_seconds()) + 1)
    seconds = (second, *(second + each for near in apart for each in (-near, near)))
    return tuple([FactId(f"{record.fact_id}@{each}") for each in seconds])


def _entry_known(record: CallRecord) -> bool:
    """True unless the record begins where we could see again."""
    if record.ending is Ending.UNKNOWN:
        return record.ended_at > record.entered_at
    return record.wait is not None or not answered(record)


def merged(kept: CallRecord, told: CallRecord) -> CallRecord:
    """Return what two witnesses of the same visit know together; `kept` itself if that is no more.

    What was seen wins over what was not: a seen ending over an unknown one, an end of the talk
    over none; a transfer or a ring in vain that one of the two saw was there. Between two that
    were seen the first one told stays, and what it left open is taken from the other.
    """
    first, second = (told, kept) if _seen(told) > _seen(kept) else (kept, told)
    learned: dict[str, Any] = {
        item.name: getattr(second, item.name)
        for item in fields(CallRecord)
        if getattr(first, item.name) is None and getattr(second, item.name) is not None
    }
    if not answered(first):
        learned.pop("talk", None)
        learned.pop("hold", None)
        learned.pop("wrap_up", None)
    elif second.hold is None or second.talk is None:
        learned.pop("hold", None)
    elif first.hold is None:
        # A talk told alone holds the hold: only together do the two tell the same time once.
        learned |= {"talk": second.talk, "hold": second.hold}
    if _entry_known(second) and not _entry_known(first):
        learned["entered_at"] = second.entered_at
    learned["missed_rings"] = max(kept.missed_rings, told.missed_rings)
    learned["transferred"] = answered(first) and (kept.transferred or told.transferred)
    best = replace(first, **learned)
    # What happened once is told under one name.
    return kept if best == kept else replace(best, fact_id=kept.fact_id, call_id=kept.call_id)


def answered(record: CallRecord) -> bool:
    """True if an agent answered."""
    return record.ending is Ending.ANSWERED


def completed_at(record: CallRecord) -> datetime:
    """Return when a call and the work after it were over."""
    return record.ended_at + (record.wrap_up or _NO_TIME)


def _seen(record: CallRecord) -> int:
    if record.ending is Ending.UNKNOWN:
        return 0
    return 1 if answered(record) and record.talk is None else 2
