"""A kiosk finds what opens its connection, and goes on trying: nobody is there to be asked."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from support.looks import wording_in

from wallboard.app.kiosk_opening import KioskOpening
from wallboard.runtime.kiosk_wire import KioskLaunch
from wallboard.runtime.opening import Opening
from wallboard.settings.connections import save_connection
from wallboard.settings.file import SettingsFile
from wallboard.settings.model import KeptIn, Profile, Settings
from wallboard.settings.paths import places

PROFILE = Profile(
    name="office",
    kind="rest",
    fields={"url": "http://127.0.0.1:9", "sign_in": "bearer"},
    secret=KeptIn.FILE,
)


class Door:
    """What finds it, and what it said."""

    def __init__(self, **told: object) -> None:
        self.openings: list[Opening] = []
        self.missed: list[str] = []
        launch = KioskLaunch(name="office", folder="/nowhere", **told)  # type: ignore[arg-type]
        self.opening = KioskOpening(launch, places())
        self.opening.found.connect(self.openings.append)
        self.opening.missed.connect(self.missed.append)

    def open(self, settings: Settings) -> None:
        self.opening.open(settings, wording_in("en"))


@pytest.fixture
def saved(wallboard_home: Path) -> Settings:
    """Settings with a connection whose token is kept in a file."""
    save_connection(places(), PROFILE, {"secret": "token-7"}, ("secret",))
    return SettingsFile(places().settings_file).load().settings


def test_that_what_is_kept_opens_it(saved: Settings, qtbot: QtBot) -> None:
    door = Door()
    door.open(saved)
    qtbot.waitUntil(lambda: len(door.openings) == 1, timeout=5000)
    (opening,) = door.openings
    assert (opening.name, opening.kind, opening.told["secret"]) == ("office", "rest", "token-7")
    assert door.missed == []
    assert not door.opening._again.isActive()


def test_that_a_password_that_is_not_there_yet_is_looked_for_again(
    saved: Settings, qtbot: QtBot
) -> None:
    kept = places().secrets
    aside = kept.with_name("aside")
    kept.rename(aside)
    door = Door()
    door.open(saved)
    qtbot.waitUntil(lambda: len(door.missed) == 1, timeout=5000)
    assert "office" in door.missed[0]
    assert "token-7" not in door.missed[0]
    assert door.opening._again.isActive()
    aside.rename(kept)
    door.opening._again.timeout.emit()
    qtbot.waitUntil(lambda: len(door.openings) == 1, timeout=5000)


def test_that_what_was_told_at_the_start_is_asked_of_nobody(saved: Settings) -> None:
    shutil.rmtree(places().secrets)
    door = Door(secrets={"secret": "told-9"})
    door.open(saved)
    assert door.openings[0].told["secret"] == "told-9"


def test_that_a_vendor_that_is_gone_is_told_and_waited_for(wallboard_home: Path) -> None:
    door = Door()
    door.open(Settings().with_profile(Profile(name="office", kind="gone", fields={})))
    assert len(door.missed) == 1
    assert door.opening._again.isActive()
    door.opening.stop()
    assert not door.opening._again.isActive()
