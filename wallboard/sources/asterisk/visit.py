"""One visit of a caller to a queue while it lasts, and the fact that it becomes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from wallboard.domain.facts import CallRecord, Ending, FactId
from wallboard.domain.snapshot import AgentId, Call, CallId, QueueId

# Channels whose far end never hangs up without a HangupRequest.
_TELLS_HANGUP: Final = ("PJSIP/", "SIP/", "IAX2/")
# A channel that lives on for so long after leaving the queue was not hung up by the caller.
LIVES_ON: Final = timedelta(milliseconds=300)

_TOLD_ENDINGS: Final[Mapping[str, Ending]] = {
    "TIMEOUT": Ending.TIMED_OUT,
    "LEAVEEMPTY": Ending.LEFT_EMPTY,
    "LEAVEUNAVAIL": Ending.LEFT_EMPTY,
    "WITHDRAW": Ending.LEFT_OTHERWISE,
    "CONTINUE": Ending.LEFT_OTHERWISE,
}

COUNTED: Final = frozenset({"TIMEOUT", "LEAVEEMPTY", "LEAVEUNAVAIL", "CONTINUE"})
"""Endings that a server counts as abandoned or completed. Who left by key has none of them."""


@dataclass(slots=True, eq=False)
class Visit:
    """One visit that is not over. Changes as events come in.

    Attributes:
        join_seen, answer_seen: False if that happened out of sight; the time is then a guess or
            the moment in which we could see again.
        leg: Unique id of the channel that answered. Empty if that was not seen.
        picked_up: An agent's phone was answered for him; AgentConnect may come much later, when
            the agent has heard an announcement.
        hung_up: The far end of his channel hung up.
        cut_off: The system hung up on him.
        abandoned_at, left_at: When he was out of the queue, with and without an abandon.
        gone_at: When his channel was no more; `gone_seen` if an event told so.
        ask_at: When QUEUESTATUS must be asked for. None if it need not be now.
        status_before: What QUEUESTATUS was when he came, left over from an earlier queue.
        touched: Where the stream of events was when one last told of him.
    """

    call_id: CallId
    uniqueid: str
    linkedid: str
    channel: str
    queue: str
    number: str | None
    name: str | None
    entered_at: datetime | None
    join_seen: bool = True
    answered_at: datetime | None = None
    answer_seen: bool = True
    interface: str = ""
    leg: str = ""
    agent: AgentId | None = None
    missed: int = 0
    picked_up: bool = False
    hung_up: bool = False
    cut_off: bool = False
    abandoned_at: datetime | None = None
    left_at: datetime | None = None
    gone_at: datetime | None = None
    gone_seen: bool = False
    ask_at: datetime | None = None
    status_before: str = ""
    touched: int = 0

    @property
    def waiting(self) -> bool:
        """True until somebody answers."""
        return self.answered_at is None

    @property
    def out_at(self) -> datetime | None:
        """When he left the queue unanswered; None if he did not."""
        if not self.waiting:
            return None
        return self.abandoned_at or self.left_at

    def told(self, status: str) -> Ending | None:
        """Return the ending that QUEUESTATUS tells of. None if it tells nothing.

        A time limit always comes with an abandon. A value that was there before he came is of an
        earlier queue, unless nothing else can have been the reason.
        """
        if self.abandoned_at is None and status in ("TIMEOUT", self.status_before):
            return None
        return _TOLD_ENDINGS.get(status)

    def inferred(self, at: datetime) -> Ending:
        """Return the most that can be said of an unanswered end for which no reason was told."""
        if self.hung_up:
            return Ending.ABANDONED
        if self.cut_off:
            return Ending.LEFT_OTHERWISE
        if self.abandoned_at is None:
            by_key = self.left_at is not None and not self.picked_up
            return Ending.LEFT_BY_KEY if by_key else Ending.LEFT_OTHERWISE
        if self.gone_seen and self.join_seen and self.channel.startswith(_TELLS_HANGUP):
            return Ending.LEFT_OTHERWISE  # sent away, and hung up on before he could be asked about
        lived_on = (self.gone_at or at) - self.abandoned_at >= LIVES_ON
        return Ending.LEFT_OTHERWISE if lived_on else Ending.ABANDONED

    def as_call(self) -> Call:
        """Return how others see it."""
        return Call(
            call_id=self.call_id,
            queue_id=QueueId(self.queue),
            caller_number=self.number,
            caller_name=self.name,
            entered_at=self.entered_at if self.answer_seen else None,
            answered_at=self.answered_at,
            agent_id=self.agent,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """How a visit ended, as far as it was seen.

    Attributes:
        at: When it was over; for an end out of sight, when that was noticed.
        seen: False if it ended out of sight, so that nobody knows how long he talked.
        wait, talk: As the server tells them, where the answer was not seen.
    """

    at: datetime
    ending: Ending
    seen: bool = True
    wait: timedelta | None = None
    talk: timedelta | None = None
    transferred: bool = False


def record_of(
    visit: Visit, end: End, target: timedelta | None, wrap_up: timedelta | None
) -> CallRecord:
    """Return the fact that a visit became.

    Args:
        target: The service level's time to answer that held.
        wrap_up: What the agent has after a call of this queue. None if not known.
    """
    entered_at = visit.entered_at or end.at
    # A clock that was set back in the meantime must not make a wait or a talk negative.
    ended_at = max(end.at, entered_at, visit.answered_at or entered_at)
    answered = end.ending is Ending.ANSWERED
    wait, talk = end.wait, end.talk
    if answered and visit.answer_seen and visit.answered_at is not None:
        wait = max(visit.answered_at - entered_at, timedelta())
        talk = max(end.at - visit.answered_at, timedelta()) if end.seen else None
    elif answered and wait is not None:
        wait = min(wait, ended_at - entered_at)
    elif not answered and end.ending is not Ending.UNKNOWN:
        wait = ended_at - entered_at
    return CallRecord(
        fact_id=FactId(visit.call_id),
        call_id=visit.call_id,
        queue_id=QueueId(visit.queue),
        entered_at=entered_at,
        ended_at=ended_at,
        ending=end.ending,
        wait=wait,
        target=target,
        talk=talk,
        wrap_up=wrap_up if answered else None,
        contact=visit.uniqueid,
        agent_id=visit.agent,
        caller_number=visit.number,
        missed_rings=visit.missed,
        transferred=end.transferred,
    )
