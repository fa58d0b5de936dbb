"""Lets a critical alert be heard at a TV whose wall wants that."""

from __future__ import annotations

from collections import deque
from typing import Final

from PySide6.QtCore import QObject

from wallboard.app.sounding import Sounder
from wallboard.domain.alert import AlertEvent, News
from wallboard.domain.clock import Moment
from wallboard.domain.severity import Severity

BETWEEN_S: Final = 5.0
"""However many alerts there are, so long it is silent between two sounds."""

_HEARD: Final = frozenset({News.FIRED, News.WORSE, News.FREE_AGAIN})
_REMEMBERED: Final = 500


class KioskSound(QObject):
    """The sounds of one kiosk. Lives on the main thread."""

    def __init__(self, parent: QObject | None = None, sounder: Sounder | None = None) -> None:
        super().__init__(parent)
        self._sounder = Sounder(self) if sounder is None else sounder
        self._told: deque[str] = deque(maxlen=_REMEMBERED)
        self._heard_s = float("-inf")

    def take_events(self, events: object, now: Moment, volume: int) -> None:
        """Let it be heard if one of these is a critical alert that began.

        Args:
            events: AlertEvents, as they are announced; what was told already is passed over.
            volume: 0 to 100; at 0 nothing is heard.
        """
        if not isinstance(events, tuple):
            return
        new = [
            event
            for event in events
            if isinstance(event, AlertEvent) and event.event_id not in self._told
        ]
        self._told.extend(event.event_id for event in new)
        bad = any(
            event.severity is Severity.CRITICAL and event.news in _HEARD and not event.silent
            for event in new
        )
        if bad and volume > 0 and now.steady_s - self._heard_s >= BETWEEN_S:
            self._heard_s = now.steady_s
            self._sounder.play(Severity.CRITICAL, volume)

    def close(self) -> None:
        """Be silent."""
        self._sounder.close()
