"""P6: from a document's bytes to what changed, against validating it whole with pydantic."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Final

from pydantic import BaseModel, TypeAdapter

from wallboard.api.picture import PictureReader, SourceWord, picture_bytes
from wallboard.bench.huge import HugeSite
from wallboard.bench.json_shape import JsonShape
from wallboard.bench.measure import Figure, Result, Wanted, middle
from wallboard.domain.snapshot import Snapshot, difference

LIMIT: Final = 0.15


class StockQueue(BaseModel):
    """A queue the stock way: every field that the server sends and the board could show."""

    queue_id: str
    name: str
    target: float
    metric_0: float
    metric_1: float
    metric_2: float
    metric_3: float
    metric_4: float
    metric_5: float
    metric_6: float
    metric_7: float
    metric_8: float
    metric_9: float
    metric_10: float
    metric_11: float
    metric_12: float
    metric_13: float
    metric_14: float
    metric_15: float
    metric_16: float


class StockAgent(BaseModel):
    """An agent the stock way."""

    agent_id: str
    name: str
    state: str
    state_since: datetime
    queues: list[str]
    reason: str | None
    call_id: str | None
    extension: str
    team: str
    skills: list[str]
    calls_today: int
    talk_today_s: float


class StockCall(BaseModel):
    """A call the stock way."""

    call_id: str
    queue_id: str
    caller_number: str | None
    caller_name: str | None
    entered_at: datetime
    answered_at: datetime | None
    agent_id: str | None


class StockDocument(BaseModel):
    """The whole document the stock way."""

    as_of: datetime
    queues: list[StockQueue]
    agents: list[StockAgent]
    calls: list[StockCall]


STOCK: Final = TypeAdapter(StockDocument)


def measure(wanted: Wanted) -> Result:
    """Measure both sizes; CPU milliseconds a document, medians of interleaved documents."""
    rounds = 5 if wanted.quick else 15
    return Result(
        key="p6",
        title="bytes to typed rows to what changed, 200 queues, a tenth of the agents new",
        figures=tuple(figure for agents in (2_000, 10_000) for figure in _sized(agents, rounds)),
    )


def _sized(agents: int, rounds: int) -> tuple[Figure, Figure]:
    """Measure a document that is told whole, and the same as the API tells it: as changes."""
    site = HugeSite(agents)
    ours, stock, told = _Ours(), _Stock(), _Told()
    ours_ms: list[float] = []
    stock_ms: list[float] = []
    told_ms: list[float] = []
    document = answer = b""
    for number in range(rounds + 2):
        document = site.document(datetime.now(UTC))  # noqa: TID251 - the site's own time
        site.tick()
        pair = ((ours, ours_ms), (stock, stock_ms))
        # In turns, so that neither always comes after the other.
        for way, times in pair if number % 2 else pair[::-1]:
            spent_ms = _cpu_ms(way.read, document)
            if number >= 2:  # the first documents are all new, to both
                times.append(spent_ms)
        answer = told.answer(document)
        spent_ms = _cpu_ms(told.read, answer)
        if number >= 2:
            told_ms.append(spent_ms)
    return (
        Figure(
            name=f"{agents} agents, {len(document) / 1e6:.2f} MB",
            value=middle(ours_ms),
            unit="ms",
            peer=middle(stock_ms),
            limit=LIMIT,
        ),
        Figure(
            name=f"{agents} agents through the API, {len(answer) / 1e6:.2f} MB of changes",
            value=middle(told_ms),
            unit="ms",
            peer=middle(stock_ms),
            limit=LIMIT,
        ),
    )


class _Ours:
    def __init__(self) -> None:
        self._shape = JsonShape()
        self._before: Snapshot | None = None

    def read(self, document: bytes) -> None:
        snapshot = self._shape.read(document).snapshot
        difference(self._before, snapshot)
        self._before = snapshot


class _Told:
    """What a wall reads of a server that tells changes; it tells them itself first."""

    def __init__(self) -> None:
        self._server = JsonShape()
        self._served: Snapshot | None = None
        self._number = 0
        self._reader = PictureReader()
        self._before: Snapshot | None = None

    def answer(self, document: bytes) -> bytes:
        """Return what the server answers once it knows the document."""
        before, self._served = self._served, self._server.read(document).snapshot
        self._number += 1
        return picture_bytes(
            difference(before, self._served),
            version=f"b.{self._number}",
            since=None if before is None else f"b.{self._number - 1}",
            facts_until="0",
            source=SourceWord(state="live"),
        )

    def read(self, answer: bytes) -> None:
        snapshot = self._reader.read(answer).snapshot
        difference(self._before, snapshot)
        self._before = snapshot


class _Stock:
    def __init__(self) -> None:
        self._agents: dict[str, StockAgent] = {}
        self._queues: dict[str, StockQueue] = {}
        self._calls: dict[str, StockCall] = {}

    def read(self, document: bytes) -> None:
        told = STOCK.validate_json(document)
        agents = {row.agent_id: row for row in told.agents}
        queues = {row.queue_id: row for row in told.queues}
        calls = {row.call_id: row for row in told.calls}
        _changed(self._agents, agents)
        _changed(self._queues, queues)
        _changed(self._calls, calls)
        self._agents, self._queues, self._calls = agents, queues, calls


def _changed(before: Mapping[str, object], after: Mapping[str, object]) -> list[object]:
    return [row for key, row in after.items() if before.get(key) != row]


def _cpu_ms(work: Callable[[bytes], None], document: bytes) -> float:
    gc.collect()
    begun = time.process_time()
    work(document)
    return (time.process_time() - begun) * 1000
