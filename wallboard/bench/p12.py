"""P12: the report by agents, over a shift, a month and a year."""

from __future__ import annotations

from datetime import datetime

from wallboard.bench.measure import Figure, Result, Wanted
from wallboard.bench.ten_million import SUMS, a_year, as_rows_figure, figures
from wallboard.storage.ranges import agent_sums
from wallboard.storage.rows import Row


def measure(wanted: Wanted) -> Result:
    """Measure sealed days against a table of DuckDB's own that holds the same calls."""
    with a_year(wanted) as year:

        def ours(begin: datetime, end: datetime) -> list[Row]:
            return agent_sums(year, begin, end)

        told = [
            *figures(year, ours, _statement, wanted),
            as_rows_figure(year, ours),
            Figure(name="the calls were made in", value=year.made_s, unit="s"),
        ]
        title = f"report by 2,000 agents over {year.calls} calls"
    return Result(key="p12", title=title, figures=tuple(told))


def _statement(begin: int, end: int) -> str:
    return (
        f"SELECT 0, agent_id, {SUMS} FROM calls"
        f" WHERE entered_at >= {begin} AND entered_at < {end} GROUP BY 2"
    )
