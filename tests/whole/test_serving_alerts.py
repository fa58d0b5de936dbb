"""`wallboard serve` watches for alerts and tells them, though no window is open."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from support.started_program import StartedProgram
from support.taking import HookServer

from wallboard.settings.file import SettingsFile
from wallboard.settings.model import KeptIn, Profile
from wallboard.settings.paths import places

pytest.importorskip("uvicorn", reason="walls are served with the extra `server`")


def said(folder: Path, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "wallboard", *words],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=50,
        check=True,
    )
    return done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="kills as POSIX does")
def test_that_a_server_tells_alerts_once_through_a_kill(
    tmp_path: Path, wallboard_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A call center that does not answer: that it is lost is what there is to tell.
    with closing(socket.create_server(("127.0.0.1", 0))) as nobody:
        fields = {"host": "127.0.0.1", "port": str(nobody.getsockname()[1]), "username": "u"}
    site = Profile(name="site", kind="asterisk", fields=fields, secret=KeptIn.ASK)
    SettingsFile(places().settings_file).change(lambda found: found.with_profile(site))
    monkeypatch.setenv("WALLBOARD_SECRET_SITE", "secret")
    hook = HookServer().start()
    said(
        *(tmp_path, "way", "add", "webhook", "--name", "hook"),
        *("--field", f"address={hook.address}", "--least", "warning"),
    )
    serve = ("serve", "site", "--port", "0")

    def sent(count: int) -> bool:
        told = said(tmp_path, "deliveries", "site", "--json").splitlines()
        return [json.loads(line)["state"] for line in told] == ["sent"] * count

    program = StartedProgram(tmp_path, *serve)
    try:
        program.until(lambda: len(hook.taken) == 1, "the alert")
        program.until(lambda: sent(1), "its delivery")
        program.process.kill()
        program.process.wait()
        program = StartedProgram(tmp_path, *serve)
        program.runs_for(8)
        program.ended_by(signal.SIGTERM)
    finally:
        program.close()
        hook.stop()
    (taken,) = hook.taken
    (event,) = taken.told["events"]
    assert (event["rule"]["id"], event["news"]) == ("source_lost", "fired")
    journal = [
        json.loads(line)
        for line in said(tmp_path, "alerts", "--profile", "site", "--json").splitlines()
    ]
    assert journal
    assert sent(1)
