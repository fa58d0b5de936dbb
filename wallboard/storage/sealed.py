"""Closed days of calls, sealed: a Parquet file a day instead of rows in the database.

A day is a day in UTC, so that no zone and no clock change moves a call to another file. The
database says which days are sealed, in which file and with which checksum; a file that it does
not name does not count. So a day is either rows or a file, whatever is killed when:

1. the file is written under another name, read back and compared with the rows, synced and
   renamed, and its folder synced: the day still is rows;
2. one transaction names the file and deletes the rows. Reopening is one transaction too, and
   the file is removed after it.

Beside a day's calls lies a small file with their sums by agent. It is made from the calls, so that
where it is missing or damaged the calls are summed instead. A file's name ends in its checksum, so
that a file never changes under its name: who reads while the day is reopened and sealed again
finds the old file, or none, and asks the database anew.

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

Taken are the first, with Snappy, which reads quicker than zstd and which every reader knows, and
the last: 548 MB and 29 MB. As they are read here, quarters and queues come to 1.3, 1.2 to 1.6 and
0.9 to 1.3, and agents to 1.5, 0.6 and 0.4; agents out of the calls came to 1.4, 2.7 and 2.3. Sums
by quarter and queue would be quicker too, but handing over the 3.5 million rows of a year costs
more than finding them either way. No sums carry waits by the second, which percentiles need: an
agent's calls of a day have nearly as many different waits as there are calls, so that they are
read from the calls themselves. Files of a month cost more on the short ranges that people look at
daily, and a late call opens a whole month. Columns of days as blobs in SQLite were not tried
again: they need an array library, and nobody else could read them. DuckDB's own file is not used:
SQLite, which takes kill -9, stays the keeper of what is named.
"""

from __future__ import annotations

import errno
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Final

from wallboard.storage.database import Database
from wallboard.storage.faults import HistoryUnavailable, StorageFault
from wallboard.storage.noted import ROLLED_NOTE, forget_note, note, noted
from wallboard.storage.rows import CALLS, Row
from wallboard.storage.sealed_day import (
    AFTER_NOTED,
    DAMAGED,
    DAY_US,
    NOTED,
    UNFINISHED,
    SealedDay,
    agents_name,
    calls_name,
    date_of,
    day_noted,
    day_of,
    note_name,
    note_text,
    noted_day,
    told_by_name,
)
from wallboard.storage.sealed_file import (
    COLUMNS,
    ParquetEngine,
    available,
    digest_of,
    files_table,
    synced,
)

_TRIES: Final = 5
_ENTERED: Final = COLUMNS.index("entered_at")
_EVER: Final = 1 << 62


