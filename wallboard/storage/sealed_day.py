"""One day of calls that is a file: what the database says of it, and what its files are called."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

import msgspec

from wallboard.storage.faults import HistoryUnavailable, StorageFault
from wallboard.storage.rows import MICROSECOND, NOTES, Row, instant_us
from wallboard.storage.summing import AGENT_RECIPE

DAY_US: Final = timedelta(days=1) // MICROSECOND
NOTED: Final = "sealed day "
"""What the notes of sealed days begin with; a date comes after it."""
AFTER_NOTED: Final = "sealed day~"
"""Behind all of them."""
UNFINISHED: Final = "unfinished-"
"""What files begin with that are being written."""
DAMAGED: Final = ".damaged"
"""What files end in that are not what they were, and that nobody needs any more."""

_FIRST: Final = date(1970, 1, 1).toordinal()
_DAY: Final = r"(?P<date>\d{4}-\d\d-\d\d)"
_CALLS: Final = re.compile(rf"calls-{_DAY}-(?P<digest>[0-9a-f]{{32}})\.parquet")
_AGENTS: Final = re.compile(
    rf"agents-{_DAY}-(?P<calls>[0-9a-f]{{16}})-(?P<recipe>[0-9a-f]{{8}})"
    r"-(?P<digest>[0-9a-f]{32})\.parquet"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedDay:
    """One day that is a file.

    Attributes:
        day: Days since the epoch, in UTC.
        file: Its name in the folder.
        sha256: Of the file, in hexadecimal.
        rows: How many calls arrived on that day.
        first, last: When the first and the last of them did, in microseconds since the epoch.
        agents: The name of the file with its sums by agent. None if there is none.
        agents_sha256: Of that file; empty if there is none.
    """

    day: int
    file: str
    sha256: str
    rows: int
    first: int
    last: int
    agents: str | None = None
    agents_sha256: str = ""

    @property
    def date(self) -> date:
        """The day, in UTC."""
        return date.fromordinal(_FIRST + self.day)

    @property
    def end_us(self) -> int:
        """When it was over, in microseconds since the epoch."""
        return (self.day + 1) * DAY_US

    @property
    def files(self) -> tuple[str, ...]:
        """The names of all its files."""
        return (self.file,) if self.agents is None else (self.file, self.agents)


@dataclass(frozen=True, slots=True)
class NamedFile:
    """What a file's name says of it.

    Attributes:
        day: Days since the epoch, in UTC.
        digest: How its checksum begins.
        sums_of: How the checksum of the calls begins that it has the sums of, by agent. Empty for
            calls themselves.
        current: False for sums that were made by other rules than those of today.
    """

    day: int
    digest: str
    sums_of: str = ""
    current: bool = True


def day_of(instant: datetime) -> int:
    """Return the number of the instant's day in UTC, counted from the epoch."""
    return instant_us(instant) // DAY_US


def date_of(day: int) -> str:
    """Return a day as 2026-03-20."""
    return date.fromordinal(_FIRST + day).isoformat()


def calls_name(day: int, sha256: str) -> str:
    """Return the name of the file with a day's calls."""
    return f"calls-{date_of(day)}-{sha256[:32]}.parquet"


def agents_name(day: int, calls_sha256: str, sha256: str) -> str:
    """Return the name of the file with a day's sums by agent."""
    return f"agents-{date_of(day)}-{calls_sha256[:16]}-{AGENT_RECIPE}-{sha256[:32]}.parquet"


def told_by_name(name: str) -> NamedFile | None:
    """Return what the name of a file says. None if it is no file of a day."""
    match = _CALLS.fullmatch(name) or _AGENTS.fullmatch(name)
    if match is None:
        return None
    parts = match.groupdict()
    day = date.fromisoformat(parts["date"]).toordinal() - _FIRST
    current = parts.get("recipe", AGENT_RECIPE) == AGENT_RECIPE
    return NamedFile(day, parts["digest"], parts.get("calls", ""), current)


def note_name(day: int) -> str:
    """Return under which name a day is noted; of days that no calendar has, what is beside all."""
    if day < -_FIRST + 1:
        return NOTED
    return AFTER_NOTED if day > date.max.toordinal() - _FIRST else f"{NOTED}{date_of(day)}"


def noted_day(name: str) -> int:
    """Return the day of a note's name."""
    return date.fromisoformat(name.removeprefix(NOTED)).toordinal() - _FIRST


def note_text(sealed: SealedDay) -> str:
    """Return what is noted of a day."""
    parts = (sealed.day, sealed.file, sealed.sha256, sealed.rows, sealed.first, sealed.last)
    return msgspec.json.encode((*parts, sealed.agents, sealed.agents_sha256)).decode()


def day_noted(row: Row) -> SealedDay:
    """Return the day of a note's row.

    Raises:
        HistoryUnavailable: CORRUPT: it is not what was noted.
    """
    note = NOTES.unpacked(row)
    if note is None:
        raise HistoryUnavailable(StorageFault.CORRUPT, f"what is kept of {row[0]} is damaged")
    form = tuple[int, str, str, int, int, int, str | None, str]
    day, file, sha256, rows, first, last, agents, agents_sha256 = msgspec.json.decode(
        note[1], type=form
    )
    return SealedDay(
        day=day,
        file=file,
        sha256=sha256,
        rows=rows,
        first=first,
        last=last,
        agents=agents,
        agents_sha256=agents_sha256,
    )
