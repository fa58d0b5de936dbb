"""JSON for machines: the shape that is documented, and the values that were put in."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from support.checkout import ROOT
from support.papers import TEHRAN, any_paper, hostile_paper

from wallboard.domain.paper import Paper
from wallboard.domain.reporting import Cell, CellKind, ChartKind, ReportKind
from wallboard.papers.as_json import write_json

_SCHEMA = ROOT / "resources" / "reports" / "report.schema.json"


def _written(paper: Paper, folder: Path) -> Any:
    write_json(paper, folder / "a.json")
    return json.loads((folder / "a.json").read_text("utf-8"))


def _told(cell: Cell) -> object:
    match cell:
        case timedelta():
            return cell / timedelta(seconds=1)
        case datetime():
            return cell.astimezone(TEHRAN).isoformat()
        case date():
            return cell.isoformat()
        case _:
            return cell


@pytest.mark.parametrize("persian", [False, True], ids=["english", "persian"])
def test_that_every_cell_read_again_is_what_was_put_in(persian: bool, tmp_path: Path) -> None:
    paper = any_paper(200, persian=persian)
    told = _written(paper, tmp_path)

    for table, found in zip(paper.tables, told["tables"], strict=True):
        assert found["rows"] == [[_told(cell) for cell in row] for row in table.rows]
        total = table.total
        assert found["total"] == (None if total is None else [_told(cell) for cell in total])


@pytest.mark.parametrize(
    "make",
    [any_paper, lambda: any_paper(persian=True), lambda: hostile_paper(2_000)],
    ids=["english", "persian", "hostile"],
)
def test_that_it_has_the_documented_shape(make: Any, tmp_path: Path) -> None:
    schema = json.loads(_SCHEMA.read_text("utf-8"))
    told = _written(make(), tmp_path)

    jsonschema_rs.Draft202012Validator(schema, validate_formats=True).validate(told)
    told["tables"][0]["rows"][0][0] = {}
    with pytest.raises(jsonschema_rs.ValidationError):
        jsonschema_rs.Draft202012Validator(schema).validate(told)


def test_that_the_documented_shape_names_every_kind_there_is() -> None:
    told = json.loads(_SCHEMA.read_text("utf-8"))["properties"]

    assert told["kind"]["enum"] == [str(kind) for kind in ReportKind]
    assert told["charts"]["items"]["properties"]["kind"]["enum"] == [
        str(each) for each in ChartKind
    ]
    columns = told["tables"]["items"]["properties"]["columns"]["items"]
    assert columns["properties"]["kind"]["enum"] == [str(kind) for kind in CellKind]


def test_that_what_is_not_known_is_null_and_so_is_what_is_no_number(tmp_path: Path) -> None:
    paper = any_paper(3)
    told = _written(paper, tmp_path)

    assert told["tables"][0]["rows"][1] == ["Sales (2)", 0, 0, None, None, None]
    assert told["grounds"]["sums_before"] is None


def test_that_words_are_keys_with_the_reader_s_words_beside(tmp_path: Path) -> None:
    told = _written(any_paper(30), tmp_path)

    calls = told["tables"][2]
    assert calls["columns"][5]["words"] == {"answered": "Answered", "abandoned": "Given up"}
    assert {row[5] for row in calls["rows"]} <= {"answered", "abandoned", None}
