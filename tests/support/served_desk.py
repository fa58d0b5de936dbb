"""Somebody at a window that asks `wallboard serve`: what is asked for goes through the server."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC
from pathlib import Path
from typing import Any

from pytestqt.qtbot import QtBot

from support.started_program import StartedProgram
from wallboard.app import system_clock
from wallboard.app.supervision_desk import SupervisionDesk
from wallboard.domain.snapshot import Agent
from wallboard.engine.supervision import Phase, Session
from wallboard.engine.supervision_offers import talks
from wallboard.runtime.live_board import LiveBoard
from wallboard.runtime.opening import Opening
from wallboard.runtime.source_link import process_command
from wallboard.settings.model import Settings
from wallboard.settings.paths import places
from wallboard.sources.rest import KIND
from wallboard.ui.wording import Wording

CLOCK = system_clock()
LONG_MS = 30_000


def run(*words: str, told: str = "") -> str:
    """Run a command of the program and return what it prints."""
    done = subprocess.run(
        [sys.executable, "-m", "wallboard", *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=50,
        check=True,
        input=told,
    )
    return done.stdout.strip()


@contextmanager
def served(folder: Path, name: str) -> Iterator[str]:
    """Serve a saved connection and yield the address."""
    program = StartedProgram(folder, "serve", name, "--port", "0")
    found: list[str] = []

    def there() -> bool:
        found[:] = re.findall(r"https?://\S+", program.out.read_text(encoding="utf-8"))
        return bool(found)

    program.until(there, "an address")
    try:
        yield found[0]
    finally:
        program.process.terminate()
        program.process.wait(20)
        program.close()


def server_rows() -> list[dict[str, Any]]:
    """Return the lines of the server's journal."""
    lines = (places().data / "server" / "journal.jsonl").read_text().splitlines()
    return [json.loads(line) for line in lines]


class ServedDesk:
    """A window's desk with a token of a server."""

    def __init__(self, bot: QtBot, at: str, token: str) -> None:
        self.bot = bot
        opening = Opening(
            name="served", kind="rest", told={"url": at, "secret": token, "poll": "1"}
        )
        self.live = LiveBoard(
            opening=opening,
            poll=KIND.pace(opening.told),
            zone=UTC,
            clock=CLOCK,
            command=process_command(),
        )
        self.desk = SupervisionDesk(places(), CLOCK, attended=lambda: True)
        self.desk.serve(self.live, opening, Settings(), Wording())
        self.live.start()

    def leave(self) -> None:
        self.desk.forget()
        self.live.stop()

    def talking(self) -> Agent | None:
        told = self.live.board.snapshot
        return None if told is None else next(filter(talks, told.agents.values()), None)

    def talker(self) -> Agent:
        """Wait until somebody talks, and return who."""
        self.bot.waitUntil(lambda: self.talking() is not None, timeout=LONG_MS)
        agent = self.talking()
        assert agent is not None
        return agent

    @property
    def session(self) -> Session | None:
        return self.desk.state.session

    def comes_to(self, phase: Phase) -> None:
        self.bot.waitUntil(
            lambda: self.session is not None and self.session.phase is phase, timeout=LONG_MS
        )
