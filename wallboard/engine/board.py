"""The board: the one value that all views draw, and the one step that makes the next of it.

The rules, in prose:

* A picture of the source replaces the one before; its facts are booked, each once.
* A source whose own time stands still proves nothing: its picture grows old although it answers.
* A failed fetch changes nothing but the fault: the last good picture stays, with its age.
* Every second ages grow, freshness may fall, and at a new minute the trend gets a point.
* What was watched without a break is a stretch; where the picture was no longer fresh there is a
  gap between two stretches. Facts are stored before anybody relies on them, and a board that
  begins anew goes on from what is stored.
* The source's own clock is what ages, minutes and days are measured by; it ticks on between two
  pictures and stops when the picture is no longer fresh.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Mapping
from dataclasses import field, replace
from datetime import UTC, datetime, timedelta, tzinfo
from heapq import nsmallest
from typing import TypeAlias

from wallboard.domain.clock import Moment
from wallboard.domain.coverage import Coverage, MinuteSample, Stretch, coverage_of
from wallboard.domain.errors import Fault, FaultKind, fault
from wallboard.domain.facts import CallRecord, Fact
from wallboard.domain.measuring import AS_USUAL, LevelProfile, Measuring, stamped
from wallboard.domain.snapshot import (
    Agent,
    AgentState,
    Queue,
    QueueId,
    Snapshot,
    SnapshotChange,
    applied,
)
from wallboard.domain.totals import NOTHING, Totals, added, exchanged
from wallboard.domain.value import value
from wallboard.engine.crew import Crew, counted
from wallboard.engine.freshness import Freshness, freshness_of
from wallboard.engine.kpi import measure_by_key
from wallboard.engine.ledger import (
    TREND_MINUTES,
    Ledger,
    Sums,
    booked,
    last_minutes,
    minute_of,
    opened,
)
from wallboard.engine.limits import Severity, judge_level, judge_ratio, judge_wait
from wallboard.engine.open_calls import (
    NO_CALLS,
    OpenCalls,
    regrouped,
    totals_of_waiting,
    undecided_of,
)
from wallboard.engine.service_level import level
from wallboard.engine.spells import Begun, ended_spells
from wallboard.engine.trends import Trend, sampled, skipped
from wallboard.engine.windows import ROLLING, Window, WindowKind, window_at

_STORED_EVERY = timedelta(seconds=10)
LONGEST_SHOWN = 48
LONGEST_KEPT = 512
_QUIET = frozenset({AgentState.OFFLINE, AgentState.UNKNOWN})
_FAR = datetime.max.replace(tzinfo=UTC)
_FEW = 4
"""Sums are made anew rather than altered once one row of so many is another."""

Rank: TypeAlias = tuple[int, bool, datetime, float, str, QueueId]


@value
class QueueStanding:
    """How one queue stands.

    Attributes:
        totals: Of the board's window, the calls that are not over among them.
        level: The profile of its service level.
        waiting: Callers who wait now.
        waiting_since: When the one who waits longest joined, on the source's clock. None if
            nobody waits.
        free, busy: Agents of the queue; an agent of two queues is in both.
        severity: Of the worst of its marks.
        wait_severity, level_severity: The marks: longest wait and service level.
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


@value
class SiteStanding:
    """How all queues together stand; totals are added, people counted once.

    Attributes:
        level: The profile of the service level. None if the queues are measured by different
            ones: their service levels cannot be added.
        wait_severity: The worst of the queues': each has its own target.
    """

    totals: Totals = NOTHING
    level: LevelProfile | None = AS_USUAL.usual.level
    waiting: int = 0
    waiting_since: datetime | None = None
    wait_severity: Severity = Severity.CALM
    level_severity: Severity = Severity.CALM
    abandon_severity: Severity = Severity.CALM


