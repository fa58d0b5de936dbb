"""How good the alerts themselves are: too many, too restless, too old, or nobody's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

from wallboard.domain.alert import AlertEvent, News
from wallboard.domain.severity import Severity
from wallboard.domain.value import value
from wallboard.engine.alert_board import FLOOD, FLOOD_TIME, Firing, ShownAlert, firings_of

FINE_PER_HOUR: Final = 6.0
MOST_PER_HOUR: Final = 12.0
"""One person follows six alerts an hour with ease, twelve at most: as in process control."""
STALE: Final = timedelta(hours=24)
SPAN: Final = timedelta(hours=24)
"""Health is told of so long."""

_HOUR: Final = timedelta(hours=1)
_TOP: Final = 5


@value
class AlertHealth:
    """How good the alerts of a stretch of time were.

    Attributes:
        fired: How many fired.
        per_hour: On average, of the hours there were.
        busiest: The most in any one hour.
        in_flood: The share of alerts that came in a flood, 0 to 1. None if there were none.
        untaken: The share that was over without that anybody had it. None if none was over.
        critical: The share of critical ones. None if there were none.
        chattering: Rules that fired most, or came and went: the name and how often.
        stale: How many stand for longer than a day.
    """

    fired: int = 0
    per_hour: float = 0.0
    busiest: int = 0
    in_flood: float | None = None
    untaken: float | None = None
    critical: float | None = None
    chattering: tuple[tuple[str, int], ...] = ()
    stale: int = 0


def health_of(
    events: Iterable[AlertEvent],
    standing: Iterable[ShownAlert],
    now: datetime,
    span: timedelta = SPAN,
) -> AlertHealth:
    """Return how good the alerts were up to now.

    Args:
        events: Of at least that stretch of time, in any order; silent ones do not count.
        standing: Alerts that stand now.
    """
    told = [event for event in events if not event.silent and now - span < event.at <= now]
    firings = firings_of(told)
    times = sorted(firing.fired.at for firing in firings)
    floods = [at for at in times if _within(times, at, FLOOD_TIME) > FLOOD]
    over = [firing for firing in firings if firing.over is not None]
    count = len(firings)
    return AlertHealth(
        fired=count,
        per_hour=count / (span / _HOUR),
        busiest=max((_within(times, at, _HOUR) for at in times), default=0),
        in_flood=_share(_flooded(times, floods)),
        untaken=_share([firing.taken is None for firing in over]),
        critical=_share([firing.worst is Severity.CRITICAL for firing in firings]),
        chattering=_chattering(told, firings),
        stale=sum(now - (row.alert.fired_at or row.alert.since) > STALE for row in standing),
    )


def _within(times: Sequence[datetime], begin: datetime, span: timedelta) -> int:
    return sum(begin <= at < begin + span for at in times)


def _flooded(times: Sequence[datetime], floods: Sequence[datetime]) -> list[bool]:
    """Return of each alert whether it came in one of the floods that began at these times."""
    return [any(begin <= at < begin + FLOOD_TIME for begin in floods) for at in times]


def _share(told: Sequence[bool]) -> float | None:
    return sum(told) / len(told) if told else None


def _chattering(
    events: Iterable[AlertEvent], firings: Iterable[Firing]
) -> tuple[tuple[str, int], ...]:
    """Return the rules that came and went, or fired again and again at one subject."""
    counts: Counter[str] = Counter()
    often = Counter(firing.fired.key for firing in firings)
    for firing in firings:
        if often[firing.fired.key] > 2:
            counts[firing.fired.rule_name] += 1
    for event in events:
        if event.news is News.UNSTABLE:
            counts[event.rule_name] += 1
    return tuple(counts.most_common(_TOP))
