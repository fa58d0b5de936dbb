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

from wallboard.domain.facts import CallRecord, Ending, FactId
from wallboard.domain.snapshot import AgentId, CallId, QueueId
from wallboard.domain.totals import NOTHING, Totals
from wallboard.domain.waits import LONGEST_S
from wallboard.storage.database import Database
from wallboard.storage.faults import HistoryUnavailable, StorageFault
from wallboard.storage.noted import ROLLED_NOTE, noted
from wallboard.storage.rollups import AGENT_ROLLUPS, QUEUE_ROLLUPS
from wallboard.storage.rows import CALLS, MICROSECOND, Form, Row, instant_us, stored_text
from wallboard.storage.sealed import SealedDays
from wallboard.storage.sealed_day import DAY_US, SealedDay
from wallboard.storage.sealed_file import files_table
from wallboard.storage.summing import (
    ALL,
    ARRIVAL,
    BOOKED,
    EXAMPLE,
    FLAGS,
    HANDLED_AT,
    HANDLING,
    KIND,
    LONGEST,
    TIMES,
    again,
)


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


_ONE: Final = "0"
_SECOND_US: Final = 1_000_000
_TRIES: Final = 5
_QUEUE: Final = CALLS.columns.index("queue_id")
_AGENT: Final = "agent_id"
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


