"""The page of the agents: all of them, in an order that keeps still, and one in detail."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from support.boards import Scene, scene
from support.looks import look_in, share_of_saturated, worst_difference

from wallboard.domain.arranging import Arrangement as QueueArrangement
from wallboard.domain.errors import FaultKind, fault
from wallboard.domain.facts import AgentSpell, FactId
from wallboard.domain.severity import Severity
from wallboard.domain.snapshot import Agent, AgentId, AgentState, QueueId
from wallboard.engine.board import Board
from wallboard.engine.roster import Grouping
from wallboard.ui.look import Look
from wallboard.ui.pages.agents import AgentsPage, View
from wallboard.ui.panels.agent_book import AgentFace
from wallboard.ui.panels.queue_table import TOUCHED_S


def page_of(
    qtbot: QtBot, made: Scene, look: Look | None = None, size: tuple[int, int] = (1500, 900)
) -> AgentsPage:
    page = AgentsPage(look or look_in("en"))
    qtbot.addWidget(page)
    page.resize(*size)
    page.show()
    page.show_board(made.board, made.clock.now())
    return page


def shown_agents(page: AgentsPage) -> list[str]:
    return [key for section in page._list().sections() for key in section.keys]


def with_state(
    made: Scene, agent_id: str, state: AgentState, *, seconds: float = 0.0, **more: object
) -> Board:
    """Let a second pass in which an agent comes to another state."""
    snapshot = made.board.snapshot
    assert snapshot is not None
    made.clock.pass_by(1)
    since = made.clock.wall - timedelta(seconds=seconds)
    agents = dict(snapshot.agents)
    agents[AgentId(agent_id)] = replace(
        agents[AgentId(agent_id)], state=state, state_since=since, **more
    )
    return made.take(replace(snapshot, as_of=made.clock.wall, agents=agents))


def agent_in(made: Scene, state: AgentState) -> Agent:
    assert made.board.snapshot is not None
    return next(one for one in made.board.snapshot.agents.values() if one.state is state)


def face_of(page: AgentsPage, agent_id: str) -> AgentFace:
    face = page._book.face(agent_id)
    assert face is not None
    return face


def test_that_every_agent_is_shown_once_and_counted_in_his_state(qtbot: QtBot) -> None:
    made = scene()
    page = page_of(qtbot, made)
    assert made.board.snapshot is not None
    assert sorted(shown_agents(page)) == sorted(made.board.snapshot.agents)
    for state, chip in page.chips.items():
        number = made.board.crew.site.get(state, 0)
        assert chip.accessibleName() == f"{look_in('en').wording.agent_state(state)} {number}"
    assert page.chips[AgentState.UNKNOWN].isHidden()


def test_that_a_new_state_is_seen_at_once_and_its_place_changes_later(qtbot: QtBot) -> None:
    made = scene()
    page = page_of(qtbot, made)
    free = agent_in(made, AgentState.FREE).agent_id
    order = shown_agents(page)
    board = with_state(made, free, AgentState.IN_CALL)
    page.show_board(board, made.clock.now())
    assert face_of(page, free).state is AgentState.IN_CALL
    assert shown_agents(page) == order
    made.clock.pass_by(1)
    page.show_board(board, made.clock.now())
    (group,) = (part for part in page.grid.sections() if free in part.keys)
    assert group.state is AgentState.IN_CALL


def test_that_cells_keep_still_under_the_mouse_and_while_the_order_is_held(qtbot: QtBot) -> None:
    made = scene()
    page = page_of(qtbot, made)
    order = shown_agents(page)
    free = agent_in(made, AgentState.FREE).agent_id
    place, none = QPointF(60, 120), Qt.MouseButton.NoButton
    moved = QMouseEvent(
        QEvent.Type.MouseMove, place, place, none, none, Qt.KeyboardModifier.NoModifier
    )
    made.clock.pass_by(9)
    QApplication.sendEvent(page.grid.viewport(), moved)
    board = with_state(made, free, AgentState.WRAP_UP)
    page.show_board(board, made.clock.now())
    made.clock.pass_by(TOUCHED_S - 1)
    page.show_board(board, made.clock.now())
    assert shown_agents(page) == order
    QTest.keyClick(page.grid, Qt.Key.Key_Space)
    assert page.hold_chip.isChecked()
    made.clock.pass_by(60)
    page.show_board(board, made.clock.now())
    assert shown_agents(page) == order
    page.hold_chip.click()
    page.show_board(board, made.clock.now())
    assert shown_agents(page) != order


def test_that_chips_filter_by_state(qtbot: QtBot) -> None:
    made = scene()
    page = page_of(qtbot, made)
    page.chips[AgentState.FREE].click()
    page.chips[AgentState.ON_BREAK].click()
    states = [section.state for section in page.grid.sections()]
    assert states == [AgentState.FREE, AgentState.ON_BREAK]
    page.chips[AgentState.FREE].click()
    page.chips[AgentState.ON_BREAK].click()
    assert len(shown_agents(page)) == 42


@pytest.mark.parametrize(
    ("language", "typed"), [("en", "sara tehr"), ("fa", "سارا تهراني"), ("en", "A00000")]
)
def test_that_what_is_typed_filters_and_esc_shows_all_again(
    qtbot: QtBot, language: str, typed: str
) -> None:
    made = scene(language=language)
    page = page_of(qtbot, made, look_in(language))
    QTest.keyClicks(page.grid, "/")
    assert page.field.hasFocus() or QApplication.focusWidget() is None
    page.field.setText(typed)
    assert "a00000" in shown_agents(page)
    assert len(shown_agents(page)) < 6
    QTest.keyClick(page.field, Qt.Key.Key_Escape)
    assert len(shown_agents(page)) == 42
    page.field.setText("nobody at all")
    assert shown_agents(page) == []
    assert page.grid.accessibleDescription() == page.grid._empty_words() != ""


def test_that_groups_by_queue_hold_an_agent_in_each_of_his_queues(qtbot: QtBot) -> None:
    made = scene()
    page = page_of(qtbot, made)
    page.groupings[Grouping.QUEUE].click()
    assert made.board.snapshot is not None
    times = sum(len(agent.queues) for agent in made.board.snapshot.agents.values())
    assert len(shown_agents(page)) == times
    names = [section.heading for section in page.grid.sections()]
    assert names == sorted(queue.name for queue in made.board.snapshot.queues.values())


def test_that_teams_are_offered_where_queues_have_groups(qtbot: QtBot) -> None:
    made = scene()
    page = page_of(qtbot, made)
    chip = page.groupings[Grouping.TEAM]
    assert chip.isHidden()
    groups = {QueueId("q0"): "Front <b>desk</b>\u202e", QueueId("q1"): "Back office"}
    grouped = replace(made.board, arrangement=QueueArrangement(groups=groups))
    page.show_board(grouped, made.clock.now())
    assert not chip.isHidden()
    chip.click()
    names = [section.heading for section in page.grid.sections()]
    assert names == ["Back office", "Front <b>desk</b>", "In no group"]
    page.show_board(made.board, made.clock.now())
    assert chip.isHidden()
    assert page.groupings[Grouping.QUEUE].isChecked(), "of no groups there is nothing to see"


def test_that_the_table_is_sorted_by_the_column_that_is_asked_for(qtbot: QtBot) -> None:
    made = scene()
    page = page_of(qtbot, made)
    page.views[View.TABLE].click()
    page.show_grouping(Grouping.NOTHING)
    names = [face_of(page, key).name for key in shown_agents(page)]
    assert names == sorted(names, key=str.casefold)
    page.table.setFocus()
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Return):
        QTest.keyClick(page.table, key)
    backwards = [face_of(page, key).name for key in shown_agents(page)]
    assert backwards == names[::-1]
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Return, Qt.Key.Key_Down):
        QTest.keyClick(page.table, key)
    states = [face_of(page, key).state for key in shown_agents(page)]
    assert states != sorted(states)
    assert states[0] is AgentState.FREE
    assert states[-1] is AgentState.OFFLINE


def test_that_enter_opens_the_agent_and_esc_closes_him(qtbot: QtBot) -> None:
    made = scene()
    page = page_of(qtbot, made)
    asked: list[str] = []
    page.spells_wanted.connect(asked.append)
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Right, Qt.Key.Key_Return):
        QTest.keyClick(page.grid, key)
    chosen = shown_agents(page)[1]
    assert asked == [chosen]
    assert page.drawer.isVisible()
    assert face_of(page, chosen).name in page.drawer.accessibleDescription()
    assert "Reading the history" in page.drawer.accessibleDescription()
    QTest.keyClick(page.grid, Qt.Key.Key_Right)
    assert page.drawer.key == shown_agents(page)[2]
    qtbot.waitUntil(lambda: asked == [chosen, shown_agents(page)[2]])
    QTest.keyClick(page.grid, Qt.Key.Key_Escape)
    assert page.drawer.isHidden()


def test_that_the_drawer_tells_the_shift_and_drops_answers_about_others(qtbot: QtBot) -> None:
    made = scene()
    page = page_of(qtbot, made)
    agent = agent_in(made, AgentState.FREE)
    assert agent.state_since is not None
    page.grid.opened.emit(agent.agent_id)
    since = agent.state_since
    spell = AgentSpell(
        fact_id=FactId("s"),
        agent_id=agent.agent_id,
        state=AgentState.ON_BREAK,
        began_at=since - timedelta(minutes=30),
        ended_at=since - timedelta(minutes=10),
        reason="<b>Lunch</b>\u202e",
    )
    page.show_spells("somebody else", [spell], since - timedelta(hours=1))
    assert "20:00" not in page.drawer.accessibleDescription()
    page.show_spells(agent.agent_id, [spell], since - timedelta(hours=1))
    assert "On break 20:00" in page.drawer.accessibleDescription()
    assert page.drawer._face.reasons == ("<b>Lunch</b>: 20:00",)
    page.show_no_spells(agent.agent_id, "No history is kept.")
    assert "No history is kept." in page.drawer.accessibleDescription()


@pytest.mark.parametrize(
    ("state", "seconds", "severity"),
    [
        (AgentState.WRAP_UP, 60, Severity.CALM),
        (AgentState.WRAP_UP, 200, Severity.WARNING),
        (AgentState.WRAP_UP, 800, Severity.CRITICAL),
        (AgentState.FREE, 8000, Severity.CALM),
    ],
)
def test_that_who_is_too_long_in_a_state_is_marked_and_told(
    qtbot: QtBot, state: AgentState, seconds: float, severity: Severity
) -> None:
    made = scene()
    board = with_state(made, "a00005", state, seconds=seconds)
    page = page_of(qtbot, made)
    assert board is made.board
    assert face_of(page, "a00005").severity is severity
    word = look_in("en").wording.severity(severity)
    assert page._book.told("a00005").endswith(word) is bool(severity)


def test_that_choosing_an_agent_finds_him_behind_a_filter(qtbot: QtBot) -> None:
    made = scene(agents=300)
    page = page_of(qtbot, made)
    page.chips[AgentState.FREE].click()
    page.field.setText("sara")
    on_break = agent_in(made, AgentState.ON_BREAK).agent_id
    page.choose(on_break)
    assert page.grid.chosen_key() == on_break
    box = page.grid.box_of(on_break)
    assert page.grid.viewport().rect().contains(box)
    page.choose("nobody")
    assert page.grid.chosen_key() == on_break


def test_that_a_hostile_name_is_shown_as_letters(qtbot: QtBot) -> None:
    made = scene()
    with_state(made, "a00000", AgentState.FREE, name="<b>O'Brien\u202e\x1b</b>&amp;")
    page = page_of(qtbot, made)
    assert face_of(page, "a00000").name == "<b>O'Brien</b>&amp;"


def test_that_only_what_is_in_sight_is_looked_at(qtbot: QtBot) -> None:
    made = scene(agents=2000, minutes=2)
    page = page_of(qtbot, made)
    assert len(page.grid._faces) < 200
    assert page.grid.verticalScrollBar().maximum() > 0
    QTest.keyClick(page.grid, Qt.Key.Key_End)
    assert page.grid.chosen_key() == shown_agents(page)[-1]
    assert page.grid.viewport().rect().contains(page.grid.box_of(shown_agents(page)[-1]))
    assert len(page.grid._faces) < 200


@pytest.mark.parametrize(
    "reduced", [pytest.param(True, id="still"), pytest.param(False, id="moving")]
)
@pytest.mark.parametrize("view", View)
def test_that_what_was_painted_in_parts_looks_as_if_painted_anew(
    qtbot: QtBot, qapp: QApplication, view: View, reduced: bool
) -> None:
    made = scene(agents=300, minutes=3)
    page = page_of(qtbot, made, replace(look_in("en"), reduced_motion=reduced))
    page.show_view(view)
    shown_list = page._list()
    qapp.processEvents()
    for at in range(12):
        page.show_board(made.churn(0.05), made.clock.now())
        if at % 4 == 3:
            shown_list.verticalScrollBar().setValue(at * 37)
        qapp.processEvents()
    qtbot.waitUntil(lambda: not shown_list._tints.running)
    qapp.processEvents()
    window = page.screen().grabWindow(page.winId()).toImage()
    in_parts = window if not window.isNull() else page.grab().toImage()
    page.grid.viewport().update()
    page.table.viewport().update()
    qapp.processEvents()
    anew = page.grab().toImage()
    assert worst_difference(in_parts, anew) == 0.0


@pytest.mark.parametrize("theme", ["dark", "light", "contrast"])
def test_that_every_condition_is_seen_and_told(qtbot: QtBot, look: Look, theme: str) -> None:
    made = scene(minutes=20)
    blank = AgentsPage(replace(look, theme=look_in("en", theme).theme))
    qtbot.addWidget(blank)
    blank.resize(1300, 700)
    blank.show_board(Board(name="x", zone=made.board.zone, poll=made.board.poll), made.clock.now())
    waiting = look.wording.translate("Board", "Waiting for the first picture …")
    assert blank.grid.accessibleDescription() == waiting
    page = page_of(qtbot, made, replace(look, theme=look_in("en", theme).theme), (1300, 700))
    live = page.grab().toImage()
    made.fail(fault(FaultKind.LOST))
    page.show_board(made.pass_by(30), made.clock.now())
    stale = page.grab().toImage()
    page.show_board(made.pass_by(90), made.clock.now())
    no_data = page.grab().toImage()
    assert worst_difference(live, stale) > 0.1
    assert worst_difference(stale, no_data) > 1.0


def test_that_a_healthy_crew_shows_no_colour(qtbot: QtBot, look: Look) -> None:
    page = page_of(qtbot, scene(calm=True, minutes=10), look)
    assert share_of_saturated(page.grab().toImage()) < 0.005


def test_that_every_part_that_can_be_used_has_a_name(qtbot: QtBot, look: Look) -> None:
    page = page_of(qtbot, scene(), look)
    page.grid.opened.emit("a00001")
    parts = [
        part for part in page.findChildren(QWidget) if part.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    assert len(parts) > 12
    assert all(part.accessibleName() for part in parts)
    buttons = page.findChildren(QPushButton)
    assert all(button.height() >= 24 for button in buttons if button.isVisible())


@pytest.mark.parametrize("width", [960, 1130, 1310, 1736, 3600])
def test_that_nothing_lies_over_another_thing(qtbot: QtBot, look: Look, width: int) -> None:
    page = page_of(qtbot, scene(), replace(look, compact=width < 1500), (width, 700))
    parts = [part for part in (*page._bar(), page.hold_chip, page.grid) if part.isVisible()]
    for at, part in enumerate(parts):
        assert page.rect().contains(part.geometry())
        for other in parts[at + 1 :]:
            assert not part.geometry().intersects(other.geometry())
    starts = [chip.geometry() for chip in page.chips.values() if chip.isVisible()]
    first, second = starts[0].center().x(), starts[1].center().x()
    assert (first > second) is look.rtl


def test_that_the_frame_alone_leaves_the_edges_free(qtbot: QtBot, look: Look) -> None:
    page = page_of(qtbot, scene(), look, (1900, 900))
    page.grid.opened.emit("a00001")
    spots = [part.geometry() for part in (*page._bar(), page.hold_chip) if part.isVisible()]
    lists = page.grid.geometry().united(page.drawer.geometry())
    for box in (lists, *spots):
        assert page.rect().contains(box)
    assert (lists.left(), lists.right(), lists.bottom()) == (0, page.width() - 1, page.height() - 1)
    assert min(box.left() for box in spots) == 0
    assert max(box.right() for box in spots) == page.width() - 1


def test_that_a_past_that_is_not_known_is_asked_for_again_only_while_looked_at(
    qtbot: QtBot,
) -> None:
    page = page_of(qtbot, scene())
    asked: list[str] = []
    page.spells_wanted.connect(asked.append)
    page.grid.opened.emit("a00001")
    page.show_no_spells("somebody else", "No.")
    assert not page._asking.isActive()
    page.show_no_spells("a00001", "No.")
    assert 8_000 < page._asking.remainingTime() < 12_000
    page._asking.start(0)
    qtbot.waitUntil(lambda: asked == ["a00001"] * 2)
    page.show_no_spells("a00001", "No.")
    page.hide()
    page._asking.start(0)
    qtbot.wait(20)
    assert len(asked) == 2
    page.forget()
    assert page.drawer.isHidden()
    assert not page._asking.isActive()


def test_that_the_keyboard_goes_to_the_list_that_is_shown_instead(qtbot: QtBot) -> None:
    page = page_of(qtbot, scene())
    page.activateWindow()
    page._list().setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is page._list())
    for view in reversed(tuple(View)):
        page.show_view(view)
        assert QApplication.focusWidget() is page._list()
        assert page.focusProxy() is page._list()
        assert page._list().isVisible()
    page.field.setFocus()
    for view in reversed(tuple(View)):
        page.show_view(view)
        assert QApplication.focusWidget() is page.field
