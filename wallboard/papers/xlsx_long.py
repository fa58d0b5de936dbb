"""The sheet for a pivot table: one row for every figure of the tables of sums."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from xlsxwriter.worksheet import Worksheet

from wallboard.domain.paper import Paper, PaperColumn, PaperTable
from wallboard.domain.paper_text import cell_text
from wallboard.domain.reporting import Cell, CellKind
from wallboard.papers.lawful_text import lawful, outside
from wallboard.papers.pace import Pace
from wallboard.papers.xlsx_columns import Put, first_is_a_limit, putting, sheet_columns
from wallboard.papers.xlsx_styles import NUMBERS, Styles

MOST_LONG_ROWS: Final = 100_000
"""Tables that would make more are left alone: a pivot is made of such a table itself."""

_BETWEEN: Final = " · "


def long_rows(paper: Paper) -> int:
    """Return how many rows the sheet has at most; 0 if there is to be none."""
    rows = sum(
        len(table.rows) * sum(column.kind in NUMBERS for column in table.columns)
        for table in paper.tables
        if not table.listing
    )
    return rows if rows <= MOST_LONG_ROWS else 0


def has_long(paper: Paper) -> bool:
    """Return whether the paper has figures for a pivot, and not too many."""
    return long_rows(paper) > 0


def put_long(sheet: Worksheet, paper: Paper, styles: Styles, pace: Pace) -> None:
    """Fill the sheet. What is not known has no row; totals have none, or they would count twice."""
    columns = sheet_columns(sheet, _frame(paper), paper, styles)
    for at, column in enumerate(columns):
        sheet.set_column(at, at, column.width)
        sheet.write_string(0, at, column.heading, styles.heading(column.kind))
    at_amount = next(at for at, column in enumerate(columns) if column.key == "amount")
    puts: dict[tuple[CellKind, int], Put] = {}
    row = 0
    for row, (cells, measured) in enumerate(pace.through(_figures(paper)), start=1):
        for at, column in enumerate(columns):
            if at != at_amount:
                column.put(row, cells[column.cell])
        key = (measured.kind, measured.decimals)
        if key not in puts:
            style = styles.cell(measured.kind, decimals=measured.decimals)
            puts[key] = putting(sheet, at_amount, measured, paper.zone, style)
        puts[key](row, cells[columns[at_amount].cell])
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.autofilter(0, 0, max(row, 1), len(columns) - 1)


def _frame(paper: Paper) -> PaperTable:
    """Return the sheet's columns as those of a table without rows."""
    words = paper.words
    named = (
        ("table", words.table, CellKind.TEXT),
        ("row", words.row, CellKind.TEXT),
        ("time", words.time, CellKind.INSTANT),
        ("measure", words.measure, CellKind.TEXT),
        ("amount", words.amount, CellKind.FIGURE),
        ("unit", words.unit, CellKind.TEXT),
    )
    columns = tuple(
        PaperColumn(key=key, heading=heading, kind=kind) for key, heading, kind in named
    )
    widest = tuple("m" * 24 if column.kind is CellKind.TEXT else None for column in columns)
    return PaperTable(key="long", title="", columns=columns, rows=(widest,))


def _figures(paper: Paper) -> Iterator[tuple[tuple[Cell, ...], PaperColumn]]:
    """Yield the cells of each row, and the column of its figure."""
    for table in paper.tables:
        if table.listing:
            continue
        limits = first_is_a_limit(table)
        measured = [
            (at, column, lawful(column.heading), paper.words.units[column.kind])
            for at, column in enumerate(table.columns)
            if column.kind in NUMBERS and not (limits and at == 0)
        ]
        title = lawful(table.title)
        for cells in table.rows:
            name, time = _subject(table, cells)
            if limits:
                name = cell_text(cells[0], table.columns[0], paper.notation, paper.zone)
            for at, column, heading, unit in measured:
                if cells[at] is not None:
                    yield (title, name, time, heading, cells[at], unit), column


def _subject(table: PaperTable, cells: tuple[Cell, ...]) -> tuple[str, Cell]:
    """Return of whom or what a row is, and of when: the first time in it."""
    names: list[str] = []
    time: Cell = None
    for cell, column in zip(cells, table.columns, strict=True):
        if isinstance(cell, str):
            names.append(column.words.get(cell) or outside(cell))
        elif time is None and column.kind in (CellKind.INSTANT, CellKind.DAY):
            time = cell
    return _BETWEEN.join(name for name in names if name), time
