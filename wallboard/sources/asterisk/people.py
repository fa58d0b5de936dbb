"""Who the agents are and what they do, from their memberships, devices and calls; pure.

The rules, in prose, first that holds:

* Talks to a queue's caller: in a call, or on hold.
* His phone rings: ringing. For phones that never say so, AgentCalled does.
* His phone is busy otherwise: other. Right after a ring or a call it is the ring's or the call's
  echo, and not shown.
* His phone is not reachable: offline.
* Paused in every queue: on break, since the last of the pauses began. Another reason is another
  break.
* A call of his ended less than the wrap-up time ago: wrap-up. Asterisk never says so itself.
* Nothing is known of his phone: unknown. Otherwise: free.

The state of a Local channel tells nothing of a phone, so it only counts for who has no other.
Who is removed from all queues while he talks is an agent until his call is over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Final

from wallboard.domain.snapshot import Agent, AgentId, AgentState, QueueId
from wallboard.sources.asterisk.rows import Member
from wallboard.sources.asterisk.visit import Visit

# A device may tell of its hangup or of its answer so much later than the queue does; who is
# listened to hangs up as much as two seconds later.
ECHO: Final = timedelta(seconds=2.5)
# A call that ended so much later than the last one we know of is another one: rows tell whole
# seconds, by a clock that may be two seconds off.
ANOTHER: Final = timedelta(seconds=4)


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
_RINGS: Final = frozenset({Device.RINGING, Device.RINGING_IN_USE})
_AWAY: Final = frozenset({Device.UNAVAILABLE, Device.INVALID})


@dataclass(slots=True)
class Person:
    """One agent, with all of his memberships.

    Attributes:
        rings: When his phone began to ring, by the caller's Uniqueid.
        busy: He was busy with something else when his phone began to ring.
        echo_until: Until when a busy phone may be the echo of a ring or a call.
        paused_since: Since when he is paused in every queue. None if he is not, or if it is not
            known.
    """

    members: dict[tuple[str, str], Member] = field(default_factory=dict)
    rings: dict[str, datetime] = field(default_factory=dict)
    busy: bool = False
    echo_until: datetime | None = None
    call_ended_at: datetime | None = None
    wrap_up: timedelta | None = None
    paused: bool = False
    paused_since: datetime | None = None
    row: Agent | None = None

    def statuses(self) -> frozenset[int]:
        """Return the states of his devices, those that tell nothing left out if there are any."""
        clear = frozenset(one.status for one in self.members.values() if not one.vague)
        return clear or frozenset(one.status for one in self.members.values())

    def take_pauses(self, at: datetime | None) -> None:
        """Note whether he is paused in every queue now.

        Args:
            at: Now, if that changes now; None if it may have changed long ago.
        """
        before, self.paused = self.paused, self._all_paused()
        if not self.paused:
            self.paused_since = None
        elif not before or at is None:
            told = [one.paused_at for one in self.members.values() if one.paused_at is not None]
            self.paused_since = at or max(told, default=None)

    def _all_paused(self) -> bool:
        return bool(self.members) and all(one.paused for one in self.members.values())


@dataclass(slots=True)
class People:
    """All agents.

    Attributes:
        queue_wrap_up: The wrap-up time of a queue; None if not known.
        dirty: Whose row must be made anew.
        on_hold: Who has put his caller on hold.
    """

    queue_wrap_up: Callable[[str], timedelta | None]
    persons: dict[AgentId, Person] = field(default_factory=dict)
    dirty: set[AgentId] = field(default_factory=set)
    on_hold: set[AgentId] = field(default_factory=set)
    _owners: dict[tuple[str, str], AgentId] = field(default_factory=dict)
    _ringing: dict[str, set[AgentId]] = field(default_factory=dict)
    _due: dict[AgentId, datetime] = field(default_factory=dict)
    _touched: dict[tuple[str, str], int] = field(default_factory=dict)

    # --- memberships ------------------------------------------------------------------------

    def take(self, member: Member, sequence: int, at: datetime) -> None:
        """Take a membership as it became now."""
        self._touched[member.key] = sequence
        self._put(member, at)

    def remove(self, member: Member, sequence: int, at: datetime) -> None:
        """Forget a membership that ended now."""
        self._touched[member.key] = sequence
        self._drop(member.key, at)

    def reconcile(self, members: Iterable[Member], asked: int, at: datetime) -> None:
        """Correct drift by the rows of a whole QueueStatus. Events since it was asked for win."""
        told = {member.key: member for member in members}
        for key, member in told.items():
            if self._touched.get(key, -1) < asked:
                self._put(member, None)
                self._take_last_call(member, at)
        for key in tuple(self._owners):
            if key not in told and self._touched.get(key, -1) < asked:
                self._drop(key, at)
        self._touched = {key: since for key, since in self._touched.items() if since >= asked}

    def in_call(self) -> frozenset[tuple[str, AgentId]]:
        """Return who talks to a caller of which queue, by the memberships."""
        return frozenset(
            (member.queue, agent_id)
            for agent_id, person in self.persons.items()
            for member in person.members.values()
            if member.in_call
        )

    def queues(self) -> frozenset[str]:
        """Return the queues that have members."""
        return frozenset(queue for queue, _ in self._owners)

    def wrap_up(self, queue: str, agent: AgentId | None) -> timedelta | None:
        """Return what the agent has after a call of that queue: his own, or the queue's."""
        person = self.persons.get(agent) if agent is not None else None
        members = () if person is None else person.members.values()
        own = next((one.wrap_up for one in members if one.queue == queue), None)
        return own or self.queue_wrap_up(queue)

    def _put(self, member: Member, at: datetime | None) -> None:
        owner = self._owners.get(member.key)
        if owner is not None and owner != member.person:
            self._drop(member.key, at)  # it is somebody else's now
        person = self.persons.setdefault(member.person, Person())
        old = person.members.get(member.key)
        if old == member:
            return
        self._owners[member.key] = member.person
        person.members[member.key] = member
        self.dirty.add(member.person)
        if at is not None and person.paused and old is not None and old.reason != member.reason:
            person.paused = False  # the break ends and another one begins
        person.take_pauses(at)

    def _drop(self, key: tuple[str, str], at: datetime | None) -> None:
        owner = self._owners.pop(key, None)
        if owner is None:
            return
        person = self.persons[owner]
        del person.members[key]
        person.take_pauses(at)
        self.dirty.add(owner)

    def _take_last_call(self, member: Member, at: datetime) -> None:
        """Wrap-up after a call that ended out of sight."""
        person = self.persons[member.person]
        ended_at = member.last_call_at
        if ended_at is None:
            return
        if person.call_ended_at is None or ended_at > person.call_ended_at + ANOTHER:
            person.call_ended_at = min(ended_at, at)
            person.wrap_up = self.wrap_up(member.queue, member.person)
            self.dirty.add(member.person)

    # --- rings and calls --------------------------------------------------------------------

    def rang(self, agent: AgentId, call: str, at: datetime) -> None:
        """AgentCalled: his phone rings for that caller."""
        person = self.persons.get(agent)
        if person is not None:
            if not person.rings:
                person.busy = person.row is not None and person.row.state is AgentState.OTHER
            person.rings[call] = at
            self._ringing.setdefault(call, set()).add(agent)
            self.dirty.add(agent)

    def ring_over(self, call: str, at: datetime, agent: AgentId | None = None) -> None:
        """The ring for that caller is over, for one agent or for all."""
        ringing = self._ringing.get(call, set())
        for key in tuple(ringing) if agent is None else {agent} & ringing:
            ringing.discard(key)
            person = self.persons.get(key)
            if person is not None:
                person.rings.pop(call, None)
                if not person.busy:
                    person.echo_until = at + ECHO
                self.dirty.add(key)
        if not ringing:
            self._ringing.pop(call, None)

    def forget_rings(self, at: datetime, *, but: Callable[[str], bool] = lambda _: False) -> None:
        """Nobody's phone rings any more but for callers of whom `but` says so."""
        for call in tuple(self._ringing):
            if not but(call):
                self.ring_over(call, at)

    def call_over(self, agent: AgentId | None, queue: str, at: datetime) -> None:
        """His part of a queue's call is over: wrap-up begins, if there is any."""
        person = self.persons.get(agent) if agent is not None else None
        if person is None or agent is None:
            return
        person.call_ended_at = at
        person.echo_until = at + ECHO
        person.wrap_up = self.wrap_up(queue, agent)
        self.on_hold.discard(agent)
        self.dirty.add(agent)

    def call_lost(self, agent: AgentId | None) -> None:
        """His call ended out of sight: when, only the member's row may tell."""
        if agent is not None:
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
            visit = talking_to(agent_id)
            person = self.persons.get(agent_id)
            if visit is not None and person is None:
                person = self.persons[agent_id] = Person()  # he answered, whoever he is
            if person is None or (visit is None and not person.members):
                self.persons.pop(agent_id, None)
                self._due.pop(agent_id, None)
                after.pop(agent_id, None)
            else:
                after[agent_id] = self._row(agent_id, person, visit, at)
        self.dirty.clear()
        return after

    def _row(self, agent_id: AgentId, person: Person, visit: Visit | None, at: datetime) -> Agent:
        state, due = self._state(agent_id, person, visit, at)
        if due is None:
            self._due.pop(agent_id, None)
        else:
            self._due[agent_id] = due
        members = person.members.values()
        reason = None
        if state is AgentState.ON_BREAK:
            reason = next((member.reason for member in members if member.reason), None)
        call_id = None if visit is None else visit.call_id
        old = person.row
        if old is not None and (old.state, old.call_id, old.reason) == (state, call_id, reason):
            since = old.state_since
        else:
            since = _since(person, state, visit, at)
            since = None if since is None else min(since, at)
        row = Agent(
            agent_id=agent_id,
            name=_name(agent_id, person),
            state=state,
            state_since=since,
            queues=tuple(sorted({QueueId(member.queue) for member in members})),
            reason=reason,
            call_id=call_id,
        )
        if old is not None and row == old:
            return old
        person.row = row
        return row

    def _state(
        self, agent_id: AgentId, person: Person, visit: Visit | None, at: datetime
    ) -> tuple[AgentState, datetime | None]:
        """Return the state, and when it may change by time alone: the rules above, in order."""
        statuses = person.statuses()
        if visit is not None:
            held = agent_id in self.on_hold or Device.ON_HOLD in statuses
            return (AgentState.ON_HOLD if held else AgentState.IN_CALL), None
        if person.rings or statuses & _RINGS:
            return AgentState.RINGING, None
        due = None
        if statuses & _OFF_HOOK:
            if person.echo_until is None or person.echo_until <= at:
                return AgentState.OTHER, None
            due = person.echo_until
        return _idle_state(person, statuses, due, at)


