"""Has a board watched for alerts, by what is made a moment after the board was begun.

Who starts the program waits for the first board, not for what watches it.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import Final, Protocol

from wallboard.domain.alert import AlertEvent, AlertWish, Rules
from wallboard.domain.clock import Moment
from wallboard.engine.board import Board
from wallboard.runtime.keeping import Errand

_LATER_S: Final = 0.7
_AGAIN_S: Final = 60.0


class Watcher(Protocol):
    """Looks at a board and knows its alerts; see `runtime.alerting`."""

    @property
    def waiting(self) -> bool:
        """True if somebody wished for something that was not looked at."""

    def announce_to(self, announce: Callable[[tuple[AlertEvent, ...]], None]) -> None:
        """Tell what is to be told there."""

    def begin(self, do: Callable[[Errand], None] | None) -> None:
        """Begin, with what has something done with the history. None: there is none."""

    def look(self, board: Board, now: Moment) -> Board:
        """Return the board with its alerts."""

    def handle(self, wish: AlertWish) -> None:
        """Have something done with an alert."""

    def take_rules(self, rules: Rules, *, odd: bool = False, who: str = "") -> None:
        """Watch by other rules."""

    def end(self, now: Moment) -> None:
        """Have it stored how the alerts stand."""


class Watching:
    """A board's watcher, once there is one. `look` and `end` are for the board's thread."""

    def __init__(
        self,
        make: Callable[[], Watcher] | None,
        announce: Callable[[tuple[AlertEvent, ...]], None] | None = None,
        *,
        later_s: float = _LATER_S,
    ) -> None:
        """Prepare.

        Args:
            make: Called in the board's thread. None: nobody watches.
            announce: Called with what is to be told, in whatever thread knows it.
            later_s: So long after the first board it begins, in seconds.
        """
        self._make = make
        self._announce = announce
        self._watcher: Watcher | None = None
        self._do: Callable[[Errand], None] | None = None
        self._due_s: float | None = None
        self._later_s = later_s

    @property
    def waiting(self) -> bool:
        """True if somebody wished for something that was not looked at."""
        return self._watcher is not None and self._watcher.waiting

    def begin(self, do: Callable[[Errand], None] | None) -> None:
        """Know what has something done with the history. None: there is none."""
        self._do = do

    def look(self, board: Board, now: Moment) -> Board:
        """Return the board with its alerts.

        A mistake in what watches takes nothing else along: the board says so, and a minute later
        the watch begins anew.
        """
        if self._make is None:
            return board
        if self._due_s is None:
            self._due_s = now.steady_s + self._later_s
        if now.steady_s < self._due_s:
            return _begins(board)
        try:
            watcher = self._watcher or self._begun(self._make)
            return watcher.look(board, now)
        except Exception:  # noqa: BLE001 - as told: the board is worth more than its alerts
            self._watcher, self._due_s = None, now.steady_s + _AGAIN_S
            return replace(board, alerts=replace(board.alerts, failed=True))

    def _begun(self, make: Callable[[], Watcher]) -> Watcher:
        watcher = make()
        if self._announce is not None:
            watcher.announce_to(self._announce)
        watcher.begin(self._do)
        self._watcher = watcher
        return watcher

    def handle(self, wish: AlertWish) -> None:
        """Have something done with an alert."""
        if self._watcher is not None:
            self._watcher.handle(wish)

    def take_rules(self, rules: Rules, *, odd: bool = False, who: str = "") -> None:
        """Have the board watched by other rules."""
        if self._watcher is not None:
            self._watcher.take_rules(rules, odd=odd, who=who)

    def end(self, now: Moment) -> None:
        """Have it stored how the alerts stand; a mistake in that takes nothing else along."""
        if self._watcher is not None:
            with suppress(Exception):
                self._watcher.end(now)


def _begins(board: Board) -> Board:
    """Return a board that will be watched: what is not looked at yet is not within its limits."""
    told = board.alerts
    if told.settling or told.failed:
        return board
    return replace(board, alerts=replace(told, settling=True))
