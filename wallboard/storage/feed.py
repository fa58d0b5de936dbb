"""What was kept, in the order in which it was kept: told on to those who read along.

A fact that is new, and one of which more is known now, gets a number in the transaction that
keeps it. So whoever has read up to a number has missed nothing before it. Only who writes the
history gives numbers out, and no number comes again. A cursor is the history's mark and a number:
another history, as one begun after damage, has another mark.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import msgspec

from wallboard.domain.errors import WallboardError
from wallboard.domain.facts import (
    AgentSpell,
    CallRecord,
    DirectCall,
    Fact,
    FactId,
    News,
    Retraction,
)
from wallboard.domain.snapshot import QueueId
from wallboard.storage.database import Database
from wallboard.storage.noted import FEED_NOTE, TRIMMED_NOTE, note, noted
from wallboard.storage.rows import (
    CALLS,
    DIRECTS,
    FEED,
    SPELLS,
    Form,
    Row,
    instant_of,
    instant_us,
    plain_text,
    stored_text,
)

KEPT_FOR: Final = timedelta(days=7)
"""So long a fact can be read by its number; after that it is in the history alone."""

_TRIM_EVERY: Final = timedelta(hours=1)
_FORMS: Final[dict[type, Form[Any]]] = {
    CallRecord: CALLS,
    AgentSpell: SPELLS,
    DirectCall: DIRECTS,
}
_BY_TABLE: Final = {form.table: form for form in _FORMS.values()}
_RETRACTED: Final = "retracted"
_CURSOR: Final = re.compile(r"([0-9a-z]{1,16})\.([0-9]{1,18})")


class CursorUnknown(WallboardError):
    """A cursor is none of this history's, or what follows it is not kept any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedPage:
    """A part of the feed.

    Attributes:
        rows: Facts with the cursor right behind each, in order.
        next: The cursor behind the last of them.
        more: True if there was more already.
    """

    rows: tuple[tuple[str, News], ...]
    next: str
    more: bool


