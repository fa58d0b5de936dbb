"""A virtual screen with real keys and a mouse: what a user sees and does, without a desktop."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QPoint, QSize
from PySide6.QtGui import QImage

from support.started_program import StartedProgram

_PHOTOGRAPH = (
    "import sys; from PySide6.QtWidgets import QApplication; app = QApplication([]);"
    "app.primaryScreen().grabWindow(0).save(sys.argv[1])"
)


def why_no_screen() -> str | None:
    """Return why there can be no virtual screen on this machine. None if there can be."""
    missing = [name for name in ("Xvfb", "xdotool") if shutil.which(name) is None]
    if not missing:
        return None
    return f"a virtual screen needs {' and '.join(missing)}: apt install xvfb xdotool"


class VirtualScreen:
    """One screen. There is no window manager on it: keys go to the window that is focused."""

    def __init__(self, display: str) -> None:
        self.display = display

    @property
    def env(self) -> dict[str, str]:
        """What a program must be told to appear on this screen."""
        return {"DISPLAY": self.display, "QT_QPA_PLATFORM": "xcb"}

    def windows(self, program: StartedProgram, title: str = ".") -> list[str]:
        """Return the visible windows of a program whose title holds a pattern."""
        pid = str(program.process.pid)
        search = ("search", "--all", "--onlyvisible", "--pid", pid, "--name", title)
        return self._tool(*search).split()

    def size(self, program: StartedProgram, title: str = ".") -> QSize:
        """Return how large a window is, in pixels. There must be one."""
        found = self.windows(program, title)
        assert found, f"there is no window {title!r}"
        told = self._tool("getwindowgeometry", "--shell", found[-1])
        rows = dict(row.split("=", 1) for row in told.splitlines())
        return QSize(int(rows["WIDTH"]), int(rows["HEIGHT"]))

    def focus(self, program: StartedProgram, title: str = ".") -> None:
        """Wait for a window, and give it the keyboard."""
        found: list[str] = []

        def there() -> bool:
            found[:] = self.windows(program, title)
            return bool(found)

        program.until(there, f"window {title!r}")
        self._tool("windowfocus", "--sync", found[-1])
        # The window learns of it in its own time.
        program.runs_for(0.3)

    def press(self, *keys: str) -> None:
        """Press keys one after the other, named as X names them."""
        for key in keys:
            self._tool("key", key)
            time.sleep(0.05)  # noqa: TID251 - no user is faster, and popups take their time

    def type(self, text: str) -> None:
        """Type a text."""
        self._tool("type", "--delay", "15", text)

    def click(self, program: StartedProgram, at: QPoint, title: str = ".") -> None:
        """Move the mouse to a place in a window, wait as a hand does, and press its button."""
        found = self.windows(program, title)
        assert found, f"there is no window {title!r}"
        place = ("--window", found[-1], str(at.x()), str(at.y()))
        self._tool("mousemove", "--sync", *place)
        time.sleep(0.1)  # noqa: TID251 - the program notices the mouse in its own time
        self._tool("click", "1")

    def replace_with(self, text: str) -> None:
        """Type a text in place of what stands in the field."""
        self.press("ctrl+a")
        self.type(text)

    def photographed(self, out: Path) -> QImage:
        """Return what is to be seen, and keep it as a file."""
        out.unlink(missing_ok=True)
        self._run(sys.executable, "-c", _PHOTOGRAPH, str(out))
        picture = QImage(str(out))
        assert not picture.isNull(), "the screen could not be photographed"
        return picture

    def photographed_when(
        self, shows: Callable[[QImage], bool], out: Path, program: StartedProgram, what: str
    ) -> QImage:
        """Wait until what is to be seen shows what it should, and return it."""
        pictures: list[QImage] = []

        def seen() -> bool:
            pictures.append(self.photographed(out))
            return shows(pictures[-1])

        program.until(seen, what)
        return pictures[-1]

    def _tool(self, *words: str) -> str:
        return self._run("xdotool", *words)

    def _run(self, *command: str) -> str:
        """Return what a command prints; nothing if it fails."""
        ended = subprocess.run(
            command,
            env={**os.environ, **self.env},
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )
        return ended.stdout.strip() if ended.returncode == 0 else ""


@contextmanager
def virtual_screen(size: str = "1366x768") -> Iterator[VirtualScreen]:
    """Start a screen for as long as it is needed."""
    told, tells = os.pipe()
    server = subprocess.Popen(
        [
            "Xvfb",
            "-displayfd",
            str(tells),
            "-screen",
            "0",
            f"{size}x24",
            "-nolisten",
            "tcp",
            "-noreset",
        ],
        pass_fds=[tells],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(tells)
    try:
        with os.fdopen(told) as number:
            display = f":{number.readline().strip()}"
        yield VirtualScreen(display)
    finally:
        server.terminate()
        server.wait(10)
