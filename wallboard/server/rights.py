"""Who may see and do what: roles, what each may ask for, and the scope of queues and agents."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from wallboard.domain.snapshot import AgentId, QueueId
from wallboard.domain.supervision import (
    MONITORING,
    NEEDS_PHONE,
    NEEDS_REASON,
    VOICE,
    WishKind,
)
from wallboard.domain.value import value


class Role(StrEnum):
    """What a token is for. Each may do what its row below says, and nothing else."""

    TV = "tv"
    """A screen that strangers may pass by: nobody's name, number or id, no commands."""
    SUPERVISOR = "supervisor"
    """Sees his queues and people by name; may do what was granted, one command at a time."""
    MANAGER = "manager"
    """Moves people in and out of queues; listens to nobody unless that was granted."""
    ADMINISTRATOR = "administrator"
    """Sees and does everything, but is in nobody's call unless that was granted."""


@value
class Scope:
    """What is seen. Tokens of one scope are given the same bytes.

    Attributes:
        queues: None: all of them.
        agents: None: whoever works in a queue that is seen. Otherwise only these, and of them only
            who works in a queue that is seen.
    """

    role: Role
    queues: frozenset[QueueId] | None = None
    agents: frozenset[AgentId] | None = None

    @property
    def whole(self) -> bool:
        """True if no queue and no agent is left out."""
        return self.queues is None and self.agents is None

    def sees_queue(self, queue_id: QueueId) -> bool:
        """True if the queue is not left out."""
        return self.queues is None or queue_id in self.queues


_AGENT_COMMANDS: Final = frozenset(
    {WishKind.PAUSE, WishKind.UNPAUSE, WishKind.LOG_OUT, WishKind.ADD, WishKind.HANG_UP}
)
_BY_ROLE: Final[Mapping[Role, frozenset[WishKind]]] = {
    Role.TV: frozenset(),
    Role.SUPERVISOR: frozenset(),
    Role.MANAGER: _AGENT_COMMANDS,
    Role.ADMINISTRATOR: frozenset(WishKind) - NEEDS_REASON - VOICE - {WishKind.END},
}


def allowed(role: Role, modes: frozenset[WishKind]) -> frozenset[WishKind]:
    """Return the commands that somebody may give; what is not named is denied.

    Args:
        modes: What was granted beyond the role. Nothing can be granted to a screen.
    """
    if role is Role.TV:
        return frozenset()
    may = _BY_ROLE[role] | modes
    if may & MONITORING:
        # Who may begin to listen may end it.
        may |= {WishKind.END}
    # Who may whisper may be heard.
    may = may | VOICE if WishKind.WHISPER in may else may - VOICE
    # And who does something by phone may see whether it is reached.
    return may | {WishKind.TRY_PHONE} if may & NEEDS_PHONE else may
