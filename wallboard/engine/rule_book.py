"""The rules of a site, laid out so that a reading which is calm costs next to nothing.

For every reading that some rule of a kind looks at there is a band: the values at which no rule
finds anything. Beyond it the limits lie sorted, so that the rules which are breached are found
without looking at the others.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from math import nextafter
from typing import Final, TypeAlias

from wallboard.domain.alert import Condition, Join, Limits, Rule, RuleId, Subject, SubjectKind
from wallboard.domain.severity import Severity

_ENDLESS: Final = float("inf")
# A member of an enumeration is looked up each time that it is named: not for each reading.
_CALM, _WARNING, _CRITICAL = Severity

Judge: TypeAlias = Callable[[Mapping[str, float | None], Severity], Severity | None]
"""Says of readings how bad a rule's conditions are, from how bad they were found before."""


class RuleBook:
    """Rules by what they look at. Never altered.

    Attributes:
        rules: By id.
        judges: By a rule's id what says the same of readings as `judged`, quickly.
    """

    def __init__(self, rules: Iterable[Rule] = ()) -> None:
        self.rules: Mapping[RuleId, Rule] = {rule.rule_id: rule for rule in rules}
        self.judges: Mapping[RuleId, Judge] = {
            rule_id: judge_of(rule) for rule_id, rule in self.rules.items()
        }
        shelves: dict[SubjectKind, dict[str, list[tuple[Condition, Rule]]]] = {}
        for rule in self.rules.values():
            for condition in rule.conditions:
                readings = shelves.setdefault(rule.kind, {})
                readings.setdefault(condition.key, []).append((condition, rule))
        self._shelves = {
            kind: {reading: _Shelf(held) for reading, held in readings.items()}
            for kind, readings in shelves.items()
        }
        self._bands = {
            kind: tuple((key, shelf.low, shelf.high, shelf) for key, shelf in held.items())
            for kind, held in self._shelves.items()
        }

    def conditions_of(self, kind: SubjectKind) -> Mapping[str, Condition]:
        """Return by its key a condition for every reading of such a subject that is looked at."""
        return {key: shelf.condition for key, shelf in self._shelves.get(kind, {}).items()}

    def high_of(self, kind: SubjectKind, key: str) -> float:
        """Return the least high limit of a reading; endless if no rule has one."""
        shelf = self._shelves.get(kind, {}).get(key)
        return _ENDLESS if shelf is None else shelf.high

    def readings_of(self, kind: SubjectKind) -> Sequence[str]:
        """Return which readings of such a subject some rule looks at."""
        return tuple(self._shelves.get(kind, ()))

    def breached(
        self, kind: SubjectKind, subject: Subject, readings: Mapping[str, float | None]
    ) -> dict[RuleId, Rule]:
        """Return the rules of which at least one limit is breached."""
        found: dict[RuleId, Rule] = {}
        told = readings.get
        for key, low, high, shelf in self._bands.get(kind, ()):
            value = told(key)
            if value is None or low <= value <= high:
                continue
            for rule in shelf.beyond(value):
                if not rule.of or subject in rule.of:
                    found[rule.rule_id] = rule
        return found


class _Shelf:
    """The rules that look at one reading.

    Attributes:
        condition: One of those that look at it.
        low, high: Between them, both included, no rule finds anything.
    """

    def __init__(self, held: Sequence[tuple[Condition, Rule]]) -> None:
        self.condition = held[0][0]
        above = sorted(
            ((limit, rule) for condition, rule in held if (limit := _high(condition)) is not None),
            key=_limit,
        )
        below = sorted(
            ((limit, rule) for condition, rule in held if (limit := _low(condition)) is not None),
            key=_limit,
        )
        self._highs = [limit for limit, _ in above]
        self._lows = [limit for limit, _ in below]
        self._above = [rule for _, rule in above]
        self._below = [rule for _, rule in below]
        self.high = self._highs[0] if self._highs else _ENDLESS
        self.low = self._lows[-1] if self._lows else -_ENDLESS

    def beyond(self, value: float) -> list[Rule]:
        """Return the rules whose nearest limit the value is beyond."""
        above = self._above[: bisect_left(self._highs, value)]
        return above + self._below[bisect_right(self._lows, value) :]


def _limit(pair: tuple[float, Rule]) -> float:
    return pair[0]


def _high(condition: Condition) -> float | None:
    limits = condition.limits
    return limits.high_critical if limits.high_warning is None else limits.high_warning


def _low(condition: Condition) -> float | None:
    limits = condition.limits
    return limits.low_critical if limits.low_warning is None else limits.low_warning


