"""The program's own server with the huge site behind it, a second older at each picture asked for.

What crosses the network is what walls are told: the whole picture once, and then what changed.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Final

import msgspec

from wallboard.app import system_clock
from wallboard.app.serving_chores import Tidier
from wallboard.bench.http_source import ended
from wallboard.bench.huge import HugeSite
from wallboard.bench.json_shape import JsonShape
from wallboard.bench.pretending import LIVE, PretendingFeed, made_app, now
from wallboard.bench.starting import started
from wallboard.domain.facts import CallRecord
from wallboard.domain.snapshot import Snapshot
from wallboard.server.feed import Issue, Numbered
from wallboard.server.listening import listening_at, serve_on
from wallboard.server.settings import ServerSettings

_LATER_S: Final = 0.6
# The server is to look for a picture when one is asked for: it bears the time of the asking.
_NEVER: Final = timedelta(days=1)


class Door(msgspec.Struct, frozen=True):
    """Where the site is served, and what a wall says to sign in."""

    port: int
    token: str


@contextmanager
def served_by_us(agents: int, padding: int = 0) -> Iterator[Door]:
    """Serve a huge site from a process of its own, until the block is left."""
    with started("site_serving", agents, padding) as line:
        yield msgspec.json.decode(line, type=Door)


class SiteFeed(PretendingFeed):
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
                self._give_out(replace(ready, as_of=now()))
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

    def _prepare(self) -> None:
        self._site.tick()
        ready = self._read()
        with self._lock:
            self._ready = ready

    def _read(self) -> Snapshot:
        return self._shape.read(self._site.document(now())).snapshot

    def _give_out(self, snapshot: Snapshot) -> None:
        over: tuple[CallRecord, ...] = ()
        if self._issue is not None:
            before = self._issue.snapshot
            gone = [key for key in before.calls if key not in snapshot.calls]
            over = tuple(ended(before, snapshot, gone))
        for fact in over:
            self._facts.append(Numbered(cursor=str(len(self._facts) + 1), fact=fact))
        self._number += 1
        self._issue = Issue(
            version=f"b.{self._number}",
            snapshot=snapshot,
            source=LIVE,
            facts_until=str(len(self._facts)),
        )


def _soon(work: Callable[[], None]) -> None:
    threading.Timer(_LATER_S, work).start()


def _serve(agents: int, padding: int) -> None:
    settings = ServerSettings(look_every=_NEVER)
    with made_app(SiteFeed(agents, padding), 1, settings) as (app, (token,)):
        listener, stop = listening_at("127.0.0.1", 0), threading.Event()
        # As `wallboard serve` does.
        Tidier(system_clock(), stop, lambda: None).start()
        door = Door(port=listener.getsockname()[1], token=token)
        print(msgspec.json.encode(door).decode(), flush=True)
        serve_on(app, listener, None, stop)


if __name__ == "__main__":
    _serve(int(sys.argv[1]), int(sys.argv[2]))
