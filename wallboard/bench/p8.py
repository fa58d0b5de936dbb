"""P8: from the server's first byte to the end of the paint that shows it."""

from __future__ import annotations

from wallboard.bench.measure import Figure, Result, Wanted, percentile
from wallboard.bench.windows import rounds_of, seen

LIMIT = 0.25


def measure(wanted: Wanted) -> Result:
    """Measure both sizes, one snapshot a second, the whole window at 1920 x 1080."""
    figures: list[Figure] = []
    for agents in (2_000, 10_000):
        pair = seen(agents, *rounds_of(wanted))
        for share, limit in ((0.5, None), (0.99, LIMIT)):
            for way, report in (("", pair.ours), (" through the server", pair.through)):
                figures.append(
                    Figure(
                        name=f"{agents} agents{way}, {share:.0%} of the snapshots",
                        value=percentile(report.painted_ms, share),
                        unit="ms",
                        peer=percentile(pair.stock.painted_ms, share),
                        limit=limit,
                    )
                )
        figures.append(
            Figure(
                name=f"{agents} agents, heartbeat of the painting window late, 99%",
                value=percentile(pair.ours.late_ms, 0.99),
                unit="ms",
                peer=percentile(pair.stock.late_ms, 0.99),
            )
        )
    return Result(key="p8", title="poll to pixel", figures=tuple(figures))
