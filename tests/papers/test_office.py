"""What LibreOffice makes of the files: the figures, no formula, and a page that can be read."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TypeAlias
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import QSize
from PySide6.QtPdf import QPdfDocument
from support.campaign import size_of_campaign
from support.papers import TEHRAN, any_paper, hostile_paper

from wallboard.domain.paper import Paper
from wallboard.domain.reporting import Cell
from wallboard.papers.as_csv import write_csv
from wallboard.papers.as_xlsx import write_xlsx

_SOFFICE = shutil.which("soffice")
pytestmark = [
    pytest.mark.skipif(_SOFFICE is None, reason="needs LibreOffice: libreoffice-calc-nogui"),
    pytest.mark.timeout(1200),  # for the campaign in full
]

Told: TypeAlias = float | datetime | None

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_LINK = "{http://www.w3.org/1999/xlink}"


_HOSTILE = size_of_campaign(500, 100_000)
_LEAST_READ = 0.97
"""Some hostile texts are nothing once what nobody sees is taken away."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with our files, and in `told` what LibreOffice made of them in two runs."""
    folder = tmp_path_factory.mktemp("office")
    # Most of its time goes into drawing what is long.
    hostile = hostile_paper(_HOSTILE, longest=120)
    write_xlsx(figures(), folder / "figures.xlsx")
    write_xlsx(hostile, folder / "hostile.xlsx")
    texts = write_csv(hostile, folder / "texts.csv")
    _convert(folder, "fods", folder / "figures.xlsx", folder / "hostile.xlsx", *texts[:2])
    _convert(folder, "pdf", folder / "figures.xlsx")
    return folder


def figures() -> Paper:
    """Return the paper of which each figure is looked for."""
    return any_paper(60, persian=True)


def _convert(folder: Path, form: str, *paths: Path) -> None:
    office = f"-env:UserInstallation=file://{folder / 'office'}"
    words = (office, "--headless", "--convert-to", form, "--outdir", str(folder / "told"))
    subprocess.run([str(_SOFFICE), *words, *map(str, paths)], check=True, capture_output=True)


def test_that_libreoffice_reads_every_figure_that_was_put_in(folder: Path) -> None:
    paper = figures()
    sheets = _sheets(folder / "told" / "figures.fods")

    compared = 0
    for table, sheet in zip(paper.tables, sheets[1:], strict=False):
        for put, found in zip(table.rows, sheet[1:], strict=False):
            known = [told for told in found if told is not None]
            for cell in put:
                if cell is None or isinstance(cell, str):
                    continue
                assert any(_is_same(told, cell) for told in known), (cell, known)
                compared += 1
    assert compared > 500


def test_that_libreoffice_finds_no_formula_and_no_link(folder: Path) -> None:
    told = [path for path in (folder / "told").glob("*.fods") if path.stem != "figures"]
    assert len(told) == 3

    for path in told:
        root = ET.parse(path).getroot()
        cells_seen = list(root.iter(f"{_TABLE}table-cell"))
        with_text = sum(cell.find(f"{_TEXT}p") is not None for cell in cells_seen)
        assert with_text > (20 if path.stem == "texts" else _LEAST_READ * _HOSTILE)
        assert not [cell for cell in cells_seen if cell.get(f"{_TABLE}formula")]
        assert not [link for link in root.iter(f"{_TEXT}a") if link.get(f"{_LINK}href")]


def test_that_a_persian_workbook_makes_pages_that_are_read_from_the_right(folder: Path) -> None:
    pages = QPdfDocument()
    pages.load(str(folder / "told" / "figures.pdf"))
    page = pages.render(0, QSize(700, 990))

    assert not page.isNull()
    halves = [0, 0]
    for y in range(page.height() // 5):
        for x in range(page.width()):
            color = page.pixelColor(x, y)
            if color.alpha() > 128 and color.lightness() < 128:
                halves[x >= page.width() // 2] += 1
    # Title, labels and figures stand where reading begins: on the right.
    assert halves[1] > 300
    assert halves[1] > 2 * halves[0]


def _sheets(path: Path) -> list[list[list[Told]]]:
    """Return what each cell of each row of each sheet tells."""
    (book,) = ET.parse(path).getroot().iter(f"{_OFFICE}spreadsheet")
    return [
        [
            [_told(cell) for cell in row.findall(f"{_TABLE}table-cell")]
            for row in sheet.iter(f"{_TABLE}table-row")
            for _ in range(min(2, int(row.get(f"{_TABLE}number-rows-repeated", "1"))))
        ]
        for sheet in book.findall(f"{_TABLE}table")
    ]


def _told(cell: ET.Element) -> Told:
    """Return a number, seconds or a local time; None for a text."""
    match cell.get(f"{_OFFICE}value-type"):
        case "float" | "percentage":
            return float(cell.get(f"{_OFFICE}value", "nan"))
        case "date":
            return datetime.fromisoformat(cell.get(f"{_OFFICE}date-value", "")[:26])
        case "time":
            hours, rest = cell.get(f"{_OFFICE}time-value", "")[2:].split("H")
            minutes, seconds = rest.rstrip("S").split("M")
            return float(hours) * 3600 + float(minutes) * 60 + float(seconds)
        case _:
            return None


def _is_same(told: Told, cell: Cell) -> bool:
    match cell:
        case timedelta():
            return isinstance(told, float) and abs(told - cell.total_seconds()) < 0.01
        case datetime():
            local = cell.astimezone(TEHRAN).replace(tzinfo=None)
            return isinstance(told, datetime) and abs(told - local) < timedelta(milliseconds=10)
        case date():
            return isinstance(told, datetime) and told.date() == cell
        case int() | float():
            return isinstance(told, float) and abs(told - cell) <= 1e-9 * max(1, abs(cell))
        case _:
            return False
