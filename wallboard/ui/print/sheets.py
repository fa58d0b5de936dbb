"""What stands on which sheet: the report's parts flow down the pages, tables with their headings.

Planned once, in a thread if need be; painted as often as wanted. A plan holds no font and no text
but the report's own, so that any thread may paint from it.
"""

from __future__ import annotations

from dataclasses import field
from typing import Final, TypeAlias

from wallboard.domain.paper import (
    Paper,
    PaperChart,
    PaperColumn,
    PaperStopped,
    PaperTable,
    Progress,
    Stop,
)
from wallboard.domain.reporting import Cell, CellKind
from wallboard.domain.value import value
from wallboard.papers.pace import never, nobody
from wallboard.ui.print.chart_drawing import chart_height
from wallboard.ui.print.columns import (
    PAD,
    Fit,
    Lane,
    Say,
    fits_upright,
    fitted,
    needs_of,
    speaker,
)
from wallboard.ui.print.headline import Headline, headline_of, with_whole_names
from wallboard.ui.print.lettering import POINT, STRONG, Lettering, Style

SHORT: Final = 595.0 * POINT
LONG: Final = 842.0 * POINT
"""The sides of a sheet of A4."""
MARGIN: Final = 40 * POINT
FOOT: Final = 22 * POINT
GAP: Final = 18 * POINT
"""Between two parts of a report."""
ROW_PAD: Final = 2.6 * POINT
"""Above and below what stands in a row."""
TITLE_GAP: Final = 6 * POINT
BOX: Final = 46 * POINT
"""How high a figure of the title block is, with its name."""
_LEAST_ROWS: Final = 4
"""So many rows at least begin on a sheet with their heading, and so many are its last ones, if
there are as many."""
_SMALL: Final = 12
"""A table of so many rows at most is not broken if it has room on a sheet of its own."""
_LONGEST_TEXT: Final = 1200
"""Characters in one row of the grounds; more of them go on in the next row."""
_ASKED_EVERY: Final = 256


@value
class Grid:
    """A table as it is printed: its columns in one band of lanes.

    Attributes:
        heading: How high the row of headings is. 0 for none.
        part: Which band this is, and of how many, from 1.
        weighty: Places of rows that must not be overlooked.
    """

    table: PaperTable
    lanes: tuple[Lane, ...]
    style: Style
    heading: float
    part: tuple[int, int] = (1, 1)
    weighty: frozenset[int] = frozenset()


@value
class Rows:
    """Some rows of a table, with its title and headings above them.

    Attributes:
        first: The place of the first of them in the table.
        heights: Of each.
        again: True if the table began on a sheet before.
        total: How high the last row is, which holds the sums. 0 if it is not here.
    """

    grid: Grid
    first: int
    heights: tuple[float, ...]
    again: bool = False
    total: float = 0.0


@value
class Title:
    """The head of the report: what it is, the few figures that matter, what must be known."""

    headline: Headline
    height: float


@value
class Picture:
    """A chart."""

    chart: PaperChart


Part: TypeAlias = Title | Picture | Rows


@value
class Placed:
    """A part on a sheet, and how far below the sheet's top margin it begins."""

    part: Part
    top: float


@value
class Sheet:
    """A page.

    Attributes:
        landscape: True if it lies on its long side.
    """

    landscape: bool
    parts: tuple[Placed, ...] = ()

    @property
    def size(self) -> tuple[float, float]:
        """How wide and high it is."""
        return (LONG, SHORT) if self.landscape else (SHORT, LONG)


@value
class Plan:
    """All sheets of a paper; at least one."""

    paper: Paper
    sheets: tuple[Sheet, ...] = field(repr=False)


def plan_of(paper: Paper, *, progress: Progress = nobody, stop: Stop = never) -> Plan:
    """Return what stands on which sheet; all of them lie if one table needs it.

    Raises:
        PaperStopped: Somebody asked for that.
    """
    lettering = Lettering(right_to_left=paper.right_to_left)
    setter = _Setter(paper, lettering, stop)
    tables = (*paper.tables, *_appendix(paper))
    needs = [needs_of(table, setter.say, lettering) for table in tables]
    landscape = not all(fits_upright(need, SHORT - 2 * MARGIN) for need in needs)
    flow = _Flow(landscape=landscape)
    headline = with_whole_names(headline_of(paper), lettering, flow.width)
    height = title_height(paper, headline, lettering, flow.width)
    flow.add(Title(headline=headline, height=height), height)
    done, rows = 0, sum(len(table.rows) for table in tables) or 1
    for table, need in zip(tables, needs, strict=True):
        for chart in paper.charts:
            if chart.table == table.key and table.rows:
                flow.add(Picture(chart=chart), chart_height(chart, paper))
        for grid in setter.grids(table, fitted(need, flow.width)):
            _add_grid(flow, grid, setter)
        done += len(table.rows)
        progress(done / rows)
    return Plan(paper=paper, sheets=flow.sheets())


