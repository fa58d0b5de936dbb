"""What the server answers from: the newest picture, the facts in order, the past, the commands."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Protocol

from wallboard.api.picture import SourceWord
from wallboard.domain.coverage import Stretch
from wallboard.domain.errors import Fault, WallboardError
from wallboard.domain.facts import Fact, News
from wallboard.domain.granting import LIMIT_S
from wallboard.domain.snapshot import AgentId, Snapshot
from wallboard.domain.supervision import Monitoring, Wish, WishKind
from wallboard.domain.value import value
from wallboard.engine.board import Board

__all__ = [
    "Capabilities",
    "CommandProgress",
    "CommandState",
    "CursorGone",
    "Feed",
    "FeedAway",
    "Health",
    "HistoryPage",
    "HistoryWord",
    "Issue",
    "KeyUsed",
    "Numbered",
    "PollingRole",
    "SourceWord",
    "wish_digest",
]


@value
class Issue:
    """One picture, as it is given out. Never altered; two with one version tell the same rows.

    Attributes:
        version: Another one whenever anything but `snapshot.as_of` is another: a row, the source's
            word, a notice, `facts_until`. 1 to 60 characters of A-Z a-z 0-9 and `.-_`, the same in
            all replicas, never used again for another content, after a restart neither.
        snapshot: Rows that did not change are the same objects as in the issue before. `as_of` is
            renewed with every word of the source, the version staying if nothing else changed; it
            stands still while the source is silent.
        source: How the connection to the call center stands. Its state is `live`, `late`, `stale`
            or `no_data`.
        facts_until: The cursor behind the last fact that belongs to this picture: a call that is
            gone from it has its fact before this cursor. None if the feed cannot tell.
        notices: What is worth knowing although the source works.
        board: What the figures for Prometheus are taken from. None if there is none.
        monitorings: Who is in whose call. None if the source cannot tell who listens.
        lacks: Commands that the account at the source may not give, each with what is missing.
    """

    version: str
    snapshot: Snapshot
    source: SourceWord
    facts_until: str | None = None
    notices: tuple[Fault, ...] = ()
    board: Board | None = None
    monitorings: tuple[Monitoring, ...] | None = None
    lacks: tuple[tuple[WishKind, str], ...] = ()


@value
class Numbered:
    """A fact with the cursor right behind it."""

    cursor: str
    fact: News


@value
class HistoryPage:
    """A part of the past.

    Attributes:
        facts: In a stable order.
        known: Time of the stretch asked for that the history covers. Told with the last page.
        next_page: What to ask the next page by. None with the last one.
    """

    facts: tuple[Fact, ...] = ()
    known: tuple[Stretch, ...] = ()
    next_page: str | None = None


class CommandProgress(StrEnum):
    """How far a command is."""

    PENDING = "pending"
    DONE = "done"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    """It was passed on and nobody can say what came of it."""


@value
class CommandState:
    """What came of a command so far.

    Attributes:
        key: As the command was given under.
        reason: Why not, if it was refused; empty otherwise.
        digest: Of what was asked for, as `wish_digest` has it. None if it is not kept.
    """

    key: str
    progress: CommandProgress
    reason: str = ""
    digest: str | None = None


class HistoryWord(StrEnum):
    """How the storing of facts stands."""

    OK = "ok"
    PAUSED = "paused"


class PollingRole(StrEnum):
    """What this process does among its replicas."""

    POLLING = "polling"
    STANDING_BY = "standing_by"
    ALONE = "alone"


@value
class Health:
    """How this process does; holds no name of anybody or anything.

    Attributes:
        source: As in the newest issue, or why there is none yet.
    """

    source: SourceWord
    history: HistoryWord = HistoryWord.OK
    role: PollingRole = PollingRole.ALONE


@value
class Capabilities:
    """What is served.

    Attributes:
        server: The program's name and version.
        site: The connection's name.
        zone: The site's time zone, by its IANA name.
        poll: How often the source proves that it is alive.
        unsupported: Fields that never come, as `calls.caller_name`.
        facts: Of which kinds facts come: `call`, `spell`, `direct`.
        commands: What the source can be asked to do.
        own_phones: True if whoever listens does so by a phone of his own, which his token has.
        excluded: Whom nobody may monitor.
        limit: So long a monitoring lasts at most.
        tells: True if an agent is told, where the system can, that somebody is in the call.
        only_told: True if nobody may be in a call of whom that cannot be told.
        notice: What agents are told then.
    """

    server: tuple[str, str]
    site: str
    zone: str
    poll: timedelta
    unsupported: frozenset[str] = frozenset()
    facts: tuple[str, ...] = ("call", "spell", "direct")
    commands: frozenset[WishKind] = frozenset()
    own_phones: bool = False
    excluded: frozenset[AgentId] = frozenset()
    limit: timedelta = timedelta(seconds=LIMIT_S)
    tells: bool = False
    only_told: bool = False
    notice: str = "A supervisor is in your call."


class CursorGone(WallboardError):
    """The cursor, or the page, is not known, or what follows it is not kept any more."""


class FeedAway(WallboardError):
    """It cannot be answered now: nobody polls, or the history does not answer. Try again."""


class KeyUsed(WallboardError):
    """The key belongs to another command."""


def wish_digest(wish: Wish) -> str:
    """Return what is the same for the same wish, and for no other."""
    told: tuple[object, ...] = (
        str(wish.kind),
        wish.agent_id,
        wish.queue_id,
        wish.call_id,
        wish.reason,
    )
    more = (wish.to, wish.text, wish.priority)
    if more != ("", "", None):
        # What has none of it has the digest that earlier versions noted.
        told = (*told, *more)
    return sha256(repr(told).encode("utf-8", "surrogatepass")).hexdigest()


class Feed(Protocol):
    """One call center as the server sees it. Every method may be called from any thread.

    `newest`, `health` and `capabilities` are asked many times a second and answer from memory;
    the others may wait for a disk or a database, but no longer than some seconds.
    """

    def newest(self) -> Issue | None:
        """Return the newest picture, the same object until there is another. None before any."""
        ...

    def facts(
        self, after: str | None, until: str | None, limit: int
    ) -> tuple[tuple[Numbered, ...], str, bool]:
        """Return facts in order, the cursor behind them, and whether there are more.

        What was answered for `after` and `until` together is answered so again.

        Args:
            after: From behind this cursor on. None: no facts, but the cursor of the present end.
            until: Up to this cursor at most. None: to the end.
            limit: At least 1; no more facts than that.

        Raises:
            CursorGone: `after` or `until` is not known, or facts behind `after` are not kept any
                more.
            FeedAway: Not now.
        """
        ...

    def history(self, begin: datetime, end: datetime, page: str | None, limit: int) -> HistoryPage:
        """Return what arrived (calls, directs) in [begin, end) or overlaps it (spells).

        Raises:
            CursorGone: The page is none of ours.
            FeedAway: Not now.
        """
        ...

    def command(self, wish: Wish, key: str, who: str) -> CommandState:
        """Pass a command on, at most once for one key, whatever replica it was told to.

        The right to it was checked and journalled. Returns at once, or after some seconds.

        Args:
            key: The command's name: 16 to 80 characters of A-Z a-z 0-9 `-` and `_`. Of one
                asker and one Idempotency-Key: who repeats it wants the state of the first.
            who: The name of the token, for the journal of the call center.

        Raises:
            FeedAway: It was not passed on, and will not be.
            KeyUsed: It was not passed on: the key belongs to another command.
        """
        ...

    def command_state(self, key: str) -> CommandState | None:
        """Return what came of a command. None if there was none of that name.

        Raises:
            FeedAway: Not now.
        """
        ...

    def health(self) -> Health:
        """Return how this process does."""
        ...

    def capabilities(self) -> Capabilities:
        """Return what is served, as the site has decided it by now."""
        ...
