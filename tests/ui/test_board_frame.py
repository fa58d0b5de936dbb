"""The frame shows one page at a time, made when it is wanted, and leads to all by keys."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from support.boards import Scene, scene
from support.heard import heard
from support.looks import look_in

from wallboard.app import shot
from wallboard.command_line import arguments
from wallboard.ui.frame.board_frame import BoardFrame
from wallboard.ui.frame.page_table import PAGES
from wallboard.ui.look import Look
from wallboard.ui.main_window import MainWindow
from wallboard.ui.pages.overview import OverviewPage
from wallboard.ui.pages.queues import QueuesPage
from wallboard.ui.picture import picture_of

SIZES = [QSize(960, 600), QSize(1366, 768), QSize(1920, 1080), QSize(3840, 2160)]


def frame_of(made: Scene, look: Look, size: QSize = SIZES[1]) -> BoardFrame:
    QGuiApplication.setLayoutDirection(look.direction)
    frame = BoardFrame(look)
    frame.resize(size)
    frame.show_board(made.board, made.clock.now())
    return frame


def window_of(made: Scene, look: Look) -> MainWindow:
    window = MainWindow(look)
    window.show_board(made.board, made.clock.now())
    window.show()
    window.activateWindow()
    for _ in range(200):
        if window.findChild(QShortcut) is not None:
            break
        QTest.qWait(5)
    return window


def press(window: MainWindow, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    held = Qt.KeyboardModifier.NoModifier
    for modifier in modifiers:
        held |= modifier
    QTest.keyClick(window.focusWidget() or window, key, held)


def frame_in(window: MainWindow) -> BoardFrame:
    frame = window.findChild(BoardFrame)
    assert isinstance(frame, BoardFrame)
    return frame


def test_that_only_the_page_that_is_shown_first_is_made(qapp: QApplication) -> None:
    frame = frame_of(scene(minutes=2), look_in("en"))
    assert isinstance(frame.page_widget(), OverviewPage)
    assert frame.findChild(QueuesPage) is None
    frame.open_page("queues")
    first = frame.findChild(QueuesPage)
    assert first is not None
    frame.open_page("overview")
    frame.open_page("queues")
    assert frame.findChildren(QueuesPage) == [first]


def test_that_only_the_page_that_is_seen_is_shown_the_board(qapp: QApplication) -> None:
    made = scene(minutes=2)
    frame = frame_of(made, look_in("en"))
    frame.open_page("queues")
    queues, overview = frame.page(), frame.findChild(OverviewPage)
    frame.open_page("overview")
    told = heard(queues.table)
    made.churn(1.0)
    frame.show_board(made.board, made.clock.now())
    assert heard(queues.table) == told
    frame.open_page("queues")
    assert heard(queues.table) != told
    assert not overview.isVisibleTo(frame)


def test_that_a_page_that_was_not_seen_is_in_the_new_language_once_it_is(
    qapp: QApplication,
) -> None:
    frame = frame_of(scene(minutes=2), look_in("en"))
    frame.open_page("queues")
    frame.open_page("overview")
    frame.show_look(look_in("fa", "light"))
    QGuiApplication.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    straight = frame_of(scene(minutes=2), look_in("fa", "light"))
    straight.open_page("queues")
    frame.open_page("queues")
    assert picture_of(frame, SIZES[1]) == picture_of(straight, SIZES[1])


@pytest.mark.parametrize("at", range(len(PAGES)), ids=lambda at: PAGES[at].key)
def test_that_alt_and_a_number_open_a_page(qapp: QApplication, at: int) -> None:
    window = window_of(scene(minutes=2), look_in("en"))
    frame = frame_in(window)
    press(window, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    press(window, Qt.Key(Qt.Key.Key_1 + at), Qt.KeyboardModifier.AltModifier)
    assert frame.page_key() == PAGES[at].key
    assert frame.page_widget().isAncestorOf(window.focusWidget()) or (
        window.focusWidget() is frame.page_widget()
    )
    current = [place.isChecked() for place in frame.rail.places()]
    assert current.index(True) == at
    assert sum(current) == 1


def test_that_a_click_on_the_rail_opens_a_page_without_a_ring(qapp: QApplication) -> None:
    window = window_of(scene(minutes=2), look_in("en"))
    frame = frame_in(window)
    made: list[str] = []
    window.page_made.connect(lambda key, _page: made.append(key))
    QTest.mouseClick(frame.rail.places()[1], Qt.MouseButton.LeftButton)
    assert frame.page_key() == "queues"
    assert made == ["queues"]
    table = frame.page().table
    assert window.focusWidget() is table
    calm = table.grab().toImage()
    press(window, Qt.Key.Key_Shift)
    assert table.grab().toImage() != calm


def test_that_up_and_down_go_through_the_rail_and_enter_opens(qapp: QApplication) -> None:
    window = window_of(scene(minutes=2), look_in("en"))
    frame = frame_in(window)
    wished: list[str] = []
    frame.keys_wanted.connect(lambda: wished.append("keys"))
    places = frame.rail.places()
    frame.rail.setFocus(Qt.FocusReason.TabFocusReason)
    assert window.focusWidget() is places[0]
    press(window, Qt.Key.Key_Down)
    assert window.focusWidget() is places[1]
    assert frame.page_key() == "overview", "to go along the rail opens nothing"
    press(window, Qt.Key.Key_Return)
    assert frame.page_key() == "queues"
    frame.rail.setFocus(Qt.FocusReason.TabFocusReason)
    for _ in places:
        press(window, Qt.Key.Key_Down)
    assert window.focusWidget() is places[-1]


def test_that_f6_goes_through_the_parts_of_the_window_and_back(qapp: QApplication) -> None:
    window = window_of(scene(minutes=2), look_in("en"))
    frame = frame_in(window)
    overview = frame.page_widget()
    parts = [overview.kpi_strip, overview.queue_table, frame.top_bar, frame.rail]
    seen = []
    for _ in range(len(parts)):
        press(window, Qt.Key.Key_F6)
        seen.append(next(p for p in parts if window.focusWidget() in (p, p.focusProxy())))
    start = parts.index(seen[0])
    assert seen == parts[start:] + parts[:start]
    press(window, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert window.focusWidget() in (seen[-2], seen[-2].focusProxy())


def test_that_news_never_take_the_keyboard(qapp: QApplication) -> None:
    made = scene(minutes=2)
    window = window_of(made, look_in("en"))
    frame = frame_in(window)
    frame.go_to("queues", "q0")
    frame.page().search()
    has = window.focusWidget()
    for _ in range(5):
        made.churn(0.5)
        window.show_board(made.board, made.clock.now())
        qapp.processEvents()
    assert window.focusWidget() is has is frame.page().filter


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size.width()}x{size.height()}")
@pytest.mark.parametrize("key", [entry.key for entry in PAGES])
def test_that_no_part_lies_on_another(
    qapp: QApplication, look: Look, size: QSize, key: str
) -> None:
    frame = frame_of(scene(minutes=2), look, size)
    frame.open_page(key)
    picture_of(frame, size)
    parts = (frame.top_bar, frame.rail, frame.page_widget(), frame.status_line)
    boxes = [part.geometry() for part in parts]
    assert all(frame.rect().contains(box) and not box.isEmpty() for box in boxes)
    assert not [pair for pair in combinations(boxes, 2) if pair[0].intersects(pair[1])]


def test_that_everything_that_can_be_pressed_has_a_name(qapp: QApplication, look: Look) -> None:
    frame = frame_of(scene(minutes=2), look)
    frame.open_page("queues")
    picture_of(frame, SIZES[1])
    reached = [
        part
        for part in frame.findChildren(QWidget)
        if part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.isVisibleTo(frame)
    ]
    pressed = [*reached, *frame.rail.places()]
    assert len(pressed) >= 8
    assert [part for part in pressed if not part.accessibleName()] == []


def test_that_the_command_line_draws_just_the_pages_that_there_are() -> None:
    assert arguments.PAGES == shot.PAGES


def test_that_a_large_dark_rail_has_names_and_a_small_one_shapes(
    qapp: QApplication,
) -> None:
    large = frame_of(scene(minutes=2), look_in("en"), SIZES[2])
    small = frame_of(scene(minutes=2), look_in("en"), SIZES[1])
    picture_of(large, SIZES[2])
    picture_of(small, SIZES[1])
    assert small.rail.width() < large.rail.width() / 3
    assert all(place.toolTip() for place in small.rail.places())
    assert not any(place.toolTip() for place in large.rail.places())
