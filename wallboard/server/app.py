"""The JSON API as a Starlette application over a feed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from time import perf_counter
from typing import Final

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from wallboard.api.commands import Command, CommandState, command_state_bytes, read_command
from wallboard.api.problem import ProblemKind, RequestRefused, problem
from wallboard.api.protocol import (
    CAPABILITIES,
    COMMANDS,
    FACTS,
    HEALTH,
    HISTORY,
    KEY_HEADER,
    KIOSKS,
    SNAPSHOT,
    is_key,
)
from wallboard.domain.clock import Clock
from wallboard.domain.supervision import NEVER_HELD_UP, Stage
from wallboard.server import feed as feeds
from wallboard.server.asking import Answer, Ask, bad, json_answer, later, problem_answer
from wallboard.server.commanding import Commander
from wallboard.server.door import Door, Doorkeeper, place_of
from wallboard.server.feed import Feed
from wallboard.server.hands import Hands
from wallboard.server.journal import Journal
from wallboard.server.kiosks import Kiosks
from wallboard.server.limits import Limiter
from wallboard.server.reading import Reader, Watchman
from wallboard.server.scope import Pictures
from wallboard.server.settings import ServerSettings
from wallboard.server.tokens import Token, TokenBook

METRICS: Final = "/metrics"

_USUAL: Final = ServerSettings()
_log: Final = logging.getLogger("wallboard.server")


def make_app(
    feed: Feed,
    tokens: TokenBook,
    journal: Journal,
    clock: Clock,
    settings: ServerSettings = _USUAL,
) -> Starlette:
    """Return the application. It asks nothing of the feed before it is run.

    Raises:
        TokensUnusable: The file of tokens cannot be read or made.
        JournalUnusable: The journal cannot be read.
    """
    hands = Hands(settings.patience.total_seconds())
    pictures = Pictures(tokens.key(), lambda: feed.capabilities().unsupported)
    keeper = Doorkeeper(pictures, tokens, clock, settings)
    reader = Reader(feed, pictures, hands, settings)
    watchman = Watchman(feed, pictures, tokens, keeper)
    commander = Commander(feed, journal, pictures, hands, clock, tokens)
    orders = _Orders(commander, reader, clock, settings)
    kiosks = Kiosks(clock, settings)
    routes = [
        Route(SNAPSHOT, Door(keeper, SNAPSHOT, reader.snapshot), methods=["GET"]),
        Route(FACTS, Door(keeper, FACTS, reader.facts), methods=["GET"]),
        Route(CAPABILITIES, Door(keeper, CAPABILITIES, reader.capabilities), methods=["GET"]),
        Route(HISTORY, Door(keeper, HISTORY, reader.history), methods=["GET"]),
        Route(HEALTH, Door(keeper, HEALTH, open_handler=watchman.health), methods=["GET"]),
        Route(COMMANDS, Door(keeper, COMMANDS, orders.give), methods=["POST"]),
        Route(f"{COMMANDS}/{{id}}", Door(keeper, COMMANDS, orders.state), methods=["GET"]),
        Route(KIOSKS, Door(keeper, KIOSKS, kiosks.tell), methods=["POST"]),
        Route(KIOSKS, Door(keeper, KIOSKS, kiosks.listed), methods=["GET"]),
    ]
    if settings.metrics:
        routes.append(Route(METRICS, Door(keeper, METRICS, watchman.metrics), methods=["GET"]))

    @asynccontextmanager
    async def living(_app: Starlette) -> AsyncIterator[None]:
        looking = asyncio.create_task(_look(feed, pictures, settings.look_every.total_seconds()))
        try:
            yield
        finally:
            looking.cancel()
            with suppress(asyncio.CancelledError):
                await looking
            commander.close()
            hands.close()

    async def refuse(request: Request, error: Exception) -> Response:
        begun = perf_counter()
        answer = _refusal(error)
        keeper.note(request.scope, "other", answer, begun, "-")
        headers = keeper.headers(answer, request.scope)
        response = Response(answer.body, answer.status)
        response.raw_headers = headers
        return response

    app = Starlette(
        routes=routes,
        lifespan=living,
        exception_handlers={HTTPException: refuse, Exception: refuse},
    )
    app.router.redirect_slashes = False
    return app


class _Orders:
    """Takes commands off the wire. Used by the event loop's thread."""

    def __init__(
        self, commander: Commander, reader: Reader, clock: Clock, settings: ServerSettings
    ) -> None:
        self._commander = commander
        self._reader = reader
        self._clock = clock
        self._most = settings.largest_body
        self._patience_s = settings.patience.total_seconds()
        self._limiter = Limiter(settings.commands)

    async def give(self, ask: Ask, token: Token) -> Answer:
        """Take one command."""
        wait_s = self._limiter.wait_s(token.token_id, self._clock.now().steady_s)
        try:
            key, command = await self._read(ask)
        except RequestRefused:
            if wait_s:
                raise later(ProblemKind.TOO_MANY_REQUESTS, wait_s) from None
            raise
        # Who wants silence gets it, however much was asked for before.
        if wait_s and command.command not in NEVER_HELD_UP:
            raise later(ProblemKind.TOO_MANY_REQUESTS, wait_s)
        return self._answer(await self._commander.give(command, key, token), 202)

    async def _read(self, ask: Ask) -> tuple[str, Command]:
        """Return a command with its key.

        Raises:
            RequestRefused: It is none, or there is nothing yet that it could be about.
        """
        self._reader.newest()
        key = ask.headers.get(KEY_HEADER.lower(), "")
        if not is_key(key):
            raise bad(f"{KEY_HEADER}: 8 to 128 of A-Z a-z 0-9 - _")
        return key, read_command(await ask.json_body(self._most, self._patience_s))

    async def state(self, ask: Ask, token: Token) -> Answer:
        """Answer what came of one."""
        self._reader.newest()
        return self._answer(await self._commander.state(ask.parts["id"], token), 200)

    def _answer(self, state: feeds.CommandState, status: int) -> Answer:
        told = CommandState(
            id=state.key,
            state=Stage(state.progress),
            reason=state.reason,
            as_of=self._reader.newest().snapshot.as_of,
        )
        return json_answer(status, command_state_bytes(told))


async def _look(feed: Feed, pictures: Pictures, every_s: float) -> None:
    """Look at the feed so often that no version is missed: another replica's walls may have it."""
    while True:
        try:
            pictures.take(feed.newest())
        except Exception as error:  # noqa: BLE001 - requests meet it too, and tell; this goes on
            _log.error("looking at the feed: %s", place_of(error))
        await asyncio.sleep(every_s)


def _refusal(error: Exception) -> Answer:
    """Return the answer to a request that found no handler."""
    if not isinstance(error, HTTPException):
        _log.error("answering: %s", place_of(error))
        return problem_answer(problem(ProblemKind.SERVER_ERROR))
    headers = tuple(
        (name.lower().encode("latin-1"), told.encode("latin-1"))
        for name, told in (error.headers or {}).items()
    )
    if error.status_code == 404:
        return problem_answer(problem(ProblemKind.NOT_FOUND))
    told = problem(ProblemKind.BAD_REQUEST, error.detail, status=error.status_code)
    return problem_answer(told, headers)
