"""Whoever sees the board for the first time is shown around, and can leave at any time."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from support.boards import scene
from support.looks import look_in

from wallboard.ui.frame.board_frame import BoardFrame
from wallboard.ui.frame.coach_marks import MARKS, CoachMarks
from wallboard.ui.main_window import MainWindow
from wallboard.ui.plain_label import PlainLabel

USUAL = QSize(1366, 768)


def toured(size: QSize = USUAL, language: str = "en") -> tuple[MainWindow, CoachMarks]:
    window = MainWindow(look_in(language))
    window.resize(size)
    made = scene(demo=True)
    window.show_board(made.board, made.clock.now())
    window.show()
    QApplication.processEvents()
    window.show_tour()
    tour = window.findChild(CoachMarks)
    assert isinstance(tour, CoachMarks)
    return window, tour


@pytest.mark.parametrize("language", ["en", "fa"])
@pytest.mark.parametrize("size", [QSize(960, 600), QSize(1366, 768), QSize(1920, 1080)])
def test_that_each_mark_is_whole_in_the_window_and_its_words_on_the_card(
    qapp: QApplication, size: QSize, language: str
) -> None:
    window, tour = toured(size, language)
    frame = window.findChild(BoardFrame)
    for at in range(len(MARKS)):
        assert tour.at() == at
        assert frame.rect().contains(tour.geometry())
        parts = [*tour.findChildren(PlainLabel), tour.next_button]
        if not tour.skip_button.isHidden():
            parts.append(tour.skip_button)
        for part in parts:
            assert tour.rect().contains(part.geometry())
            assert part.width() >= part.sizeHint().width() or part.wordWrap()
        boxes = [part.geometry() for part in parts]
        assert not any(
            one.intersects(other) for at, one in enumerate(boxes) for other in boxes[:at]
        )
        tour.next_button.click()
    assert tour.isHidden()
    window.close()


def test_that_the_first_mark_stands_beside_the_chip_on_either_side(qapp: QApplication) -> None:
    for language in ("en", "fa"):
        window, tour = toured(language=language)
        place = window.findChild(BoardFrame).place_of("connection")
        assert isinstance(place, QRect)
        assert tour.y() > place.bottom()
        edge = QRect.right if language == "fa" else QRect.left
        assert edge(tour.geometry()) == edge(place)
        window.close()


def test_that_enter_acknowledges_and_escape_leaves_and_the_board_gets_the_keyboard(
    qapp: QApplication,
) -> None:
    window, tour = toured()
    assert tour.next_button.hasFocus() or not window.isActiveWindow()
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        key = QKeyEvent(kind, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(tour.next_button, key)
    assert tour.at() == 1
    escape = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(tour.next_button, escape)
    assert tour.isHidden()
    assert window.findChild(BoardFrame).page_widget().focusProxy() is not tour
    window.show_tour()
    again = window.findChildren(CoachMarks)[-1]
    assert again.at() == 0
    window.close()


def test_that_marks_follow_the_language_and_the_page(qapp: QApplication) -> None:
    window, tour = toured()
    english = tour.accessibleName()
    before = tour.geometry()
    window.show_look(look_in("fa"))
    assert tour.geometry() != before, "it stands on the other side"
    window.show_look(look_in("en"))
    assert tour.accessibleName() == english
    window.open_page("agents")
    parent = tour.parentWidget()
    assert parent is not None
    assert parent.children()[-1] is tour, "a new page does not lie over it"
    window.end_tour()
    assert not tour.isVisible()
    window.close()


def test_that_the_marks_wait_until_there_is_what_they_stand_beside(qapp: QApplication) -> None:
    window = MainWindow(look_in("en"))
    made = scene(demo=True)
    window.show_board(made.board, made.clock.now())
    window.show_tour()
    tour = window.findChild(CoachMarks)
    assert tour.isHidden(), "the chip was not painted yet"
    window.show()
    QApplication.processEvents()
    window.show_board(made.board, made.clock.now())
    assert tour.isVisible()
    window.close()
