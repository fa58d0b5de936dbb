"""A report as a PDF: read back by another program's reader, and looked at as a picture."""

from __future__ import annotations

import re
import unicodedata
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot
from support.looks import worst_difference
from support.printed import (
    NAMES,
    call_table,
    calls_paper,
    column,
    interval_table,
    paper_with,
    shift_paper,
)

from wallboard.domain.paper import Paper, PaperFault, PaperNotWritten, PaperStopped, PaperTable
from wallboard.domain.reporting import CellKind
from wallboard.papers.svg import chart_svg
from wallboard.ui.print.inks import PAPER
from wallboard.ui.print.pdf import pdf_of, write_pdf
from wallboard.ui.print.pdf_language import catalog_with_language
from wallboard.ui.print.pdf_letters import letter_tables
from wallboard.ui.print.pdf_update import updated
from wallboard.ui.print.press import Press
from wallboard.ui.print.sheets import MARGIN, plan_of

QtPdf = pytest.importorskip("PySide6.QtPdf")

POINTS = 10.0
HOSTILE = "<b>=HYPERLINK(1)</b> " + "نام بسیار بلند " * 12 + "end"


class Read:
    """A PDF as somebody else's reader sees it."""

    def __init__(self, path: Path) -> None:
        self.document = QtPdf.QPdfDocument()
        assert self.document.load(str(path)) is QtPdf.QPdfDocument.Error.None_
        self.pages = self.document.pageCount()
        self._texts: dict[int, str] = {}

    def text(self, page: int) -> str:
        """Return the letters of a page, those that join as those that they stand for."""
        if page not in self._texts:
            told = self.document.getAllText(page).text()
            self._texts[page] = plain(unicodedata.normalize("NFKC", told))
        return self._texts[page]

    def all_text(self) -> str:
        return "\n".join(self.text(page) for page in range(self.pages))

    def box(self, page: int, words: str) -> QRectF:
        """Return where words stand on a page, in points."""
        whole = self.document.getAllText(page).text()
        plain = [unicodedata.normalize("NFKC", letter) for letter in whole]
        text, places = "", []
        for at, letter in enumerate(plain):
            text += letter
            places += [at] * len(letter)
        begin = text.index(words)
        end = begin + len(words) - 1
        found = self.document.getSelectionAtIndex(
            page, places[begin], places[end] - places[begin] + 1
        )
        return found.boundingRectangle()

    def picture(self, page: int, width: int) -> QImage:
        size = self.document.pagePointSize(page)
        image = QImage(
            width, round(width * size.height() / size.width()), QImage.Format.Format_RGB32
        )
        image.fill(PAPER)
        painter = QPainter(image)
        painter.drawImage(0, 0, self.document.render(page, image.size()))
        painter.end()
        return image


@pytest.fixture
def target(qtbot: QtBot, tmp_path: Path) -> Path:
    return tmp_path / "report.pdf"


def read(paper: Paper, target: Path) -> Read:
    assert write_pdf(paper, target) == (target,)
    return Read(target)


def plain(text: str) -> str:
    """Return a text without what has no place of its own on paper; marks are put anywhere."""
    return re.sub("[\u200c\u2066-\u2069]| ?\u0654", "", text)


@pytest.mark.parametrize("language", ["en", "fa"])
def test_that_all_that_the_paper_says_can_be_read_out_of_the_file(
    target: Path, language: str
) -> None:
    paper = shift_paper(language)
    told = read(paper, target).all_text()
    words = [paper.title, *(table.title for table in paper.tables), *NAMES[language]]
    words += [chart.title for chart in paper.charts]
    words += [line.label for line in paper.lines] + [each.name for each in paper.definitions]
    words += [column.heading for table in paper.tables for column in table.columns]
    for text in words:
        for word in plain(text).split():
            assert word in told, word
    figures = ("3,890", "99.97%", "4:18", "75.6%")
    if language == "fa":
        figures = ("۳٬۸۹۰", "۹۹٫۹۷٪", "۴:۱۸", "۷۵٫۶٪")
    for figure in figures:
        assert figure in told


@pytest.mark.parametrize("most", [0.046, 0.9])
@pytest.mark.parametrize("language", ["en", "fa"])
def test_that_a_chart_has_the_same_marks_on_paper_and_on_a_page(
    target: Path, language: str, most: float
) -> None:
    paper = shift_paper(language)
    table = paper.table("intervals")
    rows = tuple((*row[:-1], most * at / len(table.rows)) for at, row in enumerate(table.rows))
    chart = next(chart for chart in paper.charts if chart.key == "level")
    paper = paper_with(language, replace(table, rows=rows), charts=(chart,))
    svg = ET.fromstring("".join(chart_svg(chart, paper)))
    texts = [each.text or "" for each in svg.iter("text")]
    marks = [text for text in texts if text.endswith(paper.notation.percent)]
    assert len(marks) == 6
    told = read(paper, target).text(0)
    for mark in marks:
        # No figure of the table has no decimals.
        assert re.search(rf"(?<![\d.,٫]){re.escape(mark)}", told), mark


