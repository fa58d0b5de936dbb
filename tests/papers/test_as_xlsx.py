"""Workbooks: read again by openpyxl, every figure is what was put in, typed and styled."""

from __future__ import annotations

import math
import zipfile
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.utils.escape import unescape
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from support.campaign import size_of_campaign
from support.papers import CALLS, TEHRAN, any_paper, call_rows, hostile_paper, one_table

from wallboard.domain.jalali import to_jalali
from wallboard.domain.paper import (
    Paper,
    PaperColumn,
    PaperFault,
    PaperNotWritten,
    PaperStopped,
    PaperTable,
)
from wallboard.domain.reporting import Cell, CellKind
from wallboard.papers import as_xlsx
from wallboard.papers.as_xlsx import write_xlsx

_CALLS = 3
"""The place of the calls' sheet in the paper that most tests write."""


def _written(paper: Paper, folder: Path) -> Workbook:
    write_xlsx(paper, folder / "a.xlsx")
    return load_workbook(folder / "a.xlsx")


def _sheet(book: Workbook, at: int) -> Worksheet:
    sheet = book.worksheets[at]
    assert isinstance(sheet, Worksheet)
    return sheet


def _is_same(found: SheetCell, put: Cell, kind: CellKind, words: dict[str, str]) -> bool:
    """Return whether a cell of the sheet is that of the paper, to the thousandth of a second."""
    if put is None:
        return found.value is None
    match put:
        case timedelta():
            told = found.value
            return isinstance(told, timedelta) and abs(told - put) < timedelta(milliseconds=1)
        case datetime():
            told = found.value
            local = put.astimezone(TEHRAN).replace(tzinfo=None)
            return isinstance(told, datetime) and abs(told - local) < timedelta(milliseconds=1)
        case date():
            return isinstance(found.value, datetime) and found.value.date() == put
        case str():
            return found.value == (words.get(put, put) if kind is CellKind.WORD else put)
        case _:
            # A workbook keeps sixteen digits.
            told = found.value
            return isinstance(told, (int, float)) and math.isclose(told, put, rel_tol=1e-15)


@pytest.mark.parametrize("persian", [False, True], ids=["english", "persian"])
def test_that_every_cell_read_again_is_what_was_put_in(persian: bool, tmp_path: Path) -> None:
    paper = any_paper(300, persian=persian)
    book = _written(paper, tmp_path)

    compared = 0
    for at, table in enumerate(paper.tables, start=1):
        rows = list(_sheet(book, at).iter_rows(min_row=2))
        for put, found in zip(table.rows, rows, strict=False):
            place = 0
            for column, cell in zip(table.columns, put, strict=True):
                told = found[place]
                assert isinstance(told, SheetCell)
                assert _is_same(told, cell, column.kind, dict(column.words)), (told.value, cell)
                dated = column.kind in (CellKind.INSTANT, CellKind.DAY)
                place += 2 if persian and dated else 1
                compared += 1
    assert compared == sum(len(table.rows) * len(table.columns) for table in paper.tables)


def test_that_a_total_that_is_not_known_is_empty_and_no_word(tmp_path: Path) -> None:
    *_, total = _sheet(_written(any_paper(3), tmp_path), 1).iter_rows(values_only=True)
    assert total == ("Total", 1241, 1205, 0.9732, timedelta(minutes=4), None)


def test_that_beside_each_day_stands_the_jalali_one_in_a_persian_workbook(tmp_path: Path) -> None:
    rows = [
        (datetime(2021, 3, 20, 23, 59, 59, tzinfo=TEHRAN), date(2021, 3, 20), *(None,) * 7),
        (datetime(2021, 3, 21, 0, 0, 0, tzinfo=TEHRAN), date(2021, 3, 21), *(None,) * 7),
        (datetime(2025, 3, 20, 12, 0, 0, tzinfo=TEHRAN), date(2025, 3, 20), *(None,) * 7),
    ]
    sheet = _sheet(_written(one_table(rows, persian=True), tmp_path), 1)

    told = [tuple(cell.value for cell in row[1:4]) for row in sheet.iter_rows(min_row=2)]

    assert [row[0] for row in told] == [
        "۱۳۹۹/۱۲/۳۰ ۲۳:۵۹:۵۹",
        "۱۴۰۰/۰۱/۰۱ ۰۰:۰۰:۰۰",
        "۱۴۰۳/۱۲/۳۰ ۱۲:۰۰:۰۰",
    ]
    assert [row[2] for row in told] == ["۱۳۹۹/۱۲/۳۰", "۱۴۰۰/۰۱/۰۱", "۱۴۰۳/۱۲/۳۰"]
    assert to_jalali(date(2021, 3, 20)) == (1399, 12, 30)


