"""Sums over any range of kept calls: rows of the database and sealed days alike, by SQL.

The databases and DuckDB add alike, so one statement, written once, gives the same sums as adding
`arrival_of` and `handling_of` over the records, and no record is made for it. Waits are counted
by the second in a statement of their own, so that percentiles merge exactly.

A call belongs to a range if it arrived in it, whenever it ended: ranges side by side count every
call once, and what one range's intervals say add up to what the range says. Its handling may be
booked in a later interval than its arrival, then also one after the range's end.

Of time that is rolled up there are only quarters of an hour, which count where they begin, and
all of a call where it arrived.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from operator import itemgetter
from pathlib import Path
from typing import Any, Final, NamedTuple, Protocol

from wallboard.domain.facts import CallRecord
from wallboard.domain.snapshot import AgentId, QueueId
from wallboard.domain.totals import NOTHING, Totals
from wallboard.domain.waits import LONGEST_S, Waits
from wallboard.storage.database import Database
from wallboard.storage.faults import HistoryUnavailable, StorageFault
from wallboard.storage.noted import ROLLED_NOTE, noted
from wallboard.storage.rollups import AGENT_ROLLUPS, QUEUE_ROLLUPS
from wallboard.storage.rows import CALLS, MICROSECOND, Form, Row, instant_us, stored_text
from wallboard.storage.sealed import DAY_US, SealedDay, SealedDays
from wallboard.storage.sealed_file import files_table


class CallStore(Protocol):
    """Where calls are: rows of a database, and perhaps sealed days beside them."""

    @property
    def database(self) -> Database:
        """Holds the rows, and says which days are sealed."""
        ...

    @property
    def sealed(self) -> SealedDays | None:
        """None if no days are sealed in this history."""
        ...


class Booking(StrEnum):
    """In which interval an answered call's handling counts: talk, hold, wrap-up."""

    ENDED = "ended"
    """Where it was handled to the end, wrap-up included."""
    ARRIVED = "arrived"
    """Where the call arrived, as all the rest of it."""


class Sums(NamedTuple):
    """Sums of one row of a report, without what only percentiles need; times in microseconds.

    What is not known counts as nothing, as in Totals. Everything counts where the call arrived.
    """

    offered: int
    answered: int
    answered_in_target: int
    abandoned: int
    abandoned_short: int
    wait_of_answered: int
    wait_of_abandoned: int
    longest_wait: int
    talk: int
    hold: int
    wrap_up: int


# Said once for every call, so that the dozens of sums do not compare texts again and again: that
# halves the time of a report by agents.
_FLAGS: Final = (
    "ending = 'answered' AS is_answered, ending = 'abandoned' AS is_abandoned,"
    " ending = 'answered' AND talk IS NOT NULL AS is_handled"
)
_ANSWERED: Final = "is_answered"
_ABANDONED: Final = "is_abandoned"
_AWAY: Final = "ending IN ('timed_out', 'left_empty', 'left_otherwise')"
_LEFT: Final = "ending NOT IN ('answered', 'abandoned', 'unknown')"
_UNDECIDED: Final = "(wait IS NULL OR target IS NULL)"
_HANDLED: Final = "is_handled"
_HANDLED_AT: Final = (
    "CASE WHEN ended_at + coalesce(wrap_up, 0) < entered_at"
    " THEN entered_at ELSE ended_at + coalesce(wrap_up, 0) END"
)
_BOOKED: Final = f"AND {_HANDLED}"


def _count(condition: str) -> str:
    return f"count(*) FILTER (WHERE {condition})"


def _sum(column: str, condition: str) -> str:
    return f"cast(coalesce(sum({column}) FILTER (WHERE {condition}), 0) AS bigint)"


_LONGEST: Final = "coalesce(max(wait) FILTER (WHERE ending <> 'unknown'), 0)"

