"""The page of the calls: those of this moment, and whom to call back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from support.boards import Scene, scene
from support.heard import heard
from support.looks import look_in, share_of_saturated, worst_difference

from wallboard.domain.arranging import CallerNumbers
from wallboard.domain.errors import FaultKind, fault
from wallboard.domain.facts import CallRecord, Ending, FactId
from wallboard.domain.severity import Severity
from wallboard.domain.snapshot import Call, CallId, QueueId
from wallboard.engine.board import Board
from wallboard.ui.look import Look
from wallboard.ui.pages.calls import CallsPage, View
from wallboard.ui.panels.call_back_table import Kept
from wallboard.ui.panels.call_table import Stage
from wallboard.ui.panels.column_list import ColumnList
from wallboard.ui.panels.columns import RowFace
from wallboard.ui.panels.queue_table import TOUCHED_S

NUMBERS = ("09121111111", "09122222222", "09123333333")


def page_of(
    qtbot: QtBot, made: Scene, look: Look | None = None, size: tuple[int, int] = (1500, 900)
) -> CallsPage:
    page = CallsPage(look or look_in("en"))
    qtbot.addWidget(page)
    page.resize(*size)
    page.show()
    page.show_board(made.board, made.clock.now())
    return page


def keys(part: ColumnList) -> list[str]:
    return [key for section in part.sections() for key in section.keys]


def cell(part: ColumnList, key: str, column: str) -> str:
    face = part._face(key)
    assert isinstance(face, RowFace)
    return face.cells[column]


def lost(
    made: Scene, minutes_ago: float, number: str | None, ending: Ending = Ending.ABANDONED
) -> CallRecord:
    at = made.clock.wall - timedelta(minutes=minutes_ago)
    name = f"{number}-{minutes_ago}"
    return CallRecord(
        fact_id=FactId(name),
        call_id=CallId(name),
        queue_id=QueueId("q1"),
        entered_at=at - timedelta(seconds=90),
        ended_at=at,
        ending=ending,
        wait=timedelta(seconds=90),
        caller_number=number,
    )


def with_calls(made: Scene, more: Iterable[Call] = (), gone: Iterable[str] = ()) -> Board:
    """Let a second pass in which calls come and go."""
    snapshot = made.board.snapshot
    assert snapshot is not None
    made.clock.pass_by(1)
    left = set(gone)
    calls = {key: call for key, call in snapshot.calls.items() if key not in left}
    calls |= {call.call_id: call for call in more}
    return made.take(replace(snapshot, as_of=made.clock.wall, calls=calls))


def caller(made: Scene, name: str, number: str, *, talks: bool = False) -> Call:
    return Call(
        call_id=CallId(name),
        queue_id=QueueId("q1"),
        caller_number=number,
        entered_at=made.clock.wall,
        answered_at=made.clock.wall if talks else None,
    )


def test_that_who_waits_comes_first_and_longest_on_top(qtbot: QtBot) -> None:
    made = scene()
    page = page_of(qtbot, made)
    assert made.board.snapshot is not None
    calls = made.board.snapshot.calls
    waiting, talking = page.live.sections()
    assert (waiting.heading, talking.heading) == ("Waiting", "Talking")
    assert all(calls[CallId(key)].answered_at is None for key in waiting.keys)
    joined = [calls[CallId(key)].entered_at for key in waiting.keys]
    assert joined == sorted(joined)
    answered = [calls[CallId(key)].answered_at for key in talking.keys]
    assert answered == sorted(answered)
    assert len(waiting.keys) == made.board.site.waiting
    face = page.live._face(waiting.keys[0])
    assert isinstance(face, RowFace)
    assert face.severity is Severity.CRITICAL
    assert "critical" in page.live._told(waiting.keys[0])


def test_that_a_new_caller_is_seen_with_the_picture_he_comes_with(qtbot: QtBot) -> None:
    made = scene()
    page = page_of(qtbot, made)
    first = keys(page.live)[0]
    board = with_calls(made, [caller(made, "new", NUMBERS[0])], gone=[first])
    page.show_board(board, made.clock.now())
    assert "new" in keys(page.live)
    assert first not in keys(page.live)


def test_that_rows_keep_still_under_a_hand_and_what_is_over_is_dim(qtbot: QtBot) -> None:
    made = scene()
    page = page_of(qtbot, made)
    QTest.keyClick(page.live, Qt.Key.Key_Home)
    page.show_board(made.board, made.clock.now())
    order = keys(page.live)
    board = with_calls(made, [caller(made, "new", NUMBERS[0])], gone=[order[2]])
    page.show_board(board, made.clock.now())
    assert keys(page.live) == order
    assert [page.live._shelves.key(spot) for spot in page.live._gone] == [order[2]]
    made.clock.pass_by(TOUCHED_S)
    page.show_board(board, made.clock.now())
    assert "new" in keys(page.live)
    assert order[2] not in keys(page.live)
    assert not page.live._gone


def test_that_callers_are_masked_unless_they_may_be_shown(qtbot: QtBot) -> None:
    made = scene()
    with_calls(made, [caller(made, "new", "09121234567")])
    page = page_of(qtbot, made)
    assert cell(page.live, "new", "caller") == "0912•••4567"
    page.show_view(View.LOST)
    page.show_records([lost(made, 5, "09121234567")])
    (key,) = keys(page.call_backs)
    assert cell(page.call_backs, key, "caller") == "0912•••4567"
    look = look_in("en")
    page.show_look(replace(look, wording=replace(look.wording, callers=CallerNumbers.WHOLE)))
    assert cell(page.live, "new", "caller") == "09121234567"
    assert cell(page.call_backs, key, "caller") == "09121234567"


def test_that_live_calls_are_filtered_by_stage_and_text(qtbot: QtBot) -> None:
    made = scene()
    with_calls(made, [caller(made, "new", "09121234567", talks=True)])
    page = page_of(qtbot, made)
    page.stages[Stage.WAITING].click()
    assert [section.heading for section in page.live.sections()] == ["Waiting"]
    page.stages[Stage.WAITING].click()
    page.field.setText("Support")
    assert keys(page.live)
    assert {cell(page.live, key, "queue") for key in keys(page.live)} == {"Support"}
    page.field.setText("۰۹۱۲۱۲۳۴۵۶۷")
    assert keys(page.live) == ["new"]
    page.field.setText("123456")
    assert keys(page.live) == [], "a part of a masked number finds nothing"


def test_that_lost_calls_are_grouped_and_who_got_through_is_dropped(qtbot: QtBot) -> None:
    made = scene()
    page = page_of(qtbot, made)
    page.views[View.LOST].click()
    first, second, third = NUMBERS
    page.show_records(
        [
            lost(made, 50, first),
            lost(made, 20, first),
            lost(made, 10, second),
            lost(made, 40, third),
            lost(made, 30, third, Ending.ANSWERED),
            lost(made, 5, None),
        ]
    )
    rows = keys(page.call_backs)
    assert [cell(page.call_backs, key, "tries") for key in rows] == ["2", "1"]
    assert [cell(page.call_backs, key, "due") for key in rows] == ["20:00 overdue", "in 20:00"]
    faces = [page.call_backs._face(key) for key in rows]
    assert [face.severity for face in faces if isinstance(face, RowFace)] == [
        Severity.WARNING,
        Severity.CALM,
    ]
    assert "Lost calls 5" in heard(page.summary)
    assert "33.3%, n = 3" in heard(page.summary)
    page.kept[Kept.RECOVERED].click()
    (row,) = keys(page.call_backs)
    assert cell(page.call_backs, row, "caller") == "0912•••3333"
    assert "note" not in page.call_backs.columns()


def test_that_who_talks_now_is_dropped_and_who_waits_now_is_told(qtbot: QtBot) -> None:
    made = scene()
    page = page_of(qtbot, made)
    page.show_view(View.LOST)
    page.show_records([lost(made, 50, NUMBERS[0]), lost(made, 20, NUMBERS[1])])
    page.show_board(with_calls(made, [caller(made, "w", NUMBERS[0])]), made.clock.now())
    row = keys(page.call_backs)[0]
    assert cell(page.call_backs, row, "note") == "waits in a queue now"
    talks = caller(made, "w", NUMBERS[0], talks=True)
    page.show_board(with_calls(made, [talks]), made.clock.now())
    (row,) = keys(page.call_backs)
    assert cell(page.call_backs, row, "caller") == "0912•••2222"
    assert page.kept[Kept.RECOVERED].accessibleName() == "Got through 1"


def test_that_records_are_asked_for_when_seen_and_again_when_calls_have_ended(
    qtbot: QtBot,
) -> None:
    made = scene()
    page = page_of(qtbot, made)
    asked: list[int] = []
    page.records_wanted.connect(lambda: asked.append(1))
    page.show_board(made.pass_by(60), made.clock.now())
    assert asked == []
    page.show_view(View.LOST)
    assert len(asked) == 1
    for _ in range(30):
        page.show_board(made.pass_by(1), made.clock.now())
    assert len(asked) == 1, "no call has ended"
    snapshot = made.board.snapshot
    assert snapshot is not None
    made.take(replace(snapshot, as_of=made.clock.wall), (lost(made, 0, NUMBERS[0]),))
    page.show_board(made.board, made.clock.now())
    assert len(asked) == 2
    page.hide()
    page.show()
    assert len(asked) == 3


def test_that_a_call_that_has_just_ended_is_asked_for_once_more(qtbot: QtBot) -> None:
    made = scene()
    page = page_of(qtbot, made)
    page.show_board(made.pass_by(60), made.clock.now())
    asked: list[int] = []
    page.records_wanted.connect(lambda: asked.append(1))
    page.show_view(View.LOST)
    snapshot = made.board.snapshot
    assert snapshot is not None
    made.pass_by(30)
    made.take(replace(snapshot, as_of=made.clock.wall), (lost(made, 0, NUMBERS[0]),))
    for _ in range(30):
        page.show_board(made.board, made.clock.now())
        made.clock.pass_by(1)
    assert len(asked) == 3, "it may have been on its way to the history still"


def test_that_it_is_said_why_there_is_nothing_to_see(qtbot: QtBot) -> None:
    made = scene()
    page = page_of(qtbot, made)
    page.show_view(View.LOST)
    assert page.call_backs.accessibleDescription() == "Reading the history …"
    assert "not known" in heard(page.summary)
    page.show_no_records("The history cannot be read. Choose another file.")
    assert page.call_backs.accessibleDescription().startswith("The history cannot be read.")
    page.show_records([])
    assert page.call_backs.accessibleDescription() == "Nobody waits to be called back."
    assert made.board.snapshot is not None
    page.show_view(View.LIVE)
    page.show_board(with_calls(made, gone=made.board.snapshot.calls), made.clock.now())
    assert page.live.accessibleDescription() == "No calls at this moment."


def test_that_enter_opens_the_tries_of_a_caller(qtbot: QtBot) -> None:
    made = scene()
    page = page_of(qtbot, made)
    page.show_view(View.LOST)
    page.show_records([lost(made, 50, NUMBERS[0]), lost(made, 20, NUMBERS[0])])
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Return):
        QTest.keyClick(page.call_backs, key)
    assert page.drawer.isVisible()
    assert len(page.drawer._face.tries) == 2
    assert "Lost calls: 2" in page.drawer.accessibleDescription()
    QTest.keyClick(page.call_backs, Qt.Key.Key_Escape)
    assert page.drawer.isHidden()


@pytest.mark.parametrize("column", ["caller", "tries", "last", "wait", "due", "queue"])
def test_that_call_backs_can_be_sorted_both_ways(qtbot: QtBot, column: str) -> None:
    made = scene()
    page = page_of(qtbot, made)
    page.show_view(View.LOST)
    page.show_records([lost(made, at * 7, NUMBERS[at % 3]) for at in range(1, 9)])
    table = page.call_backs
    table.show_sorting(column, backwards=False)
    page.show_board(made.board, made.clock.now())
    order = keys(table)
    table.show_sorting(column, backwards=True)
    page.show_board(made.board, made.clock.now())
    assert keys(table) == order[::-1]


@pytest.mark.parametrize("view", View)
def test_that_what_was_painted_in_parts_looks_as_if_painted_anew(
    qtbot: QtBot, qapp: QApplication, look: Look, view: View
) -> None:
    made = scene(agents=200, minutes=20)
    page = page_of(qtbot, made, look)
    page.show_view(view)
    page.show_records([lost(made, at * 3, f"0912{at % 40:07}") for at in range(1, 90)])
    qapp.processEvents()
    for at in range(8):
        page.show_board(made.churn(0.1), made.clock.now())
        page._list().verticalScrollBar().setValue(at * 29)
        qapp.processEvents()
    in_parts = page.screen().grabWindow(page.winId()).toImage()
    page._list().viewport().update()
    qapp.processEvents()
    assert worst_difference(in_parts, page.grab().toImage()) == 0.0


@pytest.mark.parametrize("view", View)
def test_that_every_condition_is_seen(qtbot: QtBot, look: Look, view: View) -> None:
    made = scene(minutes=20)
    page = page_of(qtbot, made, look, (1300, 700))
    page.show_view(view)
    page.show_records([lost(made, at * 3, f"0912{at:07}") for at in range(1, 9)])
    live = page.grab().toImage()
    made.fail(fault(FaultKind.LOST))
    page.show_board(made.pass_by(30), made.clock.now())
    stale = page.grab().toImage()
    page.show_board(made.pass_by(90), made.clock.now())
    assert worst_difference(live, stale) > 0.1
    assert worst_difference(stale, page.grab().toImage()) > 1.0


def test_that_a_healthy_centre_shows_no_colour(qtbot: QtBot, look: Look) -> None:
    made = scene(calm=True, minutes=20)
    page = page_of(qtbot, made, look)
    assert share_of_saturated(page.grab().toImage()) < 0.005
    page.show_view(View.LOST)
    page.show_records([lost(made, 5, NUMBERS[0])])
    assert share_of_saturated(page.grab().toImage()) < 0.005


@pytest.mark.parametrize("width", [960, 1130, 1310, 1736])
def test_that_parts_have_names_and_lie_beside_each_other(
    qtbot: QtBot, look: Look, width: int
) -> None:
    page = page_of(qtbot, scene(), replace(look, compact=width < 1500), (width, 700))
    for view in View:
        page.show_view(view)
        parts = [part for part in page.children() if isinstance(part, QWidget)]
        seen = [part for part in parts if part.isVisible() and part.parent() is page]
        assert all(part.accessibleName() for part in seen)
        for at, part in enumerate(seen):
            assert page.rect().contains(part.geometry())
            assert not any(part.geometry().intersects(each.geometry()) for each in seen[at + 1 :])


@pytest.mark.parametrize("view", View)
def test_that_the_frame_alone_leaves_the_edges_free(qtbot: QtBot, look: Look, view: View) -> None:
    made = scene()
    page = page_of(qtbot, made, look)
    page.show_view(view)
    page.show_records([lost(made, 5, NUMBERS[0])])
    box = page._list().geometry()
    assert (box.left(), box.right(), box.bottom()) == (0, page.width() - 1, page.height() - 1)
    bar = [part.geometry() for part in (*page._chips(), page.field) if part.isVisible()]
    assert min(each.left() for each in bar) == 0
    assert max(each.right() for each in bar) == page.width() - 1


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
