"""A rule as it is typed in a form: what the fields say, and the rule that they make."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Final

from wallboard.domain.alert import Condition, Limits, Rule, SubjectKind
from wallboard.domain.value import value
from wallboard.engine.alert_readings import LIVE, better_of, keys_of, unit_of
from wallboard.engine.kpi import Better, Unit
from wallboard.ui.words import Phrase, phrase

NAME_LENGTH: Final = 80
_DIGITS: Final = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩٫٪٬", "01234567890123456789.%,")
_LONGEST_S: Final = 86_400.0

NO_NAME: Final = phrase("Alert", "Give the rule a name.")
NO_LIMIT: Final = phrase("Alert", "Enter at least one limit.")
NO_NUMBER: Final = phrase("Alert", "{text} is no number.")
NOT_IN_ORDER: Final = phrase("Alert", "The critical limit must be further out than the warning.")


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
    """Return what the fields say of a rule; of several conditions the first."""
    condition = rule.conditions[0]
    limits = condition.limits
    below = limits.high_warning is None and limits.high_critical is None
    warning = limits.low_warning if below else limits.high_warning
    critical = limits.low_critical if below else limits.high_critical
    unit = unit_of(rule.kind, condition.reading)
    return Draft(
        name=rule.name,
        kind=rule.kind,
        reading=condition.reading,
        below=below,
        warning=_typed(warning, unit),
        critical=_typed(critical, unit),
        lasting=_typed(rule.lasting.total_seconds() or None, Unit.SECONDS),
        keep=_typed(rule.keep.total_seconds() or None, Unit.SECONDS),
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
    unit = unit_of(draft.kind, draft.reading)
    warning, critical = number_in(draft.warning, unit), number_in(draft.critical, unit)
    if warning is None and critical is None:
        raise DraftOdd(NO_LIMIT)
    first, same = before.conditions[0], before.conditions[0].reading == draft.reading
    limits = Limits(
        low_warning=warning if draft.below else None,
        low_critical=critical if draft.below else None,
        high_warning=None if draft.below else warning,
        high_critical=None if draft.below else critical,
        margin=first.limits.margin if same else 0.0,
    )
    if not limits.ordered:
        raise DraftOdd(NOT_IN_ORDER)
    least = number_in(draft.least, Unit.COUNT)
    of_calls = draft.reading not in LIVE[draft.kind]
    condition = Condition(
        reading=draft.reading,
        limits=limits,
        least=None if least is None or not of_calls else int(least),
        window=draft.window or None if of_calls else None,
    )
    others = before.conditions[1:] if before.kind is draft.kind else ()
    return replace(
        before,
        name=name[:NAME_LENGTH],
        kind=draft.kind,
        conditions=(condition, *others),
        of=before.of if before.kind is draft.kind else frozenset(),
        lasting=_span(draft.lasting),
        keep=_span(draft.keep),
    )


def with_reading(draft: Draft, reading: str) -> Draft:
    """Return the draft with another reading, which way is bad as is usual there, no limits."""
    below = better_of(draft.kind, reading) is Better.HIGHER
    return replace(draft, reading=reading, below=below, warning="", critical="", least="")


def with_kind(draft: Draft, kind: SubjectKind) -> Draft:
    """Return the draft of another kind of subject."""
    keys = keys_of(kind)
    changed = replace(draft, kind=kind)
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
