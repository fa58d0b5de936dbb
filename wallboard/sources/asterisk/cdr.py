"""Asterisk's call detail records as facts of the calls that went through no queue.

A record is of one attempt to connect a caller with somebody, so a call may have several: they are
taken together by the call's id. Legs of a call that the system itself made (Local channels) are
parts of another call. Every line is a record; a line that cannot be read spoils no other.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Final, TypeAlias

from wallboard.domain.facts import DirectCall, Direction, FactId
from wallboard.domain.snapshot import AgentId, CallId
from wallboard.sources.asterisk.queue_log import BadLine, lines_of
from wallboard.sources.asterisk.rows import LONGEST, channel_device, known, person_of

COLUMNS: Final = (
    "accountcode",
    "src",
    "dst",
    "dcontext",
    "clid",
    "channel",
    "dstchannel",
    "lastapp",
    "lastdata",
    "start",
    "answer",
    "end",
    "duration",
    "billsec",
    "disposition",
    "amaflags",
    "uniqueid",
    "userfield",
)
"""Of Master.csv. A first line of names, as an export from a database has, goes before them."""

IsQueued: TypeAlias = Callable[[str, datetime], bool]

PHONES: Final = r"\d{2,6}"
"""What a phone's device is called, unless told otherwise: its extension."""

_FEWEST: Final = COLUMNS.index("amaflags") + 1
_NAMES: Final[Mapping[str, str]] = {"calldate": "start"}
# Beginnings of contexts in which calls begin that come from outside.
_FROM_OUTSIDE: Final = (
    "from-trunk",
    "from-pstn",
    "from-did",
    "from-outside",
    "incoming",
    "ext-did",
)
# A record's start is that of its caller's channel, which is in the call's id.
_SAME_START: Final = timedelta(seconds=15)
_QUARTER_S: Final = 900
# So many records are looked at to tell which clock the file goes by.
_LOOKED_AT: Final = 200
# A call's records are written together at its end; others may come in between.
_TOGETHER: Final = 500
_SHOWN_BAD: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """How a site tells which way its calls go.

    Attributes:
        phones: What the devices of its own phones are called, as a regular expression.
        contexts: The direction of calls that begin in a context; goes before all else.
        zone: The clock that the file goes by, if neither it nor UTC nor the call's ids tell.
    """

    phones: str = PHONES
    contexts: Mapping[str, Direction] = field(default_factory=dict)
    zone: tzinfo = UTC


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """One record. Times are what the file says, without a zone."""

    call: str
    src: str
    dst: str
    context: str
    channel: str
    dst_channel: str
    app: str
    start: datetime
    answer: datetime | None
    end: datetime
    talk_s: int
    answered: bool
    born: float | None


@dataclass(slots=True)
class _Call:
    rows: list[_Row] = field(default_factory=list)
    last_row: int = 0


