from __future__ import annotations

import json
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from socket import socket, socketpair

import pytest
from support import scripted_source
from support.clocks import HandClock
from support.snapshots import a_call, a_queue, a_snapshot

from wallboard.app import system_clock
from wallboard.domain.clock import Moment
from wallboard.domain.coverage import MinuteSample
from wallboard.domain.errors import FaultKind
from wallboard.domain.measuring import Measuring, Shift, WorkPlan
from wallboard.domain.snapshot import Snapshot, difference
from wallboard.engine.board import Board
from wallboard.engine.happenings import Effect, Happening, SecondPassed
from wallboard.engine.ledger import minute_of
from wallboard.engine.step import step
from wallboard.runtime import board_loop
from wallboard.runtime.board_loop import BoardLoop
from wallboard.runtime.keeping import Errand
from wallboard.runtime.opening import Opening
from wallboard.runtime.wire import Taken
from wallboard.storage.faults import HistoryUnavailable, StorageFault
from wallboard.storage.history import History, open_history


class Wall:
    """Takes boards, and breaks at the first picture."""

    def __init__(self, folder: Path, *script: str | int) -> None:
        (folder / "script").write_text(json.dumps(script))
        self.boards: list[Board] = []
        self.broken = False
        self.loop = BoardLoop(
            opening=Opening(name="lab", kind="quick", told={"folder": str(folder)}),
            board=Board(name="lab", zone=UTC, poll=timedelta(seconds=5)),
            clock=system_clock(),
            command=(sys.executable, scripted_source.__file__),
            show=self._take,
        )

    def _take(self, board: Board) -> None:
        self.boards.append(board)
        if board.snapshot is not None and not self.broken:
            self.broken = True
            raise RuntimeError("the caller's name is hunter2")
        if board.snapshot is not None and board.fault is None:
            self.loop.stop()


def test_that_a_bug_of_our_own_is_a_fault_named_by_its_place_and_the_board_lives_on(
    tmp_path: Path,
) -> None:
    wall = Wall(tmp_path, 1)
    watchdog = threading.Timer(20, wall.loop.stop)
    watchdog.start()
    wall.loop.run()
    watchdog.cancel()
    faults = [board.fault for board in wall.boards if board.fault is not None]
    assert faults[0].kind is FaultKind.PROCESS_ENDED
    assert faults[0].detail("reason").startswith("RuntimeError at test_board_loop.py:")
    assert wall.boards[-1].fault is None
    assert wall.boards[-1].site.waiting == 1


def test_that_a_loop_that_was_stopped_before_it_ran_starts_nothing(tmp_path: Path) -> None:
    wall = Wall(tmp_path, 1)
    wall.loop.stop()
    wall.loop.run()
    assert wall.boards == []
    assert not (tmp_path / "asked").exists()


