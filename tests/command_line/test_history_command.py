"""`wallboard history`: closed days become files, and what is told of them."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from support.sealing import days_of_calls

from wallboard.app import system_clock
from wallboard.command_line import main
from wallboard.settings.file import SettingsFile
from wallboard.settings.model import OFFLINE, Profile
from wallboard.settings.paths import made, places
from wallboard.storage.history import open_history

pytest.importorskip("duckdb", reason="days are sealed with DuckDB")


@pytest.fixture
def kept() -> Path:
    """The history of a connection called `pbx`, of three days that ended a week ago."""
    where = places()
    profile = Profile(name="pbx", kind=OFFLINE, zone="Asia/Tehran")
    SettingsFile(where.settings_file).change(lambda before: before.with_profile(profile))
    path = where.history_file("pbx")
    made(path.parent)
    now = system_clock().now().wall
    begin = now.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=10)
    history = open_history(path, clock=system_clock())
    try:
        history.keep(days_of_calls(60, begin=begin))
    finally:
        history.close()
    return path


def test_that_compacting_makes_files_of_closed_days(
    kept: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(("history", "compact", "--profile", "pbx")) == 0
    assert "Closed days that became files of their own: 3." in capsys.readouterr().out
    assert main(("history", "compact", "--profile", "pbx", "--json")) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["sealed"], told["calls"]) == (0, 0)
    assert main(("history", "info", "--profile", "pbx", "--json")) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["sealed"], told["rows"]["calls"]) == (3, 60)
    assert main(("history", "check", "--profile", "pbx")) == 0
    file = next(kept.with_name(f"{kept.name}.days").glob("calls-*"))
    file.write_bytes(file.read_bytes()[:-1])
    capsys.readouterr()
    assert main(("history", "check", "--profile", "pbx")) != 0
    assert file.name in capsys.readouterr().err