@value
class HistoryState:
    """How the storing of facts stands.

    Attributes:
        fault: Why nothing can be stored now. None if it can.
        waiting: How many facts wait for it in memory.
        lost: How many were let go because too many waited.
    """

    fault: Fault | None = None
    waiting: int = 0
    lost: int = 0


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
        notices: What is worth knowing although the source works.
        queues: How each queue stands.
        ranks: By what each queue is ranked; the least one is the worst.
        order: The queues, worst first.
        reserve: More than are shown of `longest`, so that it is found without looking at all.
        measuring: Targets, profiles, shifts, the business day.
        window: Which stretch of time the figures are of.
        begins: When that stretch begins. None before the first picture.
        rolling: For a window that ends now: its totals by queue of the calls that are over.
        watched: The stretches of the day that are known, in order; the last one is growing while
            the picture is fresh.
        stored_to: Up to when the last stretch was given to be stored. None if it was not.
        history: How the storing of facts stands.
        early: What was stored and told before the first picture: only that says what time it is.
        spells_begun: Since when each agent's state counts.
    """

    name: str
    zone: tzinfo
    poll: timedelta
    demo: bool = False
    measuring: Measuring = AS_USUAL
    window: WindowKind = WindowKind.TODAY
    begins: datetime | None = None
    rolling: Sums = field(default_factory=dict)
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
    notices: tuple[Fault, ...] = ()
    ledger: Ledger = field(default_factory=Ledger)
    crew: Crew = field(default_factory=Crew)
    calls: Mapping[QueueId, OpenCalls] = field(default_factory=dict)
    queues: Mapping[QueueId, QueueStanding] = field(default_factory=dict)
    ranks: Mapping[QueueId, Rank] = field(default_factory=dict)
    order: tuple[QueueId, ...] = ()
    site: SiteStanding = field(default_factory=SiteStanding)
    reserve: tuple[Agent, ...] = ()
    trend: Trend = field(default_factory=Trend)

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
    def longest(self) -> tuple[Agent, ...]:
        """Agents by how long they are in their state, longest first; offline ones not."""
        return self.reserve[:LONGEST_SHOWN]


@value
class PictureTaken:
    """The source answered.

    Attributes:
        change: What makes its picture out of the one before.
    """

    change: SnapshotChange
    facts: tuple[Fact, ...] = ()
    notices: tuple[Fault, ...] = ()


@value
class FetchFailed:
    """The source did not answer, or not what we can read."""

    fault: Fault


@value
class SecondPassed:
    """Time went on."""


@value
class HistoryRead:
    """What was stored before this board began.

    Attributes:
        records: Of the day and of the last hour, in any order.
        stretches: Of the day, in order.
        anew: True if these are all there are: what is booked is not right any more.
    """

    records: tuple[CallRecord, ...]
    stretches: tuple[Stretch, ...] = ()
    anew: bool = False


@value
class HistoryTold:
    """The storing of facts stands otherwise than before."""

    state: HistoryState


@value
class WindowChosen:
    """Somebody wants the figures of another stretch of time."""

    window: WindowKind


Happening: TypeAlias = (
    PictureTaken | FetchFailed | SecondPassed | HistoryRead | HistoryTold | WindowChosen
)


@value
class Store:
    """What is to be stored, together or not at all.

    Attributes:
        watched: The stretch that is known by now; it goes on from one stored before.
    """

    facts: tuple[Fact, ...] = ()
    samples: tuple[MinuteSample, ...] = ()
    watched: Stretch | None = None


Effect: TypeAlias = Store


def step(board: Board, happening: Happening, now: Moment) -> tuple[Board, tuple[Effect, ...]]:
    """Return the next board, and what the shell must do about it.

    The only place where a board changes.
    """
    match happening:
        case PictureTaken():
            return _taken(board, happening, now)
        case FetchFailed():
            return _failed(board, happening.fault, now), ()
        case SecondPassed():
            return _aged(board, now)
        case HistoryRead():
            return _read(board, happening, now), ()
        case HistoryTold(state=state):
            return replace(board, history=state), ()
        case WindowChosen():
            return _chosen(board, happening, now), ()


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
    """Return the service level, 0 to 1. None if it is undefined, or if profiles differ."""
    if standing.level is None:
        return None
    return level(standing.totals, standing.level)


def one_profile(profiles: Iterable[LevelProfile]) -> LevelProfile | None:
    """Return the profile that all are; the usual one if there are none. None if they differ."""
    # By address first: hundreds of queues have the same one.
    found = set({id(profile): profile for profile in profiles}.values())
    if len(found) > 1:
        return None
    return found.pop() if found else AS_USUAL.usual.level


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
        "service_level": level_of(site),
        "abandon_rate": measure_by_key("abandon_rate", site.totals),
        "free": board.crew.site.get(AgentState.FREE, 0),
        "in_call": board.crew.site.get(AgentState.IN_CALL, 0)
        + board.crew.site.get(AgentState.ON_HOLD, 0),
    }


def _freshness(board: Board, now: Moment) -> Freshness:
    return freshness_of(age_of(board, now), board.poll)


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
    end = board.snapshot.as_of if fresh(board) and board.snapshot is not None else now
    return coverage_of(board.watched, begin, max(begin, end))


def last_words(board: Board) -> tuple[Effect, ...]:
    """Return what is still to be stored of a board that ends."""
    watched = board.watched[-1] if board.watched else None
    if watched is None or board.stored_to is None or watched.end <= board.stored_to:
        return ()
    return (Store(watched=watched),)


def _taken(board: Board, taken: PictureTaken, now: Moment) -> tuple[Board, tuple[Effect, ...]]:
    change = _ruled(taken.change, board.measuring)
    # Between two pictures this machine may have slept: no second has told it.
    before = board = replace(board, freshness=_freshness(board, now))
    seen = board.snapshot is None or fresh(board)
    agents_before = {} if board.snapshot is None else board.snapshot.agents
    begun, spells = ended_spells(
        board.spells_begun,
        agents_before,
        change,
        seen_to=None if seen or board.snapshot is None else board.snapshot.as_of,
    )
    snapshot = applied(board.snapshot, change)
    facts = _stamped(taken.facts, board.measuring)
    frozen = board.snapshot is not None and board.snapshot.as_of == change.as_of
    board = replace(
        board,
        snapshot=snapshot,
        taken_at=board.taken_at if frozen else now,
        fault=None,
        fault_since=None,
        notices=taken.notices,
        watched=_watched(board, change.as_of),
        spells_begun=begun,
        # What passed while nothing fresh was known stays a gap.
        trend=board.trend if fresh(board) else skipped(board.trend, minute_of(change.as_of)),
    )
    board = replace(board, freshness=_freshness(board, now))
    then = site_time(board, now)
    board = _begun_anew(board, then, seen=seen)
    for read in board.early:
        board = _recalled(board, read, then)
    records = tuple(fact for fact in facts if isinstance(fact, CallRecord))
    board = replace(board, early=(), ledger=booked(board.ledger, records, then))
    turned = _turned(board, then)
    if records and turned.begins == board.begins:
        turned = _rolled(turned, then)
    crew, restaffed = counted(
        Crew() if change.whole else board.crew,
        {} if change.whole else agents_before,
        change.agents,
        change.agents_gone,
    )
    board = replace(turned, crew=crew)
    if change.whole or change.agents or change.agents_gone:
        board = replace(board, reserve=_longest(board, change))
    anew = change.whole or turned.begins != before.begins
    dirty: set[QueueId] = {fact.queue_id for fact in facts if isinstance(fact, CallRecord)}
    dirty.update(queue.queue_id for queue in change.queues)
    dirty.update(change.queues_gone)
    if anew:
        dirty.update(snapshot.queues, board.queues)
    calls, moved = regrouped(
        before.calls, None if anew else before.snapshot, snapshot, change, board.begins
    )
    board = replace(board, calls=calls)
    board = _restood(board, dirty | moved, then, anew=anew, restaffed=restaffed)
    return _stored(*_sampled(board, then), (*facts, *spells))


def _aged(board: Board, now: Moment) -> tuple[Board, tuple[Effect, ...]]:
    if board.snapshot is None:
        return board, ()
    board = replace(board, freshness=_freshness(board, now))
    then = site_time(board, now)
    turned = _turned(board, then)
    if turned.begins == board.begins and fresh(board):
        turned = _restood(turned, (), then)
    return _stored(*_sampled(turned, then))


def _failed(board: Board, why: Fault, now: Moment) -> Board:
    since = board.fault_since if board.fault is not None else now.wall
    return replace(board, fault=why, fault_since=since, freshness=_freshness(board, now))


def _chosen(board: Board, chosen: WindowChosen, now: Moment) -> Board:
    if chosen.window is WindowKind.RANGE:
        return board  # no board is of a time that is over
    return _turned(replace(board, window=chosen.window), site_time(board, now), anew=True)


def _read(board: Board, read: HistoryRead, now: Moment) -> Board:
    if board.snapshot is None:
        return replace(board, early=(*board.early, read))
    return _recalled(board, read, site_time(board, now))


def _recalled(board: Board, read: HistoryRead, then: datetime) -> Board:
    """Return the board going on from what was stored.

    Args:
        then: The source's time.
    """
    board = _opened(replace(board, ledger=Ledger()) if read.anew else board, then)
    ledger = booked(board.ledger, read.records, then)
    watched = _joined(read.stretches, board.watched)
    known = coverage_of(watched, ledger.begins or then, then)
    if known.covered:
        # Up to the first gap in the day all is known, or the day's begin is that gap.
        first = known.gaps[0] if known.gaps else None
        begins = first.end if first is not None and first.begin == known.begin else known.begin
        ledger = replace(ledger, since=min(begins, ledger.since or begins))
    board = replace(board, ledger=ledger, watched=watched)
    return _turned(board, then, anew=True)


def _joined(stored: Iterable[Stretch], watched: tuple[Stretch, ...]) -> tuple[Stretch, ...]:
    """Return the stretches of both, in order; the last one goes on growing."""
    if not watched:
        return tuple(stored)
    known = {(stretch.begin, stretch.end): stretch for stretch in watched[:-1]}
    growing = watched[-1]
    known |= {
        (stretch.begin, stretch.end): stretch for stretch in stored if stretch.begin < growing.begin
    }
    return (*(known[key] for key in sorted(known)), growing)


def _opened(board: Board, then: datetime) -> Board:
    """Return the board with its book open at the pages of that time."""
    ledger = opened(board.ledger, then, board.zone, board.measuring.plan)
    if ledger is board.ledger:
        return board
    hour = then - timedelta(minutes=TREND_MINUTES)
    oldest = min([hour, *(page.window.begin for page in ledger.pages.values())])
    kept = tuple(stretch for stretch in board.watched[:-1] if stretch.end > oldest)
    return replace(board, ledger=ledger, watched=(*kept, *board.watched[-1:]))


def _begun_anew(board: Board, then: datetime, *, seen: bool) -> Board:
    """Return the board with its book open; of a day that began unseen only the rest is known."""
    day = board.ledger.day
    board = _opened(board, then)
    if seen or board.ledger.day == day:
        return board
    return replace(board, ledger=replace(board.ledger, since=then))


def _turned(board: Board, then: datetime, *, anew: bool = False) -> Board:
    """Return the board with its windows at that time, and all that follows if they moved.

    Args:
        anew: Look at everything although no window moved.
    """
    board = _opened(board, then)
    page = board.ledger.pages.get(board.window)
    rolling = board.window in ROLLING
    begins = window_of(board, then).begin if rolling or page is None else page.window.begin
    if begins == board.begins and not anew:
        return board
    board = _rolled(replace(board, begins=begins), then)
    snapshot = board.snapshot
    if snapshot is None:
        return board
    unchanged = SnapshotChange(as_of=snapshot.as_of)
    calls, _ = regrouped({}, None, snapshot, unchanged, begins)
    board = replace(board, calls=calls)
    return _restood(board, {*board.queues, *snapshot.queues}, then, anew=True)


def _rolled(board: Board, then: datetime) -> Board:
    """Return the board with the totals of a window that ends now; of the others pages know."""
    if board.window not in ROLLING:
        return replace(board, rolling={}) if board.rolling else board
    return replace(board, rolling=last_minutes(board.ledger, then, ROLLING[board.window]))


def _ruled(change: SnapshotChange, measuring: Measuring) -> SnapshotChange:
    """Return the change with the targets that people decided on in place of the source's."""
    if not change.queues:
        return change
    queues = []
    for queue in change.queues:
        target = measuring.rule(queue.queue_id).target
        queues.append(queue if target is None else replace(queue, target=target))
    return replace(change, queues=tuple(queues))


