"""What the simulated center does when a supervisor asks for it.

The supervisor's phone is played too: it rings for some seconds before it is picked up, and what
comes of it is told then. Who hears whose call ends with that call.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final, TypeAlias

from wallboard.domain.snapshot import AgentId, AgentState, CallId
from wallboard.domain.supervision import (
    MONITORING,
    NEEDS_PHONE,
    OF_A_WAITING_CALL,
    Monitoring,
    Wish,
    WishKind,
    WishResult,
)
from wallboard.sources.simulator.world import Person, Visit, World

UNKNOWN_AGENT: Final = "There is no such agent."
NOT_A_MEMBER: Final = "The agent is not in this queue."
NO_CALL: Final = "The agent has no call."
OTHER_CALL: Final = "The agent has another call by now."
NOT_LISTENING: Final = "You are not listening to this agent."
OFFLINE: Final = "The agent is not signed in."
ALREADY_PAUSED: Final = "The agent is already paused."
NOT_PAUSED: Final = "The agent is not paused."
NO_CALLER: Final = "There is no such caller, or not any more."
CALL_ENDED: Final = "The call ended meanwhile."
CANCELLED: Final = "It was ended before it began."
PHONE_IN_USE: Final = "Your phone is in a call of the wallboard's already: end that first."
NO_QUEUE: Final = "There is no such queue."
ALREADY_IN: Final = "The agent is in this queue already."
NO_EXTENSION: Final = "There is no such extension on the PBX."
NOT_WHISPERING: Final = "You are not whispering to this agent."
LOST: Final = "The connection was lost meanwhile: check your phone before you try again."

REASONS: Final = (
    UNKNOWN_AGENT,
    NOT_A_MEMBER,
    NO_CALL,
    OTHER_CALL,
    NOT_LISTENING,
    OFFLINE,
    ALREADY_PAUSED,
    NOT_PAUSED,
    NO_CALLER,
    CALL_ENDED,
    CANCELLED,
    PHONE_IN_USE,
    NO_QUEUE,
    ALREADY_IN,
    NO_EXTENSION,
    NOT_WHISPERING,
    LOST,
)

PHONE: Final = "101"
RINGS_S: Final = 1.6
"""How long it rings before it is picked up, in seconds of the clock on the wall."""

_TALKING: Final = frozenset({AgentState.IN_CALL, AgentState.ON_HOLD})


class _Refused(Exception):
    """The text is one of the reasons."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ring:
    """A phone that rings.

    Attributes:
        call: Which call it is about. None if it only rings.
    """

    wish: Wish
    phone: str
    call: CallId | None
    until_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ear:
    """A phone that is in a call.

    Attributes:
        muted: Of a whisper: True while nobody hears it. None for another mode.
    """

    mode: WishKind
    agent_id: AgentId
    call: CallId
    since: datetime
    muted: bool | None = None


