"""P1: how soon the first full board is on the screen, whole processes."""

from __future__ import annotations

import os
import subprocess
import sys
import time

# Only to say early, and in a sentence, that they are missing.
import keyring as _keyring  # noqa: F401
import pyqtgraph as _pyqtgraph  # noqa: F401
import requests as _requests  # noqa: F401

from wallboard.bench.measure import Figure, Result, Wanted, middle

LADEN_LIMIT = 0.45
BARE_LIMIT = 1.6
_UNCOMPILED = frozenset({"PYTHONDONTWRITEBYTECODE"})


def measure(wanted: Wanted) -> Result:
    """Measure from the start of a process to the end of its first paint; medians."""
    rounds = 6 if wanted.quick else 15
    times: dict[str, list[float]] = {"board": [], "laden": [], "bare": []}
    for number in range(rounds + 1):
        for which, seen in times.items():
            spent_s = _spent_s(which)
            if number:  # the first ones read from the disk
                seen.append(spent_s)
    ours = middle(times["board"])
    return Result(
        key="p1",
        title="first painted full board",
        figures=(
            Figure(
                name="against importing pyqtgraph, requests and keyring first",
                value=ours,
                unit="s",
                peer=middle(times["laden"]),
                limit=LADEN_LIMIT,
            ),
            Figure(
                name="against a bare window",
                value=ours,
                unit="s",
                peer=middle(times["bare"]),
                limit=BARE_LIMIT,
            ),
        ),
    )


def _spent_s(which: str) -> float:
    begun_s = time.monotonic()
    # The bare window is a stock program: it imports PySide as anybody does.
    begins = "first_paint" if which == "bare" else "first_board"
    command = [sys.executable, "-m", f"wallboard.bench.{begins}", which]
    # With compiled files, as an installed program has them; the first rounds make them.
    environ = {name: value for name, value in os.environ.items() if name not in _UNCOMPILED}
    said = subprocess.run(
        command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environ
    ).stdout
    return float(said) - begun_s
