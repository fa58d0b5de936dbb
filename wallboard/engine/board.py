"""The board: the one value that all views draw, and what is read off it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import field
from datetime import datetime, timedelta, tzinfo
from typing import Final, TypeAlias

from wallboard.domain.arranging import AS_TOLD, Arrangement
from wallboard.domain.clock import Moment
from wallboard.domain.coverage import Coverage, Stretch, coverage_of
from wallboard.domain.errors import Fault, FaultKind, fault
from wallboard.domain.measuring import AS_USUAL, GOAL, LevelProfile, Measuring
from wallboard.domain.severity import Severity
from wallboard.domain.snapshot import (
    Agent,
    AgentState,
    Queue,
    QueueId,
    Snapshot,
)
from wallboard.domain.supervision import Monitoring, WishKind
from wallboard.domain.totals import NOTHING, Totals
from wallboard.domain.value import value
from wallboard.engine.agent_news import AgentNews
from wallboard.engine.alert_board import AlertBoard
from wallboard.engine.crew import Crew
from wallboard.engine.freshness import Freshness
from wallboard.engine.happenings import HistoryRead, HistoryState
from wallboard.engine.kpi import Sums, measure_by_key
from wallboard.engine.ledger import Ledger
from wallboard.engine.ledger import Sums as SumsByQueue
from wallboard.engine.open_calls import (
    OpenCalls,
)
from wallboard.engine.service_level import level
from wallboard.engine.spells import Begun
from wallboard.engine.trends import Trend
from wallboard.engine.week_before import Points
from wallboard.engine.windows import ROLLING, Window, WindowKind, window_at

LONGEST_SHOWN = 48


Rank: TypeAlias = tuple[int, bool, datetime, float, str, QueueId]


@value
class QueueStanding:
    """How one queue stands.

    Attributes:
        totals: Of the board's window, the calls that are not over among them.
        level: The profile of its service level.
        goal: From which service level on all is well, 0 to 1.
        waiting: Callers who wait now.
        waiting_since: When the one who waits longest joined, on the source's clock. None if
            nobody waits.
        free, busy: Agents of the queue; an agent of two queues is in both.
        severity: Of the worst of its marks.
        wait_severity, level_severity: The marks: longest wait and service level.
        known: The keys of the figures that are known, of a queue of which only sums are told.
            None where single calls are told: then all are.
    """

    queue: Queue
    totals: Totals
    level: LevelProfile
    waiting: int
    waiting_since: datetime | None
    free: int
    busy: int
    severity: Severity
    wait_severity: Severity
    level_severity: Severity
    goal: float = GOAL
    known: frozenset[str] | None = None


@value
class SiteStanding:
    """How all queues together stand; totals are added, people counted once.

    Attributes:
        level: The profile of the service level. None if the queues are measured by different
            ones: their service levels cannot be added.
        goal: That of queues without one of their own.
        wait_severity: The worst of the queues': each has its own target.
        known: The keys of the figures that are known of all queues. None for all figures.
    """

    totals: Totals = NOTHING
    level: LevelProfile | None = AS_USUAL.usual.level
    waiting: int = 0
    waiting_since: datetime | None = None
    wait_severity: Severity = Severity.CALM
    level_severity: Severity = Severity.CALM
    abandon_severity: Severity = Severity.CALM
    goal: float = GOAL
    known: frozenset[str] | None = None


@value
class Board:
    """Everything a view may show. Parts that did not change are the same objects as before.

    Attributes:
        name: The connection's name.
        zone: The site's time zone: it says where a day begins.
        poll: How often the source should prove that it is alive.
        demo: True if nothing here is real.
        snapshot: The last good one. None before the first.
        taken_at: When it was proven last, by our clocks. None before the first.
        fault: What is wrong with the source now. None if it answers.
        fault_since: By our wall clock.
        fault_at: When it was told last, likewise.
        notices: What is worth knowing although the source works.
        monitorings: Who is in whose call, by the last good picture. None if the source cannot
            tell who listens.
        lacks: The commands that the account at the source may not give, each with what is
            missing; likewise.
        queues: How each queue stands.
        ranks: By what each queue is ranked; the least one is the worst.
        order: The queues, worst first.
        agent_news: Which agents the last pictures changed.
        reserve: More than are shown of `longest`, so that it is found without looking at all.
        measuring: Targets, profiles, shifts, the business day.
        arrangement: What queues are called here, their groups, and which are hidden: these are
            in no other part of the board but `told` and the ledger.
        told: The last good picture as the source told it; `snapshot` is what of it is shown, and
            the same object where nothing is decided.
        window: Which stretch of time the figures are of.
        begins: When that stretch begins. None before the first picture.
        rolling: For a window that ends now: its totals by queue of the calls that are over.
        watched: The stretches of the day that are known, in order; the last one is growing while
            the picture is fresh.
        stored_to: Up to when the last stretch was given to be stored. None if it was not.
        history: How the storing of facts stands.
        early: What was stored and told before the first picture: only that says what time it is.
        spells_begun: Since when agents' states count where the source tells another time, or none.
        alerts: Those that stand, and what was told of them.
        week_before: What the site's minutes of about this time of day said a week before.
    """

    name: str
    zone: tzinfo
    poll: timedelta
    demo: bool = False
    measuring: Measuring = AS_USUAL
    arrangement: Arrangement = AS_TOLD
    told: Snapshot | None = None
    window: WindowKind = WindowKind.TODAY
    begins: datetime | None = None
    rolling: SumsByQueue = field(default_factory=dict)
    watched: tuple[Stretch, ...] = ()
    stored_to: datetime | None = None
    history: HistoryState | None = None
    early: tuple[HistoryRead, ...] = ()
    spells_begun: Begun = field(default_factory=dict)
    snapshot: Snapshot | None = None
    taken_at: Moment | None = None
    freshness: Freshness = Freshness.WAITING
    fault: Fault | None = None
    fault_since: datetime | None = None
    fault_at: datetime | None = None
    notices: tuple[Fault, ...] = ()
    monitorings: tuple[Monitoring, ...] | None = None
    lacks: tuple[tuple[WishKind, str], ...] = ()
    ledger: Ledger = field(default_factory=Ledger)
    crew: Crew = field(default_factory=Crew)
    calls: Mapping[QueueId, OpenCalls] = field(default_factory=dict)
    queues: Mapping[QueueId, QueueStanding] = field(default_factory=dict)
    ranks: Mapping[QueueId, Rank] = field(default_factory=dict)
    order: tuple[QueueId, ...] = ()
    site: SiteStanding = field(default_factory=SiteStanding)
    reserve: tuple[Agent, ...] = ()
    agent_news: AgentNews = field(default_factory=AgentNews)
    trend: Trend = field(default_factory=Trend)
    alerts: AlertBoard = field(default_factory=AlertBoard)
    week_before: Points = field(default_factory=dict)

    @property
    def warnings(self) -> tuple[Fault, ...]:
        """What is worth knowing although the source works, the storing of facts included."""
        history = self.history
        if history is None:
            return self.notices
        told = () if history.fault is None else (history.fault,)
        if history.lost:
            told = (*told, fault(FaultKind.HISTORY_LOST, count=history.lost))
        return (*self.notices, *told)

    @property
    def hidden_seen(self) -> int:
        """How many queues the source tells that are hidden."""
        hidden = self.arrangement.hidden
        if not hidden or self.told is None:
            return 0
        return sum([key in self.told.queues for key in hidden])

    @property
    def longest(self) -> tuple[Agent, ...]:
        """Agents by how long they are in their state, longest first; offline ones not."""
        return self.reserve[:LONGEST_SHOWN]


def age_of(board: Board, now: Moment) -> timedelta | None:
    """Return how old the picture is, by a clock that never jumps. None if there is none."""
    if board.taken_at is None:
        return None
    return timedelta(seconds=max(0.0, now.steady_s - board.taken_at.steady_s))


def site_time(board: Board, now: Moment) -> datetime:
    """Return the source's time: its last word, ticking on until the picture is stale."""
    age = age_of(board, now)
    if board.snapshot is None or age is None:
        return now.wall
    return board.snapshot.as_of + min(age, 3 * board.poll)


