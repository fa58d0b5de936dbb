"""Makes of the boards of one loop the pictures that walls are given, each with its facts.

The rules, in prose:

* A picture is given out when all that ended before it is stored, so that a call that is gone from
  it has its fact at or before the picture's cursor. It is the last one before the facts that are
  still on their way: no fact of a call that the picture still shows is behind its cursor.
* While nothing can be stored, or storing takes too long, pictures go on without waiting, and say
  so. Their cursor stands still: the facts come when they are stored.
* A version is of one content for ever. What made it is named in it: a process that begins anew
  begins with another name.
"""

from __future__ import annotations

import secrets
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from wallboard.api.faults import SourceWord
from wallboard.domain.clock import Clock
from wallboard.domain.errors import Fault, fault
from wallboard.domain.snapshot import Snapshot
from wallboard.domain.supervision import Monitoring, WishKind
from wallboard.domain.value import value
from wallboard.engine.board import Board
from wallboard.engine.freshness import Freshness

LONGEST_HELD_S: Final = 2.0
"""A picture waits no longer for its facts."""


@value
class Publication:
    """One picture as it is given out.

    Attributes:
        version: Another one whenever anything but `snapshot.as_of` is another.
        facts_until: The cursor at or before which the facts of this picture are. None if there
            is none: the history was never opened.
        paused: True if facts wait to be stored and cannot be now.
        board: What it was made of. None where somebody else made it.
        monitorings, lacks: As in the board.
    """

    version: str
    snapshot: Snapshot
    source: SourceWord
    facts_until: str | None = None
    notices: tuple[Fault, ...] = ()
    paused: bool = False
    board: Board | None = None
    monitorings: tuple[Monitoring, ...] | None = None
    lacks: tuple[tuple[WishKind, str], ...] = ()


def new_term() -> str:
    """Return what the versions of one who publishes begin with; nobody else's do."""
    return f"t{secrets.token_hex(5)}"


class Publisher:
    """Gives out the boards of one loop. Its methods may be called from any thread.

    Attributes:
        newest: What was given out last. None before the first picture.
    """

    def __init__(
        self,
        clock: Clock,
        *,
        term: str | None = None,
        told: Callable[[Publication], None] = lambda _publication: None,
    ) -> None:
        """Begin with nothing to give out.

        Args:
            term: What the versions begin with. None: a new one.
            told: Called with what is given out, one after the other. Does not wait.
        """
        self.newest: Publication | None = None
        self._clock = clock
        self._term = new_term() if term is None else term
        self._told = told
        self._lock = threading.Lock()
        self._number = 0
        self._board: Board | None = None
        # Boards that wait until so many facts are stored, and since when.
        self._held: deque[tuple[int, Board]] = deque()
        self._held_since_s: float | None = None
        self._settled: int | None = None
        self._cursor: str | None = None

    @property
    def paused(self) -> bool:
        """True if nothing can be stored now."""
        board = self._board
        return board is not None and _failing(board)

    @property
    def source(self) -> SourceWord:
        """How the connection to the call center stands, whether there was a picture or not."""
        board = self._board
        return SourceWord(state=Freshness.NO_DATA) if board is None else _word_of(board)

    def show(self, board: Board, given: int) -> None:
        """Give a board out, as soon as it may be.

        Args:
            given: How many facts were given to be stored before it.
        """
        now_s = self._clock.now().steady_s
        with self._lock:
            self._board = board
            if board.snapshot is None:
                return
            since_s = now_s if self._held_since_s is None else self._held_since_s
            overdue = now_s - since_s >= LONGEST_HELD_S
            if given == self._settled or overdue or _failing(board):
                self._release(board)
                return
            if self._held and self._held[-1][0] == given:
                self._held.pop()
            self._held.append((given, board))
            self._held_since_s = since_s

    def settled(self, count: int, cursor: str | None) -> None:
        """Take to know that of the facts that were given so many are stored.

        Args:
            cursor: Behind the last of them. None if there is no feed.
        """
        with self._lock:
            self._settled, self._cursor = count, cursor
            ready: Board | None = None
            while self._held and self._held[0][0] <= count:
                given, board = self._held.popleft()
                # With later facts stored along, only the picture that has them will do.
                ready = board if given == count else None
            if ready is not None:
                self._release(ready, rest=True)

    def _release(self, board: Board, *, rest: bool = False) -> None:
        """Give a board out; what was held before it is not needed any more."""
        if not rest:
            self._held.clear()
        self._held_since_s = self._clock.now().steady_s if self._held else None
        snapshot = board.snapshot
        if snapshot is None:
            return
        wanted = Publication(
            version="",
            snapshot=snapshot,
            source=_word_of(board),
            facts_until=self._cursor,
            notices=_notices_of(board),
            paused=_failing(board),
            board=board,
            monitorings=board.monitorings,
            lacks=board.lacks,
        )
        before = self.newest
        if before is None or not _same(before, wanted):
            self._number += 1
        self.newest = replace(wanted, version=f"{self._term}.{self._number}")
        self._told(self.newest)


def same_rows(one: Snapshot, other: Snapshot) -> bool:
    """Return whether two pictures have the same objects for rows."""
    return one.queues is other.queues and one.agents is other.agents and one.calls is other.calls


def _same(one: Publication, other: Publication) -> bool:
    return (
        same_rows(one.snapshot, other.snapshot)
        and one.source == other.source
        and one.facts_until == other.facts_until
        and one.notices == other.notices
        and one.monitorings == other.monitorings
        and one.lacks == other.lacks
    )


def _word_of(board: Board) -> SourceWord:
    waiting = board.freshness is Freshness.WAITING
    state = Freshness.NO_DATA if waiting else board.freshness
    return SourceWord(state=str(state), fault=board.fault)


def _notices_of(board: Board) -> tuple[Fault, ...]:
    # What is wrong with our own disk is told without its paths.
    ours = tuple([fault(each.kind) for each in board.warnings[len(board.notices) :]])
    return (*board.notices, *ours)


def _failing(board: Board) -> bool:
    return board.history is not None and board.history.fault is not None
