"""What a supervisor asks of the system through the API, and what became of it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Final

import msgspec

from wallboard.api.problem import ProblemKind, RequestRefused, problem
from wallboard.api.protocol import LONGEST_TEXT, Instant, Key, believable, cut
from wallboard.api.reading import UNREADABLE, decoded, unreadable
from wallboard.api.writing import encoded
from wallboard.domain.snapshot import AgentId, CallId, QueueId
from wallboard.domain.supervision import Stage, Wish, WishKind


class Command(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One command. A field that is not known might narrow what is asked: it is refused.

    Attributes:
        queue_id: In which queue, for a pause or a log-out. None means in all of them.
        call_id: The call that is meant, so that no other one is listened to or ended. None if
            whatever call the agent has is meant.
        reason: Why, in the supervisor's words.
    """

    command: WishKind
    agent_id: Key
    queue_id: Key | None = None
    call_id: Key | None = None
    reason: Annotated[str, msgspec.Meta(max_length=LONGEST_TEXT)] = ""

    @property
    def wish(self) -> Wish:
        """The command as a source takes it."""
        return Wish(
            kind=self.command,
            agent_id=AgentId(self.agent_id),
            queue_id=None if self.queue_id is None else QueueId(self.queue_id),
            call_id=None if self.call_id is None else CallId(self.call_id),
            reason=self.reason,
        )


def command_of(wish: Wish) -> Command:
    """Return a wish as the API takes it."""
    return Command(
        command=wish.kind,
        agent_id=wish.agent_id,
        queue_id=wish.queue_id,
        call_id=wish.call_id,
        reason=cut(wish.reason),
    )


class CommandState(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a command.

    Attributes:
        id: Under which to ask again.
        reason: Why not, if it was refused or is unknown; empty otherwise.
        as_of: When this was true. UTC.
    """

    id: Key
    state: Stage
    reason: str = ""
    as_of: Instant


def command_bytes(command: Command) -> bytes:
    """Return the body of the request."""
    return encoded(command)


def read_command(body: bytes) -> Command:
    """Return what a request asks.

    Raises:
        RequestRefused: It is no command.
    """
    try:
        return _commands.decode(body)
    except UNREADABLE as error:
        raise RequestRefused(problem(ProblemKind.BAD_REQUEST, str(error))) from error


def command_state_bytes(state: CommandState) -> bytes:
    """Return the body of the answer."""
    return encoded(state)


def read_command_state(body: bytes) -> CommandState:
    """Return what an answer says.

    Raises:
        SourceUnreadable: It says nothing we understand.
    """
    told = decoded(_states, body)
    try:
        as_of: datetime = believable(told.as_of)
    except ValueError as error:
        raise unreadable(error) from error
    return CommandState(id=told.id, state=told.state, reason=cut(told.reason), as_of=as_of)


_commands: Final = msgspec.json.Decoder(Command)
_states: Final = msgspec.json.Decoder(CommandState)
