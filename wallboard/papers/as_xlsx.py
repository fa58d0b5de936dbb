"""Writes a paper as a workbook: typed cells, native charts, ready to be printed and pivoted."""

from __future__ import annotations

import errno
from collections.abc import Sequence
from datetime import UTC
from pathlib import Path
from typing import Final

import xlsxwriter
from xlsxwriter.exceptions import FileSizeError, XlsxFileError

from wallboard.domain.paper import (
    Paper,
    PaperDefinition,
    PaperFault,
    PaperNotWritten,
    PaperTable,
    Progress,
    Stop,
)
from wallboard.papers.headline import headline
from wallboard.papers.lawful_text import lawful
from wallboard.papers.names import sheet_names
from wallboard.papers.pace import Pace, never, nobody, rows_of
from wallboard.papers.room import room
from wallboard.papers.sink import Sink
from wallboard.papers.whole import whole_file
from wallboard.papers.xlsx_charts import put_charts
from wallboard.papers.xlsx_columns import SheetColumn, putting, sheet_columns
from wallboard.papers.xlsx_long import has_long, long_rows, put_long
from wallboard.papers.xlsx_styles import Styles

MOST_ROWS: Final = 1_048_576
"""A sheet holds so many, the heading's among them."""

_A4: Final = 9
_RIGHT_TO_LEFT: Final = "\u2067"
_END: Final = "\u2069"
_MARGIN_LETTERS: Final = 100
_WIDE: Final = 6
"""From so many columns on a page lies on its side."""
_ROWS_SHARE: Final = 0.8
"""The rest of the work is to pack the file, during which nothing can be told."""
_OPTIONS: Final = {
    # A row is on the disk as soon as the next one begins.
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


def write_xlsx(
    paper: Paper, target: Path, progress: Progress = nobody, stop: Stop = never
) -> tuple[Path, ...]:
    """Write the paper and return the file's path.

    Raises:
        PaperNotWritten: The old file stands, if there was one.
        PaperStopped: Likewise.
    """
    if any(_height(table) > MOST_ROWS for table in paper.tables):
        raise PaperNotWritten(
            PaperFault.TOO_MANY_ROWS, str(target), f"a sheet holds {MOST_ROWS} rows"
        )
    pace = Pace(rows_of(paper) + long_rows(paper), progress, stop, share=_ROWS_SHARE)
    with whole_file(target) as handle, room() as folder:
        book = xlsxwriter.Workbook(Sink(handle, stop), {**_OPTIONS, "tmpdir": folder})
        try:
            _Writer(book, paper, pace).write()
            pace.look()
            book.close()
        except XlsxFileError as error:
            raise _as_told(error) from error
        finally:
            _let_go(book)
    pace.done()
    return (target,)


class _Writer:
    """Fills one workbook, sheet after sheet, each from its first row to its last."""

    def __init__(self, book: xlsxwriter.Workbook, paper: Paper, pace: Pace) -> None:
        self._book = book
        self._paper = paper
        self._pace = pace
        self._styles = Styles(book, paper)
        words = paper.words
        long_table = (words.long_table,) if has_long(paper) else ()
        titles = (words.grounds, *(table.title for table in paper.tables))
        self._names = sheet_names((*titles, *long_table, words.definitions))

    def write(self) -> None:
        """Write all sheets: what the report is, its tables, one for a pivot, what it counts."""
        paper = self._paper
        self._book.set_properties(
            {
                "title": lawful(paper.title),
                "subject": lawful(paper.subtitle),
                "author": lawful(paper.grounds.made_by),
                "created": paper.grounds.made_at.astimezone(UTC).replace(tzinfo=None),
            }
        )
        cover = self._sheet(self._names[0])
        sheets = [self._sheet(name) for name in self._names[1 : 1 + len(paper.tables)]]
        row = self._put_cover(cover)
        columns: dict[str, Sequence[SheetColumn]] = {}
        for table, sheet in zip(paper.tables, sheets, strict=True):
            columns[table.key] = self._put_table(sheet, table)
        names = dict(zip(columns, self._names[1:], strict=False))
        put_charts(self._book, cover, row, paper, columns, names)
        if has_long(paper):
            put_long(self._sheet(self._names[-2]), paper, self._styles, self._pace)
        self._put_definitions(self._sheet(self._names[-1]), paper.definitions)

    def _sheet(self, name: str) -> xlsxwriter.worksheet.Worksheet:
        sheet = self._book.add_worksheet(name)
        if self._paper.right_to_left:
            sheet.right_to_left()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.7)
        paper = self._paper
        begin, end = ("&R", "&L") if paper.right_to_left else ("&L", "&R")
        page = self._in_margin(paper.words.page).format(page="&P", pages="&N")
        title, subtitle = self._in_margin(paper.title), self._in_margin(paper.subtitle)
        sheet.set_header(f"{begin}&B{title}&B{end}{subtitle}")
        sheet.set_footer(f"{begin}&A{end}{page}")
        return sheet

    def _in_margin(self, text: str) -> str:
        """Return a text for a page's margin, in which & has a meaning; it holds 255 signs."""
        told = lawful(text)[:_MARGIN_LETTERS].replace("&", "&&")
        # Nothing else tells its direction there.
        return f"{_RIGHT_TO_LEFT}{told}{_END}" if self._paper.right_to_left else told

    def _put_cover(self, sheet: xlsxwriter.worksheet.Worksheet) -> int:
        """Write what the report rests on, and return the first row that is free below it."""
        paper, styles = self._paper, self._styles
        sheet.hide_gridlines(2)
        sheet.set_column(0, 0, 26)
        sheet.set_column(1, 1, 92)
        sheet.set_row(0, 30)
        sheet.write_string(0, 0, lawful(paper.title), styles.title)
        sheet.write_string(1, 0, lawful(paper.subtitle), styles.subtitle)
        row = self._put_headline(sheet, 3)
        for line in sorted(paper.lines, key=lambda line: not line.weighty):
            text = lawful(line.text)
            sheet.write_string(
                row, 0, lawful(line.label), styles.weighty if line.weighty else styles.label
            )
            sheet.write_string(row, 1, text, styles.weighty if line.weighty else styles.line)
            row += 1
        return row + 1

    def _put_headline(self, sheet: xlsxwriter.worksheet.Worksheet, row: int) -> int:
        """Write the figures of the whole, if they are there, and return the next row."""
        figures = headline(self._paper)
        for column, cell in figures:
            style = self._styles.headline(column.kind)
            sheet.write_string(row, 0, lawful(column.heading), self._styles.middle)
            if cell is None:
                sheet.write_string(row, 1, self._paper.notation.unknown, style)
            else:
                putting(sheet, 1, column, self._paper.zone, style)(row, cell)
            row += 1
        return row + 1 if figures else row

    def _put_table(
        self, sheet: xlsxwriter.worksheet.Worksheet, table: PaperTable
    ) -> Sequence[SheetColumn]:
        columns = sheet_columns(sheet, table, self._paper, self._styles)
        for at, column in enumerate(columns):
            sheet.set_column(at, at, column.width)
        if len(columns) > _WIDE:
            sheet.set_landscape()
        sheet.set_row(0, 32)
        for at, column in enumerate(columns):
            sheet.write_string(0, at, column.heading, self._styles.heading(column.kind))
        row = 0
        for row, cells in enumerate(self._pace.through(table.rows), start=1):
            for column in columns:
                column.put(row, cells[column.cell])
        if not table.rows:
            sheet.write_string(1, 0, lawful(self._paper.words.no_rows), self._styles.faint)
        if table.total is not None:
            self._put_total(max(row, 1) + 1, table, columns)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        sheet.autofilter(0, 0, max(row, 1), len(columns) - 1)
        return columns

    def _put_total(self, row: int, table: PaperTable, columns: Sequence[SheetColumn]) -> None:
        total = table.total or ()
        for column in columns:
            column.put_total(row, total[column.cell])

    def _put_definitions(
        self, sheet: xlsxwriter.worksheet.Worksheet, definitions: Sequence[PaperDefinition]
    ) -> None:
        words, styles = self._paper.words, self._styles
        headings = (
            (words.definition_name, 30),
            (words.definition_meaning, 80),
            (words.definition_formula, 60),
        )
        sheet.set_landscape()
        sheet.set_row(0, 24)
        for at, (heading, width) in enumerate(headings):
            sheet.set_column(at, at, width)
            sheet.write_string(0, at, lawful(heading), styles.heading(None))
        for row, told in enumerate(definitions, start=1):
            for at, text in enumerate((told.name, told.meaning, told.formula)):
                sheet.write_string(row, at, lawful(text), styles.line if at else styles.label)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)


def _height(table: PaperTable) -> int:
    return len(table.rows) + 1 + (table.total is not None)


def _as_told(error: XlsxFileError) -> OSError:
    """Return the system's error that the library has wrapped."""
    if isinstance(error, FileSizeError):
        return OSError(errno.EFBIG, "the workbook is larger than 4 GB")
    inner = error.args[0] if error.args else None
    return inner if isinstance(inner, OSError) else OSError(errno.EIO, str(error))


def _let_go(book: xlsxwriter.Workbook) -> None:
    """Close what a workbook that was given up has open; what is open cannot be removed."""
    book.fileclosed = True
    for part in (*book.worksheets(), *book.charts):
        for name in ("row_data_fh", "fh"):
            handle = getattr(part, name, None)
            if handle is not None:
                handle.close()
