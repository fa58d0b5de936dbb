"""The life of each caller's visit to a queue, from AMI's events; pure, time comes in.

The rules, in prose:

* A visit begins with QueueCallerJoin. The same caller may come again, and to other queues; each
  time is another visit. He cannot wait twice at a time: if he joins while he waits, the end of
  the earlier visit was missed.
* AgentConnect is the answer; AgentComplete ends an answered visit. It may lack the caller's
  channel, and then is found by queue and agent.
* An agent behind a Local channel who passes the caller on stays "in the call" for the queue until
  the caller is through. For us his part ends with BlindTransfer or AttendedTransfer, and the
  AgentComplete that comes later is no news.
* QueueCallerAbandon after a HangupRequest of the caller's own channel: he hung up. After a
  SoftHangupRequest alone: the system hung up on him, as it does when it stops. After neither the
  queue sent him away, and the channel's variable QUEUESTATUS says why; it is asked for, since its
  event is in a class that is half of the whole stream. If he is hung up on before it is told, all
  that is known is that he did not hang up himself.
* QueueCallerLeave with neither an abandon nor a connect: he left by key, unless QUEUESTATUS says
  otherwise, or an agent's phone was picked up for him and the connect is still to come.
* QUEUESTATUS keeps its value from queue to queue, so who has been in one before, or may have been
  while we did not look, is asked for it when he joins: that value is not of this visit.
* A visit's name has a number if all visits of that caller were seen: another witness who saw them
  all gives it the same one. Else it has the second in which the visit began, which nobody counts.
* What is told of a visit that is over already is late, and changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Final, TypeVar

from wallboard.domain.facts import CallRecord, Ending
from wallboard.domain.snapshot import AgentId, Call, CallId
from wallboard.sources.asterisk.codec import Message
from wallboard.sources.asterisk.rows import Directory, called, known, seconds
from wallboard.sources.asterisk.visit import End, Visit, record_of

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")

# Who left without an abandon is asked about once the queue has surely let go of him.
ASK_AFTER: Final = timedelta(milliseconds=120)
ASK_AGAIN: Final = timedelta(milliseconds=60)
# How long QUEUESTATUS may take to be told before the ending is inferred.
SETTLE: Final = timedelta(seconds=2)
# After this a reason that is the same as that of the queue before is this one's own.
SAME_AGAIN: Final = timedelta(milliseconds=300)
# How long an agent may listen to an announcement between picking up and AgentConnect.
PICKED_UP: Final = timedelta(seconds=60)
# How long after the end of a caller's channel an AgentComplete may still come.
LINGER: Final = timedelta(seconds=1)

REMEMBERED: Final = 100_000

# A server's name may stand before the second in which a channel was made, and its number after it.
_BORN: Final = re.compile(r"(?:^|-)(\d{1,12})\.\d+$")
# Instead of how often a caller has joined a queue, where that was not seen from the first time on.
_UNCOUNTED: Final = -1


class About(Enum):
    """What the value of QUEUESTATUS will be taken for."""

    ENDING = auto()
    """Why he left."""
    BEFORE = auto()
    """What it was when he came."""
    COUNTED = auto()
    """Whether the server counts his visit, whose end nobody saw, as over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A variable of a channel that must be asked for."""

    call_id: CallId
    channel: str
    queue: str = ""
    about: About = About.ENDING
    variable: str = "QUEUESTATUS"


@dataclass(slots=True)
class Visits:
    """All visits that are not over, and the facts of those that are.

    Attributes:
        directory: Who is behind an interface.
        wrap_up_of: What an agent has after a call of a queue; None if not known.
        targets: Service level's time to answer by queue; kept up to date from outside.
        seen_since: From when on nothing was missed, on the server's clock. None if nobody knows.
        facts: Visits that ended, until somebody takes them.
        questions: What must be asked, until somebody takes it.
    """

    directory: Directory
    wrap_up_of: Callable[[str, AgentId | None], timedelta | None]
    targets: dict[str, timedelta | None] = field(default_factory=dict)
    seen_since: datetime | None = None
    open: dict[CallId, Visit] = field(default_factory=dict)
    facts: list[CallRecord] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    _by_caller: dict[str, list[Visit]] = field(default_factory=dict)
    _waiting: dict[str, Visit] = field(default_factory=dict)
    _unsettled: dict[CallId, Visit] = field(default_factory=dict)
    _talkers: dict[AgentId, list[Visit]] = field(default_factory=dict)
    _numbers: dict[tuple[str, str], int] = field(default_factory=dict)
    _passed_on: dict[tuple[str, AgentId], int] = field(default_factory=dict)
    _ended: dict[str, dict[str, int]] = field(default_factory=dict)
    _sequence: int = 0
    _calls: Mapping[CallId, Call] = field(default_factory=dict)
    _changed: set[CallId] = field(default_factory=set)

    # --- events -----------------------------------------------------------------------------

    def joined(self, event: Message, at: datetime) -> None:
        """QueueCallerJoin."""
        uniqueid = event.get("Uniqueid", "")
        old = self._waiting.get(uniqueid)
        if old is not None and not old.join_seen and old.queue == event.get("Queue"):
            # A row told of him before this event, which is late, did.
            self._touch(old)
            old.join_seen, old.entered_at = True, at
            return
        been = uniqueid in self._ended or uniqueid in self._by_caller
        visit = self.begin(event, at, entered_at=at)
        if visit is not None and (been or not self._seen_whole(uniqueid)):
            self.ask_before(visit)

    def left(self, event: Message, at: datetime) -> Visit | None:
        """QueueCallerLeave: he does not wait any more; why comes before or right after."""
        visit = self._waiter(event)
        if visit is None:
            return None
        self._touch(visit)
        visit.left_at = at
        if visit.abandoned_at is None and not visit.picked_up:
            visit.ask_at = at + ASK_AFTER
        self._unsettled[visit.call_id] = visit
        return visit

    def abandoned(self, event: Message, at: datetime) -> Visit | None:
        """QueueCallerAbandon. Returns None if it is no news."""
        visit = self._waiter(event) or self._begin_late(event, at)
        if visit is None:
            return None
        self._touch(visit)
        visit.abandoned_at = at
        if visit.hung_up or visit.cut_off:
            self.finish(visit, End(at=at, ending=visit.inferred(at)))
        else:
            visit.ask_at = at
            self._unsettled[visit.call_id] = visit
        return visit

    def connected(self, event: Message, at: datetime) -> Visit | None:
        """AgentConnect. Returns None if it is no news."""
        visit = self._waiter(event) or self._begin_late(event, at)
        if visit is not None:
            self.answer(visit, event.get("Interface", ""), at)
            visit.leg = event.get("DestUniqueid", "")
        return visit

    def completed(self, event: Message, at: datetime) -> Visit | None:
        """AgentComplete. Returns None if it is no news."""
        visit = self._talker(event) or self._answered_unseen(event, at)
        if visit is None:
            return None
        talk, wait = seconds(event.get("TalkTime")), seconds(event.get("HoldTime"))
        if visit.entered_at is None:
            visit.entered_at = at - (talk or timedelta()) - (wait or timedelta())
        passed_on = event.get("Reason") == "transfer"
        self.finish(
            visit, End(at=at, ending=Ending.ANSWERED, wait=wait, talk=talk, transferred=passed_on)
        )
        return visit

    def passed_on(self, event: Message, at: datetime, prefix: str) -> Visit | None:
        """BlindTransfer or AttendedTransfer, by whoever is called `prefix` in its fields.

        Returns None if it is no news: that a phone without a Local channel passes a caller on is
        told by AgentComplete.
        """
        if event.get("Result", "Success") != "Success":
            return None
        agent = self.directory.person_on(event.get(f"{prefix}Channel", ""))
        for visit in self._talkers.get(agent, ()):
            if (
                visit.linkedid == event.get(f"{prefix}Linkedid")
                and visit.uniqueid != event.get(f"{prefix}Uniqueid")
                and visit.interface.lower().startswith("local/")
            ):
                key = (visit.queue, agent)
                self._passed_on[key] = self._passed_on.get(key, 0) + 1
                self.finish(visit, End(at=at, ending=Ending.ANSWERED, transferred=True))
                return visit
        return None

    def taken_over(self, visit: Visit, at: datetime) -> None:
        """A supervisor has the caller now: of agent and queue no event tells until he is through.

        The server counts an answered one as completed at once, and one who waited as abandoned.
        """
        if visit.waiting:
            self.finish(visit, End(at=at, ending=Ending.LEFT_OTHERWISE))
            return
        if visit.agent is not None:
            key = (visit.queue, visit.agent)
            self._passed_on[key] = self._passed_on.get(key, 0) + 1
        self.finish(visit, End(at=at, ending=Ending.ANSWERED, transferred=True))

    def picked_up(self, uniqueid: str, *, up: bool) -> None:
        """An agent's phone was answered for that caller; or another one begins to ring."""
        visit = self._waiting.get(uniqueid)
        if visit is not None:
            visit.picked_up = up

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
        for visit in self.of_caller(event.get("Uniqueid", "")):
            visit.gone_at, visit.gone_seen = at, True
            self._unsettled[visit.call_id] = visit
            out_at = visit.out_at
            if out_at is not None:
                self.finish(visit, End(at=out_at, ending=visit.inferred(at)))

    def missed(self, event: Message) -> None:
        """AgentRingNoAnswer."""
        visit = self._waiter(event)
        if visit is not None:
            visit.missed += 1

    # --- endings that must be asked for -----------------------------------------------------

    def ask_before(self, visit: Visit) -> None:
        """Have it asked what QUEUESTATUS is while he waits: that is of an earlier queue."""
        self._ask(visit, About.BEFORE)

    def lost(self, visit: Visit, end: End, *, lives: bool) -> None:
        """End a visit whose end nobody saw.

        Args:
            lives: His channel is still there. Who left by key has one, and no server counts him.
        """
        self.finish(visit, end)
        if lives and visit.channel:
            self._ask(visit, About.COUNTED)

    def _ask(self, visit: Visit, about: About) -> None:
        self.questions.append(
            Question(call_id=visit.call_id, channel=visit.channel, queue=visit.queue, about=about)
        )

    def status_before_told(self, call_id: CallId, value: str) -> None:
        """Take what QUEUESTATUS was when the caller came: it is of an earlier queue."""
        visit = self.open.get(call_id)
        if visit is not None:
            visit.status_before = value

    def status_told(self, call_id: CallId, value: str | None, at: datetime) -> None:
        """Take what QUEUESTATUS is. None means that the channel is no more.

        An empty value means that the queue has not ended for him yet, or that he left by key,
        for which it is not set.
        """
        visit = self.open.get(call_id)
        out_at = None if visit is None else visit.out_at
        if visit is None or out_at is None:
            return
        ending = visit.told(value or "")
        if value is None:
            visit.gone_at = visit.gone_at or at
            ending = visit.inferred(at)
        elif visit.abandoned_at is None:
            ending = ending or visit.inferred(at)
        elif value == visit.status_before and at - out_at < SAME_AGAIN:
            ending = None  # perhaps it is not set anew yet
        if ending is None:
            visit.ask_at = at + ASK_AGAIN
        else:
            self.finish(visit, End(at=out_at, ending=ending))

    def settle(self, at: datetime) -> Sequence[CallRecord]:
        """End what has waited long enough for its reason; ask for what is due.

        Returns:
            What became facts now.
        """
        known = len(self.facts)
        for visit in tuple(self._unsettled.values()):
            out_at = visit.out_at
            if out_at is None:
                if visit.gone_at is not None and at - visit.gone_at >= LINGER:
                    self._finish_gone(visit, visit.gone_at)
            elif at - out_at >= _patience(visit):
                self.finish(visit, End(at=out_at, ending=visit.inferred(at)))
            elif visit.ask_at is not None and at >= visit.ask_at:
                visit.ask_at = None
                self._ask(visit, About.ENDING)
        return self.facts[known:]

    def next_due(self) -> datetime | None:
        """Return when `settle` will have something to do; None if it waits for nothing."""
        return min(filter(None, map(_due, self._unsettled.values())), default=None)

    def _finish_gone(self, visit: Visit, gone_at: datetime) -> None:
        ending = visit.inferred(gone_at) if visit.waiting else Ending.ANSWERED
        self.finish(visit, End(at=gone_at, ending=ending))

    # --- for reconciliation -----------------------------------------------------------------

    def mark(self) -> int:
        """Return where the stream of events is; rows asked for now know nothing later."""
        self._sequence += 1
        return self._sequence

    def told_since(self, visit: Visit, asked: int) -> bool:
        """Return whether events know more of a visit than rows that were asked for then."""
        return visit.touched >= asked or visit.call_id in self._unsettled

    def ended_since(self, uniqueid: str, queue: str, asked: int) -> bool:
        """Return whether his visit's end has been told of since `asked`."""
        return self._ended.get(uniqueid, {}).get(queue, -1) >= asked

    def is_over(self, uniqueid: str, queue: str) -> bool:
        """Return whether a visit of his to the queue is over, as far as we remember."""
        return queue in self._ended.get(uniqueid, {})

    def of_caller(self, uniqueid: str) -> tuple[Visit, ...]:
        """Return the open visits of a caller."""
        return tuple(self._by_caller.get(uniqueid, ()))

    def waiter(self, uniqueid: str) -> Visit | None:
        """Return the visit in which that caller waits."""
        return self._waiting.get(uniqueid)

    def begin(
        self, row: Message, at: datetime, *, entered_at: datetime | None, join_seen: bool = True
    ) -> Visit | None:
        """Begin a visit. Returns None if the row does not tell of whom and where.

        Args:
            at: Now.
            entered_at: When he joined. None if nobody knows.
            join_seen: False if `entered_at` is a guess.
        """
        place = called(row)
        if place is None:
            return None
        uniqueid, queue = place
        old = self._waiting.get(uniqueid)
        if old is not None and old.out_at is None:
            # He cannot wait twice: the end of the earlier visit was missed.
            self.finish(old, End(at=at, ending=Ending.UNKNOWN))
        visit = Visit(
            call_id=self._name(place, entered_at or at, join_seen=join_seen),
            uniqueid=uniqueid,
            linkedid=row.get("Linkedid") or uniqueid,
            channel=row.get("Channel", ""),
            queue=queue,
            number=known(row.get("CallerIDNum")),
            name=known(row.get("CallerIDName")),
            entered_at=entered_at,
            join_seen=join_seen,
        )
        self._add(visit)
        self._touch(visit)
        return visit

    def answer(self, visit: Visit, interface: str, at: datetime) -> None:
        """Somebody answered."""
        self._touch(visit)
        visit.answered_at = at
        visit.interface = interface
        if interface:
            self.give(visit, self.directory.person(interface))
        self._waiting.pop(visit.uniqueid, None)
        self._unsettled.pop(visit.call_id, None)

    def give(self, visit: Visit, agent: AgentId) -> None:
        """That agent talks to him."""
        visit.agent = agent
        self._talkers.setdefault(agent, []).append(visit)

    def finish(self, visit: Visit, end: End) -> None:
        """Make the visit a fact."""
        target = self.targets.get(visit.queue)
        wrap_up = self.wrap_up_of(visit.queue, visit.agent)
        self.facts.append(record_of(visit, end, target, wrap_up))
        self._changed.add(visit.call_id)
        self.open.pop(visit.call_id, None)
        self._unsettled.pop(visit.call_id, None)
        if self._waiting.get(visit.uniqueid) is visit:
            del self._waiting[visit.uniqueid]
        _discard(self._by_caller, visit.uniqueid, visit)
        if visit.agent is not None:
            _discard(self._talkers, visit.agent, visit)
        self._ended.setdefault(visit.uniqueid, {})[visit.queue] = self._sequence
        _trim(self._ended)
        _trim(self._numbers)

    def restarted(self, at: datetime, *, before: int) -> None:
        """End all visits of before that mark: the server that held them is no more."""
        for visit in tuple(self.open.values()):
            if visit.touched < before:
                ending = Ending.UNKNOWN if visit.waiting else Ending.ANSWERED
                self.finish(visit, End(at=at, ending=ending, seen=False))
        self._passed_on.clear()

    def resume(self, calls: Iterable[Call]) -> None:
        """Take over the open visits of a source that ended: none is lost or counted twice."""
        for call in calls:
            queue = str(call.queue_id)
            uniqueid = _caller_of(call.call_id, queue)
            if not uniqueid:
                continue
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
                answer_seen=call.answered_at is None or call.entered_at is not None,
            )
            self._numbers[uniqueid, queue] = _UNCOUNTED
            self._add(visit)
            if call.agent_id is not None:
                self.give(visit, call.agent_id)

    # --- what others see --------------------------------------------------------------------

    @property
    def news(self) -> bool:
        """True if something changed since it was last taken."""
        return bool(self._changed or self.facts or self.questions)

    def calls(self) -> Mapping[CallId, Call]:
        """Return the open visits as rows; those that did not change are the same objects."""
        if self._changed:
            calls = dict(self._calls)
            for call_id in self._changed:
                visit = self.open.get(call_id)
                if visit is None:
                    calls.pop(call_id, None)
                elif (call := visit.as_call()) != calls.get(call_id):
                    calls[call_id] = call
            self._calls = calls
            self._changed.clear()
        return self._calls

    def talking_to(self, agent: AgentId) -> Visit | None:
        """Return the visit that an agent answered and that is not over."""
        talks = self._talkers.get(agent)
        return talks[-1] if talks else None

    # --- inside -----------------------------------------------------------------------------

    def _add(self, visit: Visit) -> None:
        self.open[visit.call_id] = visit
        self._changed.add(visit.call_id)
        self._by_caller.setdefault(visit.uniqueid, []).append(visit)
        if visit.waiting:
            self._waiting[visit.uniqueid] = visit

    def _touch(self, visit: Visit) -> None:
        visit.touched = self._sequence
        self._changed.add(visit.call_id)

    def _name(self, place: tuple[str, str], entered_at: datetime, *, join_seen: bool) -> CallId:
        """Return the name of a new visit; see the rules."""
        uniqueid, queue = place
        number = self._numbers.get(place, 0)
        if not join_seen or number == _UNCOUNTED or not self._seen_whole(uniqueid):
            self._numbers[place] = _UNCOUNTED
            return CallId(f"{uniqueid}@{queue}@{int(entered_at.timestamp())}")
        self._numbers[place] = number + 1
        return CallId(f"{uniqueid}@{queue}#{number + 1}")

    def _seen_whole(self, uniqueid: str) -> bool:
        """True if all that this caller did was seen: his id tells when he called."""
        born = _BORN.search(uniqueid)
        since = self.seen_since
        return born is not None and since is not None and int(born[1]) >= since.timestamp()

    def _waiter(self, event: Message) -> Visit | None:
        """Return who waits, or has left and is not settled, in that very queue."""
        visit = self._waiting.get(event.get("Uniqueid", ""))
        if visit is None or visit.queue != event.get("Queue"):
            return None
        return visit

    def _begin_late(self, event: Message, at: datetime) -> Visit | None:
        """Begin a visit that nobody told of until its end. None if it is over for us already."""
        if self.is_over(event.get("Uniqueid", ""), event.get("Queue", "")):
            return None
        wait = seconds(event.get("HoldTime")) or timedelta()
        return self.begin(event, at, entered_at=at - wait, join_seen=False)

    def _talker(self, event: Message) -> Visit | None:
        queue, uniqueid = event.get("Queue", ""), event.get("Uniqueid", "")
        agent = self.directory.person(event.get("Interface", ""))
        if uniqueid:
            visits: Iterable[Visit] = self.of_caller(uniqueid)
        elif self._passed_on.get((queue, agent)):
            visits = ()
        else:
            visits = self._talkers.get(agent, ())
        return next((one for one in visits if one.queue == queue and not one.waiting), None)

    def _answered_unseen(self, event: Message, at: datetime) -> Visit | None:
        """Return the visit of an AgentComplete whose AgentConnect was not seen."""
        key = (event.get("Queue", ""), self.directory.person(event.get("Interface", "")))
        if self._passed_on.get(key):
            self._passed_on[key] -= 1
            return None
        visit = self._waiter(event)
        if visit is None and not self.is_over(event.get("Uniqueid", ""), key[0]):
            visit = self.begin(event, at, entered_at=None, join_seen=False)
        if visit is not None:
            self.answer(visit, event.get("Interface", ""), at)
            visit.answer_seen = False
        return visit


def _caller_of(call_id: str, queue: str) -> str:
    """Return whose visit to that queue has that name. Empty if it is no name of ours."""
    for mark in "#@":
        named, _, number = call_id.rpartition(mark)
        if number.isascii() and number.isdigit() and named.endswith(f"@{queue}"):
            return named[: -len(queue) - 1]
    return ""


def _due(visit: Visit) -> datetime | None:
    if visit.out_at is not None:
        return visit.ask_at or visit.out_at + _patience(visit)
    return None if visit.gone_at is None else visit.gone_at + LINGER


def _patience(visit: Visit) -> timedelta:
    return PICKED_UP if visit.picked_up and visit.abandoned_at is None else SETTLE


def _discard(visits_by: dict[_Key, list[Visit]], key: _Key, visit: Visit) -> None:
    visits_by[key].remove(visit)
    if not visits_by[key]:
        del visits_by[key]


def _trim(memory: dict[_Key, _Value]) -> None:
    # Weeks without a restart: what is long over is forgotten, oldest first.
    if len(memory) > REMEMBERED:
        for key in tuple(memory)[: REMEMBERED // 2]:
            del memory[key]
