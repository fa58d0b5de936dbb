"""Calls as rows of a paper, and the bare writers that are given the same rows."""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from html import escape
from pathlib import Path
from typing import Any

import xlsxwriter

from wallboard.domain.facts import Ending
from wallboard.domain.paper import Paper, PaperTable
from wallboard.domain.paper_text import instant_text
from wallboard.domain.reporting import Cell, CellKind, Grounds, Report, ReportKind, Table
from wallboard.engine.reporting_keys import columns_of
from wallboard.ui.report_words import paper_of
from wallboard.ui.wording import Wording

_NOTHING: dict[CellKind, Cell] = {CellKind.DURATION: timedelta(), CellKind.COUNT: 0}
"""What a bare writer, that knows no gap, is given for what is not known; else a dash."""
_BEGIN = datetime(2026, 3, 1, 8, tzinfo=UTC)
_FORMATS = {
    CellKind.DURATION: "[h]:mm:ss",
    CellKind.INSTANT: "yyyy-mm-dd hh:mm:ss",
    CellKind.COUNT: "#,##0",
}


def calls_paper(calls: int, language: str) -> Paper:
    """Return a paper of so many calls with twelve columns."""
    return paper_of(calls_report(calls), Wording(language=language))


def calls_report(calls: int) -> Report:
    """Return a report of so many calls."""
    chance = random.Random(13)
    table = Table(
        key="calls",
        columns=columns_of("calls"),
        rows=tuple(_call(chance, number) for number in range(calls)),
    )
    return Report(kind=ReportKind.CALLS, grounds=grounds(), tables=(table,))


def grounds() -> Grounds:
    """Return what such a report rests on."""
    return Grounds(
        begin=_BEGIN,
        end=_BEGIN + timedelta(days=30),
        site="Bench",
        zone="UTC",
        made_at=_BEGIN + timedelta(days=30),
        covered=1.0,
        profile="kind=sl_offered target=20s short=5s goal=0.80",
    )


def _call(chance: random.Random, number: int) -> tuple[Cell, ...]:
    arrived = _BEGIN + timedelta(seconds=25 * number)
    wait, talk, hold, wrap_up = (timedelta(seconds=chance.randrange(400)) for _ in range(4))
    return (
        arrived,
        f"Queue {chance.randrange(40)}",
        f"0912•••{chance.randrange(10_000):04}",
        wait,
        str(chance.choice((Ending.ANSWERED, Ending.ABANDONED))),
        chance.choice(("yes", "no")),
        f"Agent {chance.randrange(300)}",
        talk,
        hold,
        wrap_up,
        "no",
        arrived + wait + talk,
    )


def flat(paper: Paper) -> tuple[list[CellKind], list[Sequence[Any]]]:
    """Return kinds and finished cells, as the bare writers want them: words, local times, texts.

    Of a paper by the Jalali calendar with its texts beside the days.
    """
    table = _calls(paper)
    kinds: list[CellKind] = []
    for column in table.columns:
        kinds.append(column.kind)
        if paper.notation.jalali and column.kind is CellKind.INSTANT:
            kinds.append(CellKind.TEXT)
    return kinds, [_finished(paper, row) for row in table.rows]


def _calls(paper: Paper) -> PaperTable:
    return next(table for table in paper.tables if table.key == "calls")


def _finished(paper: Paper, row: tuple[Cell, ...]) -> list[Any]:
    cells: list[Any] = []
    for cell, column in zip(row, _calls(paper).columns, strict=True):
        if isinstance(cell, datetime):
            cells.append(cell.astimezone(paper.zone).replace(tzinfo=None))
            if paper.notation.jalali:
                cells.append(instant_text(cell, paper.notation, paper.zone))
        else:
            told = _NOTHING.get(column.kind, "—") if cell is None else cell
            cells.append(column.words.get(told, told) if isinstance(told, str) else told)
    return cells


def bare_xlsx(kinds: Sequence[CellKind], rows: Sequence[Sequence[Any]], target: Path) -> None:
    """Write the cells with XlsxWriter alone, styled, row after row."""
    with xlsxwriter.Workbook(target, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        formats = [
            book.add_format({"num_format": _FORMATS.get(kind, "@"), "bottom": 4}) for kind in kinds
        ]
        writers = [
            sheet.write_datetime
            if kind in (CellKind.INSTANT, CellKind.DURATION)
            else sheet.write_number
            if kind is CellKind.COUNT
            else sheet.write_string
            for kind in kinds
        ]
        for at, row in enumerate(rows, start=1):
            for place, cell in enumerate(row):
                writers[place](at, place, cell, formats[place])


def bare_csv(_kinds: Sequence[CellKind], rows: Sequence[Sequence[Any]], target: Path) -> None:
    """Write the cells with the csv module alone."""
    with target.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle).writerows(
            [
                cell.isoformat()
                if isinstance(cell, datetime)
                else cell.total_seconds()
                if isinstance(cell, timedelta)
                else cell
                for cell in row
            ]
            for row in rows
        )


def bare_json(_kinds: Sequence[CellKind], rows: Sequence[Sequence[Any]], target: Path) -> None:
    """Write the cells with the json module alone."""
    plain = [
        [
            cell.isoformat()
            if isinstance(cell, datetime)
            else cell.total_seconds()
            if isinstance(cell, timedelta)
            else cell
            for cell in row
        ]
        for row in rows
    ]
    target.write_text(json.dumps(plain, ensure_ascii=False), "utf-8")


def bare_html(_kinds: Sequence[CellKind], rows: Sequence[Sequence[Any]], target: Path) -> None:
    """Write the cells as the plainest table there is."""
    with target.open("w", encoding="utf-8") as handle:
        handle.write("<!DOCTYPE html><meta charset=utf-8><table>")
        for row in rows:
            cells = "".join(f"<td>{escape(str(cell))}</td>" for cell in row)
            handle.write(f"<tr>{cells}</tr>\n")
        handle.write("</table>")
