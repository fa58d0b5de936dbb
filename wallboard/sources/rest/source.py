"""A server with an HTTP API as a source: asked again and again for what changed.

The rules, in prose:

* One look is the picture, and the facts up to that picture: who is gone from it has his fact in
  the same look, if the server tells facts. All of a look's requests share one deadline.
* A picture is as old as the server says. One that is older than the last is dropped; if nothing
  newer comes for some time the server's clock was set back, and its time counts from then on.
* A server that has lost the call center goes on answering, with the last picture and the cause.
  Here that is a failure with that cause: the board keeps its picture, which grows old.
* What cannot be is taken out of a picture: times after it, references to nobody.
* Where the server does not know any more which facts followed, what happened since the last look
  is taken from its history.
* What a server does not have is not asked for at each look, but is looked for again in a while.
* A command that goes on is followed with the looks after it, which come sooner meanwhile.
"""

from __future__ import annotations

import select
import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

from wallboard.api.capabilities import Capabilities
from wallboard.api.picture import Taken
from wallboard.domain.clock import Clock, Moment
from wallboard.domain.errors import Fault, FaultKind, SourceError, SourceUnavailable, fault
from wallboard.domain.snapshot import Snapshot
from wallboard.domain.source import Fetched, Interrupt
from wallboard.domain.supervision import NOT_KNOWN, NOT_REACHED, Wish, WishResult
from wallboard.sources.rest.client import Client, NotSent
from wallboard.sources.rest.commanding import Commanding, lacks_of
from wallboard.sources.rest.conversation import CommandRefused, Conversation, NotSupported
from wallboard.sources.rest.endings import GRACE, Endings
from wallboard.sources.rest.following import LOOK_AGAIN, Following
from wallboard.sources.rest.noticing import Noticing
from wallboard.sources.rest.sense import Sense
from wallboard.sources.rest.settings import Account

COMMAND: Final = timedelta(seconds=4)
FROZEN_POLLS: Final = 3

_NO_PICTURE: Final = frozenset({"stale", "no_data"})
_PARTS: Final = ("agents", "calls")
"""Of the picture, each with its own key, which a server may leave out."""
# Who answers so has not done it.
_NOT_DONE: Final = frozenset(
    {
        FaultKind.SIGN_IN,
        FaultKind.FORBIDDEN,
        FaultKind.THROTTLED,
        FaultKind.NOT_READY,
        FaultKind.REDIRECTED,
    }
)
_SOON_S: Final = 0.5


