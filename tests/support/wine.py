"""Windows as far as Wine is it: a fresh one for a module of tests, its registry and its folders."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path

_TOOLS = {"wine": "wine64 and wine", "makensis": "nsis", "Xvfb": "xvfb"}


def why_no_wine() -> str:
    """Return what to install; empty if all is there."""
    missing = [package for tool, package in _TOOLS.items() if shutil.which(tool) is None]
    return f"apt install {' '.join(missing)}" if missing else ""


class Wine:
    """One computer with Windows."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._env = {
            **os.environ,
            "WINEPREFIX": str(folder),
            "WINEARCH": "win64",
            "WINEDEBUG": "-all",
            # Neither .NET nor a browser is wanted, and nobody is there to be asked.
            "WINEDLLOVERRIDES": "mscoree,mshtml=",
        }
        self.run("wineboot", "-i", timeout_s=90)

    def run(self, *command: str | Path, timeout_s: float = 60) -> int:
        """Run a program to its end, and return its exit code."""
        # Even who shows no window makes one.
        ended = subprocess.run(
            ["xvfb-run", "-a", "wine", *command],
            env=self._env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=timeout_s,
            check=False,
        )
        return ended.returncode

    def started(self, *command: str | Path) -> subprocess.Popen[bytes]:
        """Start a program that waits for a line."""
        return subprocess.Popen(
            ["wine", *command],
            env=self._env,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def value(self, key: str, name: str) -> str:
        """Return a text of the registry; empty if there is none."""
        asked = subprocess.run(
            ["wine", "reg", "query", key, "/v", name],
            env=self._env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        rows = (line.strip().split("    ") for line in asked.stdout.splitlines())
        return next((row[2] for row in rows if len(row) == 3 and row[0] == name), "")

    def put(self, key: str, name: str, text: str) -> None:
        """Write a text into the registry."""
        assert self.run("reg", "add", key, "/v", name, "/d", text, "/f") == 0

    def path(self, told: str) -> Path:
        r"""Return where a path such as C:\Program Files is."""
        return self.folder / "drive_c" / told.removeprefix("C:\\").replace("\\", "/")

    @property
    def local(self) -> Path:
        """The folder of one user's own files."""
        return next((self.folder / "drive_c" / "users").glob("*/AppData/Local"))

    @property
    def menu(self) -> Path:
        """The folder of one user's Start menu."""
        return self.local.parent / "Roaming/Microsoft/Windows/Start Menu/Programs"

    def close(self) -> None:
        """End all that still runs."""
        subprocess.run(["wineserver", "-k"], env=self._env, check=False, capture_output=True)


def become(done: Callable[[], bool], seconds: float = 20) -> bool:
    """Wait for something; return whether it came."""
    until = time.monotonic() + seconds
    while not done() and time.monotonic() < until:
        threading.Event().wait(0.1)
    return done()
