"""Wishes on their way through a real process: each passed on once, each answered, or unknown."""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, timedelta
from pathlib import Path
from queue import SimpleQueue

import pytest
from support import scripted_source
from support.clocks import HandClock

from wallboard.app import system_clock
from wallboard.domain.snapshot import AgentId
from wallboard.domain.supervision import NOT_KNOWN, TOO_LATE, UNDER_WAY, Stage, Wish, WishKind
from wallboard.engine.board import Board
from wallboard.runtime import orders
from wallboard.runtime.board_loop import BoardLoop
from wallboard.runtime.opening import Opening
from wallboard.runtime.orders import AWAY, UNKNOWN, Order, Orders, Outcome
from wallboard.runtime.source_link import SourceLink
from wallboard.runtime.wire import Answered, Ask

DONE = Outcome(stage=Stage.DONE)
COMMAND = (sys.executable, scripted_source.__file__)


class Center:
    """A board loop around a scripted source, and what is told of orders."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "script").write_text("[1]")
        self.boards: list[Board] = []
        self.told: SimpleQueue[tuple[str, Outcome]] = SimpleQueue()
        self.loop = BoardLoop(
            opening=Opening(name="lab", kind="quick", told={"folder": str(folder)}),
            board=Board(name="lab", zone=UTC, poll=timedelta(seconds=5)),
            clock=system_clock(),
            command=COMMAND,
            show=self.boards.append,
        )
        self._thread = threading.Thread(target=self.loop.run)

    def start(self) -> None:
        self._thread.start()
        end = time.monotonic() + 20
        while not any(board.snapshot for board in self.boards):
            assert time.monotonic() < end
            threading.Event().wait(0.01)

    def order(self, agent: str, reason: str = "", key: str = "") -> None:
        wish, key = Wish(kind=WishKind.PAUSE, agent_id=AgentId(agent), reason=reason), key or agent
        self.loop.supervise(
            Order(key=key, wish=wish, told=lambda outcome: self.told.put((key, outcome)))
        )

    @property
    def wishes(self) -> list[str]:
        file = self.folder / "wishes"
        return file.read_text().split() if file.exists() else []

    def close(self) -> None:
        self.loop.stop()
        if self._thread.is_alive():
            self._thread.join()


@pytest.fixture
def center(tmp_path: Path) -> Iterator[Center]:
    with closing(Center(tmp_path)) as made:
        yield made


def test_that_each_is_done_once_in_order_and_answered(center: Center) -> None:
    center.start()
    for number in range(5):
        center.order(f"a{number}", "refused" if number == 2 else "")
    told = dict(center.told.get(timeout=10) for _ in range(5))
    refused = Outcome(stage=Stage.REFUSED, reason="scripted")
    assert told == {f"a{number}": refused if number == 2 else DONE for number in range(5)}
    assert center.wishes == [f"a{number}" for number in range(5)]


def test_that_a_source_that_fails_halfway_leaves_it_unknown_and_goes_on(center: Center) -> None:
    center.start()
    center.order("one", "unavailable")
    assert center.told.get(timeout=10) == ("one", UNKNOWN)
    center.order("two")
    assert center.told.get(timeout=10) == ("two", DONE)


def test_that_what_is_under_way_is_told_when_it_is_known_and_not_begun_twice(
    center: Center,
) -> None:
    center.start()
    center.order("one", "rings")
    center.order("one", "rings", key="again")
    again = Outcome(stage=Stage.REFUSED, reason=UNDER_WAY)
    assert center.told.get(timeout=10) == ("again", again)
    assert center.told.empty()
    assert center.wishes == ["one"]
    (center.folder / "picked up").touch()
    assert center.told.get(timeout=10) == ("one", DONE)
    # Who listens, and what the account may not do, come with the picture.
    end = time.monotonic() + 10
    while not any(board.lacks for board in center.boards):
        assert time.monotonic() < end
        threading.Event().wait(0.01)
    seen = next(board for board in center.boards if board.lacks)
    assert seen.lacks == ((WishKind.MESSAGE, "write = message"),)
    assert [one.agent_id for one in seen.monitorings or ()] == [AgentId("one")]


def test_that_a_reason_that_is_no_text_is_told_as_far_as_it_can_be(center: Center) -> None:
    center.start()
    center.order("one", "odd")
    _, outcome = center.told.get(timeout=10)
    assert outcome.stage is Stage.REFUSED
    assert outcome.reason == "?" + "x" * 511


def test_that_a_process_that_ends_leaves_it_unknown_and_it_is_not_done_again(
    center: Center,
) -> None:
    center.start()
    center.order("one", "exit")
    assert center.told.get(timeout=10) == ("one", UNKNOWN)
    seen = len(center.boards)
    end = time.monotonic() + 20
    while not any(board.fault is None for board in center.boards[seen:]):
        assert time.monotonic() < end
        threading.Event().wait(0.01)
    assert center.wishes == ["one"]


def test_that_without_a_process_nothing_is_passed_on_and_that_is_known(center: Center) -> None:
    center.loop.stop()
    center.loop.run()
    center.order("one")
    assert center.told.get(timeout=1) == ("one", AWAY)
    assert center.wishes == []


def test_that_what_waits_when_the_loop_ends_is_refused_or_unknown(center: Center) -> None:
    center.start()
    center.order("one", "later")
    center.order("two")
    center.close()
    told = dict(center.told.get(timeout=10) for _ in range(2))
    assert set(told.values()) <= {AWAY, UNKNOWN, DONE}
    assert center.told.empty()
    # Only what may have been done is not known to have been left undone.
    assert all(told[agent] is not AWAY for agent in center.wishes)


def test_that_a_source_that_was_busy_too_long_does_not_begin_any_more(tmp_path: Path) -> None:
    (tmp_path / "script").write_text(json.dumps([1]))
    opening = Opening(name="lab", kind="quick", told={"folder": str(tmp_path)})
    wish = Wish(kind=WishKind.HANG_UP, agent_id=AgentId("a"))
    now = system_clock().now().wall
    with closing(SourceLink(opening, COMMAND)) as link:
        first(link)
        assert link.ask(Ask(key="late", wish=wish, until=now - timedelta(seconds=1)))
        assert first(link, Answered) == Answered(key="late", done=False, reason=TOO_LATE)
        assert link.ask(Ask(key="now", wish=wish, until=now + timedelta(seconds=60)))
        assert first(link, Answered) == Answered(key="now", done=True)
    assert (tmp_path / "wishes").read_text().split() == ["a"]


def test_that_a_process_that_stands_ready_asks_nothing_until_it_is_read_from(
    tmp_path: Path,
) -> None:
    (tmp_path / "script").write_text("[2]")
    opening = Opening(name="lab", kind="quick", told={"folder": str(tmp_path)})
    with closing(SourceLink(opening, COMMAND)) as link:
        threading.Event().wait(1)
        assert not link.ended
        assert not (tmp_path / "asked").exists()
        begun_s = time.monotonic()
        first(link)
        assert time.monotonic() - begun_s < 0.5
    assert link.ended


def first(link: SourceLink, kind: type = object) -> object:
    end = time.monotonic() + 20
    while time.monotonic() < end:
        for each in link.sockets():
            for said in link.read(each):
                if isinstance(said, kind):
                    return said
        threading.Event().wait(0.005)
    raise AssertionError("nothing was said")


class Ear:
    """A process that takes everything and never answers."""

    def __init__(self) -> None:
        self.asked: list[Ask] = []

    def ask(self, ask: Ask) -> bool:
        self.asked.append(ask)
        return True


@pytest.fixture
def silent() -> tuple[Orders, HandClock, Callable[[], list[Outcome]]]:
    """One order that was passed on to a process that says nothing."""
    clock, told = HandClock(), []
    made = Orders(clock)
    wish = Wish(kind=WishKind.LISTEN, agent_id=AgentId("a"))
    made.take(Order(key="k", wish=wish, told=told.append))
    made.pass_on(Ear())  # type: ignore[arg-type]
    return made, clock, lambda: told


def test_that_after_a_while_nobody_knows_and_the_late_answer_is_told_too(
    silent: tuple[Orders, HandClock, Callable[[], list[Outcome]]],
) -> None:
    made, clock, told = silent
    clock.pass_by(orders.PATIENCE_S - 0.1)
    made.look()
    assert told() == []
    clock.pass_by(0.2)
    made.look()
    made.look()
    assert told() == [UNKNOWN]
    made.answered(Answered(key="k", done=True))
    assert told() == [UNKNOWN, DONE]
    made.answered(Answered(key="k", done=True))
    made.lost()
    assert told() == [UNKNOWN, DONE]


def test_that_unknown_is_told_once(
    silent: tuple[Orders, HandClock, Callable[[], list[Outcome]]],
) -> None:
    made, clock, told = silent
    clock.pass_by(orders.PATIENCE_S)
    made.look()
    made.answered(Answered(key="k", done=False, reason=NOT_KNOWN, known=False))
    made.lost()
    assert told() == [UNKNOWN]
