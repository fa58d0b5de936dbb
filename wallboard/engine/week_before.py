"""How the site stood a week before at the same time of day, from the samples of its minutes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final, TypeAlias

from wallboard.engine.ledger import minute_of

Points: TypeAlias = Mapping[int, Mapping[str, float | None]]
"""Readings by key, by minutes since the epoch."""

_WEEK: Final = timedelta(days=7)
_NEAR: Final = 3
"""A minute that was not seen is stood for by one so many minutes earlier at most."""
_BEHIND: Final = 10
_AHEAD: Final = 50


def week_before(points: Points, now: datetime, zone: tzinfo) -> Mapping[str, float | None]:
    """Return the readings of the same weekday's same time, a week earlier; empty if nobody saw it.

    The time is the same on the site's clock: over a clock change it is another number of hours.

    Args:
        now: The source's time.
    """
    minute = _minute_before(now, zone)
    near = (points.get(minute - back) for back in range(_NEAR + 1))
    return next((readings for readings in near if readings is not None), {})


def minutes_to_recall(now: datetime, zone: tzinfo) -> range:
    """Return the minutes a week before that are asked for from now on until an hour from now."""
    minute = _minute_before(now, zone)
    # Within the hour the clock may change, and the source's clock may differ from ours.
    return range(minute - _BEHIND - 60, minute + _AHEAD + 60)


def _minute_before(now: datetime, zone: tzinfo) -> int:
    # Taken away on the site's clock, as people do.
    return minute_of((now.astimezone(zone) - _WEEK).astimezone(UTC))
