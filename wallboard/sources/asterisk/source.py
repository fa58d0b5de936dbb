"""An Asterisk as a source: one connection that is kept, events as they come.

The rules, in prose:

* Connecting is: sign in for the events of classes agent and call, ask whether the server is the
  same run as before, look at everything once. All of that within the deadline.
* While connected the picture follows the events. Silence longer than the poll interval is broken
  by a ping; no answer within the deadline means that the connection is lost.
* Every half minute everything is looked at again, without stopping for it.
* What was known before a loss is kept, and reconciled with the first look after it.
"""

from __future__ import annotations

import select
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from wallboard.domain.clock import Clock
from wallboard.domain.errors import (
    Fault,
    FaultKind,
    SourceError,
    SourceRefused,
    SourceUnavailable,
    fault,
)
from wallboard.domain.snapshot import Snapshot
from wallboard.domain.source import Fetched, Interrupt
from wallboard.domain.supervision import Wish, WishResult
from wallboard.sources.asterisk.client import Client
from wallboard.sources.asterisk.codec import Message
from wallboard.sources.asterisk.settings import Account
from wallboard.sources.asterisk.translate import WANTED, Status, Translator

POLL: Final = timedelta(seconds=3)
DEADLINE: Final = timedelta(seconds=2.4)
# One lost SYN is sent again after a second; a second loss is not waited for: the next try is soon.
CONNECT: Final = timedelta(seconds=1.2)
LOOK_EVERY: Final = timedelta(seconds=30)
# How long a notice about something that happened stays.
NEWS: Final = timedelta(minutes=15)
CLOCK_MATTERS: Final = timedelta(seconds=2)


@dataclass(slots=True)
class Pending:
    """An action that is not answered yet."""

    asked_at_s: float
    done: Callable[[Message, Sequence[Message]], None]
    rows: list[Message] = field(default_factory=list)
    first: Message | None = None


@dataclass(slots=True)
class Look:
    """A look at the whole server that is not complete yet."""

    asked: int
    asked_at: datetime
    connecting: bool
    restarted: bool
    rows: Sequence[Message] | None = None
    channels: Sequence[Message] | None = None
    channels_told: bool = False


