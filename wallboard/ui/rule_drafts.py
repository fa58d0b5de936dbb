"""A rule as it is typed in a form: what the fields say, and the rule that they make."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Final

from wallboard.domain.alert import (
    ALWAYS,
    Condition,
    Hours,
    Join,
    Limits,
    Rule,
    Rules,
    Subject,
    SubjectKind,
)
from wallboard.domain.jalali import LAST_YEAR, from_jalali, to_jalali
from wallboard.domain.value import value
from wallboard.engine.alert_readings import LIVE, better_of, keys_of, unit_of
from wallboard.engine.kpi import Better, Unit
from wallboard.ui.words import Phrase, phrase

NAME_LENGTH: Final = 80
_DIGITS: Final = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩٫٪٬\u2212", "01234567890123456789.%,-")
_LONGEST_S: Final = 86_400.0

NO_NAME: Final = phrase("Alert", "Give the rule a name.")
NO_LIMIT: Final = phrase("Alert", "Enter at least one limit.")
NO_NUMBER: Final = phrase("Alert", "{text} is no number.")
NOT_IN_ORDER: Final = phrase("Alert", "The critical limit must be further out than the warning.")
NO_TIME: Final = phrase("Alert", "{text} is no time of the day, as 08:00 is.")
NO_DAYS: Final = phrase("Alert", "Choose at least one day of the week.")
NO_DATE: Final = phrase("Alert", "{text} is no day, as 1405-01-01, 2026-03-21 or 01-13 is.")
MOST_CONDITIONS: Final = 6


@value
class FurtherDraft:
    """What the fields say of a condition besides the first.

    Attributes:
        below, warning, critical, least, window: As of a Draft.
    """

    reading: str
    below: bool = False
    warning: str = ""
    critical: str = ""
    least: str = ""
    window: str = ""


@value
class More:
    """What the fields say that are folded away as a rule.

    Attributes:
        of: The ids of the subjects that alone are looked at; empty for all of the kind.
        begins, ends: As typed; empty for midnight.
        holidays: True if the rule is in force on holidays, too.
    """

    conditions: tuple[FurtherDraft, ...] = ()
    join: Join = Join.ALL
    of: frozenset[Subject] = frozenset()
    weekdays: frozenset[int] = ALWAYS.weekdays
    begins: str = ""
    ends: str = ""
    holidays: bool = True


@value
class Draft:
    """What the fields say.

    Attributes:
        below: True if what is below the limits is bad.
        warning, critical, lasting, keep, least: As typed; empty for none.
        window: The key of a window; empty for that of today.
    """

    name: str
    kind: SubjectKind
    reading: str
    below: bool
    warning: str
    critical: str
    lasting: str
    keep: str
    least: str
    window: str = ""
    more: More = More()


class DraftOdd(ValueError):
    """The fields make no rule.

    Attributes:
        why: A phrase, and what stands for its place.
    """

    def __init__(self, why: Phrase, text: str = "") -> None:
        super().__init__(why.text)
        self.why = why
        self.text = text


def draft_of(rule: Rule) -> Draft:
    """Return what the fields say of a rule."""
    first, *others = (_further(rule.kind, condition) for condition in rule.conditions)
    hours = rule.hours
    whole = hours.begins == hours.ends
    return Draft(
        name=rule.name,
        kind=rule.kind,
        reading=first.reading,
        below=first.below,
        warning=first.warning,
        critical=first.critical,
        lasting=_typed(rule.lasting.total_seconds() or None, Unit.SECONDS),
        keep=_typed(rule.keep.total_seconds() or None, Unit.SECONDS),
        least=first.least,
        window=first.window,
        more=More(
            conditions=tuple(others),
            join=rule.join,
            of=rule.of,
            weekdays=hours.weekdays,
            begins="" if whole else f"{hours.begins:%H:%M}",
            ends="" if whole else f"{hours.ends:%H:%M}",
            holidays=hours.holidays,
        ),
    )


def _further(kind: SubjectKind, condition: Condition) -> FurtherDraft:
    limits = condition.limits
    below = limits.high_warning is None and limits.high_critical is None
    warning = limits.low_warning if below else limits.high_warning
    critical = limits.low_critical if below else limits.high_critical
    unit = unit_of(kind, condition.reading)
    return FurtherDraft(
        reading=condition.reading,
        below=below,
        warning=_typed(warning, unit),
        critical=_typed(critical, unit),
        least="" if condition.least is None else str(condition.least),
        window=condition.window or "",
    )


def rule_of(draft: Draft, before: Rule) -> Rule:
    """Return the rule that the fields make.

    Args:
        before: What no field tells of stays as it is there.

    Raises:
        DraftOdd: They make none, and why.
    """
    name = draft.name.strip()
    if not name:
        raise DraftOdd(NO_NAME)
    more = draft.more
    first = FurtherDraft(
        reading=draft.reading,
        below=draft.below,
        warning=draft.warning,
        critical=draft.critical,
        least=draft.least,
        window=draft.window,
    )
    known = before.conditions if before.kind is draft.kind else ()
    return replace(
        before,
        name=name[:NAME_LENGTH],
        kind=draft.kind,
        conditions=tuple(_condition(draft.kind, each, known) for each in (first, *more.conditions)),
        join=more.join if more.conditions else before.join,
        of=more.of,
        lasting=_span(draft.lasting),
        keep=_span(draft.keep),
        hours=_hours(more),
    )


def _condition(kind: SubjectKind, draft: FurtherDraft, known: tuple[Condition, ...]) -> Condition:
    """Return the condition that the fields make.

    Args:
        known: What no field tells of stays as it is in the one of them of the same reading.
    """
    alike = [each for each in known if each.reading == draft.reading]
    same = [each for each in alike if (each.window or "") == draft.window]
    before = next(iter((*same, *alike)), None)
    unit = unit_of(kind, draft.reading)
    warning, critical = number_in(draft.warning, unit), number_in(draft.critical, unit)
    if warning is None and critical is None:
        raise DraftOdd(NO_LIMIT)
    limits = Limits(
        low_warning=warning if draft.below else None,
        low_critical=critical if draft.below else None,
        high_warning=None if draft.below else warning,
        high_critical=None if draft.below else critical,
    )
    if before is not None:
        limits = replace(limits, margin=before.limits.margin)
        if not draft.below and _two_sided(before.limits):
            was = before.limits
            limits = replace(limits, low_warning=was.low_warning, low_critical=was.low_critical)
    if not limits.ordered:
        raise DraftOdd(NOT_IN_ORDER)
    least = number_in(draft.least, Unit.COUNT)
    of_calls = draft.reading not in LIVE[kind]
    return Condition(
        reading=draft.reading,
        limits=limits,
        least=None if least is None or not of_calls else int(least),
        window=draft.window or None if of_calls else None,
    )


def _two_sided(limits: Limits) -> bool:
    low = limits.low_warning is not None or limits.low_critical is not None
    return low and (limits.high_warning is not None or limits.high_critical is not None)


def _hours(more: More) -> Hours:
    if not more.weekdays:
        raise DraftOdd(NO_DAYS)
    return Hours(
        weekdays=more.weekdays,
        begins=_time_in(more.begins),
        ends=_time_in(more.ends),
        holidays=more.holidays,
    )


def _time_in(text: str) -> time:
    typed = text.translate(_DIGITS).strip()
    hour, colon, minute = typed.partition(":")
    if not typed or typed == "24:00":
        return time()
    if not (colon and hour.isdecimal() and minute.isdecimal()):
        raise DraftOdd(NO_TIME, text)
    if int(hour) > 23 or int(minute) > 59:
        raise DraftOdd(NO_TIME, text)
    return time(int(hour), int(minute))


def days_typed(rules: Rules, *, by_jalali: bool = False) -> str:
    """Return the holidays of a site as they are typed.

    Args:
        by_jalali: True for days of the Jalali calendar, as who reads them would type them.
    """
    days = [_day_typed(day, by_jalali=by_jalali) for day in sorted(rules.holidays)]
    days += [f"{month:02}-{day:02}" for month, day in sorted(rules.yearly)]
    return ", ".join(days)


def _day_typed(day: date, *, by_jalali: bool) -> str:
    if not by_jalali:
        return day.isoformat()
    year, month, of_month = to_jalali(day)
    return f"{year:04}-{month:02}-{of_month:02}"


def with_days(rules: Rules, text: str) -> Rules:
    """Return the rules with the holidays that were typed, with commas or spaces between.

    `1405-01-01` is a day of the Jalali calendar, `2026-03-21` one of the Gregorian, `01-13` is
    each year's by the Jalali.

    Raises:
        DraftOdd: One of them is no day.
    """
    days: set[date] = set()
    yearly: set[tuple[int, int]] = set()
    for word in text.translate(_DIGITS).replace("،", " ").replace(",", " ").split():
        try:
            match tuple(int(part) for part in word.split("-")):
                case (year, month, day) if year <= LAST_YEAR:
                    days.add(from_jalali(year, month, day))
                case (year, month, day):
                    days.add(date(year, month, day))
                case (month, day):
                    from_jalali(1403, month, day)  # a leap year: it has every day there may be
                    yearly.add((month, day))
                case _:
                    raise DraftOdd(NO_DATE, word)
        except (ValueError, OverflowError) as error:
            raise DraftOdd(NO_DATE, word) from error
    return replace(rules, holidays=frozenset(days), yearly=frozenset(yearly))


def with_reading(draft: Draft, reading: str) -> Draft:
    """Return the draft with another reading, which way is bad as is usual there, no limits."""
    below = better_of(draft.kind, reading) is Better.HIGHER
    return replace(draft, reading=reading, below=below, warning="", critical="", least="")


def with_kind(draft: Draft, kind: SubjectKind) -> Draft:
    """Return the draft of another kind of subject."""
    keys = keys_of(kind)
    more = replace(draft.more, conditions=(), of=frozenset())
    changed = replace(draft, kind=kind, more=more)
    return changed if draft.reading in keys else with_reading(changed, keys[0])


def number_in(text: str, unit: Unit | None) -> float | None:
    """Return the number that was typed, in whichever digits: `80%`, `2:30`, `1,200`.

    A percentage may be typed without its sign, a time as minutes and seconds or as seconds.

    Returns:
        None if nothing was typed.

    Raises:
        DraftOdd: It is none.
    """
    typed = text.translate(_DIGITS).replace(",", "").strip()
    if not typed:
        return None
    try:
        if unit is Unit.RATIO:
            number = round(float(typed.removesuffix("%")) / 100, 6)
        elif unit is Unit.SECONDS and ":" in typed:
            number = float(_seconds(typed))
        else:
            number = float(typed)
    except ValueError as error:
        raise DraftOdd(NO_NUMBER, text) from error
    if number != number or abs(number) > 1e9:  # noqa: PLR0124 - what is no number equals nothing
        raise DraftOdd(NO_NUMBER, text)
    return number


def _seconds(typed: str) -> int:
    seconds = 0
    for part in typed.split(":"):
        if not part.isdecimal():
            raise ValueError(typed)
        seconds = 60 * seconds + int(part)
    return seconds


def _span(text: str) -> timedelta:
    seconds = number_in(text, Unit.SECONDS) or 0.0
    if not 0 <= seconds <= _LONGEST_S:
        raise DraftOdd(NO_NUMBER, text)
    return timedelta(seconds=seconds)


def _typed(number: float | None, unit: Unit | None) -> str:
    if number is None:
        return ""
    if unit is Unit.RATIO:
        return f"{100 * number:g}%"
    if unit is Unit.SECONDS and number >= 60 and float(number).is_integer():
        minutes, seconds = divmod(int(number), 60)
        return f"{minutes}:{seconds:02}"
    return f"{number:g}"
