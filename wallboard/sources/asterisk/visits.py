"""The life of each caller's visit to a queue, from AMI's events; pure, time comes in.

The rules, in prose:

* A visit begins with QueueCallerJoin. The same caller may come again, and to other queues; each
  time is another visit.
* AgentConnect is the answer; AgentComplete ends an answered visit. It may lack the caller's
  channel, and then is found by queue and interface.
* An agent behind a Local channel who passes the caller on stays "in the call" for the queue until
  the caller is through. For us his part ends with BlindTransfer or AttendedTransfer, and the
  AgentComplete that comes later is no news.
* QueueCallerAbandon after a HangupRequest of the caller's own channel: he hung up. After a
  SoftHangupRequest alone: the system hung up on him, as it does when it stops. After neither the
  queue sent him away, and the channel's variable QUEUESTATUS says why; it is asked for, since its
  event is in a class that is half of the whole stream.
* QueueCallerLeave with neither an abandon nor a connect: he left by key, unless QUEUESTATUS says
  otherwise.
* A visit that ended while there was no connection ended unknown if he was waiting. If he was
  talking he was answered; only how long he talked is not known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, TypeVar

from wallboard.domain.facts import CallRecord, Ending, FactId
from wallboard.domain.snapshot import AgentId, Call, CallId, QueueId
from wallboard.sources.asterisk.codec import Message
from wallboard.sources.asterisk.rows import channel_device, known, person_of, seconds

_Key = TypeVar("_Key")

# Who left without an abandon is asked about once the queue has surely let go of him.
ASK_AFTER: Final = timedelta(milliseconds=120)
ASK_AGAIN: Final = timedelta(milliseconds=60)
# How long QUEUESTATUS may take to be told before the ending is inferred.
SETTLE: Final = timedelta(seconds=2)
# How long after the end of a caller's channel an AgentComplete may still come.
LINGER: Final = timedelta(seconds=1)
# A channel that lives on for so long after leaving the queue was not hung up by the caller.
LIVES_ON: Final = timedelta(milliseconds=150)

REMEMBERED: Final = 100_000

_TOLD_ENDINGS: Final[Mapping[str, Ending]] = {
    "TIMEOUT": Ending.TIMED_OUT,
    "LEAVEEMPTY": Ending.LEFT_EMPTY,
    "LEAVEUNAVAIL": Ending.LEFT_EMPTY,
    "WITHDRAW": Ending.LEFT_OTHERWISE,
    "CONTINUE": Ending.LEFT_OTHERWISE,
}


@dataclass(slots=True)
class Visit:
    """One visit that is not over. Changes as events come in."""

    call_id: CallId
    uniqueid: str
    linkedid: str
    channel: str
    queue: str
    number: str | None
    name: str | None
    entered_at: datetime | None
    answered_at: datetime | None = None
    answer_seen: bool = True
    interface: str = ""
    agent: AgentId | None = None
    agent_uniqueid: str = ""
    missed: int = 0
    hung_up: bool = False
    cut_off: bool = False
    abandoned_at: datetime | None = None
    left_at: datetime | None = None
    gone_at: datetime | None = None
    ask_at: datetime | None = None
    touched: int = 0
    row: Call | None = None

    @property
    def waiting(self) -> bool:
        """True until somebody answers."""
        return self.answered_at is None

    @property
    def out_at(self) -> datetime | None:
        """When he left the queue unanswered; None if he did not."""
        return self.abandoned_at or self.left_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A variable of a channel that must be asked for."""

    channel: str
    uniqueid: str
    variable: str = "QUEUESTATUS"


