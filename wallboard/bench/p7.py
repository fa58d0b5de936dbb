"""P7: how late the window's heartbeat is while 5 MB of JSON a second are polled behind it."""

from __future__ import annotations

# Only to say early, and in a sentence, that they are missing.
import pyqtgraph as _pyqtgraph  # noqa: F401
import requests as _requests  # noqa: F401

from wallboard.bench.measure import Figure, Result, Wanted, percentile
from wallboard.bench.serving import served
from wallboard.bench.site_serving import served_by_us
from wallboard.bench.watch import watched

AGENTS = 10_000
PADDING = 110
"""Makes the document 5 MB large."""


def measure(wanted: Wanted) -> Result:
    """Measure lateness of a 16 ms timer: engine and board in the loop, nothing painted."""
    rounds, seconds = (1, 10.0) if wanted.quick else (3, wanted.seconds or 20.0)
    ours: list[float] = []
    stock: list[float] = []
    through: list[float] = []
    with served(AGENTS, PADDING) as port, served_by_us(AGENTS, PADDING) as door:
        ways = (
            ("ours", (port,), ours),
            ("ours", (door.port, "--token", door.token), through),
            ("stock", (port,), stock),
        )
        for number in range(rounds):
            for module, (where, *how), lates in ways if number % 2 == 0 else ways[::-1]:
                asked = (where, 5.0, seconds, "--no-window", *how)
                lates.extend(watched(module, asked).late_ms)
    return Result(
        key="p7",
        title="lateness of the window's heartbeat with 5 MB of JSON a second",
        figures=(
            Figure(name="99% of the beats", value=percentile(ours, 0.99), unit="ms", limit=5.0),
            Figure(name="the latest", value=max(ours), unit="ms", limit=32.0),
            Figure(
                name="the latest, against a thread with requests",
                value=max(ours),
                unit="ms",
                peer=max(stock),
                limit=0.05,
            ),
            Figure(
                name="through the server, 99% of the beats",
                value=percentile(through, 0.99),
                unit="ms",
                limit=5.0,
            ),
            Figure(
                name="through the server, the latest", value=max(through), unit="ms", limit=32.0
            ),
            Figure(
                name="through the server, the latest, against a thread with requests",
                value=max(through),
                unit="ms",
                peer=max(stock),
                limit=0.05,
            ),
        ),
    )
