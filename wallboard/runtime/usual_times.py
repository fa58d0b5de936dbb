"""Finds in a history how far the calls of a stretch of time are from what is usual then."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta, tzinfo
from typing import Final

from wallboard.engine.unusual import known_times, same_times, unusual, usual_of
from wallboard.storage.history import History
from wallboard.storage.ranges import interval_parts

SLOT: Final = timedelta(minutes=30)
"""Calls are compared by stretches of time of this length."""

_OFFERED: Final = frozenset({"offered"})


def slot_of(at: datetime) -> datetime:
    """Return the begin of the stretch of time that an instant is in."""
    return at - timedelta(seconds=at.timestamp() % SLOT.total_seconds())


def calls_unusual(history: History, end: datetime, zone: tzinfo) -> Mapping[str, float]:
    """Return by queue how many deviations its calls of the slot before `end` are off.

    Only of queues of which enough is known; nothing if the slot itself was not watched.

    Raises:
        HistoryUnavailable: And why.
    """
    begin = end - SLOT
    if not _known(history, begin, end):
        return {}
    now = _offered(history, begin, end)
    past = [
        _offered(history, *span) for span in same_times(begin, end, zone) if _known(history, *span)
    ]
    found = {}
    for queue in {*now, *(queue for offered in past for queue in offered)}:
        usual = usual_of((offered.get(queue, 0) for offered in past), counted=True)
        if usual is not None:
            found[queue] = unusual(now.get(queue, 0), usual).away
    return found


def _known(history: History, begin: datetime, end: datetime) -> bool:
    return bool(known_times([(begin, end)], history.stretches(begin, end)))


def _offered(history: History, begin: datetime, end: datetime) -> dict[str, int]:
    parts = interval_parts(history, begin, end, interval=end - begin, only=_OFFERED)
    return {str(queue): totals.offered for (_, queue), totals in parts.items()}
