"""The table of KPIs: what is divided by what, or read off the present."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final, NewType

from wallboard.domain.totals import Totals

KpiKey = NewType("KpiKey", str)


class Unit(StrEnum):
    """In what a reading is told."""

    COUNT = "count"
    RATIO = "ratio"
    """0 to 1; shown as a percentage."""
    SECONDS = "seconds"


class Better(StrEnum):
    """Which way is good."""

    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kpi:
    """A KPI over the day's totals.

    Attributes:
        key: As in the dictionary of metrics.
        denominator: What the numerator is divided by. None for a plain count.
        enough: Below so many in the denominator a reading is shown, but marks nothing.
    """

    key: KpiKey
    unit: Unit
    better: Better
    numerator: Callable[[Totals], float]
    denominator: Callable[[Totals], float] | None = None
    enough: int = 1


def _seconds(of: Callable[[Totals], timedelta]) -> Callable[[Totals], float]:
    return lambda totals: of(totals).total_seconds()


def decided(totals: Totals) -> int:
    """Return the offered calls of which it is known whether they were answered in target.

    Who still waits within the target is not a failure yet, and who was lost from sight is
    neither success nor failure.
    """
    return totals.offered - totals.undecided - totals.unknown


def _over(totals: Totals) -> int:
    return totals.offered - totals.waiting - totals.unknown


KPIS: Final[tuple[Kpi, ...]] = (
    Kpi(
        key=KpiKey("offered"),
        unit=Unit.COUNT,
        better=Better.NEITHER,
        numerator=lambda totals: totals.offered,
    ),
    Kpi(
        key=KpiKey("answered"),
        unit=Unit.COUNT,
        better=Better.HIGHER,
        numerator=lambda totals: totals.answered,
    ),
    Kpi(
        key=KpiKey("abandoned"),
        unit=Unit.COUNT,
        better=Better.LOWER,
        numerator=lambda totals: totals.abandoned,
    ),
    Kpi(
        key=KpiKey("unknown"),
        unit=Unit.COUNT,
        better=Better.LOWER,
        numerator=lambda totals: totals.unknown,
    ),
    # sl_offered: answered within the target, of all offered.
    Kpi(
        key=KpiKey("service_level"),
        unit=Unit.RATIO,
        better=Better.HIGHER,
        numerator=lambda totals: totals.answered_in_target,
        denominator=decided,
        enough=10,
    ),
    Kpi(
        key=KpiKey("abandon_rate"),
        unit=Unit.RATIO,
        better=Better.LOWER,
        numerator=lambda totals: totals.abandoned,
        denominator=_over,
        enough=10,
    ),
    Kpi(
        key=KpiKey("answer_rate"),
        unit=Unit.RATIO,
        better=Better.HIGHER,
        numerator=lambda totals: totals.answered,
        denominator=_over,
        enough=10,
    ),
    Kpi(
        key=KpiKey("asa"),
        unit=Unit.SECONDS,
        better=Better.LOWER,
        numerator=_seconds(lambda totals: totals.wait_of_answered),
        denominator=lambda totals: totals.waits_known,
    ),
    Kpi(
        key=KpiKey("ata"),
        unit=Unit.SECONDS,
        better=Better.NEITHER,
        numerator=_seconds(lambda totals: totals.wait_of_abandoned),
        denominator=lambda totals: totals.abandoned,
    ),
    Kpi(
        key=KpiKey("att"),
        unit=Unit.SECONDS,
        better=Better.NEITHER,
        numerator=_seconds(lambda totals: totals.talk),
        denominator=lambda totals: totals.handled,
    ),
    Kpi(
        key=KpiKey("aht"),
        unit=Unit.SECONDS,
        better=Better.NEITHER,
        numerator=_seconds(lambda totals: totals.talk + totals.hold + totals.wrap_up),
        denominator=lambda totals: totals.handled,
    ),
)

KPI_BY_KEY: Final[Mapping[str, Kpi]] = {kpi.key: kpi for kpi in KPIS}


def measure(kpi: Kpi, totals: Totals) -> float | None:
    """Return the KPI's value, or None before there is anything to divide by."""
    if kpi.denominator is None:
        return kpi.numerator(totals)
    below = kpi.denominator(totals)
    return kpi.numerator(totals) / below if below else None


def measure_by_key(key: str, totals: Totals) -> float | None:
    """Return the value of the KPI of that key.

    Raises:
        KeyError: There is no such KPI.
    """
    return measure(KPI_BY_KEY[key], totals)


def enough(key: str, totals: Totals) -> bool:
    """True if there are enough calls for the reading to mark anything."""
    kpi = KPI_BY_KEY[key]
    return kpi.denominator is None or kpi.denominator(totals) >= kpi.enough
