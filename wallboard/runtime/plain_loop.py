"""Follows a source in the caller's own thread and yields boards: for the command line, no Qt."""

from __future__ import annotations

import select
from collections.abc import Callable, Generator, Iterable, Iterator
from datetime import timedelta, tzinfo
from random import Random

from wallboard.domain.clock import Clock
from wallboard.domain.errors import SourceError
from wallboard.domain.snapshot import Snapshot, difference
from wallboard.domain.source import Interrupt, Source, SourceKind
from wallboard.engine.board import Board
from wallboard.engine.happenings import (
    Effect,
    FetchFailed,
    Happening,
    PictureTaken,
    SecondPassed,
)
from wallboard.engine.step import step
from wallboard.runtime.first_board import first_board
from wallboard.runtime.opening import Opening
from wallboard.runtime.pacing import LEAST_BETWEEN_SENDS, pause_after

_SECOND = timedelta(seconds=1)


def follow(  # noqa: PLR0913 - what a board lives on
    *,
    opening: Opening,
    kind: SourceKind,
    zone: tzinfo,
    clock: Clock,
    interrupt: Interrupt,
    chance: Random,
    perform: Callable[[Effect], None] = lambda _: None,
) -> Generator[Board, None, None]:
    """Yield a board after every picture or fault, and at least once a second.

    A failed fetch is a fault on the board, and is tried again. Ends when `interrupt` becomes
    readable, or when the caller closes the iterator; the source is closed then.

    Args:
        perform: Does what comes of a happening besides the board, before that board is yielded.
    """
    poll = kind.pace(opening.told)
    board = first_board(opening, zone, poll)
    source = kind.connect(opening.told, clock)
    told: Snapshot | None = None
    try:
        while not readable(interrupt, 0):
            failure: SourceError | None = None
            happening: Happening
            try:
                fetched = source.fetch()
            except SourceError as error:
                failure = error
                happening = FetchFailed(fault=error.fault)
            else:
                happening = PictureTaken(
                    change=difference(told, fetched.snapshot),
                    facts=fetched.facts,
                    notices=fetched.notices,
                    monitorings=fetched.monitorings,
                    lacks=fetched.lacks,
                )
                told = fetched.snapshot
            board, effects = step(board, happening, clock.now())
            _each(perform, effects)
            yield board
            pause = pause_after(failure, poll, chance)
            awaited = None if failure is not None else source
            for _ in _seconds(awaited, pause, clock, interrupt):
                board, effects = step(board, SecondPassed(), clock.now())
                _each(perform, effects)
                yield board
    finally:
        source.close()


def _each(perform: Callable[[Effect], None], effects: Iterable[Effect]) -> None:
    for effect in effects:
        perform(effect)


def readable(interrupt: Interrupt, wait_s: float) -> bool:
    """True once `interrupt` is readable; waits at most so long for it."""
    return bool(select.select([interrupt], [], [], wait_s)[0])


def _seconds(
    source: Source | None, pause: timedelta, clock: Clock, interrupt: Interrupt
) -> Iterator[None]:
    """Yield once a second until the pause is over, the source has news or somebody interrupts.

    Args:
        source: The one that may have news. None if only time can help.
    """
    begun_s = clock.now().steady_s
    end_s = begun_s + pause.total_seconds()
    while (left_s := end_s - clock.now().steady_s) > 0:
        slice_s = min(left_s, _SECOND.total_seconds())
        slice_end_s = clock.now().steady_s + slice_s
        if source is None:
            readable(interrupt, slice_s)
        else:
            source.wait(timedelta(seconds=slice_s), interrupt)
        if readable(interrupt, 0):
            return
        early = clock.now().steady_s < slice_end_s - 0.005
        if early and source is not None:
            break
        yield
    # However often a source has news, it is asked at most forty times a second.
    rest_s = begun_s + LEAST_BETWEEN_SENDS.total_seconds() - clock.now().steady_s
    if rest_s > 0:
        readable(interrupt, rest_s)
