"""Writes a paper as comma-separated tables, one file each, for spreadsheets and scripts.

The first table stands in the file that was asked for, `shift.csv`; each further one beside it under
its own key, `shift.queues.csv`; what the report rests on and what its figures count in
`shift.about.csv`. Several tables of different columns in one file would be read by nobody.

A spreadsheet takes a text that begins like a formula for one, so such a text gets an apostrophe
in front; numbers and times are never altered.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta, tzinfo
from pathlib import Path
from typing import BinaryIO, Final, TypeAlias

from wallboard.domain.paper import Paper, PaperColumn, PaperTable, Progress, Stop
from wallboard.domain.paper_text import day_text, instant_text
from wallboard.domain.reporting import Cell, CellKind
from wallboard.papers.lawful_text import lawful, outside
from wallboard.papers.machine_values import machine_value
from wallboard.papers.names import file_stem
from wallboard.papers.pace import Pace, never, nobody, rows_of
from wallboard.papers.whole import whole_files

ABOUT: Final = "about"
"""The key of the file that says what the report rests on."""

_Tell: TypeAlias = Callable[[Cell], str]

_BEGINS_A_FORMULA: Final = re.compile("^[ '\"]*[=+\\-@\t\r\n＝＋－＠]")
# What another language's spreadsheet takes for the end of a cell, and a formula right behind it.
_FORMULA_INSIDE: Final = {
    ",": re.compile("(;)(?=[ '\"]*[=+\\-@＝＋－＠])"),
    ";": re.compile("(,)(?=[ '\"]*[=+\\-@＝＋－＠])"),
}
_MOST_KNOWN: Final = 4096
"""Names of queues and agents come again in every row."""


def write_csv(
    paper: Paper,
    target: Path,
    progress: Progress = nobody,
    stop: Stop = never,
    *,
    delimiter: str = ",",
) -> tuple[Path, ...]:
    """Write all tables and return the paths of the files; all appear, or none.

    Args:
        delimiter: A comma, or the semicolon that spreadsheets of some languages want.

    Raises:
        PaperNotWritten: The old files stand, if there were any.
        PaperStopped: Likewise.
    """
    pace = Pace(rows_of(paper), progress, stop)
    paths = []
    with whole_files() as begin:
        for path, rows in _files(paper, target, pace, delimiter):
            paths.append(path)
            with _text(begin(path)) as handle:
                csv.writer(handle, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    pace.done()
    return tuple(paths)


def guarded(text: str, delimiter: str = ",") -> str:
    """Return a text that no spreadsheet takes for a formula."""
    clean = outside(text)
    if _BEGINS_A_FORMULA.match(text) or _BEGINS_A_FORMULA.match(clean):
        clean = f"'{clean}"
    return _FORMULA_INSIDE[delimiter].sub(r"\1'", clean)


def table_path(target: Path, key: str) -> Path:
    """Return the path beside `target` of the table of that key."""
    return target.with_name(f"{target.stem}.{file_stem(key)}{target.suffix}")


def _files(
    paper: Paper, target: Path, pace: Pace, delimiter: str
) -> Iterator[tuple[Path, Iterator[Sequence[str]]]]:
    for number, table in enumerate(paper.tables):
        path = table_path(target, table.key) if number else target
        yield path, _lines(table, paper, pace, delimiter)
    yield table_path(target, ABOUT), _about(paper, delimiter)


def _lines(table: PaperTable, paper: Paper, pace: Pace, delimiter: str) -> Iterator[Sequence[str]]:
    """Yield headings and rows; a total would be added up once more by whoever adds up."""
    columns = list(_columns(table, paper, delimiter))
    yield [guarded(heading, delimiter) for heading, _, _ in columns]
    for row in pace.through(table.rows):
        yield [tell(row[at]) for _, at, tell in columns]


def _columns(table: PaperTable, paper: Paper, delimiter: str) -> Iterator[tuple[str, int, _Tell]]:
    """Yield heading, cell and how it is told, of each column and of the Jalali ones beside."""
    words = paper.words
    for at, column in enumerate(table.columns):
        heading = column.heading
        if column.kind is CellKind.DURATION:
            heading = words.seconds.format(heading=heading)
        yield heading, at, _telling(column, paper.zone, delimiter)
        if paper.notation.jalali and column.kind in (CellKind.INSTANT, CellKind.DAY):
            heading = words.jalali.format(heading=column.heading)

            yield heading, at, _telling_jalali(paper)


def _telling(column: PaperColumn, zone: tzinfo, delimiter: str) -> _Tell:
    """Return what tells a cell of that column; quick for what the column should hold."""
    text = _telling_text(column, delimiter)

    def other(cell: Cell) -> str:
        told = machine_value(cell, zone)
        if isinstance(told, str) and isinstance(cell, str):
            return text(cell)
        return "" if told is None else str(told)

    match column.kind:
        case CellKind.TEXT | CellKind.WORD | CellKind.PHONE:
            return text
        case CellKind.INSTANT:
            return _telling_instants(zone, other)
        case CellKind.DURATION:
            return _telling_durations(other)
        case _:
            return other


def _telling_instants(zone: tzinfo, otherwise: _Tell) -> _Tell:
    def instant(cell: Cell) -> str:
        if isinstance(cell, datetime):
            return cell.astimezone(zone).isoformat()
        return otherwise(cell)

    return instant


def _telling_durations(otherwise: _Tell) -> _Tell:
    def duration(cell: Cell) -> str:
        if isinstance(cell, timedelta) and not cell.microseconds:
            return str(cell.days * 86_400 + cell.seconds)
        return otherwise(cell)

    return duration


def _telling_text(column: PaperColumn, delimiter: str) -> _Tell:
    words = column.words if column.kind is CellKind.WORD else {}
    known: dict[Cell, str] = {None: ""}

    def text(cell: Cell) -> str:
        safe = known.get(cell)
        if safe is None:
            if len(known) >= _MOST_KNOWN:
                known.clear()
            told = "" if cell is None else str(cell)
            safe = known[cell] = guarded(words.get(told, told), delimiter)
        return safe

    return text


def _telling_jalali(paper: Paper) -> _Tell:
    notation, zone = paper.notation, paper.zone

    def jalali(cell: Cell) -> str:
        if isinstance(cell, datetime):
            return instant_text(cell, notation, zone)
        return day_text(cell, notation) if isinstance(cell, date) else ""

    return jalali


def _about(paper: Paper, delimiter: str) -> Iterator[Sequence[str]]:
    """Yield what the report rests on, and what each figure counts."""
    told = [(paper.title, paper.subtitle)]
    told += [(line.label, line.text) for line in paper.lines]
    told += [(each.name, f"{each.meaning} {each.formula}".strip()) for each in paper.definitions]
    for label, text in told:
        yield [guarded(lawful(label), delimiter), guarded(lawful(text), delimiter)]


@contextmanager
def _text(handle: BinaryIO) -> Iterator[io.TextIOWrapper]:
    """Let a block write text, after the mark by which spreadsheets know UTF-8."""
    wrapped = io.TextIOWrapper(handle, encoding="utf-8-sig", newline="")
    try:
        yield wrapped
    finally:
        # The file stays open: it is settled with the others.
        wrapped.detach()
