"""The program as a user starts it: a process of its own, watched until it has ended."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import psutil

# -X dev and every warning shown: what is left open is told at the end.
_OURS = (sys.executable, "-X", "dev", "-W", "default", "-m", "wallboard")


class StartedProgram:
    """`wallboard` with some arguments; what it prints goes to files in `folder`.

    Another command than ours, as where it is installed, is told as `begins`.
    """

    def __init__(
        self, folder: Path, *arguments: str, begins: Sequence[str | Path] = _OURS, **env: str
    ) -> None:
        self.out = folder / "stdout"
        self.err = folder / "stderr"
        self._seen: dict[int, psutil.Process] = {}
        with self.out.open("wb") as out, self.err.open("wb") as err:
            self.process = subprocess.Popen(
                [*begins, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                cwd=folder,
                env={**os.environ, **env},
            )

    def children(self) -> list[psutil.Process]:
        """Return the processes that it has started and that still run."""
        try:
            now = psutil.Process(self.process.pid).children(recursive=True)
        except psutil.NoSuchProcess:
            now = []
        self._seen.update((child.pid, child) for child in now)
        return [child for child in self._seen.values() if _runs(child)]

    def until(self, holds: Callable[[], bool], what: str, within_s: float = 30) -> None:
        """Wait until something holds; fail if it does not in time, or if the program ends first."""
        deadline = time.monotonic() + within_s
        while not holds():
            assert self.process.poll() is None, f"ended before {what}: {self.said()}"
            assert time.monotonic() < deadline, f"no {what} within {within_s} s: {self.said()}"
            time.sleep(0.05)  # noqa: TID251 - a test waits for another process

    def runs_for(self, seconds: float) -> None:
        """Let it run; fail if it ends."""
        deadline = time.monotonic() + seconds
        self.until(lambda: time.monotonic() >= deadline, "the time was over", within_s=seconds + 5)

    def ended_by(self, signal_number: signal.Signals) -> int:
        """Ask it to end, and return its exit code."""
        self.children()
        self.process.send_signal(signal_number)
        return self.process.wait(30)

    def said(self) -> str:
        """Return all that it printed."""
        return self.out.read_text(encoding="utf-8") + self.err.read_text(encoding="utf-8")

    def close(self) -> None:
        """Leave nothing behind, however the test ended."""
        for child in self.children():
            child.kill()
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()


def _runs(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
