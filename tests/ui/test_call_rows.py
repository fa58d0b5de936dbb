"""Calls as rows: what is private is masked, and a file of them does nothing by itself."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from support.explanations import CALLS, ZONE, call
from support.looks import wording_in

from wallboard.domain.arranging import CallerNumbers
from wallboard.domain.facts import Ending
from wallboard.domain.snapshot import AgentId, QueueId
from wallboard.ui.call_rows import (
    CallColumn,
    Names,
    calls_csv,
    cell_text,
    inert,
    order_of,
    row_of,
)
from wallboard.ui.caller_text import masked
from wallboard.ui.wording import english

NAMES = Names(queues={QueueId("q0"): "Sup\u202eport"}, agents={AgentId("a00000"): "<b>Sara</b>"})


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("09123456789", "0912•••6789"),
        ("1234567", "12•••67"),
        ("501", "•••"),
        ("", ""),
    ],
)
def test_that_the_middle_of_a_number_is_hidden(number: str, shown: str) -> None:
    assert masked(number) == shown


def test_that_a_number_is_masked_unless_it_may_be_shown() -> None:
    assert row_of(CALLS[0], NAMES).caller == "0912•••6789"
    assert row_of(CALLS[0], replace(NAMES, callers=CallerNumbers.WHOLE)).caller == "09123456789"


def test_that_names_are_made_fit_to_be_shown() -> None:
    row = row_of(CALLS[0], NAMES)
    assert row.queue == "Support"
    assert row.agent == "<b>Sara</b>"
    unnamed = row_of(call(1, 2, queue="q9"), NAMES)
    assert unnamed.queue == "q9"


def test_that_cells_say_what_is_not_known_with_a_dash() -> None:
    abandoned = row_of(replace(CALLS[-1], wait=None, caller_number=None), NAMES)
    said = {column: cell_text(abandoned, column, ZONE, english()) for column in CallColumn}
    assert said[CallColumn.AT] == "2026-11-22 08:48:00"
    assert said[CallColumn.WAIT] == said[CallColumn.TALK] == "—"
    assert said[CallColumn.CALLER] == said[CallColumn.AGENT] == "—"
    assert said[CallColumn.ENDING] == "Abandoned"
    assert cell_text(abandoned, CallColumn.AT, ZONE, english(), with_day=False) == "08:48:00"


@pytest.mark.parametrize("ending", Ending)
def test_that_every_ending_has_a_name(ending: Ending) -> None:
    row = row_of(replace(CALLS[0], ending=ending, talk=None), NAMES)
    assert cell_text(row, CallColumn.ENDING, ZONE, english())


@pytest.mark.parametrize("column", CallColumn)
def test_that_rows_can_be_sorted_by_what_is_not_known(column: CallColumn) -> None:
    rows = [row_of(CALLS[0], NAMES), row_of(replace(CALLS[-1], wait=None), NAMES)]
    assert len(sorted(rows, key=lambda row: order_of(row, column))) == 2


@pytest.mark.parametrize("text", ["=1+1", "+98912", "-5", "@SUM(A1)", "\t=1", "＝1"])
def test_that_a_spreadsheet_takes_no_text_for_a_formula(text: str) -> None:
    assert inert(text) == f"'{text}"
    assert inert("Sara") == "Sara"
    assert inert("") == ""


def test_that_the_file_has_a_mark_iso_times_and_raw_seconds() -> None:
    evil = Names(queues={QueueId("q0"): '=HYPERLINK("x"),\n"'}, agents={})
    records = (CALLS[-1], replace(CALLS[0], caller_number="+989123456789"))
    text = calls_csv([row_of(record, evil) for record in records], ZONE, english())
    assert text.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert [*rows[0]] == ["arrived_at", "queue", "caller", "wait_s", "talk_s", "agent", "ending"]
    assert rows[0]["arrived_at"] == "2026-11-22T08:48:00+03:30"
    assert rows[0]["queue"].startswith("'=")
    assert rows[0]["wait_s"] == "12.5"
    assert rows[0]["talk_s"] == ""
    assert rows[1]["caller"] == "'+989•••6789"
    assert rows[1]["ending"] == "answered"
    assert len(rows) == 2


def test_that_in_persian_the_file_has_the_jalali_day_too() -> None:
    text = calls_csv([row_of(CALLS[0], NAMES)], ZONE, wording_in("fa"))
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert rows[0]["arrived_jalali"] == "1405/09/01"
    assert rows[0]["arrived_at"] == "2026-11-22T08:00:00+03:30"
