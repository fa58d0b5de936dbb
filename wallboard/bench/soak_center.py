"""A call center that is invented step by step and goes on for ever, always the same way."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone
from random import Random
from typing import Final

from wallboard.domain.clock import Moment
from wallboard.domain.errors import FaultKind, fault
from wallboard.domain.facts import CallRecord, Ending, Fact, FactId
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
from wallboard.engine.board import Board
from wallboard.engine.happenings import FetchFailed, Happening, PictureTaken, SecondPassed
from wallboard.engine.step import step

_TEHRAN: Final = timezone(timedelta(hours=3, minutes=30))
_QUEUES: Final = 12
_AGENTS: Final = 60
_CHANGED: Final = 2
"""Agents, at each step."""
_MOST_CALLS: Final = 200
_RUSH_EVERY: Final = 180
_RUSH: Final = 24
_STEP_S: Final = 20.0
"""What passes at once: of what a board knows of its day, much is gone with the day."""
_NAMES: Final = ("Support", "فروش", "Billing")
_STATES: Final = tuple(AgentState)


@dataclass(slots=True)
class _Going:
    """A caller who is not gone."""

    call: Call
    ends_at: datetime


class Center:
    """Twelve queues and sixty agents; what they know of the past is the board's.

    Attributes:
        board: As it is after the last step.
    """

    def __init__(self, seed: int) -> None:
        self._rng = Random(seed)
        self._wall = datetime(2026, 3, 21, 4, tzinfo=UTC)
        self._steady_s = 1000.0
        self._count = self._ticks = 0
        self._going: dict[CallId, _Going] = {}
        self._queues = tuple(
            Queue(
                queue_id=QueueId(f"q{number}"),
                name=f"{_NAMES[number % 3]} {number}",
                target=timedelta(seconds=20),
            )
            for number in range(_QUEUES)
        )
        self._agents = {
            AgentId(f"a{number}"): Agent(
                agent_id=AgentId(f"a{number}"),
                name=f"Agent {number}",
                state=AgentState.FREE,
                state_since=self._wall,
                queues=(self._queues[number % _QUEUES].queue_id,),
            )
            for number in range(_AGENTS)
        }
        self._whole = True
        self.board = Board(name="Soak", zone=_TEHRAN, poll=timedelta(seconds=2))

    @property
    def now(self) -> Moment:
        """The present moment of it."""
        return Moment(wall=self._wall, steady_s=self._steady_s)

    def pass_on(self, *, away: bool) -> Board:
        """Let some time pass; return the board after it.

        Args:
            away: True if nobody can see what happens in it.
        """
        self._wall += timedelta(seconds=_STEP_S)
        self._steady_s += _STEP_S
        self._ticks += 1
        facts, agents, gone = self._ended(), self._changed(), self._left()
        come = self._come()
        if away:
            self._whole = True
            happening: Happening = FetchFailed(
                fault=fault(FaultKind.UNREACHABLE, host="pbx", port=5038)
            )
        else:
            happening = PictureTaken(change=self._change(agents, come, gone), facts=facts)
            self._whole = False
        for each in (happening, SecondPassed()):
            self.board, _ = step(self.board, each, self.now)
        return self.board

    def _change(
        self, agents: list[Agent], come: list[Call], gone: tuple[CallId, ...]
    ) -> SnapshotChange:
        if self._whole:
            calls = tuple(each.call for each in self._going.values())
            return SnapshotChange(
                as_of=self._wall,
                whole=True,
                queues=self._queues,
                agents=tuple(self._agents.values()),
                calls=calls,
            )
        return SnapshotChange(
            as_of=self._wall, agents=tuple(agents), calls=tuple(come), calls_gone=gone
        )

    def _ended(self) -> tuple[Fact, ...]:
        return tuple(
            _fact_of(going) for going in self._going.values() if going.ends_at <= self._wall
        )

    def _left(self) -> tuple[CallId, ...]:
        gone = tuple(key for key, going in self._going.items() if going.ends_at <= self._wall)
        for key in gone:
            del self._going[key]
        return gone

    def _changed(self) -> list[Agent]:
        changed = []
        for agent_id in self._rng.sample(tuple(self._agents), _CHANGED):
            state = self._rng.choice(_STATES)
            after = replace(self._agents[agent_id], state=state, state_since=self._wall)
            self._agents[agent_id] = after
            changed.append(after)
        return changed

    def _come(self) -> list[Call]:
        rng = self._rng
        # Now and then many come at once, so that alerts fire and are over again.
        rush = self._ticks % _RUSH_EVERY < _RUSH
        come = []
        for _ in range(rng.choice((0, 0, 0, 1)) + 2 * rush):
            if len(self._going) >= _MOST_CALLS:
                break
            self._count += 1
            call = Call(
                call_id=CallId(f"c{self._count}"),
                queue_id=rng.choice(self._queues).queue_id,
                entered_at=self._wall,
            )
            ends_at = self._wall + timedelta(seconds=rng.randrange(5, 600))
            self._going[call.call_id] = _Going(call=call, ends_at=ends_at)
            come.append(call)
        return come


def _fact_of(going: _Going) -> CallRecord:
    call = going.call
    entered = call.entered_at or going.ends_at
    lost = call.call_id.endswith(("3", "7"))
    whole = going.ends_at - entered
    return CallRecord(
        fact_id=FactId(call.call_id),
        call_id=call.call_id,
        queue_id=call.queue_id,
        entered_at=entered,
        ended_at=going.ends_at,
        ending=Ending.ABANDONED if lost else Ending.ANSWERED,
        wait=whole if lost else whole / 4,
        target=timedelta(seconds=20),
        talk=None if lost else whole * 3 / 4,
    )
