"""A year of calls, ten million or fewer, as sealed days and as a table of DuckDB's own."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import duckdb

from wallboard.bench.measure import Figure, Wanted
from wallboard.storage.database import Database
from wallboard.storage.opening import opened
from wallboard.storage.rows import Row, instant_us
from wallboard.storage.sealed import SealedDays
from wallboard.storage.sealed_day import DAY_US, agents_name, calls_name, day_of
from wallboard.storage.sealed_file import (
    COLUMNS,
    MEMORY,
    THREADS,
    ParquetEngine,
    copying,
    digest_of,
)

CALLS = 10_000_000
QUICK_CALLS = 500_000
QUEUES = 200
AGENTS = 2_000
DAYS = 365
BEGIN = datetime(2025, 1, 1, tzinfo=UTC)
END = BEGIN + timedelta(days=DAYS)
WINDOWS = {
    "shift": (BEGIN + timedelta(days=200, hours=8), BEGIN + timedelta(days=200, hours=16)),
    "month": (BEGIN + timedelta(days=180), BEGIN + timedelta(days=210)),
    "year": (BEGIN, END),
}
LIMIT = 2.0

# The same sums in the words that somebody would write for DuckDB alone.
SUMS = """count(*) AS offered,
    count(*) FILTER (ending = 'answered') AS answered,
    count(*) FILTER (ending = 'answered' AND wait <= target) AS answered_in_target,
    count(*) FILTER (ending = 'abandoned') AS abandoned,
    count(*) FILTER (ending = 'abandoned' AND wait <= short) AS abandoned_short,
    coalesce(sum(wait) FILTER (ending = 'answered'), 0)::BIGINT AS wait_of_answered,
    coalesce(sum(wait) FILTER (ending = 'abandoned'), 0)::BIGINT AS wait_of_abandoned,
    coalesce(max(wait), 0) AS longest_wait,
    coalesce(sum(talk), 0)::BIGINT AS talk,
    coalesce(sum(hold), 0)::BIGINT AS hold,
    coalesce(sum(wrap_up), 0)::BIGINT AS wrap_up"""

_QUARTERS = 4096
_DRAWN = """
    SELECT i, {begin} + quarters[(hash(i, 2) % {quarters})::INT + 1]::BIGINT * 900000000
            + (hash(i, 3) % 900000)::BIGINT * 1000 AS entered_at,
        floor({queues} * pow((hash(i, 4) % 1000003) / 1000003, 1.5))::INT AS queue,
        (hash(i, 5) % {agents})::INT AS agent, (hash(i, 6) % 1000) / 1000 AS how,
        (hash(i, 7) % 1000003) / 1000003 AS a, (hash(i, 8) % 1000003) / 1000003 AS b,
        (hash(i, 9) % 200)::BIGINT AS c, (hash(i, 10) % 40)::BIGINT AS d
    FROM range({first}, {last}) counted(i), (SELECT {weights} AS quarters)"""
_TOLD = """
    SELECT i, entered_at, 'queue-' || lpad(queue::VARCHAR, 3, '0') AS queue_id,
        CASE WHEN how < 0.90 THEN 'answered' WHEN how < 0.98 THEN 'abandoned'
            WHEN how < 0.995 THEN 'timed_out' ELSE 'left_by_key' END AS ending,
        CASE WHEN how < 0.3 THEN 0
            ELSE (least(-ln(1 - a) * 40, 3600) * 1000)::BIGINT * 1000 END AS wait,
        CASE WHEN how < 0.90 THEN ((20 - ln(1 - b) * 200) * 1000)::BIGINT * 1000 END AS talk,
        CASE WHEN how < 0.90 THEN greatest(0, c - 140) * 1000000 END AS hold,
        CASE WHEN how < 0.90 THEN d * 1000000 END AS wrap_up,
        CASE WHEN how < 0.90 THEN 'agent-' || lpad(agent::VARCHAR, 4, '0') END AS agent_id
    FROM ({drawn})"""
_DAY = """
    INSERT INTO calls SELECT 'fact-' || i, 'call-' || i, queue_id, entered_at,
        entered_at + wait + coalesce(talk, 0), ending, wait, 20000000, talk, hold, wrap_up,
        5000000, 'visit-' || i, agent_id, '09' || lpad((hash(i, 11) % 1000000000)::VARCHAR, 9, '0'),
        (i % 20 = 0)::BIGINT, (i % 50 = 0)::BIGINT, i % 4294967296
    FROM ({told}) ORDER BY entered_at, i"""
_WORDS = {"fact_id", "call_id", "queue_id", "ending", "contact", "agent_id", "caller_number"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """The same calls twice.

    Attributes:
        database, sealed: As the program keeps them: every day sealed, no rows.
        peer: A connection to DuckDB's own table `calls`, in order of arrival.
        calls: How many there are.
        made_s: How long it took to make them.
    """

    database: Database
    sealed: SealedDays
    peer: Any
    calls: int
    made_s: float


@contextmanager
def a_year(wanted: Wanted) -> Iterator[Year]:
    """Make the calls in a temporary folder, which is removed at the end."""
    calls = QUICK_CALLS if wanted.quick else CALLS
    begun = perf_counter()
    with TemporaryDirectory(prefix="wallboard-bench-") as named:
        folder = Path(named)
        settings: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": MEMORY,
            "threads": THREADS,
        }
        with (
            closing(duckdb.connect(str(folder / "peer.duckdb"), config=settings)) as peer,
            closing(opened(folder / "history.db", END).database) as database,
            closing(SealedDays(database, folder / "days")) as sealed,
        ):
            (folder / "days").mkdir()
            _fill(peer, sealed.engine, calls, folder / "days")
            named_days = sealed.adopt()
            assert sum(day.rows for day in named_days) == calls
            made_s = perf_counter() - begun
            yield Year(database=database, sealed=sealed, peer=peer, calls=calls, made_s=made_s)


def compared(
    ours: Callable[[], list[Row]],
    theirs: Callable[[], list[Row]],
    rounds: int,
) -> tuple[float, float]:
    """Return the median milliseconds of both, one after the other in turns.

    Raises:
        AssertionError: They do not say the same.
    """
    taken: tuple[list[float], list[float]] = ([], [])
    for number in range(rounds + 1):
        said: list[object] = []
        for at in (0, 1) if number % 2 else (1, 0):
            begun = perf_counter()
            rows = (ours, theirs)[at]()
            spent = (perf_counter() - begun) * 1000
            said.append(len(rows))
            if number:  # the first one warms up
                taken[at].append(spent)
            elif len(rows) < 400_000:
                said.append(sorted(rows, key=str))
            del rows
        assert said[: len(said) // 2] == said[len(said) // 2 :], "the answers differ"
    return median(taken[0]), median(taken[1])


def figures(
    year: Year,
    ours: Callable[[datetime, datetime], list[Row]],
    theirs: Callable[[int, int], str],
    wanted: Wanted,
) -> Sequence[Figure]:
    """Return what the windows cost, within the engine and with the rows in hand."""
    told: list[Figure] = []
    per_call: dict[str, float] = {}
    folded = _Folded()
    # With so few calls a day, opening the files is all that is measured.
    limit = None if wanted.quick else LIMIT
    for name, (begin, end) in WINDOWS.items():
        statement = theirs(instant_us(begin), instant_us(end))
        rounds = (3 if wanted.quick else 5) if name != "year" else 3
        whole, year.sealed.engine = year.sealed.engine, folded
        pair = compared(
            lambda begin=begin, end=end: ours(begin, end),  # type: ignore[misc]
            lambda statement=statement: year.peer.execute(_fold(statement)).fetchall(),  # type: ignore[misc]
            rounds,
        )
        year.sealed.engine = whole
        told.append(_figure(f"{name}, found", pair, limit))
        pair = compared(
            lambda begin=begin, end=end: ours(begin, end),  # type: ignore[misc]
            lambda statement=statement: year.peer.execute(statement).fetchall(),  # type: ignore[misc]
            rounds,
        )
        told.append(_figure(f"{name}, rows in hand", pair, limit))
        between = f"entered_at >= {instant_us(begin)} AND entered_at < {instant_us(end)}"
        count = year.peer.execute(f"SELECT count(*) FROM calls WHERE {between}").fetchone()[0]
        per_call[name] = pair[0] / count
    for less, more in (("shift", "month"), ("month", "year")):
        growth = per_call[more] / per_call[less]
        told.append(Figure(name=f"time a call, {more} against {less}", value=growth, unit="x"))
    return told


def as_rows_figure(year: Year, ours: Callable[[datetime, datetime], list[Row]]) -> Figure:
    """Return what the shift costs while its day still is rows of the database."""
    begin, end = WINDOWS["shift"]
    year.sealed.reopen(day_of(begin))
    taken = []
    for _round in range(4):
        begun = perf_counter()
        ours(begin, end)
        taken.append((perf_counter() - begun) * 1000)
    return Figure(name="shift of a day not sealed yet", value=median(taken[1:]), unit="ms")


class _Folded(ParquetEngine):
    """Adds up what a statement finds, so that handing rows over is not what is measured."""

    def rows(self, statement: str, values: Sequence[Any] = ()) -> list[Row]:
        return super().rows(_fold(statement), values)


def _fold(statement: str) -> str:
    # Every column is needed for it, so none is left out of the work.
    return f"SELECT 0, NULL, count(*), bit_xor(hash(each)) FROM ({statement}) each"


def _figure(name: str, pair: tuple[float, float], limit: float | None) -> Figure:
    ours, theirs = pair
    return Figure(name=name, value=ours, unit="ms", peer=theirs, limit=limit)


def _fill(peer: Any, engine: ParquetEngine, calls: int, folder: Path) -> None:  # noqa: ANN401
    columns = ", ".join(f"{name} {'VARCHAR' if name in _WORDS else 'BIGINT'}" for name in COLUMNS)
    peer.execute(f"CREATE TABLE calls ({columns})")
    peer.execute("BEGIN")
    weights = _weights()
    edges = [calls * day // DAYS for day in range(DAYS + 1)]
    first_day = day_of(BEGIN)
    for number in range(DAYS):
        begin = (first_day + number) * DAY_US
        drawn = _DRAWN.format(
            begin=begin,
            quarters=_QUARTERS,
            queues=QUEUES,
            agents=AGENTS,
            first=edges[number],
            last=edges[number + 1],
            weights=weights,
        )
        peer.execute(_DAY.format(told=_TOLD.format(drawn=drawn)))
    peer.execute("COMMIT")
    peer.execute("CHECKPOINT")
    for number in range(DAYS):
        _write_day(peer, engine, folder, first_day + number)


def _write_day(peer: Any, engine: ParquetEngine, folder: Path, day: int) -> None:  # noqa: ANN401
    unnamed, sums = folder / "unnamed.parquet", folder / "sums.parquet"
    where = f"entered_at >= {day * DAY_US} AND entered_at < {(day + 1) * DAY_US}"
    peer.execute(copying(f"calls WHERE {where} ORDER BY entered_at", unnamed))
    engine.sum_up(unnamed, sums)
    digest = digest_of(unnamed)
    unnamed.replace(folder / calls_name(day, digest))
    sums.replace(folder / agents_name(day, digest, digest_of(sums)))


def _weights() -> list[int]:
    """Return quarters of an hour, each as often as calls come in it: two humps, quiet nights."""
    shares = [
        1
        + 60 * math.exp(-(((quarter / 4 - 11) / 3) ** 2))
        + 45 * math.exp(-(((quarter / 4 - 16) / 2.5) ** 2))
        for quarter in range(96)
    ]
    whole = sum(shares)
    drawn = [
        quarter
        for quarter, share in enumerate(shares)
        for _ in range(round(share / whole * _QUARTERS))
    ]
    return (drawn + [40] * _QUARTERS)[:_QUARTERS]
