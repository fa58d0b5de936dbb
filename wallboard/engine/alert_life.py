"""The life of one alert: from its first sign over firing to its end.

The rules, in prose:

* The conditions must be bad for as long as the rule says before the alert fires; one evaluation
  at which they are good takes it back.
* Only watched time counts. While nothing is known of the reading everything stays as it is: what
  fires goes on firing, what waits goes on waiting.
* What was bad is good again only inside the limit by the rule's margin, and over only after it
  was good for as long as the rule says. If it turns bad before that, it is the same alert.
* It becomes worse, or better, as it fired: after as long.
* Somebody's hand on an alert is taken off when its time is over, and when the alert becomes worse.
* What turns from good to bad and back in three of ten evaluations or more is one unstable alert,
  and says nothing of its turns until they are less than a quarter. Until then it stands, as bad as
  it fired last, and who has it has it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from wallboard.domain.alert import Alert, Announcement, Handling, News, Rule, Stage, Subject
from wallboard.domain.severity import Severity
from wallboard.domain.value import value

REMEMBERED: Final = 20
"""Of so many evaluations it is remembered whether they turned."""
RESTLESS: Final = 6
"""So many turns among them make it unstable: three of ten."""
CALM_AGAIN: Final = 5
"""Less than so many end that: a quarter."""

_MASK: Final = (1 << REMEMBERED) - 1
_NO_TIME: Final = timedelta()
# A member of an enumeration is looked up each time that it is named: not for each alert.
_FIRING: Final = Stage.FIRING
_FIRES: Final = (Stage.FIRING, Stage.RECOVERING)


@value
class Seen:
    """What an evaluation found.

    Attributes:
        severity: How bad the conditions are; of an alert that stands, with the rule's margin.
        reading: The first condition's.
    """

    severity: Severity
    reading: float | None = None


@value
class Tick:
    """When an evaluation is made.

    Attributes:
        at: On the source's clock.
        passed: How much time was watched since the evaluation before.
        silent: True if it is not the time to disturb anybody.
    """

    at: datetime
    passed: timedelta
    silent: bool = False


def begun(rule: Rule, subject: Subject, seen: Seen, tick: Tick) -> tuple[Alert, list[Announcement]]:
    """Return the alert at its first sign, and what it says."""
    alert = Alert(
        rule_id=rule.rule_id,
        subject=subject,
        stage=Stage.NORMAL,
        severity=Severity.CALM,
        since=tick.at,
    )
    again, said = went_on(alert, rule, seen, replace(tick, passed=_NO_TIME))
    return alert if again is None else again, said


def went_on(
    alert: Alert, rule: Rule, seen: Seen | None, tick: Tick
) -> tuple[Alert | None, list[Announcement]]:
    """Return the alert after an evaluation, and what it says. None if it is to be forgotten.

    Args:
        seen: None if nothing is known of the reading.
    """
    if seen is not None and _is_same(alert, seen.severity, tick.at):
        restless = alert.restless << 1 & _MASK
        if alert.stage is Stage.NORMAL and not restless:
            return None, []
        if alert.evaluated and not alert.restless:
            return alert, []
        return replace(alert, evaluated=True, reading=seen.reading, restless=restless), []
    before, alert = alert, _freed(alert, tick.at)
    if seen is None:
        alert = replace(alert, evaluated=False)
    else:
        alert = _STEPS[alert.stage](_turned(alert, seen), rule, seen, tick)
        alert = _settled(before, alert)
    shelved = alert.hand is not None and alert.hand.handling is Handling.SHELVED
    silent = rule.muted or tick.silent or shelved
    said = [
        Announcement(news=news, alert=alert, at=tick.at, silent=silent)
        for news in _news(before, alert)
    ]
    forgotten = alert.stage is Stage.NORMAL and not alert.restless
    return (None if forgotten else alert), said


def stays(alert: Alert, severity: Severity, at: datetime) -> bool:
    """True of what fires, has long fired, and fires on as it did: nothing becomes of it."""
    return (
        severity is alert.severity
        and alert.stage is _FIRING
        and not alert.restless
        and alert.evaluated
        and _is_same(alert, severity, at)
    )


def _is_same(alert: Alert, severity: Severity, at: datetime) -> bool:
    """True of what fires as it did, or is at rest, as nearly all: it says nothing."""
    bad = severity is not Severity.CALM
    return (
        alert.stage is (_FIRING if bad else Stage.NORMAL)
        and severity is alert.severity
        and alert.bad is bad
        and alert.rising is None
        and alert.easing is None
        and not alert.unstable
        and (alert.hand is None or at < alert.hand.until)
    )


def _freed(alert: Alert, at: datetime) -> Alert:
    """Return the alert without a hand whose time is over."""
    if alert.hand is not None and at >= alert.hand.until:
        return replace(alert, hand=None)
    return alert


def _turned(alert: Alert, seen: Seen) -> Alert:
    bad = seen.severity is not Severity.CALM
    turned = bad is not alert.bad
    return replace(
        alert,
        evaluated=True,
        reading=seen.reading,
        bad=bad,
        restless=(alert.restless << 1 | turned) & _MASK,
    )


def _normal(alert: Alert, rule: Rule, seen: Seen, tick: Tick) -> Alert:
    if seen.severity is Severity.CALM:
        return alert
    waiting = replace(
        alert,
        stage=Stage.PENDING,
        severity=seen.severity,
        since=tick.at,
        held=_NO_TIME,
        fired_at=alert.fired_at if alert.unstable else None,
        hand=alert.hand if alert.unstable else None,
    )
    return _pending(waiting, rule, seen, replace(tick, passed=_NO_TIME))


def _pending(alert: Alert, rule: Rule, seen: Seen, tick: Tick) -> Alert:
    if seen.severity is Severity.CALM:
        return _at_rest(alert, tick)
    held = alert.held + tick.passed
    if held < rule.lasting:
        return replace(alert, severity=seen.severity, held=held)
    # What comes and goes is one firing, whose end is told once: it is known by when it fired.
    fired_at = alert.fired_at if alert.unstable else None
    return replace(
        alert,
        stage=Stage.FIRING,
        severity=seen.severity,
        since=tick.at,
        fired_at=fired_at or tick.at,
        held=_NO_TIME,
    )


def _firing(alert: Alert, rule: Rule, seen: Seen, tick: Tick) -> Alert:
    if seen.severity is Severity.CALM:
        good = replace(_level(alert), stage=Stage.RECOVERING, since=tick.at, held=_NO_TIME)
        return _recovering(good, rule, seen, replace(tick, passed=_NO_TIME))
    if seen.severity is alert.severity:
        return _level(alert)
    worse = seen.severity > alert.severity
    so_far = alert.rising if worse else alert.easing
    now = _NO_TIME if so_far is None else so_far + tick.passed
    if now >= (rule.lasting if worse else rule.keep):
        return replace(_level(alert), severity=seen.severity)
    return replace(alert, rising=now if worse else None, easing=None if worse else now)


def _level(alert: Alert) -> Alert:
    """Return the alert as one that is as bad as it says."""
    return replace(alert, rising=None, easing=None)


def _recovering(alert: Alert, rule: Rule, seen: Seen, tick: Tick) -> Alert:
    if seen.severity is not Severity.CALM:
        again = replace(alert, stage=Stage.FIRING, since=tick.at, held=_NO_TIME)
        return _firing(again, rule, seen, replace(tick, passed=_NO_TIME))
    held = alert.held + tick.passed
    if held < rule.keep:
        return replace(alert, held=held)
    return _at_rest(alert, tick)


def _at_rest(alert: Alert, tick: Tick) -> Alert:
    return replace(
        alert,
        stage=Stage.NORMAL,
        severity=Severity.CALM,
        since=tick.at,
        held=_NO_TIME,
        rising=None,
        easing=None,
    )


_STEPS: Final = {
    Stage.NORMAL: _normal,
    Stage.PENDING: _pending,
    Stage.FIRING: _firing,
    Stage.RECOVERING: _recovering,
}


def _settled(before: Alert, alert: Alert) -> Alert:
    """Return the alert with what follows of its turns and of its becoming worse."""
    turns = alert.restless.bit_count()
    unstable = turns >= (CALM_AGAIN if before.unstable else RESTLESS)
    severity = alert.severity
    if unstable and not fires(alert):
        severity = before.severity or severity
    elif alert.stage is Stage.NORMAL:
        severity = Severity.CALM
    worse = (fires(before) or before.unstable) and fires(alert) and severity > before.severity
    hand = None if worse else alert.hand
    if unstable is alert.unstable and hand is alert.hand and severity is alert.severity:
        return alert
    return replace(alert, unstable=unstable, hand=hand, severity=severity)


def _news(before: Alert, alert: Alert) -> list[News]:
    if alert.unstable and not before.unstable:
        return [News.UNSTABLE]
    news = _turn(before, alert)
    freed = before.hand is not None and alert.hand is None
    if freed and (fires(alert) or alert.unstable):
        news.append(News.FREE_AGAIN)
    return news


def _turn(before: Alert, alert: Alert) -> list[News]:
    """Return what there is to say of how bad it is; of what comes and goes, only its end."""
    if alert.unstable:
        return []
    if before.unstable:
        return [News.STEADY if fires(alert) else News.OVER]
    if fires(alert) is not fires(before):
        return [News.FIRED if fires(alert) else News.OVER]
    if fires(alert) and alert.severity is not before.severity:
        return [News.WORSE if alert.severity > before.severity else News.BETTER]
    return []


def fires(alert: Alert) -> bool:
    """True from its firing until it is over."""
    return alert.stage in _FIRES
