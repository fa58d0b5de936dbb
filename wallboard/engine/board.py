"""The board: the one value that all views draw, and the one step that makes the next of it.

The rules, in prose:

* A picture of the source replaces the one before; its facts are booked, each once.
* A source whose own time stands still proves nothing: its picture grows old although it answers.
* A failed fetch changes nothing but the fault: the last good picture stays, with its age.
* Every second ages grow, freshness may fall, and at a new minute the trend gets a point.
* The source's own clock is what ages, minutes and days are measured by; it ticks on between two
  pictures and stops when the picture is no longer fresh.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta, tzinfo
from heapq import nsmallest
from typing import TypeAlias

from wallboard.domain.clock import Moment
from wallboard.domain.errors import Fault
from wallboard.domain.facts import Fact
from wallboard.domain.snapshot import (
    Agent,
    AgentState,
    Queue,
    QueueId,
    Snapshot,
    SnapshotChange,
    applied,
)
from wallboard.domain.totals import NOTHING, Totals, added
from wallboard.engine.crew import Crew, counted
from wallboard.engine.freshness import Freshness, freshness_of
from wallboard.engine.kpi import measure_by_key
from wallboard.engine.ledger import Ledger, booked, minute_of, opened
from wallboard.engine.limits import Severity, judge_ratio, judge_wait
from wallboard.engine.open_calls import NO_CALLS, OpenCalls, regrouped, totals_of_waiting
from wallboard.engine.trends import Trend, sampled, skipped

LONGEST_SHOWN = 48
LONGEST_KEPT = 512
_QUIET = frozenset({AgentState.OFFLINE, AgentState.UNKNOWN})
_FAR = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueStanding:
    """How one queue stands.

    Attributes:
        totals: Of today, the calls that are not over among them.
        waiting: Callers who wait now.
        waiting_since: When the one who waits longest joined, on the source's clock. None if
            nobody waits.
        free, busy: Agents of the queue; an agent of two queues is in both.
        severity: Of the worst of its marks.
        wait_severity, level_severity: The marks: longest wait and service level.
    """

    queue: Queue
    totals: Totals
    waiting: int
    waiting_since: datetime | None
    free: int
    busy: int
    severity: Severity
    wait_severity: Severity
    level_severity: Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteStanding:
    """How all queues together stand; totals are added, people counted once.

    Attributes:
        wait_severity: The worst of the queues': each has its own target.
    """

    totals: Totals = NOTHING
    waiting: int = 0
    waiting_since: datetime | None = None
    wait_severity: Severity = Severity.CALM
    level_severity: Severity = Severity.CALM
    abandon_severity: Severity = Severity.CALM


@dataclass(frozen=True, slots=True, kw_only=True)
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
        notices: What is worth knowing although the source works.
        queues: How each queue stands.
        order: The queues, worst first.
        reserve: More than are shown of `longest`, so that it is found without looking at all.
    """

    name: str
    zone: tzinfo
    poll: timedelta
    demo: bool = False
    snapshot: Snapshot | None = None
    taken_at: Moment | None = None
    freshness: Freshness = Freshness.WAITING
    fault: Fault | None = None
    fault_since: datetime | None = None
    notices: tuple[Fault, ...] = ()
    ledger: Ledger = field(default_factory=Ledger)
    crew: Crew = field(default_factory=Crew)
    calls: Mapping[QueueId, OpenCalls] = field(default_factory=dict)
    queues: Mapping[QueueId, QueueStanding] = field(default_factory=dict)
    order: tuple[QueueId, ...] = ()
    site: SiteStanding = field(default_factory=SiteStanding)
    reserve: tuple[Agent, ...] = ()
    trend: Trend = field(default_factory=Trend)

    @property
    def longest(self) -> tuple[Agent, ...]:
        """Agents by how long they are in their state, longest first; offline ones not."""
        return self.reserve[:LONGEST_SHOWN]


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureTaken:
    """The source answered.

    Attributes:
        change: What makes its picture out of the one before.
    """

    change: SnapshotChange
    facts: tuple[Fact, ...] = ()
    notices: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchFailed:
    """The source did not answer, or not what we can read."""

    fault: Fault


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondPassed:
    """Time went on."""


Happening: TypeAlias = PictureTaken | FetchFailed | SecondPassed


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreFacts:
    """Facts to be stored."""

    facts: tuple[Fact, ...]


Effect: TypeAlias = StoreFacts


