"""The charts of a workbook: its own, drawn from the cells of its sheets."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

from xlsxwriter import Workbook
from xlsxwriter.chart import Chart
from xlsxwriter.worksheet import Worksheet

from wallboard.domain.paper import Paper, PaperChart, PaperTable
from wallboard.domain.paper_text import cell_text
from wallboard.domain.reporting import Cell, CellKind, ChartKind
from wallboard.papers import palette
from wallboard.papers.lawful_text import lawful, outside
from wallboard.papers.scales import nice_scale
from wallboard.papers.xlsx_columns import SheetColumn, first_is_a_limit, serial_of
from wallboard.papers.xlsx_styles import in_digits, number_format

CHART_ROWS: Final = 19
"""So many rows of the sheet lie behind one chart and the air below it."""

_SIZE: Final = {"width": 860, "height": 340}
_KINDS: Final[Mapping[ChartKind, dict[str, str]]] = {
    ChartKind.LINES: {"type": "line"},
    ChartKind.BARS: {"type": "column"},
    ChartKind.STACK: {"type": "column", "subtype": "stacked"},
}
_DAY_S: Final = 86_400
_MOST_LABELS: Final = 16
_ONE_DAY: Final = timedelta(hours=36)
"""Of so much time the hour alone tells when it was."""


def put_charts(
    book: Workbook,
    sheet: Worksheet,
    row: int,
    paper: Paper,
    columns: Mapping[str, Sequence[SheetColumn]],
    names: Mapping[str, str],
) -> None:
    """Put all charts of the paper on a sheet, from that row on, one below the other.

    Args:
        columns: By the table's key, as they stand on its sheet.
        names: Of the sheets, by the table's key.
    """
    for drawn in paper.charts:
        table = paper.table(drawn.table)
        if not table.rows:
            continue
        chart = _chart(book, drawn, paper, columns[table.key], names[table.key])
        sheet.insert_chart(row, 0, chart, {"object_position": 3})
        row += CHART_ROWS


def _chart(
    book: Workbook, drawn: PaperChart, paper: Paper, columns: Sequence[SheetColumn], name: str
) -> Chart:
    table = paper.table(drawn.table)
    along, axis = _along(drawn, paper, columns)
    chart = book.add_chart(dict(_KINDS[drawn.kind]))
    for key, colour in zip(drawn.series, palette.SERIES * len(drawn.series), strict=False):
        at = next(at for at, each in enumerate(columns) if each.key == key and not each.jalali)
        chart.add_series(
            {
                # A name that begins like a formula would be read as one.
                "name": columns[at].heading.lstrip("="),
                "categories": [name, 1, along, len(table.rows), along],
                "values": [name, 1, at, len(table.rows), at],
                # What a reader of the file sees before anything is worked out anew.
                "categories_data": _shown(columns[along], table, paper),
                "values_data": _shown(columns[at], table, paper),
                **_look(drawn.kind, colour),
            }
        )
    font = {"name": "Tahoma" if paper.language == "fa" else "Calibri", "color": palette.FAINT}
    chart.set_title(
        {"name": lawful(drawn.title).lstrip("="), "name_font": {**font, "size": 12, "bold": True}}
    )
    many = len(table.rows) > _MOST_LABELS
    chart.set_x_axis(
        {
            "num_font": {**font, "rotation": -45} if many else font,
            "line": {"color": palette.RULE},
            "interval_unit": math.ceil(len(table.rows) / _MOST_LABELS),
            **axis,
        }
    )
    chart.set_y_axis(
        {
            "num_font": font,
            **_scale(drawn, table, paper),
            "line": {"none": True},
            "major_gridlines": {"visible": True, "line": {"color": palette.LINE, "width": 0.75}},
        }
    )
    chart.set_legend({"position": "bottom", "font": font})
    chart.show_blanks_as("gap")
    chart.set_size(_SIZE)
    return chart


def _look(kind: ChartKind, colour: str) -> dict[str, Any]:
    if kind is ChartKind.LINES:
        return {"line": {"color": colour, "width": 2.25}}
    return {"fill": {"color": colour}, "border": {"none": True}, "gap": 60}


def _along(
    drawn: PaperChart, paper: Paper, columns: Sequence[SheetColumn]
) -> tuple[int, dict[str, Any]]:
    """Return which of the sheet's columns stands along the axis, and how the axis reads."""
    own = next(at for at, each in enumerate(columns) if each.key == drawn.along)
    if columns[own].kind not in (CellKind.INSTANT, CellKind.DAY):
        return own, {}
    times = [
        row[columns[own].cell]
        for row in paper.table(drawn.table).rows
        if isinstance(row[columns[own].cell], datetime)
    ]
    if times and _within_a_day(times):
        return own, {"num_format": in_digits("hh:mm", paper.notation.digits), "text_axis": True}
    if own + 1 < len(columns) and columns[own + 1].jalali:
        return own + 1, {}
    return own, {"num_format": "mm-dd hh:mm" if times else "yyyy-mm-dd", "text_axis": True}


def _within_a_day(times: Sequence[Cell]) -> bool:
    known = [time for time in times if isinstance(time, datetime)]
    return max(known) - min(known) <= _ONE_DAY


def _shown(column: SheetColumn, table: PaperTable, paper: Paper) -> list[float | str | None]:
    """Return what stands in a column of the sheet: numbers where it has numbers."""
    cells = [row[column.cell] for row in table.rows]
    labels = column.cell == 0 and first_is_a_limit(table)
    if column.jalali or labels:
        own = table.columns[column.cell]
        return [cell_text(cell, own, paper.notation, paper.zone) for cell in cells]
    return [_plain_cell(cell, paper) for cell in cells]


def _plain_cell(cell: Cell, paper: Paper) -> float | str | None:
    match cell:
        case timedelta():
            return cell / timedelta(days=1)
        case date():
            return serial_of(cell, paper.zone)
        case str():
            return outside(cell)
        case _:
            return cell


def _scale(drawn: PaperChart, table: PaperTable, paper: Paper) -> dict[str, Any]:
    """Return the scale of what is drawn: marks at round figures, of times too."""
    places = [at for at, each in enumerate(table.columns) if each.key in drawn.series]
    rows = [[_plain_cell(row[at], paper) for at in places] for row in table.rows]
    sums = drawn.kind is ChartKind.STACK
    known = [[cell for cell in row if isinstance(cell, (int, float))] for row in rows]
    highest = max((sum(row) if sums else max(row) for row in known if row), default=0)
    kind = table.columns[places[0]].kind
    unit = _DAY_S if kind is CellKind.DURATION else 1
    top, step = nice_scale(highest * unit, kind)
    number = number_format(kind, paper.notation.digits).replace("0.0%", "0%")
    return {"num_format": number, "min": 0, "max": top / unit, "major_unit": step / unit}
