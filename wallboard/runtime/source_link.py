"""The window's end of a source's process: starts it, listens to it, ends it. Knows no Qt."""

from __future__ import annotations

import secrets
import signal
import socket
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from typing import TypeAlias

import msgspec

from wallboard.domain.snapshot import Snapshot
from wallboard.runtime.opening import Opening
from wallboard.runtime.own_program import own_program
from wallboard.runtime.source_process import Launch
from wallboard.runtime.wire import (
    LARGEST_FRAME,
    Answered,
    Ask,
    Begin,
    Failed,
    FrameReader,
    FromWindow,
    Hello,
    PollNow,
    Stop,
    Taken,
    WireBroken,
    frame_of,
    source_said,
)

Said: TypeAlias = Taken | Failed | Answered
"""What a process says to the window."""

_LARGEST_GREETING = 1024
_MOST_STRANGERS = 8
_RECEIVE_AT_ONCE = 1 << 20
_GRACE_S = 1.0


def process_command() -> tuple[str, ...]:
    """Return the command that starts this program as a source's process."""
    return own_program("source-process")


class SourceLink:
    """One process of a source and the connection to it, from start to end. For one thread.

    Nothing here waits, but `close`: call `read` with whichever of `sockets()` is readable.
    """

    def __init__(
        self, opening: Opening, command: Sequence[str], seed: Snapshot | None = None
    ) -> None:
        """Start the process.

        Args:
            command: Starts a program that runs `run_source_process`.
            seed: What a process before it knew last.

        Raises:
            OSError: The process or the listener cannot be started.
        """
        self._seed = seed
        self._token = secrets.token_hex(32)
        self._strangers: dict[socket.socket, FrameReader] = {}
        self._connection: socket.socket | None = None
        self._reader = FrameReader()
        self._ended = False
        self._listener: socket.socket | None = socket.create_server(("127.0.0.1", 0), backlog=16)
        self._listener.settimeout(0)
        try:
            self._process = subprocess.Popen(list(command), stdin=subprocess.PIPE)  # noqa: S603 - our own program
            self._launch(opening, self._listener.getsockname()[1])
        except OSError:
            self._listener.close()
            raise

    @property
    def pid(self) -> int:
        """The process' id."""
        return self._process.pid

    @property
    def ended(self) -> bool:
        """True once the process has gone or has hung up; it will say nothing more."""
        if self._connection is None and self._process.poll() is not None:
            self._ended = True
        return self._ended

    def sockets(self) -> tuple[socket.socket, ...]:
        """Return what to wait on; it changes only in `read`."""
        if self._connection is not None:
            return (self._connection,)
        return tuple(self._strangers) + (() if self._listener is None else (self._listener,))

    def go_on_from(self, seed: Snapshot | None) -> None:
        """Have the process begin with what was known last. Before the first `read`."""
        self._seed = seed

    def read(self, readable: socket.socket) -> tuple[Said, ...]:
        """Return what the process said on a readable socket, without waiting."""
        if readable is self._listener:
            self._accept()
        elif readable in self._strangers:
            return self._greet(readable)
        elif readable is self._connection:
            return self._hear(readable)
        return ()

    def poll_now(self) -> None:
        """Ask for a picture at once."""
        self._send(PollNow())

    def ask(self, ask: Ask) -> bool:
        """Pass a wish on; return False if it was not, and will not be."""
        if self._connection is None or self._ended:
            return False
        try:
            self._send(ask)
        except WireBroken:
            return False
        # A part of it may have gone out even so: then the process ends, and cannot have done it.
        return not self._ended

    def close(self) -> str:
        """End the process: asked first, killed after a second. May be called more than once.

        Returns:
            How it ended, in a few words for the log or a fault.
        """
        self._send(Stop())
        if self._process.stdin is not None:
            with suppress(OSError):
                self._process.stdin.close()
        for each in (*self._strangers, self._connection, self._listener):
            if each is not None:
                each.close()
        self._strangers = {}
        self._connection = self._listener = None
        self._ended = True
        try:
            status = self._process.wait(_GRACE_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            status = self._process.wait()
        return _words_of(status)

    def _launch(self, opening: Opening, port: int) -> None:
        launch = Launch(port=port, token=self._token, kind=opening.kind, told={**opening.told})
        if self._process.stdin is not None:
            with suppress(BrokenPipeError):  # it ended already, and `ended` says so
                self._process.stdin.write(msgspec.json.encode(launch) + b"\n")
                self._process.stdin.flush()

    def _accept(self) -> None:
        if self._listener is None:
            return
        try:
            stranger, _ = self._listener.accept()
        except OSError:
            return  # he has gone again
        stranger.settimeout(0)
        stranger.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        while len(self._strangers) >= _MOST_STRANGERS:
            self._dismiss(next(iter(self._strangers)))
        self._strangers[stranger] = FrameReader(_LARGEST_GREETING)

    def _dismiss(self, stranger: socket.socket) -> None:
        del self._strangers[stranger]
        stranger.close()

    def _greet(self, stranger: socket.socket) -> tuple[Said, ...]:
        """Hear a stranger's first word: with the right token he is our process."""
        reader = self._strangers[stranger]
        try:
            bodies = reader.feed(_received(stranger))
            if not bodies:
                return ()
            hello = source_said(bodies[0])
        except (WireBroken, ConnectionError):
            self._dismiss(stranger)
            return ()
        if not isinstance(hello, Hello) or not secrets.compare_digest(
            hello.token.encode(), self._token.encode()
        ):
            self._dismiss(stranger)
            return ()
        del self._strangers[stranger]
        self._connection = stranger
        for other in tuple(self._strangers):
            self._dismiss(other)
        if self._listener is not None:
            self._listener.close()
            self._listener = None
        self._send(Begin(seed=self._seed))
        self._seed = None
        # It may have said more in the same breath.
        reader.largest = LARGEST_FRAME
        self._reader = reader
        return self._words_in(bodies[1:])

    def _hear(self, connection: socket.socket) -> tuple[Said, ...]:
        try:
            return self._words_in(self._reader.feed(_received(connection)))
        except (WireBroken, ConnectionError):
            self._ended = True
            return ()

    def _words_in(self, bodies: Sequence[bytes]) -> tuple[Said, ...]:
        said: list[Said] = []
        try:
            for body in bodies:
                word = source_said(body)
                if not isinstance(word, Hello):
                    said.append(word)
        except WireBroken:
            self._ended = True
        return tuple(said)

    def _send(self, message: FromWindow) -> None:
        if self._connection is None or self._ended:
            return
        # Rarely more than a few bytes; a seed is large, and is sent while the process has
        # nothing else to do than to read it.
        self._connection.settimeout(_GRACE_S)
        try:
            self._connection.sendall(frame_of(message))
            self._connection.settimeout(0)
        except OSError:
            self._ended = True


def _received(readable: socket.socket) -> bytes:
    """Return what has arrived; empty if nothing has, after all.

    Raises:
        ConnectionError: The other end is gone.
    """
    try:
        data = readable.recv(_RECEIVE_AT_ONCE)
    except BlockingIOError:
        return b""
    except ConnectionError:
        raise
    except OSError as error:
        raise ConnectionError(str(error)) from error
    if not data:
        raise ConnectionError("hung up")
    return data


def _words_of(status: int) -> str:
    if status >= 0:
        return f"exit status {status}"
    try:
        return signal.Signals(-status).name
    except ValueError:
        return f"signal {-status}"