# By the names of Totals.
_ARRIVAL: Final[Mapping[str, str]] = {
    "offered": "count(*)",
    "answered": _count(_ANSWERED),
    "answered_in_target": _count(f"{_ANSWERED} AND wait <= target"),
    "answered_at_once": _count(f"{_ANSWERED} AND wait = 0"),
    "abandoned": _count(_ABANDONED),
    "abandoned_in_target": _count(f"{_ABANDONED} AND wait <= target"),
    "abandoned_short": _count(f"{_ABANDONED} AND wait <= short"),
    "timed_out": _count("ending = 'timed_out'"),
    "left_by_key": _count("ending = 'left_by_key'"),
    "left_empty": _count("ending = 'left_empty'"),
    "left_otherwise": _count("ending = 'left_otherwise'"),
    "sent_away_in_target": _count(f"{_AWAY} AND wait <= target"),
    "left_by_key_in_target": _count("ending = 'left_by_key' AND wait <= target"),
    "unknown": _count("ending = 'unknown'"),
    "undecided_answered": _count(f"{_ANSWERED} AND {_UNDECIDED}"),
    "undecided_abandoned": _count(f"{_ABANDONED} AND {_UNDECIDED}"),
    "undecided_left": _count(f"{_LEFT} AND {_UNDECIDED}"),
    "undecided_by_key": _count(f"ending = 'left_by_key' AND {_UNDECIDED}"),
    "targetless_abandoned": _count(f"{_ABANDONED} AND target IS NULL"),
    "targetless_left": _count(f"{_LEFT} AND target IS NULL"),
    "targetless_short": _count(f"{_ABANDONED} AND wait <= short AND target IS NULL"),
    "waits_known": _count(f"{_ANSWERED} AND wait IS NOT NULL"),
    "abandon_waits_known": _count(f"{_ABANDONED} AND wait IS NOT NULL"),
    "left_waits_known": _count(f"{_LEFT} AND wait IS NOT NULL"),
    "transferred": _count(f"{_ANSWERED} AND transferred <> 0"),
    "missed_rings": "cast(sum(missed_rings) AS bigint)",
    "wait_of_answered": _sum("wait", _ANSWERED),
    "wait_of_abandoned": _sum("wait", _ABANDONED),
    "wait_of_left": _sum("wait", _LEFT),
    "longest_wait": _LONGEST,
}
_HANDLING: Final[Mapping[str, str]] = {
    "handled": _count(_HANDLED),
    "holds_known": _count(f"{_HANDLED} AND hold IS NOT NULL"),
    "wrap_ups_known": _count(f"{_HANDLED} AND wrap_up IS NOT NULL"),
    "held": _count(f"{_HANDLED} AND hold <> 0"),
    "talk": _sum("talk", _HANDLED),
    "hold": _sum("hold", _HANDLED),
    "wrap_up": _sum("wrap_up", _HANDLED),
}
_TIMES: Final = frozenset(
    {
        "wait_of_answered",
        "wait_of_abandoned",
        "wait_of_left",
        "longest_wait",
        "talk",
        "hold",
        "wrap_up",
    }
)
_ALL: Final = {**_ARRIVAL, **_HANDLING}
_ONE: Final = "0"
_SECOND_US: Final = 1_000_000
_TRIES: Final = 5
_QUEUE: Final = CALLS.columns.index("queue_id")
_ENTERED: Final = CALLS.columns.index("entered_at")
_ROW: Final = itemgetter(0, 1)
# How `stored_text` writes a character that no database takes.
_MARKED: Final = re.compile("\ufdd0([0-9a-f]{4})")


class _Range(NamedTuple):
    """What is asked for: times in microseconds since the epoch."""

    begin: int
    end: int
    interval: int
    key: str
    queues: frozenset[str] | None = None


def interval_totals(
    history: CallStore,
    begin: datetime,
    end: datetime,
    *,
    interval: timedelta,
    queues: Collection[QueueId] | None = None,
    booking: Booking = Booking.ENDED,
) -> dict[tuple[datetime, QueueId], Totals]:
    """Return the totals of the calls that arrived from `begin` on and before `end`.

    Args:
        interval: Intervals are so long and begin at `begin`.
        queues: Only of these; None means of all.

    Returns:
        By begin of the interval, in UTC, and queue; only where something is booked.

    Raises:
        HistoryUnavailable: A sealed day cannot be read, or the database.
    """
    asked = _range(begin, end, interval, "queue_id", queues)
    return {
        (begin + slot * interval, QueueId(_told_text(key))): totals
        for (slot, key), totals in _totals(history, asked, booking).items()
    }


