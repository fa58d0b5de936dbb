"""The connections beneath `requests`: under a deadline, to one origin, trusted before used."""

from __future__ import annotations

import hashlib
import hmac
import logging
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from http.client import HTTPException, RemoteDisconnected
from typing import Any, Final

from requests import PreparedRequest
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager, ProxyManager
from urllib3.connection import HTTPConnection, HTTPSConnection

from wallboard.domain.errors import FaultKind, SourceRefused, fault
from wallboard.net.connecting import Connector
from wallboard.net.deadline import Deadline, TimedSocket, TlsContext
from wallboard.net.names import NameUnknown
from wallboard.net.origin import Origin
from wallboard.net.patience import BoundedResponse
from wallboard.sources.rest import refusals
from wallboard.sources.rest.trust import Trust

# Its warnings, with addresses in them, would go to the terminal.
logging.getLogger("urllib3").setLevel(logging.CRITICAL)

_TUNNEL_FAILED: Final = "Tunnel connection failed: "


def tls_context(trust: Trust, deadline: Deadline) -> TlsContext:
    """Return how to encrypt.

    Raises:
        SourceRefused: A file cannot be used.
    """
    context = TlsContext(ssl.PROTOCOL_TLS_CLIENT)
    context.deadline = deadline
    if trust.pin:
        # Whoever shows that certificate is trusted, whoever signed it; nobody else is.
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    elif trust.ca:
        _read_file("ca", trust.ca, lambda: context.load_verify_locations(trust.ca))
    else:
        context.load_default_certs()
    if trust.certificate:
        _read_file(
            "certificate",
            trust.certificate,
            # A key that is locked must not ask for its password at the terminal.
            lambda: context.load_cert_chain(
                trust.certificate, trust.key or None, password=lambda: b""
            ),
        )
    return context


def _read_file(field: str, path: str, read: Any) -> None:  # noqa: ANN401 - whatever it returns
    try:
        with open(path, "rb"):  # noqa: PTH123 - says which file is not there, as ssl does not
            pass
        read()
    except (ssl.SSLError, ValueError) as unusable:
        # The words of the library are for programmers.
        raise _unusable(field, "it holds no certificate") from unusable
    except OSError as unusable:
        raise _unusable(field, unusable.strerror or type(unusable).__name__) from unusable


