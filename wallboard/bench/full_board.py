"""A board that is full: 200 queues, 2,000 agents, an hour of calls; made without any source."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random
from typing import Final

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
    Snapshot,
    difference,
)
from wallboard.engine.board import Board
from wallboard.engine.happenings import PictureTaken, SecondPassed
from wallboard.engine.step import step
from wallboard.ui.look import Look
from wallboard.ui.main_window import MainWindow

NOON: Final = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
_STATES: Final = tuple(AgentState)
_ENDINGS: Final = (Ending.ANSWERED, Ending.ANSWERED, Ending.ANSWERED, Ending.ABANDONED)


def window() -> MainWindow:
    """Return the program's window as it shows a full board."""
    made = MainWindow(Look())
    board, now = boards(1, queues=12, agents=48)[0]
    made.show_board(board, now)
    return made


def boards(count: int, *, queues: int, agents: int) -> tuple[tuple[Board, Moment], ...]:
    """Return boards that follow one another, a second apart, a tenth of the agents new in each."""
    chance = Random(7)
    board = Board(name="Full", zone=UTC, poll=timedelta(seconds=1))
    now = Moment(wall=NOON, steady_s=1000.0)
    before: Snapshot | None = None
    made: list[tuple[Board, Moment]] = []
    crew = {AgentId(f"a{number}"): _agent(number, queues, NOON, chance) for number in range(agents)}
    for number in range(count):
        now = Moment(wall=NOON + timedelta(seconds=number), steady_s=1000.0 + number)
        for changed in chance.sample(range(agents), max(1, agents // 10)):
            crew[AgentId(f"a{changed}")] = _agent(changed, queues, now.wall, chance)
        snapshot = _snapshot(dict(crew), queues, now.wall, chance)
        facts = tuple(
            _fact(at, queues, now.wall, chance)
            for at in range(number * 100, number * 100 + (100 if number == 0 else 5))
        )
        taken = PictureTaken(change=difference(before, snapshot), facts=facts)
        before = snapshot
        board, _ = step(board, taken, now)
        board, _ = step(board, SecondPassed(), now)
        made.append((board, now))
    return tuple(made)


def _agent(number: int, queues: int, now: datetime, chance: Random) -> Agent:
    return Agent(
        agent_id=AgentId(f"a{number}"),
        name=f"نماینده Agent {number}",
        state=chance.choice(_STATES),
        state_since=now - timedelta(seconds=chance.randrange(600)),
        queues=(QueueId(f"q{number % queues}"),),
    )


def _snapshot(crew: dict[AgentId, Agent], queues: int, now: datetime, chance: Random) -> Snapshot:
    calls = {
        CallId(f"c{number}"): Call(
            call_id=CallId(f"c{number}"),
            queue_id=QueueId(f"q{chance.randrange(queues)}"),
            entered_at=now - timedelta(seconds=chance.randrange(90)),
        )
        for number in range(queues)
    }
    rows = {
        QueueId(f"q{number}"): Queue(
            queue_id=QueueId(f"q{number}"), name=f"Queue {number}", target=timedelta(seconds=20)
        )
        for number in range(queues)
    }
    return Snapshot(as_of=now, queues=rows, agents=crew, calls=calls)


def _fact(number: int, queues: int, now: datetime, chance: Random) -> CallRecord:
    entered = now - timedelta(seconds=chance.randrange(60, 3500))
    ending = chance.choice(_ENDINGS)
    return CallRecord(
        fact_id=FactId(f"f{number}"),
        call_id=CallId(f"over{number}"),
        queue_id=QueueId(f"q{chance.randrange(queues)}"),
        entered_at=entered,
        ended_at=now,
        ending=ending,
        wait=timedelta(seconds=chance.randrange(40)),
        target=timedelta(seconds=20),
        talk=timedelta(seconds=30) if ending is Ending.ANSWERED else None,
    )
