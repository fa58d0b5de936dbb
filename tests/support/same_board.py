"""One call center followed on several ways at once, each with a board of its own, and compared."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, timedelta
from itertools import pairwise
from typing import Any

from wallboard.app.clock import system_clock
from wallboard.domain.errors import Fault, SourceError
from wallboard.domain.facts import CallRecord
from wallboard.domain.snapshot import Snapshot, difference
from wallboard.domain.source import Source
from wallboard.engine.board import Board
from wallboard.engine.happenings import FetchFailed, HistoryRead, PictureTaken, SecondPassed
from wallboard.engine.step import step

_CLOCK = system_clock()


@dataclass
class Way:
    """One way to a call center, followed in a thread as the program does.

    Attributes:
        seen: What each picture showed, and when it came; steady seconds.
    """

    name: str
    source: Source
    pause: timedelta
    records: list[CallRecord] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    seen: list[tuple[float, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.board = Board(name="center", zone=UTC, poll=self.pause)
        self._lock = threading.Lock()
        self._told: Snapshot | None = None
        self._ended = threading.Event()
        self._stopped, self._stop = socket.socketpair()
        self._thread = threading.Thread(target=self._follow)

    @property
    def snapshot(self) -> Snapshot | None:
        return self.board.snapshot

    def start(self) -> None:
        """Begin to follow."""
        self._thread.start()

    def recall(self, records: Sequence[CallRecord]) -> None:
        """Book what had happened before."""
        with self._lock:
            happening = HistoryRead(records=tuple(records))
            self.board, _ = step(self.board, happening, _CLOCK.now())

    def stop(self) -> None:
        """Follow no more."""
        self._ended.set()
        self._stop.send(b"x")
        if self._thread.is_alive():
            self._thread.join(20)
        self._stop.close()
        self._stopped.close()

    def _follow(self) -> None:
        with closing(self.source):
            while not self._ended.is_set():
                self._look()
                self.source.wait(self.pause, self._stopped)

    def _look(self) -> None:
        try:
            fetched = self.source.fetch()
        except SourceError as error:
            if self._told is not None:
                self.faults.append(error.fault)
            with self._lock:
                self.board, _ = step(self.board, FetchFailed(fault=error.fault), _CLOCK.now())
            self._ended.wait(0.2)
            return
        taken = PictureTaken(
            change=difference(self._told, fetched.snapshot),
            facts=fetched.facts,
            notices=fetched.notices,
        )
        self._told = fetched.snapshot
        self.records += [each for each in fetched.facts if isinstance(each, CallRecord)]
        with self._lock:
            self.board, _ = step(self.board, taken, _CLOCK.now())
            self.board, _ = step(self.board, SecondPassed(), _CLOCK.now())
        if self.board.snapshot is not None:
            self.seen.append((time.monotonic(), shown_of(self.board.snapshot)))


@contextmanager
def followed(*ways: Way, within_s: float = 30) -> Iterator[None]:
    """Follow all of them from before this block until its end."""
    for way in ways:
        way.start()
    try:
        until(lambda: all(way.snapshot is not None for way in ways), "first pictures", within_s)
        yield
    finally:
        for way in ways:
            way.stop()


def until(holds: Callable[[], object], what: str, within_s: float) -> None:
    """Wait until something holds."""
    end = time.monotonic() + within_s
    while not holds():
        assert time.monotonic() < end, f"not within {within_s} s: {what}"
        threading.Event().wait(0.05)


def shown_of(snapshot: Snapshot) -> tuple[Any, ...]:
    """Return of a picture what all ways must tell alike: times may be some hundredths apart."""
    return (
        snapshot.queues,
        {
            key: (row.name, row.state, row.queues, row.reason)
            for key, row in snapshot.agents.items()
        },
        sorted(
            (row.queue_id, str(row.caller_number), str(row.agent_id), row.answered_at is None)
            for row in snapshot.calls.values()
        ),
    )


def shown_at(way: Way, at_s: float) -> Any:
    """Return what was shown at a moment. None before the first picture."""
    shown = None
    for since_s, what in way.seen:
        if since_s > at_s:
            break
        shown = what
    return shown


def calm_moments(ways: Sequence[Way], calm_s: float) -> list[float]:
    """Return moments at which no way has shown another picture for so long, nor will soon."""
    changes = sorted(
        at_s for way in ways for (_, before), (at_s, after) in pairwise(way.seen) if before != after
    )
    begin = max(way.seen[0][0] for way in ways)
    end = min(way.seen[-1][0] for way in ways)
    edges = [begin, *(each for each in changes if begin < each < end), end]
    return [(one + other) / 2 for one, other in pairwise(edges) if other - one >= calm_s]


def figures_of(board: Board) -> dict[str, Any]:
    """Return the counts that the board shows, by queue and of all of them."""
    counted = ("offered", "answered", "abandoned", "answered_in_target", "unknown")
    rows = {
        str(key): {
            "waiting": each.waiting,
            "free": each.free,
            "busy": each.busy,
            **_counts(each.totals, counted),
        }
        for key, each in board.queues.items()
    }
    return rows | {"all": {"waiting": board.site.waiting, **_counts(board.site.totals, counted)}}


def _counts(totals: Any, names: Sequence[str]) -> dict[str, int]:
    return {name: getattr(totals, name) for name in names if hasattr(totals, name)}
