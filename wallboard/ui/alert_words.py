"""Alerts, rules and what was told of them, in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta, tzinfo
from functools import reduce
from typing import Final

from wallboard.domain.alert import (
    ALWAYS,
    AlertEvent,
    Condition,
    Deed,
    Hours,
    Join,
    Limits,
    News,
    Rule,
    Stage,
    SubjectKind,
)
from wallboard.engine.alert_board import AlertBoard, ShownAlert, acknowledged
from wallboard.engine.alert_readings import LIVE, READING_CONTEXT, unit_of
from wallboard.engine.default_rules import RULE_CONTEXT
from wallboard.engine.kpi import KPI_BY_KEY, Unit
from wallboard.engine.windows import WindowKind
from wallboard.ui import weekdays
from wallboard.ui.outside_text import isolated, shown
from wallboard.ui.wording import NOTHING_KNOWN, Wording
from wallboard.ui.words import Phrase, phrase

KIND_NAMES: Final[Mapping[SubjectKind, Phrase]] = {
    SubjectKind.SITE: phrase("Alert", "The whole site"),
    SubjectKind.QUEUE: phrase("Alert", "Each queue"),
    SubjectKind.GROUP: phrase("Alert", "Each group of queues"),
    SubjectKind.AGENT: phrase("Alert", "Each agent"),
    SubjectKind.SOURCE: phrase("Alert", "The source"),
}

_NEWS: Final[Mapping[News, Phrase]] = {
    News.FIRED: phrase("Alert", "fired"),
    News.WORSE: phrase("Alert", "became worse"),
    News.BETTER: phrase("Alert", "became better"),
    News.OVER: phrase("Alert", "over"),
    News.UNSTABLE: phrase("Alert", "comes and goes"),
    News.STEADY: phrase("Alert", "is steady again"),
    News.FREE_AGAIN: phrase("Alert", "nobody has it any more"),
}
_DEEDS: Final[Mapping[Deed, Phrase]] = {
    Deed.ACKNOWLEDGED: phrase("Alert", "acknowledged by {who}"),
    Deed.LET_GO: phrase("Alert", "given back by {who}"),
    Deed.SHELVED: phrase("Alert", "shelved by {who}"),
    Deed.NOTED: phrase("Alert", "note by {who}"),
    Deed.DISMISSED: phrase("Alert", "dismissed by {who}"),
    Deed.MUTED: phrase("Alert", "rule muted by {who}"),
    Deed.UNMUTED: phrase("Alert", "rule heard again, by {who}"),
}


def no_rules(wording: Wording) -> str:
    """Return what is said where there is nothing to watch by."""
    return wording.translate("Alert", "There are no rules: nothing is watched.")


def nothing_stands(told: AlertBoard, wording: Wording) -> str:
    """Return what is said where no alert stands: that all is well only if that is known."""
    if told.failed:
        return wording.translate("Alert", "Nobody can say while nothing is watched.")
    if told.paused:
        return wording.translate("Alert", "Nobody can say while there is no data.")
    if told.settling:
        return wording.translate(
            "Alert", "The watch has just begun: alerts show once more data has come."
        )
    if not told.rules.rules:
        return no_rules(wording)
    return wording.translate("Alert", "No alerts. All is within its limits.")


def rule_name(name: str, wording: Wording) -> str:
    """Return what a rule is called: as the user named it; ours in his language."""
    return shown(wording.translate(RULE_CONTEXT, name))


def reading_name(kind: SubjectKind, key: str, wording: Wording) -> str:
    """Return what a reading is called, without its window."""
    live = LIVE[kind].get(key)
    if live is not None:
        return wording.translate(READING_CONTEXT, live.name)
    return wording.kpi_name(key) if key in KPI_BY_KEY else shown(key)


def value_text(kind: SubjectKind, key: str, value: float | None, wording: Wording) -> str:
    """Return a reading or a limit with its unit.

    Args:
        key: Of a condition: window and sample may stand behind it.
    """
    if value is None:
        return NOTHING_KNOWN
    match unit_of(kind, plain_key(key)):
        case Unit.SECONDS:
            return wording.duration(timedelta(seconds=value))
        case Unit.RATIO:
            return wording.percent(value)
        case _ if not float(value).is_integer():
            return wording.figure(f"{value:,.1f}")
        case _:
            return wording.count(value)


def limit_text(kind: SubjectKind, key: str, value: float, wording: Wording) -> str:
    """Return a limit as short as it goes: a share without decimals if it has none."""
    if unit_of(kind, plain_key(key)) is Unit.RATIO and round(100 * value, 6).is_integer():
        return wording.percent_short(value)
    return value_text(kind, key, value, wording)


def plain_key(key: str) -> str:
    """Return the reading of a condition's key, without window and sample."""
    return key.partition("#")[0].partition("@")[0]


def has_value(rule: Rule) -> bool:
    """True if its reading is worth to be told: that the source is lost says it all."""
    return rule.conditions[0].reading != "lost"


def subject_text(row: ShownAlert) -> str:
    """Return whom an alert is about; empty for the site and the source."""
    return shown(row.subject_name or row.alert.subject)


def limit_words(row: ShownAlert, wording: Wording) -> str:
    """Return the limit that it is beyond; empty where there is none to be told."""
    if row.limit is None or not has_value(row.rule):
        return ""
    key = row.rule.conditions[0].key
    told = limit_text(row.rule.kind, key, row.limit, wording)
    return wording.translate("Alert", "limit {limit}").format(limit=told)


