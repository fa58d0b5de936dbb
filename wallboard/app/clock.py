"""The machine's own clock and time zone: the only place that reads them."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from wallboard.runtime.steady_clock import SteadyClock


def system_clock() -> SteadyClock:
    """Return a clock that tells this machine's time."""
    return SteadyClock(_wall, _steady)


def zone_called(name: str | None) -> tzinfo:
    """Return a time zone by its IANA name; None is the machine's own.

    Raises:
        zoneinfo.ZoneInfoNotFoundError: There is none of that name.
    """
    return MachineZone() if name is None else ZoneInfo(name)


def zone_name(name: str | None) -> str:
    """Return the IANA name of a time zone for others who are to have the same days.

    Args:
        name: Its name, if it was chosen. None: the machine's own, found out as well as may be.
    """
    if name is not None:
        return name
    told = os.environ.get("TZ", "").removeprefix(":")
    linked = os.path.realpath("/etc/localtime").partition("/zoneinfo/")[2]
    for each in (told, linked):
        if each and _is_zone(each):
            return each
    # Without a name only whole hours can be told, and no clock change.
    offset = datetime.now().astimezone().utcoffset() or timedelta()  # noqa: TID251 - the one place
    hours = round(offset / timedelta(hours=1))
    return f"Etc/GMT{-hours:+d}" if hours else "UTC"


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


class MachineZone(tzinfo):
    """The time zone that this machine is set to, whatever it is called."""

    def __repr__(self) -> str:
        return "MachineZone()"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, MachineZone)

    def __hash__(self) -> int:
        return hash(MachineZone)

    def fromutc(self, instant: datetime) -> datetime:
        """Return the local time of an instant that is told in UTC."""
        timestamp = instant.replace(tzinfo=UTC, microsecond=0).timestamp()
        local = datetime.fromtimestamp(timestamp)  # noqa: DTZ006 - the machine's own is asked for
        return local.replace(microsecond=instant.microsecond, tzinfo=self)

    def utcoffset(self, local: datetime | None) -> timedelta:
        """Return how far local time is ahead of UTC."""
        told = None if local is None else local.replace(tzinfo=None).astimezone().utcoffset()
        return told or timedelta()

    def dst(self, local: datetime | None) -> timedelta | None:
        """Return None: the machine tells the offset only as a whole."""
        del local
        return None

    def tzname(self, local: datetime | None) -> str | None:
        """Return what the machine calls the zone then."""
        return None if local is None else local.replace(tzinfo=None).astimezone().tzname()


def _wall() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - the one place


def _steady() -> float:
    # Where the system can say it, with the time that the machine slept: a board that was live
    # before is not live after.
    if hasattr(time, "CLOCK_BOOTTIME"):
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()