def fresh(board: Board) -> bool:
    """True if the figures can be taken for the present."""
    return board.freshness in (Freshness.LIVE, Freshness.LATE)


def level_of(standing: QueueStanding | SiteStanding) -> float | None:
    """Return the service level, 0 to 1. None if it is undefined, not known, or profiles differ."""
    if standing.level is None or not knows(standing, "service_level"):
        return None
    return level(standing.totals, standing.level)


def knows(standing: QueueStanding | SiteStanding, key: str) -> bool:
    """Return whether a figure is known, as far as single calls or sums are told."""
    return standing.known is None or key in standing.known


def sums_of(standing: QueueStanding | SiteStanding) -> Sums:
    """Return what the KPIs of the board's window are worked out from."""
    return Sums(
        calls=standing.totals,
        level=standing.level or AS_USUAL.usual.level,
        known=standing.known,
    )


def one_profile(profiles: Iterable[LevelProfile]) -> LevelProfile | None:
    """Return the profile that all are; the usual one if there are none. None if they differ."""
    # By address first: hundreds of queues have the same one.
    found = set({id(profile): profile for profile in profiles}.values())
    if len(found) > 1:
        return None
    return found.pop() if found else AS_USUAL.usual.level


AGENTS, CALLS = "agents", "calls"
"""Parts of a picture, as a notice names them that are not told."""
_READINGS_OF: Final = {AGENTS: ("free", "in_call"), CALLS: ("waiting", "longest_wait")}
_PART_OF: Final = {"waiting": CALLS, "longest_wait": CALLS, "free": AGENTS, "busy": AGENTS}