class FeedWriter:
    """Gives facts their numbers. Used by who writes the history, in its thread."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        """Go on where the feed ends.

        Args:
            now: Tells how old a row is when it is to be let go.

        Raises:
            HistoryUnavailable: It cannot be read or written.
        """
        self._database = database
        self._now = now
        self._trimmed_at: datetime | None = None
        with database.transaction():
            self._mark = noted(database, FEED_NOTE) or _begun(database)
        self._last: int | None = None

    @property
    def end(self) -> str:
        """The cursor behind all that was told.

        Raises:
            HistoryUnavailable: It cannot be read.
        """
        return f"{self._mark}.{self._end()}"

    def tell(self, facts: Sequence[Fact]) -> None:
        """Put facts at the end, within the transaction that keeps them."""
        now = self._now()
        self._trim(now)
        oldest, us = now - KEPT_FOR, instant_us(now)
        # What was found of a year ago is looked for in the history.
        told = [fact for fact in facts if fact.ended_at >= oldest]
        first = self._end() + 1
        rows = [(number, *line_of(fact, us)) for number, fact in enumerate(told, first)]
        self._database.run_many("insert feed", FEED.packed(rows))
        self._last = first + len(told) - 1

    def take_back(self, retractions: Sequence[Retraction]) -> None:
        """Put at the end what is no call any more, within the transaction that forgets it."""
        now = self._now()
        self._trim(now)
        first = self._end() + 1
        rows = [
            (number, _RETRACTED, instant_us(now), _retraction_body(each))
            for number, each in enumerate(retractions, first)
        ]
        self._database.run_many("insert feed", FEED.packed(rows))
        self._last = first + len(rows) - 1

    def forget(self) -> None:
        """Look anew where the feed ends, as after a transaction that was undone."""
        self._last = None

    def _end(self) -> int:
        if self._last is None:
            self._last = _last_number(self._database)
        return self._last

    def _trim(self, now: datetime) -> None:
        if self._trimmed_at is not None and abs(now - self._trimmed_at) < _TRIM_EVERY:
            return
        self._trimmed_at = now
        ((old,),) = self._database.rows("old feed", instant_us(now - KEPT_FOR))
        if old is not None:
            self._end()  # which may be what is let go
            self._database.run("trim feed", old)
            note(self._database, TRIMMED_NOTE, str(old))


def feed_page(database: Database, after: str | None, until: str | None, limit: int) -> FeedPage:
    """Return facts in order of their numbers.

    Args:
        after: From behind this cursor on. None: nothing, but the cursor of the present end.
        until: Up to this cursor at most. None: to the end.
        limit: How many at most, at least one.

    Raises:
        CursorUnknown: A cursor is not of this feed, or what follows it was let go.
        HistoryUnavailable: It cannot be read.
    """
    mark = noted(database, FEED_NOTE)
    if mark is None:
        raise CursorUnknown("nothing was ever told on")
    end = _last_number(database)
    last = end if until is None else min(end, _number(until, mark, end))
    begin = last if after is None else _number(after, mark, end)
    rows: list[Row] = []
    while begin < last and len(rows) <= limit:
        some = database.rows("feed", rows[-1][0] if rows else begin, last)
        if not some:
            break
        rows += some
    # Only now: what is let go while it is read is missing.
    if begin < int(noted(database, TRIMMED_NOTE) or 0):
        raise CursorUnknown("what follows the cursor is not kept any more")
    told = tuple([(f"{mark}.{row[0]}", _fact(row)) for row in rows[:limit]])
    reached = told[-1][0] if told else f"{mark}.{max(begin, last)}"
    return FeedPage(rows=told, next=reached, more=len(rows) > limit)


def line_of(fact: Fact, us: int) -> Row:
    """Return a fact as one line: its kind, an instant, its cells with their checksum."""
    form = _FORMS[type(fact)]
    return form.table, us, msgspec.json.encode(form.packed((fact,))[0]).decode()


def fact_in(kind: str, body: str) -> Fact | None:
    """Return the fact of a line. None if it is damaged."""
    form = _BY_TABLE.get(kind)
    fact: Fact | None = None
    if form is not None:
        fact = form.unpacked(tuple(msgspec.json.decode(body)))
    return fact


def _retraction_body(retraction: Retraction) -> str:
    cells = (
        stored_text(retraction.fact_id),
        stored_text(retraction.queue_id),
        instant_us(retraction.entered_at),
    )
    return msgspec.json.encode(cells).decode()


def _retraction_in(body: str) -> Retraction | None:
    try:
        fact_id, queue_id, us = msgspec.json.decode(body, type=tuple[str, str, int])
    except msgspec.DecodeError:
        return None
    return Retraction(
        fact_id=FactId(plain_text(fact_id)),
        queue_id=QueueId(plain_text(queue_id)),
        entered_at=instant_of(us),
    )


def _number(cursor: str, mark: str, end: int) -> int:
    found = _CURSOR.fullmatch(cursor)
    if found is None or found[1] != mark or int(found[2]) > end:
        raise CursorUnknown("the cursor is not of this history")
    return int(found[2])


def _fact(row: Row) -> News:
    """Return the fact of a row.

    Raises:
        CursorUnknown: It is damaged. In the history it may be sound, and who reads along fills
            what he has missed from there.
    """
    cells = FEED.unpacked(row)
    fact: News | None = None
    if cells is not None:
        kind, body = cells[1], cells[3]
        fact = _retraction_in(body) if kind == _RETRACTED else fact_in(kind, body)
    if fact is None:
        raise CursorUnknown("a row of the feed is damaged")
    return fact


def _last_number(database: Database) -> int:
    ((_, last),) = database.rows("feed ends")
    return max(int(last or 0), int(noted(database, TRIMMED_NOTE) or 0))


def _begun(database: Database) -> str:
    mark = f"f{secrets.token_hex(5)}"
    note(database, FEED_NOTE, mark)
    return mark
