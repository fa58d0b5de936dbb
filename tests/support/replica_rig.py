"""Kills the replica that polls, and PostgreSQL, again and again while walls look; a program.

`python -m support.replica_rig KILLS` says one line of JSON, the scoreboard; with the name of a
scenario behind it only who polls is killed, and only how long that took is said. The walls ask
over HTTP and read with the program's own readers, one replica or the other, as behind a balancer.
Each
replica that takes over begins a simulated center of its own, so that calls of the one before are
gone with it: what is asked is that whatever was told to a wall, and whatever ended in plain sight,
is kept, and kept once.
"""

from __future__ import annotations

import json
import os
import random
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import requests

from support.postgres_server import Server, server_to_kill
from wallboard.api.facts import FactsPage, read_facts
from wallboard.api.health import Duty, Health, read_health
from wallboard.api.picture import PictureReader, Taken
from wallboard.domain.errors import FaultKind, SourceError
from wallboard.domain.facts import AgentSpell, CallRecord, Fact, FactId
from wallboard.domain.snapshot import CallId
from wallboard.settings.paths import Places, places
from wallboard.storage.history import History, open_history

SITE: Final = "site"
_WALLS: Final = 4
_ASK_S: Final = 0.3
_DEADLINE_S: Final = 3.0
_PATIENCE_S: Final = 60.0
_EVER: Final = (datetime(1970, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC))


def free_port() -> int:
    """Return a port of 127.0.0.1 at which nobody listens now."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@dataclass
class Wall:
    """One wall: what it has seen, and what it missed."""

    ports: list[int]
    token: str
    seed: int
    facts: dict[FactId, Fact] = field(default_factory=dict)
    ended: dict[CallId, str] = field(default_factory=dict)
    begin: str | None = None
    cursor: str | None = None
    begun_at: datetime | None = None
    refilled: int = 0
    asked: int = 0
    failed: int = 0
    early: list[str] = field(default_factory=list)
    states: Counter[str] = field(default_factory=Counter)
    notices: set[FaultKind] = field(default_factory=set)
    term: str = ""
    live: bool = False
    troubles: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._chance = random.Random(self.seed)
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.headers["Authorization"] = f"Bearer {self.token}"
        self._port = self._chance.choice(self.ports)
        self._reader = PictureReader()
        self._taken: Taken | None = None
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def stop(self) -> None:
        """Look no more."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()
        self._session.close()

    def _run(self) -> None:
        while not self._stop.wait(_ASK_S * self._chance.uniform(0.7, 1.3)):
            self.asked += 1
            try:
                self.look()
            except (requests.RequestException, SourceError, AssertionError) as error:
                self.failed += 1
                self.live = False
                if not isinstance(error, requests.RequestException):
                    self.troubles.append(repr(error))
                self._reader.forget()
                self._taken = None
                self._port = self._chance.choice(self.ports)
            if self._chance.random() < 0.05:  # as a balancer may do at any time
                self._port = self._chance.choice(self.ports)

    def look(self) -> None:
        """Ask once, for a picture and for its facts."""
        since = self._reader.version
        headers = {} if since is None else {"If-None-Match": f'"{since}"'}
        answer = self._get("/v1/snapshot", {} if since is None else {"since": since}, headers)
        if answer.status_code == 304:
            return
        before = self._taken
        taken = self._reader.read(answer.content)
        state = "" if taken.source is None else taken.source.state
        self.states[state] += 1
        self.notices |= {notice.kind for notice in taken.notices}
        self._take_facts(taken)
        self._compare(before, taken)
        self._taken = taken
        self.term = (taken.version or "").partition(".")[0]
        self.live = state == "live"

    def _take_facts(self, taken: Taken) -> None:
        if taken.facts_until is None or taken.facts_until == self.cursor:
            return
        if self.cursor is None:
            self.begin = self.cursor = taken.facts_until
            self.begun_at = taken.snapshot.as_of
            return
        more = True
        while more:
            asked = {"after": self.cursor, "until": taken.facts_until}
            answer = self._get("/v1/facts", asked, gone=True)
            if answer.status_code == 410:
                self._refill(taken.snapshot.as_of)
                return
            page = self._take_page(answer)
            more, self.cursor = page.more, page.next

    def _refill(self, until: datetime) -> None:
        """Do without the cursor that is not known any more: ask for what happened since."""
        self.refilled += 1
        fresh = read_facts(self._get("/v1/facts").content).next
        begun = (self.begun_at or until) - timedelta(hours=4)
        page: str | None = ""
        while page is not None:
            asked = {"from": begun.isoformat(), "to": (until + timedelta(days=1)).isoformat()}
            told = self._take_page(
                self._get("/v1/history", {**asked, **({"page": page} if page else {})})
            )
            page = told.next_page
        self.cursor = fresh

    def _take_page(self, answer: requests.Response) -> FactsPage:
        page = read_facts(answer.content)
        assert not page.ignored, "a fact that cannot be read"
        self.facts.update((fact.fact_id, fact) for fact in page.facts)
        return page

    def _compare(self, before: Taken | None, taken: Taken) -> None:
        """Look which calls are gone, and whether their facts came with the picture."""
        if before is None or not before.version or not taken.version:
            return
        term = taken.version.partition(".")[0]
        if before.version.partition(".")[0] != term or self.begin is None:
            return
        if taken.snapshot.as_of < before.snapshot.as_of:
            return  # the other replica is a moment behind
        gone = before.snapshot.calls.keys() - taken.snapshot.calls.keys()
        paused = FaultKind.HISTORY_AWAY in {notice.kind for notice in taken.notices}
        known = {fact.call_id for fact in self.facts.values() if isinstance(fact, CallRecord)}
        for call_id in gone:
            self.ended[call_id] = term
            if call_id not in known and not paused:
                self.early.append(call_id)

    def _get(
        self,
        path: str,
        told: dict[str, str] | None = None,
        headers: dict[str, str] | None = None,
        *,
        gone: bool = False,
    ) -> requests.Response:
        answer = self._session.get(
            f"http://127.0.0.1:{self._port}{path}",
            params=told,
            headers=headers,
            timeout=_DEADLINE_S,
        )
        if not (gone and answer.status_code == 410):
            answer.raise_for_status()
        return answer


