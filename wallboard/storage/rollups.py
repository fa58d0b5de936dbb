"""Counts and times by interval, kept when the facts that they were counted from are let go."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any, Final, TypeAlias

import msgspec

from wallboard.domain.agent_time import AgentTime, time_of
from wallboard.domain.facts import AgentSpell, CallRecord
from wallboard.domain.snapshot import AgentId, AgentState, QueueId
from wallboard.domain.totals import NOTHING, Totals, added, totals_of
from wallboard.domain.waits import Waits
from wallboard.storage.reports import AgentRollup, QueueRollup
from wallboard.storage.rows import EPOCH, MICROSECOND, Form, Row, instant_of, instant_us

INTERVAL: Final = timedelta(minutes=15)
"""Every zone's clock, and so every interval of 15, 30 or 60 minutes, begins at one of these."""

_Cells: TypeAlias = dict[str, int | dict[str, int]]
_FIELDS: Final = Totals._fields
_WAITS: Final = frozenset({"waits", "abandon_waits"})


def interval_of(instant: datetime) -> datetime:
    """Return the begin of the interval that an instant lies in."""
    return EPOCH + (instant - EPOCH) // INTERVAL * INTERVAL


def totals_text(totals: Totals) -> str:
    """Return totals as JSON: only what is not zero; times in microseconds, waits by second."""
    cells: _Cells = {}
    for name in _FIELDS:
        value = getattr(totals, name)
        if not value:
            continue
        if isinstance(value, timedelta):
            cells[name] = value // MICROSECOND
        elif name in _WAITS:
            counts = enumerate(Waits(value).counts)
            cells[name] = {str(second): count for second, count in counts if count}
        else:
            cells[name] = value
    return msgspec.json.encode(cells).decode()


def totals_from(text: str) -> Totals:
    """Return totals from their text."""
    cells = msgspec.json.decode(text, type=dict[str, int | dict[str, int]])
    values: dict[str, Any] = {}
    for name, cell in cells.items():
        if isinstance(cell, dict):
            values[name] = sum(count << (32 * int(at)) for at, count in cell.items())
        elif isinstance(getattr(NOTHING, name), timedelta):
            values[name] = timedelta(microseconds=cell)
        else:
            values[name] = cell
    return Totals(**values)


def _time_text(time: AgentTime) -> str:
    states = {state.value: span // MICROSECOND for state, span in time.by_state.items()}
    reasons = {reason: span // MICROSECOND for reason, span in time.by_reason.items()}
    return msgspec.json.encode([states, reasons], order="sorted").decode()


def _time_from(text: str) -> AgentTime:
    states, reasons = msgspec.json.decode(text, type=tuple[dict[str, int], dict[str, int]])
    return AgentTime(
        by_state={AgentState(name): timedelta(microseconds=us) for name, us in states.items()},
        by_reason={name: timedelta(microseconds=us) for name, us in reasons.items()},
    )


def _queue_cells(rollup: QueueRollup) -> Row:
    return (instant_us(rollup.begin), rollup.queue_id, totals_text(rollup.totals))


def _queue_value(row: Row) -> QueueRollup:
    return QueueRollup(
        begin=instant_of(row[0]), queue_id=QueueId(row[1]), totals=totals_from(row[2])
    )


def _agent_cells(rollup: AgentRollup) -> Row:
    return (
        instant_us(rollup.begin),
        rollup.agent_id,
        totals_text(rollup.totals),
        _time_text(rollup.time),
    )


def _agent_value(row: Row) -> AgentRollup:
    return AgentRollup(
        begin=instant_of(row[0]),
        agent_id=AgentId(row[1]),
        totals=totals_from(row[2]),
        time=_time_from(row[3]),
    )


QUEUE_ROLLUPS: Final = Form(
    "queue_rollups", ("begin_at", "queue_id", "totals"), _queue_cells, _queue_value
)
AGENT_ROLLUPS: Final = Form(
    "agent_rollups", ("begin_at", "agent_id", "totals", "time"), _agent_cells, _agent_value
)


def queue_rollups(calls: Iterable[CallRecord]) -> list[QueueRollup]:
    """Return calls counted by the interval that they arrived in, and by queue."""
    counted: dict[tuple[datetime, QueueId], list[Totals]] = defaultdict(list)
    for call in calls:
        counted[interval_of(call.entered_at), call.queue_id].append(totals_of(call))
    return [
        QueueRollup(begin=begin, queue_id=queue_id, totals=added(many))
        for (begin, queue_id), many in sorted(counted.items())
    ]


def agent_rollups(
    calls: Iterable[CallRecord], spells: Iterable[AgentSpell], begin: datetime, end: datetime
) -> list[AgentRollup]:
    """Return agents' calls by the interval that they arrived in, and their time by the clock.

    Args:
        begin, end: The time of spells that counts; begins of intervals.
    """
    counted: dict[tuple[datetime, AgentId], list[Totals]] = defaultdict(list)
    for call in calls:
        if call.agent_id is not None:
            counted[interval_of(call.entered_at), call.agent_id].append(totals_of(call))
    parts: dict[tuple[datetime, AgentId], list[AgentSpell]] = defaultdict(list)
    for spell in spells:
        for since in _intervals(max(begin, spell.began_at), min(end, spell.ended_at)):
            parts[since, spell.agent_id].append(spell)
    return [
        AgentRollup(
            begin=key[0],
            agent_id=key[1],
            totals=added(counted.get(key, ())),
            time=time_of(parts.get(key, ()), key[0], key[0] + INTERVAL),
        )
        for key in sorted({*counted, *parts})
    ]


def _intervals(begin: datetime, end: datetime) -> Iterator[datetime]:
    since = interval_of(begin)
    while since < end:
        yield since
        since += INTERVAL
