from __future__ import annotations

import json
import socket
import time
from collections.abc import Generator, Iterator
from contextlib import closing
from datetime import UTC
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from support.scripted_source import kind_of

from wallboard.app import system_clock
from wallboard.domain.errors import FaultKind
from wallboard.engine.board import Board
from wallboard.runtime.opening import Opening
from wallboard.runtime.plain_loop import follow

CLOCK = system_clock()


class Following:
    """Boards of a scripted source, and the bell that ends them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.bell, self.interrupt = socket.socketpair()

    def boards(self, *script: str | int, kind: str = "quick") -> Generator[Board, None, None]:
        (self.folder / "script").write_text(json.dumps(script))
        return follow(
            opening=Opening(name="lab", kind=kind, told={"folder": str(self.folder)}),
            kind=kind_of(kind),
            zone=UTC,
            clock=CLOCK,
            interrupt=self.interrupt,
            chance=Random(1),
        )


@pytest.fixture
def following(tmp_path: Path) -> Iterator[Following]:
    made = Following(tmp_path)
    with made.bell, made.interrupt:
        yield made
    assert (tmp_path / "closed").exists()


def test_that_pictures_and_faults_are_boards(following: Following) -> None:
    seen: list[tuple[FaultKind | None, int]] = []
    with closing(following.boards(1, "unavailable", "unreadable", 2)) as boards:
        for board in boards:
            seen.append((None if board.fault is None else board.fault.kind, board.site.waiting))
            if board.site.waiting == 2:
                assert board.site.totals.abandoned == 2
                break
    assert list(dict.fromkeys(seen)) == [
        (None, 1),
        (FaultKind.UNREACHABLE, 1),
        (FaultKind.BAD_DATA, 1),
        (None, 2),
    ]


def test_that_a_board_comes_at_least_once_a_second_while_nothing_is_polled(
    following: Following,
) -> None:
    times: list[float] = []
    with closing(following.boards(1, kind="slow")) as boards:
        for _ in boards:
            times.append(time.monotonic())
            if len(times) == 3:
                break
    # A busy machine comes late to one of them, and that is early for the next.
    assert all(0.3 < later - before < 3 for before, later in pairwise(times))
    assert 1.5 < times[2] - times[0] < 4


def test_that_the_bell_ends_a_long_pause(following: Following) -> None:
    boards = following.boards(1, kind="slow")
    next(boards)
    following.bell.send(b"!")
    begun_s = time.monotonic()
    assert list(boards) == []
    assert time.monotonic() - begun_s < 0.9, "not by the second that passes anyway"


def test_that_the_bell_ends_the_rest_after_a_refused_password(following: Following) -> None:
    boards = following.boards("refused", kind="quick")
    assert next(boards).fault is not None
    following.bell.send(b"!")
    assert list(boards) == []


def test_that_endless_news_is_fetched_at_most_forty_times_a_second(following: Following) -> None:
    begun_s = time.monotonic()
    with closing(following.boards(*range(1, 100), kind="eager")) as boards:
        for board in boards:
            if board.site.waiting == 21:
                break
    assert time.monotonic() - begun_s >= 0.5