class Replicas:
    """Programs that serve one site from one database."""

    def __init__(self, home: Path, url: str, scenario: str) -> None:
        self.home = home
        self.ports = [free_port(), free_port()]
        self._running: dict[int, subprocess.Popen[bytes]] = {}
        self._log = (home / "said").open("ab")
        self.places: Places = places({"WALLBOARD_HOME": str(home)})
        self._wallboard("connect", "simulator", "--name", SITE, "--field", f"scenario={scenario}")
        file = self.places.settings_file
        text = file.read_text(encoding="utf-8")
        told, times = re.subn(r"(?m)^#? ?history = .*$", lambda _: f'history = "{url}"', text)
        assert times == 1, text
        file.write_text(told, encoding="utf-8")
        told = self._wallboard("token", "create", "--name", "rig", "--role", "administrator")
        self.token = told.split()[0]

    def start(self, port: int) -> None:
        """Start one."""
        self._running[port] = subprocess.Popen(
            [sys.executable, "-m", "wallboard", "serve", SITE, "--port", str(port)],
            env=self._environ,
            stdout=self._log,
            stderr=self._log,
        )

    def kill(self, port: int) -> None:
        """Kill one as nothing can be prepared for."""
        self._running[port].kill()
        self._running.pop(port).wait()

    def stop(self) -> list[int]:
        """Ask all to end; return their exit codes."""
        for each in self._running.values():
            each.terminate()
        try:
            return [each.wait(30) for each in self._running.values()]
        finally:
            for each in self._running.values():
                each.kill()
            self._log.close()

    def health(self, port: int) -> Health | None:
        """Return what one says of itself. None if it does not answer."""
        try:
            with requests.Session() as session:
                session.trust_env = False
                answer = session.get(f"http://127.0.0.1:{port}/v1/health", timeout=_DEADLINE_S)
            return read_health(answer.content)
        except (requests.RequestException, SourceError):
            return None

    def polling(self) -> list[int]:
        """Return those that poll."""
        found = {port: self.health(port) for port in self.ports}
        return [
            port
            for port, each in found.items()
            if each is not None and each.role is Duty.POLLING and each.as_of is not None
        ]

    @property
    def _environ(self) -> dict[str, str]:
        return {
            **os.environ,
            "WALLBOARD_HOME": str(self.home),
            "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
        }

    def _wallboard(self, *told: str) -> str:
        ran = subprocess.run(
            [sys.executable, "-m", "wallboard", *told],
            env=self._environ,
            check=True,
            capture_output=True,
            text=True,
        )
        return ran.stdout


