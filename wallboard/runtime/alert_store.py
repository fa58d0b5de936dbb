"""What waits of a board's alerts to be stored and told: given by one thread, done by another."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime, tzinfo
from itertools import islice
from threading import Lock
from typing import Final, TypeAlias

from wallboard.domain.alert import AlertEvent, KeptAlert
from wallboard.engine.alert_board import RECENT
from wallboard.runtime.keeping import Errand
from wallboard.runtime.usual_times import calls_unusual
from wallboard.storage.alert_journal import alert_events, keep_alerts, kept_alerts
from wallboard.storage.faults import HistoryUnavailable
from wallboard.storage.history import History

Outbox: TypeAlias = Callable[[History, Sequence[AlertEvent]], None]
"""Queues what is to be sent, in the transaction in which it is stored."""
Announce: TypeAlias = Callable[[tuple[AlertEvent, ...]], None]

_PATIENCE_S: Final = 5.0
_TRIES: Final = 3
_EVER: Final = (datetime(1970, 1, 1, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC))


class Recalled:
    """How the alerts stood when the program ended, and what was told last, the newest first."""

    def __init__(self, alerts: tuple[KeptAlert, ...], events: tuple[AlertEvent, ...]) -> None:
        self.alerts = alerts
        self.events = events


class UsualFound:
    """How far calls are from what is usual, by queue."""

    def __init__(self, away: Mapping[str, float]) -> None:
        self.away = away


class AlertStore:
    """What waits to be stored and told. Given by the board's thread, done by the one that stores.

    Attributes:
        waits: True if there is something to tell that was not given to be stored.
    """

    def __init__(
        self,
        do: Callable[[Errand], None],
        outbox: Outbox | None,
        tell: Announce,
        recalled: Callable[[Recalled | UsualFound], None],
    ) -> None:
        self._do = do
        self._outbox = outbox
        self._tell = tell
        self._recalled = recalled
        self._work = Lock()
        self._events: list[AlertEvent] = []
        self._rows: Sequence[KeptAlert] | None = None
        self._untold: dict[str, AlertEvent] = {}
        self._since_s: float | None = None
        self._tries = 0
        self._asked = False

    @property
    def waits(self) -> bool:
        """True if there is something to tell that was not given to be stored."""
        with self._work:
            return bool(self._events) and self._rows is None

    def recall(self) -> None:
        """Have it told how the alerts stood."""
        self._do(self._read)

    def find_usual(self, end: datetime, zone: tzinfo) -> None:
        """Have it told how far calls are from what is usual."""

        def find(history: History) -> bool:
            # A damaged file of an old day fails each time: asked for again, it would keep all that
            # is to be stored waiting. It is asked for anew with the next slot.
            with suppress(HistoryUnavailable):
                self._recalled(UsualFound(calls_unusual(history, end, zone)))
            return False

        self._do(find)

    def take(self, events: tuple[AlertEvent, ...]) -> None:
        """Have it told once it is stored."""
        with self._work:
            self._events += events
            self._untold.update((event.event_id, event) for event in events)

    def store(self, rows: Sequence[KeptAlert]) -> None:
        """Have it stored how the alerts stand, with all that there is to tell."""
        with self._work:
            self._rows = rows
            asked, self._asked = self._asked, True
        if not asked:
            self._do(self._write)

    def lose_patience(self, now_s: float) -> None:
        """Tell what could not be stored for too long."""
        with self._work:
            if not self._untold:
                self._since_s = None
                return
            if self._since_s is None:
                self._since_s = now_s
            if now_s - self._since_s < _PATIENCE_S:
                return
            told, self._untold, self._since_s = self._untold, {}, None
        self._tell(tuple(told.values()))

    def _read(self, history: History) -> bool:
        self._recalled(recalled(history))
        return False

    def _write(self, history: History) -> bool:
        with self._work:
            events, rows = tuple(self._events), self._rows
        if rows is not None:
            self._store_now(history, rows, events)
        with self._work:
            del self._events[: len(events)]
            again = self._rows is not rows
            self._asked = again
            if not again:
                self._rows = None
            told = [event for event in events if self._untold.pop(event.event_id, None)]
            # What came meanwhile has not waited as long as what is stored now.
            self._since_s = None
        self._tell(tuple(told))
        if again:
            self._do(self._write)
        return False

    def _store_now(
        self, history: History, rows: Sequence[KeptAlert], events: tuple[AlertEvent, ...]
    ) -> None:
        try:
            with history.together():
                keep_alerts(history, rows, events)
                if self._outbox is not None and events:
                    self._outbox(history, events)
        except HistoryUnavailable:
            raise
        except Exception:
            # What nobody thought of must not stand in the way of all that comes after it.
            self._tries += 1
            if self._tries < _TRIES:
                raise
        self._tries = 0


def recalled(history: History) -> Recalled:
    """Return how the alerts stood when somebody stored that last."""
    return Recalled(kept_alerts(history), last_events(history))


def last_events(history: History) -> tuple[AlertEvent, ...]:
    """Return what was told last, the newest first."""
    return tuple(islice(alert_events(history, *_EVER), RECENT))
