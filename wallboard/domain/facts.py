"""What has happened and will never change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType

from wallboard.domain.snapshot import AgentId, CallId, QueueId

FactId = NewType("FactId", str)


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


@dataclass(frozen=True, slots=True, kw_only=True)
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
    agent_id: AgentId | None = None
    caller_number: str | None = None
    missed_rings: int = 0
    transferred: bool = False


Fact = CallRecord
