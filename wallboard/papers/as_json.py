"""Writes a paper as JSON for machines: keys, plain values, and null for what is not known.

The shape is told by `resources/reports/report.schema.json`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Final, TypeAlias

from wallboard.domain.paper import Paper, PaperColumn, PaperTable, Progress, Stop
from wallboard.domain.reporting import Cell
from wallboard.papers.lawful_text import lawful, outside
from wallboard.papers.machine_values import machine_value
from wallboard.papers.pace import Pace, never, nobody, rows_of
from wallboard.papers.whole import write_whole

FORMAT: Final = "wallboard-report"
VERSION: Final = 1

_Json: TypeAlias = "dict[str, _Json] | list[_Json] | str | int | float | bool | None"


def write_json(
    paper: Paper, target: Path, progress: Progress = nobody, stop: Stop = never
) -> tuple[Path, ...]:
    """Write the paper, a row of a table a line, and return the file's path.

    Raises:
        PaperNotWritten: The old file stands, if there was one.
        PaperStopped: Likewise.
    """
    pace = Pace(rows_of(paper), progress, stop)
    write_whole(target, _pieces(paper, pace))
    pace.done()
    return (target,)


def _pieces(paper: Paper, pace: Pace) -> Iterator[str]:
    yield "{"
    for key, value in _head(paper).items():
        yield f"{_told(key)}: {_told(value)},\n"
    yield '"tables": ['
    for number, table in enumerate(paper.tables):
        yield ",\n" if number else "\n"
        yield from _table(table, paper, pace)
    yield "\n]}\n"


def _head(paper: Paper) -> dict[str, _Json]:
    return {
        "format": FORMAT,
        "version": VERSION,
        "kind": str(paper.kind),
        "language": paper.language,
        "title": lawful(paper.title),
        "subtitle": lawful(paper.subtitle),
        "grounds": _grounds(paper),
        "definitions": [
            {
                "key": each.key,
                "name": lawful(each.name),
                "meaning": lawful(each.meaning),
                "formula": lawful(each.formula),
            }
            for each in paper.definitions
        ],
        "charts": [
            {
                "key": each.key,
                "title": lawful(each.title),
                "kind": str(each.kind),
                "table": each.table,
                "along": each.along,
                "series": list(each.series),
            }
            for each in paper.charts
        ],
    }


def _grounds(paper: Paper) -> dict[str, _Json]:
    grounds = paper.grounds

    def at(instant: datetime) -> str:
        return instant.astimezone(paper.zone).isoformat()

    since = grounds.sums_before
    return {
        "begin": at(grounds.begin),
        "end": at(grounds.end),
        "running": grounds.running,
        "site": outside(grounds.site),
        "shift": outside(grounds.shift),
        "zone": outside(grounds.zone),
        "profile": outside(grounds.profile),
        "covered": grounds.covered,
        "gaps": [{"begin": at(begin), "end": at(end)} for begin, end in grounds.gaps],
        "hours_covered": grounds.hours_covered,
        "sums_before": None if since is None else at(since),
        "damaged": grounds.damaged,
        "chosen": [{"what": what, "name": outside(name)} for what, name in grounds.chosen],
        "made_at": at(grounds.made_at),
        "made_by": outside(grounds.made_by),
        "journal_head": outside(grounds.journal_head),
        "masked": grounds.masked,
    }


def _table(table: PaperTable, paper: Paper, pace: Pace) -> Iterator[str]:
    head: dict[str, _Json] = {
        "key": table.key,
        "title": lawful(table.title),
        "listing": table.listing,
        "columns": [_column(column) for column in table.columns],
        "total": None if table.total is None else _cells(table.total, paper),
    }
    yield _told(head)[:-1]
    yield ', "rows": ['
    before = "\n"
    for row in pace.through(table.rows):
        yield before + _told(_cells(row, paper))
        before = ",\n"
    yield "]}"


def _column(column: PaperColumn) -> _Json:
    told: dict[str, _Json] = {
        "key": column.key,
        "heading": lawful(column.heading),
        "kind": str(column.kind),
    }
    if column.words:
        told["words"] = {key: lawful(word) for key, word in column.words.items()}
    return told


def _cells(row: tuple[Cell, ...], paper: Paper) -> list[_Json]:
    return [machine_value(cell, paper.zone) for cell in row]


def _told(value: _Json) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
