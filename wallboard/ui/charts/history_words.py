"""What the history comes to in one sentence, and what was the worst of it."""

from __future__ import annotations

from datetime import timedelta, tzinfo

from wallboard.domain.measuring import LevelProfile
from wallboard.engine.board import Board
from wallboard.engine.kpi import measure_by_key
from wallboard.engine.past import Past, reading, reading_over, worst
from wallboard.ui.charts.history_sets import interval_name, window_words
from wallboard.ui.outside_text import isolated
from wallboard.ui.wording import Wording


def summary(
    past: Past, level: LevelProfile | None, zone: tzinfo, wording: Wording, *, going: int = 0
) -> str:
    """Return in a sentence or two what came of a time, what was worst, and what is not known.

    Args:
        going: How many calls of that time are not over yet: they are in no figure.
    """
    window = window_words(past.asked.window, zone, wording)
    if not any(row.known for row in past.rows):
        told = wording.translate("History", "{window}: nothing is known of this time.")
        return told.format(window=window)
    told = wording.translate(
        "History",
        "{window}: {offered} calls offered, {answered} answered, {abandoned} abandoned ({share});"
        " service level {level}.",
    )
    totals = past.totals
    parts = [
        told.format(
            window=window,
            offered=wording.count(totals.offered),
            answered=wording.count(totals.answered),
            abandoned=wording.count(totals.abandoned),
            share=wording.percent(measure_by_key("abandon_rate", totals)),
            level=wording.percent(reading_over(past, "service_level", level)),
        ),
        _worst(past, level, zone, wording),
        _going(going, wording),
        _seen(past, wording),
    ]
    return " ".join(part for part in parts if part)


def _worst(past: Past, level: LevelProfile | None, zone: tzinfo, wording: Wording) -> str:
    row = worst(past, level)
    if row is None:
        return ""
    told = wording.translate(
        "History", "Worst: {interval}, service level {level}, longest wait {wait}."
    )
    longest = reading(row, "max_wait", level)
    return told.format(
        interval=isolated(interval_name(row.interval, zone, wording)),
        level=wording.percent(reading(row, "service_level", level)),
        wait=wording.duration(None if longest is None else timedelta(seconds=longest)),
    )


def _going(number: int, wording: Wording) -> str:
    if not number:
        return ""
    told = wording.translate("History", "Not counted yet, because they are not over: {number}.")
    return told.format(number=wording.count(number))


def _seen(past: Past, wording: Wording) -> str:
    share = past.coverage.share
    if share is None or share >= 1:
        return ""
    told = wording.translate("History", "Only {share} of this time was watched.")
    # Never rounded up to all of it.
    return told.format(share=wording.percent(share, limits=(1.0,)))


def still_going(past: Past, board: Board) -> int:
    """Return how many calls that arrived in a time, and count in it once over, are not yet."""
    if board.snapshot is None:
        return 0
    asked = past.asked
    return sum(
        call.entered_at is not None
        and asked.window.begin <= call.entered_at
        and asked.window.end >= asked.until
        and (call.queue_id == asked.queue_id or asked.queue_id is None)
        and call.queue_id not in asked.hidden
        for call in board.snapshot.calls.values()
    )
