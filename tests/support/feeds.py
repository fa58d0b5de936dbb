"""A feed for the server that a test, or a measurement, moves by hand: any number of queues.

What must not be told to everybody bears a mark that is looked for in answers: `MARKS`.
"""

from __future__ import annotations

import random
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

from support.clocks import NOON, HandClock
from wallboard.domain.errors import Fault, FaultKind, fault
from wallboard.domain.facts import (
    AgentSpell,
    CallRecord,
    DirectCall,
    Direction,
    Ending,
    Fact,
    FactId,
    Retraction,
)
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
from wallboard.domain.supervision import Monitoring, Wish, WishKind
from wallboard.engine.board import Board
from wallboard.engine.happenings import PictureTaken
from wallboard.engine.step import step
from wallboard.server.feed import (
    Capabilities,
    CommandProgress,
    CommandState,
    CursorGone,
    FeedAway,
    Health,
    HistoryPage,
    Issue,
    Numbered,
    SourceWord,
)

PERSON: Final = "Anahita"
AGENT_ID: Final = "SIP/anahita"
NUMBER: Final = "+98912"
CALLER: Final = "Mr Caller"
REASON: Final = "dentist"
MARKS: Final = (PERSON, AGENT_ID, "anahita", NUMBER, CALLER, REASON)
"""What a screen must never be told, in any form."""

LIVE: Final = SourceWord(state="live")
TARGET: Final = timedelta(seconds=20)
_STATES: Final = (
    AgentState.FREE,
    AgentState.IN_CALL,
    AgentState.WRAP_UP,
    AgentState.ON_BREAK,
    AgentState.RINGING,
)


