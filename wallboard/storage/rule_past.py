"""What is stored of readings that rules look at, found by the database itself: quick over weeks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from wallboard.domain.snapshot import AgentState
from wallboard.domain.value import value
from wallboard.storage.history import History
from wallboard.storage.rows import Row, instant_of, instant_us, plain_text

SAMPLED: Final = frozenset({"waiting", "longest_wait", "free"})
"""What is stored minute by minute; of a queue only where somebody waits."""


@value
class Sought:
    """A reading, and from where on it is worth telling.

    Attributes:
        reading: One of SAMPLED.
        low, high: At or below the one, or at or above the other. None: never on that side.
    """

    reading: str
    low: float | None = None
    high: float | None = None


def sampled(
    history: History,
    begin: datetime,
    end: datetime,
    sought: Sequence[Sought],
    *,
    of_queues: bool,
    every: bool,
) -> dict[str, tuple[Sequence[int], Sequence[Sequence[float | None]]]]:
    """Return the minutes in which what was sought was found, and what was read in them.

    There may be some among them of which a reading is not known.

    Args:
        of_queues: False for those of the site.
        every: All of what is sought must be found at once; else any of it will do.

    Returns:
        By queue, the site under no name: minutes since the epoch, rising, and a column of as many
        readings for each that was sought.

    Raises:
        HistoryUnavailable: And why.
        ValueError: A reading is not stored.
    """
    if not SAMPLED.issuperset(each.reading for each in sought):
        raise ValueError(sought)
    sqlite = history.database.version()[0].startswith("SQLite")
    sign = "?" if sqlite else "%s"
    value_of = _sqlite_value if sqlite else _postgres_value
    number_of = _sqlite_number if sqlite else _postgres_value
    # Never a text from outside: the readings' names are ours.
    columns = [value_of(each.reading) for each in sought]
    found = [_found(each, number_of(each.reading), sign) for each in sought]
    text = (
        f"SELECT queue_id, minute, {', '.join(columns)} FROM samples"  # noqa: S608 - as told
        f" WHERE minute >= {sign} AND minute < {sign} AND of_queue = {sign}"
        f" AND ({(' AND ' if every else ' OR ').join(found)})"
        " ORDER BY minute"
    )
    limits = [
        float(limit) for each in sought for limit in (each.low, each.high) if limit is not None
    ]
    values = (_minute(begin), _minute(end), int(of_queues), *limits)
    kept: defaultdict[str, list[Row]] = defaultdict(list)
    for row in history.database.rows_text(text, values):
        kept[row[0]].append(row)
    told: dict[str, tuple[Sequence[int], Sequence[Sequence[float | None]]]] = {}
    for queue, several in kept.items():
        _, minutes, *readings = zip(*several, strict=True)
        told[plain_text(queue)] = (minutes, readings)
    return told


def _found(sought: Sought, number: str, sign: str) -> str:
    """Return a condition; it is to be given the limits that there are."""
    limits = (("<=", sought.low), (">=", sought.high))
    wanted = [f"{number} {compare} {sign}" for compare, limit in limits if limit is not None]
    return f"({' OR '.join(wanted)})" if wanted else "0 = 1"


def _sqlite_number(reading: str) -> str:
    # Twice as quick over half a million rows as taking each one's JSON apart, which is kept
    # without blanks. What is not known is 0 here.
    begin = f'"{reading}":'
    return f"CAST(substr(readings, instr(readings, '{begin}') + {len(begin)}) AS REAL)"


def _sqlite_value(reading: str) -> str:
    begin = f'"{reading}":'
    known = f"instr(readings, '{begin}') AND NOT instr(readings, '{begin}null')"
    return f"CASE WHEN {known} THEN {_sqlite_number(reading)} END"


def _postgres_value(reading: str) -> str:
    return f"(readings::json->>'{reading}')::float8"


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