def until(holds: Callable[[], object], what: str, within_s: float = _PATIENCE_S) -> float:
    """Wait until something holds; return how long that took.

    Raises:
        TimeoutError: It did not in time.
    """
    begun_s = time.monotonic()
    while not holds():
        if time.monotonic() - begun_s > within_s:
            raise TimeoutError(what)
        time.sleep(0.05)  # noqa: TID251 - a test waits for another process
    return time.monotonic() - begun_s


@dataclass
class Campaign:
    """The kills, and how long it took until all was well again, in seconds."""

    replicas: Replicas
    walls: list[Wall]
    database: Server
    takeovers: list[float] = field(default_factory=list)
    recoveries: list[float] = field(default_factory=list)
    chance: random.Random = field(default_factory=lambda: random.Random(7))

    def kill_poller(self) -> None:
        """Kill who polls; wait until another one does, and all walls are live."""
        (port,) = self.replicas.polling()
        terms = {wall.term for wall in self.walls}
        self.replicas.kill(port)
        begun_s = time.monotonic()
        until(lambda: {wall.term for wall in self.walls} - terms, "a picture of another one")
        self.takeovers.append(time.monotonic() - begun_s)
        self.replicas.start(port)
        self._all_well(begun_s)

    def kill_database(self) -> None:
        """Kill PostgreSQL, and start it again after a while."""
        begun_s = time.monotonic()
        self.database.kill()
        time.sleep(self.chance.uniform(0.2, 2.5))  # noqa: TID251 - so long there is none
        self.database.start()
        self._all_well(begun_s)

    def _all_well(self, begun_s: float) -> None:
        def well() -> bool:
            told = [self.replicas.health(port) for port in self.replicas.ports]
            sound = all(each is not None and each.status == "ok" for each in told)
            return sound and all(wall.live for wall in self.walls)

        until(well, "all well again")
        self.recoveries.append(time.monotonic() - begun_s)


@contextmanager
def _site(scenario: str = "huge") -> Iterator[Campaign]:
    with (
        tempfile.TemporaryDirectory(prefix="wallboard-rig-") as folder,
        server_to_kill(free_port()) as database,
    ):
        replicas = Replicas(Path(folder), database.url, scenario)
        walls = [Wall(replicas.ports, replicas.token, seed) for seed in range(_WALLS)]
        try:
            for port in replicas.ports:
                replicas.start(port)
            until(lambda: len(replicas.polling()) == 1, "one that polls")
            until(lambda: all(map(replicas.health, replicas.ports)), "both")
            for wall in walls:
                wall.start()
            until(lambda: all(wall.live and wall.begin for wall in walls), "walls that are live")
            yield Campaign(replicas, walls, database)
        finally:
            for wall in walls:
                wall.stop()
            codes = replicas.stop()
            if codes != [0, 0]:
                sys.stderr.write((replicas.home / "said").read_text(errors="replace")[-4000:])


