"""Corrects what events missed of the callers, by rows that tell how things stand; pure.

The rules, in prose:

* Events are younger than the rows: what an event has told of since the rows were asked for is
  left as it is.
* Who waits by the rows waits. Who waited for us and is in no row was answered out of sight, if
  his channel is in the queue's hands still; else his visit ended, and nobody knows how.
* Who talked for us and whose channel is no more in the queue's hands was answered; only how long
  he talked is not known.
* A channel in the queue's hands that does not wait talks, if an agent of its call talks for that
  queue. One without such an agent was passed on, and is over for us.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from wallboard.domain.facts import Ending
from wallboard.domain.snapshot import AgentId
from wallboard.sources.asterisk.codec import Message
from wallboard.sources.asterisk.rows import called, seconds
from wallboard.sources.asterisk.visit import End, Visit
from wallboard.sources.asterisk.visits import Visits


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """How things stand, as the server tells it.

    Attributes:
        entries: Of QueueEntry: who waits.
        channels: Of CoreShowChannel. None if the account may not see them; then `in_call` must do.
        in_call: Who talks to a caller of which queue, by the members' rows.
        asked: What `Visits.mark` gave when the rows were asked for.
        came_at: When they came.
    """

    entries: Iterable[Message]
    channels: Sequence[Message] | None
    in_call: frozenset[tuple[str, AgentId]]
    asked: int
    came_at: datetime


def reconcile(visits: Visits, rows: Rows) -> None:
    """Make the visits agree with the rows; what ended out of sight becomes facts."""
    _Reconciliation(visits, rows).run()


class _Reconciliation:
    def __init__(self, visits: Visits, rows: Rows) -> None:
        self._visits = visits
        self._rows = rows
        self._blind = rows.channels is None
        self._waiting = {row.get("Uniqueid", ""): row for row in rows.entries}
        self._channels: dict[str, Message] = {}
        self._legs: dict[str, list[Message]] = {}
        for row in rows.channels or ():
            self._channels[row.get("Uniqueid", "")] = row
            self._legs.setdefault(row.get("Linkedid", ""), []).append(row)

    def run(self) -> None:
        for visit in tuple(self._visits.open.values()):
            self._complete(visit)
            if self._visits.told_since(visit, self._rows.asked):
                continue
            if visit.waiting:
                self._check_waiter(visit)
            elif visit.uniqueid in self._waiting or not self._talks(visit):
                self._finish(visit, Ending.ANSWERED)
        for uniqueid, row in self._waiting.items():
            self._check_entry(uniqueid, row)
        for uniqueid, row in self._channels.items():
            if uniqueid not in self._waiting:
                self._check_channel(uniqueid, row)

    def _complete(self, visit: Visit) -> None:
        """Fill in what is not known of a visit that was taken over from an ended source."""
        row = self._waiting.get(visit.uniqueid) or self._channels.get(visit.uniqueid)
        if row is not None and not visit.channel:
            visit.channel = row.get("Channel", "")
            visit.linkedid = row.get("Linkedid") or visit.linkedid
            if visit.uniqueid in self._waiting and visit.channel:
                self._visits.ask_before(visit)

    def _check_waiter(self, visit: Visit) -> None:
        entry = self._waiting.get(visit.uniqueid)
        channel = self._channels.get(visit.uniqueid, {})
        if entry is None and _in_queue(channel):
            self._answered_unseen(visit, channel)
        elif entry is None or entry.get("Queue") != visit.queue:
            end = End(at=self._rows.came_at, ending=Ending.UNKNOWN, seen=False)
            self._visits.lost(visit, end, lives=bool(channel))

    def _talks(self, visit: Visit) -> bool:
        if self._blind:
            return visit.agent is not None and (visit.queue, visit.agent) in self._rows.in_call
        return _in_queue(self._channels.get(visit.uniqueid, {}))

    def _finish(self, visit: Visit, ending: Ending) -> None:
        self._visits.finish(visit, End(at=self._rows.came_at, ending=ending, seen=False))

    def _check_entry(self, uniqueid: str, row: Message) -> None:
        visits, asked = self._visits, self._rows.asked
        place = called(row)
        if (
            place is not None
            and visits.waiter(uniqueid) is None
            and not visits.ended_since(*place, asked)
            and not any(visits.told_since(visit, asked) for visit in visits.of_caller(uniqueid))
        ):
            came_at = self._rows.came_at
            wait = seconds(row.get("Wait")) or timedelta()
            visit = visits.begin(row, came_at, entered_at=came_at - wait, join_seen=False)
            if visit is not None:
                visits.ask_before(visit)

    def _check_channel(self, uniqueid: str, row: Message) -> None:
        visits = self._visits
        queue = row.get("ApplicationData", "").partition(",")[0]
        agent = self._agent(queue, row) if _in_queue(row) else None
        if (
            agent is not None
            and not visits.of_caller(uniqueid)
            and not visits.is_over(uniqueid, queue)
        ):
            told = {**row, "Queue": queue}
            visit = visits.begin(told, self._rows.came_at, entered_at=None, join_seen=False)
            if visit is not None:
                self._answered_unseen(visit, row)

    def _answered_unseen(self, visit: Visit, row: Message) -> None:
        """Somebody answered him out of sight: how long he waited is told when he is through."""
        self._visits.answer(visit, "", self._rows.came_at)
        visit.answer_seen = False
        agent = self._agent(visit.queue, row)
        if agent is not None:
            self._visits.give(visit, agent)

    def _agent(self, queue: str, row: Message) -> AgentId | None:
        """Return who talks to a caller of the queue: one of the phones of the same call."""
        linkedid = row.get("Linkedid")
        for leg in self._legs.get(linkedid, ()) if linkedid else ():
            agent = self._visits.directory.person_on(leg.get("Channel", ""))
            if leg.get("ChannelStateDesc") == "Up" and (queue, agent) in self._rows.in_call:
                return agent
        return None


def _in_queue(row: Message) -> bool:
    return row.get("Application") == "Queue"
