"""What those who listen must hear at once: a critical alert, the source lost or back."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from wallboard.domain.alert import AlertKey
from wallboard.domain.clock import Moment
from wallboard.domain.severity import Severity
from wallboard.domain.value import value
from wallboard.engine.alert_board import ShownAlert
from wallboard.engine.alert_readings import unit_of
from wallboard.engine.board import Board, fresh
from wallboard.engine.freshness import Freshness
from wallboard.engine.kpi import Unit
from wallboard.ui.alert_words import has_value, reading_name, rule_name, subject_text, value_text
from wallboard.ui.wording import Wording
from wallboard.ui.words import phrase

PAUSE_S: Final = 5.0
"""Things are announced at most this often."""
AGAIN_S: Final = 60.0
"""Nor is the same alert so soon once more."""
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

    What came and went within the pause between two announcements is not told, nor is what
    disturbs nobody: an alert that is shelved, or of a rule that is muted.
    """

    def __init__(self) -> None:
        self._connection: Freshness | None = None
        self._critical: frozenset[AlertKey] = frozenset()
        self._told_s = float("-inf")
        self._told_of: dict[AlertKey, float] = {}

    def forget(self) -> None:
        """Begin anew: nobody listens, or it is another board."""
        self._connection, self._critical = None, frozenset()
        self._told_of = {}

    def hear(self, board: Board, now: Moment, wording: Wording) -> News | None:
        """Return what is to be said now. None for nothing."""
        connection = Freshness.LIVE if fresh(board) else board.freshness
        rows = _critical(board)
        critical = frozenset(row.alert.key for row in rows)
        if self._connection is None:
            self._connection, self._critical = connection, critical
            return None
        if now.steady_s - self._told_s < PAUSE_S:
            return None
        new = [row for row in rows if self._is_new(row, now)]
        told = []
        if connection is not self._connection:
            told.append(wording.say(_CONNECTION[connection]))
        if new:
            told.append(_alerts_words(new, wording))
            self._told_of |= {row.alert.key: now.steady_s for row in new}
        self._connection, self._critical = connection, critical
        if not told:
            return None
        self._told_s = now.steady_s
        return News(text=" ".join(told), urgent=bool(new))

    def _is_new(self, row: ShownAlert, now: Moment) -> bool:
        key = row.alert.key
        again_s = self._told_of.get(key, -AGAIN_S) + AGAIN_S
        return key not in self._critical and now.steady_s >= again_s


def announce(widget: QWidget, news: News) -> None:
    """Have a screen reader say it."""
    event = QAccessibleAnnouncementEvent(widget, news.text)
    politeness = QAccessible.AnnouncementPoliteness
    event.setPoliteness(politeness.Assertive if news.urgent else politeness.Polite)
    QAccessible.updateAccessibility(event)


def _critical(board: Board) -> list[ShownAlert]:
    # One that comes and goes was told when it came first, and is told again once it stays.
    return [
        row
        for row in board.alerts.rows
        if row.alert.severity is Severity.CRITICAL and not (row.silent or row.alert.unstable)
    ]


def _alerts_words(rows: list[ShownAlert], wording: Wording) -> str:
    told = [_alert_words(row, wording) for row in rows[:_NAMED]]
    more = len(rows) - _NAMED
    if more > 0:
        count = wording.count(more)
        told.append(wording.say(phrase("Aloud", "and {count} more alerts"), count=count))
    return f"{wording.severity(Severity.CRITICAL)}: {'; '.join(told)}"


def _alert_words(row: ShownAlert, wording: Wording) -> str:
    """Return an alert as it is said: whom it is about, its rule, its reading."""
    told = [subject_text(row), rule_name(row.rule.name, wording)]
    if row.reading is not None and has_value(row.rule):
        kind, condition = row.rule.kind, row.rule.conditions[0]
        name = reading_name(kind, condition.reading, wording)
        if unit_of(kind, condition.reading) is Unit.SECONDS:
            text = wording.duration_words(timedelta(seconds=row.reading))
        else:
            text = value_text(kind, condition.key, row.reading, wording)
        told.append(f"{name} {text}")
    return wording.listed(filter(None, told))
