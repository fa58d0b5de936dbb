"""Cells of which only the age changed are painted in parts, and look as if painted anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QApplication, QFrame
from pytestqt.qtbot import QtBot
from support.boards import scene
from support.looks import look_in, worst_difference

from wallboard.engine.roster import Grouping
from wallboard.ui.easel import Easel
from wallboard.ui.pages.agents import AgentsPage, View
from wallboard.ui.panels.agent_book import AgentBook
from wallboard.ui.panels.agent_grid import AgentGrid
from wallboard.ui.panels.agent_table import AgentTable
from wallboard.ui.panels.face import Face
from wallboard.ui.panels.face_canvas import FaceCanvas
from wallboard.ui.panels.shelves import Spot


@pytest.mark.parametrize("view", View)
@pytest.mark.parametrize("language", ["en", "fa"])
def test_that_what_is_painted_in_parts_looks_as_if_painted_anew(
    qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch, language: str, view: View
) -> None:
    in_parts: list[int] = []
    paint_due = FaceCanvas._paint_due

    def counted(canvas: FaceCanvas, easel: Easel, due: Mapping[Spot, Face | None]) -> None:
        in_parts.append(len(due))
        paint_due(canvas, easel, due)

    monkeypatch.setattr(FaceCanvas, "_paint_due", counted)
    made = scene(agents=300, minutes=3)
    page = AgentsPage(replace(look_in(language), reduced_motion=True))
    qtbot.addWidget(page)
    page.resize(1300, 800)
    page.show_view(view)
    # In a table by name nearly all rows are of people who left hours ago.
    page.show_grouping(Grouping.NOTHING if view is View.GRID else Grouping.STATE)
    page.show_board(made.board, made.clock.now())
    page.show()
    qapp.processEvents()
    grid: AgentGrid | AgentTable = page.grid if view is View.GRID else page.table
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
    least = 500 if view is View.GRID else 200
    assert sum(in_parts) > least, "they were painted in parts at all"


@pytest.mark.parametrize("view", View)
def test_that_what_lay_over_a_list_leaves_nothing_of_itself(
    qtbot: QtBot, qapp: QApplication, view: View
) -> None:
    made = scene(agents=300, minutes=3)
    page = AgentsPage(replace(look_in("en"), reduced_motion=True))
    qtbot.addWidget(page)
    page.resize(1300, 800)
    page.show_view(view)
    page.show_grouping(Grouping.NOTHING)
    page.show_board(made.board, made.clock.now())
    page.show()
    shown_list = page.grid if view is View.GRID else page.table
    over = [QFrame(shown_list.viewport()) for _ in range(6)]
    for at, part in enumerate(over):
        part.setStyleSheet("background: #FF00FF")
        part.setGeometry(40 + 150 * at, 137 + 23 * at, 220, 32)
    for hidden in (False, True, False, True):
        for part in over:
            part.setHidden(hidden)
        # Both are painted in one go: what was under the parts, and who is a second older.
        made.pass_by(1.0)
        page.show_board(made.board, made.clock.now())
        qapp.processEvents()
    seen = page.screen().grabWindow(page.winId()).toImage()
    assert not seen.isNull()
    shown_list.viewport().update()
    assert worst_difference(seen, page.grab().toImage()) == 0.0


def test_that_who_grows_older_is_shown_as_if_seen_for_the_first_time() -> None:
    made = scene(agents=120, minutes=2)
    watching = AgentBook()
    for second in range(0, 5400, 7):
        then = made.clock.now().wall + timedelta(seconds=second)
        watching.show(made.board, then, look_in("fa").wording)
        fresh = AgentBook()
        fresh.show(made.board, then, look_in("fa").wording)
        keys = tuple(watching.agents)
        assert watching.faces(keys) == fresh.faces(keys), second
