"""A report's files read again by others: every figure is the one that is explained."""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeAlias
from zoneinfo import ZoneInfo

import pytest
from openpyxl import load_workbook
from support.looks import wording_in
from support.past_days import filled
from support.reports import AT_TEHRAN, reported

from wallboard.domain.measuring import Measuring, stamped
from wallboard.domain.paper import Paper
from wallboard.domain.reporting import CellKind, ReportKind
from wallboard.engine.explain import explain, sums_in
from wallboard.engine.kpi import KPI_BY_KEY
from wallboard.engine.windows import range_window
from wallboard.papers.as_csv import write_csv
from wallboard.papers.as_json import write_json
from wallboard.papers.as_xlsx import write_xlsx
from wallboard.storage.history import History
from wallboard.ui.report_words import paper_of

BEGIN = datetime(2026, 11, 22, tzinfo=ZoneInfo("Asia/Tehran")).astimezone(UTC)
END = BEGIN + timedelta(days=1)

Read: TypeAlias = list[list[float | None]]
"""Numbers by row and column of a table as the paper has them; times in seconds."""


@pytest.fixture
def day() -> Iterator[History]:
    """A busy day of which an hour was not watched."""
    history = History.in_memory()
    filled(history, BEGIN, END, gaps=((BEGIN + timedelta(hours=5), BEGIN + timedelta(hours=6)),))
    yield history
    history.close()


def _by_openpyxl(paper: Paper, folder: Path) -> Read:
    write_xlsx(paper, folder / "a.xlsx")
    sheet = load_workbook(folder / "a.xlsx").worksheets[1]
    return [[_number(cell) for cell in row] for row in sheet.iter_rows(min_row=2, values_only=True)]


def _by_csv(paper: Paper, folder: Path) -> Read:
    write_csv(paper, folder / "a.csv")
    with (folder / "a.csv").open(encoding="utf-8-sig", newline="") as handle:
        return [
            [_number(json.loads(cell)) if cell[:1].isdigit() else None for cell in row]
            for row in list(csv.reader(handle))[1:]
        ]


def _by_json(paper: Paper, folder: Path) -> Read:
    write_json(paper, folder / "a.json")
    told = json.loads((folder / "a.json").read_text("utf-8"))
    return [[_number(cell) for cell in row] for row in told["tables"][0]["rows"]]


def _number(cell: object) -> float | None:
    if isinstance(cell, timedelta):
        return cell.total_seconds()
    return float(cell) if isinstance(cell, (int, float)) else None


@pytest.mark.parametrize("language", ["en", "fa"])
@pytest.mark.parametrize("read", [_by_openpyxl, _by_csv, _by_json], ids=["xlsx", "csv", "json"])
def test_that_every_figure_of_a_file_is_the_one_that_is_explained(
    day: History, read: Callable[[Paper, Path], Read], language: str, tmp_path: Path
) -> None:
    window = range_window(BEGIN, END)
    told = reported(day, ReportKind.QUEUE, window, END + timedelta(hours=9), AT_TEHRAN)
    paper = paper_of(told, wording_in(language))
    records = [stamped(each, Measuring().usual) for each in day.calls(BEGIN, END)]

    found = read(paper, tmp_path)

    compared = 0
    table = paper.tables[0]
    for row, cells in zip(table.rows, found, strict=False):
        own = [record for record in records if record.queue_id == row[0]]
        sums = sums_in(own, window, spells=())
        for at, column in enumerate(table.columns):
            if column.key in KPI_BY_KEY:
                expected = explain(column.key, sums, window=window).value
                assert (cells[at] is None) is (expected is None), column.key
                if expected is not None:
                    # openpyxl tells times to the thousandth of a second.
                    near = 1e-3 if column.kind is CellKind.DURATION else 1e-12
                    assert math.isclose(cells[at] or 0, expected, rel_tol=1e-14, abs_tol=near)
                compared += 1
    assert compared >= 3 * sum(column.kind is not CellKind.TEXT for column in table.columns)
