"""The table of queues keeps still enough to be read, and can be walked with the keyboard."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from support.boards import Scene, scene
from support.heard import heard
from support.looks import look_in

from wallboard.domain.snapshot import QueueId
from wallboard.engine.board import Board, site_time
from wallboard.ui.panels.queue_table import COLUMNS, row_face
from wallboard.ui.panels.told_queues import ToldQueueTable
from wallboard.ui.theme.type import Role


def table_of(made: Scene, *, width: int = 900, height: int = 500) -> ToldQueueTable:
    table = ToldQueueTable(look_in("en"))
    table.resize(width, height)
    table.show()
    table.show_board(made.board, made.clock.now())
    return table


def turned(board: Board) -> Board:
    return replace(board, order=board.order[::-1])


def move_mouse(table: ToldQueueTable) -> None:
    place = QPointF(60, 120)
    none = Qt.MouseButton.NoButton
    moved = QMouseEvent(
        QEvent.Type.MouseMove, place, place, none, none, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(table.viewport(), moved)


def test_that_rows_change_places_only_every_two_seconds(qapp: QApplication) -> None:
    made = scene()
    table = table_of(made)
    order = made.board.order
    made.clock.pass_by(1)
    table.show_board(turned(made.board), made.clock.now())
    assert table.order() == order
    made.clock.pass_by(1)
    table.show_board(turned(made.board), made.clock.now())
    assert table.order() == order[::-1]


def test_that_rows_keep_still_under_a_moving_mouse(qapp: QApplication) -> None:
    made = scene()
    table = table_of(made)
    order = made.board.order
    made.clock.pass_by(10)
    move_mouse(table)
    table.show_board(turned(made.board), made.clock.now())
    made.clock.pass_by(4)
    table.show_board(turned(made.board), made.clock.now())
    assert table.order() == order
    made.clock.pass_by(2)
    table.show_board(turned(made.board), made.clock.now())
    assert table.order() == order[::-1]


def test_that_a_queue_that_is_new_or_gone_is_seen_at_once(qapp: QApplication) -> None:
    made = scene()
    table = table_of(made)
    table.show_board(replace(made.board, order=made.board.order[1:]), made.clock.now())
    assert table.order() == made.board.order[1:]


def test_that_arrow_keys_choose_rows_and_scroll_to_them(qapp: QApplication) -> None:
    made = scene(queues=60, minutes=2)
    table = table_of(made)
    chosen: list[str] = []
    table.queue_chosen.connect(chosen.append)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_End):
        QTest.keyClick(table, key)
    assert chosen == [made.board.order[at] for at in (0, 1, 59)]
    assert table.verticalScrollBar().value() == table.verticalScrollBar().maximum() > 0
    last = made.board.order[59]
    part = table.told_part((last,))
    assert part is not None
    assert made.board.queues[last].queue.name in part.name
    assert not part.box.isEmpty(), "it is in sight"
    assert table.told_current() == (last,)


def test_that_a_click_chooses_the_row_under_it(qapp: QApplication) -> None:
    made = scene()
    table = table_of(made)
    chosen: list[str] = []
    table.queue_chosen.connect(chosen.append)
    y = table.header_height() + 2 * table.row_height() + 3
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(80, y))
    assert chosen == [made.board.order[2]]


def test_that_a_hostile_name_is_shown_as_letters(qapp: QApplication) -> None:
    made = scene()
    assert made.board.snapshot is not None
    queue_id = QueueId("q0")
    queues = dict(made.board.snapshot.queues)
    queues[queue_id] = replace(queues[queue_id], name="<b>O'Brien\u202e\x1b</b>")
    made.take(replace(made.board.snapshot, queues=queues))
    table = table_of(made)
    assert "<b>O'Brien</b>" in heard(table)


def test_that_few_calls_show_their_number_and_no_bar(qapp: QApplication) -> None:
    made = scene(minutes=3)
    then = site_time(made.board, made.clock.now())
    few = [
        row_face(standing, then, look_in("en").wording)
        for standing in made.board.queues.values()
        if 0 < standing.totals.offered - standing.totals.waiting < 8
    ]
    assert few
    assert all(row.level is None for row in few)
    assert any(row.cells["bullet"].startswith("n = ") for row in few)


@pytest.mark.parametrize("width", [300, 420, 560, 700, 900, 1600])
def test_that_columns_go_by_rank_and_never_overlap(qapp: QApplication, width: int) -> None:
    table = table_of(scene(), width=width)
    placed = table._columns
    kept = {column.key for column, _, _ in placed}
    gone = [column.rank for column in COLUMNS if column.key not in kept]
    assert {"waiting", "longest_wait"} <= kept
    assert all(column.rank <= min(gone, default=99) for column, _, _ in placed)
    for (_, start, size), (_, following, _) in pairwise(placed):
        assert start + size <= following + 0.01


def test_that_no_name_is_cut_while_there_is_room(qapp: QApplication) -> None:
    made = scene()
    assert made.board.snapshot is not None
    long_name = "Technical support 24 hours"
    queues = {
        key: replace(queue, name=long_name) for key, queue in made.board.snapshot.queues.items()
    }
    made.clock.pass_by(1)
    made.take(replace(made.board.snapshot, as_of=made.clock.wall, queues=queues))
    table = table_of(made, width=1100)
    room = table._columns[0][1] - table._look.px(34)
    assert table._texts.width(long_name, table._fonts[Role.STRONG]) <= room
    assert len(table._columns) == len(COLUMNS)
