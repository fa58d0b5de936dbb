"""A TV that shows what a server tells, as both are started; the server knows how the TV is."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from support.served_center import free_port, run, serving, told_of
from support.started_program import StartedProgram

from wallboard.app.clock import system_clock
from wallboard.runtime.kiosk_records import RECORD, KioskRecord, Phase, read_record
from wallboard.settings.connections import save_connection
from wallboard.settings.model import KeptIn, Profile
from wallboard.settings.paths import places
from wallboard.sources.rest.kiosks import KioskDoor


@pytest.fixture
def port(wallboard_home: Path) -> Iterator[int]:
    """Where a simulated center is served."""
    run("connect", "simulator", "--name", "center")
    number = free_port()
    with serving("center", number):
        yield number


def until(holds: Callable[[], bool], what: str, within_s: float = 40) -> None:
    deadline = time.monotonic() + within_s
    while not holds():
        assert time.monotonic() < deadline, f"no {what}"
        time.sleep(0.1)  # noqa: TID251 - a test waits for other processes


def saved(name: str, told: dict[str, str]) -> None:
    """Save a connection."""
    plain = {key: text for key, text in told.items() if not key.endswith("secret")}
    profile = Profile(name=name, kind="rest", fields=plain, secret=KeptIn.FILE)
    save_connection(places(), profile, {"secret": told["secret"]}, ("secret",))


def test_that_a_tv_is_live_beside_its_server_and_known_there(
    port: int, tmp_path: Path, wallboard_home: Path
) -> None:
    told = told_of(port, "tv")
    saved("office", told)
    saved("desk", told_of(port, "supervisor"))

    def record() -> KioskRecord | None:
        files = list(wallboard_home.glob(f"data/kiosk/*/{RECORD}"))
        return read_record(files[0]) if files else None

    program = StartedProgram(tmp_path, "kiosk", "office")
    door = KioskDoor(told_of(port, "supervisor"), system_clock())
    try:
        until(lambda: (seen := record()) is not None and seen.freshness == "live", "picture")
        until(lambda: len(door.listed().kiosks) == 1, "word at the server")
        until(lambda: door.listed().kiosks[0].word.boards[0].state == "live", "life there")
        assert not door.listed().kiosks[0].dark
        here = json.loads(run("kiosk", "--status", "--json"))
        there = json.loads(run("kiosk", "desk", "--status", "--json"))
        assert here["state"] == there["state"] == "live"
        assert here["kiosk"] == there["kiosk"]
        assert (here["pid"], there["pid"]) == (program.process.pid, None)
        assert there["host"] == here["host"]
        (tmp_path / "second").mkdir()
        second = StartedProgram(tmp_path / "second", "kiosk", "office")
        assert second.process.wait(30) == 2, "the same one is not shown twice"
        assert "runs already" in second.said()
        program.process.terminate()
        assert program.process.wait(30) == 0
    finally:
        door.close()
        program.close()
    ended = record()
    assert ended is not None
    assert ended.phase is Phase.ENDED
    said = program.said() + "".join(
        file.read_text("utf-8", errors="replace") for file in (wallboard_home / "logs").iterdir()
    )
    assert told["secret"] not in said
    assert "Traceback" not in said, said
