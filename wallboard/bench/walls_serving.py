"""The server with a huge site behind it, as a process of its own, for walls to poll."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from typing import Final

import msgspec
import psutil  # type: ignore[import-untyped] # it brings none

from wallboard.bench.pretending import LIVE, PretendingFeed, made_app, now
from wallboard.domain.snapshot import (
    Agent,
    AgentId,
    AgentState,
    Call,
    CallId,
    Queue,
    QueueId,
    Snapshot,
)
from wallboard.server.feed import Issue
from wallboard.server.listening import listening_at, serve_on
from wallboard.server.settings import ServerSettings

QUEUES: Final = 200
CHANGING: Final = 0.1
_TARGET: Final = timedelta(seconds=20)


class Told(msgspec.Struct, frozen=True):
    """What the process tells at its start.

    Attributes:
        tokens: One for each wall.
    """

    port: int
    tokens: list[str]


class Spent(msgspec.Struct, frozen=True):
    """What the process has used so far.

    Attributes:
        rss_mb: Now.
    """

    cpu_s: float
    rss_mb: float


class HugeFeed(PretendingFeed):
    """Agents of whom a tenth changes each second. Any thread may ask it."""

    def __init__(self, agents: int, seed: int = 3) -> None:
        self._chance = Random(seed)
        self._number = 0
        begun = now()
        self._agents = {
            AgentId(f"a{number}"): Agent(
                agent_id=AgentId(f"a{number}"),
                name=f"سارا Sara {number}",
                state=AgentState.FREE,
                state_since=begun,
                queues=(QueueId(f"q{number % QUEUES}"),),
            )
            for number in range(agents)
        }
        self._queues = {
            QueueId(f"q{number}"): Queue(
                queue_id=QueueId(f"q{number}"), name=f"صف Queue {number}", target=_TARGET
            )
            for number in range(QUEUES)
        }
        self._calls: dict[CallId, Call] = {}
        self._serial = 0
        for _ in range(agents // 3):
            self._call(begun)
        self._issue = self._made(begun)

    def tick(self) -> None:
        """Let a second pass."""
        at, chance = now(), self._chance
        agents = dict(self._agents)
        for key in chance.sample(list(agents), int(CHANGING * len(agents))):
            state = chance.choice(tuple(AgentState))
            agents[key] = replace(agents[key], state=state, state_since=at)
        self._agents = agents
        turnover = max(1, len(agents) // 200)
        for call_id in chance.sample(list(self._calls), turnover):
            del self._calls[call_id]
        for _ in range(turnover):
            self._call(at)
        self._issue = self._made(at)

    def newest(self) -> Issue | None:
        """Return the newest picture."""
        return self._issue

    def _call(self, at: datetime) -> None:
        self._serial += 1
        call_id = CallId(f"c{self._serial}")
        self._calls[call_id] = Call(
            call_id=call_id,
            queue_id=QueueId(f"q{self._chance.randrange(QUEUES)}"),
            caller_number=f"0912{self._serial:07}",
            entered_at=at,
        )

    def _made(self, at: datetime) -> Issue:
        self._number += 1
        snapshot = Snapshot(
            as_of=at, queues=self._queues, agents=self._agents, calls=dict(self._calls)
        )
        return Issue(version=f"b.{self._number}", snapshot=snapshot, source=LIVE, facts_until="0")


def _serve(agents: int, walls: int, *, changes: bool) -> None:
    """Serve until standard input ends; each line of it is answered with what was spent."""
    feed = HugeFeed(agents)
    stop = threading.Event()
    with made_app(feed, walls, ServerSettings(changes=changes)) as (app, tokens):
        listener = listening_at("127.0.0.1", 0)
        serving = threading.Thread(target=serve_on, args=(app, listener, None, stop))
        serving.start()
        ticking = threading.Thread(target=_tick, args=(feed, stop))
        ticking.start()
        _say(Told(port=listener.getsockname()[1], tokens=tokens))
        for spent in _asked():
            _say(spent)
        stop.set()
        ticking.join()
        serving.join()


def _tick(feed: HugeFeed, stop: threading.Event) -> None:
    while not stop.wait(1.0):
        feed.tick()


def _asked() -> Iterator[Spent]:
    me = psutil.Process()
    for _line in sys.stdin:
        used = me.cpu_times()
        yield Spent(cpu_s=used.user + used.system, rss_mb=me.memory_info().rss / 1e6)


def _say(word: Told | Spent) -> None:
    sys.stdout.write(msgspec.json.encode(word).decode() + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    _serve(int(sys.argv[1]), int(sys.argv[2]), changes=sys.argv[3] == "changes")
