"""What a supervisor may ask of a source, what comes of it, and who is in whose call."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Final

from wallboard.domain.snapshot import AgentId, CallId, QueueId
from wallboard.domain.value import value


class WishKind(StrEnum):
    """The commands of a supervisor."""

    LISTEN = "listen"
    """The supervisor's phone rings, and hears the agent's call. Nobody hears the supervisor."""
    WHISPER = "whisper"
    """The same, and the agent alone hears the supervisor."""
    BARGE = "barge"
    """The same, and both hear the supervisor."""
    END = "end"
    """Ends the supervisor's listening, whispering or barging with this agent."""
    TAKE_OVER = "take_over"
    """The agent's caller goes on with the supervisor's phone; the agent is out of the call."""
    TRY_PHONE = "try_phone"
    """The supervisor's phone rings for a moment: to see that it is reached. Names no agent."""
    PAUSE = "pause"
    UNPAUSE = "unpause"
    LOG_OUT = "log_out"
    """The agent is a member of the queue, or of all of them, no more."""
    ADD = "add"
    """The agent becomes a member of the queue."""
    HANG_UP = "hang_up"
    TRANSFER = "transfer"
    """The agent's caller goes on to another extension."""
    PICK_UP = "pick_up"
    """A caller who waits goes on with the supervisor's phone. Names a call, no agent."""
    PRIORITIZE = "prioritize"
    """A caller who waits is put before those of a lower priority. Names a call, no agent."""
    WITHDRAW = "withdraw"
    """A caller who waits leaves the queue by the PBX's own way on. Names a call, no agent."""
    MESSAGE = "message"
    """A text for the agent's phone."""
    TALK = "talk"
    """Of a whisper whose phone is muted: the agent hears the supervisor from now on."""
    HUSH = "hush"
    """The phone of a whisper is muted again."""


MONITORING: Final = frozenset({WishKind.LISTEN, WishKind.WHISPER, WishKind.BARGE})
"""Modes of being in somebody's call; each is granted by itself."""

OF_A_WAITING_CALL: Final = frozenset({WishKind.PICK_UP, WishKind.PRIORITIZE, WishKind.WITHDRAW})
"""What is done to a caller who has no agent yet."""

NEEDS_PHONE: Final = MONITORING | {WishKind.TAKE_OVER, WishKind.PICK_UP, WishKind.TRY_PHONE}
"""What cannot be done without a phone of the supervisor's."""

VOICE: Final = frozenset({WishKind.TALK, WishKind.HUSH})
"""What is done while whispering, over and over: whoever may whisper may do it."""

NEVER_HELD_UP: Final = frozenset({WishKind.END, WishKind.HUSH})
"""What makes silence: neither a journal that cannot be written nor a limit keeps it from being."""

NEEDS_REASON: Final = MONITORING | {WishKind.TAKE_OVER}
"""What is done to nobody's call without a reason."""

DANGEROUS: Final = frozenset(
    {
        WishKind.BARGE,
        WishKind.TAKE_OVER,
        WishKind.LOG_OUT,
        WishKind.HANG_UP,
        WishKind.TRANSFER,
        WishKind.PICK_UP,
        WishKind.WITHDRAW,
    }
)
"""What a caller hears, or what cannot be taken back: who wishes it is asked once more."""

NOT_REACHED: Final = "The center cannot be reached."
TOO_LATE: Final = "It came too late; nothing was done."
UNDER_WAY: Final = "The same is under way already."
NOT_ASKED: Final = frozenset({NOT_REACHED, TOO_LATE, UNDER_WAY})
"""Reasons why a wish was not done by who did not ask the call center."""

NOT_KNOWN: Final = "It is not known whether it was done: look before you try again."


def same_phone(one: str, other: str) -> bool:
    """True if two phones are the same one, as sources dial them or tell them.

    An Asterisk dials one behind a Local channel with `/n` at its end, and tells it without.
    """
    return one.removesuffix("/n") == other.removesuffix("/n")


@value
class Wish:
    """One command.

    Attributes:
        agent_id: Empty where no agent is meant, only a call or the supervisor's own phone.
        queue_id: In which queue, for a pause or a log-out; None means in all of them. For an
            addition it is told.
        call_id: The call that is meant, so that no other one is listened to or ended. None:
            whatever call the agent has.
        reason: Why, in the supervisor's words.
        phone: The supervisor's phone as the source dials it, such as PJSIP/9001. Empty: the
            one of the connection.
        to: The extension that a caller is transferred to. Empty otherwise.
        text: What a message says. Empty otherwise.
        priority: For a priority; larger is served sooner. None otherwise.
    """

    kind: WishKind
    agent_id: AgentId
    queue_id: QueueId | None = None
    call_id: CallId | None = None
    reason: str = ""
    phone: str = ""
    to: str = ""
    text: str = ""
    priority: int | None = None


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


@value
class Monitoring:
    """Somebody is in an agent's call now, whoever began it.

    Attributes:
        monitoring_id: Unique within the source while it lasts.
        agent_id: In whose call. None if the source does not know whose it is.
        call_id: In which. None if not known, or no queue's.
        mode: How. None if another program began it and the source does not tell.
        phone: Whose phone it is, as the source tells it: text from outside.
        own: True if it was wished for through this connection.
        since: On the source's clock. None if it began before we could see.
        muted: True if the system lets nobody hear that phone: the supervisor holds to talk. None
            if the system does not mute it, or cannot tell.
    """

    monitoring_id: str
    agent_id: AgentId | None = None
    call_id: CallId | None = None
    mode: WishKind | None = None
    phone: str = ""
    own: bool = False
    since: datetime | None = None
    muted: bool | None = None


class Stage(StrEnum):
    """How far a command is."""

    PENDING = "pending"
    DONE = "done"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    """It was passed on, and nobody can say what became of it. It is never done again by itself."""
