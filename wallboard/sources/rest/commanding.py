"""Commands that a server has taken: followed to their end; who is in whose call because of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from wallboard.api.capabilities import Capabilities
from wallboard.api.commands import CommandState
from wallboard.api.monitoring import Lacks
from wallboard.domain.clock import Clock
from wallboard.domain.errors import SourceError
from wallboard.domain.snapshot import AgentId
from wallboard.domain.supervision import (
    MONITORING,
    NEEDS_PHONE,
    NOT_KNOWN,
    VOICE,
    Monitoring,
    Stage,
    Wish,
    WishKind,
    WishResult,
)
from wallboard.domain.value import value
from wallboard.sources.rest.conversation import Conversation, NotSupported

FOLLOWED_S: Final = 60.0
"""After so long nobody will say any more what came of a command."""

_AT_ONCE: Final = 4
"""Of the commands that go on so many are asked about in one look."""


@value
class _GoesOn:
    wish: Wish
    until_s: float


class Commanding:
    """The commands of one connection. Used by the source's thread."""

    def __init__(self, conversation: Conversation, clock: Clock) -> None:
        self._conversation = conversation
        self._clock = clock
        self._going_on: dict[str, _GoesOn] = {}
        # Whose calls this connection has asked to be in.
        self._asked: set[AgentId] = set()

    @property
    def goes_on(self) -> bool:
        """True if something was asked for and its end is not known."""
        return bool(self._going_on)

    def taken(self, wish: Wish, state: CommandState) -> WishResult | None:
        """Take that the server has taken a command. None: it goes on."""
        if state.state is Stage.PENDING:
            self.perhaps(wish)
            until_s = self._clock.now().steady_s + FOLLOWED_S
            self._going_on[state.id] = _GoesOn(wish=wish, until_s=until_s)
            return None
        return self._result(wish, state)

    def perhaps(self, wish: Wish) -> None:
        """Take that a command may be done."""
        if wish.kind in MONITORING:
            self._asked.add(wish.agent_id)

    def results(self) -> tuple[WishResult, ...]:
        """Ask about what goes on, and return what has come to its end. Never fails."""
        found: list[WishResult] = []
        for command_id, each in tuple(self._going_on.items())[:_AT_ONCE]:
            result = self._looked_for(command_id, each)
            # Those that wait for their turn come before it the next time.
            del self._going_on[command_id]
            if result is None:
                self._going_on[command_id] = each
            else:
                found.append(result)
        return tuple(found)

    def own(
        self, told: tuple[Monitoring, ...] | None, known: Capabilities | None
    ) -> tuple[Monitoring, ...] | None:
        """Return who is in whose call, with what is this connection's own marked as such.

        A server has one connection and many who ask: what it began for others is not ours.
        """
        if told is None:
            return None
        phone = "" if known is None else known.phone
        return tuple([replace(each, own=each.own and self._ours(each, phone)) for each in told])

    def _ours(self, each: Monitoring, phone: str) -> bool:
        if each.agent_id not in self._asked:
            return False
        return not phone or not each.phone or _dialled(each.phone) == _dialled(phone)

    def _looked_for(self, command_id: str, each: _GoesOn) -> WishResult | None:
        """Return what came of a command. None: nothing yet."""
        try:
            state = self._conversation.command_state(command_id)
        except SourceError:
            state = None
        except NotSupported:
            return WishResult(wish=each.wish, done=False, reason=NOT_KNOWN, known=False)
        if state is not None and state.state is not Stage.PENDING:
            return self._result(each.wish, state)
        if self._clock.now().steady_s < each.until_s:
            return None
        return WishResult(wish=each.wish, done=False, reason=NOT_KNOWN, known=False)

    def _result(self, wish: Wish, state: CommandState) -> WishResult:
        if state.state is Stage.REFUSED:
            return WishResult(wish=wish, done=False, reason=state.reason)
        self.perhaps(wish)
        if state.state is Stage.DONE:
            return WishResult(wish=wish, done=True)
        return WishResult(wish=wish, done=False, reason=NOT_KNOWN, known=False)


def lacks_of(told: Lacks, known: Capabilities | None) -> Lacks:
    """Return what this account may not: what the server's own may not, and what its token may not.

    Args:
        known: None: the server does not tell what it takes from whom.
    """
    if known is None:
        return told
    behind = dict(told)
    mine = {
        kind: f"--mode {_granted_by(kind)}"
        + (", --phone" if kind in NEEDS_PHONE and not known.phone else "")
        for kind in WishKind
        if kind not in known.commands
    }
    return tuple((mine | behind).items())


def _granted_by(kind: WishKind) -> WishKind:
    """Return the mode by which a token may do something."""
    return WishKind.WHISPER if kind in VOICE else kind


def _dialled(phone: str) -> str:
    """Return what of a phone's name is the same however the system tells it."""
    return phone.rpartition("/")[2].partition("@")[0].casefold()
