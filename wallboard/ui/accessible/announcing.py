"""What those who listen must hear at once: a queue in trouble, the source lost or back."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from wallboard.domain.clock import Moment
from wallboard.domain.severity import Severity
from wallboard.domain.snapshot import QueueId
from wallboard.domain.value import value
from wallboard.engine.board import Board, QueueStanding, fresh, level_of, site_time
from wallboard.engine.freshness import Freshness
from wallboard.ui.outside_text import shown
from wallboard.ui.wording import Wording
from wallboard.ui.words import phrase

PAUSE_S: Final = 5.0
"""Things are announced at most this often."""
AGAIN_S: Final = 60.0
"""Nor is the same queue so soon once more."""
_NAMED: Final = 3
_CONNECTION: Final = {
    Freshness.WAITING: phrase("Aloud", "Waiting for the system."),
    Freshness.LIVE: phrase("Aloud", "The connection is live."),
    Freshness.STALE: phrase("Aloud", "The figures are no longer fresh."),
    Freshness.NO_DATA: phrase("Aloud", "No data: the system is not heard."),
}


@value
class News:
    """One thing to be said.

    Attributes:
        urgent: True if it may interrupt what is being read.
    """

    text: str
    urgent: bool


class Announcer:
    """Finds what is news on the board for one who only listens. Not a word before he begins to.

    What came and went within the pause between two announcements is not told.
    """

    def __init__(self) -> None:
        self._connection: Freshness | None = None
        self._critical: frozenset[QueueId] = frozenset()
        self._told_s = float("-inf")
        self._told_of: dict[QueueId, float] = {}

    def forget(self) -> None:
        """Begin anew: nobody listens, or it is another board."""
        self._connection, self._critical = None, frozenset()
        self._told_of = {}

    def hear(self, board: Board, now: Moment, wording: Wording) -> News | None:
        """Return what is to be said now. None for nothing."""
        connection = Freshness.LIVE if fresh(board) else board.freshness
        critical = _critical(board) if fresh(board) else self._critical
        if self._connection is None:
            self._connection, self._critical = connection, critical
            return None
        if now.steady_s - self._told_s < PAUSE_S:
            return None
        new = [key for key in board.order if key in critical - self._critical]
        new = [key for key in new if now.steady_s - self._told_of.get(key, -AGAIN_S) >= AGAIN_S]
        told = []
        if connection is not self._connection:
            told.append(wording.say(_CONNECTION[connection]))
        if new:
            told.append(_queues_words(new, board, site_time(board, now), wording))
            self._told_of |= dict.fromkeys(new, now.steady_s)
        self._connection, self._critical = connection, critical
        if not told:
            return None
        self._told_s = now.steady_s
        return News(text=" ".join(told), urgent=bool(new))


def announce(widget: QWidget, news: News) -> None:
    """Have a screen reader say it."""
    event = QAccessibleAnnouncementEvent(widget, news.text)
    politeness = QAccessible.AnnouncementPoliteness
    event.setPoliteness(politeness.Assertive if news.urgent else politeness.Polite)
    QAccessible.updateAccessibility(event)


def _critical(board: Board) -> frozenset[QueueId]:
    return frozenset(key for key, row in board.queues.items() if row.severity is Severity.CRITICAL)


def _queues_words(keys: list[QueueId], board: Board, then: datetime, wording: Wording) -> str:
    rows = [board.queues[key] for key in keys]
    told = [_queue_words(row, then, wording) for row in rows[:_NAMED]]
    more = len(rows) - _NAMED
    if more > 0:
        count = wording.count(more)
        told.append(wording.say(phrase("Aloud", "and {count} more queues"), count=count))
    return f"{wording.severity(Severity.CRITICAL)}: {'; '.join(told)}"


def _queue_words(row: QueueStanding, then: datetime, wording: Wording) -> str:
    told = [shown(row.queue.name)]
    if row.wait_severity is Severity.CRITICAL and row.waiting_since is not None:
        waited = wording.duration_words(then - row.waiting_since)
        told.append(f"{wording.kpi_name('longest_wait')} {waited}")
    if row.level_severity is Severity.CRITICAL:
        level = wording.percent(level_of(row))
        told.append(f"{wording.kpi_name('service_level')} {level}")
    return wording.listed(told)
