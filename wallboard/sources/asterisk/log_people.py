"""What a queue_log tells of agents: how long each was in which state; pure, time comes in.

The rules, in prose:

* Talks to a queue's caller: in a call. Paused in every queue that he is known to be in: on break;
  another reason is another break. A call of his ended less than the wrap-up time ago: wrap-up.
  Otherwise: free. These are the live source's rules, in their order, without what only a phone
  tells.
* That a phone rang the log tells when the ring is over, with its length.
* Who was added to a queue or logged in is there until he is removed from the last queue or logs
  off. The log does not tell of members that the configuration names: such a one is free from one
  thing that he does to the next, if that is not long after.
* A start of the server ends everything; nobody knows who is there until the log tells of him.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

from wallboard.domain.facts import AgentSpell, FactId
from wallboard.domain.snapshot import AgentId, AgentState

STILL_THERE: Final = timedelta(hours=1)
"""How long who never was told to have come is taken to be there with nothing to do."""

_STILL_THERE_S: Final = int(STILL_THERE.total_seconds())


@dataclass(slots=True, kw_only=True)
class LogPerson:
    """One agent as far as the log has told. Times are whole seconds since the epoch.

    Attributes:
        queues: That he is known to be in.
        added: Those of them of which the log told that he came.
        paused: The reason, by queue; the queue "" is all of them.
        calls: Callers that he talks to.
        state: None while nobody knows, and if he is not there.
        wrapped_up_at: When his wrap-up is over.
    """

    agent_id: str
    queues: set[str] = field(default_factory=set)
    added: set[str] = field(default_factory=set)
    paused: dict[str, str] = field(default_factory=dict)
    logged_in: bool = False
    calls: set[str] = field(default_factory=set)
    state: AgentState | None = None
    since: int = 0
    reason: str = ""
    wrapped_up_at: int = 0

    @property
    def told(self) -> bool:
        """Whether the log told that he came."""
        return self.logged_in or bool(self.added)

    def state_at(self, at: int) -> tuple[AgentState | None, str]:
        """Return his state and, of a break, the reason: the rules above."""
        if self.calls:
            return AgentState.IN_CALL, ""
        if not (self.queues or self.logged_in):
            return None, ""
        if self.paused and ("" in self.paused or self.paused.keys() >= self.queues):
            reasons = {reason for reason in self.paused.values() if reason}
            same = self.reason in reasons or not reasons
            return AgentState.ON_BREAK, self.reason if same else max(reasons)
        return (AgentState.WRAP_UP if self.wrapped_up_at > at else AgentState.FREE), ""


class LogPeople:
    """All agents of one log. Used by one thread."""

    def __init__(self, wrap_up_of: Callable[[str], timedelta | None]) -> None:
        """Know nobody yet.

        Args:
            wrap_up_of: What an agent has after a call, by the queue's name. None if not known.
        """
        self._wrap_up_of = wrap_up_of
        self.persons: dict[str, LogPerson] = {}
        self.spells: list[AgentSpell] = []

    # --- coming and going -------------------------------------------------------------------

    def added(self, at: int, agent: str, queue: str, *, paused: bool) -> None:
        """He is a member of the queue from now on."""
        person = self._person(agent)
        self._pass(person, at)
        person.queues.add(queue)
        person.added.add(queue)
        if paused:
            person.paused[queue] = ""
        self._turn(person, at)

    def removed(self, at: int, agent: str, queue: str) -> None:
        """He is no member of the queue any more."""
        person = self._person(agent)
        person.queues.discard(queue)
        person.added.discard(queue)
        person.paused.pop(queue, None)
        if not person.queues:
            person.paused.clear()
        self._turn(person, at)

    def logged_in(self, at: int, agent: str) -> None:
        """He logged in as an agent."""
        person = self._person(agent)
        person.logged_in = True
        self._turn(person, at)

    def logged_off(self, at: int, agent: str) -> None:
        """He logged off."""
        person = self._person(agent)
        person.logged_in = False
        person.queues.clear()
        person.added.clear()
        person.paused.clear()
        self._turn(person, at)

    def restarted(self, at: int) -> None:
        """The server started: what was is over."""
        for person in self.persons.values():
            self._pass(person, at)
            self._end(person, at)
        self.persons.clear()

    # --- breaks -----------------------------------------------------------------------------

    def paused(self, at: int, agent: str, queue: str, reason: str) -> None:
        """He is paused in the queue; in all, if it is "". Another reason is another break."""
        person = self._person(agent)
        self._pass(person, at)
        if queue:
            person.queues.add(queue)
        else:
            person.paused = dict.fromkeys(person.queues, reason)
        person.paused[queue] = reason
        state, _ = person.state_at(at)
        if state is AgentState.ON_BREAK and reason and reason != person.reason:
            self._begin(person, at, state, reason)
        else:
            self._turn(person, at)

    def unpaused(self, at: int, agent: str, queue: str) -> None:
        """He is not paused any more in the queue; in any, if it is ""."""
        person = self._person(agent)
        if queue:
            person.queues.add(queue)
            person.paused.pop(queue, None)
            person.paused.pop("", None)
        else:
            person.paused.clear()
        self._turn(person, at)

    # --- calls ------------------------------------------------------------------------------

    def rang(self, at: int, agent: str, queue: str, length_s: int) -> None:
        """His phone rang for so long, and nobody took it; or it stops because he takes it."""
        person = self._person(agent)
        self._pass(person, at)
        person.queues.add(queue)
        began = at - length_s
        if person.state is None:
            self._turn(person, at)
        else:
            began = max(began, person.since)
        if person.state is AgentState.FREE:
            self._end(person, began)
            self._tell(person, AgentState.RINGING, "", (began, at))
            person.since = at

    def connected(self, at: int, agent: str, queue: str, call: str) -> None:
        """He talks to that caller from now on."""
        person = self._person(agent)
        self._pass(person, at)
        person.queues.add(queue)
        person.calls.add(call)
        self._turn(person, at)

    def talked(self, at: int, agent: str, queue: str, call: str, talk_s: int | None) -> None:
        """His part of that call is over."""
        person = self._person(agent)
        self._pass(person, at)
        person.queues.add(queue)
        unseen = person.state is None and call not in person.calls
        person.calls.discard(call)
        wrap_up = self._wrap_up_of(queue)
        if wrap_up is not None:
            person.wrapped_up_at = at + int(wrap_up.total_seconds())
        self._turn(person, at)
        if unseen and talk_s is not None:
            self._tell(person, AgentState.IN_CALL, "", (at - talk_s, at))

    def call_lost(self, at: int, agent: str, call: str) -> None:
        """That call of his ended out of sight."""
        person = self.persons.get(agent)
        if person is not None and call in person.calls:
            person.calls.discard(call)
            self._turn(person, at)

    # --- states that go on ------------------------------------------------------------------

    def running(self, at: int) -> Iterator[AgentSpell]:
        """Yield the spells that are not over, up to now, of those who are there for sure."""
        for person in self.persons.values():
            self._pass(person, at)
            sure = person.state is not AgentState.FREE or person.told
            if sure and person.state is not None and person.since < at:
                yield _spell(person, person.state, person.reason, (person.since, at))

    def seed(self, persons: Iterable[LogPerson]) -> None:
        """Go on from what was known, and forget what is known now."""
        self.persons = {person.agent_id: person for person in persons}

    # --- the works --------------------------------------------------------------------------

    def _person(self, agent: str) -> LogPerson:
        person = self.persons.get(agent)
        if person is None:
            person = self.persons[agent] = LogPerson(agent_id=agent)
        return person

    def _pass(self, person: LogPerson, at: int) -> None:
        """Do what time alone makes due: a wrap-up is over."""
        due = person.wrapped_up_at
        if person.state is AgentState.WRAP_UP and due <= at:
            state, reason = person.state_at(due)
            self._begin(person, due, state, reason)

    def _turn(self, person: LogPerson, at: int) -> None:
        self._pass(person, at)
        state, reason = person.state_at(at)
        if (state, reason) != (person.state, person.reason):
            self._begin(person, at, state, reason)

    def _begin(self, person: LogPerson, at: int, state: AgentState | None, reason: str) -> None:
        self._end(person, at)
        person.state, person.reason, person.since = state, reason, at

    def _end(self, person: LogPerson, at: int) -> None:
        state = person.state
        if state is None:
            return
        if state is AgentState.FREE and not person.told and at - person.since > _STILL_THERE_S:
            return
        self._tell(person, state, person.reason, (person.since, at))

    def _tell(
        self, person: LogPerson, state: AgentState, reason: str, lasted: tuple[int, int]
    ) -> None:
        if lasted[0] < lasted[1]:
            self.spells.append(_spell(person, state, reason, lasted))


def _spell(
    person: LogPerson, state: AgentState, reason: str, lasted: tuple[int, int]
) -> AgentSpell:
    began_at, ended_at = (datetime.fromtimestamp(each, UTC) for each in lasted)
    return AgentSpell(
        fact_id=FactId(f"{person.agent_id}@{began_at.isoformat()}#{state}"),
        agent_id=AgentId(person.agent_id),
        state=state,
        began_at=began_at,
        ended_at=ended_at,
        reason=reason or None,
    )