def _stamped(facts: tuple[Fact, ...], measuring: Measuring) -> tuple[Fact, ...]:
    return tuple(
        stamped(fact, measuring.rule(fact.queue_id)) if isinstance(fact, CallRecord) else fact
        for fact in facts
    )


def _watched(board: Board, as_of: datetime) -> tuple[Stretch, ...]:
    """Return the stretches once the source has told what was true at `as_of`."""
    last = board.watched[-1] if board.watched else None
    if last is None or not fresh(board) or as_of < last.end:
        if last is not None and as_of <= last.end:
            return board.watched
        return (*board.watched, Stretch(begin=as_of, end=as_of))
    return (*board.watched[:-1], replace(last, end=as_of))


def _stored(
    board: Board, samples: tuple[MinuteSample, ...], facts: tuple[Fact, ...] = ()
) -> tuple[Board, tuple[Effect, ...]]:
    """Return the board, and the effect if there is something to store."""
    watched = board.watched[-1] if board.watched else None
    due = watched is not None and (
        board.stored_to is None
        or watched.end - board.stored_to >= _STORED_EVERY
        # What was seen before an outage is stored to its end.
        or (not fresh(board) and watched.end > board.stored_to)
    )
    if not (facts or samples or due):
        return board, ()
    stored_to = board.stored_to if watched is None else watched.end
    effect = Store(facts=facts, samples=samples, watched=watched)
    return replace(board, stored_to=stored_to), (effect,)