@dataclass(slots=True)
class Supervision:
    """The supervisor's side of a world.

    Attributes:
        phone: The phone of a supervisor who names none.
        ears: Which phone is in whose call.
        results: What came of wishes that were under way, until somebody takes it.
    """

    world: World
    phone: str = PHONE
    ears: dict[str, _Ear] = field(default_factory=dict)
    results: list[WishResult] = field(default_factory=list)
    _ringing: list[_Ring] = field(default_factory=list)

    def do(self, wish: Wish, now_s: float) -> WishResult | None:
        """Do what was asked at the world's present, or say why not. None: a phone rings.

        Args:
            now_s: By the clock on the wall.
        """
        try:
            if wish.kind in NEEDS_PHONE:
                self._ring(wish, now_s)
                return None
            if wish.kind in OF_A_WAITING_CALL:
                _OF_A_CALLER[wish.kind](self, self._waiting(wish))
            else:
                _OF_AN_AGENT[wish.kind](self, self._person(wish), wish)
        except _Refused as refused:
            return WishResult(wish=wish, done=False, reason=str(refused))
        return WishResult(wish=wish, done=True)

    def settle(self, now_s: float) -> None:
        """Let phones be picked up that have rung long enough."""
        for ring in tuple(self._ringing):
            if ring.until_s <= now_s:
                self._ringing.remove(ring)
                self.results.append(self._picked_up(ring))
        for phone, ear in tuple(self.ears.items()):
            if not self._lasts(ear.agent_id, ear.call):
                del self.ears[phone]

    def next_due_s(self) -> float | None:
        """Return when a phone is picked up; None if none rings."""
        return min((ring.until_s for ring in self._ringing), default=None)

    def lost(self) -> None:
        """The center cannot be reached: nobody knows what comes of phones that ring."""
        for ring in self._ringing:
            self.results.append(WishResult(wish=ring.wish, done=False, reason=LOST, known=False))
        self._ringing.clear()

    def monitorings(self) -> tuple[Monitoring, ...]:
        """Return who is in whose call."""
        return tuple(
            [
                Monitoring(
                    monitoring_id=f"{phone}@{ear.call}",
                    agent_id=ear.agent_id,
                    call_id=ear.call,
                    mode=ear.mode,
                    phone=phone,
                    own=True,
                    since=ear.since,
                    muted=ear.muted,
                )
                for phone, ear in self.ears.items()
            ]
        )

    # --- the phone ------------------------------------------------------------------------

    def _ring(self, wish: Wish, now_s: float) -> None:
        call: CallId | None = None
        if wish.kind in OF_A_WAITING_CALL:
            call = self._waiting(wish).key
        elif wish.kind is not WishKind.TRY_PHONE:
            call = _talk_of(self._person(wish)).key
        phone = wish.phone or self.phone
        if phone in self.ears or any(ring.phone == phone for ring in self._ringing):
            raise _Refused(PHONE_IN_USE)
        self._ringing.append(_Ring(wish=wish, phone=phone, call=call, until_s=now_s + RINGS_S))

    def _picked_up(self, ring: _Ring) -> WishResult:
        wish, call = ring.wish, ring.call
        visit = None if call is None else self.world.open.get(call)
        if call is not None and visit is None:
            return WishResult(wish=wish, done=False, reason=CALL_ENDED)
        if visit is not None and not self._begins(ring, visit):
            return WishResult(wish=wish, done=False, reason=CALL_ENDED)
        return WishResult(wish=wish, done=True)

    def _begins(self, ring: _Ring, visit: Visit) -> bool:
        """Do what the phone was picked up for. Returns False if the call is not as it was."""
        wish, person = ring.wish, visit.person
        if wish.kind is WishKind.PICK_UP:
            if visit.answered is not None:
                return False
            self.world.send_away(visit)
            return True
        if person is None or person.key != wish.agent_id:
            return False
        if wish.kind in MONITORING:
            self.ears[ring.phone] = _Ear(
                mode=wish.kind,
                agent_id=person.key,
                call=visit.key,
                since=self.world.now,
                muted=True if wish.kind is WishKind.WHISPER else None,
            )
        else:
            self.world.hang_up(person, passed_on=True)
        return True

    def _lasts(self, agent_id: AgentId, call: CallId) -> bool:
        visit = self.world.people[agent_id].visit
        return visit is not None and visit.key == call

    # --- who is meant -----------------------------------------------------------------------

    def _person(self, wish: Wish) -> Person:
        person = self.world.people.get(wish.agent_id)
        if person is None:
            raise _Refused(UNKNOWN_AGENT)
        elsewhere = wish.queue_id is not None and wish.kind is not WishKind.ADD
        if elsewhere and wish.queue_id not in {line.key for line in person.lines}:
            raise _Refused(NOT_A_MEMBER)
        if wish.call_id is not None and _call_of(person) != wish.call_id:
            raise _Refused(OTHER_CALL)
        return person

    def _waiting(self, wish: Wish) -> Visit:
        visit = None if wish.call_id is None else self.world.open.get(wish.call_id)
        if visit is None or visit.answered is not None:
            raise _Refused(NO_CALLER)
        return visit

    # --- what is done at once -----------------------------------------------------------------

    def end(self, person: Person, wish: Wish) -> None:
        """Stop listening, whispering or barging; it stops by itself when the call is over."""
        phone = wish.phone or self.phone
        for ring in tuple(self._ringing):
            if ring.phone == phone and ring.wish.agent_id == person.key:
                self._ringing.remove(ring)
                self.results.append(WishResult(wish=ring.wish, done=False, reason=CANCELLED))
                return
        ear = self.ears.get(phone)
        if ear is None or ear.agent_id != person.key or not self._lasts(person.key, ear.call):
            raise _Refused(NOT_LISTENING)
        del self.ears[phone]

    def voice(self, person: Person, wish: Wish) -> None:
        """Let the agent hear who whispers, or not any more."""
        phone = wish.phone or self.phone
        ear = self.ears.get(phone)
        if ear is None or ear.agent_id != person.key or ear.muted is None:
            raise _Refused(NOT_WHISPERING)
        self.ears[phone] = replace(ear, muted=wish.kind is WishKind.HUSH)

    def pause(self, person: Person, wish: Wish) -> None:
        """Pause him in one queue or in all."""
        _present(person)
        if _on_break(person) or wish.queue_id in person.paused_in:
            raise _Refused(ALREADY_PAUSED)
        self.world.pause(person, wish.queue_id, wish.reason)

    def unpause(self, person: Person, wish: Wish) -> None:
        """Call him back to one queue or to all."""
        _present(person)
        here = person.paused_in if wish.queue_id is None else person.paused_in & {wish.queue_id}
        if not _on_break(person) and not here:
            raise _Refused(NOT_PAUSED)
        self.world.unpause(person, wish.queue_id)

    def log_out(self, person: Person, wish: Wish) -> None:
        """Sign him out of one queue or of all."""
        _present(person)
        self.world.log_out(person, wish.queue_id)

    def add(self, person: Person, wish: Wish) -> None:
        """Sign him in to a queue besides his own."""
        _present(person)
        line = None if wish.queue_id is None else self.world.lines.get(wish.queue_id)
        if line is None:
            raise _Refused(NO_QUEUE)
        if line in person.lines:
            raise _Refused(ALREADY_IN)
        self.world.add(person, line)

    def hang_up(self, person: Person, _wish: Wish) -> None:
        """End his talk."""
        _talk_of(person)
        self.world.hang_up(person)

    def transfer(self, person: Person, wish: Wish) -> None:
        """Pass his caller on to somebody who is not played."""
        _talk_of(person)
        if not wish.to.isascii() or not wish.to.isdigit():
            raise _Refused(NO_EXTENSION)
        self.world.hang_up(person, passed_on=True)

    def message(self, person: Person, _wish: Wish) -> None:
        """Tell him something; nobody answers."""
        _present(person)

    def prioritize(self, visit: Visit) -> None:
        """Let a caller be the next one."""
        self.world.prefer(visit)

    def withdraw(self, visit: Visit) -> None:
        """Let a caller leave the queue."""
        self.world.send_away(visit)


