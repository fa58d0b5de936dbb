"""Connecting a system: tested line by line, saved whole or not at all, left without a trace."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from support.looks import look_in
from support.new_kind import PASSWORD, new_kind

from wallboard.app.clock import system_clock
from wallboard.app.connecting import Connecting
from wallboard.domain.clock import Clock
from wallboard.domain.source import Finding, SourceKind, Told, Verdict
from wallboard.runtime.opening import Opening
from wallboard.settings.connections import AddressChanged, recalled
from wallboard.settings.file import SettingsFile
from wallboard.settings.model import KeptIn, Profile, Settings
from wallboard.settings.paths import places
from wallboard.ui.dialogs.connect_dialog import ConnectDialog

VALUES = {"host": "192.0.2.7", "port": "5038", "secret": PASSWORD}


class Led:
    """A connecting that is led by a test."""

    def __init__(self, qtbot: QtBot, kind: SourceKind, settings: Settings) -> None:
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.window.show()
        self.connecting = Connecting(
            look_in("en"),
            {kind.key: kind},
            settings=settings,
            places=places(),
            clock=system_clock(),
            parent=self.window,
        )
        self.connected: list[tuple[Opening, Settings]] = []
        self.ended: list[bool] = []
        self.connecting.connected.connect(lambda *told: self.connected.append(told))
        self.connecting.ended.connect(lambda: self.ended.append(True))
        self.connecting.start()
        self.dialog = self.window.findChild(ConnectDialog)
        qtbot.waitUntil(lambda: not self.dialog._why_no_keyring.isHidden())

    def enter(self, name: str = "Tehran", keep: str = "file", **values: str) -> None:
        self.dialog.fill(name, "made", {**VALUES, **values})
        place = next(b for b in self.dialog._places.buttons() if b.objectName() == keep)
        place.click()

    def note(self) -> str:
        return self.dialog._note.text()

    def saved(self) -> Settings:
        return SettingsFile(places().settings_file).load().settings


@pytest.fixture
def led(qtbot: QtBot, wallboard_home: Path) -> Iterator[Callable[..., Led]]:
    all_led: list[Led] = []

    def lead(kind: SourceKind | None = None, settings: Settings | None = None) -> Led:
        all_led.append(Led(qtbot, kind or new_kind(), settings or Settings()))
        return all_led[-1]

    yield lead
    for one in all_led:
        if not one.ended:
            one.connecting.stop()
    qtbot.waitUntil(lambda: not ours_running())


def ours_running() -> list[str]:
    return [each.name for each in threading.enumerate() if each.name in ("check", "errand")]


def test_that_a_good_connection_is_saved_and_opened(led: Callable[..., Led], qtbot: QtBot) -> None:
    one = led()
    one.enter()
    one.dialog._save.click()
    qtbot.waitUntil(lambda: bool(one.ended))
    ((opening, settings),) = one.connected
    assert opening.told == VALUES
    assert settings.first is not None
    assert settings.first.secret is KeptIn.FILE
    assert one.saved() == settings


def test_that_a_connection_that_fails_saves_nothing_and_loses_nothing(
    led: Callable[..., Led], qtbot: QtBot
) -> None:
    one = led()
    one.enter(secret="wrong")
    one.dialog._save.click()
    assert not one.dialog._save.isEnabled()
    qtbot.waitUntil(lambda: "Nothing was saved." in one.note())
    assert "does not accept the sign-in" in one.note()
    assert "keep trying" not in one.note()
    assert one.saved().profiles == ()
    assert not places().secrets.exists()
    assert one.dialog._told() == {**VALUES, "secret": "wrong"}
    assert one.dialog.isVisible()
    one.enter()
    one.dialog._save.click()
    qtbot.waitUntil(lambda: bool(one.connected))


def test_that_a_setting_that_cannot_be_used_is_said_at_its_field(
    led: Callable[..., Led], qtbot: QtBot
) -> None:
    one = led()
    one.enter(port="x")
    one.dialog._save.click()
    qtbot.waitUntil(one.dialog._save.isEnabled)
    assert "it is empty" in {row.field.key: row.problem() for row in one.dialog._rows}["port"]


def test_that_a_mistake_of_a_vendor_is_told_without_the_password(
    led: Callable[..., Led], qtbot: QtBot
) -> None:
    def fail() -> None:
        raise ValueError(PASSWORD)

    one = led(new_kind(before_fetch=fail))
    one.enter()
    one.dialog._save.click()
    qtbot.waitUntil(lambda: "ValueError" in one.note())
    assert PASSWORD not in one.note()


def test_that_findings_come_as_they_are_found(led: Callable[..., Led], qtbot: QtBot) -> None:
    go_on = threading.Event()

    def check(told: Told, clock: Clock) -> Iterator[Finding]:
        del told, clock
        yield Finding(topic="reachable", verdict=Verdict.GOOD)
        assert go_on.wait(10)
        yield Finding(topic="queues", verdict=Verdict.GOOD)

    one = led(new_kind(check=check))
    one.enter()
    one.dialog._test.click()
    qtbot.waitUntil(lambda: len(one.dialog._log.texts()) == 1)
    assert not one.dialog._test.isEnabled()
    go_on.set()
    qtbot.waitUntil(lambda: one.note() == "The test went well.")
    assert len(one.dialog._log.texts()) == 2


def test_that_closing_during_a_test_leaves_nothing_running(
    led: Callable[..., Led], qtbot: QtBot
) -> None:
    go_on = threading.Event()
    ended: list[bool] = []

    def check(told: Told, clock: Clock) -> Iterator[Finding]:
        del told, clock
        try:
            yield Finding(topic="reachable", verdict=Verdict.GOOD)
            assert go_on.wait(10)
            yield Finding(topic="queues", verdict=Verdict.GOOD)
            raise AssertionError("nobody listens any more")
        finally:
            ended.append(True)

    one = led(new_kind(check=check))
    one.enter()
    one.dialog._test.click()
    qtbot.waitUntil(lambda: len(one.dialog._log.texts()) == 1)
    one.dialog.reject()
    assert one.ended == [True]
    go_on.set()
    qtbot.waitUntil(lambda: not ours_running())
    assert ended == [True]
    assert one.connected == []


def test_that_leaving_while_it_connects_saves_nothing(
    led: Callable[..., Led], qtbot: QtBot
) -> None:
    go_on = threading.Event()
    one = led(new_kind(before_fetch=lambda: go_on.wait(10)))
    one.enter()
    one.dialog._save.click()
    one.dialog.reject()
    assert one.ended == [True]
    go_on.set()
    qtbot.waitUntil(lambda: not ours_running())
    assert one.saved().profiles == ()
    assert one.connected == []


def test_that_another_connection_is_replaced_only_by_one_who_knows(
    led: Callable[..., Led], qtbot: QtBot
) -> None:
    one = led(settings=Settings(profiles=(Profile(name="Tehran", kind="made"),)))
    one.enter()
    one.dialog._save.click()
    assert "already" in one.dialog._name_problem.text()
    assert one.connected == []
    one.dialog._save.click()
    qtbot.waitUntil(lambda: bool(one.connected))


def test_that_a_connection_that_did_not_open_can_be_entered_again(
    led: Callable[..., Led], qtbot: QtBot
) -> None:
    before = Profile(name="Tehran", kind="made", fields={"host": "192.0.2.9"})
    one = led(settings=Settings(profiles=(before,)))
    one.connecting.fill(before)
    (secret,) = (row for row in one.dialog._rows if row.field.secret)
    secret.fill(PASSWORD)
    next(b for b in one.dialog._places.buttons() if b.objectName() == "ask").click()
    one.dialog._save.click()
    qtbot.waitUntil(lambda: bool(one.connected))
    assert one.connected[0][0].told["host"] == "192.0.2.9"
    assert one.saved().profiles[0].secret is KeptIn.ASK


def test_that_who_changes_the_address_tells_the_password_anew(
    led: Callable[..., Led], qtbot: QtBot
) -> None:
    made = new_kind()
    fields = tuple(replace(field, binds=field.key == "host") for field in made.fields)
    kind = replace(made, fields=fields)
    first = led(kind)
    first.enter()
    first.dialog._save.click()
    qtbot.waitUntil(lambda: bool(first.ended))
    (before,) = first.saved().profiles
    again = led(kind, first.saved())
    again.connecting.fill(before)
    rows = {row.field.key: row for row in again.dialog._rows}
    rows["host"].fill("192.0.2.66")
    next(b for b in again.dialog._places.buttons() if b.objectName() == "file").click()
    # What was kept is not at hand here: nobody is told it without being asked.
    assert again.dialog._told() is None
    again.dialog._save.click()
    assert not again.connected
    with pytest.raises(AddressChanged):
        recalled(replace(before, fields={"host": "192.0.2.66"}), kind, places(), {})
    rows["secret"].fill(PASSWORD)
    again.dialog._save.click()
    qtbot.waitUntil(lambda: bool(again.ended))
    ((opening, settings),) = again.connected
    assert opening.told["host"] == "192.0.2.66"
    (after,) = settings.profiles
    assert recalled(after, kind, places(), {}) == {"secret": PASSWORD}
    with pytest.raises(AddressChanged):
        recalled(before, kind, places(), {})


def test_that_without_a_keyring_it_is_said_why(led: Callable[..., Led]) -> None:
    one = led()
    assert "keyring" in one.dialog._why_no_keyring.text()
