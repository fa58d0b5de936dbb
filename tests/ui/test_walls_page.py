"""The page of TVs' boards tells what was wished for, by keys alone too, and decides nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from support.boards import scene as site
from support.crawl import frame_of, scoreboard, wrong_with
from support.looks import look_in

from wallboard.domain.walls import (
    LONGEST_TEXT,
    MOST_SCENES,
    Naming,
    Scene,
    SceneKind,
    TvState,
    Wall,
)
from wallboard.ui.pages.walls import WallsPage
from wallboard.ui.plain_label import PlainLabel
from wallboard.ui.walls.editor import BRAND, HOUSE, ROOM, SCENES
from wallboard.ui.walls.preview import readable_words
from wallboard.ui.walls.tv_faces import TvFace
from wallboard.ui.walls.tv_list import MOST, TvList
from wallboard.ui.walls.wishes import (
    PinTold,
    ScreenFace,
    WallCopied,
    WallDecided,
    WallEntry,
    WallMade,
    WallRemoved,
    WallRenamed,
    WallsFace,
    WallStarted,
)

OVERVIEW, QUEUES, MESSAGE = (
    Scene(kind=SceneKind.OVERVIEW),
    Scene(kind=SceneKind.QUEUES, seconds=30),
    Scene(kind=SceneKind.MESSAGE, text="Thank you"),
)
HALL = WallEntry(name="Hall", wall=Wall(scenes=(OVERVIEW, QUEUES, MESSAGE), title="Support"))
FACE = WallsFace(
    entries=(HALL, WallEntry(name="سالن")),
    screens=(
        ScreenFace(key="eDP-1", name="eDP-1", width=1366, height=768, ours=True),
        ScreenFace(key="HDMI-1", name="HDMI-1", width=1920, height=1080),
    ),
    command=("wallboard", "kiosk", "Tehran north"),
)
TVS = (
    TvFace(title="Hall", place="HDMI-1", state=TvState.LIVE, age=timedelta(seconds=3), safe=True),
    TvFace(title="سالن", place="box-7", state=TvState.DARK, age=timedelta(minutes=41)),
)
NASTY = ("<b>Hall</b>\u202e", "&lt;x&gt;\x07", "<img src='//127.0.0.1/x'>\u200f", "a\nb" * 200)
TABS = (SCENES, BRAND, ROOM, HOUSE)


def page_of(
    qtbot: QtBot, face: WallsFace = FACE, language: str = "en"
) -> tuple[WallsPage, list[object]]:
    page = WallsPage(look_in(language))
    qtbot.addWidget(page)
    page.resize(1290, 690)
    wishes: list[object] = []
    page.wished.connect(wishes.append)
    page.show_walls(face)
    made = site(minutes=1)
    page.show_board(made.board, made.clock.now())
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    return page, wishes


def walls(wishes: list[object]) -> list[Wall]:
    assert all(isinstance(wish, WallDecided) for wish in wishes)
    return [wish.wall for wish in wishes if isinstance(wish, WallDecided)]


def write(page: WallsPage, name: str, text: str) -> None:
    field = page.findChild(QWidget, name)
    assert field is not None
    field.setFocus()
    field.selectAll()  # type: ignore[attr-defined]
    field.insert(text)  # type: ignore[attr-defined] # QTest knows the keys of Latin letters only
    QTest.keyClick(field, Qt.Key.Key_Return)


def test_that_who_has_no_board_is_told_what_one_is_and_how_to_have_one(qtbot: QtBot) -> None:
    page, wishes = page_of(qtbot, WallsFace())
    assert page.empty.isVisible()
    assert not page.editor.isVisible()
    page.setFocus()
    assert QApplication.focusWidget() is page.empty.make
    QTest.keyClick(page.empty.make, Qt.Key.Key_Return)
    assert wishes == [WallMade()]


def test_that_scenes_are_moved_and_removed_by_keys_alone(qtbot: QtBot) -> None:
    page, wishes = page_of(qtbot)
    rows = page.editor.scenes.list
    rows.setFocus()
    QTest.keyClick(rows, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(rows, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(rows, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(rows, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(rows, Qt.Key.Key_Delete)
    assert [wall.scenes for wall in walls(wishes)] == [
        (QUEUES, OVERVIEW, MESSAGE),
        (QUEUES, MESSAGE, OVERVIEW),
        (QUEUES, OVERVIEW, MESSAGE),
        (QUEUES, MESSAGE),
    ]
    assert rows.currentRow() == 1
    QTest.keyClick(rows, Qt.Key.Key_Delete)
    QTest.keyClick(rows, Qt.Key.Key_Delete)
    assert walls(wishes)[-1].scenes == (QUEUES,), "the last one stays"
    assert not page.editor.scenes.buttons["remove"].isEnabled()


def test_that_a_scene_is_added_after_the_chosen_one_until_there_are_enough(qtbot: QtBot) -> None:
    page, wishes = page_of(qtbot)
    scenes = page.editor.scenes
    scenes.list.setCurrentRow(1)
    scenes.add_scene("trend")
    kinds = [scene.kind for scene in walls(wishes)[-1].scenes]
    assert kinds == [SceneKind.OVERVIEW, SceneKind.QUEUES, SceneKind.TREND, SceneKind.MESSAGE]
    assert scenes.list.currentRow() == 2
    full = replace(HALL, wall=Wall(scenes=(OVERVIEW,) * MOST_SCENES))
    page.show_walls(replace(FACE, entries=(full,)))
    assert not scenes.buttons["add"].isEnabled()


@pytest.mark.parametrize(("told", "seconds"), [("10", 10), ("۴۵", 45), ("120", 120)])
def test_that_the_time_of_a_scene_is_told_in_any_digits(
    qtbot: QtBot, told: str, seconds: int
) -> None:
    page, wishes = page_of(qtbot)
    write(page, "scene/seconds", told)
    assert walls(wishes)[-1].scenes[0].seconds == seconds


@pytest.mark.parametrize("told", ["9", "121", "", "ten", "-20", "20.5", "9999999"])
def test_that_a_time_that_cannot_be_is_told_and_not_taken(qtbot: QtBot, told: str) -> None:
    page, wishes = page_of(qtbot)
    write(page, "scene/seconds", told)
    assert wishes == []
    assert page.editor.scenes.seconds_row.problem() == "A whole number from 10 to 120."


def test_that_each_figure_has_one_place(qtbot: QtBot) -> None:
    page, wishes = page_of(qtbot)
    page.editor.open_tab(BRAND)
    slots = page.editor.brand.heroes.slots
    for slot, key in zip(slots, ("asa", "waiting", "asa"), strict=True):
        slot.setCurrentIndex(slot.findData(key))
        slot.activated.emit(slot.currentIndex())
    assert [wall.heroes for wall in walls(wishes)] == [
        ("asa",), ("asa", "waiting"), ("waiting", "asa"),
    ]  # fmt: skip


def test_that_queues_are_ticked_and_those_that_are_gone_stay(qtbot: QtBot) -> None:
    page, wishes = page_of(qtbot)
    gone = replace(OVERVIEW, queues=("closed-down",))
    page.show_walls(replace(FACE, entries=(replace(HALL, wall=Wall(scenes=(gone,))),)))
    ticks = page.editor.scenes.queues
    last = ticks.item(ticks.count() - 1)
    assert last.text() == "closed-down"
    assert last.checkState() is Qt.CheckState.Checked
    ticks.setFocus()
    ticks.setCurrentRow(0)
    QTest.keyClick(ticks, Qt.Key.Key_Space)
    first = str(ticks.item(0).data(Qt.ItemDataRole.UserRole))
    assert walls(wishes)[-1].scenes[0].queues == (first, "closed-down")


def test_that_a_message_is_told_after_a_pause_without_what_hides_in_it(qtbot: QtBot) -> None:
    page, wishes = page_of(qtbot)
    page.editor.scenes.list.setCurrentRow(2)
    text = page.editor.scenes.text
    assert text.field.toPlainText() == "Thank you"
    text.field.setPlainText("Good\u202e morning\nهمه\u200cچیز\x07 خوب است" + "x" * 400)
    qtbot.waitUntil(lambda: bool(wishes), timeout=3000)
    told = walls(wishes)[-1].scenes[2].text
    assert told.startswith("Good morning\nهمه\u200cچیز خوب است")
    assert len(told) == LONGEST_TEXT


def test_that_a_pin_is_told_once_and_never_shown(qtbot: QtBot) -> None:
    page, wishes = page_of(qtbot)
    page.editor.open_tab(HOUSE)
    house = page.editor.house
    for wrong in ("123", "12a4", ""):
        house.pin.setText(wrong)
        house.set_pin.click()
        assert house.pin_row.problem()
    assert wishes == []
    house.pin.setText("۲۴۶۸")
    QTest.keyClick(house.pin, Qt.Key.Key_Return)
    assert wishes == [PinTold(name="Hall", pin="۲۴۶۸")]
    assert house.pin.text() == ""
    assert "۲۴۶۸" not in repr(wishes)
    kept = replace(HALL, wall=replace(HALL.wall, pin="scrypt$15$salt$hash"))
    page.show_walls(replace(FACE, entries=(kept,)))
    seen = [label.text() for label in page.findChildren(PlainLabel)]
    assert not any("scrypt" in text for text in seen)
    house.clear_pin.click()
    assert wishes[-1] == PinTold(name="Hall", pin="")


def test_that_names_are_shown_only_after_it_is_said_what_that_means(qtbot: QtBot) -> None:
    page, wishes = page_of(qtbot)
    page.editor.open_tab(HOUSE)
    assert page.editor.house.naming.chips["none"].isChecked()
    seen = [
        label.text() for label in page.editor.house.findChildren(PlainLabel) if label.isVisible()
    ]
    assert any("Who walks by reads the names" in text for text in seen)
    page.editor.house.naming.chips["first"].click()
    assert walls(wishes)[-1].naming is Naming.FIRST


@pytest.mark.parametrize(("told", "metres"), [("7.5", 7.5), ("۷٫۵", 7.5), ("7,5", 7.5), ("12", 12)])
def test_that_the_farthest_seat_decides_what_can_be_read(
    qtbot: QtBot, told: str, metres: float
) -> None:
    page, wishes = page_of(qtbot)
    page.editor.open_tab(ROOM)
    write(page, "wall/seat", told)
    assert walls(wishes)[-1].seat_m == metres
    look = look_in("en")
    said = readable_words(walls(wishes)[-1], look)
    assert said != readable_words(HALL.wall, look)
    far = readable_words(Wall(inches=32, seat_m=30), look)
    assert "A larger screen helps" in far
    write(page, "wall/inches", "5000")
    assert page.editor.room.inches_row.problem() == "A number from 10 to 200."


def test_that_the_preview_plays_through_the_scenes_and_stops_unseen(qtbot: QtBot) -> None:
    page, _ = page_of(qtbot)
    preview = page.preview
    assert preview.caption.text() == "Scene 1 of 3: Overview"
    page.editor.scenes.list.setCurrentRow(1)
    assert preview.caption.text() == "Scene 2 of 3: Queues"
    preview.after.click()
    preview.after.click()
    assert preview.scene() == 0, "after the last comes the first"
    preview.play.click()
    assert preview.play.text() == "Pause"
    preview._play.setInterval(1)
    qtbot.waitUntil(lambda: preview.scene() != 0, timeout=3000)
    page.hide()
    assert preview.play.text() == "Play"


def test_that_a_board_is_started_on_another_screen_but_not_blindly_on_this_one(
    qtbot: QtBot,
) -> None:
    page, wishes = page_of(qtbot)
    assert page.preview.chosen_screen() == FACE.screens[1], "rather the TV's"
    command = 'wallboard kiosk "Tehran north" --board Hall --screen HDMI-1'
    assert page.preview.command.text() == command
    page.preview.copy.click()
    assert QGuiApplication.clipboard().text() == command
    page.begin()
    assert wishes == [WallStarted(name="Hall", screen="HDMI-1")]
    page.show_walls(replace(FACE, screens=FACE.screens[:1]))
    page.begin()
    assert len(wishes) == 1
    assert QApplication.focusWidget() is page.preview.start
    page.show_walls(replace(FACE, command=()))
    assert not page.preview.start.isEnabled(), "what no command line knows cannot be started"


def test_that_what_is_done_with_a_whole_board_is_told_by_its_name(qtbot: QtBot) -> None:
    page, wishes = page_of(qtbot)
    page.shelf.list.setFocus()
    QTest.keyClick(page.shelf.list, Qt.Key.Key_Down)
    page.shelf.buttons["copy"].click()
    page.shelf.buttons["remove"].click()
    page.shelf.buttons["new"].click()
    write(page, "wall/name", "Foyer")
    assert wishes == [
        WallCopied(name="سالن"), WallRemoved(name="سالن"), WallMade(),
        WallRenamed(name="سالن", to="Foyer"),
    ]  # fmt: skip


def test_that_a_board_that_cannot_be_read_can_only_go(qtbot: QtBot) -> None:
    page, _ = page_of(qtbot)
    broken = WallEntry(name="Hall", readable=False, notices=("The board cannot be read.",))
    page.show_walls(replace(FACE, entries=(broken,)))
    assert page.editor.notices.text() == "The board cannot be read."
    assert not page.editor.area.isVisible()
    assert not page.preview.start.isEnabled()
    allowed = {key for key, button in page.shelf.buttons.items() if button.isEnabled()}
    assert allowed == {"new", "import", "remove"}


def test_that_another_look_leaves_board_tab_and_keyboard_where_they_are(qtbot: QtBot) -> None:
    page, _ = page_of(qtbot)
    page.choose("سالن")
    page.editor.open_tab(ROOM)
    page.editor.room.seat.field.setFocus()
    page.show_look(look_in("fa", "light"))
    assert page.editor.tab == ROOM
    assert page.editor.name.field.text() == "سالن"
    focus = QApplication.focusWidget()
    assert focus is page.editor.room.seat.field
    assert page.preview.isVisible()


@pytest.mark.parametrize("name", NASTY)
def test_that_names_from_outside_are_plain_text(qtbot: QtBot, name: str) -> None:
    screens = (ScreenFace(key="1", name=name, width=1, height=1),)
    entry = WallEntry(name=name, wall=Wall(title=name[:60]))
    page, _ = page_of(qtbot, replace(FACE, entries=(entry,), screens=screens))
    for item in (page.shelf.list.item(0).text(), page.preview.screens.itemText(0)):
        assert not any(letter in item for letter in "\u202e\x07\n\u200f")


def told_of(tvs: TvList) -> list[str]:
    """Return what is to be read of TVs, line by line; nothing while it is hidden."""
    if tvs.isHidden():
        return []
    labels = [label for row in tvs.rows for label in row] + [tvs.more]
    return [label.text() for label in labels if not label.isHidden()]


def test_that_a_tv_that_is_dark_is_told_before_those_that_are_well(qtbot: QtBot) -> None:
    page, _ = page_of(qtbot)
    assert told_of(page.shelf.tvs) == []
    page.show_tvs(TVS)
    name, state, *well = told_of(page.shelf.tvs)
    assert "سالن" in name
    assert state == "▲ dark · 41:00"
    assert well[1] == "● live · 3 s · only what cannot fail"
    page.show_tvs(TVS[:1] * (MOST + 2) + TVS[1:])
    told = told_of(page.shelf.tvs)
    assert told[1] == "▲ dark · 41:00"
    assert told[-1] == "and 3 more"
    page.show_look(look_in("fa"))
    assert "خاموش" in told_of(page.shelf.tvs)[1]
    page.show_tvs(())
    assert told_of(page.shelf.tvs) == []


def test_that_who_has_no_board_sees_the_tvs_of_others(qtbot: QtBot) -> None:
    page, _ = page_of(qtbot, WallsFace())
    page.show_tvs(TVS)
    assert len(told_of(page.empty.tvs)) == 4


@pytest.mark.parametrize("name", NASTY)
def test_that_what_a_tv_is_called_is_plain_text_and_short(qtbot: QtBot, name: str) -> None:
    page, _ = page_of(qtbot)
    page.show_tvs((replace(TVS[0], title=name, place=name),))
    told = told_of(page.shelf.tvs)[0][1:]
    assert len(told) < 64
    assert not any(letter in told for letter in "\u202e\x07\n\u200f")


@pytest.mark.qt_no_exception_capture
@pytest.mark.parametrize("language", ["en", "fa"])
@pytest.mark.parametrize(
    ("size", "theme"),
    [(QSize(1366, 768), "dark"), (QSize(1920, 1080), "light"), (QSize(1366, 768), "contrast")],
    ids=["1366", "1920", "contrast"],
)
def test_that_nothing_of_a_board_is_cut_covered_or_hard_to_read(
    qapp: QApplication, language: str, size: QSize, theme: str
) -> None:
    made = site(language=language, minutes=1)
    frame = frame_of(made, look_in(language, theme), size)
    frame.open_page("walls")
    page = frame.page_widget()
    assert isinstance(page, WallsPage)
    told = replace(HALL, notices=('Line 3: "dim" cannot be 99. Possible: 0 to 80.',))
    page.show_walls(replace(FACE, entries=(told, *FACE.entries[1:])))
    page.show_tvs(tuple(replace(TVS[at % 2], title=f"Hall number {at}") for at in range(MOST + 2)))
    found: Counter[str] = Counter()
    for tab in TABS:
        page.editor.open_tab(tab)
        for at in range(3 if tab == SCENES else 1):
            page.editor.scenes.list.setCurrentRow(at)
            page.show_undo("Hall was changed.")
            for wrong in wrong_with(frame, size, made.board):
                found[f"{tab} {at}: {wrong}"] += 1
    frame.deleteLater()
    assert not found, scoreboard(6, found)


@pytest.mark.parametrize(
    ("language", "theme", "tab"), [("en", "dark", SCENES), ("fa", "light", HOUSE)]
)
def test_that_the_page_of_boards_looks_as_kept(
    qapp: QApplication,
    keeps_its_look: Callable[[str, QWidget, QSize], None],
    language: str,
    theme: str,
    tab: str,
) -> None:
    made = site(language=language)
    frame = frame_of(made, look_in(language, theme), QSize(1366, 768))
    frame.open_page("walls")
    page = frame.page_widget()
    assert isinstance(page, WallsPage)
    page.show_walls(FACE)
    page.show_tvs(TVS)
    page.editor.open_tab(tab)
    keeps_its_look(f"walls_{language}_{theme}", frame, QSize(1366, 768))
    frame.deleteLater()