def queue_totals(
    history: CallStore,
    begin: datetime,
    end: datetime,
    *,
    queues: Collection[QueueId] | None = None,
) -> dict[QueueId, Totals]:
    """Return the totals by queue of the calls that arrived from `begin` on and before `end`.

    Raises:
        HistoryUnavailable: As in `interval_totals`.
    """
    asked = _range(begin, end, end - begin, "queue_id", queues)
    found = _totals(history, asked, Booking.ARRIVED)
    return {QueueId(_told_text(key)): totals for (_slot, key), totals in found.items()}


def agent_totals(
    history: CallStore, begin: datetime, end: datetime
) -> dict[AgentId | None, Totals]:
    """Return the totals by agent of the calls that arrived from `begin` on and before `end`.

    Under None are the calls that no agent took, or nobody knows who.

    Raises:
        HistoryUnavailable: As in `interval_totals`.
    """
    asked = _range(begin, end, end - begin, "agent_id")
    return {
        None if key is None else AgentId(_told_text(key)): totals
        for (_slot, key), totals in _totals(history, asked, Booking.ARRIVED).items()
    }


def interval_sums(
    history: CallStore,
    begin: datetime,
    end: datetime,
    *,
    interval: timedelta,
    queues: Collection[QueueId] | None = None,
) -> list[Row]:
    """Return rows (number of the interval from `begin` on, queue, the parts of Sums …).

    Quicker than `interval_totals`, for who needs no percentiles; in no order.

    Raises:
        HistoryUnavailable: As in `interval_totals`.
    """
    return _sums(history, _range(begin, end, interval, "queue_id", queues))


def agent_sums(history: CallStore, begin: datetime, end: datetime) -> list[Row]:
    """Return rows (0, agent or None, the parts of Sums …), in no order.

    Raises:
        HistoryUnavailable: As in `interval_totals`.
    """
    return _sums(history, _range(begin, end, end - begin, "agent_id"))


