"""What a history says about itself: what was kept, what it holds, what was found damaged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from wallboard.domain.agent_time import NO_AGENT_TIME, AgentTime
from wallboard.domain.snapshot import AgentId, QueueId
from wallboard.domain.totals import NOTHING, Totals


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What became of the facts that were told. Their sum is how many were told.

    Attributes:
        new: Not known before.
        improved: Known, and now more is known.
        known: Told before; nothing was learned.
        too_old: From a time that is rolled up already, so that they cannot be told apart from
            what is counted there.
    """

    new: int = 0
    improved: int = 0
    known: int = 0
    too_old: int = 0

    def __add__(self, other: Kept) -> Kept:
        """Return the counts of both."""
        return Kept(
            new=self.new + other.new,
            improved=self.improved + other.improved,
            known=self.known + other.known,
            too_old=self.too_old + other.too_old,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovery:
    """What was done about a damaged file.

    Attributes:
        moved_to: Where the damaged file is now.
        reason: What was wrong with it.
        salvaged: Rows taken over into the new file.
        damaged: Rows that could be read and whose checksum says that they are not what was kept.
        lost: Rows that were there and could not be read.
        pages_lost: Pages that the file should have had, or that its log could not give back.
        done: False while there are rows to take over: see `History.salvage`.
    """

    moved_to: str
    reason: str
    salvaged: int = 0
    damaged: int = 0
    lost: int = 0
    pages_lost: int = 0
    done: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryInfo:
    """What a history holds.

    Attributes:
        place: The file, or the server's schema; without a password.
        size: In bytes, everything that belongs to it.
        rows: By table; of calls those of sealed days too.
        sealed: How many days are files.
        first, last: When the first and the last call arrived. None if there is none.
        rolled_until: Before this time there are only roll-ups. None if nothing was rolled up.
        schema: The version of its layout.
        engine: Name and version of the database.
        journal: How it makes commits durable, in the database's words.
    """

    place: str
    size: int
    rows: Mapping[str, int] = field(default_factory=dict)
    sealed: int = 0
    first: datetime | None = None
    last: datetime | None = None
    rolled_until: datetime | None = None
    schema: int = 0
    engine: str = ""
    journal: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """What looking at every row came to.

    Attributes:
        rows: How many were read, by table.
        damaged: How many of them are not what was kept, by table; only tables that have some.
        said: What the database's own check complains about, in its words.
    """

    rows: Mapping[str, int] = field(default_factory=dict)
    damaged: Mapping[str, int] = field(default_factory=dict)
    said: tuple[str, ...] = ()

    @property
    def sound(self) -> bool:
        """True if nothing was found."""
        return not self.damaged and not self.said


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueRollup:
    """The calls that arrived at one queue in one interval, counted; they are gone themselves.

    Attributes:
        begin: Of the interval, which is `rollups.INTERVAL` long.
    """

    begin: datetime
    queue_id: QueueId
    totals: Totals = NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentRollup:
    """One agent in one interval: his calls by their arrival, his time by the clock."""

    begin: datetime
    agent_id: AgentId
    totals: Totals = NOTHING
    time: AgentTime = NO_AGENT_TIME


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """How long facts are to be kept.

    Attributes:
        keep: None means for ever, or as long as there is room.
        size_limit: In bytes. None means any size.
    """

    keep: timedelta | None = None
    size_limit: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Compacted:
    """What a compaction did.

    Attributes:
        until: Before this time there are only roll-ups now. None if there are none.
        calls, spells, directs, samples: How many went.
        sealed: How many closed days became files.
        size_before, size: In bytes.
    """

    until: datetime | None = None
    calls: int = 0
    spells: int = 0
    directs: int = 0
    samples: int = 0
    sealed: int = 0
    size_before: int = 0
    size: int = 0
