"""A call to a supervisor's phone, from the ring to what comes of it, as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from typing import Final

from wallboard.domain.snapshot import AgentId
from wallboard.domain.supervision import Wish
from wallboard.sources.asterisk import actions
from wallboard.sources.asterisk.channels import Leg
from wallboard.sources.asterisk.visit import Visit
from wallboard.sources.asterisk.why_not import (
    PHONE_BUSY,
    PHONE_CONGESTED,
    PHONE_DECLINED,
    PHONE_NOT_ANSWERED,
)

TOLD_WITHIN_S: Final = actions.RING_MS / 1000 + 3
"""After so long without a word the server will tell nothing more of a ring."""
SOUND_WITHIN_S: Final = 2.0
"""After the answer ChanSpy begins within milliseconds, or not at all."""
CAUSE_WITHIN_S: Final = 0.3
"""Why a phone was not reached its channel says, right before or after the answer to the action."""
LOOK_EVERY_S: Final = 0.15

# Why an Originate failed, and why its channel ended, in Asterisk's numbers.
FAILED: Final = {
    "1": PHONE_DECLINED,
    "3": PHONE_NOT_ANSWERED,
    "5": PHONE_BUSY,
    "8": PHONE_CONGESTED,
}
CAUSES: Final = {
    "17": PHONE_BUSY,
    "18": PHONE_NOT_ANSWERED,
    "19": PHONE_NOT_ANSWERED,
    "21": PHONE_DECLINED,
    "34": PHONE_CONGESTED,
    "38": PHONE_CONGESTED,
    "42": PHONE_CONGESTED,
}


class Goal(Enum):
    """What a ring is for."""

    HEAR = auto()
    JOIN = auto()
    RING = auto()


@dataclass(slots=True)
class Ringing:
    """A call to a phone of which it is not known yet what comes of it.

    Attributes:
        target: Whose channel it is put on, or connected with. None where it only rings.
        visit: Whose call that is. None if no queue's.
        key: Number of the action that began it.
        failed_s: When the server said that it came to nothing, but not yet why.
        cause: Why its channel ended, if it did.
        muted: True if nobody is to hear the phone until somebody holds a button.
        muting: True while the server is asked whether it is so.
    """

    wish: Wish
    goal: Goal
    phone: str
    channel_id: str
    began_s: float
    target: Leg | None = None
    visit: Visit | None = None
    key: str = ""
    answered_s: float | None = None
    failed_s: float | None = None
    looked_s: float = 0.0
    heard: bool = False
    gone: bool = False
    cause: str = ""
    muted: bool = False
    muting: bool = False

    @property
    def due_s(self) -> float:
        """When something must be done though nothing comes."""
        if self.failed_s is not None:
            return self.failed_s + CAUSE_WITHIN_S
        if self.answered_s is None:
            return self.began_s + TOLD_WITHIN_S
        if self.goal is Goal.JOIN:
            return self.looked_s + LOOK_EVERY_S
        return self.answered_s + SOUND_WITHIN_S

    def alone(self, now_s: float) -> bool:
        """Return whether the phone was answered and what was wanted did not come in time."""
        return self.answered_s is not None and now_s >= self.answered_s + SOUND_WITHIN_S


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A phone of ours that listens.

    Attributes:
        wish: By which it was wished for.
        since: On our clock.
        visit: The call that it is for. None if no queue's: then the agent's leg ends with it.
        agent_id: Who talks in that call.
    """

    wish: Wish
    phone: str
    since: datetime
    visit: Visit | None = None
    agent_id: AgentId | None = None


@dataclass(slots=True)
class Ending:
    """A channel of ours that must end.

    Attributes:
        wish: Who wants to know when it has. None if nobody does.
    """

    began_s: float
    tried_s: float
    wish: Wish | None = None
