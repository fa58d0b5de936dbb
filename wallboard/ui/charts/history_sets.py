"""What the charts of the history show: sets of figures with one unit, worded and placed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta, tzinfo
from typing import Final

from wallboard.domain.coverage import Stretch
from wallboard.domain.measuring import GOAL, LevelProfile
from wallboard.domain.totals import added
from wallboard.domain.value import value
from wallboard.engine.kpi import KPI_BY_KEY, Unit
from wallboard.engine.past import (
    SAMPLED,
    Event,
    Past,
    Row,
    reading,
    reading_of,
    reading_over,
    rests_on_enough,
    weeks_back,
)
from wallboard.engine.windows import Window
from wallboard.ui.charts.face import ChartFace, Gap, Line, Manner
from wallboard.ui.charts.scales import Mark, day_text, scale_for
from wallboard.ui.explained import day_words
from wallboard.ui.outside_text import isolated_address
from wallboard.ui.wording import NOTHING_KNOWN, Wording
from wallboard.ui.words import Phrase, phrase

_LEVEL: Final = "service_level"
_BRIEF: Final = timedelta(minutes=1)
_DAY: Final = timedelta(days=1)
_HOURS: Final = timedelta(hours=1)


@value
class Figure:
    """A line of a chart.

    Attributes:
        key: One of SAMPLED, or of a KPI.
        name: Short; None for the KPI's own.
    """

    key: str
    name: Phrase | None = None
    manner: Manner = Manner.LINE


@value
class ChartSet:
    """Figures that stand in one chart.

    Attributes:
        compared: The key of the one that is compared with an earlier week.
        explained: The key of the figure whose calls are shown. None if calls do not explain it.
        decimals: True for means, which are no whole numbers.
    """

    key: str
    name: Phrase
    unit: Unit
    figures: tuple[Figure, ...]
    compared: str
    explained: str | None = None
    decimals: bool = False


SETS: Final = (
    ChartSet(
        key="calls",
        name=phrase("History", "Calls"),
        unit=Unit.COUNT,
        figures=(
            Figure(key="offered", manner=Manner.COLUMN),
            Figure(key="answered", manner=Manner.PART),
            Figure(key="abandoned"),
        ),
        compared="offered",
        explained="offered",
    ),
    ChartSet(
        key="level",
        name=phrase("History", "Service level"),
        unit=Unit.RATIO,
        figures=(Figure(key=_LEVEL, name=phrase("History", "In target")),),
        compared=_LEVEL,
        explained=_LEVEL,
    ),
    ChartSet(
        key="waits",
        name=phrase("History", "Waits"),
        unit=Unit.SECONDS,
        figures=(
            Figure(key="asa", name=phrase("History", "Mean (ASA)")),
            Figure(key="max_wait", name=phrase("History", "Longest")),
        ),
        compared="asa",
        explained="asa",
    ),
    ChartSet(
        key="waiting",
        name=phrase("History", "In queue"),
        unit=Unit.COUNT,
        figures=(Figure(key="most_waiting", name=phrase("History", "Most at once")),),
        compared="most_waiting",
    ),
    ChartSet(
        key="agents",
        name=phrase("History", "Agents"),
        unit=Unit.COUNT,
        figures=(Figure(key="in_call"), Figure(key="free")),
        compared="in_call",
        decimals=True,
    ),
)
"""The charts that there are, in their order from above."""

USUAL: Final = ("calls", "level", "agents")
"""The charts that are shown at first."""


@value
class Drawn:
    """What faces are made of.

    Attributes:
        past: The whole of what is shown.
        level: By which the service level counts. None if the queues are measured differently.
        goal: From which service level on all is well, 0 to 1: the chosen queue's, or the site's.
        says_when: True for the uppermost chart, which says of when it is.
        labelled: True for the lowest one, which has the times.
    """

    past: Past
    level: LevelProfile | None
    zone: tzinfo
    wording: Wording
    goal: float = GOAL
    times: tuple[Mark, ...] = ()
    says_when: bool = False
    labelled: bool = False


def chart_face(chart: ChartSet, drawn: Drawn) -> ChartFace:
    """Return a chart of what is known, worded."""
    past, wording, zone = drawn.past, drawn.wording, drawn.zone
    lines = tuple(_lines(chart, drawn))
    known = [
        point
        for line in lines
        if line.manner is not Manner.PART
        for point in line.points
        if point is not None
    ]
    window = past.asked.window
    return ChartFace(
        title=wording.say(chart.name),
        lines=lines,
        places=tuple(_middle(row, window) for row in past.rows),
        widths=tuple(row.interval.length / window.length for row in past.rows),
        scale=scale_for(chart.unit, max(known, default=0.0), wording),
        whole=tuple(_whole(chart, drawn)),
        whens=tuple(interval_words(row, zone, wording) for row in past.rows),
        span=window_words(window, zone, wording),
        says_when=drawn.says_when,
        times=drawn.times,
        labelled=drawn.labelled,
        gaps=gaps_of(past, zone, wording, named=drawn.says_when),
        events=events_of(past, zone, wording) if drawn.says_when else (),
        target=drawn.goal if chart.key == "level" else None,
        note=_note(chart, drawn, known=bool(known)),
    )


def _lines(chart: ChartSet, drawn: Drawn) -> Iterator[Line]:
    wording = drawn.wording
    for number, figure in enumerate(chart.figures):
        name = wording.kpi_name(figure.key) if figure.name is None else wording.say(figure.name)
        yield _line(
            chart,
            drawn.past.rows,
            figure.key,
            drawn,
            Line(
                name=name,
                points=(),
                texts=(),
                manner=figure.manner,
                number=_number(chart, number),
            ),
        )
    if drawn.past.before:
        yield _line(
            chart,
            drawn.past.before,
            chart.compared,
            drawn,
            Line(name=before_words(drawn.past, wording), points=(), texts=(), manner=Manner.BEFORE),
        )


def _number(chart: ChartSet, place: int) -> int:
    """Return which of the chart's lines a figure is; columns count for nothing."""
    return sum(figure.manner is Manner.LINE for figure in chart.figures[:place])


