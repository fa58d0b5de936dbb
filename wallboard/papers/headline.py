"""The figures with which a paper begins: those of the whole, if it has them."""

from __future__ import annotations

from wallboard.domain.paper import Paper, PaperColumn
from wallboard.domain.reporting import Cell


def headline(paper: Paper) -> tuple[tuple[PaperColumn, Cell], ...]:
    """Return the figures of the first table if it has but one row, else none."""
    table = paper.tables[0] if paper.tables else None
    if table is None or table.listing or len(table.rows) != 1:
        return ()
    return tuple(zip(table.columns, table.rows[0], strict=True))
