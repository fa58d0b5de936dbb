"""Requests to one origin and their answers as bytes: capped, unpacked once, led nowhere."""

from __future__ import annotations

import ssl
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from http.client import IncompleteRead
from http.cookiejar import DefaultCookiePolicy
from typing import Any, Final

from requests import RequestException, Response, Session
from urllib3.exceptions import HTTPError, ReadTimeoutError

from wallboard import VERSION
from wallboard.domain.errors import SourceError
from wallboard.net.deadline import Deadline
from wallboard.sources.rest import refusals
from wallboard.sources.rest.transport import Route, RouteAdapter

MOST_PLAIN: Final = 8 << 20
"""Bytes of an answer, unpacked."""
MOST_PACKED: Final = 2 << 20
"""Bytes of an answer as they come, if they are packed."""

_PACKED: Final = frozenset({"gzip", "x-gzip"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer.

    Attributes:
        headers: Their names in any case.
        seconds: From the request to the last byte.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes = b""
    seconds: float = 0.0


class _Session(Session):
    """A session that asks for one thing only: what it was asked to."""

    def __init__(self) -> None:
        super().__init__()
        # No password out of ~/.netrc, no proxy out of the environment.
        self.trust_env = False
        self.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        self.headers.clear()
        self.headers.update(
            {
                "User-Agent": f"wallboard/{VERSION}",
                "Accept": "application/json",
                "Accept-Encoding": "gzip",
            }
        )
        # Whoever asks another origin finds no way to it.
        self.adapters.clear()

    def get_redirect_target(self, resp: Response) -> None:
        """Find none: else the library reads the redirect's body, however long it is."""
        del resp


class Line:
    """Exchanges with one origin. Used by one thread; the deadline is set by who asks."""

    def __init__(
        self, route: Route, deadline: Deadline, *, proxy_headers: Mapping[str, str] | None = None
    ) -> None:
        """Prepare; touches no network."""
        self.route = route
        self._deadline = deadline
        self._adapter = RouteAdapter(route, proxy_headers or {})
        self._session = _Session()
        self._session.mount(f"{route.origin}/", self._adapter)
        self._proxies = None
        if route.proxy is not None:
            self._proxies = {route.origin.scheme: str(route.proxy)}

    def get(self, target: str, *, params: Mapping[str, str], headers: Mapping[str, str]) -> Answer:
        """Return the answer to a GET, whatever its status.

        Who had closed a connection that was kept open is asked once more.

        Args:
            target: The path.

        Raises:
            SourceError: There is no answer, or none that may be read.
        """
        opened = self.route.opened
        try:
            return self._exchanged("GET", target, headers, params=params)
        except _Dropped as dropped:
            if self.route.opened != opened or self._deadline.passed:
                raise dropped.failure from dropped.__cause__
        try:
            return self._exchanged("GET", target, headers, params=params)
        except _Dropped as dropped:
            raise dropped.failure from dropped.__cause__

    def post(self, target: str, *, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Return the answer to a POST, whatever its status. It is sent once.

        Raises:
            NotSent: It was not sent; the cause tells why.
            SourceError: There is no answer, or none that may be read.
        """
        # On a connection of its own: one that was kept open may be dead, and nobody could tell
        # whether what was sent over it arrived.
        self._adapter.forget()
        self.route.ready = False
        try:
            return self._exchanged("POST", target, headers, data=body)
        except _Dropped as dropped:
            raise dropped.failure from dropped.__cause__
        except SourceError as failure:
            if not self.route.ready:
                raise NotSent(failure) from failure
            raise

    def close(self) -> None:
        """Let go of the connections. May be called more than once."""
        self._session.close()

    def _exchanged(
        self,
        method: str,
        target: str,
        headers: Mapping[str, str],
        **more: Any,  # noqa: ANN401
    ) -> Answer:
        route = self.route
        try:
            began_s = self._deadline.wait_s()
            response = self._session.request(
                method,
                f"{route.origin}{target}",
                headers=dict(headers),
                proxies=self._proxies,
                stream=True,
                allow_redirects=False,
                **more,
            )
        except (RequestException, HTTPError, OSError) as failed:
            failure = self._failure(failed)
            if _is_dropped(failed):
                raise _Dropped(failure) from failed
            raise failure from failed
        try:
            body = self._body(response)
        except (RequestException, HTTPError, OSError) as failed:
            raise self._failure(failed) from failed
        finally:
            response.close()
        return Answer(
            status=response.status_code,
            headers=response.headers,
            body=body,
            seconds=began_s - self._deadline.left_s,
        )

    def _failure(self, failed: Exception) -> SourceError:
        route = self.route
        for cause in _causes(failed):
            if isinstance(cause, TimeoutError | ReadTimeoutError):
                return refusals.too_slow(route.origin, route.limit)
            if isinstance(cause, ssl.SSLError):
                return refusals.not_encrypted(route.origin, cause)
            if isinstance(cause, ConnectionError | IncompleteRead):
                return refusals.lost(route.origin)
        if self._deadline.passed:
            return refusals.too_slow(route.origin, route.limit)
        last = list(_causes(failed))[-1]
        return refusals.not_ours(route.origin, f"no HTTP ({type(last).__name__})")

    def _body(self, response: Response) -> bytes:
        """Return the body, unpacked.

        Raises:
            SourceUnreadable: It is too long, or packed in a way that nobody asked for.
        """
        if 300 <= response.status_code < 400 and response.status_code != HTTPStatus.NOT_MODIFIED:
            return b""  # nobody cares, and it may be of any length
        told = response.headers.get("Content-Encoding", "").strip().lower()
        packed = told in _PACKED
        if not packed and told not in ("", "identity"):
            raise refusals.unreadable("it is packed in a way nobody asked for")
        most = MOST_PACKED if packed else MOST_PLAIN
        length = response.headers.get("Content-Length", "")
        if length.isascii() and length.isdigit() and int(length[:19]) > most:
            raise refusals.unreadable("it is too long")
        pieces: list[bytes] = []
        left = most
        # To its end: only then is it known whether something is missing.
        while piece := response.raw.read(left + 1, decode_content=False):
            pieces.append(piece)
            left -= len(piece)
            if left < 0:
                raise refusals.unreadable("it is too long")
        # One piece, as nearly always, is not copied: a picture of many agents is megabytes.
        data = b"".join(pieces)
        return _unpacked(data) if packed and data else data


class NotSent(Exception):
    """A request did not leave this computer.

    Attributes:
        failure: Why not.
    """

    def __init__(self, failure: SourceError) -> None:
        super().__init__(str(failure))
        self.failure = failure


class _Dropped(Exception):
    """The connection ended before the answer began."""

    def __init__(self, failure: SourceError) -> None:
        super().__init__(str(failure))
        self.failure = failure


def _unpacked(data: bytes) -> bytes:
    """Return what was packed by gzip, in one part or more.

    Raises:
        SourceUnreadable: It is not packed like that, or is too long.
    """
    parts: list[bytes] = []
    left = MOST_PLAIN
    while data:
        unpacking = zlib.decompressobj(16 + zlib.MAX_WBITS)
        try:
            part = unpacking.decompress(data, left + 1)
        except zlib.error as error:
            raise refusals.unreadable("it is not packed as it says") from error
        left -= len(part)
        if left < 0:
            raise refusals.unreadable("it is too long")
        if not unpacking.eof:
            raise refusals.unreadable("it is cut short")
        parts.append(part)
        data = unpacking.unused_data
    return parts[0] if len(parts) == 1 else b"".join(parts)


def _causes(failed: BaseException) -> Iterator[BaseException]:
    """Yield an error and those that it was made of, the first cause last."""
    seen: list[BaseException] = []
    waiting: list[object] = [failed]
    while waiting:
        one = waiting.pop(0)
        if not isinstance(one, BaseException) or any(one is other for other in seen):
            continue
        seen.append(one)
        yield one
        waiting += [getattr(one, "reason", None), *one.args, one.__cause__, one.__context__]


def _is_dropped(failed: Exception) -> bool:
    return any(isinstance(cause, ConnectionError) for cause in _causes(failed)) and not any(
        isinstance(cause, TimeoutError | ReadTimeoutError | ssl.SSLError)
        for cause in _causes(failed)
    )
