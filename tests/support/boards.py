"""Boards to look at: seeded, and true, because the engine's own step made them."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from datetime import timedelta, timezone
from typing import Final

from support.clocks import HandClock
from wallboard.domain.errors import Fault
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
    SnapshotChange,
    difference,
)
from wallboard.engine.board import Board
from wallboard.engine.happenings import FetchFailed, PictureTaken, SecondPassed
from wallboard.engine.step import step

TEHRAN: Final = timezone(timedelta(hours=3, minutes=30))
POLL: Final = timedelta(seconds=2)
TARGET: Final = timedelta(seconds=20)

QUEUE_NAMES: Final = {
    "en": ("Support", "Sales", "Billing", "Returns", "VIP desk", "Partners"),
    "fa": (
        "پشتیبانی فنی",
        "فروش",
        "امور مالی",
        "مرجوعی کالا",
        "مشتریان ویژه",
        "نمایندگی‌ها",
    ),
}
FIRST_NAMES: Final = {
    "en": ("Sara", "Reza", "Maryam", "John", "Aoife", "Omid", "Nina", "Pat", "Lea", "Amir"),
    "fa": ("سارا", "رضا", "مریم", "علی", "زهرا", "امید", "نیلوفر", "پویا", "لیلا", "امیرحسین"),
}
LAST_NAMES: Final = {
    "en": ("Tehrani", "Moradi", "O'Brien", "Karimi", "Lind", "Ahmadi", "Fox", "Nouri"),
    "fa": ("تهرانی", "مرادی", "کریمی", "احمدی", "نوری", "رضایی", "حسینی", "جعفری"),
}
STATES: Final = tuple(AgentState)
RESTING: Final = (
    AgentState.FREE,
    AgentState.WRAP_UP,
    AgentState.FREE,
    AgentState.ON_BREAK,
    AgentState.RINGING,
    AgentState.FREE,
    AgentState.ON_BREAK,
    AgentState.OTHER,
    AgentState.ON_HOLD,
)
LONGEST_S: Final = {
    AgentState.RINGING: 12.0,
    AgentState.ON_HOLD: 90.0,
    AgentState.WRAP_UP: 120.0,
    AgentState.FREE: 300.0,
}


@dataclass(slots=True)
class Scene:
    """A board, the clock it goes by, and the chance it is made of."""

    board: Board
    clock: HandClock = field(default_factory=HandClock)
    chance: random.Random = field(default_factory=lambda: random.Random(7))

    def pass_by(self, seconds: float) -> Board:
        """Let time go on without a picture."""
        self.board, _ = step(self.board, SecondPassed(), self.clock.pass_by(seconds))
        return self.board

    def fail(self, fault: Fault) -> Board:
        """Let a fetch fail."""
        self.board, _ = step(self.board, FetchFailed(fault=fault), self.clock.now())
        return self.board

    def take(
        self,
        snapshot: Snapshot,
        facts: tuple[CallRecord, ...] = (),
        notices: tuple[Fault, ...] = (),
    ) -> Board:
        """Take a picture."""
        change = difference(self.board.snapshot, snapshot)
        taken = PictureTaken(change=change, facts=facts, notices=notices)
        self.board, _ = step(self.board, taken, self.clock.now())
        return self.board

    def churn(self, share: float = 0.1) -> Board:
        """Let a second pass in which a share of the agents changes state."""
        self.clock.pass_by(1.0)
        now = self.clock.wall
        assert self.board.snapshot is not None
        agents = list(self.board.snapshot.agents.values())
        changed = tuple(
            replace(agent, state=self.chance.choice(STATES), state_since=now)
            for agent in self.chance.sample(agents, round(len(agents) * share))
        )
        calls = list(self.board.snapshot.calls.values())
        gone = self.chance.sample(calls, round(len(calls) * share))
        come = tuple(
            replace(call, call_id=CallId(f"{call.call_id}'"), entered_at=now, answered_at=None)
            for call in gone
        )
        change = SnapshotChange(
            as_of=now,
            agents=changed,
            calls=come,
            calls_gone=tuple(call.call_id for call in gone),
        )
        self.board, _ = step(self.board, PictureTaken(change=change), self.clock.now())
        return self.board


def scene(
    *,
    queues: int = 6,
    agents: int = 42,
    language: str = "en",
    calm: bool = False,
    minutes: int = 75,
    gap: range = range(0),
    seed: int = 7,
    demo: bool = False,
    name: str = "Tehran",
) -> Scene:
    """Return a call center after some minutes of work.

    Args:
        calm: Nothing is wrong anywhere; else the first queue is in trouble, the second nearly.
        minutes: How long the board has watched.
        gap: Those of the minutes in which it could not see.
    """
    chance = random.Random(seed)
    clock = HandClock()
    clock.wall -= timedelta(minutes=minutes)
    made = Scene(
        board=Board(name=name, zone=TEHRAN, poll=POLL, demo=demo), clock=clock, chance=chance
    )
    rows = _queues(queues, language)
    going: list[CallRecord] = []
    for minute in range(minutes):
        for position, queue in enumerate(rows):
            going += _visits(minute, position, queue, made, calm=calm)
        clock.pass_by(59.0)
        if minute not in gap:
            over = tuple(record for record in going if record.ended_at <= clock.wall)
            going = [record for record in going if record.ended_at > clock.wall]
            made.take(_snapshot(made, rows, agents, language, _open(going, clock)), over)
        made.pass_by(1.0)
    clock.pass_by(7.0)
    over = tuple(record for record in going if record.ended_at <= clock.wall)
    going = [record for record in going if record.ended_at > clock.wall]
    calls = _open(going, clock) | _waiting(rows, clock, chance, calm=calm)
    made.take(_snapshot(made, rows, agents, language, calls), over)
    return made


def _snapshot(
    made: Scene,
    queues: tuple[Queue, ...],
    agents: int,
    language: str,
    calls: dict[CallId, Call],
) -> Snapshot:
    people = _agents(agents, queues, language, made, calls)
    return Snapshot(
        as_of=made.clock.wall,
        queues={queue.queue_id: queue for queue in queues},
        agents={agent.agent_id: agent for agent in people},
        calls=calls,
    )


def _queues(number: int, language: str) -> tuple[Queue, ...]:
    names = QUEUE_NAMES[language]
    return tuple(
        Queue(
            queue_id=QueueId(f"q{at}"),
            name=names[at] if at < len(names) else f"{names[at % len(names)]} {at + 1}",
            target=TARGET,
        )
        for at in range(number)
    )


def _agents(
    number: int,
    queues: tuple[Queue, ...],
    language: str,
    made: Scene,
    calls: dict[CallId, Call],
) -> tuple[Agent, ...]:
    talking = iter([call for call in calls.values() if call.answered_at is not None])
    before = {} if made.board.snapshot is None else made.board.snapshot.agents
    first, last = FIRST_NAMES[language], LAST_NAMES[language]
    people = []
    for at in range(number):
        agent_id = AgentId(f"a{at:05}")
        old = before.get(agent_id)
        state, since = AgentState.OFFLINE, None
        call = next(talking, None) if at % 10 != 9 else None
        if call is not None:
            state, since = AgentState.IN_CALL, call.answered_at
        elif at % 10 != 9:
            state = RESTING[(at + len(before) // 3) % len(RESTING)]
            longest = LONGEST_S.get(state, 900.0)
            since = made.clock.wall - timedelta(seconds=made.chance.uniform(2, longest))
            if old is not None and old.state is state and state not in LONGEST_S:
                since = old.state_since
        people.append(
            Agent(
                agent_id=agent_id,
                name=f"{first[at % len(first)]} {last[at * 7 // len(first) % len(last)]}",
                state=state,
                state_since=since,
                queues=tuple(
                    dict.fromkeys(queues[n % len(queues)].queue_id for n in (at, at // 7))
                ),
                call_id=None if call is None else call.call_id,
            )
        )
    return tuple(people)


def _visits(
    minute: int, position: int, queue: Queue, made: Scene, *, calm: bool
) -> list[CallRecord]:
    chance = made.chance
    trouble = not calm and position == 0
    nearly = not calm and position == 1
    visits = []
    for at in range(max(0, round(chance.gauss(1.6 - 0.2 * min(position, 5), 1.0)))):
        late = chance.random() < (0.36 if trouble else 0.24 if nearly else 0.03)
        abandoned = late and chance.random() < (0.4 if trouble else 0.1)
        wait = timedelta(
            seconds=chance.uniform(25, 90)
            if trouble and late
            else chance.uniform(21, 34)
            if late
            else chance.uniform(1, 15)
        )
        talk = timedelta(seconds=20 + chance.expovariate(1 / 180))
        entered = made.clock.wall + timedelta(seconds=chance.uniform(0, 59))
        key = f"{queue.queue_id}-{minute}-{at}"
        visits.append(
            CallRecord(
                fact_id=FactId(key),
                call_id=CallId(key),
                queue_id=queue.queue_id,
                entered_at=entered,
                ended_at=entered + wait + (timedelta() if abandoned else talk),
                ending=Ending.ABANDONED if abandoned else Ending.ANSWERED,
                wait=wait,
                target=queue.target,
                talk=None if abandoned else talk,
            )
        )
    return visits


def _open(going: list[CallRecord], clock: HandClock) -> dict[CallId, Call]:
    calls = {}
    for record in going:
        if record.entered_at > clock.wall:
            continue
        assert record.wait is not None
        answered_at = record.entered_at + record.wait
        if record.ending is Ending.ABANDONED or answered_at > clock.wall:
            answered_at = None
        calls[record.call_id] = Call(
            call_id=record.call_id,
            queue_id=record.queue_id,
            entered_at=record.entered_at,
            answered_at=answered_at,
        )
    return calls


def _waiting(
    queues: tuple[Queue, ...], clock: HandClock, chance: random.Random, *, calm: bool
) -> dict[CallId, Call]:
    calls = {}
    for position, queue in enumerate(queues):
        number, worst = (int(position % 6 == 2), 6.0)
        if not calm and position < 2:
            number, worst = ((5, 161.0), (2, 31.0))[position]
        for at in range(number):
            call_id = CallId(f"wait-{queue.queue_id}-{at}")
            waited = timedelta(seconds=worst if at == 0 else chance.uniform(1, 8))
            calls[call_id] = Call(
                call_id=call_id,
                queue_id=queue.queue_id,
                caller_number="09120000000",
                entered_at=clock.wall - waited,
            )
    return calls
