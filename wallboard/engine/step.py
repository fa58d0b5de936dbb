"""The one step that makes the next board out of one and what happened.

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

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from wallboard.domain.clock import Moment
from wallboard.domain.coverage import MinuteSample, Stretch, coverage_of
from wallboard.domain.errors import Fault
from wallboard.domain.facts import CallRecord, Fact
from wallboard.domain.measuring import Measuring, stamped
from wallboard.domain.snapshot import (
    QueueId,
    Snapshot,
    SnapshotChange,
    applied,
    difference,
)
from wallboard.engine.arranged import arranged, pictured
from wallboard.engine.board import (
    Board,
    age_of,
    fresh,
    level_of,
    site_readings,
    site_time,
    sums_of,
    tells,
    untold,
    window_of,
)
from wallboard.engine.crew import Crew, counted
from wallboard.engine.freshness import Freshness, freshness_of
from wallboard.engine.happenings import (
    Effect,
    FetchFailed,
    Happening,
    HistoryRead,
    HistoryTold,
    PictureTaken,
    SecondPassed,
    SiteDecided,
    Store,
    WeekBeforeTold,
    WindowChosen,
)
from wallboard.engine.kpi import measure_by_key
from wallboard.engine.ledger import (
    TREND_MINUTES,
    Ledger,
    booked,
    hiding,
    last_minutes,
    minute_of,
    opened,
)
from wallboard.engine.open_calls import (
    regrouped,
)
from wallboard.engine.spells import ended_spells
from wallboard.engine.standings import day_of_all, longest, restood
from wallboard.engine.trends import sampled, skipped
from wallboard.engine.windows import ROLLING, WindowKind

_STORED_EVERY = timedelta(seconds=10)


def step(board: Board, happening: Happening, now: Moment) -> tuple[Board, tuple[Effect, ...]]:
    """Return the next board, and what the shell must do about it.

    The only place where a board changes.
    """
    match happening:
        case PictureTaken():
            return _taken(board, happening, now)
        case SecondPassed():
            return _aged(board, now)
        case SiteDecided():
            return _decided(board, happening, now)
        case FetchFailed() | HistoryRead() | HistoryTold() | WindowChosen() | WeekBeforeTold():
            return _heard(board, happening, now), ()


def _heard(
    board: Board,
    happening: FetchFailed | HistoryRead | HistoryTold | WindowChosen | WeekBeforeTold,
    now: Moment,
) -> Board:
    """Return the board after what leaves nothing to be done."""
    match happening:
        case FetchFailed():
            return _failed(board, happening.fault, now)
        case HistoryRead():
            return _read(board, happening, now)
        case HistoryTold(state=state):
            return replace(board, history=state)
        case WindowChosen():
            return _chosen(board, happening, now)
        case WeekBeforeTold(points=points):
            return replace(board, week_before=points)


def _freshness(board: Board, now: Moment) -> Freshness:
    return freshness_of(age_of(board, now), board.poll)


def last_words(board: Board) -> tuple[Effect, ...]:
    """Return what is still to be stored of a board that ends."""
    watched = board.watched[-1] if board.watched else None
    if watched is None or board.stored_to is None or watched.end <= board.stored_to:
        return ()
    return (Store(watched=watched),)


def _taken(board: Board, taken: PictureTaken, now: Moment) -> tuple[Board, tuple[Effect, ...]]:
    told = applied(board.told, taken.change)
    change = arranged(taken.change, board.measuring, board.arrangement)
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
    snapshot = pictured(board.snapshot, told, change, board.arrangement)
    facts = _stamped(taken.facts, board.measuring)
    frozen = board.snapshot is not None and board.snapshot.as_of == change.as_of
    board = replace(
        board,
        told=told,
        snapshot=snapshot,
        agent_news=board.agent_news.after(agents_before, snapshot.agents, change),
        taken_at=board.taken_at if frozen else now,
        fault=None,
        fault_since=None,
        notices=taken.notices,
        monitorings=taken.monitorings,
        lacks=taken.lacks,
        watched=_watched(board, told),
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
        board = replace(board, reserve=longest(board, change))
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
    board = restood(board, dirty | moved, then, anew=anew, restaffed=restaffed)
    return _stored(*_sampled(board, then), (*facts, *spells))


def _aged(board: Board, now: Moment) -> tuple[Board, tuple[Effect, ...]]:
    if board.snapshot is None:
        return board, ()
    board = replace(board, freshness=_freshness(board, now))
    then = site_time(board, now)
    turned = _turned(board, then)
    if turned.begins == board.begins and fresh(board):
        turned = restood(turned, (), then)
    return _stored(*_sampled(turned, then))


def _failed(board: Board, why: Fault, now: Moment) -> Board:
    since = board.fault_since if board.fault is not None else now.wall
    return replace(
        board, fault=why, fault_since=since, fault_at=now.wall, freshness=_freshness(board, now)
    )


def _chosen(board: Board, chosen: WindowChosen, now: Moment) -> Board:
    if chosen.window is WindowKind.RANGE:
        return board  # no board is of a time that is over
    return _turned(replace(board, window=chosen.window), site_time(board, now), anew=True)


def _decided(board: Board, decided: SiteDecided, now: Moment) -> tuple[Board, tuple[Effect, ...]]:
    """Return the board as if the last picture had been measured and shown like this."""
    told, fault, since = board.told, board.fault, board.fault_since
    hidden = decided.arrangement.hidden
    board = replace(
        board,
        measuring=decided.measuring,
        arrangement=decided.arrangement,
        ledger=hiding(board.ledger, hidden),
    )
    if told is None:
        return board, ()
    again = PictureTaken(
        change=difference(None, told),
        notices=board.notices,
        monitorings=board.monitorings,
        lacks=board.lacks,
    )
    board, effects = _taken(board, again, now)
    return replace(board, fault=fault, fault_since=since), effects


def _read(board: Board, read: HistoryRead, now: Moment) -> Board:
    if board.snapshot is None:
        return replace(board, early=(*board.early, read))
    return _recalled(board, read, site_time(board, now))


def _recalled(board: Board, read: HistoryRead, then: datetime) -> Board:
    """Return the board going on from what was stored.

    Args:
        then: The source's time.
    """
    empty = Ledger(hidden=board.arrangement.hidden)
    board = _opened(replace(board, ledger=empty) if read.anew else board, then)
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
    return restood(board, {*board.queues, *snapshot.queues}, then, anew=True)


def _rolled(board: Board, then: datetime) -> Board:
    """Return the board with the totals of a window that ends now; of the others pages know."""
    if board.window not in ROLLING:
        return replace(board, rolling={}) if board.rolling else board
    return replace(board, rolling=last_minutes(board.ledger, then, ROLLING[board.window]))


def _stamped(facts: tuple[Fact, ...], measuring: Measuring) -> tuple[Fact, ...]:
    return tuple(
        stamped(fact, measuring.rule(fact.queue_id)) if isinstance(fact, CallRecord) else fact
        for fact in facts
    )


def _watched(board: Board, told: Snapshot) -> tuple[Stretch, ...]:
    """Return the stretches once the source has told this picture."""
    if _counted(told):
        # Of what was counted no single call is known: it is a gap for who wants to see them.
        return board.watched
    as_of = told.as_of
    last = board.watched[-1] if board.watched else None
    if board.told is not None and _counted(board.told):
        return (*board.watched, Stretch(begin=as_of, end=as_of))
    if last is None or not fresh(board) or as_of < last.end:
        if last is not None and as_of <= last.end:
            return board.watched
        return (*board.watched, Stretch(begin=as_of, end=as_of))
    return (*board.watched[:-1], replace(last, end=as_of))


def _counted(told: Snapshot) -> bool:
    return any(row.counted is not None for row in told.queues.values())


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
    site = day_of_all(board)
    ratio = measure_by_key("abandon_rate", sums_of(site))
    return {**readings, "service_level": level_of(site), "abandon_rate": ratio}


def _queue_samples(board: Board, then: datetime) -> Iterable[MinuteSample]:
    """Yield a sample of each queue in which somebody waits; of the others there is no need."""
    missing = untold(board)
    for queue_id, standing in board.queues.items():
        since = standing.waiting_since
        if standing.waiting:
            yield MinuteSample(
                minute=minute_of(then) - 1,
                queue_id=queue_id,
                readings={
                    "waiting": standing.waiting,
                    "longest_wait": None if since is None else (then - since).total_seconds(),
                    "free": standing.free if tells(standing, "free", missing) else None,
                },
            )
