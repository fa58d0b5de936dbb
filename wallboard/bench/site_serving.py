"""The program's own server with the huge site behind it, a second older at each picture asked for.

What crosses the network is what walls are told: the whole picture once, and then what changed.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import msgspec

from wallboard.api.json_shape import JsonShape
from wallboard.api.picture import SourceWord
from wallboard.app import system_clock
from wallboard.app.serving import Tidier
from wallboard.bench.http_source import ended
from wallboard.bench.huge import HugeSite
from wallboard.domain.facts import CallRecord
from wallboard.domain.snapshot import Snapshot
from wallboard.domain.supervision import Wish
from wallboard.server.app import make_app
from wallboard.server.feed import (
    Capabilities,
    CommandState,
    FeedAway,
    Health,
    HistoryPage,
    Issue,
    Numbered,
)
from wallboard.server.journal import Journal
from wallboard.server.listening import listening_at, serve_on
from wallboard.server.rights import Role
from wallboard.server.settings import ServerSettings
from wallboard.server.tokens import NewToken, TokenBook

_LATER_S: Final = 0.6
_LIVE: Final = SourceWord(state="live")
# The server is to look for a picture when one is asked for: it bears the time of the asking.
_NEVER: Final = timedelta(days=1)


class Door(msgspec.Struct, frozen=True):
    """Where the site is served, and what a wall says to sign in."""

    port: int
    token: str


@contextmanager
def served_by_us(agents: int, padding: int = 0) -> Iterator[Door]:
    """Serve a huge site from a process of its own, until the block is left."""
    command = [sys.executable, "-m", "wallboard.bench.site_serving", str(agents), str(padding)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        if process.stdout is None:
            raise RuntimeError("a process without an output")
        yield msgspec.json.decode(process.stdout.readline(), type=Door)
    finally:
        process.kill()
        process.communicate()


class SiteFeed:
    """The site as the server sees it. Any thread may ask it."""

    def __init__(
        self,
        agents: int,
        padding: int = 0,
        later: Callable[[Callable[[], None]], None] | None = None,
    ) -> None:
        """Make a site.

        Args:
            later: Has what comes next made, when the last picture was read and shown.
        """
        self._later = _soon if later is None else later
        self._site = HugeSite(agents, padding=padding)
        self._shape = JsonShape()
        self._lock = threading.Lock()
        self._number = 0
        self._facts: list[Numbered] = []
        self._ready: Snapshot | None = self._read()
        self._issue: Issue | None = None

    def newest(self) -> Issue | None:
        """Return the newest picture; one that is ready is of this moment."""
        with self._lock:
            ready, self._ready = self._ready, None
            if ready is not None:
                self._give_out(replace(ready, as_of=_now()))
                self._later(self._prepare)
            return self._issue

    def facts(
        self, after: str | None, until: str | None, limit: int
    ) -> tuple[tuple[Numbered, ...], str, bool]:
        """Return the calls that were over between two cursors."""
        end = len(self._facts) if until is None else int(until)
        begin = end if after is None else int(after)
        told = tuple(self._facts[begin : min(end, begin + limit)])
        reached = begin + len(told)
        return told, str(reached), reached < end

    def history(self, begin: datetime, end: datetime, page: str | None, limit: int) -> HistoryPage:
        """Return none."""
        del begin, end, page, limit
        return HistoryPage()

    def command(self, wish: Wish, key: str, who: str) -> CommandState:
        """Refuse: the site only pretends."""
        del wish, key, who
        raise FeedAway("the site only pretends")

    def command_state(self, key: str) -> CommandState | None:
        """Return None: there are none."""
        del key
        return None

    def health(self) -> Health:
        """Return that all is well."""
        return Health(source=_LIVE)

    def capabilities(self) -> Capabilities:
        """Return what little there is."""
        return Capabilities(
            server=("bench", "0"), site="Huge", zone="Asia/Tehran", poll=timedelta(seconds=1)
        )

    def _prepare(self) -> None:
        self._site.tick()
        ready = self._read()
        with self._lock:
            self._ready = ready

    def _read(self) -> Snapshot:
        return self._shape.read(self._site.document(_now())).snapshot

    def _give_out(self, snapshot: Snapshot) -> None:
        over: tuple[CallRecord, ...] = ()
        if self._issue is not None:
            over = tuple(ended(self._issue.snapshot, snapshot))
        for fact in over:
            self._facts.append(Numbered(cursor=str(len(self._facts) + 1), fact=fact))
        self._number += 1
        self._issue = Issue(
            version=f"b.{self._number}",
            snapshot=snapshot,
            source=_LIVE,
            facts_until=str(len(self._facts)),
        )


def _soon(work: Callable[[], None]) -> None:
    threading.Timer(_LATER_S, work).start()


def _now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - what it pretends is true now


def _serve(agents: int, padding: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        tokens = TokenBook(Path(folder) / "tokens.json")
        _, said = tokens.create(NewToken(name="wall", role=Role.SUPERVISOR), _now())
        journal = Journal(Path(folder) / "journal", tokens.key())
        settings = ServerSettings(look_every=_NEVER)
        app = make_app(SiteFeed(agents, padding), tokens, journal, system_clock(), settings)
        listener, stop = listening_at("127.0.0.1", 0), threading.Event()
        # As `wallboard serve` does.
        Tidier(system_clock(), stop, lambda: None).start()
        door = Door(port=listener.getsockname()[1], token=said)
        print(msgspec.json.encode(door).decode(), flush=True)
        serve_on(app, listener, None, stop)


if __name__ == "__main__":
    _serve(int(sys.argv[1]), int(sys.argv[2]))
