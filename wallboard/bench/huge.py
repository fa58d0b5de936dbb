"""A huge call center that only pretends: one JSON document a second, a tenth of it new."""

from __future__ import annotations

import json
from collections import deque
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Final, TypeAlias

Row: TypeAlias = "dict[str, object]"

QUEUES: Final = 200
CHANGING: Final = 0.1
"""The share of agents whose row differs from one second to the next."""
_GIVE_UP: Final = 0.1
_METRICS: Final = 17
_IDLE: Final = ("free", "wrap_up", "on_break", "other", "offline")
_FIRST: Final = ("سارا", "رضا", "مریم", "Sara", "Omid", "John", "Aoife", "نیلوفر")
_LAST: Final = ("تهرانی", "مرادی", "Karimi", "O'Brien", "Lind", "احمدی", "Fox", "نوری")


class HugeSite:
    """Agents who change state and calls that come and go; the same for the same seed.

    The document has the shape that `wallboard.bench.json_shape` reads, with fields besides that
    no board needs, as real servers send them.
    """

    def __init__(self, agents: int, *, seed: int = 1, padding: int = 0) -> None:
        """Make a site.

        Args:
            padding: So many characters more in each agent's row.
        """
        self._chance = Random(seed)
        self._padding = "x" * padding
        self._serial = 0
        self._now = datetime.now(UTC)  # noqa: TID251 - what it pretends is true now
        self._queues = [self._queue(number) for number in range(QUEUES)]
        self._agents = [self._agent(number) for number in range(agents)]
        self._calls: dict[str, Row] = {}
        self._waiting: deque[str] = deque()
        self._talking: deque[str] = deque()
        # Two in five agents talk, and a queue in two has a caller who waits.
        for number in range(2 * agents // 5):
            self._begin_call(talk_with=number)
        for _ in range(QUEUES // 2):
            self._begin_call()
        self._rows = [_encoded(row) for row in self._agents]

    def tick(self) -> None:
        """Let a second pass."""
        self._now = datetime.now(UTC)  # noqa: TID251 - as above
        chance, count = self._chance, len(self._agents)
        # Each agent takes a call every five minutes: the rest of the tenth only changes state.
        for _ in range(max(1, count // 300)):
            self._begin_call()
            if chance.random() < _GIVE_UP:
                del self._calls[self._waiting.popleft()]
            else:
                self._pass_on()
        for number in chance.sample(range(count), int(count * CHANGING)):
            agent = self._agents[number]
            if agent["call_id"] is None:
                agent["state"] = chance.choice(_IDLE)
                agent["state_since"] = _iso(self._now)
            agent["calls_today"] = chance.randrange(200)
            self._rows[number] = _encoded(agent)
        for queue in self._queues:
            queue["metric_0"] = round(chance.random(), 4)

    def document(self, as_of: datetime) -> bytes:
        """Return the site as it is, told as of that time."""
        return head_of(as_of) + self.rest()

    def rest(self) -> bytes:
        """Return the document without its head, which bears the time."""
        return b'"queues":%s,"agents":[%s],"calls":%s}' % (
            _encoded(self._queues),
            b",".join(self._rows),
            _encoded(list(self._calls.values())),
        )

    def _queue(self, number: int) -> Row:
        metrics = {f"metric_{at}": round(self._chance.random(), 4) for at in range(_METRICS)}
        return {"queue_id": f"q{number}", "name": f"صف Queue {number}", "target": 20, **metrics}

    def _agent(self, number: int) -> Row:
        chance = self._chance
        return {
            "agent_id": f"agent-{number:05}",
            "name": f"{chance.choice(_FIRST)} {chance.choice(_LAST)} {number}",
            "state": chance.choice(_IDLE),
            "state_since": _iso(self._now - timedelta(seconds=chance.randrange(3600))),
            "queues": [f"q{at}" for at in chance.sample(range(QUEUES), 3)],
            "reason": None,
            "call_id": None,
            "extension": str(20_000 + number),
            "team": f"team-{number % 40}",
            "skills": ["fa", "en", "sales"],
            "calls_today": chance.randrange(200),
            "talk_today_s": chance.randrange(20_000),
            "padding": self._padding,
        }

    def _begin_call(self, talk_with: int | None = None) -> None:
        self._serial += 1
        key = f"call-{self._serial}"
        self._calls[key] = {
            "call_id": key,
            "queue_id": f"q{self._chance.randrange(QUEUES)}",
            "caller_number": f"+98912{self._serial % 10**7:07}",
            "caller_name": None,
            "entered_at": _iso(self._now - timedelta(seconds=self._chance.randrange(30))),
            "answered_at": None,
            "agent_id": None,
        }
        if talk_with is None:
            self._waiting.append(key)
        else:
            self._connect(key, talk_with)

    def _pass_on(self) -> None:
        """End the oldest talk, and give its agent the caller who waits longest."""
        over = self._calls.pop(self._talking.popleft())
        number = int(str(over["agent_id"]).removeprefix("agent-"))
        self._connect(self._waiting.popleft(), number)
        self._rows[number] = _encoded(self._agents[number])

    def _connect(self, key: str, number: int) -> None:
        agent = self._agents[number]
        self._calls[key].update(agent_id=agent["agent_id"], answered_at=_iso(self._now))
        agent.update(state="in_call", state_since=_iso(self._now), call_id=key)
        self._talking.append(key)


def head_of(as_of: datetime) -> bytes:
    """Return the head of a document."""
    return b'{"as_of":"%s",' % _iso(as_of).encode()


def _encoded(rows: object) -> bytes:
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode()


def _iso(instant: datetime) -> str:
    return instant.isoformat()
