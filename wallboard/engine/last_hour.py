"""The last hour minute by minute: what came in, what became of it, and the service level."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from wallboard.domain.snapshot import Call, QueueId
from wallboard.domain.totals import NOTHING, Totals, added
from wallboard.domain.value import value
from wallboard.engine.board import Board
from wallboard.engine.ledger import TREND_MINUTES, minute_of
from wallboard.engine.service_level import service_level
from wallboard.engine.trends import series


@value
class LastHour:
    """Sixty minutes and the one being lived through, the oldest first.

    Attributes:
        first: The first minute, since the epoch.
        offered, answered, abandoned: Calls by minute of arrival.
        seen: Whether it is known what came in that minute: it was watched, or the source knew it
            from before.
        levels: The day's service level at the end of each minute but the last one; None is a gap.
    """

    first: int
    offered: tuple[int, ...]
    answered: tuple[int, ...]
    abandoned: tuple[int, ...]
    seen: tuple[bool, ...]
    levels: tuple[float | None, ...]


def last_hour(board: Board, queues: Collection[QueueId] = ()) -> LastHour | None:
    """Return the last hour. None before the first picture.

    Args:
        queues: Only of these. Empty for all; a service level is told of all only.
    """
    minute = board.trend.minute
    if minute is None:
        return None
    first = minute - TREND_MINUTES
    minutes = range(first, minute + 1)
    offered, answered = _open_by_minute(board, queues)
    sums = [_sums(board, at, queues) for at in minutes]
    return LastHour(
        first=first,
        offered=tuple(
            offered.get(at, 0) + each.offered for at, each in zip(minutes, sums, strict=True)
        ),
        answered=tuple(
            answered.get(at, 0) + each.answered for at, each in zip(minutes, sums, strict=True)
        ),
        abandoned=tuple(each.abandoned for each in sums),
        # Sums of a day do not tell what came in which minute.
        seen=tuple(board.site.known is None and _seen(board, at) for at in minutes),
        levels=(None,) * TREND_MINUTES if queues else _levels(board),
    )


def unseen_runs(seen: Iterable[bool]) -> tuple[tuple[int, int], ...]:
    """Return the stretches that were not seen: the first place of each, and the one after it."""
    runs: list[tuple[int, int]] = []
    start: int | None = None
    for at, was_seen in enumerate((*seen, True)):
        if not was_seen and start is None:
            start = at
        elif was_seen and start is not None:
            runs.append((start, at))
            start = None
    return tuple(runs)


def _sums(board: Board, minute: int, queues: Collection[QueueId]) -> Totals:
    """Return what is booked of the calls that came in a minute and are over."""
    if not queues:
        return board.ledger.minutes.get(minute, NOTHING)
    of_minute = board.ledger.queue_minutes.get(minute, {})
    return added(of_minute[key] for key in queues if key in of_minute)


def _open_by_minute(
    board: Board, queues: Collection[QueueId]
) -> tuple[Mapping[int, int], Mapping[int, int]]:
    """Return how many calls that are not over came in each minute, and were answered."""
    calls = () if board.snapshot is None else board.snapshot.calls.values()
    came = [call for call in calls if not queues or call.queue_id in queues]
    offered = _by_minute(came)
    # Most are answered: the few who wait are quicker to count.
    waiting = _by_minute([call for call in came if call.answered_at is None])
    return offered, {minute: count - waiting[minute] for minute, count in offered.items()}


def _by_minute(calls: Iterable[Call]) -> Counter[int]:
    """Return how many calls came in each minute, of those of which it is known when they came."""
    return Counter([minute_of(at) for call in calls if (at := call.entered_at) is not None])


def _seen(board: Board, minute: int) -> bool:
    """Return whether it is known what came in a minute.

    From the first look on: if somebody looked. Before: from the first call on that the source
    could still tell of.
    """
    trend, ledger = board.trend, board.ledger
    if trend.begun is None or minute >= trend.begun:
        return minute in trend.points or minute == trend.minute
    known = [*ledger.minutes]
    if ledger.since is not None:
        known.append(minute_of(ledger.since))
    return minute >= min(known, default=trend.begun)


def _levels(board: Board) -> tuple[float | None, ...]:
    """Return the day's service level at the end of each of the last sixty minutes.

    A minute that was watched has its sample. For one before the first look that is known
    nevertheless it is worked out from the calls that are over: those of the day without those
    that came after that minute. That is the level which the calls that had come by then reached
    in the end; a sample counts only what was decided by then, which differs by the calls that
    waited at that moment. Before the day begins there is no level, and where nothing is known
    there is a gap.
    """
    levels = list(series(board.trend, "service_level"))
    last, begins = board.trend.minute, board.ledger.begins
    profile = board.site.level
    if last is None or begins is None or profile is None:
        return tuple(levels)
    hidden = board.arrangement.hidden
    totals = added(sums for key, sums in board.ledger.totals.items() if key not in hidden)
    good, all_of_them = service_level(totals, profile)
    for at in range(last, max(last - TREND_MINUTES, minute_of(begins)) - 1, -1):
        place = at - last + TREND_MINUTES
        known = at not in board.trend.points and at < last and _seen(board, at)
        if known and all_of_them > 0:
            levels[place] = good / all_of_them
        sums = board.ledger.minutes.get(at, NOTHING)
        gone, all_gone = service_level(sums, profile)
        good, all_of_them = good - gone, all_of_them - all_gone
    return tuple(levels)
