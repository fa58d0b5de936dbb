"""Listening through `wallboard serve`: by the phone of the token, seen by others, at most once."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from support.started_program import StartedProgram

from wallboard.app import system_clock
from wallboard.app.supervision_desk import SupervisionDesk
from wallboard.domain.snapshot import Agent
from wallboard.domain.supervision import WishKind
from wallboard.engine.supervision import Asked, Obstacle, Phase, Session
from wallboard.engine.supervision_offers import offers_for, talks
from wallboard.runtime.live_board import LiveBoard
from wallboard.runtime.opening import Opening
from wallboard.runtime.source_link import process_command
from wallboard.settings.model import Settings
from wallboard.settings.paths import places
from wallboard.sources.rest import KIND
from wallboard.ui.wording import Wording

pytest.importorskip("uvicorn", reason="walls are served with the extra `server`")

CLOCK = system_clock()
LONG_MS = 30_000


def run(*words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "wallboard", *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=50,
        check=True,
    )
    return done.stdout.strip()


class Seat:
    """Somebody at a window that is served."""

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
        bot.waitUntil(lambda: self.talking() is not None, timeout=LONG_MS)

    def leave(self) -> None:
        self.desk.forget()
        self.live.stop()

    def talking(self) -> Agent | None:
        told = self.live.board.snapshot
        return None if told is None else next(filter(talks, told.agents.values()), None)

    @property
    def session(self) -> Session | None:
        return self.desk.state.session

    def comes_to(self, phase: Phase) -> None:
        self.bot.waitUntil(
            lambda: self.session is not None and self.session.phase is phase, timeout=LONG_MS
        )


@pytest.fixture
def address(tmp_path: Path, wallboard_home: Path) -> Iterator[str]:
    """Where a simulated center is served."""
    run("connect", "simulator", "--name", "site", "--field", "scenario=calm")
    program = StartedProgram(tmp_path, "serve", "site", "--port", "0")
    found: list[str] = []

    def there() -> bool:
        found[:] = re.findall(r"https?://\S+", program.out.read_text(encoding="utf-8"))
        return bool(found)

    program.until(there, "an address")
    yield found[0]
    program.process.terminate()
    program.process.wait(20)
    program.close()


def rows() -> list[dict[str, Any]]:
    lines = (places().data / "server" / "journal.jsonl").read_text().splitlines()
    return [json.loads(line) for line in lines]


def test_that_listening_through_a_server_is_by_ones_own_phone_and_seen_by_others(
    qtbot: QtBot, address: str
) -> None:
    words = ("token", "create", "--role", "supervisor", "--mode", "listen")
    token = run(*words, "--name", "sara", "--phone", "PJSIP/9001")
    other = run(*words, "--name", "reza", "--phone", "PJSIP/9002", "--mode", "pause")
    seat, beside = Seat(qtbot, address, token), Seat(qtbot, address, other)
    try:
        agent = seat.talking()
        assert agent is not None
        offers = offers_for(seat.live.board, seat.desk.state, agent.agent_id, CLOCK.now())
        known = {offer.kind: (offer.obstacle, offer.detail) for offer in offers}
        assert known[WishKind.LISTEN] == (None, "")
        assert known[WishKind.BARGE] == (Obstacle.SOURCE_RIGHT, "--mode barge")
        seat.desk.ask(Asked(kind=WishKind.LISTEN, agent_id=agent.agent_id, reason="Coaching"))
        seat.comes_to(Phase.ASKED)
        seat.comes_to(Phase.LIVE)
        # Whoever is at another window sees it, and does not take it for his.
        qtbot.waitUntil(lambda: bool(beside.live.board.monitorings), timeout=LONG_MS)
        (heard,) = beside.live.board.monitorings or ()
        assert (heard.agent_id, heard.own) == (agent.agent_id, False)
        assert beside.session is None
        seat.desk.ask(Asked(kind=WishKind.END, agent_id=agent.agent_id))
        seat.comes_to(Phase.ENDED)
        qtbot.waitUntil(lambda: beside.live.board.monitorings == (), timeout=LONG_MS)
    finally:
        seat.leave()
        beside.leave()
    passed = [row for row in rows() if row["what"] == "passed"]
    assert [(row["command"], row["name"], row["phone"]) for row in passed] == [
        ("listen", "sara", "PJSIP/9001"),
        ("end", "sara", "PJSIP/9001"),
    ]
    assert passed[0]["call_id"] == agent.call_id
