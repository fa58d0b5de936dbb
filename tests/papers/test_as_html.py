"""The page: well formed, with nothing from a network, and nothing that a text could start."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from support.papers import any_paper, hostile_paper

from wallboard.domain.paper import PaperStopped
from wallboard.papers.as_html import write_html

_VOID = frozenset({"meta"})
_KNOWN = frozenset(
    {"html", "head", "meta", "title", "style", "body", "header", "section", "h1", "h2", "p", "b"}
    | {"div", "figure", "figcaption", "svg", "path", "text", "rect", "bdi", "dl", "dt", "dd"}
    | {"table", "thead", "tbody", "tfoot", "tr", "th", "td", "small"}
)
_ATTRIBUTES = frozenset(
    {"lang", "dir", "charset", "name", "content", "http-equiv", "class", "scope", "role"}
    | {"viewbox", "direction", "aria-label", "d", "stroke", "fill", "stroke-width", "x", "y"}
    | {"stroke-linecap", "stroke-linejoin", "width", "height", "rx", "text-anchor"}
)


class _Page(HTMLParser):
    """Reads a page strictly: each tag is closed in its order, and is one that we know."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.texts: list[str] = []
        self.rows: list[list[str]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in _KNOWN, tag
        assert {name for name, _ in attrs} <= _ATTRIBUTES, attrs
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)
        if {"td", "th"} & set(self.open):
            self.rows[-1][-1] += data


def _page(path: Path) -> _Page:
    page = _Page(path.read_text("utf-8"))
    assert page.open == []
    return page


@pytest.mark.parametrize("persian", [False, True], ids=["english", "persian"])
def test_that_every_row_stands_in_it_as_a_reader_sees_it(persian: bool, tmp_path: Path) -> None:
    paper = any_paper(50, persian=persian)
    write_html(paper, tmp_path / "a.html")
    page = _page(tmp_path / "a.html")

    queues = page.rows[1:5]
    if persian:
        assert queues[0][1:] == ["۱٬۲۳۴", "۱٬۲۰۰", "۹۷٫۳٪", "۳:۰۷", "۱۱٫۲"]
        assert queues[3][0] == "جمع"
    else:
        assert queues == [
            ["Support", "1,234", "1,200", "97.3%", "3:07", "11.2"],
            ["Sales (2)", "0", "0", "—", "—", "—"],
            ["—", "7", "5", "100.0%", "26:03:00", "0.5"],
            ["Total", "1,241", "1,205", "97.3%", "4:00", "—"],
        ]
    rows = sum(len(table.rows) + bool(table.rows) for table in paper.tables) + 1
    assert len(page.rows) == rows


def test_that_it_says_its_language_and_direction(tmp_path: Path) -> None:
    write_html(any_paper(persian=True), tmp_path / "a.html")
    assert '<html lang="fa" dir="rtl">' in (tmp_path / "a.html").read_text("utf-8")
    write_html(any_paper(), tmp_path / "a.html")
    assert '<html lang="en" dir="ltr">' in (tmp_path / "a.html").read_text("utf-8")


def test_that_figures_and_times_are_read_from_left_to_right_and_names_their_own_way(
    tmp_path: Path,
) -> None:
    write_html(any_paper(persian=True), tmp_path / "a.html")
    text = (tmp_path / "a.html").read_text("utf-8")
    assert "<td><bdi>پشتیبانی فارسی</bdi></td>" in text
    assert '<td class="n"><bdi dir="ltr">۱٬۲۳۴</bdi></td>' in text
    assert '<td class="n"><bdi>—</bdi></td>' in text
    assert re.search(r'<td class="d"><bdi dir="ltr">۱۴۰۴/۱۲/۲۹ ۲۲:\S+</bdi></td>', text)
    assert re.search(r'<td class="d"><bdi dir="ltr">۰?0912•••\d+</bdi></td>', text)


def test_that_it_asks_no_network_and_runs_nothing(tmp_path: Path) -> None:
    write_html(any_paper(), tmp_path / "a.html")

    text = (tmp_path / "a.html").read_text("utf-8")
    assert not re.search(r"https?:|//|url\(|@import|<script|<link|<img|src=|href=", text)
    assert "default-src 'none'" in text


def test_that_hostile_texts_stay_texts(tmp_path: Path) -> None:
    write_html(hostile_paper(3_000), tmp_path / "a.html")

    page = _page(tmp_path / "a.html")
    joined = "".join(page.texts)
    assert "<script>" in joined  # as letters that are read
    assert not set(joined) & set("\x00\x07\x1b\u202e\ufffe")


def test_that_what_must_not_be_overlooked_stands_at_the_top(tmp_path: Path) -> None:
    write_html(any_paper(), tmp_path / "a.html")

    text = (tmp_path / "a.html").read_text("utf-8")
    assert text.index('<p class="w"><b>Watched</b>') < text.index("<figure>")


def test_that_it_draws_each_chart_with_a_name_for_who_cannot_see_it(tmp_path: Path) -> None:
    write_html(any_paper(), tmp_path / "a.html")

    text = (tmp_path / "a.html").read_text("utf-8")
    assert text.count("<svg") == 3
    assert text.count('role="img"') == 3


def test_that_who_stops_it_finds_no_file(tmp_path: Path) -> None:
    asked = iter([False] * 3 + [True] * 9)

    with pytest.raises(PaperStopped):
        write_html(any_paper(2_000), tmp_path / "a.html", stop=lambda: next(asked))

    assert list(tmp_path.iterdir()) == []
