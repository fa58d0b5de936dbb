"""The process of a TV's window by itself: how it ends, and what it does where all of it fails."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from wallboard.app.kiosk_side import CRASHED, TERMINATED
from wallboard.runtime.kiosk_wire import Beat, KioskLaunch, launch_line, read_beat

_FAILS = """
from wallboard.ui.kiosk import wall_face
def fails(*_):
    raise ZeroDivisionError("a canary")
wall_face.paint_piece = fails
wall_face.pieces_of = fails
"""
_RUN = "from wallboard.app.kiosk_side import run_kiosk_window\nrun_kiosk_window()"


class Window:
    """A window's process that shows the demo; the test is its watchdog."""

    def __init__(self, folder: Path, script: str, *, safe: bool) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", script + _RUN],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
        )
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self._out = self.process.stdout
        self.process.stdin.write(launch_line(KioskLaunch(demo={}, folder=str(folder), safe=safe)))

    def beat(self) -> Beat | None:
        """Return its next sign of life. None: it gave its last one."""
        assert select.select([self._out], [], [], 30)[0], "it says nothing"
        line = self._out.readline()
        return read_beat(line) if line else None

    def until(self, holds: Callable[[Beat], bool]) -> Beat:
        """Wait for a sign of life that says something."""
        deadline = time.monotonic() + 30
        while not holds(beat := self.beat() or pytest.fail("it ended")):
            assert time.monotonic() < deadline
        return beat

    def last(self) -> Beat:
        """Return its last sign of life."""
        said = None
        while (beat := self.beat()) is not None:
            said = beat
        assert said is not None
        return said

    def close(self) -> None:
        """Leave nothing behind."""
        self.process.kill()
        self.process.wait()
        self._out.close()
        assert self.process.stdin is not None
        self.process.stdin.close()


@pytest.fixture
def window(tmp_path: Path) -> Iterator[Callable[..., Window]]:
    made: list[Window] = []

    def make(script: str = "", *, safe: bool = False) -> Window:
        made.append(Window(tmp_path / "kiosk", script, safe=safe))
        return made[-1]

    yield make
    for each in made:
        each.close()


def test_that_a_signal_ends_it_with_a_code_that_wants_another_one(
    window: Callable[..., Window],
) -> None:
    there = window()
    assert there.until(lambda beat: bool(beat.freshness)).ends is None
    os.kill(there.process.pid, signal.SIGTERM)
    assert there.last().ends == TERMINATED
    assert there.process.wait(20) == TERMINATED
    assert TERMINATED not in (0, CRASHED)


def test_that_a_safe_one_goes_on_with_a_clock_where_all_of_it_fails(
    window: Callable[..., Window], wallboard_home: Path
) -> None:
    there = window(_FAILS, safe=True)
    there.until(lambda beat: [board.scene for board in beat.boards] == ["clock"])
    for _ in range(3):
        assert there.beat() is not None
    assert there.process.poll() is None
    told = (wallboard_home / "logs" / "kiosk-window.log").read_text("utf-8")
    assert told.count("ZeroDivisionError: a canary") == 1, "once in a while, not once a second"


def test_that_any_other_one_ends_where_something_fails(
    window: Callable[..., Window], wallboard_home: Path
) -> None:
    there = window(_FAILS)
    assert there.process.wait(30) == CRASHED
    assert "a canary" in (wallboard_home / "logs" / "kiosk-window.log").read_text("utf-8")


def test_that_a_safe_one_ends_where_not_even_the_beginning_succeeds(
    window: Callable[..., Window],
) -> None:
    broken = "from wallboard.app import kiosk\nkiosk.Kiosk.start = lambda self: 1 / 0\n"
    assert window(broken, safe=True).process.wait(30) == CRASHED
