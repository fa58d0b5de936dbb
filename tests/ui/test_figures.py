"""Every figure of the overview can be asked where it comes from, and tells of what it is."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QRegion
from pytestqt.qtbot import QtBot
from support.boards import scene
from support.looks import look_in
from support.written import picture_with_texts

from wallboard.domain.totals import NOTHING
from wallboard.engine.board import site_readings, site_time
from wallboard.engine.ledger import minute_of
from wallboard.engine.windows import WindowKind
from wallboard.ui.frame.board_frame import BoardFrame
from wallboard.ui.look import Look
from wallboard.ui.panels.kpi_strip import OF_WINDOW, TILES, KpiStrip, tile_faces
from wallboard.ui.panels.queue_table import QueueTable, row_face
from wallboard.ui.panels.top_bar import TopBar
from wallboard.ui.picture import picture_of
from wallboard.ui.window_button import OFFERED, WindowButton


def test_that_a_click_on_a_tile_asks_for_its_figure(qtbot: QtBot, look: Look) -> None:
    made = scene(minutes=3)
    strip = KpiStrip(look)
    qtbot.addWidget(strip)
    strip.resize(1200, 100)
    strip.show_board(made.board, made.clock.now())
    asked: list[str] = []
    strip.figure_chosen.connect(asked.append)
    for at in range(len(TILES)):
        qtbot.mouseClick(
            strip, Qt.MouseButton.LeftButton, pos=strip.tile_box(at).center().toPoint()
        )
    assert asked == list(TILES)
    qtbot.mouseClick(strip, Qt.MouseButton.RightButton, pos=QPoint(5, 5))
    assert asked == list(TILES)


def test_that_the_keyboard_reaches_every_tile(qtbot: QtBot, look: Look) -> None:
    made = scene(minutes=3)
    strip = KpiStrip(look)
    qtbot.addWidget(strip)
    strip.show_board(made.board, made.clock.now())
    asked: list[str] = []
    strip.figure_chosen.connect(asked.append)
    back, forward = Qt.Key.Key_Left, Qt.Key.Key_Right
    if look.rtl:
        back, forward = forward, back
    for _ in TILES:
        qtbot.keyClick(strip, back)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Enter) * 2:
        qtbot.keyClick(strip, key)
        qtbot.keyClick(strip, forward)
    assert asked == list(TILES)
    assert strip.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_that_the_keyboard_is_seen_on_the_tile(qtbot: QtBot) -> None:
    made = scene(minutes=3)
    strip = KpiStrip(look_in("en"))
    qtbot.addWidget(strip)
    strip.show_board(made.board, made.clock.now())
    size = QSize(1200, 100)
    without = picture_of(strip, size)
    strip.show()
    strip.setFocus(Qt.FocusReason.MouseFocusReason)
    qtbot.waitUntil(strip.hasFocus)
    assert picture_of(strip, size) == without, "a click leaves no ring"
    qtbot.keyClick(strip, Qt.Key.Key_Shift)
    assert picture_of(strip, size) != without


@pytest.mark.parametrize("key", ["service_level", "waiting", "abandoned", "free"])
def test_that_a_click_on_a_cell_asks_for_the_figure_of_its_queue(
    qtbot: QtBot, look: Look, key: str
) -> None:
    made = scene(minutes=3)
    table = QueueTable(look)
    qtbot.addWidget(table)
    table.resize(1100, 400)
    table.show_board(made.board, made.clock.now())
    table.show()
    asked: list[tuple[str, str]] = []
    table.figure_chosen.connect(lambda figure, queue: asked.append((figure, queue)))
    placed = next(column for column in table._columns if column[0].key == key)
    box = table._cell(2, placed)
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    assert asked == [(key, table.order()[2])]
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Down)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert asked[-1] == (key, table.order()[3])


def test_that_a_click_beside_the_figures_asks_for_nothing(qtbot: QtBot) -> None:
    made = scene(minutes=3)
    table = QueueTable(look_in("en"))
    qtbot.addWidget(table)
    table.resize(1100, 400)
    table.show_board(made.board, made.clock.now())
    table.show()
    asked: list[str] = []
    table.figure_chosen.connect(lambda figure, _: asked.append(figure))
    for at in (QPoint(60, 60), QPoint(500, 4), QPoint(500, 399)):
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert asked == []


def test_that_left_and_right_go_through_the_figures_of_a_row(qtbot: QtBot, look: Look) -> None:
    made = scene(minutes=3)
    table = QueueTable(look)
    qtbot.addWidget(table)
    table.resize(1100, 400)
    table.show()
    table.show_board(made.board, made.clock.now())
    asked: list[str] = []
    table.figure_chosen.connect(lambda figure, _: asked.append(figure))
    forward = Qt.Key.Key_Left if look.rtl else Qt.Key.Key_Right
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert asked == [], "no row is chosen yet"
    qtbot.keyClick(table, Qt.Key.Key_Down)
    for _ in range(8):
        qtbot.keyClick(table, Qt.Key.Key_Space)
        qtbot.keyClick(table, forward)
    assert asked[:2] == ["service_level", "offered"]
    assert asked[-1] == "busy"
    assert "bullet" not in asked


def few(calls: int) -> tuple[object, object, object]:
    """Return a board whose queues had so few calls, the moment, and one of its standings."""
    made = scene(minutes=3, queues=2)
    totals = NOTHING._replace(offered=calls, answered=calls, answered_in_target=calls)
    queues = {key: replace(standing, totals=totals) for key, standing in made.board.queues.items()}
    site = replace(made.board.site, totals=totals)
    board = replace(made.board, queues=queues, site=site)
    return board, made.clock.now(), next(iter(queues.values()))


@pytest.mark.parametrize(
    ("calls", "number", "note"), [(0, "—", ""), (4, "100.0%", "n = 4"), (10, "100.0%", "")]
)
def test_that_few_calls_are_told_and_none_is_a_dash(calls: int, number: str, note: str) -> None:
    board, now, standing = few(calls)
    wording = look_in("en").wording
    for key, face in zip(TILES, tile_faces(board, now, wording), strict=True):
        if key not in OF_WINDOW:
            continue
        expected = "0.0%" if key == "abandon_rate" and calls else number
        assert face.number == expected
        assert (face.note == note) if note else not face.note.startswith("n")
        assert face.few is bool(note)
        assert ("n = " in face.note) is bool(note)
    row = row_face(standing, now.wall, wording)
    assert (row.cells["service_level"], row.cells["bullet"]) == (number, note)


@pytest.mark.parametrize("width", [560, 1100])
def test_that_few_calls_are_seen_in_the_table_with_and_without_bullets(
    qtbot: QtBot, width: int
) -> None:
    pictures = []
    for calls in (4, 5):
        board, now, _ = few(calls)
        table = QueueTable(replace(look_in("en"), compact=True))
        qtbot.addWidget(table)
        table.resize(width, 300)
        table.show()
        table.show_board(board, now)
        assert any(column[0].key == "bullet" for column in table._columns) is (width > 1000)
        assert any(column[0].key == "answered" for column in table._columns) is (width > 1000)
        # All that differs between the two pictures is of how few calls the level is.
        pictures.append(picture_of(table, QSize(width, 300)))
    assert pictures[0] != pictures[1]


@pytest.mark.parametrize("kind", OFFERED)
def test_that_the_titles_say_of_which_window_their_figures_are(
    kind: WindowKind, look: Look
) -> None:
    made = scene(minutes=3)
    board = replace(made.board, window=kind)
    short = look.wording.window_short(kind)
    for key, face in zip(TILES, tile_faces(board, made.clock.now(), look.wording), strict=True):
        assert (short in face.label) is (key in OF_WINDOW), key
        assert (short in face.short_label) is (key in OF_WINDOW), key


def test_that_the_menu_offers_every_window_and_marks_the_one_in_use(
    qtbot: QtBot, look: Look
) -> None:
    button = WindowButton(look)
    qtbot.addWidget(button)
    assert button.show_window(WindowKind.SHIFT)
    assert not button.show_window(WindowKind.SHIFT)
    assert button.text() == look.wording.window(WindowKind.SHIFT)
    menu = button.menu_of_windows()
    assert [action.data() for action in menu.actions()] == [str(kind) for kind in OFFERED]
    assert [action.data() for action in menu.actions() if action.isChecked()] == ["shift"]
    asked: list[WindowKind] = []
    button.window_requested.connect(asked.append)
    for action in menu.actions():
        action.trigger()
    assert asked == [kind for kind in OFFERED if kind is not WindowKind.SHIFT]


def test_that_the_keyboard_opens_the_menu(qtbot: QtBot, look: Look) -> None:
    button = WindowButton(look)
    qtbot.addWidget(button)
    button.show()
    button.setFocus()
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Space):
        qtbot.keyClick(button, key)
        menu = button.findChildren(type(button.menu_of_windows()))[0]
        assert menu is not None
        opened = button._menu
        assert opened is not None
        assert opened.isVisible()
        assert opened.activeAction().data() == "today"
        opened.close()


def test_that_the_bar_shows_the_board_s_window_and_passes_wishes_on(
    qtbot: QtBot, look: Look
) -> None:
    made = scene(minutes=3)
    page = BoardFrame(look)
    qtbot.addWidget(page)
    page.resize(1366, 700)
    page.show_board(replace(made.board, window=WindowKind.LAST_15), made.clock.now())
    button = page.top_bar.findChild(WindowButton)
    assert button.text() == look.wording.window(WindowKind.LAST_15)
    asked: list[WindowKind] = []
    page.window_requested.connect(asked.append)
    button.window_requested.emit(WindowKind.TODAY)
    assert asked == [WindowKind.TODAY]


@pytest.mark.parametrize("demo", [True, False])
def test_that_nothing_in_the_bar_lies_over_something_else(
    qtbot: QtBot, look: Look, demo: bool
) -> None:
    made = scene(minutes=3, demo=demo)
    bar = TopBar(replace(look, compact=True))
    qtbot.addWidget(bar)
    bar.resize(960, 44)
    bar.show()
    bar.show_board(made.board, made.clock.now())
    boxes = [button.geometry() for button in bar._buttons() if button.isVisible()]
    boxes.append(bar._clock_box())
    for at, box in enumerate(boxes):
        assert bar.rect().contains(box)
        assert not any(box.intersects(other) for other in boxes[at + 1 :])


@pytest.mark.parametrize("width", [960, 1024, 1366])
def test_that_no_text_in_the_bar_of_a_demo_is_written_over_another(
    qtbot: QtBot, look: Look, width: int
) -> None:
    made = scene(minutes=3, demo=True)
    bar = TopBar(look)
    qtbot.addWidget(bar)
    bar.show_board(made.board, made.clock.now())
    _, written = picture_with_texts(bar, QSize(width, 44))
    painted = [one for one in written if one.part is bar]
    mark = look.wording.translate("TopBar", "DEMO DATA")
    assert [one.text for one in painted].count(mark) == 1
    for at, one in enumerate(painted):
        over = [str(other) for other in painted[at + 1 :] if one.ink.intersects(other.ink)]
        assert over == [], str(one)
    # Where there is room the time is there, too.
    assert len(painted) == (4 if width >= 1366 else 3)


@pytest.mark.parametrize("width", [960, 1024, 1366, 1920])
@pytest.mark.parametrize("demo", [True, False])
def test_that_a_bar_whose_clock_alone_is_painted_anew_is_as_if_all_of_it_were(
    qtbot: QtBot, look: Look, width: int, demo: bool
) -> None:
    made = scene(minutes=3, demo=demo)
    now = made.clock.now()
    bar, size = TopBar(look), QSize(width, 44)
    qtbot.addWidget(bar)
    bar.show_board(made.board, now)
    picture = picture_of(bar, size)
    bar.show_board(replace(made.board, zone=ZoneInfo("Asia/Kabul")), now)
    clock = bar._clock_box()
    bar.render(picture, clock.topLeft(), QRegion(clock))
    assert picture == picture_of(bar, size)


def test_that_a_tile_tells_its_change_on_the_same_time_a_week_before(look: Look) -> None:
    made = scene(minutes=3)
    now = made.clock.now()
    then = site_time(made.board, now)
    readings = site_readings(made.board, then)
    before = {
        "waiting": (readings["waiting"] or 0) + 3,
        "free": readings["free"],
        "service_level": (readings["service_level"] or 0) - 0.05,
    }
    board = replace(made.board, week_before={minute_of(then) - 7 * 24 * 60: before})
    told = {
        key: face.change
        for key, face in zip(TILES, tile_faces(board, now, look.wording), strict=True)
    }
    wording = look.wording
    three, five = wording.signed(wording.count(3), less=True), wording.figure("5.0")
    assert three in told["waiting"]
    assert wording.signed(five, less=False) in told["service_level"]
    assert told["free"] == wording.translate("Tile", "as last week")
    assert told["longest_wait"] == told["in_call"] == told["abandon_rate"] == ""


def test_that_a_figure_of_another_window_is_not_set_against_the_days_of_a_week_before(
    look: Look,
) -> None:
    made = scene(minutes=3)
    now = made.clock.now()
    minute = minute_of(site_time(made.board, now)) - 7 * 24 * 60
    board = replace(
        made.board,
        window=WindowKind.LAST_15,
        week_before={minute: {"service_level": 0.5, "waiting": 1.0}},
    )
    faces = dict(zip(TILES, tile_faces(board, now, look.wording), strict=True))
    assert faces["service_level"].change == ""
    assert faces["waiting"].change
