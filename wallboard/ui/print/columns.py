"""Columns of a table on paper: how wide each is, on which sheet they fit, and when they are parted.

Figures are never broken; names are, between words if they can be. What does not fit in any size is
parted into tables of fewer columns, each with the first one: nothing is left out, nothing is cut.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from typing import Any, Final, TypeAlias

from wallboard.domain.paper import Paper, PaperColumn, PaperTable
from wallboard.domain.paper_text import cell_text
from wallboard.domain.reporting import Cell, CellKind
from wallboard.domain.value import value
from wallboard.ui.print.lettering import POINT, STRONG, Flow, Lettering, Style

Say: TypeAlias = Callable[[Cell, PaperColumn], str]
"""How a cell reads."""

PAD: Final = 5 * POINT
"""Beside what stands in a column, on either side."""
SIZES: Final = (Style.CELL, Style.SMALL, Style.TINY)
_WORDY: Final = frozenset({CellKind.TEXT, CellKind.WORD, CellKind.PHONE})
_TEXTS: Final = (58 * POINT, 110 * POINT, 230 * POINT)
"""So wide is a column of texts at least if it is not wide by itself, then what is fair, and what
suits it."""
_LONGEST_ASKED: Final = 24
"""So many of the longest texts of a column are measured; digits are equally wide."""


@value
class Lane:
    """A column on paper.

    Attributes:
        at: Its place in the rows of its table.
        start: From the start of the line to its own start, pad and all.
        wordy: True if its texts may be broken into lines.
        verbatim: True if its texts are written as they are.
    """

    at: int
    column: PaperColumn
    start: float
    width: float
    wordy: bool
    verbatim: bool = False

    @property
    def flow(self) -> Flow:
        """In which direction its texts run."""
        if self.column.kind is CellKind.TEXT:
            return Flow.OWN
        return Flow.LATIN if self.column.kind is CellKind.PHONE else Flow.OURS


@value
class Need:
    """What a column needs at least, what is fair, and what suits it."""

    at: int
    column: PaperColumn
    least: float
    fair: float
    suits: float
    wordy: bool


Needs: TypeAlias = Mapping[Style, tuple[Need, ...]]
"""Of the columns of a table, by the style of its cells."""


@value
class Fit:
    """How a table is put on sheets.

    Attributes:
        bands: Its lanes; several where it had to be parted.
    """

    style: Style
    bands: tuple[tuple[Lane, ...], ...]


def speaker(paper: Paper) -> Say:
    """Return what tells how cells read."""
    notation, zone = paper.notation, paper.zone
    return lambda cell, column: cell_text(cell, column, notation, zone)


def needs_of(table: PaperTable, say: Say, lettering: Lettering) -> Needs:
    """Return what the columns of a table need."""
    texts = _candidates(table, say)
    return {style: _needs(table.columns, texts, lettering, style) for style in SIZES}


def fits_upright(needs: Needs, room: float) -> bool:
    """Return whether a table can be read well on a sheet that stands on its short side."""
    return any(
        sum(need.fair for need in needs[style]) <= room for style in (Style.CELL, Style.SMALL)
    )


def fitted(needs: Needs, room: float) -> Fit:
    """Return how a table is put on sheets; in small type before it is parted.

    Args:
        room: How much there is from side to side.
    """
    for style in SIZES:
        if sum(need.fair for need in needs[style]) <= room and style is not Style.TINY:
            return Fit(style=style, bands=(_spread(needs[style], room),))
    for style in SIZES[1:]:
        if sum(need.least for need in needs[style]) <= room:
            return Fit(style=style, bands=(_spread(needs[style], room),))
    bands = tuple(_spread(band, room) for band in _parted(needs[Style.SMALL], room))
    return Fit(style=Style.SMALL, bands=bands)


def _candidates(table: PaperTable, say: Say) -> list[list[str]]:
    """Return of each column the texts that may be its widest."""
    found: list[list[str]] = []
    for at, column in enumerate(table.columns):
        cells = chain(
            (row[at] for row in table.rows), () if table.total is None else (table.total[at],)
        )
        if column.kind in _WORDY:
            told = {str(cell) for cell in cells if cell is not None}
            texts = {say(cell, column) for cell in told}
        else:
            # Of figures the greatest has the most digits, whatever they are.
            texts = {say(cell, column) for cell in _extremes(cells)}
        if at == 0:
            texts.add(table.total_word)
        found.append(sorted(texts, key=len, reverse=True)[:_LONGEST_ASKED])
    return found


def _extremes(cells: Iterable[Cell]) -> list[Cell]:
    """Return those of many figures of one kind of which one has the longest text."""
    known: list[Any] = [cell for cell in cells if cell is not None]
    if not known:
        return [None]
    found = [None, min(known), max(known), *known[:_LONGEST_ASKED]]
    if isinstance(known[0], float):
        # A ratio that is not quite all or nothing is written with more decimals.
        inside = [cell for cell in known if 0 < cell < 1]
        found += [min(inside, default=None), max(inside, default=None)]
    return found


def _needs(
    columns: Sequence[PaperColumn],
    candidates: Sequence[Sequence[str]],
    lettering: Lettering,
    style: Style,
) -> tuple[Need, ...]:
    found = []
    for at, (column, texts) in enumerate(zip(columns, candidates, strict=True)):
        strong = STRONG[style]
        wordy = column.kind in _WORDY
        heading = _heading_width(column.heading, lettering, strong)
        # In a total they are strong.
        cells = max((lettering.width(text, strong) for text in texts), default=0.0)
        least, fair, suits = (
            max(heading, min(cells, most) if wordy else cells) + 2 * PAD + 2 for most in _TEXTS
        )
        found.append(Need(at=at, column=column, wordy=wordy, least=least, fair=fair, suits=suits))
    return tuple(found)


def _heading_width(heading: str, lettering: Lettering, style: Style) -> float:
    """Return how wide a heading is when it is broken between its words, into two lines if it can.

    Where one word is longer than half of it, that word stands whole.
    """
    words = heading.split(" ")
    widest = max(lettering.width(word, style) for word in words)
    halves = [
        max(
            lettering.width(" ".join(words[:at]), style),
            lettering.width(" ".join(words[at:]), style),
        )
        for at in range(1, len(words))
    ]
    return max(widest, min(halves, default=widest))


def _spread(needs: Sequence[Need], room: float) -> tuple[Lane, ...]:
    """Return lanes that fill the room: what is left over goes to all, by what suits them."""
    suits, least = sum(need.suits for need in needs), sum(need.least for need in needs)
    if suits <= room:
        widths = [need.suits * room / suits for need in needs]
    else:
        # Between what they need and what would suit them, all alike.
        part = (room - least) / (suits - least)
        widths = [need.least + part * (need.suits - need.least) for need in needs]
    lanes, start = [], 0.0
    for need, width in zip(needs, widths, strict=True):
        lanes.append(
            Lane(
                at=need.at,
                column=need.column,
                start=start,
                width=width,
                wordy=need.wordy,
                verbatim=need.column.kind in (CellKind.TEXT, CellKind.PHONE),
            )
        )
        start += width
    return tuple(lanes)


def _parted(needs: Sequence[Need], room: float) -> list[list[Need]]:
    """Return bands that fit, each with the first column."""
    first, *rest = needs
    bands: list[list[Need]] = []
    band = [first]
    for need in rest:
        if len(band) > 1 and sum(each.least for each in band) + need.least > room:
            bands.append(band)
            band = [first]
        band.append(need)
    return [*bands, band]
