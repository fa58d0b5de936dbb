"""AMI's messages become a picture of the call center; pure: time comes in, bytes stay out.

Events tell what happens; the rows of QueueStatus and CoreShowChannels, asked for at connecting and
every half minute, correct what events missed. Where both speak of the same moment the events are
right: they are younger than the rows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from wallboard.domain.facts import CallRecord
from wallboard.domain.snapshot import Agent, AgentId, Call, Queue, QueueId, Snapshot
from wallboard.sources.asterisk.codec import Message
from wallboard.sources.asterisk.people import People
from wallboard.sources.asterisk.rows import channel_device, member_of, person_of, whole
from wallboard.sources.asterisk.visits import Question, Visit, Visits

# Between the answer to a question and the event of the same instant.
RACE: Final = timedelta(seconds=0.3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """The rows of one look at the whole server.

    Attributes:
        rows: Of QueueStatus: QueueParams, QueueMember, QueueEntry.
        channels: Of CoreShowChannels. None if the account may not see them.
        asked: What `Translator.mark` gave when they were asked for.
        asked_at: When that was.
        restarted: The server is another run than the one that was connected before.
    """

    rows: Sequence[Message]
    channels: Sequence[Message] | None
    asked: int
    asked_at: datetime
    restarted: bool = False


class Translator:
    """What one server has told so far. Used by one thread."""

    def __init__(self, wrap_ups: Mapping[str, timedelta]) -> None:
        """Know nothing yet.

        Args:
            wrap_ups: The queues' wrap-up times, which AMI does not tell; the key `""` is for
                queues that are not named.
        """
        self.visits = Visits()
        self.people = People(wrap_up_of=lambda q: wrap_ups.get(q, wrap_ups.get("")))
        self.skew = timedelta()
        self.unresolved: tuple[str, ...] = ()
        self.ignored = 0
        self.heard = 0
        self.drifted = False
        self._queues: Mapping[QueueId, Queue] = {}
        self._agents: Mapping[AgentId, Agent] = {}
        self._calls: Mapping[str, Call] = {}
        self._counted_at: datetime | None = None
        self._stopped_at: datetime | None = None
        self._ever = False

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
        return True

    def _joined(self, event: Message, at: datetime) -> None:
        self.heard += 1
        self.visits.joined(event, at)

    def _called(self, event: Message, at: datetime) -> None:
        self.heard += 1
        self.people.rang(self._person(event), event.get("Uniqueid", ""), at)

    def _ring_missed(self, event: Message, _at: datetime) -> None:
        self.visits.missed(event)
        self.people.ring_over(event.get("Uniqueid", ""), self._person(event))

    def _dial_ended(self, event: Message, _at: datetime) -> None:
        if event.get("DialStatus") != "ANSWER":
            device = channel_device(event.get("DestChannel", ""))
            agent = self.visits.persons.get(device) or person_of(device)[0]
            self.people.ring_over(event.get("Uniqueid", ""), agent)

    def _left(self, event: Message, at: datetime) -> None:
        self.heard += 1
        self.visits.left(event, at)
        self.people.ring_over(event.get("Uniqueid", ""))

    def _abandoned(self, event: Message, at: datetime) -> None:
        self._counted_at = at
        self.visits.abandoned(event, at)
        self.people.ring_over(event.get("Uniqueid", ""))

    def _connected(self, event: Message, at: datetime) -> None:
        visit = self.visits.connected(event, at)
        self.people.ring_over(event.get("Uniqueid", ""))
        if visit.agent is not None:
            self.people.dirty.add(visit.agent)

    def _completed(self, event: Message, at: datetime) -> None:
        self._counted_at = at
        self._agent_out(self.visits.completed(event, at), at)

    def _blind(self, event: Message, at: datetime) -> None:
        self._counted_at = at
        self._agent_out(self.visits.passed_on(event, at, "Transferer"), at)

    def _attended(self, event: Message, at: datetime) -> None:
        self._counted_at = at
        self._agent_out(self.visits.passed_on(event, at, "OrigTransferer"), at)

    def _agent_out(self, visit: Visit | None, at: datetime) -> None:
        if visit is not None:
            self.people.call_over(visit.agent, visit.queue, at)

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
        device = channel_device(event.get("Channel", ""))
        agent = self.visits.persons.get(device) or person_of(device)[0]
        visit = self.visits.talking_to(agent)
        if visit is not None and visit.linkedid == event.get("Linkedid"):
            (self.people.on_hold.add if holds else self.people.on_hold.discard)(agent)
            self.people.dirty.add(agent)

    def _member_changed(self, event: Message, at: datetime) -> None:
        self.heard += 1
        member = member_of(event, self.skew)
        if member is not None:
            self.visits.persons[member.interface] = member.person
            self.people.take(member, self.visits.mark(), at)

    def _member_removed(self, event: Message, _at: datetime) -> None:
        member = member_of(event, self.skew)
        if member is not None:
            self.visits.mark()
            self.people.remove(member)

    def _stopping(self, _event: Message, at: datetime) -> None:
        self._stopped_at = at

    def _variable_set(self, event: Message, at: datetime) -> None:
        if event.get("Variable") == "QUEUESTATUS":
            self.visits.status_told(event.get("Uniqueid", ""), event.get("Value") or "", at)

    def _person(self, event: Message) -> AgentId:
        interface = event.get("Interface", "")
        return self.visits.persons.get(interface) or person_of(interface)[0]

    # --- rows -------------------------------------------------------------------------------

    def mark(self) -> int:
        """Return where the stream of events is, to be handed back with the rows asked for now."""
        return self.visits.mark()

    def disconnected(self) -> None:
        """The connection is gone: what happens now is not seen."""
        self.people.forget_rings()
        self.people.on_hold.clear()
        self.heard = 0
        self.drifted = False

    def take_status(self, status: Status, at: datetime, *, connecting: bool) -> None:
        """Take the rows of a look at the whole server.

        Args:
            connecting: They are the first of a connection, so that much may have gone unseen.
        """
        params = [row for row in status.rows if row.get("Event") == "QueueParams"]
        entries = [row for row in status.rows if row.get("Event") == "QueueEntry"]
        self._take_queues(params)
        self._take_members(status)
        if connecting:
            self.visits.unseen = 0
        if status.restarted:
            self.visits.restarted(at, self._stopped_at)
        self._stopped_at = None
        known = len(self.visits.facts)
        in_call = frozenset(
            key
            for person in self.people.persons.values()
            for key, member in person.members.items()
            if member.in_call
        )
        before = set(self.visits.open)
        self.visits.reconcile(entries, status.channels, in_call, status.asked, at)
        if not connecting and self.heard == 0 and before != set(self.visits.open):
            self.drifted = True  # callers came or went, and no event told of it
        ended = self.visits.facts[known:]
        self._count(params, ended, status, at, connecting=connecting)
        for record in ended:
            self.people.call_over(record.agent_id, record.queue_id, at)
        self.people.dirty.update(
            visit.agent for visit in self.visits.open.values() if visit.agent is not None
        )
        self._ever = True

    def _take_queues(self, params: Sequence[Message]) -> None:
        queues = {}
        for row in params:
            name = row.get("Queue", "")
            if not name:
                self.ignored += 1
                continue
            level = whole(row.get("ServiceLevel"))
            target = timedelta(seconds=level) if level else None
            queue = Queue(queue_id=QueueId(name), name=name, target=target)
            old = self._queues.get(queue.queue_id)
            queues[queue.queue_id] = old if old == queue else queue
            self.visits.targets[name] = target
            wrap_up = self.people.wrap_up_of(name)
            if wrap_up is not None:
                self.visits.wrap_ups[name] = wrap_up
        if queues != self._queues:
            self._queues = queues

    def _take_members(self, status: Status) -> None:
        members = []
        for row in status.rows:
            if row.get("Event") == "QueueMember":
                member = member_of(row, self.skew)
                if member is None:
                    self.ignored += 1
                else:
                    members.append(member)
                    self.visits.persons[member.interface] = member.person
        self.unresolved = tuple(
            sorted({member.interface for member in members if not member.resolved})
        )
        self.people.reconcile(members, status.asked, self.visits.mark())

    def _count(
        self,
        params: Sequence[Message],
        ended: Sequence[CallRecord],
        status: Status,
        at: datetime,
        *,
        connecting: bool,
    ) -> None:
        """Compare the server's own counts with ours; what we lack ended out of sight."""
        racing = self._counted_at is not None and self._counted_at >= status.asked_at - RACE
        if racing and not connecting:
            return
        for row in params:
            queue = row.get("Queue", "")
            done, gone = whole(row.get("Completed")), whole(row.get("Abandoned"))
            if done is None or gone is None:
                continue
            counted = self.visits.counted.get(queue, 0)
            if connecting and self._ever:
                known = sum(record.queue_id == queue for record in ended)
                missing = done + gone - counted - (0 if status.restarted else known)
                if missing > 0:
                    self.visits.unseen_in(queue, missing, at)
            self.visits.counted[queue] = done + gone

    # --- what others see --------------------------------------------------------------------

    def settle(self, at: datetime) -> None:
        """Do what time alone makes due."""
        self.visits.settle(at)

    def next_due(self) -> datetime | None:
        """Return when time alone will change something; None if it will not."""
        dues = [due for due in (self.visits.next_due(), self.people.next_due()) if due is not None]
        return min(dues, default=None)

    def questions(self) -> tuple[Question, ...]:
        """Return what must be asked now, once."""
        asked = tuple(self.visits.questions)
        self.visits.questions.clear()
        return asked

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
    "Shutdown": Translator._stopping,  # noqa: SLF001
    "VarSet": Translator._variable_set,  # noqa: SLF001
}
# DialEnd of a direct phone, Hangup of any channel: the stream has more of them than we use.
WANTED: Final = frozenset(_HANDLERS) - {"VarSet"}
