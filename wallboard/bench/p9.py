"""P9: what the whole program costs, its processes together."""

from __future__ import annotations

from wallboard.bench.measure import Figure, Result, Wanted
from wallboard.bench.windows import rounds_of, seen

CPU_LIMIT = 0.20
WHOLE_LIMIT = 6.0
MEMORY_LIMIT = 0.75


def measure(wanted: Wanted) -> Result:
    """Measure with 10,000 agents, one snapshot a second."""
    pair = seen(10_000, *rounds_of(wanted))
    return Result(
        key="p9",
        title="CPU and memory with 10,000 agents, one snapshot a second",
        figures=(
            Figure(
                name="CPU, of one core",
                value=pair.ours.cpu_percent,
                unit="%",
                peer=pair.stock.cpu_percent,
                limit=CPU_LIMIT,
            ),
            Figure(
                name="CPU of the whole program",
                value=pair.ours.cpu_percent,
                unit="%",
                limit=WHOLE_LIMIT,
            ),
            Figure(
                name="memory, all processes",
                value=pair.ours.rss_mb,
                unit="MB",
                peer=pair.stock.rss_mb,
                limit=MEMORY_LIMIT,
            ),
            Figure(name="memory, the window's process", value=pair.ours.own_rss_mb, unit="MB"),
        ),
    )
