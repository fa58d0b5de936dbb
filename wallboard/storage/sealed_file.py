"""One day's calls as a Parquet file, written and read by DuckDB, which is loaded when needed.

The columns are those of the table of calls, checksum included, so that the rows come back as
they were. Instants are timestamps in UTC, durations whole microseconds: any program that reads
Parquet can read them.
"""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import msgspec

from wallboard.storage.faults import HistoryUnavailable, StorageFault
from wallboard.storage.rows import CALLS, Row
from wallboard.storage.summing import by_agent

COLUMNS: Final = (*CALLS.columns, "checksum")
MEMORY: Final = "2GB"
THREADS: Final = 2

_INSTANTS: Final = frozenset({"entered_at", "ended_at"})
_WORDS: Final = frozenset(
    {
        "fact_id",
        "call_id",
        "queue_id",
        "ending",
        "contact",
        "agent_id",
        "caller_number",
    }
)
_SETTINGS: Final[dict[str, str | int | float | list[str]]] = {
    "memory_limit": MEMORY,
    "threads": THREADS,
    # It would fetch extensions from the network when a statement names what it lacks.
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
}
_BLOCK: Final = 1 << 20
_BATCH: Final = 10_000


def available() -> bool:
    """True if DuckDB is installed; it is not loaded for that."""
    return importlib.util.find_spec("duckdb") is not None


class ParquetEngine:
    """DuckDB without a database of its own. Loaded at the first use. Used by one thread."""

    def __init__(self) -> None:
        self._connection: Any = None

    def rows(self, statement: str, values: Sequence[Any] = ()) -> list[Row]:
        """Run a statement and return what it finds.

        Raises:
            HistoryUnavailable: DuckDB is not installed, or a file is gone, damaged or too large
                for the disk.
        """
        return self._run(statement, values).fetchall()  # type: ignore[no-any-return] # it is Any

    def write(self, rows: Iterable[Row], file: Path) -> None:
        """Write rows of `COLUMNS` to a file, in their order. The file is not synced yet.

        Raises:
            HistoryUnavailable: As in `rows`.
            OSError: There is no room.
        """
        # JSON in between: quicker than handing over lists, and a text can hold anything.
        between = file.with_suffix(".json")
        encode = msgspec.json.Encoder().encode_lines
        types = {name: "VARCHAR" if name in _WORDS else "BIGINT" for name in COLUMNS}
        try:
            with between.open("wb") as lines:
                for batch in _batches(rows):
                    lines.write(encode([dict(zip(COLUMNS, row, strict=True)) for row in batch]))
            source = f"read_json({quoted(between)}, format='newline_delimited', columns={types})"
            self._run(copying(source, file))
        finally:
            between.unlink(missing_ok=True)

    def sum_up(self, calls: Path, file: Path) -> None:
        """Write the sums by agent of a file of calls to another. It is not synced yet.

        Raises:
            HistoryUnavailable: As in `rows`.
        """
        statement = by_agent(files_table([calls]))
        self._run(f"COPY ({statement}) TO {quoted(file)} (FORMAT parquet, COMPRESSION snappy)")

    def close(self) -> None:
        """Give the memory back. May be used again."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _run(self, statement: str, values: Sequence[Any] = ()) -> Any:  # noqa: ANN401
        try:
            import duckdb  # noqa: PLC0415 - optional, and takes 0.2 s to load
        except ImportError as error:
            raise HistoryUnavailable(
                StorageFault.NOT_REACHABLE,
                "closed days are kept in Parquet files, and DuckDB, which reads them,"
                " is not installed: pip install 'wallboard[history]'",
            ) from error
        try:
            if self._connection is None:
                self._connection = duckdb.connect(":memory:", config=dict(_SETTINGS))
            return self._connection.execute(statement, list(values))
        except duckdb.Error as error:
            raise _meant(error) from error


def copying(source: str, file: Path) -> str:
    """Return the statement that writes what a table expression gives to a file."""
    columns = ", ".join(
        f"make_timestamp({name}) AT TIME ZONE 'UTC' AS {name}" if name in _INSTANTS else name
        for name in COLUMNS
    )
    return (
        f"COPY (SELECT {columns} FROM {source})"  # noqa: S608 - our own columns and paths
        f" TO {quoted(file)} (FORMAT parquet, COMPRESSION snappy)"
    )


def files_table(files: Iterable[Path], columns_of: Iterable[str] = COLUMNS) -> str:
    """Return the table expression of these files, with instants as whole microseconds.

    Args:
        columns_of: What they have; nothing means whatever it is.
    """
    names = ", ".join(quoted(file) for file in files)
    columns = ", ".join(
        f"epoch_us({name}) AS {name}" if name in _INSTANTS else name for name in columns_of
    )
    columns = columns or "*"
    return f"(SELECT {columns} FROM read_parquet([{names}]))"  # noqa: S608 - quoted above


def quoted(file: Path) -> str:
    """Return a path as a text of SQL."""
    return "'" + str(file).replace("'", "''") + "'"


def digest_of(file: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal.

    Raises:
        OSError: It cannot be read.
    """
    digest = sha256()
    with file.open("rb") as content:
        while block := content.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def synced(path: Path) -> None:
    """Wait until a file, or a folder's list of files, is on the disk."""
    if path.is_dir() and os.name == "nt":
        return  # Windows opens no folders; its file system keeps their order itself
    number = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _batches(rows: Iterable[Row]) -> Iterable[list[Row]]:
    batch: list[Row] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    yield batch


def _meant(error: Exception) -> HistoryUnavailable:
    said = str(error)
    if "No files found" in said or "No such file" in said:
        return HistoryUnavailable(StorageFault.NOT_REACHABLE, said)
    if "Out of Memory" in said:
        return HistoryUnavailable(StorageFault.NOT_REACHABLE, said)
    if "No space left" in said:
        return HistoryUnavailable(StorageFault.DISK_FULL, said)
    return HistoryUnavailable(StorageFault.CORRUPT, said)
