"""F1 opens the guide where it tells of the page that is shown; it is read, searched, left."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QSize, Qt, QUrl
from PySide6.QtGui import QColor, QShortcut, QTextCursor, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid
from support.boards import scene
from support.colours import linear
from support.looks import look_in
from ui.test_board_frame import frame_in, press, window_of
from ui.test_palette import opened

from wallboard.app.guide import guide_in
from wallboard.ui.dialogs.guide import GuideWindow
from wallboard.ui.dialogs.key_map import KeyMap
from wallboard.ui.guide.chapters import PLACES, Chapter, Guide
from wallboard.ui.guide.page import ZOOMS
from wallboard.ui.guide.reading import chapter_of
from wallboard.ui.look import Look
from wallboard.ui.main_window import MainWindow
from wallboard.ui.theme.tokens import THEMES

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def answering(window: MainWindow) -> MainWindow:
    window.guide_wanted.connect(lambda language: window.show_guide(guide_in(language)))
    return window


def guide_of(window: MainWindow) -> GuideWindow:
    (guide,) = (one for one in window.findChildren(GuideWindow) if one.isVisible())
    return guide


@pytest.fixture
def read(qapp: QApplication) -> Iterator[Callable[..., GuideWindow]]:
    made: list[GuideWindow] = []

    def make(place: str, language: str = "en", theme: str = "dark") -> GuideWindow:
        look = look_in(language, theme)
        window = GuideWindow(look, guide_in(language))
        window.resize(1140, 780)
        window.open_place(place)
        window.show()
        QTest.qWait(1)
        made.append(window)
        return window

    yield make
    for window in made:
        if isValid(window):
            window.close()


# F1


def test_that_f1_opens_the_guide_where_it_tells_of_the_page(qapp: QApplication) -> None:
    window = answering(window_of(scene(minutes=2), look_in("en")))
    for page in filter(None, PLACES):
        window.activateWindow()
        assert QTest.qWaitForWindowActive(window)
        frame_in(window).open_page(page)
        press(window, Qt.Key.Key_F1)
        assert guide_of(window).place() == PLACES[page]
    assert not guide_of(window).isModal(), "the board goes on"


def test_that_f1_opens_the_first_chapter_before_anything_is_connected(qtbot: QtBot) -> None:
    window = MainWindow(look_in("fa"))
    answering(window).show_first_run()
    window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: window.findChild(QShortcut) is not None)
    press(window, Qt.Key.Key_F1)
    assert guide_of(window).place() == "first-steps"


def test_that_f1_on_another_page_leads_the_same_window_there(qapp: QApplication) -> None:
    window = answering(window_of(scene(minutes=2), look_in("en")))
    press(window, Qt.Key.Key_F1)
    first = guide_of(window)
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    frame_in(window).open_page("history")
    press(window, Qt.Key.Key_F1)
    assert guide_of(window) is first
    assert first.place() == "manager#history"


def test_that_f1_takes_the_map_of_the_keys_away(qapp: QApplication) -> None:
    window = answering(window_of(scene(minutes=2), look_in("en")))
    press(window, Qt.Key.Key_Question)
    keys = window.findChild(KeyMap)
    assert keys.isVisible()
    press(window, Qt.Key.Key_F1)
    assert not keys.isVisible()
    assert guide_of(window).place() == "supervisor#overview"


@pytest.mark.parametrize(("typed", "kind"), [("guide", GuideWindow), ("keys", KeyMap)])
def test_that_the_palette_opens(qapp: QApplication, typed: str, kind: type[QWidget]) -> None:
    window = answering(window_of(scene(minutes=2), look_in("en")))
    palette = opened(window)
    palette.field.setText(typed)
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert any(one.isVisible() for one in window.findChildren(kind))


def test_that_the_rail_opens_it(qapp: QApplication) -> None:
    window = answering(window_of(scene(minutes=2), look_in("en")))
    places = frame_in(window).rail.places()
    (button,) = (one for one in places if one.accessibleDescription() == "F1")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert guide_of(window).place() == "supervisor#overview"


def test_that_no_place_of_the_rail_lies_over_another_in_the_smallest_window(
    qapp: QApplication,
) -> None:
    window = window_of(scene(minutes=2), look_in("en"))
    window.resize(960, 600)
    QTest.qWait(1)
    places = [place.geometry() for place in frame_in(window).rail.places()]
    for at, place in enumerate(places):
        assert not any(place.intersects(other) for other in places[:at])


def test_that_it_follows_to_another_language_where_it_is(qapp: QApplication) -> None:
    window = answering(window_of(scene(minutes=2), look_in("en")))
    press(window, Qt.Key.Key_F1)
    guide = guide_of(window)
    guide.open_place("tv#pin")
    window.show_look(look_in("fa", "light"))
    assert guide_of(window) is guide
    assert guide.place() == "tv#pin"
    assert guide.layoutDirection() is Qt.LayoutDirection.RightToLeft
    assert "رمز" in guide.page.toPlainText()


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_F1], ids=["esc", "f1"])
def test_that_it_is_closed_by(read: Callable[..., GuideWindow], key: Qt.Key) -> None:
    window = read("tv")
    QTest.keyClick(window.page, key)
    assert not window.isVisible()


# Reading


def lines_of(window: GuideWindow) -> list[tuple[float, str]]:
    """Return how high each line of text really is, and its text."""
    document = window.page.document()
    found = []
    block = document.begin()
    while block.isValid():
        box = document.documentLayout().blockBoundingRect(block)
        if block.text().strip():
            found.append((box.height(), block.text()))
        block = block.next()
    return found


@pytest.mark.parametrize("language", ["en", "fa"])
def test_that_every_line_of_every_chapter_is_to_be_seen(
    read: Callable[..., GuideWindow], language: str
) -> None:
    window = read("", language)
    for chapter in guide_in(language).chapters:
        window.open_place(chapter.key)
        for width in (1140, 860):
            window.resize(width, 700)
            QTest.qWait(1)
            assert [text for height, text in lines_of(window) if height < 8] == [], chapter.key


@pytest.mark.parametrize("place", ["supervisor#alerts", "tv#pin", "administrator#ways"])
def test_that_a_section_begins_at_the_top(read: Callable[..., GuideWindow], place: str) -> None:
    window = read(place)
    guide = window._guide
    chapter = guide.chapter(place.partition("#")[0])
    assert chapter is not None
    (heading,) = (one for one in chapter.sections if one.anchor == place.partition("#")[2])
    page = window.page
    cursor = page.document().find(heading.text)
    while cursor.block().text() != heading.text:
        cursor = page.document().find(heading.text, cursor)
    bar = page.verticalScrollBar()
    assert 0 <= page.cursorRect(cursor).top() <= 60 or bar.value() == bar.maximum()
    assert window.contents.currentItem().text(0) == heading.text


def test_that_links_lead_there_and_alt_left_back(read: Callable[..., GuideWindow]) -> None:
    window = read("keys")
    window.page.anchorClicked.emit(QUrl("tv#pin"))
    assert window.place() == "tv#pin"
    QTest.keyClick(window.page, Qt.Key.Key_Left, ALT)
    assert window.place() == "keys"


@pytest.mark.parametrize(
    "address",
    [
        "https://example.com/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "../../settings",
        "nowhere",
    ],
)
def test_that_a_link_leads_out_of_the_guide_to_nowhere(
    read: Callable[..., GuideWindow], monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    asked: list[object] = []
    monkeypatch.setattr("PySide6.QtGui.QDesktopServices.openUrl", asked.append)
    window = read("keys")
    window.page.anchorClicked.emit(QUrl(address))
    assert asked == []
    assert window.place().partition("#")[0] in {chapter.key for chapter in window._guide.chapters}
    assert window.page.source().isEmpty()


@pytest.mark.parametrize("kind", list(QTextDocument.ResourceType), ids=lambda kind: kind.name)
def test_that_nothing_is_fetched(
    read: Callable[..., GuideWindow], kind: QTextDocument.ResourceType, tmp_path: Path
) -> None:
    page = read("tv").page
    secret = tmp_path / "secret.png"
    secret.write_bytes(b"no picture")
    for address in (
        "http://127.0.0.1:1/x.png",
        QUrl.fromLocalFile(str(secret)).toString(),
        "x.png",
    ):
        assert page.loadResource(kind.value, QUrl(address)) is None


def test_that_a_hostile_chapter_is_plain_text(qapp: QApplication, tmp_path: Path) -> None:
    lines = ["It <b>is</b>", "<img src='file:///etc/passwd'>", "[x](http://example.com)"]
    text = "\n\n".join(["# " + lines[0], *lines[1:], "![w](no.png)"])
    guide = Guide(language="en", chapters=(chapter_of("first-steps", text),), pictures=tmp_path)
    window = GuideWindow(look_in("en"), guide)
    told = window.page.toPlainText().splitlines()
    assert told == [
        "It <b>is</b>",
        "<img src='file:///etc/passwd'>",
        "[x](http://example.com)",
        "w",
    ]
    assert window.contents.topLevelItem(0).text(0) == "It <b>is</b>"
    window.close()


def test_that_a_guide_that_is_missing_says_so(qapp: QApplication, look: Look) -> None:
    window = GuideWindow(look, Guide(language=look.wording.language))
    window.open_place("tv")
    assert window.page.toPlainText()
    window.close()


def test_that_what_is_copied_is_what_is_to_be_typed(read: Callable[..., GuideWindow]) -> None:
    page = read("privacy", "fa").page
    page.selectAll()
    copied: QMimeData = page.createMimeDataFromSelection()
    assert not copied.hasHtml()
    text = copied.text()
    assert "limit_minutes = 15\nreasons = [" in text
    assert "wallboard journal verify" in text
    assert not set(text) & set("\u2028\u2009\u2066\u2069")


# Searching, zooming


def test_that_what_is_typed_is_found_listed_and_marked(read: Callable[..., GuideWindow]) -> None:
    window = read("keys")
    QTest.keyClick(window.page, Qt.Key.Key_F, CONTROL)
    assert window.field.hasFocus()
    QTest.keyClicks(window.field, "originate")
    listed = [window.contents.topLevelItem(at) for at in range(window.contents.topLevelItemCount())]
    assert [row.text(0) for row in listed] == ["Administrator"]
    assert [listed[0].child(at).text(0) for at in range(listed[0].childCount())] == [
        "Rights for supervising"
    ]
    QTest.keyClick(window.field, Qt.Key.Key_Return)
    assert window.place() == "administrator#supervising"
    marked = {mark.cursor.selectedText() for mark in window.page.extraSelections()}
    assert marked == {"originate"}
    window.field.setFocus()
    QTest.keyClick(window.field, Qt.Key.Key_Escape)
    assert window.isVisible()
    assert window.contents.topLevelItemCount() == len(window._guide.chapters)
    assert window.page.extraSelections() == []


def test_that_persian_is_found_however_it_is_typed(read: Callable[..., GuideWindow]) -> None:
    window = read("tv", "fa")
    window.field.setText("نمايشگر")
    marked = {mark.cursor.selectedText() for mark in window.page.extraSelections()}
    assert marked == {"نمایشگر"}


def test_that_nothing_found_is_said(read: Callable[..., GuideWindow]) -> None:
    window = read("tv")
    assert window.nothing.isHidden()
    window.field.setText("xyzzy")
    assert window.contents.topLevelItemCount() == 0
    assert window.nothing.isVisible()
    assert window.nothing.text()


def test_that_letters_grow_and_shrink_and_the_place_stays(read: Callable[..., GuideWindow]) -> None:
    window = read("tv#status")
    page = window.page

    def pixels() -> int:
        return page.document().defaultFont().pixelSize()

    usual = pixels()
    QTest.keyClick(page, Qt.Key.Key_Plus, CONTROL)
    assert pixels() > usual
    assert window.place().startswith("tv")
    QTest.keyClick(page, Qt.Key.Key_Minus, CONTROL)
    QTest.keyClick(page, Qt.Key.Key_Minus, CONTROL)
    assert pixels() < usual
    for _ in ZOOMS:
        QTest.keyClick(page, Qt.Key.Key_Plus, CONTROL)
    assert pixels() == round(usual * ZOOMS[-1])
    QTest.keyClick(page, Qt.Key.Key_0, CONTROL)
    assert pixels() == usual


# How it looks


def ratio(one: QColor, other: QColor) -> float:
    lights = sorted(
        0.2126 * red + 0.7152 * green + 0.0722 * blue
        for red, green, blue in (linear(one), linear(other))
    )
    return (lights[1] + 0.05) / (lights[0] + 0.05)


@pytest.mark.parametrize("theme", THEMES)
def test_that_all_that_is_written_can_be_read(read: Callable[..., GuideWindow], theme: str) -> None:
    window = read("privacy", "en", theme)
    surface = THEMES[theme].surface
    # Between them they have every form.
    for key in ("tv", "trouble"):
        window.open_place(key)
        for ink, ground, text in inks(window, surface):
            assert ratio(ink, ground) >= 4.5, (key, text)


def inks(window: GuideWindow, surface: QColor) -> Iterator[tuple[QColor, QColor, str]]:
    document = window.page.document()
    cursor = QTextCursor(document)
    while cursor.movePosition(QTextCursor.MoveOperation.NextWord):
        written = cursor.charFormat()
        frame = cursor.currentFrame().frameFormat().background()
        box = frame.color() if frame.style() is not Qt.BrushStyle.NoBrush else surface
        plate = written.background()
        ground = plate.color() if plate.style() is not Qt.BrushStyle.NoBrush else box
        if written.foreground().style() is not Qt.BrushStyle.NoBrush:
            yield written.foreground().color(), ground, cursor.block().text()


def test_that_lines_are_no_longer_than_eyes_find_back(read: Callable[..., GuideWindow]) -> None:
    window = read("tv")
    window.resize(1900, 900)
    QTest.qWait(1)
    assert window.page.viewport().width() <= 900


@pytest.mark.parametrize(
    ("name", "place", "language", "theme"),
    [
        ("guide_en_dark", "administrator#serve", "en", "dark"),
        ("guide_fa_light", "administrator#ami", "fa", "light"),
    ],
)
def test_that_the_guide_looks_as_kept(
    read: Callable[..., GuideWindow],
    keeps_its_look: Callable[[str, QWidget, QSize], None],
    name: str,
    place: str,
    language: str,
    theme: str,
) -> None:
    window = read(place, language, theme)
    window.contents.setFocus()
    keeps_its_look(name, window, QSize(1140, 780))


def test_that_a_chapter_without_pictures_tells_them_in_words(qapp: QApplication) -> None:
    chapter: Chapter = chapter_of("first-steps", "# It\n\n![What is on it](gone.png)")
    window = GuideWindow(look_in("en"), Guide(language="en", chapters=(chapter,)))
    assert window.page.toPlainText() == "It\nWhat is on it"
    window.close()
