"""The exact truth of what a simulated center did, counted where it happens.

It knows nothing of snapshots and facts, so that what is made of those can be held against it.
Times are microseconds since the world's start.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from wallboard.domain.facts import Ending
from wallboard.domain.measuring import SHORT
from wallboard.domain.snapshot import AgentId, CallId, QueueId
from wallboard.domain.totals import Totals
from wallboard.domain.waits import counted


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
class _Waited:
    """Counts and sums of waits that ended in one way."""

    count: int = 0
    in_target: int = 0
    at_once: int = 0
    short: int = 0
    sum_us: int = 0
    longest_us: int = 0
    waits: int = 0

    def add(self, wait_us: int, target_us: int) -> None:
        self.count += 1
        self.in_target += wait_us <= target_us
        self.at_once += wait_us == 0
        self.short += _time(wait_us) <= SHORT
        self.sum_us += wait_us
        self.longest_us = max(self.longest_us, wait_us)
        self.waits += counted(_time(wait_us))


@dataclass(slots=True)
class Tally:
    """The counts and sums of one queue."""

    target_us: int
    offered: int = 0
    handled: int = 0
    held: int = 0
    talk_us: int = 0
    hold_us: int = 0
    wrap_up_us: int = 0
    transferred: int = 0
    missed_rings: int = 0
    entries: dict[CallId, int] = field(default_factory=dict)
    ends: dict[Ending, _Waited] = field(default_factory=dict)

    def entered(self, call_id: CallId, at_us: int) -> None:
        """Count a caller who joined."""
        self.offered += 1
        self.entries[call_id] = at_us

    def connected(self, call_id: CallId, at_us: int) -> None:
        """Count an answer."""
        self._end(call_id, Ending.ANSWERED, at_us)

    def lost(self, call_id: CallId, ending: Ending, at_us: int, *, missed_rings: int) -> None:
        """Count a caller who left without an answer."""
        self._end(call_id, ending, at_us)
        self.missed_rings += missed_rings

    def talked(
        self, talk_us: int, hold_us: int, wrap_up_us: int, *, missed_rings: int, transferred: bool
    ) -> None:
        """Count the end of a talk."""
        self.handled += 1
        self.held += hold_us > 0
        self.talk_us += talk_us
        self.hold_us += hold_us
        self.wrap_up_us += wrap_up_us
        self.missed_rings += missed_rings
        self.transferred += transferred

    def totals(self, now_us: int) -> Totals:
        """Return the counts and sums as they stand."""
        answered, abandoned = self._of(Ending.ANSWERED), self._of(Ending.ABANDONED)
        by_key, sent = self._of(Ending.LEFT_BY_KEY), tuple(map(self._of, _SENT))
        still_in_time = sum(now_us - at_us <= self.target_us for at_us in self.entries.values())
        return Totals(
            offered=self.offered,
            answered=answered.count,
            answered_in_target=answered.in_target,
            answered_at_once=answered.at_once,
            abandoned=abandoned.count,
            abandoned_in_target=abandoned.in_target,
            abandoned_short=abandoned.short,
            timed_out=self._of(Ending.TIMED_OUT).count,
            left_by_key=by_key.count,
            left_empty=self._of(Ending.LEFT_EMPTY).count,
            left_otherwise=self._of(Ending.LEFT_OTHERWISE).count,
            sent_away_in_target=sum(end.in_target for end in sent),
            left_by_key_in_target=by_key.in_target,
            waiting=len(self.entries),
            undecided_waiting=still_in_time,
            waits_known=answered.count,
            abandon_waits_known=abandoned.count,
            left_waits_known=by_key.count + sum(end.count for end in sent),
            handled=self.handled,
            holds_known=self.handled,
            wrap_ups_known=self.handled,
            held=self.held,
            transferred=self.transferred,
            missed_rings=self.missed_rings,
            wait_of_answered=_time(answered.sum_us),
            wait_of_abandoned=_time(abandoned.sum_us),
            wait_of_left=_time(by_key.sum_us + sum(end.sum_us for end in sent)),
            longest_wait=_time(max([0, *(end.longest_us for end in self.ends.values())])),
            talk=_time(self.talk_us),
            hold=_time(self.hold_us),
            wrap_up=_time(self.wrap_up_us),
            waits=answered.waits,
            abandon_waits=abandoned.waits,
        )

    def _end(self, call_id: CallId, ending: Ending, at_us: int) -> None:
        wait_us = at_us - self.entries.pop(call_id)
        self.ends.setdefault(ending, _Waited()).add(wait_us, self.target_us)

    def _of(self, ending: Ending) -> _Waited:
        return self.ends.get(ending, _Waited())


_SENT: Final = (Ending.TIMED_OUT, Ending.LEFT_EMPTY, Ending.LEFT_OTHERWISE)


def _time(microseconds: int) -> timedelta:
    return timedelta(microseconds=microseconds)
