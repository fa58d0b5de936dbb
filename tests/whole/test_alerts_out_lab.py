"""A real call center is lost: who does not look is told, through an outage and a kill."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support.ami_proxy import Network, Proxy
from support.asterisk_lab import AsteriskLab
from support.started_program import StartedProgram
from support.taking import HookServer, MailServer


def said(home: Path, *arguments: str, told: str = "") -> str:
    ran = subprocess.run(
        [sys.executable, "-m", "wallboard", *arguments],
        check=True,
        capture_output=True,
        text=True,
        input=told,
        cwd=home,
        env={**os.environ, "WALLBOARD_HOME": str(home)},
    )
    return ran.stdout


def deliveries(home: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in said(home, "deliveries", "pbx", "--json").splitlines()]


@pytest.mark.lab
@pytest.mark.timeout(180)
@pytest.mark.skipif(sys.platform == "win32", reason="kills as POSIX does")
def test_that_a_lost_call_center_is_told_through_an_outage_and_a_kill(
    asterisk_lab: Callable[[int], AsteriskLab], tmp_path: Path
) -> None:
    lab = asterisk_lab(22)
    network, mail, hook = Proxy(lab.port), MailServer(), HookServer().start()
    fields = {**lab.told(), "port": str(network.port)}
    secret = fields.pop("secret")
    connect = [part for key, told in fields.items() for part in ("--field", f"{key}={told}")]
    keep = ("--secret-stdin", "--keep-secret", "file")
    said(tmp_path, "connect", "asterisk", "--name", "pbx", *connect, *keep, told=f"{secret}\n")
    to_mail = {
        "host": "127.0.0.1",
        "port": str(mail.port),
        "security": "none",
        "from": "board@example.com",
        "to": "night@example.com",
    }
    mail_fields = [part for key, told in to_mail.items() for part in ("--field", f"{key}={told}")]
    said(tmp_path, "way", "add", "mail", "--name", "night", *mail_fields)
    hook_fields = ("--field", f"address={hook.address}")
    said(tmp_path, "way", "add", "webhook", "--name", "hook", *hook_fields, *keep, told="k3y\n\n")
    hook.stop()

    def started() -> StartedProgram:
        env = {"WALLBOARD_HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"}
        return StartedProgram(tmp_path, "--lang", "en", **env)

    window = started()
    try:
        window.runs_for(6)
        network.become(Network.REFUSES)
        lost_at = time.monotonic()
        window.until(lambda: bool(mail.box.messages), "mail", within_s=40)
        assert time.monotonic() - lost_at < 35
        assert mail.box.messages[0]["Subject"].startswith("Critical: Source lost")
        window.until(
            lambda: any(one["way"] == "hook" and one["tries"] for one in deliveries(tmp_path)),
            "a try that failed",
        )
        (waits,) = [one for one in deliveries(tmp_path) if one["way"] == "hook"]
        assert (waits["state"], waits["fault"]["kind"]) == ("queued", "unreachable")
        window.process.kill()
        window.process.wait()
        hook.start()
        network.become(Network.WELL)
        window = started()
        window.until(lambda: len(hook.taken) >= 2, "the webhook", within_s=40)
        window.until(lambda: len(mail.box.messages) >= 2, "the end by mail", within_s=40)
        window.until(lambda: {one["state"] for one in deliveries(tmp_path)} == {"sent"}, "all sent")
        window.ended_by(signal.SIGTERM)
    finally:
        window.close()
        network.close()
        mail.stop()
        hook.stop()
    told = [taken.told["events"][0] for taken in hook.taken]
    assert [(event["rule"]["id"], event["news"]) for event in told] == [
        ("source_lost", "fired"),
        ("source_lost", "over"),
    ]
    assert all("wallboard-signature" in taken.headers for taken in hook.taken)
    assert len(mail.box.messages) == 2
