"""How a table's cells become cells of a sheet: each column knows how to put one of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import Final, TypeAlias

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from wallboard.domain.paper import Notation, Paper, PaperColumn, PaperTable
from wallboard.domain.paper_text import cell_text, day_text
from wallboard.domain.reporting import Cell, CellKind
from wallboard.papers.lawful_text import lawful, outside
from wallboard.papers.xlsx_styles import NUMBERS, Styles

Put: TypeAlias = Callable[[int, Cell], None]
"""Puts a cell in a row of the sheet."""

DAY_ZERO: Final = date(1899, 12, 30).toordinal()
"""From it workbooks count their days; before March 1900 they count wrongly."""

_FIRST_DAY: Final = date(1900, 3, 1).toordinal()
_DAY_S: Final = 86_400
_A_DAY: Final = timedelta(days=1)
_MOST: Final = 1e300
_LOOKED_AT: Final = 300
_WIDEST: Final = 46
_WIDTHS: Final = {
    CellKind.PHONE: 16,
    CellKind.COUNT: 10,
    CellKind.RATIO: 10,
    CellKind.DURATION: 12,
    CellKind.INSTANT: 20,
    CellKind.DAY: 12,
    CellKind.FIGURE: 11,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetColumn:
    """One column of a sheet.

    Attributes:
        key: Of the table's column.
        cell: Which cell of a row it shows.
        jalali: True for the column of texts beside a column of real days.
    """

    key: str
    cell: int
    kind: CellKind
    heading: str
    width: float
    jalali: bool
    put: Put
    put_total: Put


def sheet_columns(
    sheet: Worksheet, table: PaperTable, paper: Paper, styles: Styles
) -> Sequence[SheetColumn]:
    """Return the columns of a table's sheet: its own, and a Jalali one beside each with days."""
    made: list[SheetColumn] = []
    for cell, column in enumerate(table.columns):
        made.append(_own(sheet, len(made), cell, table, (paper, styles)))
        if paper.notation.jalali and column.kind in (CellKind.INSTANT, CellKind.DAY):
            made.append(_jalali(sheet, len(made), cell, column, (paper, styles)))
    return made


def first_is_a_limit(table: PaperTable) -> bool:
    """Return whether rows are told apart by nothing but a time, as those who waited up to it.

    Such times are labels: they are put as texts, for charts take the first one that is no number,
    such as "longer", for a reason to show all others as fractions of a day.
    """
    first, *others = table.columns
    return first.kind is CellKind.DURATION and all(each.kind in NUMBERS for each in others)


def serial_of(cell: date, zone: tzinfo) -> float | None:
    """Return a day or an instant as workbooks count them, by the site's clock.

    None for one before they count rightly.
    """
    if not isinstance(cell, datetime):
        days = cell.toordinal()
        return days - DAY_ZERO if days >= _FIRST_DAY else None
    local = cell.astimezone(zone)
    days = local.toordinal()
    if days < _FIRST_DAY:
        return None
    passed = local.hour * 3600 + local.minute * 60 + local.second + local.microsecond / 1e6
    return days - DAY_ZERO + passed / _DAY_S


def putting(sheet: Worksheet, at: int, column: PaperColumn, zone: tzinfo, style: Format) -> Put:
    """Return what puts a cell of this column in the column `at` of the sheet.

    What is not known stays empty; what is of another kind than its column's is put as text.
    """
    put_text = _putting_text(sheet, at, column, style)
    match column.kind:
        case CellKind.COUNT | CellKind.RATIO | CellKind.FIGURE:
            return _putting_number(sheet, at, style, put_text)
        case CellKind.DURATION:
            return _putting_duration(sheet, at, style, put_text)
        case CellKind.INSTANT | CellKind.DAY:
            return _putting_day(sheet, at, style, put_text, zone)
        case _:
            return put_text


def _putting_number(sheet: Worksheet, at: int, style: Format, otherwise: Put) -> Put:
    number = sheet.write_number

    def put(row: int, cell: Cell) -> None:
        # Also false for what is no number at all, which a workbook cannot hold.
        if isinstance(cell, (int, float)) and -_MOST < cell < _MOST:
            number(row, at, cell, style)
        else:
            otherwise(row, cell if isinstance(cell, str) else None)

    return put


def _putting_duration(sheet: Worksheet, at: int, style: Format, otherwise: Put) -> Put:
    number = sheet.write_number

    def put(row: int, cell: Cell) -> None:
        if isinstance(cell, timedelta):
            number(row, at, cell / _A_DAY, style)
        else:
            otherwise(row, cell)

    return put


