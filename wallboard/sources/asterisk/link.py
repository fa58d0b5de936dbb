"""A way to a manager: over its socket or over HTTP, with the same messages by either."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Protocol

from wallboard.domain.source import Interrupt
from wallboard.sources.asterisk.ami_over_http import AmiOverHttp
from wallboard.sources.asterisk.client import Action, Client
from wallboard.sources.asterisk.settings import Account


class Link(Protocol):
    """An open way to a server. Used by one thread; every call returns within its deadline."""

    @property
    def greeting(self) -> str | None:
        """What the server said of itself. None before that: until then nothing is told it."""
        ...

    @property
    def session(self) -> str:
        """What the server would keep if we were gone without a word. Empty for nothing."""
        ...

    def sign_in(self, username: str, secret: str, events: str) -> Action:
        """Return the action that signs in for classes of events."""
        ...

    def send(self, action: str, *fields: tuple[str, str]) -> None:
        """Ask for an action. The answer bears the ActionID that was given with it.

        Raises:
            Unsendable: A field holds what must not be sent; nothing was.
            SourceUnavailable: The connection is lost.
        """
        ...

    def nudge(self) -> None:
        """Provoke a server that says nothing.

        Raises:
            SourceUnavailable: The connection is lost.
        """
        ...

    def receive(self) -> list[dict[str, str]]:
        """Return the messages that have come, without waiting.

        Raises:
            SourceUnavailable: The connection is lost, after all that came before was returned.
            SourceRefused: Something answers that does not speak this protocol; likewise.
        """
        ...

    def wait(self, pause_s: float, interrupt: Interrupt | None = None) -> bool:
        """Wait for messages. False if `pause_s` passed, or `interrupt` is readable."""
        ...

    def mark(self) -> int:
        """Return a number for all that has happened up to now; see `reached`."""
        ...

    def reached(self, mark: int) -> bool:
        """Return whether all events are told that had happened at a mark."""
        ...

    def close(self) -> None:
        """Let go of the connection."""
        ...


def opened(
    account: Account, wanted: Iterable[str] | None, deadline: timedelta, leftover: str = ""
) -> Link:
    """Connect.

    Args:
        wanted: Names of the events to decode; None for all.
        deadline: For the whole of connecting, and for each send.
        leftover: What `session` was of a link to the same server that was lost.

    Raises:
        SourceUnavailable: Nobody answers there.
        SourceRefused: The certificate or the settings for it are not good.
    """
    if account.web is None:
        return Client(account.address, wanted, deadline)
    return AmiOverHttp(account.web, wanted, deadline, leftover)
