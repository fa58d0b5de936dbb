"""The exact truth of what a simulated center did, counted where it happens.

It knows nothing of snapshots and facts, so that what is made of those can be held against it.
Times are microseconds since the world's start.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from wallboard.domain.facts import Ending
from wallboard.domain.snapshot import AgentId, CallId, QueueId
from wallboard.domain.totals import Totals


@dataclass(frozen=True, slots=True, kw_only=True)
class TrueVisit:
    """One visit that is over, as it was.

    Attributes:
        wait: From joining to the answer, or to leaving.
        talk, hold, wrap_up: None unless answered; `talk` is without `hold`.
    """

    call_id: CallId
    queue_id: QueueId
    entered_at: datetime
    ended_at: datetime
    ending: Ending
    wait: timedelta
    target: timedelta
    talk: timedelta | None = None
    hold: timedelta | None = None
    wrap_up: timedelta | None = None
    agent_id: AgentId | None = None
    missed_rings: int = 0
    transferred: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """What happened until now.

    Attributes:
        totals: By queue, since the world began, the calls that are not over among them.
        visits: Those that are over, in the order of their ends. Empty unless the world was asked
            to remember.
    """

    at: datetime
    totals: Mapping[QueueId, Totals]
    visits: tuple[TrueVisit, ...] = ()


@dataclass(slots=True)
class Tally:
    """The counts and sums of one queue."""

    target_us: int
    offered: int = 0
    answered: int = 0
    in_target: int = 0
    wait_of_answered_us: int = 0
    handled: int = 0
    talk_us: int = 0
    hold_us: int = 0
    wrap_up_us: int = 0
    transferred: int = 0
    missed_rings: int = 0
    wait_of_abandoned_us: int = 0
    left: dict[Ending, int] = field(default_factory=dict)
    entries: dict[CallId, int] = field(default_factory=dict)

    def entered(self, call_id: CallId, at_us: int) -> None:
        """Count a caller who joined."""
        self.offered += 1
        self.entries[call_id] = at_us

    def connected(self, call_id: CallId, at_us: int) -> None:
        """Count an answer."""
        wait_us = at_us - self.entries.pop(call_id)
        self.answered += 1
        self.in_target += wait_us <= self.target_us
        self.wait_of_answered_us += wait_us

    def lost(self, call_id: CallId, ending: Ending, at_us: int, *, missed_rings: int) -> None:
        """Count a caller who left without an answer."""
        wait_us = at_us - self.entries.pop(call_id)
        self.left[ending] = self.left.get(ending, 0) + 1
        self.missed_rings += missed_rings
        if ending is Ending.ABANDONED:
            self.wait_of_abandoned_us += wait_us

    def talked(
        self, talk_us: int, hold_us: int, wrap_up_us: int, *, missed_rings: int, transferred: bool
    ) -> None:
        """Count the end of a talk."""
        self.handled += 1
        self.talk_us += talk_us
        self.hold_us += hold_us
        self.wrap_up_us += wrap_up_us
        self.missed_rings += missed_rings
        self.transferred += transferred

    def totals(self, now_us: int) -> Totals:
        """Return the counts and sums as they stand."""
        still_in_time = sum(now_us - at_us <= self.target_us for at_us in self.entries.values())
        return Totals(
            offered=self.offered,
            answered=self.answered,
            answered_in_target=self.in_target,
            abandoned=self.left.get(Ending.ABANDONED, 0),
            timed_out=self.left.get(Ending.TIMED_OUT, 0),
            left_by_key=self.left.get(Ending.LEFT_BY_KEY, 0),
            left_empty=self.left.get(Ending.LEFT_EMPTY, 0),
            left_otherwise=self.left.get(Ending.LEFT_OTHERWISE, 0),
            waiting=len(self.entries),
            undecided=still_in_time,
            waits_known=self.answered,
            handled=self.handled,
            transferred=self.transferred,
            missed_rings=self.missed_rings,
            wait_of_answered=timedelta(microseconds=self.wait_of_answered_us),
            wait_of_abandoned=timedelta(microseconds=self.wait_of_abandoned_us),
            talk=timedelta(microseconds=self.talk_us),
            hold=timedelta(microseconds=self.hold_us),
            wrap_up=timedelta(microseconds=self.wrap_up_us),
        )
