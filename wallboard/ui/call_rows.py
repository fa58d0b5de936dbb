"""The calls behind a figure as rows: for the eye, and as text for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from enum import StrEnum
from typing import Final, TypeAlias

from wallboard.domain.arranging import CallerNumbers
from wallboard.domain.facts import CallRecord, Ending
from wallboard.domain.snapshot import AgentId, QueueId
from wallboard.ui.caller_text import caller_text
from wallboard.ui.explained import day_words
from wallboard.ui.outside_text import shown
from wallboard.ui.wording import NOTHING_KNOWN, Wording
from wallboard.ui.words import Phrase, phrase

ENDING_NAMES: Final[Mapping[Ending, Phrase]] = {
    Ending.ANSWERED: phrase("Ending", "Answered"),
    Ending.ABANDONED: phrase("Ending", "Abandoned"),
    Ending.TIMED_OUT: phrase("Ending", "Timed out"),
    Ending.LEFT_BY_KEY: phrase("Ending", "Left by key"),
    Ending.LEFT_EMPTY: phrase("Ending", "Nobody there"),
    Ending.LEFT_OTHERWISE: phrase("Ending", "Left otherwise"),
    Ending.UNKNOWN: phrase("Ending", "End not seen"),
}

# A spreadsheet takes a text that begins like this for a formula.
_FORMULA: Final = frozenset("=+-@\t\r\n＝＋－＠")


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What queues and agents are called. Text from outside.

    Attributes:
        callers: How the callers' numbers are shown.
    """

    queues: Mapping[QueueId, str]
    agents: Mapping[AgentId, str]
    callers: CallerNumbers = CallerNumbers.MASKED


@dataclass(frozen=True, slots=True, kw_only=True)
class CallRow:
    """One call behind a figure.

    Attributes:
        at: When the caller joined the queue.
        queue, caller, agent: Fit to be shown; empty if not known.
    """

    at: datetime
    queue: str
    caller: str
    wait: timedelta | None
    talk: timedelta | None
    agent: str
    ending: Ending


class CallColumn(StrEnum):
    """A column of the table, in its order."""

    AT = "at"
    QUEUE = "queue"
    CALLER = "caller"
    WAIT = "wait"
    TALK = "talk"
    AGENT = "agent"
    ENDING = "ending"


COLUMN_NAMES: Final[Mapping[CallColumn, Phrase]] = {
    CallColumn.AT: phrase("CallColumn", "Time"),
    CallColumn.QUEUE: phrase("CallColumn", "Queue"),
    CallColumn.CALLER: phrase("CallColumn", "Caller"),
    CallColumn.WAIT: phrase("CallColumn", "Wait"),
    CallColumn.TALK: phrase("CallColumn", "Talk"),
    CallColumn.AGENT: phrase("CallColumn", "Agent"),
    CallColumn.ENDING: phrase("CallColumn", "Ending"),
}
FIGURES: Final = frozenset({CallColumn.AT, CallColumn.CALLER, CallColumn.WAIT, CallColumn.TALK})
"""Columns whose texts are read from left to right in every language."""

_Order: TypeAlias = tuple[bool, object]


def row_of(record: CallRecord, names: Names) -> CallRow:
    """Return the row of a call; the caller's number as it may be shown."""
    number = shown(record.caller_number or "")
    agent_id = record.agent_id
    return CallRow(
        at=record.entered_at,
        queue=shown(names.queues.get(record.queue_id, record.queue_id)),
        caller=caller_text(number, names.callers),
        wait=record.wait,
        talk=record.talk,
        agent="" if agent_id is None else shown(names.agents.get(agent_id, agent_id)),
        ending=record.ending,
    )


def order_of(row: CallRow, column: CallColumn) -> _Order:
    """Return by what a column is sorted: what is not known comes first."""
    value = getattr(row, column)
    if isinstance(value, str) and not isinstance(value, Ending):
        value = value.casefold()
    known = value is not None and value != ""
    return known, value if known else ""


def cell_text(
    row: CallRow, column: CallColumn, zone: tzinfo, wording: Wording, *, with_day: bool = True
) -> str:
    """Return what a cell shows; a dash for what is not known."""
    match column:
        case CallColumn.AT if not with_day:
            return wording.clock(row.at, zone)
        case CallColumn.AT:
            at = row.at.astimezone(zone)
            return f"{day_words(at, wording)} {wording.clock(at, zone)}"
        case CallColumn.WAIT | CallColumn.TALK:
            time: timedelta | None = getattr(row, column)
            return wording.duration(time)
        case CallColumn.ENDING:
            return wording.say(ENDING_NAMES[row.ending])
        case _:
            return getattr(row, column) or NOTHING_KNOWN


def calls_csv(rows: Iterable[CallRow], zone: tzinfo, wording: Wording) -> str:
    """Return the calls as a file for spreadsheets: it begins with a byte order mark.

    Times are ISO 8601 with their offset, lengths are seconds, headings and endings are words that
    no language changes. In Persian there is one column more: the day by the Jalali calendar.
    """
    out = io.StringIO(newline="")
    out.write("\ufeff")
    writer = csv.writer(out)
    columns = [column for column in _CSV_COLUMNS if wording.rtl or column[0] != "arrived_jalali"]
    writer.writerow([heading for heading, _ in columns])
    for row in rows:
        writer.writerow([cell(row, zone) for _, cell in columns])
    return out.getvalue()


def inert(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in _FORMULA else text


def _seconds(time: timedelta | None) -> str:
    return "" if time is None else f"{time.total_seconds():.3f}".rstrip("0").rstrip(".")


def _jalali(at: datetime) -> str:
    return day_words(at, Wording(language="fa", latin_digits=True))


_CSV_COLUMNS: Final[tuple[tuple[str, Callable[[CallRow, tzinfo], str]], ...]] = (
    ("arrived_at", lambda row, zone: row.at.astimezone(zone).isoformat(timespec="seconds")),
    ("arrived_jalali", lambda row, zone: _jalali(row.at.astimezone(zone))),
    ("queue", lambda row, _: inert(row.queue)),
    ("caller", lambda row, _: inert(row.caller)),
    ("wait_s", lambda row, _: _seconds(row.wait)),
    ("talk_s", lambda row, _: _seconds(row.talk)),
    ("agent", lambda row, _: inert(row.agent)),
    ("ending", lambda row, _: str(row.ending)),
)
