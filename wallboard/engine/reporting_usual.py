"""A window beside the same hours of the same weekdays of the weeks before it."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from wallboard.domain.coverage import coverage_of
from wallboard.domain.measuring import LevelProfile
from wallboard.domain.reporting import Cell, Table
from wallboard.domain.totals import NOTHING, Totals, added
from wallboard.engine.reporting_rows import (
    Figures,
    Standing,
    interval_figures,
    kpi_cell,
    level_of,
    made_table,
    row_of,
    when,
)

_NO_TIME: Final = timedelta()
_COMPARED: Final = ("service_level", "abandon_rate", "asa")


def weekdays(standing: Standing) -> Table:
    """Return this window, and each of those that it is compared with, in a row; the newest first.

    The last row is of those before together: their counts added, their ratios formed of the sums.
    """
    asked = standing.asked
    own = {**when(asked, asked.window), "covered": standing.coverage.share}
    rows = [row_of("weekdays", standing.whole, own)]
    known: list[Totals] = []
    for before in standing.material.before:
        totals = before.booked.totals
        level = level_of(asked.measuring, before.booked.by_queue())
        coverage = coverage_of(before.stretches, before.window.begin, before.window.end)
        of = Figures(
            calls=totals,
            level=level,
            span=before.window.length,
            known=coverage.covered > _NO_TIME or totals.offered > 0,
            taken_only=standing.taken_only,
        )
        known += [totals] if of.known else []
        rows.append(
            row_of("weekdays", of, {**when(asked, before.window), "covered": coverage.share})
        )
    together = Figures(
        calls=added(known),
        level=_level_of_all(standing),
        known=bool(known),
        taken_only=standing.taken_only,
    )
    total: dict[str, Cell] = {"day": None, "covered": None}
    return made_table("weekdays", rows, row_of("weekdays", together, total))


def usual_intervals(standing: Standing) -> Table:
    """Return a row an interval: its figures, and what they were in those weeks on average.

    What is usual is worked out from those weeks of which the interval is known: calls divided by
    how many they are, ratios of the sums.
    """
    asked = standing.asked
    usual_level = _level_of_all(standing)
    weeks = _Weeks(standing)
    rows = []
    for place, interval in enumerate(asked.intervals):
        of, _ = interval_figures(
            asked,
            interval,
            standing.by_interval.get(interval.begin, NOTHING),
            standing.level,
            standing.material.stretches,
        )
        past = weeks.known(place)
        usual = Figures(
            calls=added(each.calls for each in past),
            level=usual_level,
            known=bool(past),
            taken_only=standing.taken_only,
        )
        own: dict[str, Cell] = {
            **when(asked, interval),
            "offered_usual": usual.calls.offered / len(past) if past else None,
            **{f"{key}_usual": kpi_cell(key, usual) for key in _COMPARED},
        }
        rows.append(row_of("usual_intervals", of, own))
    return made_table("usual_intervals", rows)


def _level_of_all(standing: Standing) -> LevelProfile | None:
    queues = {key for before in standing.material.before for key in before.booked.by_queue()}
    return level_of(standing.asked.measuring, queues)


class _Weeks:
    """The weeks before, each added up by interval once."""

    def __init__(self, standing: Standing) -> None:
        self._asked = standing.asked
        self._weeks = [(each, each.booked.by_interval()) for each in standing.material.before]

    def known(self, place: int) -> list[Figures]:
        """Return what the interval of that place was in those weeks of which it is known."""
        found = []
        for before, totals in self._weeks:
            interval = before.intervals[place]
            if interval.length > _NO_TIME:
                booked = totals.get(interval.begin, NOTHING)
                of, _ = interval_figures(self._asked, interval, booked, None, before.stretches)
                found += [of] if of.known else []
        return found
