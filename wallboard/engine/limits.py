"""From where on a reading is a warning, and from where on critical."""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache
from typing import Final

from wallboard.domain.measuring import GOAL, LevelProfile
from wallboard.domain.severity import Severity
from wallboard.domain.totals import Totals
from wallboard.domain.value import value
from wallboard.engine.kpi import KPI_BY_KEY, KpiKey, Sums, enough, measure_by_key
from wallboard.engine.service_level import level_of_nothing, service_level


@value
class Limit:
    """Two thresholds. If `warning < critical` a larger reading is worse, else a smaller one."""

    warning: float
    critical: float

    def judge(self, reading: float | None) -> Severity:
        """Return how bad a reading is. An unknown one marks nothing."""
        if reading is None:
            return Severity.CALM
        sign = 1 if self.warning < self.critical else -1
        if sign * reading > sign * self.critical:
            return Severity.CRITICAL
        if sign * reading > sign * self.warning:
            return Severity.WARNING
        return Severity.CALM


@lru_cache(maxsize=256)
def level_limit(goal: float) -> Limit:
    """Return from where on a service level is bad, for who wants `goal`, 0 to 1."""
    return Limit(warning=goal, critical=max(0.0, round(goal - _CRITICAL_BELOW, 6)))


_CRITICAL_BELOW: Final = 0.10
# Conventions, not laws: 80 % in time is the trade's habit, which a site may decide on otherwise;
# 5 % and 8 % of abandoned calls are the usual bands.
LIMITS: Final = {
    "service_level": level_limit(GOAL),
    "abandon_rate": Limit(warning=0.05, critical=0.08),
}


def limit_of(key: str, goal: float) -> Limit:
    """Return the limit of a ratio: of the service level by its goal, of others the usual one.

    Raises:
        KeyError: There is no limit for it.
    """
    return level_limit(goal) if key == "service_level" else LIMITS[key]


_ENOUGH_FOR_LEVEL: Final = KPI_BY_KEY[KpiKey("service_level")].enough
WITHOUT_TARGET: Final = timedelta(seconds=60)


def judge_ratio(key: str, of: Totals | Sums) -> Severity:
    """Return how bad a ratio of the table is, given enough calls to say so."""
    if not enough(key, of):
        return Severity.CALM
    return LIMITS[key].judge(measure_by_key(key, of))


def judge_level(totals: Totals, level: LevelProfile | None, goal: float = GOAL) -> Severity:
    """Return how bad a service level is, given enough calls to say so.

    Args:
        level: By which profile. None if there is no one: then nothing is marked.
        goal: From where on all is well, 0 to 1.
    """
    if level is None:
        return Severity.CALM
    # As `enough` and `measure` say of this row; hundreds are judged in every second.
    good, counted = service_level(totals, level)
    if counted < _ENOUGH_FOR_LEVEL:
        return Severity.CALM
    reading = good / counted if counted else level_of_nothing(totals, level)
    return level_limit(goal).judge(reading)


def judge_wait(longest: timedelta | None, target: timedelta | None) -> Severity:
    """Return how bad the longest wait is: over the target, or over twice the target."""
    if longest is None:
        return Severity.CALM
    limit = target or WITHOUT_TARGET
    if longest <= limit:
        return Severity.CALM
    return Severity.CRITICAL if longest > 2 * limit else Severity.WARNING


def wait_limit(target: timedelta | None, severity: Severity) -> timedelta:
    """Return from where on the longest wait is so bad; of a calm one, where that would end."""
    limit = target or WITHOUT_TARGET
    return 2 * limit if severity is Severity.CRITICAL else limit
