"""Closed days of calls, sealed: a Parquet file a day instead of rows in the database.

A day is a day in UTC, so that no zone and no clock change moves a call to another file. The
database says which days are sealed, in which file and with which checksum; a file that it does
not name does not count. So a day is either rows or a file, whatever is killed when:

1. the file is written under another name, read back and compared with the rows, synced and
   renamed, and its folder synced: the day still is rows;
2. one transaction names the file and deletes the rows. Reopening is one transaction too, and
   the file is removed after it.

A file's name ends in its checksum, so that a file never changes under its name: who reads while
the day is reopened and sealed again finds the old file, or none, and asks the database anew.

Why Parquet, a day a file (10 million calls of a year, 200 queues, 2,000 agents; the 11 sums of
every quarter of an hour and queue, or of every agent; the engine's time in terms of a table of
DuckDB's own with the same rows; over a shift, a month, the year; two busy cores, so that a tenth
of a ratio means nothing):

==========================================  ========  =================  =================
layout tried                                size, MB  quarters, queues   agents
==========================================  ========  =================  =================
a day a file, zstd, all columns             359       1.2   1.4   1.3
a day a file, lz4, only what sums need      266       1.1   1.2   1.7    1.2   1.3   1.8
30 days a file, lz4, only what sums need    261       1.5   1.2   1.7
quarters and queues summed, a day a file    + 82      0.5   0.4   0.5
the same, 30 days a file                    + 80      0.8   0.2   0.3
agents summed, a day a file                 + 22                         0.8   0.3   0.3
==========================================  ========  =================  =================

Taken is the first, with Snappy, which reads quicker than zstd and which every reader knows. As it
is read here, with zstd, quarters and queues came to 1.0, 1.5 and 1.7; agents, with Snappy and when
the machine was quieter, to 1.4, 2.7 and 2.3: over twice the native time, which sums by agent
beside each day would mend. Sums by quarter and queue would be quicker too, but handing over the
3.5 million rows of a year costs more than finding them either way, and they would have to carry
every wait to keep percentiles exact. Files of a month cost more on the short ranges that people
look at daily, and a late call opens a whole month. Columns of days as blobs in SQLite were not
tried again: they need an array library, and nobody else could read them. DuckDB's own file is not
used: SQLite, which takes kill -9, stays the keeper of what is named.
"""

from __future__ import annotations

import errno
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

import msgspec

from wallboard.domain.facts import SAME_VISIT, CallRecord
from wallboard.storage.database import Database
from wallboard.storage.faults import HistoryUnavailable, StorageFault
from wallboard.storage.noted import forget_note, note
from wallboard.storage.rows import CALLS, MICROSECOND, NOTES, Row, instant_us
from wallboard.storage.sealed_file import (
    COLUMNS,
    ParquetEngine,
    available,
    digest_of,
    files_table,
    synced,
)

DAY_US: Final = timedelta(days=1) // MICROSECOND

_FIRST: Final = date(1970, 1, 1).toordinal()
_NAMED: Final = "sealed day "
_AFTER_NAMED: Final = "sealed day~"
_FILE: Final = re.compile(r"calls-(\d{4}-\d\d-\d\d)-([0-9a-f]{32})\.parquet")
_UNFINISHED: Final = "unfinished-"
_TRIES: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedDay:
    """One day that is a file.

    Attributes:
        day: Days since the epoch, in UTC.
        file: Its name in the folder.
        sha256: Of the file, in hexadecimal.
        rows: How many calls arrived on that day.
    """

    day: int
    file: str
    sha256: str
    rows: int

    @property
    def date(self) -> date:
        """The day, in UTC."""
        return date.fromordinal(_FIRST + self.day)


def day_of(instant: datetime) -> int:
    """Return the number of the instant's day in UTC, counted from the epoch."""
    return instant_us(instant) // DAY_US


