"""Cells of which only the age changed are painted in parts, and look as if painted anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from support.boards import scene
from support.looks import look_in, worst_difference

from wallboard.engine.roster import Grouping
from wallboard.ui.easel import Easel
from wallboard.ui.pages.agents import AgentsPage
from wallboard.ui.panels.agent_grid import AgentGrid
from wallboard.ui.panels.face_list import Face
from wallboard.ui.panels.shelves import Spot


@pytest.mark.parametrize("language", ["en", "fa"])
def test_that_cells_painted_in_parts_look_as_if_painted_anew(
    qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    in_parts: list[int] = []
    paint_due = AgentGrid._paint_due

    def counted(grid: AgentGrid, easel: Easel, due: Mapping[Spot, Face | None]) -> None:
        in_parts.append(len(due))
        paint_due(grid, easel, due)

    monkeypatch.setattr(AgentGrid, "_paint_due", counted)
    made = scene(agents=300, minutes=3)
    page = AgentsPage(replace(look_in(language), reduced_motion=True))
    qtbot.addWidget(page)
    page.resize(1300, 800)
    page.show_grouping(Grouping.NOTHING)
    page.show_board(made.board, made.clock.now())
    page.show()
    qapp.processEvents()
    grid = page.grid
    grid.setFocus()
    for at in range(18):
        page.show_board(made.churn(0.05), made.clock.now())
        if at == 5:
            page.choose(grid.sections()[0].keys[30])
        if at % 8 == 7:
            grid.verticalScrollBar().setValue(at * 37)
        qapp.processEvents()
        made.pass_by(1.0)
        page.show_board(made.board, made.clock.now())
        qapp.processEvents()
        seen = page.screen().grabWindow(page.winId()).toImage()
        assert not seen.isNull()
        grid.viewport().update()
        assert worst_difference(seen, page.grab().toImage()) == 0.0, at
    assert sum(in_parts) > 500, "the cells were painted in parts at all"
