"""What can happen to a board, and what the shell must do about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from wallboard.domain.arranging import Arrangement
from wallboard.domain.coverage import MinuteSample, Stretch
from wallboard.domain.errors import Fault
from wallboard.domain.facts import CallRecord, Fact
from wallboard.domain.measuring import Measuring
from wallboard.domain.snapshot import SnapshotChange
from wallboard.domain.supervision import Monitoring, WishKind
from wallboard.domain.value import value
from wallboard.engine.windows import WindowKind


@value
class HistoryState:
    """How the storing of facts stands.

    Attributes:
        fault: Why nothing can be stored now. None if it can.
        waiting: How many facts wait for it in memory.
        lost: How many were let go because too many waited.
    """

    fault: Fault | None = None
    waiting: int = 0
    lost: int = 0


@value
class PictureTaken:
    """The source answered.

    Attributes:
        change: What makes its picture out of the one before.
        monitorings, lacks: As in `Fetched`.
    """

    change: SnapshotChange
    facts: tuple[Fact, ...] = ()
    notices: tuple[Fault, ...] = ()
    monitorings: tuple[Monitoring, ...] | None = None
    lacks: tuple[tuple[WishKind, str], ...] = ()


@value
class FetchFailed:
    """The source did not answer, or not what we can read."""

    fault: Fault


@value
class SecondPassed:
    """Time went on."""


@value
class HistoryRead:
    """What was stored before this board began.

    Attributes:
        records: Of the day and of the last hour, in any order.
        stretches: Of the day, in order.
        anew: True if these are all there are: what is booked is not right any more.
    """

    records: tuple[CallRecord, ...]
    stretches: tuple[Stretch, ...] = ()
    anew: bool = False


@value
class HistoryTold:
    """The storing of facts stands otherwise than before."""

    state: HistoryState


@value
class WindowChosen:
    """Somebody wants the figures of another stretch of time."""

    window: WindowKind


@value
class WeekBeforeTold:
    """What the site's minutes of about this time of day said a week before.

    Attributes:
        points: Readings by key, by minutes since the epoch.
    """

    points: Mapping[int, Mapping[str, float | None]]


@value
class SiteDecided:
    """The people of the site decided otherwise how queues are measured and shown.

    Attributes:
        measuring: With the plan of the board as it is: how a site cuts its time is of all that is
            booked, so another plan wants another board.
    """

    measuring: Measuring
    arrangement: Arrangement


Happening: TypeAlias = (
    PictureTaken
    | FetchFailed
    | SecondPassed
    | HistoryRead
    | HistoryTold
    | WindowChosen
    | WeekBeforeTold
    | SiteDecided
)


@value
class Store:
    """What is to be stored, together or not at all.

    Attributes:
        watched: The stretch that is known by now; it goes on from one stored before.
    """

    facts: tuple[Fact, ...] = ()
    samples: tuple[MinuteSample, ...] = ()
    watched: Stretch | None = None


Effect: TypeAlias = Store