class RestSource:
    """One server. See `Source` for what the methods promise."""

    def __init__(self, account: Account, clock: Clock) -> None:
        """Touch no network yet.

        Raises:
            SourceRefused: A file that is told cannot be used.
        """
        self._account = account
        self._clock = clock
        self._client = Client(account, clock)
        self._conversation = Conversation(self._client)
        self._commanding = Commanding(self._conversation, clock)
        self._noticing = Noticing(self._client)
        self._following = Following(self._conversation, clock, self._noticing)
        self._endings = Endings()
        self._sense = Sense()
        self._capabilities: Capabilities | None = None
        self._meet_at_s = float("-inf")
        # The last picture that was told, and when it came.
        self._last: Snapshot | None = None
        self._newer_s = float("-inf")

    # --- the door ---------------------------------------------------------------------------

    def fetch(self) -> Fetched:
        """Return the picture and what ended since the last one."""
        self._client.begin(self._account.deadline)
        self._meet()
        if self._tells_facts:
            self._following.begin()
        taken = self._conversation.picture()
        self._judge(taken)
        taken = self._made_sense_of(taken)
        if self._tells_facts:
            self._following.follow(taken, self._last)
        return self._told(taken, self._clock.now())

    def wait(self, pause: timedelta, interrupt: Interrupt) -> None:
        """Return after `pause`: a server that is asked has no way to tell by itself."""
        pause_s = max(0.0, pause.total_seconds())
        if self._commanding.goes_on:
            pause_s = min(pause_s, _SOON_S)
        select.select([interrupt], [], [], pause_s)

    def supervise(self, wish: Wish) -> WishResult | None:
        """Ask the server, once: what is not answered is not known, and never asked again."""
        self._client.begin(COMMAND)
        try:
            state = self._conversation.command(wish, uuid.uuid4().hex)
        except NotSupported:
            return WishResult(wish=wish, done=False, reason="not supported yet")
        except NotSent:
            return WishResult(wish=wish, done=False, reason=NOT_REACHED)
        except CommandRefused as refused:
            return WishResult(wish=wish, done=False, reason=str(refused))
        except SourceError as failure:
            result = _failed(wish, failure.fault)
            if not result.known:
                self._commanding.perhaps(wish)
            return result
        return self._commanding.taken(wish, state)

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()

    def resume(self, snapshot: Snapshot) -> None:
        """Take over the open calls of a source that ended."""
        self._endings.begin(snapshot)
        self._following.missed(snapshot)

    # --- what the server can do -------------------------------------------------------------

    def _meet(self) -> None:
        """Ask what the server can do, once in a while."""
        now_s = self._clock.now().steady_s
        if now_s < self._meet_at_s:
            return
        try:
            self._capabilities = self._conversation.capabilities()
        except NotSupported:
            self._capabilities = None
        except SourceError:
            if self._capabilities is None:
                raise
        self._meet_at_s = now_s + LOOK_AGAIN.total_seconds()

    @property
    def _tells_facts(self) -> bool:
        told = self._capabilities
        return told is None or bool(told.facts)

    @property
    def _grace(self) -> timedelta:
        """How long to wait for the fact of a call that is gone."""
        told = self._capabilities
        promised = self._following.begun if told is None else "call" in told.facts
        return GRACE if promised else timedelta()

    @property
    def _pace(self) -> timedelta:
        """How often there can be news, the server's own and ours."""
        told = self._capabilities
        theirs = timedelta() if told is None else timedelta(seconds=told.poll)
        return max(self._account.poll, theirs)

    # --- the picture ------------------------------------------------------------------------

    def _judge(self, taken: Taken) -> None:
        """Pass on that the server has no picture itself.

        Raises:
            SourceUnavailable: It has none, for its own reason.
        """
        word = taken.source
        if word is not None and word.state in _NO_PICTURE:
            raise SourceUnavailable(word.fault or self._frozen(taken.snapshot.as_of))

    def _made_sense_of(self, taken: Taken) -> Taken:
        """Return the picture with what can be, the rest counted with what could not be read."""
        sense = self._sense
        snapshot = sense.made(taken.snapshot, taken.since, taken.change)
        return replace(
            taken,
            snapshot=snapshot,
            ignored=taken.ignored + sense.count,
            since=sense.since,
            change=sense.change,
        )

    def _told(self, taken: Taken, now: Moment) -> Fetched:
        snapshot = self._newest(taken.snapshot, now)
        facts = self._endings.taken(snapshot, self._following.handed(), now.steady_s, self._grace)
        self._last = snapshot
        notices = (*self._untold(), *self._noticing.notices(taken, now))
        return Fetched(
            snapshot=snapshot,
            facts=facts,
            notices=notices,
            retracted=self._following.taken_back(),
            since=taken.since if snapshot is taken.snapshot else None,
            change=taken.change if snapshot is taken.snapshot else None,
            results=self._commanding.results(),
            monitorings=self._commanding.own(taken.monitorings, self._capabilities),
            lacks=lacks_of(taken.lacks, self._capabilities),
        )

    def _untold(self) -> tuple[Fault, ...]:
        """Return what this account does not see at all, as the server says: it is not nothing."""
        told = self._capabilities
        hidden = () if told is None else told.unsupported
        parts = ",".join(part for part in _PARTS if part in hidden)
        return (fault(FaultKind.PART_NOT_TOLD, what=parts),) if parts else ()

    def _newest(self, snapshot: Snapshot, now: Moment) -> Snapshot:
        """Return this picture, or the last one if this is older.

        Raises:
            SourceUnavailable: There has been nothing newer for too long.
        """
        last = self._last
        if last is None or snapshot.as_of > last.as_of:
            self._newer_s = now.steady_s
            return snapshot
        silent_s = now.steady_s - self._newer_s
        if silent_s <= FROZEN_POLLS * self._pace.total_seconds():
            return snapshot if snapshot.as_of == last.as_of else last
        if snapshot.as_of == last.as_of:
            raise SourceUnavailable(self._frozen(snapshot.as_of))
        back = last.as_of - snapshot.as_of
        self._noticing.happened(
            fault(FaultKind.CLOCK_OFF, seconds=round(back.total_seconds())), now
        )
        self._newer_s = now.steady_s
        return snapshot

    def _frozen(self, since: datetime) -> Fault:
        at = since.astimezone(UTC).isoformat()
        return fault(FaultKind.FROZEN, host=self._client.origin.host, at=at)


def _failed(wish: Wish, why: Fault) -> WishResult:
    if why.kind not in _NOT_DONE:
        return WishResult(wish=wish, done=False, reason=NOT_KNOWN, known=False)
    reason = why.detail("what") or NOT_REACHED
    return WishResult(wish=wish, done=False, reason=reason)
