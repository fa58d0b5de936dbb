"""P3: what the table of agents costs a second while it is sorted, and while it is filtered too."""

from __future__ import annotations

from wallboard.bench.agents_shown import AgentsShown, crews
from wallboard.bench.measure import Figure, Result, Wanted
from wallboard.bench.pairs import Side, application, in_turns, on_screen, painted
from wallboard.bench.stock_agents import AgentModel, AgentsWindow, sorted_table
from wallboard.engine.roster import Grouping, Sorting
from wallboard.ui.pages.agents import View

LIMIT = 0.02
_TYPED = "1"
"""Stands in two of five numbers. Ours looks for it in the names of queues, too: it shows more."""
_TURNS = 10
_STOCK_TURNS = 2
"""Each takes a second or two."""


def measure(wanted: Wanted) -> Result:
    """Measure the page, who is longest in his state first, against a proxy model that sorts."""
    _application = application()
    rounds = 1 if wanted.quick else 5
    figures = [
        _figure(agents, typed, rounds) for agents in (2_000, 10_000) for typed in ("", _TYPED)
    ]
    return Result(key="p3", title="the sorted table of agents, a second", figures=tuple(figures))


def _figure(agents: int, typed: str, rounds: int) -> Figure:
    told = crews(agents, (rounds + 1) * _TURNS)
    ours = AgentsShown(told, View.TABLE, grouping=Grouping.NOTHING, typed=typed)
    ours.sort(Sorting.LONGEST)
    model = AgentModel()
    window = AgentsWindow(sorted_table(model, typed))
    snapshots = [board.snapshot for board, _ in told if board.snapshot is not None]
    model.take(snapshots[0])
    on_screen(window)

    def stock(number: int) -> None:
        model.update_rows(snapshots[number])
        window.take(snapshots[number])
        painted()

    costs = in_turns(
        Side(turn=ours.turn, turns=_TURNS), Side(turn=stock, turns=_STOCK_TURNS), rounds=rounds
    )
    ours.close()
    window.close()
    seen = "sorted and filtered" if typed else "sorted"
    return Figure(
        name=f"{agents} agents, {seen}, against QSortFilterProxyModel",
        value=costs.ours,
        unit="ms",
        peer=costs.stock,
        limit=LIMIT if agents > 2_000 else None,
    )
