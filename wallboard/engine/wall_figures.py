"""The figures that a wall can show: of the whole site, or of some of its queues."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

from wallboard.domain.severity import Severity
from wallboard.domain.snapshot import AgentState, QueueId
from wallboard.domain.totals import Totals, added
from wallboard.domain.value import value
from wallboard.engine.board import (
    Board,
    QueueStanding,
    SiteStanding,
    level_of,
    sums_of,
    untold_readings,
)
from wallboard.engine.crew import BUSY, Counts
from wallboard.engine.kpi import KPI_BY_KEY, KPIS, Booking, Kpi, Unit, enough, measure
from wallboard.engine.kpi import sample_of as calls_of
from wallboard.engine.standings import site_standing

USUAL_HEROES: Final = ("waiting", "longest_wait", "service_level")
USUAL_TILES: Final = ("offered", "answered", "abandon_rate", "free", "in_call", "asa")

_LIVE: Final[Mapping[str, Unit]] = {
    "waiting": Unit.COUNT,
    "longest_wait": Unit.SECONDS,
    "free": Unit.COUNT,
    "busy": Unit.COUNT,
    "in_call": Unit.COUNT,
}
"""The figures that tell of this moment."""
_UNKNOWN_TO_BOARDS: Final = frozenset(
    {"arrival_rate", "cph", "repeat_rate", "fcr_repeat", "handle_contact"}
)
"""They need the length of a window, agents' time or who called, which totals don't have."""


def _shown(kpi: Kpi) -> bool:
    booked = kpi.booking in (Booking.ARRIVAL, Booking.COMPLETION)
    return booked and kpi.key not in _UNKNOWN_TO_BOARDS


SHOWABLE: Final = (*_LIVE, *(str(kpi.key) for kpi in KPIS if _shown(kpi)))
"""The keys of all figures that a wall can show: those of this moment, then those of a window."""
_KNOWN: Final = frozenset(SHOWABLE)


@value
class Reading:
    """One figure as it stands.

    Attributes:
        value: Durations in seconds, ratios 0 to 1. None if not known, or of nothing.
        few: Of how many calls a ratio is, where they are too few to judge by. None if they are
            enough, or none.
        goal: From which service level on all is well. None for other figures.
    """

    key: str
    unit: Unit
    value: float | None
    severity: Severity = Severity.CALM
    few: int | None = None
    goal: float | None = None


def heroes_of(keys: tuple[str, ...], board: Board) -> tuple[str, ...]:
    """Return the figures that stay on every scene: those chosen that this account sees."""
    return _told(tuple(key for key in keys if key in _KNOWN) or USUAL_HEROES, board)


def tiles_of(keys: tuple[str, ...], board: Board) -> tuple[str, ...]:
    """Return the figures of an overview: those chosen that this account sees."""
    return _told(tuple(key for key in keys if key in _KNOWN) or USUAL_TILES, board)


def of_moment(key: str) -> bool:
    """True if a figure tells of this moment, and not of a window."""
    return key in _LIVE


def readings_of(
    board: Board, keys: Iterable[str], queues: Collection[QueueId], then: datetime
) -> tuple[Reading, ...]:
    """Return figures as they stand.

    Args:
        keys: Of SHOWABLE.
        queues: Only of these. Empty for all.
        then: The source's time.
    """
    wanted = frozenset(queues)
    site = _standing_of(board, wanted) if wanted else _marked(board)
    counts = counts_of(board, wanted)
    return tuple(_reading(key, site, counts, then) for key in keys)


def _told(keys: tuple[str, ...], board: Board) -> tuple[str, ...]:
    missing = untold_readings(board)
    if "free" in missing:
        missing |= {"busy"}
    return tuple(key for key in keys if key not in missing)


def _reading(key: str, site: SiteStanding, counts: Counts, then: datetime) -> Reading:
    if key in _LIVE:
        severity = site.wait_severity if key == "longest_wait" else Severity.CALM
        told = _MOMENTS[key](site, counts, then)
        return Reading(key=key, unit=_LIVE[key], value=told, severity=severity)
    sums = sums_of(site)
    kpi = KPI_BY_KEY[key]
    is_level = key == "service_level"
    told = level_of(site) if is_level else measure(kpi, sums)
    few = None
    if told is not None and kpi.unit is Unit.RATIO and not enough(key, sums):
        few = calls_of(kpi, sums)
    severities = {"service_level": site.level_severity, "abandon_rate": site.abandon_severity}
    return Reading(
        key=key,
        unit=kpi.unit,
        value=told,
        severity=severities.get(key, Severity.CALM),
        few=few,
        goal=site.goal if is_level else None,
    )


def _longest(site: SiteStanding, _counts: Counts, then: datetime) -> float | None:
    since = site.waiting_since
    return None if since is None else max(0.0, (then - since).total_seconds())


_MOMENTS: Final[Mapping[str, Callable[[SiteStanding, Counts, datetime], float | None]]] = {
    "waiting": lambda site, _counts, _then: site.waiting,
    "longest_wait": _longest,
    "free": lambda _site, counts, _then: counts.get(AgentState.FREE, 0),
    "busy": lambda _site, counts, _then: sum(counts.get(state, 0) for state in BUSY),
    "in_call": lambda _site, counts, _then: (
        counts.get(AgentState.IN_CALL, 0) + counts.get(AgentState.ON_HOLD, 0)
    ),
}


def _marked(board: Board) -> SiteStanding:
    """Return how the site stands, as bad as the alerts of the whole site are."""
    site, alerts = board.site, board.alerts
    return replace(
        site,
        wait_severity=max(site.wait_severity, alerts.site_mark("longest_wait")),
        level_severity=max(site.level_severity, alerts.site_mark("service_level")),
        abandon_severity=max(site.abandon_severity, alerts.site_mark("abandon_rate")),
    )


def _standing_of(board: Board, queues: frozenset[QueueId]) -> SiteStanding:
    """Return how some queues together stand."""
    rows: tuple[QueueStanding, ...] = tuple(
        board.queues[key] for key in board.order if key in queues
    )
    totals: Totals = added(row.totals for row in rows)
    goals = {row.goal for row in rows}
    goal = goals.pop() if len(goals) == 1 else board.measuring.usual.goal
    return site_standing(rows, totals, goal)


def counts_of(board: Board, queues: frozenset[QueueId]) -> Counts:
    """Return how many agents are in which state, each person once.

    Args:
        queues: Only members of these. Empty for everybody.
    """
    if not queues:
        return board.crew.site
    counts: dict[AgentState, int] = {}
    agents = () if board.snapshot is None else board.snapshot.agents.values()
    for agent in agents:
        if not queues.isdisjoint(agent.queues):
            counts[agent.state] = counts.get(agent.state, 0) + 1
    return counts