def _line(chart: ChartSet, rows: tuple[Row, ...], key: str, drawn: Drawn, line: Line) -> Line:
    points = tuple(reading(row, key, drawn.level) for row in rows)
    few = frozenset(
        at
        for at, (row, point) in enumerate(zip(rows, points, strict=True))
        if point is not None and not rests_on_enough(row, key, drawn.level)
    )
    texts = [figure_text(chart, point, drawn) for point in points]
    for at in few:
        told = drawn.wording.translate("History", "{value} (few calls)")
        texts[at] = told.format(value=texts[at])
    return replace(line, points=points, texts=tuple(texts), few=few | _begun(rows, key, drawn))


def _begun(rows: tuple[Row, ...], key: str, drawn: Drawn) -> frozenset[int]:
    """Return the place of the last interval if it has only begun and is counted: it still grows.

    A line that falls to it would tell of less than before.
    """
    last = len(rows) - 1
    growing = (
        last > 0
        and key not in SAMPLED
        and KPI_BY_KEY[key].unit is Unit.COUNT
        and rows[last].interval.length < drawn.past.asked.length
    )
    return frozenset({last}) if growing else frozenset()


def _whole(chart: ChartSet, drawn: Drawn) -> Iterator[str]:
    """Yield what each line comes to; of means of samples nothing is said of the whole."""
    past, wording = drawn.past, drawn.wording
    for figure in chart.figures:
        told = reading_over(past, figure.key, drawn.level)
        silent = told is None and figure.key in SAMPLED
        yield "" if silent else figure_text(chart, told, drawn)
    if past.before:
        if chart.compared in SAMPLED or not any(row.known for row in past.before):
            yield ""
        else:
            totals = added(row.totals for row in past.before)
            told = reading_of(totals, chart.compared, drawn.level)
            yield _partly(figure_text(chart, told, drawn), past.before, wording)


def _partly(text: str, rows: tuple[Row, ...], wording: Wording) -> str:
    """Return a figure of a time, and how much of that was watched if it was not all."""
    length = sum((row.interval.length for row in rows), timedelta())
    covered = sum((row.coverage.covered for row in rows), timedelta())
    if not length or covered >= length:
        return text
    share = wording.percent_short(int(100 * covered / length) / 100)
    told = wording.translate("History", "{value} ({share} seen)")
    return told.format(value=text, share=share)


def figure_text(chart: ChartSet, point: float | None, drawn: Drawn) -> str:
    """Return a value with its unit; a dash for one that is not known."""
    wording = drawn.wording
    if point is None:
        return NOTHING_KNOWN
    match chart.unit:
        case Unit.RATIO:
            return wording.percent(point, limits=(drawn.goal,))
        case Unit.SECONDS:
            return wording.duration(timedelta(seconds=round(point)))
        case _:
            return wording.figure(f"{point:.1f}") if chart.decimals else wording.count(point)


