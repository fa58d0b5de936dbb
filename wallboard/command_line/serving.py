"""The command `serve`: one connection for many walls."""

from __future__ import annotations

import errno
import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wallboard.app import serving
from wallboard.app.serving_chores import log_requests
from wallboard.command_line.exits import Exit, Stop
from wallboard.command_line.openings import Session, opening_of
from wallboard.command_line.serve_telling import Watch, say_broken
from wallboard.command_line.signals import heard
from wallboard.command_line.tokens import book_of, now, unusable
from wallboard.command_line.voice import Voice
from wallboard.server.journal import JournalUnusable
from wallboard.server.listening import Tls, listening_at
from wallboard.server.tokens import TokensUnusable
from wallboard.ui.words import phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What `serve` was asked to do.

    Attributes:
        tls_key: None if the certificate's file has it too.
    """

    name: str
    host: str
    port: int
    tls_cert: Path | None = None
    tls_key: Path | None = None
    metrics: bool = False
    secret_stdin: bool = False


def serve(session: Session, asked: Asked) -> Exit:
    """Serve a connection until somebody asks to end, which is a good end.

    Raises:
        Stop: There is no such connection, the place is taken, a file cannot be read.
    """
    voice = session.voice
    if asked.tls_key is not None and asked.tls_cert is None:
        raise voice.stop(
            phrase("CommandLine", "--tls-key is of no use without --tls-cert; give both.")
        )
    tls = None if asked.tls_cert is None else _proof(voice, asked.tls_cert, asked.tls_key)
    opening = opening_of(session, asked.name, secret_stdin=asked.secret_stdin)
    feed = serving.feed_of(opening, session.settings, session.places, session.voice.wording)
    stop = threading.Event()
    with (
        _sole(session, asked.name),
        heard(stop.set),
        _listener(voice, asked) as listener,
    ):
        told = serving.Serving(
            listener=listener,
            tls=tls,
            metrics=asked.metrics,
            found_broken=lambda found: say_broken(voice, found),
        )
        _announce(session, asked, listener)
        watch = Watch(voice, feed, stop)
        end_log = _logged(session)
        watch.start()
        try:
            serving.serve(feed, session.places, told, stop)
        except (TokensUnusable, JournalUnusable) as error:
            raise unusable(voice, error) from error
        finally:
            stop.set()
            watch.join()
            end_log()
    with suppress(OSError):
        voice.complain(voice.told(phrase("CommandLine", "Ended; nothing is open any more.")))
    return Exit.GOOD


@contextmanager
def _sole(session: Session, name: str) -> Iterator[None]:
    """Be the only one who serves a connection from its file.

    Raises:
        Stop: Another program does.
    """
    try:
        lock = serving.sole_server(name, session.settings, session.places)
    except serving.ServedAlready as error:
        raise session.voice.stop(
            phrase(
                "CommandLine",
                "Another program serves {name} from this place already; two would write one"
                " history. End it, or let both keep the history on a PostgreSQL server: then they"
                " stand by for each other.",
            ),
            Exit.MACHINE,
            name=name,
        ) from error
    with lock:
        yield


def _logged(session: Session) -> Any:  # noqa: ANN401 - what ends it
    try:
        return log_requests(session.places)
    except OSError as error:
        raise session.voice.stop(
            phrase("CommandLine", "{folder} cannot be written ({reason})."),
            Exit.MACHINE,
            folder=session.places.logs,
            reason=error.strerror or type(error).__name__,
        ) from error


def _proof(voice: Voice, certificate: Path, key: Path | None) -> Tls:
    """Return what the server proves itself by, after a look at it.

    Raises:
        Stop: It cannot be used.
    """
    for path in (certificate, certificate if key is None else key):
        try:
            path.read_bytes()
        except OSError as error:
            raise voice.stop(
                phrase("CommandLine", "The file {file} cannot be read ({reason})."),
                Exit.MACHINE,
                file=path,
                reason=error.strerror or type(error).__name__,
            ) from error
    try:
        # A key with a password has nobody to ask for it here.
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key, password=lambda: b"")
    except (ssl.SSLError, OSError) as error:
        raise voice.stop(
            phrase(
                "CommandLine",
                "{certificate} is no certificate with a key that fits it ({reason}). Give a PEM"
                " file with the certificate and those that lead to a root, and one with its key,"
                " without a password.",
            ),
            Exit.MACHINE,
            certificate=certificate,
            reason=getattr(error, "reason", None) or type(error).__name__,
        ) from error
    return Tls(certificate=certificate, key=key)


@contextmanager
def _listener(voice: Voice, asked: Asked) -> Iterator[socket.socket]:
    try:
        listener = listening_at(asked.host, asked.port)
    except OSError as error:
        raise _not_listening(voice, asked, error) from error
    with listener:
        yield listener


def _not_listening(voice: Voice, asked: Asked, error: OSError) -> Stop:
    if error.errno == errno.EADDRINUSE:
        why = phrase(
            "CommandLine",
            "Another program listens at {host} port {port} already. End it, or choose another port"
            " with --port.",
        )
    elif error.errno == errno.EACCES:
        why = phrase(
            "CommandLine",
            "This user may not listen at {host} port {port}. Choose a port above 1023 with --port.",
        )
    else:
        why = phrase(
            "CommandLine",
            "Nothing can listen at {host} port {port} ({reason}). Choose one of this machine's"
            " addresses with --host.",
        )
    return voice.stop(
        why,
        Exit.MACHINE,
        host=asked.host,
        port=asked.port,
        reason=error.strerror or type(error).__name__,
    )


def _announce(session: Session, asked: Asked, listener: socket.socket) -> None:
    voice = session.voice
    address = listener.getsockname()
    scheme = "http" if asked.tls_cert is None else "https"
    host = f"[{address[0]}]" if ":" in address[0] else address[0]
    voice.say(
        voice.told(
            phrase("CommandLine", "{name} is served at {address}"),
            name=asked.name,
            address=f"{scheme}://{host}:{address[1]}",
        )
    )
    if (
        asked.tls_cert is None
        and not ipaddress.ip_address(address[0].partition("%")[0]).is_loopback
    ):
        voice.complain(
            voice.told(
                phrase(
                    "CommandLine",
                    "Without TLS the tokens of walls cross the network in clear, and whoever hears"
                    " one may use it. Give --tls-cert and --tls-key, or put a proxy with TLS in"
                    " front.",
                )
            )
        )
    try:
        known = any(token.holds(now()) for token in book_of(session).tokens())
    except TokensUnusable as error:
        raise unusable(voice, error) from error
    if not known:
        voice.complain(
            voice.told(
                phrase(
                    "CommandLine",
                    "Nobody can sign in yet. Make the first token, for a screen:"
                    " wallboard token create --name NAME --role tv",
                )
            )
        )
