"""The whole program with its window, from the start to a clean end."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from support.pictures import colours
from support.started_program import StartedProgram

pytestmark = pytest.mark.timeout(120)


@pytest.fixture
def started(tmp_path: Path, wallboard_home: Path) -> Iterator[Callable[..., StartedProgram]]:
    """Starts the program with some arguments, and leaves nothing of it behind."""
    programs: list[StartedProgram] = []

    def start(*arguments: str, **env: str) -> StartedProgram:
        programs.append(StartedProgram(tmp_path, *arguments, **env))
        return programs[-1]

    yield start
    for program in programs:
        program.close()


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        pytest.param(signal.SIGTERM, {0}, id="when_the_desktop_says_so"),
        # 130 is what a shell expects of a program that Ctrl-C has ended.
        pytest.param(signal.SIGINT, {0, 130}, id="at_ctrl_c"),
    ],
)
def test_that_the_demo_runs_and_ends_without_a_trace(
    started: Callable[..., StartedProgram], asked: signal.Signals, codes: set[int]
) -> None:
    program = started("demo", "--seed", "7")
    program.until(lambda: bool(program.children()), "process of the source")
    program.runs_for(4)
    assert program.ended_by(asked) in codes, program.said()
    assert not program.children()
    assert program.err.read_text(encoding="utf-8") == ""


def test_that_the_source_does_not_outlive_a_window_that_was_killed(
    started: Callable[..., StartedProgram],
) -> None:
    program = started("demo", "--seed", "7")
    program.until(lambda: bool(program.children()), "process of the source")
    program.runs_for(1)
    (source, *_) = program.children()
    program.ended_by(signal.SIGKILL)
    source.wait(5)


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[str]:
    """A virtual screen; gives its DISPLAY."""
    missing = [name for name in ("Xvfb", "xdotool") if shutil.which(name) is None]
    if missing:
        pytest.skip(f"a virtual screen needs {' and '.join(missing)}: apt install xvfb xdotool")
    told, tells = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(tells), "-screen", "0", "1366x768x24", "-nolisten", "tcp"],
        pass_fds=[tells],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(tells)
    with os.fdopen(told) as number:
        display = f":{number.readline().strip()}"
    yield display
    server.terminate()
    server.wait(10)


def on(screen: str, *command: str) -> str:
    """Return what a command prints that is run on a screen; nothing if it fails."""
    ended = subprocess.run(
        command,
        env={**os.environ, "DISPLAY": screen, "QT_QPA_PLATFORM": "xcb"},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    return ended.stdout.strip() if ended.returncode == 0 else ""


def photographed(screen: str, out: Path) -> QImage:
    """Return what is to be seen on a screen, and keep it as a file."""
    code = (
        "import sys; from PySide6.QtWidgets import QApplication; app = QApplication([]);"
        "app.primaryScreen().grabWindow(0).save(sys.argv[1])"
    )
    on(screen, sys.executable, "-c", code, str(out))
    return QImage(str(out))


def test_that_a_first_start_leads_to_the_live_board_by_the_keyboard(
    started: Callable[..., StartedProgram], screen: str, tmp_path: Path
) -> None:
    program = started(DISPLAY=screen, QT_QPA_PLATFORM="xcb")

    def window() -> str:
        search = ("search", "--onlyvisible", "--pid", str(program.process.pid), "--name", ".")
        return on(screen, "xdotool", *search).partition("\n")[0]

    program.until(lambda: bool(window()), "window on the screen")
    program.runs_for(1)
    first = photographed(screen, tmp_path / "first-run.png")
    assert colours(first) > 20
    assert not program.children(), "nothing is asked before the user has chosen"

    # There is no window manager here to give the window the keyboard.
    on(screen, "xdotool", "windowfocus", "--sync", window())
    on(screen, "xdotool", "key", "space")
    program.until(lambda: bool(program.children()), "process of the simulated call center")
    program.runs_for(4)
    board = photographed(screen, tmp_path / "board.png")
    assert colours(board) > 40
    assert board != first

    assert program.ended_by(signal.SIGTERM) == 0, program.said()
    assert not program.children()
    assert program.err.read_text(encoding="utf-8") == ""
