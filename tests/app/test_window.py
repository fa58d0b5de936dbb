"""The window opens what was saved, asks for what is kept nowhere, and says what is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot
from support.boards import scene
from support.looks import look_in

from wallboard.app import window as window_module
from wallboard.app.clock import system_clock
from wallboard.runtime.opening import Opening
from wallboard.settings.model import KeptIn, Profile, Settings
from wallboard.settings.paths import places
from wallboard.ui.dialogs.connect_dialog import ConnectDialog
from wallboard.ui.dialogs.guide import GuideWindow
from wallboard.ui.dialogs.secret_dialog import SecretDialog
from wallboard.ui.frame.board_frame import BoardFrame
from wallboard.ui.main_window import MainWindow
from wallboard.ui.pages.first_run import FirstRunPage
from wallboard.ui.pages.walls import WallsPage

PBX = Profile(name="Tehran", kind="asterisk", fields={"host": "127.0.0.1"}, secret=KeptIn.FILE)


class Desk:
    """A window with what is behind it, and what it would open instead of opening it."""

    def __init__(self, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
        self.window = MainWindow(look_in("en"))
        self.desk = window_module._Desk(
            self.window,
            system_clock(),
            demo=Opening(name="Demo", kind="simulator", demo=True),
            settings=settings,
            places=places(),
            language="en",
        )
        self.opened: list[Opening] = []
        monkeypatch.setattr(self.desk, "open", self.opened.append)

    def trouble(self) -> str:
        page = self.window.findChild(FirstRunPage)
        assert page is not None
        assert self.window.centralWidget().currentWidget() is page  # type: ignore[attr-defined]
        return page._trouble.text()


@pytest.fixture
def made(
    qtbot: QtBot, wallboard_home: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[type[Desk]]:
    desks: list[Desk] = []

    def make(settings: Settings) -> Desk:
        desks.append(Desk(settings, monkeypatch))
        qtbot.addWidget(desks[-1].window)
        desks[-1].window.show()
        return desks[-1]

    yield make  # type: ignore[misc]
    for desk in desks:
        desk.desk.close()


def with_profile(profile: Profile) -> Settings:
    return Settings(profiles=(profile,))


def test_that_a_kind_that_is_gone_is_said_on_the_first_page(made: type[Desk]) -> None:
    lost = replace(PBX, kind="gone")
    desk = made(with_profile(lost))
    desk.desk.open_saved(lost)
    assert "gone" in desk.trouble()
    assert desk.opened == []


def test_that_a_password_that_cannot_be_read_is_said_on_the_first_page(
    made: type[Desk], qtbot: QtBot
) -> None:
    desk = made(with_profile(PBX))
    desk.desk.open_saved(PBX)
    assert isinstance(desk.window.centralWidget().currentWidget(), BoardFrame)  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: desk.window.findChild(FirstRunPage) is not None)
    assert "Tehran" in desk.trouble()
    assert desk.opened == []
    desk.window.connect_requested.emit()
    dialog = desk.window.findChild(ConnectDialog)
    assert dialog is not None
    assert dialog._name.text() == "Tehran"
    assert dialog._told() is None, "all but the password is there"
    assert [row.field.key for row in dialog._rows if row.problem()][-1] == "secret"
    assert next(row for row in dialog._rows if row.field.key == "host").told() == "127.0.0.1"


def test_that_a_password_that_is_kept_nowhere_is_asked_for_in_the_window(
    made: type[Desk], qtbot: QtBot
) -> None:
    asks = replace(PBX, secret=KeptIn.ASK)
    desk = made(with_profile(asks))
    desk.desk.open_saved(asks)
    qtbot.waitUntil(lambda: desk.window.findChild(SecretDialog) is not None)
    dialog = desk.window.findChild(SecretDialog)
    assert dialog is not None
    dialog.findChild(QLineEdit).setText("told-secret")
    dialog._open.click()
    assert [opening.told["secret"] for opening in desk.opened] == ["told-secret"]
    assert desk.opened[0].told["transport"] == "socket"


def test_that_who_does_not_tell_the_password_sees_the_first_page(
    made: type[Desk], qtbot: QtBot
) -> None:
    asks = replace(PBX, secret=KeptIn.ASK)
    desk = made(with_profile(asks))
    desk.desk.open_saved(asks)
    qtbot.waitUntil(lambda: desk.window.findChild(SecretDialog) is not None)
    desk.window.findChild(SecretDialog).reject()
    assert "Without its password Tehran" in desk.trouble()
    assert desk.opened == []


def test_that_the_window_can_go_at_any_moment(made: type[Desk], qtbot: QtBot) -> None:
    asks = replace(PBX, secret=KeptIn.ASK)
    desk = made(with_profile(asks))
    desk.desk.open_saved(asks)
    desk.desk.close()
    desk.window.connect_requested.emit()
    desk.desk.close()
    desk.desk.close()
    assert desk.opened == []


def test_that_asterisk_is_offered_first(made: type[Desk]) -> None:
    desk = made(Settings())
    desk.window.show_first_run()
    desk.window.connect_requested.emit()
    dialog = desk.window.findChild(ConnectDialog)
    assert dialog is not None
    kinds = [dialog._kind.itemData(at) for at in range(dialog._kind.count())]
    assert kinds[0] == "asterisk"
    assert "simulator" in kinds
    desk.window.connect_requested.emit()
    assert len(desk.window.findChildren(ConnectDialog)) == 1


def test_that_its_keys_lead_to_where_the_board_of_a_tv_is_started(
    made: type[Desk], qtbot: QtBot
) -> None:
    desk = made(Settings())
    shown = scene(minutes=1)
    desk.window.show_board(shown.board, shown.clock.now())
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.waitUntil(lambda: bool(desk.window.findChildren(QShortcut)), timeout=5000)
    desk.window.activateWindow()
    qtbot.waitUntil(desk.window.isActiveWindow, timeout=5000)
    QTest.keyClick(desk.window, Qt.Key.Key_K, keys)
    page = desk.window.findChild(WallsPage)
    assert page is not None
    assert page.isVisible()
    assert page.empty.make.hasFocus(), "there is none yet: it is to be made"


def test_that_f1_shows_the_guide_that_was_brought_along(made: type[Desk], qtbot: QtBot) -> None:
    window = made(Settings()).window
    window.show_first_run()
    window.activateWindow()
    qtbot.waitUntil(lambda: window.findChild(QShortcut) is not None)
    QTest.keyClick(window.focusWidget() or window, Qt.Key.Key_F1)
    guide = window.findChild(GuideWindow)
    assert guide is not None
    assert guide.isVisible()
    assert guide.place() == "first-steps"
    assert "Wallboard" in guide.page.toPlainText()
