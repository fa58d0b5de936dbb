"""Opens the database behind a history: a file, memory, or a server by its URL."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from wallboard.storage.carving import first_bad_frame
from wallboard.storage.database import Database
from wallboard.storage.faults import HistoryUnavailable, StorageFault
from wallboard.storage.migrations import MIGRATIONS, migrate
from wallboard.storage.noted import LAYOUT_NOTE, SALVAGE_NOTE, SCHEMA_NOTE, note, noted
from wallboard.storage.place_lock import PlaceLock
from wallboard.storage.postgres import opened_server
from wallboard.storage.salvage import Salvage, reason_of
from wallboard.storage.schema import SCHEMA
from wallboard.storage.sql_database import SqlDatabase
from wallboard.storage.sqlite_file import (
    APPLICATION_ID,
    Opening,
    backed_up,
    begun,
    connected,
    fault_of,
    layout_sum,
    looked_over,
    wal_of,
)

AGAIN: Final = timedelta(hours=24)
"""A file that is damaged again so soon is on a bad disk: it is not put aside a second time."""

READABLE: Final = 1
"""The oldest layout whose facts are read without bringing it up to date: 2 adds a table."""

_ASIDE: Final = ".corrupt."
_STAMP: Final = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True, slots=True)
class Opened:
    """A database that is open, and what is still to be taken over from a damaged one."""

    database: Database
    salvage: Salvage | None = None


def opened(
    place: Path | str | None,
    now: datetime,
    *,
    schema: str = "wallboard",
    reading: bool = False,
    patience_s: float = 20.0,
) -> Opened:
    """Open a database, make it if it is not there, and bring its layout up to date.

    Args:
        place: A file, the URL of a PostgreSQL server, or None for memory.
        now: Tells when a damaged file was put aside.
        schema: On a server, under which name the history lies there.
        reading: True for one that only reads.
        patience_s: How long to wait for another program that holds it.

    Raises:
        HistoryUnavailable: And why.
    """
    if isinstance(place, str):
        return Opened(opened_server(place, schema, reading=reading, patience_s=patience_s))
    opening = Opening(path=place, reading=reading, patience_s=patience_s)
    if place is None:
        database = connected(opening, None, sure=True)
        _brought_up(database)
        return Opened(database)
    if reading:
        return Opened(_opened_to_read(opening))
    return _opened_to_write(opening, place, now)


def _opened_to_read(opening: Opening) -> Database:
    if opening.path is None or not opening.path.exists():
        raise HistoryUnavailable(StorageFault.NOT_REACHABLE, f"there is no {opening.path}")
    database = connected(opening, None, sure=True)
    try:
        _readable(database)
    except BaseException:
        database.close()
        raise
    return database


def _readable(database: SqlDatabase) -> None:
    have = _version(database)
    if have > SCHEMA:
        migrate(database, have, SCHEMA)
    if have < READABLE:
        reason = "the program that writes it has not brought its layout up to date yet"
        raise HistoryUnavailable(StorageFault.LOCKED, reason)


def _opened_to_write(opening: Opening, path: Path, now: datetime) -> Opened:
    lock = _locked(path)
    try:
        try:
            database = _looked_at(opening, path, lock)
        except HistoryUnavailable as damage:
            if damage.kind is not StorageFault.CORRUPT:
                raise
            _put_aside(path, now, damage.reason)
            database = _looked_at(opening, path, lock)
    except OSError as error:
        _released(lock)
        raise fault_of(error) or error from error
    except BaseException:
        _released(lock)
        raise
    told = noted(database, SALVAGE_NOTE)
    if told is None:
        return Opened(database)
    name, _, reason = told.partition("\n")
    moved_to = path.with_name(name)
    return Opened(database, Salvage(moved_to, reason) if moved_to.exists() else None)


def _released(lock: PlaceLock | None) -> None:
    if lock is not None:
        lock.release()


def _locked(path: Path) -> PlaceLock | None:
    """Return the right to write. None if this place knows no locks."""
    lock = PlaceLock(path.with_name(f"{path.name}.lock"))
    try:
        begun(path)
        if lock.taken():
            return lock
    except OSError as error:
        fault = fault_of(error)
        if fault is not None and fault.kind is not StorageFault.NOT_REACHABLE:
            raise fault from error
        return None
    raise HistoryUnavailable(StorageFault.TWO_INSTANCES, f"another instance writes {path}")


def _looked_at(opening: Opening, path: Path, lock: PlaceLock | None) -> SqlDatabase:
    """Open a file that may be damaged.

    Raises:
        HistoryUnavailable: CORRUPT, and nothing was changed in it; or another kind.
    """
    wal = wal_of(path)
    if begun(path):
        _take_along(path, wal)
    bad = first_bad_frame(wal)
    if bad is not None:
        # SQLite would silently do without all commits from there on.
        raise HistoryUnavailable(StorageFault.CORRUPT, f"its log is damaged at frame {bad}")
    database = connected(opening, lock, sure=lock is not None)
    try:
        _brought_up(database, path)
        looked_over(database)
    except BaseException:
        database.close_connection()
        raise
    return database


def _brought_up(database: SqlDatabase, path: Path | None = None) -> None:
    """Make the layout, or bring it up to date, after making sure that it is one of ours."""
    if not database.rows_text("SELECT name FROM sqlite_schema LIMIT 1"):
        _begin(database, path)
        return
    have = _version(database)
    if have == SCHEMA:
        return
    if path is not None and have < SCHEMA:
        backed_up(database, path.with_name(f"{path.name}.layout-{have}"))
    migrate(database, have, SCHEMA, steps=MIGRATIONS, settle=lambda: _settled(database))


def _begin(database: SqlDatabase, path: Path | None) -> None:
    with database.transaction():
        for text in database.layout():
            database.run_text(text)
        note(database, SCHEMA_NOTE, str(SCHEMA))
        _settled(database)
        aside = None if path is None else _newest_aside(path)
        if aside is not None and reason_of(aside).exists():
            reason = reason_of(aside).read_text(encoding="utf-8")
            note(database, SALVAGE_NOTE, f"{aside.name}\n{reason}")


def _settled(database: SqlDatabase) -> None:
    database.run_text(f"PRAGMA application_id={APPLICATION_ID}")
    database.run_text(f"PRAGMA user_version={SCHEMA}")
    note(database, LAYOUT_NOTE, layout_sum(database))


def _version(database: SqlDatabase) -> int:
    """Return the version of the layout.

    Raises:
        HistoryUnavailable: CORRUPT: it is no history of ours, or its definitions are damaged.
    """
    ((mark,),) = database.rows_text("PRAGMA application_id")
    ((version,),) = database.rows_text("PRAGMA user_version")
    tables = {row[0] for row in database.rows_text("SELECT name FROM sqlite_schema")}
    if mark != APPLICATION_ID or "notes" not in tables:
        raise HistoryUnavailable(StorageFault.CORRUPT, "it is no history of this program")
    told = noted(database, SCHEMA_NOTE)
    if told != str(version) or noted(database, LAYOUT_NOTE) != layout_sum(database):
        raise HistoryUnavailable(StorageFault.CORRUPT, "its definitions are damaged")
    return int(version)


def _put_aside(path: Path, now: datetime, reason: str) -> None:
    """Give a damaged file another name, its log with it."""
    before = _newest_aside(path)
    if before is not None:
        put_aside_at = _stamp_of(before)
        if put_aside_at is not None and now - put_aside_at < AGAIN:
            again = f"{reason}; one was put aside less than a day ago already: {before.name}"
            raise HistoryUnavailable(StorageFault.CORRUPT, again)
    aside = path.with_name(f"{path.name}{_ASIDE}{now.astimezone(UTC):{_STAMP}}")
    reason_of(aside).write_text(reason, encoding="utf-8")
    path.rename(aside)
    _take_along(path, wal_of(path))
    path.with_name(f"{path.name}-shm").unlink(missing_ok=True)
    begun(path)


def _take_along(path: Path, wal: Path) -> None:
    """Bring a log that was left behind to the file that it belongs to."""
    aside = _newest_aside(path)
    if aside is not None and wal.exists() and not wal_of(aside).exists():
        wal.rename(wal_of(aside))


def _newest_aside(path: Path) -> Path | None:
    found = [
        other
        for other in path.parent.glob(f"{glob_safe(path.name)}{_ASIDE}*")
        if _stamp_of(other) is not None
    ]
    return max(found, key=lambda other: other.name, default=None)


def glob_safe(name: str) -> str:
    """Return a name that `glob` takes for itself."""
    return "".join(f"[{sign}]" if sign in "*?[" else sign for sign in name)


def _stamp_of(aside: Path) -> datetime | None:
    try:
        stamp = aside.name.rpartition(_ASIDE)[2]
        return datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None
