"""Whole windows, ours and the stock one, in turns before the same server."""

from __future__ import annotations

from functools import cache

import msgspec

# Only to say early, and in a sentence, that they are missing: both run in processes of their own.
import pyqtgraph as _pyqtgraph  # noqa: F401
import requests as _requests  # noqa: F401

from wallboard.bench.measure import Wanted
from wallboard.bench.serving import served
from wallboard.bench.site_serving import served_by_us
from wallboard.bench.watch import Report, watched

WARM_UP_S = 5.0


class Pair(msgspec.Struct, frozen=True):
    """What was seen of both, all rounds together.

    Attributes:
        through: Ours, with the program's own server between the site and the wall.
    """

    ours: Report
    through: Report
    stock: Report


@cache
def seen(agents: int, rounds: int, seconds: float) -> Pair:
    """Return what both windows told; measured once for P8 and P9."""
    ours: list[Report] = []
    through: list[Report] = []
    stock: list[Report] = []
    with served(agents) as port, served_by_us(agents) as door:
        ways = (
            ("ours", (port,), ours),
            ("ours", (door.port, "--token", door.token), through),
            ("stock", (port,), stock),
        )
        for number in range(rounds):
            for module, (where, *how), reports in ways if number % 2 == 0 else ways[::-1]:
                reports.append(watched(module, (where, WARM_UP_S, seconds, *how)))
    return Pair(ours=_together(ours), through=_together(through), stock=_together(stock))


def rounds_of(wanted: Wanted) -> tuple[int, float]:
    """Return how many rounds of how many seconds."""
    return (1, wanted.seconds or 12.0) if wanted.quick else (3, wanted.seconds or 25.0)


def _together(reports: list[Report]) -> Report:
    count = len(reports)
    return Report(
        late_ms=[late for report in reports for late in report.late_ms],
        painted_ms=[age for report in reports for age in report.painted_ms],
        cpu_percent=sum(report.cpu_percent for report in reports) / count,
        rss_mb=sum(report.rss_mb for report in reports) / count,
        own_rss_mb=sum(report.own_rss_mb for report in reports) / count,
        boards=sum(report.boards for report in reports),
    )
