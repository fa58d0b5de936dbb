"""An explained figure in words: formula, parts, window, coverage, profile. Needs no window."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta, tzinfo
from typing import Final

from wallboard.domain.coverage import Coverage, Stretch
from wallboard.domain.facts import CallRecord
from wallboard.domain.jalali import to_jalali
from wallboard.domain.measuring import LevelProfile
from wallboard.engine.explanation import Explanation
from wallboard.engine.kpi import KPI_BY_KEY, KPI_CONTEXT, Booking, Kpi, Unit
from wallboard.engine.service_level import LEVEL_CONTEXT, switches_of
from wallboard.engine.windows import Window, WindowKind
from wallboard.ui.kpi_parts import PARTS
from wallboard.ui.outside_text import isolated, isolated_address
from wallboard.ui.wording import NOTHING_KNOWN, Wording
from wallboard.ui.words import Phrase

_MOST_GAPS: Final = 3
_MINUTE: Final = timedelta(minutes=1)


def name_of(kpi: Kpi, wording: Wording) -> str:
    """Return what a KPI is called."""
    return wording.translate(KPI_CONTEXT, kpi.name)


def meaning_of(kpi: Kpi, wording: Wording) -> str:
    """Return in one sentence what a KPI counts."""
    return wording.translate(KPI_CONTEXT, kpi.meaning)


def value_words(kpi: Kpi, value: float | None, wording: Wording) -> str:
    """Return a reading of a KPI with its unit; a dash for one that is undefined."""
    if value is None:
        return NOTHING_KNOWN
    match kpi.unit:
        case Unit.RATIO:
            return wording.percent(value)
        case Unit.SECONDS:
            return _seconds(value, wording)
        case Unit.PER_HOUR:
            told = wording.translate("Explain", "{number} an hour")
            return told.format(number=wording.figure(f"{value:,.1f}"))
        case _:
            return wording.count(value)


def part_words(told: Explanation, target: timedelta | None, wording: Wording) -> tuple[str, str]:
    """Return numerator and denominator in words; empty texts where a KPI has none.

    Args:
        target: The time to answer that holds for all calls behind it. None if there are several.
    """
    parts = PARTS.get(told.kpi.key)
    if parts is None or told.numerator is None or told.denominator is None:
        return "", ""
    timed = told.kpi.unit is Unit.SECONDS or told.kpi.booking is Booking.TIME
    above = span(told.numerator, wording) if timed else wording.count(told.numerator)
    below = wording.count(told.denominator)
    if told.kpi.booking is Booking.TIME:
        below = span(told.denominator, wording)
    elif told.kpi.unit is Unit.PER_HOUR:
        below = wording.figure(f"{told.denominator:,.2f}")
    return (
        _part(parts.above, above, target, wording),
        _part(parts.below, below, target, wording),
    )


def formula(told: Explanation, target: timedelta | None, wording: Wording) -> str:
    """Return the figure, and what was divided by what, as one line."""
    asked = KPI_BY_KEY[told.asked]
    value = _apart(value_words(told.kpi, told.value, wording), wording)
    figure = f"{name_of(asked, wording)} {value}"
    above, below = part_words(told, target, wording)
    if told.refused is not None or not above:
        return figure
    return f"{figure} = {above} ÷ {below}"


def refusal_words(told: Explanation, wording: Wording) -> str:
    """Return why there is no one figure; an empty text if there is one."""
    if told.refused is None:
        return ""
    profiles = wording.listed(
        f"{isolated(profile_words(profile, wording))} ({_apart(str(profile.kind), wording)})"
        for profile in told.refused.profiles
    )
    why = wording.translate(LEVEL_CONTEXT, told.refused.text)
    step = wording.translate(
        "Explain",
        "Choose queues that are measured alike, or ask for one profile by its name: {profiles}.",
    )
    return f"{why} {step.format(profiles=profiles)}"


def profile_words(profile: LevelProfile, wording: Wording) -> str:
    """Return what a service level's profile is called, with its switches."""
    name = name_of(KPI_BY_KEY[str(profile.kind)], wording)
    switches = [wording.translate(LEVEL_CONTEXT, text) for text in switches_of(profile)]
    if not switches:
        return name
    return f"{name} ({wording.listed(switches)})"


