"""Small servers on 127.0.0.1: one that speaks AMI as a PBX does, and ones that misbehave."""

from __future__ import annotations

import contextlib
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Self

from support.ami_story import Row, site_rows

BANNER = b"Asterisk Call Manager/11.0.0\r\n"
SECRET = "canary-geheim-1234"
TOLD = {"host": "127.0.0.1", "username": "wall", "secret": SECRET}


def message(fields: Mapping[str, str]) -> bytes:
    return "".join(f"{name}: {value}\r\n" for name, value in fields.items()).encode() + b"\r\n"


@dataclass
class Wire:
    """One connection, seen from the server.

    Attributes:
        received: All bytes that came.
    """

    socket: socket.socket
    received: bytearray = field(default_factory=bytearray)
    _rest: bytes = b""

    def send(self, data: bytes) -> None:
        self.socket.sendall(data)

    def receive(self) -> bytes:
        """Return what comes next; nothing at the end."""
        data = self.socket.recv(1 << 16)
        self.received += data
        return data

    def actions(self) -> Iterator[Row]:
        """Yield the actions as they come, until the end. Empty ones are passed over."""
        while data := self.receive():
            *blocks, self._rest = (self._rest + data).split(b"\r\n\r\n")
            for block in blocks:
                lines = [line for line in block.decode().split("\r\n") if ": " in line]
                if lines:
                    yield dict(line.split(": ", 1) for line in lines)

    def reset(self) -> None:
        """Break the connection off, without a word."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.socket.close()


Serve = Callable[[Wire], None]


class Server:
    """Listens on a port of 127.0.0.1 and serves each connection in a thread."""

    def __init__(self, serve: Serve, tls: ssl.SSLContext | None = None, *, port: int = 0) -> None:
        self.serve = serve
        self.wires: list[Wire] = []
        self._tls = tls
        self._listener = socket.create_server(("127.0.0.1", port))
        self.port: int = self._listener.getsockname()[1]
        self._closing = False
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()

    def told(self, **more: str) -> dict[str, str]:
        """Return the fields of a connection to it."""
        return {**TOLD, "port": str(self.port), **more}

    def received(self) -> bytes:
        """Return all that came over all connections."""
        return b"".join(bytes(wire.received) for wire in self.wires)

    def hang_up(self) -> None:
        """End all connections."""
        for wire in self.wires:
            with contextlib.suppress(OSError):
                wire.socket.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self._closing = True
        # Wakes the accepting thread, which a close alone would not.
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
            pass
        self._thread.join(5)
        self._listener.close()
        self.hang_up()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _accept(self) -> None:
        while True:
            plain, _ = self._listener.accept()
            if self._closing:
                plain.close()
                return
            wire = Wire(plain)
            self.wires.append(wire)
            threading.Thread(target=self._run, args=(wire,), daemon=True).start()

    def _run(self, wire: Wire) -> None:
        with contextlib.suppress(OSError):
            if self._tls is not None:
                wire.socket = self._tls.wrap_socket(wire.socket, server_side=True)
            self.serve(wire)
        with contextlib.suppress(OSError):
            wire.socket.close()


@dataclass
class Pbx:
    """Speaks AMI like a small PBX; a Serve of a Server.

    Attributes:
        rows: Of QueueStatus.
        channels: Of CoreShowChannels. None if nobody may see them.
        started: What it says of its start.
        secret: The one that is right. None if any is.
        answers: Overrides the answer to an action: its bytes, or None for no answer.
        variables: Values of QUEUESTATUS by channel. A channel that is not there is none.
        asked: All actions that came.
    """

    rows: list[Row] = field(default_factory=site_rows)
    channels: list[Row] | None = field(default_factory=list)
    started: str = "10:00:00"
    secret: str | None = SECRET
    answers: dict[str, Callable[[Row], bytes | None]] = field(default_factory=dict)
    variables: dict[str, str] = field(default_factory=dict)
    asked: list[Row] = field(default_factory=list)
    wires: list[Wire] = field(default_factory=list)

    def __call__(self, wire: Wire) -> None:
        wire.send(BANNER)
        for action in wire.actions():
            self.asked.append(action)
            answer = self.answer(action)
            if answer is not None:
                wire.send(answer)
            if action["Action"] == "Login":
                self.wires.append(wire)

    def emit(self, *events: Mapping[str, str]) -> None:
        """Tell events to everybody who is signed in."""
        data = b"".join(map(message, events))
        for wire in self.wires:
            with contextlib.suppress(OSError):
                wire.send(data)

    def answer(self, action: Row) -> bytes | None:
        name = action["Action"]
        own = {
            "Login": self._login,
            "QueueStatus": self._queue_status,
            "CoreShowChannels": self._show_channels,
            "CoreStatus": self._core_status,
            "Getvar": self._getvar,
        }
        return (self.answers.get(name) or own.get(name) or success)(action)

    def _login(self, action: Row) -> bytes:
        right = self.secret in (None, action.get("Secret"))
        return success(action) if right else error(action, "Authentication failed")

    def _queue_status(self, action: Row) -> bytes:
        return listed(action, self.rows, "QueueStatusComplete")

    def _show_channels(self, action: Row) -> bytes:
        if self.channels is None:
            return error(action, "Permission denied")
        return listed(action, self.channels, "CoreShowChannelsComplete")

    def _core_status(self, action: Row) -> bytes:
        told = {"CoreStartupDate": "2026-11-22", "CoreStartupTime": self.started}
        return success(action, **told)

    def _getvar(self, action: Row) -> bytes:
        value = self.variables.get(action["Channel"])
        if value is None:
            return error(action, "No such channel")
        return success(action, Variable="QUEUESTATUS", Value=value)


def success(action: Row, **fields: str) -> bytes:
    return message({"Response": "Success", "ActionID": action.get("ActionID", ""), **fields})


def error(action: Row, said: str) -> bytes:
    return message({"Response": "Error", "ActionID": action.get("ActionID", ""), "Message": said})


def listed(action: Row, rows: Iterable[Row], complete: str) -> bytes:
    """Return a list as AMI answers one."""
    key = {"ActionID": action.get("ActionID", "")}
    data = [message({"Response": "Success", **key, "EventList": "start", "Message": "follows"})]
    data += [message({**row, **key}) for row in rows]
    items = str(len(data) - 1)
    data.append(message({"Event": complete, **key, "EventList": "Complete", "ListItems": items}))
    return b"".join(data)