def test_that_an_instant_of_another_zone_is_told_by_the_clock_of_the_site(tmp_path: Path) -> None:
    summer = datetime.fromisoformat("2021-06-01T20:00:00+00:00")  # +04:30 in Tehran then
    winter = datetime.fromisoformat("2026-06-01T20:00:00+00:00")
    rows = [(instant, None, *(None,) * 7) for instant in (summer, winter)]
    sheet = _sheet(_written(one_table(rows), tmp_path), 1)

    assert sheet["A2"].value == datetime(2021, 6, 2, 0, 30)  # noqa: DTZ001 - a sheet has no zone
    assert sheet["A3"].value == datetime(2026, 6, 1, 23, 30)  # noqa: DTZ001 - as above


def test_that_times_are_formatted_as_hours_that_may_pass_a_day(tmp_path: Path) -> None:
    book = _written(any_paper(), tmp_path)

    cell = _sheet(book, 1)["E4"]
    assert cell.number_format == "[h]:mm:ss"
    assert cell.value == timedelta(hours=26, minutes=3)
    assert _sheet(book, 1)["D2"].number_format == "0.0%"


def test_that_figures_stay_numbers_and_are_drawn_with_persian_digits(tmp_path: Path) -> None:
    sheet = _sheet(_written(any_paper(persian=True), tmp_path), 1)

    assert sheet["B2"].number_format == "[$-3000429]#,##0"
    assert sheet["B2"].value == 1234
    assert sheet["D2"].number_format.startswith("[$-3000429]")


def test_that_a_persian_workbook_is_read_from_right_to_left_and_an_english_one_is_not(
    tmp_path: Path,
) -> None:
    for persian in (True, False):
        book = _written(any_paper(persian=persian), tmp_path)
        told = {bool(sheet.sheet_view.rightToLeft) for sheet in book.worksheets}
        assert told == {persian}


def test_that_every_table_is_set_up_to_be_read_and_printed(tmp_path: Path) -> None:
    paper = any_paper()
    book = _written(paper, tmp_path)

    for at, table in enumerate(paper.tables, start=1):
        sheet = _sheet(book, at)
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref is not None
        assert sheet.auto_filter.ref.endswith(str(max(1, len(table.rows)) + 1))
        assert sheet.page_setup.paperSize == 9
        assert sheet.page_setup.fitToHeight == 0
        assert sheet.sheet_properties.pageSetUpPr is not None
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_title_rows == "$1:$1"
        assert "&P" in str(sheet.oddFooter.right.text)


def test_that_the_total_stands_below_the_rows_and_outside_of_the_filter(tmp_path: Path) -> None:
    sheet = _sheet(_written(any_paper(), tmp_path), 1)

    assert [cell.value for cell in sheet[5]][:3] == ["Total", 1241, 1205]
    assert sheet.auto_filter.ref == "A1:F4"


def test_that_a_table_of_nothing_says_so(tmp_path: Path) -> None:
    assert _sheet(_written(any_paper(), tmp_path), 4)["A2"].value == "Nothing in this time."


def test_that_the_sheet_for_a_pivot_holds_each_known_figure_once_and_no_total(
    tmp_path: Path,
) -> None:
    paper = any_paper()
    sheet = _sheet(_written(paper, tmp_path), -2)

    told = [tuple(cell.value for cell in row) for row in sheet.iter_rows(min_row=2)]

    known = [
        cell
        for table in paper.tables[:2]
        for row in table.rows
        for cell in row
        if cell is not None and not isinstance(cell, (str, datetime))
    ]
    assert len(told) == len(known)
    offered = sum(row[4] for row in told if row[0] == "Queues" and row[3] == "Offered")  # type: ignore[misc] - as numbers are read
    assert offered == 1241
    assert {row[5] for row in told} == {"count", "share", "time", "number"}


def test_that_it_says_what_it_rests_on_and_what_its_figures_count(tmp_path: Path) -> None:
    paper = any_paper()
    book = _written(paper, tmp_path)

    cover = {cell.value for row in _sheet(book, 0).iter_rows() for cell in row}
    last = {cell.value for row in _sheet(book, -1).iter_rows() for cell in row}

    assert {line.text for line in paper.lines} <= cover
    assert {"Calls answered within the target.", "Σ answered within 20 s ÷ Σ offered"} <= last


def test_that_its_charts_are_its_own_and_show_their_figures_before_anything_is_worked_out(
    tmp_path: Path,
) -> None:
    write_xlsx(any_paper(), tmp_path / "a.xlsx")

    with zipfile.ZipFile(tmp_path / "a.xlsx") as packed:
        charts = [name for name in packed.namelist() if name.startswith("xl/charts/chart")]
        first = packed.read(charts[0]).decode()
    assert len(charts) == 3
    assert "<c:lineChart>" in first
    assert first.count("<c:numCache>") >= 3


