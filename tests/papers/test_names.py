"""Names of files and sheets, whatever somebody called a queue."""

from __future__ import annotations

import unicodedata
from pathlib import Path, PureWindowsPath

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from support.campaign import size_of_campaign
from support.hostile import names

from wallboard.papers.names import MOST_BYTES, file_stem, sheet_names

_RESERVED = {
    "CON",
    "PRN",
    "AUX",
    "NUL",
    *(f"{port}{n}" for port in ("COM", "LPT") for n in "123456789"),
}


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("shift 2026-11-22", "shift-2026-11-22"),
        ("../../etc/passwd", "etc-passwd"),
        ("..\\..\\boot.ini", "boot-ini"),
        ("CON", "report-CON"),
        ("nul", "report-nul"),
        ("com1", "report-com1"),
        ("a\0b", "a-b"),
        ("gpj.\u202eexe", "gpj-exe"),
        ("  .hidden. ", "hidden"),
        ("صف پشتیبانی", "صف-پشتیبانی"),
        ("", "report-"),
        ("???", "report-"),
        ("C:stream", "C-stream"),
    ],
)
def test_that_a_name_becomes_one_that_every_system_takes(told: str, name: str) -> None:
    assert file_stem(told) == name


def test_that_parts_are_joined_and_empty_ones_left_out() -> None:
    assert file_stem("shift", "", "صبح", "2026-11-22") == "shift-صبح-2026-11-22"


def test_that_no_hostile_name_leaves_its_folder() -> None:
    for told in names(size_of_campaign(1_000, 10_000), seed=4):
        _is_safe(told)


@given(st.text(max_size=300))
def test_that_no_name_at_all_leaves_its_folder(told: str) -> None:
    _is_safe(told)


def _is_safe(told: str) -> None:
    name = file_stem(told)
    assert name
    assert len(name.encode()) <= MOST_BYTES + len("report-")
    assert Path(name).name == name
    assert PureWindowsPath(name).name == name
    assert name.split(".")[0].upper() not in _RESERVED
    assert name[0] not in ".- " or name == "-"
    assert not set(name) & set('<>:"/\\|?*')
    assert not any(unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp") for letter in name)
    assert file_stem(name) == name or name.startswith("report-")


@given(st.lists(st.text(max_size=60), max_size=12))
def test_that_a_workbook_takes_every_name_of_a_sheet(titles: list[str]) -> None:
    told = sheet_names(titles)

    assert len(told) == len(titles)
    book = xlsxwriter.Workbook()
    for name in told:
        book.add_worksheet(name)
    for name in told:
        assert len(name.encode("utf-16-le")) <= 62
        assert not set(name) & set("[]:*?/\\")
        assert name.strip("'") == name


def test_that_hostile_titles_are_names_of_sheets_too() -> None:
    told = sheet_names(names(400, seed=9))

    assert len({name.casefold() for name in told}) == 400


def test_that_a_long_title_keeps_its_number() -> None:
    assert sheet_names(["x" * 40] * 3) == ["x" * 31, f"{'x' * 27} (2)", f"{'x' * 27} (3)"]
