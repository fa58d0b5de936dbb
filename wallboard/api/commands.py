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
from wallboard.domain.supervision import NEEDS_REASON, OF_A_WAITING_CALL, Stage, Wish, WishKind

LONGEST_EXTENSION: Final = 64
HIGHEST_PRIORITY: Final = 1_000_000
_WRITTEN: Final = frozenset({"reason", "to", "text"})


class Command(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One command. A field that is not known might narrow what is asked: it is refused.

    The supervisor's phone is none of them: whoever answers knows it by who asks.

    Attributes:
        agent_id: None where no agent is meant, but a caller who waits, or the phone alone.
        queue_id: In which queue, for a pause or a log-out; None means in all of them. For an
            addition it is told.
        call_id: The call that is meant, so that no other one is listened to or ended. None if
            whatever call the agent has is meant. Of a caller who waits it is told.
        reason: Why, in the supervisor's words.
        to: The extension that a caller is transferred to.
        text: What a message says.
        priority: For a priority; larger is served sooner.
    """

    command: WishKind
    agent_id: Key | None = None
    queue_id: Key | None = None
    call_id: Key | None = None
    reason: Annotated[str, msgspec.Meta(max_length=LONGEST_TEXT)] = ""
    to: Annotated[str, msgspec.Meta(max_length=LONGEST_EXTENSION)] = ""
    text: Annotated[str, msgspec.Meta(max_length=LONGEST_TEXT)] = ""
    priority: Annotated[int, msgspec.Meta(ge=0, le=HIGHEST_PRIORITY)] | None = None

    @property
    def wish(self) -> Wish:
        """The command as a source takes it."""
        return Wish(
            kind=self.command,
            agent_id=AgentId(self.agent_id or ""),
            queue_id=None if self.queue_id is None else QueueId(self.queue_id),
            call_id=None if self.call_id is None else CallId(self.call_id),
            reason=self.reason,
            to=self.to,
            text=self.text,
            priority=self.priority,
        )

    @property
    def missing(self) -> str:
        """The field that this command needs and does not have; empty if it has all."""
        return next((name for name in needed_fields(self.command) if not self._says(name)), "")

    def _says(self, name: str) -> bool:
        told: str | int | None = getattr(self, name)
        # What a person writes must say something; of an id each letter counts, a blank as well.
        if name in _WRITTEN:
            return bool(str(told).strip())
        return told is not None


def needed_fields(kind: WishKind) -> tuple[str, ...]:
    """Return what a command cannot be without."""
    if kind is WishKind.TRY_PHONE:
        return ()
    more = {
        WishKind.ADD: ("queue_id",),
        WishKind.TRANSFER: ("to",),
        WishKind.MESSAGE: ("text",),
        WishKind.PRIORITIZE: ("priority",),
    }
    whose = "call_id" if kind in OF_A_WAITING_CALL else "agent_id"
    why = ("reason",) if kind in NEEDS_REASON else ()
    return (whose, *why, *more.get(kind, ()))


def command_of(wish: Wish) -> Command:
    """Return a wish as the API takes it; the supervisor's phone is not told."""
    return Command(
        command=wish.kind,
        agent_id=wish.agent_id or None,
        queue_id=wish.queue_id,
        call_id=wish.call_id,
        reason=cut(wish.reason),
        to=wish.to,
        text=cut(wish.text),
        priority=wish.priority,
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
    """Return the body of the request; what is not said is left out."""
    told = msgspec.structs.asdict(command)
    return encoded({name: said for name, said in told.items() if said not in (None, "")})


def read_command(body: bytes) -> Command:
    """Return what a request asks.

    Raises:
        RequestRefused: It is no command.
    """
    try:
        command = _commands.decode(body)
    except UNREADABLE as error:
        raise RequestRefused(problem(ProblemKind.BAD_REQUEST, str(error))) from error
    if command.missing:
        wrong = f"{command.missing}: {command.command} needs it"
        raise RequestRefused(problem(ProblemKind.BAD_REQUEST, wrong))
    return command


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
