"""A paper as a PDF: vector pages with fonts embedded, told what language and direction it has.

Qt writes the pages. What it does not say is added behind it: which letters the glyphs stand for,
the language of the text, the direction of reading, and that a viewer shows the title. Tags for
screen readers can't be added: Qt's writer knows no structure of a page.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter

from wallboard import VERSION
from wallboard.domain.paper import Paper, PaperStopped, Progress, Stop
from wallboard.papers.pace import never, nobody
from wallboard.papers.whole import whole_file
from wallboard.ui.print.glyph_book import GlyphBook
from wallboard.ui.print.pdf_language import catalog_with_language
from wallboard.ui.print.pdf_letters import letter_tables
from wallboard.ui.print.pdf_update import updated
from wallboard.ui.print.press import Press
from wallboard.ui.print.sheets import Plan, plan_of

_PER_INCH: Final = 720
"""A unit of the plan is a tenth of a point."""
_PLANNING: Final = 0.2
"""So much of the work is to plan the sheets."""


def write_pdf(
    paper: Paper, target: Path, progress: Progress = nobody, stop: Stop = never
) -> tuple[Path, ...]:
    """Write a paper as a PDF file; there must be a QGuiApplication. In any thread.

    Returns:
        The file.

    Raises:
        PaperNotWritten: And why; what stood under its name, still stands.
        PaperStopped: Somebody asked for that.
    """
    with whole_file(target) as handle:
        handle.write(pdf_of(paper, progress, stop))
    return (target,)


def pdf_of(paper: Paper, progress: Progress = nobody, stop: Stop = never) -> bytes:
    """Return a paper as a PDF; there must be a QGuiApplication. In any thread.

    Raises:
        PaperStopped: Somebody asked for that.
    """
    plan = plan_of(paper, progress=lambda done: progress(_PLANNING * done), stop=stop)
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    book = GlyphBook()
    try:
        _print(plan, buffer, book, lambda done: progress(_PLANNING + (1 - _PLANNING) * done), stop)
    finally:
        buffer.close()
    document = bytes(data.data())
    catalog = catalog_with_language(document, paper.language, right_to_left=paper.right_to_left)
    return updated(document, {**catalog, **letter_tables(document, book.faces())})


def _print(plan: Plan, buffer: QBuffer, book: GlyphBook, progress: Progress, stop: Stop) -> None:
    writer = QPdfWriter(buffer)
    writer.setResolution(_PER_INCH)
    writer.setTitle(plan.paper.title)
    writer.setCreator(f"Wallboard {VERSION}")
    writer.setPageLayout(_layout(landscape=plan.sheets[0].landscape))
    press = Press(plan, book)
    with QPainter(writer) as painter:
        for at in range(len(plan.sheets)):
            if stop():
                raise PaperStopped
            if at:
                writer.newPage()
            press.paint(painter, at)
            progress((at + 1) / len(plan.sheets))


def _layout(*, landscape: bool) -> QPageLayout:
    turned = QPageLayout.Orientation.Landscape if landscape else QPageLayout.Orientation.Portrait
    size = QPageSize(QPageSize.PageSizeId.A4)
    return QPageLayout(size, turned, QMarginsF(0, 0, 0, 0))
