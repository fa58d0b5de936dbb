"""How queues, their order, their sums and the agents to show follow from a board's facts."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from heapq import nsmallest

from wallboard.domain.severity import Severity
from wallboard.domain.snapshot import (
    AWAY,
    Agent,
    Counted,
    Queue,
    QueueId,
    SnapshotChange,
)
from wallboard.domain.totals import NOTHING, Totals, added, exchanged
from wallboard.engine.board import (
    AGENTS,
    CALLS,
    LONGEST_SHOWN,
    Board,
    QueueStanding,
    Rank,
    SiteStanding,
    closed,
    level_of,
    one_profile,
    untold,
)
from wallboard.engine.counted import known_of, known_to_all, of_day, totals_of_counted
from wallboard.engine.crew import Crew
from wallboard.engine.kpi import Sums
from wallboard.engine.limits import judge_level, judge_ratio, judge_wait
from wallboard.engine.open_calls import (
    NO_CALLS,
    and_waiting,
    undecided_of,
)
from wallboard.engine.windows import WindowKind

LONGEST_KEPT = 512


_FAR = datetime.max.replace(tzinfo=UTC)


_FEW = 4
"""Sums are made anew rather than altered once one row of so many is another."""


def longest(board: Board, change: SnapshotChange) -> tuple[Agent, ...]:
    """Return the reserve after a change: all agents are looked at only when it runs short."""
    agents = {} if board.snapshot is None else board.snapshot.agents
    moved = {agent.agent_id for agent in change.agents}.union(change.agents_gone)
    kept = [agent for agent in board.reserve if agent.agent_id not in moved]
    if change.whole or len(kept) < LONGEST_SHOWN:
        candidates = list(filter(_counts, agents.values()))
        return tuple(nsmallest(LONGEST_KEPT, candidates, key=_longest_first))
    # Who changed is further down than the last that is kept, or belongs between those kept.
    last, latest = _longest_first(kept[-1]), kept[-1].state_since or _FAR
    kept += [
        agent
        for agent in change.agents
        # Nearly all have just begun something: one comparison tells it of them.
        if agent.state_since is not None
        and agent.state_since <= latest
        and _counts(agent)
        and _longest_first(agent) < last
    ]
    return tuple(sorted(kept, key=_longest_first)[:LONGEST_KEPT])


def _counts(agent: Agent) -> bool:
    return agent.state_since is not None and agent.state not in AWAY


def _longest_first(agent: Agent) -> tuple[datetime, str]:
    return agent.state_since or _FAR, agent.agent_id


def restood(
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
            whole |= queues.pop(queue_id, None) is not None or (
                queue_id in closed(board) and queue_id not in board.arrangement.hidden
            )
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
        waits = before.waiting or before.waiting_since is not None
        if waits and queue_id not in dirty:
            standing = _waited_on(board, before, then)
            if standing is not before:
                waited[queue_id] = standing
    return waited


def _waited_on(board: Board, before: QueueStanding, then: datetime) -> QueueStanding:
    """Return the standing of a queue in which nothing happened but that time went on."""
    queue = before.queue
    wait_severity = _judged_wait(before.waiting_since, queue, then)
    undecided = before.totals.undecided_waiting
    if queue.counted is None:
        waiting = board.calls.get(queue.queue_id, NO_CALLS).waiting
        undecided = undecided_of(waiting, then, queue.target, board.begins)
    if undecided == before.totals.undecided_waiting:
        if wait_severity is before.wait_severity:
            return before
        totals, level_severity = before.totals, before.level_severity
    else:
        totals = before.totals._replace(undecided_waiting=undecided)
        level_severity = judge_level(totals, before.level, before.goal)
    # Not by `replace`, which takes four times as long: hundreds are made in a second.
    return QueueStanding(
        queue=queue,
        totals=totals,
        level=before.level,
        waiting=before.waiting,
        waiting_since=before.waiting_since,
        free=before.free,
        busy=before.busy,
        severity=max(wait_severity, level_severity),
        wait_severity=wait_severity,
        level_severity=level_severity,
        goal=before.goal,
        known=before.known,
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
                moved[queue_id] = QueueStanding(
                    queue=standing.queue,
                    totals=standing.totals,
                    level=standing.level,
                    waiting=standing.waiting,
                    waiting_since=standing.waiting_since,
                    free=free,
                    busy=busy,
                    severity=standing.severity,
                    wait_severity=standing.wait_severity,
                    level_severity=standing.level_severity,
                    goal=standing.goal,
                    known=standing.known,
                )
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
    site = site_standing(queues.values(), totals, board.measuring.usual.goal)
    return replace(board, queues=queues, site=site)


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
    if queue.counted is not None:
        return _counted_standing(board, queue, queue.counted, then)
    opened_calls = board.calls.get(queue.queue_id, NO_CALLS)
    waiting = opened_calls.waiting
    begins = board.begins
    totals = closed(board).get(queue.queue_id, NOTHING)
    if opened_calls.talking.offered:
        totals = totals + opened_calls.talking
    if waiting:
        totals = and_waiting(totals, waiting, then, queue.target, begins)
    since = min((call.entered_at for call in waiting if call.entered_at is not None), default=None)
    wait_severity = _judged_wait(since, queue, then)
    rule = board.measuring.rule(queue.queue_id)
    profile = rule.level
    level_severity = judge_level(totals, profile, rule.goal)
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
        goal=rule.goal,
    )


def _counted_standing(
    board: Board, queue: Queue, counted: Counted, then: datetime
) -> QueueStanding:
    """Return how a queue stands of which sums are told.

    Who waits, and who is free, is read off callers and agents where these are told.
    """
    rule = board.measuring.rule(queue.queue_id)
    counted = counted_now(board, queue.queue_id, counted)
    today = board.window is WindowKind.TODAY and is_of_day(board, counted, board.begins)
    known = known_of(counted, rule.level, today=today)
    totals = totals_of_counted(counted) if today else NOTHING
    since = None if counted.waiting == 0 else counted.waiting_since
    wait_severity = _judged_wait(since, queue, then)
    level_severity = Severity.CALM
    if "service_level" in known:
        level_severity = judge_level(totals, rule.level, rule.goal)
    return QueueStanding(
        queue=queue,
        totals=totals,
        level=rule.level,
        waiting=counted.waiting or 0,
        waiting_since=since,
        free=counted.free or 0,
        busy=counted.busy or 0,
        severity=max(wait_severity, level_severity),
        wait_severity=wait_severity,
        level_severity=level_severity,
        goal=rule.goal,
        known=known,
    )


def day_of_all(board: Board) -> SiteStanding:
    """Return how the site stands of the day, whatever window is shown; of who waits as it does."""
    begins = page.window.begin if (page := board.ledger.pages.get(WindowKind.TODAY)) else None
    hidden, rows = board.arrangement.hidden, []
    known: list[frozenset[str] | None] = []
    for key, totals in board.ledger.totals.items():
        standing = board.queues.get(key)
        if key not in hidden and (standing is None or standing.queue.counted is None):
            rows.append(totals)
    for key, standing in board.queues.items():
        counted = standing.queue.counted
        if counted is None:
            known.append(None)
            continue
        counted = counted_now(board, key, counted)
        today = is_of_day(board, counted, begins)
        known.append(known_of(counted, standing.level, today=today))
        rows.append(totals_of_counted(counted) if today else NOTHING)
    return replace(board.site, totals=added(rows), known=known_to_all(known))


def counted_now(board: Board, queue_id: QueueId, counted: Counted) -> Counted:
    """Return what is told of a queue in sums, with who is there where that is told one by one."""
    missing, snapshot = untold(board), board.snapshot
    listed = snapshot is not None and bool(snapshot.calls)
    if CALLS not in missing and (listed or counted.waiting is None):
        calls = board.calls.get(queue_id, NO_CALLS).waiting
        entered = (call.entered_at for call in calls if call.entered_at is not None)
        since = min(entered, default=None)
        counted = replace(counted, waiting=len(calls), waiting_since=since)
    if AGENTS not in missing and (board.crew.site or counted.free is None):
        free, busy = board.crew.free(queue_id), board.crew.busy(queue_id)
        counted = replace(counted, free=free, busy=busy)
    return counted


def is_of_day(board: Board, counted: Counted, begins: datetime | None) -> bool:
    """Return whether sums of the last picture are those of the day that begins then."""
    return board.snapshot is not None and of_day(counted, begins, board.snapshot.as_of)


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
    hidden = board.arrangement.hidden
    return [
        totals for key, totals in closed(board).items() if key not in queues and key not in hidden
    ]


def site_standing(standings: Iterable[QueueStanding], totals: Totals, goal: float) -> SiteStanding:
    """Return how queues stand together.

    Args:
        totals: What they counted; more than of these queues where others are hidden.
        goal: The part of offered calls that is to be in time, from 0 to 1.
    """
    rows = tuple(standings)
    profile = one_profile(row.level for row in rows)
    known = known_to_all(row.known for row in rows)
    if known is not None:
        # Who is in two queues is counted in both: their sums are no number of people.
        known -= {"free", "busy"}
    levels = known is None or "service_level" in known
    return SiteStanding(
        totals=totals,
        level=profile,
        waiting=sum(standing.waiting for standing in rows),
        waiting_since=min(
            (row.waiting_since for row in rows if row.waiting_since is not None), default=None
        ),
        wait_severity=max((row.wait_severity for row in rows), default=Severity.CALM),
        level_severity=judge_level(totals, profile, goal) if levels else Severity.CALM,
        abandon_severity=judge_ratio("abandon_rate", Sums(calls=totals, known=known)),
        goal=goal,
        known=known,
    )
