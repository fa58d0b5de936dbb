"""Why a supervisor's command was not done: the sentences that are told, and nothing else."""

from __future__ import annotations

from typing import Final

from wallboard.domain.supervision import NOT_KNOWN, NOT_REACHED

UNKNOWN_AGENT: Final = "There is no such agent."
NOT_A_MEMBER: Final = "The agent is not in this queue."
NO_CALL: Final = "The agent has no call."
OTHER_CALL: Final = "The agent has another call by now."
NOT_LISTENING: Final = "You are not listening to this agent."
ALREADY_PAUSED: Final = "The agent is already paused."
NOT_PAUSED: Final = "The agent is not paused."

SEVERAL_CALLS: Final = "The agent has several calls; which one is meant cannot be told."
NO_CHANNEL: Final = "The PBX does not tell which channel is the agent's."
NO_CALLER: Final = "There is no such caller, or not any more."
CALL_ENDED: Final = "The call ended meanwhile."
CHANNELS_HIDDEN: Final = "The account at the PBX may not see the calls' channels."

NO_PHONE: Final = "No phone of the supervisor's is set for this connection."
BAD_PHONE: Final = "The phone is not written as one that may be called, such as PJSIP/9001."
PHONE_IN_USE: Final = "Your phone is in a call of the wallboard's already: end that first."
PHONE_NOT_REACHED: Final = "Your phone is not registered, or there is no such phone."
PHONE_NOT_ANSWERED: Final = "Your phone was not answered in time."
PHONE_BUSY: Final = "Your phone is busy."
PHONE_DECLINED: Final = "Your phone hung up without an answer."
PHONE_CONGESTED: Final = "The PBX could not call your phone: all lines are busy."
PHONE_NOT_TOLD: Final = "The PBX did not tell what became of the call to your phone; it was ended."
CANCELLED: Final = "It was ended before it began."
NO_SOUND: Final = "Your phone was answered, but the PBX put no sound on it."
WRONG_CALL: Final = "It reached another call than the one that was meant; it was ended at once."
NOT_WHISPERING: Final = "You are not whispering to this agent."
NOT_MUTED: Final = "This PBX cannot mute your phone."
NOT_JOINED: Final = "Your phone was answered, but the caller was not connected to it."
LOST: Final = "The connection was lost meanwhile: check your phone before you try again."

RIGHT_MISSING: Final = "The account at the PBX may not do this."
NO_COMMAND: Final = "This PBX has no such command."
REFUSED: Final = "The PBX refused it."
UNSENDABLE: Final = "It holds characters that must not be sent to the PBX."

NO_QUEUE: Final = "There is no such queue."
ALREADY_IN: Final = "The agent is in this queue already."
FIXED_MEMBER: Final = "The agent is a fixed member of the queue: only its configuration ends that."
IN_SOME: Final = "It was done in some of the queues only."
NO_EXTENSION: Final = "There is no such extension on the PBX."
NO_MESSAGES: Final = "The agent has no phone that takes messages."
MESSAGE_FAILED: Final = "The agent's phone did not take the message."

REASONS: Final = (
    UNKNOWN_AGENT,
    NOT_A_MEMBER,
    NO_CALL,
    OTHER_CALL,
    NOT_LISTENING,
    ALREADY_PAUSED,
    NOT_PAUSED,
    NOT_REACHED,
    NOT_KNOWN,
    SEVERAL_CALLS,
    NO_CHANNEL,
    NO_CALLER,
    CALL_ENDED,
    CHANNELS_HIDDEN,
    NO_PHONE,
    BAD_PHONE,
    PHONE_IN_USE,
    PHONE_NOT_REACHED,
    PHONE_NOT_ANSWERED,
    PHONE_BUSY,
    PHONE_DECLINED,
    PHONE_CONGESTED,
    PHONE_NOT_TOLD,
    CANCELLED,
    NO_SOUND,
    WRONG_CALL,
    NOT_JOINED,
    NOT_WHISPERING,
    NOT_MUTED,
    LOST,
    RIGHT_MISSING,
    NO_COMMAND,
    REFUSED,
    UNSENDABLE,
    NO_QUEUE,
    ALREADY_IN,
    FIXED_MEMBER,
    IN_SOME,
    NO_EXTENSION,
    NO_MESSAGES,
    MESSAGE_FAILED,
)
"""All of them."""


class NotDone(Exception):
    """A command is not done; the text is one of the sentences."""

    @property
    def reason(self) -> str:
        """The sentence."""
        return str(self.args[0])
