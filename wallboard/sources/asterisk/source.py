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
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from wallboard.domain.clock import Clock, Moment
from wallboard.domain.errors import FaultKind, SourceError, fault
from wallboard.domain.snapshot import Snapshot
from wallboard.domain.source import Fetched, Interrupt
from wallboard.domain.supervision import NOT_REACHED, Wish, WishResult
from wallboard.sources.asterisk.asking import Asking, Done
from wallboard.sources.asterisk.client import Action, lost
from wallboard.sources.asterisk.codec import Message, Unsendable, encoded
from wallboard.sources.asterisk.counters import RACE
from wallboard.sources.asterisk.exchange import Exchange
from wallboard.sources.asterisk.link import Link, opened
from wallboard.sources.asterisk.noticing import Notices, log_fault
from wallboard.sources.asterisk.refusals import (
    is_list,
    queues_refused,
    sign_in_refused,
    too_slow,
)
from wallboard.sources.asterisk.rows import stamp
from wallboard.sources.asterisk.settings import Account
from wallboard.sources.asterisk.supervising import EVENTS, Supervision, not_known
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
CLOCK_MATTERS: Final = timedelta(seconds=2)
# Who closes waits no longer for the answer to what is asked last.
LAST_WORD: Final = timedelta(seconds=1)
# An event's own time is believed if the event was no longer than this on its way.
ON_ITS_WAY: Final = timedelta(seconds=10)


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
        self._asking = Asking()
        self._look: Look | None = None
        self._looked_at_s = 0.0
        self._heard_at_s = 0.0
        self._run: str | None = None
        self._notices = Notices()
        self._stamp_skew: timedelta | None = None
        exchange = Exchange(send=self._send, answers=self._answers, now=clock.now)
        self._supervision = Supervision(
            self.translator, exchange, account.phone, account.transfer_context
        )

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
            self._supervision.settle()
        except SourceError:
            self._drop()
            raise
        return Fetched(
            snapshot=self.translator.picture(now.wall),
            facts=self.translator.facts(),
            notices=self._notices.all(self.translator, now.steady_s),
            results=self._supervision.results(),
            monitorings=self._supervision.monitorings(),
            lacks=self._supervision.lacks(),
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

    def supervise(self, wish: Wish) -> WishResult | None:
        """Do what the supervisor asked, at most once. None: it is under way."""
        if self._client is None or self._failure is not None:
            return WishResult(wish=wish, done=False, reason=NOT_REACHED)
        try:
            return self._supervision.do(wish)
        except SourceError as failure:
            self._failure = failure  # the next fetch tells
            return not_known(wish)

    def close(self) -> None:
        """Let go of the connection; whoever listens by it is out of the call."""
        # Without us nothing would end it in time, and nobody could.
        with suppress(SourceError):
            self._end_listening()
        self._drop()

    def resume(self, snapshot: Snapshot) -> None:
        """Take over the open calls of a source that ended."""
        self.translator.resume(snapshot)

    # --- the connection ---------------------------------------------------------------------

    def _connect(self) -> None:
        account = self._account
        began_s = self._clock.now().steady_s
        client = self._client = opened(account, WANTED | EVENTS, CONNECT, self._leftover)
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

    def _end_listening(self) -> None:
        if self._client is None or self._failure is not None:
            return
        answers: list[Message] = []
        asked = self._supervision.leave(lambda answer, _: answers.append(answer))
        began_s = self._clock.now().steady_s
        self._wait_for(lambda: len(answers) >= asked, began_s, LAST_WORD)

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
        supervised_s = self._supervision.due_in_s(now.steady_s)
        if supervised_s is not None:
            due_s = min(due_s, supervised_s)
        return max(0.0, min(silence_s, due_s, self._look_due_in_s(now)))

    def _look_due_in_s(self, now: Moment) -> float:
        """Return after how many seconds a look must end, or must begin sooner than usual."""
        if self._look is None:
            if not self._look_wanted:
                return LOOK_EVERY.total_seconds()
            return max(0.0, LOOK_AGAIN.total_seconds() - (now.steady_s - self._looked_at_s))
        if self._look.came is None:
            return LOOK_EVERY.total_seconds()
        if self._look.mark is not None and self._client is not None:
            reached = self._client.reached(self._look.mark)
            return 0.0 if reached else LOOK_EVERY.total_seconds()
        return max(0.0, RACE.total_seconds() - (now.steady_s - self._look.came.steady_s))

    @property
    def _look_wanted(self) -> bool:
        return self.translator.look_wanted or self._supervision.spies.look_wanted

    def _drop(self) -> None:
        if self._client is not None:
            self._client.close()
            self._leftover = self._client.session or self._leftover
            self.translator.disconnected(self._clock.now().wall)
            self._supervision.lost()
        self._client = None
        self._failure = None
        self._asking.forget()
        self._look = None

    def _keep_alive(self) -> None:
        now_s = self._clock.now().steady_s
        if now_s - self._asking.oldest_s(now_s) > DEADLINE.total_seconds():
            raise too_slow(self._account.address, DEADLINE)
        self._end_look()
        every = LOOK_EVERY
        if self._look_wanted:
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
        done: Done,
    ) -> None:
        """Send an action.

        Raises:
            Unsendable: A field holds what must not be sent; nothing was.
        """
        if self._client is not None:
            self._asking.ask(self._client, action, fields, self._clock.now().steady_s, done)

    def _send(self, action: Action, done: Done) -> str:
        """Send a supervisor's action, once; return the number that its answer will bear.

        Raises:
            Unsendable: A field holds what must not be sent; nothing was.
            SourceUnavailable: The connection is lost.
        """
        if self._client is None:
            where = self._account.address
            raise lost(where)
        name, fields = action
        return self._asking.ask(self._client, name, fields, self._clock.now().steady_s, done)

    def _answers(self, actions: Sequence[Action]) -> list[tuple[Message, Sequence[Message]]]:
        """Send actions, each once, and wait for all answers.

        Raises:
            Unsendable: A field holds what must not be sent; nothing was.
            SourceError: They did not come within the deadline, or the connection is lost.
        """
        for name, fields in actions:
            encoded(name, fields)  # all of them can be sent, or none is
        came: dict[int, tuple[Message, Sequence[Message]]] = {}
        for place, action in enumerate(actions):
            self._send(action, partial(_keep, came, place))
        self._await(lambda: len(came) == len(actions), self._clock.now().steady_s)
        return [came[place] for place in range(len(actions))]

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
            if not self._asking.take(message) and "Event" in message:
                at = self._moment(message, now.wall)
                changed |= self.translator.take(message, at)
                changed |= self._supervision.take(message, at)
        # At once: who left a queue may be hung up on in the next instant.
        self.translator.settle(now.wall)
        self._ask_questions()
        return changed or self.translator.visits.news or self._supervision.news

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
        self._notices.log = log_fault(self._account.queue_log)
        self._look = Look(asked=self.translator.mark(), asked_at=now.wall, connecting=connecting)
        if connecting:
            self._ask("ListCommands", done=self._supervision.take_commands)
        self._ask("CoreStatus", done=self._take_run)
        self._ask("Ping", done=self._take_ping)
        self._ask("CoreShowChannels", done=self._take_channels)
        self._ask("QueueStatus", done=self._take_queues)

    def _take_channels(self, answer: Message, rows: Sequence[Message]) -> None:
        if self._look is None:
            return
        self._notices.forbidden = None
        if is_list(answer):
            self._look.channels = rows
        else:
            self._notices.forbidden = fault(
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
            news = fault(FaultKind.RESTARTED, at=now.wall.isoformat(timespec="seconds"))
            self._notices.tell(news, now.steady_s)
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
        if look.channels is not None:
            self._supervision.take_rows(look.channels, look.asked_at)

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


def _keep(
    came: dict[int, tuple[Message, Sequence[Message]]],
    place: int,
    answer: Message,
    rows: Sequence[Message],
) -> None:
    came[place] = (answer, rows)


def _gone(answer: Message) -> bool:
    return "no such channel" in answer.get("Message", "").lower()