class SealedDays:
    """The sealed days of one history. Used by its thread.

    Only who writes the history may call `seal`, `reopen`, `reopen_for`, `drop`, `tidy` and
    `adopt`. Every method may raise HistoryUnavailable: CORRUPT names a file that is not what was
    sealed, NOT_REACHABLE one that is gone, or says that DuckDB is not installed.
    """

    def __init__(self, database: Database, folder: Path) -> None:
        self.engine = ParquetEngine()
        self._database = database
        self._folder = folder
        self._verified: set[str] = set()

    def days(self) -> tuple[SealedDay, ...]:
        """Return which days are sealed now, in order.

        Raises:
            HistoryUnavailable: What the database says about one of them is damaged.
        """
        return self._named(_NAMED, _AFTER_NAMED)

    def path(self, sealed: SealedDay) -> Path:
        """Return where the file of a day is."""
        return self._folder / sealed.file

    def seal(self, day: int) -> SealedDay | None:
        """Make a file of a day's rows.

        Returns:
            None if it has no rows, or DuckDB is not installed: the day stays as it is.

        Raises:
            HistoryUnavailable: Nothing changed: there is no room, or rows of that day are damaged.
        """
        if self._database_says(day) is not None or not available():
            return None
        rows = self._hot_rows(day)
        if not rows:
            return None
        if damaged := sum(1 for row in rows if CALLS.unpacked(row) is None):
            raise HistoryUnavailable(
                StorageFault.CORRUPT, f"{damaged} calls of {_date(day)} are damaged"
            )
        sealed = self._written(day, rows)
        with self._database.transaction():
            if self._hot_sum(day) != (sealed.rows, sum(row[-1] for row in rows)):
                raise HistoryUnavailable(
                    StorageFault.TWO_INSTANCES, f"calls of {_date(day)} changed while sealed"
                )
            self._database.run_text(f"DELETE FROM calls {_of(day)}")  # noqa: S608 - whole numbers
            note(self._database, _name(day), _said(sealed))
        return sealed

    def seal_before(self, end: datetime) -> Iterator[SealedDay]:
        """Seal every day that is over before `end`, one a step, the oldest first.

        A day with damaged rows stays rows.
        """
        last, after = day_of(end), None
        while available() and (day := self._oldest(after, last)) is not None:
            after = day + 1
            try:
                sealed = self.seal(day)
            except HistoryUnavailable as error:
                if error.kind is not StorageFault.CORRUPT:
                    raise
                continue
            if sealed is not None:
                yield sealed

    def reopen(self, day: int) -> int:
        """Make rows of a sealed day again; return how many. 0 if it is not sealed.

        May be called within a transaction of the database; the file is left then for `tidy`.
        """
        sealed = self._database_says(day)
        if sealed is None:
            return 0
        rows = self._file_rows(sealed)
        with self._database.transaction():
            self._database.run_many("insert calls", rows)
            forget_note(self._database, _name(day))
        return len(rows)

    def reopen_for(self, calls: Iterable[CallRecord]) -> int:
        """Make rows of every sealed day that one of these calls may be known in.

        To be called in the transaction that keeps them, before they are compared with what is
        known. Returns how many rows came back.
        """
        sealed = {each.day for each in self.days()}
        if not sealed:
            return 0
        wanted: set[int] = set()
        for call in calls:
            wanted.add(day_of(call.entered_at - SAME_VISIT))
            wanted.add(day_of(call.entered_at + SAME_VISIT))
        return sum(self.reopen(day) for day in sorted(wanted & sealed))

    def drop(self, day: int) -> int:
        """Forget a sealed day and its calls for ever; return how many. 0 if it is not sealed."""
        sealed = self._database_says(day)
        if sealed is None:
            return 0
        forget_note(self._database, _name(day))
        self.path(sealed).unlink(missing_ok=True)
        return sealed.rows

    def tidy(self) -> int:
        """Remove files that do not count: what a kill left. Return how many.

        Not to be called within a transaction.
        """
        named = {sealed.file for sealed in self.days()}
        gone = 0
        for file in self._files():
            ours = file.name.startswith(_UNFINISHED) or _FILE.fullmatch(file.name)
            if ours and file.name not in named:
                file.unlink(missing_ok=True)
                gone += 1
        return gone

    def adopt(self) -> tuple[SealedDay, ...]:
        """Name the whole files of days that have no rows, and that nothing is said about.

        For a database that was made anew from a damaged one; else `tidy` would remove them.
        """
        known = {sealed.day for sealed in self.days()}
        found: list[SealedDay] = []
        with self._database.transaction():
            for file in self._files():
                sealed = self._recognised(file)
                if sealed is None or sealed.day in known or self._hot_sum(sealed.day)[0]:
                    continue
                note(self._database, _name(sealed.day), _said(sealed))
                found.append(sealed)
                known.add(sealed.day)
        return tuple(found)

    def check(self) -> tuple[str, ...]:
        """Return what is wrong with the files, a sentence each; nothing if all are as sealed."""
        said: list[str] = []
        try:
            days = self.days()
        except HistoryUnavailable as error:
            return (error.reason,)
        for sealed in days:
            self._verified.discard(sealed.file)
            try:
                self.verified([sealed])
                rows = self._file_rows(sealed)
            except HistoryUnavailable as error:
                said.append(error.reason)
                continue
            if damaged := sum(1 for row in rows if CALLS.unpacked(row) is None):
                said.append(f"{sealed.file}: {damaged} calls are not what was kept")
        return tuple(said)

    def size(self) -> int:
        """Return the bytes that the files take."""
        total = 0
        for file in self._files():
            with suppress(OSError):
                total += file.stat().st_size
        return total

    def verified(self, days: Iterable[SealedDay]) -> list[Path]:
        """Return the files of the days; each is compared with its checksum the first time."""
        paths = []
        for sealed in days:
            path = self.path(sealed)
            try:
                if sealed.file not in self._verified:
                    if digest_of(path) != sealed.sha256:
                        raise HistoryUnavailable(
                            StorageFault.CORRUPT, f"{path} is not what was sealed"
                        )
                    self._verified.add(sealed.file)
            except OSError as error:
                raise HistoryUnavailable(StorageFault.NOT_REACHABLE, str(error)) from error
            paths.append(path)
        return paths

    def between(self, begin_us: int, end_us: int) -> tuple[SealedDay, ...]:
        """Return the sealed days of which a part lies between, in order."""
        first, after = begin_us // DAY_US, (end_us - 1) // DAY_US + 1
        return self._named(_name(first), _name(after))

    def span(self) -> tuple[int, int] | None:
        """Return the first and the last day that has calls, sealed or not. None if none has."""
        ((first, last),) = self._database.rows("first calls")
        days = [sealed.day for sealed in self.days()]
        days += [int(us // DAY_US) for us in (first, last) if us is not None]
        return (min(days), max(days)) if days else None

    def rows(self, day: int) -> list[Row]:
        """Return a day's calls as rows with checksums, in order of arrival, sealed or not.

        Another thread or process may seal or reopen the day meanwhile.
        """
        for _attempt in range(_TRIES):
            before = self._database_says(day)
            try:
                rows = self._hot_rows(day) if before is None else self._file_rows(before)
            except HistoryUnavailable:
                if self._database_says(day) == before:
                    raise
                continue
            if self._database_says(day) == before:
                return rows
        raise HistoryUnavailable(StorageFault.LOCKED, f"{_date(day)} is sealed again and again")

    def close(self) -> None:
        """Give the memory back."""
        self.engine.close()

    def _written(self, day: int, rows: list[Row]) -> SealedDay:
        unfinished = self._folder / f"{_UNFINISHED}{_date(day)}.parquet"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self.engine.write(rows, unfinished)
            if self._read(unfinished) != rows:
                raise HistoryUnavailable(
                    StorageFault.CORRUPT, f"{unfinished} does not read as it was written"
                )
            digest = digest_of(unfinished)
            name = f"calls-{_date(day)}-{digest[:32]}.parquet"
            synced(unfinished)
            unfinished.replace(self._folder / name)
            synced(self._folder)
        except OSError as error:
            raise HistoryUnavailable(_kind(error), str(error)) from error
        finally:
            with suppress(OSError):
                unfinished.unlink(missing_ok=True)
        self._verified.add(name)
        return SealedDay(day=day, file=name, sha256=digest, rows=len(rows))

    def _named(self, first: str, after: str) -> tuple[SealedDay, ...]:
        # A name ends in its date, so that names are in the order of days.
        statement = f"SELECT name, said, checksum FROM notes WHERE name >= '{first}' AND name < '{after}' ORDER BY name"  # noqa: S608, E501 - our own words and dates
        return tuple(map(_told, self._database.rows_text(statement)))

    def _database_says(self, day: int) -> SealedDay | None:
        found = self._database.rows("note", _name(day))
        return _told(found[0]) if found else None

    def _hot_rows(self, day: int) -> list[Row]:
        statement = f"SELECT {', '.join(COLUMNS)} FROM calls {_of(day)} ORDER BY entered_at, seq"  # noqa: S608 - whole numbers
        return [tuple(row) for row in self._database.rows_text(statement)]

    def _hot_sum(self, day: int) -> tuple[int, int]:
        statement = f"SELECT count(*), sum(checksum) FROM calls {_of(day)}"  # noqa: S608 - whole numbers
        ((count, checksums),) = self._database.rows_text(statement)
        return int(count), int(checksums or 0)

    def _file_rows(self, sealed: SealedDay) -> list[Row]:
        (path,) = self.verified([sealed])
        return self._read(path)

    def _read(self, path: Path) -> list[Row]:
        return self.engine.rows(f"SELECT * FROM {files_table([path])}")  # noqa: S608 - a path

    def _oldest(self, after: int | None, last: int) -> int | None:
        """Return the oldest day from `after` on and before `last` that has rows."""
        statement = f"SELECT min(entered_at) FROM calls WHERE entered_at < {last * DAY_US}"  # noqa: S608 - whole numbers
        if after is not None:
            statement += f" AND entered_at >= {after * DAY_US}"
        ((first,),) = self._database.rows_text(statement)
        return None if first is None else int(first // DAY_US)

    def _recognised(self, file: Path) -> SealedDay | None:
        """Return the day of a file by its name, if the file is what its name says."""
        match = _FILE.fullmatch(file.name)
        if match is None:
            return None
        digest = digest_of(file)
        if not digest.startswith(match.group(2)):
            return None
        self._verified.add(file.name)
        ((count,),) = self.engine.rows(f"SELECT count(*) FROM {files_table([file])}")  # noqa: S608 - a path
        day = date.fromisoformat(match.group(1)).toordinal() - _FIRST
        return SealedDay(day=day, file=file.name, sha256=digest, rows=count)

    def _files(self) -> list[Path]:
        return sorted(self._folder.iterdir()) if self._folder.is_dir() else []


def _of(day: int) -> str:
    return f"WHERE entered_at >= {day * DAY_US} AND entered_at < {(day + 1) * DAY_US}"


def _date(day: int) -> str:
    return date.fromordinal(_FIRST + day).isoformat()


def _name(day: int) -> str:
    return f"{_NAMED}{_date(day)}"


def _said(sealed: SealedDay) -> str:
    parts = (sealed.day, sealed.file, sealed.sha256, sealed.rows)
    return msgspec.json.encode(parts).decode()


def _told(row: Row) -> SealedDay:
    note_of = NOTES.unpacked(row)
    if note_of is None:
        raise HistoryUnavailable(StorageFault.CORRUPT, f"what is kept of {row[0]} is damaged")
    day, file, sha256, rows = msgspec.json.decode(note_of[1], type=tuple[int, str, str, int])
    return SealedDay(day=day, file=file, sha256=sha256, rows=rows)


def _kind(error: OSError) -> StorageFault:
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return StorageFault.READ_ONLY
    return StorageFault.DISK_FULL
