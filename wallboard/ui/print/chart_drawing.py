"""Charts on paper: lines and columns over time, bars of things that have names; all of it lines.

Time runs from left to right in both languages. What is not known leaves a gap.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from wallboard.domain.paper import Paper, PaperChart, PaperColumn, PaperTable
from wallboard.domain.paper_text import cell_text, day_text, duration_text, number_text, ratio_text
from wallboard.domain.reporting import Cell, CellKind, ChartKind
from wallboard.domain.value import value
from wallboard.papers.scales import mark_text, nice_scale
from wallboard.ui.easel import flood
from wallboard.ui.print.inks import FRAME, INK, INK2, SERIES
from wallboard.ui.print.lettering import POINT, Flow, Lettering, Style

_HEIGHT: Final = 165 * POINT
"""Of a chart over time with all that belongs to it."""
_BAR: Final = 21 * POINT
_HEAD: Final = 36 * POINT
"""Title and what the series are called."""
MOST_BARS: Final = 10
"""So many things are drawn of a table that tells of more; the first of it."""

_HAIR: Final = 0.5 * POINT
_LINE: Final = 1.4 * POINT
_GAP: Final = 6 * POINT
_MARKS: Final = 42 * POINT
"""How wide the place is where the values of the axis stand."""
_LABELS: Final = 13 * POINT
_DASHES: Final = (
    Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DotLine, Qt.PenStyle.DashDotLine,
)  # fmt: skip


@value
class _Drawn:
    """What is drawn: the values of each series along the axis.

    Attributes:
        top: The value at the top of the axis, above 0.
        step: How far the marks of the axis are apart.
    """

    paper: Paper
    table: PaperTable
    along: int
    columns: tuple[PaperColumn, ...]
    values: tuple[tuple[float | None, ...], ...]
    top: float
    step: float


def draw_chart(
    painter: QPainter, chart: PaperChart, paper: Paper, letters: Lettering, box: QRectF
) -> None:
    """Draw a chart with its title and what its series are called.

    Args:
        box: Its left, top and width.
    """
    drawn = _drawn(chart, paper)
    side = _Side(painter, letters, box, rtl=paper.right_to_left)
    top = side.title(chart.title, box.top())
    if len(drawn.columns) > 1:
        top = side.legend(drawn.columns, top, chart.kind)
    high = box.top() + chart_height(chart, paper) - top - _GAP
    room = QRectF(box.left(), top + _GAP, box.width(), high)
    if _is_timed(chart, paper):
        _draw_over_time(painter, chart.kind, drawn, letters, room)
    else:
        _draw_bars(side, chart.kind, drawn, room)


def chart_height(chart: PaperChart, paper: Paper) -> float:
    """Return how high a chart is with its title."""
    if _is_timed(chart, paper):
        return _HEIGHT
    return _HEAD + _BAR * min(MOST_BARS, len(paper.table(chart.table).rows))


def _is_timed(chart: PaperChart, paper: Paper) -> bool:
    """Return whether something follows on something along its axis, so that it is drawn upright."""
    columns = paper.table(chart.table).columns
    along = next(column for column in columns if column.key == chart.along)
    return chart.kind is ChartKind.LINES or along.kind not in (CellKind.TEXT, CellKind.WORD)


class _Side:
    """A painter that knows on which side lines start."""

    def __init__(self, painter: QPainter, letters: Lettering, box: QRectF, *, rtl: bool) -> None:
        self.painter = painter
        self.letters = letters
        self.box = box
        self.rtl = rtl

    def left(self, start: float, width: float) -> float:
        """Return the left of what is so wide and begins so far from the start of the line."""
        if self.rtl:
            return self.box.right() - start - width
        return self.box.left() + start

    def title(self, text: str, top: float) -> float:
        """Draw the title; return where it ends."""
        self.painter.setPen(INK)
        line = self.letters.cut(text, Style.HEADING, self.box.width())
        self.letters.draw(self.painter, line, self.left(0.0, line.width), top)
        return top + self.letters.height(Style.HEADING)

    def legend(self, columns: Sequence[PaperColumn], top: float, kind: ChartKind) -> float:
        """Draw what the series are called; return where it ends."""
        start, high = 0.0, self.letters.height(Style.LABEL)
        for at, column in enumerate(columns):
            mark = QRectF(self.left(start, 16 * POINT), top, 16 * POINT, high)
            middle = mark.center().y()
            if kind is ChartKind.LINES:
                self.painter.setPen(_pen(at))
                self.painter.drawLine(QLineF(mark.left(), middle, mark.right(), middle))
            else:
                block = 0.6 * high
                flood(
                    self.painter,
                    QRectF(mark.center().x() - block / 2, middle - block / 2, block, block),
                    _fill(at),
                )
            start += 20 * POINT
            self.painter.setPen(INK2)
            line = self.letters.line(column.heading, Style.LABEL)
            self.letters.draw(self.painter, line, self.left(start, line.width), top)
            start += line.width + 16 * POINT
        return top + high


def _drawn(chart: PaperChart, paper: Paper) -> _Drawn:
    table = paper.table(chart.table)
    places = {column.key: at for at, column in enumerate(table.columns)}
    chosen = [places[key] for key in chart.series]
    values = tuple(tuple(_number(row[at]) for row in table.rows) for at in chosen)
    columns = tuple(table.columns[at] for at in chosen)
    if chart.kind is ChartKind.STACK:
        sums = [sum(each or 0.0 for each in row) for row in zip(*values, strict=True)]
    else:
        sums = [each for series in values for each in series if each is not None]
    top, step = nice_scale(max(sums, default=0.0), columns[0].kind)
    return _Drawn(
        paper=paper,
        table=table,
        along=places[chart.along],
        columns=columns,
        values=values,
        top=top,
        step=step,
    )


def _number(cell: Cell) -> float | None:
    match cell:
        case timedelta():
            return cell.total_seconds()
        case int() | float():
            return float(cell)
        case _:
            return None


def _value_text(kind: CellKind, number: float, paper: Paper) -> str:
    if kind is CellKind.RATIO:
        return ratio_text(number, paper.notation)
    if kind is CellKind.DURATION:
        return duration_text(timedelta(seconds=number), paper.notation)
    return number_text(number, paper.notation)


def _pen(at: int) -> QPen:
    pen = QPen(SERIES[at % len(SERIES)], _LINE, _DASHES[at % len(_DASHES)])
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    return pen


# Over time


def _draw_over_time(
    painter: QPainter, kind: ChartKind, drawn: _Drawn, letters: Lettering, room: QRectF
) -> None:
    field = room.adjusted(_MARKS, 0, -_GAP, -_LABELS)
    _draw_scale(painter, drawn, letters, field)
    count = len(drawn.table.rows)
    step = field.width() / max(1, count)
    _draw_times(painter, drawn, letters, field)
    if kind is ChartKind.LINES:
        for at, series in enumerate(drawn.values):
            painter.setPen(_pen(at))
            _draw_line(painter, series, drawn.top, field, step)
    else:
        _draw_columns(painter, kind, drawn, field, step)


def _draw_scale(painter: QPainter, drawn: _Drawn, letters: Lettering, field: QRectF) -> None:
    kind, notation = drawn.columns[0].kind, drawn.paper.notation
    for number in range(round(drawn.top / drawn.step) + 1):
        mark = number * drawn.step
        y = field.bottom() - mark / drawn.top * field.height()
        painter.setPen(QPen(FRAME if number else INK2, _HAIR))
        painter.drawLine(QLineF(field.left(), y, field.right(), y))
        painter.setPen(INK2)
        text = mark_text(mark, drawn.step, kind, notation)
        line = letters.line(text, Style.FOOT, Flow.LATIN)
        high = letters.height(Style.FOOT)
        letters.draw(painter, line, field.left() - _GAP - line.width, y - high / 2)


def _draw_times(painter: QPainter, drawn: _Drawn, letters: Lettering, field: QRectF) -> None:
    rows = drawn.table.rows
    step = field.width() / max(1, len(rows))
    painter.setPen(INK2)
    texts = [_along_text(row[drawn.along], drawn) for row in rows]
    widest = max((letters.width(text, Style.FOOT, Flow.LATIN) for text in texts[:3]), default=1.0)
    every = max(1, -(-int(widest + 2 * _GAP) // max(1, int(step))))
    every = next((each for each in (1, 2, 4, 8, 12, 24, 48, 96) if each >= every), every)
    for at in range(0, len(texts), every):
        line = letters.line(texts[at], Style.FOOT, Flow.LATIN)
        left = field.left() + (at + 0.5) * step - line.width / 2
        left = max(field.left() - _MARKS, min(left, field.right() + _GAP - line.width))
        letters.draw(painter, line, left, field.bottom() + 2 * POINT)


def _along_text(cell: Cell, drawn: _Drawn) -> str:
    paper = drawn.paper
    match cell:
        case datetime():
            local = cell.astimezone(paper.zone)
            digits = str.maketrans("0123456789", paper.notation.digits)
            return f"{local:%H:%M}".translate(digits)
        case date():
            # The year stands in the head of the report.
            return day_text(cell, paper.notation)[5:]
        case _:
            column = drawn.table.columns[drawn.along]
            return cell_text(cell, column, paper.notation, paper.zone)


def _draw_line(
    painter: QPainter, series: Sequence[float | None], top: float, field: QRectF, step: float
) -> None:
    points: list[QPointF] = []
    for at, number in enumerate((*series, None)):
        if number is not None:
            y = field.bottom() - number / top * field.height()
            points.append(QPointF(field.left() + (at + 0.5) * step, y))
            continue
        if len(points) == 1:
            # One value between two gaps is a short stroke.
            only = points[0]
            points = [only - QPointF(_LINE, 0), only + QPointF(_LINE, 0)]
        if points:
            painter.drawPolyline(QPolygonF(points))
        points = []


def _draw_columns(
    painter: QPainter, kind: ChartKind, drawn: _Drawn, field: QRectF, step: float
) -> None:
    stacked = kind is ChartKind.STACK
    lots = 1 if stacked else len(drawn.values)
    wide = 0.74 * step / lots
    for at in range(len(drawn.table.rows)):
        floor = 0.0
        for number, series in enumerate(drawn.values):
            told = series[at]
            if told is None:
                continue
            high = told / drawn.top * field.height()
            left = field.left() + at * step + 0.13 * step + (0 if stacked else number * wide)
            bottom = field.bottom() - floor
            flood(painter, QRectF(left, bottom - high, wide, high), _fill(number))
            floor += high if stacked else 0.0


def _fill(at: int) -> QColor:
    return SERIES[at % len(SERIES)]


# Of things that have names


def _draw_bars(side: _Side, kind: ChartKind, drawn: _Drawn, room: QRectF) -> None:
    painter, letters = side.painter, side.letters
    rows = drawn.table.rows[:MOST_BARS]
    high = min(room.height() / max(1, len(rows)), _BAR)
    names = min(0.3 * room.width(), 150 * POINT)
    figures = 60 * POINT
    line_high = letters.height(Style.LABEL)
    column = drawn.table.columns[drawn.along]
    for at, row in enumerate(rows):
        top = room.top() + at * high
        told = cell_text(row[drawn.along], column, drawn.paper.notation, drawn.paper.zone)
        flow = Flow.OWN if column.kind is CellKind.TEXT else Flow.OURS
        name = letters.cut(told, Style.LABEL, names - _GAP, flow)
        painter.setPen(INK)
        letters.draw(painter, name, side.left(0.0, name.width), top + (high - line_high) / 2)
        values = [series[at] for series in drawn.values]
        reach = room.width() - names - figures
        end = _draw_bar(
            side,
            kind,
            [each if each is None else each / drawn.top * reach for each in values],
            names,
            (top, high),
        )
        known = [each for each in values if each is not None]
        if known and (kind is ChartKind.STACK or len(values) == 1):
            text = _value_text(drawn.columns[0].kind, sum(known), drawn.paper)
            figure = letters.line(text, Style.LABEL, Flow.LATIN)
            painter.setPen(INK2)
            left = side.left(end + _GAP, figure.width)
            letters.draw(painter, figure, left, top + (high - line_high) / 2)


def _draw_bar(
    side: _Side,
    kind: ChartKind,
    lengths: Sequence[float | None],
    start: float,
    place: tuple[float, float],
) -> float:
    """Draw the bars of one thing, one after the other or below each other; return where they end.

    Args:
        place: The top of what there is for them, and how high it is.
    """
    top, high = place
    stacked = kind is ChartKind.STACK
    thick = 0.66 * high / (1 if stacked else len(lengths))
    end = begin = start
    for at, length in enumerate(lengths):
        if length is None:
            continue
        y = top + 0.17 * high + (0 if stacked else at * thick)
        flood(side.painter, QRectF(side.left(begin, length), y, length, thick), _fill(at))
        end = max(end, begin + length)
        begin += length if stacked else 0.0
    return end
