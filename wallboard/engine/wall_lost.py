"""Callers who hung up, as counts: by quarter of the last hour, and by queue. Nobody is named."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from wallboard.domain.snapshot import QueueId
from wallboard.domain.value import value
from wallboard.engine.board import Board, knows
from wallboard.engine.last_hour import last_hour
from wallboard.engine.ledger import TREND_MINUTES

QUARTER: Final = 15
"""Minutes."""


@value
class Quarter:
    """A quarter of an hour; the last one is not over.

    Attributes:
        begin: Its first minute, since the epoch.
        lost: Callers who came in it and hung up.
        seen: False if of some of its minutes nothing is known.
    """

    begin: int
    lost: int
    seen: bool


@value
class LostOf:
    """What a queue lost in the board's window.

    Attributes:
        lost: Callers who hung up.
        offered: All who came.
    """

    queue_id: QueueId
    lost: int
    offered: int


def quarters_of(board: Board, queues: Collection[QueueId] = ()) -> tuple[Quarter, ...]:
    """Return the quarters of the last hour that are whole in it, and the present one.

    Args:
        queues: Only of these. Empty for all.
    """
    told = last_hour(board, queues)
    if told is None:
        return ()
    last = told.first + TREND_MINUTES
    begins = range(last // QUARTER * QUARTER - 3 * QUARTER, last + 1, QUARTER)
    found = []
    for begin in begins:
        # The present one ends with what there is.
        part = slice(begin - told.first, begin - told.first + QUARTER)
        lost, seen = sum(told.abandoned[part]), all(told.seen[part])
        found.append(Quarter(begin=begin, lost=lost, seen=seen))
    return tuple(found)


def lost_of(board: Board, queues: Collection[QueueId] = ()) -> tuple[LostOf, ...]:
    """Return the queues that lost callers, which lost most first.

    Args:
        queues: Only of these. Empty for all.
    """
    wanted = frozenset(queues)
    rows = [
        LostOf(queue_id=key, lost=standing.totals.abandoned, offered=standing.totals.offered)
        for key, standing in board.queues.items()
        if standing.totals.abandoned
        and knows(standing, "abandoned")
        and (not wanted or key in wanted)
    ]
    return tuple(sorted(rows, key=lambda row: (-row.lost, row.offered, row.queue_id)))
