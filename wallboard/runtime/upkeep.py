"""Looks after a history while it runs: closed days become files, old facts become sums.

A little at a time, and only while nothing waits to be stored: a day of thirty thousand calls is
sealed in a second. What cannot be done is told like any other fault of the history, and tried
again an hour later.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from wallboard.storage.history import History

CLOSED: Final = timedelta(hours=6)
"""So long after its end a day is sealed: by then hardly a call of it is told any more."""

_FIRST_S: Final = 60.0
_PAUSE_S: Final = 2.0
_AGAIN_S: Final = 3600.0
_DAY: Final = timedelta(days=1)


class Upkeep:
    """What is to be done about one history, and when. Used by the thread that stores."""

    def __init__(
        self,
        now: Callable[[], datetime],
        *,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        """Begin a minute from now.

        Args:
            now: Tells which days are over.
            seconds: Tells when something is due.
        """
        self._now = now
        self._seconds = seconds
        self._due_s = seconds() + _FIRST_S
        self._compacted: datetime | None = None

    @property
    def due_in_s(self) -> float:
        """When there may be something to do, in seconds; zero or less if it is time."""
        return self._due_s - self._seconds()

    def go_on(self, history: History) -> None:
        """Do the next little of it, and decide when to look again.

        Raises:
            HistoryUnavailable: It could not be done.
        """
        self._due_s = self._seconds() + _AGAIN_S
        if self._rolled_up(history) or history.seal(self._now() - CLOSED) is not None:
            self._due_s = self._seconds() + _PAUSE_S

    def _rolled_up(self, history: History) -> bool:
        """Roll up one more day, once a day all that are due; return whether one was."""
        now, retention = self._now(), history.retention
        if retention is None or (self._compacted is not None and now < self._compacted + _DAY):
            return False
        before = history.rolled_until
        done = history.compact(
            now, keep=retention.keep, size_limit=retention.size_limit, most_days=1
        )
        if done.until == before:
            self._compacted = now
        return done.until != before
