"""Our page of agents on a screen, and the boards that it is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from wallboard.bench.full_board import boards
from wallboard.bench.pairs import FULL_HD, on_screen, painted
from wallboard.domain.clock import Moment
from wallboard.engine.board import Board
from wallboard.engine.roster import Grouping, Sorting
from wallboard.ui.look import Look
from wallboard.ui.pages.agents import AgentsPage, View


def crews(agents: int, count: int) -> tuple[tuple[Board, Moment], ...]:
    """Return boards a second apart; a tenth of the agents is in another state in each."""
    return boards(count, queues=max(1, min(200, agents // 10)), agents=agents)


class AgentsShown:
    """The page as a supervisor has it on the screen."""

    def __init__(
        self,
        told: Sequence[tuple[Board, Moment]],
        view: View,
        *,
        look: Look | None = None,
        size: tuple[int, int] = FULL_HD,
        grouping: Grouping = Grouping.STATE,
        typed: str = "",
    ) -> None:
        self._told = told
        # A second passes here in milliseconds: what fades for longer would fade for ever.
        self.page = AgentsPage(replace(look or Look(), reduced_motion=True))
        self.page.show_view(view)
        self.page.show_grouping(grouping)
        self.page.field.setText(typed)
        self.page.show_board(*told[0])
        on_screen(self.page, size)

    def turn(self, number: int) -> None:
        """Show and paint the nth board."""
        self.page.show_board(*self._told[number])
        painted()

    def sort(self, sorting: Sorting) -> None:
        """Sort as at a click on a column."""
        self.page.table.show_sorting(str(sorting), backwards=False)
        self.page.table.sorting_chosen.emit(str(sorting), False)  # noqa: FBT003 - a signal's form
        painted()

    def cells_in_sight(self) -> int:
        """Return how many cells are seen whole."""
        grid = self.page.grid
        seen = grid.viewport().rect()
        keys = [key for section in grid.sections() for key in section.keys]
        return sum(seen.contains(grid.box_of(key)) for key in keys)

    def close(self) -> None:
        """Take it off the screen."""
        self.page.close()
