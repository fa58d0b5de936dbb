"""The window tells what is wished for and acts on nothing itself."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from support.boards import scene
from support.looks import look_in

from wallboard.ui.frame.board_frame import BoardFrame
from wallboard.ui.look import Look
from wallboard.ui.main_window import MainWindow
from wallboard.ui.pages.first_run import FirstRunPage
from wallboard.ui.pages.overview import OverviewPage
from wallboard.ui.picture import picture_of
from wallboard.ui.theme.tokens import THEMES, next_theme


def press(window: MainWindow, keys: str) -> None:
    window.show()
    # It hears keys once its first frame is painted.
    for _ in range(200):
        if window.findChild(QShortcut) is not None:
            break
        QTest.qWait(5)
    shortcuts = {one.key().toString(): one for one in window.findChildren(QShortcut)}
    shortcuts[keys].activated.emit()


def test_that_the_first_page_offers_the_demo_and_a_connection(
    qapp: QApplication, look: Look
) -> None:
    window = MainWindow(look)
    window.show_first_run()
    wished: list[str] = []
    window.demo_requested.connect(lambda: wished.append("demo"))
    window.connect_requested.connect(lambda: wished.append("connect"))
    window.language_requested.connect(wished.append)
    window.theme_requested.connect(wished.append)
    page = window.findChild(FirstRunPage)
    for button in (page.demo_card, page.connect_card, page.language_button, page.theme_button):
        assert button.accessibleName()
        button.click()
    other = "en" if look.rtl else "fa"
    assert wished == ["demo", "connect", other, "light"]


@pytest.mark.parametrize(
    ("keys", "wish"),
    [("F5", "refresh"), ("Ctrl+L", "fa"), ("Ctrl+D", "light")],
    ids=["asks_at_once", "changes_the_language", "changes_the_theme"],
)
def test_that_a_key(qapp: QApplication, keys: str, wish: str) -> None:
    window = MainWindow(look_in("en"))
    wished: list[str] = []
    window.refresh_requested.connect(lambda: wished.append("refresh"))
    window.language_requested.connect(wished.append)
    window.theme_requested.connect(wished.append)
    press(window, keys)
    assert wished == [wish]


def test_that_f11_fills_the_screen_and_gives_it_back(qapp: QApplication) -> None:
    window = MainWindow(look_in("en"))
    press(window, "F11")
    assert window.windowState() & Qt.WindowState.WindowFullScreen
    press(window, "F11")
    assert not window.windowState() & Qt.WindowState.WindowFullScreen


def test_that_closing_is_told(qapp: QApplication) -> None:
    window = MainWindow(look_in("en"))
    closed: list[bool] = []
    window.closing.connect(lambda: closed.append(True))
    window.show()
    window.close()
    assert closed == [True]


def test_that_a_board_replaces_the_first_page_and_names_the_window(qapp: QApplication) -> None:
    window = MainWindow(look_in("en"))
    window.show_first_run()
    made = scene(name="Tehran<b>")
    window.show_board(made.board, made.clock.now())
    assert isinstance(window.centralWidget().currentWidget(), BoardFrame)  # type: ignore[attr-defined]
    assert window.windowTitle().startswith("Tehran<b>")
    window.show_first_run()
    assert isinstance(window.centralWidget().currentWidget(), FirstRunPage)  # type: ignore[attr-defined]


def test_that_another_language_turns_the_window_around_at_once(qapp: QApplication) -> None:
    window = MainWindow(look_in("en"))
    made = scene()
    window.show_board(made.board, made.clock.now())
    before = picture_of(window, QSize(1366, 768))
    window.show_look(look_in("fa", "light"))
    assert QGuiApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft
    page = window.findChild(OverviewPage)
    assert page.queue_table.x() > page.agents_panel.x()
    assert "زنده" in window.findChild(BoardFrame).top_bar.chip_text()
    window.show_look(look_in("en"))
    assert picture_of(window, QSize(1366, 768)) == before


def test_that_a_demo_keeps_offering_the_real_thing(qapp: QApplication, look: Look) -> None:
    window = MainWindow(look)
    made = scene(demo=True)
    window.show_board(made.board, made.clock.now())
    wished: list[bool] = []
    window.connect_requested.connect(lambda: wished.append(True))
    text = look.wording.translate("TopBar", "Connect my system")
    buttons = {button.text(): button for button in window.findChildren(QPushButton)}
    buttons[text].click()
    assert wished == [True]


def test_that_themes_go_round() -> None:
    keys = ["dark"]
    for _ in THEMES:
        keys.append(next_theme(keys[-1]))
    assert keys == ["dark", "light", "contrast", "dark"]


@pytest.mark.parametrize(
    "key", [Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter], ids=["space", "return", "enter"]
)
def test_that_a_card_is_pressed_by(qapp: QApplication, key: Qt.Key) -> None:
    window = MainWindow(look_in("en"))
    window.show_first_run()
    wished: list[str] = []
    window.demo_requested.connect(lambda: wished.append("demo"))
    window.connect_requested.connect(lambda: wished.append("connect"))
    page = window.findChild(FirstRunPage)
    for card in (page.demo_card, page.connect_card):
        QTest.keyClick(card, key)
    assert wished == ["demo", "connect"]


def test_that_a_calm_board_has_no_ring_until_the_keyboard_is_used(qapp: QApplication) -> None:
    window = MainWindow(look_in("en"))
    window.show_first_run()
    window.show()
    window.activateWindow()
    qapp.processEvents()
    page = window.findChild(FirstRunPage)
    assert window.focusWidget() is page.demo_card
    QTest.keyClick(page.demo_card, Qt.Key.Key_Return)
    made = scene()
    window.show_board(made.board, made.clock.now())
    qapp.processEvents()
    board = window.findChild(OverviewPage)
    assert window.focusWidget() is board
    QTest.keyClick(board, Qt.Key.Key_Tab)
    assert window.focusWidget() is not board
    assert board.isAncestorOf(window.focusWidget())


def test_that_the_first_page_says_why_a_connection_was_not_opened(
    qapp: QApplication, look: Look
) -> None:
    window = MainWindow(look)
    window.show_first_run("Its password is gone.")
    page = window.findChild(FirstRunPage)
    for size in (QSize(1366, 768), QSize(960, 600)):
        picture_of(window, size)
        parts = [page._trouble, page._title, page._about, page.demo_card, page._privacy]
        boxes = [part.geometry() for part in parts]
        assert all(page.rect().contains(box) for box in boxes)
        assert not [pair for pair in combinations(boxes, 2) if pair[0].intersects(pair[1])]
    assert page._trouble.text() == "Its password is gone."
    assert page._trouble.isVisibleTo(window)
    window.show_first_run()
    assert not page._trouble.isVisibleTo(window)
