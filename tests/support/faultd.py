"""A server on a raw socket that breaks in every way, on command, and records every byte it gets.

It answers what a site says as HTTP until a fault is set; with a fault, the fault answers. Faults
are named in FAULTS, each with what a client has to make of it.
"""

from __future__ import annotations

import contextlib
import gzip
import socket
import ssl
import struct
import threading
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Final, Self, TypeAlias

PACE_S: Final = 0.05
"""Between the bytes of who trickles: far below any time-out of a socket."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request as it came.

    Attributes:
        headers: By lower-case name.
    """

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def path(self) -> str:
        return self.target.partition("?")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One answer, before it is bytes."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)

    def encoded(self, *, close: bool = False) -> bytes:
        lines = [f"HTTP/1.1 {self.status} Said"]
        told = {"Content-Type": "application/json", **self.headers}
        if self.status != 304 and "Transfer-Encoding" not in told:
            told.setdefault("Content-Length", str(len(self.body)))
        if close:
            told["Connection"] = "close"
        lines += [f"{name}: {content}" for name, content in told.items()]
        return "\r\n".join(lines).encode() + b"\r\n\r\n" + self.body


Site: TypeAlias = Callable[[Asked], Said]


class Over(Exception):
    """This connection is done with."""


@dataclass(eq=False)
class Wire:
    """One connection, seen from the server.

    Attributes:
        received: All bytes that came; over TLS those that were encrypted in it.
    """

    socket: socket.socket
    received: bytearray = field(default_factory=bytearray)
    served: int = 0
    _rest: bytes = b""

    def send(self, data: bytes) -> None:
        self.socket.sendall(data)

    def trickle(self, data: bytes, piece: int = 1) -> None:
        for at in range(0, len(data), piece):
            self.send(data[at : at + piece])
            time.sleep(PACE_S)  # noqa: TID251 - who trickles waits

    def hang(self) -> None:
        """Say nothing until the other side goes."""
        while self._receive():
            pass
        raise Over

    def reset(self) -> None:
        """Break the connection off, without a word."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.socket.close()
        raise Over

    def asked(self) -> Asked:
        """Return the next request. Raises Over at the end."""
        head, _, self._rest = self._until(b"\r\n\r\n").partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        method, _, target = first.partition(" ")
        headers = {
            name.strip().lower(): said.strip()
            for name, _, said in (line.partition(":") for line in lines)
        }
        length = int(headers.get("content-length", "0"))
        while len(self._rest) < length:
            self._rest += self._more()
        body, self._rest = self._rest[:length], self._rest[length:]
        return Asked(method=method, target=target.rpartition(" ")[0], headers=headers, body=body)

    def _until(self, mark: bytes) -> bytes:
        while mark not in self._rest:
            self._rest += self._more()
        return self._rest

    def _more(self) -> bytes:
        data = self._receive()
        if not data:
            raise Over
        return data

    def _receive(self) -> bytes:
        data = self.socket.recv(1 << 16)
        self.received += data
        return data


@dataclass(frozen=True, slots=True, kw_only=True)
class Breakage:
    """One way to break.

    Attributes:
        kinds: What a client calls it: one of these faults.
        accepted: Does something before the first byte is read, or before TLS begins.
        answers: Says something else than the good answer, which it is given.
        slow: True if a client needs all of its time to find out.
        down: True if nobody listens.
    """

    kinds: frozenset[str]
    accepted: Callable[[Wire], None] | None = None
    answers: Callable[[Wire, Asked, bytes], None] | None = None
    slow: bool = False
    down: bool = False


class FaultServer:
    """Listens on a port of 127.0.0.1 and serves each connection in a thread.

    Attributes:
        breakage: How it breaks from now on. None while it is well.
        limit: So many answers a connection gets before it is closed without a word; 0: no limit.
        wires: All connections so far.
        asked: All requests so far that were read as such.
    """

    def __init__(self, site: Site, tls: ssl.SSLContext | None = None, *, port: int = 0) -> None:
        self.site = site
        self.tls = tls
        self.breakage: Breakage | None = None
        self.limit = 0
        self.wires: list[Wire] = []
        self.asked: list[Asked] = []
        self._closing = False
        self._listener: socket.socket | None = None
        self._thread: threading.Thread | None = None
        self.port = port
        self.listen()

    @property
    def address(self) -> str:
        scheme = "https" if self.tls is not None else "http"
        return f"{scheme}://127.0.0.1:{self.port}"

    def received(self) -> bytes:
        """Return all that came over all connections."""
        return b"".join(bytes(wire.received) for wire in self.wires)

    def break_down(self, breakage: Breakage) -> None:
        """Break from now on; connections that stand are dropped if nobody listens any more."""
        self.breakage = breakage
        if breakage.down:
            self.stop_listening()
            self.hang_up()

    def recover(self) -> None:
        """Be well again."""
        self.breakage = None
        if self._listener is None:
            self.listen()

    def hang_up(self) -> None:
        """End all connections."""
        for wire in self.wires:
            with contextlib.suppress(OSError):
                wire.socket.shutdown(socket.SHUT_RDWR)

    def listen(self) -> None:
        self._closing = False
        listener = socket.create_server(("127.0.0.1", self.port), backlog=64)
        self.port = listener.getsockname()[1]
        self._listener = listener
        self._thread = threading.Thread(target=self._accept, args=(listener,), daemon=True)
        self._thread.start()

    def stop_listening(self) -> None:
        self._closing = True
        # Wakes the accepting thread, which a close alone would not.
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
            pass
        if self._thread is not None:
            self._thread.join(5)
        if self._listener is not None:
            self._listener.close()
        self._listener = None

    def close(self) -> None:
        if self._listener is not None:
            self.stop_listening()
        self.hang_up()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _accept(self, listener: socket.socket) -> None:
        while True:
            plain, _ = listener.accept()
            if self._closing:
                plain.close()
                return
            plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            wire = Wire(plain)
            self.wires.append(wire)
            threading.Thread(target=self._run, args=(wire,), daemon=True).start()

    def _run(self, wire: Wire) -> None:
        with contextlib.suppress(OSError, Over, ValueError):
            self._serve(wire)
        with contextlib.suppress(OSError):
            wire.socket.close()

    def _serve(self, wire: Wire) -> None:
        if self.breakage is not None and self.breakage.accepted is not None:
            self.breakage.accepted(wire)
        if self.tls is not None:
            wire.socket = self.tls.wrap_socket(wire.socket, server_side=True)
        while not self.limit or wire.served < self.limit:
            asked = wire.asked()
            self.asked.append(asked)
            breakage = self.breakage
            good = self.site(asked).encoded()
            wire.served += 1
            if breakage is not None and breakage.answers is not None:
                breakage.answers(wire, asked, good)
            else:
                wire.send(good)


# --- ways to break ------------------------------------------------------------------------------


def _says(status: int, body: bytes = b"{}", **headers: str) -> Callable[..., None]:
    told = {name.replace("_", "-"): said for name, said in headers.items()}
    data = Said(status=status, body=body, headers=told).encoded()

    def say(wire: Wire, asked: Asked, good: bytes) -> None:
        wire.send(data)

    return say


def _said(data: bytes) -> Callable[..., None]:
    """Return what says exactly that, and ends."""

    def say(wire: Wire, asked: Asked, good: bytes) -> None:
        wire.send(data)
        raise Over

    return say


def _head(*lines: str) -> bytes:
    told = ["HTTP/1.1 200 OK", "Content-Type: application/json", *lines]
    return "\r\n".join(told).encode() + b"\r\n\r\n"


def _part(share: float, *, reset: bool = False) -> Callable[..., None]:
    """Return what says the first part of the good answer, and ends."""

    def say(wire: Wire, asked: Asked, good: bytes) -> None:
        wire.send(good[: max(1, int(share * len(good)))])
        if reset:
            wire.reset()
        raise Over

    return say


def _cut_without_length(wire: Wire, asked: Asked, good: bytes) -> None:
    _, _, body = good.partition(b"\r\n\r\n")
    wire.send(_head("Connection: close") + body[: len(body) // 2])
    raise Over


def _hangs(wire: Wire, asked: Asked, good: bytes) -> None:
    wire.hang()


def _trickles_head(wire: Wire, asked: Asked, good: bytes) -> None:
    while True:
        wire.trickle(good[:15])
        wire.trickle(b"\r\nX-Slow: " + b"s" * 60)


def _trickles_body(wire: Wire, asked: Asked, good: bytes) -> None:
    wire.send(_head("Content-Length: 100000"))
    wire.trickle(b" " * 100_000)


def _trickles_chunks(wire: Wire, asked: Asked, good: bytes) -> None:
    wire.send(_head("Transfer-Encoding: chunked"))
    wire.trickle(b"1\r\n \r\n" * 100_000, piece=6)


def _endless(wire: Wire, asked: Asked, good: bytes) -> None:
    wire.send(_head("Transfer-Encoding: chunked"))
    piece = b"%x\r\n%b\r\n" % (1 << 16, b" " * (1 << 16))
    while True:
        wire.send(piece)


def _endless_without_length(wire: Wire, asked: Asked, good: bytes) -> None:
    wire.send(_head("Connection: close"))
    while True:
        wire.send(b"[" * (1 << 16))


def _endless_redirect(wire: Wire, asked: Asked, good: bytes) -> None:
    wire.send(
        b"HTTP/1.1 302 Found\r\nLocation: http://elsewhere.example/\r\n"
        b"Transfer-Encoding: chunked\r\n\r\n"
    )
    piece = b"%x\r\n%b\r\n" % (1 << 16, b" " * (1 << 16))
    while True:
        wire.send(piece)


def _endless_head(wire: Wire, asked: Asked, good: bytes) -> None:
    wire.send(b"HTTP/1.1 200 OK\r\n")
    while True:
        wire.send(b"X-More: " + b"m" * 4000 + b"\r\n")


def _endless_continue(wire: Wire, asked: Asked, good: bytes) -> None:
    while True:
        wire.send(b"HTTP/1.1 100 Continue\r\n\r\n" * 400)


@cache
def bomb(layers: int, size: int = 100 << 20) -> bytes:
    """Return nothing but spaces, packed so often."""
    packing = zlib.compressobj(9, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    piece = b" " * (1 << 20)
    data = b"".join(packing.compress(piece) for _ in range(size >> 20)) + packing.flush()
    for _ in range(layers - 1):
        data = gzip.compress(data, 9)
    return data


def _packed(encoding: str, data: Callable[[], bytes]) -> Callable[..., None]:
    def say(wire: Wire, asked: Asked, good: bytes) -> None:
        body = data()
        wire.send(_head(f"Content-Encoding: {encoding}", f"Content-Length: {len(body)}") + body)

    return say


def _resets(wire: Wire) -> None:
    wire.reset()


def _closes(wire: Wire) -> None:
    raise Over


def _hangs_at_once(wire: Wire) -> None:
    wire.hang()


def _speaks_first(wire: Wire) -> None:
    wire.send(b"SSH-2.0-OpenSSH_9.6\r\n")
    wire.hang()


def _of(*kinds: str, **more: object) -> Breakage:
    return Breakage(kinds=frozenset(kinds), **more)  # type: ignore[arg-type]


LOG_IN_PAGES: Final = (
    b"<!DOCTYPE html><html><head><title>Log in</title></head><body><form></form></body></html>",
    b"\xef\xbb\xbf<html><body>Please sign in</body></html>",
    b"\r\n\r\n  <HTML><script>location='/login'</script></HTML>",
    b"<?xml version='1.0'?><!DOCTYPE html><html xmlns='http://www.w3.org/1999/xhtml'/>",
    "<html dir='rtl'><body>وارد شوید</body></html>".encode(),
    b"<html><body onload='document.forms[0].submit()'><form action='https://idp.example/saml'>",
)

_DEEP = b'{"version":"t1","as_of":"2026-11-22T12:00:00Z","x":' + b"[" * 200_000
_DIGITS = b'{"version":"t1","as_of":' + b"9" * 5_000 + b"}"

FAULTS: Final[Mapping[str, Breakage]] = {
    "refused": _of("unreachable", down=True),
    "reset_at_once": _of("lost", "unreachable", accepted=_resets),
    "closed_at_once": _of("lost", accepted=_closes),
    "hangs_at_once": _of("slow", accepted=_hangs_at_once, slow=True),
    "another_protocol": _of("not_our_protocol", accepted=_speaks_first),
    "hangs": _of("slow", answers=_hangs, slow=True),
    "trickles_head": _of("slow", answers=_trickles_head, slow=True),
    "trickles_body": _of("slow", answers=_trickles_body, slow=True),
    "trickles_chunks": _of("slow", answers=_trickles_chunks, slow=True),
    "endless_continue": _of("not_our_protocol", "lost", answers=_endless_continue),
    "endless_head": _of("not_our_protocol", "lost", answers=_endless_head),
    "closed_in_head": _of("lost", "not_our_protocol", "bad_data", answers=_part(0.02)),
    "closed_in_body": _of("lost", answers=_part(0.9)),
    "reset_in_body": _of("lost", answers=_part(0.9, reset=True)),
    "cut_without_length": _of("bad_data", answers=_cut_without_length),
    "empty": _of("bad_data", answers=_says(200, b"")),
    "no_http": _of("not_our_protocol", "lost", answers=_said(b"250 OK\r\nbye\r\n")),
    "bad_chunks": _of(
        "lost", "bad_data", answers=_said(_head("Transfer-Encoding: chunked") + b"zz\r\nhello")
    ),
    "two_lengths": _of(
        "not_our_protocol", answers=_said(_head("Content-Length: 5", "Content-Length: 7") + b"{}")
    ),
    "log_in_page": _of("not_our_protocol", answers=_says(200, LOG_IN_PAGES[0])),
    "network_sign_in": _of("not_our_protocol", answers=_says(511, LOG_IN_PAGES[0])),
    **{
        f"redirect_{status}": _of(
            "redirected", answers=_says(status, b"", Location="http://elsewhere.example/login")
        )
        for status in (300, 301, 302, 303, 307, 308)
    },
    "redirect_nowhere": _of("redirected", answers=_says(302, b"")),
    "endless_redirect": _of("redirected", answers=_endless_redirect),
    "failed": _of("server_error", answers=_says(500, b"Traceback (most recent call last):")),
    "bad_gateway": _of("server_error", answers=_says(502, LOG_IN_PAGES[0])),
    "unavailable": _of("server_error", answers=_says(503)),
    "gateway_slow": _of("server_error", answers=_says(504)),
    "throttled": _of("throttled", answers=_says(429)),
    "gone": _of("not_our_protocol", answers=_says(404)),
    "asks_for_payment": _of("not_our_protocol", answers=_says(402)),
    "packed_bomb": _of("bad_data", answers=_packed("gzip", lambda: bomb(1))),
    "packed_twice": _of("bad_data", answers=_packed("gzip, gzip", lambda: bomb(2))),
    "packed_otherwise": _of("bad_data", answers=_packed("br", lambda: b"\x0b\x02\x80{}\x03")),
    "packed_badly": _of("bad_data", answers=_packed("gzip", lambda: b"{}" * 50)),
    "packed_and_cut": _of("bad_data", answers=_packed("gzip", lambda: bomb(1, 1 << 20)[:300])),
    "endless": _of("bad_data", "slow", answers=_endless),
    "endless_without_length": _of("bad_data", "slow", answers=_endless_without_length),
    "too_long": _of("bad_data", answers=_said(_head("Content-Length: 104857600") + b" ")),
    "too_deep": _of("bad_data", answers=_says(200, _DEEP)),
    "too_many_digits": _of("bad_data", answers=_says(200, _DIGITS)),
    "another_shape": _of("bad_data", answers=_says(200, b'{"status":"ok","data":[1,2,3]}')),
    "a_list": _of("bad_data", answers=_says(200, b"[]")),
}
"""Every way to break over plain HTTP that ends when the fault does, by name."""


def each_fault(times: int) -> Iterator[tuple[str, int]]:
    """Yield so many faults, all kinds in turn, with how often each came before."""
    names = sorted(FAULTS)
    for number in range(times):
        yield names[number % len(names)], number // len(names)