def untold(board: Board) -> frozenset[str]:
    """Return which parts of the picture this account does not see, or the system does not tell."""
    parts: frozenset[str] = frozenset()
    for notice in board.notices:
        if notice.kind in (FaultKind.PART_NOT_TOLD, FaultKind.SYSTEM_TELLS_LESS):
            parts |= frozenset(notice.detail("what").split(","))
    return parts


def tells_less(board: Board) -> bool:
    """Return whether it is the system that does not tell a part; else it is a right that lacks."""
    return any(notice.kind is FaultKind.SYSTEM_TELLS_LESS for notice in board.notices)


def tells(standing: QueueStanding, key: str, missing: Collection[str]) -> bool:
    """Return whether a live figure of a queue is told: `waiting`, `longest_wait`, `free`, `busy`.

    Args:
        missing: The parts of the picture that are not told.
    """
    if standing.known is not None:
        return key in standing.known
    return _PART_OF[key] not in missing


def untold_readings(board: Board) -> frozenset[str]:
    """Return the tiles' figures that are not told."""
    missing = frozenset(key for part in untold(board) for key in _READINGS_OF.get(part, ()))
    known = board.site.known
    # Where queues are counted, that says whether it is known who waits; of agents who are in two
    # queues only the agents themselves tell.
    singly = any(row.known is None for row in board.queues.values())
    return missing if known is None or singly else missing - known


def site_readings(board: Board, now: datetime) -> Mapping[str, float | None]:
    """Return the figures of the tiles, by key: durations in seconds, ratios 0 to 1.

    Args:
        now: The source's time.
    """
    site = board.site
    longest = None if site.waiting_since is None else (now - site.waiting_since).total_seconds()
    readings: dict[str, float | None] = {
        "waiting": site.waiting,
        "longest_wait": longest,
        "service_level": level_of(site),
        "abandon_rate": measure_by_key("abandon_rate", sums_of(site)),
        "free": board.crew.site.get(AgentState.FREE, 0),
        "in_call": board.crew.site.get(AgentState.IN_CALL, 0)
        + board.crew.site.get(AgentState.ON_HOLD, 0),
    }
    # What nobody tells us is not nothing.
    return readings | dict.fromkeys(untold_readings(board))


def window_of(board: Board, now: datetime) -> Window:
    """Return the stretch of time that the figures are of.

    Args:
        now: The source's time.
    """
    page = board.ledger.pages.get(board.window)
    if page is not None:
        return page.window
    return window_at(board.window, now, board.measuring.plan, board.zone)


def coverage(board: Board, now: datetime) -> Coverage:
    """Return how much of the window is known, up to now.

    While the picture is fresh, what has gone by since it was made is no gap: the figures are of
    that moment.

    Args:
        now: The source's time.
    """
    begin = now if board.begins is None else board.begins
    counts = counted_since(board)
    if counts is not None:
        sums = Stretch(begin=counts, end=now if board.snapshot is None else board.snapshot.as_of)
        return coverage_of((sums,), begin, max(begin, sums.end))
    end = board.snapshot.as_of if fresh(board) and board.snapshot is not None else now
    return coverage_of(board.watched, begin, max(begin, end))


def counted_since(board: Board) -> datetime | None:
    """Return from when on the sums of all queues hold. None where single calls are told of any."""
    if board.site.known is None:
        return None
    since = []
    for standing in board.queues.values():
        counted = standing.queue.counted
        if counted is None:
            return None
        if (counted.offered, counted.answered, counted.abandoned) != (None, None, None):
            since.append(counted.since)
    return max(since, default=None)


def closed(board: Board) -> SumsByQueue:
    """Return the totals of the window's calls that are over, by queue."""
    if board.window in ROLLING:
        return board.rolling
    page = board.ledger.pages.get(board.window)
    return {} if page is None else page.totals
