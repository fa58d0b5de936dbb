"""An Asterisk as a source: one connection that is kept, events as they come.

The rules, in prose:

* Connecting is: wait for the banner, sign in for the events of classes agent and call, ask whether
  the server is the same run as before, look at everything once. All of that within the deadline.
  Who says nothing is nudged, so that a service of another kind shows itself; the secret is sent
  only to who has said that it is an Asterisk.
* While connected the picture follows the events. Silence longer than the poll interval is broken
  by a ping; no answer within the deadline means that the connection is lost.
* Every half minute everything is looked at again, without stopping for it. The rows are held back
  a moment, so that the events of the same instant are there before them.
* What was known before a loss is kept, and reconciled with the first look after it.
"""

from __future__ import annotations

import select
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from wallboard.domain.clock import Clock, Moment
from wallboard.domain.errors import Fault, FaultKind, SourceError, SourceUnreadable, fault
from wallboard.domain.snapshot import Snapshot
from wallboard.domain.source import Fetched, Interrupt
from wallboard.domain.supervision import Wish, WishResult
from wallboard.sources.asterisk.codec import Message, Unsendable
from wallboard.sources.asterisk.counters import RACE
from wallboard.sources.asterisk.link import Link, opened
from wallboard.sources.asterisk.refusals import (
    is_list,
    queues_refused,
    sign_in_refused,
    too_slow,
)
from wallboard.sources.asterisk.rows import stamp
from wallboard.sources.asterisk.settings import Account
from wallboard.sources.asterisk.translate import WANTED, Status, Translator
from wallboard.sources.asterisk.visits import About, Question

POLL: Final = timedelta(seconds=3)
DEADLINE: Final = timedelta(seconds=2.4)
# One lost SYN is sent again after a second; a second loss is not waited for: the next try is soon.
CONNECT: Final = timedelta(seconds=1.2)
# How long a server may take to say its banner before it is nudged.
NUDGE: Final = timedelta(seconds=0.6)
LOOK_EVERY: Final = timedelta(seconds=30)
LOOK_AGAIN: Final = timedelta(seconds=1)
# How long a notice about something that happened stays.
NEWS: Final = timedelta(minutes=15)
CLOCK_MATTERS: Final = timedelta(seconds=2)
# An event's own time is believed if the event was no longer than this on its way.
ON_ITS_WAY: Final = timedelta(seconds=10)
# More rows than any call center has: who sends so many wants our memory.
MOST_ROWS: Final = 50_000


@dataclass(slots=True)
class Pending:
    """An action that is not answered yet."""

    action: str
    asked_at_s: float
    done: Callable[[Message, Sequence[Message]], None]
    rows: list[Message] = field(default_factory=list)
    first: Message | None = None


@dataclass(slots=True)
class Look:
    """A look at the whole server that is not complete yet.

    Attributes:
        run: When the server says that it started. None if it may not tell.
        came: When the last of the rows came. None before that.
        mark: What the link gave as the events of the same instant were due. None before that.
    """

    asked: int
    asked_at: datetime
    connecting: bool
    run: str | None = None
    rows: Sequence[Message] | None = None
    channels: Sequence[Message] | None = None
    channels_told: bool = False
    came: Moment | None = None
    mark: int | None = None