def _sampled(board: Board, then: datetime) -> tuple[Board, tuple[MinuteSample, ...]]:
    minute = minute_of(then)
    if minute == board.trend.minute:
        return board, ()
    readings = _day_readings(board, then) if fresh(board) else None
    trend = sampled(board.trend, minute, readings)
    samples: tuple[MinuteSample, ...] = ()
    if readings is not None and board.trend.minute is not None:
        samples = (MinuteSample(minute=minute - 1, readings=readings), *_queue_samples(board, then))
    return replace(board, trend=trend), samples


def _day_readings(board: Board, then: datetime) -> Mapping[str, float | None]:
    """Return the readings as they are remembered: whatever window is shown, ratios of the day."""
    readings = site_readings(board, then)
    if board.window is WindowKind.TODAY:
        return readings
    site = replace(board.site, totals=added(board.ledger.totals.values()))
    ratio = measure_by_key("abandon_rate", site.totals)
    return {**readings, "service_level": level_of(site), "abandon_rate": ratio}


def _queue_samples(board: Board, then: datetime) -> Iterable[MinuteSample]:
    """Yield a sample of each queue in which somebody waits; of the others there is no need."""
    for queue_id, standing in board.queues.items():
        since = standing.waiting_since
        if standing.waiting:
            yield MinuteSample(
                minute=minute_of(then) - 1,
                queue_id=queue_id,
                readings={
                    "waiting": standing.waiting,
                    "longest_wait": None if since is None else (then - since).total_seconds(),
                    "free": standing.free,
                },
            )


