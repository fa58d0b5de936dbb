"""Actions that are not answered yet, and the answers as they come together; pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from secrets import token_hex
from typing import Final, TypeAlias

from wallboard.domain.errors import FaultKind, SourceUnreadable, fault
from wallboard.sources.asterisk.codec import Message
from wallboard.sources.asterisk.link import Link
from wallboard.sources.asterisk.refusals import is_list

Done: TypeAlias = Callable[[Message, Sequence[Message]], None]
"""Takes an answer, and the rows if it is a list."""

# More rows than any call center has: who sends so many wants our memory.
MOST_ROWS: Final = 50_000
# Events that bear the number of the action that caused them, and are no answer to it.
_NO_ANSWERS: Final = frozenset({"OriginateResponse"})


@dataclass(slots=True)
class Pending:
    """An action that is not answered yet."""

    action: str
    asked_at_s: float
    done: Done
    rows: list[Message] = field(default_factory=list)
    first: Message | None = None


@dataclass(slots=True)
class Asking:
    """All that was asked over one connection."""

    _pending: dict[str, Pending] = field(default_factory=dict)
    _number: int = 0
    # Events that bear an action's number come to all: those of another wallboard are not ours.
    _run: str = field(default_factory=lambda: token_hex(4))

    def ask(
        self, link: Link, action: str, fields: Iterable[tuple[str, str]], at_s: float, done: Done
    ) -> str:
        """Send an action; return the number that its answer will bear.

        Raises:
            Unsendable: A field holds what must not be sent; nothing was.
            SourceUnavailable: The connection is lost.
        """
        self._number += 1
        key = f"wallboard-{self._run}-{self._number}"
        link.send(action, ("ActionID", key), *fields)
        self._pending[key] = Pending(action=action, asked_at_s=at_s, done=done)
        return key

    def oldest_s(self, now_s: float) -> float:
        """Return since when the oldest of them waits; now if none does."""
        return min((one.asked_at_s for one in self._pending.values()), default=now_s)

    def forget(self) -> None:
        """The connection is gone: nothing will be answered."""
        self._pending.clear()

    def take(self, message: dict[str, str]) -> bool:
        """Take a message if it is a part of an answer; a list is complete with its last event.

        Raises:
            SourceUnreadable: It cannot be an answer to what was asked.
        """
        pending = self._pending.get(message.get("ActionID", ""))
        if pending is None or message.get("Event") in _NO_ANSWERS:
            return False
        if pending.first is None:
            pending.first = message
            if is_list(message):
                return True
        elif message.get("EventList", "").lower() != "complete":
            # The number of the question is no part of the row: it would make all rows new.
            message.pop("ActionID", None)
            pending.rows.append(message)
            if len(pending.rows) > MOST_ROWS:
                raise _unreadable(f"a list of more than {MOST_ROWS} rows")
            return True
        elif message.get("Event") != f"{pending.action}Complete":
            raise _unreadable(f"the list of {pending.action} ends as another one")
        del self._pending[message.get("ActionID", "")]
        pending.done(pending.first, pending.rows)
        return True


def _unreadable(reason: str) -> SourceUnreadable:
    return SourceUnreadable(fault(FaultKind.BAD_DATA, reason=reason))