class AsteriskSource:
    """One PBX. See `Source` for what the methods promise."""

    def __init__(self, account: Account, clock: Clock) -> None:
        """Touch no network yet."""
        self.translator = Translator(account.wrap_ups)
        self._account = account
        self._clock = clock
        self._client: Link | None = None
        self._leftover = ""
        self._failure: SourceError | None = None
        self._pending: dict[str, Pending] = {}
        self._number = 0
        self._look: Look | None = None
        self._looked_at_s = 0.0
        self._heard_at_s = 0.0
        self._run: str | None = None
        self._forbidden: Fault | None = None
        self._log_fault: Fault | None = None
        self._news: dict[FaultKind, tuple[Fault, float]] = {}
        self._unseen_told = 0
        self._stamp_skew: timedelta | None = None

    # --- the door ---------------------------------------------------------------------------

    def fetch(self) -> Fetched:
        """Return the whole picture and the visits that ended; connect first if need be."""
        try:
            if self._failure is not None:
                raise self._failure
            if self._client is None:
                self._connect()
            else:
                self._read()
                self._keep_alive()
            now = self._clock.now()
            self.translator.settle(now.wall)
            self._ask_questions()
        except SourceError:
            self._drop()
            raise
        return Fetched(
            snapshot=self.translator.picture(now.wall),
            facts=self.translator.facts(),
            notices=self._notices(now.steady_s),
        )

    def wait(self, pause: timedelta, interrupt: Interrupt) -> None:
        """Return when something changed, at the latest after `pause`."""
        until_s = self._clock.now().steady_s + pause.total_seconds()
        while True:
            now = self._clock.now()
            left_s = until_s - now.steady_s
            if left_s <= 0:
                return
            if self._client is None:
                select.select([interrupt], [], [], left_s)
                return
            if not self._client.wait(min(left_s, self._due_in_s(now)), interrupt):
                return
            try:
                if self._read():
                    return
            except SourceError as failure:
                self._failure = failure  # the next fetch tells
                return

    def supervise(self, wish: Wish) -> WishResult:
        """Refuse: commands to an Asterisk are not built yet."""
        return WishResult(wish=wish, done=False, reason="not supported yet")

    def close(self) -> None:
        """Let go of the connection."""
        self._drop()

    def resume(self, snapshot: Snapshot) -> None:
        """Take over the open calls of a source that ended."""
        self.translator.resume(snapshot)

    # --- the connection ---------------------------------------------------------------------

    def _connect(self) -> None:
        account = self._account
        began_s = self._clock.now().steady_s
        client = self._client = opened(account, WANTED, CONNECT, self._leftover)
        self._heard_at_s = began_s
        if not self._wait_for(lambda: client.greeting is not None, began_s, NUDGE):
            client.nudge()
            self._await(lambda: client.greeting is not None, began_s)
        answers: list[Message] = []
        action, fields = client.sign_in(account.username, account.secret, "agent,call")
        self._ask(action, *fields, done=lambda answer, _: answers.append(answer))
        self._await(lambda: bool(answers), began_s)
        if answers[0].get("Response") != "Success":
            raise sign_in_refused(account.address, account.username, answers[0])
        self._begin_look(connecting=True)
        self._await(lambda: self._look is None, began_s)

    def _await(self, met: Callable[[], bool], began_s: float) -> None:
        if not self._wait_for(met, began_s, DEADLINE):
            raise too_slow(self._account.address, DEADLINE)

    def _wait_for(self, met: Callable[[], bool], began_s: float, limit: timedelta) -> bool:
        """Read until something is so. Returns False if it is not within the limit."""
        while not met():
            now = self._clock.now()
            left_s = limit.total_seconds() - (now.steady_s - began_s)
            if left_s <= 0 or self._client is None:
                return False
            self._client.wait(min(left_s, self._look_due_in_s(now)))
            self._read()
            self._end_look()
        return True

    def _due_in_s(self, now: Moment) -> float:
        """Return after how many seconds there is something to do though nothing comes."""
        # Silence is broken in time, however long a pause the caller has in mind.
        silence_s = POLL.total_seconds() - (now.steady_s - self._heard_at_s)
        due = self.translator.next_due()
        due_s = silence_s if due is None else (due - now.wall).total_seconds()
        return max(0.0, min(silence_s, due_s, self._look_due_in_s(now)))

    def _look_due_in_s(self, now: Moment) -> float:
        """Return after how many seconds a look must end, or must begin sooner than usual."""
        if self._look is None:
            if not self.translator.look_wanted:
                return LOOK_EVERY.total_seconds()
            return max(0.0, LOOK_AGAIN.total_seconds() - (now.steady_s - self._looked_at_s))
        if self._look.came is None:
            return LOOK_EVERY.total_seconds()
        if self._look.mark is not None and self._client is not None:
            reached = self._client.reached(self._look.mark)
            return 0.0 if reached else LOOK_EVERY.total_seconds()
        return max(0.0, RACE.total_seconds() - (now.steady_s - self._look.came.steady_s))

    def _drop(self) -> None:
        if self._client is not None:
            self._client.close()
            self._leftover = self._client.session or self._leftover
            self.translator.disconnected(self._clock.now().wall)
        self._client = None
        self._failure = None
        self._pending.clear()
        self._look = None

    def _keep_alive(self) -> None:
        now_s = self._clock.now().steady_s
        oldest_s = min((one.asked_at_s for one in self._pending.values()), default=now_s)
        if now_s - oldest_s > DEADLINE.total_seconds():
            raise too_slow(self._account.address, DEADLINE)
        self._end_look()
        every = LOOK_EVERY
        if self.translator.look_wanted:
            every = LOOK_AGAIN
        elif self.translator.drifted:
            every = POLL
        if self._look is None and now_s - self._looked_at_s >= every.total_seconds():
            self._begin_look(connecting=False)
        # A little less than the interval, since no pause is exact.
        if now_s - self._heard_at_s >= 0.95 * POLL.total_seconds():
            answered: list[Message] = []
            self._ask("Ping", done=lambda answer, _: answered.append(answer))
            self._await(lambda: bool(answered), now_s)

    # --- actions and answers ----------------------------------------------------------------

    def _ask(
        self,
        action: str,
        *fields: tuple[str, str],
        done: Callable[[Message, Sequence[Message]], None],
    ) -> None:
        """Send an action.

        Raises:
            Unsendable: A field holds what must not be sent; nothing was.
        """
        if self._client is None:
            return
        self._number += 1
        key = f"wallboard-{self._number}"
        self._client.send(action, ("ActionID", key), *fields)
        asked_at_s = self._clock.now().steady_s
        self._pending[key] = Pending(action=action, asked_at_s=asked_at_s, done=done)

    def _read(self) -> bool:
        """Take what has come. Returns True if the picture may have changed."""
        if self._client is None:
            return False
        messages = self._client.receive()
        if not messages:
            return False
        now = self._clock.now()
        self._heard_at_s = now.steady_s
        changed = False
        for message in messages:
            pending = self._pending.get(message.get("ActionID", ""))
            if pending is not None:
                self._answered(message, pending)
            elif "Event" in message:
                changed |= self.translator.take(message, self._moment(message, now.wall))
        # At once: who left a queue may be hung up on in the next instant.
        self.translator.settle(now.wall)
        self._ask_questions()
        return changed or self.translator.visits.news

    def _answered(self, message: dict[str, str], pending: Pending) -> None:
        """Take a part of an answer; a list is complete with its last event."""
        if pending.first is None:
            pending.first = message
            if is_list(message):
                return
        elif message.get("EventList", "").lower() != "complete":
            # The number of the question is no part of the row: it would make all rows new.
            message.pop("ActionID", None)
            pending.rows.append(message)
            if len(pending.rows) > MOST_ROWS:
                raise _unreadable(f"a list of more than {MOST_ROWS} rows")
            return
        elif message.get("Event") != f"{pending.action}Complete":
            raise _unreadable(f"the list of {pending.action} ends as another one")
        del self._pending[message.get("ActionID", "")]
        pending.done(pending.first, pending.rows)

    def _moment(self, message: Message, arrived: datetime) -> datetime:
        """Return when an event happened: by its own stamp if it can be believed, else its coming.

        Nothing happens after we hear of it, and little is longer on its way than some seconds.
        """
        if self._stamp_skew is None or "Timestamp" not in message:
            return arrived
        told = stamp(message, self._stamp_skew)
        if told is None or not arrived - ON_ITS_WAY <= told <= arrived:
            return arrived
        return told

    def _take_run(self, answer: Message, _rows: Sequence[Message]) -> None:
        if self._look is not None and answer.get("Response") == "Success":
            self._look.run = f"{answer.get('CoreStartupDate')} {answer.get('CoreStartupTime')}"

    def _take_ping(self, answer: Message, _rows: Sequence[Message]) -> None:
        now = self._clock.now().wall
        theirs = stamp(answer)
        if theirs is not None:
            self._stamp_skew = theirs - now
            # Below this it is the network, not the clock.
            off = self._stamp_skew if abs(self._stamp_skew) > CLOCK_MATTERS else timedelta()
            self.translator.skew = off
            if self._look is not None and self._look.connecting:
                # Events were asked for before.
                self.translator.watching(theirs)

    # --- looking at everything ----------------------------------------------------------------

    def _begin_look(self, *, connecting: bool) -> None:
        now = self._clock.now()
        self._looked_at_s = now.steady_s
        self._log_fault = _log_fault(self._account.queue_log)
        self._look = Look(asked=self.translator.mark(), asked_at=now.wall, connecting=connecting)
        self._ask("CoreStatus", done=self._take_run)
        self._ask("Ping", done=self._take_ping)
        self._ask("CoreShowChannels", done=self._take_channels)
        self._ask("QueueStatus", done=self._take_queues)

    def _take_channels(self, answer: Message, rows: Sequence[Message]) -> None:
        if self._look is None:
            return
        self._forbidden = None
        if is_list(answer):
            self._look.channels = rows
        else:
            self._forbidden = fault(
                FaultKind.FORBIDDEN, what="CoreShowChannels", right="write = reporting"
            )
        self._look.channels_told = True
        self._look_came()

    def _take_queues(self, answer: Message, rows: Sequence[Message]) -> None:
        if self._look is None:
            return
        if not is_list(answer):
            raise queues_refused(self._account.address, answer)
        self._look.rows = rows
        self._look_came()

    def _look_came(self) -> None:
        look = self._look
        if look is not None and look.rows is not None and look.channels_told:
            look.came = self._clock.now()

    def _end_look(self) -> None:
        """Take the rows, once the events of the same instant must be there too."""
        look, now = self._look, self._clock.now()
        if look is None or look.rows is None or look.came is None:
            return
        if now.steady_s - look.came.steady_s < RACE.total_seconds() or self._client is None:
            return
        if look.mark is None:
            look.mark = self._client.mark()
        if not self._client.reached(look.mark):
            return
        self._look = None
        restarted = None not in (self._run, look.run) and self._run != look.run
        self._run = look.run or self._run
        if restarted:
            self._tell(fault(FaultKind.RESTARTED, at=now.wall.isoformat(timespec="seconds")))
        status = Status(
            rows=look.rows,
            channels=look.channels,
            asked=look.asked,
            asked_at=look.asked_at,
            came_at=look.came.wall,
            connecting=look.connecting,
            restarted=restarted,
        )
        self.translator.take_status(status, now.wall)

    def _ask_questions(self) -> None:
        for question in self.translator.questions():
            try:
                self._ask(
                    "Getvar",
                    ("Channel", question.channel),
                    ("Variable", question.variable),
                    done=self._status_taker(question),
                )
            except Unsendable:
                # No server gives such a name to a channel: the ending is inferred.
                if question.about is About.COUNTED:
                    self.translator.answered(question, None, self._clock.now().wall)

    def _status_taker(self, question: Question) -> Callable[[Message, Sequence[Message]], None]:
        def take(answer: Message, _rows: Sequence[Message]) -> None:
            now = self._clock.now().wall
            if answer.get("Response") == "Success":
                self.translator.answered(question, answer.get("Value", ""), now)
            elif _gone(answer) or question.about is About.COUNTED:
                self.translator.answered(question, None, now)
            # Else a missing permission is no answer: the ending will be inferred.

        return take

    # --- notices ----------------------------------------------------------------------------

    def _tell(self, news: Fault) -> None:
        self._news[news.kind] = (news, self._clock.now().steady_s)

    def _notices(self, now_s: float) -> tuple[Fault, ...]:
        unseen = self.translator.unseen
        if unseen and unseen != self._unseen_told:
            self._tell(fault(FaultKind.CALLS_UNSEEN, count=unseen))
        self._unseen_told = unseen
        notices = [
            news for news, told_s in self._news.values() if now_s - told_s < NEWS.total_seconds()
        ]
        notices += [one for one in (self._forbidden, self._log_fault) if one is not None]
        if self.translator.drifted:
            notices.append(fault(FaultKind.NO_EVENTS, right="read = call,agent"))
        if self.translator.unresolved:
            names = self.translator.unresolved
            notices.append(
                fault(FaultKind.MEMBERS_UNRESOLVED, count=len(names), names=", ".join(names[:5]))
            )
        if self.translator.ignored:
            notices.append(fault(FaultKind.ROWS_IGNORED, count=self.translator.ignored))
        if self.translator.skew:
            seconds = f"{self.translator.skew.total_seconds():.0f}"
            notices.append(fault(FaultKind.CLOCK_OFF, seconds=seconds))
        return tuple(notices)


def _gone(answer: Message) -> bool:
    return "no such channel" in answer.get("Message", "").lower()


def _log_fault(path: str) -> Fault | None:
    """Return why the log of the queues cannot be read. None if it can, or if there is none."""
    if not path:
        return None
    try:
        with Path(path).open("rb"):
            return None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return fault(FaultKind.BAD_SETTING, field="queue_log", reason=reason)


def _unreadable(reason: str) -> SourceUnreadable:
    return SourceUnreadable(fault(FaultKind.BAD_DATA, reason=reason))