@pytest.mark.parametrize(("language", "count"), [("fa", 5000), ("en", 600)])
def test_that_each_of_five_thousand_rows_is_there_once_below_repeated_headings(
    target: Path, language: str, count: int
) -> None:
    table = call_table(language, count)
    numbers = [f"0935{at:07}" for at in range(count)]
    rows = tuple(
        (*row[:2], number, *row[3:]) for row, number in zip(table.rows, numbers, strict=True)
    )
    found = read(paper_with(language, replace(table, rows=rows)), target)
    told = found.all_text()
    assert Counter(re.findall(r"0935\d{7}", told)) == Counter(numbers)
    heading = plain(table.columns[1].heading)
    with_rows = [page for page in range(found.pages) if "0935" in found.text(page)]
    assert len(with_rows) > count / 60
    assert all(heading in found.text(page) for page in with_rows)


@pytest.mark.parametrize(
    ("language", "said"), [("en", "Page {at} of {all}"), ("fa", "صفحهٔ {at} از {all}")]
)
def test_that_every_page_tells_its_number_in_the_readers_digits(
    target: Path, language: str, said: str
) -> None:
    found = read(calls_paper(language, 300), target)
    digits = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹" if language == "fa" else "0123456789")
    for page in range(found.pages):
        wanted = plain(said.format(at=page + 1, all=found.pages)).translate(digits)
        lines = [set(line.split()) for line in found.text(page).splitlines()]
        assert any(set(wanted.split()) <= line for line in lines), found.text(page)[-200:]


def test_that_sums_say_what_they_are_below_times_too(target: Path) -> None:
    table = replace(interval_table("en"), total=(None, 1777, 1333, None))
    found = read(paper_with("en", table), target)
    lines = found.text(found.pages - 1).splitlines() + found.text(0).splitlines()
    assert any(line.split()[:3] == ["Total", "1,777", "1,333"] for line in lines)
    found = read(paper_with("en", replace(table, total_word="Days before")), target)
    told = found.all_text()
    assert "Days before 1,777" in told
    assert "Total" not in told


def test_that_columns_are_mirrored_in_persian_and_figures_end_at_one_place(target: Path) -> None:
    found = read(calls_paper("fa", 60), target)
    first, last = found.box(0, "ردیف"), found.box(0, "مکالمه")
    assert first.left() > 400
    assert last.right() < 200
    # Of the ink, which digits leave some of their width free of.
    ends = [found.box(0, figure).right() for figure in ("۰:۳۱", "۱:۰۲", "۱۱:۵۳")]
    assert max(ends) - min(ends) < 3
    english = read(calls_paper("en", 60), target)
    assert english.box(0, "No.").left() < english.box(0, "Talk").left()


def test_that_title_language_and_direction_are_told(target: Path) -> None:
    found = read(shift_paper("fa"), target)
    title = found.document.metaData(QtPdf.QPdfDocument.MetaDataField.Title)
    assert title == "گزارش شیفت"
    content = target.read_bytes()
    assert b"/Lang (fa-IR)" in content
    assert b"/Direction /R2L" in content
    # The table at the end leads to the catalog that tells it.
    start = int(re.findall(rb"startxref\s+(\d+)\s+%%EOF", content)[-1])
    assert content[start : start + 4] == b"xref"
    places = [int(at) for at in re.findall(rb"(\d{10}) 00000 n", content[start:])]
    assert all(re.match(rb"\d+ 0 obj\n", content[at : at + 12]) for at in places)
    assert any(b"/Lang" in content[at : content.index(b"endobj", at)] for at in places)


def test_that_what_is_no_pdf_of_ours_is_left_as_it_is() -> None:
    for content in (b"", b"%PDF-1.4\nnothing", b"trailer << >> startxref 0 %%EOF"):
        assert catalog_with_language(content, "fa", right_to_left=True) == {}
        assert letter_tables(content, [{1: "a"}]) == {}
        assert updated(content, {}) == content
    assert updated(b"%PDF-1.4\nnothing", {1: b"<< >>"}) == b"%PDF-1.4\nnothing"


def test_that_letters_are_not_told_if_glyphs_are_numbered_otherwise(target: Path) -> None:
    write_pdf(shift_paper("en"), target)
    content = target.read_bytes()
    # As Qt left it: what was added begins after its end.
    document = content[: content.index(b"%%EOF") + 6]
    fonts = len(re.findall(rb"/Subtype /Type0", document))
    assert letter_tables(document, [{}] * (fonts + 1)) == {}
    wrong = dict.fromkeys(range(1, 60), "x")
    assert letter_tables(document, [wrong] * fonts) == {}


