"""Charts as SVG."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from support.papers import any_paper

from wallboard.papers.svg import HEIGHT, WIDTH, chart_svg


def _drawn(at: int, *, persian: bool = False) -> ET.Element:
    paper = any_paper(persian=persian)
    return ET.fromstring("".join(chart_svg(paper.charts[at], paper)))


@pytest.mark.parametrize("at", [0, 1, 2], ids=["lines", "bars", "stack"])
def test_that_every_part_of_a_chart_lies_within_it(at: int) -> None:
    for part in _drawn(at).iter():
        for number, most in (("x", WIDTH), ("y", HEIGHT)):
            if (told := part.get(number)) is not None:
                assert 0 <= float(told) <= most
        for x, y in re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", part.get("d", "")):
            assert 0 <= float(x) <= WIDTH
            assert 0 <= float(y) <= HEIGHT


def test_that_a_line_has_a_gap_where_nothing_is_known() -> None:
    lines = [part.get("d", "") for part in _drawn(0).iter("path") if part.get("fill") == "none"]

    assert len(lines) == 2
    # Of 32 intervals those at 4, 13, 22 and 31 are not known: four parts, the last one over.
    assert [line.count("M") for line in lines] == [4, 4]
    assert [line.count("L") for line in lines] == [28 - 4, 28 - 4]


def test_that_it_is_written_in_the_reader_s_digits() -> None:
    texts = "".join(part.text or "" for part in _drawn(0, persian=True).iter("text"))

    assert "۲۲:۰۰" in texts
    assert not re.search("[0-9]", texts)


def test_that_a_chart_of_nothing_is_not_drawn() -> None:
    paper = any_paper()
    empty = replace(paper, tables=tuple(replace(table, rows=()) for table in paper.tables))

    assert list(chart_svg(empty.charts[0], empty)) == []
