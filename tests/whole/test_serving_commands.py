"""A supervisor's command from the request to the call center and back, and what stays of it."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import requests
from support.served_desk import run
from support.started_program import StartedProgram

from wallboard.app import system_clock
from wallboard.domain.snapshot import AgentId, AgentState
from wallboard.domain.supervision import Wish, WishKind
from wallboard.settings.paths import places
from wallboard.sources.rest import KIND

pytest.importorskip("uvicorn", reason="walls are served with the extra `server`")


@dataclass
class Center:
    """A served center, and who asks it."""

    at: str
    token: str

    def get(self, path: str) -> Any:
        answer = self._session("GET", path)
        return answer.json() if answer.ok else None

    def order(self, key: str, **body: str) -> requests.Response:
        return self._session("POST", "/v1/commands", key, json=body)

    def agents(self) -> dict[str, str]:
        """Return the state of each."""
        told = self.get("/v1/snapshot")
        return {} if told is None else {row["agent_id"]: row["state"] for row in told["agents"]}

    def comes_to(self, agent: str, *states: str) -> bool:
        end = time.monotonic() + 10
        while time.monotonic() < end:
            if self.agents().get(agent) in states:
                return True
            time.sleep(0.05)  # noqa: TID251 - a test waits for another process
        return False

    def _session(self, method: str, path: str, key: str = "", **more: Any) -> requests.Response:
        headers = {"Authorization": f"Bearer {self.token}"}
        if key:
            headers["Idempotency-Key"] = key
        with requests.Session() as session:
            session.trust_env = False
            return session.request(method, self.at + path, headers=headers, timeout=10, **more)


@pytest.fixture
def served(tmp_path: Path, wallboard_home: Path) -> Iterator[Callable[[], Center]]:
    """Serves a simulated center, from anew each time; what served before is asked to end."""
    run("connect", "simulator", "--name", "site", "--field", "scenario=calm")
    token = run("token", "create", "--name", "boss", "--role", "administrator")
    running: list[StartedProgram] = []

    def start() -> Center:
        stop()
        folder = tmp_path / f"server {len(list(tmp_path.iterdir()))}"
        folder.mkdir()
        program = StartedProgram(folder, "serve", "site", "--port", "0")
        running.append(program)
        found: list[str] = []

        def there() -> bool:
            said = re.findall(r"https?://\S+", program.out.read_text(encoding="utf-8"))
            found[:] = said
            if not said:
                return False
            try:
                return bool(Center(at=said[0], token=token).agents())
            except requests.ConnectionError:
                return False

        program.until(there, "a picture")
        return Center(at=found[0], token=token)

    def stop() -> None:
        while running:
            program = running.pop()
            program.process.terminate()
            program.process.wait(20)
            program.close()

    yield start
    stop()


def journalled() -> list[dict[str, Any]]:
    lines = (places().data / "server" / "journal.jsonl").read_text().splitlines()
    return [json.loads(line) for line in lines]


def test_that_a_pause_is_done_shown_journalled_and_answered_the_same_after_a_restart(
    served: Callable[[], Center],
) -> None:
    center = served()
    agent = next(key for key, state in center.agents().items() if state == "free")
    told = center.order("key-00001", command="pause", agent_id=agent, reason="Coaching")
    assert told.status_code == 202
    assert told.json()["state"] == "done"
    assert center.comes_to(agent, "on_break")
    again = center.order("key-00002", command="pause", agent_id=agent).json()
    assert (again["state"], again["reason"]) == ("refused", "The agent is already paused.")
    assert center.get(f"/v1/commands/{told.json()['id']}")["state"] == "done"

    center = served()
    for key, state in (("key-00001", "done"), ("key-00002", "refused")):
        body = {"reason": "Coaching"} if state == "done" else {}
        answer = center.order(key, command="pause", agent_id=agent, **body)
        assert (answer.status_code, answer.json()["state"]) == (202, state)
    assert center.get(f"/v1/commands/{told.json()['id']}")["state"] == "done"
    assert [line["what"] for line in journalled()] == ["passed", "answered"] * 2
    # The center began anew, and nobody was paused in it.
    assert center.agents()[agent] != "on_break"


def test_that_a_wall_gives_commands_through_the_server_and_who_may_not_is_journalled(
    served: Callable[[], Center],
) -> None:
    center = served()
    agent = AgentId(next(key for key, state in center.agents().items() if state == "free"))
    pause = Wish(kind=WishKind.PAUSE, agent_id=agent, reason="Lunch")
    for role, done in (("supervisor", False), ("manager", True)):
        token = run("token", "create", "--name", role, "--role", role)
        source = KIND.connect({"url": center.at, "secret": token, "poll": "1"}, system_clock())
        with closing(source):
            assert source.fetch().snapshot.agents[agent].state is AgentState.FREE
            result = source.supervise(pause)
            assert (result.done, result.known) == (done, True), result.reason
    assert center.comes_to(agent, "on_break")
    told = [(line["what"], line.get("role"), line.get("agent_id")) for line in journalled()]
    assert told == [
        ("refused", "supervisor", agent),
        ("passed", "manager", agent),
        ("answered", None, None),
    ]


def test_that_lines_cut_off_the_journals_end_are_noticed_at_the_next_start(
    served: Callable[[], Center], tmp_path: Path
) -> None:
    center = served()
    agent = next(iter(center.agents()))
    for number in range(2):
        center.order(f"key-0000{number}", command="pause", agent_id=agent)
    served()
    said = sorted(tmp_path.glob("server */stderr"))
    assert not any("not as it was written" in file.read_text() for file in said)
    journal = places().data / "server" / "journal.jsonl"
    served()
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join(lines[:-1]))
    served()
    (last,) = [
        text
        for file in tmp_path.glob("server */stderr")
        if "not as it was written" in (text := file.read_text())
    ]
    assert f"from line {len(lines)} on: lines were taken off the end" in last
