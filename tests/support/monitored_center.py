"""A call center in which a supervisor listens, as a model: what the controller did is held to it.

Every request that leaves the controller is looked at as it leaves: is it written down, is it the
first of its key, is it about the very call that was chosen, and was it allowed.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Final

from wallboard.domain.clock import Moment
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
from wallboard.domain.supervision import (
    MONITORING,
    NEVER_HELD_UP,
    VOICE,
    Monitoring,
    Stage,
    Wish,
    WishKind,
)
from wallboard.engine.board import Board
from wallboard.engine.freshness import Freshness
from wallboard.engine.supervising import (
    WRITTEN_WITHIN_S,
    asked,
    board_seen,
    closing,
    outcome,
    second_passed,
    written,
)
from wallboard.engine.supervision import Asked, Phase
from wallboard.engine.supervision_steps import PassOn, Step, Supervising, WriteRow

MODES: Final = (WishKind.LISTEN, WishKind.WHISPER, WishKind.BARGE)
AGENTS: Final = tuple(AgentId(f"a{at}") for at in range(4))
EXCLUDED: Final = AGENTS[3]
QUEUE: Final = QueueId("q0")
GRANTED: Final = frozenset(
    {WishKind.LISTEN, WishKind.WHISPER, WishKind.TAKE_OVER, WishKind.PAUSE, WishKind.HANG_UP}
)
_POLL: Final = timedelta(seconds=2)
_BEGIN: Final = datetime(2026, 5, 1, 8, tzinfo=UTC)
_LATEST_S: Final = 40.0


@dataclass(slots=True)
class Ear:
    """A supervisor's phone in a call, at the PBX."""

    key: str
    agent_id: AgentId
    call_id: CallId | None
    mode: WishKind
    own: bool = True
    odd: bool = False
    muted: bool | None = None


@dataclass(slots=True)
class Ring:
    """A request that the PBX has taken: the phone rings."""

    key: str
    wish: Wish
    due_s: float
    silent: bool = False


