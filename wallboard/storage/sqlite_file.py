"""A history in one SQLite file: opened, looked over, put aside if it is damaged."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import time
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import Engine, create_engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

from wallboard.storage.faults import HistoryUnavailable, StorageFault
from wallboard.storage.place_lock import PlaceLock
from wallboard.storage.sql_database import SqlDatabase

APPLICATION_ID: Final = 0x57_42_48_31
"""Says in the file's header that it is a history of this program."""

LOOK_S: Final = 2.0
"""How long the check of a file may take when it is opened."""

_KINDS: Final = {
    sqlite3.SQLITE_FULL: StorageFault.DISK_FULL,
    sqlite3.SQLITE_BUSY: StorageFault.LOCKED,
    sqlite3.SQLITE_LOCKED: StorageFault.LOCKED,
    sqlite3.SQLITE_READONLY: StorageFault.READ_ONLY,
    sqlite3.SQLITE_PERM: StorageFault.READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: StorageFault.READ_ONLY,
    sqlite3.SQLITE_CORRUPT: StorageFault.CORRUPT,
    sqlite3.SQLITE_NOTADB: StorageFault.CORRUPT,
    sqlite3.SQLITE_FORMAT: StorageFault.CORRUPT,
    sqlite3.SQLITE_IOERR: StorageFault.NOT_REACHABLE,
}
_ERRNO_KINDS: Final = {
    errno.ENOSPC: StorageFault.DISK_FULL,
    errno.EDQUOT: StorageFault.DISK_FULL,
    errno.EROFS: StorageFault.READ_ONLY,
    errno.EACCES: StorageFault.READ_ONLY,
    errno.EPERM: StorageFault.READ_ONLY,
    errno.ENOTDIR: StorageFault.READ_ONLY,
}
_BAD_TEXT: Final = "Could not decode to UTF-8"
_LITTLE_ROOM: Final = 256 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """How a file is to be opened.

    Attributes:
        path: None means one in memory.
        reading: True for one that only reads while another writes.
        patience_s: How long to wait for another program that holds the file.
    """

    path: Path | None
    reading: bool = False
    patience_s: float = 20.0


class SqliteKeeper:
    """What is particular to SQLite."""

    begin = "BEGIN IMMEDIATE"

    def __init__(self, path: Path | None, lock: PlaceLock | None) -> None:
        self._path = path
        self._lock = lock
        self.raw: sqlite3.Connection | None = None

    @property
    def place(self) -> str:
        """The file's path."""
        return "memory" if self._path is None else str(self._path)

    def fault(self, error: BaseException) -> HistoryUnavailable | None:
        """Return what an error of the driver means. None if it is a mistake of ours."""
        return fault_of(error, self._path)

    def lenient(self, error: BaseException) -> bool:
        """Read texts that are none as far as they go, if that was the error."""
        if self.raw is None or _BAD_TEXT not in str(error):
            return False
        self.raw.text_factory = _any_text
        return True

    def strict(self) -> None:
        """Read texts as such again."""
        if self.raw is not None:
            self.raw.text_factory = str

    def size(self, database: SqlDatabase) -> int:
        """Return the bytes in use in the file, and of its log."""
        ((pages,),) = database.rows_text("PRAGMA page_count")
        ((free,),) = database.rows_text("PRAGMA freelist_count")
        ((page,),) = database.rows_text("PRAGMA page_size")
        wal = 0 if self._path is None else _size(wal_of(self._path))
        return int((pages - free) * page + wal)

    def version(self, database: SqlDatabase) -> tuple[str, str]:
        """Return SQLite's version and its journal."""
        ((mode,),) = database.rows_text("PRAGMA journal_mode")
        ((level,),) = database.rows_text("PRAGMA synchronous")
        return f"SQLite {sqlite3.sqlite_version}", f"{mode}, synchronous={level}"

    def complaints(self, database: SqlDatabase) -> tuple[str, ...]:
        """Return what the integrity check says."""
        said = [str(row[0]) for row in database.rows_text("PRAGMA integrity_check(20)")]
        return () if said == ["ok"] else tuple(said)

    def shrink(self, database: SqlDatabase) -> None:
        """Cut free pages off the end of the file."""
        database.rows_text("PRAGMA incremental_vacuum")
        database.rows_text("PRAGMA wal_checkpoint(TRUNCATE)")

    def leave(self, raw: object) -> None:
        """Nothing: the lock is a file of its own."""

    def close(self) -> None:
        """Let another process write."""
        if self._lock is not None:
            self._lock.release()


def fault_of(error: BaseException, path: Path | None = None) -> HistoryUnavailable | None:
    """Return what an error means to who keeps a history. None if it means nothing to him."""
    if isinstance(error, OSError):
        kind = _ERRNO_KINDS.get(error.errno or 0, StorageFault.NOT_REACHABLE)
        return HistoryUnavailable(kind, str(error))
    if isinstance(error, UnicodeDecodeError):
        # SQLite quotes from a damaged layout what is no text, and the module cannot even say so.
        return HistoryUnavailable(StorageFault.CORRUPT, "its layout is damaged")
    if not isinstance(error, sqlite3.Error):
        return None
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        # The module itself says so, without a code: a text in a row is none.
        bad = _BAD_TEXT in str(error)
        return HistoryUnavailable(StorageFault.CORRUPT, str(error)) if bad else None
    if code == sqlite3.SQLITE_IOERR_SHORT_READ:
        return HistoryUnavailable(StorageFault.CORRUPT, str(error))
    found = _KINDS.get(code & 0xFF)
    if found is StorageFault.NOT_REACHABLE and _is_full(path):
        found = StorageFault.DISK_FULL
    return None if found is None else HistoryUnavailable(found, str(error))


