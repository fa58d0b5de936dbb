"""What the simulated center does when a supervisor asks for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from wallboard.domain.snapshot import AgentId, AgentState
from wallboard.domain.supervision import Wish, WishKind, WishResult
from wallboard.sources.simulator.world import Person, World

UNKNOWN_AGENT: Final = "There is no such agent."
NOT_A_MEMBER: Final = "The agent is not in this queue."
NO_CALL: Final = "The agent has no call."
OTHER_CALL: Final = "The agent has another call by now."
NOT_LISTENING: Final = "You are not listening to this agent."
OFFLINE: Final = "The agent is not signed in."
ALREADY_PAUSED: Final = "The agent is already paused."
NOT_PAUSED: Final = "The agent is not paused."

REASONS: Final = (
    UNKNOWN_AGENT,
    NOT_A_MEMBER,
    NO_CALL,
    OTHER_CALL,
    NOT_LISTENING,
    OFFLINE,
    ALREADY_PAUSED,
    NOT_PAUSED,
)

_TALKING: Final = frozenset({AgentState.IN_CALL, AgentState.ON_HOLD})


@dataclass(slots=True)
class Supervision:
    """The supervisor's side of a world.

    Attributes:
        ears: With whom the supervisor listens in, whispers or barges, and in which call.
    """

    world: World
    ears: dict[AgentId, tuple[WishKind, str]] = field(default_factory=dict)

    def do(self, wish: Wish) -> WishResult:
        """Do what was asked at the world's present, or say why not."""
        person = self.world.people.get(wish.agent_id)
        if person is None:
            refused = UNKNOWN_AGENT
        elif wish.queue_id is not None and wish.queue_id not in {line.key for line in person.lines}:
            refused = NOT_A_MEMBER
        elif wish.call_id is not None and _call_of(person) != wish.call_id:
            refused = OTHER_CALL
        else:
            refused = _ACTS[wish.kind](self, person, wish)
        return WishResult(wish=wish, done=not refused, reason=refused)

    def monitor(self, person: Person, wish: Wish) -> str:
        """Listen, whisper or barge."""
        if person.visit is None or person.phase not in _TALKING:
            return NO_CALL
        self.ears[person.key] = (wish.kind, person.visit.key)
        return ""

    def end(self, person: Person, _wish: Wish) -> str:
        """Stop listening, whispering or barging; it stops by itself when the call is over."""
        heard = self.ears.pop(person.key, None)
        if heard is None or person.visit is None or person.visit.key != heard[1]:
            return NOT_LISTENING
        return ""

    def pause(self, person: Person, wish: Wish) -> str:
        """Pause him in one queue or in all."""
        if person.phase is AgentState.OFFLINE:
            return OFFLINE
        paused = person.phase is AgentState.ON_BREAK or person.going is not None
        if paused or wish.queue_id in person.paused_in:
            return ALREADY_PAUSED
        self.world.pause(person, wish.queue_id, wish.reason)
        return ""

    def unpause(self, person: Person, wish: Wish) -> str:
        """Call him back to one queue or to all."""
        if person.phase is AgentState.OFFLINE:
            return OFFLINE
        paused = person.phase is AgentState.ON_BREAK or person.going is not None
        here = person.paused_in if wish.queue_id is None else person.paused_in & {wish.queue_id}
        if not paused and not here:
            return NOT_PAUSED
        self.world.unpause(person, wish.queue_id)
        return ""

    def log_out(self, person: Person, wish: Wish) -> str:
        """Sign him out of one queue or of all."""
        if person.phase is AgentState.OFFLINE:
            return OFFLINE
        self.world.log_out(person, wish.queue_id)
        return ""

    def hang_up(self, person: Person, _wish: Wish) -> str:
        """End his talk."""
        if person.phase not in _TALKING:
            return NO_CALL
        self.world.hang_up(person)
        return ""


def _call_of(person: Person) -> str | None:
    return None if person.visit is None else person.visit.key


_Act: TypeAlias = Callable[[Supervision, Person, Wish], str]

_ACTS: Final[Mapping[WishKind, _Act]] = {
    WishKind.LISTEN: Supervision.monitor,
    WishKind.WHISPER: Supervision.monitor,
    WishKind.BARGE: Supervision.monitor,
    WishKind.END: Supervision.end,
    WishKind.PAUSE: Supervision.pause,
    WishKind.UNPAUSE: Supervision.unpause,
    WishKind.LOG_OUT: Supervision.log_out,
    WishKind.HANG_UP: Supervision.hang_up,
}