def severity_of(limits: Limits, value: float, held: Severity = Severity.CALM) -> Severity:
    """Return how bad a reading is.

    Args:
        held: How bad it was found before: up to there the margin must be passed to be better.
    """
    for severity, low, high in (
        (Severity.CRITICAL, limits.low_critical, limits.high_critical),
        (Severity.WARNING, limits.low_warning, limits.high_warning),
    ):
        margin = limits.margin if severity <= held else 0.0
        if high is not None and _beyond(value, high - margin, by_margin=margin > 0):
            return severity
        if low is not None and _beyond(-value, -low - margin, by_margin=margin > 0):
            return severity
    return Severity.CALM


def _beyond(value: float, limit: float, *, by_margin: bool) -> bool:
    # On the limit it is good; where a margin is to be passed, it is not passed yet.
    return value >= limit if by_margin else value > limit


def judged(
    rule: Rule, readings: Mapping[str, float | None], held: Severity = Severity.CALM
) -> Severity | None:
    """Return how bad a rule's conditions are. None if that cannot be said.

    A reading that is not known leaves the answer open unless the others settle it: one good
    condition settles ALL, a critical one settles ANY.
    """
    found: list[Severity] = []
    open_ones = False
    for condition in rule.conditions:
        value = readings.get(condition.key)
        if value is None:
            open_ones = True
        else:
            found.append(severity_of(condition.limits, value, held))
    if rule.join is Join.ALL:
        if Severity.CALM in found:
            return Severity.CALM
        return None if open_ones or not found else min(found)
    if Severity.CRITICAL in found:
        return Severity.CRITICAL
    return None if open_ones or not found else max(found)


_Bands: TypeAlias = tuple[float, float, float, float]
"""Below the first or above the second it is critical; of the other two, a warning."""


def judge_of(rule: Rule) -> Judge:
    """Return what says the same as `judged` of one rule; of one condition without looking twice."""
    if len(rule.conditions) != 1:
        return partial(judged, rule)
    key = rule.conditions[0].key
    bands = tuple(_bands_of(rule.conditions[0].limits, held) for held in Severity)
    calm, warning, critical = Severity.CALM, Severity.WARNING, Severity.CRITICAL

    def judge(readings: Mapping[str, float | None], held: Severity) -> Severity | None:
        value = readings.get(key)
        if value is None:
            return None
        low_critical, high_critical, low_warning, high_warning = bands[held]
        if value > high_critical or value < low_critical:
            return critical
        return warning if value > high_warning or value < low_warning else calm

    return judge


def severities_of(
    rule: Rule, columns: Sequence[Sequence[float | None]], held: Severity
) -> list[Severity]:
    """Return what `judged` says of many readings at once; CALM too where that cannot be said.

    Args:
        columns: The readings of each condition, all as many.
    """
    found = [
        _severities(_bands_of(condition.limits, held), column)
        for condition, column in zip(rule.conditions, columns, strict=True)
    ]
    if len(found) == 1:
        return found[0]
    if rule.join is Join.ALL:
        return list(map(min, *found))
    together = list(map(max, *found))
    if any(None in column for column in columns):
        known = [None not in row for row in zip(*columns, strict=True)]
        return [
            each if sure or each is _CRITICAL else _CALM
            for each, sure in zip(together, known, strict=True)
        ]
    return together


def _severities(bands: _Bands, column: Sequence[float | None]) -> list[Severity]:
    low_critical, high_critical, low_warning, high_warning = bands
    calm, warning, critical = _CALM, _WARNING, _CRITICAL
    return [
        calm
        if each is None
        else critical
        if each > high_critical or each < low_critical
        else warning
        if each > high_warning or each < low_warning
        else calm
        for each in column
    ]


def reach_of(limits: Limits) -> tuple[float | None, float | None]:
    """Return between which readings, both excluded, nothing is ever found; None is no end.

    However bad it was found before: what reaches one of them need not be bad.
    """
    lows = [each for each in (limits.low_critical, limits.low_warning) if each is not None]
    highs = [each for each in (limits.high_warning, limits.high_critical) if each is not None]
    return (
        max(lows) + limits.margin if lows else None,
        min(highs) - limits.margin if highs else None,
    )


def _bands_of(limits: Limits, held: Severity) -> _Bands:
    """Return the limits as `severity_of` reads them, all of them to be passed."""
    low_critical, high_critical = _band(limits, Severity.CRITICAL, held)
    low_warning, high_warning = _band(limits, Severity.WARNING, held)
    return low_critical, high_critical, low_warning, high_warning


def _band(limits: Limits, severity: Severity, held: Severity) -> tuple[float, float]:
    critical = severity is Severity.CRITICAL
    low = limits.low_critical if critical else limits.low_warning
    high = limits.high_critical if critical else limits.high_warning
    margin = limits.margin if severity <= held else 0.0
    low = -_ENDLESS if low is None else low + margin
    high = _ENDLESS if high is None else high - margin
    if margin > 0:
        # There what equals the limit is still bad: so is all that lies beyond the number before.
        return nextafter(low, _ENDLESS), nextafter(high, -_ENDLESS)
    return low, high
