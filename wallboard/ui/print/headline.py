"""The few figures that matter most, for the head of a report: taken from its first table."""

from __future__ import annotations

from typing import Final, TypeAlias

from wallboard.domain.paper import Paper, PaperTable
from wallboard.domain.paper_text import cell_text
from wallboard.domain.reporting import Cell, CellKind
from wallboard.ui.print.columns import PAD
from wallboard.ui.print.lettering import Lettering, Style

Headline: TypeAlias = tuple[tuple[str, str], ...]
"""Names and figures, in their order; at most six."""

MOST: Final = 6
_LEAST: Final = 3
_FIRST: Final = (
    "offered", "answered", "service_level", "abandoned", "abandon_rate", "asa", "aht",
    "calls", "lost", "recovered", "handled", "rna", "cph", "occupancy", "logged_in",
)  # fmt: skip
"""What matters most comes first; see the keys of the KPIs."""
_COMPARED: Final = "weekdays"
_FIGURES: Final = frozenset({CellKind.COUNT, CellKind.RATIO, CellKind.DURATION, CellKind.FIGURE})


def headline_of(paper: Paper) -> Headline:
    """Return the figures of the first table that has sums, or one row; of none, no figures."""
    for table in paper.tables:
        cells = _sums(table)
        if cells is not None:
            found = _figures(table, cells, paper)
            if found:
                return found
    return ()


def with_whole_names(headline: Headline, lettering: Lettering, room: float) -> Headline:
    """Return as many of the figures as stand side by side in this room with their names whole.

    They come by what matters most, and all of them stand in the tables.
    """
    for count in range(len(headline), _LEAST, -1):
        wide = room / count - 3 * PAD
        if all(lettering.width(name, Style.LABEL) <= wide for name, _ in headline[:count]):
            return headline[:count]
    return headline[:_LEAST]


def _sums(table: PaperTable) -> tuple[Cell, ...] | None:
    if table.key == _COMPARED and table.rows:
        # The day that the report is of comes first; the sums are of all that it is held against.
        return table.rows[0]
    if table.total is not None:
        return table.total
    return table.rows[0] if len(table.rows) == 1 and not table.listing else None


def _figures(table: PaperTable, cells: tuple[Cell, ...], paper: Paper) -> Headline:
    known = {
        column.key: (column.heading, cell_text(cell, column, paper.notation, paper.zone))
        for column, cell in zip(table.columns, cells, strict=True)
        if column.kind in _FIGURES and cell is not None
    }
    first = [key for key in _FIRST if key in known]
    return tuple(known[key] for key in [*first, *(set_ for set_ in known if set_ not in first)])[
        :MOST
    ]
