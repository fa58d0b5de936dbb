"""Who the agents are and what they do, from their memberships, devices and calls; pure.

The rules, in prose, first that holds:

* Talks to a queue's caller: in a call, or on hold.
* His phone rings: ringing. For phones that never say so, AgentCalled does.
* His phone is busy otherwise: other. Right after a ring or a call it is the ring's or the call's
  echo, and not shown.
* His phone is not reachable: offline.
* Paused in every queue: on break, since the pause began.
* A call of his ended less than the wrap-up time ago: wrap-up. Asterisk never says so itself.
* Otherwise: free.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Final

from wallboard.domain.snapshot import Agent, AgentId, AgentState, QueueId
from wallboard.sources.asterisk.rows import Member
from wallboard.sources.asterisk.visits import Visit

# A device may tell of its hangup or of its answer so much later than the queue does; who is
# listened to hangs up as much as two seconds later.
ECHO: Final = timedelta(seconds=2.5)


class Device(IntEnum):
    """States of a device, as Asterisk numbers them."""

    UNKNOWN = 0
    NOT_IN_USE = 1
    IN_USE = 2
    BUSY = 3
    INVALID = 4
    UNAVAILABLE = 5
    RINGING = 6
    RINGING_IN_USE = 7
    ON_HOLD = 8


_OFF_HOOK: Final = frozenset({Device.IN_USE, Device.BUSY, Device.RINGING_IN_USE, Device.ON_HOLD})


@dataclass(slots=True)
class Person:
    """One agent, with all of his memberships."""

    members: dict[tuple[str, str], Member] = field(default_factory=dict)
    rings: dict[str, datetime] = field(default_factory=dict)
    call_ended_at: datetime | None = None
    wrap_up: timedelta | None = None
    paused_since: datetime | None = None
    row: Agent | None = None


@dataclass(slots=True)
class People:
    """All agents.

    Attributes:
        wrap_up_of: The wrap-up time of a queue; None if not known.
        on_hold: Whether the agent has put his caller on hold.
    """

    wrap_up_of: Callable[[str], timedelta | None]
    persons: dict[AgentId, Person] = field(default_factory=dict)
    dirty: set[AgentId] = field(default_factory=set)
    on_hold: set[AgentId] = field(default_factory=set)
    _ringing: dict[str, set[AgentId]] = field(default_factory=dict)
    _due: dict[AgentId, datetime] = field(default_factory=dict)
    _touched: dict[tuple[str, str], int] = field(default_factory=dict)

    # --- memberships ------------------------------------------------------------------------

    def take(self, member: Member, sequence: int, at: datetime | None = None) -> None:
        """Take a membership as it is now.

        Args:
            at: When it changed; None if it is only looked at, so that its times must do.
        """
        key = (member.queue, member.interface)
        self._touched[key] = sequence
        person = self.persons.setdefault(member.person, Person())
        old = person.members.get(key)
        if old == member:
            return
        person.members[key] = member
        self.dirty.add(member.person)
        if not all(row.paused for row in person.members.values()):
            person.paused_since = None
        elif person.paused_since is None:
            person.paused_since = at or max(
                (row.paused_at for row in person.members.values() if row.paused_at), default=None
            )
        elif at is not None and old is not None and old.reason != member.reason:
            person.paused_since = at  # another reason is another break

    def remove(self, member: Member) -> None:
        """Forget a membership; a person without any is no agent any more."""
        key = (member.queue, member.interface)
        person = self.persons.get(member.person)
        self._touched.pop(key, None)
        if person is not None and person.members.pop(key, None) is not None:
            self.dirty.add(member.person)

    def reconcile(self, members: Iterable[Member], asked: int, sequence: int) -> None:
        """Correct drift by the rows of a whole QueueStatus. Events since it was asked for win."""
        seen = set()
        for member in members:
            key = (member.queue, member.interface)
            seen.add(key)
            if self._touched.get(key, -1) < asked:
                self.take(member, sequence)
        for person in tuple(self.persons.values()):
            for key, member in tuple(person.members.items()):
                if key not in seen and self._touched.get(key, -1) < asked:
                    self.remove(member)

    # --- rings and calls --------------------------------------------------------------------

    def rang(self, agent: AgentId, call: str, at: datetime) -> None:
        """AgentCalled: his phone rings for that call."""
        person = self.persons.get(agent)
        if person is not None:
            person.rings[call] = at
            self._ringing.setdefault(call, set()).add(agent)
            self.dirty.add(agent)

    def ring_over(self, call: str, agent: AgentId | None = None) -> None:
        """The ring for that call is over, for one agent or for all."""
        ringing = self._ringing.get(call)
        if ringing is None:
            return
        for key in (agent,) if agent is not None else tuple(ringing):
            ringing.discard(key)
            person = self.persons.get(key)
            if person is not None and person.rings.pop(call, None) is not None:
                self.dirty.add(key)
        if not ringing:
            del self._ringing[call]

    def forget_rings(self) -> None:
        """Nobody's phone rings any more, as far as we can know."""
        for call in tuple(self._ringing):
            self.ring_over(call)

    def call_over(self, agent: AgentId | None, queue: str, at: datetime) -> None:
        """His part of a queue's call is over: wrap-up begins, if there is any."""
        person = self.persons.get(agent) if agent is not None else None
        if person is None or agent is None:
            return
        own = next((row.wrap_up for key, row in person.members.items() if key[0] == queue), None)
        person.call_ended_at = at
        person.wrap_up = own or self.wrap_up_of(queue)
        self.on_hold.discard(agent)
        self.dirty.add(agent)

    # --- what others see --------------------------------------------------------------------

    def next_due(self) -> datetime | None:
        """Return when somebody's state changes by time alone; None if nobody's does."""
        return min(self._due.values(), default=None)

    def rows(
        self,
        before: Mapping[AgentId, Agent],
        talking_to: Callable[[AgentId], Visit | None],
        at: datetime,
    ) -> Mapping[AgentId, Agent]:
        """Return all agents as rows; those that did not change are the same objects."""
        self.dirty.update(agent for agent, due in self._due.items() if due <= at)
        if not self.dirty:
            return before
        after = dict(before)
        for agent_id in self.dirty:
            person = self.persons.get(agent_id)
            if person is None or not person.members:
                self.persons.pop(agent_id, None)
                self._due.pop(agent_id, None)
                after.pop(agent_id, None)
                continue
            after[agent_id] = self._row(agent_id, person, talking_to(agent_id), at)
        self.dirty.clear()
        return after

    def _row(self, agent_id: AgentId, person: Person, visit: Visit | None, at: datetime) -> Agent:
        state, due = self._state(agent_id, person, visit, at)
        if due is None:
            self._due.pop(agent_id, None)
        else:
            self._due[agent_id] = due
        members = person.members.values()
        old = person.row
        row = Agent(
            agent_id=agent_id,
            name=next((member.name for member in members if member.name), str(agent_id)),
            state=state,
            state_since=_since(person, state, visit, at),
            queues=tuple(sorted({QueueId(member.queue) for member in members})),
            reason=next((member.reason for member in members if member.reason), None)
            if state is AgentState.ON_BREAK
            else None,
            call_id=None if visit is None else visit.call_id,
        )
        if old is not None and old.state is row.state and old.call_id == row.call_id:
            if old.reason == row.reason:
                row = replace(row, state_since=old.state_since)
            if row == old:
                return old
        person.row = row
        return row

    def _state(  # noqa: PLR0911 - a return for each rule
        self, agent_id: AgentId, person: Person, visit: Visit | None, at: datetime
    ) -> tuple[AgentState, datetime | None]:
        """Return the state, and when it may change by time alone: the rules above, in order."""
        statuses = {member.status for member in person.members.values()}
        if visit is not None:
            held = agent_id in self.on_hold or Device.ON_HOLD in statuses
            return (AgentState.ON_HOLD if held else AgentState.IN_CALL), None
        if person.rings or statuses & {Device.RINGING, Device.RINGING_IN_USE}:
            return AgentState.RINGING, None
        echo = None if person.call_ended_at is None else person.call_ended_at + ECHO
        if statuses & _OFF_HOOK and (echo is None or echo <= at):
            return AgentState.OTHER, None
        due = echo if statuses & _OFF_HOOK else None
        if statuses and statuses <= {Device.UNAVAILABLE, Device.INVALID}:
            return AgentState.OFFLINE, None
        if all(member.paused for member in person.members.values()):
            return AgentState.ON_BREAK, due
        wrapped = _wrapped_up_at(person)
        if wrapped is not None and wrapped > at:
            return AgentState.WRAP_UP, min(wrapped, due or wrapped)
        if statuses == {Device.UNKNOWN}:
            return AgentState.UNKNOWN, due
        return AgentState.FREE, due


def _wrapped_up_at(person: Person) -> datetime | None:
    if person.call_ended_at is None or person.wrap_up is None:
        return None
    return person.call_ended_at + person.wrap_up


def _since(  # noqa: PLR0911 - a return for each kind of evidence
    person: Person, state: AgentState, visit: Visit | None, at: datetime
) -> datetime | None:
    """Return when a state that is new to us began, as far as it can be known."""
    if visit is not None:
        return visit.answered_at if visit.answer_seen else None
    if state is AgentState.ON_BREAK:
        return person.paused_since
    if state is AgentState.WRAP_UP:
        return person.call_ended_at
    if person.row is not None:
        return at
    if state is AgentState.RINGING and person.rings:
        return min(person.rings.values())
    if state is AgentState.FREE:
        # First seen: free since his last call or his log-in, if nothing else came between.
        last = [
            then
            for row in person.members.values()
            for then in (row.last_call_at, row.logged_in_at)
            if then is not None
        ]
        paused = [row.paused_at for row in person.members.values() if row.paused_at is not None]
        if last and not (paused and max(paused) > max(last)):
            return max(last)
    return None
