"""What a supervisor's commands need of the connection: to look, to order, and to be called back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from wallboard.domain.clock import Moment
from wallboard.domain.errors import SourceError
from wallboard.domain.supervision import NOT_REACHED
from wallboard.sources.asterisk.asking import Done
from wallboard.sources.asterisk.client import Action
from wallboard.sources.asterisk.codec import Message
from wallboard.sources.asterisk.refusals import is_list
from wallboard.sources.asterisk.why_not import (
    ALREADY_IN,
    CALL_ENDED,
    CHANNELS_HIDDEN,
    FIXED_MEMBER,
    IN_SOME,
    MESSAGE_FAILED,
    NO_CALLER,
    NO_COMMAND,
    NO_QUEUE,
    NOT_A_MEMBER,
    NOT_MUTED,
    REFUSED,
    RIGHT_MISSING,
    NotDone,
)

# What AMI says, the first that is in it.
_SAID: Final = (
    ("permission denied", RIGHT_MISSING),
    ("unknown command", NO_COMMAND),
    ("not dynamic", FIXED_MEMBER),
    ("already there", ALREADY_IN),
    ("no such queue", NO_QUEUE),
    ("not there", NOT_A_MEMBER),
    ("interface not found", NOT_A_MEMBER),
    ("no such caller", NO_CALLER),
    ("no such channel", CALL_ENDED),
    ("channel does not exist", CALL_ENDED),
    ("message failed", MESSAGE_FAILED),
    ("variable not set", NOT_MUTED),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """The connection, as the commands use it.

    Attributes:
        send: Sends an action and returns the number of its answer, which is told later.
        answers: Sends actions and waits for all of their answers, within the deadline; raises
            SourceError.
        now: Tells the time.
    """

    send: Callable[[Action, Done], str]
    answers: Callable[[Sequence[Action]], list[tuple[Message, Sequence[Message]]]]
    now: Callable[[], Moment]

    def look(self, action: Action) -> tuple[Message, Sequence[Message]]:
        """Ask for what changes nothing.

        Raises:
            NotDone: There was no answer.
        """
        try:
            return self.answers((action,))[0]
        except SourceError as failed:
            raise NotDone(NOT_REACHED) from failed

    def channels(self) -> Sequence[Message]:
        """Return all channels there are at this moment.

        Raises:
            NotDone: There was no answer, or the account may not see them.
        """
        answer, rows = self.look(("CoreShowChannels", ()))
        if not is_list(answer):
            raise NotDone(CHANNELS_HIDDEN)
        return rows

    def order(self, *actions: Action) -> None:
        """Have something done.

        Raises:
            NotDone: The server refused it, or a part of it.
            SourceError: The connection is lost, and nobody knows.
        """
        refused = [why_refused(answer) for answer, _ in self.answers(actions)]
        if all(refused):
            raise NotDone(refused[0])
        if any(refused):
            raise NotDone(IN_SOME)


def why_refused(answer: Message) -> str:
    """Return why a server did not do what it was asked for. Empty if it did."""
    if answer.get("Response") == "Success":
        return ""
    said = answer.get("Message", "").lower()
    return next((reason for part, reason in _SAID if part in said), REFUSED)
