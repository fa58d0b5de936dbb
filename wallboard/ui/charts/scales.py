"""Scales of charts: round values at the side, round times below."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Final

from wallboard.domain.jalali import to_jalali
from wallboard.domain.value import value
from wallboard.engine.kpi import Unit
from wallboard.engine.windows import instant_of
from wallboard.ui import weekdays
from wallboard.ui.round_top import round_top
from wallboard.ui.wording import Wording

_DAY: Final = timedelta(days=1)
_HOUR: Final = timedelta(hours=1)
_STEPS: Final = (
    timedelta(minutes=15),
    timedelta(minutes=30),
    _HOUR,
    2 * _HOUR,
    3 * _HOUR,
    6 * _HOUR,
    12 * _HOUR,
    _DAY,
    2 * _DAY,
    7 * _DAY,
    14 * _DAY,
)
_SECONDS: Final = (2, 10, 20, 30, 60, 120, 240, 300, 600, 1200, 1800, 3600, 7200, 14400)


@value
class Mark:
    """A mark of an axis.

    Attributes:
        place: 0 to 1 along it.
        strong: True for one that begins a day.
    """

    place: float
    text: str
    strong: bool = False


@value
class Scale:
    """The values that a chart reaches from its bottom, which is 0, to its top."""

    top: float
    marks: tuple[Mark, ...]


def scale_for(unit: Unit, most: float, wording: Wording) -> Scale:
    """Return a scale from 0 to a round value not under the greatest, with a mark half way.

    Args:
        most: The greatest value.
    """
    if unit is Unit.RATIO:
        return _scale(1.0, wording.percent_short)
    if unit is Unit.SECONDS:
        top = next((step for step in _SECONDS if most <= step), 0) or -(-most // 3600) * 3600
        return _scale(top, lambda share: wording.duration(timedelta(seconds=top * share)))
    whole = round_top(most)
    return _scale(whole, lambda share: wording.count(whole * share))


def _scale(top: float, said: Callable[[float], str]) -> Scale:
    marks = tuple(Mark(place=share, text=said(share)) for share in (0.0, 0.5, 1.0))
    return Scale(top=top, marks=marks)


def time_marks(
    begin: datetime, end: datetime, *, zone: tzinfo, wording: Wording, most: int
) -> tuple[Mark, ...]:
    """Return the marks of a stretch of time, at round times of the site's clock.

    Args:
        most: So many there is room for.
    """
    length = end - begin
    if length <= timedelta():
        return ()
    step = next((step for step in _STEPS if length / step <= max(1, most)), _STEPS[-1])
    marks = []
    day = begin.astimezone(zone).date()
    while (midnight := instant_of(day, time(), zone)) < end:
        for at in _steps_of(day, midnight, step, zone):
            if begin <= at <= end:
                strong = at == midnight
                marks.append(
                    Mark(
                        place=(at - begin) / length,
                        text=day_text(day, wording)
                        if strong and length > _DAY
                        else wording.clock_minute(at, zone),
                        strong=strong,
                    )
                )
        day += max(_DAY, step)
    return tuple(marks)


def _steps_of(day: date, midnight: datetime, step: timedelta, zone: tzinfo) -> list[datetime]:
    if step >= _DAY:
        return [midnight]
    clocks = (datetime.combine(day, time()) + step * number for number in range(_DAY // step))
    # A clock change may put two of them at one instant.
    return sorted({instant_of(day, clock.time(), zone) for clock in clocks})


def day_text(day: date, wording: Wording) -> str:
    """Return a day in short: its weekday, and month and day of the language's calendar."""
    weekday = wording.say(weekdays.SHORT[day.weekday()])
    if wording.by_jalali:
        _, month, number = to_jalali(day)
        return f"{weekday} {wording.digits(f'{month:02}/{number:02}')}"
    return f"{weekday} {wording.digits(f'{day:%m-%d}')}"
