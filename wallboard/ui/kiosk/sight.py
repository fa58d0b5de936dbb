"""How much of a wall's picture can be taken for the present, and what is left when nothing can."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import Enum
from typing import Final

from wallboard.domain.clock import Moment
from wallboard.engine.board import Board, age_of
from wallboard.engine.freshness import Freshness

CLOCK_AFTER: Final = timedelta(minutes=5)
"""After so long without data only a clock and a message are left."""


class Sight(Enum):
    """How much can be taken for the present."""

    WAITING = "waiting"
    """There was no picture yet."""
    PRESENT = "present"
    FADED = "faded"
    """The last good figures, too old to be taken for the present."""
    SILENT = "silent"
    """Nothing was heard for so long that no figure is shown."""
    CLOCK = "clock"
    """Nothing was heard for minutes: a clock and a message."""


def sight_of(board: Board, now: Moment, waits_since: Moment | None) -> Sight:
    """Return how much can be taken for the present.

    Args:
        waits_since: Since when the wall waits for its first picture. None if it does not.
    """
    if board.snapshot is None:
        waited_s = 0.0 if waits_since is None else now.steady_s - waits_since.steady_s
        return Sight.CLOCK if waited_s >= CLOCK_AFTER.total_seconds() else Sight.WAITING
    age = age_of(board, now)
    match board.freshness:
        case Freshness.NO_DATA:
            return Sight.CLOCK if age is not None and age >= CLOCK_AFTER else Sight.SILENT
        case Freshness.STALE:
            return Sight.FADED
        case _:
            return Sight.PRESENT


def silent_since(board: Board, now: Moment, waits_since: Moment | None) -> datetime:
    """Return since when nothing was heard, by our wall clock."""
    if board.taken_at is not None:
        return board.taken_at.wall
    return now.wall if waits_since is None else waits_since.wall
