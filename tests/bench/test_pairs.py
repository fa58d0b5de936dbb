"""What the pairs of P2, P3, P4 and P17 measure: both sides show the same, and all of it is seen."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QLabel  # noqa: TID251 - the stock way is looked into

from wallboard.bench.agents_shown import AgentsShown, crews
from wallboard.bench.full_board import boards
from wallboard.bench.pairs import FOUR_K, Side, in_turns, on_screen, painted
from wallboard.bench.stock_agents import AgentModel, AgentsWindow, CellGrid, sorted_table, table
from wallboard.engine.roster import Grouping, Sorting
from wallboard.ui.look import Look
from wallboard.ui.pages.agents import View


def test_that_both_sides_get_their_turns_and_the_first_round_counts_for_neither() -> None:
    seen: dict[str, list[int]] = {"ours": [], "stock": []}
    costs = in_turns(
        Side(turn=seen["ours"].append, turns=4), Side(turn=seen["stock"].append, turns=2), rounds=3
    )
    assert seen == {"ours": list(range(16)), "stock": list(range(8))}
    assert costs.ours >= 0
    assert costs.stock >= 0


def test_that_the_boards_are_a_second_apart_and_a_tenth_of_the_agents_differs() -> None:
    (first, one), (second, other) = crews(400, 2)
    assert other.steady_s - one.steady_s == 1.0
    assert first.snapshot is not None
    assert second.snapshot is not None
    pairs = zip(first.snapshot.agents.values(), second.snapshot.agents.values(), strict=True)
    assert sum(before is not after for before, after in pairs) == 40


def test_that_both_tables_put_the_same_agents_first(qapp: QApplication) -> None:
    told = crews(300, 3)
    ours = AgentsShown(told, View.TABLE, grouping=Grouping.NOTHING, typed="1")
    ours.sort(Sorting.LONGEST)
    model = AgentModel()
    view = sorted_table(model, "1")
    window = AgentsWindow(view)
    snapshot = told[2][0].snapshot
    assert snapshot is not None
    model.take(snapshot)
    window.take(snapshot)
    on_screen(window)
    ours.turn(2)
    proxy = view.model()
    theirs = [proxy.index(row, 0).data() for row in range(proxy.rowCount())]
    (section,) = ours.page.table.sections()
    named = [snapshot.agents[key].name for key in section.keys if key in snapshot.agents]
    since = {agent.name: agent.state_since for agent in snapshot.agents.values()}
    # Ours looks for it in the names of queues, too.
    assert set(theirs) < set(named)
    both = [name for name in named if name in set(theirs)]
    assert [since[name] for name in theirs] == [since[name] for name in both]
    ours.close()
    window.close()


def test_that_the_stock_table_words_what_is_seen_anew_at_each_reset(qapp: QApplication) -> None:
    (board, _), *_ = crews(50, 1)
    assert board.snapshot is not None
    asked: list[int] = []

    class Asked(AgentModel):
        def _text(self, agent: object, column: int) -> str:
            asked.append(column)
            return super()._text(agent, column)  # type: ignore[arg-type] # it is an agent

    model = Asked()
    view = table(model)
    on_screen(view)
    model.take(board.snapshot)
    painted()
    assert len(asked) >= 5 * 20
    view.close()


@pytest.mark.parametrize(("cells", "scale"), [(500, 1.0), (2_000, 0.5)])
def test_that_all_cells_are_in_sight(qapp: QApplication, cells: int, scale: float) -> None:
    told = boards(1, queues=50, agents=cells)
    ours = AgentsShown(
        told, View.GRID, look=Look(scale=scale), size=FOUR_K, grouping=Grouping.NOTHING
    )
    assert ours.cells_in_sight() == cells
    ours.close()


def test_that_the_stock_cells_show_what_ours_show(qapp: QApplication) -> None:
    (board, _), *_ = crews(12, 1)
    assert board.snapshot is not None
    grid = CellGrid(12, columns=4)
    grid.take(board.snapshot)
    agent = next(iter(board.snapshot.agents.values()))
    said = [label.text() for label in grid.cells[0].findChildren(QLabel)]
    assert agent.name in said
    assert str(agent.state) in said
    assert board.snapshot.queues[agent.queues[0]].name in said
