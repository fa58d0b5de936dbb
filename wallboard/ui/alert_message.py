"""Alerts as messages to people who do not look at the board: mail, popups and the like.

Plain text. Names from outside are made harmless; of agents no name is told unless it may be.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo
from typing import Final

from wallboard.domain.alert import AlertEvent, News, SubjectKind
from wallboard.domain.delivery import Post, outward
from wallboard.domain.severity import Severity
from wallboard.domain.value import value
from wallboard.engine.alert_readings import LIVE, READING_CONTEXT, unit_of
from wallboard.engine.default_rules import RULE_CONTEXT
from wallboard.engine.kpi import KPI_BY_KEY, Unit
from wallboard.ui.explained import day_words
from wallboard.ui.outside_text import isolated, shown
from wallboard.ui.wording import Wording
from wallboard.ui.words import phrase

LONGEST_NAME: Final = 60
MOST_TOLD: Final = 50

_HEADS: Final = {
    News.FIRED: phrase("AlertMessage", "{severity}: {rule}"),
    News.WORSE: phrase("AlertMessage", "Worse, {severity}: {rule}"),
    News.BETTER: phrase("AlertMessage", "Better, {severity}: {rule}"),
    News.OVER: phrase("AlertMessage", "Over: {rule}"),
    News.UNSTABLE: phrase("AlertMessage", "Comes and goes: {rule}"),
    News.STEADY: phrase("AlertMessage", "Steady, {severity}: {rule}"),
    News.FREE_AGAIN: phrase("AlertMessage", "Nobody has it, {severity}: {rule}"),
}
_SEVERITIES: Final = {
    Severity.CALM: phrase("AlertMessage", "Normal"),
    Severity.WARNING: phrase("AlertMessage", "Warning"),
    Severity.CRITICAL: phrase("AlertMessage", "Critical"),
}
_NAMELESS: Final = {
    SubjectKind.SITE: phrase("AlertMessage", "the whole site"),
    SubjectKind.SOURCE: phrase("AlertMessage", "the connection to the call center"),
    SubjectKind.AGENT: phrase("AlertMessage", "an agent"),
    SubjectKind.QUEUE: phrase("AlertMessage", "a queue"),
    SubjectKind.GROUP: phrase("AlertMessage", "a group of queues"),
}
_WHERE: Final = phrase("AlertMessage", "{head} ({subject})")
_SEVERAL: Final = phrase("AlertMessage", "{count} messages about alerts; the latest: {head}")
_READING: Final = phrase("AlertMessage", "{reading}: {value}, limit {limit}")
_ONLY_READING: Final = phrase("AlertMessage", "{reading}: {value}")
_TIME: Final = phrase("AlertMessage", "{day}, {time}")
_MORE: Final = phrase("AlertMessage", "and {count} more")
_FROM: Final = phrase("AlertMessage", "Wallboard, {site}")
_TRIAL: Final = phrase("AlertMessage", "A trial: this way out of alerts is open.")
_TRIAL_TEXT: Final = phrase(
    "AlertMessage", "Nothing has happened. Alerts would come here as this message did."
)


@value
class Letterhead:
    """What all messages of one connection have in common.

    Attributes:
        site: The connection's name.
        zone: The site's time zone.
    """

    site: str
    zone: tzinfo
    wording: Wording


def head_of(event: AlertEvent, wording: Wording, *, names: bool) -> str:
    """Return an event in one line: what, how bad, of whom."""
    if event.news is None:
        return ""
    head = wording.say(
        _HEADS[event.news],
        severity=wording.say(_SEVERITIES[event.severity]),
        # The rules that a site begins with have names of ours.
        rule=_name(wording.translate(RULE_CONTEXT, event.rule_name)),
    )
    return wording.say(_WHERE, head=head, subject=_subject(event, wording, names=names))


def reading_of(event: AlertEvent, wording: Wording) -> str:
    """Return what the reading is and where its limit is; an empty text if it is not known."""
    key = event.reading_key.partition("@")[0]
    unit = unit_of(event.kind, key)
    if unit is None or event.reading is None:
        return ""
    told = {"reading": _reading_name(event.kind, key, wording)}
    told["value"] = _figure(event.reading, unit, wording)
    if event.limit is None:
        return wording.say(_ONLY_READING, **told)
    return wording.say(_READING, **told, limit=_figure(event.limit, unit, wording))


def post_of(
    events: Sequence[AlertEvent], letterhead: Letterhead, at: datetime, *, names: bool
) -> Post:
    """Return the message about some events, at least one, the oldest first."""
    wording = letterhead.wording
    latest = head_of(events[-1], wording, names=names)
    title = latest
    if len(events) > 1:
        title = wording.say(_SEVERAL, count=wording.count(len(events)), head=latest)
    told = [_lines(event, letterhead, names=names) for event in events[:MOST_TOLD]]
    if len(events) > MOST_TOLD:
        told.append(wording.say(_MORE, count=wording.count(len(events) - MOST_TOLD)))
    ids = [event.event_id for event in events]
    return Post(
        post_id=outward("\n".join(ids)),
        at=at,
        title=_plain(title, wording),
        text=_plain("\n\n".join([*told, _sender(letterhead)]), wording),
        rtl=wording.rtl,
        language=wording.language,
        events=tuple(events),
        names=names,
    )


def trial_post(letterhead: Letterhead, at: datetime) -> Post:
    """Return the message that shows that a way out is open."""
    wording = letterhead.wording
    text = "\n\n".join([wording.say(_TRIAL_TEXT), _sender(letterhead)])
    return Post(
        post_id=outward(f"trial {at.timestamp():.6f}"),
        at=at,
        title=_plain(wording.say(_TRIAL), wording),
        text=_plain(text, wording),
        rtl=wording.rtl,
        language=wording.language,
    )


def _lines(event: AlertEvent, letterhead: Letterhead, *, names: bool) -> str:
    wording = letterhead.wording
    here = event.at.astimezone(letterhead.zone)
    time = wording.say(
        _TIME, day=day_words(here, wording), time=wording.clock(event.at, letterhead.zone)
    )
    lines = [head_of(event, wording, names=names), reading_of(event, wording), time]
    return "\n".join(filter(None, lines))


def _sender(letterhead: Letterhead) -> str:
    return letterhead.wording.say(_FROM, site=_name(letterhead.site))


def _subject(event: AlertEvent, wording: Wording, *, names: bool) -> str:
    told = names or event.kind is not SubjectKind.AGENT
    name = event.subject_name or event.subject
    return _name(name) if told and name else wording.say(_NAMELESS[event.kind])


def _reading_name(kind: SubjectKind, key: str, wording: Wording) -> str:
    live = LIVE[kind].get(key)
    if live is not None:
        return wording.translate(READING_CONTEXT, live.name)
    return wording.kpi_name(key) if key in KPI_BY_KEY else key


def _figure(reading: float, unit: Unit, wording: Wording) -> str:
    if unit is Unit.SECONDS:
        return wording.duration(timedelta(seconds=reading))
    if unit is Unit.RATIO:
        return wording.percent(reading)
    if reading == round(reading):
        return wording.count(reading)
    return wording.figure(f"{reading:,.1f}")


def _name(text: str) -> str:
    clean = shown(text)
    short = clean if len(clean) <= LONGEST_NAME else f"{clean[: LONGEST_NAME - 1]}…"
    return isolated(short)


# In English they do nothing but look odd in mail programs that draw them.
_ISOLATES: Final = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069"))


def _plain(text: str, wording: Wording) -> str:
    return text if wording.rtl else text.translate(_ISOLATES)