def wal_of(path: Path) -> Path:
    """Return where SQLite keeps the write-ahead log of a file."""
    return path.with_name(f"{path.name}-wal")


def connected(opening: Opening, lock: PlaceLock | None, *, sure: bool) -> SqlDatabase:
    """Open a file that may be damaged, and look at nothing of it yet.

    Args:
        sure: True if nobody else can write while we have it.

    Raises:
        HistoryUnavailable: It cannot be opened.
    """
    keeper = SqliteKeeper(opening.path, lock)
    engine = _engine(opening, keeper)
    try:
        connection = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        database = SqlDatabase(engine, connection, keeper)
        _set_up(database, opening, sure=sure)
    except DBAPIError as error:
        engine.dispose()
        fault = keeper.fault(error.orig or error)
        if fault is None:
            raise
        raise fault from error
    except HistoryUnavailable:
        engine.dispose()
        raise
    return database


def _engine(opening: Opening, keeper: SqliteKeeper) -> Engine:
    def creator() -> sqlite3.Connection:
        if opening.path is None:
            target = ":memory:"
        else:
            mode = "ro" if opening.reading else "rw"
            target = f"{opening.path.absolute().as_uri()}?mode={mode}"
        # The one thread that uses it need not be the one that opened it.
        raw = sqlite3.connect(
            target,
            timeout=opening.patience_s,
            isolation_level=None,
            check_same_thread=False,
            uri=opening.path is not None,
        )
        keeper.raw = raw
        return raw

    return create_engine("sqlite://", creator=creator, poolclass=StaticPool)


def _set_up(database: SqlDatabase, opening: Opening, *, sure: bool) -> None:
    pragmas = ["mmap_size=0", "trusted_schema=OFF", "cell_size_check=ON", "temp_store=MEMORY"]
    if opening.path is not None and not opening.reading:
        # SQLite before 3.51.3 can damage a file when two connections write or checkpoint at the
        # same time. Here one does: whoever has the lock beside the file, by one connection, and
        # who reads opens it in such a way that it can do neither. So the faster journal is safe
        # with every version, unless there is no lock to be had.
        journal = "WAL" if sure or sqlite3.sqlite_version_info >= (3, 51, 3) else "TRUNCATE"
        if database.rows_text("PRAGMA page_count") == [(0,)]:
            pragmas.append("auto_vacuum=INCREMENTAL")
        pragmas += [
            f"journal_mode={journal}",
            "synchronous=FULL",
            # A row that is taken out leaves nothing behind that a salvage could take for a row.
            "secure_delete=ON",
            # 8 MB. It fills within minutes and stays; with twice as much nothing was quicker, not
            # even batches of a thousand calls with random ids into 300,000.
            "cache_size=-8000",
        ]
    for pragma in pragmas:
        database.rows_text(f"PRAGMA {pragma}")


def layout_sum(database: SqlDatabase) -> str:
    """Return a checksum of the definitions in the file."""
    found = database.rows_text("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name")
    return f"{zlib.crc32(repr(found).encode()):08x}"


def looked_over(database: SqlDatabase) -> None:
    """Check the file's structure for as long as an opening may take.

    Raises:
        HistoryUnavailable: CORRUPT.
    """
    keeper = database.keeper
    raw = keeper.raw if isinstance(keeper, SqliteKeeper) else None
    if raw is None:
        return
    until = time.monotonic() + LOOK_S
    raw.set_progress_handler(lambda: int(time.monotonic() > until), 20_000)
    try:
        said = [str(row[0]) for row in raw.execute("PRAGMA quick_check(3)")]
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_INTERRUPT:
            return
        fault = fault_of(error)
        raise (fault or HistoryUnavailable(StorageFault.CORRUPT, str(error))) from error
    finally:
        raw.set_progress_handler(None, 0)
    if said != ["ok"]:
        raise HistoryUnavailable(StorageFault.CORRUPT, "; ".join(said))


def _any_text(raw: bytes) -> str:
    return raw.decode("utf-8", "surrogateescape")


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _is_full(path: Path | None) -> bool:
    try:
        return path is not None and shutil.disk_usage(path.parent).free < _LITTLE_ROOM
    except OSError:
        return False


def begun(path: Path) -> bool:
    """Make the file, readable by its owner alone, if it is not there. Return whether it was made.

    Raises:
        OSError: It cannot be made.
    """
    for missing in reversed([place for place in path.parents if not place.exists()]):
        missing.mkdir(mode=0o700, exist_ok=True)
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        return False
    return True


def backed_up(database: SqlDatabase, to: Path) -> None:
    """Put a whole copy of the database beside it; one that stands there already is the older.

    Raises:
        HistoryUnavailable: It cannot be made; nothing was changed.
    """
    fresh = to.with_name(f"{to.name}.new")
    fresh.unlink(missing_ok=True)
    begun(fresh)
    database.run_text("VACUUM INTO ?", (str(fresh),))
    with fresh.open("rb") as file:
        os.fsync(file.fileno())
    fresh.replace(to)
