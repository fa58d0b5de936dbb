"""What one second of a live board costs: 500 queues, and how it grows with calls and people."""

from __future__ import annotations

import gc
import math
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Final, TypeAlias

from wallboard.bench.measure import Figure, Result, Wanted, middle
from wallboard.domain.clock import Moment
from wallboard.domain.facts import CallRecord, Ending, FactId
from wallboard.domain.snapshot import (
    Agent,
    AgentId,
    AgentState,
    Call,
    CallId,
    Queue,
    QueueId,
    SnapshotChange,
)
from wallboard.domain.value import value
from wallboard.engine.board import Board
from wallboard.engine.happenings import HistoryRead, PictureTaken, SecondPassed
from wallboard.engine.step import step

PEER_LIMIT: Final = 0.1
"""A second of the board, in terms of recounting a day of 100,000 calls."""
CALLS_LIMIT: Final = 1.5
"""How much longer a second takes after 100,000 calls than after 1,000."""
EXPONENT_LIMIT: Final = 1.15
"""Time may grow as the number of queues or agents, and hardly faster."""

NOON: Final = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
_SECOND: Final = timedelta(seconds=1)
_TARGET: Final = timedelta(seconds=20)
_STATES: Final = (*(AgentState.FREE, AgentState.IN_CALL) * 4, *AgentState)
_ENDINGS: Final = (Ending.ANSWERED,) * 8 + (Ending.ABANDONED, Ending.LEFT_BY_KEY)


@value
class Size:
    """How large a site is, and how much of its day is over.

    Attributes:
        calls: Over and booked.
    """

    calls: int = 10_000
    queues: int = 500
    agents: int = 2000


USUAL: Final = Size()
_BY_CALLS: Final = tuple(replace(USUAL, calls=calls) for calls in (1000, 10_000, 100_000))
_BY_QUEUES: Final = tuple(replace(USUAL, queues=queues) for queues in (50, 200, 500, 1000))
_BY_AGENTS: Final = tuple(replace(USUAL, agents=agents) for agents in (500, 2000, 10_000))

Recount: TypeAlias = Mapping[QueueId, tuple[int, int, int, int, timedelta, timedelta]]
"""By queue: offered, answered, answered in target, abandoned, waited and talked."""


def measure(wanted: Wanted) -> Result:
    """Let boards of all sizes live by turns, second by second; medians of processor time."""
    seconds = 6 if wanted.quick else 40
    sizes = tuple(dict.fromkeys((*_BY_CALLS, *_BY_QUEUES, *_BY_AGENTS)))
    sites = {size: Site(size) for size in sizes}
    took: dict[Size, list[float]] = {size: [] for size in sizes}
    recounts: dict[Size, list[float]] = {size: [] for size in _BY_CALLS}
    gc.collect()
    gc.freeze()  # what nine sites hold is not to be searched again at every one's step
    try:
        for _ in range(seconds):
            for size, site in sites.items():
                took[size].append(site.live())
            for size, spent in recounts.items():
                spent.append(_recount_s(sites[size]))
    finally:
        gc.unfreeze()
    steps = {size: 1000 * middle(spent) for size, spent in took.items()}
    peers = {size: 1000 * middle(spent) for size, spent in recounts.items()}
    return Result(
        key="step",
        title="one second of a live board: a picture with what changed, and the tick after it",
        figures=(
            *_against_recount(steps, peers),
            _grown("calls booked", steps, _BY_CALLS),
            *_shown(steps, _BY_QUEUES, "queues"),
            _exponent("queues", steps, _BY_QUEUES),
            *_shown(steps, _BY_AGENTS, "agents"),
            _exponent("agents", steps, _BY_AGENTS),
        ),
    )


def _against_recount(steps: Mapping[Size, float], peers: Mapping[Size, float]) -> Iterator[Figure]:
    largest = max(size.calls for size in peers)
    for size, peer in peers.items():
        yield Figure(
            name=f"{size.queues} queues, {size.agents} agents and {size.calls} calls booked,"
            " against recounting the calls",
            value=steps[size],
            unit="ms",
            peer=peer,
            limit=PEER_LIMIT if size.calls == largest else None,
        )


def _grown(what: str, steps: Mapping[Size, float], sizes: Sequence[Size]) -> Figure:
    return Figure(
        name=f"growth from {sizes[0].calls} to {sizes[-1].calls} {what}",
        value=steps[sizes[-1]] / steps[sizes[0]],
        unit="x",
        limit=CALLS_LIMIT,
    )


def _shown(steps: Mapping[Size, float], sizes: Sequence[Size], what: str) -> Iterator[Figure]:
    for size in sizes:
        yield Figure(name=f"with {getattr(size, what)} {what}", value=steps[size], unit="ms")


def _exponent(what: str, steps: Mapping[Size, float], sizes: Sequence[Size]) -> Figure:
    points = [(math.log(getattr(size, what)), math.log(steps[size])) for size in sizes]
    return Figure(
        name=f"exponent of the growth with {what} (1 is as their number, 0 is none)",
        value=slope(points),
        unit="",
        limit=EXPONENT_LIMIT,
    )


def slope(points: Sequence[tuple[float, float]]) -> float:
    """Return how steep the straight line is that lies nearest to some points."""
    mid_x = sum(x for x, _ in points) / len(points)
    mid_y = sum(y for _, y in points) / len(points)
    return sum((x - mid_x) * (y - mid_y) for x, y in points) / sum(
        (x - mid_x) ** 2 for x, _ in points
    )