def closed(board: Board) -> Sums:
    """Return the totals of the window's calls that are over, by queue."""
    if board.window in ROLLING:
        return board.rolling
    page = board.ledger.pages.get(board.window)
    return {} if page is None else page.totals


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

    Of the others time goes on for those who wait, and of those that are restaffed the people are
    counted: their calls are what they were.

    Args:
        anew: All that is or was there is dirty.
    """
    known = {} if board.snapshot is None else board.snapshot.queues
    queues = dict(board.queues)
    dirty = set(dirty)
    whole = anew
    altered: set[QueueId] = set()
    for queue_id in dirty:
        queue = known.get(queue_id)
        standing = None if queue is None else _standing(board, queue, then)
        before = queues.get(queue_id)
        if standing is None:
            # A queue that is no more still counts in the sums.
            whole |= queues.pop(queue_id, None) is not None or queue_id in closed(board)
        elif standing != before:
            queues[queue_id] = standing
            altered.add(queue_id)
            whole |= before is None
    waited = _waited(board, then, dirty)
    queues.update(waited)
    moved = _restaffed(queues, board.crew, (key for key in restaffed if key not in dirty))
    queues.update(moved)
    altered.update(waited)
    if not (whole or altered):
        # People are in no sum of the queues and don't rank them.
        return replace(board, queues=queues) if moved else board
    board = _summed(board, queues, queues if whole else altered, anew=whole)
    return _ranked(board, queues if whole else altered)


def _waited(
    board: Board, then: datetime, dirty: Container[QueueId]
) -> dict[QueueId, QueueStanding]:
    """Return the standings that are others by waiting alone, of queues that are not dirty."""
    waited = {}
    for queue_id, before in board.queues.items():
        if before.waiting and queue_id not in dirty:
            standing = _waited_on(board, before, then)
            if standing is not before:
                waited[queue_id] = standing
    return waited


def _waited_on(board: Board, before: QueueStanding, then: datetime) -> QueueStanding:
    """Return the standing of a queue in which nothing happened but that time went on."""
    queue = before.queue
    waiting = board.calls.get(queue.queue_id, NO_CALLS).waiting
    undecided = undecided_of(waiting, then, queue.target, board.begins)
    wait_severity = _judged_wait(before.waiting_since, queue, then)
    if undecided == before.totals.undecided_waiting:
        if wait_severity is before.wait_severity:
            return before
        totals, level_severity = before.totals, before.level_severity
    else:
        totals = replace(before.totals, undecided_waiting=undecided)
        level_severity = judge_level(totals, before.level)
    return replace(
        before,
        totals=totals,
        severity=max(wait_severity, level_severity),
        wait_severity=wait_severity,
        level_severity=level_severity,
    )


def _restaffed(
    queues: Mapping[QueueId, QueueStanding], crew: Crew, changed: Iterable[QueueId]
) -> dict[QueueId, QueueStanding]:
    """Return the standings in which more or fewer people are free or busy than before."""
    moved = {}
    for queue_id in changed:
        standing = queues.get(queue_id)
        if standing is not None:
            free, busy = crew.free(queue_id), crew.busy(queue_id)
            if free != standing.free or busy != standing.busy:
                moved[queue_id] = replace(standing, free=free, busy=busy)
    return moved


def _summed(
    board: Board,
    queues: Mapping[QueueId, QueueStanding],
    altered: Collection[QueueId],
    *,
    anew: bool,
) -> Board:
    """Return the board with these standings, and the sums of all of them.

    Args:
        anew: The sums are of other queues than before, or of another time.
    """
    gone = _gone_today(board, queues)
    if anew or _FEW * len(altered) > len(queues):
        totals = added((*(standing.totals for standing in queues.values()), *gone))
    else:
        pairs = [(board.queues[key].totals, queues[key].totals) for key in altered]
        totals = exchanged(
            board.site.totals,
            [pair for pair in pairs if pair[0] is not pair[1]],
            (*(standing.totals for standing in queues.values()), *gone),
        )
    return replace(board, queues=queues, site=_site(queues.values(), totals))


def _ranked(board: Board, altered: Iterable[QueueId]) -> Board:
    """Return the board with its queues in order once these stand otherwise than before."""
    queues = board.queues
    ranks = {key: board.ranks[key] for key in queues if key in board.ranks}
    ranks.update((key, _worst_first(queues[key])) for key in altered)
    # What is nearly in order is sorted quickly.
    nearly = dict.fromkeys(key for key in board.order if key in ranks) | dict.fromkeys(ranks)
    order = tuple(sorted(nearly, key=ranks.__getitem__))
    return replace(board, ranks=ranks, order=board.order if order == board.order else order)


def _standing(board: Board, queue: Queue, then: datetime) -> QueueStanding:
    opened_calls = board.calls.get(queue.queue_id, NO_CALLS)
    waiting = opened_calls.waiting
    begins = board.begins
    totals = closed(board).get(queue.queue_id, NOTHING)
    if opened_calls.talking.offered:
        totals = totals + opened_calls.talking
    if waiting:
        totals = totals + totals_of_waiting(waiting, then, queue.target, begins)
    since = min((call.entered_at for call in waiting if call.entered_at is not None), default=None)
    wait_severity = _judged_wait(since, queue, then)
    profile = board.measuring.rule(queue.queue_id).level
    level_severity = judge_level(totals, profile)
    return QueueStanding(
        queue=queue,
        totals=totals,
        level=profile,
        waiting=len(waiting),
        waiting_since=since,
        free=board.crew.free(queue.queue_id),
        busy=board.crew.busy(queue.queue_id),
        severity=max(wait_severity, level_severity),
        wait_severity=wait_severity,
        level_severity=level_severity,
    )


def _judged_wait(since: datetime | None, queue: Queue, then: datetime) -> Severity:
    return judge_wait(None if since is None else then - since, queue.target)


def _worst_first(standing: QueueStanding) -> Rank:
    level = level_of(standing)
    return (
        -standing.severity,
        standing.waiting == 0,
        standing.waiting_since or _FAR,
        1.0 if level is None else level,
        standing.queue.name,
        standing.queue.queue_id,
    )


def _gone_today(board: Board, queues: Mapping[QueueId, QueueStanding]) -> list[Totals]:
    """Return the window's totals of queues that are no more: their calls have been."""
    return [totals for key, totals in closed(board).items() if key not in queues]


def _site(standings: Iterable[QueueStanding], totals: Totals) -> SiteStanding:
    rows = tuple(standings)
    profile = one_profile(row.level for row in rows)
    return SiteStanding(
        totals=totals,
        level=profile,
        waiting=sum(standing.waiting for standing in rows),
        waiting_since=min(
            (row.waiting_since for row in rows if row.waiting_since is not None), default=None
        ),
        wait_severity=max((row.wait_severity for row in rows), default=Severity.CALM),
        level_severity=judge_level(totals, profile),
        abandon_severity=judge_ratio("abandon_rate", totals),
    )
