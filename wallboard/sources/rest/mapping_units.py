"""Times and durations as other systems write them, turned into ours, or into nothing."""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime, timedelta, tzinfo
from email.utils import parsedate_to_datetime
from typing import Final

from wallboard.sources.rest.mapping_paths import Json

LONGEST: Final = timedelta(days=7)
LONGEST_SUM: Final = timedelta(days=36_500)
"""A duration that is longer is not believed."""
AHEAD: Final = timedelta(minutes=5)
"""By so much a clock of the same system may go fast; what is later is not believed."""
EARLIEST: Final = datetime(2000, 1, 1, tzinfo=UTC)
LATEST: Final = datetime(2200, 1, 1, tzinfo=UTC)

_SECONDS: Final = {"us": 1e-6, "ms": 1e-3, "s": 1.0, "min": 60.0, "h": 3600.0}
_EPOCHS: Final = {"epoch_s": 1.0, "epoch_ms": 1e-3, "epoch_us": 1e-6}
_AGES: Final = {
    "ago_ms": "ms",
    "ago_s": "s",
    "ago_min": "min",
    "ago_h": "h",
    "ago_iso": "iso",
    "ago_clock": "clock",
}

DURATION_UNITS: Final = (*_SECONDS, "iso", "clock")
"""`iso` is like PT1M30S, `clock` like 1:30 or 0:01:30."""
INSTANT_UNITS: Final = ("iso", *_EPOCHS, *_AGES, "rfc2822")
"""`ago_…` is how long ago it was; the others are moments."""

_ISO: Final = re.compile(
    r"\+?P(?:(\d{1,4})W)?(?:(\d{1,6}(?:[.,]\d{1,12})?)D)?"
    r"(?:T(?:(\d{1,8}(?:[.,]\d{1,12})?)H)?(?:(\d{1,9}(?:[.,]\d{1,12})?)M)?"
    r"(?:(\d{1,12}(?:[.,]\d{1,12})?)S)?)?",
    re.ASCII,
)
_ISO_PARTS: Final = (604_800.0, 86_400.0, 3600.0, 60.0, 1.0)
_CLOCK: Final = re.compile(
    r"(?:(\d{1,3})\.)?(?:(\d{1,4}):)?(\d{1,4}):(\d\d(?:\.\d{1,9})?)", re.ASCII
)
_NUMBER: Final = re.compile(r"[+-]?\d{1,20}(?:\.\d{1,20})?", re.ASCII)
# With a time of day: a date alone is no moment.
_MOMENT: Final = re.compile(
    r"\d{4}-?\d\d-?\d\d[T ]\d\d:?\d\d[0-9:.,]*(?:Z|[+-]\d\d(?::?\d\d)?)?", re.ASCII
)


def number_of(told: Json) -> float | None:
    """Return a number, also one that is written as a text. None if it is none."""
    if isinstance(told, str) and _NUMBER.fullmatch(told.strip()):
        told = float(told.strip())
    if isinstance(told, bool) or not isinstance(told, int | float):
        return None
    try:
        number = float(told)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None


def duration_of(told: Json, unit: str, longest: timedelta = LONGEST) -> timedelta | None:
    """Return a duration from nothing to a week. None if it is none, or beyond that.

    Args:
        unit: One of DURATION_UNITS.
        longest: In place of a week: what is told of many calls together is longer.
    """
    if unit in _SECONDS:
        number = number_of(told)
        seconds = None if number is None else number * _SECONDS[unit]
    elif not isinstance(told, str):
        return None
    elif unit == "iso":
        seconds = _iso_seconds(told.strip())
    else:
        seconds = _clock_seconds(told.strip())
    if seconds is None or not 0 <= seconds <= longest.total_seconds():
        return None
    return timedelta(seconds=seconds)


def instant_of(told: Json, unit: str, as_of: datetime, zone: tzinfo | None) -> datetime | None:
    """Return a moment in UTC, not after `as_of`. None if it is none, or not to be believed.

    Args:
        unit: One of INSTANT_UNITS.
        zone: Of times that do not tell their offset. None if nobody said it: such a time then is
            none. Of two moments with one name, when clocks are set back, the later one that is
            not ahead is meant.
    """
    if unit in _AGES:
        age = duration_of(told, _AGES[unit])
        return None if age is None else as_of - age
    at = _moment_of(told, unit, as_of, zone)
    if at is None or not EARLIEST <= at < LATEST or at > as_of + AHEAD:
        return None
    return min(at, as_of)


def is_age(unit: str) -> bool:
    """True if a unit tells how long ago something was: such moments tremble by a second."""
    return unit in _AGES


def _moment_of(told: Json, unit: str, as_of: datetime, zone: tzinfo | None) -> datetime | None:
    try:
        if unit in _EPOCHS:
            number = number_of(told)
            return None if number is None else datetime.fromtimestamp(number * _EPOCHS[unit], UTC)
        if not isinstance(told, str) or len(told) > 80:
            return None
        if unit == "rfc2822":
            at = parsedate_to_datetime(told)
        else:
            text = told.strip()
            if not _MOMENT.fullmatch(text):
                return None
            at = datetime.fromisoformat(text)
        if at.tzinfo is not None:
            return at.astimezone(UTC)
        return None if zone is None else _in_zone(at, zone, as_of)
    except (ValueError, OverflowError, OSError, TypeError, IndexError):
        return None


def _in_zone(local: datetime, zone: tzinfo, as_of: datetime) -> datetime:
    first = local.replace(tzinfo=zone).astimezone(UTC)
    second = local.replace(tzinfo=zone, fold=1).astimezone(UTC)
    # Of an hour that comes twice the second one is later; of one that is left out it is earlier,
    # and the first one then is what the clock would have shown.
    return second if first < second <= as_of + AHEAD else first


def _iso_seconds(text: str) -> float | None:
    found = _ISO.fullmatch(text)
    if found is None or text[-1] in "PT":
        return None
    return sum(
        float(part.replace(",", ".")) * length
        for part, length in zip(found.groups(), _ISO_PARTS, strict=True)
        if part is not None
    )


def _clock_seconds(text: str) -> float | None:
    found = _CLOCK.fullmatch(text)
    if found is None:
        return None
    days, hours, minutes, seconds = (float(part or 0) for part in found.groups())
    if seconds >= 60 or (found[2] is not None and minutes >= 60):
        return None
    return ((days * 24 + hours) * 60 + minutes) * 60 + seconds
