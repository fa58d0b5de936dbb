"""The server of the API in this process, with a socket on 127.0.0.1 or without; and its client."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from support.clocks import HandClock
from support.feeds import HandFeed
from wallboard.domain.snapshot import AgentId, QueueId
from wallboard.domain.supervision import NEEDS_REASON, WishKind
from wallboard.server.app import make_app
from wallboard.server.journal import Journal
from wallboard.server.limits import Rate
from wallboard.server.listening import Tls, listening_at, serve_on
from wallboard.server.rights import Role
from wallboard.server.settings import ServerSettings
from wallboard.server.tokens import NewToken, TokenBook

_MANY = Rate(burst=1e6, per_s=1e6)
UNLIMITED = ServerSettings(
    each_token=_MANY, each_stranger=_MANY, failures=_MANY, commands=_MANY, metrics=True
)


@dataclass(slots=True)
class Reply:
    """What came back; header names are lower-case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Asked:
    """A server, what it runs on, and how it is asked."""

    def __init__(self, folder: Path, feed: HandFeed | None, settings: ServerSettings) -> None:
        self.feed = HandFeed() if feed is None else feed
        self.clock = HandClock()
        self.tokens = TokenBook(folder / "tokens.json")
        self.journal_file = folder / "journal.jsonl"
        journal = Journal(self.journal_file, self.tokens.key())
        self.app = make_app(self.feed, self.tokens, journal, self.clock, settings)

    def token(
        self,
        role: Role,
        *,
        queues: tuple[str, ...] | None = None,
        agents: tuple[str, ...] | None = None,
        modes: tuple[WishKind, ...] | None = None,
        phone: str = "",
    ) -> str:
        """Return what one says to sign in under a new token.

        Args:
            modes: None: an administrator is granted all, others nothing.
        """
        if modes is None:
            modes = tuple(sorted(NEEDS_REASON)) if role is Role.ADMINISTRATOR else ()
        wanted = NewToken(
            name=f"{role} {len(self.tokens.tokens())}",
            role=role,
            queues=None if queues is None else frozenset(map(QueueId, queues)),
            agents=None if agents is None else frozenset(map(AgentId, agents)),
            modes=frozenset(modes),
            phone=phone,
        )
        said = self.tokens.create(wanted, self.clock.wall)[1]
        self.clock.pass_by(1)  # the file is looked at again
        return said

    def get(self, path: str, token: str | None = None, **headers: str) -> Reply:
        return self.ask("GET", path, token, headers=headers)

    def command(self, token: str | None, key: str = "key-00001", **body: Any) -> Reply:
        headers = {"Content-Type": "application/json", "Idempotency-Key": key}
        if body.get("command") in map(str, NEEDS_REASON):
            body = {"reason": "coaching", **body}
        return self.ask("POST", "/v1/commands", token, json.dumps(body).encode(), headers)

    def ask(
        self,
        method: str,
        path: str,
        token: str | None = None,
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        told = {name.replace("_", "-"): text for name, text in (headers or {}).items()}
        if token is not None:
            told["Authorization"] = f"Bearer {token}"
        return self.answered(method, path, body, told)

    def answered(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Reply:
        raise NotImplementedError

    def journalled(self) -> list[dict[str, Any]]:
        if not self.journal_file.exists():
            return []
        return [json.loads(line) for line in self.journal_file.read_text().splitlines()]


class Served(Asked):
    """Behind a socket, in a thread of its own."""

    port = 0

    def answered(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Reply:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request(method, path, body or None, headers)
            answer = connection.getresponse()
            content = answer.read()
        finally:
            connection.close()
        names = {name.lower(): text for name, text in answer.getheaders()}
        return Reply(status=answer.status, headers=names, body=content)


@contextmanager
def served(
    folder: Path,
    feed: HandFeed | None = None,
    settings: ServerSettings = UNLIMITED,
    tls: Tls | None = None,
) -> Iterator[Served]:
    """Run a server behind a socket until the block ends."""
    server = Served(folder, feed, settings)
    listener = listening_at("127.0.0.1", 0)
    server.port = listener.getsockname()[1]
    stop = threading.Event()
    thread = threading.Thread(target=serve_on, args=(server.app, listener, tls, stop), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        stop.set()
        thread.join(10)
        assert not thread.is_alive()


class InProcess(Asked):
    """Without a socket: for many questions in a short time.

    Attributes:
        known: A token for a test that asks many times.
    """

    known: str | None = None

    def __init__(self, folder: Path, feed: HandFeed | None, settings: ServerSettings) -> None:
        super().__init__(folder, feed, settings)
        self.loop = asyncio.new_event_loop()

    def answered(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Reply:
        return self.loop.run_until_complete(self.answer(method, path, body, headers))

    def rest(self, seconds: float) -> None:
        """Let the server go on without asking it."""
        self.loop.run_until_complete(asyncio.sleep(seconds))

    async def answer(
        self, method: str, path: str, body: bytes, headers: Mapping[str, str]
    ) -> Reply:
        raw, _, query = path.partition("?")
        told = {"host": "x", **headers}
        if body:
            told["content-length"] = str(len(body))
        scope = {
            "type": "http",
            "http_version": "1.1",
            "method": method,
            "path": raw,
            "raw_path": raw.encode(),
            "root_path": "",
            "query_string": query.encode(),
            "scheme": "http",
            "client": ("127.0.0.1", 5000),
            "server": ("127.0.0.1", 80),
            "headers": [(name.lower().encode(), text.encode()) for name, text in told.items()],
            "state": {},
        }
        sent: list[Any] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Any) -> None:
            sent.append(message)

        await self.app(scope, receive, send)
        content = b"".join(message.get("body", b"") for message in sent[1:])
        names = {name.decode(): text.decode() for name, text in sent[0]["headers"]}
        return Reply(status=sent[0]["status"], headers=names, body=content)


@contextmanager
def in_process(
    folder: Path, feed: HandFeed | None = None, settings: ServerSettings = UNLIMITED
) -> Iterator[InProcess]:
    """Have a server without a socket until the block ends."""
    server = InProcess(folder, feed, settings)
    living = server.app.router.lifespan_context(server.app)
    server.loop.run_until_complete(living.__aenter__())
    try:
        yield server
    finally:
        server.loop.run_until_complete(living.__aexit__(None, None, None))
        server.loop.close()