class CdrLog:
    """Reads call detail records, in pieces of any size. Used by one thread.

    Attributes:
        lines, bad: How many lines there were, and how many of them could not be read.
        bad_lines: The first of those.
        left_out: Calls that went through a queue.
        since, last: From when to when records were read. None before the first.
    """

    def __init__(self, rules: Rules, is_queued: IsQueued = lambda _, __: False) -> None:
        """Begin.

        Args:
            is_queued: Whether a call, by its id and its begin, is known to have been in a queue.
        """
        self._rules = rules
        self._phone = re.compile(rules.phones)
        self._is_queued = is_queued
        self._columns: Sequence[str] = COLUMNS
        self._calls: dict[str, _Call] = {}
        self._rows = 0
        self._waiting: list[_Row] = []
        self._clock: tzinfo | None = None
        self._rest = b""
        self._number = 0
        self.lines = 0
        self.bad = 0
        self.bad_lines: list[BadLine] = []
        self.left_out = 0
        self.since: datetime | None = None
        self.last: datetime | None = None

    def feed(self, data: bytes) -> Sequence[DirectCall]:
        """Take the next piece of the file; a line may be cut anywhere. Returns what is over now."""
        lines, self._rest = lines_of(self._rest + data)
        return tuple(self._take(lines))

    def end_file(self) -> Sequence[DirectCall]:
        """The file is over: what is left is a line, and the next line is another file's first."""
        lines, self._rest = [self._rest] if self._rest else [], b""
        told = tuple(self._take(lines))
        self._number, self._columns = 0, COLUMNS
        return told

    def end(self) -> Sequence[DirectCall]:
        """All files are over: nothing more belongs to any call."""
        told = tuple(self._settled())
        rest = tuple(self._told(self._calls.values()))
        self._calls.clear()
        return (*told, *rest)

    # --- lines ------------------------------------------------------------------------------

    def _take(self, lines: Sequence[bytes]) -> Iterator[DirectCall]:
        for line in lines:
            self._number += 1
            text = line.rstrip(b"\r").decode("utf-8", "replace")
            if not text.strip():
                continue
            self.lines += 1
            try:
                cells = next(csv.reader([text], strict=True))
                if self._number == 1 and _is_head(cells):
                    self._columns = [_NAMES.get(cell.lower(), cell.lower()) for cell in cells]
                    continue
                row = _row_of(cells, self._columns)
            except (csv.Error, ValueError, StopIteration):
                self._spoilt(text)
                continue
            yield from self._row(row)

    def _spoilt(self, text: str) -> None:
        self.bad += 1
        if len(self.bad_lines) < _SHOWN_BAD:
            self.bad_lines.append(BadLine(number=self._number, text=text[:LONGEST]))

    def _row(self, row: _Row) -> Iterator[DirectCall]:
        if self._clock is None:
            self._waiting.append(row)
            if len(self._waiting) >= _LOOKED_AT:
                yield from self._settled()
        else:
            yield from self._booked(row)

    def _settled(self) -> Iterator[DirectCall]:
        """Decide which clock the file goes by, and take what has waited for that."""
        if self._clock is None and self._waiting:
            self._clock = clock_of(
                [(row.start, row.born) for row in self._waiting if row.born is not None],
                self._rules.zone,
            )
        waiting, self._waiting = self._waiting, []
        for row in waiting:
            yield from self._booked(row)

    def _booked(self, row: _Row) -> Iterator[DirectCall]:
        self._rows += 1
        call = self._calls.pop(row.call, None) or _Call()
        self._calls[row.call] = call
        call.rows.append(row)
        call.last_row = self._rows
        start, end = self._instant(row.start), self._instant(row.end)
        self.since = start if self.since is None else min(self.since, start)
        self.last = end if self.last is None else max(self.last, end)
        over = []
        for key, one in self._calls.items():
            if one.last_row > self._rows - _TOGETHER:
                break
            over.append(key)
        yield from self._told([self._calls.pop(key) for key in over])

    # --- calls ------------------------------------------------------------------------------

    def _told(self, calls: Iterable[_Call]) -> Iterator[DirectCall]:
        for call in calls:
            rows = [row for row in call.rows if not _is_leg(row)]
            if not rows:
                continue
            if any(row.app == "Queue" for row in rows) or self._was_queued(rows):
                self.left_out += 1
            else:
                yield self._direct(sorted(rows, key=lambda row: row.start))

    def _was_queued(self, rows: Sequence[_Row]) -> bool:
        began = self._instant(min(row.start for row in rows))
        return any(self._is_queued(call, began) for call in {row.call for row in rows})

    def _direct(self, rows: Sequence[_Row]) -> DirectCall:
        first = rows[0]
        taken = next((row for row in rows if row.answered and row.dst_channel), None)
        source, target = self._phone_on(first.channel), self._target(rows, taken)
        direction = self._direction(first, rows, source, target)
        if taken is None and direction is not Direction.INCOMING:
            # The system itself answered a call from inside: an announcement, a mailbox.
            taken = next((row for row in rows if row.answered), None)
        began = self._instant(first.start)
        ended = max(began, *(self._instant(row.end) for row in rows))
        answered_at = self._answered_at(taken, began)
        far = first.src if direction is Direction.INCOMING else first.dst
        agent = target if direction is Direction.INCOMING else source
        return DirectCall(
            fact_id=FactId(f"cdr@{first.call}"),
            call_id=CallId(first.call),
            direction=direction,
            began_at=began,
            ended_at=ended,
            answered=taken is not None,
            ring=(answered_at or ended) - began,
            talk=None if taken is None else timedelta(seconds=taken.talk_s),
            agent_id=agent,
            far_number=known(far),
            contact=first.call,
        )

    def _answered_at(self, taken: _Row | None, began: datetime) -> datetime | None:
        if taken is None:
            return None
        at = taken.end - timedelta(seconds=taken.talk_s) if taken.answer is None else taken.answer
        return max(began, self._instant(at))

    def _phone_on(self, channel: str) -> AgentId | None:
        """Return whose phone a channel is on. None if it is not one of the site's phones."""
        if not channel:
            return None
        person, resolved = person_of(channel_device(channel))
        return person if resolved and self._phone.fullmatch(person) else None

    def _target(self, rows: Sequence[_Row], taken: _Row | None) -> AgentId | None:
        """Return whose phone took it, or else rang first."""
        rang = [taken] if taken is not None else rows
        return next((who for row in rang if (who := self._phone_on(row.dst_channel))), None)

    def _direction(
        self, first: _Row, rows: Sequence[_Row], source: AgentId | None, target: AgentId | None
    ) -> Direction:
        told = self._rules.contexts.get(first.context)
        if told is not None:
            return told
        if source is not None:
            dialled = any(row.dst_channel for row in rows)
            inside = target is not None or (not dialled and self._is_inside(first.dst))
            return Direction.INTERNAL if inside else Direction.OUTGOING
        if target is not None or first.context.startswith(_FROM_OUTSIDE):
            return Direction.INCOMING
        return Direction.UNKNOWN

    def _is_inside(self, number: str) -> bool:
        return number.startswith("*") or self._phone.fullmatch(number) is not None

    def _instant(self, told: datetime) -> datetime:
        return told.replace(tzinfo=self._clock or self._rules.zone).astimezone(UTC)


