"""How old what we know is, and what that is called."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum


class Freshness(StrEnum):
    """The age of the last picture, in words."""

    WAITING = "waiting"
    """There was none yet."""
    LIVE = "live"
    LATE = "late"
    STALE = "stale"
    NO_DATA = "no_data"


def freshness_of(age: timedelta | None, poll: timedelta) -> Freshness:
    """Return what a picture of that age is called.

    Args:
        age: Steady age of the last accepted picture. None if there was none.
        poll: How often the source should prove that it is alive.
    """
    if age is None:
        return Freshness.WAITING
    if age <= 2 * poll:
        return Freshness.LIVE
    if age <= 3 * poll:
        return Freshness.LATE
    if age <= max(10 * poll, timedelta(seconds=60)):
        return Freshness.STALE
    return Freshness.NO_DATA
