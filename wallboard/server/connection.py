"""One connection over uvicorn: how long it may dawdle, and how its answers go out in one piece."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, Final

from uvicorn.protocols.http.h11_impl import H11Protocol

try:
    # Reads a request in a quarter of the time.
    from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
except ImportError:
    HttpToolsProtocol = None  # type: ignore[assignment, misc]

LARGEST_HEAD: Final = 24 * 1024
"""In bytes; a request's first lines are no longer."""

_HEAD_S: Final = 15.0
_UNREAD_S: Final = 30.0


class _Guarded(asyncio.Protocol):
    """Ends a connection whose request does not come to an end, or whose answer is not read.

    Stands before one of uvicorn's protocols.
    """

    cycle: Any

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Wait for a request."""
        loop = asyncio.get_running_loop()
        gathering = _Gathering(transport, loop)
        self._transport = gathering
        self._head_bytes = 0
        self._head_timer = _Timer(loop, _HEAD_S, gathering.close)
        self._unread_timer = _Timer(loop, _UNREAD_S, gathering.abort)
        super().connection_made(gathering)
        self._head_timer.start()

    def data_received(self, data: bytes) -> None:
        """Take what came."""
        super().data_received(data)
        if self.cycle is not None and not self.cycle.response_complete:
            self._head_bytes = 0
            self._head_timer.stop()
            return
        self._head_bytes += len(data)
        self._head_timer.start()
        if self._head_bytes > LARGEST_HEAD:
            self._transport.close()

    def pause_writing(self) -> None:
        """Wait until the other side reads."""
        super().pause_writing()
        self._unread_timer.start()

    def resume_writing(self) -> None:
        """Go on: it reads."""
        self._unread_timer.stop()
        super().resume_writing()

    def connection_lost(self, exc: Exception | None) -> None:
        """Let go of what is left."""
        self._head_timer.stop()
        self._unread_timer.stop()
        super().connection_lost(exc)


class _Timer:
    """Does something after a while, unless it is stopped before."""

    def __init__(
        self, loop: asyncio.AbstractEventLoop, after_s: float, act: Callable[[], None]
    ) -> None:
        self._loop = loop
        self._after_s = after_s
        self._act = act
        self._handle: asyncio.TimerHandle | None = None

    def start(self) -> None:
        """Begin to count, unless it counts already."""
        if self._handle is None:
            self._handle = self._loop.call_later(self._after_s, self._act)

    def stop(self) -> None:
        """Do nothing after all."""
        if self._handle is not None:
            self._handle.cancel()
            self._handle = None


class _Gathering(asyncio.Transport):
    """Gives what is written at once on at once: head and body in one call of the system."""

    def __init__(self, transport: Any, loop: asyncio.AbstractEventLoop) -> None:  # noqa: ANN401 - of whatever kind the loop made
        super().__init__()
        self._transport = transport
        self._loop = loop
        self._parts: list[bytes | bytearray | memoryview] = []

    def write(self, data: bytes | bytearray | memoryview) -> None:
        """Write soon."""
        if not self._parts:
            self._loop.call_soon(self._flush)
        self._parts.append(data)

    def close(self) -> None:
        """Write what there is, and close."""
        self._flush()
        self._transport.close()

    def abort(self) -> None:
        """Close at once."""
        self._parts.clear()
        self._transport.abort()

    def is_closing(self) -> bool:
        """Return whether it is."""
        closing: bool = self._transport.is_closing()
        return closing

    def get_extra_info(self, name: str, default: Any = None) -> Any:  # noqa: ANN401 - as it is
        """Return what is known of it."""
        return self._transport.get_extra_info(name, default)

    def pause_reading(self) -> None:
        """Read no more for now."""
        self._transport.pause_reading()

    def resume_reading(self) -> None:
        """Read again."""
        self._transport.resume_reading()

    def _flush(self) -> None:
        if self._parts:
            parts, self._parts = self._parts, []
            self._transport.write(parts[0] if len(parts) == 1 else b"".join(parts))


class H11Connection(_Guarded, H11Protocol):
    """Reads requests in plain Python."""


def _quickest() -> type[asyncio.Protocol]:
    if HttpToolsProtocol is None:
        return H11Connection
    return type("HttpToolsConnection", (_Guarded, HttpToolsProtocol), {})


CONNECTION: Final = _quickest()
"""What uvicorn makes of each connection."""
