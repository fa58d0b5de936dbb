"""Counters of a system that tells sums instead of calls, and what they say happened since a look.

The rules, in prose:

* A counter that grew tells what happened between two looks, however long that was.
* Counters that all fell at once, to less than half, began anew: what they show has happened since,
  and what happened before, after the last look, is lost. It is never guessed.
* A counter that fell otherwise was corrected, and the sum with it.
* A counter since midnight is the day's sum by itself, seen from the first look on. Around midnight
  the system's clock and ours differ: until it falls it is still yesterday's.
* Another one tells only differences. Over a midnight that nobody watched nothing is concluded: the
  sum begins with the first look after it, and says so: `since`.
* So a sum is right or too small, and says which: `lost`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from typing import Final

from wallboard.domain.snapshot import QueueId
from wallboard.domain.value import value

NOW: Final = ("waiting", "free", "busy")
"""How many there are at this moment."""
COUNTS: Final = ("offered", "answered", "abandoned", "answered_in_target")
"""How many there have been."""
SUMS: Final = ("wait_of_answered", "talk")
"""For how long in all, of those counted."""
SPANS: Final = ("longest_wait", *SUMS)

LATE_RESET: Final = timedelta(minutes=10)
"""So long after midnight a counter may still be yesterday's."""
WATCHED: Final = timedelta(minutes=1)
"""Two looks no further apart than this saw a midnight pass."""


class Since(StrEnum):
    """Since when a counter counts."""

    MIDNIGHT = "midnight"
    RELOAD = "reload"
    """Since the system, or the queue, was started or told to begin anew."""
    SHIFT = "shift"


@value
class CounterReading:
    """What a queue's counters said at one look.

    Attributes:
        now: Of this moment: counts, and seconds of `longest_wait`. What is not known is not there.
        sums: Since they began: counts, and seconds of durations. None is negative.
    """

    queue_id: QueueId
    at: datetime
    since: Since = Since.MIDNIGHT
    now: Mapping[str, float] = field(default_factory=dict)
    sums: Mapping[str, float] = field(default_factory=dict)


@value
class Tally:
    """What is known of one queue's day.

    Attributes:
        day: On the site's clock.
        since: From when on the sums are those of the day: its midnight, or the first look.
        sums: Since then, as far as it was seen.
        lost: True if more may have happened since then than was seen.
        pending: True if the counters may still be yesterday's.
    """

    day: date
    last: CounterReading
    since: datetime
    sums: Mapping[str, float] = field(default_factory=dict)
    lost: bool = False
    pending: bool = False


def tallied(before: Tally | None, reading: CounterReading, zone: tzinfo | None) -> Tally:
    """Return the day's tally after one more reading. A reading that is older changes nothing.

    Args:
        zone: Where the system's midnight is. None: where this computer's is.
    """
    day = reading.at.astimezone(zone).date()
    of_day = reading.since is Since.MIDNIGHT
    if before is None:
        if not of_day:
            return _begun(day, reading)
        midnight = _midnight(reading, zone)
        if any(reading.sums.values()) and _just_begun(reading, zone):
            # These may be yesterday's yet: they count from when they fall, or grow.
            nothing = dict.fromkeys(reading.sums, 0.0)
            return Tally(day=day, last=reading, since=midnight, sums=nothing, pending=True)
        return Tally(day=day, last=reading, since=midnight, sums=reading.sums)
    if reading.at < before.last.at:
        return before
    if day != before.day:
        return _new_day(before, reading, zone, day)
    return _same_day(before, reading, zone)


def _new_day(before: Tally, reading: CounterReading, zone: tzinfo | None, day: date) -> Tally:
    midnight = _midnight(reading, zone)
    nothing = dict.fromkeys(reading.sums, 0.0)
    if reading.since is Since.MIDNIGHT:
        if _still_yesterday(before, reading, zone):
            return Tally(day=day, last=reading, since=midnight, sums=nothing, pending=True)
        return Tally(day=day, last=reading, since=midnight, sums=reading.sums)
    if reading.at - before.last.at > WATCHED:
        return _begun(day, reading)
    begun = Tally(day=day, last=before.last, since=midnight, sums=nothing)
    return _same_day(begun, reading, zone)


def _begun(day: date, reading: CounterReading) -> Tally:
    """Return the tally of counters that tell nothing of what was before this look."""
    nothing = dict.fromkeys(reading.sums, 0.0)
    return Tally(day=day, last=reading, since=reading.at, sums=nothing)


def _midnight(reading: CounterReading, zone: tzinfo | None) -> datetime:
    day = reading.at.astimezone(zone).date()
    if zone is None:
        # This computer's offset of that hour: it is another one on a day on which clocks change.
        return datetime.combine(day, time()).astimezone()
    return datetime.combine(day, time(), zone)


def _same_day(before: Tally, reading: CounterReading, zone: tzinfo | None) -> Tally:
    old, new = before.last.sums, reading.sums
    anew = _began_anew(old, new)
    if before.pending and anew:
        return Tally(day=before.day, last=reading, since=before.since, sums=new)
    fell = any(new[name] < was for name, was in old.items() if name in new)
    sums = dict(before.sums)
    for name, number in new.items():
        # One that was not told before may have counted for long: it begins here.
        grown = number if anew else number - old.get(name, number)
        sums[name] = max(0.0, sums.get(name, 0.0) + grown)
    pending = before.pending and _just_begun(reading, zone)
    # One that should have begun anew and did not counts something else than a day.
    lost = before.lost or fell or (before.pending and not pending) or new.keys() != old.keys()
    return Tally(
        day=before.day,
        last=_complete(reading, before.last),
        since=before.since,
        sums=sums,
        lost=lost,
        pending=pending,
    )


def _complete(reading: CounterReading, before: CounterReading) -> CounterReading:
    """Return a reading with what it did not tell taken from the one before."""
    if reading.sums.keys() >= before.sums.keys():
        return reading
    return CounterReading(
        queue_id=reading.queue_id,
        at=reading.at,
        since=reading.since,
        now=reading.now,
        sums={**before.sums, **reading.sums},
    )


def _still_yesterday(before: Tally, reading: CounterReading, zone: tzinfo | None) -> bool:
    grew = all(reading.sums.get(name, was) >= was for name, was in before.last.sums.items())
    return grew and any(before.last.sums.values()) and _just_begun(reading, zone)


def _just_begun(reading: CounterReading, zone: tzinfo | None) -> bool:
    return reading.at - _midnight(reading, zone) <= LATE_RESET


def _began_anew(old: Mapping[str, float], new: Mapping[str, float]) -> bool:
    """True if all that had counted fell, together to less than half."""
    both = [(was, new[name]) for name, was in old.items() if was > 0 and name in new]
    if not both or any(number >= was for was, number in both):
        return False
    return 2 * sum(number for _, number in both) < sum(was for was, _ in both)
