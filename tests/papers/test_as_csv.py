"""Comma-separated tables: machine values, and nothing that a spreadsheet takes for a formula."""

from __future__ import annotations

import csv
import re
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.campaign import size_of_campaign
from support.papers import TEHRAN, any_paper, hostile_paper, one_table

from wallboard.domain.paper import PaperStopped
from wallboard.domain.reporting import Cell, CellKind
from wallboard.papers.as_csv import guarded, write_csv

_FORMULA = re.compile("^[ '\"]*[=+\\-@\t\r\n＝＋－＠]")


def _read(path: Path, delimiter: str = ",") -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.reader(handle, delimiter=delimiter))


def _told(cell: Cell, words: dict[str, str]) -> str:
    """Return what must stand in the file, worked out anew."""
    match cell:
        case None:
            return ""
        case timedelta():
            seconds = cell / timedelta(seconds=1)
            return str(int(seconds)) if seconds == int(seconds) else repr(seconds)
        case datetime():
            return cell.astimezone(TEHRAN).isoformat()
        case date():
            return cell.isoformat()
        case str():
            return words.get(cell, cell)
        case _:
            return repr(cell)


def test_that_every_cell_read_again_is_what_was_put_in(tmp_path: Path) -> None:
    paper = any_paper(300)
    paths = write_csv(paper, tmp_path / "shift.csv")

    assert [path.name for path in paths] == [
        "shift.csv",
        "shift.intervals.csv",
        "shift.calls.csv",
        "shift.gaps.csv",
        "shift.about.csv",
    ]
    for path, table in zip(paths, paper.tables, strict=False):
        rows = _read(path)[1:]
        assert rows == [
            [
                _told(cell, dict(column.words))
                for cell, column in zip(row, table.columns, strict=True)
            ]
            for row in table.rows
        ]


def test_that_it_begins_with_the_mark_of_utf_8_and_tells_times_in_seconds(tmp_path: Path) -> None:
    write_csv(any_paper(3), tmp_path / "a.csv")

    told = (tmp_path / "a.csv").read_bytes()
    assert told.startswith(b"\xef\xbb\xbfQueue,Offered,")
    assert b"Handle time (s)" in told
    assert b"187" in told  # 3:07


def test_that_numbers_and_times_are_never_altered(tmp_path: Path) -> None:
    rows = [(None, None, None, None, timedelta(seconds=-5), None, -7, -0.25, -1e-9)]
    write_csv(one_table(rows), tmp_path / "a.csv")

    assert _read(tmp_path / "a.csv")[1] == ["", "", "", "", "-5", "", "-7", "-0.25", "-1e-09"]


def test_that_an_instant_carries_the_offset_of_its_day(tmp_path: Path) -> None:
    rows = [
        (datetime.fromisoformat(told), None, *(None,) * 7)
        for told in ("2021-06-01T20:00:00+00:00", "2026-06-01T20:00:00+00:00")
    ]
    write_csv(one_table(rows), tmp_path / "a.csv")

    assert [row[0] for row in _read(tmp_path / "a.csv")[1:]] == [
        "2021-06-02T00:30:00+04:30",
        "2026-06-01T23:30:00+03:30",
    ]


def test_that_a_persian_one_has_the_jalali_day_beside_each_day(tmp_path: Path) -> None:
    write_csv(any_paper(5, persian=True), tmp_path / "a.csv")

    heading, first, *_ = _read(tmp_path / "a.calls.csv")
    assert heading[:4] == ["Arrived", "Arrived (شمسی)", "Day", "Day (شمسی)"]
    assert first[3] == "۱۴۰۴/۱۲/۲۹"
    assert re.fullmatch(r"2026-03-2\dT\d\d:\d\d:\d\d\+03:30", first[0])


def test_that_it_says_what_it_rests_on_beside_the_tables(tmp_path: Path) -> None:
    write_csv(any_paper(3), tmp_path / "a.csv")

    about = dict(_read(tmp_path / "a.about.csv"))
    assert about["Watched"] == "97.1%"
    assert about["Service level"].startswith("Calls answered within the target.")


@pytest.mark.timeout(900)  # for the campaign in full
def test_that_no_hostile_text_begins_like_a_formula(tmp_path: Path) -> None:
    paths = write_csv(hostile_paper(size_of_campaign(5_000, 100_000)), tmp_path / "a.csv")

    assert all(path.parent == tmp_path for path in paths)
    seen = 0
    for path in paths:
        for row in _read(path):
            for cell in row:
                seen += 1
                if not _is_number(cell) and _FORMULA.match(cell):
                    assert cell.startswith("'"), cell
    assert seen > 5_000


@given(st.text(st.sampled_from("=+-@;,\t\r\n '\"aب0\u202e＝"), max_size=12))
def test_that_no_cell_of_any_spreadsheet_begins_a_formula(text: str) -> None:
    for mine, other in ((",", ";"), (";", ",")):
        told = guarded(text, mine)
        assert not re.match("^ *[=+\\-@＝＋－＠]", told)
        for part in told.split(other)[1:]:
            assert not re.match("^[ '\"]*[=+\\-@＝＋－＠]", part) or part.startswith("'")


@given(st.text(st.characters(categories=("L", "N")), max_size=40))
def test_that_a_plain_text_is_left_alone(text: str) -> None:
    assert guarded(text) == text


def test_that_a_semicolon_can_part_the_cells(tmp_path: Path) -> None:
    write_csv(any_paper(3), tmp_path / "a.csv", delimiter=";")

    assert _read(tmp_path / "a.csv", ";")[1][:3] == ["Support", "1234", "1200"]


def test_that_who_stops_it_finds_no_file(tmp_path: Path) -> None:
    asked = iter([False, False, False] + [True] * 9)

    with pytest.raises(PaperStopped):
        write_csv(any_paper(2_000), tmp_path / "a.csv", stop=lambda: next(asked))

    assert list(tmp_path.iterdir()) == []


def test_that_phone_numbers_are_texts_which_are_guarded(tmp_path: Path) -> None:
    rows = [(None, None, None, "+98912•••6789", *(None,) * 5)]
    write_csv(one_table(rows), tmp_path / "a.csv")

    assert CellKind.PHONE in {column.kind for column in one_table(rows).tables[0].columns}
    assert _read(tmp_path / "a.csv")[1][3] == "'+98912•••6789"


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return text.isascii() and text == text.strip()
