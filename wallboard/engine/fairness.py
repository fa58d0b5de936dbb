"""How evenly calls come over the day, and how evenly they are shared out among agents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from math import sqrt
from typing import Final

from wallboard.domain.agent_time import AgentTime
from wallboard.domain.facts import CallRecord, answered
from wallboard.domain.snapshot import AgentId
from wallboard.domain.totals import Totals, totals_over
from wallboard.domain.value import value
from wallboard.engine.windows import Window

_HOUR: Final = timedelta(hours=1)


@value
class Distribution:
    """How something is shared out among agents.

    Attributes:
        agents: Among how many.
        total, least, most, mean: Of what each has.
        deviation: The standard deviation over all of them.
        gini: 0 if each has as much, towards 1 if one has all. None if there is nothing to share.
    """

    agents: int
    total: float
    least: float
    most: float
    mean: float
    deviation: float
    gini: float | None


def distribution(shares: Iterable[float]) -> Distribution | None:
    """Return how shares, none below zero, are distributed. None if there are none."""
    ranked = sorted(shares)
    if not ranked:
        return None
    count, total = len(ranked), sum(ranked)
    mean = total / count
    weighted = sum(rank * share for rank, share in enumerate(ranked, start=1))
    return Distribution(
        agents=count,
        total=total,
        least=ranked[0],
        most=ranked[-1],
        mean=mean,
        deviation=sqrt(sum((share - mean) ** 2 for share in ranked) / count),
        gini=2 * weighted / (count * total) - (count + 1) / count if total else None,
    )


def totals_by_agent(records: Iterable[CallRecord]) -> Mapping[AgentId | None, Totals]:
    """Return the totals of the answered calls by agent; None for those without one."""
    rows: dict[AgentId | None, list[CallRecord]] = {}
    for record in records:
        if answered(record):
            rows.setdefault(record.agent_id, []).append(record)
    return {agent_id: totals_over(of_one) for agent_id, of_one in rows.items()}


def calls_per_hour(
    totals: Mapping[AgentId | None, Totals], times: Mapping[AgentId, AgentTime]
) -> Mapping[AgentId, float]:
    """Return the answered calls for each hour logged in, of each agent who was logged in."""
    return {
        agent_id: (totals[agent_id].answered if agent_id in totals else 0)
        / (time.logged_in / _HOUR)
        for agent_id, time in times.items()
        if time.logged_in
    }


@value
class ArrivalPace:
    """How fast calls came.

    Attributes:
        per_hour: Over the whole.
        peak: The interval with the highest pace, the first of several. None if no call came.
        peak_per_hour: Its pace.
    """

    per_hour: float
    peak: Window | None
    peak_per_hour: float


def arrival_pace(intervals: Sequence[Window], offered: Sequence[int]) -> ArrivalPace | None:
    """Return the pace of arrivals over intervals and its peak. None if they have no length.

    Args:
        intervals: Of any lengths.
        offered: The calls that arrived in each.
    """
    span = sum((interval.length for interval in intervals), timedelta())
    if not span:
        return None
    paces = [
        (calls / (interval.length / _HOUR), interval)
        for interval, calls in zip(intervals, offered, strict=True)
        if interval.length
    ]
    peak_per_hour, peak = max(paces, key=lambda pace: pace[0])
    return ArrivalPace(
        per_hour=sum(offered) / (span / _HOUR),
        peak=peak if peak_per_hour else None,
        peak_per_hour=peak_per_hour,
    )