def _putting_day(sheet: Worksheet, at: int, style: Format, otherwise: Put, zone: tzinfo) -> Put:
    number = sheet.write_number

    def put(row: int, cell: Cell) -> None:
        serial = serial_of(cell, zone) if isinstance(cell, date) else None
        if serial is None:
            otherwise(row, cell.isoformat() if isinstance(cell, date) else cell)
        else:
            number(row, at, serial, style)

    return put


def _putting_text(sheet: Worksheet, at: int, column: PaperColumn, style: Format) -> Put:
    string, blank = sheet.write_string, sheet.write_blank
    words = {key: lawful(word) for key, word in column.words.items()}
    absent = lawful(column.absent)

    def put(row: int, cell: Cell) -> None:
        if cell is None and absent:
            string(row, at, absent, style)
        elif cell is None or cell == "":
            # An empty text written as one is a cell that is counted.
            blank(row, at, None, style)
        else:
            told = cell if isinstance(cell, str) else str(cell)
            string(row, at, words.get(told) or outside(told), style)

    return put


def _putting_jalali(
    sheet: Worksheet, at: int, notation: Notation, zone: tzinfo, style: Format
) -> Put:
    string, blank = sheet.write_string, sheet.write_blank
    digits = str.maketrans(dict(zip("0123456789", notation.digits, strict=True)))
    known: dict[date, str] = {}

    def put(row: int, cell: Cell) -> None:
        if not isinstance(cell, date):
            blank(row, at, None, style)
            return
        local = cell.astimezone(zone) if isinstance(cell, datetime) else None
        day = cell if local is None else local.date()
        told = known.get(day)
        if told is None:
            told = known[day] = day_text(day, notation)
        if local is not None:
            clock = f"{local.hour:02}:{local.minute:02}:{local.second:02}"
            told = f"{told} {clock.translate(digits)}"
        string(row, at, told, style)

    return put


def _putting_label(
    sheet: Worksheet, at: int, column: PaperColumn, rest: tuple[Paper, Styles]
) -> Put:
    paper, styles = rest
    style = styles.cell(CellKind.PHONE)

    def put(row: int, cell: Cell) -> None:
        told = cell_text(cell, column, paper.notation, paper.zone)
        sheet.write_string(row, at, outside(told), style)

    return put


def _own(
    sheet: Worksheet, at: int, cell: int, table: PaperTable, rest: tuple[Paper, Styles]
) -> SheetColumn:
    paper, styles = rest
    column = table.columns[cell]
    put_total = putting(
        sheet,
        at,
        column,
        paper.zone,
        styles.cell(column.kind, decimals=column.decimals, total=True),
    )
    text = styles.cell(CellKind.TEXT, total=True)

    def total(row: int, told: Cell) -> None:
        if told is None and cell == 0:
            sheet.write_string(row, at, lawful(table.total_word or paper.words.total), text)
        else:
            put_total(row, told)

    return SheetColumn(
        key=column.key,
        cell=cell,
        kind=column.kind,
        heading=lawful(column.heading),
        width=_width(cell, table),
        jalali=False,
        put=_putting_label(sheet, at, column, rest)
        if cell == 0 and first_is_a_limit(table)
        else putting(
            sheet, at, column, paper.zone, styles.cell(column.kind, decimals=column.decimals)
        ),
        put_total=total,
    )


def _jalali(
    sheet: Worksheet, at: int, cell: int, column: PaperColumn, rest: tuple[Paper, Styles]
) -> SheetColumn:
    paper, styles = rest
    notation, zone = paper.notation, paper.zone
    return SheetColumn(
        key=column.key,
        cell=cell,
        kind=column.kind,
        heading=lawful(paper.words.jalali.format(heading=column.heading)),
        width=_WIDTHS[column.kind],
        jalali=True,
        put=_putting_jalali(sheet, at, notation, zone, styles.cell(column.kind)),
        put_total=_putting_jalali(sheet, at, notation, zone, styles.cell(column.kind, total=True)),
    )


def _width(cell: int, table: PaperTable) -> float:
    """Return how many letters wide a column is to be: its heading may take two lines."""
    column = table.columns[cell]
    # The arrow of the filter, and air.
    heading = max((len(word) for word in column.heading.split()), default=0) + 5
    heading = max(heading, len(column.heading) // 2 + 5)
    if column.kind in _WIDTHS:
        return max(_WIDTHS[column.kind], heading)
    longest = 0
    for row in table.rows[:_LOOKED_AT]:
        told = row[cell]
        if isinstance(told, str):
            longest = max(longest, len(column.words.get(told, told)))
    return min(_WIDEST, max(10, heading, longest + 2))