def step(board: Board, happening: Happening, now: Moment) -> tuple[Board, tuple[Effect, ...]]:
    """Return the next board, and what the shell must do about it.

    The only place where a board changes.
    """
    match happening:
        case PictureTaken():
            return _taken(board, happening, now), (
                (StoreFacts(facts=happening.facts),) if happening.facts else ()
            )
        case FetchFailed(fault=fault):
            since = board.fault_since if board.fault is not None else now.wall
            failed = replace(board, fault=fault, fault_since=since)
            return replace(failed, freshness=_freshness(failed, now)), ()
        case SecondPassed():
            return _aged(board, now), ()


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


def site_readings(board: Board, now: datetime) -> Mapping[str, float | None]:
    """Return the figures of the tiles, by key: durations in seconds, ratios 0 to 1.

    Args:
        now: The source's time.
    """
    site = board.site
    longest = None if site.waiting_since is None else (now - site.waiting_since).total_seconds()
    return {
        "waiting": site.waiting,
        "longest_wait": longest,
        "service_level": measure_by_key("service_level", site.totals),
        "abandon_rate": measure_by_key("abandon_rate", site.totals),
        "free": board.crew.site.get(AgentState.FREE, 0),
        "in_call": board.crew.site.get(AgentState.IN_CALL, 0)
        + board.crew.site.get(AgentState.ON_HOLD, 0),
    }


def _freshness(board: Board, now: Moment) -> Freshness:
    return freshness_of(age_of(board, now), board.poll)


def _taken(board: Board, taken: PictureTaken, now: Moment) -> Board:
    change = taken.change
    agents_before = {} if board.snapshot is None or change.whole else board.snapshot.agents
    snapshot = applied(board.snapshot, change)
    ledger = booked(opened(board.ledger, change.as_of, board.zone), taken.facts, board.zone)
    dirty: set[QueueId] = {fact.queue_id for fact in taken.facts} | _waited_in(board)
    if change.whole or ledger.day != board.ledger.day:
        dirty.update(snapshot.queues, board.queues)
    crew, restaffed = counted(
        Crew() if change.whole else board.crew, agents_before, change.agents, change.agents_gone
    )
    dirty.update(queue.queue_id for queue in change.queues)
    dirty.update(change.queues_gone)
    anew = change.whole or ledger.day != board.ledger.day
    calls, moved = regrouped(
        board.calls, None if anew else board.snapshot, snapshot, change, ledger.begins
    )
    dirty |= moved
    frozen = board.snapshot is not None and board.snapshot.as_of == change.as_of
    after = replace(
        board,
        snapshot=snapshot,
        taken_at=board.taken_at if frozen else now,
        fault=None,
        fault_since=None,
        notices=taken.notices,
        ledger=ledger,
        crew=crew,
        calls=calls,
        # What passed while nothing fresh was known stays a gap.
        trend=board.trend if fresh(board) else skipped(board.trend, minute_of(change.as_of)),
    )
    after = replace(after, freshness=_freshness(after, now))
    if change.whole or change.agents or change.agents_gone:
        after = replace(after, reserve=_longest(after, change))
    then = site_time(after, now)
    return _sampled(_restood(after, dirty, then, anew=anew, restaffed=restaffed), then)


def _aged(board: Board, now: Moment) -> Board:
    if board.snapshot is None:
        return board
    board = replace(board, freshness=_freshness(board, now))
    then = site_time(board, now)
    ledger = opened(board.ledger, then, board.zone)
    if ledger is not board.ledger and board.snapshot is not None:
        unchanged = SnapshotChange(as_of=board.snapshot.as_of)
        calls, _ = regrouped({}, None, board.snapshot, unchanged, ledger.begins)
        board = replace(board, ledger=ledger, calls=calls)
        board = _restood(board, board.queues, then, anew=True)
    elif fresh(board):
        board = _restood(board, _waited_in(board), then)
    return _sampled(board, then)


def _sampled(board: Board, then: datetime) -> Board:
    minute = minute_of(then)
    if minute == board.trend.minute:
        return board
    readings = site_readings(board, then) if fresh(board) else None
    return replace(board, trend=sampled(board.trend, minute, readings))


def _waited_in(board: Board) -> set[QueueId]:
    """Return the queues whose figures change by waiting alone."""
    return {key for key, standing in board.queues.items() if standing.waiting}


def _longest(board: Board, change: SnapshotChange) -> tuple[Agent, ...]:
    """Return the reserve after a change: all agents are looked at only when it runs short."""
    agents = {} if board.snapshot is None else board.snapshot.agents
    moved = {agent.agent_id for agent in change.agents}.union(change.agents_gone)
    kept = [agent for agent in board.reserve if agent.agent_id not in moved]
    if change.whole or len(kept) < LONGEST_SHOWN:
        candidates = list(filter(_counts, agents.values()))
        return tuple(nsmallest(LONGEST_KEPT, candidates, key=_longest_first))
    # Who changed is further down than the last that is kept, or belongs between those kept.
    last = _longest_first(kept[-1])
    kept += (agent for agent in change.agents if _counts(agent) and _longest_first(agent) < last)
    return tuple(sorted(kept, key=_longest_first)[:LONGEST_KEPT])