def cdr_time(line: bytes) -> float | None:
    """Return when a record began, by the file's own clock, to sort files. None if unreadable."""
    found = _STAMP.search(line)
    if found is None:
        return None
    try:
        return _stamp(found[0].decode("ascii")).replace(tzinfo=UTC).timestamp()
    except ValueError:
        return None


def clock_of(starts: Sequence[tuple[datetime, float]], zone: tzinfo) -> tzinfo:
    """Return the clock that a file goes by.

    Args:
        starts: What it says when calls began, and seconds since the epoch of when they did.
        zone: What to take if it may be that, or if nothing tells.
    """
    for clock in (zone, UTC):
        fitting = sum(
            abs(told.replace(tzinfo=clock) - datetime.fromtimestamp(born, UTC)) <= _SAME_START
            for told, born in starts
        )
        if fitting * 2 >= len(starts):
            return clock
    # Neither: the commonest distance from UTC, in quarters of an hour.
    quarters = sorted(
        round((told.replace(tzinfo=UTC).timestamp() - born) / _QUARTER_S) for told, born in starts
    )
    return timezone(timedelta(seconds=_QUARTER_S * quarters[len(quarters) // 2]))


_STAMP: Final = re.compile(rb"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")


def _is_head(cells: Sequence[str]) -> bool:
    names = {cell.lower() for cell in cells}
    return "channel" in names and ("start" in names or "calldate" in names)


def _row_of(cells: Sequence[str], columns: Sequence[str]) -> _Row:
    if len(cells) < min(_FEWEST, len(columns)):
        raise ValueError("too few cells")
    told = {name: cell[:LONGEST] for name, cell in zip(columns, cells, strict=False)}
    start = _stamp(told["start"])
    talk_s = _count(told.get("billsec", ""))
    end = told.get("end", "")
    channel = told.get("channel", "")
    unique = told.get("uniqueid", "")
    call = told.get("linkedid") or unique or f"{channel}@{told['start']}"
    answered = told.get("disposition", "").upper() == "ANSWERED"
    return _Row(
        call=call,
        src=told.get("src", ""),
        dst=told.get("dst", ""),
        context=told.get("dcontext", ""),
        channel=channel,
        dst_channel=told.get("dstchannel", ""),
        app=told.get("lastapp", ""),
        start=start,
        answer=_stamp(told["answer"]) if told.get("answer") else None,
        end=_stamp(end) if end else start + timedelta(seconds=_count(told.get("duration", ""))),
        talk_s=talk_s,
        answered=answered,
        born=_born(unique),
    )


def _is_leg(row: _Row) -> bool:
    return row.channel.startswith("Local/") and row.channel.endswith((";1", ";2"))


def _stamp(text: str) -> datetime:
    stamp = datetime.fromisoformat(text)
    if stamp.tzinfo is not None or not 1970 < stamp.year < 9999:
        raise ValueError(text)
    return stamp


def _count(text: str) -> int:
    if text and not (text.isascii() and text.isdigit() and len(text) < 10):
        raise ValueError(text)
    return int(text or 0)


def _born(unique: str) -> float | None:
    stamp = unique.rpartition("-")[2].partition(".")[0]
    if not (stamp.isascii() and stamp.isdigit() and 9 <= len(stamp) <= 11):
        return None
    return float(stamp)