class Site:
    """A site that lives second by second.

    A second changes one agent in a hundred; of four hundred one begins and one ends a call.

    Attributes:
        board: As it stands.
        records: All calls that it booked.
    """

    def __init__(self, size: Size, seed: int = 11) -> None:
        self._size = size
        self._chance = Random(seed)
        self._number = 0
        self._passed = 0
        self._agents = [self._agent(number, NOON) for number in range(size.agents)]
        self._calls: dict[CallId, Call] = {}
        for _ in range(size.agents // 4):
            call = self._call(NOON)
            self._calls[call.call_id] = call
        self.records = [self._record(NOON, today=True) for _ in range(size.calls)]
        self.board = self._opened()

    def live(self) -> float:
        """Live through one second, and return what that cost of processor time, in seconds."""
        self._passed += 1
        now = self.now()
        taken, ticked = self._taken(now.wall), SecondPassed()
        begun_s = time.process_time()
        board, _ = step(self.board, taken, now)
        board, _ = step(board, ticked, now)
        spent_s = time.process_time() - begun_s
        self.board = board
        return spent_s

    def now(self) -> Moment:
        """Return the time by our clocks."""
        return Moment(
            wall=NOON + self._passed * _SECOND + timedelta(milliseconds=20),
            steady_s=1000.0 + self._passed,
        )

    def _opened(self) -> Board:
        board = Board(name="Site", zone=UTC, poll=_SECOND)
        queues = [
            Queue(queue_id=QueueId(f"q{number}"), name=f"Queue {number}", target=_TARGET)
            for number in range(self._size.queues)
        ]
        first = SnapshotChange(
            as_of=NOON,
            whole=True,
            queues=tuple(queues),
            agents=tuple(self._agents),
            calls=tuple(self._calls.values()),
        )
        board, _ = step(board, PictureTaken(change=first), self.now())
        board, _ = step(board, HistoryRead(records=tuple(self.records)), self.now())
        return board

    def _taken(self, as_of: datetime) -> PictureTaken:
        chance, size = self._chance, self._size
        turnover = max(1, size.agents // 400)
        changed = chance.sample(range(size.agents), max(1, size.agents // 100))
        for number in changed:
            self._agents[number] = self._agent(number, as_of)
        gone = chance.sample(tuple(self._calls), turnover)
        for call_id in gone:
            del self._calls[call_id]
        came = [self._call(as_of) for _ in range(turnover)]
        facts = [self._record(as_of, today=False) for _ in range(turnover)]
        for call in came:
            self._calls[call.call_id] = call
        self.records += facts
        return PictureTaken(
            change=SnapshotChange(
                as_of=as_of,
                agents=tuple(self._agents[number] for number in changed),
                calls=tuple(came),
                calls_gone=tuple(gone),
            ),
            facts=tuple(facts),
        )

    def _queue(self) -> QueueId:
        return QueueId(f"q{self._chance.randrange(self._size.queues)}")

    def _agent(self, number: int, now: datetime) -> Agent:
        queues = self._size.queues
        return Agent(
            agent_id=AgentId(f"a{number}"),
            name=f"Agent {number}",
            state=self._chance.choice(_STATES),
            state_since=now - timedelta(seconds=self._chance.randrange(5)),
            queues=(QueueId(f"q{number % queues}"), QueueId(f"q{(7 * number + 1) % queues}")),
        )

    def _call(self, now: datetime) -> Call:
        self._number += 1
        entered_at = now - timedelta(seconds=self._chance.randrange(60))
        return Call(
            call_id=CallId(f"c{self._number}"),
            queue_id=self._queue(),
            entered_at=entered_at,
            answered_at=entered_at + 5 * _SECOND if self._number % 4 else None,
        )

    def _record(self, now: datetime, *, today: bool) -> CallRecord:
        self._number += 1
        ending = self._chance.choice(_ENDINGS)
        ago = self._chance.randrange(1, 11 * 3600) if today else self._chance.randrange(10, 600)
        return CallRecord(
            fact_id=FactId(f"f{self._number}"),
            call_id=CallId(f"f{self._number}"),
            queue_id=self._queue(),
            entered_at=now - timedelta(seconds=ago),
            ended_at=now,
            ending=ending,
            wait=timedelta(seconds=self._chance.randrange(90)),
            target=_TARGET,
            short=5 * _SECOND,
            talk=self._chance.randrange(400) * _SECOND if ending is Ending.ANSWERED else None,
        )


def recounted(records: Iterable[CallRecord]) -> Recount:
    """Return the sums by queue as who keeps none makes them, from all calls of the day."""
    zero = timedelta()
    rows: dict[QueueId, list[int]] = {}
    times: dict[QueueId, list[timedelta]] = {}
    for record in records:
        row = rows.get(record.queue_id)
        if row is None:
            row = rows[record.queue_id] = [0, 0, 0, 0]
            times[record.queue_id] = [zero, zero]
        row[0] += 1
        if record.ending is Ending.ANSWERED:
            row[1] += 1
            time_of = times[record.queue_id]
            if record.wait is not None:
                row[2] += record.target is not None and record.wait <= record.target
                time_of[0] += record.wait
            if record.talk is not None:
                time_of[1] += record.talk
        elif record.ending is Ending.ABANDONED:
            row[3] += 1
    told: dict[QueueId, tuple[int, int, int, int, timedelta, timedelta]] = {}
    for queue_id, row in rows.items():
        waited, talked = times[queue_id]
        told[queue_id] = (row[0], row[1], row[2], row[3], waited, talked)
    return told


def _recount_s(site: Site) -> float:
    begun_s = time.process_time()
    recounted(site.records)
    return time.process_time() - begun_s
