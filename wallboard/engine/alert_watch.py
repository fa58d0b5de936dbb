"""Alerts of a board that lives: what they make of a second, and what people do with them.

The rules, in prose:

* Time is the source's own, ticking on by our steady clock while the source is silent.
* Outside of its hours a rule rests.
* An acknowledgement lasts half an hour, a shelf as long as one says, at most eight hours.
* What somebody did is told in the journal as the news is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Final

from wallboard.domain.alert import (
    ALWAYS,
    Alert,
    AlertEvent,
    AlertKey,
    AlertWish,
    Announcement,
    Deed,
    Hand,
    Handling,
    Hours,
    Limits,
    Rule,
    RuleId,
    Rules,
    Subject,
    SubjectKind,
)
from wallboard.domain.clock import Moment
from wallboard.domain.jalali import to_jalali
from wallboard.domain.severity import Severity
from wallboard.domain.snapshot import AgentId, QueueId
from wallboard.engine.alert_board import ShownAlert, shelved
from wallboard.engine.alert_life import fires
from wallboard.engine.alert_readings import Told
from wallboard.engine.alerts import Alerts, let_go, taken_up
from wallboard.engine.board import Board, age_of

USUAL_HOLD: Final = timedelta(minutes=30)
"""So long somebody has an alert that he acknowledged."""
LONGEST_SHELF: Final = timedelta(hours=8)

_DAY: Final = timedelta(days=1)
_HANDS: Final = {Deed.ACKNOWLEDGED: Handling.ACKNOWLEDGED, Deed.SHELVED: Handling.SHELVED}


def source_time(board: Board, now: Moment) -> datetime:
    """Return the source's time, also while the source is silent."""
    age = age_of(board, now)
    return now.wall if board.snapshot is None or age is None else board.snapshot.as_of + age


def resting(rules: Rules, then: datetime, zone: tzinfo) -> frozenset[RuleId]:
    """Return the rules that are not in force."""
    here = then.astimezone(zone)
    return frozenset(
        rule.rule_id
        for rule in rules.rules
        if rule.hours != ALWAYS and not _in_force(rule.hours, here, rules)
    )


def _in_force(hours: Hours, here: datetime, rules: Rules) -> bool:
    return any(
        _covers(hours, here, day.weekday(), days_ago=days_ago)
        and (hours.holidays or not is_holiday(rules, day.date()))
        for days_ago, day in enumerate((here, here - _DAY))
    )


def is_holiday(rules: Rules, day: date) -> bool:
    """True if nobody is expected to work on that day."""
    if day in rules.holidays:
        return True
    return bool(rules.yearly) and to_jalali(day)[1:] in rules.yearly


def _covers(hours: Hours, here: datetime, weekday: int, *, days_ago: int) -> bool:
    """True if what began on that weekday, today or yesterday, still holds at this time."""
    if weekday not in hours.weekdays:
        return False
    clock: time = here.time()
    over_midnight = hours.ends <= hours.begins
    if days_ago:
        return over_midnight and hours.ends != hours.begins and clock < hours.ends
    if hours.ends == hours.begins:
        return True
    return clock >= hours.begins and (over_midnight or clock < hours.ends)


def limit_of(limits: Limits, reading: float | None) -> float | None:
    """Return the furthest limit that a reading is beyond. None if it is beyond none."""
    if reading is None:
        return None
    for high in (limits.high_critical, limits.high_warning):
        if high is not None and reading > high:
            return high
    for low in (limits.low_critical, limits.low_warning):
        if low is not None and reading < low:
            return low
    return None


def nearest_limit(limits: Limits, severity: Severity) -> float | None:
    """Return the limit that stands for a severity, if there is only one."""
    critical = severity is Severity.CRITICAL
    high = limits.high_critical if critical else limits.high_warning
    low = limits.low_critical if critical else limits.low_warning
    return None if high is not None and low is not None else (low if high is None else high)


def name_in(board: Board, kind: SubjectKind, subject: str) -> str | None:
    """Return what the source calls a subject: text from outside. None if it is not there."""
    snapshot = board.snapshot
    match kind:
        case SubjectKind.QUEUE:
            queue = None if snapshot is None else snapshot.queues.get(QueueId(subject))
            return None if queue is None else queue.name
        case SubjectKind.AGENT:
            agent = None if snapshot is None else snapshot.agents.get(AgentId(subject))
            return None if agent is None else agent.name
        case SubjectKind.GROUP:
            return subject
        case _:
            return ""


def news_of(
    said: Iterable[Announcement], rules: Mapping[RuleId, Rule], names: Mapping[AlertKey, str]
) -> tuple[AlertEvent, ...]:
    """Return announcements as rows of the journal."""
    return tuple(
        replace(
            _event(one.alert, rules[one.alert.rule_id], one.at, one.news, names),
            news=one.news,
            silent=one.silent,
        )
        for one in said
    )


