"""What is wished for on the page of TVs' boards is in a file at once, and can be taken back."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot
from support.boards import scene as site
from support.looks import look_in, wording_in, worst_difference

from wallboard.app.wall_desk import WallDesk
from wallboard.app.wall_faces import WallStanding, wall_standing
from wallboard.domain.walls import USUAL_SCENES, Scene, SceneKind, Wall
from wallboard.runtime.opening import Opening
from wallboard.settings.model import Profile, Settings
from wallboard.settings.paths import places
from wallboard.settings.pins import pin_fits
from wallboard.settings.wall_folder import WallFolder
from wallboard.settings.walls import logo_path, read_wall, wall_files, write_wall
from wallboard.ui.pages.walls import WallsPage
from wallboard.ui.walls.editor import BRAND, HOUSE, ROOM
from wallboard.ui.walls.wishes import (
    LogoTold,
    PinTold,
    WallBrought,
    WallCopied,
    WallDecided,
    WallGiven,
    WallMade,
    WallRemoved,
    WallRenamed,
    WallStarted,
)

ENDED, LASTS = "raise SystemExit(3)", "import time; time.sleep(60)"


class Office:
    """A page and its desk, with what was started."""

    def __init__(self) -> None:
        self.folder = WallFolder(places().walls)
        self.page = WallsPage(look_in("en"))
        self.page.resize(1290, 690)
        self.words: list[tuple[str, ...]] = []
        self.program = LASTS
        self.running: list[subprocess.Popen[bytes]] = []
        self.desk = WallDesk(self._standing, places(), launch=self._launch)
        self.desk.serve(self.page)
        made = site(minutes=1)
        self.page.show_board(made.board, made.clock.now())

    def wish(self, wish: object) -> None:
        self.page.wished.emit(wish)

    def names(self) -> list[str]:
        return [file.name for file in wall_files(self.folder.path)]

    def wall(self, name: str) -> Wall:
        return read_wall(self.folder.file(name))

    def undo(self) -> None:
        self.page.undo_wanted.emit()

    def told(self) -> str:
        return self.page.line.told.text()

    def trouble(self) -> str:
        return self.page.line.trouble.text()

    def _standing(self) -> WallStanding:
        wordings = {key: wording_in(key) for key in ("en", "fa")}
        return WallStanding(connection="Tehran", wording=wordings["en"], wordings=wordings)

    def _launch(self, words: Sequence[str]) -> subprocess.Popen[bytes]:
        self.words.append(tuple(words))
        self.running.append(subprocess.Popen((sys.executable, "-c", self.program)))
        return self.running[-1]

    def close(self) -> None:
        for process in self.running:
            process.kill()
            process.wait()


@pytest.fixture
def office(qtbot: QtBot, wallboard_home: Path) -> Iterator[Office]:
    made = Office()
    qtbot.addWidget(made.page)
    yield made
    made.close()


@pytest.fixture
def hall(office: Office) -> Office:
    write_wall(office.folder.path / "Hall.toml", Wall(title="Hall"))
    office.desk.show()
    return office


def test_that_a_board_made_by_clicks_is_a_file_that_is_read_and_a_picture_that_is_seen(
    qtbot: QtBot, office: Office
) -> None:
    page = office.page
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    _click(page, "boards/first")
    assert office.names() == ["TV"]
    before = page.preview.picture.grab().toImage()

    _click(page, "wall/tab/brand")
    field = _part(page, "wall/title")
    QTest.mouseClick(field, Qt.MouseButton.LeftButton)
    QTest.keyClicks(field, "Service")
    QTest.keyClick(field, Qt.Key.Key_Tab)
    _click(page, "wall/theme/light")
    _click(page, "wall/tab/room")
    seat = _part(page, "wall/seat")
    QTest.mouseDClick(seat, Qt.MouseButton.LeftButton)
    QTest.keyClicks(seat, "8")
    QTest.keyClick(seat, Qt.Key.Key_Return)
    _click(page, "wall/tab/scenes")
    QTimer.singleShot(0, page, _take_last_of_menu)
    _click(page, "scene/add")
    qtbot.waitUntil(lambda: len(office.wall("TV").scenes) == 5, timeout=5000)
    page.activateWindow()  # the screen of tests does not give it back by itself
    qtbot.waitUntil(page.isActiveWindow, timeout=5000)
    text = _part(page, "scene/text").viewport()  # type: ignore[attr-defined]
    QTest.mouseClick(text, Qt.MouseButton.LeftButton)
    has = QApplication.focusWidget()
    assert has is not None
    assert has.objectName() == "scene/text"
    QTest.keyClicks(has, "Thank you")
    _click(page, "wall/tab/house")
    _click(page, "wall/naming/first")

    message = Scene(kind=SceneKind.MESSAGE, text="Thank you")
    scenes = (USUAL_SCENES[0], message, *USUAL_SCENES[1:])
    read = office.wall("TV")
    assert (read.title, read.theme, read.seat_m, read.scenes) == ("Service", "light", 8.0, scenes)
    assert str(read.naming) == "first"
    assert page.preview.caption.text() == "Scene 2 of 5: Message"
    assert page.preview.picture._face.scene == "message"
    after = page.preview.picture.grab().toImage()
    assert worst_difference(before, after) > 50, "another scene in another theme"
    middle = QPoint(after.width() // 2, after.height() - 4)
    assert QColor(after.pixelColor(middle)).lightness() > 200
    for _ in range(12):
        QTest.keyClick(page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert office.names() == [], "all of it can be taken back"


def _part(page: WallsPage, name: str) -> QWidget:
    found = [part for part in page.findChildren(QWidget, name) if part.isVisible()]
    assert len(found) == 1, name
    return found[0]


def _click(page: WallsPage, name: str) -> None:
    button = _part(page, name)
    assert isinstance(button, QAbstractButton)
    assert button.isEnabled()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def _take_last_of_menu() -> None:
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    last = menu.actionGeometry(menu.actions()[-1]).center()
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=last)


def test_that_each_deed_holds_at_once_and_can_be_taken_back(hall: Office, tmp_path: Path) -> None:
    other = tmp_path / "Foyer.toml"
    write_wall(other, Wall(title="Foyer"))
    hall.wish(WallCopied(name="Hall"))
    hall.wish(WallRenamed(name="Hall 2", to="Floor"))
    hall.wish(WallDecided(name="Floor", wall=Wall(title="Floor", dim=70)))
    hall.wish(WallBrought(path=str(other)))
    hall.wish(WallMade())
    hall.wish(WallRemoved(name="Hall"))
    assert hall.names() == ["Floor", "Foyer", "TV"]
    assert hall.wall("Floor").dim == 70
    assert hall.told() == "\u2068Hall\u2069 was deleted."
    seen = []
    for _ in range(6):
        hall.undo()
        seen.append(hall.names())
    assert seen == [
        ["Floor", "Foyer", "Hall", "TV"],
        ["Floor", "Foyer", "Hall"],
        ["Floor", "Hall"],
        ["Floor", "Hall"],
        ["Hall", "Hall 2"],
        ["Hall"],
    ]
    assert hall.wall("Hall") == Wall(title="Hall")
    hall.undo()
    assert hall.names() == ["Hall"], "there is no more to take back"


def test_that_comments_stay_in_a_file_that_is_changed_here(hall: Office) -> None:
    path = hall.folder.file("Hall")
    path.write_text(f"# mine\n{path.read_text()}")
    hall.desk.show()
    hall.wish(WallDecided(name="Hall", wall=Wall(title="New")))
    assert path.read_text().startswith("# mine\n")
    assert hall.wall("Hall").title == "New"


def test_that_what_somebody_else_wrote_meanwhile_is_shown_and_not_overwritten(
    hall: Office,
) -> None:
    path = hall.folder.file("Hall")
    theirs = Wall(title="Theirs", dim=10)
    write_wall(path, theirs)
    hall.wish(WallDecided(name="Hall", wall=Wall(title="Ours")))
    assert hall.wall("Hall") == theirs
    assert "changed by somebody else" in hall.trouble()
    entry = hall.page.chosen()
    assert entry is not None
    assert entry.wall == theirs
    hall.wish(WallDecided(name="Hall", wall=replace(theirs, dim=20)))
    assert hall.wall("Hall").dim == 20


def test_that_a_board_that_is_gone_meanwhile_is_not_made_anew_by_what_is_decided(
    hall: Office,
) -> None:
    hall.folder.file("Hall").unlink()
    hall.wish(WallDecided(name="Hall", wall=Wall(title="Ours")))
    assert hall.names() == []
    assert "cannot be read" in hall.trouble()
    hall.wish(PinTold(name="Hall", pin="2468"))
    assert hall.names() == []
    assert "changed by somebody else" in hall.trouble()
    assert hall.page.empty.isVisibleTo(hall.page)


def test_that_a_pin_is_kept_as_a_hash_alone(hall: Office) -> None:
    hall.wish(PinTold(name="Hall", pin="۲۴۶۸"))
    kept = hall.wall("Hall").pin
    assert pin_fits("2468", kept)
    assert "2468" not in hall.folder.file("Hall").read_text()
    hall.wish(PinTold(name="Hall", pin="12"))
    assert "4 to 12 digits" in hall.trouble()
    assert hall.wall("Hall").pin == kept
    hall.wish(PinTold(name="Hall", pin=""))
    assert hall.wall("Hall").pin == ""
    hall.undo()
    assert pin_fits("2468", hall.wall("Hall").pin)


def test_that_a_picture_is_kept_beside_the_board_if_it_is_one(hall: Office, tmp_path: Path) -> None:
    picture = tmp_path / "logo.png"
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    assert image.save(str(picture))
    hall.wish(LogoTold(name="Hall", path=str(picture)))
    path = hall.folder.file("Hall")
    logo = logo_path(path, hall.wall("Hall"))
    assert logo is not None
    assert logo.parent == path.parent
    assert logo.read_bytes() == picture.read_bytes()
    entry = hall.page.chosen()
    assert entry is not None
    assert entry.logo == str(logo)
    picture.write_text("no picture")
    hall.wish(LogoTold(name="Hall", path=str(picture)))
    assert "no PNG or JPEG" in hall.trouble()
    logo.unlink()
    hall.desk.show()
    assert "is not there" in hall.page.editor.notices.text()
    hall.wish(LogoTold(name="Hall", path=""))
    assert hall.wall("Hall").logo == ""


def test_that_a_board_is_carried_to_another_machine(hall: Office, tmp_path: Path) -> None:
    target = tmp_path / "out.toml"
    hall.wish(WallGiven(name="Hall", path=str(target)))
    assert read_wall(target) == Wall(title="Hall")
    assert "was written to" in hall.told()
    hall.wish(WallGiven(name="Hall", path=str(tmp_path / "no" / "folder.toml")))
    assert "could not be written" in hall.trouble()


def test_that_what_cannot_be_done_is_said_and_nothing_is_lost(hall: Office, tmp_path: Path) -> None:
    broken = tmp_path / "broken.toml"
    broken.write_text("[[[")
    hall.wish(WallBrought(path=str(broken)))
    assert "cannot be read" in hall.trouble()
    hall.wish(WallRenamed(name="Hall", to="../Hall"))
    assert "cannot be called" in hall.trouble()
    hall.wish(WallDecided(name="Hall", wall=Wall(scenes=())))
    assert "cannot be" in hall.trouble()
    assert hall.names() == ["Hall"]
    assert hall.wall("Hall") == Wall(title="Hall")


def test_that_a_file_that_is_no_board_is_told_with_its_place_and_can_go(office: Office) -> None:
    office.folder.path.mkdir(parents=True)
    (office.folder.path / "Odd.toml").write_text("\ndim = 99")
    (office.folder.path / "Worse.toml").write_text("[[[")
    office.desk.show()
    odd, worse = office.page._walls.entries
    assert 'Line 2: "\u2068dim\u2069"' in odd.notices[0] or 'Line 2: "dim"' in odd.notices[0]
    assert odd.readable
    assert not worse.readable
    office.wish(WallRemoved(name="Worse"))
    assert office.names() == ["Odd"]


def test_that_a_board_is_started_by_a_program_of_its_own(qtbot: QtBot, hall: Office) -> None:
    hall.wish(WallStarted(name="Hall", screen="HDMI-1"))
    assert hall.words == [
        ("kiosk", "Tehran", "--board", "Hall", "--screen", "HDMI-1", "--language", "en")
    ]
    assert "is being started" in hall.told()
    assert not hall.page.line.undo.isVisibleTo(hall.page), "that is not to be taken back"
    hall.program = ENDED
    hall.wish(WallStarted(name="Hall", screen="HDMI-1"))
    hall.running[-1].wait(10)
    qtbot.waitUntil(lambda: "ended as soon as" in hall.trouble(), timeout=8000)


@pytest.mark.parametrize(
    ("opening", "connection"),
    [
        (None, ""),
        (Opening(name="Demo", kind="simulator", demo=True), "demo"),
        (Opening(name="Tehran", kind="asterisk"), "Tehran"),
        (Opening(name="Tehran", kind="rest"), ""),
        (Opening(name="Other", kind="asterisk"), ""),
    ],
)
def test_that_only_what_a_command_line_knows_can_be_started(
    opening: Opening | None, connection: str
) -> None:
    settings = Settings(profiles=(Profile(name="Tehran", kind="asterisk"),))
    standing = wall_standing(settings, opening, "fa")
    assert standing.connection == connection
    assert standing.wording.language == "fa"
    assert {key: told.language for key, told in standing.wordings.items()} == {
        "en": "en",
        "fa": "fa",
    }


def test_that_tabs_show_what_the_file_says(hall: Office) -> None:
    wall = Wall(title="Hall", inches=43, seat_m=6.5, dim=10, black_when_closed=True, sound=True)
    write_wall(hall.folder.file("Hall"), wall)
    hall.desk.show()
    editor = hall.page.editor
    for tab in (BRAND, ROOM, HOUSE):
        editor.open_tab(tab)
    assert editor.room.inches.field.text() == "43"
    assert editor.room.seat.field.text() == "6.5"
    assert editor.house.dim.field.text() == "10"
    assert editor.house.black.chips[True].isChecked()
    assert editor.house.sound.chips[True].isChecked()
