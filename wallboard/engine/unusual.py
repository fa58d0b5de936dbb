"""Whether a reading is unusual for this weekday and this time, from the same time of past weeks.

The rules, in prose:

* What is usual is the median of the same stretch of time on the same weekday of the last eight
  weeks; how much it varies by itself is the median distance from that, made comparable with a
  standard deviation.
* A reading is so many of these away from what is usual; more than three is rare.
* Of fewer than four known weeks nothing is said. A week that is not known is left out; it is not
  a week without calls.
* Counts vary by themselves: never less than the square root of what is usual is taken for that.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, tzinfo
from math import sqrt
from typing import Final, TypeAlias

from wallboard.domain.coverage import Stretch, coverage_of
from wallboard.domain.value import value

WEEKS: Final = 8
LEAST: Final = 4
"""So many weeks must be known."""

_Span: TypeAlias = tuple[datetime, datetime]

_WEEK: Final = timedelta(days=7)
_AS_DEVIATION: Final = 1.4826
"""The median distance of a normal distribution from its median, in standard deviations."""


@value
class Usual:
    """What is usual.

    Attributes:
        middle: The median.
        spread: How much it varies by itself, as a standard deviation; above zero.
        past: The readings that it rests on, the newest week first.
    """

    middle: float
    spread: float
    past: tuple[float, ...]


@value
class Unusual:
    """How far a reading is from what is usual, and why that is said.

    Attributes:
        away: In deviations; below zero if there is less than usual.
    """

    reading: float
    usual: Usual
    away: float


def same_times(begin: datetime, end: datetime, zone: tzinfo) -> tuple[_Span, ...]:
    """Return the same time of the same weekday in the weeks before, the newest first.

    By the site's clock: where that was changed in between, it is the same time of its day.
    """
    here, length = begin.astimezone(zone), end - begin
    found = []
    for number in range(1, WEEKS + 1):
        # Arithmetic on the wall clock, as a person counts weeks.
        before = (here.replace(tzinfo=None) - number * _WEEK).replace(tzinfo=zone)
        then = before.astimezone(UTC)
        found.append((then, then + length))
    return tuple(found)


def known_times(times: Iterable[_Span], watched: Iterable[Stretch]) -> tuple[_Span, ...]:
    """Return those of the times of which all is known."""
    stretches = tuple(watched)
    return tuple(
        (begin, end)
        for begin, end in times
        if coverage_of(stretches, begin, end).covered == end - begin
    )


def usual_of(past: Iterable[float], *, counted: bool) -> Usual | None:
    """Return what is usual. None if too little is known.

    Args:
        past: The readings of the weeks that are known, the newest first.
        counted: True for a number of calls.
    """
    rows = tuple(past)
    if len(rows) < LEAST:
        return None
    # start-up: it brings chance, fractions and decimals, and no first second asks for it
    from statistics import median  # noqa: PLC0415 - start-up, as told

    middle = median(rows)
    spread = _AS_DEVIATION * median([abs(row - middle) for row in rows])
    least = sqrt(max(1.0, middle)) if counted else 0.05 * abs(middle) or 1e-6
    return Usual(middle=middle, spread=max(spread, least), past=rows)


def unusual(reading: float, usual: Usual) -> Unusual:
    """Return how far a reading is from what is usual."""
    return Unusual(reading=reading, usual=usual, away=(reading - usual.middle) / usual.spread)
