"""A kiosk in this process: its files, its faces, its way out, and what hands cannot do to it."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QMenu
from pytestqt.qtbot import QtBot
from support.boards import scene
from support.campaign import size_of_campaign
from support.checkout import ROOT
from support.clocks import HandClock
from support.kiosk_hands import Hands

from wallboard.app.kiosk import Kiosk
from wallboard.app.kiosk_board import SAFE_SCENES, safe
from wallboard.app.kiosk_pin import MOST_TRIES
from wallboard.domain.walls import Scene, SceneKind, Wall
from wallboard.runtime.kiosk_wire import RESTART_WANTED, KioskLaunch
from wallboard.settings.file import SettingsFile
from wallboard.settings.model import Language, Profile
from wallboard.settings.paths import places
from wallboard.settings.pins import kept_pin
from wallboard.settings.walls import write_wall

PIN = "2468"
KEPT = kept_pin(PIN)


@pytest.fixture
def kiosk(
    qtbot: QtBot, tmp_path: Path, wallboard_home: Path
) -> Iterator[Callable[..., tuple[Kiosk, HandClock]]]:
    """Makes kiosks that ask nobody: they are not started, and shown by hand."""
    made: list[Kiosk] = []

    def make(*walls: Wall, **told: object) -> tuple[Kiosk, HandClock]:
        files = []
        for number, wall in enumerate(walls):
            files.append(str(tmp_path / f"{number}.toml"))
            write_wall(Path(files[-1]), wall)
        launch = KioskLaunch(
            name="office", folder=str(tmp_path / "kiosk"), walls=tuple(files) or ("",)
        )
        clock = HandClock()
        there = Kiosk(msgspec.structs.replace(launch, **told), places(), clock)
        made.append(there)
        there._guard()
        there._place()
        return there, clock

    yield make
    for each in made:
        each.close()


def type_keys(kiosk: Kiosk, keys: str) -> None:
    """Type on the first board; `\\r` is Enter, `\\x1b` Escape."""
    window = kiosk.boards[0].window
    special = {"\r": Qt.Key.Key_Return, "\x1b": Qt.Key.Key_Escape, "\b": Qt.Key.Key_Backspace}
    for key in keys:
        code = special.get(key, Qt.Key.Key_A)
        none = Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(window, QKeyEvent(QEvent.Type.KeyPress, code, none, key))


Made = Callable[..., tuple[Kiosk, HandClock]]


def test_that_it_fills_the_screen_without_a_frame(kiosk: Made) -> None:
    there, _ = kiosk(Wall(title="Hall"))
    window = there.boards[0].window
    assert window.isVisible()
    assert window.geometry() == window.screen().geometry()
    assert window.windowFlags() & Qt.WindowType.FramelessWindowHint
    assert window.windowTitle() == "Hall"
    assert there.boards[0].face.geometry() == window.rect()
    assert there.boards[0].beat().screen == there._screens.names()[0]


def test_that_the_pin_ends_it_in_any_digits(kiosk: Made, qtbot: QtBot) -> None:
    for keys in (f"{PIN}\r", "\x1b۲۴۶۸\r", f"99\b\b{PIN}\r"):
        there, _ = kiosk(Wall(pin=KEPT))
        with qtbot.waitSignal(there.ended, timeout=2000) as ended:
            type_keys(there, keys)
        assert ended.args == [0]


def test_that_a_wrong_pin_ends_nothing_and_five_of_them_shut_it(kiosk: Made) -> None:
    there, clock = kiosk(Wall(pin=KEPT))
    codes: list[int] = []
    there.ended.connect(codes.append)
    face = there.boards[0].window.pin_face
    for left in range(MOST_TRIES - 1, 0, -1):
        type_keys(there, "1111\r")
        assert str(left) in face.text()
    type_keys(there, "1111\r")
    assert "5:00" in face.text()
    type_keys(there, f"{PIN}\r")
    clock.pass_by(60)
    there._pass_second()
    assert "4:00" in face.text()
    assert face.count == 0
    assert codes == []
    clock.pass_by(241)
    there._pass_second()
    assert face.text() == ""
    type_keys(there, f"{PIN}\r")
    assert codes == [0]


def test_that_escape_ends_it_only_where_no_wall_has_a_pin(kiosk: Made) -> None:
    codes: list[int] = []
    open_one, _ = kiosk(Wall(), Wall())
    open_one.ended.connect(codes.append)
    type_keys(open_one, "q1\r")
    assert codes == []
    type_keys(open_one, "\x1b")
    assert codes == [0]
    guarded, _ = kiosk(Wall(), Wall(pin=KEPT))
    guarded.ended.connect(codes.append)
    type_keys(guarded, "\x1b\x1b\x1b")
    assert codes == [0]


def test_that_settings_that_are_changed_open_no_way_out_beside_a_pin(kiosk: Made) -> None:
    there, _ = kiosk(Wall(), Wall(pin=KEPT))
    codes: list[int] = []
    there.ended.connect(codes.append)
    said = SettingsFile(places().settings_file).load()
    there._take_file(0, replace(said, settings=replace(said.settings, language=Language.FA)))
    type_keys(there, "\x1b")
    assert codes == []
    assert there.boards[0].window.pin_face.isVisible()


def test_that_a_board_of_which_nobody_knows_whether_it_has_a_pin_is_not_left_by_escape(
    kiosk: Made, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "gone.toml"
    there, _ = kiosk(walls=(str(file),))
    codes: list[int] = []
    there.ended.connect(codes.append)
    type_keys(there, "\x1b")
    type_keys(there, f"{PIN}\r?\r")
    assert codes == []
    there._watch.start()
    write_wall(file, Wall(title="Hall", pin=KEPT))
    qtbot.waitUntil(lambda: there.boards[0].wall.title == "Hall", timeout=5000)
    type_keys(there, f"\x1b{PIN}\r")
    assert codes == [0]
    write_wall(file, Wall(title="Open"))
    qtbot.waitUntil(lambda: there.boards[0].wall.title == "Open", timeout=5000)
    type_keys(there, "\x1b")
    assert codes == [0, 0]


def test_that_closing_it_does_nothing(kiosk: Made) -> None:
    there, _ = kiosk(Wall(pin=KEPT))
    window = there.boards[0].window
    assert not window.close()
    assert window.isVisible()


def test_that_the_pin_face_goes_by_itself_and_forgets_what_was_typed(kiosk: Made) -> None:
    there, _ = kiosk(Wall(pin=KEPT))
    face = there.boards[0].window.pin_face
    type_keys(there, "24")
    assert face.isVisible()
    assert face.count == 2
    face._closing.timeout.emit()
    assert not face.isVisible()
    type_keys(there, "6")
    assert face.count == 1


def test_that_the_mouse_is_seen_for_three_seconds_only(kiosk: Made, qtbot: QtBot) -> None:
    there, _ = kiosk(Wall())
    window = there.boards[0].window
    assert window.cursor().shape() is Qt.CursorShape.BlankCursor
    Hands(window, 1)._move()
    assert window.cursor().shape() is Qt.CursorShape.ArrowCursor
    assert window._still.isActive()
    assert window._still.interval() == 3000
    window._still.timeout.emit()
    assert window.cursor().shape() is Qt.CursorShape.BlankCursor


def test_that_a_wall_that_is_changed_is_taken_at_once_and_a_broken_one_is_not(
    kiosk: Made, qtbot: QtBot, tmp_path: Path
) -> None:
    there, _ = kiosk(Wall(title="Before"))
    board = there.boards[0]
    there._watch.start()
    write_wall(tmp_path / "0.toml", Wall(title="After", pin=KEPT))
    qtbot.waitUntil(lambda: board.wall.title == "After", timeout=5000)
    assert board.window.windowTitle() == "After"
    type_keys(there, "1")
    assert board.window.pin_face.isVisible(), "and so is its PIN"
    (tmp_path / "0.toml").write_text("title = [broken", encoding="utf-8")
    qtbot.waitUntil(lambda: board.trouble != "", timeout=5000)
    assert board.wall.title == "After"
    (tmp_path / "0.toml").unlink()
    qtbot.wait(1200)
    assert board.wall.title == "After"
    write_wall(tmp_path / "0.toml", Wall(title="Mended"))
    qtbot.waitUntil(lambda: board.wall.title == "Mended", timeout=5000)
    assert board.trouble == ""


def test_that_a_broken_wall_begins_as_the_usual_one_and_says_why(
    kiosk: Made, tmp_path: Path
) -> None:
    file = tmp_path / "broken.toml"
    file.write_text("= nothing", encoding="utf-8")
    there, _ = kiosk(walls=(str(file),))
    assert there.boards[0].wall == Wall()
    assert there.boards[0].trouble
    assert there.boards[0].beat().trouble == there.boards[0].trouble


def test_that_what_fails_again_and_again_is_left_out() -> None:
    wall = Wall(title="Hall", logo="x.png", scenes=(Scene(kind=SceneKind.TREND),), pin=KEPT)
    shown = safe(wall)
    assert shown.scenes == SAFE_SCENES
    assert {scene.kind for scene in shown.scenes} == {SceneKind.QUEUES}
    assert (shown.title, shown.pin, shown.logo) == ("Hall", KEPT, "")


def test_that_it_says_that_it_is_safe(kiosk: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    there, _ = kiosk(Wall(), safe=True)
    told: list[str] = []
    monkeypatch.setattr(there.boards[0].face, "show_health", told.append)
    there._tell_trouble()
    assert "only queues are shown" in told[-1]


def test_that_it_goes_on_where_the_window_before_was(kiosk: Made) -> None:
    there, clock = kiosk(Wall())
    board = scene(minutes=5).board
    there.boards[0].go_on_from("2 0 7.5")
    there._show(board, clock.now())
    assert there.boards[0].beat().place.startswith("2 0 ")
    assert there.boards[0].beat().scene == SceneKind.AGENTS


def test_that_a_connection_that_is_not_there_is_told_and_waited_for(
    kiosk: Made, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    there, _ = kiosk(Wall())
    told: list[str] = []
    monkeypatch.setattr(there.boards[0].face, "show_health", told.append)
    there.start()
    assert "no connection called office" in told[-1]
    assert there._openings._again.isActive()
    assert there._beat().trouble == told[-1]


def test_that_a_restart_for_want_of_memory_is_asked_for(kiosk: Made) -> None:
    there, _ = kiosk(Wall())
    codes: list[int] = []
    there.ended.connect(codes.append)
    there._heart.restart_wanted.emit()
    assert codes == [RESTART_WANTED]
    there._heart.relief_wanted.emit()


@pytest.mark.timeout(3600)
def test_that_no_hand_opens_anything_or_ends_it(kiosk: Made, qtbot: QtBot) -> None:
    there, clock = kiosk(Wall(pin=KEPT), Wall())
    codes: list[int] = []
    there.ended.connect(codes.append)
    there._show(scene(minutes=5).board, clock.now())
    windows = {board.window for board in there.boards}
    before = {widget for widget in QApplication.topLevelWidgets() if widget.isVisible()}
    shown = {window for window in windows if window.isVisible()}
    hands = [Hands(board.window, seed) for seed, board in enumerate(there.boards)]
    acts = size_of_campaign(4_000, 1_000_000)
    for count in range(acts):
        hands[count % 2].act()
        if count % 100:
            continue
        if count % max(2_000, acts // 50) == 0:
            # Who was shut out for wrong PINs may try again.
            clock.pass_by(301)
            there._pass_second()
        QApplication.processEvents()
        after = {widget for widget in QApplication.topLevelWidgets() if widget.isVisible()}
        assert after - before <= windows, "another window was opened"
        assert shown <= after, "a board was closed"
        assert QApplication.activePopupWidget() is None
        assert QApplication.activeModalWidget() is None
        assert codes == [], "it was ended without its PIN"
    for board in there.boards:
        assert not board.window.findChildren(QMenu)
        assert not board.window.findChildren(QDialog)


def test_that_nothing_of_a_kiosk_knows_how_to_wish() -> None:
    rooms = [*(ROOT / "wallboard" / "app").glob("kiosk*.py")]
    rooms += [*(ROOT / "wallboard" / "ui" / "kiosk").glob("*.py")]
    assert len(rooms) > 10
    for file in rooms:
        tree = ast.parse(file.read_text(encoding="utf-8"))
        names = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        names |= {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        assert not names & {"supervise", "Order", "Wish", "WishKind", "handle_alert"}, file


def test_that_no_window_or_desk_of_supervisors_is_loaded_with_it() -> None:
    told = "import sys, wallboard.app.kiosk as _; print('\\n'.join(sys.modules))"
    command = [sys.executable, "-c", told]
    loaded = set(subprocess.run(command, capture_output=True, text=True, check=True).stdout.split())
    assert "wallboard.ui.kiosk.kiosk_window" in loaded
    for name in loaded:
        assert not name.startswith(("wallboard.ui.dialogs", "wallboard.ui.pages")), name
        assert name not in {
            "wallboard.app.supervision_desk",
            "wallboard.app.window",
            "wallboard.ui.main_window",
            "wallboard.ui.supervising",
            "wallboard.ui.supervisor",
        }


def test_that_settings_that_are_changed_are_taken_at_once(
    kiosk: Made, qtbot: QtBot, wallboard_home: Path
) -> None:
    there, _ = kiosk(Wall(), Wall(language="en"))
    first, second = there.boards
    assert not first.face._look.rtl
    there._watch.start()
    file = SettingsFile(places().settings_file)
    file.change(lambda before: replace(before, language=Language.FA))
    qtbot.waitUntil(lambda: first.face._look.rtl, timeout=5000)
    assert not second.face._look.rtl, "its wall says another language"
    profile = Profile(name="office", kind="simulator")
    file.change(lambda before: before.with_profile(profile))
    qtbot.waitUntil(lambda: there.live is not None, timeout=5000)
    assert there.live is not None
    assert there.live.board.name == "office"
    assert there._beat().trouble == ""