def _counts(agent: Agent) -> bool:
    return agent.state_since is not None and agent.state not in _QUIET


def _longest_first(agent: Agent) -> tuple[datetime, str]:
    return agent.state_since or _FAR, agent.agent_id


def _restood(
    board: Board,
    dirty: Iterable[QueueId],
    then: datetime,
    *,
    anew: bool = False,
    restaffed: Iterable[QueueId] = (),
) -> Board:
    """Return the board with the standings of the dirty queues, the order and the sums made anew.

    Of those that are only restaffed just the people are counted: their calls are what they were.
    """
    known = {} if board.snapshot is None else board.snapshot.queues
    queues = dict(board.queues)
    dirty = set(dirty)
    altered = anew
    for queue_id in dirty:
        queue = known.get(queue_id)
        standing = None if queue is None else _standing(board, queue, then)
        if standing is None:
            # A queue that is no more still counts in the sums.
            altered |= queues.pop(queue_id, None) is not None or queue_id in board.ledger.totals
        elif standing != queues.get(queue_id):
            queues[queue_id] = standing
            altered = True
    moved = _restaffed(board, (key for key in restaffed if key not in dirty and key in queues))
    if moved:
        queues.update(moved)
    if not altered:
        # People are in no sum of the queues and don't rank them.
        return replace(board, queues=queues) if moved else board
    ranked = sorted(queues.values(), key=_worst_first)
    order = tuple(standing.queue.queue_id for standing in ranked)
    return replace(
        board,
        queues=queues,
        order=board.order if order == board.order else order,
        site=_site(queues.values(), _gone_today(board, queues)),
    )


def _restaffed(board: Board, changed: Iterable[QueueId]) -> dict[QueueId, QueueStanding]:
    """Return the standings in which more or fewer people are free or busy than before."""
    crew, moved = board.crew, {}
    for queue_id in changed:
        standing = board.queues[queue_id]
        free, busy = crew.free(queue_id), crew.busy(queue_id)
        if free != standing.free or busy != standing.busy:
            moved[queue_id] = replace(standing, free=free, busy=busy)
    return moved


def _standing(board: Board, queue: Queue, then: datetime) -> QueueStanding:
    opened_calls = board.calls.get(queue.queue_id, NO_CALLS)
    waiting = opened_calls.waiting
    begins = board.ledger.begins
    totals = board.ledger.totals.get(queue.queue_id, NOTHING)
    if opened_calls.talking.offered:
        totals = totals + opened_calls.talking
    if waiting:
        totals = totals + totals_of_waiting(waiting, then, queue.target, begins)
    since = min((call.entered_at for call in waiting if call.entered_at is not None), default=None)
    wait_severity = judge_wait(None if since is None else then - since, queue.target)
    level_severity = judge_ratio("service_level", totals)
    return QueueStanding(
        queue=queue,
        totals=totals,
        waiting=len(waiting),
        waiting_since=since,
        free=board.crew.free(queue.queue_id),
        busy=board.crew.busy(queue.queue_id),
        severity=max(wait_severity, level_severity),
        wait_severity=wait_severity,
        level_severity=level_severity,
    )


def _worst_first(standing: QueueStanding) -> tuple[object, ...]:
    level = measure_by_key("service_level", standing.totals)
    return (
        -standing.severity,
        standing.waiting == 0,
        standing.waiting_since or _FAR,
        1.0 if level is None else level,
        standing.queue.name,
        standing.queue.queue_id,
    )


def _gone_today(board: Board, queues: Mapping[QueueId, QueueStanding]) -> list[Totals]:
    """Return the day's totals of queues that are no more: their calls have been."""
    return [totals for key, totals in board.ledger.totals.items() if key not in queues]


def _site(standings: Iterable[QueueStanding], gone: Sequence[Totals]) -> SiteStanding:
    rows = tuple(standings)
    totals = added((*(standing.totals for standing in rows), *gone))
    return SiteStanding(
        totals=totals,
        waiting=sum(standing.waiting for standing in rows),
        waiting_since=min(
            (row.waiting_since for row in rows if row.waiting_since is not None), default=None
        ),
        wait_severity=max((row.wait_severity for row in rows), default=Severity.CALM),
        level_severity=judge_ratio("service_level", totals),
        abandon_severity=judge_ratio("abandon_rate", totals),
    )
