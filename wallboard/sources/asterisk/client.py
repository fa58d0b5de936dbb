"""One connection to an Asterisk Manager Interface: bytes in and out, and nothing else."""

from __future__ import annotations

import select
import socket
import ssl
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, TypeAlias

from wallboard.domain.errors import FaultKind, SourceError, SourceRefused, SourceUnavailable, fault
from wallboard.domain.source import Interrupt
from wallboard.net.names import NameUnknown, Place, places_of
from wallboard.sources.asterisk.codec import Decoder, Garbled, encoded

CHUNK: Final = 1 << 16
# What is read at once, at most: who sends without a pause must not keep us from all else.
CHUNKS: Final = 32
_LEAST_S: Final = 0.05
Action: TypeAlias = tuple[str, tuple[tuple[str, str], ...]]
"""Its name and its fields."""
# OpenSSL's numbers for a certificate that is good, but for another name or another address.
_OF_ANOTHER: Final = frozenset({62, 64})


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where the server is and how to speak to it.

    Attributes:
        tls: Whether the connection is encrypted and the certificate checked.
        tls_ca: Path of the certificates to trust. Empty means those of the system.
    """

    host: str
    port: int
    tls: bool = False
    tls_ca: str = ""


class Client:
    """An open connection. Used by one thread; every call returns within its deadline."""

    def __init__(self, address: Address, wanted: Iterable[str] | None, deadline: timedelta) -> None:
        """Connect.

        Args:
            wanted: Names of the events to decode; None for all.
            deadline: For the whole of connecting, and for each send.

        Raises:
            SourceUnavailable: Nobody answers there.
            SourceRefused: The certificate or the settings for it are not good.
        """
        self.address = address
        self.decoder = Decoder(wanted=wanted)
        self._deadline_s = deadline.total_seconds()
        self._socket = connected(address, self._deadline_s)
        self._failure: SourceError | None = None

    @property
    def greeting(self) -> str | None:
        """What the server said of itself. None before that."""
        return self.decoder.banner

    @property
    def session(self) -> str:
        """Nothing: a session ends with its connection."""
        return ""

    def fileno(self) -> int:
        """Return what `select` can wait for."""
        return self._socket.fileno()

    def close(self) -> None:
        """Let go of the connection."""
        self._socket.close()

    def send(self, action: str, *fields: tuple[str, str]) -> None:
        """Send one action with one send.

        Raises:
            Unsendable: A field holds what must not be sent; nothing was.
            SourceUnavailable: The connection is lost.
        """
        self._send(encoded(action, fields))

    def sign_in(self, username: str, secret: str, events: str) -> Action:
        """Return the action that signs in for classes of events."""
        return "Login", (("Username", username), ("Secret", secret), ("Events", events))

    def mark(self) -> int:
        """Return a number for all that has happened up to now; see `reached`."""
        return 0

    def reached(self, mark: int) -> bool:
        """Return whether all that had happened at a mark was told: it comes by itself."""
        return mark == self.mark()

    def nudge(self) -> None:
        """Send empty lines: who speaks another protocol and waits for us will say so.

        Enough of them that a TLS server sees that this is none.

        Raises:
            SourceUnavailable: The connection is lost.
        """
        self._send(b"\r\n\r\n\r\n")

    def receive(self) -> list[dict[str, str]]:
        """Return the messages that have come, without waiting.

        Raises:
            SourceUnavailable: The connection is lost, after all that came before was returned.
            SourceRefused: Something answers that does not speak this protocol; likewise.
        """
        messages: list[dict[str, str]] = []
        for _ in range(CHUNKS):
            try:
                data = self._socket.recv(CHUNK)
            except (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError):
                break
            except OSError as lost:
                self._failure = self._lost()
                self._failure.__cause__ = lost
                break
            if not data:
                self._failure = self._lost()
                break
            try:
                messages += self.decoder.feed(data)
            except Garbled as garbled:
                self._failure = self._not_ours(str(garbled))
                self._failure.__cause__ = garbled
                break
        if self._failure is not None and not messages:
            raise self._failure
        return messages

    def wait(self, pause_s: float, interrupt: Interrupt | None = None) -> bool:
        """Wait for bytes. False if `pause_s` passed, or `interrupt` is readable."""
        pending = unseen(self._socket)
        waiting: list[Interrupt] = [self] if interrupt is None else [self, interrupt]
        ready, _, _ = select.select(waiting, [], [], 0.0 if pending else max(0.0, pause_s))
        return (pending or self in ready) and interrupt not in ready

    def _send(self, data: bytes) -> None:
        try:
            sent(self._socket, data, self._deadline_s)
        except OSError as failed:
            raise self._lost() from failed

    def _lost(self) -> SourceUnavailable:
        return lost(self.address)

    def _not_ours(self, said: str) -> SourceRefused | SourceUnavailable:
        where = self.address
        wrong = fault(FaultKind.NOT_OUR_PROTOCOL, host=where.host, port=where.port, said=said)
        # Before the banner it is another service; after it, a broken connection to ours.
        return SourceUnavailable(wrong) if self.decoder.banner else SourceRefused(wrong)


def lost(where: Address) -> SourceUnavailable:
    """Return that an open connection ended."""
    return SourceUnavailable(fault(FaultKind.LOST, host=where.host, port=where.port))


def unseen(link: socket.socket) -> bool:
    """Return whether there is to read what TLS has read already, and no `select` can see."""
    return isinstance(link, ssl.SSLSocket) and link.pending() > 0


def sent(link: socket.socket, data: bytes, deadline_s: float) -> None:
    """Send all of it within the deadline.

    Raises:
        OSError: It could not be sent; how much of it was, nobody knows.
    """
    link.settimeout(deadline_s)
    link.sendall(data)
    link.settimeout(0)


def connected(address: Address, deadline_s: float) -> socket.socket:
    """Return an open connection that blocks nobody; encrypted if the address says so.

    Raises:
        SourceUnavailable: Nobody answers there.
        SourceRefused: The certificate or the settings for it are not good.
    """
    until_s = time.monotonic() + deadline_s
    places = _resolved(address, deadline_s)
    refusal: OSError | None = None
    for tried, (family, place) in enumerate(places):
        # Who has two addresses may be deaf on the first: each gets its share of the time.
        left_s = (until_s - time.monotonic()) / (len(places) - tried)
        plain = socket.socket(family, socket.SOCK_STREAM)
        try:
            plain.settimeout(max(left_s, _LEAST_S))
            plain.connect(place)
            plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            link = _encrypted(plain, address, until_s) if address.tls else plain
            link.settimeout(0)
        except OSError as failed:
            plain.close()
            refusal = failed
        except SourceRefused:
            plain.close()
            raise
        else:
            return link
    raise _unreachable(address, refusal, deadline_s) from refusal


def _unreachable(address: Address, cause: OSError | None, deadline_s: float) -> SourceUnavailable:
    host, port = address.host, address.port
    if cause is None or isinstance(cause, TimeoutError):
        seconds = f"{deadline_s:.1f}"
        return SourceUnavailable(fault(FaultKind.SLOW, host=host, port=port, seconds=seconds))
    reason = cause.strerror or type(cause).__name__
    return SourceUnavailable(fault(FaultKind.UNREACHABLE, host=host, port=port, reason=reason))


def _encrypted(plain: socket.socket, address: Address, until_s: float) -> ssl.SSLSocket:
    """Encrypt a connection. Nothing is sent over it before the certificate is found good."""
    try:
        context = ssl.create_default_context(cafile=address.tls_ca or None)
    except OSError as unusable:
        # The words of the library are for programmers.
        of_library = isinstance(unusable, ssl.SSLError)
        reason = "it holds no certificate" if of_library else unusable.strerror or str(unusable)
        raise SourceRefused(
            fault(FaultKind.BAD_SETTING, field="tls_ca", reason=reason)
        ) from unusable
    plain.settimeout(0)
    encrypted = context.wrap_socket(
        plain, server_hostname=address.host, do_handshake_on_connect=False
    )
    try:
        _shake_hands(encrypted, until_s)
    except ssl.SSLCertVerificationError as bad:
        encrypted.close()
        raise SourceRefused(
            fault(FaultKind.CERTIFICATE, host=address.host, reason=_why_not_trusted(bad))
        ) from bad
    except ssl.SSLError as other:
        encrypted.close()
        said = (other.reason or "no TLS").replace("_", " ").lower()
        raise SourceRefused(
            fault(FaultKind.NOT_OUR_PROTOCOL, host=address.host, port=address.port, said=said)
        ) from other
    except OSError:
        encrypted.close()
        raise
    return encrypted


def _why_not_trusted(bad: ssl.SSLCertVerificationError) -> str:
    if bad.verify_code in _OF_ANOTHER:
        return "it is made out to another name"
    return bad.verify_message


def _shake_hands(encrypted: ssl.SSLSocket, until_s: float) -> None:
    """Agree on keys within the deadline, however slowly the other side sends its part."""
    while True:
        try:
            encrypted.do_handshake()
        except (ssl.SSLWantReadError, ssl.SSLWantWriteError) as wants:
            left_s = max(0.0, until_s - time.monotonic())
            reading = [encrypted] if isinstance(wants, ssl.SSLWantReadError) else []
            writing = [] if reading else [encrypted]
            if not any(select.select(reading, writing, [], left_s)):
                raise TimeoutError from wants
        else:
            return


def _resolved(address: Address, deadline_s: float) -> list[Place]:
    """Return where the host is."""
    try:
        return places_of(address.host, address.port, deadline_s)
    except NameUnknown as unknown:
        raise SourceUnavailable(fault(FaultKind.NAME_NOT_FOUND, host=address.host)) from unknown
