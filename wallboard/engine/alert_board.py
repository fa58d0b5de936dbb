"""What views show of alerts: those that stand, their marks, how many they are, what was told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import datetime, timedelta
from typing import Final

from wallboard.domain.alert import (
    Alert,
    AlertEvent,
    AlertKey,
    Deed,
    Handling,
    News,
    Rule,
    RuleId,
    Rules,
    Subject,
    SubjectKind,
)
from wallboard.domain.severity import Severity
from wallboard.domain.value import value

FLOOD: Final = 10
"""More than so many new alerts within FLOOD_TIME are a flood."""
FLOOD_TIME: Final = timedelta(minutes=10)

RECENT: Final = 60
"""So many pieces of news are remembered for those who look at a board."""


@value
class ShownAlert:
    """An alert as it is shown.

    Attributes:
        subject_name: As the source told it last: text from outside. Empty for site and source.
        reading: As it is now; as it was known last while nothing is known. None if it never was.
        limit: Beyond which its reading is. None if it is beyond none.
        silent: True if it disturbs nobody: its rule is muted, or somebody shelved it.
    """

    alert: Alert
    rule: Rule
    subject_name: str = ""
    reading: float | None = None
    limit: float | None = None
    silent: bool = False


@value
class AlertBoard:
    """Everything that views show of alerts.

    Attributes:
        rows: Those that fire or are unstable and are not shelved, the worst first.
        shelved: Those that somebody put aside for a while.
        pending: Those that will fire if it goes on like this.
        paused: How many rules are not watched because the source is lost.
        settling: True while the watch begins: too little was seen to judge anything by.
        flood: How many alerts began within the last minutes, if these are too many to look at
            one by one; else 0.
        marks: The worst severity of a subject's alerts, by kind.
        recent: What was told last, the newest first.
        rules: What is watched.
        odd_rules: True if the rules that the user wrote could not be read as a whole.
        failed: True if a mistake in the program ended the watch; it is begun anew soon.
    """

    rows: tuple[ShownAlert, ...] = ()
    shelved: tuple[ShownAlert, ...] = ()
    pending: tuple[ShownAlert, ...] = ()
    paused: int = 0
    settling: bool = False
    flood: int = 0
    marks: Mapping[SubjectKind, Mapping[Subject, Severity]] = field(default_factory=dict)
    recent: tuple[AlertEvent, ...] = ()
    rules: Rules = field(default_factory=Rules)
    odd_rules: bool = False
    failed: bool = False

    def count(self, severity: Severity) -> int:
        """Return how many alerts of a severity stand."""
        return sum(row.alert.severity is severity for row in self.rows)

    def mark(self, kind: SubjectKind, subject: str) -> Severity:
        """Return how bad the alerts of a subject are."""
        return self.marks.get(kind, {}).get(Subject(subject), Severity.CALM)

    def site_mark(self, reading: str) -> Severity:
        """Return how bad the alerts of the whole site are that look at a reading first."""
        return max(
            (
                row.alert.severity
                for row in self.rows
                if row.rule.kind is SubjectKind.SITE and row.rule.conditions[0].reading == reading
            ),
            default=Severity.CALM,
        )

    def row(self, key: AlertKey) -> ShownAlert | None:
        """Return the alert of that key, wherever it is shown. None if it is not."""
        every = (*self.rows, *self.shelved, *self.pending)
        return next((row for row in every if row.alert.key == key), None)


@value
class AlertGroup:
    """Alerts of one rule that came as one.

    Attributes:
        rows: The worst first; at least one.
    """

    rule: Rule
    rows: tuple[ShownAlert, ...]


def grouped(rows: Iterable[ShownAlert]) -> tuple[AlertGroup, ...]:
    """Return the alerts by their rules, in the order of the worst of each."""
    found: dict[RuleId, list[ShownAlert]] = {}
    for row in rows:
        found.setdefault(row.rule.rule_id, []).append(row)
    return tuple(AlertGroup(rule=many[0].rule, rows=tuple(many)) for many in found.values())


def shelved(alert: Alert) -> bool:
    """True if somebody put it aside for a while."""
    return alert.hand is not None and alert.hand.handling is Handling.SHELVED


def acknowledged(alert: Alert) -> bool:
    """True if somebody has it."""
    return alert.hand is not None and alert.hand.handling is Handling.ACKNOWLEDGED


def marks_of(rows: Iterable[ShownAlert]) -> Mapping[SubjectKind, Mapping[Subject, Severity]]:
    """Return the worst severity of each subject."""
    marks: dict[SubjectKind, dict[Subject, Severity]] = {}
    for row in rows:
        of_kind = marks.setdefault(row.rule.kind, {})
        subject = row.alert.subject
        of_kind[subject] = max(of_kind.get(subject, Severity.CALM), row.alert.severity)
    return marks


def began_lately(events: Iterable[AlertEvent], now: datetime) -> int:
    """Return how many alerts that anybody is to hear of fired within FLOOD_TIME."""
    return sum(
        event.news is News.FIRED and not event.silent and event.at > now - FLOOD_TIME
        for event in events
    )


@value
class Firing:
    """One alert of the past, from its firing on: what fired, who handled it, how long it took.

    Attributes:
        fired: As it was told.
        worst: The worst it became.
        taken: When somebody acknowledged or shelved it first. None if nobody did.
        over: When it was over. None if it is not.
        told: All that was told of it, in order.
    """

    fired: AlertEvent
    worst: Severity
    taken: AlertEvent | None = None
    over: datetime | None = None
    told: tuple[AlertEvent, ...] = ()

    @property
    def answered_after(self) -> timedelta | None:
        """How long it took until somebody had it. None if nobody had."""
        return None if self.taken is None else self.taken.at - self.fired.at

    @property
    def lasted(self) -> timedelta | None:
        """From firing to its end. None while it is not over."""
        return None if self.over is None else self.over - self.fired.at


_TAKES: Final = frozenset({Deed.ACKNOWLEDGED, Deed.SHELVED})
_ENDS: Final = frozenset({News.OVER})


def firings_of(events: Iterable[AlertEvent]) -> tuple[Firing, ...]:
    """Return the alerts that a journal tells of, the newest first.

    Args:
        events: In any order. Of an alert that fired before them nothing is told.
    """
    by_firing: dict[str, list[AlertEvent]] = {}
    for event in sorted(events, key=lambda event: (event.at, event.event_id)):
        if event.fired_at is not None:
            by_firing.setdefault(event.firing_id, []).append(event)
    found = []
    for told in by_firing.values():
        fired = next((event for event in told if event.news is News.FIRED), None)
        if fired is None:
            continue
        found.append(
            Firing(
                fired=fired,
                worst=max(event.severity for event in told),
                taken=next((event for event in told if event.deed in _TAKES), None),
                over=next((event.at for event in told if _ends(event)), None),
                told=tuple(told),
            )
        )
    return tuple(sorted(found, key=lambda one: one.fired.at, reverse=True))


def _ends(event: AlertEvent) -> bool:
    return event.news in _ENDS or event.deed is Deed.DISMISSED
