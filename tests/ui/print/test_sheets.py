"""What stands on which sheet: tables are broken where they may be, and nothing is left out."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from pytestqt.qtbot import QtBot
from support.printed import (
    call_table,
    calls_paper,
    column,
    interval_table,
    paper_with,
    queue_table,
    shift_paper,
)

from wallboard.domain.paper import Paper, PaperLine, PaperTable
from wallboard.domain.reporting import CellKind
from wallboard.ui.print.columns import PAD
from wallboard.ui.print.headline import headline_of, with_whole_names
from wallboard.ui.print.lettering import Lettering, Style
from wallboard.ui.print.sheets import FOOT, MARGIN, Picture, Plan, Rows, Title, plan_of

LEAST = 4


@pytest.fixture(autouse=True)
def _qt(qtbot: QtBot) -> None:
    """Fonts need an application."""


def rows_of(plan: Plan, key: str) -> list[Rows]:
    parts = [placed.part for sheet in plan.sheets for placed in sheet.parts]
    return [part for part in parts if isinstance(part, Rows) and part.grid.table.key == key]


def heights(plan: Plan) -> list[float]:
    """Return how much of each sheet is used, at least."""
    used = []
    for sheet in plan.sheets:
        last = sheet.parts[-1]
        high = last.top
        if isinstance(last.part, Rows):
            high += sum(last.part.heights) + last.part.total + last.part.grid.heading
        used.append(high)
    return used


@pytest.mark.parametrize(
    "count", [0, 1, 3, 4, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 90, 3000]
)
def test_that_all_rows_stand_in_order_each_once_and_none_alone(count: int) -> None:
    plan = plan_of(calls_paper("fa", count))
    slices = rows_of(plan, "calls")
    assert slices[0].first == 0
    for one, after in pairwise(slices):
        assert after.first == one.first + len(one.heights)
        assert after.again
    assert slices[-1].first + len(slices[-1].heights) == count
    if count >= 2 * LEAST:
        assert all(len(each.heights) >= LEAST for each in slices)
    for sheet, used in zip(plan.sheets, heights(plan), strict=True):
        assert used <= sheet.size[1] - 2 * MARGIN - FOOT


def test_that_the_sums_stand_at_the_end_with_rows_above_them() -> None:
    for count in range(30, 60):
        table = queue_table("en")
        rows = (table.rows * 20)[:count]
        slices = rows_of(plan_of(paper_with("en", replace(table, rows=rows))), "queues")
        assert [bool(each.total) for each in slices] == [False] * (len(slices) - 1) + [True]
        assert slices[-1].heights


@pytest.mark.parametrize("above", range(20, 60, 3))
def test_that_a_small_table_is_not_broken(above: int) -> None:
    paper = paper_with("en", interval_table("en", above), queue_table("en"))
    (only,) = rows_of(plan_of(paper), "queues")
    assert len(only.heights) == 5
    assert only.total


def test_that_a_table_that_is_empty_still_has_its_headings() -> None:
    (only,) = rows_of(plan_of(calls_paper("en", 0)), "calls")
    assert only.heights == ()
    assert only.grid.heading > 0


def test_that_sheets_stand_unless_a_table_needs_them_to_lie() -> None:
    assert not any(sheet.landscape for sheet in plan_of(shift_paper("fa")).sheets)
    many = tuple(replace(column("asa", CellKind.DURATION, "fa"), key=f"a{at}") for at in range(10))
    table = PaperTable(key="many", title="", columns=many, rows=((timedelta(seconds=5),) * 10,) * 3)
    plan = plan_of(paper_with("fa", interval_table("fa"), table))
    assert all(sheet.landscape for sheet in plan.sheets)


def test_that_a_table_too_wide_for_any_sheet_is_parted_and_keeps_its_first_column() -> None:
    columns = (
        column("queue", CellKind.TEXT, "en"),
        *(replace(column("asa", CellKind.DURATION, "en"), key=f"a{at}") for at in range(40)),
    )
    row = ("Support", *(timedelta(hours=200),) * 40)
    plan = plan_of(paper_with("en", PaperTable(key="w", title="W", columns=columns, rows=(row,))))
    bands = [each.grid for each in rows_of(plan, "w")]
    assert len(bands) > 1
    assert {band.lanes[0].at for band in bands} == {0}
    seen = [lane.at for band in bands for lane in band.lanes[1:]]
    assert seen == list(range(1, 41))
    assert [band.part for band in bands] == [(at + 1, len(bands)) for at in range(len(bands))]
    for band in bands:
        assert band.lanes[-1].start + band.lanes[-1].width <= 842 * 10 - 2 * MARGIN + 1


def test_that_a_chart_stands_above_its_table_and_is_never_broken() -> None:
    plan = plan_of(shift_paper("en"))
    keys = [
        placed.part.chart.key if isinstance(placed.part, Picture) else placed.part.grid.table.key
        for sheet in plan.sheets
        for placed in sheet.parts
        if not isinstance(placed.part, Title)
    ]
    assert keys[:5] == ["queues", "queues", "calls", "level", "intervals"]
    assert keys[-2:] == ["grounds", "definitions"]


def test_that_grounds_of_any_length_are_printed_whole() -> None:
    gaps = ", ".join(f"gap {at}" for at in range(3000))
    paper = replace(
        paper_with("en", queue_table("en")),
        lines=(PaperLine(key="gaps", label="Gaps", text=gaps),),
    )
    told = [
        row[1]
        for each in rows_of(plan_of(paper), "grounds")
        for row in each.grid.table.rows[each.first : each.first + len(each.heights)]
    ]
    assert " ".join(str(each) for each in told) == gaps


def test_that_the_few_figures_that_matter_come_first() -> None:
    names = [name for name, _ in headline_of(shift_paper("en"))]
    assert names == ["Offered", "Answered", "Service level", "Average speed of answer"]
    assert dict(headline_of(shift_paper("fa")))["سطح خدمت"] == "۷۵٫۶٪"


def test_that_a_comparison_begins_with_the_figures_of_its_own_day() -> None:
    paper = paper_with("en", queue_table("en"))
    (table,) = paper.tables
    compared = replace(table, key="weekdays")
    told = dict(headline_of(replace(paper, tables=(compared,))))
    assert table.rows[0] != table.total
    assert told["Offered"] == f"{table.rows[0][1]:,}"
    assert told != dict(headline_of(paper))


def test_that_as_many_figures_stand_first_as_have_their_names_whole(qapp: object) -> None:
    lettering = Lettering(right_to_left=False)
    six = tuple((f"A name of figure number {at}", "1") for at in range(6))
    wide = lettering.width(six[0][0], Style.LABEL) + 3 * PAD + 1
    assert with_whole_names(six, lettering, 6 * wide) == six
    assert with_whole_names(six, lettering, 4 * wide) == six[:4]
    assert with_whole_names(six, lettering, wide) == six[:3]
    assert with_whole_names((), lettering, wide) == ()


def test_that_a_list_of_calls_has_no_such_figures() -> None:
    paper: Paper = calls_paper("en", 1)
    assert headline_of(paper) == ()
    assert headline_of(paper_with("en", call_table("en", 9))) == ()
