"""By when an answer must be there, and sockets that give up then.

A time-out of a socket begins anew with every byte that comes, so that one byte now and then holds
a call for ever. Here each wait gets only what is left of the whole.
"""

from __future__ import annotations

import socket
import ssl
import time
from datetime import timedelta
from typing import Any, Final, TypeAlias

# No wait is shorter: a time-out of nothing would mean not to wait at all.
_LEAST_S: Final = 0.001

_Bytes: TypeAlias = Any  # whatever has a buffer


class Deadline:
    """A moment of the steady clock that is set anew for each call. Used by one thread."""

    def __init__(self) -> None:
        self._until_s = float("-inf")

    def begin(self, limit: timedelta) -> None:
        """Let it be so long from now."""
        self._until_s = time.monotonic() + limit.total_seconds()

    @property
    def left_s(self) -> float:
        """Seconds that are left; below zero if it has passed."""
        return self._until_s - time.monotonic()

    @property
    def passed(self) -> bool:
        """True if nothing is left."""
        return self.left_s <= 0

    def wait_s(self, longest: float = float("inf")) -> float:
        """Return for how long a socket may wait now.

        Raises:
            TimeoutError: Nothing is left.
        """
        left_s = self.left_s
        if left_s <= 0:
            raise TimeoutError("timed out")
        return max(_LEAST_S, min(left_s, longest))


class TimedSocket(socket.socket):
    """A socket whose every wait ends with the deadline."""

    __slots__ = ("deadline",)

    deadline: Deadline

    def recv_into(self, buffer: _Bytes, nbytes: int = 0, flags: int = 0) -> int:
        """Receive, until the deadline at the latest."""
        self.settimeout(self.deadline.wait_s())
        return super().recv_into(buffer, nbytes, flags)

    def sendall(self, data: _Bytes, flags: int = 0) -> None:
        """Send all, until the deadline at the latest."""
        self.settimeout(self.deadline.wait_s())
        super().sendall(data, flags)


class TimedTlsSocket(ssl.SSLSocket):
    """An encrypted socket whose every wait ends with the deadline of its context."""

    def recv_into(self, buffer: _Bytes, nbytes: int | None = None, flags: int = 0) -> int:
        """Receive, until the deadline at the latest."""
        self._limit_wait()
        return super().recv_into(buffer, nbytes, flags)

    def send(self, data: _Bytes, flags: int = 0) -> int:
        """Send some, until the deadline at the latest."""
        self._limit_wait()
        try:
            return super().send(data, flags)
        except (ssl.SSLEOFError, ConnectionError):
            self._hear_why()
            raise

    def _hear_why(self) -> None:
        """Raise what the other side said before it hung up, if it said something."""
        try:
            self.read(1)
        except ssl.SSLError as said:
            if said.reason and not isinstance(said, ssl.SSLEOFError):
                raise
        except OSError:
            pass

    def do_handshake(self, block: bool = False) -> None:  # noqa: FBT001, FBT002 - its signature
        """Agree on keys, until the deadline at the latest."""
        self._limit_wait()
        super().do_handshake(block)

    def _limit_wait(self) -> None:
        context = self.context
        if isinstance(context, TlsContext):
            self.settimeout(context.deadline.wait_s())


class TlsContext(ssl.SSLContext):
    """How to encrypt; its sockets give up at the deadline."""

    sslsocket_class = TimedTlsSocket
    deadline: Deadline