def _event(
    alert: Alert, rule: Rule, at: datetime, what: str, names: Mapping[AlertKey, str]
) -> AlertEvent:
    condition = rule.conditions[0]
    limit = limit_of(condition.limits, alert.reading)
    return AlertEvent(
        event_id=f"{alert.rule_id}|{alert.subject}|{at.timestamp():.6f}|{what}",
        at=at,
        rule_id=alert.rule_id,
        subject=alert.subject,
        rule_name=rule.name,
        subject_name=names.get(alert.key, ""),
        kind=rule.kind,
        severity=alert.severity,
        reading_key=condition.key,
        reading=alert.reading,
        limit=nearest_limit(condition.limits, alert.severity) if limit is None else limit,
        fired_at=alert.fired_at,
    )


def handled(
    alerts: Alerts,
    wish: AlertWish,
    at: datetime,
    rules: Mapping[RuleId, Rule],
    names: Mapping[AlertKey, str],
) -> tuple[Alerts, AlertEvent | None]:
    """Return the alerts after what somebody wished, and the journal's row.

    Args:
        at: The source's time.

    Returns:
        None as the row if there is nothing to be done: the alert is gone, or nobody has it.
    """
    alert = alerts.live.get(wish.key)
    rule = rules.get(wish.key[0])
    if alert is None or rule is None:
        return alerts, None
    after = _after(alerts, alert, wish, at)
    if after is alerts and wish.deed is not Deed.NOTED:
        return alerts, None
    # While nothing is known the time may stand still: two deeds are two all the same.
    what = f"{wish.deed}|{wish.who}|{wish.reason}" if wish.deed is Deed.NOTED else str(wish.deed)
    row = _event(alert, rule, at, what, names)
    return after, replace(row, deed=wish.deed, who=wish.who, reason=wish.reason)


def muted_by(who: str, before: Rules, after: Rules, at: datetime) -> tuple[AlertEvent, ...]:
    """Return the journal's rows of the rules that somebody muted or wants to hear again."""
    was = {rule.rule_id: rule.muted for rule in before.rules}
    return tuple(
        AlertEvent(
            event_id=f"{rule.rule_id}||{at.timestamp():.6f}|{deed}",
            at=at,
            deed=deed,
            rule_id=rule.rule_id,
            subject=Subject(""),
            rule_name=rule.name,
            kind=rule.kind,
            severity=Severity.CALM,
            silent=True,
            who=who,
        )
        for rule in after.rules
        if was.get(rule.rule_id, rule.muted) is not rule.muted
        for deed in (Deed.MUTED if rule.muted else Deed.UNMUTED,)
    )


def _after(alerts: Alerts, alert: Alert, wish: AlertWish, at: datetime) -> Alerts:
    match wish.deed:
        case Deed.ACKNOWLEDGED | Deed.SHELVED:
            lasting = min(wish.lasting or USUAL_HOLD, LONGEST_SHELF)
            hand = Hand(
                handling=_HANDS[wish.deed],
                who=wish.who,
                at=at,
                until=at + lasting,
                reason=wish.reason,
            )
            return taken_up(alerts, wish.key, hand)
        case Deed.LET_GO:
            return let_go(alerts, wish.key)
        case Deed.DISMISSED if not alert.evaluated:
            live = {key: row for key, row in alerts.live.items() if key != wish.key}
            return replace(alerts, live=live)
        case _:
            return alerts


def rows_of(
    live: Iterable[Alert],
    rules: Mapping[RuleId, Rule],
    names: Mapping[AlertKey, str],
    readings: Mapping[SubjectKind, Told] | None = None,
) -> tuple[ShownAlert, ...]:
    """Return alerts as they are shown, the worst first; those at rest are not.

    Args:
        readings: As they were read last. None: as they were when the alerts became what they are.
    """
    rows = [
        _row(alert, rule, names.get(alert.key, ""), readings or {})
        for alert in live
        if alert.severity and (rule := rules.get(alert.rule_id)) is not None
    ]
    return tuple(sorted(rows, key=_worst_first))


def _row(alert: Alert, rule: Rule, name: str, readings: Mapping[SubjectKind, Told]) -> ShownAlert:
    condition = rule.conditions[0]
    reading = readings.get(rule.kind, {}).get(alert.subject, {}).get(condition.key)
    reading = alert.reading if reading is None else reading
    limit = limit_of(condition.limits, reading)
    return ShownAlert(
        alert=alert,
        rule=rule,
        subject_name=name,
        reading=reading,
        limit=nearest_limit(condition.limits, alert.severity) if limit is None else limit,
        silent=rule.muted or shelved(alert),
    )


def _worst_first(row: ShownAlert) -> tuple[bool, int, bool, float, str, str]:
    alert = row.alert
    return (
        not fires(alert) and not alert.unstable,
        -alert.severity,
        alert.hand is not None,
        -(alert.fired_at or alert.since).timestamp(),
        alert.rule_id,
        alert.subject,
    )