def _sync(campaign: Campaign, history: History) -> int:
    """Have every wall come to the end of the feed; return how many facts they lack there."""
    lacking = 0
    for wall in campaign.walls:
        wall.stop()
        wall.__post_init__()
        wall.look()
        wall.cursor = wall.cursor or wall.begin
        page = history.feed(wall.begin, wall.cursor, 1_000_000)
        lacking += sum(wall.facts.get(fact.fact_id) is None for _, fact in page.rows)
    return lacking


def main(kills: int) -> None:
    """Kill so often; print what came of it."""
    with _site() as campaign:
        for number in range(kills):
            time.sleep(campaign.chance.uniform(0.3, 1.5))  # noqa: TID251 - traffic flows
            if number % 2:
                campaign.kill_database()
            else:
                campaign.kill_poller()
        time.sleep(1.5)  # noqa: TID251 - the last ones end in plain sight, too
        url, schema = (
            campaign.database.url,
            campaign.replicas.places.history_file(SITE).stem,
        )
        history = open_history(url, schema=schema, reading=True)
        lacking = _sync(campaign, history)
        kept = {fact.fact_id: fact for fact in history}
        history.close()
        said = _scores(campaign, kept) | {"kills": kills, "lacking": lacking}
    sys.stdout.write(json.dumps(said))


def time_takeovers(kills: int, scenario: str) -> None:
    """Kill who polls so often; print how long it took until a wall had another one's picture."""
    with _site(scenario) as campaign:
        for _ in range(kills):
            time.sleep(campaign.chance.uniform(1.0, 2.0))  # noqa: TID251 - both are at work
            campaign.kill_poller()
        sys.stdout.write(json.dumps([round(each, 2) for each in campaign.takeovers]))


def _scores(campaign: Campaign, kept: dict[FactId, Fact]) -> dict[str, object]:
    walls = campaign.walls
    calls = [fact for fact in kept.values() if isinstance(fact, CallRecord)]
    times = Counter((call.call_id, call.entered_at) for call in calls)
    known = {call.call_id for call in calls}
    told = {fact_id: fact for wall in walls for fact_id, fact in wall.facts.items()}
    return {
        "facts": len(kept),
        "told": len(told),
        "lost": sorted(_lost(told, kept)),
        "twice": sorted(str(key) for key, count in times.items() if count > 1),
        "ended": len({call for wall in walls for call in wall.ended}),
        "unexplained": sorted({call for wall in walls for call in wall.ended if call not in known}),
        "early": sorted({call for wall in walls for call in wall.early}),
        "asked": sum(wall.asked for wall in walls),
        "failed": sum(wall.failed for wall in walls),
        "refilled": sum(wall.refilled for wall in walls),
        "troubles": [each for wall in walls for each in wall.troubles][:5],
        "shown": sorted({str(kind) for wall in walls for kind in wall.notices}),
        "states": sorted({state for wall in walls for state in wall.states}),
        "takeovers": [round(each, 2) for each in campaign.takeovers],
        "recoveries": [round(each, 2) for each in campaign.recoveries],
    }


def _lost(told: dict[FactId, Fact], kept: dict[FactId, Fact]) -> Iterator[str]:
    """Yield the names of facts that were told and are not kept, or kept as less than was told."""
    spells = [fact for fact in kept.values() if isinstance(fact, AgentSpell)]
    by_agent: dict[str, list[AgentSpell]] = {}
    for spell in spells:
        by_agent.setdefault(spell.agent_id, []).append(spell)
    for fact_id, fact in told.items():
        if isinstance(fact, AgentSpell):
            # Two that overlap have become one.
            around = by_agent.get(fact.agent_id, ())
            if not any(
                each.state is fact.state
                and each.began_at <= fact.began_at
                and fact.ended_at <= each.ended_at
                for each in around
            ):
                yield fact_id
        elif fact_id not in kept:
            yield fact_id


if __name__ == "__main__":
    if len(sys.argv) > 2:
        time_takeovers(int(sys.argv[1]), sys.argv[2])
    else:
        main(int(sys.argv[1]))
