"""P2: what the table of agents costs a second, every age a second older."""

from __future__ import annotations

from wallboard.bench.agents_shown import AgentsShown, crews
from wallboard.bench.measure import Figure, Result, Wanted
from wallboard.bench.pairs import Side, application, in_turns, on_screen, painted
from wallboard.bench.stock_agents import AgentModel, AgentsWindow, table
from wallboard.engine.roster import Grouping
from wallboard.ui.pages.agents import View

LIMITS = {2_000: 0.15, 10_000: 0.20}
_TURNS = 10
"""A second each; people change places every other second."""


def measure(wanted: Wanted) -> Result:
    """Measure the whole page against a view under buttons, whose model is reset.

    The view sorts nothing, so the limits are for our rows in an order that time does not change.
    """
    _application = application()
    rounds = 3 if wanted.quick else 7
    figures = [
        _figure(agents, rounds, longest=longest) for longest in (False, True) for agents in LIMITS
    ]
    return Result(key="p2", title="the table of agents, a second", figures=tuple(figures))


def _figure(agents: int, rounds: int, *, longest: bool) -> Figure:
    told = crews(agents, (rounds + 1) * _TURNS)
    grouping = Grouping.STATE if longest else Grouping.NOTHING
    ours = AgentsShown(told, View.TABLE, grouping=grouping)
    model = AgentModel()
    window = AgentsWindow(table(model))
    on_screen(window)

    def stock(number: int) -> None:
        snapshot = told[number][0].snapshot
        if snapshot is not None:
            model.take(snapshot)
            window.take(snapshot)
        painted()

    costs = in_turns(
        Side(turn=ours.turn, turns=_TURNS), Side(turn=stock, turns=_TURNS), rounds=rounds
    )
    ours.close()
    window.close()
    order = "by state, who is longest in it first" if longest else "by name"
    return Figure(
        name=f"{agents} agents {order}, against QTableView and beginResetModel",
        value=costs.ours,
        unit="ms",
        peer=costs.stock,
        limit=None if longest else LIMITS[agents],
    )
