"""What a report rests on, in words: its time, what was watched, how it counts, who made it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Final

from wallboard.domain.paper import PaperLine
from wallboard.domain.reporting import Grounds
from wallboard.engine.kpi import KPI_BY_KEY
from wallboard.engine.service_level import LEVEL_CONTEXT
from wallboard.ui.explained import day_words
from wallboard.ui.outside_text import isolated, isolated_address
from wallboard.ui.wording import Wording
from wallboard.ui.words import Phrase, phrase

_MOST_GAPS: Final = 6
_GREGORIAN: Final = "%Y-%m-%d %H:%M"

_TO: Final = phrase("ReportLine", "{begin} to {end}")
_CHOSEN: Final[Mapping[str, Phrase]] = {
    "queue": phrase("ReportLine", "Queues"),
    "group": phrase("ReportLine", "Groups"),
    "agent": phrase("ReportLine", "Agents"),
    "hidden": phrase("ReportLine", "Hidden queues, not in it"),
}
_SWITCHES: Final[Mapping[str, str]] = {
    "flow_outs": "flow-outs counted",
    "no_short_abandons": "short abandons left out",
    "no_abandons": "all abandons left out",
}
_HARDLY: Final = 0.001
"""Of less than this nobody wants to read how little it is."""
_NO_BREAK: Final = "\N{NO-BREAK SPACE}"


def lines_of(grounds: Grounds, wording: Wording) -> tuple[PaperLine, ...]:
    """Return the lines in the order in which they are to be read."""
    return tuple(line for make in _LINES for line in make(grounds, wording))


def window_text(grounds: Grounds, wording: Wording) -> str:
    """Return from when to when, by the calendar in use; the day once if it is one."""
    begin, end = grounds.begin, grounds.end
    one_day = begin.date() == end.date()
    last = wording.digits(f"{end:%H:%M}") if one_day else _moment(end, wording)
    return wording.say(_TO, begin=_apart(_moment(begin, wording)), end=_apart(last))


def level_key(grounds: Grounds) -> str | None:
    """Return the key of the service level that the report counts by. None if queues differ."""
    kind = rule_value(grounds, "kind")
    return kind if kind in KPI_BY_KEY else None


def rule_value(grounds: Grounds, key: str) -> str:
    """Return what all rules of the profile say of something; an empty text if they do not."""
    told = {rule.get(key, "") for rule in _rules(grounds)}
    return told.pop() if len(told) == 1 else ""


# Each makes its lines, or none


def _site(grounds: Grounds, wording: Wording) -> Iterator[PaperLine]:
    if grounds.site:
        yield _line("site", phrase("ReportLine", "Call center"), isolated(grounds.site), wording)


def _window(grounds: Grounds, wording: Wording) -> Iterator[PaperLine]:
    if grounds.shift:
        shift = isolated(grounds.shift)
        yield _line("shift", phrase("ReportLine", "Shift"), shift, wording)
    yield _line("window", phrase("ReportLine", "Time"), window_text(grounds, wording), wording)
    if wording.by_jalali:
        begin, end = (f"{at:{_GREGORIAN}}" for at in (grounds.begin, grounds.end))
        text = wording.say(_TO, begin=isolated_address(begin), end=isolated_address(end))
        yield _line("gregorian", phrase("ReportLine", "Gregorian"), text, wording)


def _chosen(grounds: Grounds, wording: Wording) -> Iterator[PaperLine]:
    for what, label in _CHOSEN.items():
        names = [isolated(name) for kind, name in grounds.chosen if kind == what]
        if names:
            yield _line(f"chosen_{what}", label, wording.listed(names), wording)


def _running(grounds: Grounds, wording: Wording) -> Iterator[PaperLine]:
    if grounds.running:
        text = wording.say(
            phrase("ReportLine", "This time goes on; the figures are as of {time}."),
            time=_apart(_moment(grounds.made_at, wording)),
        )
        label = phrase("ReportLine", "Not over yet")
        yield _line("running", label, text, wording, weighty=True)


def _coverage(grounds: Grounds, wording: Wording) -> Iterator[PaperLine]:
    label = phrase("ReportLine", "Watched")
    if grounds.covered is None:
        text = wording.say(
            phrase("ReportLine", "It is not known how much of this time was watched.")
        )
        yield _line("coverage", label, text, wording, weighty=True)
        return
    share = _apart(wording.percent(grounds.covered))
    if not grounds.gaps:
        told = phrase("ReportLine", "{share}: all of this time was watched.")
        yield _line("coverage", label, wording.say(told, share=share), wording)
        return
    gaps = [_gap(grounds, gap, wording) for gap in grounds.gaps[:_MOST_GAPS]]
    if (more := len(grounds.gaps) - _MOST_GAPS) > 0:
        gaps.append(wording.say(phrase("ReportLine", "{number} more"), number=wording.count(more)))
    told = phrase(
        "ReportLine",
        "{share} of this time. Not watched: {gaps}. What happened then is in no figure.",
    )
    text = wording.say(told, share=share, gaps=wording.listed(gaps))
    yield _line("coverage", label, text, wording, weighty=True)


def _hours(grounds: Grounds, wording: Wording) -> Iterator[PaperLine]:
    known = grounds.hours_covered
    if known is None:
        return
    if known < _HARDLY:
        told = phrase(
            "ReportLine",
            "Known of hardly any of this time; the system told of more calls than were watched.",
        )
    else:
        told = phrase(
            "ReportLine",
            "Known of {share} of this time; the system told of more calls than were watched.",
        )
    text = wording.say(told, share=_apart(wording.percent(known)))
    yield _line("hours", phrase("ReportLine", "Agents' hours"), text, wording, weighty=True)


def _gap(grounds: Grounds, gap: tuple[datetime, datetime], wording: Wording) -> str:
    begin, end = gap
    if grounds.begin.date() == grounds.end.date():
        first = wording.digits(f"{begin:%H:%M:%S}")
        last = wording.digits(f"{end:%H:%M:%S}")
    else:
        first, last = (_moment(at, wording) for at in gap)
    return wording.say(_TO, begin=_apart(first), end=_apart(last))


def _lacking(grounds: Grounds, wording: Wording) -> Iterator[PaperLine]:
    if grounds.sums_before is not None:
        text = wording.say(
            phrase(
                "ReportLine", "Before {time} only sums are kept: no single call of then is listed."
            ),
            time=_apart(_moment(grounds.sums_before, wording)),
        )
        label = phrase("ReportLine", "Older time")
        yield _line("sums_before", label, text, wording, weighty=True)
    if grounds.damaged:
        text = wording.say(
            phrase(
                "ReportLine",
                "{number} rows of the history are damaged; they are in no figure.",
            ),
            number=wording.count(grounds.damaged),
        )
        label = phrase("ReportLine", "Damaged")
        yield _line("damaged", label, text, wording, weighty=True)


def _measured(grounds: Grounds, wording: Wording) -> Iterator[PaperLine]:
    label = phrase("ReportLine", "Service level")
    for number, rule in enumerate(_rules(grounds), start=1):
        told = [tell(rule, wording) for tell in (_level, _target, _goal, _short)]
        text = wording.listed(part for part in told if part)
        if queues := rule.get("queues", ""):
            names = wording.listed(isolated(name) for name in queues.split(","))
            text = wording.say(
                phrase("ReportLine", "{queues}: {rule}"),
                queues=names.replace(_NO_BREAK, " "),
                rule=text,
            )
        if text:
            yield _line("profile" if number == 1 else f"profile_{number}", label, text, wording)
    booked = phrase("ReportLine", "A call belongs wholly to the time in which it arrived.")
    yield _line("booking", phrase("ReportLine", "Counted"), wording.say(booked), wording)


def _level(rule: Mapping[str, str], wording: Wording) -> str:
    key = rule.get("kind", "")
    if key not in KPI_BY_KEY:
        return isolated(key) if key else ""
    switches = [
        wording.translate(LEVEL_CONTEXT, text)
        for switch, text in _SWITCHES.items()
        if rule.get(switch) == "yes"
    ]
    return " – ".join([wording.kpi_name(key), *switches])


def _target(rule: Mapping[str, str], wording: Wording) -> str:
    told = rule.get("target", "")
    if told == "source":
        return wording.say(phrase("ReportLine", "target as the system itself tells it"))
    seconds = _seconds(told, wording)
    return seconds and wording.say(phrase("ReportLine", "target {seconds} s"), seconds=seconds)


def _short(rule: Mapping[str, str], wording: Wording) -> str:
    seconds = _seconds(rule.get("short", ""), wording)
    told = phrase("ReportLine", "an abandon of up to {seconds} s is short")
    return seconds and wording.say(told, seconds=seconds)


def _goal(rule: Mapping[str, str], wording: Wording) -> str:
    try:
        share = _apart(wording.percent_short(float(rule.get("goal", ""))))
    except ValueError:
        return ""
    return wording.say(phrase("ReportLine", "goal {share}"), share=share)


def _zone(grounds: Grounds, wording: Wording) -> Iterator[PaperLine]:
    days = range((grounds.end - grounds.begin).days + 1)
    every = (*(grounds.begin + timedelta(days=day) for day in days), grounds.end)
    told = dict.fromkeys(f"{at:%z}" for at in every)
    offsets = [_apart(f"UTC{each[:3]}:{each[3:5]}") for each in told if each]
    text = f"{isolated_address(grounds.zone)} {wording.listed(offsets)}"
    yield _line("zone", phrase("ReportLine", "Time zone"), text, wording)


def _callers(grounds: Grounds, wording: Wording) -> Iterator[PaperLine]:
    label = phrase("ReportLine", "Callers' numbers")
    if grounds.masked:
        yield _line("masked", label, wording.say(phrase("ReportLine", "masked")), wording)
        return
    text = wording.say(
        phrase("ReportLine", "written out in full: give this file only to who may see them.")
    )
    yield _line("masked", label, text, wording, weighty=True)


def _made(grounds: Grounds, wording: Wording) -> Iterator[PaperLine]:
    when = _apart(_moment(grounds.made_at, wording))
    text = when
    if grounds.made_by:
        told = phrase("ReportLine", "{time} by {who}")
        text = wording.say(told, time=when, who=isolated(grounds.made_by))
    yield _line("made", phrase("ReportLine", "Made"), text, wording)
    head = isolated_address(grounds.journal_head)
    if not grounds.journal_head:
        head = wording.say(phrase("ReportLine", "There is no journal of commands here."))
    yield _line("journal", phrase("ReportLine", "Journal's head"), head, wording)


_LINES: Final = (
    _site,
    _window,
    _chosen,
    _running,
    _coverage,
    _hours,
    _lacking,
    _measured,
    _zone,
    _callers,
    _made,
)


# What they share


def _line(
    key: str, label: Phrase, text: str, wording: Wording, *, weighty: bool = False
) -> PaperLine:
    return PaperLine(key=key, label=wording.say(label), text=text, weighty=weighty)


def _rules(grounds: Grounds) -> list[dict[str, str]]:
    """Return the rules of the profile, each as keys and values; none for an empty one."""
    rules = []
    for rule in grounds.profile.split("; "):
        parts = (part.partition("=") for part in rule.split(" "))
        if told := {key: value for key, sign, value in parts if sign}:
            rules.append(told)
    return rules


def _seconds(told: str, wording: Wording) -> str:
    """Return so many seconds as they are written; an empty text if they are none."""
    number = told.removesuffix("s")
    return wording.figure(number) if number.replace(".", "", 1).isdecimal() else ""


def _moment(at: datetime, wording: Wording) -> str:
    return f"{day_words(at, wording)} {wording.digits(f'{at:%H:%M}')}"


def _apart(text: str) -> str:
    """Return a time so that its parts are read in their order among words of any direction.

    Each runs from left to right; the day comes before the time of day for every reader.
    """
    return " ".join(isolated_address(part) for part in text.split(" "))
