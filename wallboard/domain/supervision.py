"""What a supervisor may ask of a source, and what comes of it."""

from __future__ import annotations

from enum import StrEnum

from wallboard.domain.snapshot import AgentId, CallId, QueueId
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
        call_id: The call that is meant, so that no other one is listened to or ended. None:
            whatever call the agent has.
        reason: Why, in the supervisor's words.
    """

    kind: WishKind
    agent_id: AgentId
    queue_id: QueueId | None = None
    call_id: CallId | None = None
    reason: str = ""


@value
class WishResult:
    """What came of a wish.

    Attributes:
        done: False if it was not done, or nobody can say.
        reason: Why not, if it was not done; empty otherwise.
        known: False if nobody can say whether it was done. It is not to be asked for again
            without a look.
    """

    wish: Wish
    done: bool
    reason: str = ""
    known: bool = True


class Stage(StrEnum):
    """How far a command is."""

    PENDING = "pending"
    DONE = "done"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    """It was passed on, and nobody can say what became of it. It is never done again by itself."""
