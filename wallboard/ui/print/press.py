"""Paints one sheet of a plan: with the same hand into a PDF and into a picture on the screen."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from wallboard.domain.paper_text import number_text
from wallboard.domain.reporting import Cell
from wallboard.ui.easel import flood
from wallboard.ui.print.chart_drawing import draw_chart
from wallboard.ui.print.columns import PAD, Lane, speaker
from wallboard.ui.print.glyph_book import GlyphBook
from wallboard.ui.print.inks import FRAME, INK, INK2, MUTED, SHADE, WEIGHTY, WEIGHTY_SHADE
from wallboard.ui.print.lettering import POINT, STRONG, Flow, Lettering, Style
from wallboard.ui.print.sheets import (
    BOX,
    FOOT,
    MARGIN,
    ROW_PAD,
    TITLE_GAP,
    Grid,
    Picture,
    Plan,
    Rows,
    Sheet,
    Title,
    head_height,
)

_HAIR: Final = 0.5 * POINT
_RULE: Final = 1.0 * POINT


class Press:
    """Paints sheets. It belongs to the thread that made it."""

    def __init__(self, plan: Plan, book: GlyphBook | None = None) -> None:
        """Prepare.

        Args:
            book: Notes which letters are drawn. None: nobody asks.
        """
        self._plan = plan
        self._paper = plan.paper
        self._rtl = plan.paper.right_to_left
        self._letters = Lettering(right_to_left=self._rtl, book=book)
        self._say = speaker(plan.paper)
        self._width = 0.0

    def paint(self, painter: QPainter, at: int) -> None:
        """Paint the sheet at a place, from 0, in tenths of a point from its upper left corner.

        The painter is left as it was found; the ground is not painted.
        """
        sheet = self._plan.sheets[at]
        self._width = sheet.size[0] - 2 * MARGIN
        painter.save()
        painter.translate(MARGIN, MARGIN)
        for placed in sheet.parts:
            match placed.part:
                case Title() as title:
                    self._title(painter, title, placed.top)
                case Rows() as rows:
                    self._rows(painter, rows, placed.top)
                case Picture() as picture:
                    box = QRectF(0.0, placed.top, self._width, 0.0)
                    draw_chart(painter, picture.chart, self._paper, self._letters, box)
        self._foot(painter, sheet, at)
        painter.restore()

    # The head of the report

    def _title(self, painter: QPainter, title: Title, top: float) -> None:
        paper, letters = self._paper, self._letters
        room = self._width
        painter.setPen(INK)
        top = self._texts(painter, paper.title, Style.TITLE, (0.0, top, room)) + TITLE_GAP
        painter.setPen(INK2)
        top = self._texts(painter, paper.subtitle, Style.SUBTITLE, (0.0, top, room))
        for line in paper.lines:
            if line.weighty:
                top = self._weighty(painter, f"{line.label}: {line.text}", top + TITLE_GAP)
        if not title.headline:
            return
        top += 2 * TITLE_GAP
        wide = room / len(title.headline)
        for number, (name, figure) in enumerate(title.headline):
            start = number * wide
            if number:
                at = self._left(start - PAD, 0.0)
                self._rule(painter, QLineF(at, top, at, top + BOX), _HAIR, FRAME)
            painter.setPen(INK2)
            label = letters.cut(name, Style.LABEL, wide - 3 * PAD)
            letters.draw(painter, label, self._left(start, label.width), top)
            painter.setPen(INK)
            told = letters.cut(figure, Style.FIGURE, wide - 3 * PAD, Flow.LATIN)
            below = top + letters.height(Style.LABEL)
            letters.draw(painter, told, self._left(start, told.width), below)

    def _weighty(self, painter: QPainter, text: str, top: float) -> float:
        """Paint what must not be overlooked; return where it ends."""
        letters = self._letters
        lines = letters.lines(text, Style.WEIGHTY, self._width - 4 * PAD)
        high = len(lines) * letters.height(Style.WEIGHTY) + 2 * TITLE_GAP
        flood(painter, QRectF(0.0, top, self._width, high), WEIGHTY_SHADE)
        flood(painter, QRectF(self._left(0.0, 3 * POINT), top, 3 * POINT, high), WEIGHTY)
        painter.setPen(INK)
        box = (2 * PAD, top + TITLE_GAP, self._width - 4 * PAD)
        self._texts(painter, text, Style.WEIGHTY, box)
        return top + high

    # Tables

    def _rows(self, painter: QPainter, rows: Rows, top: float) -> None:
        grid, letters = rows.grid, self._letters
        style = Style.AGAIN if rows.again else Style.HEADING
        painter.setPen(INK2 if rows.again else INK)
        part = letters.line(self._part_of(grid), style)
        title = letters.cut(grid.table.title, style, self._width - part.width)
        letters.draw(painter, title, self._left(0.0, title.width), top)
        letters.draw(painter, part, self._left(title.width, part.width), top)
        body = top + head_height(grid, letters, again=rows.again)
        head = top + letters.height(style) + TITLE_GAP
        if grid.heading:
            self._headings(painter, grid, head)
        if not grid.table.rows:
            painter.setPen(INK2)
            where = (PAD, head + grid.heading + ROW_PAD, self._width - 2 * PAD)
            self._texts(painter, self._paper.words.no_rows, Style.CELL, where)
        self._body(painter, rows, body)

    def _body(self, painter: QPainter, rows: Rows, top: float) -> None:
        grid = rows.grid
        rules = []
        painter.setPen(INK)
        for at, height in enumerate(rows.heights, rows.first):
            style = STRONG[grid.style] if at in grid.weighty else grid.style
            self._cells(painter, grid, (grid.table.rows[at], style, top))
            top += height
            rules.append(QLineF(0.0, top, self._width, top))
        if rules:
            painter.setPen(QPen(FRAME, _HAIR))
            painter.drawLines(rules)
        if rows.total and grid.table.total is not None:
            self._rule(painter, QLineF(0.0, top, self._width, top), _RULE, INK)
            painter.setPen(INK)
            cells = self._with_word(grid, grid.table.total)
            self._cells(painter, grid, (cells, STRONG[grid.style], top), bare=True)

    def _cells(
        self,
        painter: QPainter,
        grid: Grid,
        row: tuple[tuple[Cell, ...], Style, float],
        *,
        bare: bool = False,
    ) -> None:
        """Paint a row: its cells, their style and its top.

        Args:
            bare: True to leave empty what is not there, as of what has no sum.
        """
        cells, style, top = row
        top += ROW_PAD
        figures = self._letters.figures(style)
        for lane in grid.lanes:
            cell = cells[lane.at]
            if cell is None and bare:
                continue
            as_it_is = isinstance(cell, str) and (bare or lane.verbatim)
            text = str(cell) if as_it_is else self._say(cell, lane.column)
            if lane.wordy:
                self._wordy(painter, lane, (text, style, top), bare=bare)
                continue
            right = self._left(lane.start, lane.width) + lane.width - PAD
            if not figures.write(painter, text, right, top):
                line = self._letters.line(text, style)
                self._letters.draw(painter, line, right - line.width, top)

    def _wordy(
        self, painter: QPainter, lane: Lane, told: tuple[str, Style, float], *, bare: bool
    ) -> None:
        text, style, top = told
        room = lane.width - 2 * PAD
        flow = Flow.OURS if bare else lane.flow
        if flow is Flow.LATIN:
            figures = self._letters.figures(style)
            width = figures.width(text)
            if width is not None and width <= room:
                right = self._left(lane.start + PAD, width) + width
                figures.write_on(painter, text, right, top)
                return
        high = self._letters.height(style)
        for line in self._letters.lines(text, style, room, flow):
            self._letters.draw(painter, line, self._left(lane.start + PAD, line.width), top)
            top += high

    def _headings(self, painter: QPainter, grid: Grid, top: float) -> None:
        style, letters = STRONG[grid.style], self._letters
        flood(painter, QRectF(0.0, top, self._width, grid.heading), SHADE)
        painter.setPen(INK2)
        high = letters.height(style)
        for lane in grid.lanes:
            lines = letters.lines(lane.column.heading, style, lane.width - 2 * PAD)
            # They stand on what they are of: short ones are at the bottom.
            y = top + grid.heading - ROW_PAD - len(lines) * high
            for line in lines:
                left = self._left(lane.start + PAD, line.width)
                if not lane.wordy:
                    left = self._left(lane.start, lane.width) + lane.width - PAD - line.width
                letters.draw(painter, line, left, y)
                y += high

    def _with_word(self, grid: Grid, total: tuple[Cell, ...]) -> tuple[Cell, ...]:
        """Return the sums with the word for them, where the first column has none."""
        first = grid.lanes[0].at
        if total[first] is None:
            word = grid.table.total_word or self._paper.words.total
            return (*total[:first], word, *total[first + 1 :])
        return total

    def _part_of(self, grid: Grid) -> str:
        """Return which part of a table that was parted this is; empty if it is whole."""
        number, of = grid.part
        if of == 1:
            return ""
        told = partial(number_text, notation=self._paper.notation)
        return f"  ({told(number)}/{told(of)})"

    # Every sheet

    def _foot(self, painter: QPainter, sheet: Sheet, at: int) -> None:
        paper, letters = self._paper, self._letters
        top = sheet.size[1] - 2 * MARGIN - FOOT + 8 * POINT
        self._rule(painter, QLineF(0.0, top, self._width, top), _HAIR, FRAME)
        top += 4 * POINT
        painter.setPen(MUTED)
        told = partial(number_text, notation=paper.notation)
        page = paper.words.page.format(page=told(at + 1), pages=told(len(self._plan.sheets)))
        number = letters.line(page, Style.FOOT)
        letters.draw(painter, number, self._left(self._width - number.width, number.width), top)
        room = self._width - number.width - 4 * PAD
        name = letters.cut(f"{paper.title} · {paper.subtitle}", Style.FOOT, room)
        letters.draw(painter, name, self._left(0.0, name.width), top)

    # Inside

    def _left(self, start: float, width: float) -> float:
        """Return the left of what is so wide and begins so far from the start of the line."""
        return self._width - start - width if self._rtl else start

    def _texts(
        self, painter: QPainter, text: str, style: Style, where: tuple[float, float, float]
    ) -> float:
        """Paint a text of ours on as many lines as it needs; return where it ends.

        Args:
            where: From the start of the line, from the top, and how much room there is.
        """
        start, top, room = where
        for line in self._letters.lines(text, style, room):
            self._letters.draw(painter, line, self._left(start, line.width), top)
            top += self._letters.height(style)
        return top

    def _rule(self, painter: QPainter, line: QLineF, width: float, colour: QColor) -> None:
        painter.setPen(QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        painter.drawLine(line)