def title_height(paper: Paper, headline: Headline, lettering: Lettering, room: float) -> float:
    """Return how high the head of the report is."""
    high = lettering.height(Style.TITLE) + TITLE_GAP
    high += len(lettering.lines(paper.subtitle, Style.SUBTITLE, room)) * lettering.height(
        Style.SUBTITLE
    )
    for line in paper.lines:
        if line.weighty:
            told = lettering.lines(f"{line.label}: {line.text}", Style.WEIGHTY, room - 4 * PAD)
            high += len(told) * lettering.height(Style.WEIGHTY) + 3 * TITLE_GAP
    return high + (BOX + 2 * TITLE_GAP if headline else 0.0)


def _appendix(paper: Paper) -> tuple[PaperTable, ...]:
    """Return what the report rests on and what its figures mean, as tables."""
    words = paper.words
    grounds = PaperTable(
        key="grounds", title=words.grounds, listing=True,
        columns=(_text("label", ""), _text("text", "")),
        rows=tuple(
            (line.label if not at else "", part)
            for line in paper.lines
            for at, part in enumerate(_pieces(line.text))
        ),
    )  # fmt: skip
    found = [grounds] if grounds.rows else []
    if paper.definitions:
        headings = (
            words.definition_name, words.definition_meaning, words.definition_formula,
        )  # fmt: skip
        found.append(
            PaperTable(
                key="definitions", title=words.definitions, listing=True,
                columns=tuple(
                    _text(key, heading)
                    for key, heading in zip(("name", "meaning", "formula"), headings, strict=True)
                ),
                rows=tuple((each.name, each.meaning, each.formula) for each in paper.definitions),
            )
        )  # fmt: skip
    return tuple(found)


def _text(key: str, heading: str) -> PaperColumn:
    # A word is a text of ours, which runs as the page does.
    return PaperColumn(key=key, heading=heading, kind=CellKind.WORD)


def _pieces(text: str) -> list[str]:
    """Return a long text as some that each have room on a sheet, parted between words."""
    found = []
    while len(text) > _LONGEST_TEXT:
        at = text.rfind(" ", 0, _LONGEST_TEXT)
        at = at if at > 0 else _LONGEST_TEXT
        found.append(text[:at])
        text = text[at:].lstrip()
    return [*found, text]


class _Setter:
    """Knows how high rows are."""

    def __init__(self, paper: Paper, lettering: Lettering, stop: Stop) -> None:
        self.paper = paper
        self.lettering = lettering
        self.stop = stop
        self.say: Say = speaker(paper)
        self._of: Grid | None = None
        self._needed: dict[tuple[int, Cell], int] = {}

    def grids(self, table: PaperTable, fit: Fit) -> tuple[Grid, ...]:
        """Return how the table is printed, in as many bands as it was parted into."""
        return tuple(
            Grid(
                table=table,
                lanes=lanes,
                style=fit.style,
                heading=self._heading(lanes, STRONG[fit.style]),
                part=(number, len(fit.bands)),
                weighty=self._weighty(table),
            )
            for number, lanes in enumerate(fit.bands, 1)
        )

    def row(self, grid: Grid, at: int) -> float:
        """Return how high a row is; `at` is the place after the last one for the total."""
        total = at == len(grid.table.rows)
        cells = grid.table.total if total else grid.table.rows[at]
        style = STRONG[grid.style] if total or at in grid.weighty else grid.style
        most = 1
        for lane in grid.lanes:
            cell = None if cells is None else cells[lane.at]
            if lane.wordy and cell is not None:
                most = max(most, self._lines(grid, lane, cell, style))
        return most * self.lettering.height(style) + 2 * ROW_PAD

    def _lines(self, grid: Grid, lane: Lane, cell: Cell, style: Style) -> int:
        """Return how many lines a text needs; of one table the same texts come again and again."""
        if grid is not self._of:
            self._of, self._needed = grid, {}
        found = self._needed.get((lane.at, cell)) if style is grid.style else None
        if found is None:
            text = self.say(cell, lane.column)
            found = self.lettering.needed(text, style, lane.width - 2 * PAD, lane.flow)
            if style is grid.style:
                self._needed[lane.at, cell] = found
        return found

    def _heading(self, lanes: tuple[Lane, ...], style: Style) -> float:
        if not any(lane.column.heading for lane in lanes):
            return 0.0
        most = max(
            len(self.lettering.lines(lane.column.heading, style, lane.width - 2 * PAD))
            for lane in lanes
        )
        return most * self.lettering.height(style) + 2 * ROW_PAD

    def _weighty(self, table: PaperTable) -> frozenset[int]:
        if table.key != "grounds":
            return frozenset()
        weighty = {line.label for line in self.paper.lines if line.weighty}
        return frozenset(at for at, row in enumerate(table.rows) if row[0] in weighty)


