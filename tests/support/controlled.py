"""The controller of supervision before a board, and what it wanted done."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, timedelta
from typing import Any

from support.clocks import HandClock
from wallboard.domain.granting import Rights
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
from wallboard.domain.supervision import Monitoring, Stage, WishKind
from wallboard.engine.board import Board
from wallboard.engine.freshness import Freshness
from wallboard.engine.supervising import (
    asked,
    board_seen,
    outcome,
    second_passed,
    written,
)
from wallboard.engine.supervision import Asked, Phase, SupervisionState
from wallboard.engine.supervision_steps import PassOn, Step, Supervising, WriteRow, shown

SARA, REZA, MINA, OMID = (AgentId(name) for name in ("sara", "reza", "mina", "omid"))
SALES, BILLING = QueueId("sales"), QueueId("billing")
LISTEN, WHISPER, END, PAUSE = WishKind.LISTEN, WishKind.WHISPER, WishKind.END, WishKind.PAUSE


def center(clock: HandClock, **calls: str | None) -> Snapshot:
    """Sara talks in sales, Reza in billing; Mina is free, Omid is not there; one waits in each."""
    told: dict[str, str | None] = {"sara": "c1", "reza": "c2", **calls}

    def agent(agent_id: AgentId, queue: QueueId, state: AgentState) -> Agent:
        call = told.get(agent_id)
        talks = AgentState.FREE if call is None else AgentState.IN_CALL
        return Agent(
            agent_id=agent_id,
            name=agent_id,
            state=talks if state is AgentState.FREE else state,
            queues=(queue,),
            call_id=None if call is None else CallId(call),
        )

    agents = (
        agent(SARA, SALES, AgentState.FREE),
        agent(REZA, BILLING, AgentState.FREE),
        agent(MINA, SALES, AgentState.FREE),
        agent(OMID, SALES, AgentState.OFFLINE),
    )
    calls_now = [
        Call(
            call_id=each.call_id,
            queue_id=each.queues[0],
            answered_at=clock.wall,
            agent_id=each.agent_id,
        )
        for each in agents
        if each.call_id is not None
    ]
    calls_now += [
        Call(call_id=CallId(f"w-{queue}"), queue_id=queue, entered_at=clock.wall)
        for queue in (SALES, BILLING)
    ]
    return Snapshot(
        as_of=clock.wall,
        queues={queue: Queue(queue_id=queue, name=queue) for queue in (SALES, BILLING)},
        agents={each.agent_id: each for each in agents},
        calls={call.call_id: call for call in calls_now},
    )


@dataclass
class Desk:
    """The controller with a board before it, and what it wanted done."""

    rights: Rights = field(default_factory=lambda: Rights(may=frozenset(WishKind), limit_s=60))
    clock: HandClock = field(default_factory=HandClock)
    rows: list[WriteRow] = field(default_factory=list)
    passed: list[PassOn] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.state = Supervising(
            run="r",
            rights=self.rights,
            takes=frozenset(WishKind),
            phone="PJSIP/9001",
            needs_phone=True,
        )
        self.board = Board(name="t", zone=UTC, poll=timedelta(seconds=1))
        self.look()

    @property
    def view(self) -> SupervisionState:
        return shown(self.state, self.board)

    def take(self, step: Step) -> None:
        self.state, effects = step
        for effect in effects:
            (self.rows if isinstance(effect, WriteRow) else self.passed).append(effect)  # type: ignore[arg-type]

    def look(self, *heard: Monitoring, tells: bool = True, **calls: str | None) -> None:
        """Let a second pass, and a picture come."""
        self.board = replace(
            self.board,
            snapshot=center(self.clock, **calls),
            taken_at=self.clock.pass_by(1),
            freshness=Freshness.LIVE,
            monitorings=heard if tells else None,
        )
        self.take(board_seen(self.state, self.board, self.clock.now()))

    def wait(self, seconds: float) -> None:
        for _ in range(round(seconds)):
            now = self.clock.pass_by(1)
            self.board = replace(self.board, taken_at=now)
            self.take(second_passed(self.state, self.board, now))

    def ask(self, kind: WishKind, agent_id: AgentId = SARA, **more: Any) -> None:
        told: dict[str, Any] = {"reason": "coaching", **more}
        wanted = Asked(kind=kind, agent_id=agent_id, **told)
        self.take(asked(self.state, wanted, self.board, self.clock.now()))

    def write(self, *, done: bool = True, key: str = "") -> None:
        """Let the row of that key, else the newest that something waits for, be written or not."""
        key = key or [row.key for row in self.rows if row.needed][-1]
        self.take(written(self.state, key, done, self.board, self.clock.now()))

    def hear(self, stage: Stage, why: str = "", *, reached: bool = True, at: int = -1) -> None:
        key, now = self.passed[at].key, self.clock.now()
        self.take(outcome(self.state, key, stage, why, self.board, now, reached=reached))

    def listen(self, **more: Any) -> Monitoring:
        """Listen to Sara until the picture shows it."""
        self.ask(LISTEN, **more)
        self.write()
        self.hear(Stage.DONE)
        self.look(OURS)
        return OURS

    @property
    def phase(self) -> Phase | None:
        return None if self.state.session is None else self.state.session.phase

    @property
    def why(self) -> str:
        assert self.state.session is not None
        return self.state.session.why

    def whats(self) -> list[str]:
        return [row.what for row in self.rows]

    def kinds(self) -> list[WishKind]:
        return [each.wish.kind for each in self.passed]


OURS = Monitoring(
    monitoring_id="m1", agent_id=SARA, call_id=CallId("c1"), mode=LISTEN, phone="9001", own=True
)
THEIRS = Monitoring(monitoring_id="m2", agent_id=SARA, call_id=CallId("c1"), phone="9009")