def calls(
    history: CallStore,
    begin: datetime,
    end: datetime,
    *,
    queues: Collection[QueueId] | None = None,
) -> Iterator[CallRecord]:
    """Return the calls that arrived from `begin` on and before `end`, in order of arrival.

    Damaged rows are left out. A day is read as a whole, while nobody else seals or reopens it.

    Raises:
        HistoryUnavailable: As in `interval_totals`.
    """
    since, until = instant_us(begin), instant_us(end)
    wanted = None if queues is None else {stored_text(queue) for queue in queues}
    days = history.sealed or SealedDays(history.database, Path())
    span = days.span()
    if span is None:
        return
    first, last = max(span[0], since // DAY_US), min(span[1], (until - 1) // DAY_US)
    for day in range(first, last + 1):
        for row in days.rows(day):
            if since <= row[_ENTERED] < until and (wanted is None or row[_QUEUE] in wanted):
                record = CALLS.unpacked(row)
                if record is not None:
                    yield record


def _range(
    begin: datetime,
    end: datetime,
    interval: timedelta,
    key: str,
    queues: Collection[QueueId] | None = None,
) -> _Range:
    return _Range(
        begin=instant_us(begin),
        end=instant_us(end),
        interval=max(1, interval // MICROSECOND),
        key=key,
        queues=None if queues is None else frozenset(map(stored_text, queues)),
    )


def _totals(history: CallStore, asked: _Range, booking: Booking) -> dict[tuple[int, Any], Totals]:
    wanted: list[tuple[Mapping[str, str], str, str]] = [(_ALL, "entered_at", "")]
    if booking is Booking.ENDED:
        wanted = [(_ARRIVAL, "entered_at", ""), (_HANDLING, _HANDLED_AT, _BOOKED)]
    statements = [_grouped(asked, at, columns.values(), more) for columns, at, more in wanted]
    statements.append(_waits(asked))
    parts_of: dict[tuple[int, Any], dict[str, Any]] = {}
    packed: dict[tuple[int, Any, str], int] = {}
    found = _found(history, asked, statements)
    for *parts, waits in found.summed:
        for (columns, _at, _more), rows in zip(wanted, parts, strict=True):
            _add(parts_of, tuple(columns), rows)
        for slot, key, ending, second, count in waits:
            kind = (slot, key, ending)
            packed[kind] = packed.get(kind, 0) + (count << (32 * min(second, LONGEST_S)))
    totals_of = {
        place: Totals(
            **_timed(parts),
            waits=Waits(packed.get((*place, "answered"), 0)),
            abandon_waits=Waits(packed.get((*place, "abandoned"), 0)),
        )
        for place, parts in parts_of.items()
    }
    for place, totals in found.rolled:
        totals_of[place] = totals_of.get(place, NOTHING) + totals
    return totals_of


def _add(
    sums: dict[tuple[int, Any], dict[str, Any]], names: tuple[str, ...], rows: Iterable[Row]
) -> None:
    for row in rows:
        parts = sums.setdefault(_ROW(row), {})
        for name, value in zip(names, row[2:], strict=True):
            if name == "longest_wait":
                parts[name] = max(parts.get(name, 0), value)
            else:
                parts[name] = parts.get(name, 0) + value


def _timed(parts: Mapping[str, int]) -> dict[str, Any]:
    return {
        name: timedelta(microseconds=value) if name in _TIMES else value
        for name, value in parts.items()
    }


def _sums(history: CallStore, asked: _Range) -> list[Row]:
    statement = _grouped(asked, "entered_at", [_ALL[name] for name in Sums._fields])
    found = _found(history, asked, [statement])
    pieces = [rows for (rows,) in found.summed if rows]
    if found.rolled:
        pieces.append([(*place, *_sums_of(totals)) for place, totals in found.rolled])
    rows = pieces[0] if len(pieces) == 1 else _merged(pieces)
    if any(key is not None and _MARKED.search(key) for key in {row[1] for row in rows}):
        return [(row[0], row[1] and _told_text(row[1]), *row[2:]) for row in rows]
    return rows


def _sums_of(totals: Totals) -> Sums:
    told = (getattr(totals, name) for name in Sums._fields)
    return Sums(*(part // MICROSECOND if isinstance(part, timedelta) else part for part in told))


def _merged(pieces: Iterable[Iterable[Row]]) -> list[Row]:
    sums: dict[tuple[int, Any], dict[str, Any]] = {}
    for rows in pieces:
        _add(sums, Sums._fields, rows)
    return [(*place, *parts.values()) for place, parts in sums.items()]


def _grouped(asked: _Range, at: str, columns: Iterable[str], more: str = "") -> str:
    """Return a statement that is whole but for where calls are and how whole numbers divide."""
    slot = _slot(asked, at)
    groups = "2" if slot == _ONE else "1, 2"  # grouping by what is the same takes time too
    return (
        f"SELECT {slot} AS slot, {asked.key} AS key_of, {', '.join(columns)}"  # noqa: S608 - nothing of it comes from outside
        f" FROM {{calls}} {more} GROUP BY {groups}"
    )


def _slot(asked: _Range, at: str) -> str:
    if asked.interval >= asked.end - asked.begin and at == "entered_at":
        return _ONE
    return f"({at} - {asked.begin}) {{div}} {asked.interval}"


def _waits(asked: _Range) -> str:
    second = f"(wait + {_SECOND_US // 2}) {{div}} {_SECOND_US}"
    return (
        f"SELECT slot, key_of, ending, second, count(*) FROM ("  # noqa: S608 - nothing of it comes from outside
        f"SELECT {_slot(asked, 'entered_at')} AS slot, {asked.key} AS key_of, ending,"
        f" CASE WHEN wait < 0 THEN 0 ELSE {second} END AS second"
        f" FROM {{calls}} AND wait IS NOT NULL AND ending IN ('answered', 'abandoned')"
        f") waits GROUP BY 1, 2, 3, 4"
    )


class _Found(NamedTuple):
    """What there is of a range: sums by place, the database first, then by statement."""

    summed: list[list[list[Row]]]
    rolled: list[tuple[tuple[int, Any], Totals]]


def _found(history: CallStore, asked: _Range, statements: Sequence[str]) -> _Found:
    if asked.begin >= asked.end:
        return _Found([], [])
    for _attempt in range(_TRIES):
        state = _state(history, asked)
        try:
            found = _gathered(history, asked, statements, state[0])
        except HistoryUnavailable:
            if _state(history, asked) == state:
                raise
            continue
        # Else a day was sealed, reopened or rolled up meanwhile, and counts twice or not at all.
        if _state(history, asked) == state:
            return found
    raise HistoryUnavailable(StorageFault.LOCKED, "days are sealed again and again")


def _state(history: CallStore, asked: _Range) -> tuple[tuple[SealedDay, ...], str | None]:
    """Return where the calls of a range are: two that are equal mean that none moved."""
    sealed = history.sealed
    days = () if sealed is None else sealed.between(asked.begin, asked.end)
    return days, noted(history.database, ROLLED_NOTE)


def _gathered(
    history: CallStore, asked: _Range, statements: Sequence[str], days: Sequence[SealedDay]
) -> _Found:
    summed = [_of_rows(history.database, asked, statements)]
    if history.sealed is not None and days:
        summed.append(_of_files(history.sealed, days, asked, statements))
    return _Found(summed, list(_rolled(history.database, asked)))


def _rolled(database: Database, asked: _Range) -> Iterator[tuple[tuple[int, Any], Totals]]:
    """Yield what is left of calls that were let go, where their interval begins."""
    by_agent = asked.key == "agent_id"
    name = "agent rollups" if by_agent else "queue rollups"
    form: Form[Any] = AGENT_ROLLUPS if by_agent else QUEUE_ROLLUPS
    for row in database.rows(name, asked.begin, asked.end):
        rollup = form.unpacked(row)
        wanted = asked.queues is None or row[1] in asked.queues
        if rollup is not None and wanted and rollup.totals != NOTHING:
            yield ((row[0] - asked.begin) // asked.interval, row[1]), rollup.totals


def _of_rows(database: Database, asked: _Range, statements: Iterable[str]) -> list[list[Row]]:
    where = (
        f"(SELECT calls.*, {_FLAGS} FROM calls"  # noqa: S608 - whole numbers
        f" WHERE entered_at >= {asked.begin} AND entered_at < {asked.end}) calls WHERE true"
    )
    found = [database.rows_text(each.format(calls=where, div="/")) for each in statements]
    if asked.queues is None:
        return found
    queues = asked.queues
    return [[row for row in rows if row[1] in queues] for rows in found]


def _of_files(
    sealed: SealedDays, days: Sequence[SealedDay], asked: _Range, statements: Iterable[str]
) -> list[list[Row]]:
    # Days that lie within as a whole are not asked when each call arrived: a sixth to a third
    # of the time.
    begin, end = asked.begin, asked.end
    whole = [each for each in days if begin <= each.day * DAY_US and (each.day + 1) * DAY_US <= end]
    cut = [each for each in days if each not in whole]
    tables = [f"SELECT *, {_FLAGS} FROM {files_table(sealed.verified(whole))}"] if whole else []  # noqa: S608 - our own paths
    if cut:
        tables.append(
            f"SELECT *, {_FLAGS} FROM {files_table(sealed.verified(cut))}"  # noqa: S608 - our own paths
            f" WHERE entered_at >= {begin} AND entered_at < {end}"
        )
    where = f"({' UNION ALL '.join(tables)}) calls WHERE true"
    queues: list[str] = []
    if asked.queues is not None:
        queues = sorted(asked.queues)
        signs = ", ".join("?" for _queue in queues)
        where += f" AND queue_id IN ({signs})" if queues else " AND false"
    return [sealed.engine.rows(each.format(calls=where, div="//"), queues) for each in statements]


def _told_text(text: str) -> str:
    """Return a text out of a column as it was told: the inverse of `stored_text`."""
    return _MARKED.sub(lambda found: chr(int(found.group(1), 16)), text)
