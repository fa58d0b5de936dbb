"""Qt gets a tree of parts from a painted widget, and nothing is left of it when the widget goes."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible, QAccessibleActionInterface, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from support.boards import Scene, scene
from support.checkout import python
from support.heard import parts_of
from support.looks import look_in

from wallboard.ui.accessible.interfaces import (
    PaintedPart,
    PaintedWidget,
    tell_current,
    tell_painted_parts,
)
from wallboard.ui.accessible.part import TellsParts
from wallboard.ui.pages.agents import AgentsPage, View
from wallboard.ui.pages.overview import OverviewPage
from wallboard.ui.pages.queues import QueuesPage
from wallboard.ui.panels.kpi_strip import TILES


@pytest.fixture(autouse=True)
def _heard(qapp: QApplication) -> Iterator[None]:
    tell_painted_parts()
    before = QAccessible.isActive()
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(before)


def overview(made: Scene, language: str = "en") -> OverviewPage:
    page = OverviewPage(look_in(language))
    page.resize(1300, 680)
    page.show()
    page.show_board(made.board, made.clock.now())
    page.activateWindow()
    QTest.qWaitForWindowActive(page)
    return page


def agents(made: Scene) -> AgentsPage:
    page = AgentsPage(look_in("en"))
    page.resize(1300, 680)
    page.show()
    page.show_view(View.TABLE)
    page.show_board(made.board, made.clock.now())
    return page


def whole(widget: QWidget) -> PaintedWidget:
    interface = QAccessible.queryAccessibleInterface(widget)
    assert isinstance(interface, PaintedWidget)
    return interface


def tree(interface: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    yield interface
    for at in range(interface.childCount()):
        child = interface.child(at)
        assert child is not None
        assert interface.indexOfChild(child) == at
        yield from tree(child)


def name_of(interface: QAccessibleInterface) -> str:
    return interface.text(QAccessible.Text.Name)


def test_that_a_tile_is_one_thing_with_a_name_and_a_value_in_words() -> None:
    page = overview(scene())
    tiles = whole(page.kpi_strip)
    tile = tiles.child(TILES.index("longest_wait"))
    assert tile.role() is QAccessible.Role.Button
    assert name_of(tile) == "Longest wait"
    assert tile.text(QAccessible.Text.Value) == (
        "2 minutes 41 seconds, critical, Support, limit 40 seconds, updated 0 seconds ago"
    )
    assert tiles.childCount() == len(TILES)
    assert tile.rect().size() == page.kpi_strip.tile_box(1).toAlignedRect().size()


@pytest.mark.parametrize("language", ["en", "fa"])
def test_that_every_part_is_named_in_words_and_no_word_is_a_glyph(language: str) -> None:
    page = overview(scene(language=language), language)
    for panel in (page.kpi_strip, page.queue_table, page.agents_panel, page.trend_panel):
        assert isinstance(panel, TellsParts)
        parts = [part for _, part in parts_of(panel)]
        assert len(parts) > 5
        for part in parts:
            assert part.name.strip()
            assert not set("—▲◆●▨✓⊘◌◔◉") & set(part.name + part.words), part
            assert part.role is not QAccessible.Role.NoRole


def test_that_the_tree_leads_to_every_part_and_back() -> None:
    page = agents(scene(minutes=2))
    table = whole(page.table)
    for interface in tree(table):
        if isinstance(interface, PaintedPart):
            assert interface.isValid()
            up = interface.parent()
            assert up.child(up.indexOfChild(interface)) is interface
    told = len(list(parts_of(page.table)))
    assert sum(1 for _ in tree(table)) == told + 1


def test_that_what_is_under_the_mouse_is_found() -> None:
    page = overview(scene())
    box = page.kpi_strip.tile_box(2).center().toPoint()
    at = page.kpi_strip.mapToGlobal(box)
    found = whole(page.kpi_strip).childAt(at.x(), at.y())
    assert name_of(found).startswith("Service level")
    row = page.queue_table
    y = row.header_height() + row.row_height() + 3
    there = row.viewport().mapToGlobal(QPoint(80, y))
    second = whole(row).childAt(there.x(), there.y())
    assert name_of(second).startswith(
        page.queue_table._look_up(page.queue_table.order()[1]).name  # type: ignore[union-attr]
    )


def test_that_the_part_where_the_keyboard_is_has_the_focus() -> None:
    page = overview(scene())
    table = page.queue_table
    table.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Down)
    row = whole(table).focusChild()
    assert isinstance(row, PaintedPart)
    assert row.path == (table.order()[1],)
    assert row.state().focused
    QTest.keyClick(table, Qt.Key.Key_Right)
    cell = whole(table).focusChild()
    assert isinstance(cell, PaintedPart)
    assert len(cell.path) == 2
    assert cell.state().focused
    assert not row.state().focused
    assert name_of(cell) in name_of(row)


def test_that_a_press_does_what_a_click_does() -> None:
    page = overview(scene())
    asked: list[tuple[str, object]] = []
    page.explanation_wanted.connect(lambda key, queue: asked.append((key, queue)))
    tile = whole(page.kpi_strip).child(0)
    action = tile.actionInterface()
    assert action.actionNames() == [QAccessibleActionInterface.pressAction()]
    action.doAction(QAccessibleActionInterface.pressAction())
    row = whole(page.queue_table).child(0)
    row.child(1).actionInterface().doAction(QAccessibleActionInterface.pressAction())
    assert asked == [("waiting", None), ("longest_wait", page.queue_table.order()[0])]


def test_that_a_row_that_changes_places_is_the_same_part_as_before() -> None:
    made = scene()
    page = QueuesPage(look_in("en"))
    page.resize(1300, 680)
    page.show()
    page.show_board(made.board, made.clock.now())
    first = whole(page.table).child(0)
    name = name_of(first).split(",")[0]
    page.table.sort_by("queue", backwards=True)
    at = whole(page.table).indexOfChild(first)
    assert at != 0
    assert whole(page.table).child(at) is first
    assert name_of(first).startswith(name)


def test_that_a_part_that_is_gone_says_so() -> None:
    made = scene()
    page = overview(made)
    row = whole(page.queue_table).child(0)
    assert row.isValid()
    page.queue_table._order = page.queue_table._order[1:]
    assert not row.isValid()
    assert row.role() is QAccessible.Role.NoRole
    assert whole(page.queue_table).indexOfChild(row) == -1


def test_that_parts_go_with_their_widget() -> None:
    page = overview(scene())
    interfaces = list(tree(whole(page.queue_table)))[1:]
    assert interfaces
    page.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert not any(shiboken6.isValid(interface) for interface in interfaces)


def test_that_nothing_is_told_while_nobody_listens() -> None:
    page = overview(scene())
    QAccessible.setActive(False)
    tell_current(page.queue_table)


PROGRAM = """
import gc, json, sys
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication
from support.boards import scene
from support.looks import look_in
from wallboard.ui.accessible.interfaces import tell_current, tell_painted_parts
from wallboard.ui.pages.overview import OverviewPage

