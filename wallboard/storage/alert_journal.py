"""The journal of alerts and the alerts as they stand, beside the facts of a history."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final

from wallboard.domain.alert import AlertEvent, KeptAlert
from wallboard.storage.history import History
from wallboard.storage.noted import SCHEMA_NOTE, noted
from wallboard.storage.rows import ALERT_EVENTS, ALERT_STATES, instant_us

_SINCE: Final = 3
"""The layout that has a place for alerts; one that is only read may be older."""


def keep_alerts(history: History, live: Iterable[KeptAlert], events: Iterable[AlertEvent]) -> None:
    """Keep the alerts as they stand, all others are over, and what there was to tell.

    An event that is kept already is not kept twice. Durable as one when it returns; within
    `together`, with all else.

    Raises:
        HistoryUnavailable: Nothing of it was kept.
    """
    database = history.database
    with history.together():
        database.run("forget alert_states")
        database.run_many("replace alert_states", ALERT_STATES.packed(live))
        database.run_many("keep alert_events", ALERT_EVENTS.packed(events))


def kept_alerts(history: History) -> tuple[KeptAlert, ...]:
    """Return the alerts as they stood; one that is damaged is left out."""
    if not _has_place(history):
        return ()
    rows = map(ALERT_STATES.unpacked, history.database.rows("all alert_states"))
    return tuple(row for row in rows if row is not None)


def alert_events(history: History, begin: datetime, end: datetime) -> Iterator[AlertEvent]:
    """Return what was told from `begin` on and before `end`, the newest first.

    At most as many as one reads at once: some two thousand.
    """
    if not _has_place(history):
        return
    rows = history.database.rows("alert events", instant_us(begin), instant_us(end))
    for event in map(ALERT_EVENTS.unpacked, rows):
        if event is not None:
            yield event


def _has_place(history: History) -> bool:
    return int(noted(history.database, SCHEMA_NOTE) or 0) >= _SINCE
