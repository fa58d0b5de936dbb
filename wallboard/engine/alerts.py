"""All alerts of a site: which begin, which go on, and what there is to announce.

The rules, in prose:

* A reading that is not known makes nothing fire and ends nothing. Readings that rest on too few
  calls are not known.
* While the source is lost its alert is the only one that says anything; the others stay as they
  are and are marked as not evaluated.
* After a start, and after time in which nobody could see, the first two pictures begin nothing.
* A rule that is not in force ends its alerts without disturbing anybody, and begins none.
* A rule that is taken away takes its alerts along, without a word. Of a subject that is no more
  nothing is known: its alert stays, not evaluated, until somebody dismisses it.
* The same pictures at the same times make the same alerts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from datetime import datetime, timedelta
from typing import Any, Final

from wallboard.domain.alert import (
    Alert,
    AlertKey,
    Announcement,
    Hand,
    News,
    Rule,
    RuleId,
    Stage,
    Subject,
    SubjectKind,
)
from wallboard.domain.severity import Severity
from wallboard.domain.value import value
from wallboard.engine.alert_life import Seen, Tick, begun, fires, stays, went_on
from wallboard.engine.rule_book import RuleBook

SETTLING: Final = 2
"""So many pictures after a start or an outage begin no alert."""

_NO_TIME: Final = timedelta()

Readings = Mapping[str, float | None]

_NOTHING: Final[Mapping[Any, Any]] = {}


@value
class Alerts:
    """The alerts there are, and what is needed to go on.

    Attributes:
        live: Those that wait, fire, recover or are remembered.
        at: Of the last evaluation, on the source's clock. None before the first.
        pictures: How many pictures there were since nobody could see; no more than SETTLING + 1.
    """

    live: Mapping[AlertKey, Alert] = field(default_factory=dict)
    at: datetime | None = None
    pictures: int = 0

    @property
    def settling(self) -> bool:
        """True if too little was seen, the last evaluation included, to judge anything by."""
        return self.pictures <= SETTLING


@value
class Evaluation:
    """What is evaluated at once.

    Attributes:
        at: On the source's clock.
        seen: False if nothing new is known: the source is lost.
        longest: A longer time between two evaluations was not watched.
        readings: By kind, of every subject that there is.
        silent: True if it is not the time to disturb anybody.
        picture: False if nothing new was seen since the evaluation before: only time went on.
        resting: Rules that are not in force now.
    """

    at: datetime
    seen: bool
    longest: timedelta
    readings: Mapping[SubjectKind, Mapping[Subject, Readings]]
    silent: bool = False
    picture: bool = True
    resting: frozenset[RuleId] = frozenset()


def advance(
    alerts: Alerts, book: RuleBook, evaluation: Evaluation
) -> tuple[Alerts, tuple[Announcement, ...]]:
    """Return the alerts after an evaluation, and what there is to announce, in order."""
    tick = Tick(at=evaluation.at, passed=_passed(alerts, evaluation), silent=evaluation.silent)
    seen = min(SETTLING + 1, alerts.pictures + evaluation.picture) if evaluation.seen else 0
    settled = seen > SETTLING
    told = {
        kind: subjects
        for kind, subjects in evaluation.readings.items()
        # The source's own rules are about whether anything is known at all.
        if settled or kind is SubjectKind.SOURCE
    }
    live, said = _going_on(alerts, book, told, tick, evaluation.resting)
    for kind, subjects in told.items():
        for subject, readings in subjects.items():
            for rule_id, rule in book.breached(kind, subject, readings).items():
                if (rule_id, subject) in alerts.live or rule_id in evaluation.resting:
                    continue
                severity = book.judges[rule_id](readings, Severity.CALM)
                if severity:
                    alert, news = begun(rule, subject, _seen(rule, readings, severity), tick)
                    live[alert.key] = alert
                    said += news
    return Alerts(live=live, at=evaluation.at, pictures=seen), tuple(said)


def _going_on(
    alerts: Alerts,
    book: RuleBook,
    told: Mapping[SubjectKind, Mapping[Subject, Readings]],
    tick: Tick,
    resting: frozenset[RuleId],
) -> tuple[dict[AlertKey, Alert], list[Announcement]]:
    """Return what becomes of the alerts that there are, and what they say."""
    live: dict[AlertKey, Alert] = {}
    said: list[Announcement] = []
    rules, judges, at = book.rules, book.judges, tick.at
    for key, alert in alerts.live.items():
        rule_id, subject = key
        rule = rules.get(rule_id)
        if rule is None:
            continue
        if rule_id in resting:
            said += _rested(alert, tick)
            continue
        readings = told.get(rule.kind, _NOTHING).get(subject, _NOTHING)
        severity = judges[rule_id](readings, alert.severity if fires(alert) else Severity.CALM)
        if severity is not None and stays(alert, severity, at):
            live[key] = alert
            continue
        seen = None if severity is None else _seen(rule, readings, severity)
        again, news = went_on(alert, rule, seen, tick)
        said += news
        if again is not None:
            live[key] = again
    return live, said


def _rested(alert: Alert, tick: Tick) -> list[Announcement]:
    """Return what an alert says whose rule is not in force any more."""
    if not fires(alert) and not alert.unstable:
        return []
    over = replace(alert, stage=Stage.NORMAL, severity=Severity.CALM, since=tick.at)
    return [Announcement(news=News.OVER, alert=over, at=tick.at, silent=True)]


def _seen(rule: Rule, readings: Readings, severity: Severity) -> Seen:
    return Seen(severity=severity, reading=readings.get(rule.conditions[0].key))


def _passed(alerts: Alerts, evaluation: Evaluation) -> timedelta:
    """Return how much time was watched: a clock that was set, or a long gap, adds nothing."""
    passed = _NO_TIME if alerts.at is None else evaluation.at - alerts.at
    return passed if _NO_TIME <= passed <= evaluation.longest else _NO_TIME


def taken_up(alerts: Alerts, key: AlertKey, hand: Hand) -> Alerts:
    """Return the alerts with somebody's hand on one of them; as they were if it is not there."""
    alert = alerts.live.get(key)
    if alert is None:
        return alerts
    return replace(alerts, live={**alerts.live, key: replace(alert, hand=hand)})


def let_go(alerts: Alerts, key: AlertKey) -> Alerts:
    """Return the alerts with nobody's hand on one of them."""
    alert = alerts.live.get(key)
    if alert is None or alert.hand is None:
        return alerts
    return replace(alerts, live={**alerts.live, key: replace(alert, hand=None)})


def to_show(alerts: Alerts) -> tuple[Alert, ...]:
    """Return the alerts to be shown: unstable ones and those that fire, the worst first."""
    shown: Iterable[Alert] = (
        alert for alert in alerts.live.values() if alert.unstable or fires(alert)
    )
    return tuple(sorted(shown, key=_worst_first))


def _worst_first(alert: Alert) -> tuple[int, bool, float, str, str]:
    fired = alert.fired_at or alert.since
    return (
        -alert.severity,
        alert.hand is not None,
        -fired.timestamp(),
        alert.rule_id,
        alert.subject,
    )
