"""A few letters find anything on the board; Enter goes there, Esc leaves all as it was."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from support.boards import scene
from support.heard import heard
from support.looks import look_in
from ui.test_board_frame import frame_in, press, window_of

from wallboard.domain.snapshot import AgentId
from wallboard.engine.windows import WindowKind
from wallboard.ui.dialogs.finding_things import found
from wallboard.ui.dialogs.key_map import KeyMap, _highest
from wallboard.ui.dialogs.palette import Palette
from wallboard.ui.frame.things import things_of
from wallboard.ui.look import Look
from wallboard.ui.main_window import MainWindow
from wallboard.ui.pages.settings import SettingsPage
from wallboard.ui.panels.settings_choices import Place
from wallboard.ui.thing import Thing, ThingKind

CONTROL = Qt.KeyboardModifier.ControlModifier


def thing(name: str, note: str = "", kind: str = "queue") -> Thing:
    return Thing(what=ThingKind.QUEUE, key=name, name=name, kind=kind, glyph="queue", note=note)


def opened(window: MainWindow) -> Palette:
    press(window, Qt.Key.Key_K, CONTROL)
    # One that was closed is deleted only when Qt finds time for it.
    (palette,) = (one for one in window.findChildren(Palette) if one.isVisible())
    return palette


def names(palette: Palette) -> list[str]:
    return [thing.name for thing in palette._found]


@pytest.mark.parametrize(
    ("typed", "best"),
    [
        pytest.param("sales", "Sales", id="the_name_itself"),
        pytest.param("sal", "Sales", id="its_beginning"),
        pytest.param("desk", "VIP sales desk", id="a_word_in_it"),
        pytest.param("vip de", "VIP sales desk", id="beginnings_of_words"),
        pytest.param("after", "After sales", id="before_what_only_holds_it"),
        pytest.param("vsd", "VIP sales desk", id="scattered_letters"),
        pytest.param("refund", "Billing", id="what_it_is_about"),
    ],
)
def test_that_the_best_is(typed: str, best: str) -> None:
    things = (
        thing("VIP sales desk"), thing("Thereafter"), thing("After sales"), thing("Sales"),
        thing("Billing", note="refunds"),
    )  # fmt: skip
    assert found(things, typed, 9)[0].name == best


def test_that_nothing_is_made_up() -> None:
    assert found((thing("Sales"),), "xyz", 9) == ()
    assert len(found([thing(f"Queue {at}") for at in range(50)], "queue", 9)) == 9
    assert len(found([thing(f"Queue {at}") for at in range(50)], "  ", 9)) == 9


def test_that_an_agent_is_found_by_any_spelling_and_shown_on_his_page(qapp: QApplication) -> None:
    made = scene(language="fa", minutes=2)
    window = window_of(made, look_in("fa"))
    palette = opened(window)
    palette.field.setText("علي كريمي")
    assert names(palette) == ["علی کریمی"]
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    frame = frame_in(window)
    assert frame.page_key() == "agents"
    assert not palette.isVisible()


def test_that_a_queue_is_opened_in_detail(qapp: QApplication) -> None:
    window = window_of(scene(minutes=2), look_in("en"))
    palette = opened(window)
    QTest.keyClicks(palette.field, "bill")
    assert names(palette)[0] == "Billing"
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    page = frame_in(window).page()
    assert page.drawer().queue_id() == "q2"
    assert window.focusWidget() is page.table


@pytest.mark.parametrize(
    ("typed", "wish"),
    [
        ("theme: light", "light"),
        ("language", "fa"),
        ("ask the system", "refresh"),
        ("connect a system", "connect"),
        ("last 15", str(WindowKind.LAST_15)),
        ("abandoned, %", "explain abandon_rate"),
    ],
)
def test_that_it_does(qapp: QApplication, typed: str, wish: str) -> None:
    window = window_of(scene(minutes=2), look_in("en"))
    wished: list[str] = []
    window.theme_requested.connect(wished.append)
    window.language_requested.connect(wished.append)
    window.refresh_requested.connect(lambda: wished.append("refresh"))
    window.connect_requested.connect(lambda: wished.append("connect"))
    window.window_requested.connect(lambda kind: wished.append(str(kind)))
    window.explanation_wanted.connect(lambda key, _queue: wished.append(f"explain {key}"))
    palette = opened(window)
    palette.field.setText(typed)
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert wished == [wish]


def test_that_esc_and_a_click_beside_it_leave_all_as_it_was(qapp: QApplication) -> None:
    window = window_of(scene(minutes=2), look_in("en"))
    strip = frame_in(window).page_widget().kpi_strip
    strip.setFocus(Qt.FocusReason.MouseFocusReason)
    palette = opened(window)
    assert window.focusWidget() is palette.field
    QTest.keyClick(palette.field, Qt.Key.Key_Escape)
    assert window.focusWidget() is strip
    qapp.processEvents()
    palette = opened(window)
    QTest.mouseClick(palette, Qt.MouseButton.LeftButton, pos=QPoint(4, palette.height() - 4))
    assert not palette.isVisible()
    assert window.focusWidget() is strip
    assert frame_in(window).page_key() == "overview"


def test_that_tab_stays_inside_and_the_same_keys_close_it(qapp: QApplication) -> None:
    window = window_of(scene(minutes=2), look_in("en"))
    palette = opened(window)
    press(window, Qt.Key.Key_Tab)
    assert window.focusWidget() is palette.field
    press(window, Qt.Key.Key_F6)
    assert window.focusWidget() is palette.field
    press(window, Qt.Key.Key_K, CONTROL)
    assert not palette.isVisible()


def test_that_arrows_and_clicks_choose_among_what_was_found(qapp: QApplication) -> None:
    window = window_of(scene(minutes=2), look_in("en"))
    palette = opened(window)
    first = palette.chosen()
    QTest.keyClick(palette.field, Qt.Key.Key_Down)
    assert palette.chosen() not in (None, first)
    assert palette.chosen().name in palette.field.accessibleDescription()
    QTest.keyClick(palette.field, Qt.Key.Key_Up)
    QTest.keyClick(palette.field, Qt.Key.Key_Up)
    assert palette.chosen() == first
    row = palette.results.row_height()
    QTest.mouseClick(palette.results, Qt.MouseButton.LeftButton, pos=QPoint(40, row + row // 2))
    assert frame_in(window).page_key() == "queues"


def test_that_all_of_the_board_can_be_found_and_is_plain_text(
    qapp: QApplication, look: Look
) -> None:
    made = scene(language=look.wording.language, minutes=2)
    snapshot = made.board.snapshot
    agents = dict(snapshot.agents)
    hostile = AgentId("a00000")
    agents[hostile] = replace(agents[hostile], name="<img src=x>\u202eEve\x07")
    made.clock.pass_by(1)
    made.take(replace(snapshot, as_of=made.clock.wall, agents=agents))
    things = things_of(made.board, look.wording, supervised=True)
    kinds = {kind: [one for one in things if one.what is kind] for kind in ThingKind}
    assert all(kinds.values())
    assert len(kinds[ThingKind.AGENT]) == len(agents)
    assert [one.key for one in kinds[ThingKind.QUEUE]] == list(made.board.order)
    assert found(things, "eve", 9)[0].name == "<img src=x>Eve"
    assert all(one.name and one.kind for one in things)


def test_that_it_stays_in_the_window_when_that_gets_smaller(qapp: QApplication) -> None:
    window = window_of(scene(minutes=2), look_in("en"))
    palette = opened(window)
    window.resize(960, 600)
    qapp.processEvents()
    assert palette.size() == window.centralWidget().size()
    card = palette.card().toRect()
    assert palette.rect().contains(card)
    assert card.contains(palette.results.geometry())


def test_that_another_language_closes_it(qapp: QApplication) -> None:
    window = window_of(scene(minutes=2), look_in("en"))
    palette = opened(window)
    window.show_look(look_in("fa"))
    assert not palette.isVisible()


def test_that_the_map_of_the_keys_opens_and_closes_by_its_sign(qapp: QApplication) -> None:
    window = window_of(scene(minutes=2), look_in("en"))
    press(window, Qt.Key.Key_Question)
    keys = window.findChild(KeyMap)
    assert keys.isVisible()
    assert keys.rect().contains(keys.card().toRect())
    press(window, Qt.Key.Key_Question)
    assert not keys.isVisible()


def test_that_the_map_of_the_keys_has_room_for_all_in_the_smallest_window(
    qapp: QApplication, look: Look
) -> None:
    window = window_of(scene(minutes=2), look)
    window.resize(960, 600)
    qapp.processEvents()
    press(window, Qt.Key.Key_Question)
    keys = window.findChild(KeyMap)
    assert keys._tall(_highest()) <= keys.card().height()


def test_that_the_map_tells_every_key_that_the_window_hears(qapp: QApplication, look: Look) -> None:
    from PySide6.QtGui import QShortcut  # noqa: PLC0415 - for this test alone

    window = window_of(scene(minutes=2), look)
    frame_in(window).open_page("queues")
    press(window, Qt.Key.Key_Question)
    told = heard(window.findChild(KeyMap))
    keys = {one.key().toString() for one in window.findChildren(QShortcut)} - {"؟"}
    keys = {key for key in keys if not key.startswith("Alt+")}
    assert len(keys) >= 9
    assert [key for key in keys if key not in told] == []
    assert "Alt+1" in told


def test_that_palette_and_keys_look_as_kept(
    qapp: QApplication, keeps_its_look: Callable[[str, QWidget, QSize], None]
) -> None:
    window = window_of(scene(), look_in("en"))
    palette = opened(window)
    palette.field.setText("sa")
    palette.field.setCursorPosition(0)
    palette.field.setReadOnly(True)  # without the cursor, which blinks
    keeps_its_look("palette_en_dark", window, QSize(1366, 768))


def test_that_the_persian_keys_look_as_kept(
    qapp: QApplication, keeps_its_look: Callable[[str, QWidget, QSize], None]
) -> None:
    window = window_of(scene(language="fa"), look_in("fa", "light"))
    press(window, Qt.Key.Key_Question)
    keeps_its_look("keys_fa_light", window, QSize(1366, 768))


def test_that_a_setting_is_found_and_leads_to_its_section(qapp: QApplication, look: Look) -> None:
    made = scene(minutes=1)
    settings = [one for one in things_of(made.board, look.wording) if one.what is ThingKind.SETTING]
    by_name = {one.name: one.key for one in settings}
    words = look.wording.translate("Palette", "Settings: {name}")
    for name, section in (("Callers' numbers", "privacy"), ("Shifts", "shifts")):
        said = look.wording.translate("SettingsPage", name)
        assert by_name[words.format(name=said)] == section
    window = window_of(made, look)
    for one in settings:
        window._do(one)
        page = window._frame.page()
        assert isinstance(page, SettingsPage)
        assert page.section.accessibleName()
        assert page.list.currentRow() == [*Place].index(Place(one.key))
