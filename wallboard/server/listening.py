"""Runs the application over uvicorn: sockets, TLS, what is let in before a request is one."""

from __future__ import annotations

import asyncio
import logging
import socket
import ssl
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import uvicorn
from starlette.applications import Starlette

from wallboard.domain.value import value
from wallboard.server.connection import CONNECTION, LARGEST_HEAD

try:
    # Listens to two hundred walls for half of the time.
    from uvloop import new_event_loop as _quick_loop
except ImportError:  # as on Windows
    _LOOP: Callable[[], asyncio.AbstractEventLoop] | None = None
else:
    _LOOP = _quick_loop

_KEEP_ALIVE_S: Final = 75
_FAREWELL_S: Final = 3
_MOST_CONNECTIONS: Final = 2_000
_BACKLOG: Final = 512
_RENEW_TICKS: Final = 300

_log: Final = logging.getLogger("wallboard.server")


@value
class Tls:
    """What this server proves itself by.

    Attributes:
        certificate: PEM, with what leads to a root.
        key: PEM. None if it is in the same file.
    """

    certificate: Path
    key: Path | None = None


def serve_app(
    app: Starlette,
    host: str,
    port: int,
    tls_cert: Path | None,
    tls_key: Path | None,
    stop: threading.Event,
) -> None:
    """Answer until stopped, in this thread.

    Raises:
        OSError: The place cannot be listened at, or a file of TLS cannot be read; an
            `ssl.SSLError`, which is one, if it holds no certificate or key.
    """
    tls = None if tls_cert is None else Tls(certificate=tls_cert, key=tls_key)
    serve_on(app, listening_at(host, port), tls, stop)


def listening_at(host: str, port: int) -> socket.socket:
    """Return a socket that listens. Port 0 is any that is free.

    Raises:
        OSError: It cannot.
    """
    family, kind, protocol, _, address = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    listener = socket.socket(family, kind, protocol)
    try:
        if sys.platform != "win32":
            # Elsewhere it would let two programs listen at one place.
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(_BACKLOG)
    except OSError:
        listener.close()
        raise
    return listener


def serve_on(
    app: Starlette, listener: socket.socket, tls: Tls | None, stop: threading.Event
) -> None:
    """Answer on a socket until stopped, in this thread; the socket is closed then.

    Raises:
        OSError: As in `serve_app`.
    """
    try:
        proof = None if tls is None else _Proof(tls)
        config = uvicorn.Config(
            app,
            http=CONNECTION,
            ws="none",
            lifespan="on",
            log_config=None,
            log_level="critical",  # it tells addresses and errors as they are; ours does not
            access_log=False,
            server_header=False,
            proxy_headers=False,
            limit_concurrency=_MOST_CONNECTIONS,
            backlog=_BACKLOG,
            timeout_keep_alive=_KEEP_ALIVE_S,
            timeout_graceful_shutdown=_FAREWELL_S,
            h11_max_incomplete_event_size=LARGEST_HEAD,
            ssl_context_factory=None if proof is None else proof.given,
        )
        with asyncio.Runner(loop_factory=_LOOP) as runner:
            runner.run(_Server(config, stop, proof).serve(sockets=[listener]))
    finally:
        listener.close()


class _Server(uvicorn.Server):
    """Ends when it is told to, and leaves signals to who started it."""

    def __init__(self, config: uvicorn.Config, stop: threading.Event, proof: _Proof | None) -> None:
        super().__init__(config)
        self._stop = stop
        self._proof = proof

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Capture none."""
        yield

    async def on_tick(self, counter: int) -> bool:
        """Return whether it is over; called ten times a second."""
        if self._proof is not None and counter % _RENEW_TICKS == 0:
            self._proof.renew()
        return await super().on_tick(counter) or self._stop.is_set()


class _Proof:
    """A certificate and its key; read again when somebody renewed them.

    Raises:
        OSError: They cannot be read.
    """

    def __init__(self, tls: Tls) -> None:
        self._tls = tls
        self._read_at = self._changed_at()
        self.context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        self.context.minimum_version = ssl.TLSVersion.TLSv1_2
        self.context.load_cert_chain(tls.certificate, tls.key)

    def given(
        self, _config: uvicorn.Config, _usual: Callable[[], ssl.SSLContext]
    ) -> ssl.SSLContext:
        """Return the context, as uvicorn asks for it."""
        return self.context

    def renew(self) -> None:
        """Prove ourselves by the files as they are now; if they cannot be read, as before."""
        try:
            changed_at = self._changed_at()
            if changed_at == self._read_at:
                return
            self._read_at = changed_at
            self.context.load_cert_chain(self._tls.certificate, self._tls.key)
        except OSError as error:
            _log.error("the new certificate cannot be used: %s", type(error).__name__)

    def _changed_at(self) -> tuple[int, ...]:
        files = (self._tls.certificate, self._tls.key)
        return tuple(file.stat().st_mtime_ns for file in files if file is not None)
