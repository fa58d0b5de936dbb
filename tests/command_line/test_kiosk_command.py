"""`wallboard kiosk`: what it refuses, what it tells of TVs, and what it writes for the log-in."""

from __future__ import annotations

import json
import time
from pathlib import Path

import msgspec
import pytest
from support.served_center import free_port

from wallboard.command_line import main
from wallboard.domain.walls import Wall
from wallboard.runtime.kiosk_records import KioskRecord, Phase, write_record
from wallboard.runtime.kiosk_wire import BoardBeat
from wallboard.settings.connections import save_connection
from wallboard.settings.model import Profile
from wallboard.settings.paths import places
from wallboard.settings.walls import write_wall

HALL = BoardBeat(title="Hall", screen="HDMI-1", scene="queues")


def recorded(home: Path, key: str, **changes: object) -> None:
    """Write down a kiosk that is well, but for the changes."""
    now = time.time()  # noqa: TID251 - records tell the machine's own clock
    well = KioskRecord(
        key=key,
        name="office",
        phase=Phase.RUNS,
        begun=now - 100,
        seen=now - 1,
        written=now,
        boards=(HALL,),
        freshness="live",
    )
    folder = home / "data" / "kiosk" / key
    folder.mkdir(parents=True)
    write_record(folder, msgspec.structs.replace(well, **changes))


def test_that_it_says_that_there_was_none(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["kiosk", "--status"]) == 0
    assert "No kiosk has run" in capsys.readouterr().out


def test_that_it_tells_how_all_are_and_ends_with_one_if_one_is_dark(
    wallboard_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    recorded(wallboard_home, "a")
    assert main(["kiosk", "--status"]) == 0
    assert capsys.readouterr().out == "office  Hall  HDMI-1  live  1 s\n"
    recorded(wallboard_home, "b", name="lab", seen=1.0, restarts=3, boards=(HALL, HALL))
    assert main(["kiosk", "--status"]) == 1
    assert capsys.readouterr().out.count("dark") == 2
    assert main(["kiosk", "office", "--status"]) == 0
    assert main(["kiosk", "--status", "--lang", "fa"]) == 1


def test_that_a_server_that_does_not_tell_of_tvs_is_named_and_the_rest_is_told(
    wallboard_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fields = {"url": f"http://127.0.0.1:{free_port()}", "sign_in": "none"}
    profile = Profile(name="office", kind="rest", fields=fields)
    save_connection(places(), profile, {}, ("secret",))
    recorded(wallboard_home, "a")
    assert main(["kiosk", "office", "--status"]) == 0
    said = capsys.readouterr()
    assert said.out == "office  Hall  HDMI-1  live  1 s\n"
    assert "The server of office does not tell" in said.err


def test_that_machines_are_told_the_same(
    wallboard_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    recorded(wallboard_home, "a", boards=(HALL, msgspec.structs.replace(HALL, screen="")))
    recorded(wallboard_home, "b", phase=Phase.ENDED, seen=5.0)
    assert main(["kiosk", "--status", "--json"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert sorted(row["state"] for row in rows) == ["ended", "live", "no_screen"]
    assert {row["board"] for row in rows} == {"Hall"}


def test_that_what_stands_in_a_record_is_no_order_to_the_terminal(
    wallboard_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    evil = BoardBeat(title="\x1b[2J\nHall", screen="\x07S", trouble="\u202ex")
    recorded(wallboard_home, "a", boards=(evil,))
    main(["kiosk", "--status"])
    said = capsys.readouterr().out
    assert not {"\x1b", "\x07", "\u202e"} & set(said)
    assert said.count("\n") == 1


@pytest.mark.parametrize(
    ("told", "says"),
    [
        (["kiosk"], "Say which connection"),
        (["kiosk", "nobody"], "No connection is called nobody"),
        (["kiosk", "nobody", "--autostart", "on"], "No connection is called nobody"),
        (["kiosk", "demo", "--language", "xx"], "--language"),
    ],
)
def test_that_what_cannot_be_shown_is_said(
    told: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(told) == 2
    assert says in capsys.readouterr().err


def test_that_it_is_started_at_log_in_and_no_more(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    wallboard_home: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    write_wall(wallboard_home / "walls" / "hall.toml", Wall(title="Hall"))
    command = ["kiosk", "demo", "--board", "hall", "--screen", "HDMI-1", "--autostart"]
    assert main([*command, "on"]) == 0
    (entry,) = (tmp_path / "config" / "autostart").iterdir()
    assert '"kiosk" "demo" "--board" "hall" "--screen" "HDMI-1"' in entry.read_text("utf-8")
    assert str(entry) in capsys.readouterr().out
    assert main([*command, "off"]) == 0
    assert not entry.exists()
