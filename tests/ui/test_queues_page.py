"""The page of the queues: any order, any filter, and one queue in detail."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from support.boards import QUEUE_NAMES, Scene, scene
from support.heard import heard
from support.looks import look_in, share_of_saturated

from wallboard.domain.arranging import Arrangement, CallerNumbers
from wallboard.domain.errors import FaultKind, fault
from wallboard.domain.snapshot import AgentState, Call, QueueId, Snapshot
from wallboard.engine.board import Board
from wallboard.engine.happenings import SiteDecided
from wallboard.engine.kpi import measure_by_key
from wallboard.engine.step import step
from wallboard.ui.frame.board_frame import BoardFrame, fitted
from wallboard.ui.look import Look
from wallboard.ui.pages.queues import QueuesPage
from wallboard.ui.panels.full_queue_table import ALL_COLUMNS, NAME, heading
from wallboard.ui.panels.queue_figures import FIGURES
from wallboard.ui.panels.waiting_list import WaitingList, caller_name
from wallboard.ui.picture import picture_of
from wallboard.ui.theme.type import Role

LARGE = QSize(1920, 1080)
SMALL = QSize(1366, 768)
PAGE = QSize(1280, 690)
UNREACHABLE = fault(FaultKind.UNREACHABLE, host="192.0.2.7", port=5038, reason="Connection refused")
KeepsItsLook = Callable[[str, QWidget, QSize], None]


def page_of(made: Scene, look: Look | None = None, size: QSize = PAGE) -> QueuesPage:
    look = look or look_in("en")
    QGuiApplication.setLayoutDirection(look.direction)
    page = QueuesPage(replace(look, compact=True))
    page.resize(size)
    page.show_board(made.board, made.clock.now())
    page.show()
    page.activateWindow()
    QApplication.processEvents()
    return page


def frame_with(made: Scene, look: Look, opened: str = "") -> BoardFrame:
    QGuiApplication.setLayoutDirection(look.direction)
    frame = BoardFrame(look)
    frame.show_board(made.board, made.clock.now())
    frame.open_page("queues")
    if opened:
        frame.page().choose(opened)
    return frame


# How it looks


def test_that_a_large_dark_page_with_a_queue_in_detail_looks_as_kept(
    qapp: QApplication, keeps_its_look: KeepsItsLook
) -> None:
    keeps_its_look("queues_en_dark", frame_with(scene(), look_in("en"), "q0"), LARGE)


def test_that_a_small_light_persian_page_looks_as_kept(
    qapp: QApplication, keeps_its_look: KeepsItsLook
) -> None:
    made = scene(language="fa", queues=40, agents=300, minutes=20, name="مرکز تماس تهران")
    keeps_its_look("queues_fa_light", frame_with(made, look_in("fa", "light"), "q0"), SMALL)


def test_that_a_stale_page_looks_as_kept(qapp: QApplication, keeps_its_look: KeepsItsLook) -> None:
    made = scene()
    made.fail(UNREACHABLE)
    made.pass_by(20)
    keeps_its_look("queues_stale", frame_with(made, look_in("en", "light"), "q0"), SMALL)


@pytest.mark.parametrize("theme", ["dark", "light", "contrast"])
def test_that_a_healthy_page_is_without_colour(qapp: QApplication, theme: str) -> None:
    frame = frame_with(scene(calm=True), look_in("en", theme), "q2")
    assert share_of_saturated(picture_of(frame, LARGE)) <= 0.005


@pytest.mark.parametrize("size", [QSize(960, 600), SMALL, LARGE, QSize(3840, 2160)])
@pytest.mark.parametrize("opened", ["", "q0"], ids=["alone", "with_detail"])
def test_that_no_heading_is_cut(qapp: QApplication, look: Look, size: QSize, opened: str) -> None:
    frame = frame_with(scene(language=look.wording.language, minutes=2), look, opened)
    picture_of(frame, size)
    table, dressed = frame.page().table, fitted(look, size.width(), size.height())
    font = dressed.font(Role.LABEL)
    cut = [
        column.key
        for column, _, width in table._columns
        if table._texts.width(heading(column.key, dressed.wording), font) > width - dressed.px(10)
    ]
    assert cut == []


def test_that_all_columns_are_there_where_there_is_room(qapp: QApplication) -> None:
    frame = frame_with(scene(minutes=2), look_in("en"))
    picture_of(frame, SMALL)
    assert [column.key for column, _, _ in frame.page().table._columns] == [
        column.key for column in ALL_COLUMNS
    ]


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["small", "large"])
def test_that_persian_mirrors_the_page(qapp: QApplication, size: QSize) -> None:
    centres = []
    for language in ("en", "fa"):
        frame = frame_with(scene(language=language, minutes=2), look_in(language), "q0")
        picture_of(frame, size)
        page = frame.page()
        parts = (page.filter, page.table, page.drawer(), page.drawer().people)
        centres.append([part.mapTo(frame, QPoint(0, 0)).x() + part.width() / 2 for part in parts])
    for left, right in zip(*centres, strict=True):
        assert abs(size.width() - left - right) <= 1


# Filter


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        pytest.param("امور مالي", ["امور مالی"], id="arabic_yeh"),
        pytest.param("نمايندگيها", ["نمایندگی‌ها"], id="without_a_joiner"),
        pytest.param("كالا", ["مرجوعی کالا"], id="arabic_kaf"),
    ],
)
def test_that_a_filter_finds_a_name_however_it_is_typed(
    qapp: QApplication, typed: str, names: list[str]
) -> None:
    made = scene(language="fa", minutes=2)
    page = page_of(made, look_in("fa"))
    page.filter.setText(typed)
    assert [made.board.queues[key].queue.name for key in page.table.order()] == names


@pytest.mark.parametrize("typed", ["12", "۱۲", "١٢"], ids=["latin", "persian", "arabic"])
def test_that_a_filter_takes_any_digits(qapp: QApplication, typed: str) -> None:
    made = scene(queues=20, minutes=2)
    page = page_of(made)
    page.filter.setText(typed)
    assert [made.board.queues[key].queue.name for key in page.table.order()] == ["Partners 12"]


def test_that_a_filter_that_finds_nothing_says_what_to_do(qapp: QApplication, look: Look) -> None:
    page = page_of(scene(minutes=2), look)
    before = page.count.text()
    page.filter.setText("zz")
    assert page.table.order() == ()
    assert "zz" in page.table._empty_text()
    assert "Esc" in page.table._empty_text()
    assert page.count.text() != before
    QTest.keyClick(page.filter, Qt.Key.Key_Escape)
    assert len(page.table.order()) == 6
    assert page.count.text() == before


def test_that_the_slash_leads_to_the_filter_and_esc_back(qapp: QApplication) -> None:
    page = page_of(scene(minutes=2))
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Slash)
    assert page.focusWidget() is page.filter
    QTest.keyClicks(page.filter, "sal/")
    assert page.filter.text() == "sal/", "in the field it is a letter like others"
    QTest.keyClick(page.filter, Qt.Key.Key_Escape)
    assert page.filter.text() == ""
    QTest.keyClick(page.filter, Qt.Key.Key_Escape)
    assert page.focusWidget() is page.table


def test_that_a_filtered_page_shows_again_what_is_asked_for(qapp: QApplication) -> None:
    page = page_of(scene(minutes=2))
    page.filter.setText("sales")
    page.choose("q0")
    assert page.filter.text() == ""
    assert page.drawer().queue_id() == "q0"
    page.choose("not there")
    assert page.drawer().queue_id() == "q0"


# Order


@pytest.mark.parametrize("key", ["offered", "asa", "abandon_rate", "service_level", "free"])
def test_that_a_heading_sorts_then_turns_around_then_lets_go(qapp: QApplication, key: str) -> None:
    made = scene()
    page = page_of(made)
    table = page.table
    queues = made.board.queues

    def read(queue_id: QueueId) -> float:
        standing = queues[queue_id]
        if key == "free":
            return standing.free
        return measure_by_key(key, standing.totals) or 0

    placed = next(place for place in table._columns if place[0].key == key)
    spot = QPoint(round(placed[1] + placed[2] / 2), table.header_height() // 2)
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    falling = [read(queue_id) for queue_id in table.order()]
    assert falling == sorted(falling, reverse=True)
    assert len(set(falling)) > 1
    assert heading(key, look_in("en").wording) in table.accessibleName()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert [read(queue_id) for queue_id in table.order()] == falling[::-1]
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert table.order() == made.board.order


def test_that_names_are_sorted_by_the_alphabet(qapp: QApplication) -> None:
    made = scene(minutes=2)
    page = page_of(made)
    table = page.table
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(60, 10))
    names = [made.board.queues[key].queue.name for key in table.order()]
    assert names == sorted(QUEUE_NAMES["en"])


def test_that_what_is_not_known_stays_last_either_way(qapp: QApplication) -> None:
    made = scene(minutes=2)
    page = page_of(made)
    table = page.table
    nobody = {key for key, row in made.board.queues.items() if row.waiting_since is None}
    assert nobody
    for backwards in (False, True):
        table.sort_by("longest_wait", backwards=backwards)
        assert set(table.order()[-len(nobody) :]) == nobody


def test_that_the_keyboard_reaches_the_headings_and_sorts(qapp: QApplication) -> None:
    made = scene(minutes=2)
    page = page_of(made)
    table = page.table
    table.setFocus()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Right, Qt.Key.Key_Return):
        QTest.keyClick(table, key)
    assert table.sorting() == ("waiting", False)
    assert "Waiting" in table.accessibleName()
    QTest.keyClick(table, Qt.Key.Key_Left)
    QTest.keyClick(table, Qt.Key.Key_Space)
    assert table.sorting() == (NAME, False)
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert table.chosen() == table.order()[0]


def test_that_sorted_rows_change_places_no_more_often_than_others(qapp: QApplication) -> None:
    made = scene()
    page = page_of(made)
    page.table.sort_by("waiting")
    order = page.table.order()
    swapped = {
        key: replace(row, waiting=50 if key == order[-1] else row.waiting)
        for key, row in made.board.queues.items()
    }
    board = replace(made.board, queues=swapped)
    made.clock.pass_by(1)
    page.show_board(board, made.clock.now())
    assert page.table.order() == order
    made.clock.pass_by(1)
    page.show_board(board, made.clock.now())
    assert page.table.order()[0] == order[-1]


# Detail


def test_that_enter_opens_the_detail_and_esc_closes_it(qapp: QApplication) -> None:
    made = scene()
    page = page_of(made)
    page.table.setFocus()
    assert page.drawer() is None
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    drawer = page.drawer()
    assert drawer is not None
    assert drawer.queue_id() == made.board.order[0]
    assert page.focusWidget() is page.table, "one goes on through the rows"
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    assert drawer.queue_id() == made.board.order[1]
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert page.focusWidget() is drawer.figures
    QTest.keyClick(drawer.figures, Qt.Key.Key_Escape)
    assert page.drawer() is None
    assert page.focusWidget() is page.table


def test_that_esc_in_the_table_closes_the_detail_too(qapp: QApplication) -> None:
    page = page_of(scene(minutes=2))
    page.choose("q0")
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Escape)
    assert page.drawer() is None


def test_that_a_click_on_a_name_opens_the_detail_and_on_a_figure_explains(
    qapp: QApplication,
) -> None:
    made = scene()
    page = page_of(made)
    asked: list[tuple[str, object]] = []
    page.explanation_wanted.connect(lambda key, queue: asked.append((key, queue)))
    table = page.table
    y = table.header_height() + table.row_height() // 2
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(60, y))
    assert page.drawer().queue_id() == made.board.order[0]
    assert asked == []
    start, width = next((s, w) for column, s, w in table._columns if column.key == "offered")
    spot = QPoint(round(start + width / 2), y)
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert asked == [("offered", made.board.order[0])]


def test_that_every_figure_of_the_detail_can_be_explained(qapp: QApplication, look: Look) -> None:
    page = page_of(scene(language=look.wording.language), look)
    asked: list[tuple[str, object]] = []
    page.explanation_wanted.connect(lambda key, queue: asked.append((key, queue)))
    page.choose("q1")
    figures = page.drawer().figures
    for at in range(len(FIGURES)):
        spot = figures.box(at).center().toPoint()
        QTest.mouseClick(figures, Qt.MouseButton.LeftButton, pos=spot)
    assert asked == [(key, "q1") for key in FIGURES]
    asked.clear()
    QTest.keyClick(figures, Qt.Key.Key_Up)
    QTest.keyClick(figures, Qt.Key.Key_Return)
    assert asked == [(FIGURES[-2], "q1")]


def test_that_the_detail_tells_figures_callers_and_agents_in_words(
    qapp: QApplication, look: Look
) -> None:
    made = scene(language=look.wording.language)
    page, wording = page_of(made, look), look.wording
    page.choose("q0")
    drawer, standing = page.drawer(), made.board.queues[QueueId("q0")]
    told = heard(drawer.figures)
    assert f"{wording.kpi_name('waiting')}: {wording.count(standing.waiting)}" in told
    assert wording.kpi_name("asa") in told
    assert wording.severity(standing.wait_severity) in told
    assert standing.queue.name in drawer.accessibleName()
    assert wording.count(standing.waiting) in drawer.people.accessibleName()
    assert wording.agent_state(AgentState.FREE) in heard(drawer.people)


def test_that_callers_stand_oldest_first_and_agents_by_state(qapp: QApplication) -> None:
    made = scene()
    page = page_of(made)
    page.choose("q0")
    waiting, *states = page.drawer().people.sections()
    calls = made.board.snapshot.calls
    came = [calls[key.removeprefix("call:")].entered_at for key in waiting.keys]
    assert len(came) == made.board.queues[QueueId("q0")].waiting > 2
    assert came == sorted(came)
    agents = made.board.snapshot.agents
    for section in states:
        assert section.state is not None
        for key in section.keys:
            agent = agents[key.removeprefix("agent:")]
            assert agent.state is section.state
            assert "q0" in agent.queues
    here = [agent for agent in agents.values() if "q0" in agent.queues]
    assert sum(len(section.keys) for section in states) == len(here)


def test_that_a_number_is_masked_unless_it_may_be_shown() -> None:
    wording = look_in("en").wording
    call = Call(call_id="c", queue_id=QueueId("q"), caller_number="09123456789")  # type: ignore[arg-type]
    masked = caller_name(call, wording)
    assert "6789" in masked
    assert "345" not in masked
    assert "09123456789" in caller_name(call, replace(wording, callers=CallerNumbers.WHOLE))
    nobody = replace(call, caller_number=None)
    assert caller_name(nobody, wording) == "number withheld"


def test_that_a_caller_s_name_is_told_only_where_that_was_decided(qapp: QApplication) -> None:
    made = scene(minutes=2)
    snapshot = made.board.snapshot
    calls = {key: replace(call, caller_name="Mr Known") for key, call in snapshot.calls.items()}
    made.clock.pass_by(1)
    made.take(replace(snapshot, as_of=made.clock.wall, calls=calls))
    people = WaitingList(look_in("en"))
    people.resize(360, 400)
    people.show_queue(made.board, QueueId("q0"), made.clock.now())
    assert "Mr Known" not in heard(people)
    assert all(face.note == "" for face in people._faces.values())
    look = look_in("en")
    people.show_look(replace(look, wording=replace(look.wording, caller_names=True)))
    people.show_queue(made.board, QueueId("q0"), made.clock.now())
    assert any(face.note == "Mr Known" for face in people._faces.values())


def test_that_a_hostile_name_stays_letters_in_the_detail(qapp: QApplication) -> None:
    made = scene(minutes=2)
    snapshot = made.board.snapshot
    queues = dict(snapshot.queues)
    queues[QueueId("q0")] = replace(queues[QueueId("q0")], name="<b>x</b>\u202e\x1b&" * 2000)
    made.clock.pass_by(1)
    made.take(replace(snapshot, as_of=made.clock.wall, queues=queues))
    page = page_of(made)
    page.choose("q0")
    name = page.drawer().accessibleName()
    assert "<b>x</b>" in name
    assert not set(name) & {"\u202e", "\x1b"}
    assert len(name) < 600
    page.drawer().grab()


def test_that_a_queue_that_goes_stays_in_the_drawer_with_a_word(qapp: QApplication) -> None:
    made = scene(minutes=2)
    page = page_of(made)
    page.choose("q0")
    drawer = page.drawer()
    there = drawer.grab().toImage()
    snapshot = made.board.snapshot
    left = {key: row for key, row in snapshot.queues.items() if key != "q0"}
    made.clock.pass_by(3)
    made.take(replace(snapshot, as_of=made.clock.wall, queues=left))
    page.show_board(made.board, made.clock.now())
    assert page.drawer() is drawer
    assert drawer._gone
    assert "not known" in heard(drawer.figures)
    assert drawer.grab().toImage() != there


# States


def test_that_the_first_second_waits_and_an_empty_site_says_what_to_do(
    qapp: QApplication, look: Look
) -> None:
    made = scene(minutes=2)
    made.board = Board(name="new", zone=made.board.zone, poll=made.board.poll)
    page = page_of(made, look)
    waits = page.table._empty_text()
    assert page.count.text() == ""
    made.take(Snapshot(as_of=made.clock.wall))
    page.show_board(made.board, made.clock.now())
    assert page.table._empty_text() != waits
    assert page.table.order() == ()
    page.grab()


def test_that_repainting_only_what_changed_gives_the_same_picture(qapp: QApplication) -> None:
    made = scene(queues=30, agents=300, minutes=3)
    page = page_of(made, replace(look_in("fa"), reduced_motion=True))
    page.choose("q1")
    qapp.processEvents()
    for _ in range(10):
        made.churn()
        page.show_board(made.board, made.clock.now())
        qapp.processEvents()
    shown = page.screen().grabWindow(page.winId()).toImage()
    straight = page.grab().toImage()
    assert shown.convertToFormat(straight.format()) == straight


def test_that_nothing_is_repainted_when_nothing_changed(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = scene(minutes=2)
    page = page_of(made)
    page.choose("q0")
    drawer = page.drawer()
    qapp.processEvents()
    damaged: list[QWidget] = []
    for part in (drawer, drawer.figures, drawer.people.viewport(), page.table.viewport()):
        monkeypatch.setattr(
            type(part), "update", lambda self, *_: damaged.append(self), raising=False
        )
    page.show_board(made.board, made.clock.now())
    assert damaged == []


def test_that_groups_leave_their_queues_alone_in_sight(qapp: QApplication) -> None:
    made = scene(minutes=2)
    groups = {QueueId("q0"): "Front", QueueId("q1"): "Front", QueueId("q2"): "<b>Back</b>"}
    decided = SiteDecided(measuring=made.board.measuring, arrangement=Arrangement(groups=groups))
    made.board, _ = step(made.board, decided, made.clock.now())
    page = page_of(made)
    assert [chip.accessibleName() for chip in page.groups.chips.values()] == [
        "<b>Back</b> 1",
        "Front 2",
    ]
    page.groups.chips["Front"].click()
    assert set(page.table.order()) == {"q0", "q1"}
    assert page.count.text() == "Queues: 2 of 6"
    page.filter.setText("back")
    assert page.table.order() == ()
    page.groups.chips["Front"].click()
    assert page.table.order() == (QueueId("q2"),), "found by its group"
    page.filter.clear()
    page.groups.chips["Front"].click()
    nothing = SiteDecided(measuring=made.board.measuring, arrangement=Arrangement())
    made.board, _ = step(made.board, nothing, made.clock.now())
    page.show_board(made.board, made.clock.now())
    assert len(page.table.order()) == 6, "a group that is no more holds nothing back"
    assert page.groups.chips == {}


def test_that_a_queue_that_is_looked_for_is_shown_whatever_group_it_is_in(
    qapp: QApplication,
) -> None:
    made = scene(minutes=2)
    arrangement = Arrangement(groups={QueueId("q0"): "Front"})
    decided = SiteDecided(measuring=made.board.measuring, arrangement=arrangement)
    made.board, _ = step(made.board, decided, made.clock.now())
    page = page_of(made)
    page.groups.chips["Front"].click()
    page.choose("q3")
    assert "q3" in page.table.order()


def test_that_single_keys_do_nothing_once_they_are_off(qapp: QApplication) -> None:
    look = replace(look_in("en"), single_keys=False)
    page = page_of(scene(minutes=1), look)
    assert "/" not in page.filter.placeholderText()
    page.show()
    page.table.setFocus()
    page._search_by_sign()
    assert not page.filter.hasFocus()
