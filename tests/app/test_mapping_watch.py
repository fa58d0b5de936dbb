"""A mapping is tried from the dialog: the system is asked once, the file is read as it changes."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from support.faultd import Asked, FaultServer, Said
from support.looks import look_in
from support.mappings import PLAIN

from wallboard.app.clock import system_clock
from wallboard.app.connecting import Connecting
from wallboard.settings.model import Settings
from wallboard.settings.paths import places
from wallboard.sources.registry import kind
from wallboard.ui.dialogs.connect_dialog import ConnectDialog


def site(_: Asked) -> Said:
    told = {"queues": [{"id": 1, "title": "Sales"}], "people": [], "calls": []}
    return Said(body=json.dumps(told).encode())


@pytest.fixture
def server() -> Iterator[FaultServer]:
    with FaultServer(site) as running:
        yield running


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "ours.toml"
    path.write_text(PLAIN, encoding="utf-8")
    return path


@pytest.fixture
def dialog(
    qtbot: QtBot, wallboard_home: Path, server: FaultServer, file: Path
) -> Iterator[ConnectDialog]:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    connecting = Connecting(
        look_in("en"),
        {"rest": kind("rest")},
        settings=Settings(),
        places=places(),
        clock=system_clock(),
        parent=window,
    )
    connecting.start()
    made = window.findChild(ConnectDialog)
    qtbot.waitUntil(lambda: not made._why_no_keyring.isHidden())
    made.fill("x", "rest", {"url": server.address, "sign_in": "none", "mapping": str(file)})
    yield made
    if made.isVisible():
        made.reject()
    qtbot.waitUntil(lambda: not ours_running(), timeout=10_000)


def ours_running() -> list[str]:
    return [each.name for each in threading.enumerate() if each.name == "mapping"]


def lines(dialog: ConnectDialog) -> str:
    assert dialog._trial is not None
    return "\n".join(dialog._trial.texts())


def press(dialog: ConnectDialog) -> None:
    assert dialog._trial is not None
    dialog._trial.trial_requested.emit()


def test_that_each_change_of_the_file_is_shown_and_the_system_is_asked_once(
    dialog: ConnectDialog, qtbot: QtBot, server: FaultServer, file: Path
) -> None:
    press(dialog)
    qtbot.waitUntil(lambda: "Sales" in lines(dialog))
    asked = len(server.asked)
    file.write_text(PLAIN.replace("queue_id", "queueid", 1), encoding="utf-8")
    qtbot.waitUntil(lambda: "perhaps \u2068queue_id\u2069 is meant" in lines(dialog))
    file.unlink()
    file.write_text(PLAIN.replace('name = "title"', 'name = "id"'), encoding="utf-8")
    qtbot.waitUntil(lambda: "They are \u20681\u2069" in lines(dialog))
    assert len(server.asked) == asked
    press(dialog)
    qtbot.waitUntil(lambda: len(server.asked) > asked)


def test_that_a_file_that_is_not_there_is_told(
    dialog: ConnectDialog, qtbot: QtBot, file: Path, server: FaultServer
) -> None:
    file.unlink()
    press(dialog)
    qtbot.waitUntil(lambda: "No such file" in lines(dialog))
    assert server.asked == []


def test_that_closing_the_dialog_ends_the_watch(dialog: ConnectDialog, qtbot: QtBot) -> None:
    press(dialog)
    qtbot.waitUntil(lambda: "Sales" in lines(dialog))
    assert ours_running()
    dialog.reject()
    qtbot.waitUntil(lambda: not ours_running(), timeout=10_000)


def test_that_naming_another_file_ends_the_watch(
    dialog: ConnectDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    press(dialog)
    qtbot.waitUntil(lambda: "Sales" in lines(dialog))
    dialog.fill("x", "rest", {"mapping": str(tmp_path / "none.toml")})
    qtbot.waitUntil(lambda: not ours_running(), timeout=10_000)
    assert lines(dialog) == ""
