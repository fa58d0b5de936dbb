"""What was asked of the command `report`, and which time is meant."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Final, TypeVar

from wallboard.command_line.instants import day_told, instant_told, month_told
from wallboard.domain.measuring import WorkPlan
from wallboard.domain.reporting import PaperForm, Period, PeriodKind, ReportKind

_Read = TypeVar("_Read")

_PRESENT: Final = frozenset({"today", "this"})
_BEFORE: Final = frozenset({"yesterday", "last"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldTime:
    """The time as it was told; None for what was not.

    Attributes:
        shift, day, week, month: Empty if the option stands alone.
        ago: So many before it.
    """

    shift: str | None = None
    day: str | None = None
    week: str | None = None
    month: str | None = None
    since: str | None = None
    until: str | None = None
    ago: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What was asked for.

    Attributes:
        kind: Of a report, or `saved`, or `list`.
        profile: The connection's name. None: that of the saved report, or the only one.
        name: Of a saved report.
        save: Under which name this one is to be saved. None: it is not.
        send: The way out that it goes by. Empty: the only one by mail. None: it is not sent.
        language: As it was asked for; empty if it was not.
    """

    kind: str
    profile: str | None = None
    name: str | None = None
    time: ToldTime = ToldTime()
    queues: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    agents: tuple[str, ...] = ()
    interval: timedelta | None = None
    forms: tuple[PaperForm, ...] = ()
    out: Path = Path()
    unmask: bool = False
    save: str | None = None
    send: str | None = None
    language: str = ""


def period_told(
    told: ToldTime,
    kind: ReportKind,
    *,
    now: datetime,
    plan: WorkPlan,
    zone: tzinfo,
    jalali: bool,
) -> Period:
    """Return the time that was told. Without any: the last shift for a shift, else today.

    Args:
        jalali: True if a month without a year is one of the Jalali calendar.

    Raises:
        ValueError: A text is no time; the text is what it says.
    """
    if told.since is not None or told.until is not None:
        return _range(told, now, plan, zone)
    if told.day is not None:
        return _named(PeriodKind.DAY, told.day, told.ago)
    if told.week is not None:
        return _named(PeriodKind.WEEK, told.week, told.ago)
    if told.month is not None:
        return _month(told.month, told.ago, jalali=jalali)
    if told.shift is not None or kind is ReportKind.SHIFT:
        return Period(kind=PeriodKind.SHIFT, name=told.shift or "", back=told.ago)
    return Period(kind=PeriodKind.DAY, back=told.ago)


def _or_say(text: str, read: Callable[[], _Read]) -> _Read:
    """Return what a text means; the error is the text itself, whatever is wrong with it."""
    try:
        return read()
    except ValueError as error:
        raise ValueError(text) from error


def _range(told: ToldTime, now: datetime, plan: WorkPlan, zone: tzinfo) -> Period:
    def instant(text: str | None) -> datetime | None:
        if text is None:
            return None
        return _or_say(text, lambda: instant_told(text, now=now, plan=plan, zone=zone))

    begin, end = instant(told.since), instant(told.until)
    if begin is None and told.until is not None:
        raise ValueError("--from")
    return Period(kind=PeriodKind.RANGE, begin=begin, end=end)


def _named(kind: PeriodKind, text: str, ago: int) -> Period:
    word = text.strip().casefold()
    if not word or word in _PRESENT:
        return Period(kind=kind, back=ago)
    if word in _BEFORE:
        return Period(kind=kind, back=ago + 1)
    return Period(kind=kind, day=_before(_or_say(text, lambda: day_told(text)), kind, ago))


def _before(day: date, kind: PeriodKind, ago: int) -> date:
    return day - timedelta(days=ago * (7 if kind is PeriodKind.WEEK else 1))


def _month(text: str, ago: int, *, jalali: bool) -> Period:
    word = text.strip().casefold()
    if not word or word in _PRESENT | _BEFORE:
        kind = PeriodKind.JALALI_MONTH if jalali else PeriodKind.MONTH
        return Period(kind=kind, back=ago + (word in _BEFORE))
    day, of_jalali = _or_say(text, lambda: month_told(text))
    if ago:
        raise ValueError("--ago")
    return Period(kind=PeriodKind.JALALI_MONTH if of_jalali else PeriodKind.MONTH, day=day)


def asked_of(told: argparse.Namespace) -> Asked:
    """Return what the parser understood."""
    return Asked(
        kind=told.kind,
        profile=told.of,
        name=told.name,
        time=ToldTime(
            shift=told.shift,
            day=told.day,
            week=told.week,
            month=told.month,
            since=told.from_told,
            until=told.to_told,
            ago=told.ago,
        ),
        queues=_listed(told.queues),
        groups=_listed(told.groups),
        agents=_listed(told.agents),
        interval=None if told.interval is None else timedelta(minutes=int(told.interval)),
        forms=told.forms,
        out=told.out,
        unmask=told.unmask,
        save=told.save,
        send=told.send,
        language=getattr(told, "lang", ""),
    )


def _listed(told: list[str]) -> tuple[str, ...]:
    """Return names that stand with commas between, the Persian one too."""
    names = (name.strip() for text in told for name in text.replace("،", ",").split(","))
    return tuple(dict.fromkeys(filter(None, names)))
