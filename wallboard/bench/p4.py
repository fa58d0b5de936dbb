"""P4: what many cells cost a second when the figure in each of them changes."""

from __future__ import annotations

from PySide6.QtWidgets import QScrollArea

from wallboard.bench.agents_shown import AgentsShown, crews
from wallboard.bench.measure import Figure, Result, Wanted
from wallboard.bench.pairs import FOUR_K, Side, application, in_turns, on_screen, painted
from wallboard.bench.stock_agents import CellGrid
from wallboard.engine.roster import Grouping
from wallboard.ui.look import Look
from wallboard.ui.pages.agents import View

LIMITS = {500: 0.40, 2_000: 0.20}
_SCALES = {500: 1.0, 2_000: 0.5}
"""With these all of them are seen at once on 3840 x 2160 pixels."""
_TURNS = 6


def measure(wanted: Wanted) -> Result:
    """Measure the cells of the page, all of them in sight, against as many cells of labels."""
    _application = application()
    figures = tuple(_figure(cells, 3 if wanted.quick else 7) for cells in LIMITS)
    return Result(key="p4", title="cells of agents, a second", figures=figures)


def _figure(cells: int, rounds: int) -> Figure:
    told = crews(cells, (rounds + 1) * _TURNS)
    look = Look(scale=_SCALES[cells])
    ours = AgentsShown(told, View.GRID, look=look, size=FOUR_K, grouping=Grouping.NOTHING)
    grid = CellGrid(cells, columns=20 if cells <= 500 else 40)
    grid.setStyleSheet(f"font-size: {round(13 * _SCALES[cells])}px")
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setWidget(grid)
    on_screen(area, FOUR_K)

    def stock(number: int) -> None:
        snapshot = told[number][0].snapshot
        if snapshot is not None:
            grid.take(snapshot)
        painted()

    costs = in_turns(
        Side(turn=ours.turn, turns=_TURNS), Side(turn=stock, turns=_TURNS), rounds=rounds
    )
    seen = ours.cells_in_sight()
    ours.close()
    area.close()
    return Figure(
        name=f"{seen} cells in sight, against a grid of QLabel",
        value=costs.ours,
        unit="ms",
        peer=costs.stock,
        limit=LIMITS[cells],
    )
