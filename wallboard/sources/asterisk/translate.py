"""AMI's messages become a picture of the call center; pure: time comes in, bytes stay out.

Events tell what happens; the rows of QueueStatus and CoreShowChannels, asked for at connecting and
every half minute, correct what events missed. Where both speak of the same moment the events are
right: they are younger than the rows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, TypeAlias

from wallboard.domain.facts import CallRecord, Ending, FactId
from wallboard.domain.snapshot import Agent, AgentId, CallId, Queue, QueueId, Snapshot
from wallboard.sources.asterisk.codec import Message
from wallboard.sources.asterisk.counters import Counters
from wallboard.sources.asterisk.people import People
from wallboard.sources.asterisk.reconciling import Rows, reconcile
from wallboard.sources.asterisk.rows import LONGEST, Directory, Member, called, member_of, whole
from wallboard.sources.asterisk.visit import COUNTED, Visit
from wallboard.sources.asterisk.visits import About, Question, Visits

_Place: TypeAlias = tuple[str, str]
_Read: TypeAlias = tuple[Message, timedelta, Member]


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """The rows of one look at the whole server.

    Attributes:
        rows: Of QueueStatus: QueueParams, QueueMember, QueueEntry.
        channels: Of CoreShowChannels. None if the account may not see them.
        asked: What `Translator.mark` gave when they were asked for.
        asked_at, came_at: When that was, and when the rows came.
        connecting: They are the first of a connection, so that much may have gone unseen.
        restarted: The server is another run than the one that was connected before.
    """

    rows: Sequence[Message]
    channels: Sequence[Message] | None
    asked: int
    asked_at: datetime
    came_at: datetime
    connecting: bool = False
    restarted: bool = False


class Translator:
    """What one server has told so far. Used by one thread.

    Attributes:
        skew: How much the server's clock is ahead of ours; set from outside.
        unresolved: Interfaces of members whose phone cannot be told.
        ignored: Messages that could not be read.
        unseen: Calls that ended out of sight since the connection was last made.
        drifted: Callers come and go, and no event tells of it.
        look_wanted: Something was met that only a look at the whole server can tell more of.
    """

    def __init__(self, wrap_ups: Mapping[str, timedelta]) -> None:
        """Know nothing yet.

        Args:
            wrap_ups: The queues' wrap-up times, which AMI does not tell; the key `""` is for
                queues that are not named.
        """
        self.directory = Directory()
        self.people = People(queue_wrap_up=lambda q: wrap_ups.get(q, wrap_ups.get("")))
        self.visits = Visits(directory=self.directory, wrap_up_of=self.people.wrap_up)
        self.counters = Counters()
        self.skew = timedelta()
        self.unresolved: tuple[str, ...] = ()
        self.ignored = 0
        self.unseen = 0
        self.drifted = False
        self.look_wanted = False
        self._heard = 0
        self._since = 0
        self._queues: Mapping[QueueId, Queue] = {}
        self._agents: Mapping[AgentId, Agent] = {}
        self._ever = False
        self._rows_read: dict[_Place, _Read] = {}

    # --- events -----------------------------------------------------------------------------

    def take(self, event: Message, at: datetime) -> bool:
        """Take one event. Returns True if a picture made now may differ from the one before.

        Args:
            at: When it happened, on our clock.
        """
        handle = _HANDLERS.get(event.get("Event", ""))
        if handle is None:
            return False
        handle(self, event, at)
        return bool(self.people.dirty or self.visits.news or self.look_wanted)

    def _queued(self, event: Message) -> bool:
        """Return whether an event tells of which caller and queue; others cannot be used."""
        self._heard += 1
        place = called(event)
        if place is None:
            self.ignored += 1
            return False
        self._meet(place[1])
        return True

    def _meet(self, queue: str) -> None:
        """A queue may come to be while we watch; what else is to know of it a look will tell."""
        queue_id = QueueId(queue)
        if queue_id not in self._queues:
            self._queues = {**self._queues, queue_id: Queue(queue_id=queue_id, name=queue)}
            self.look_wanted = True

    def _joined(self, event: Message, at: datetime) -> None:
        if self._queued(event):
            self.visits.joined(event, at)

    def _called(self, event: Message, at: datetime) -> None:
        uniqueid = event.get("Uniqueid", "")
        if self.visits.waiter(uniqueid) is not None:
            self.visits.picked_up(uniqueid, up=False)
            self.people.rang(self.directory.person(event.get("Interface", "")), uniqueid, at)

    def _ring_missed(self, event: Message, at: datetime) -> None:
        uniqueid = event.get("Uniqueid", "")
        self.visits.missed(event)
        self.visits.picked_up(uniqueid, up=False)
        self.people.ring_over(uniqueid, at, self.directory.person(event.get("Interface", "")))

    def _dial_ended(self, event: Message, at: datetime) -> None:
        uniqueid = event.get("Uniqueid", "")
        if event.get("DialStatus") == "ANSWER":
            self.visits.picked_up(uniqueid, up=True)
        else:
            agent = self.directory.person_on(event.get("DestChannel", ""))
            self.people.ring_over(uniqueid, at, agent)

    def _left(self, event: Message, at: datetime) -> None:
        if self._queued(event):
            self.visits.left(event, at)
            self.people.ring_over(event["Uniqueid"], at)

    def _abandoned(self, event: Message, at: datetime) -> None:
        if self._queued(event):
            if self.visits.abandoned(event, at) is not None:
                self.counters.count(event["Queue"], at)
            self.people.ring_over(event["Uniqueid"], at)

    def _connected(self, event: Message, at: datetime) -> None:
        if self._queued(event):
            visit = self.visits.connected(event, at)
            self.people.ring_over(event["Uniqueid"], at)
            if visit is not None and visit.agent is not None:
                self.people.dirty.add(visit.agent)

    def _completed(self, event: Message, at: datetime) -> None:
        self._agent_out(self.visits.completed(event, at), at)

    def _blind(self, event: Message, at: datetime) -> None:
        self._agent_out(self.visits.passed_on(event, at, "Transferer"), at)

    def _attended(self, event: Message, at: datetime) -> None:
        self._agent_out(self.visits.passed_on(event, at, "OrigTransferer"), at)

    def _agent_out(self, visit: Visit | None, at: datetime) -> None:
        if visit is not None:
            self._meet(visit.queue)
            self.counters.count(visit.queue, at)
            self.people.call_over(visit.agent, visit.queue, at)

    def taken_over(self, visit: Visit, at: datetime) -> None:
        """A supervisor has that caller on the phone now."""
        if self.visits.open.get(visit.call_id) is visit:
            agent, waited = visit.agent, visit.waiting
            self.visits.taken_over(visit, at)
            self.counters.count(visit.queue, at)
            if waited:
                self.people.ring_over(visit.uniqueid, at)
            else:
                self.people.call_over(agent, visit.queue, at)

    def _hangup_requested(self, event: Message, _at: datetime) -> None:
        self.visits.hangup_requested(event)

    def _cut_off(self, event: Message, _at: datetime) -> None:
        self.visits.cut_off(event)

    def _hung_up(self, event: Message, at: datetime) -> None:
        self.visits.hung_up(event, at)

    def _held(self, event: Message, _at: datetime) -> None:
        self._hold(event, holds=True)

    def _unheld(self, event: Message, _at: datetime) -> None:
        self._hold(event, holds=False)

    def _hold(self, event: Message, *, holds: bool) -> None:
        agent = self.directory.person_on(event.get("Channel", ""))
        visit = self.visits.talking_to(agent)
        if visit is not None and visit.linkedid == event.get("Linkedid"):
            (self.people.on_hold.add if holds else self.people.on_hold.discard)(agent)
            self.people.dirty.add(agent)

    def _member_changed(self, event: Message, at: datetime) -> None:
        self._heard += 1
        member = member_of(event, self.skew)
        if member is None:
            self.ignored += 1
            return
        self._meet(member.queue)
        self.directory.learn(member)
        self.people.take(member, self.visits.mark(), at)

    def _member_removed(self, event: Message, at: datetime) -> None:
        self._heard += 1
        member = member_of(event, self.skew)
        if member is not None:
            self.people.remove(member, self.visits.mark(), at)

    # --- rows -------------------------------------------------------------------------------

    def mark(self) -> int:
        """Return where the stream of events is, to be handed back with the rows asked for now."""
        self.look_wanted = False
        return self.visits.mark()

    def watching(self, since: datetime) -> None:
        """Everything is seen from then on.

        Args:
            since: On the server's clock.
        """
        self.visits.seen_since = since

    def disconnected(self, at: datetime) -> None:
        """The connection is gone: what happens now is not seen."""
        self.visits.seen_since = None
        self.people.forget_rings(at)
        self.people.on_hold.clear()
        self.counters.disconnected()
        self._since = self.visits.mark()
        self._heard = 0
        self.drifted = False

    def take_status(self, status: Status, at: datetime) -> None:
        """Take the rows of a look at the whole server."""
        params = [row for row in status.rows if row.get("Event") == "QueueParams"]
        known = len(self.visits.facts)
        open_before = set(self.visits.open)
        if status.connecting:
            self.unseen = 0
            self.counters.owe()
        if status.restarted:
            self.visits.restarted(at, before=self._since)
            self.counters.reset()
        counted_from = len(self.visits.facts)
        listed = self._take_params(params)
        self._take_members(status, at)
        self._take_callers(status)
        self._queues = self._present(listed)
        asked = {one.call_id for one in self.visits.questions if one.about is About.COUNTED}
        for record in self.visits.facts[counted_from:]:
            if record.call_id in asked:
                self.counters.ask(record.call_id, record.queue_id)
            else:
                self.counters.count(record.queue_id)
        for record in self.visits.facts[known:]:
            self.unseen += record.ending is Ending.UNKNOWN
            self.people.call_lost(record.agent_id)
        self.people.dirty.update(
            visit.agent for visit in self.visits.open.values() if visit.agent is not None
        )
        self.people.forget_rings(at, but=lambda call: self.visits.waiter(call) is not None)
        if self._ever and not status.connecting and self._heard == 0:
            self.drifted |= open_before != set(self.visits.open)
        self._count(params, status, at)
        self._ever = True

    def _take_params(self, params: Sequence[Message]) -> dict[QueueId, Queue]:
        queues = {}
        for row in params:
            name = row.get("Queue", "")
            if not 0 < len(name) <= LONGEST:
                self.ignored += 1
                continue
            level = whole(row.get("ServiceLevel"))
            target = timedelta(seconds=level) if level and level < 10**8 else None
            queue = Queue(queue_id=QueueId(name), name=name, target=target)
            old = self._queues.get(queue.queue_id)
            queues[queue.queue_id] = old if old is not None and old == queue else queue
            self.visits.targets[name] = target
        return queues

    def _take_members(self, status: Status, at: datetime) -> None:
        members = []
        read, self._rows_read = self._rows_read, {}
        for row in status.rows:
            if row.get("Event") == "QueueMember":
                member = self._member_in(row, read)
                if member is None:
                    self.ignored += 1
                else:
                    members.append(member)
                    self.directory.learn(member)
        self.unresolved = tuple(
            sorted({member.interface for member in members if not member.resolved})
        )
        self.people.reconcile(members, status.asked, at)

    def _member_in(self, row: Message, read: Mapping[_Place, _Read]) -> Member | None:
        """Return a membership; one whose row says what it said last time is not read again."""
        place = (row.get("Queue", ""), row.get("Location", ""))
        last = read.get(place)
        if last is None or last[0] != row or last[1] != self.skew:
            member = member_of(row, self.skew)
            last = None if member is None else (row, self.skew, member)
        if last is None:
            return None
        self._rows_read[place] = last
        return last[2]

    def _take_callers(self, status: Status) -> None:
        entries = [row for row in status.rows if row.get("Event") == "QueueEntry"]
        reconcile(
            self.visits,
            Rows(
                entries=entries,
                channels=status.channels,
                in_call=self.people.in_call(),
                asked=status.asked,
                came_at=status.came_at,
            ),
        )

    def _present(self, listed: dict[QueueId, Queue]) -> Mapping[QueueId, Queue]:
        """Return the queues there are: the listed ones, and those that somebody still is in."""
        used = {visit.queue for visit in self.visits.open.values()} | self.people.queues()
        for name in sorted(used):
            queue_id = QueueId(name)
            if queue_id not in listed:
                unlisted = Queue(queue_id=queue_id, name=name, target=self.visits.targets.get(name))
                listed[queue_id] = self._queues.get(queue_id, unlisted)
        return self._queues if listed == self._queues else listed

    def _count(self, params: Sequence[Message], status: Status, at: datetime) -> None:
        """Book what the server counted and we did not: it began and ended out of sight."""
        if self.drifted:
            self.counters.owe()
        if not self._ever:
            self.counters.owing.clear()
        unseen = self.counters.compare(params, status.asked_at)
        self.look_wanted |= bool(self.counters.owing)
        for queue, count in unseen:
            self.unseen += count
            for number in range(count):
                self.visits.facts.append(self._unseen(queue, number, at))

    def _unseen(self, queue: str, number: int, at: datetime) -> CallRecord:
        fact_id = f"unseen@{queue}@{at.timestamp():.3f}#{number}"
        return CallRecord(
            fact_id=FactId(fact_id),
            call_id=CallId(fact_id),
            queue_id=QueueId(queue),
            entered_at=at,
            ended_at=at,
            ending=Ending.UNKNOWN,
            target=self.visits.targets.get(queue),
        )

    # --- what others see --------------------------------------------------------------------

    def settle(self, at: datetime) -> None:
        """Do what time alone makes due."""
        for record in self.visits.settle(at):
            if record.ending is Ending.ANSWERED:
                self.counters.count(record.queue_id, at)
                self.people.call_over(record.agent_id, record.queue_id, record.ended_at)

    def next_due(self) -> datetime | None:
        """Return when time alone will change something; None if it will not."""
        dues = [due for due in (self.visits.next_due(), self.people.next_due()) if due is not None]
        return min(dues, default=None)

    def questions(self) -> tuple[Question, ...]:
        """Return what must be asked now, once."""
        asked = tuple(self.visits.questions)
        self.visits.questions.clear()
        return asked

    def answered(self, question: Question, value: str | None, at: datetime) -> None:
        """Take what a variable is.

        Args:
            value: None means that the channel is no more.
        """
        match question.about:
            case About.BEFORE:
                self.visits.status_before_told(question.call_id, value or "")
            case About.ENDING:
                self.visits.status_told(question.call_id, value, at)
            case About.COUNTED:
                # Who is hung up on by now is taken for counted, as all are whose channel is gone.
                counts = value is None or value in COUNTED
                self.counters.told(question.call_id, counts=counts)

    def facts(self) -> tuple[CallRecord, ...]:
        """Return the visits that ended since this was asked last."""
        ended = tuple(self.visits.facts)
        self.visits.facts.clear()
        return ended

    def picture(self, at: datetime) -> Snapshot:
        """Return what is true now."""
        self._agents = self.people.rows(self._agents, self.visits.talking_to, at)
        return Snapshot(
            as_of=at, queues=self._queues, agents=self._agents, calls=self.visits.calls()
        )

    def resume(self, snapshot: Snapshot) -> None:
        """Take over from a source that ended: its open calls, so that none is counted twice."""
        self._queues = dict(snapshot.queues)
        self.visits.targets.update((row.name, row.target) for row in snapshot.queues.values())
        self.visits.resume(snapshot.calls.values())


_Handler = Callable[[Translator, Message, datetime], None]
_HANDLERS: Final[Mapping[str, _Handler]] = {
    "QueueCallerJoin": Translator._joined,  # noqa: SLF001 - the table of this very class
    "QueueCallerLeave": Translator._left,  # noqa: SLF001
    "QueueCallerAbandon": Translator._abandoned,  # noqa: SLF001
    "AgentCalled": Translator._called,  # noqa: SLF001
    "AgentRingNoAnswer": Translator._ring_missed,  # noqa: SLF001
    "AgentConnect": Translator._connected,  # noqa: SLF001
    "AgentComplete": Translator._completed,  # noqa: SLF001
    "BlindTransfer": Translator._blind,  # noqa: SLF001
    "AttendedTransfer": Translator._attended,  # noqa: SLF001
    "DialEnd": Translator._dial_ended,  # noqa: SLF001
    "HangupRequest": Translator._hangup_requested,  # noqa: SLF001
    "SoftHangupRequest": Translator._cut_off,  # noqa: SLF001
    "Hangup": Translator._hung_up,  # noqa: SLF001
    "Hold": Translator._held,  # noqa: SLF001
    "Unhold": Translator._unheld,  # noqa: SLF001
    "QueueMemberStatus": Translator._member_changed,  # noqa: SLF001
    "QueueMemberPause": Translator._member_changed,  # noqa: SLF001
    "QueueMemberAdded": Translator._member_changed,  # noqa: SLF001
    "QueueMemberPenalty": Translator._member_changed,  # noqa: SLF001
    "QueueMemberRinginuse": Translator._member_changed,  # noqa: SLF001
    "QueueMemberRemoved": Translator._member_removed,  # noqa: SLF001
}
# Calls that are no queue's have Hangup, DialEnd and Hold too: the stream has more than we use.
_ROWS: Final = frozenset(
    {
        "QueueParams",
        "QueueMember",
        "QueueEntry",
        "QueueStatusComplete",
        "CoreShowChannel",
        "CoreShowChannelsComplete",
    }
)
WANTED: Final = frozenset(_HANDLERS) | _ROWS