class HandFeed:
    """A call center that stands still until `tick`. Any thread may ask it.

    Attributes:
        given: The commands that were passed on: wish, key, who.
        away: True if nothing but the newest picture can be told.
        progress: What is told of a command.
        progress_of: And of commands of some kinds, if that is something else.
    """

    def __init__(
        self, queues: int = 4, agents: int = 24, *, seed: int = 7, with_board: bool = False
    ) -> None:
        self.given: list[tuple[Wish, str, str]] = []
        self.away = False
        self.progress = CommandProgress.DONE
        self.progress_of: dict[WishKind, CommandProgress] = {}
        self.capable = Capabilities(
            server=("wallboard", "0.1.0"),
            site="Laleh clinic",
            zone="Asia/Tehran",
            poll=timedelta(seconds=1),
            commands=frozenset(WishKind),
        )
        self._chance = random.Random(seed)
        self._lock = threading.Lock()
        self._serial = 0
        self._facts: list[Numbered] = []
        self._first_cursor = 0
        self._states: dict[str, CommandState] = {}
        self._clock = HandClock()
        self._board = _first_board() if with_board else None
        self._issue: Issue | None = None
        self._first = self._opened(queues, agents)

    def begin(self) -> Issue:
        """Have a first picture."""
        return self._publish(self._first, ())

    def tick(self, share: float = 0.1, seconds: float = 1.0) -> Issue:
        """Let time pass: so many of the agents do something else, calls end and others come."""
        before = self._present.snapshot
        now = self._clock.pass_by(seconds).wall
        agents, calls = dict(before.agents), dict(before.calls)
        facts: list[Fact] = []
        for key in self._chance.sample(list(agents), max(1, round(share * len(agents)))):
            agent = agents[key]
            facts.append(self._spell(agent, now))
            call = None if agent.call_id is None else calls.pop(agent.call_id, None)
            if call is not None:
                facts.append(_record(call, now))
            agents[key], taken = self._moved(agent, now)
            if taken is not None:
                calls[taken.call_id] = taken
        if self._chance.random() < 0.5:
            facts.append(self._direct(now))
        snapshot = Snapshot(as_of=now, queues=before.queues, agents=agents, calls=calls)
        return self._publish(snapshot, tuple(facts))

    def heartbeat(self, seconds: float = 1.0) -> Issue:
        """Let time pass in which nothing happens."""
        now = self._clock.pass_by(seconds).wall
        present = self._present
        self._issue = replace(present, snapshot=replace(present.snapshot, as_of=now))
        return self._issue

    def put(self, snapshot: Snapshot, facts: tuple[Fact, ...] = ()) -> Issue:
        """Have this picture."""
        return self._publish(snapshot, facts)

    def fail(self, why: Fault) -> Issue:
        """Lose the call center; the last picture stays."""
        source = SourceWord(state="stale", fault=why)
        self._serial += 1
        self._issue = replace(self._present, version=f"t.{self._serial}", source=source)
        return self._issue

    def warn(self, *notices: Fault) -> Issue:
        """Say that something is worth knowing."""
        self._serial += 1
        self._issue = replace(self._present, version=f"t.{self._serial}", notices=notices)
        return self._issue

    def hear(
        self, monitorings: tuple[Monitoring, ...], lacks: tuple[tuple[WishKind, str], ...] = ()
    ) -> Issue:
        """Say who is in whose call, and what the account may not."""
        self._serial += 1
        self._issue = replace(
            self._present,
            version=f"t.{self._serial}",
            monitorings=monitorings,
            lacks=lacks,
        )
        return self._issue

    def take_back(self, record: CallRecord) -> Issue:
        """Say that a call that was told is none any more."""
        back = Retraction(
            fact_id=record.fact_id, queue_id=record.queue_id, entered_at=record.entered_at
        )
        with self._lock:
            cursor = str(self._first_cursor + len(self._facts) + 1)
            self._facts.append(Numbered(cursor=cursor, fact=back))
        return self._publish(self._present.snapshot, ())

    def forget_facts(self) -> None:
        """Keep none of the facts told so far."""
        with self._lock:
            self._first_cursor += len(self._facts)
            self._facts = []

    def newest(self) -> Issue | None:
        return self._issue

    def facts(
        self, after: str | None, until: str | None, limit: int
    ) -> tuple[tuple[Numbered, ...], str, bool]:
        self._check_away()
        with self._lock:
            end = self._first_cursor + len(self._facts)
            if after is None:
                return (), str(end), False
            begin = self._position(after)
            stop = end if until is None else max(begin, self._position(until))
            told = tuple(self._facts[begin - self._first_cursor : stop - self._first_cursor])
        some = told[:limit]
        return some, some[-1].cursor if some else str(begin), len(told) > len(some)

    def history(self, begin: datetime, end: datetime, page: str | None, limit: int) -> HistoryPage:
        self._check_away()
        with self._lock:
            found = [each.fact for each in self._facts if _belongs(each.fact, begin, end)]
        if page is not None and not (page.isascii() and page.isdigit()):
            raise CursorGone("no page of ours")
        at = int(page or 0)
        rest = len(found) > at + limit
        return HistoryPage(
            facts=tuple(found[at : at + limit]), next_page=str(at + limit) if rest else None
        )

    def command(self, wish: Wish, key: str, who: str) -> CommandState:
        self._check_away()
        with self._lock:
            if key not in self._states:
                self.given.append((wish, key, who))
                progress = self.progress_of.get(wish.kind, self.progress)
                self._states[key] = CommandState(key=key, progress=progress)
            return self._states[key]

    def command_state(self, key: str) -> CommandState | None:
        return self._states.get(key)

    def come_to(self, progress: CommandProgress, reason: str = "") -> None:
        """Let every command have come to this."""
        with self._lock:
            self._states = {
                key: CommandState(key=key, progress=progress, reason=reason) for key in self._states
            }

    def health(self) -> Health:
        return Health(source=LIVE if self._issue is None else self._issue.source)

    def capabilities(self) -> Capabilities:
        return self.capable

    @property
    def _present(self) -> Issue:
        if self._issue is None:
            raise RuntimeError("begin() first")
        return self._issue

    def _check_away(self) -> None:
        if self.away:
            raise FeedAway("switched off by the test")

    def _position(self, cursor: str) -> int:
        known = cursor.isascii() and cursor.isdigit() and len(cursor) < 12
        end = self._first_cursor + len(self._facts)
        if not known or not self._first_cursor <= int(cursor) <= end:
            raise CursorGone(cursor)
        return int(cursor)

    def _publish(self, snapshot: Snapshot, facts: tuple[Fact, ...]) -> Issue:
        with self._lock:
            for fact in facts:
                cursor = str(self._first_cursor + len(self._facts) + 1)
                self._facts.append(Numbered(cursor=cursor, fact=fact))
            end = str(self._first_cursor + len(self._facts))
        if self._board is not None:
            before = self._board.snapshot
            taken = PictureTaken(change=difference(before, snapshot), facts=facts)
            self._board, _ = step(self._board, taken, self._clock.now())
        self._serial += 1
        self._issue = Issue(
            version=f"t.{self._serial}",
            snapshot=snapshot,
            source=LIVE,
            facts_until=end,
            board=self._board,
        )
        return self._issue

    def _opened(self, queues: int, agents: int) -> Snapshot:
        rows = [
            Queue(queue_id=QueueId(f"q{number}"), name=f"Queue {number}", target=TARGET)
            for number in range(queues)
        ]
        people: dict[AgentId, Agent] = {}
        calls: dict[CallId, Call] = {}
        for number in range(agents):
            agent = Agent(
                agent_id=AgentId(f"{AGENT_ID}-{number}"),
                name=f"{PERSON} {number}",
                state=AgentState.FREE,
                state_since=NOON,
                queues=tuple({QueueId(f"q{number % queues}"): 0, QueueId(f"q{number % 2}"): 0}),
            )
            people[agent.agent_id], call = self._moved(agent, NOON)
            if call is not None:
                calls[call.call_id] = call
        for row in rows:
            waiting = self._call(row.queue_id, NOON)
            calls[waiting.call_id] = waiting
        return Snapshot(
            as_of=NOON, queues={row.queue_id: row for row in rows}, agents=people, calls=calls
        )

    def _moved(self, agent: Agent, now: datetime) -> tuple[Agent, Call | None]:
        """Return an agent in another state, and the call that he has in it."""
        state = self._chance.choice([each for each in _STATES if each is not agent.state])
        call = None
        if state is AgentState.IN_CALL:
            call = replace(
                self._call(agent.queues[0], now), answered_at=now, agent_id=agent.agent_id
            )
        moved = replace(
            agent,
            state=state,
            state_since=now,
            reason=f"{REASON}" if state is AgentState.ON_BREAK else None,
            call_id=None if call is None else call.call_id,
        )
        return moved, call

    def _call(self, queue_id: QueueId, now: datetime) -> Call:
        number = f"{NUMBER}{self._chance.randrange(10**7):07d}"
        return Call(
            # Real systems make ids of channels' names, and those of numbers.
            call_id=CallId(f"{NUMBER}-{self._chance.getrandbits(48):x}"),
            queue_id=queue_id,
            caller_number=number,
            caller_name=f"{CALLER} {number[-3:]}",
            entered_at=now - timedelta(seconds=self._chance.randrange(60)),
        )

    def _spell(self, agent: Agent, now: datetime) -> AgentSpell:
        began = agent.state_since or now
        return AgentSpell(
            fact_id=FactId(f"{agent.agent_id}:{began.isoformat()}"),
            agent_id=agent.agent_id,
            state=agent.state,
            began_at=began,
            ended_at=now,
            reason=agent.reason,
        )

    def _direct(self, now: datetime) -> DirectCall:
        number = f"{NUMBER}{self._chance.randrange(10**7):07d}"
        return DirectCall(
            fact_id=FactId(f"direct:{number}:{self._serial}"),
            call_id=CallId(f"{number}-{self._serial}"),
            direction=Direction.OUTGOING,
            began_at=now - timedelta(seconds=30),
            ended_at=now,
            answered=True,
            agent_id=AgentId(f"{AGENT_ID}-0"),
            far_number=number,
            contact=number,
        )


NAMED_FAULT: Final = fault(
    FaultKind.MEMBERS_UNRESOLVED, count=2, names=f"{PERSON} 1, {PERSON} 2", username=PERSON
)
"""A notice with names in it."""


def _record(call: Call, now: datetime) -> CallRecord:
    entered = call.entered_at or now
    answered = call.answered_at
    return CallRecord(
        fact_id=FactId(f"f:{call.call_id}"),
        call_id=call.call_id,
        queue_id=call.queue_id,
        entered_at=entered,
        ended_at=now,
        ending=Ending.ABANDONED if answered is None else Ending.ANSWERED,
        wait=(answered or now) - entered,
        target=TARGET,
        talk=None if answered is None else now - answered,
        contact=f"{call.caller_number}",
        agent_id=call.agent_id,
        caller_number=call.caller_number,
    )


def _belongs(fact: Fact, begin: datetime, end: datetime) -> bool:
    match fact:
        case CallRecord():
            return begin <= fact.entered_at < end
        case DirectCall():
            return begin <= fact.began_at < end
        case AgentSpell():
            return fact.began_at < end and fact.ended_at > begin


def _first_board() -> Board:
    return Board(name="Laleh", zone=UTC, poll=timedelta(seconds=1))