app = QApplication([])
tell_painted_parts()
QAccessible.setActive(True)
made = scene(minutes=2)

def walk(interface):
    interface.role(), interface.state(), interface.rect(), interface.isValid()
    for kind in (QAccessible.Text.Name, QAccessible.Text.Description, QAccessible.Text.Value):
        interface.text(kind)
    QAccessible.uniqueId(interface)
    interface.parent(), interface.focusChild(), interface.childAt(5, 5), interface.child(-1)
    for at in range(interface.childCount()):
        walk(interface.child(at))

def once():
    page = OverviewPage(look_in("en"))
    page.resize(1200, 600)
    page.show()
    page.show_board(made.board, made.clock.now())
    walk(QAccessible.queryAccessibleInterface(page))
    tell_current(page.queue_table)
    page.hide()
    page.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()

def counts():
    return [sys.getrefcount(it) for it in (None, True, False)]

once()
before, things = counts(), len(gc.get_objects())
for _ in range(6):
    once()
after = counts()
print(json.dumps([*(after[i] - before[i] for i in range(3)), len(gc.get_objects()) - things]))
"""


def test_that_pages_that_come_and_go_while_one_listens_leave_nothing_behind() -> None:
    ran = python(PROGRAM, QT_QPA_PLATFORM="offscreen", PYTHONPATH="tests")
    assert ran.code == 0, ran.text
    *gained, things = json.loads(ran.out)
    # Six pages of some 100 parts each: if parts were kept, they would be many hundreds of things.
    assert things < 150, things
    assert all(-30 < change < 12_000 for change in gained), gained
