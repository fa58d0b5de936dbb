"""A call center in miniature: a seeded queueing world that goes from event to event.

The rules, in prose:

* Callers come at random, more of them at the busy hours. One who finds a free agent rings at
  the one for whom this queue is the best skill, then at the one who is idle longest; else he
  waits in line.
* He leaves when his patience ends, by pressing a key, at the queue's time limit, or when nobody
  is left to answer. Some of those who hung up call again.
* An agent who does not pick up sends the caller on to the next. An agent who becomes free takes
  who waits longest in the first of his queues where anybody waits.
* After the talk comes wrap-up, then what was put off: the end of the shift or a break.
* A caller who is passed on joins the other queue as a new visit.

There is no clock in here: the world goes to the instant it is told, and what happens until then
does not depend on how many steps it takes. Times are microseconds since `start`, negative
before.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from heapq import heappop, heappush
from random import Random
from typing import Final, TypeAlias

from wallboard.domain.facts import Ending
from wallboard.domain.snapshot import AgentId, AgentState, CallId, QueueId
from wallboard.sources.simulator.people import caller_name, caller_number, staff_names
from wallboard.sources.simulator.scenarios import (
    BREAKS,
    DAY_CURVE,
    LOOKED_AT_S,
    SHIFTS,
    Break,
    LinePlan,
    Scenario,
    Shift,
)
from wallboard.sources.simulator.truth import Tally, TrueVisit, Truth

_SECOND: Final = 1_000_000
_DAY: Final = 86_400 * _SECOND
_MIDNIGHT: Final = -round(LOOKED_AT_S * _SECOND)
_ABSENT: Final = frozenset({AgentState.OFFLINE, AgentState.ON_BREAK})
_TALKING: Final = frozenset({AgentState.IN_CALL, AgentState.ON_HOLD})
_AT_WORK: Final = _TALKING | {AgentState.RINGING, AgentState.WRAP_UP}

_MISSES: Final = 0.025  # of the rings
_RINGS_S: Final = (1.5, 6.0)  # until the agent picks up
_MISSED_AFTER_S: Final = 15.0
_HOLDS: Final = 0.12  # of the talks
_OWN_CALLS: Final = 0.02  # of the times an agent becomes free
_IMPATIENT: Final = 0.1  # of the callers
_CALLS_AGAIN: Final = 0.35  # of those who hung up
_NUMBER_WITHHELD: Final = 0.06
_NAME_KNOWN: Final = 0.3

_Event: TypeAlias = tuple[int, int, Callable[[], None]]


@dataclass(slots=True, eq=False)
class Spread:
    """A lognormal distribution told by its mean and how wide it is."""

    mean_s: float
    cv: float
    mu: float = 0.0
    sigma: float = 0.0

    def __post_init__(self) -> None:
        square = math.log1p(self.cv**2)
        self.mu, self.sigma = math.log(self.mean_s) - square / 2, math.sqrt(square)

    def draw(self, rng: Random) -> int:
        """Return a duration in microseconds, at least a tenth of a second."""
        return max(_SECOND // 10, round(rng.lognormvariate(self.mu, self.sigma) * _SECOND))


@dataclass(slots=True, eq=False)
class Line:
    """A queue of the world: who waits, in the order they came, and who may answer."""

    plan: LinePlan
    key: QueueId
    name: str
    target_us: int
    tally: Tally
    talk: Spread
    wrap_up: Spread
    patience: Spread
    members: list[Person] = field(default_factory=list)
    waiting: dict[CallId, Visit] = field(default_factory=dict)

    def staffed(self) -> bool:
        """True if at least one of its agents is at work."""
        return any(person.phase not in _ABSENT for person in self.members)


@dataclass(slots=True, eq=False)
class Person:
    """An agent of the world.

    Attributes:
        skills: His queues, best first; `lines` are those in which he is a member now.
        stamp: Grows with each change of phase, so that what was planned for an earlier one lapses.
        going: For when his work on a call is done: a break as reason and length, which is None
            if he stays until he is called back.
        leaving: He goes home then.
    """

    key: AgentId
    name: str
    shift: Shift
    skills: tuple[Line, ...] = ()
    lines: tuple[Line, ...] = ()
    paused_in: frozenset[QueueId] = frozenset()
    phase: AgentState = AgentState.OFFLINE
    since: int | None = None
    reason: str | None = None
    visit: Visit | None = None
    stamp: int = 0
    going: tuple[str, int | None] | None = None
    leaving: bool = False

    def takes(self, line: Line) -> bool:
        """True if the queue may ring at his phone now."""
        return self.phase is AgentState.FREE and line.key not in self.paused_in


@dataclass(slots=True, eq=False)
class Visit:
    """One visit of a caller to a queue.

    Attributes:
        ringing: Whose phone rings for him now.
        person: Who talks, or talked, to him.
        held: Time on hold so far.
        leaves: How he will leave if nobody answers.
    """

    key: CallId
    line: Line
    number: str | None
    name: str | None
    entered: int
    leaves: Ending = Ending.ABANDONED
    answered: int | None = None
    ended: int | None = None
    ending: Ending | None = None
    ringing: Person | None = None
    person: Person | None = None
    held: int = 0
    wrap_up: int = 0
    missed_rings: int = 0
    transferred: bool = False


class World:
    """A simulated call center. Not for several threads at once.

    Attributes:
        start: The instant that is zero of the world's time.
        lines, people: All there are, by id.
        open: The visits that are not over.
        ended: Those that are, until somebody takes them away.
        touched_people, touched_visits: What changed, until somebody takes them away.
    """

    def __init__(
        self,
        scenario: Scenario,
        rng: Random,
        start: datetime,
        *,
        language: str = "en",
        remember: bool = False,
    ) -> None:
        """Begin `scenario.warm_up_s` before `start` and go on until `start`.

        Args:
            remember: Keep every visit for `truth`; costs memory without end.
        """
        self.start = start
        self.lines: dict[QueueId, Line] = {}
        self.people: dict[AgentId, Person] = {}
        self.open: dict[CallId, Visit] = {}
        self.ended: list[Visit] = []
        self.touched_people: dict[AgentId, None] = {}
        self.touched_visits: dict[CallId, None] = {}
        self._rng = rng
        self._language = language
        self._load = scenario.load
        self._now = -round(scenario.warm_up_s * _SECOND)
        self._heap: list[_Event] = []
        self._events = 0
        self._visits = 0
        self._closed_until = self._now
        self._remembered: list[TrueVisit] | None = [] if remember else None
        self._settle_in(scenario)
        self.advance(start)

    # Time

    @property
    def now(self) -> datetime:
        """The world's present."""
        return self.instant(self._now)

    @property
    def now_us(self) -> int:
        """The world's present in microseconds since its start."""
        return self._now

    def instant(self, at_us: int) -> datetime:
        """Return a time of the world as an instant."""
        return self.start + timedelta(microseconds=at_us)

    def advance(self, to: datetime) -> None:
        """Let everything happen until then. An instant that is past changes nothing."""
        until = (to - self.start) // timedelta(microseconds=1)
        heap = self._heap
        while heap and heap[0][0] <= until:
            self._now, _, act = heappop(heap)
            act()
        self._now = max(self._now, until)

    def truth(self) -> Truth:
        """Return what happened until now."""
        return Truth(
            at=self.now,
            totals={key: line.tally.totals(self._now) for key, line in self.lines.items()},
            visits=tuple(self._remembered or ()),
        )

    def _in(self, delay: int, act: Callable[[], None]) -> None:
        self._events += 1
        heappush(self._heap, (self._now + max(0, delay), self._events, act))

    def _draw_s(self, low_s: float, high_s: float) -> int:
        return round(self._rng.uniform(low_s, high_s) * _SECOND)

    # The beginning

    def _settle_in(self, scenario: Scenario) -> None:
        for plan in scenario.lines:
            target_us = round(plan.target_s * _SECOND)
            self.lines[QueueId(plan.key)] = Line(
                plan=plan,
                key=QueueId(plan.key),
                name=plan.name.told(self._language),
                target_us=target_us,
                tally=Tally(target_us=target_us),
                talk=Spread(plan.talk_s, 0.9),
                wrap_up=Spread(plan.wrap_s, 0.7),
                patience=Spread(plan.patience_s, 0.8),
            )
        names = iter(staff_names(scenario.agents, self._language, self._rng))
        for plan in scenario.lines:
            for place in range(plan.agents):
                self._hire(plan, (place + 0.5) / plan.agents, next(names))
        for line in self.lines.values():
            self._plan_call(line)

    def _hire(self, plan: LinePlan, place: float, name: str) -> None:
        shift = next(shift for shift in SHIFTS if place <= shift.share)
        key = AgentId(f"a{101 + len(self.people)}")
        person = Person(key=key, name=name, shift=shift)
        keys = (*plan.before, plan.key, *plan.also)
        person.skills = tuple(self.lines[QueueId(skill)] for skill in keys)
        person.lines = person.skills
        for line in person.skills:
            line.members.append(person)
        self.people[key] = person
        self.touched_people[key] = None
        late = self._draw_s(-240, 240)
        begins = _MIDNIGHT + round(shift.begins_s * _SECOND) + late
        began_ago = (self._now - begins) % _DAY
        if began_ago < round((shift.ends_s - shift.begins_s) * _SECOND):
            self._begin_shift(person, began_ago)
        else:
            self._in(_DAY - began_ago, partial(self._begin_shift, person))

    # Callers

    def _plan_call(self, line: Line) -> None:
        # Thinning: call at the peak's rate, and let each call through with the hour's share of it.
        rate = line.plan.calls_per_hour * self._load / 3600
        self._in(round(self._rng.expovariate(rate) * _SECOND), partial(self._maybe_call, line))

    def _maybe_call(self, line: Line) -> None:
        self._plan_call(line)
        if self._rng.random() < self._busyness():
            number = caller_number(self._language, self._rng)
            withheld = self._rng.random() < _NUMBER_WITHHELD
            named = not withheld and self._rng.random() < _NAME_KNOWN
            name = caller_name(self._language, self._rng) if named else None
            self._enter(line, None if withheld else number, name)

    def _busyness(self) -> float:
        hour = ((self._now - _MIDNIGHT) % _DAY) / (3600 * _SECOND)
        at, part = int(hour), hour % 1
        return DAY_CURVE[at] * (1 - part) + DAY_CURVE[(at + 1) % 24] * part

    def _enter(self, line: Line, number: str | None, name: str | None) -> None:
        if self._now < self._closed_until:
            return  # nobody picks up a line of a system that is starting
        self._visits += 1
        key = CallId(f"{int(self.start.timestamp())}-{self._visits}")
        visit = Visit(key=key, line=line, number=number, name=name, entered=self._now)
        line.tally.entered(key, self._now)
        line.waiting[key] = self.open[key] = visit
        self.touched_visits[key] = None
        if line.plan.leave_when_empty and not line.staffed():
            self._lose(visit, Ending.LEFT_EMPTY)
            return
        self._plan_leaving(visit)
        self._offer(visit)

    def _plan_leaving(self, visit: Visit) -> None:
        rng, plan = self._rng, visit.line.plan
        if rng.random() < _IMPATIENT:
            patience = round(rng.expovariate(1 / 45) * _SECOND)
        else:
            patience = visit.line.patience.draw(rng)
        ways = [(patience, Ending.ABANDONED)]
        if plan.limit_s is not None:
            ways.append((round(plan.limit_s * _SECOND), Ending.TIMED_OUT))
        if rng.random() < plan.key_share:
            ways.append((self._draw_s(8, 90), Ending.LEFT_BY_KEY))
        delay, visit.leaves = min(ways)
        self._in(delay, partial(self._lose_patience, visit))

    def _lose_patience(self, visit: Visit) -> None:
        if visit.answered is None and visit.ended is None:
            self._lose(visit, visit.leaves)

    def _lose(self, visit: Visit, ending: Ending) -> None:
        line, ringing = visit.line, visit.ringing
        line.tally.lost(visit.key, ending, self._now, missed_rings=visit.missed_rings)
        del line.waiting[visit.key]
        visit.ringing = None
        self._end(visit, ending)
        if ending is Ending.ABANDONED and self._rng.random() < _CALLS_AGAIN:
            delay = round(self._rng.expovariate(1 / 420) * _SECOND) + 20 * _SECOND
            self._in(delay, partial(self._enter, line, visit.number, visit.name))
        if ringing is not None:
            ringing.visit = None
            self._settle(ringing)

    def _end(self, visit: Visit, ending: Ending) -> None:
        visit.ended, visit.ending = self._now, ending
        del self.open[visit.key]
        self.touched_visits[visit.key] = None
        self.ended.append(visit)
        if self._remembered is not None:
            self._remembered.append(self._true_visit(visit, ending))

    def _true_visit(self, visit: Visit, ending: Ending) -> TrueVisit:
        answered = visit.answered
        talk = None if answered is None else self._now - answered - visit.held
        waited = (self._now if answered is None else answered) - visit.entered
        return TrueVisit(
            call_id=visit.key,
            queue_id=visit.line.key,
            entered_at=self.instant(visit.entered),
            ended_at=self.now,
            ending=ending,
            wait=timedelta(microseconds=waited),
            target=timedelta(microseconds=visit.line.target_us),
            talk=None if talk is None else timedelta(microseconds=talk),
            hold=None if talk is None else timedelta(microseconds=visit.held),
            wrap_up=None if talk is None else timedelta(microseconds=visit.wrap_up),
            agent_id=None if visit.person is None else visit.person.key,
            missed_rings=visit.missed_rings,
            transferred=visit.transferred,
        )

    # Calls

    def _offer(self, visit: Visit) -> None:
        line = visit.line
        best: Person | None = None
        best_rank = (len(self.lines), 0)
        for person in line.members:
            if person.takes(line):
                rank = (person.lines.index(line), person.since or 0)
                if best is None or rank < best_rank:
                    best, best_rank = person, rank
        if best is not None:
            self._ring(visit, best)

    def _seek(self, person: Person) -> None:
        for line in person.lines:
            if not person.takes(line):
                continue
            visit = next((each for each in line.waiting.values() if each.ringing is None), None)
            if visit is not None:
                self._ring(visit, person)
                return

    def _ring(self, visit: Visit, person: Person) -> None:
        visit.ringing, person.visit = person, visit
        self._turn(person, AgentState.RINGING)
        if self._rng.random() < _MISSES:
            delay, act = round(_MISSED_AFTER_S * _SECOND), self._miss
        else:
            delay, act = self._draw_s(*_RINGS_S), self._answer
        self._in(delay, partial(act, visit, person, person.stamp))

    def _miss(self, visit: Visit, person: Person, stamp: int) -> None:
        if person.stamp != stamp:
            return
        visit.missed_rings += 1
        visit.ringing = person.visit = None
        # He goes to the end of the line of idle agents before the caller goes to the first of it.
        self._settle(person, seek=False)
        if visit.ended is None:  # he was sent away if that was the last agent
            self._offer(visit)
        self._seek(person)

    def _answer(self, visit: Visit, person: Person, stamp: int) -> None:
        if person.stamp != stamp:
            return
        visit.line.tally.connected(visit.key, self._now)
        del visit.line.waiting[visit.key]
        visit.ringing, visit.person, visit.answered = None, person, self._now
        self.touched_visits[visit.key] = None
        self._turn(person, AgentState.IN_CALL)
        talk = visit.line.talk.draw(self._rng)
        if self._rng.random() < _HOLDS:
            before = round(talk * self._rng.uniform(0.2, 0.8))
            held = self._draw_s(10, 75)
            self._in(before, partial(self._hold, visit, person.stamp, held, talk - before))
        else:
            self._in(talk, partial(self._hang_up, visit, person.stamp))

    def _hold(self, visit: Visit, stamp: int, held: int, rest: int) -> None:
        person = visit.person
        if person is None or person.stamp != stamp:
            return
        self._turn(person, AgentState.ON_HOLD)
        self._in(held, partial(self._resume, visit, person.stamp, rest))

    def _resume(self, visit: Visit, stamp: int, rest: int) -> None:
        person = visit.person
        if person is None or person.stamp != stamp:
            return
        visit.held += self._now - (person.since or 0)
        self._turn(person, AgentState.IN_CALL)
        self._in(rest, partial(self._hang_up, visit, person.stamp))

    def _hang_up(self, visit: Visit, stamp: int) -> None:
        person, plan = visit.person, visit.line.plan
        if person is None or person.stamp != stamp:
            return
        visit.transferred = self._rng.random() < plan.transfer_share
        self._finish(visit, person, visit.line.wrap_up.draw(self._rng))
        if visit.transferred:
            other = self.lines[QueueId(self._rng.choice(plan.transfer_to))]
            self._enter(other, visit.number, visit.name)

    def _finish(self, visit: Visit, person: Person, wrap_up: int) -> None:
        if person.phase is AgentState.ON_HOLD:
            visit.held += self._now - (person.since or 0)
        visit.wrap_up = wrap_up
        visit.line.tally.talked(
            self._now - (visit.answered or 0) - visit.held,
            visit.held,
            wrap_up,
            missed_rings=visit.missed_rings,
            transferred=visit.transferred,
        )
        self._end(visit, Ending.ANSWERED)
        person.visit = None
        self._turn(person, AgentState.WRAP_UP)
        self._in(wrap_up, partial(self._done, person, person.stamp))

    # Agents

    def _turn(
        self, person: Person, phase: AgentState, reason: str | None = None, *, ago: int = 0
    ) -> None:
        person.phase, person.reason, person.since = phase, reason, self._now - ago
        person.stamp += 1
        self.touched_people[person.key] = None

    def _done(self, person: Person, stamp: int) -> None:
        if person.stamp == stamp:
            self._settle(person)

    def _settle(self, person: Person, *, seek: bool = True) -> None:
        """Let an agent whose work is done go to what comes next."""
        if person.leaving:
            self._go_home(person)
        elif person.going is not None:
            self._go_on_break(person, *person.going)
        elif seek and person.phase is AgentState.WRAP_UP and self._rng.random() < _OWN_CALLS:
            self._turn(person, AgentState.OTHER)
            self._in(self._draw_s(30, 240), partial(self._done, person, person.stamp))
        else:
            self._turn(person, AgentState.FREE)
            if seek:
                self._seek(person)

    def _begin_shift(self, person: Person, ago: int = 0) -> None:
        shift = person.shift
        length = round((shift.ends_s - shift.begins_s) * _SECOND)
        self._in(_DAY - ago, partial(self._begin_shift, person))
        self._in(length - ago, partial(self._end_shift, person))
        for planned in BREAKS:
            self._plan_break(person, planned, ago)
        person.leaving = False
        if person.phase is AgentState.OFFLINE:
            person.lines, person.paused_in = person.skills, frozenset()
            for line in person.skills:
                if person not in line.members:
                    line.members.append(person)
            self._turn(person, AgentState.FREE, ago=min(ago, self._draw_s(0, 180)))
            self._seek(person)

    def _plan_break(self, person: Person, planned: Break, ago: int) -> None:
        if self._rng.random() >= planned.share:
            return
        spread = self._draw_s(-planned.spread_s, planned.spread_s)
        delay = round(planned.after_s * _SECOND) + spread - ago
        length = round(planned.lasts_s * _SECOND * self._rng.uniform(0.8, 1.25))
        if delay >= 0:
            reason = planned.reason.told(self._language)
            self._in(delay, partial(self._take_break, person, reason, length))

    def _take_break(self, person: Person, reason: str, length: int | None) -> None:
        if person.phase in _ABSENT:
            return
        if person.phase in _AT_WORK:
            person.going = (reason, length)
        else:
            self._go_on_break(person, reason, length)

    def _go_on_break(self, person: Person, reason: str, length: int | None) -> None:
        person.going = None
        self._turn(person, AgentState.ON_BREAK, reason)
        if length is not None:
            self._in(length, partial(self._done, person, person.stamp))
        self._leave_empty(person.lines)

    def _end_shift(self, person: Person) -> None:
        if person.phase in _AT_WORK:
            person.leaving = True
        elif person.phase is not AgentState.OFFLINE:
            self._go_home(person)

    def _go_home(self, person: Person) -> None:
        person.leaving, person.going = False, None
        self._turn(person, AgentState.OFFLINE)
        self._leave_empty(person.lines)

    def _leave_empty(self, lines: tuple[Line, ...]) -> None:
        for line in lines:
            if line.plan.leave_when_empty and not line.staffed():
                for visit in tuple(line.waiting.values()):
                    self._lose(visit, Ending.LEFT_EMPTY)

    # What is done to the world from outside, at its present

    def pause(self, person: Person, queue_id: QueueId | None, reason: str) -> None:
        """Send him on a break, of one queue or of all, once his work on a call is done."""
        keys = {line.key for line in person.lines}
        paused = person.paused_in | ({queue_id} if queue_id is not None else keys)
        if paused >= keys:
            person.paused_in = frozenset()
            self._take_break(person, reason, None)
        else:
            person.paused_in = paused

    def unpause(self, person: Person, queue_id: QueueId | None) -> None:
        """Call him back, to one queue or to all."""
        others = frozenset(line.key for line in person.lines if line.key != queue_id)
        if person.phase is AgentState.ON_BREAK or person.going is not None:
            person.paused_in = frozenset() if queue_id is None else others
        else:
            person.paused_in = frozenset() if queue_id is None else person.paused_in - {queue_id}
        person.going = None
        if person.phase is AgentState.ON_BREAK:
            self._settle(person)
        elif person.phase is AgentState.FREE:
            self._seek(person)

    def log_out(self, person: Person, queue_id: QueueId | None) -> None:
        """End his membership, of one queue or of all, once his work on a call is done."""
        rest = tuple(line for line in person.lines if line.key != queue_id)
        if queue_id is None or not rest:
            self._end_shift(person)
            return
        left = tuple(line for line in person.lines if line.key == queue_id)
        person.lines = rest
        person.paused_in -= {queue_id}
        for line in left:
            line.members.remove(person)
        self.touched_people[person.key] = None
        self._leave_empty(left)

    def add(self, person: Person, line: Line) -> None:
        """Let him serve another queue too, after his own."""
        person.lines = (*person.lines, line)
        line.members.append(person)
        self.touched_people[person.key] = None
        if person.phase is AgentState.FREE:
            self._seek(person)

    def hang_up(self, person: Person, *, passed_on: bool = False) -> None:
        """End his talk.

        Args:
            passed_on: The caller goes on with somebody else.
        """
        visit = person.visit
        if visit is not None and person.phase in _TALKING:
            visit.transferred = passed_on
            self._finish(visit, person, visit.line.wrap_up.draw(self._rng))

    def send_away(self, visit: Visit) -> None:
        """Let a caller who waits leave the queue without an agent's answer."""
        if visit.answered is None and visit.ended is None:
            self._lose(visit, Ending.LEFT_OTHERWISE)

    def prefer(self, visit: Visit) -> None:
        """Let a caller who waits be the next one of his queue."""
        waiting = visit.line.waiting
        if visit.key in waiting:
            rest = {key: each for key, each in waiting.items() if key != visit.key}
            waiting.clear()
            waiting.update({visit.key: visit, **rest})

    def restart(self, out_of_service: timedelta) -> None:
        """End all calls at once, and take none for a while."""
        self._closed_until = self._now + out_of_service // timedelta(microseconds=1)
        for visit in tuple(self.open.values()):
            if visit.person is not None:
                self._finish(visit, visit.person, 0)
            elif visit.ended is None:  # the one before may have been the last to hold him
                self._lose(visit, Ending.LEFT_OTHERWISE)