def _idle_state(
    person: Person, statuses: frozenset[int], due: datetime | None, at: datetime
) -> tuple[AgentState, datetime | None]:
    if statuses <= _AWAY:
        return AgentState.OFFLINE, None
    if person.paused:
        return AgentState.ON_BREAK, due
    wrapped = _wrapped_up_at(person)
    if wrapped is not None and wrapped > at:
        return AgentState.WRAP_UP, min(wrapped, due or wrapped)
    if statuses == {Device.UNKNOWN}:
        return AgentState.UNKNOWN, None
    return AgentState.FREE, due


def _wrapped_up_at(person: Person) -> datetime | None:
    if person.call_ended_at is None or person.wrap_up is None:
        return None
    return person.call_ended_at + person.wrap_up


def _name(agent_id: AgentId, person: Person) -> str:
    """Return his name as a member; who is none any more keeps it while he talks."""
    told = next((member.name for member in person.members.values() if member.name), None)
    if told is None and not person.members and person.row is not None:
        return person.row.name
    return told or str(agent_id)


def _since(person: Person, state: AgentState, visit: Visit | None, at: datetime) -> datetime | None:
    """Return when a state that is new to us began, as far as it can be known."""
    if state is AgentState.IN_CALL and visit is not None:
        return visit.answered_at if visit.answer_seen else None
    if state is AgentState.ON_BREAK:
        return person.paused_since
    if state is AgentState.WRAP_UP:
        return person.call_ended_at
    if state is AgentState.RINGING and person.rings:
        return min(person.rings.values())
    if person.row is not None:
        return at
    return _free_since(person) if state is AgentState.FREE else None


def _free_since(person: Person) -> datetime | None:
    """Return since when somebody is free whom we see for the first time.

    Since his last call or his log-in, unless there was a pause after it: of that only the
    beginning is told.
    """
    members = person.members.values()
    last = max(
        (at for one in members for at in (one.last_call_at, one.logged_in_at) if at is not None),
        default=None,
    )
    paused = max((one.paused_at for one in members if one.paused_at is not None), default=None)
    return None if last is None or (paused is not None and paused > last) else last
