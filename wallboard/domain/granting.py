"""What one person may do at one connection; what is not named is denied."""

from __future__ import annotations

from typing import Final

from wallboard.domain.snapshot import AgentId, QueueId
from wallboard.domain.supervision import MONITORING, NEEDS_PHONE, VOICE, WishKind
from wallboard.domain.value import value

LIMIT_S: Final = 900
"""So long a monitoring lasts at most, unless the site has decided otherwise."""


@value
class Rights:
    """A person's rights at a connection.

    Attributes:
        may: Each command is granted by itself.
        agents: Whom it may be done to. None: everybody, as far as `queues` allow.
        queues: In whose queues, and into whose calls. None: all of them.
        excluded: Whom nobody may monitor, whatever was granted.
        reasons: The site's reasons to choose from. Empty: any words will do.
        limit_s: After so many seconds a monitoring is ended.
        tells: True if an agent is told, where the system can, that somebody is in the call.
        only_told: True if nobody may be in a call of whom that cannot be told.
    """

    may: frozenset[WishKind] = frozenset()
    agents: frozenset[AgentId] | None = None
    queues: frozenset[QueueId] | None = None
    excluded: frozenset[AgentId] = frozenset()
    reasons: tuple[str, ...] = ()
    limit_s: int = LIMIT_S
    tells: bool = True
    only_told: bool = False

    def grants(self, kind: WishKind) -> bool:
        """True if somebody granted it, or something that is not to be done without it."""
        if kind is WishKind.END:
            return bool(self.may & MONITORING)
        if kind in VOICE:
            return WishKind.WHISPER in self.may
        if kind is WishKind.TRY_PHONE:
            return bool(self.may & NEEDS_PHONE)
        return kind in self.may
