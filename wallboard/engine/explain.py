"""A figure explained: what was divided by what, of which window, and the calls behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Final, TypeAlias

from wallboard.domain.agent_time import time_of
from wallboard.domain.coverage import Coverage
from wallboard.domain.facts import AgentSpell, CallRecord, completed_at
from wallboard.domain.measuring import LevelKind, LevelProfile
from wallboard.domain.totals import (
    Totals,
    arrivals_over,
    handlings_over,
    totals_of,
    totals_over,
)
from wallboard.domain.value import value
from wallboard.engine.contacts import contact_totals, contacts_of, repeats
from wallboard.engine.explanation import Explanation
from wallboard.engine.kpi import (
    KPI_BY_KEY,
    Booking,
    Kpi,
    Sums,
    enough,
    measure,
    parts_of,
    sample_of,
)
from wallboard.engine.service_level import refusal
from wallboard.engine.windows import Window, WindowKind

Json: TypeAlias = "str | int | float | bool | dict[str, Json] | list[Json] | None"

LEVEL_KEYS: Final = frozenset({"service_level", *map(str, LevelKind)})
"""The rows that are service levels."""

_OF_OFFERED: Final = LevelProfile()


def explain(
    key: str,
    sums: Sums,
    *,
    window: Window | None = None,
    coverage: Coverage | None = None,
    profiles: Iterable[LevelProfile] = (),
) -> Explanation:
    """Explain the figure of a key.

    Args:
        sums: Of the window.
        profiles: Of all queues whose calls are in the sums. If they differ, `service_level` is
            refused; without any, `sums.level` is the one.

    Raises:
        KeyError: There is no such KPI.
    """
    asked = KPI_BY_KEY[key]
    told = tuple(profiles)
    refused = refusal(told) if key == "service_level" else None
    if told and key == "service_level":
        sums = replace(sums, level=told[0])
    profile = _profile(key, sums) if refused is None else None
    kpi = asked if profile is None else KPI_BY_KEY[str(profile.kind)]
    above, below = (None, None) if refused else parts_of(kpi, sums)
    return Explanation(
        kpi=kpi,
        asked=asked.key,
        value=None if refused else measure(kpi, sums),
        numerator=above,
        denominator=below,
        n=None if refused else sample_of(kpi, sums),
        enough=refused is None and enough(kpi.key, sums),
        window=window,
        level=profile,
        coverage=coverage,
        refused=refused,
        others=tuple(_others(sums, profile)) if key in LEVEL_KEYS else (),
    )


def _profile(key: str, sums: Sums) -> LevelProfile | None:
    if key not in LEVEL_KEYS:
        return None
    if key in {"service_level", sums.level.kind}:
        return sums.level
    return LevelProfile(kind=LevelKind(key))


def _others(sums: Sums, own: LevelProfile | None) -> Iterator[tuple[LevelProfile, float | None]]:
    for kind in LevelKind:
        if own is None or own.kind is not kind:
            profile = LevelProfile(kind=kind)
            yield profile, measure(KPI_BY_KEY[str(kind)], replace(sums, level=profile))


# The calls behind it


@value
class Share:
    """What one call adds to a figure; these of all calls behind it are the figure's parts.

    Attributes:
        numerator: Zero for a call that counts only below.
        denominator: None for a plain reading.
    """

    numerator: float
    denominator: float | None = None


def behind(kpi: Kpi, record: CallRecord, level: LevelProfile | None = None) -> Share | None:
    """Return what a call that is over adds to a KPI. None if it is not behind it.

    Of percentiles and of the longest wait every call whose wait is known is behind; what it adds
    is its own wait. Behind agents' times are no calls, nor behind what is true only now.
    """
    if kpi.booking not in {Booking.ARRIVAL, Booking.COMPLETION}:
        return None
    sums = Sums(calls=totals_of(record), level=level or _OF_OFFERED)
    above, below = parts_of(kpi, sums)
    counts_above = bool(above) or (kpi.below is None and kpi.calls is not None)
    if above is None or not (counts_above or below):
        return None
    return Share(numerator=above, denominator=below)


def booked_at(kpi: Kpi, record: CallRecord, window: Window) -> datetime:
    """Return the instant by which a call belongs to a window or not, for that KPI.

    A call belongs to the day, the shift or the stretch in which it arrived, whole. Only in an
    interval, what it took to handle it belongs to where that was over.
    """
    by_end = window.kind is WindowKind.INTERVAL and kpi.booking is Booking.COMPLETION
    return completed_at(record) if by_end else record.entered_at


def totals_in(records: Iterable[CallRecord], window: Window) -> Totals:
    """Return the totals that the KPIs of a window are worked out from.

    Args:
        records: Of an interval also those that arrived before it.
    """
    if window.kind is not WindowKind.INTERVAL:
        return totals_over(record for record in records if window.holds(record.entered_at))
    told = tuple(records)
    came = arrivals_over(record for record in told if window.holds(record.entered_at))
    return came + handlings_over(record for record in told if window.holds(completed_at(record)))


def sums_in(
    records: Iterable[CallRecord],
    window: Window,
    *,
    spells: Iterable[AgentSpell] = (),
    level: LevelProfile = _OF_OFFERED,
    days: int | None = None,
    until: datetime | None = None,
) -> Sums:
    """Return all that the KPIs of a window are worked out from.

    Args:
        records: Of an interval also those that arrived before it; for repeats also those after
            the window, as far as they are known.
        spells: Of agents; empty for one queue of several, as an agent's time is of no queue.
        level: By which `service_level` counts.
        days: Within how many a call counts as a repeat. None: repeats are not counted.
        until: Up to when records are known, for repeats. None: to the window's end.
    """
    told = tuple(records)
    arrived = (record for record in told if window.holds(record.entered_at))
    again = None
    if days is not None:
        known_to = until or window.end
        again = repeats(contacts_of(told), window.begin, window.end, until=known_to, days=days)
    return Sums(
        calls=totals_in(told, window),
        time=time_of(spells, window.begin, window.end),
        span=window.length,
        level=level,
        contacts=contact_totals(contacts_of(arrived)),
        repeats=again,
    )


# For machines


def explanation_json(told: Explanation, *, as_of: datetime | None = None) -> dict[str, Json]:
    """Return the explanation for a program to read: seconds, ratios 0 to 1, None for undefined."""
    return {
        "kpi": str(told.asked),
        "value": told.value,
        "unit": str(told.kpi.unit),
        "numerator": told.numerator,
        "denominator": told.denominator,
        "n": told.n,
        "enough": told.enough,
        "definition": told.kpi.meaning,
        "service_level_profile": None if told.level is None else profile_json(told.level),
        "window": None if told.window is None else _window_json(told.window),
        "coverage": None if told.coverage is None else _coverage_json(told.coverage),
        "refused": None if told.refused is None else told.refused.text,
        "other_profiles": [
            {"profile": profile_json(profile), "value": value} for profile, value in told.others
        ],
        "as_of": None if as_of is None else as_of.isoformat(),
    }


def profile_json(profile: LevelProfile) -> dict[str, Json]:
    """Return a profile: its kind, and of GENESYS the switches."""
    told: dict[str, Json] = {"kind": str(profile.kind)}
    if profile.kind is LevelKind.GENESYS:
        told |= {
            "flow_outs": profile.flow_outs,
            "no_short_abandons": profile.no_short_abandons,
            "no_abandons": profile.no_abandons,
        }
    return told


def _window_json(window: Window) -> dict[str, Json]:
    return {
        "kind": str(window.kind),
        "from": window.begin.isoformat(),
        "to": window.end.isoformat(),
        "name": window.name,
    }


def _coverage_json(coverage: Coverage) -> dict[str, Json]:
    gaps: list[Json] = [
        {
            "from": gap.begin.isoformat(),
            "to": gap.end.isoformat(),
            "seconds": gap.length.total_seconds(),
        }
        for gap in coverage.gaps
    ]
    return {
        "share": coverage.share,
        "seconds": coverage.covered.total_seconds(),
        "gaps": gaps,
    }