def interval_parts(
    history: CallStore,
    begin: datetime,
    end: datetime,
    *,
    interval: timedelta,
    only: Collection[str],
) -> dict[tuple[datetime, QueueId], Totals]:
    """Return totals as `interval_totals` does, but of some parts only, which is quicker.

    All is counted where the call arrived.

    Args:
        only: Names of parts of Totals; the others are nothing, and so are the counts of waits.

    Raises:
        HistoryUnavailable: As in `interval_totals`.
    """
    asked = _range(begin, end, interval, "queue_id", None)
    columns = {name: told for name, told in ALL.items() if name in only}
    found = _found(history, asked, [_grouped(asked, "entered_at", columns)])
    parts_of: dict[tuple[int, Any], dict[str, Any]] = {}
    for (rows,) in found.summed:
        _add(parts_of, tuple(columns), rows)
    totals_of = {place: Totals(**_timed(parts)) for place, parts in parts_of.items()}
    for place, totals in found.rolled:
        totals_of[place] = totals_of.get(place, NOTHING) + totals
    names = {key: QueueId(_told_text(key)) for key in {key for _, key in totals_of}}
    return {
        (begin + slot * interval, names[key]): totals for (slot, key), totals in totals_of.items()
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
    asked = _range(begin, end, end - begin, _AGENT)
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
    return _sums(history, _range(begin, end, end - begin, _AGENT))


def kinds(history: CallStore, begin: datetime, end: datetime) -> dict[CallRecord, int] | None:
    """Return one call of each kind that arrived from `begin` on and before `end`, and how many.

    Calls of a kind are of one queue and ended alike, have the same target and the same parts; what
    is zero, within the target or within the threshold of short waits is so of all of them. So any
    figure is based on all of them or on none. The calls themselves are examples: nothing
    else of them is true.

    Returns:
        None if a part of that time is rolled up: of it nobody knows.

    Raises:
        HistoryUnavailable: As in `interval_totals`.
    """
    asked = _range(begin, end, end - begin, "queue_id")
    parts = ", ".join(KIND)
    question = _Question(
        f"SELECT {_ONE}, queue_id, {parts}, count(*), {', '.join(EXAMPLE)} FROM {{calls}}"  # noqa: S608 - nothing of it comes from outside
        f" GROUP BY queue_id, {parts}"
    )
    found = _found(history, asked, [question])
    if found.rolled:
        return None
    told: dict[CallRecord, int] = {}
    for row in (row for (rows,) in found.summed for row in rows):
        count, *example = row[2 + len(KIND) :]
        call = _example(begin, QueueId(_told_text(row[1])), row[2], row[3], example)
        told[call] = told.get(call, 0) + count
    return told


def _example(
    begin: datetime, queue_id: QueueId, ending: str, target: int | None, parts: Sequence[int | None]
) -> CallRecord:
    wait, talk, hold, wrap_up, short = map(_span, parts[:5])
    missed_rings, transferred = parts[5:]
    return CallRecord(
        fact_id=FactId(""),
        call_id=CallId(""),
        queue_id=queue_id,
        entered_at=begin,
        ended_at=begin,
        ending=Ending(ending),
        wait=wait,
        target=_span(target),
        talk=talk,
        hold=hold,
        wrap_up=wrap_up,
        short=short,
        missed_rings=missed_rings or 0,
        transferred=bool(transferred),
    )


def _span(us: int | None) -> timedelta | None:
    return None if us is None else timedelta(microseconds=us)


def calls(
    history: CallStore,
    begin: datetime,
    end: datetime,
    *,
    queues: Collection[QueueId] | None = None,
) -> Iterator[CallRecord]:
    """Return the calls that arrived from `begin` on and before `end`, in order of arrival.

    Damaged rows are left out.

    Raises:
        HistoryUnavailable: As in `interval_totals`.
    """
    wanted = None if queues is None else {stored_text(queue) for queue in queues}
    days = history.sealed or SealedDays(history.database, Path())
    for page in days.pages(instant_us(begin), instant_us(end)):
        for row in page:
            if wanted is None or row[_QUEUE] in wanted:
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
    wanted: list[tuple[Mapping[str, str], str, str]] = [(ALL, "entered_at", "")]
    if booking is Booking.ENDED:
        wanted = [(ARRIVAL, "entered_at", ""), (HANDLING, HANDLED_AT, BOOKED)]
    questions = [_grouped(asked, at, columns, more) for columns, at, more in wanted]
    questions.append(_waits(asked))
    parts_of: dict[tuple[int, Any], dict[str, Any]] = {}
    packed: dict[tuple[int, Any, str], int] = {}
    found = _found(history, asked, questions)
    for *parts, waits in found.summed:
        for (columns, _at, _more), rows in zip(wanted, parts, strict=True):
            _add(parts_of, tuple(columns), rows)
        for slot, key, ending, second, count in waits:
            kind = (slot, key, ending)
            packed[kind] = packed.get(kind, 0) + (count << (32 * min(second, LONGEST_S)))
    totals_of = {
        place: Totals(
            **_timed(parts),
            waits=packed.get((*place, "answered"), 0),
            abandon_waits=packed.get((*place, "abandoned"), 0),
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
            if name == LONGEST:
                parts[name] = max(parts.get(name, 0), value)
            else:
                parts[name] = parts.get(name, 0) + value


def _timed(parts: Mapping[str, int]) -> dict[str, Any]:
    return {
        name: timedelta(microseconds=value) if name in TIMES else value
        for name, value in parts.items()
        if value  # what is left out is nothing, as it is in Totals
    }


def _sums(history: CallStore, asked: _Range) -> list[Row]:
    names = {name: ALL[name] for name in Sums._fields}
    found = _found(history, asked, [_grouped(asked, "entered_at", names)])
    # Of rolled up time there is a row for every quarter of an hour: a place may come often.
    rolled = [(*place, *_sums_of(totals)) for place, totals in found.rolled]
    rows = _merged([rows for (rows,) in found.summed], rolled)
    if any(key is not None and _MARKED.search(key) for key in {row[1] for row in rows}):
        return [(row[0], row[1] and _told_text(row[1]), *row[2:]) for row in rows]
    return rows


def _sums_of(totals: Totals) -> Sums:
    told = (getattr(totals, name) for name in Sums._fields)
    return Sums(*(part // MICROSECOND if isinstance(part, timedelta) else part for part in told))


def _merged(pieces: Iterable[list[Row]], more: list[Row]) -> list[Row]:
    """Return rows with each place once; in a piece it is only once, in `more` it may be often."""
    # Millions of rows of sealed days are not added to the few that are not: most are apart.
    *few, many = sorted(pieces, key=len) or [[]]
    few.append(more)
    slots = {row[0] for rows in few for row in rows}
    if not slots:
        return many
    sums: dict[tuple[int, Any], dict[str, Any]] = {}
    for rows in (*few, [row for row in many if row[0] in slots]):
        _add(sums, Sums._fields, rows)
    both = [(*place, *parts.values()) for place, parts in sums.items()]
    return both + [row for row in many if row[0] not in slots]


class _Question(NamedTuple):
    """A statement that is whole but for where calls are and how whole numbers divide.

    Attributes:
        names: Of the sums that it asks for, after interval and key; none if it counts waits.
        kept: True if sums of whole days by key, kept beside the calls, answer it too.
    """

    text: str
    names: tuple[str, ...] = ()
    kept: bool = False


def _grouped(asked: _Range, at: str, columns: Mapping[str, str], more: str = "") -> _Question:
    slot = _slot(asked, at)
    groups = "2" if slot == _ONE else "1, 2"  # grouping by what is the same takes time too
    text = (
        f"SELECT {slot} AS slot, {asked.key} AS key_of, {_named(columns)}"  # noqa: S608 - nothing of it comes from outside
        f" FROM {{calls}} {more} GROUP BY {groups}"
    )
    return _Question(text, tuple(columns), kept=asked.key == _AGENT and slot == _ONE)


def _named(columns: Mapping[str, str]) -> str:
    return ", ".join(f"{said} AS {name}" for name, said in columns.items())


def _slot(asked: _Range, at: str) -> str:
    if asked.interval >= asked.end - asked.begin and at == "entered_at":
        return _ONE
    return f"({at} - {asked.begin}) {{div}} {asked.interval}"


def _waits(asked: _Range) -> _Question:
    second = f"(wait + {_SECOND_US // 2}) {{div}} {_SECOND_US}"
    return _Question(
        f"SELECT slot, key_of, ending, second, count(*) FROM ("  # noqa: S608 - nothing of it comes from outside
        f"SELECT {_slot(asked, 'entered_at')} AS slot, {asked.key} AS key_of, ending,"
        f" CASE WHEN wait < 0 THEN 0 ELSE {second} END AS second"
        f" FROM {{calls}} AND wait IS NOT NULL AND ending IN ('answered', 'abandoned')"
        f") waits GROUP BY 1, 2, 3, 4"
    )


class _Found(NamedTuple):
    """What there is of a range: sums by place, the database first, then by question."""

    summed: list[list[list[Row]]]
    rolled: list[tuple[tuple[int, Any], Totals]]


def _found(history: CallStore, asked: _Range, questions: Sequence[_Question]) -> _Found:
    if asked.begin >= asked.end:
        return _Found([], [])
    for _attempt in range(_TRIES):
        state = _state(history, asked)
        try:
            found = _gathered(history, asked, questions, state[0])
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
    history: CallStore, asked: _Range, questions: Sequence[_Question], days: Sequence[SealedDay]
) -> _Found:
    summed = [_of_rows(history.database, asked, questions)]
    if history.sealed is not None and days:
        summed.append(_of_files(history.sealed, days, asked, questions))
    return _Found(summed, list(_rolled(history.database, asked)))


def _rolled(database: Database, asked: _Range) -> Iterator[tuple[tuple[int, Any], Totals]]:
    """Yield what is left of calls that were let go, where their interval begins."""
    by_agent = asked.key == _AGENT
    name = "agent rollups" if by_agent else "queue rollups"
    form: Form[Any] = AGENT_ROLLUPS if by_agent else QUEUE_ROLLUPS
    # Behind every key of the microsecond before, in which no interval begins.
    place: Row = (asked.begin - 1, "")
    while rows := database.rows(name, *place, asked.end):
        for row in rows:
            rollup = form.unpacked(row)
            wanted = asked.queues is None or row[1] in asked.queues
            if rollup is not None and wanted and rollup.totals != NOTHING:
                yield ((row[0] - asked.begin) // asked.interval, row[1]), rollup.totals
        place = rows[-1][:2]


def _of_rows(database: Database, asked: _Range, questions: Iterable[_Question]) -> list[list[Row]]:
    where = (
        f"(SELECT calls.*, {FLAGS} FROM calls"  # noqa: S608 - whole numbers
        f" WHERE entered_at >= {asked.begin} AND entered_at < {asked.end}) calls WHERE true"
    )
    found = [database.rows_text(each.text.format(calls=where, div="/")) for each in questions]
    if asked.queues is None:
        return found
    queues = asked.queues
    return [[row for row in rows if row[1] in queues] for rows in found]


def _of_files(
    sealed: SealedDays, days: Sequence[SealedDay], asked: _Range, questions: Iterable[_Question]
) -> list[list[Row]]:
    begin, end = asked.begin, asked.end
    whole = [each for each in days if begin <= each.day * DAY_US and (each.day + 1) * DAY_US <= end]
    cut = [each for each in days if each not in whole]
    queues: list[str] = []
    more = ""
    if asked.queues is not None:
        queues = sorted(asked.queues)
        signs = ", ".join("?" for _queue in queues)
        more = f" AND queue_id IN ({signs})" if queues else " AND false"

    def calls_of(whole: Sequence[SealedDay]) -> str:
        return f"({_calls(sealed, whole, cut, asked)}) calls WHERE true{more}"

    found: list[list[Row]] = []
    for each in questions:
        if each.kept and (sums := _kept(sealed, whole)):
            rest = [day for day in whole if day.day not in sums]
            calls = calls_of(rest) if rest or cut else ""
            found.append(sealed.engine.rows(_with_sums(each, sums.values(), calls)))
        else:
            statement = each.text.format(calls=calls_of(whole), div="//")
            found.append(sealed.engine.rows(statement, queues))
    return found


def _calls(
    sealed: SealedDays, whole: Sequence[SealedDay], cut: Sequence[SealedDay], asked: _Range
) -> str:
    # Days that lie within as a whole are not asked when each call arrived: a sixth to a third
    # of the time.
    tables = [f"SELECT *, {FLAGS} FROM {files_table(sealed.verified(whole))}"] if whole else []  # noqa: S608 - our own paths
    if cut:
        tables.append(
            f"SELECT *, {FLAGS} FROM {files_table(sealed.verified(cut))}"  # noqa: S608 - our own paths
            f" WHERE entered_at >= {asked.begin} AND entered_at < {asked.end}"
        )
    return " UNION ALL ".join(tables)


def _kept(sealed: SealedDays, days: Iterable[SealedDay]) -> dict[int, Path]:
    """Return the files with sums by agent, by day; only of days that have one that is whole."""
    files = {each.day: sealed.sums_by_agent(each) for each in days}
    return {day: file for day, file in files.items() if file is not None}


def _with_sums(question: _Question, sums: Iterable[Path], calls: str) -> str:
    """Return the statement that adds sums that are kept to those of calls, if there are any."""
    names = ", ".join(question.names)
    tables = [f"SELECT {_AGENT} AS key_of, {names} FROM {files_table(sums, ())}"]  # noqa: S608 - our own paths
    if calls:
        text = question.text.format(calls=calls, div="//")
        tables.append(f"SELECT key_of, {names} FROM ({text})")  # noqa: S608 - as above
    return (
        f"SELECT {_ONE}, key_of, {again(question.names)}"  # noqa: S608 - as above
        f" FROM ({' UNION ALL '.join(tables)}) sums GROUP BY key_of"
    )


def _told_text(text: str) -> str:
    """Return a text out of a column as it was told: the inverse of `stored_text`."""
    return _MARKED.sub(lambda found: chr(int(found.group(1), 16)), text)