def test_that_letters_that_join_are_found_as_they_are_typed(target: Path) -> None:
    write_pdf(shift_paper("fa"), target)
    document = QtPdf.QPdfDocument()
    document.load(str(target))
    told = document.getAllText(0).text()
    for words in ("پشتیبانی", "سطح خدمت", *(each.title for each in shift_paper("fa").tables[:1])):
        assert words.replace("\u200c", "") in told, words
    # Neither what joins and turns letters, nor the space at which a line was broken.
    assert not re.search("[\u200b-\u200f\u2060-\u2069]", told)
    assert not re.search("\\w [یسحفن](?: |$)", told)
    assert "۳٬۸۹۰" in told
    assert not re.search("[\ufb50-\ufdff\ufe70-\ufefe]", told), "shapes instead of letters"


def test_that_letters_are_letters_and_charts_are_lines(target: Path) -> None:
    write_pdf(shift_paper("fa"), target)
    content = target.read_bytes()
    assert b"/FontFile2" in content
    assert b"/Subtype /Image" not in content


@pytest.mark.parametrize("language", ["en", "fa"])
def test_that_nothing_is_cut_or_runs_into_the_margin_whatever_stands_in_it(
    target: Path, language: str
) -> None:
    words = {"answered": "Answered"}
    kinds = [
        column("queue", CellKind.TEXT, language),
        column("number", CellKind.PHONE, language),
        *(column("asa", CellKind.DURATION, language) for _ in range(5)),
        column("ending", CellKind.WORD, language, words=words),
        *(column("offered", CellKind.COUNT, language) for _ in range(14)),
    ]
    columns = tuple(replace(each, key=f"{each.key}{at}") for at, each in enumerate(kinds))
    row = (HOSTILE, "0912" * 30, *(None,) * 5, "answered", *range(10**6, 10**6 + 14))
    table = PaperTable(key="wide", title="Wide " * 40, columns=columns, rows=(row,) * 3)
    found = read(paper_with(language, table), target)
    told = found.all_text()
    for number in row[-14:]:
        text = f"{number:,}"
        if language == "fa":
            text = text.translate(str.maketrans("0123456789,", "۰۱۲۳۴۵۶۷۸۹٬"))
        assert told.count(text) == 3
    # The first column stands in both parts of the table.
    assert told.count("HYPERLINK") == 2 * 3
    assert told.count("بسیار") == 2 * 3 * 12
    assert "".join(told.split()).count("0912" * 30) == 3
    edge = round(MARGIN / POINTS) - 2
    for page in range(found.pages):
        size = found.document.pagePointSize(page)
        image = found.picture(page, round(size.width()))
        inside = QRectF(edge, edge, image.width() - 2 * edge, image.height() - 2 * edge)
        painter = QPainter(image)
        painter.fillRect(inside, Qt.GlobalColor.white)
        painter.end()
        assert set(pixels(image)) == {0xFFFFFFFF}, f"page {page}"


def pixels(image: QImage) -> Iterator[int]:
    return iter(memoryview(image.constBits()).cast("I"))


@pytest.mark.parametrize("language", ["en", "fa"])
def test_that_the_preview_looks_like_the_file(target: Path, language: str) -> None:
    paper = shift_paper(language)
    found = read(paper, target)
    plan = plan_of(paper)
    assert len(plan.sheets) == found.pages
    wide, high = plan.sheets[0].size
    image = QImage(QSize(900, round(900 * high / wide)), QImage.Format.Format_RGB32)
    image.fill(PAPER)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(900 / wide, 900 / wide)
    Press(plan).paint(painter, 0)
    painter.end()
    theirs = found.picture(0, 900).scaled(image.size())
    assert worst_difference(image, theirs) < 12
    # And differs where there is another page.
    assert worst_difference(image, found.picture(1, 900).scaled(image.size())) > 25


def test_that_how_far_it_is_only_grows_and_ends_at_the_whole(qtbot: QtBot) -> None:
    told: list[float] = []
    pdf_of(calls_paper("en", 400), told.append)
    assert told == sorted(told)
    assert told[-1] == pytest.approx(1.0)
    assert len(told) > 5


@pytest.mark.parametrize("after", [0, 1, 6])
def test_that_one_that_is_stopped_leaves_no_file(target: Path, after: int) -> None:
    asked = iter([False] * after)
    with pytest.raises(PaperStopped):
        write_pdf(calls_paper("en", 400), target, stop=lambda: next(asked, True))
    assert list(target.parent.iterdir()) == []


def test_that_a_folder_that_is_gone_is_told(qtbot: QtBot, tmp_path: Path) -> None:
    with pytest.raises(PaperNotWritten) as raised:
        write_pdf(calls_paper("en", 1), tmp_path / "gone" / "report.pdf")
    assert raised.value.fault is PaperFault.FOLDER_GONE
