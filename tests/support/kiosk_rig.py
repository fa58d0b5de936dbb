"""A kiosk as it hangs on a wall: the real program on a virtual screen with a window manager."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from support.started_program import StartedProgram
from support.virtual_screen import VirtualScreen, virtual_screen, why_no_screen
from wallboard.runtime.kiosk_records import RECORD, KioskRecord, Phase, read_record


def why_no_kiosk() -> str | None:
    """Return why no kiosk can be shown on this machine. None if one can be."""
    missing = [name for name in ("openbox", "xrandr") if shutil.which(name) is None]
    if missing:
        return f"a kiosk needs {' and '.join(missing)}: apt install openbox x11-xserver-utils"
    return why_no_screen()


class Tv:
    """A kiosk that runs, and the screen that it is on."""

    def __init__(self, screen: VirtualScreen, program: StartedProgram, home: Path) -> None:
        self.screen = screen
        self.program = program
        self._home = home

    def record(self) -> KioskRecord:
        """Return what its file says. There must be one."""
        found = [read_record(file) for file in self._home.glob(f"data/kiosk/*/{RECORD}")]
        assert len(found) == 1
        assert found[0] is not None
        return found[0]

    @property
    def window_pid(self) -> int | None:
        """The id of the window's process. None while there is none."""
        return self.record().window or None

    def until(self, holds: Callable[[KioskRecord], bool], what: str, within_s: float = 30) -> float:
        """Wait until its record says something; return after how many seconds."""
        begun = time.monotonic()

        def said() -> bool:
            try:
                return holds(self.record())
            except AssertionError:
                return False  # there is none yet

        self.program.until(said, what, within_s)
        return time.monotonic() - begun

    def until_there(self) -> None:
        """Wait until it shows a live picture."""
        self.until(
            lambda told: told.phase is Phase.RUNS and told.freshness == "live", "a live board", 60
        )

    def until_again(self, old: int | None, since: float, within_s: float = 30) -> float:
        """Wait until another window is there and has a picture; return after how many seconds."""

        def there(told: KioskRecord) -> bool:
            fresh = told.seen is not None and told.seen > since and told.phase is Phase.RUNS
            painted = all(board.scene for board in told.boards)
            return fresh and painted and self.window_pid not in (None, old)

        return self.until(there, "another window", within_s)

    def family(self) -> list[psutil.Process]:
        """Return all of its processes, the watchdog first."""
        watchdog = psutil.Process(self.program.process.pid)
        return [watchdog, *watchdog.children(recursive=True)]

    def sleep(self, seconds: float) -> float:
        """Let it stand still as a machine does that sleeps; return when it woke, since 1970."""
        family = self.family()
        for process in family:
            process.send_signal(signal.SIGSTOP)
        time.sleep(seconds)  # noqa: TID251 - that is what is tried
        woke = time.time()  # noqa: TID251 - the machine's own clock is what its record tells
        for process in family:
            process.send_signal(signal.SIGCONT)
        return woke

    def hand(self, *words: str) -> str:
        """Do at the keyboard and the mouse what xdotool is told; return what it says."""
        ended = subprocess.run(
            ["xdotool", *words],
            env={**os.environ, "DISPLAY": self.screen.display},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        return ended.stdout.strip()

    def windows(self) -> list[str]:
        """Return all windows that are to be seen, whosever they are, but for the desktop's own."""
        found = self.hand("search", "--onlyvisible", "--name", ".+").split()
        return [each for each in found if "Openbox" not in self.hand("getwindowname", each)]

    def xrandr(self, *words: str) -> None:
        """Change the screens; what the server refuses is no change."""
        subprocess.run(
            ["xrandr", *words],
            env={**os.environ, "DISPLAY": self.screen.display},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=20,
            check=False,
        )

    def plug(self, name: str, width: int, height: int, left: int = 0) -> None:
        """Add a screen."""
        size = f"{width}/{width // 4}x{height}/{height // 4}+{left}+0"
        self.xrandr("--setmonitor", name, size, "none")

    def unplug(self, name: str) -> None:
        """Take a screen away."""
        self.xrandr("--delmonitor", name)

    def log(self) -> str:
        """Return what the watchdog wrote down."""
        file = self._home / "logs" / "kiosk.log"
        return file.read_text(encoding="utf-8") if file.exists() else ""


@contextmanager
def tv(home: Path, *arguments: str, size: str = "1280x720") -> Iterator[Tv]:
    """Start a kiosk with these arguments for as long as it is needed."""
    with virtual_screen(size) as screen:
        manager = subprocess.Popen(
            ["openbox", "--sm-disable"],
            env={**os.environ, "DISPLAY": screen.display, "HOME": str(home)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        folder = home / "said"
        folder.mkdir(parents=True, exist_ok=True)
        program = StartedProgram(
            folder, "kiosk", *arguments, **screen.env, WALLBOARD_HOME=str(home)
        )
        try:
            yield Tv(screen, program, home)
        finally:
            program.close()
            manager.terminate()
            manager.wait(10)
