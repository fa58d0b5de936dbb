"""Facts as rows of a table and back, each with a checksum of what was kept.

Instants are whole microseconds since the epoch in UTC, durations whole microseconds, so that
what comes back equals what was kept.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any, Final, Generic, TypeAlias, TypeVar

import msgspec

from wallboard.domain.alert import AlertEvent, KeptAlert, Subject
from wallboard.domain.call_backs import CallBackNote
from wallboard.domain.coverage import MinuteSample, Stretch, Witness
from wallboard.domain.facts import AgentSpell, CallRecord, DirectCall, Direction, Ending, FactId
from wallboard.domain.measuring import Measuring
from wallboard.domain.snapshot import AgentId, AgentState, CallId, QueueId

Cell: TypeAlias = str | int | None
Row: TypeAlias = tuple[Any, ...]
_Value = TypeVar("_Value")

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND: Final = timedelta(microseconds=1)

TOGETHER: Final = 100
"""How many facts one statement keeps, if there are so many."""

_MANY_SPANS: Final = 4096

_encoded: Final = msgspec.json.encode
_lines: Final = msgspec.json.Encoder().encode_lines
# PostgreSQL takes no NUL in a text, and no database takes half of a surrogate pair. Such
# characters from outside are kept as this noncharacter and their number in four digits.
_MARK: Final = "\ufdd0"
_ODD: Final = re.compile("[\x00\ud800-\udfff\ufdd0]")
_MARKED: Final = re.compile("\ufdd0([0-9a-f]{4})")
_SIGNS: Final = (b"\\u0000", _MARK.encode())

# Looking a value up is quicker than asking the enum's member for it.
_ENDINGS: Final = {ending: ending.value for ending in Ending}
_STATES: Final = {state: state.value for state in AgentState}
_DIRECTIONS: Final = {direction: direction.value for direction in Direction}
_ENDING_OF: Final = {ending.value: ending for ending in Ending}
_STATE_OF: Final = {state.value: state for state in AgentState}
_DIRECTION_OF: Final = {direction.value: direction for direction in Direction}


def instant_us(instant: datetime) -> int:
    """Return microseconds since the epoch.

    Raises:
        TypeError: It says no time zone.
    """
    return _us(instant - EPOCH)


def instant_of(us: int) -> datetime:
    """Return the instant, in UTC."""
    return EPOCH + timedelta(0, 0, us)


def _us(span: timedelta) -> int:
    # Thrice as quick as `span // MICROSECOND`, and as exact.
    return (span.days * 86_400 + span.seconds) * 1_000_000 + span.microseconds


def _maybe_us(span: timedelta | None) -> int | None:
    return None if span is None else _us(span)


class _Spans(dict[timedelta | None, int | None]):
    """Microseconds of spans that come again and again."""

    def __missing__(self, span: timedelta | None) -> int | None:
        us = None if span is None else _us(span)
        if len(self) < _MANY_SPANS:
            self[span] = us
        return us


_THRESHOLDS: Final = _Spans()


@lru_cache(maxsize=1 << 16)
def _span(us: int | None) -> timedelta | None:
    # Looked up: targets and whole seconds come again and again.
    return None if us is None else timedelta(0, 0, us)


@dataclass(frozen=True, slots=True)
class Form(Generic[_Value]):
    """How values of one kind lie in their table.

    Attributes:
        table: Its name.
        columns: In the order of a row; the checksum comes after them.
        cells: A value as a row without checksum.
        value: A row back as a value; the checksum may be there and is not looked at.
        at: The column that says when a fact belongs; empty for what is no fact.
        seed: What its checksums begin with.
    """

    table: str
    columns: tuple[str, ...]
    cells: Callable[[_Value], Row]
    value: Callable[[Row], _Value]
    at: str = ""
    seed: int = field(init=False)

    def __post_init__(self) -> None:
        # A row of one table is none of another's, wherever it is found.
        object.__setattr__(self, "seed", zlib.crc32(self.table.encode()))

    def packed(self, values: Iterable[_Value]) -> list[Row]:
        """Return the values as rows with checksums.

        Raises:
            TypeError: An instant says no time zone.
        """
        crc32, seed = zlib.crc32, self.seed
        return [(*row, crc32(code, seed)) for row, code in self._encoded_rows(values)]

    def flat(self, values: Iterable[_Value]) -> list[Any]:
        """Return the cells of what `packed` returns, row after row.

        Raises:
            TypeError: An instant says no time zone.
        """
        crc32, seed = zlib.crc32, self.seed
        cells: list[Any] = []
        for row, code in self._encoded_rows(values):
            cells += row
            cells.append(crc32(code, seed))
        return cells

    def _encoded_rows(self, values: Iterable[_Value]) -> Iterable[tuple[Row, bytes]]:
        rows = [self.cells(value) for value in values]
        encoded = _encoded_if_plain(rows)
        if encoded is None:
            rows = [tuple(map(_marked, row)) for row in rows]
            encoded = [_encoded(row) for row in rows]
        return zip(rows, encoded, strict=True)

    def unpacked(self, row: Row) -> _Value | None:
        """Return the value of a row with its checksum. None if it is not what was kept."""
        try:
            encoded = _encoded(row[:-1])
        except (UnicodeEncodeError, TypeError):
            return None
        if zlib.crc32(encoded, self.seed) != row[-1]:
            return None
        return self.value(tuple(map(_unmarked, row)) if _SIGNS[1] in encoded else row)


def _encoded_if_plain(rows: Sequence[Row]) -> list[bytes] | None:
    """Return the rows as bytes. None if a text among them has a character to mark."""
    try:
        whole = _lines(rows)
    except UnicodeEncodeError:
        return None
    # One look at all of them: such characters are rare, and so are backslashes.
    if (b"\\" in whole or not whole.isascii()) and any(sign in whole for sign in _SIGNS):
        return None
    # No row has a line break of its own: in a text it is written as an escape.
    return whole.splitlines()


def _marked(cell: Cell) -> Cell:
    return stored_text(cell) if isinstance(cell, str) else cell


def _unmarked(cell: Cell) -> Cell:
    return plain_text(cell) if isinstance(cell, str) else cell


def stored_text(text: str) -> str:
    """Return a text as its column holds it, to compare with."""
    return _ODD.sub(lambda found: f"{_MARK}{ord(found.group()):04x}", text)


def plain_text(text: str) -> str:
    """Return a text from its column as it was told."""
    if _MARK not in text:
        return text
    return _MARKED.sub(lambda found: chr(int(found.group(1), 16)), text)


_CALL: Final = (
    "fact_id",
    "call_id",
    "queue_id",
    "entered_at",
    "ended_at",
    "ending",
    "wait",
    "target",
    "talk",
    "hold",
    "wrap_up",
    "short",
    "contact",
    "agent_id",
    "caller_number",
    "missed_rings",
    "transferred",
)
_SPELL: Final = ("fact_id", "agent_id", "state", "began_at", "ended_at", "reason")
_DIRECT: Final = (
    "fact_id",
    "call_id",
    "direction",
    "began_at",
    "ended_at",
    "answered",
    "ring",
    "talk",
    "agent_id",
    "far_number",
    "contact",
)


def _call_cells(call: CallRecord) -> Row:
    # Written out: this is done for every call of an import, and calling a function takes longer
    # than what it would do here.
    entered, ended = call.entered_at - EPOCH, call.ended_at - EPOCH
    wait, talk, hold, wrap = call.wait, call.talk, call.hold, call.wrap_up
    return (
        call.fact_id,
        call.call_id,
        call.queue_id,
        (entered.days * 86_400 + entered.seconds) * 1_000_000 + entered.microseconds,
        (ended.days * 86_400 + ended.seconds) * 1_000_000 + ended.microseconds,
        _ENDINGS[call.ending],
        None
        if wait is None
        else (wait.days * 86_400 + wait.seconds) * 1_000_000 + wait.microseconds,
        _THRESHOLDS[call.target],
        None
        if talk is None
        else (talk.days * 86_400 + talk.seconds) * 1_000_000 + talk.microseconds,
        None
        if hold is None
        else (hold.days * 86_400 + hold.seconds) * 1_000_000 + hold.microseconds,
        None
        if wrap is None
        else (wrap.days * 86_400 + wrap.seconds) * 1_000_000 + wrap.microseconds,
        _THRESHOLDS[call.short],
        call.contact,
        call.agent_id,
        call.caller_number,
        call.missed_rings,
        1 if call.transferred else 0,
    )


def _call_value(row: Row) -> CallRecord:
    return CallRecord(
        fact_id=FactId(row[0]),
        call_id=CallId(row[1]),
        queue_id=QueueId(row[2]),
        entered_at=instant_of(row[3]),
        ended_at=instant_of(row[4]),
        ending=_ENDING_OF[row[5]],
        wait=_span(row[6]),
        target=_span(row[7]),
        talk=_span(row[8]),
        hold=_span(row[9]),
        wrap_up=_span(row[10]),
        short=_span(row[11]),
        contact=row[12],
        agent_id=row[13],
        caller_number=row[14],
        missed_rings=row[15],
        transferred=bool(row[16]),
    )


def _spell_cells(spell: AgentSpell) -> Row:
    return (
        spell.fact_id,
        spell.agent_id,
        _STATES[spell.state],
        instant_us(spell.began_at),
        instant_us(spell.ended_at),
        spell.reason,
    )


def _spell_value(row: Row) -> AgentSpell:
    return AgentSpell(
        fact_id=FactId(row[0]),
        agent_id=AgentId(row[1]),
        state=_STATE_OF[row[2]],
        began_at=instant_of(row[3]),
        ended_at=instant_of(row[4]),
        reason=row[5],
    )


def _direct_cells(call: DirectCall) -> Row:
    return (
        call.fact_id,
        call.call_id,
        _DIRECTIONS[call.direction],
        instant_us(call.began_at),
        instant_us(call.ended_at),
        1 if call.answered else 0,
        _maybe_us(call.ring),
        _maybe_us(call.talk),
        call.agent_id,
        call.far_number,
        call.contact,
    )


def _direct_value(row: Row) -> DirectCall:
    return DirectCall(
        fact_id=FactId(row[0]),
        call_id=CallId(row[1]),
        direction=_DIRECTION_OF[row[2]],
        began_at=instant_of(row[3]),
        ended_at=instant_of(row[4]),
        answered=bool(row[5]),
        ring=_span(row[6]),
        talk=_span(row[7]),
        agent_id=row[8],
        far_number=row[9],
        contact=row[10],
    )


def _sample_cells(sample: MinuteSample) -> Row:
    readings = _encoded(dict(sample.readings), order="sorted").decode()
    return (sample.minute, int(sample.queue_id is not None), sample.queue_id or "", readings)


def _sample_value(row: Row) -> MinuteSample:
    return MinuteSample(
        minute=row[0],
        queue_id=QueueId(row[2]) if row[1] else None,
        readings=msgspec.json.decode(row[3], type=dict[str, float | None]),
    )


def _stretch_cells(stretch: Stretch) -> Row:
    return (instant_us(stretch.begin), instant_us(stretch.end), stretch.witness.value)


def _stretch_value(row: Row) -> Stretch:
    return Stretch(begin=instant_of(row[0]), end=instant_of(row[1]), witness=Witness(row[2]))


def _rule_cells(rule: tuple[datetime, Measuring]) -> Row:
    since, measuring = rule
    return (instant_us(since), _encoded(measuring, order="deterministic").decode())


def _rule_value(row: Row) -> tuple[datetime, Measuring]:
    return instant_of(row[0]), msgspec.json.decode(row[1], type=Measuring)


def _kept_alert_cells(kept: KeptAlert) -> Row:
    alert = kept.alert
    told = replace(
        kept,
        alert=replace(alert, subject=Subject(stored_text(alert.subject))),
        subject_name=stored_text(kept.subject_name),
    )
    return (alert.rule_id, alert.subject, _encoded(told, order="deterministic").decode())


def _kept_alert_value(row: Row) -> KeptAlert:
    told = msgspec.json.decode(row[2], type=KeptAlert)
    alert = replace(told.alert, subject=Subject(plain_text(told.alert.subject)))
    return replace(told, alert=alert, subject_name=plain_text(told.subject_name))


def _alert_event_cells(event: AlertEvent) -> Row:
    told = _worded(event, stored_text)
    return (event.event_id, instant_us(event.at), _encoded(told, order="deterministic").decode())


def _alert_event_value(row: Row) -> AlertEvent:
    return _worded(msgspec.json.decode(row[2], type=AlertEvent), plain_text)


def _worded(event: AlertEvent, form: Callable[[str], str]) -> AlertEvent:
    """Return the event with the texts that may be from outside in another form."""
    return replace(
        event,
        event_id=form(event.event_id),
        subject=Subject(form(event.subject)),
        subject_name=form(event.subject_name),
        rule_name=form(event.rule_name),
        who=form(event.who),
        reason=form(event.reason),
    )


def _call_back_cells(note: CallBackNote) -> Row:
    due = None if note.due_at is None else instant_us(note.due_at)
    return (stored_text(note.number), instant_us(note.at), stored_text(note.text), due)


def _call_back_value(row: Row) -> CallBackNote:
    return CallBackNote(
        number=plain_text(row[0]),
        at=instant_of(row[1]),
        text=plain_text(row[2]),
        due_at=None if row[3] is None else instant_of(row[3]),
    )


CALLS: Final = Form("calls", _CALL, _call_cells, _call_value, "entered_at")
SPELLS: Final = Form("spells", _SPELL, _spell_cells, _spell_value, "began_at")
DIRECTS: Final = Form("directs", _DIRECT, _direct_cells, _direct_value, "began_at")
SAMPLES: Final = Form(
    "samples", ("minute", "of_queue", "queue_id", "readings"), _sample_cells, _sample_value
)
STRETCHES: Final = Form(
    "stretches", ("begin_at", "end_at", "witness"), _stretch_cells, _stretch_value
)
RULES: Final = Form("rules", ("since", "measuring"), _rule_cells, _rule_value)
FEED: Final[Form[Row]] = Form(
    "feed", ("number", "kind", "told_at", "body"), lambda row: row, lambda row: row[:4]
)
ALERT_STATES: Final = Form(
    "alert_states", ("rule_id", "subject", "body"), _kept_alert_cells, _kept_alert_value
)
ALERT_EVENTS: Final = Form(
    "alert_events", ("event_id", "at", "body"), _alert_event_cells, _alert_event_value
)
CALL_BACKS: Final = Form(
    "call_backs", ("number", "at", "text", "due_at"), _call_back_cells, _call_back_value
)
NOTES: Final = Form("notes", ("name", "said"), lambda note: note, lambda row: (row[0], row[1]))
