"""What every request passes on its way in and out: who asks, how often, headers, log, counts."""

from __future__ import annotations

import logging
import re
from collections.abc import Awaitable, Callable
from time import perf_counter
from traceback import extract_tb
from typing import Final, TypeAlias

from starlette.types import Receive, Scope, Send

from wallboard.api.problem import ProblemKind, RequestRefused, problem
from wallboard.api.protocol import AS_OF_HEADER, time_text
from wallboard.domain.clock import Clock
from wallboard.server.asking import Answer, Ask, Header, Refused, later, problem_answer
from wallboard.server.limits import Limiter
from wallboard.server.metrics import Counts
from wallboard.server.scope import Pictures
from wallboard.server.settings import ServerSettings
from wallboard.server.tokens import TOKEN_PATTERN, Token, TokenBook

Handler: TypeAlias = Callable[[Ask, Token], Awaitable[Answer]]
OpenHandler: TypeAlias = Callable[[Ask], Awaitable[Answer]]

_access: Final = logging.getLogger("wallboard.server.access")
_log: Final = logging.getLogger("wallboard.server")
_secrets: Final = re.compile(TOKEN_PATTERN)
_LONGEST_PATH: Final = 120

_ALWAYS: Final[tuple[Header, ...]] = (
    (b"cache-control", b"no-store"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"referrer-policy", b"no-referrer"),
    (b"vary", b"Authorization, Accept-Encoding"),
    (b"x-content-type-options", b"nosniff"),
)
_TLS_ONLY: Final[Header] = (b"strict-transport-security", b"max-age=31536000")
_AS_OF: Final = AS_OF_HEADER.lower().encode()


class Doorkeeper:
    """Knows who may come in, and how often. Used by the event loop's thread."""

    def __init__(
        self, pictures: Pictures, tokens: TokenBook, clock: Clock, settings: ServerSettings
    ) -> None:
        self.counts = Counts()
        self._pictures = pictures
        self._tokens = tokens
        self._clock = clock
        self._by_token = Limiter(settings.each_token)
        self._strangers = Limiter(settings.each_stranger)
        self._failures = Limiter(settings.failures)

    def sign_in(self, ask: Ask) -> Token:
        """Return whose request it is.

        Raises:
            RequestRefused: Nobody's who may come in, or one too many.
        """
        now = self._clock.now()
        kind, _, said = ask.headers.get("authorization", "").partition(" ")
        token = self._tokens.find(said.strip(), now) if kind.lower() == "bearer" else None
        if token is None:
            # Only failures are counted: many walls may stand behind one address.
            self._counted(self._failures, ask.address, now.steady_s)
            told = problem(ProblemKind.UNAUTHORIZED, "Authorization: Bearer TOKEN")
            raise Refused(told, ((b"www-authenticate", b"Bearer"),))
        self._counted(self._by_token, token.token_id, now.steady_s)
        return token

    def let_pass(self, ask: Ask) -> None:
        """Let somebody pass who need not sign in.

        Raises:
            RequestRefused: He comes too often.
        """
        self._counted(self._strangers, ask.address, self._clock.now().steady_s)

    def headers(self, answer: Answer, scope: Scope) -> list[Header]:
        """Return the headers of an answer, with those that every one has."""
        headers = [*_ALWAYS, *answer.headers]
        issue = self._pictures.newest
        if issue is not None:
            headers.append((_AS_OF, time_text(issue.snapshot.as_of).encode()))
        if scope.get("scheme") == "https":
            headers.append(_TLS_ONLY)
        if answer.status != 304:  # it has no body, and says nothing about one
            headers.append((b"content-length", b"%d" % len(answer.body)))
        return headers

    async def send(self, answer: Answer, scope: Scope, send: Send) -> None:
        """Send an answer."""
        headers = self.headers(answer, scope)
        start = {"type": "http.response.start", "status": answer.status, "headers": headers}
        await send(start)
        await send({"type": "http.response.body", "body": answer.body})

    def note(self, ask: Scope, route: str, answer: Answer, begun: float, who: str) -> None:
        """Count a request and write it into the access log: no parameters, no secrets."""
        took = perf_counter() - begun
        self.counts.add(route, answer.status, len(answer.body), took)
        if _access.isEnabledFor(logging.INFO):
            client = ask.get("client")
            _access.info(
                "%s %s %s %d %d B %.1f ms %s",
                client[0] if client else "-",
                harmless(ask.get("method", "-")),
                harmless(ask.get("path", "-")),
                answer.status,
                len(answer.body),
                took * 1000,
                who,
            )

    @staticmethod
    def _counted(limiter: Limiter, asker: str, steady_s: float) -> None:
        wait_s = limiter.wait_s(asker, steady_s)
        if wait_s:
            raise later(ProblemKind.TOO_MANY_REQUESTS, wait_s)


class Door:
    """One address of the API, as an ASGI application.

    Args:
        route: Its name in the counts.
        handler: Answers who is signed in.
        open_handler: Answers anybody; one of the two is given.
    """

    def __init__(
        self,
        keeper: Doorkeeper,
        route: str,
        handler: Handler | None = None,
        *,
        open_handler: OpenHandler | None = None,
    ) -> None:
        self._keeper = keeper
        self._route = route
        self._handler = handler
        self._open_handler = open_handler

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        begun = perf_counter()
        who = "-"
        try:
            ask = Ask(scope, receive)
            if self._handler is not None:
                token = self._keeper.sign_in(ask)
                who = token.token_id
                answer = await self._handler(ask, token)
            else:
                self._keeper.let_pass(ask)
                answer = await self._answer_anybody(ask)
        except RequestRefused as error:
            headers = error.headers if isinstance(error, Refused) else ()
            answer = problem_answer(error.problem, headers)
        except Exception as error:  # noqa: BLE001 - an error of ours must not show its insides
            _log.error("%s: %s", self._route, place_of(error))
            answer = problem_answer(problem(ProblemKind.SERVER_ERROR))
        await self._keeper.send(answer, scope, send)
        self._keeper.note(scope, self._route, answer, begun, who)

    async def _answer_anybody(self, ask: Ask) -> Answer:
        if self._open_handler is None:
            raise Refused(problem(ProblemKind.NOT_FOUND))
        return await self._open_handler(ask)


def harmless(path: str) -> str:
    """Return what was asked for as it may stand in a log: on one line, cut, without tokens."""
    return ascii(_secrets.sub("wbt_…", path)[:_LONGEST_PATH])[1:-1]


def place_of(error: BaseException) -> str:
    """Return what kind of error came from where: its text may hold names, or secrets."""
    frames = extract_tb(error.__traceback__)
    where = (
        f"{frames[-1].filename.rpartition('wallboard')[2]}:{frames[-1].lineno}" if frames else ""
    )
    return f"{type(error).__name__} {where}"
