"""A note on a caller and by when to call him back: written, seen by all, taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from support.boards import Scene, scene
from support.heard import heard
from ui.test_calls_page import NUMBERS, cell, keys, lost, page_of

from wallboard.domain.call_backs import CallBackNote
from wallboard.domain.facts import Ending
from wallboard.engine.board import site_time
from wallboard.engine.lost_calls import same_number
from wallboard.ui.pages.calls import CallsPage, View
from wallboard.ui.panels.call_back_note import UNDO_S

HOUR = timedelta(hours=1)


def opened(qtbot: QtBot, made: Scene) -> tuple[CallsPage, list[CallBackNote]]:
    page = page_of(qtbot, made)
    wished: list[CallBackNote] = []
    page.note_wished.connect(wished.append)
    page.show_view(View.LOST)
    page.show_records([lost(made, 50, NUMBERS[0]), lost(made, 10, NUMBERS[1])])
    QTest.keyClick(page.call_backs, Qt.Key.Key_Home)
    QTest.keyClick(page.call_backs, Qt.Key.Key_Return)
    return page, wished


def noted(made: Scene, text: str = "", due_in: timedelta | None = None) -> CallBackNote:
    then = site_time(made.board, made.clock.now())
    return CallBackNote(
        number=same_number(NUMBERS[0]),
        at=then,
        text=text,
        due_at=None if due_in is None else then + due_in,
    )


def test_that_enter_keeps_what_was_typed(qtbot: QtBot) -> None:
    made = scene()
    page, wished = opened(qtbot, made)
    QTest.keyClicks(page.drawer.note.field, " after five ")
    QTest.keyClick(page.drawer.note.field, Qt.Key.Key_Return)
    assert wished == [noted(made, "after five")]
    row = keys(page.call_backs)[0]
    assert cell(page.call_backs, row, "note") == "after five"
    assert "Note after five" in heard(page.call_backs)


def test_that_a_time_goes_before_the_usual_one_and_sorts_the_list(qtbot: QtBot) -> None:
    made = scene()
    page, wished = opened(qtbot, made)
    first, second = keys(page.call_backs)
    assert cell(page.call_backs, first, "due") == "20:00 overdue"
    page.drawer.note.due[HOUR].click()
    assert wished == [noted(made, due_in=HOUR)]
    assert cell(page.call_backs, first, "due") == "in 1:00:00"
    assert keys(page.call_backs) == [second, first], "who is due first is on top"
    page.drawer.note.due[None].click()
    assert cell(page.call_backs, first, "due") == "20:00 overdue"
    assert keys(page.call_backs) == [first, second]


def test_that_the_last_change_is_taken_back_while_there_is_time(qtbot: QtBot) -> None:
    made = scene()
    page, wished = opened(qtbot, made)
    editor = page.drawer.note
    assert editor.undo.isHidden()
    QTest.keyClicks(editor.field, "vip")
    QTest.keyClick(editor.field, Qt.Key.Key_Return)
    editor.due[HOUR].click()
    editor.undo.click()
    assert [(note.text, note.due_at is None) for note in wished] == [
        ("vip", True), ("vip", False), ("vip", True),
    ]  # fmt: skip
    assert editor.undo.isHidden()
    editor.due[HOUR].click()
    assert not editor.undo.isHidden()
    made.clock.pass_by(UNDO_S)
    page.show_board(made.board, made.clock.now())
    assert editor.undo.isHidden()


def test_that_esc_takes_back_what_was_typed_and_keeps_nothing(qtbot: QtBot) -> None:
    page, wished = opened(qtbot, scene())
    QTest.keyClicks(page.drawer.note.field, "oops")
    QTest.keyClick(page.drawer.note.field, Qt.Key.Key_Escape)
    assert page.drawer.note.field.text() == ""
    assert page.drawer.isVisible()
    assert wished == []


def test_that_a_stored_note_is_seen_and_found_by_its_words(qtbot: QtBot) -> None:
    made = scene()
    page, _ = opened(qtbot, made)
    page.show_notes({NUMBERS[0]: noted(made, "contract 17<b>\u202e")})
    assert page.drawer.note.field.text() == "contract 17<b>\u202e"
    assert cell(page.call_backs, keys(page.call_backs)[0], "note") == "contract 17<b>"
    page.field.setText("contract")
    assert len(keys(page.call_backs)) == 1


def test_that_what_is_being_typed_is_not_overwritten(qtbot: QtBot) -> None:
    made = scene()
    page, _ = opened(qtbot, made)
    QTest.keyClicks(page.drawer.note.field, "half a se")
    page.show_notes({NUMBERS[0]: noted(made, "from the other shift")})
    assert page.drawer.note.field.text() == "half a se"


def test_that_an_older_note_takes_the_place_of_none_that_is_on_its_way(qtbot: QtBot) -> None:
    made = scene()
    page, _ = opened(qtbot, made)
    page.drawer.note.due[HOUR].click()
    old = noted(made, "older")
    page.show_notes({NUMBERS[0]: replace(old, at=old.at - HOUR / 4)})
    assert cell(page.call_backs, keys(page.call_backs)[1], "due") == "in 1:00:00"


def test_that_a_note_of_lost_calls_that_were_answered_is_none_of_the_next_ones(
    qtbot: QtBot,
) -> None:
    made = scene()
    page, _ = opened(qtbot, made)
    old = noted(made, "old story")
    page.show_notes({NUMBERS[0]: replace(old, at=old.at - timedelta(minutes=40))})
    page.show_records(
        [
            lost(made, 50, NUMBERS[0]),
            lost(made, 30, NUMBERS[0], Ending.ANSWERED),
            lost(made, 10, NUMBERS[0]),
        ]
    )
    (row,) = keys(page.call_backs)
    assert cell(page.call_backs, row, "note") == ""


def test_that_esc_leaves_a_kept_note_as_it_is(qtbot: QtBot) -> None:
    made = scene()
    page, wished = opened(qtbot, made)
    editor = page.drawer.note
    QTest.keyClicks(editor.field, "vip")
    QTest.keyClick(editor.field, Qt.Key.Key_Return)
    left: list[bool] = []
    editor.left.connect(lambda: left.append(True))
    QTest.keyClicks(editor.field, " no")
    QTest.keyClick(editor.field, Qt.Key.Key_Escape)
    assert (editor.field.text(), left) == ("vip", [])
    QTest.keyClick(editor.field, Qt.Key.Key_Escape)
    editor.field.editingFinished.emit()
    assert (editor.field.text(), left) == ("vip", [True])
    assert wished == [noted(made, "vip")]