@pytest.mark.timeout(900)  # for the campaign in full
def test_that_hostile_texts_become_no_formula_no_link_and_no_broken_file(tmp_path: Path) -> None:
    cells = size_of_campaign(5_000, 100_000)
    write_xlsx(hostile_paper(cells), tmp_path / "a.xlsx")

    with zipfile.ZipFile(tmp_path / "a.xlsx") as packed:
        sheets = [name for name in packed.namelist() if name.startswith("xl/worksheets/")]
        told = b"".join(packed.read(name) for name in sheets)
        assert not any(
            "hyperlink" in packed.read(name).decode()
            for name in packed.namelist()
            if name.endswith(".rels")
        )
    assert b"<f>" not in told
    assert b"<hyperlink" not in told
    book = load_workbook(tmp_path / "a.xlsx", read_only=True)
    kinds = {
        cell.data_type for sheet in book.worksheets for row in sheet.iter_rows() for cell in row
    }
    assert "f" not in kinds
    assert "e" not in kinds
    book.close()


def test_that_no_control_and_no_sign_that_turns_directions_comes_through(tmp_path: Path) -> None:
    write_xlsx(hostile_paper(2_000), tmp_path / "a.xlsx")

    book = load_workbook(tmp_path / "a.xlsx")
    texts = [
        str(cell.value)
        for row in _sheet(book, 2).iter_rows(min_row=2)
        for cell in row
        if cell.value
    ]
    assert len(texts) > 1_500
    joined = "".join(texts)
    assert not set(joined) & set("\x00\x07\x08\x1b\x7f\u202e\u2066\u200e\u200f\ufeff\ufffe")
    assert max(map(len, texts)) <= 16_000


def test_that_what_a_text_says_literally_stays_so(tmp_path: Path) -> None:
    texts = ("_x0041_", "=1+1", "007", "1e5", "TRUE", "#N/A", "http://a/b", "<b>&amp;</b>", " ")
    rows = [(None, None, text, *(None,) * 6) for text in texts]
    sheet = _sheet(_written(one_table(rows), tmp_path), 1)

    told = [unescape(str(sheet.cell(row=at, column=3).value)) for at in range(2, 2 + len(texts))]

    assert told == list(texts)


def test_that_a_number_that_is_none_leaves_its_cell_empty(tmp_path: Path) -> None:
    rows = [(None,) * 7 + (number, number) for number in (float("nan"), float("inf"), -1e308)]
    sheet = _sheet(_written(one_table(rows), tmp_path), 1)

    assert {sheet.cell(row=at, column=8).value for at in (2, 3, 4)} == {None}


def test_that_a_table_larger_than_a_sheet_is_refused_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(as_xlsx, "MOST_ROWS", 41)
    write_xlsx(any_paper(40), tmp_path / "fits.xlsx")

    with pytest.raises(PaperNotWritten) as refused:
        write_xlsx(any_paper(41), tmp_path / "a.xlsx")

    assert refused.value.fault is PaperFault.TOO_MANY_ROWS
    assert [path.name for path in tmp_path.iterdir()] == ["fits.xlsx"]


def test_that_the_same_paper_makes_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_xlsx(any_paper(), tmp_path / name)

    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_that_progress_never_goes_back_and_ends_at_all(tmp_path: Path) -> None:
    told: list[float] = []
    write_xlsx(any_paper(2_000), tmp_path / "a.xlsx", told.append)

    assert told == sorted(told)
    assert told[-1] == 1.0
    assert len(told) > 5


def test_that_who_stops_it_keeps_the_old_file_and_leaves_nothing_behind(tmp_path: Path) -> None:
    target = tmp_path / "a.xlsx"
    target.write_bytes(b"old")
    asked = iter([False] * 3 + [True] * 9)

    with pytest.raises(PaperStopped):
        write_xlsx(any_paper(2_000), target, stop=lambda: next(asked))

    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.xlsx"]


def test_that_sheets_of_the_same_title_are_told_apart(tmp_path: Path) -> None:
    told = any_paper()
    paper = replace(told, tables=tuple(replace(each, title="A/B*[c]") for each in told.tables))

    assert _written(paper, tmp_path).sheetnames[1:5] == [
        "A B c",
        "A B c (2)",
        "A B c (3)",
        "A B c (4)",
    ]


def test_that_a_column_of_every_kind_is_among_what_is_tested() -> None:
    assert {column.kind for column in CALLS} == set(CellKind)
    assert len(call_rows(10)) == 10


def test_that_limits_of_time_are_labels_and_those_beyond_them_have_a_word(tmp_path: Path) -> None:
    columns = (
        PaperColumn(key="up_to", heading="Up to", kind=CellKind.DURATION, absent="longer"),
        PaperColumn(key="answered", heading="Answered", kind=CellKind.COUNT),
    )
    rows: tuple[tuple[Cell, ...], ...] = ((timedelta(seconds=5), 3), (None, 4))
    table = PaperTable(key="waits", title="Waits", columns=columns, rows=rows, total=(None, 7))
    book = _written(replace(any_paper(), tables=(table,), charts=()), tmp_path)

    told = [tuple(cell.value for cell in row) for row in _sheet(book, 1).iter_rows()]
    assert told == [("Up to", "Answered"), ("0:05", 3), ("longer", 4), ("Total", 7)]
    long = [row[1].value for row in _sheet(book, 2).iter_rows(min_row=2)]
    assert long == ["0:05", "longer"]