class AsteriskSource:
    """One PBX. See `Source` for what the methods promise."""

    def __init__(self, account: Account, clock: Clock) -> None:
        """Touch no network yet."""
        self.translator = Translator(account.wrap_ups)
        self._account = account
        self._clock = clock
        self._client: Client | None = None
        self._pending: dict[str, Pending] = {}
        self._number = 0
        self._look: Look | None = None
        self._looked_at_s = 0.0
        self._heard_at_s = 0.0
        self._run: str | None = None
        self._forbidden: Fault | None = None
        self._news: dict[FaultKind, tuple[Fault, float]] = {}
        self._stamp_skew: timedelta | None = None

    # --- the door ---------------------------------------------------------------------------

    def fetch(self) -> Fetched:
        """Return the whole picture and the visits that ended; connect first if need be."""
        try:
            if self._client is None:
                self._connect()
            else:
                self._read()
                self._keep_alive()
        except SourceError:
            self._drop()
            raise
        now = self._clock.now()
        self.translator.settle(now.wall)
        self._ask_questions()
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
            # Silence is broken in time, however long a pause the caller has in mind.
            silent_s = now.steady_s - self._heard_at_s
            left_s = min(left_s, max(0.0, POLL.total_seconds() - silent_s))
            due = self.translator.next_due()
            if due is not None:
                left_s = min(left_s, max(0.0, (due - now.wall).total_seconds()))
            if not self._client.wait(left_s, interrupt):
                return
            try:
                if self._read():
                    return
            except SourceError:
                return  # the next fetch meets the same, and tells

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
        self._client = Client(account.address, WANTED, CONNECT)
        self._heard_at_s = began_s
        answers: list[Message] = []
        self._ask(
            "Login",
            ("Username", account.username),
            ("Secret", account.secret),
            ("Events", "agent,call"),
            done=lambda answer, _: answers.append(answer),
        )
        self._wait_for(lambda: bool(answers), began_s)
        if answers[0].get("Response") != "Success":
            raise SourceRefused(
                fault(FaultKind.SIGN_IN, host=account.address.host, username=account.username)
            )
        self._ask("CoreStatus", done=self._take_run)
        self._ask("Ping", done=self._take_ping)
        self._begin_look(connecting=True)
        self._wait_for(lambda: self._look is None, began_s)

    def _wait_for(self, met: Callable[[], bool], began_s: float) -> None:
        while not met():
            left_s = DEADLINE.total_seconds() - (self._clock.now().steady_s - began_s)
            if left_s <= 0 or self._client is None:
                raise self._slow()
            self._client.wait(left_s)
            self._read()

    def _drop(self) -> None:
        if self._client is not None:
            self._client.close()
            self.translator.disconnected()
        self._client = None
        self._pending.clear()
        self._look = None

    def _slow(self) -> SourceUnavailable:
        where = self._account.address
        return SourceUnavailable(
            fault(
                FaultKind.SLOW,
                host=where.host,
                port=where.port,
                seconds=f"{DEADLINE.total_seconds():.1f}",
            )
        )

    def _keep_alive(self) -> None:
        now_s = self._clock.now().steady_s
        oldest_s = min((one.asked_at_s for one in self._pending.values()), default=now_s)
        if now_s - oldest_s > DEADLINE.total_seconds():
            raise self._slow()
        every = POLL if self.translator.drifted else LOOK_EVERY
        if self._look is None and now_s - self._looked_at_s >= every.total_seconds():
            self._begin_look(connecting=False)
        # A little less than the interval, since no pause is exact.
        if now_s - self._heard_at_s >= 0.95 * POLL.total_seconds():
            answered: list[Message] = []
            self._ask("Ping", done=lambda answer, _: answered.append(answer))
            self._wait_for(lambda: bool(answered), now_s)

    # --- actions and answers ----------------------------------------------------------------

    def _ask(
        self,
        action: str,
        *fields: tuple[str, str],
        done: Callable[[Message, Sequence[Message]], None],
    ) -> None:
        if self._client is None:
            return
        self._number += 1
        key = f"wallboard-{self._number}"
        self._pending[key] = Pending(asked_at_s=self._clock.now().steady_s, done=done)
        self._client.send(action, ("ActionID", key), *fields)

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
                changed |= self._answered(message, pending)
            elif "Event" in message:
                changed |= self.translator.take(message, self._moment(message, now.wall))
        self._ask_questions()
        return changed

    def _answered(self, message: Message, pending: Pending) -> bool:
        """Take a part of an answer; a list is complete with its last event."""
        if pending.first is None:
            pending.first = message
            if message.get("EventList", "").lower() == "start":
                return False
        elif message.get("EventList", "").lower() != "complete":
            pending.rows.append(message)
            return False
        del self._pending[message.get("ActionID", "")]
        pending.done(pending.first, pending.rows)
        return True

    def _moment(self, message: Message, arrived: datetime) -> datetime:
        """Return when an event happened: by its own stamp if it has one, else when it came."""
        stamp = message.get("Timestamp")
        if stamp is None or self._stamp_skew is None:
            return arrived
        try:
            return datetime.fromtimestamp(float(stamp), arrived.tzinfo) - self._stamp_skew
        except (ValueError, OverflowError, OSError):
            return arrived

    def _take_run(self, answer: Message, _rows: Sequence[Message]) -> None:
        if answer.get("Response") == "Success":
            started = f"{answer.get('CoreStartupDate')} {answer.get('CoreStartupTime')}"
            if self._run is not None and self._run != started and self._look is not None:
                self._look.restarted = True
                now = self._clock.now()
                self._tell(fault(FaultKind.RESTARTED, at=now.wall.isoformat(timespec="seconds")))
            self._run = started

    def _take_ping(self, answer: Message, _rows: Sequence[Message]) -> None:
        now = self._clock.now().wall
        try:
            theirs = datetime.fromtimestamp(float(answer.get("Timestamp", "")), now.tzinfo)
        except (ValueError, OverflowError, OSError):
            return
        self._stamp_skew = theirs - now
        # Below this it is the network, not the clock.
        off = self._stamp_skew if abs(self._stamp_skew) > CLOCK_MATTERS else timedelta()
        self.translator.skew = off

    # --- looking at everything ----------------------------------------------------------------

    def _begin_look(self, *, connecting: bool) -> None:
        now = self._clock.now()
        self._looked_at_s = now.steady_s
        self._look = Look(
            asked=self.translator.mark(),
            asked_at=now.wall,
            connecting=connecting,
            restarted=False,
        )
        self._ask("CoreShowChannels", done=self._take_channels)
        self._ask("QueueStatus", done=self._take_queues)

    def _take_channels(self, answer: Message, rows: Sequence[Message]) -> None:
        if self._look is None:
            return
        refused = answer.get("Response") != "Success"
        self._forbidden = (
            fault(FaultKind.FORBIDDEN, what="CoreShowChannels", right="write = reporting")
            if refused
            else None
        )
        self._look.channels = None if refused else rows
        self._look.channels_told = True
        self._end_look()

    def _take_queues(self, answer: Message, rows: Sequence[Message]) -> None:
        if self._look is None:
            return
        if answer.get("Response") != "Success":
            # The server lets us in before it has loaded its queues.
            raise SourceUnavailable(fault(FaultKind.NOT_READY, host=self._account.address.host))
        self._look.rows = rows
        self._end_look()

    def _end_look(self) -> None:
        look = self._look
        if look is None or look.rows is None or not look.channels_told:
            return
        self._look = None
        now = self._clock.now()
        self.translator.take_status(
            Status(
                rows=look.rows,
                channels=look.channels,
                asked=look.asked,
                asked_at=look.asked_at,
                restarted=look.restarted,
            ),
            now.wall,
            connecting=look.connecting,
        )
        if look.connecting and self.translator.visits.unseen:
            self._tell(fault(FaultKind.CALLS_UNSEEN, count=self.translator.visits.unseen))

    def _ask_questions(self) -> None:
        for question in self.translator.questions():
            self._ask(
                "Getvar",
                ("Channel", question.channel),
                ("Variable", question.variable),
                done=self._status_taker(question.uniqueid),
            )

    def _status_taker(self, uniqueid: str) -> Callable[[Message, Sequence[Message]], None]:
        def take(answer: Message, _rows: Sequence[Message]) -> None:
            if answer.get("Response") == "Success":
                self.translator.visits.status_told(
                    uniqueid, answer.get("Value") or "", self._clock.now().wall
                )
            elif "channel" in answer.get("Message", "").lower():
                self.translator.visits.status_told(uniqueid, None, self._clock.now().wall)
            # A missing permission is no answer: the ending will be inferred.

        return take

    # --- notices ----------------------------------------------------------------------------

    def _tell(self, news: Fault) -> None:
        self._news[news.kind] = (news, self._clock.now().steady_s)

    def _notices(self, now_s: float) -> tuple[Fault, ...]:
        notices = [
            news for news, told_s in self._news.values() if now_s - told_s < NEWS.total_seconds()
        ]
        if self._forbidden is not None:
            notices.append(self._forbidden)
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
