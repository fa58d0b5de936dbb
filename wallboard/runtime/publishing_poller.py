"""Polls one source in a thread of its own, keeps what happens, and gives the pictures out."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from datetime import timedelta, tzinfo

from wallboard.domain.clock import Clock
from wallboard.domain.facts import Fact
from wallboard.domain.snapshot import Snapshot
from wallboard.domain.value import value
from wallboard.engine.board import Board
from wallboard.runtime.board_loop import BoardLoop
from wallboard.runtime.filling import Past
from wallboard.runtime.keeping import Errand
from wallboard.runtime.opening import Opening
from wallboard.runtime.orders import Order
from wallboard.runtime.publishing import Publisher
from wallboard.runtime.source_link import SourceLink
from wallboard.runtime.watchman import Watchman
from wallboard.storage.history import History


@value
class Polled:
    """What is to be polled, and how.

    Attributes:
        poll: How often the source should prove that it is alive.
        zone: The site's time zone.
        command: Starts a program that runs `run_source_process`.
        past: Tells what happened in a gap of the history. None: there is no telling.
        retry_s: How long a history that fails is left alone at most. None: as in the window.
        watchman: Makes what watches the board for alerts while it is polled. None: nobody does.
    """

    opening: Opening
    poll: timedelta
    zone: tzinfo
    clock: Clock
    command: Sequence[str]
    past: Past | None = None
    retry_s: float | None = None
    watchman: Callable[[], Watchman] | None = None


class Poller:
    """One board loop and what it gives out, from `start` until `stop`. Knows no Qt."""

    def __init__(
        self,
        polled: Polled,
        open_history: Callable[[], History],
        publisher: Publisher,
        seed: Snapshot | None = None,
        link: SourceLink | None = None,
    ) -> None:
        """Prepare.

        Args:
            open_history: Opens what keeps the facts, published; raises HistoryUnavailable.
            seed: What another program saw last of this source. None: nobody did.
            link: A process of the source that stands ready. None: one is started.
        """
        self.publisher = publisher
        board = Board(
            name=polled.opening.name,
            zone=polled.zone,
            poll=polled.poll,
            demo=polled.opening.demo,
            measuring=polled.opening.measuring,
        )
        self._watchman = None if polled.watchman is None else polled.watchman()
        self._loop = BoardLoop(
            opening=polled.opening,
            board=board,
            clock=polled.clock,
            command=polled.command,
            show=self._show,
            open_history=open_history,
            past=polled.past,
            settled=publisher.settled,
            retry_s=polled.retry_s,
            seed=seed,
            link=link,
            watching=self._watchman,
        )
        self._thread = threading.Thread(target=self._loop.run, name="board", daemon=True)

    @property
    def source_pid(self) -> int | None:
        """The id of the source's process. None while there is none."""
        return self._loop.source_pid

    def start(self) -> None:
        """Begin. May be called once."""
        self._thread.start()

    def do(self, errand: Errand) -> None:
        """Have something done with the history, in the thread that keeps it."""
        self._loop.do(errand)

    def supervise(self, order: Order) -> None:
        """Have the source do what a supervisor asks for, at most once."""
        self._loop.supervise(order)

    def stop(self, within_s: float = 10.0) -> tuple[Fact, ...]:
        """End the source's process and store what waits; return what could not be stored.

        Args:
            within_s: How long to try to store it.
        """
        if self._watchman is not None:
            # First: what it has told is still to be written down.
            self._watchman.stop()
        self._loop.stop(within_s)
        if self._thread.is_alive():
            self._thread.join()
        return self._loop.left()

    def _show(self, board: Board) -> None:
        if self._watchman is not None:
            self._watchman.show(board)
        self.publisher.show(board, self._loop.given)
