"""A shift of 5,000 calls, reported and listed in every form, against bare writers of its calls.

Ours are made whole: read from the history, counted, put into words, and written with all that they
rest on, charts and definitions. The bare writers are given finished cells of the calls, no more.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from wallboard.bench.measure import Figure, Result, Wanted, middle
from wallboard.bench.pairs import application
from wallboard.bench.paper_pdf import bare_pdf
from wallboard.bench.paper_rows import bare_csv, bare_html, bare_json, bare_xlsx, flat
from wallboard.bench.paper_shift import kept_shift, shift_papers
from wallboard.domain.paper import Paper
from wallboard.papers.as_csv import write_csv
from wallboard.papers.as_html import write_html
from wallboard.papers.as_json import write_json
from wallboard.papers.as_xlsx import write_xlsx
from wallboard.ui.print.pdf import write_pdf

LIMIT = 2.0
_CALLS = 5_000
_FORMS = (
    ("xlsx", write_xlsx, bare_xlsx),
    ("pdf", write_pdf, bare_pdf),
    ("csv", write_csv, bare_csv),
    ("html", write_html, bare_html),
    ("json", write_json, bare_json),
)


def measure(wanted: Wanted) -> Result:
    """Measure each form by turns with its bare writer; medians of CPU seconds."""
    application()
    rounds = 3 if wanted.quick else 9
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory(prefix="wallboard-reports-") as name:
        folder = Path(name)
        history = kept_shift(_CALLS)
        papers = shift_papers(history, folder, "fa")
        kinds, cells = flat(papers[0])
        making = middle(
            [_cpu_s(partial(shift_papers, history, folder, "fa")) for _ in range(rounds)]
        )
        ours_s, bare_s = making, 0.0
        for form, write, bare in _FORMS:
            pairs = [
                (
                    _cpu_s(partial(_all, write, papers, folder / "a")),
                    _cpu_s(partial(bare, kinds, cells, folder / "a")),
                )
                for _ in range(rounds)
            ]
            mine, others = (middle(each) for each in zip(*pairs, strict=True))
            ours_s += mine
            bare_s += others
            figures.append(Figure(name=form, value=1000 * mine, unit="ms", peer=1000 * others))
        history.close()
    total = Figure(
        name="made, and written in all forms",
        value=1000 * ours_s,
        unit="ms",
        peer=1000 * bare_s,
        limit=LIMIT,
    )
    made = Figure(name="of that made", value=1000 * making, unit="ms")
    return Result(
        key="reports",
        title=f"a shift of {_CALLS} calls, reported and listed in every form",
        figures=(total, made, *figures),
    )


def _all(write: Callable[[Paper, Path], object], papers: tuple[Paper, ...], target: Path) -> None:
    for paper in papers:
        write(paper, target)


def _cpu_s(write: Callable[[], object]) -> float:
    begun_s = time.process_time()
    write()
    return time.process_time() - begun_s
