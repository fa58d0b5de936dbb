"""What a supervisor may ask of a source, and what comes of it."""

from __future__ import annotations

from enum import StrEnum

from wallboard.domain.snapshot import AgentId, QueueId
from wallboard.domain.value import value


class WishKind(StrEnum):
    """The commands of a supervisor."""

    LISTEN = "listen"
    WHISPER = "whisper"
    BARGE = "barge"
    END = "end"
    """Ends the supervisor's listening, whispering or barging with this agent."""
    PAUSE = "pause"
    UNPAUSE = "unpause"
    LOG_OUT = "log_out"
    HANG_UP = "hang_up"


@value
class Wish:
    """One command.

    Attributes:
        queue_id: In which queue, for a pause or a log-out; None means in all of them.
        reason: Why, in the supervisor's words.
    """

    kind: WishKind
    agent_id: AgentId
    queue_id: QueueId | None = None
    reason: str = ""


@value
class WishResult:
    """What came of a wish.

    Attributes:
        reason: Why not, if it was not done; empty otherwise.
    """

    wish: Wish
    done: bool
    reason: str = ""
