r"""The set-up for Windows, made by makensis and run under Wine, with a stand-in for the program.

That the program itself runs there is not tested: it can be frozen on Windows alone.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from support.installer import part
from support.wine import Wine, become, why_no_wine

pytestmark = [
    pytest.mark.timeout(180),
    pytest.mark.skipif(
        os.environ.get("WALLBOARD_FREEZE") != "1",
        reason="a Windows takes half a minute: ask for it with WALLBOARD_FREEZE=1",
    ),
    pytest.mark.skipif(bool(why_no_wine()), reason=why_no_wine()),
]

KEY = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\Wallboard"
KEY_OF_ALL = KEY.replace("HKCU", "HKLM")
RUN = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Run"
# A program of Wine's own that waits for a line: what runs is held open, as ours would be.
STAND_IN = "drive_c/windows/system32/cmd.exe"


@dataclass(frozen=True, slots=True, kw_only=True)
class Setups:
    """Two releases of the same program."""

    old: Path
    new: Path


@pytest.fixture(scope="module")
def wine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wine]:
    computer = Wine(tmp_path_factory.mktemp("wine") / "prefix")
    yield computer
    computer.close()


@pytest.fixture(scope="module")
def setups(wine: Wine, tmp_path_factory: pytest.TempPathFactory) -> Setups:
    folder = tmp_path_factory.mktemp("setups")
    icon = folder / "wallboard.ico"
    icons = part("icons")
    icon.write_bytes(icons.ico_of(part("places").RESOURCES / "icons" / "wallboard.svg"))
    made = []
    for version, module in (("1.0.0", "old.pyd"), ("1.1.0", "new.pyd")):
        payload = folder / version
        (payload / "_internal" / "deep").mkdir(parents=True)
        (payload / "wallboard.exe").write_bytes((wine.folder / STAND_IN).read_bytes())
        (payload / "_internal" / "deep" / module).write_text(version, encoding="utf-8")
        (payload / "THIRD-PARTY-NOTICES.txt").write_text(version, encoding="utf-8")
        made.append(part("windows_setup").made(payload, icon, folder, version))
    return Setups(old=made[0], new=made[1])


@pytest.fixture
def stored(wine: Wine) -> Path:
    """What one user decided and stored; no set-up made it, and none may touch it unasked."""
    kept = wine.local / "wallboard" / "history" / "office.sqlite3"
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_text("calls", encoding="utf-8")
    return kept


def taken_away(wine: Wine, folder: Path, *more: str) -> None:
    """Run the uninstaller, which goes on by itself after it has been started.

    Nobody is told how that ends. Once in some ten runs, on a busy machine, Wine did not let it go
    on at all: it is started once more then, as a person would.
    """

    def gone() -> bool:
        return not (folder / "uninstall.exe").exists()

    assert wine.run(folder / "uninstall.exe", "/S", *more) == 0
    if not become(gone):
        assert wine.run(folder / "uninstall.exe", "/S", *more) == 0
    assert become(gone)


def test_that_one_user_sets_it_up_newer_over_older_and_takes_it_away(
    wine: Wine, setups: Setups, stored: Path
) -> None:
    assert wine.run(setups.old, "/S", "/CurrentUser", "/KIOSK") == 0
    told = wine.value(KEY, "InstallLocation")
    folder = wine.path(told)
    assert wine.local in folder.parents
    assert (folder / "_internal" / "deep" / "old.pyd").exists()
    assert wine.value(KEY, "DisplayVersion") == "1.0.0"
    assert wine.value(RUN, "Wallboard") == f'"{told}\\wallboard.exe" kiosk'
    assert {path.name for path in (wine.menu / "Wallboard").iterdir()} == {
        "Wallboard.lnk",
        "Demo.lnk",
    }

    assert wine.run(setups.new, "/S") == 0
    assert wine.value(KEY, "InstallLocation") == told
    assert wine.value(KEY, "DisplayVersion") == "1.1.0"
    assert [path.name for path in (folder / "_internal" / "deep").iterdir()] == ["new.pyd"]
    # A screen that shows the wall goes on doing so.
    assert wine.value(RUN, "Wallboard").endswith(" kiosk")

    taken_away(wine, folder)
    assert become(lambda: not folder.exists())
    assert not wine.value(KEY, "DisplayVersion")
    assert not wine.value(RUN, "Wallboard")
    assert not (wine.menu / "Wallboard").exists()
    assert stored.read_text(encoding="utf-8") == "calls"


def test_that_it_is_set_up_for_all_users_in_a_folder_of_ones_choice(
    wine: Wine, setups: Setups, stored: Path
) -> None:
    folder = wine.path("C:\\Boards\\Wallboard")
    assert wine.run(setups.old, "/S", "/AllUsers", "/LANG=fa", "/D=C:\\Boards\\Wallboard") == 0
    assert (folder / "wallboard.exe").exists()
    assert wine.value(KEY_OF_ALL, "InstallLocation") == "C:\\Boards\\Wallboard"
    assert not wine.value(KEY, "InstallLocation")
    # Nobody asked for it.
    assert not wine.value(RUN, "Wallboard")

    # Somebody's own: in our folder, and under our name.
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    wine.put(RUN, "Wallboard", "another.exe")
    taken_away(wine, folder, "/AllUsers")
    assert [path.name for path in folder.iterdir()] == ["notes.txt"]
    assert wine.value(RUN, "Wallboard") == "another.exe"
    assert not wine.value(KEY_OF_ALL, "InstallLocation")
    assert stored.exists()
    wine.run("reg", "delete", RUN, "/v", "Wallboard", "/f")


def test_that_what_is_stored_goes_too_if_that_is_asked_for(
    wine: Wine, setups: Setups, stored: Path
) -> None:
    assert wine.run(setups.new, "/S", "/CurrentUser") == 0
    folder = wine.path(wine.value(KEY, "InstallLocation"))
    taken_away(wine, folder, "/REMOVEDATA")
    assert become(lambda: not (wine.local / "wallboard").exists())


def test_that_nothing_is_altered_while_somebody_has_the_program_open(
    wine: Wine, setups: Setups
) -> None:
    assert wine.run(setups.old, "/S", "/CurrentUser") == 0
    folder = wine.path(wine.value(KEY, "InstallLocation"))
    running = wine.started(folder / "wallboard.exe")
    try:
        assert become(lambda: wine.run(setups.new, "/S") == 2)
        assert (folder / "_internal" / "deep" / "old.pyd").exists()
        assert wine.value(KEY, "DisplayVersion") == "1.0.0"
    finally:
        running.communicate(b"exit\r\n", timeout=20)
    assert wine.run(setups.new, "/S") == 0
    assert wine.value(KEY, "DisplayVersion") == "1.1.0"
    taken_away(wine, folder)
