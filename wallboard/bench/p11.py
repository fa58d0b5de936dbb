"""P11: the report by quarters of an hour and queues, over a shift, a month and a year."""

from __future__ import annotations

from datetime import datetime, timedelta

from wallboard.bench.measure import Figure, Result, Wanted
from wallboard.bench.ten_million import SUMS, a_year, as_rows_figure, figures
from wallboard.storage.ranges import interval_sums
from wallboard.storage.rows import Row

QUARTER = timedelta(minutes=15)
_QUARTER_US = 900_000_000


def measure(wanted: Wanted) -> Result:
    """Measure sealed days against a table of DuckDB's own that holds the same calls."""
    with a_year(wanted) as year:

        def ours(begin: datetime, end: datetime) -> list[Row]:
            return interval_sums(year, begin, end, interval=QUARTER)

        told = [
            *figures(year, ours, _statement, wanted),
            as_rows_figure(year, ours),
            Figure(name="the calls were made in", value=year.made_s, unit="s"),
        ]
        title = f"report by 15 minutes and 200 queues over {year.calls} calls"
    return Result(key="p11", title=title, figures=tuple(told))


def _statement(begin: int, end: int) -> str:
    return (
        f"SELECT (entered_at - {begin}) // {_QUARTER_US}, queue_id, {SUMS} FROM calls"
        f" WHERE entered_at >= {begin} AND entered_at < {end} GROUP BY 1, 2"
    )
