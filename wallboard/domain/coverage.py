"""Which part of a stretch of time somebody watched, and what was seen minute by minute."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from wallboard.domain.snapshot import QueueId
from wallboard.domain.value import value

_NO_TIME: Final = timedelta()


class Witness(StrEnum):
    """Who tells what happened in a stretch."""

    LIVE = "live"
    """We watched the source."""
    IMPORT = "import"
    """A log of the system was read."""
    TOLD = "told"
    """The source told of its calls, and not what its agents did. Such a stretch is not stored."""


@value
class Stretch:
    """Time of which all facts are known, from `begin` on and before `end`."""

    begin: datetime
    end: datetime
    witness: Witness = Witness.LIVE

    @property
    def length(self) -> timedelta:
        """How long it is."""
        return self.end - self.begin


@value
class Coverage:
    """How much of a window is known.

    Attributes:
        begin, end: The window; its end is not after the present.
        covered: How much of it somebody watched.
        gaps: What nobody watched, in order; none touch.
    """

    begin: datetime
    end: datetime
    covered: timedelta
    gaps: tuple[Stretch, ...] = ()

    @property
    def share(self) -> float | None:
        """How much of the window is covered, 0 to 1. None if the window is empty."""
        length = self.end - self.begin
        return self.covered / length if length > _NO_TIME else None


def coverage_of(stretches: Iterable[Stretch], begin: datetime, end: datetime) -> Coverage:
    """Return how the stretches, which may overlap, cover a window."""
    gaps: list[Stretch] = []
    reached = begin
    for stretch in sorted(stretches, key=lambda stretch: stretch.begin):
        if stretch.begin >= end:
            break
        if stretch.end <= stretch.begin:
            continue  # nobody watched for no time: it parts no gap
        if stretch.begin > reached:
            gaps.append(Stretch(begin=reached, end=stretch.begin))
        reached = max(reached, min(stretch.end, end))
    if reached < end:
        gaps.append(Stretch(begin=reached, end=end))
    missing = sum((gap.length for gap in gaps), _NO_TIME)
    return Coverage(
        begin=begin, end=end, covered=max(_NO_TIME, end - begin) - missing, gaps=tuple(gaps)
    )


@value
class MinuteSample:
    """Live readings at the end of a minute.

    Attributes:
        minute: Whole minutes since the epoch, on the source's clock.
        queue_id: None for the whole site.
        readings: By key; None is unknown.
    """

    minute: int
    queue_id: QueueId | None = None
    readings: Mapping[str, float | None] = field(default_factory=dict)
