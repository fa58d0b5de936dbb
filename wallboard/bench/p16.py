"""P16: how fast a queue_log of two million lines is read, against str.split and DuckDB."""

from __future__ import annotations

import os
import random
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final, TypeAlias

import duckdb

from wallboard.bench.measure import Figure, Result, Wanted, middle
from wallboard.sources.asterisk.log_files import BLOCK
from wallboard.sources.asterisk.log_sums import LogSums
from wallboard.sources.asterisk.queue_log import QueueLog

LINES: Final = 2_000_000
QUICK_LINES: Final = 200_000
_BEGAN: Final = 1_795_000_000
_SORTED: Final = 20_000

Sums: TypeAlias = Mapping[str, tuple[int, int, int, int, int]]
"""By queue: offered, answered, abandoned, seconds waited by the answered, seconds talked."""


def measure(wanted: Wanted) -> Result:
    """Read the same made log in turn, and compare processor time; the answers must be equal."""
    rounds, lines = (2, QUICK_LINES) if wanted.quick else (5, LINES)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "queue_log"
        written = made_log(path, lines)
        ways: tuple[Callable[[Path], Sums], ...] = (_ours, _split, _duck)
        took: dict[Callable[[Path], Sums], list[float]] = {way: [] for way in ways}
        for number in range(rounds + 1):
            for way in ways if number % 2 else ways[::-1]:
                began = time.process_time()
                sums = way(path)
                took[way].append(time.process_time() - began)
                _require_equal(sums, written)
        began = time.process_time()
        facts = _facts(path)
        facts_s = time.process_time() - began
        count = sum(1 for _ in path.open("rb"))
    # The first round warms up what is read and what reads it.
    ours, split, duck = (count / middle(took[way][1:]) / 1e6 for way in ways)
    return Result(
        key="p16",
        title=f"a queue_log of {count / 1e6:g} million lines, by the second of processor time",
        figures=(
            Figure(
                name="added up by queue, against str.split",
                value=ours,
                unit="M/s",
                peer=split,
                limit=1.3,
                at_least=True,
            ),
            Figure(
                name="added up by queue, against DuckDB's read_csv",
                value=ours,
                unit="M/s",
                peer=duck,
                limit=0.5,
                at_least=True,
            ),
            Figure(
                name=f"as {facts} facts of calls and agents",
                value=count / facts_s / 1e6,
                unit="M/s",
                peer=split,
            ),
        ),
    )


def made_log(path: Path, lines: int, seed: int = 16) -> Sums:
    """Write a log of some so many lines, in the order of time, and return what it comes to."""
    sums: dict[str, list[int]] = {}
    with path.open("w", encoding="utf-8", newline="\n") as log:
        left = lines
        pending: list[tuple[int, str]] = []
        for lot in _lots(random.Random(seed), sums):
            pending += lot
            if len(pending) >= _SORTED:
                pending.sort(key=lambda line: line[0])
                ready, pending = pending[: _SORTED // 2], pending[_SORTED // 2 :]
                log.writelines(f"{at}|{text}\n" for at, text in ready)
                left -= len(ready)
            if left <= len(pending):
                break
        pending.sort(key=lambda line: line[0])
        log.writelines(f"{at}|{text}\n" for at, text in pending)
    return {queue: (row[0], row[1], row[2], row[3], row[4]) for queue, row in sums.items()}


def _lots(chance: random.Random, sums: dict[str, list[int]]) -> Iterator[list[tuple[int, str]]]:
    """Yield calls for ever, each as its lines; count them."""
    at = _BEGAN
    for number in range(1, 1 << 62):
        at += chance.randrange(3)
        queue = f"queue{chance.randrange(12)}"
        agent = f"Agent Number {chance.randrange(200)}"
        call = f"{at}.{2 * number}|{queue}"
        wait, talk = chance.randrange(60), chance.randrange(400)
        row = sums.setdefault(queue, [0] * 5)
        row[0] += 1
        lot = [(at, f"{call}|NONE|ENTERQUEUE||0912{chance.randrange(10**7):07}|1")]
        if chance.random() < 0.3:
            lot.append((at + wait // 2, f"{call}|{agent}|RINGNOANSWER|5000"))
        if chance.random() < 0.8:
            row[1] += 1
            row[3] += wait
            row[4] += talk
            end = chance.choice(("COMPLETEAGENT", "COMPLETECALLER"))
            channel = f"{at}.{2 * number + 1}"
            lot.append((at + wait, f"{call}|{agent}|CONNECT|{wait}|{channel}|3"))
            lot.append((at + wait + talk, f"{call}|{agent}|{end}|{wait}|{talk}|1"))
        else:
            row[2] += 1
            lot.append((at + wait, f"{call}|NONE|ABANDON|1|1|{wait}"))
        yield lot


def _ours(path: Path) -> Sums:
    sums = LogSums()
    with path.open("rb") as log:
        while data := log.read(BLOCK):
            sums.feed(data)
    sums.end_file()
    return {
        queue: (row.entered, row.answered, row.abandoned, row.wait_s, row.talk_s)
        for queue, row in sums.by_queue().items()
    }


def _split(path: Path) -> Sums:
    """The stock way: line by line, as text."""
    sums: dict[str, list[int]] = {}
    with path.open(encoding="utf-8") as log:
        for line in log:
            parts = line.rstrip("\n").split("|")
            verb = parts[4]
            if verb == "ENTERQUEUE":
                sums.setdefault(parts[2], [0] * 5)[0] += 1
            elif verb == "CONNECT":
                row = sums[parts[2]]
                row[1] += 1
                row[3] += int(parts[5])
            elif verb == "ABANDON":
                sums[parts[2]][2] += 1
            elif verb in ("COMPLETEAGENT", "COMPLETECALLER"):
                sums[parts[2]][4] += int(parts[6])
    return {queue: (row[0], row[1], row[2], row[3], row[4]) for queue, row in sums.items()}


_NAMES: Final = ("call", "queue", "agent", "verb", "d1", "d2", "d3")
_COLUMNS: Final = ", ".join(("'at': 'BIGINT'", *(f"'{name}': 'VARCHAR'" for name in _NAMES)))
_QUERY: Final = f"""
    SELECT queue,
        count(*) FILTER (verb = 'ENTERQUEUE'),
        count(*) FILTER (verb = 'CONNECT'),
        count(*) FILTER (verb = 'ABANDON'),
        coalesce(sum(try_cast(d1 AS BIGINT)) FILTER (verb = 'CONNECT'), 0),
        coalesce(sum(try_cast(d2 AS BIGINT)) FILTER (verb LIKE 'COMPLETE%'), 0)
    FROM read_csv(?, auto_detect = false, delim = '|', header = false, quote = '', escape = '',
        null_padding = true, strict_mode = false, columns = {{{_COLUMNS}}})
    GROUP BY queue
"""


def _duck(path: Path) -> Sums:
    with duckdb.connect() as database:
        database.execute(f"SET threads = {os.cpu_count() or 1}")
        rows = database.execute(_QUERY, [str(path)]).fetchall()
    return {row[0]: (row[1], row[2], row[3], int(row[4]), int(row[5])) for row in rows}


def _facts(path: Path) -> int:
    log = QueueLog()
    with path.open("rb") as file:
        facts = 0
        while data := file.read(BLOCK):
            facts += len(log.feed(data))
    return facts + len(log.end_file())


def _require_equal(sums: Sums, written: Sums) -> None:
    if dict(sums) != dict(written):
        raise AssertionError("two ways of reading the same log do not agree")