@dataclass
class Center:
    """The model, the controller under test, and all that went between them.

    Attributes:
        broken: What went wrong; empty as it must be.
        durable: Keys of the rows that are on the disk.
        passed: How often each key left.
        clicks: The call that was on the screen, by agent and mode, as somebody clicked.
    """

    seed: int
    limit_s: int = 60
    tells: bool = True
    faults: float = 0.0
    chance: random.Random = field(init=False)
    now_s: float = 1000.0
    state: Supervising = field(init=False)
    calls: dict[AgentId, CallId] = field(default_factory=dict)
    paused: set[AgentId] = field(default_factory=set)
    ears: dict[str, Ear] = field(default_factory=dict)
    rings: list[Ring] = field(default_factory=list)
    writing: list[tuple[float, str, bool]] = field(default_factory=list)
    answers: list[tuple[float, str, Stage, bool]] = field(default_factory=list)
    durable: set[str] = field(default_factory=set)
    tried: set[str] = field(default_factory=set)
    passed: dict[str, Wish] = field(default_factory=dict)
    chosen: set[tuple[AgentId, CallId | None]] = field(default_factory=set)
    broken: list[str] = field(default_factory=list)
    seen: dict[str, int] = field(default_factory=dict)
    holding: bool = False
    away: bool = False
    away_until_s: float = 0.0
    disk_full_until_s: float = 0.0
    heard_since: dict[str, float] = field(default_factory=dict)
    made: int = 0
    starts: int = 0

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        self._start()
        self.board = self._picture()
        self.live_since: dict[str, float] = {}

    def _start(self) -> None:
        self.starts += 1
        self.state = Supervising(
            run=f"run{self.starts}",
            rights=Rights(may=GRANTED, excluded=frozenset({EXCLUDED}), limit_s=self.limit_s),
            takes=frozenset(WishKind),
            phone="PJSIP/9001",
            needs_phone=True,
        )

    # What the board shows

    @property
    def now(self) -> Moment:
        return Moment(wall=_BEGIN + timedelta(seconds=self.now_s), steady_s=self.now_s)

    def _picture(self) -> Board:
        agents = {
            agent_id: Agent(
                agent_id=agent_id,
                name=agent_id,
                state=self._state_of(agent_id),
                queues=(QUEUE,),
                call_id=self.calls.get(agent_id),
            )
            for agent_id in AGENTS
        }
        calls = {
            call_id: Call(call_id=call_id, queue_id=QUEUE, agent_id=agent_id)
            for agent_id, call_id in self.calls.items()
        }
        snapshot = Snapshot(
            as_of=self.now.wall,
            queues={QUEUE: Queue(queue_id=QUEUE, name="Support")},
            agents=agents,
            calls=calls,
        )
        told = tuple(
            Monitoring(
                monitoring_id=key,
                agent_id=ear.agent_id,
                call_id=ear.call_id,
                mode=ear.mode,
                own=ear.own,
                muted=ear.muted,
            )
            for key, ear in self.ears.items()
        )
        return Board(
            name="model",
            zone=UTC,
            poll=_POLL,
            snapshot=snapshot,
            taken_at=self.now,
            freshness=Freshness.LIVE,
            monitorings=told if self.tells else None,
        )

    def _state_of(self, agent_id: AgentId) -> AgentState:
        if agent_id in self.calls:
            return AgentState.IN_CALL
        return AgentState.ON_BREAK if agent_id in self.paused else AgentState.FREE

    # One step

    def step(self) -> None:
        """Let something happen, whatever it may be."""
        for act, weight in _ACTS:
            if self.chance.random() < weight:
                act(self)
        if self.chance.random() < self.faults:
            self.chance.choice(_FAULTS)(self)

    def settle(self) -> None:
        """Let everything that is under way come to its end."""
        self.faults = 0.0
        if self.holding:
            self.let_go()
        for _ in range(200):
            self.pass_time(1.0)
            self.look()

    def pass_time(self, seconds: float | None = None) -> None:
        self.now_s += self.chance.uniform(0.05, 3.0) if seconds is None else seconds
        if self.away and self.now_s >= self.away_until_s and self.tells:
            # Who was heard as the connection was lost is muted by the source.
            for ear in self.ears.values():
                ear.muted = True if ear.muted is False and ear.own else ear.muted
        self.away = self.now_s < self.away_until_s
        self._ring()
        self._write()
        self._answer()
        self._take(second_passed(self.state, self.board, self.now))
        self._hold()

    def look(self) -> None:
        """Let a new picture come."""
        if self.now_s < self.away_until_s:
            self.board = replace(self.board, freshness=Freshness.STALE)
        else:
            self.board = self._picture()
        self._take(board_seen(self.state, self.board, self.now))

    def call_comes(self) -> None:
        free = [agent for agent in AGENTS if agent not in self.calls]
        if free:
            self.made += 1
            self.calls[self.chance.choice(free)] = CallId(f"c{self.made}")

    def call_ends(self) -> None:
        if self.calls:
            agent_id = self.chance.choice(list(self.calls))
            gone = self.calls.pop(agent_id)
            self.ears = {key: ear for key, ear in self.ears.items() if ear.call_id != gone}

    def ask(self) -> None:
        kind = self.chance.choice(_WANTED)
        agent_id = self.chance.choice(AGENTS)
        if kind is WishKind.END and self.state.session is not None:
            agent_id = self.state.session.agent_id
        told = self.board.snapshot
        assert told is not None
        wanted = Asked(
            kind=kind,
            agent_id=agent_id,
            call_id=self.chance.choice([None, told.agents[agent_id].call_id]),
            reason=self.chance.choice(["", "coaching", "coaching", "coaching"]),
            stays=self.chance.random() < 0.3,
        )
        self.chosen.add((agent_id, told.agents[agent_id].call_id))
        for _ in range(self.chance.choice([1, 1, 1, 2, 3])):
            self._take(asked(self.state, wanted, self.board, self.now))
            if self.chance.random() < 0.3:
                self._write()

    def hold(self) -> None:
        self.holding = True
        self._voice(WishKind.TALK)

    def let_go(self) -> None:
        self.holding = False
        self._voice(WishKind.HUSH)

    def _voice(self, kind: WishKind) -> None:
        session = self.state.session
        agent_id = AgentId("") if session is None else session.agent_id
        wanted = Asked(kind=kind, agent_id=agent_id)
        self._take(asked(self.state, wanted, self.board, self.now))

    def hang_up_phone(self) -> None:
        own = [key for key, ear in self.ears.items() if ear.own]
        if own:
            del self.ears[self.chance.choice(own)]

    def stranger_comes(self) -> None:
        if self.calls:
            agent_id = self.chance.choice(list(self.calls))
            self.made += 1
            self.ears[f"other{self.made}"] = Ear(
                key="",
                agent_id=agent_id,
                call_id=self.calls[agent_id],
                mode=self.chance.choice(MODES),
                own=False,
            )

    def leave_front(self) -> None:
        self.state = replace(self.state, here=not self.state.here)

    # Faults

    def pbx_restarts(self) -> None:
        self.calls.clear()
        self.ears.clear()
        for ring in self.rings:
            self.answers.append((self.now_s, ring.key, Stage.UNKNOWN, True))
        self.rings.clear()
        self.away_until_s = self.now_s + self.chance.uniform(0, 30)
        self.board = replace(self.board, freshness=Freshness.STALE)

    def program_dies(self) -> None:
        """Between any two steps: what was in memory is gone, and so is the source's process."""
        self.writing.clear()
        self.answers.clear()
        self.rings.clear()
        self.ears = {key: ear for key, ear in self.ears.items() if not ear.own}
        self.live_since.clear()
        self._start()

    def disk_fills(self) -> None:
        self.disk_full_until_s = self.now_s + self.chance.uniform(1, 20)

    def network_goes(self) -> None:
        self.away_until_s = self.now_s + self.chance.uniform(5, 40)

    def wrong_call(self) -> None:
        """The PBX puts the phone into another call than it was told, and tells who listens."""
        if self.tells and self.rings and self.calls:
            ring = self.rings.pop(self.chance.randrange(len(self.rings)))
            agent_id = self.chance.choice(list(self.calls))
            if self.calls[agent_id] != ring.wish.call_id:
                self.ears[ring.key] = Ear(
                    key=ring.key,
                    agent_id=agent_id,
                    call_id=self.calls[agent_id],
                    mode=ring.wish.kind,
                    odd=True,
                )
            self.answers.append((self.now_s, ring.key, Stage.UNKNOWN, True))

    def phone_silent(self) -> None:
        """No word comes back; after some time whoever passed it on says that nobody knows."""
        for ring in self.rings:
            if not ring.silent:
                ring.silent = True
                self.answers.append((self.now_s + 30, ring.key, Stage.UNKNOWN, True))

    def right_goes(self) -> None:
        may = GRANTED - {self.chance.choice(MODES)}
        self.state = replace(self.state, rights=replace(self.state.rights, may=may))

    def window_closes(self) -> None:
        self._take(closing(self.state, self.now))

    # The PBX

    def _receive(self, key: str, wish: Wish) -> None:
        if self.now_s < self.away_until_s:
            self.answers.append((self.now_s, key, Stage.REFUSED, False))
        elif wish.kind in MONITORING:
            due_s = self.now_s + self.chance.uniform(0.1, 8)
            if self.chance.random() < self.faults:
                # Nobody hears of it any more, and it may begin all the same.
                self.answers.append((self.now_s + 30, key, Stage.UNKNOWN, True))
                due_s = self.now_s + self.chance.uniform(0.1, _LATEST_S)
                silent = self.chance.random() < 0.5
                self.rings.append(Ring(key=key, wish=wish, due_s=due_s, silent=silent))
            else:
                self.rings.append(Ring(key=key, wish=wish, due_s=due_s))
        elif wish.kind is WishKind.END:
            self._end(key, wish)
        elif wish.kind in VOICE:
            self._mute(key, wish)
        else:
            stage = self.chance.choice([Stage.DONE, Stage.REFUSED, Stage.UNKNOWN])
            self.answers.append((self.now_s + self.chance.uniform(0, 3), key, stage, True))

    def _mute(self, key: str, wish: Wish) -> None:
        ears = [ear for ear in self.ears.values() if ear.own and _of(ear, wish)]
        whispers = [ear for ear in ears if ear.mode is WishKind.WHISPER]
        stage = Stage.DONE if whispers else Stage.REFUSED
        failed = self.chance.random() < self.faults
        for ear in whispers:
            if not failed or self.chance.random() < 0.5:
                ear.muted = wish.kind is WishKind.HUSH
        if failed:
            stage = self.chance.choice([Stage.REFUSED, Stage.UNKNOWN])
        self.answers.append((self.now_s, key, stage, True))

    def _end(self, key: str, wish: Wish) -> None:
        gone = [each for each, ear in self.ears.items() if ear.own and _of(ear, wish)]
        rung = [ring for ring in self.rings if ring.wish.agent_id == wish.agent_id]
        for each in gone:
            del self.ears[each]
        for ring in rung:
            self.rings.remove(ring)
            self.answers.append((self.now_s, ring.key, Stage.REFUSED, True))
        stage = Stage.DONE if gone or rung else Stage.REFUSED
        if self.chance.random() < self.faults:
            stage = Stage.UNKNOWN
        self.answers.append((self.now_s + self.chance.uniform(0, 1), key, stage, True))

    def _ring(self) -> None:
        due = [ring for ring in self.rings if ring.due_s <= self.now_s]
        self.rings = [ring for ring in self.rings if ring.due_s > self.now_s]
        for ring in due:
            wish = ring.wish
            # It looks once more whose call it is, as the source does.
            right = self.calls.get(wish.agent_id) == wish.call_id
            answered = self.chance.random() < 0.85
            if right and answered:
                self.ears[ring.key] = Ear(
                    key=ring.key,
                    agent_id=wish.agent_id,
                    call_id=wish.call_id,
                    mode=wish.kind,
                    muted=True if wish.kind is WishKind.WHISPER else None,
                )
            if not ring.silent:
                stage = Stage.DONE if right and answered else Stage.REFUSED
                self.answers.append((self.now_s, ring.key, stage, True))

    def _answer(self) -> None:
        due = [each for each in self.answers if each[0] <= self.now_s]
        self.answers = [each for each in self.answers if each[0] > self.now_s]
        self.chance.shuffle(due)
        for _, key, stage, reached in due:
            why = "" if stage is Stage.DONE else "why"
            self._take(outcome(self.state, key, stage, why, self.board, self.now, reached=reached))

    def _write(self) -> None:
        due = [each for each in self.writing if each[0] <= self.now_s]
        self.writing = [each for each in self.writing if each[0] > self.now_s]
        for _, key, done in due:
            if done:
                self.durable.add(key)
            self._take(written(self.state, key, done, self.board, self.now))

    # What leaves the controller

    def _take(self, step: Step) -> None:
        self.state, effects = step
        for effect in effects:
            if isinstance(effect, WriteRow):
                self._row(effect)
            else:
                self._leaves(effect)

    def _row(self, row: WriteRow) -> None:
        self.seen[row.what] = self.seen.get(row.what, 0) + 1
        self.tried.add(row.key)
        if not row.needed:
            return
        done = self.now_s >= self.disk_full_until_s
        slow = self.chance.random() < self.faults
        wait_s = self.chance.uniform(0, 2 * WRITTEN_WITHIN_S) if slow else 0.0
        self.writing.append((self.now_s + wait_s, row.key, done))

    def _leaves(self, passed: PassOn) -> None:
        key, wish = passed.key, passed.wish
        self.seen[wish.kind] = self.seen.get(wish.kind, 0) + 1
        if key in self.passed:
            self._complain(f"{key} left twice")
        self.passed[key] = wish
        if wish.kind in NEVER_HELD_UP:
            if key not in self.tried:
                self._complain(f"{key}: an end that nobody tried to write down")
        else:
            self._check(key, wish)
        self._receive(key, wish)

    def _check(self, key: str, wish: Wish) -> None:
        if key not in self.durable:
            self._complain(f"{key} left before it was written")
        told = self.board.snapshot
        assert told is not None
        rights = self.state.rights
        wrongs = {
            "not granted": not rights.grants(wish.kind),
            "nobody holds the button": wish.kind is WishKind.TALK and not self.holding,
            "excluded": wish.kind in MONITORING and wish.agent_id == EXCLUDED,
            "the picture was old": self.board.freshness is not Freshness.LIVE,
        }
        if wish.kind in MONITORING | {WishKind.TAKE_OVER, WishKind.HANG_UP}:
            shown = told.agents[wish.agent_id].call_id
            going_on = (wish.agent_id, wish.call_id) not in self.chosen
            wrongs |= {
                "no call": wish.call_id is None,
                "another call": wish.call_id != shown,
                "nobody chose it": going_on and not self._stayed(wish),
            }
        if wish.kind in MONITORING | {WishKind.TAKE_OVER}:
            wrongs["no reason"] = not wish.reason
        if wish.kind in MONITORING:
            wrongs["a second one"] = self._already(key)
        for wrong, holds in wrongs.items():
            if holds:
                self._complain(f"{key} {wish}: {wrong}")

    def _stayed(self, wish: Wish) -> bool:
        """True if somebody chose to go on with the agent's next calls, in this very mode."""
        return any(
            before.agent_id == wish.agent_id and before.kind is wish.kind
            for before in self.passed.values()
        )

    def _already(self, key: str) -> bool:
        """True if a phone of this supervisor's rings or is in a call, by what he asked before."""
        listening = any(ear.own and not ear.odd and ear.key != key for ear in self.ears.values())
        return listening or any(ring.key != key for ring in self.rings)

    def _hold(self) -> None:
        """See that nothing lasts that may not."""
        for key, ear in self.ears.items():
            if ear.own:
                self.live_since.setdefault(key, self.now_s)
        self.live_since = {key: at for key, at in self.live_since.items() if key in self.ears}
        if self.now_s < self.away_until_s:
            # Nothing can be ended meanwhile.
            self.live_since = dict.fromkeys(self.live_since, self.now_s)
        self._hear()
        longest = self.limit_s + 60
        for key, at in self.live_since.items():
            if self.now_s - at > longest and not self.faults:
                self._complain(f"{key} lasts too long")

    def _hear(self) -> None:
        """See that nobody is heard who does not hold the button."""
        heard = [key for key, ear in self.ears.items() if ear.own and ear.muted is False]
        self.heard_since = {key: self.heard_since.get(key, self.now_s) for key in heard}
        if self.holding or self.now_s < self.away_until_s or not self.tells:
            self.heard_since.clear()
        for key, at in self.heard_since.items():
            if self.now_s - at > 25 and not self.faults:
                self._complain(f"{key} is heard though nobody holds the button")

    def _complain(self, text: str) -> None:
        self.broken.append(f"seed {self.seed}, {self.now_s:.1f} s: {text}")


def lasts(center: Center) -> bool:
    """True if the controller believes that something lasts."""
    session = center.state.session
    return session is not None and session.phase is not Phase.ENDED


def _of(ear: Ear, wish: Wish) -> bool:
    return ear.agent_id == wish.agent_id


_WANTED: Final = (
    *MODES,
    WishKind.LISTEN,
    WishKind.WHISPER,
    WishKind.END,
    WishKind.PAUSE,
    WishKind.HANG_UP,
    WishKind.TAKE_OVER,
)
_ACTS: Final = (
    (Center.pass_time, 0.8),
    (Center.look, 0.6),
    (Center.call_comes, 0.15),
    (Center.call_ends, 0.08),
    (Center.ask, 0.25),
    (Center.hang_up_phone, 0.02),
    (Center.stranger_comes, 0.02),
    (Center.leave_front, 0.03),
    (Center.hold, 0.1),
    (Center.let_go, 0.12),
)
_FAULTS: Final = (
    Center.pbx_restarts,
    Center.program_dies,
    Center.disk_fills,
    Center.network_goes,
    Center.wrong_call,
    Center.phone_silent,
    Center.right_goes,
    Center.window_closes,
)