@dataclass(slots=True)
class Visits:
    """All visits that are not over, and the facts of those that are.

    Attributes:
        targets: Service level's time to answer by queue; kept up to date from outside.
        wrap_ups: Wrap-up time by queue, where it is known.
        persons: Who is behind an interface.
        unseen: Visits that ended out of sight since the connection was last made.
        counted: How many completed and abandoned calls of each queue the server must have
            counted by now.
    """

    targets: dict[str, timedelta | None] = field(default_factory=dict)
    wrap_ups: dict[str, timedelta] = field(default_factory=dict)
    persons: dict[str, AgentId] = field(default_factory=dict)
    open: dict[CallId, Visit] = field(default_factory=dict)
    facts: list[CallRecord] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    unseen: int = 0
    counted: dict[str, int] = field(default_factory=dict)
    _waiting: dict[str, Visit] = field(default_factory=dict)
    _unsettled: dict[CallId, Visit] = field(default_factory=dict)
    _talkers: dict[AgentId, list[Visit]] = field(default_factory=dict)
    _numbers: dict[tuple[str, str], int] = field(default_factory=dict)
    _passed_on: dict[tuple[str, str], int] = field(default_factory=dict)
    _ended: dict[str, int] = field(default_factory=dict)
    _sequence: int = 0

    # --- events -----------------------------------------------------------------------------

    def joined(self, event: Message, at: datetime) -> None:
        """QueueCallerJoin."""
        old = self._waiting.get(event.get("Uniqueid", ""))
        if old is not None:
            # He cannot wait twice: the end of the earlier visit was missed, or is just coming.
            self._finish(old, at, Ending.LEFT_BY_KEY if old.left_at else Ending.UNKNOWN)
        self._begin(event, at)

    def left(self, event: Message, at: datetime) -> Visit | None:
        """QueueCallerLeave: he does not wait any more; why comes before or right after."""
        visit = self._waiting.get(event.get("Uniqueid", ""))
        if visit is None or visit.queue != event.get("Queue"):
            return None
        self._touch(visit)
        visit.left_at = at
        if visit.abandoned_at is None:
            visit.ask_at = at + ASK_AFTER
        self._unsettled[visit.call_id] = visit
        return visit

    def abandoned(self, event: Message, at: datetime) -> Visit | None:
        """QueueCallerAbandon."""
        queue = event.get("Queue", "")
        self.counted[queue] = self.counted.get(queue, 0) + 1
        visit = self._waiting.get(event.get("Uniqueid", ""))
        if visit is None:
            # Joined before we could see, and not in the snapshot either.
            visit = self._begin(event, None)
            visit.entered_at = at - (seconds(event.get("HoldTime")) or timedelta())
        self._touch(visit)
        visit.abandoned_at = at
        if visit.hung_up or visit.cut_off:
            self._finish(visit, at, self._inferred(visit, at))
        else:
            visit.ask_at = at
            self._unsettled[visit.call_id] = visit
        return visit

    def connected(self, event: Message, at: datetime) -> Visit:
        """AgentConnect."""
        visit = self._waiting.get(event.get("Uniqueid", ""))
        if visit is None or visit.queue != event.get("Queue"):
            visit = self._begin(event, None)
            visit.entered_at = at - (seconds(event.get("HoldTime")) or timedelta())
        self._answer(visit, event.get("Interface", ""), at)
        visit.agent_uniqueid = event.get("DestUniqueid", "")
        return visit

    def completed(self, event: Message, at: datetime) -> Visit | None:
        """AgentComplete. Returns None if it is no news."""
        queue, interface = event.get("Queue", ""), event.get("Interface", "")
        visit = self._talking(queue, interface, event.get("Uniqueid", ""))
        if visit is None:
            passed = self._passed_on.get((queue, interface), 0)
            if passed:
                self._passed_on[queue, interface] = passed - 1
            return None
        self.counted[queue] = self.counted.get(queue, 0) + 1
        talk = seconds(event.get("TalkTime"))
        if not visit.answer_seen:
            wait = seconds(event.get("HoldTime"))
            if visit.entered_at is None:
                visit.entered_at = at - (talk or timedelta()) - (wait or timedelta())
            self._finish(visit, at, Ending.ANSWERED, wait=wait, talk=talk)
        else:
            self._finish(visit, at, Ending.ANSWERED, transferred=event.get("Reason") == "transfer")
        return visit

    def passed_on(self, event: Message, at: datetime, prefix: str) -> Visit | None:
        """BlindTransfer or AttendedTransfer, by whoever is called `prefix` in its fields."""
        if event.get("Result", "Success") != "Success":
            return None
        linkedid = event.get(f"{prefix}Linkedid", "")
        transferer = event.get(f"{prefix}Uniqueid", "")
        device = channel_device(event.get(f"{prefix}Channel", ""))
        for visit in self.open.values():
            if (
                not visit.waiting
                and visit.linkedid == linkedid
                and visit.uniqueid != transferer
                and visit.interface.lower().startswith("local/")
                and person_of(device)[0] == person_of(visit.interface)[0]
            ):
                key = (visit.queue, visit.interface)
                self._passed_on[key] = self._passed_on.get(key, 0) + 1
                self.counted[visit.queue] = self.counted.get(visit.queue, 0) + 1
                self._finish(visit, at, Ending.ANSWERED, transferred=True)
                return visit
        return None

    def hangup_requested(self, event: Message) -> None:
        """HangupRequest: the far end of a channel hung up."""
        visit = self._waiting.get(event.get("Uniqueid", ""))
        if visit is not None:
            visit.hung_up = True

    def cut_off(self, event: Message) -> None:
        """SoftHangupRequest: the system hangs up on a channel."""
        visit = self._waiting.get(event.get("Uniqueid", ""))
        if visit is not None and visit.out_at is None:
            visit.cut_off = True

    def hung_up(self, event: Message, at: datetime) -> None:
        """Hangup: a channel is no more."""
        uniqueid = event.get("Uniqueid", "")
        for visit in tuple(self._of_caller(uniqueid)):
            visit.gone_at = at
            self._unsettled[visit.call_id] = visit
            out_at = visit.out_at
            if visit.waiting and out_at is not None:
                self._finish(visit, out_at, self._inferred(visit, at))

    def missed(self, event: Message) -> None:
        """AgentRingNoAnswer."""
        visit = self._waiting.get(event.get("Uniqueid", ""))
        if visit is not None:
            visit.missed += 1

    def status_told(self, uniqueid: str, value: str | None, at: datetime) -> None:
        """Take what QUEUESTATUS is. None means that the channel is no more.

        An empty value means that the queue has not ended for him yet, or that he left by key,
        for which it is not set.
        """
        visit = self._waiting.get(uniqueid)
        out_at = None if visit is None else visit.out_at
        if visit is None or out_at is None:
            return
        ending = _TOLD_ENDINGS.get(value or "")
        if ending is not None:
            self._finish(visit, out_at, ending)
        elif value is None:
            visit.gone_at = visit.gone_at or at
            self._finish(visit, out_at, self._inferred(visit, at))
        elif visit.abandoned_at is None:
            self._finish(visit, out_at, Ending.LEFT_BY_KEY)
        else:
            visit.ask_at = at + ASK_AGAIN

    def settle(self, at: datetime) -> None:
        """End what has waited long enough for its reason; ask for what is due."""
        for visit in tuple(self._unsettled.values()):
            out_at = visit.out_at
            if visit.waiting and out_at is not None:
                if at - out_at >= SETTLE:
                    self._finish(visit, out_at, self._inferred(visit, at))
                elif visit.ask_at is not None and at >= visit.ask_at:
                    visit.ask_at = None
                    self.questions.append(Question(channel=visit.channel, uniqueid=visit.uniqueid))
            elif visit.gone_at is not None and at - visit.gone_at >= LINGER:
                self._finish_gone(visit, visit.gone_at)

    def next_due(self) -> datetime | None:
        """Return when `settle` will have something to do; None if it waits for nothing."""
        return min(self._dues(), default=None)

    def _dues(self) -> Iterator[datetime]:
        for visit in self._unsettled.values():
            if visit.waiting and visit.out_at is not None:
                yield visit.ask_at or visit.out_at + SETTLE
            elif visit.gone_at is not None:
                yield visit.gone_at + LINGER

    # --- reconciliation ---------------------------------------------------------------------

    def mark(self) -> int:
        """Return where the stream of events is; rows asked for now know nothing later."""
        self._sequence += 1
        return self._sequence

    def reconcile(
        self,
        entries: Iterable[Message],
        channels: Iterable[Message] | None,
        in_call: frozenset[tuple[str, str]],
        asked: int,
        at: datetime,
    ) -> None:
        """Correct drift by rows of QueueEntry and CoreShowChannel. Events win races.

        Args:
            channels: None if the account may not see them; then `in_call` must do.
            in_call: Queue and interface of members who talk to a caller of the queue.
            asked: What `mark` gave when the rows were asked for.
            at: When they came.
        """
        waiting = {row.get("Uniqueid", ""): row for row in entries}
        up = None if channels is None else {row.get("Uniqueid", ""): row for row in channels}
        for visit in tuple(self.open.values()):
            if visit.touched >= asked or visit.call_id in self._unsettled:
                continue
            if visit.waiting:
                if visit.uniqueid not in waiting:
                    self._reconcile_waiter(visit, up, at)
            elif not self._still_talks(visit, up, in_call):
                self._finish(visit, at, Ending.ANSWERED, wait_only=True)
        for uniqueid, row in waiting.items():
            self._reconcile_entry(uniqueid, row, asked, at)
        for row in (up or {}).values():
            self._reconcile_talker(row, waiting, asked, at)

    def restarted(self, at: datetime, stopped_at: datetime | None) -> None:
        """End all visits: the server that held them is no more.

        Args:
            stopped_at: When the server said that it stops. None if it said nothing.
        """
        for visit in tuple(self.open.values()):
            if visit.waiting:
                self._finish(visit, at, Ending.UNKNOWN)
            else:
                talked = stopped_at if visit.answer_seen else None
                self._finish(visit, talked or at, Ending.ANSWERED, wait_only=talked is None)
        self._passed_on.clear()
        self.counted.clear()

    def unseen_in(self, queue: str, count: int, at: datetime) -> None:
        """Book visits that began and ended while there was no connection."""
        for number in range(count):
            fact = f"unseen@{queue}@{at.timestamp():.3f}#{number}"
            self.facts.append(
                CallRecord(
                    fact_id=FactId(fact),
                    call_id=CallId(fact),
                    queue_id=QueueId(queue),
                    entered_at=at,
                    ended_at=at,
                    ending=Ending.UNKNOWN,
                    target=self.targets.get(queue),
                )
            )
        self.unseen += count

    def resume(self, calls: Iterable[Call]) -> None:
        """Take over the open visits of a source that ended: none is lost or counted twice."""
        for call in calls:
            uniqueid, _, place = str(call.call_id).partition("@")
            queue, _, number = place.rpartition("#")
            visit = Visit(
                call_id=call.call_id,
                uniqueid=uniqueid,
                linkedid=uniqueid,
                channel="",
                queue=queue,
                number=call.caller_number,
                name=call.caller_name,
                entered_at=call.entered_at,
                answered_at=call.answered_at,
                agent=call.agent_id,
            )
            self._numbers[uniqueid, queue] = max(
                int(number) if number.isdigit() else 1, self._numbers.get((uniqueid, queue), 0)
            )
            self.open[visit.call_id] = visit
            if visit.waiting:
                self._waiting[uniqueid] = visit
            elif visit.agent is not None:
                self._give(visit, visit.agent)

    # --- what others see --------------------------------------------------------------------

    def calls(self) -> dict[CallId, Call]:
        """Return the open visits as rows; those that did not change are the same objects."""
        return {call_id: visit.row or _row(visit) for call_id, visit in self.open.items()}

    def talking_to(self, agent: AgentId) -> Visit | None:
        """Return the visit that an agent answered and that is not over."""
        talks = self._talkers.get(agent)
        return talks[-1] if talks else None

    # --- inside -----------------------------------------------------------------------------

    def _begin(self, event: Message, at: datetime | None) -> Visit:
        uniqueid, queue = event.get("Uniqueid", ""), event.get("Queue", "")
        number = self._numbers[uniqueid, queue] = self._numbers.get((uniqueid, queue), 0) + 1
        visit = Visit(
            call_id=CallId(f"{uniqueid}@{queue}#{number}"),
            uniqueid=uniqueid,
            linkedid=event.get("Linkedid") or uniqueid,
            channel=event.get("Channel", ""),
            queue=queue,
            number=known(event.get("CallerIDNum")),
            name=known(event.get("CallerIDName")),
            entered_at=at,
        )
        self._touch(visit)
        self.open[visit.call_id] = visit
        self._waiting[uniqueid] = visit
        return visit

    def _answer(self, visit: Visit, interface: str, at: datetime) -> None:
        self._touch(visit)
        visit.answered_at = at
        visit.left_at = visit.abandoned_at = None
        visit.interface = interface
        if interface:
            self._give(visit, self.persons.get(interface) or person_of(interface)[0])
        self._waiting.pop(visit.uniqueid, None)
        self._unsettled.pop(visit.call_id, None)

    def _give(self, visit: Visit, agent: AgentId) -> None:
        visit.agent = agent
        self._talkers.setdefault(agent, []).append(visit)

    def _touch(self, visit: Visit) -> None:
        visit.touched = self._sequence
        visit.row = None

    def _of_caller(self, uniqueid: str) -> Iterator[Visit]:
        return (visit for visit in self.open.values() if visit.uniqueid == uniqueid)

    def _talking(self, queue: str, interface: str, uniqueid: str) -> Visit | None:
        candidates = [
            visit for visit in self.open.values() if visit.queue == queue and not visit.waiting
        ]
        for visit in candidates:
            if uniqueid and visit.uniqueid == uniqueid:
                return visit
        if uniqueid or self._passed_on.get((queue, interface), 0):
            return None
        return next((visit for visit in candidates if visit.interface == interface), None)

    def _ended_since(self, uniqueid: str, asked: int) -> bool:
        # A row may tell of somebody whose end has been heard of since it was asked for.
        return self._ended.get(uniqueid, -1) >= asked

    def _reconcile_entry(self, uniqueid: str, row: Message, asked: int, at: datetime) -> None:
        if uniqueid and uniqueid not in self._waiting and not self._ended_since(uniqueid, asked):
            visit = self._begin(row, None)
            visit.entered_at = at - (seconds(row.get("Wait")) or timedelta())

    @staticmethod
    def _still_talks(
        visit: Visit, up: Mapping[str, Message] | None, in_call: frozenset[tuple[str, str]]
    ) -> bool:
        if up is None:
            return (visit.queue, visit.interface) in in_call
        return _in_queue(up.get(visit.uniqueid))

    def _reconcile_waiter(
        self, visit: Visit, up: Mapping[str, Message] | None, at: datetime
    ) -> None:
        row = None if up is None else up.get(visit.uniqueid)
        if row is not None and _in_queue(row):
            self._talk_unseen(visit, row, up or {}, at)
        else:
            self.unseen += 1
            self._finish(visit, at, Ending.UNKNOWN)

    def _reconcile_talker(
        self, row: Message, waiting: Mapping[str, Message], asked: int, at: datetime
    ) -> None:
        uniqueid = row.get("Uniqueid", "")
        if (
            not _in_queue(row)
            or uniqueid in waiting
            or self._ended_since(uniqueid, asked)
            or any(self._of_caller(uniqueid))
        ):
            return
        queue = row.get("ApplicationData", "").partition(",")[0]
        if queue in self.targets:
            visit = self._begin({**row, "Queue": queue}, None)
            self._talk_unseen(visit, row, {}, at)

    def _talk_unseen(
        self, visit: Visit, row: Message, up: Mapping[str, Message], at: datetime
    ) -> None:
        """He was answered while there was no connection: how long he waited is told at the end."""
        self._answer(visit, "", at)
        visit.answer_seen = False
        for other in up.values():
            if (
                other.get("Linkedid") == row.get("Linkedid")
                and other.get("Uniqueid") != visit.uniqueid
                and other.get("ChannelStateDesc") == "Up"
                and not other.get("Channel", "").startswith("Local/")
            ):
                device = channel_device(other.get("Channel", ""))
                self._give(visit, self.persons.get(device) or person_of(device)[0])
                return

    def _inferred(self, visit: Visit, at: datetime) -> Ending:
        """Return the most that can be said of an unanswered end for which no reason was told."""
        if visit.hung_up:
            return Ending.ABANDONED
        if visit.cut_off:
            return Ending.LEFT_OTHERWISE
        out_at = visit.out_at or at
        lived_on = (visit.gone_at or at) - out_at >= LIVES_ON
        if visit.abandoned_at is None:
            return Ending.LEFT_BY_KEY
        return Ending.LEFT_OTHERWISE if lived_on else Ending.ABANDONED

    def _finish_gone(self, visit: Visit, gone_at: datetime) -> None:
        if visit.waiting:
            ending = Ending.ABANDONED if visit.hung_up else Ending.LEFT_OTHERWISE
            self._finish(visit, gone_at, ending)
        else:
            self._finish(visit, gone_at, Ending.ANSWERED, wait_only=not visit.answer_seen)

    def _finish(  # noqa: PLR0913 - what is known of an end comes from many places
        self,
        visit: Visit,
        at: datetime,
        ending: Ending,
        *,
        wait: timedelta | None = None,
        talk: timedelta | None = None,
        transferred: bool = False,
        wait_only: bool = False,
    ) -> None:
        """Make the visit a fact.

        Args:
            wait_only: The end was not seen, so how long he talked is not known.
        """
        if ending is Ending.ANSWERED and visit.answer_seen:
            if visit.answered_at is not None and visit.entered_at is not None:
                wait = visit.answered_at - visit.entered_at
            if not wait_only and visit.answered_at is not None:
                talk = max(at - visit.answered_at, timedelta())
        elif ending not in (Ending.ANSWERED, Ending.UNKNOWN) and visit.entered_at is not None:
            wait = max(at - visit.entered_at, timedelta())
        self.facts.append(
            CallRecord(
                fact_id=FactId(visit.call_id),
                call_id=visit.call_id,
                queue_id=QueueId(visit.queue),
                entered_at=visit.entered_at or at,
                ended_at=at,
                ending=ending,
                wait=wait,
                target=self.targets.get(visit.queue),
                talk=talk,
                wrap_up=self.wrap_ups.get(visit.queue) if ending is Ending.ANSWERED else None,
                agent_id=visit.agent,
                caller_number=visit.number,
                missed_rings=visit.missed,
                transferred=transferred,
            )
        )
        self.open.pop(visit.call_id, None)
        self._unsettled.pop(visit.call_id, None)
        if self._waiting.get(visit.uniqueid) is visit:
            del self._waiting[visit.uniqueid]
        talks = self._talkers.get(visit.agent) if visit.agent is not None else None
        if talks and visit in talks:
            talks.remove(visit)
        self._remember(visit.uniqueid)

    def _remember(self, uniqueid: str) -> None:
        self._ended[uniqueid] = self._sequence
        # Weeks without a restart: what is long over is forgotten, oldest first.
        _trim(self._ended)
        _trim(self._numbers)


def _trim(memory: dict[_Key, int]) -> None:
    if len(memory) > REMEMBERED:
        for key in tuple(memory)[: REMEMBERED // 2]:
            del memory[key]


def _in_queue(row: Message | None) -> bool:
    return row is not None and row.get("Application") == "Queue"


def _row(visit: Visit) -> Call:
    visit.row = Call(
        call_id=visit.call_id,
        queue_id=QueueId(visit.queue),
        caller_number=visit.number,
        caller_name=visit.name,
        entered_at=visit.entered_at if visit.answer_seen else None,
        answered_at=visit.answered_at,
        agent_id=visit.agent,
    )
    return visit.row
