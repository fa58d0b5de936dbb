"""Asks one HTTP API: signed in, within a deadline, as often as it wants to be asked."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus
from typing import Final

from wallboard.api.problem import ProblemKind, read_problem
from wallboard.domain.clock import Clock
from wallboard.domain.errors import (
    FaultKind,
    SourceError,
    SourceRefused,
    SourceUnavailable,
    fault,
)
from wallboard.net.deadline import Deadline
from wallboard.net.origin import Origin
from wallboard.sources.rest import refusals
from wallboard.sources.rest.line import Answer, Line, NotSent
from wallboard.sources.rest.settings import Account
from wallboard.sources.rest.sign_in import SignIn, basic
from wallboard.sources.rest.transport import Route, Seen

__all__ = ["Answer", "Client", "NotSent"]

LOCKS_AFTER: Final = 2
LOCK: Final = timedelta(minutes=15)
"""Servers lock an account that is refused again and again: it is not, in so long a time."""

_RETURNED: Final = frozenset(
    {
        HTTPStatus.OK,
        HTTPStatus.CREATED,
        HTTPStatus.ACCEPTED,
        HTTPStatus.NO_CONTENT,
        HTTPStatus.NOT_MODIFIED,
        HTTPStatus.BAD_REQUEST,
        HTTPStatus.NOT_FOUND,
        HTTPStatus.METHOD_NOT_ALLOWED,
        HTTPStatus.CONFLICT,
        HTTPStatus.GONE,
        HTTPStatus.UNPROCESSABLE_ENTITY,
        HTTPStatus.NOT_IMPLEMENTED,
    }
)


class Client:
    """One API. Used by one thread.

    Attributes:
        origin: Whom it asks.
    """

    def __init__(self, account: Account, clock: Clock) -> None:
        """Prepare; touches no network.

        Raises:
            SourceRefused: A file that is told cannot be used.
        """
        self.origin = account.origin
        self._account = account
        self._clock = clock
        self._deadline = Deadline()
        self._line = self._line_to(account.origin)
        told = account.sign_in
        tokens = None if told.token_origin is None else self._line_to(told.token_origin)
        self._sign_in = SignIn(told, tokens, self._deadline)
        self._lines = [line for line in (self._line, tokens) if line is not None]
        self._refused_s: deque[float] = deque(maxlen=LOCKS_AFTER)
        self._rest: SourceUnavailable | None = None
        self._rest_until_s = float("-inf")

    @property
    def seen(self) -> Seen | None:
        """What the last handshake showed. None if there was none."""
        return self._line.route.seen

    def begin(self, limit: timedelta) -> None:
        """Let what follows end within the limit, all of it together."""
        self._deadline.begin(limit)
        for line in self._lines:
            line.route.limit = limit

    def get(
        self,
        path: str,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Return an answer whose status says that it is one, or why not in a way to go on with.

        Those are 2xx, 304, and of the refusals 400, 404, 405, 409, 410, 422, 501.

        Args:
            path: Beneath the address of the account.

        Raises:
            SourceError: Any other answer, or none.
        """
        self._mind()
        target, told = self._account.base + path, headers or {}
        proof = self._proof()
        answer = self._line.get(target, params=params or {}, headers={**told, **proof})
        if self._is_refused(answer, proof) and self._sign_in.renewable and not self._locked:
            proof = self._proof()
            answer = self._line.get(target, params=params or {}, headers={**told, **proof})
            self._is_refused(answer, proof)
        return self._accepted(answer)

    def post(self, path: str, body: bytes, headers: Mapping[str, str] | None = None) -> Answer:
        """Return the answer to what is sent once, whatever happens; statuses as with `get`.

        Raises:
            NotSent: It was not sent.
            SourceError: Any other answer, or none: it may have been done.
        """
        try:
            self._mind()
            proof = self._proof()
        except SourceError as failure:
            raise NotSent(failure) from failure
        told = {"Content-Type": "application/json", **(headers or {}), **proof}
        answer = self._line.post(self._account.base + path, body=body, headers=told)
        self._is_refused(answer, proof)
        return self._accepted(answer)

    def close(self) -> None:
        """Let go of the connections. May be called more than once."""
        for line in self._lines:
            line.close()

    def _line_to(self, origin: Origin) -> Line:
        account, trust = self._account, self._account.trust
        if origin != account.origin:
            trust = replace(trust, pin="")  # it is of the API's certificate
        proxy, told_to_proxy = account.proxy, {}
        if proxy is not None and proxy.username:
            told_to_proxy["Proxy-Authorization"] = basic(proxy.username, proxy.secret)
        route = Route(origin, self._deadline, trust, None if proxy is None else proxy.origin)
        return Line(route, self._deadline, proxy_headers=told_to_proxy)

    def _mind(self) -> None:
        """Ask nothing while the server wants rest, or might lock the account."""
        now_s = self._clock.now().steady_s
        if self._rest is not None and now_s < self._rest_until_s:
            left = timedelta(seconds=self._rest_until_s - now_s)
            raise SourceUnavailable(self._rest.fault, retry_after=left)
        self._rest = None
        if self._locked:
            raise self._not_signed_in()

    @property
    def _locked(self) -> bool:
        """True if one more refusal might make the server lock the account."""
        now_s, refused_s = self._clock.now().steady_s, self._refused_s
        return len(refused_s) == LOCKS_AFTER and now_s - refused_s[0] < LOCK.total_seconds()

    def _proof(self) -> dict[str, str]:
        try:
            return self._sign_in.headers()
        except SourceRefused as refused:
            if refused.fault.kind is FaultKind.SIGN_IN:
                self._refused_s.append(self._clock.now().steady_s)
            raise

    def _is_refused(self, answer: Answer, proof: dict[str, str]) -> bool:
        """Return whether the sign-in was not accepted, and remember it."""
        if answer.status != HTTPStatus.UNAUTHORIZED:
            if answer.status < HTTPStatus.BAD_REQUEST:
                self._refused_s.clear()
            return False
        self._refused_s.append(self._clock.now().steady_s)
        self._sign_in.refused(proof)
        return True

    def _not_signed_in(self) -> SourceRefused:
        where = self.origin
        username = self._account.sign_in.username
        return SourceRefused(
            fault(FaultKind.SIGN_IN, host=where.host, port=where.port, username=username)
        )

    def _accepted(self, answer: Answer) -> Answer:
        """Return an answer that the caller can read.

        Raises:
            SourceError: It is none.
        """
        status, where = answer.status, self.origin
        if status in _RETURNED:
            if status < HTTPStatus.MULTIPLE_CHOICES and not _is_json(answer.body):
                raise refusals.not_ours(where, refusals.said_by(answer.body))
            return answer
        if status == HTTPStatus.UNAUTHORIZED:
            raise self._not_signed_in()
        proxy = self._account.proxy
        if status == HTTPStatus.PROXY_AUTHENTICATION_REQUIRED and proxy is not None:
            raise refusals.proxy_refuses(proxy.origin, refusals.status_words(status))
        if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
            raise refusals.redirected(where, answer.headers.get("Location", ""))
        raise self._status_refused(answer)

    def _status_refused(self, answer: Answer) -> SourceError:
        problem = read_problem(answer.body, answer.status)
        pause = self._retry_after(answer)
        if problem is not None and problem.kind is ProblemKind.NOT_READY:
            failure: SourceError = SourceUnavailable(
                fault(FaultKind.NOT_READY, host=self.origin.host, port=self.origin.port),
                retry_after=pause,
            )
        else:
            said = "" if problem is None else problem.detail or problem.title
            failure = refusals.status_refused(self.origin, answer.status, said, pause)
        if isinstance(failure, SourceUnavailable) and pause is not None:
            self._rest = failure
            self._rest_until_s = self._clock.now().steady_s + pause.total_seconds()
        return failure

    def _retry_after(self, answer: Answer) -> timedelta | None:
        """Return how long the server asks us to wait. None if not longer than we do anyway."""
        now = refusals.http_date(answer.headers.get("Date")) or self._clock.now().wall
        pause = refusals.retry_after_of(answer.headers.get("Retry-After"), now)
        if pause is None or pause <= self._account.poll:
            return None
        return pause


def _is_json(body: bytes) -> bool:
    return not body or body[:64].removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[")
