"""P10: how long it takes until a fact is on the disk, against the disk itself."""

from __future__ import annotations

import os
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from wallboard.bench.measure import Figure, Result, Wanted, middle
from wallboard.domain.facts import CallRecord, Ending, FactId
from wallboard.domain.snapshot import AgentId, CallId, QueueId
from wallboard.storage.history import History, open_history
from wallboard.storage.rows import CALLS

COMMIT_LIMIT = 2.5
BATCH_LIMIT = 200_000
BATCH = 1000
_BYTES = 200
_BEGIN = datetime(2026, 3, 1, 8, tzinfo=UTC)
_SECOND = timedelta(seconds=1)
# One object for all calls, as a queue's rule stamps them.
_TARGET = 20 * _SECOND
_SHORT = 5 * _SECOND


def measure(wanted: Wanted) -> Result:
    """Measure single facts and batches, each beside as many bytes written and synced; medians.

    Batches also beside a bare database of the same rows, which says how much is its own.
    """
    rounds = 60 if wanted.quick else 400
    batches = 15 if wanted.quick else 100
    with tempfile.TemporaryDirectory(prefix="wallboard-p10-") as name:
        folder = Path(name)
        history = open_history(folder / "history.db")
        bare = _Bare(folder / "bare.db")
        raw = os.open(folder / "raw", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        told = _calls()
        try:
            ones = [_both(history, raw, [next(told)]) for _ in range(rounds)]
            many = []
            for _ in range(batches):
                calls = [next(told) for _ in range(BATCH)]
                many.append((*_both(history, raw, calls), bare.kept_s(calls)))
        finally:
            os.close(raw)
            bare.close()
            history.close()
    batch_s, raw_batch_s, bare_s = (middle(times) for times in zip(*many, strict=True))
    one_s, raw_one_s = (middle(times) for times in zip(*ones, strict=True))
    return Result(
        key="p10",
        title="facts until they are on the disk",
        figures=(
            Figure(
                name="one call, against its bytes written and synced",
                value=1000 * one_s,
                unit="ms",
                peer=1000 * raw_one_s,
                limit=COMMIT_LIMIT,
            ),
            Figure(
                name=f"calls in batches of {BATCH}",
                value=BATCH / batch_s,
                unit="/s",
                limit=BATCH_LIMIT,
                at_least=True,
            ),
            Figure(
                name=f"a batch of {BATCH}, against its bytes written and synced",
                value=1000 * batch_s,
                unit="ms",
                peer=1000 * raw_batch_s,
            ),
            Figure(
                name=f"a batch of {BATCH}, against sqlite3 alone that is given its rows",
                value=1000 * batch_s,
                unit="ms",
                peer=1000 * bare_s,
            ),
        ),
    )


class _Bare:
    """As many rows of the same columns, as durable, with the same indexes, by sqlite3 alone.

    It is given rows, not facts: nothing is converted, recognised or summed for a check.
    """

    def __init__(self, path: Path) -> None:
        columns = (*CALLS.columns, "checksum")
        self._connection = sqlite3.connect(path, isolation_level=None)
        for text in (
            "PRAGMA journal_mode=WAL",
            "PRAGMA synchronous=FULL",
            f"CREATE TABLE calls (seq INTEGER PRIMARY KEY, {', '.join(columns)}, UNIQUE (fact_id))",
            f"CREATE INDEX calls_by_arrival ON calls ({CALLS.at})",
        ):
            self._connection.execute(text).fetchall()
        signs = ", ".join("?" for _column in columns)
        self._insert = f"INSERT INTO calls ({', '.join(columns)}) VALUES ({signs})"

    def kept_s(self, calls: list[CallRecord]) -> float:
        """Return the seconds of keeping the rows of calls."""
        rows = CALLS.packed(calls)

        def keep() -> None:
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.executemany(self._insert, rows)
            self._connection.execute("COMMIT")

        return _spent_s(keep)

    def close(self) -> None:
        """Close it."""
        self._connection.close()


def _both(history: History, raw: int, calls: list[CallRecord]) -> tuple[float, float]:
    """Return the seconds of keeping calls, and of writing as many bytes."""

    def write() -> None:
        os.write(raw, bytes(_BYTES * len(calls)))
        os.fdatasync(raw)

    return _spent_s(lambda: history.keep(calls)), _spent_s(write)


def _spent_s(work: Callable[[], object]) -> float:
    begun_s = time.perf_counter()
    work()
    return time.perf_counter() - begun_s


def _calls() -> Iterator[CallRecord]:
    number = 0
    while True:
        number += 1
        began = _BEGIN + number * _SECOND
        name = f"{1_770_000_000 + number}.{number % 97}"
        yield CallRecord(
            fact_id=FactId(f"{name}@q{number % 200}#1"),
            call_id=CallId(f"{name}@q{number % 200}#1"),
            queue_id=QueueId(f"q{number % 200}"),
            entered_at=began,
            ended_at=began + 200 * _SECOND,
            ending=Ending.ANSWERED,
            wait=number % 60 * _SECOND,
            target=_TARGET,
            talk=180 * _SECOND,
            short=_SHORT,
            contact=name,
            agent_id=AgentId(f"SIP/{number % 2000}"),
            caller_number=f"0912{number:07}",
        )
