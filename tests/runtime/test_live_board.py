from __future__ import annotations

import json
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, suppress
from datetime import UTC, timedelta
from pathlib import Path

import psutil
import pytest
from pytestqt.qtbot import QtBot
from support import scripted_source

from wallboard.app import system_clock
from wallboard.domain.clock import Moment
from wallboard.domain.errors import FaultKind
from wallboard.domain.facts import CallRecord
from wallboard.engine.board import Board
from wallboard.engine.freshness import Freshness
from wallboard.engine.windows import WindowKind
from wallboard.runtime.live_board import LiveBoard
from wallboard.runtime.opening import Opening
from wallboard.storage.history import open_history

PROCESS = Path(scripted_source.__file__)
CLOCK = system_clock()
LONG_MS = 20_000


class Stage:
    """A live board before a scripted source, and what it showed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.shown: list[tuple[Board, Moment]] = []
        self.boards: list[LiveBoard] = []
        self.file = folder / "history.sqlite3"

    def stored(self) -> list[str]:
        """Return the ids of the calls that are on the disk."""
        with closing(open_history(self.file, reading=True)) as history:
            return [fact.fact_id for fact in history if isinstance(fact, CallRecord)]

    def play(self, *script: str | int, kind: str = "quick") -> LiveBoard:
        (self.folder / "script").write_text(json.dumps(script))
        live = LiveBoard(
            opening=Opening(name="lab", kind=kind, told={"folder": str(self.folder)}),
            poll=timedelta(seconds=5),
            zone=UTC,
            clock=CLOCK,
            command=(sys.executable, str(PROCESS)),
            open_history=lambda: open_history(self.file),
        )
        live.board_changed.connect(lambda board, at: self.shown.append((board, at)))
        self.boards.append(live)
        live.start()
        return live

    def go_on(self, *script: str | int) -> None:
        """Give the source another script; what it does now it does until told otherwise."""
        before = (self.folder / "script").stat()
        (self.folder / "next").write_text(json.dumps(script))
        # As old as the one before: it says since when the callers wait.
        os.utime(self.folder / "next", ns=(before.st_atime_ns, before.st_mtime_ns))
        (self.folder / "next").replace(self.folder / "script")

    def asked(self) -> list[str]:
        try:
            return (self.folder / "asked").read_text().splitlines()
        except FileNotFoundError:
            return []

    def abandoned(self) -> int:
        return self.shown[-1][0].site.totals.abandoned

    def fault(self) -> FaultKind | None:
        told = self.shown[-1][0].fault if self.shown else None
        return None if told is None else told.kind


@pytest.fixture
def stage(tmp_path: Path, qtbot: QtBot) -> Iterator[Stage]:
    before = set(psutil.Process().net_connections("all"))
    # A database that other tests share may run, as a child of this process.
    others = set(psutil.Process().children())
    made = Stage(tmp_path)
    yield made
    for live in made.boards:
        live.stop()
        live.stop()  # stopping twice is stopping once
        live.deleteLater()
    assert set(psutil.Process().children()) <= others
    assert set(psutil.Process().net_connections("all")) <= before


def until(qtbot: QtBot, true: Callable[[], object]) -> None:
    qtbot.waitUntil(lambda: bool(true()), timeout=LONG_MS)


def test_that_a_picture_becomes_a_board(stage: Stage, qtbot: QtBot) -> None:
    live = stage.play(2)
    until(qtbot, lambda: live.board.freshness is Freshness.LIVE)
    assert live.board.name == "lab"
    assert live.board.site.waiting == 2
    assert live.board.site.totals.abandoned == 2
    live.stop()
    assert sorted(stage.stored()) == ["f0", "f1"]


def test_that_an_outage_is_a_fault_over_the_last_good_picture_and_ends(
    stage: Stage, qtbot: QtBot
) -> None:
    live = stage.play(2, "unavailable")
    until(qtbot, lambda: stage.fault() is FaultKind.UNREACHABLE)
    assert live.board.site.waiting == 2
    assert live.board.fault_since is not None
    stage.go_on(2, "unreadable")
    until(qtbot, lambda: stage.fault() is FaultKind.BAD_DATA)
    stage.go_on(3)
    until(qtbot, lambda: stage.fault() is None and live.board.site.waiting == 3)
    assert stage.abandoned() == 3


def test_that_a_refused_password_is_tried_again_only_when_asked(stage: Stage, qtbot: QtBot) -> None:
    live = stage.play("refused", 1)
    until(qtbot, lambda: stage.fault() is FaultKind.SIGN_IN)
    qtbot.wait(500)  # five polls
    assert len(stage.asked()) == 2
    live.poll_now()
    until(qtbot, lambda: live.board.site.waiting == 1)


def test_that_a_source_that_asks_for_time_is_left_alone(stage: Stage, qtbot: QtBot) -> None:
    stage.play("later")
    until(qtbot, lambda: stage.fault() is FaultKind.NOT_READY)
    qtbot.wait(500)
    assert len(stage.asked()) == 2


def test_that_a_poll_may_be_asked_for_at_any_time(stage: Stage, qtbot: QtBot) -> None:
    live = stage.play(1, 2, kind="slow")
    until(qtbot, lambda: live.board.site.waiting == 1)
    live.poll_now()
    until(qtbot, lambda: live.board.site.waiting == 2)


def test_that_the_next_window_goes_on_with_what_was_stored(stage: Stage, qtbot: QtBot) -> None:
    first = stage.play(3)
    until(qtbot, lambda: first.board.site.totals.abandoned == 3)
    first.stop()
    second = stage.play(0)  # a source that tells nothing of what has been
    until(qtbot, lambda: second.board.site.totals.abandoned == 3)
    assert second.board.ledger.since is not None
    assert first.board.ledger.since is not None
    assert second.board.ledger.since <= first.board.ledger.since
    assert second.board.warnings == ()


def test_that_another_window_of_time_can_be_chosen_and_the_first_one_again(
    stage: Stage, qtbot: QtBot
) -> None:
    live = stage.play(2)
    until(qtbot, lambda: live.board.site.totals.abandoned == 2)
    for kind in (WindowKind.LAST_15, WindowKind.INTERVAL, WindowKind.SHIFT, WindowKind.TODAY):
        live.choose_window(kind)
        until(qtbot, lambda kind=kind: live.board.window is kind)  # type: ignore[misc]
        assert live.board.site.totals.offered >= 2
        assert live.board.site.waiting == 2
    live.choose_window(WindowKind.RANGE)
    qtbot.wait(150)
    assert live.board.window is WindowKind.TODAY
    assert live.board.fault is None


def test_that_a_window_chosen_before_the_start_is_the_one_shown(stage: Stage, qtbot: QtBot) -> None:
    (stage.folder / "script").write_text("[1]")
    live = LiveBoard(
        opening=Opening(name="lab", kind="quick", told={"folder": str(stage.folder)}),
        poll=timedelta(seconds=5),
        zone=UTC,
        clock=CLOCK,
        command=(sys.executable, str(PROCESS)),
    )
    stage.boards.append(live)
    live.choose_window(WindowKind.LAST_30)
    live.start()
    until(qtbot, lambda: live.board.freshness is Freshness.LIVE)
    assert live.board.window is WindowKind.LAST_30


def test_that_a_history_that_cannot_be_kept_is_a_warning_and_the_board_lives(
    stage: Stage, qtbot: QtBot
) -> None:
    with closing(open_history(stage.file)):
        live = stage.play(2)
        until(qtbot, lambda: live.board.warnings)
        assert [told.kind for told in live.board.warnings] == [FaultKind.HISTORY_LOCKED]
        until(qtbot, lambda: live.board.site.totals.abandoned == 2)
        assert live.board.fault is None
    until(qtbot, lambda: not live.board.warnings)
    live.stop()
    assert sorted(stage.stored()) == ["f0", "f1"]


def test_that_a_killed_process_is_a_fault_and_its_successor_counts_nothing_twice(
    stage: Stage, qtbot: QtBot
) -> None:
    live = stage.play(2)
    until(qtbot, lambda: live.board.freshness is Freshness.LIVE)
    first = live.source_pid
    assert first is not None
    os.kill(first, signal.SIGKILL)
    until(qtbot, lambda: stage.fault() is FaultKind.PROCESS_ENDED)
    told = stage.shown[-1][0].fault
    assert told is not None
    assert told.detail("reason") == "SIGKILL"
    assert live.board.site.waiting == 2
    until(qtbot, lambda: stage.fault() is None)
    assert live.source_pid not in (None, first)
    assert stage.abandoned() == 2
    until(qtbot, lambda: sorted(stage.stored()) == ["f0", "f1"])
    assert (stage.folder / "resumed").read_text() == "w0 w1"


def test_that_a_bug_in_a_source_is_named_by_its_place_and_not_by_its_words(
    stage: Stage, qtbot: QtBot
) -> None:
    live = stage.play(1, "bug", 2)
    until(qtbot, lambda: stage.fault() is FaultKind.PROCESS_ENDED)
    assert live.board.fault is not None
    reason = live.board.fault.detail("reason")
    assert reason.startswith("RuntimeError at scripted_source.py:")
    assert "hunter2" not in repr(live.board)
    until(qtbot, lambda: stage.fault() is None and live.board.site.waiting == 2)


def test_that_a_source_that_ends_at_once_is_started_less_and_less_often(
    stage: Stage, qtbot: QtBot
) -> None:
    stage.play("exit")
    until(qtbot, lambda: len(stage.asked()) == 3)
    times = [float(line.split()[1]) for line in stage.asked()]
    assert times[1] - times[0] >= 1.0
    assert times[2] - times[1] >= 2.0


def test_that_text_that_is_no_unicode_is_bad_data_and_not_the_end(
    stage: Stage, qtbot: QtBot
) -> None:
    live = stage.play("surrogate")
    until(qtbot, lambda: stage.fault() is FaultKind.BAD_DATA)
    stage.go_on(1)
    until(qtbot, lambda: live.board.site.waiting == 1)


def test_that_polls_never_overlap_and_the_pause_begins_when_one_ends(
    stage: Stage, qtbot: QtBot
) -> None:
    stage.play(1)
    until(qtbot, lambda: len(stage.asked()) >= 10)
    lines = [line.split() for line in stage.asked()]
    assert [word for word, _ in lines[:10]] == ["begin", "end"] * 5
    ended, begun = float(lines[1][1]), float(lines[2][1])
    assert begun - ended >= 0.089


def test_that_a_source_with_endless_news_is_asked_at_most_forty_times_a_second(
    stage: Stage, qtbot: QtBot
) -> None:
    live = stage.play(*range(1, 200), kind="eager")
    until(qtbot, lambda: live.board.freshness is Freshness.LIVE)
    before, begun_s = len(stage.asked()) // 2, time.monotonic()
    qtbot.wait(1000)
    rate = (len(stage.asked()) // 2 - before) / (time.monotonic() - begun_s)
    assert 1 < rate <= 42


def test_that_boards_are_shown_at_most_twenty_times_a_second_and_the_last_is_not_lost(
    stage: Stage, qtbot: QtBot
) -> None:
    live = stage.play(*range(1, 31), kind="eager")
    until(qtbot, lambda: live.board.site.waiting == 30)
    until(qtbot, lambda: stage.shown[-1][0].site.waiting == 30)
    moments = [at.steady_s for _, at in stage.shown]
    # One may come to the window a moment late and the next in time: a second holds twenty gaps.
    fullest = max(sum(0 <= at - begun < 1 for at in moments) for begun in moments)
    assert fullest <= 21


def test_that_boards_that_a_busy_window_could_not_show_are_passed_over(
    stage: Stage, qtbot: QtBot
) -> None:
    live = stage.play(*range(1, 500), kind="eager")
    until(qtbot, lambda: live.board.freshness is Freshness.LIVE)
    threading.Event().wait(1.0)  # the main thread is busy with something else
    count, waiting = len(stage.shown), live.board.site.waiting
    qtbot.wait(20)
    # Twenty were made. A busy machine may make of these 20 ms enough for some more.
    assert len(stage.shown) <= count + 6
    assert live.board.site.waiting >= waiting + 10


def test_that_the_seconds_go_on_while_the_source_hangs(stage: Stage, qtbot: QtBot) -> None:
    live = stage.play(1, "hang")
    until(qtbot, lambda: live.board.freshness is Freshness.LIVE)
    count = len(stage.shown)
    until(qtbot, lambda: len(stage.shown) >= count + 2)
    begun_s = time.monotonic()
    live.stop()
    assert time.monotonic() - begun_s < 3
    assert live.source_pid is None


def test_that_a_stopped_source_is_closed_by_its_own_process(stage: Stage, qtbot: QtBot) -> None:
    live = stage.play(1)
    until(qtbot, lambda: live.board.freshness is Freshness.LIVE)
    live.stop()
    assert (stage.folder / "closed").exists()


def test_that_nothing_is_shown_after_the_stop(stage: Stage, qtbot: QtBot) -> None:
    live = stage.play(*range(1, 100), kind="eager")
    until(qtbot, lambda: len(stage.shown) > 2)
    live.stop()
    count = len(stage.shown)
    qtbot.wait(200)
    assert len(stage.shown) == count


def test_that_a_program_that_cannot_be_started_is_a_fault(stage: Stage, qtbot: QtBot) -> None:
    live = LiveBoard(
        opening=Opening(name="lab", kind="quick"),
        poll=timedelta(seconds=5),
        zone=UTC,
        clock=CLOCK,
        command=(str(stage.folder / "nothing-here"),),
    )
    stage.boards.append(live)
    live.start()
    until(qtbot, lambda: live.board.fault is not None)
    assert live.board.fault is not None
    assert live.board.fault.kind is FaultKind.PROCESS_ENDED


WAITS = 'until [ -e "$0" ]; do sleep 0.02; done; exec "$@"'


def listening() -> list[int]:
    """Return the ports on which this process listens."""
    return [
        each.laddr.port
        for each in psutil.Process().net_connections("tcp")
        if each.status == psutil.CONN_LISTEN
    ]


def test_that_a_stranger_without_the_token_is_not_heard(stage: Stage, qtbot: QtBot) -> None:
    (stage.folder / "script").write_text("[1]")
    live = LiveBoard(
        opening=Opening(name="lab", kind="quick", told={"folder": str(stage.folder)}),
        poll=timedelta(seconds=5),
        zone=UTC,
        clock=CLOCK,
        # The process comes when the strangers are there: nobody is let in after it.
        command=("sh", "-c", WAITS, str(stage.folder / "go"), sys.executable, str(PROCESS)),
    )
    stage.boards.append(live)
    live.start()
    until(qtbot, listening)
    place = ("127.0.0.1", listening()[0])
    with ExitStack() as stack:
        strangers = [stack.enter_context(socket.create_connection(place)) for _ in range(12)]
        for noisy in strangers[:6]:
            noisy.sendall(b"\x00\x00\x00\x05GET /")
        (stage.folder / "go").touch()
        until(qtbot, lambda: live.board.freshness is Freshness.LIVE)
        for stranger in strangers:
            stranger.settimeout(5)
            with suppress(ConnectionResetError):
                assert stranger.recv(1) == b""
