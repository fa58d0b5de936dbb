"""What is stored of readings that rules look at, found by the database itself: quick over weeks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from wallboard.domain.snapshot import AgentState
from wallboard.storage.history import History
from wallboard.storage.rows import Row, instant_of, instant_us, plain_text

SAMPLED: Final = frozenset({"waiting", "longest_wait", "free"})
"""What is stored minute by minute; of a queue only where somebody waits."""


def sampled(
    history: History,
    begin: datetime,
    end: datetime,
    keys: Iterable[str],
    *,
    of_queues: bool,
    beyond: tuple[float | None, float | None] = (None, None),
) -> list[tuple[datetime, str, tuple[float | None, ...]]]:
    """Return readings minute by minute, in order: when, the queue or nothing, the readings.

    Args:
        keys: Of SAMPLED.
        of_queues: False for those of the site.
        beyond: Only where the first reading is below the one or above the other; None for none.

    Raises:
        HistoryUnavailable: And why.
        ValueError: A key is not stored.
    """
    names = tuple(keys)
    if not SAMPLED.issuperset(names):
        raise ValueError(names)
    sqlite = history.database.version()[0].startswith("SQLite")
    # Never a text from outside: the keys are ours.
    columns = [
        f"json_extract(readings, '$.{name}')" if sqlite else f"(readings::json->>'{name}')::float8"
        for name in names
    ]
    sign = "?" if sqlite else "%s"
    below, above = beyond
    wanted = [
        f"{columns[0]} {compare} {float(limit)!r}"
        for compare, limit in (("<", below), (">", above))
        if limit is not None
    ]
    where = f" AND ({' OR '.join(wanted)})" if wanted else ""
    text = (
        f"SELECT minute, queue_id, {', '.join(columns)} FROM samples"  # noqa: S608 - as told
        f" WHERE minute >= {sign} AND minute < {sign} AND of_queue = {sign}{where}"
        " ORDER BY minute, queue_id"
    )
    values = (_minute(begin), _minute(end), int(of_queues))
    return [
        (instant_of(row[0] * 60_000_000), plain_text(row[1]), tuple(row[2:]))
        for row in history.database.rows_text(text, values)
    ]


def long_spells(
    history: History, begin: datetime, end: datetime, state: AgentState, longer: timedelta
) -> list[tuple[str, datetime, datetime]]:
    """Return who was in a state for longer than that, from when to when, in order of time.

    Raises:
        HistoryUnavailable: And why.
    """
    sign = "?" if history.database.version()[0].startswith("SQLite") else "%s"
    text = (
        "SELECT agent_id, began_at, ended_at FROM spells"  # noqa: S608 - a sign of the driver's
        f" WHERE began_at >= {sign} AND began_at < {sign} AND state = {sign}"
        f" AND ended_at - began_at > {sign} ORDER BY began_at"
    )
    values = (
        instant_us(begin),
        instant_us(end),
        state.value,
        longer // timedelta(microseconds=1),
    )
    rows: list[Row] = history.database.rows_text(text, values)
    return [(plain_text(row[0]), instant_of(row[1]), instant_of(row[2])) for row in rows]


def _minute(instant: datetime) -> int:
    return int(instant.timestamp() // 60)
