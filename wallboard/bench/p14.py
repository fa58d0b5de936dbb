"""P14: how fast five thousand rows of Persian become a PDF, against a QTextDocument.

Against WeasyPrint as well where somebody has installed it: it wants a system's own libraries, a
minute and half a gigabyte for this, so it is not among what measurements need.
"""

from __future__ import annotations

import importlib.util
import os
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from html import escape
from importlib import import_module
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QGuiApplication, QPageLayout, QPageSize, QPdfWriter, QTextDocument

from wallboard.bench.measure import Figure, Result, Wanted, middle
from wallboard.domain.paper import Notation, Paper, PaperColumn, PaperTable, PaperWords
from wallboard.domain.paper_text import cell_text
from wallboard.domain.reporting import CellKind, Grounds, ReportKind
from wallboard.ui.print.pdf import write_pdf

ROWS: Final = 5_000
QUICK_ROWS: Final = 1_000
_BEGAN: Final = datetime(2026, 11, 22, 2, 30, tzinfo=UTC)
_ZONE: Final = ZoneInfo("Asia/Tehran")
_QUEUES: Final = ("پشتیبانی فارسی", "فروش", "امور مالی", "ویژه", "مرجوعی و شکایت")
_FIRST: Final = ("سارا", "رضا", "مریم", "علی", "زهرا", "حسین", "نرگس", "امیر", "لیلا", "مهدی")
_LAST: Final = ("تهرانی", "محمدی", "کریمی", "احمدی", "رضایی", "موسوی", "جعفری", "صادقی")
_COLUMNS: Final = (
    PaperColumn(key="arrived", heading="زمان ورود", kind=CellKind.INSTANT),
    PaperColumn(key="queue", heading="صف", kind=CellKind.TEXT),
    PaperColumn(key="agent", heading="کارشناس", kind=CellKind.TEXT),
    PaperColumn(key="wait", heading="انتظار", kind=CellKind.DURATION),
    PaperColumn(key="talk", heading="مکالمه", kind=CellKind.DURATION),
)
_DIGITS: Final = "۰۱۲۳۴۵۶۷۸۹"


def measure(wanted: Wanted) -> Result:
    """Print the same rows in turn, and compare processor time; all files must be PDFs."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QGuiApplication.instance() or QGuiApplication(["bench"])
    rounds, rows = (1, QUICK_ROWS) if wanted.quick else (3, ROWS)
    paper = _paper(rows)
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "calls.pdf"

        def ours() -> None:
            write_pdf(paper, target)

        def stock() -> None:
            _by_document(paper, target)

        took = _in_turns((ours, stock), rounds, target)
        figures = [
            Figure(
                name=f"{rows} rows, processor time",
                value=middle(took[ours]),
                unit="s",
                peer=middle(took[stock]),
                limit=0.30,
            )
        ]
        if importlib.util.find_spec("weasyprint") is not None:
            began = time.process_time()
            _by_weasyprint(paper, target)
            figures.append(
                Figure(
                    name=f"{rows} rows, against WeasyPrint",
                    value=middle(took[ours]),
                    unit="s",
                    peer=time.process_time() - began,
                    limit=0.05,
                )
            )
    del application
    return Result(key="p14", title="rows of Persian as a PDF", figures=tuple(figures))


def _in_turns(
    ways: tuple[Callable[[], None], ...], rounds: int, target: Path
) -> dict[Callable[[], None], list[float]]:
    took: dict[Callable[[], None], list[float]] = {way: [] for way in ways}
    for number in range(rounds + 1):
        for way in ways if number % 2 else ways[::-1]:
            began = time.process_time()
            way()
            spent = time.process_time() - began
            if not target.read_bytes().startswith(b"%PDF"):
                raise AssertionError("what was written is no PDF")
            # The first round warms up the fonts.
            if number:
                took[way].append(spent)
    return took


def _paper(rows: int) -> Paper:
    """Return a list of so many calls, as a Persian report prints it."""
    table = PaperTable(
        key="calls",
        title="فهرست تماس‌ها",
        columns=_COLUMNS,
        rows=tuple(_row(at) for at in range(rows)),
        listing=True,
    )
    return Paper(
        kind=ReportKind.CALLS,
        language="fa",
        right_to_left=True,
        notation=Notation(digits=_DIGITS, group="٬", decimal="٫", percent="٪", jalali=True),
        title="گزارش تماس‌ها",
        subtitle="یکشنبه ۱ آذر ۱۴۰۵",
        zone=_ZONE,
        grounds=Grounds(
            begin=_BEGAN,
            end=_BEGAN + timedelta(days=1),
            site="تهران",
            zone="Asia/Tehran",
            made_at=_BEGAN + timedelta(days=1),
        ),
        lines=(),
        tables=(table,),
        words=PaperWords(page="صفحهٔ {page} از {pages}"),
    )


def _row(at: int) -> tuple[datetime, str, str, timedelta, timedelta]:
    agent = f"{_FIRST[at % len(_FIRST)]} {_LAST[at * 7 // 3 % len(_LAST)]}"
    wait, talk = timedelta(seconds=at * 7 % 300), timedelta(seconds=at * 31 % 2000)
    return _BEGAN + timedelta(seconds=5 * at), _QUEUES[at % len(_QUEUES)], agent, wait, talk


def _html(paper: Paper, *, mirrored: bool) -> str:
    """Return the table as HTML.

    Args:
        mirrored: True for a reader that puts the first column on the left in Persian, too.
    """
    table = paper.tables[0]
    order = range(len(table.columns))[:: -1 if mirrored else 1]
    head = "".join(f"<th>{escape(table.columns[at].heading)}</th>" for at in order)
    rows = "".join(
        "<tr>"
        + "".join(
            f"<td>{escape(cell_text(row[at], table.columns[at], paper.notation, paper.zone))}</td>"
            for at in order
        )
        + "</tr>"
        for row in table.rows
    )
    return f"<table dir='rtl' width='100%'><thead><tr>{head}</tr></thead>{rows}</table>"


def _by_document(paper: Paper, target: Path) -> None:
    """The stock way: rich text."""
    writer = QPdfWriter(str(target))
    writer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4),
            QPageLayout.Orientation.Portrait,
            QMarginsF(40, 40, 40, 40),
        )
    )
    document = QTextDocument()
    document.setHtml(_html(paper, mirrored=True))
    document.print_(writer)


def _by_weasyprint(paper: Paper, target: Path) -> None:
    weasyprint = import_module("weasyprint")
    told = f"<html dir='rtl' lang='fa'><body>{_html(paper, mirrored=False)}</body></html>"
    weasyprint.HTML(string=told).write_pdf(str(target))
