"""Watches a board for alerts and tells them by ways out, where there is no window."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from wallboard.domain.alert import AlertEvent
from wallboard.domain.errors import FaultKind
from wallboard.engine.board import Board
from wallboard.runtime.delivering import Delivering
from wallboard.runtime.keeping import Errand
from wallboard.runtime.watching import Watcher, Watching


class Watchman(Watching):
    """One board's watch and who is told of it. `look`, `begin` and `end` as Watching has them."""

    def __init__(self, make: Callable[[], Watcher], delivering: Delivering | None) -> None:
        """Prepare.

        Args:
            make: As Watching has it; what it makes writes down what is to be told by
                `delivering`.
            delivering: Tells it; is begun and ended with the watch. None: there are no ways out.
        """
        super().__init__(make, self._tell)
        self._delivering = delivering
        self._elsewhere = False

    def begin(self, do: Callable[[Errand], None] | None) -> None:
        """Know what has something done with the history, and tell what an earlier run left."""
        super().begin(do)
        if self._delivering is not None and do is not None:
            self._delivering.start(do)

    def show(self, board: Board) -> None:
        """Know whether it is still this program that keeps the history."""
        fault = None if board.history is None else board.history.fault
        self._elsewhere = fault is not None and fault.kind is FaultKind.HISTORY_LOCKED

    def stop(self) -> None:
        """Tell nothing any more; what is not sent is sent after the next start."""
        if self._delivering is not None:
            self._delivering.stop()

    def _tell(self, events: Sequence[AlertEvent]) -> None:
        # Who has the history tells them; two programs must not tell everything twice.
        if self._delivering is None:
            return
        if self._elsewhere:
            self._delivering.leave(events)
        else:
            self._delivering.announce(events)
