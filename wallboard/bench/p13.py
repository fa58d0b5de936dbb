"""P13: a workbook of many styled rows, against XlsxWriter alone that is given the same cells."""

from __future__ import annotations

import gc
import multiprocessing
import sys
import tempfile
import time
from multiprocessing.connection import Connection
from pathlib import Path

from wallboard.bench.measure import Figure, Result, Wanted, middle
from wallboard.bench.paper_rows import bare_xlsx, calls_paper, flat
from wallboard.domain.value import value
from wallboard.papers.as_xlsx import write_xlsx

if sys.platform != "win32":
    import resource

TIME_LIMIT = 1.3
MEMORY_LIMIT_MIB = 32
_ROWS = 100_000
_QUICK_ROWS = 10_000
_ROUNDS = 3


@value
class _Cost:
    """What one writing took: CPU seconds, and how far the peak of memory rose by it, in MiB."""

    cpu_s: float
    rose_mib: float


def measure(wanted: Wanted) -> Result:
    """Measure each side in processes of their own, by turns: peaks of memory never sink."""
    rows = _QUICK_ROWS if wanted.quick else _ROWS
    figures: list[Figure] = []
    for language, name in (("en", "English"), ("fa", "Persian, with Jalali texts")):
        ours: list[_Cost] = []
        bare: list[_Cost] = []
        for _ in range(1 if wanted.quick else _ROUNDS):
            ours.append(_apart(rows, language, ours=True))
            bare.append(_apart(rows, language, ours=False))
        figures += [
            Figure(
                name=f"CPU, {name}",
                value=middle([cost.cpu_s for cost in ours]),
                unit="s",
                peer=middle([cost.cpu_s for cost in bare]),
                limit=TIME_LIMIT,
            ),
            Figure(
                name=f"peak of memory beyond XlsxWriter's, {name}",
                value=middle([cost.rose_mib for cost in ours])
                - middle([cost.rose_mib for cost in bare]),
                unit="MB",
                limit=MEMORY_LIMIT_MIB,
            ),
        ]
    return Result(
        key="p13",
        title=f"a workbook of {rows} styled rows with 12 columns, against XlsxWriter alone",
        figures=tuple(figures),
    )


def _apart(rows: int, language: str, *, ours: bool) -> _Cost:
    """Return what it took a process of its own, without the making of the rows."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    child = context.Process(target=_write, args=(there, rows, language, ours))
    child.start()
    there.close()
    try:
        cost: _Cost = here.recv()
    finally:
        child.join()
    return cost


def _write(there: Connection, rows: int, language: str, ours: bool) -> None:  # noqa: FBT001 - a process's argument
    paper = calls_paper(rows, language)
    kinds, cells = ([], []) if ours else flat(paper)
    gc.collect()
    with tempfile.TemporaryDirectory(prefix="wallboard-p13-") as folder:
        peak = _peak_mib()
        begun_s = time.process_time()
        if ours:
            write_xlsx(paper, Path(folder) / "a.xlsx")
        else:
            bare_xlsx(kinds, cells, Path(folder) / "a.xlsx")
        there.send(_Cost(cpu_s=time.process_time() - begun_s, rose_mib=_peak_mib() - peak))


def _peak_mib() -> float:
    """Return the most memory that the process has had, in MiB; 0 where the system does not tell."""
    if sys.platform == "win32":
        return 0.0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
