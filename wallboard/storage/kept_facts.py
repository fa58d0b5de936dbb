"""What has been kept, as it is read: page by page, and without what is damaged."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import TypeVar

from wallboard.domain.coverage import MinuteSample, Stretch
from wallboard.domain.facts import AgentSpell, CallRecord, DirectCall, Fact
from wallboard.domain.measuring import Measuring
from wallboard.domain.snapshot import QueueId
from wallboard.storage.database import Database
from wallboard.storage.feed import FeedPage, feed_page
from wallboard.storage.noted import LONGEST_NOTE, ROLLED_NOTE, noted
from wallboard.storage.reports import AgentRollup, QueueRollup
from wallboard.storage.rollups import AGENT_ROLLUPS, QUEUE_ROLLUPS
from wallboard.storage.rows import (
    CALLS,
    DIRECTS,
    RULES,
    SAMPLES,
    SPELLS,
    STRETCHES,
    Form,
    Row,
    instant_of,
    instant_us,
    stored_text,
)
from wallboard.storage.sealed import SealedDays
from wallboard.storage.shelf import EVER, LONG_AGO, Shelf
from wallboard.storage.tables import FACTS

_Value = TypeVar("_Value")


class KeptFacts:
    """The facts of one connection, to be read. Used by one thread at a time.

    Each method may raise HistoryUnavailable.
    """

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._database = shelf.database
        self._sealed = shelf.sealed
        self._damaged: dict[tuple[str, int], None] = {}
        self._damaged_days: dict[int, int] = {}
        self._longest_us = int(noted(self._database, LONGEST_NOTE) or 0)
        self._rolled_us = int(noted(self._database, ROLLED_NOTE) or LONG_AGO)

    @property
    def database(self) -> Database:
        """What the facts lie in, for who sums them."""
        return self._database

    @property
    def sealed(self) -> SealedDays | None:
        """Its days that are files. None if there can be none: in memory, or on a server."""
        return self._sealed

    @property
    def damaged(self) -> int:
        """How many rows were met so far that are not what was kept; they were left out."""
        return len(self._damaged) + sum(self._damaged_days.values())

    @property
    def rolled_until(self) -> datetime | None:
        """Before this time there are only roll-ups. None if nothing was rolled up."""
        return None if self._rolled_us == LONG_AGO else instant_of(self._rolled_us)

    def calls(
        self, begin: datetime, end: datetime, *, queues: Collection[QueueId] | None = None
    ) -> Iterator[CallRecord]:
        """Return the calls that arrived from `begin` on and before `end`, in order of arrival.

        Args:
            queues: Only of these; None means of all.
        """
        wanted = None if queues is None else {stored_text(queue) for queue in queues}
        yield from self._calls(instant_us(begin), instant_us(end), wanted)

    def spells(
        self, begin: datetime, end: datetime, *, begun: datetime | None = None
    ) -> Iterator[AgentSpell]:
        """Return the spells of which a part lies between, in order of their begin.

        Args:
            begun: Only those that began from then on. None means any.
        """
        since = instant_us(begin)
        first = since - self._longest_us if begun is None else instant_us(begun)
        for row in self._shelf.pages(SPELLS, max(first, since - self._longest_us), instant_us(end)):
            if row[5] > since:
                yield from self._sound(SPELLS, row)

    def directs(self, begin: datetime, end: datetime) -> Iterator[DirectCall]:
        """Return the calls without a queue that began from `begin` on and before `end`."""
        for row in self._shelf.pages(DIRECTS, instant_us(begin), instant_us(end)):
            yield from self._sound(DIRECTS, row)

    def samples(self, begin_minute: int, end_minute: int) -> Iterator[MinuteSample]:
        """Return the samples of these minutes, the last one excluded, minute by minute."""
        key: Row = (begin_minute, -1, "")
        while rows := self._database.rows("samples", *key, end_minute):
            yield from self._named(SAMPLES, rows, 3)
            key = rows[-1][:3]

    def samples_of(
        self, queue_id: QueueId | None, begin_minute: int, end_minute: int
    ) -> Iterator[MinuteSample]:
        """Return the samples of one queue, or None for the site's, the last minute excluded."""
        key: Row = (int(queue_id is not None), stored_text(queue_id or ""))
        minute = begin_minute - 1
        while rows := self._database.rows("samples of", *key, minute, end_minute):
            yield from self._named(SAMPLES, rows, 3)
            minute = rows[-1][0]

    def stretches(self, begin: datetime, end: datetime) -> tuple[Stretch, ...]:
        """Return what was watched of this time, by whom, in order; not cut at its ends."""
        rows = self._database.rows("stretches", instant_us(end), instant_us(begin))
        found = [self._sound(STRETCHES, row) for row in rows]
        return tuple(stretch for some in found for stretch in some if stretch.end > begin)

    def rules(self) -> tuple[tuple[datetime, Measuring], ...]:
        """Return from when on was measured how, in order."""
        rows = [RULES.unpacked(row) for row in self._database.rows("all rules")]
        return tuple(row for row in rows if row is not None)

    def feed(self, after: str | None, until: str | None, limit: int) -> FeedPage:
        """Return facts in the order in which they were kept, each time more was known of them.

        Args:
            after: From behind this cursor on. None: nothing, but the cursor of the present end.
            until: Up to this cursor at most. None: to the end.
            limit: How many at most, at least one.

        Raises:
            CursorUnknown: A cursor is not of this history, or what follows it was let go.
        """
        return feed_page(self._database, after, until, limit)

    def queue_rollups(self, begin: datetime, end: datetime) -> Iterator[QueueRollup]:
        """Return what is left of calls that are gone: the intervals that begin in this time."""
        yield from self._rollups(QUEUE_ROLLUPS, begin, end)

    def agent_rollups(self, begin: datetime, end: datetime) -> Iterator[AgentRollup]:
        """Return the same by agent."""
        yield from self._rollups(AGENT_ROLLUPS, begin, end)

    def __len__(self) -> int:
        """Return how many facts are kept."""
        shelf = self._shelf
        return sum(shelf.count(form.table) for form in FACTS) + shelf.sealed_calls()

    def __iter__(self) -> Iterator[Fact]:
        """Return all facts: calls, spells, calls without a queue; each in order of time."""
        yield from self._calls(LONG_AGO, EVER)
        for row in self._shelf.pages(SPELLS, LONG_AGO, EVER):
            yield from self._sound(SPELLS, row)
        for row in self._shelf.pages(DIRECTS, LONG_AGO, EVER):
            yield from self._sound(DIRECTS, row)

    def _calls(
        self, begin_us: int, end_us: int, queues: Collection[str] | None = None
    ) -> Iterator[CallRecord]:
        """Yield calls, of sealed days too, in order of arrival."""
        if self._sealed is None:
            for row in self._shelf.pages(CALLS, begin_us, end_us):
                if queues is None or row[3] in queues:
                    yield from self._sound(CALLS, row)
            return
        for page in self._sealed.pages(begin_us, end_us, self._damaged_days):
            wanted = page if queues is None else [row for row in page if row[2] in queues]
            yield from self._named(CALLS, wanted, 1)

    def _rollups(self, form: Form[_Value], begin: datetime, end: datetime) -> Iterator[_Value]:
        question = form.table.replace("_", " ")
        # Behind every key of the microsecond before, in which no interval begins.
        key: Row = (instant_us(begin) - 1, "")
        while rows := self._database.rows(question, *key, instant_us(end)):
            yield from self._named(form, rows, 2)
            key = rows[-1][:2]

    def _named(self, form: Form[_Value], rows: Iterable[Row], key: int) -> Iterator[_Value]:
        """Yield the values of rows that are told apart by their first cells; none of damaged ones.

        Args:
            key: By how many cells.
        """
        for row in rows:
            value = form.unpacked(row)
            if value is not None:
                yield value
            else:
                self._damaged[(form.table, hash(row[:key]))] = None

    def _sound(self, form: Form[_Value], row: Row) -> tuple[_Value, ...]:
        """Return the value of a row with its number, or nothing if it is damaged."""
        value = form.unpacked(row[1:])
        if value is None:
            self._damaged[(form.table, row[0])] = None
            return ()
        return (value,)