def _present(person: Person) -> None:
    if person.phase is AgentState.OFFLINE:
        raise _Refused(OFFLINE)


def _on_break(person: Person) -> bool:
    return person.phase is AgentState.ON_BREAK or person.going is not None


def _talk_of(person: Person) -> Visit:
    if person.visit is None or person.phase not in _TALKING:
        raise _Refused(NO_CALL)
    return person.visit


def _call_of(person: Person) -> str | None:
    return None if person.visit is None else person.visit.key


_ToAgent: TypeAlias = Callable[[Supervision, Person, Wish], None]
_ToCaller: TypeAlias = Callable[[Supervision, Visit], None]

_OF_AN_AGENT: Final[Mapping[WishKind, _ToAgent]] = {
    WishKind.END: Supervision.end,
    WishKind.TALK: Supervision.voice,
    WishKind.HUSH: Supervision.voice,
    WishKind.PAUSE: Supervision.pause,
    WishKind.UNPAUSE: Supervision.unpause,
    WishKind.LOG_OUT: Supervision.log_out,
    WishKind.ADD: Supervision.add,
    WishKind.HANG_UP: Supervision.hang_up,
    WishKind.TRANSFER: Supervision.transfer,
    WishKind.MESSAGE: Supervision.message,
}
_OF_A_CALLER: Final[Mapping[WishKind, _ToCaller]] = {
    WishKind.PRIORITIZE: Supervision.prioritize,
    WishKind.WITHDRAW: Supervision.withdraw,
}
COMMANDS: Final = frozenset(_OF_AN_AGENT) | frozenset(_OF_A_CALLER) | NEEDS_PHONE
"""All that it can be asked to do."""