def _note(chart: ChartSet, drawn: Drawn, *, known: bool) -> str:
    wording = drawn.wording
    if known:
        return ""
    if chart.key == "agents" and drawn.past.asked.queue_id is not None:
        return wording.translate(
            "History", "Agents may be in several queues: choose all queues to see them."
        )
    if chart.key == "level" and drawn.level is None:
        return wording.translate(
            "History", "The queues are measured differently: choose one queue to see its level."
        )
    if drawn.past.totals.offered == 0 and not any(row.known for row in drawn.past.rows):
        return wording.translate("History", "Nothing is known of this time.")
    if chart.compared in SAMPLED:
        return wording.translate(
            "History", "This is known only of times in which Wallboard itself watched."
        )
    return wording.translate("History", "No calls in this time.")


def _middle(row: Row, window: Window) -> float:
    interval = row.interval
    middle = interval.begin + interval.length / 2
    return share_of(middle, window)


def share_of(instant: datetime, window: Window) -> float:
    """Return where an instant lies in a window, 0 to 1."""
    return (instant - window.begin) / window.length if window.length else 0.0


def edges_of(past: Past) -> tuple[float, ...]:
    """Return where the intervals begin, and where the last one ends, 0 to 1."""
    begins = (share_of(row.interval.begin, past.asked.window) for row in past.rows)
    return (*begins, 1.0)


def gaps_of(past: Past, zone: tzinfo, wording: Wording, *, named: bool) -> tuple[Gap, ...]:
    """Return what is not known, placed; each says from when to when if `named`."""
    window = past.asked.window
    return tuple(
        Gap(
            begin=max(0.0, share_of(gap.begin, window)),
            end=min(1.0, share_of(gap.end, window)),
            text=gap_words(gap, past.rows, zone, wording) if named else "",
        )
        for gap in past.coverage.gaps
    )


def events_of(past: Past, zone: tzinfo, wording: Wording) -> tuple[Mark, ...]:
    """Return what happened besides gaps, placed and worded."""
    told = wording.translate("History", "measured otherwise from {time}")
    return tuple(
        Mark(
            place=share_of(marker.at, past.asked.window),
            text=told.format(time=wording.clock_minute(marker.at, zone)),
        )
        for marker in past.markers
        if marker.event is Event.RULES
    )


def gap_words(gap: Stretch, rows: Iterable[Row], zone: tzinfo, wording: Wording) -> str:
    """Return from when to when nothing is known, or nobody watched: others may have told of it.

    Args:
        rows: Among which the gap is.
    """
    told = wording.translate("History", "no data {begin}–{end}")
    if any(row.totals.offered for row in rows if _within(row.interval, gap)):
        told = wording.translate("History", "not watched {begin}–{end}")
    times = wording.clock_minute if gap.length >= _BRIEF else wording.clock
    begin, end = times(gap.begin, zone), times(gap.end, zone)
    if gap.length > _DAY:
        begin, end = (day_text(at.astimezone(zone).date(), wording) for at in (gap.begin, gap.end))
    return told.format(begin=begin, end=end)


def _within(interval: Window, gap: Stretch) -> bool:
    return gap.begin <= interval.begin and interval.end <= gap.end


def interval_words(row: Row, zone: tzinfo, wording: Wording) -> str:
    """Return when an interval is, and how much of it is known if it is not all."""
    name = interval_name(row.interval, zone, wording)
    share = row.coverage.share
    if share is None or share >= 1:
        return name
    seen = wording.translate("History", "{share} seen")
    # Rounded down: what is not all is not 100 %.
    return f"{name} · {seen.format(share=wording.percent_short(int(100 * share) / 100))}"


def interval_name(
    interval: Window, zone: tzinfo, wording: Wording, *, with_day: bool = True
) -> str:
    """Return when an interval is: the day, and the hours if it is part of one."""
    day = day_text(interval.begin.astimezone(zone).date(), wording)
    if interval.length > _HOURS:
        return day
    begin, end = (wording.clock_minute(at, zone) for at in (interval.begin, interval.end))
    told = wording.translate("History", "{begin}–{end}").format(begin=begin, end=end)
    return f"{day} {told}" if with_day else told


def window_words(window: Window, zone: tzinfo, wording: Wording) -> str:
    """Return from when to when a window is."""
    begin, end = window.begin.astimezone(zone), window.end.astimezone(zone)
    times = tuple(wording.clock_minute(at, zone) for at in (window.begin, window.end))
    first = isolated_address(f"{day_words(begin, wording)} {times[0]}")
    same = begin.date() == end.date()
    last = isolated_address(times[1] if same else f"{day_words(end, wording)} {times[1]}")
    return wording.translate("History", "{begin} to {end}").format(begin=first, end=last)


def before_words(past: Past, wording: Wording) -> str:
    """Return what the past is compared with."""
    weeks = weeks_back(past.asked.window)
    if weeks == 1:
        return wording.translate("History", "A week earlier")
    told = wording.translate("History", "{number} weeks earlier")
    return told.format(number=wording.count(weeks))