class SealedDays:
    """The sealed days of one history. Used by its thread.

    Only who writes the history may call what changes something: `seal`, `seal_before`, `reopen`,
    `forget`, `drop`, `tidy` and `adopt`, and the functions of `sealed_late`. Every method may raise
    HistoryUnavailable: CORRUPT names a file that is not what was sealed, NOT_REACHABLE one that is
    gone, or says that DuckDB is not installed.
    """

    def __init__(self, database: Database, folder: Path) -> None:
        self.engine = ParquetEngine()
        self._database = database
        self._folder = folder
        self._verified: set[str] = set()
        self._unsealable: set[int] = set()

    def days(self) -> tuple[SealedDay, ...]:
        """Return which days are sealed now, in order.

        Raises:
            HistoryUnavailable: What the database says about one of them is damaged.
        """
        return self._named(NOTED, AFTER_NOTED)

    def path(self, sealed: SealedDay) -> Path:
        """Return where the file with a day's calls is."""
        return self._folder / sealed.file

    def last_before(self, us: int) -> int:
        """Return the latest instant that is in no sealed day's midst, at the most this one."""
        midst = us % DAY_US and self._database_says(us // DAY_US) is not None
        return us // DAY_US * DAY_US if midst else us

    def seal(self, day: int) -> SealedDay | None:
        """Make a file of a day's rows.

        Not to be called within a transaction.

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
                StorageFault.CORRUPT, f"{damaged} calls of {date_of(day)} are damaged"
            )
        sealed = self._written(day, rows)
        with self._database.transaction():
            if self._hot_sum(day) != (sealed.rows, sum(row[-1] for row in rows)):
                raise HistoryUnavailable(
                    StorageFault.TWO_INSTANCES, f"calls of {date_of(day)} changed while sealed"
                )
            self._database.run_text(f"DELETE FROM calls {_of(day)}")  # noqa: S608 - whole numbers
            note(self._database, note_name(day), note_text(sealed))
        return sealed

    def seal_before(self, end: datetime) -> Iterator[SealedDay]:
        """Seal every day that is over before `end`, one a step, the oldest first.

        A day with damaged rows stays rows, and is not tried again.
        """
        last, after = day_of(end), None
        while available() and (day := self._oldest(after, last)) is not None:
            after = day + 1
            if day in self._unsealable:
                continue
            try:
                sealed = self.seal(day)
            except HistoryUnavailable as error:
                if error.kind is not StorageFault.CORRUPT:
                    raise
                self._unsealable.add(day)
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
            forget_note(self._database, note_name(day))
        return len(rows)

    def forget(self, day: int) -> int:
        """Let a sealed day's calls count no more; return how many. 0 if it is not sealed.

        May be called within a transaction of the database; the files are left then for `tidy`.
        """
        sealed = self._database_says(day)
        if sealed is None:
            return 0
        forget_note(self._database, note_name(day))
        return sealed.rows

    def drop(self, day: int) -> int:
        """Forget a sealed day and its calls for ever; return how many. 0 if it is not sealed."""
        sealed = self._database_says(day)
        if sealed is None:
            return 0
        rows = self.forget(day)
        for name in sealed.files:
            (self._folder / name).unlink(missing_ok=True)
        return rows

    def tidy(self) -> int:
        """Remove files that do not count: what a kill left. Return how many.

        A file whose day is nowhere else is left: `adopt` may take it up. One that is not what was
        written is not removed but gets another name. Not to be called within a transaction.
        """
        files = [file for file in self._files() if not file.name.endswith(DAMAGED)]
        if not files or not available():
            return 0
        named = {name for sealed in self.days() for name in sealed.files}
        rolled_us = int(noted(self._database, ROLLED_NOTE) or -_EVER)
        gone = 0
        for file in files:
            if file.name not in named and self._is_left_over(file.name, rolled_us):
                gone += 1
                told = told_by_name(file.name)
                if told is None or told.sums_of or digest_of(file).startswith(told.digest):
                    file.unlink(missing_ok=True)
                else:
                    file.replace(file.with_name(f"{file.name}{DAMAGED}"))
        return gone

    def adopt(self) -> tuple[SealedDay, ...]:
        """Name the whole files of days that have no rows, and that nothing sound is said about.

        For a database that was made anew from a damaged one, before anything is kept in it.
        """
        known: set[int] = set()
        for row in self._notes(NOTED, AFTER_NOTED):
            with damage_passed_over():
                known.add(day_noted(row).day)
        files = self._files()
        found: list[SealedDay] = []
        with self._database.transaction():
            for file in files:
                sealed = self._recognised(file, files)
                if sealed is None or sealed.day in known or self._hot_sum(sealed.day)[0]:
                    continue
                note(self._database, note_name(sealed.day), note_text(sealed))
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
            self._verified.difference_update(sealed.files)
            if sealed.agents is not None and self.sums_by_agent(sealed) is None:
                said.append(f"{self._folder / sealed.agents} is not what was sealed")
            try:
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
        """Return the files of the days' calls, each compared with its checksum the first time."""
        paths = []
        for sealed in days:
            path = self.path(sealed)
            try:
                if not self._is_whole(path, sealed.sha256):
                    raise HistoryUnavailable(StorageFault.CORRUPT, f"{path} is not what was sealed")
            except OSError as error:
                raise HistoryUnavailable(StorageFault.NOT_REACHABLE, str(error)) from error
            paths.append(path)
        return paths

    def sums_by_agent(self, sealed: SealedDay) -> Path | None:
        """Return the file with a day's sums by agent. None if there is none that is as sealed."""
        told = None if sealed.agents is None else told_by_name(sealed.agents)
        if sealed.agents is None or told is None or not told.current:
            return None
        path = self._folder / sealed.agents
        try:
            return path if self._is_whole(path, sealed.agents_sha256) else None
        except OSError:
            return None

    def between(self, begin_us: int, end_us: int) -> tuple[SealedDay, ...]:
        """Return the sealed days of which a part lies between, in order."""
        first, after = begin_us // DAY_US, (end_us - 1) // DAY_US + 1
        return self._named(note_name(first), note_name(after))

    def span(self) -> tuple[int, int] | None:
        """Return when the first and the last call arrived, in microseconds. None if none did.

        Of days that are sealed only the day is told exactly where what is noted is damaged.
        """
        ((first, last),) = self._database.rows("first calls")
        told = [us for us in (first, last) if us is not None]
        statement = f"SELECT min(name), max(name) FROM notes WHERE name >= '{NOTED}' AND name < '{AFTER_NOTED}'"  # noqa: S608, E501 - our own words
        for name in {name for name in self._database.rows_text(statement)[0] if name is not None}:
            day = noted_day(name)
            try:
                sealed = self._database_says(day)
            except HistoryUnavailable:
                sealed = None
            told += (day * DAY_US,) if sealed is None else (sealed.first, sealed.last)
        return (min(told), max(told)) if told else None

    def pages(
        self, begin_us: int, end_us: int, damaged: dict[int, int] | None = None
    ) -> Iterator[list[Row]]:
        """Yield the calls that arrived between as rows with checksums, in order of arrival.

        A page at a time: facts may be kept, days be sealed or reopened meanwhile.

        Args:
            damaged: Takes sealed days that are damaged, and how many calls are left out for it.
                None: such a day is an error.
        """
        day = begin_us // DAY_US
        # Calls may be kept meanwhile: where they end is asked again.
        while (span := self.span()) is not None:
            day = max(day, span[0] // DAY_US)
            if day > min(span[1], end_us - 1) // DAY_US:
                return
            since, until = max(begin_us, day * DAY_US), min(end_us, (day + 1) * DAY_US)
            try:
                yield from self._pages_of_day(day, since, until)
            except HistoryUnavailable as error:
                if damaged is None:
                    raise
                damaged[day] = self._lost_rows(day, error)
            day += 1

    def _lost_rows(self, day: int, error: HistoryUnavailable) -> int:
        """Return how many calls are lost with a day; raise the error if they are not."""
        try:
            sealed = self._database_says(day)
        except HistoryUnavailable:
            return 1  # how many it had is what is damaged
        if sealed is None or not self.is_lost(sealed, error):
            raise error
        return sealed.rows

    def close(self) -> None:
        """Give the memory back."""
        self.engine.close()

    def _pages_of_day(self, day: int, begin_us: int, end_us: int) -> Iterator[list[Row]]:
        at, seq = begin_us - 1, _EVER
        given: set[str] = set()
        failed = 0
        while True:
            found: list[Row] = []
            sealed = self._database_says(day)
            try:
                if sealed is None:
                    found = self._database.rows("page calls", at, seq, end_us)
                    page = [row[1:] for row in found]
                else:
                    page = [
                        row for row in self._file_rows(sealed) if begin_us <= row[_ENTERED] < end_us
                    ]
            except HistoryUnavailable:
                failed += 1
                if self._database_says(day) == sealed or failed == _TRIES:
                    raise
                continue
            if self._database_says(day) != sealed:
                continue
            if page:
                # What was given already is in both if the day was sealed or reopened meanwhile.
                yield [row for row in page if row[0] not in given]
            if sealed is not None or not page:
                return
            given.update(row[0] for row in page)
            at, seq = page[-1][_ENTERED], found[-1][0]

    def _written(self, day: int, rows: list[Row]) -> SealedDay:
        # What is damaged in the notes is no reason to keep nothing more in files.
        with suppress(HistoryUnavailable, OSError):
            self.tidy()
        unfinished = self._folder / f"{UNFINISHED}{date_of(day)}.parquet"
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.engine.write(rows, unfinished)
            if self._read(unfinished) != rows:
                raise HistoryUnavailable(
                    StorageFault.CORRUPT, f"{unfinished} does not read as it was written"
                )
            digest = digest_of(unfinished)
            sums = self._summed(unfinished, len(rows))
            file = self._put(unfinished, calls_name(day, digest))
            sums_digest = digest_of(sums)
            agents = self._put(sums, agents_name(day, digest, sums_digest))
            synced(self._folder)
        except OSError as error:
            raise HistoryUnavailable(_kind(error), str(error)) from error
        finally:
            for left in self._files():
                with suppress(OSError):
                    if left.name.startswith(UNFINISHED):
                        left.unlink(missing_ok=True)
        return SealedDay(
            day=day,
            file=file,
            sha256=digest,
            rows=len(rows),
            first=rows[0][_ENTERED],
            last=rows[-1][_ENTERED],
            agents=agents,
            agents_sha256=sums_digest,
        )

    def _summed(self, calls: Path, count: int) -> Path:
        sums = calls.with_name(f"{UNFINISHED}sums.parquet")
        self.engine.sum_up(calls, sums)
        ((total,),) = self.engine.rows(f"SELECT sum(offered) FROM {files_table([sums], ())}")  # noqa: S608 - a path
        if total != count:
            raise HistoryUnavailable(
                StorageFault.CORRUPT, f"{sums} does not read as it was written"
            )
        return sums

    def _put(self, unfinished: Path, name: str) -> str:
        synced(unfinished)
        unfinished.replace(self._folder / name)
        self._verified.add(name)
        return name

    def _is_whole(self, path: Path, sha256: str) -> bool:
        if path.name not in self._verified and digest_of(path) != sha256:
            return False
        self._verified.add(path.name)
        return True

    def is_lost(self, sealed: SealedDay, error: HistoryUnavailable) -> bool:
        """True if a file that cannot be read will not be readable later either."""
        path = self.path(sealed)
        if error.kind not in {StorageFault.CORRUPT, StorageFault.NOT_REACHABLE}:
            return False
        try:
            # Where there is no folder, a disk may be missing.
            there = path.exists() or not self._folder.is_dir()
            return not there or digest_of(path) != sealed.sha256
        except OSError:
            return False

    def _is_left_over(self, name: str, rolled_us: int) -> bool:
        """True for a file of ours, named nowhere, that is of no more use."""
        told = told_by_name(name)
        if told is None:
            return name.startswith(UNFINISHED)
        return (
            self._database_says(told.day) is not None
            or self._hot_sum(told.day)[0] > 0
            or (told.day + 1) * DAY_US <= rolled_us
        )

    def _named(self, first: str, after: str) -> tuple[SealedDay, ...]:
        return tuple(map(day_noted, self._notes(first, after)))

    def _notes(self, first: str, after: str) -> list[Row]:
        # A name ends in its date, so that names are in the order of days.
        statement = f"SELECT name, said, checksum FROM notes WHERE name >= '{first}' AND name < '{after}' ORDER BY name"  # noqa: S608, E501 - our own words and dates
        return self._database.rows_text(statement)

    def _database_says(self, day: int) -> SealedDay | None:
        found = self._database.rows("note", note_name(day))
        return day_noted(found[0]) if found else None

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

    def _recognised(self, file: Path, files: Iterable[Path]) -> SealedDay | None:
        """Return the day of a file of calls by its name, if the file is what its name says."""
        told = told_by_name(file.name)
        if told is None or told.sums_of:
            return None
        digest = digest_of(file)
        if not digest.startswith(told.digest):
            return None
        self._verified.add(file.name)
        statement = f"SELECT count(*), min(entered_at), max(entered_at) FROM {files_table([file])}"  # noqa: S608 - a path
        ((count, first, last),) = self.engine.rows(statement)
        sealed = SealedDay(
            day=told.day, file=file.name, sha256=digest, rows=count, first=first, last=last
        )
        for other in files:
            sums = told_by_name(other.name)
            if sums is not None and sums.sums_of and digest.startswith(sums.sums_of):
                sums_digest = digest_of(other)
                if sums.current and sums_digest.startswith(sums.digest):
                    return replace(sealed, agents=other.name, agents_sha256=sums_digest)
        return sealed

    def _files(self) -> list[Path]:
        return sorted(self._folder.iterdir()) if self._folder.is_dir() else []


@contextmanager
def damage_passed_over() -> Iterator[None]:
    """Pass over what is damaged."""
    try:
        yield
    except HistoryUnavailable as error:
        if error.kind is not StorageFault.CORRUPT:
            raise


def _of(day: int) -> str:
    return f"WHERE entered_at >= {day * DAY_US} AND entered_at < {(day + 1) * DAY_US}"


def _kind(error: OSError) -> StorageFault:
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return StorageFault.READ_ONLY
    return StorageFault.DISK_FULL