class _Flow:
    """Sheets that fill from the top."""

    def __init__(self, *, landscape: bool) -> None:
        self._sheets: list[Sheet] = []
        self._parts: list[Placed] = []
        self._landscape = landscape
        self._at = 0.0
        across, down = (LONG, SHORT) if landscape else (SHORT, LONG)
        self.width = across - 2 * MARGIN
        self._height = down - 2 * MARGIN - FOOT

    def room(self) -> float:
        """Return how much room is left on the sheet."""
        return self._height - self._at

    def add(self, part: Part, height: float) -> None:
        """Put a part that is not broken below the last one, or on the next sheet."""
        if self._parts and height > self.room():
            self.turn()
        self._parts.append(Placed(part=part, top=self._at))
        self._at += height + GAP

    def keep(self, height: float) -> None:
        """Begin another sheet if so much has no room on this one, but would have it there."""
        if self.room() < height <= self._height:
            self.turn()

    def turn(self) -> None:
        """Begin another sheet."""
        if self._parts:
            self._sheets.append(Sheet(landscape=self._landscape, parts=tuple(self._parts)))
        self._parts, self._at = [], 0.0

    def is_empty(self) -> bool:
        """Return whether nothing stands on the sheet."""
        return not self._parts

    def sheets(self) -> tuple[Sheet, ...]:
        """Return them all."""
        self.turn()
        return tuple(self._sheets)


def _add_grid(flow: _Flow, grid: Grid, setter: _Setter) -> None:
    """Put the rows of a table on this sheet and those that follow."""
    table, lettering = grid.table, setter.lettering
    first, again = 0, False
    total = setter.row(grid, len(table.rows)) if table.total is not None else 0.0
    if len(table.rows) <= _SMALL:
        rows = sum(setter.row(grid, at) for at in range(len(table.rows)))
        flow.keep(head_height(grid, lettering, again=False) + rows + total)
    while True:
        above = head_height(grid, lettering, again=again)
        heights, ended = _rows_for(flow.room() - above, grid, first, total, setter)
        left = len(table.rows) - first
        begun = again or len(heights) >= min(left, _LEAST_ROWS)
        if not flow.is_empty() and (not begun or not (heights or ended)):
            flow.turn()
            continue
        if not heights and not ended:
            # One row that is higher than a sheet: nothing is left out.
            heights = (setter.row(grid, first),)
        last = total if ended else 0.0
        part = Rows(grid=grid, first=first, heights=heights, again=again, total=last)
        flow.add(part, above + sum(heights) + last)
        first, again = first + len(heights), True
        if ended:
            return


def head_height(grid: Grid, lettering: Lettering, *, again: bool) -> float:
    """Return how high title and headings of a table are, above its rows."""
    title = lettering.height(Style.AGAIN if again else Style.HEADING) + TITLE_GAP
    # Of a table without rows a sentence says so.
    empty = lettering.height(Style.CELL) + 2 * ROW_PAD if not grid.table.rows else 0.0
    return title + grid.heading + empty


def _rows_for(
    room: float, grid: Grid, first: int, total: float, setter: _Setter
) -> tuple[tuple[float, ...], bool]:
    """Return the heights of the rows for which there is room, and whether the table ends here."""
    heights: list[float] = []
    rows = len(grid.table.rows)
    used = 0.0
    for at in range(first, rows):
        if at % _ASKED_EVERY == 0 and setter.stop():
            raise PaperStopped
        high = setter.row(grid, at)
        # The sums never stand alone: the last row keeps room for them.
        with_total = total if at == rows - 1 else 0.0
        if used + high + with_total > room:
            return _leaving(heights, rows - at), False
        heights.append(high)
        used += high
    return tuple(heights), used + total <= room or bool(heights)


def _leaving(heights: list[float], left: int) -> tuple[float, ...]:
    """Return the rows of a sheet without those that keep the last ones company on the next."""
    lonely = max(0, _LEAST_ROWS - left)
    if lonely and len(heights) >= _LEAST_ROWS + lonely:
        return tuple(heights[:-lonely])
    return tuple(heights)