def standing_words(row: ShownAlert, then: datetime, wording: Wording) -> str:
    """Return how it stands besides its severity: watched, who has it, recovering; may be empty."""
    alert, hand = row.alert, row.alert.hand
    told: list[str] = []
    if alert.unstable:
        told.append(wording.translate("Alert", "comes and goes"))
    if not alert.evaluated:
        told.append(wording.translate("Alert", "not watched now"))
    if hand is not None:
        left = wording.duration(hand.until - then)
        words = (
            phrase("Alert", "{who} has it, {left} left")
            if acknowledged(alert)
            else phrase("Alert", "shelved by {who}, {left} left")
        )
        told.append(wording.say(words, who=isolated(hand.who) or NOTHING_KNOWN, left=left))
        if hand.reason:
            told.append(shown(hand.reason))
    if alert.stage is Stage.RECOVERING and alert.evaluated:
        left = wording.duration(row.rule.keep - alert.held)
        told.append(wording.translate("Alert", "over in {left}").format(left=left))
    if row.rule.muted:
        told.append(wording.translate("Alert", "its rule is muted"))
    return " · ".join(told)


def event_words(event: AlertEvent, wording: Wording) -> str:
    """Return what happened, without whom it was about."""
    if event.deed is not None:
        said = wording.say(_DEEDS[event.deed], who=isolated(event.who) if event.who else "?")
        return f"{said}: {shown(event.reason)}" if event.reason else said
    return "" if event.news is None else wording.say(_NEWS[event.news])


def event_subject(event: AlertEvent, wording: Wording) -> str:
    """Return which alert an event is about: its rule and its subject."""
    name = rule_name(event.rule_name, wording)
    subject = shown(event.subject_name or event.subject)
    return f"{name} · {isolated(subject)}" if subject else name


def event_value(event: AlertEvent, wording: Wording) -> str:
    """Return the reading that decided it; empty where it is not worth to be told."""
    if event.reading is None or plain_key(event.reading_key) == "lost":
        return ""
    return value_text(event.kind, event.reading_key, event.reading, wording)


# Rules as sentences


def rule_sentence(rule: Rule, wording: Wording) -> str:
    """Return a rule as one sentence."""
    joiner = (
        phrase("Alert", "{one} and {other}")
        if rule.join is Join.ALL
        else phrase("Alert", "{one} or {other}")
    )
    words = (condition_words(rule.kind, condition, wording) for condition in rule.conditions)
    conditions = reduce(lambda one, other: wording.say(joiner, one=one, other=other), words)
    told = wording.translate("Alert", "{kind}: {conditions}").format(
        kind=wording.say(KIND_NAMES[rule.kind]), conditions=conditions
    )
    parts = [told]
    if rule.lasting:
        lasting = wording.duration_words(rule.lasting)
        parts.append(wording.translate("Alert", "for {time}").format(time=lasting))
    if rule.keep:
        keep = wording.duration_words(rule.keep)
        parts.append(wording.translate("Alert", "over after {time} of calm").format(time=keep))
    if rule.of:
        only = phrase("Alert", "only {number} of them")
        parts.append(wording.say(only, number=wording.count(len(rule.of))))
    if rule.hours != ALWAYS:
        parts.append(hours_words(rule.hours, wording))
    return wording.listed(parts)


def hours_words(hours: Hours, wording: Wording) -> str:
    """Return when a rule is in force; the week begins on Saturday, as it does there."""
    parts = []
    if hours.weekdays != ALWAYS.weekdays:
        days = sorted(hours.weekdays, key=lambda day: (day + 2) % 7)
        parts.append(" ".join(wording.say(weekdays.SHORT[day]) for day in days))
    if hours.begins != hours.ends:
        words = phrase("Alert", "from {begin} to {end}")
        begin, end = (wording.figure(f"{at:%H:%M}") for at in (hours.begins, hours.ends))
        parts.append(wording.say(words, begin=begin, end=end))
    if not hours.holidays:
        parts.append(wording.translate("Alert", "not on holidays"))
    return wording.listed(parts)


def condition_words(kind: SubjectKind, condition: Condition, wording: Wording) -> str:
    """Return one condition."""
    name = reading_name(kind, condition.reading, wording)
    if condition.window is not None:
        window = wording.window_short(WindowKind(condition.window))
        name = f"{name} ({window})"
    if condition.reading == "lost":
        return name
    limits = _limits_words(kind, condition.reading, condition.limits, wording)
    told = f"{name} {limits}"
    if condition.least is not None:
        least = wording.count(condition.least)
        words = phrase("Alert", "{reading}, of at least {number} calls")
        told = wording.say(words, reading=told, number=least)
    return told


def _limits_words(kind: SubjectKind, key: str, limits: Limits, wording: Wording) -> str:
    told = []
    for words, warning, critical in (
        (phrase("Alert", "below {limit}"), limits.low_warning, limits.low_critical),
        (phrase("Alert", "above {limit}"), limits.high_warning, limits.high_critical),
    ):
        first = critical if warning is None else warning
        if first is None:
            continue
        said = wording.say(words, limit=limit_text(kind, key, first, wording))
        if warning is not None and critical is not None:
            worse = limit_text(kind, key, critical, wording)
            both = phrase("Alert", "{limit} (critical {worse})")
            said = wording.say(both, limit=said, worse=worse)
        told.append(said)
    joiner = phrase("Alert", "{one} or {other}")
    return reduce(lambda one, other: wording.say(joiner, one=one, other=other), told)


def since_words(row: ShownAlert, wording: Wording, zone: tzinfo) -> str:
    """Return since when it fires."""
    since = row.alert.fired_at or row.alert.since
    time = wording.clock_minute(since, zone)
    return wording.translate("Alert", "since {time}").format(time=time)