def sample_words(told: Explanation, wording: Wording) -> str:
    """Return of how many calls the figure tells; an empty text if it tells of none."""
    if told.n is None:
        return ""
    if told.enough or not told.n:
        return wording.count(told.n)
    few = wording.translate("Explain", "{number}: too few to judge by")
    return few.format(number=wording.count(told.n))


def window_words(window: Window, zone: tzinfo, wording: Wording) -> str:
    """Return from when to when, on the site's clock and calendar, and which window that is."""
    name = isolated(window.name) if window.name else wording.window(window.kind)
    begin, end = window.begin.astimezone(zone), window.end.astimezone(zone)
    same = begin.date() == end.date()
    times = wording.translate("Explain", "{begin} to {end}").format(
        begin=_apart(f"{day_words(begin, wording)} {wording.clock_minute(begin, zone)}", wording),
        end=_apart(
            wording.clock_minute(end, zone)
            if same
            else f"{day_words(end, wording)} {wording.clock_minute(end, zone)}",
            wording,
        ),
    )
    if window.kind is WindowKind.RANGE and not window.name:
        return times
    return f"{name}: {times}"


def coverage_words(coverage: Coverage | None, zone: tzinfo, wording: Wording) -> str:
    """Return how much of the window somebody watched, and where the gaps are."""
    share = None if coverage is None else coverage.share
    if coverage is None or share is None:
        return wording.translate("Explain", "It is not known how much of this time was watched.")
    if not coverage.gaps:
        return wording.translate("Explain", "All of this time was watched.")
    gaps = [_gap(gap, zone, wording) for gap in coverage.gaps[:_MOST_GAPS]]
    more = len(coverage.gaps) - _MOST_GAPS
    if more > 0:
        told = wording.translate("Explain", "{number} more")
        gaps.append(told.format(number=wording.count(more)))
    told = wording.translate("Explain", "{share} of this time was watched; not seen: {gaps}.")
    return told.format(share=wording.percent(share), gaps=wording.listed(gaps))


def target_of(records: Iterable[CallRecord]) -> timedelta | None:
    """Return the time to answer that held for all of the calls. None if there is no one such."""
    targets = {record.target for record in records}
    return targets.pop() if len(targets) == 1 else None


def day_words(day: datetime, wording: Wording) -> str:
    """Return a day as it is written in short, by the calendar that is in use."""
    if wording.by_jalali:
        year, month, number = to_jalali(day.date())
        return wording.digits(f"{year}/{month:02}/{number:02}")
    return wording.digits(f"{day:%Y/%m/%d}") if wording.rtl else day.date().isoformat()


def span(seconds: float, wording: Wording) -> str:
    """Return a sum of times as h:mm:ss, however many hours it is."""
    whole = max(0, round(seconds))
    text = f"{whole // 3600}:{whole % 3600 // 60:02}:{whole % 60:02}"
    return wording.digits(text)


def _seconds(value: float, wording: Wording) -> str:
    if value >= 60:
        return span(value, wording) if value >= 3600 else _minutes(value, wording)
    told = wording.translate("Explain", "{number} s")
    return told.format(number=wording.figure(f"{value:.1f}"))


def _minutes(value: float, wording: Wording) -> str:
    whole = round(value)
    return wording.digits(f"{whole // 60}:{whole % 60:02}")


def _part(part: Phrase, number: str, target: timedelta | None, wording: Wording) -> str:
    if target is None:
        within = wording.translate("Explain", "the target")
    else:
        within = wording.translate("Explain", "{number} s").format(
            number=wording.figure(f"{target.total_seconds():g}")
        )
    return wording.say(part, number=_apart(number, wording), target=within)


def _gap(gap: Stretch, zone: tzinfo, wording: Wording) -> str:
    clock = wording.clock_minute if gap.length >= _MINUTE else wording.clock
    times = f"{clock(gap.begin, zone)}–{clock(gap.end, zone)}"
    length = wording.duration(gap.length)
    return f"{_apart(times, wording)} ({_apart(length, wording)})"


def _apart(number: str, wording: Wording) -> str:
    """Return a number that keeps its own direction within a sentence from right to left."""
    return isolated_address(number) if wording.rtl else number
