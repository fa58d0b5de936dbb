"""The last sixty minutes, a point a minute; a minute that was not seen is a gap, not a zero."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from wallboard.domain.value import value
from wallboard.engine.ledger import TREND_MINUTES


@value
class Trend:
    """Samples of the site's live readings.

    Attributes:
        minute: The minute that is being lived through, since the epoch, on the source's clock.
            None before the first picture.
        begun: The first minute that was looked at. None before the first picture.
        points: Readings by key at the end of each past minute that was seen. Where a minute is
            missing it was not seen.
    """

    minute: int | None = None
    begun: int | None = None
    points: Mapping[int, Mapping[str, float | None]] = field(default_factory=dict)


def sampled(trend: Trend, minute: int, readings: Mapping[str, float | None] | None) -> Trend:
    """Return the trend once the clock is in `minute`.

    Args:
        readings: Those that hold now. None if the picture is too old to say.
    """
    if trend.minute is None:
        return Trend(minute=minute, begun=minute)
    if minute <= trend.minute:
        return trend
    first = minute - TREND_MINUTES
    points = {at: point for at, point in trend.points.items() if at >= first}
    if readings is not None:
        # More than one minute may have passed under time-warp or after a sleep: only the last
        # of them was seen.
        points[minute - 1] = readings
    return Trend(minute=minute, begun=trend.begun, points=points)


def skipped(trend: Trend, minute: int) -> Trend:
    """Return the trend gone on to `minute` without having seen what was between."""
    return trend if trend.minute is None else sampled(trend, minute, None)


def series(trend: Trend, key: str) -> tuple[float | None, ...]:
    """Return the last sixty points of a reading, oldest first; None is a gap."""
    if trend.minute is None:
        return (None,) * TREND_MINUTES
    minutes = range(trend.minute - TREND_MINUTES, trend.minute)
    return tuple(trend.points.get(minute, {}).get(key) for minute in minutes)