def _unusable(field: str, reason: str) -> SourceRefused:
    return SourceRefused(fault(FaultKind.BAD_SETTING, field=field, reason=reason))


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What the last handshake showed.

    Attributes:
        version: Of TLS.
        until: When the certificate ends. None if it was only compared with a pin.
    """

    version: str
    until: datetime | None


class Route:
    """How to get to one origin. Used by one thread.

    Attributes:
        limit: What the deadline was set to, for the words of a fault.
        seen: None before the first handshake.
        opened: How many connections were tried.
        ready: True if one was made over which may be said what is meant for the origin.
    """

    def __init__(
        self, origin: Origin, deadline: Deadline, trust: Trust, proxy: Origin | None
    ) -> None:
        """Prepare; touches no network.

        Raises:
            SourceRefused: A file of `trust` cannot be used.
        """
        self.origin = origin
        self.proxy = proxy
        self.limit = timedelta()
        self.seen: Seen | None = None
        self.opened = 0
        self.ready = False
        self.context = tls_context(trust, deadline) if origin.encrypted else None
        self._pin = bytes.fromhex(trust.pin)
        self._connector = Connector(deadline)

    def connected(self, host: str, port: int) -> TimedSocket:
        """Return a connection, as yet without encryption.

        Raises:
            SourceError: There is none.
        """
        self.opened += 1
        self.ready = False
        try:
            plain = self._connector.connected(host, port)
        except OSError as failed:
            if self.proxy is not None:
                raise refusals.proxy_refuses(self.proxy, _words_of(failed)) from failed
            raise refusals.not_connected(self.origin, failed, self.limit) from failed
        self.ready = not self.origin.encrypted
        return plain

    def check(self, encrypted: ssl.SSLSocket) -> None:
        """Look at who answers, before anything is said to him.

        Raises:
            SourceRefused: It is not whom we trust.
        """
        if self._pin:
            shown = hashlib.sha256(encrypted.getpeercert(binary_form=True) or b"").digest()
            if not hmac.compare_digest(shown, self._pin):
                raise refusals.not_trusted(self.origin, "it is another one than before")
        ends = (encrypted.getpeercert() or {}).get("notAfter")
        until = None
        if isinstance(ends, str):
            until = datetime.fromtimestamp(ssl.cert_time_to_seconds(ends), UTC)
        self.seen = Seen(version=encrypted.version() or "", until=until)
        self.ready = True


def _words_of(failed: OSError) -> str:
    if isinstance(failed, NameUnknown):
        return "name not found"
    if isinstance(failed, TimeoutError):
        return "timed out"
    return failed.strerror or type(failed).__name__


class _PlainConnection(HTTPConnection):
    route: Route
    response_class = BoundedResponse

    def _new_conn(self) -> TimedSocket:
        return self.route.connected(self.host, self.port)


class _TlsConnection(HTTPSConnection):
    route: Route
    response_class = BoundedResponse

    def _new_conn(self) -> TimedSocket:
        return self.route.connected(self.host, self.port)

    def connect(self) -> None:
        """Connect, through the proxy if there is one, and agree on keys."""
        route = self.route
        try:
            super().connect()
        except ssl.SSLError as failed:
            raise refusals.not_encrypted(route.origin, failed) from failed
        except TimeoutError as failed:
            raise refusals.too_slow(route.origin, route.limit) from failed
        except RemoteDisconnected as failed:
            raise refusals.proxy_refuses(route.proxy or route.origin, "it hangs up") from failed
        except HTTPException as failed:
            raise refusals.not_ours(route.proxy or route.origin, "no HTTP") from failed
        except OSError as failed:
            said = str(failed)
            if route.proxy is not None and said.startswith(_TUNNEL_FAILED):
                reason = said.removeprefix(_TUNNEL_FAILED)
                raise refusals.proxy_refuses(route.proxy, reason) from failed
            raise refusals.lost(route.origin) from failed
        if isinstance(self.sock, ssl.SSLSocket):
            route.check(self.sock)
            self.is_verified = True  # by the pin, if not by the library


class _PlainPool(HTTPConnectionPool):
    """Connections that know their route."""

    ConnectionCls: type[Any] = _PlainConnection

    def __init__(self, route: Route, *told: Any, **more: Any) -> None:  # noqa: ANN401
        super().__init__(*told, **more)
        self._route = route

    def _new_conn(self) -> Any:  # noqa: ANN401 - as the library has it
        connection: Any = super()._new_conn()
        connection.route = self._route
        return connection


class _TlsPool(_PlainPool, HTTPSConnectionPool):
    ConnectionCls = _TlsConnection


class RouteAdapter(HTTPAdapter):
    """Gives `requests` connections that follow one route, and no others."""

    def __init__(self, route: Route, proxy_headers: Mapping[str, str]) -> None:
        """Prepare; touches no network.

        Args:
            proxy_headers: What only the proxy is told.
        """
        self._route = route
        self._told_to_proxy = dict(proxy_headers)
        super().__init__(pool_connections=1, pool_maxsize=1)

    def init_poolmanager(
        self,
        connections: int,
        maxsize: int,
        block: bool = False,  # noqa: FBT001, FBT002 - its signature
        **more: Any,  # noqa: ANN401 - its signature
    ) -> None:
        """Make the pool of connections without a proxy."""
        self.poolmanager = self._routed(
            PoolManager(num_pools=connections, maxsize=maxsize, block=block, **more)
        )

    def proxy_manager_for(self, proxy: str, **more: Any) -> Any:  # noqa: ANN401 - its signature
        """Return the pool of connections through the proxy."""
        if proxy not in self.proxy_manager:
            self.proxy_manager[proxy] = self._routed(
                ProxyManager(
                    proxy, proxy_headers=self._told_to_proxy, num_pools=1, maxsize=1, **more
                )
            )
        return self.proxy_manager[proxy]

    def build_connection_pool_key_attributes(
        self,
        request: PreparedRequest,
        verify: Any,  # noqa: ANN401 - its signature
        cert: Any = None,  # noqa: ANN401
    ) -> tuple[Any, Any]:
        """Return where to connect, and how to encrypt: as the route has it, whatever is asked."""
        del request, verify, cert
        origin = self._route.origin
        where = {"scheme": origin.scheme, "host": origin.host, "port": origin.port}
        context = self._route.context
        return where, {} if context is None else {"ssl_context": context}

    def cert_verify(self, conn: Any, url: Any, verify: Any, cert: Any) -> None:  # noqa: ANN401
        """Leave it to the context of the route."""

    def forget(self) -> None:
        """Close the connections that are kept open; the next request makes a new one."""
        self.close()

    def _routed(self, pools: PoolManager) -> PoolManager:
        classes: Any = {
            "http": partial(_PlainPool, self._route),
            "https": partial(_TlsPool, self._route),
        }
        pools.pool_classes_by_scheme = classes
        return pools
