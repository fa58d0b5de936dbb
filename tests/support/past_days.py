"""Days of a call center as a history keeps them: calls, samples, and what was watched."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from wallboard.domain.coverage import MinuteSample, Stretch
from wallboard.domain.facts import CallRecord, Ending, FactId
from wallboard.domain.snapshot import AgentId, CallId, QueueId
from wallboard.storage.history import History

MINUTE: Final = timedelta(minutes=1)
SECOND: Final = timedelta(seconds=1)
QUEUES: Final = ("q0", "q1", "q2")


def filled(
    history: History,
    begin: datetime,
    end: datetime,
    *,
    gaps: tuple[tuple[datetime, datetime], ...] = (),
    busy: float = 2.0,
    seed: int = 3,
) -> History:
    """Keep what happened from `begin` to `end`, of which `gaps` were not watched.

    Args:
        busy: Calls a minute at noon.
    """
    chance = random.Random(seed)
    facts: list[CallRecord] = []
    samples: list[MinuteSample] = []
    at = begin
    while at < end:
        if not any(since <= at < until for since, until in gaps):
            facts += _calls(at, busy * _load(at), chance)
            samples.append(_sample(at, _load(at), chance))
        at += MINUTE
    history.keep(facts, samples=samples)
    edges = [begin, *(edge for gap in gaps for edge in gap), end]
    for since, until in zip(edges[::2], edges[1::2], strict=True):
        history.keep(watched=Stretch(begin=since, end=until))
    return history


def _load(at: datetime) -> float:
    """Return how busy it is, 0 to 1: most before noon and in the afternoon, nothing at night."""
    hour = (at.hour + at.minute / 60 + 3.5) % 24
    morning = math.exp(-(((hour - 11) / 2.4) ** 2))
    return max(0.02, morning + 0.8 * math.exp(-(((hour - 15.5) / 2.0) ** 2)))


def _calls(at: datetime, mean: float, chance: random.Random) -> Iterator[CallRecord]:
    count = int(mean) + (chance.random() < mean % 1)
    hour = (at.hour + at.minute / 60 + 3.5) % 24
    bad = 14.2 <= hour < 15.0
    for number in range(count):
        entered = at + chance.uniform(0, 59) * SECOND
        wait = chance.expovariate(1 / (70 if bad else 11)) * SECOND
        lost = chance.random() < (0.3 if bad else 0.04)
        talk = chance.uniform(60, 320) * SECOND
        key = f"{at.isoformat()}-{number}"
        yield CallRecord(
            fact_id=FactId(key),
            call_id=CallId(key),
            queue_id=QueueId(chance.choice(QUEUES)),
            entered_at=entered,
            ended_at=entered + wait + (timedelta() if lost else talk),
            ending=Ending.ABANDONED if lost else Ending.ANSWERED,
            wait=wait,
            target=20 * SECOND,
            talk=None if lost else talk,
            short=5 * SECOND,
            agent_id=None if lost else AgentId(f"a{number}"),
            caller_number="09121234567",
        )


def _sample(at: datetime, load: float, chance: random.Random) -> MinuteSample:
    return MinuteSample(
        minute=int(at.timestamp() // 60),
        readings={
            "waiting": round(load * chance.uniform(0, 6)),
            "free": round(2 + 8 * (1 - load) + chance.uniform(0, 2)),
            "in_call": round(14 * load + chance.uniform(0, 2)),
        },
    )