class Paced:
    """A loop whose time is moved by hand: pictures come when told, and no process is started."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, socket: socket) -> None:
        self.clock = HandClock()
        self.begun_s = self.clock.steady_s
        self.began = self.clock.wall
        self.shown: list[float] = []
        """When a board was shown."""
        self.passed: list[float] = []
        """When a second was counted."""
        self.last: Snapshot | None = None
        self.word: Taken | None = None
        self.socket = socket
        self.loop = BoardLoop(
            opening=Opening(name="lab", kind="none"),
            board=Board(name="lab", zone=UTC, poll=timedelta(seconds=1)),
            clock=self.clock,
            command=(),
            show=lambda _board: self.shown.append(self.at_s()),
        )
        self.loop._launch_s = float("inf")
        monkeypatch.setattr(board_loop, "step", self._step)

    def at_s(self) -> float:
        return round(self.clock.steady_s - self.begun_s, 2)

    def until(self, at_s: float) -> None:
        """Let time go on in hundredths of a second, as the loop would be woken."""
        while self.at_s() < at_s:
            self.clock.pass_by(0.01)
            self.loop._do_what_is_due()

    def picture(self, at_s: float, as_of: datetime | None = None) -> None:
        """Let a picture come at this time; its own time is the same if not told otherwise."""
        self.until(at_s)
        now = self.clock.wall if as_of is None else as_of
        snapshot = a_snapshot([a_queue()], calls=[a_call()], as_of=now)
        self.word = Taken(change=difference(self.last, snapshot), facts=(), notices=())
        self.last = snapshot
        self.loop._hear(self, self.socket)  # type: ignore[arg-type] # for the link that it has
        self.loop._do_what_is_due()

    def read(self, _readable: socket) -> tuple[Taken, ...]:
        return () if self.word is None else (self.word,)

    def _step(
        self, board: Board, happening: Happening, now: Moment
    ) -> tuple[Board, tuple[Effect, ...]]:
        if isinstance(happening, SecondPassed):
            self.passed.append(self.at_s())
        return step(board, happening, now)


@pytest.fixture
def paced(monkeypatch: pytest.MonkeyPatch) -> Iterator[Paced]:
    one, other = socketpair()
    with closing(one), closing(other):
        made = Paced(monkeypatch, one)
        made.picture(0)
        made.until(0.5)
        made.shown.clear()
        made.passed.clear()
        yield made


def test_that_a_picture_whose_time_went_on_counts_as_the_second(paced: Paced) -> None:
    for at_s in (1, 2, 3):
        paced.picture(at_s)
    paced.until(3.9)
    assert paced.passed == []
    assert paced.shown == [1, 2, 3]


def test_that_where_pictures_come_about_once_a_second_the_second_waits_for_them(
    paced: Paced,
) -> None:
    for at_s in (1, 2.2, 3.4, 4.5):
        paced.picture(at_s)
    assert paced.passed == []
    assert paced.shown == [1, 2.2, 3.4, 4.5]


def test_that_without_pictures_the_seconds_are_counted_and_shown(paced: Paced) -> None:
    paced.picture(1)
    paced.until(4.5)
    assert paced.passed == pytest.approx([2.25, 3.25, 4.25], abs=0.06)
    assert paced.shown == [1, *paced.passed]


def test_that_a_picture_whose_time_stands_still_is_no_second_and_takes_it_along(
    paced: Paced,
) -> None:
    for at_s in (1, 2, 3):
        paced.picture(at_s, as_of=paced.began)
    paced.until(3.5)
    # Each second is counted shortly after the picture, and is not shown for itself.
    assert paced.passed == pytest.approx([1.12, 2.12, 3.12], abs=0.06)
    assert paced.shown == [1, 2, 3]


NIGHT = WorkPlan(shifts=(Shift(name="night", begins=time(22), ends=time(6)),))


def wanted_since(now: datetime, plan: WorkPlan) -> datetime:
    loop = BoardLoop(
        opening=Opening(name="lab", kind="none"),
        board=Board(
            name="lab", zone=UTC, poll=timedelta(seconds=1), measuring=Measuring(plan=plan)
        ),
        clock=HandClock(wall=now),
        command=(),
        show=lambda _board: None,
    )
    return loop._wanted_since()


def test_that_all_is_read_again_that_a_window_may_need() -> None:
    """The hours before a day are for calls that came in them and were over in the day."""
    midnight = datetime(2026, 11, 22, tzinfo=UTC)
    before = timedelta(hours=4)
    assert wanted_since(midnight + timedelta(hours=10), WorkPlan()) == midnight - before
    small_hours = midnight + timedelta(minutes=20)
    assert wanted_since(small_hours, WorkPlan()) == small_hours - timedelta(minutes=61) - before
    evening = midnight - timedelta(hours=2)
    assert wanted_since(small_hours + timedelta(hours=3), NIGHT) == evening - before


def test_that_many_pictures_a_second_make_one_second_of_it(paced: Paced) -> None:
    for tenth in range(6, 36):
        paced.picture(tenth / 10)
    assert paced.passed == []
    assert len(paced.shown) == 30
    paced.until(6)
    assert len(paced.passed) in (1, 2)


def test_that_what_is_taken_back_is_no_call_of_the_board_any_more(tmp_path: Path) -> None:
    (tmp_path / "script").write_text(json.dumps(["unseen", "unseen", "back", 0]))
    boards: list[Board] = []
    loop = BoardLoop(
        opening=Opening(name="lab", kind="quick", told={"folder": str(tmp_path)}),
        board=Board(name="lab", zone=UTC, poll=timedelta(seconds=5)),
        clock=system_clock(),
        command=(sys.executable, scripted_source.__file__),
        show=boards.append,
        open_history=lambda: open_history(tmp_path / "history.db", clock=system_clock()),
    )
    thread = threading.Thread(target=loop.run)
    thread.start()

    def seen() -> list[int]:
        return [board.site.totals.unknown for board in boards if board.snapshot is not None]

    deadline = threading.Event()
    threading.Timer(20, deadline.set).start()
    while not (1 in seen() and seen()[-1] == 0):
        assert not deadline.wait(0.02), seen()
    loop.stop()
    thread.join()
    with closing(open_history(tmp_path / "history.db", reading=True)) as history:
        assert list(history) == []


def test_that_the_board_is_told_how_the_site_stood_a_week_before(tmp_path: Path) -> None:
    clock = system_clock()
    minute = minute_of(clock.now().wall) - 7 * 24 * 60
    with closing(open_history(tmp_path / "history.db", clock=clock)) as history:
        history.keep(samples=[MinuteSample(minute=minute, readings={"waiting": 4.0})])
    boards: list[Board] = []
    loop = BoardLoop(
        opening=Opening(name="lab", kind="quick", told={"folder": str(tmp_path)}),
        board=Board(name="lab", zone=UTC, poll=timedelta(seconds=5)),
        clock=clock,
        command=("false",),
        show=boards.append,
        open_history=lambda: open_history(tmp_path / "history.db", clock=clock),
    )
    thread = threading.Thread(target=loop.run)
    thread.start()
    deadline = threading.Event()
    threading.Timer(20, deadline.set).start()
    while not (boards and boards[-1].week_before):
        assert not deadline.wait(0.02)
    loop.stop()
    thread.join()
    assert boards[-1].week_before == {minute: {"waiting": 4.0}}


def test_that_a_damaged_day_a_week_ago_keeps_nothing_from_being_stored(
    paced: Paced, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaged(*_: object) -> tuple[MinuteSample, ...]:
        raise HistoryUnavailable(StorageFault.CORRUPT, "a file of an old day")

    monkeypatch.setattr(History, "samples_of", damaged)
    errands: list[Errand] = []

    class Errands:
        do = staticmethod(errands.append)

    paced.loop._keeping = Errands()  # type: ignore[assignment] # only what is asked of it
    paced.loop._recall_week(0.0)
    with closing(History.in_memory()) as history:
        assert [errand(history) for errand in errands] == [False]
