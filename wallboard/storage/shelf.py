"""What a history lies on: a database, and the days beside it that are files, taken as one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from wallboard.storage.database import Database
from wallboard.storage.rows import Form, Row, instant_of, instant_us
from wallboard.storage.sealed import SealedDays

LONG_AGO: Final = -(1 << 62)
EVER: Final = 1 << 62
"""Microseconds: before and after all that is kept."""


class Shelf:
    """Counts, sizes and pages of all that is kept. Used by the thread of its history.

    Each method may raise HistoryUnavailable.

    Attributes:
        sealed: None if no day can be a file.
    """

    def __init__(self, database: Database, sealed: SealedDays | None) -> None:
        self.database = database
        self.sealed = sealed

    def size(self) -> int:
        """Return the bytes that it takes."""
        return self.database.size() + (0 if self.sealed is None else self.sealed.size())

    def span(self) -> tuple[int, int] | None:
        """Return when the first and the last call arrived. None if there is none."""
        if self.sealed is not None:
            return self.sealed.span()
        ((first, last),) = self.database.rows("first calls")
        return None if first is None else (first, last)

    def count(self, table: str) -> int:
        """Return how many rows a table has; calls in files are none."""
        ((count,),) = self.database.rows(f"count {table}")
        return int(count)

    def sealed_calls(self) -> int:
        """Return how many calls are in files."""
        return 0 if self.sealed is None else sum(day.rows for day in self.sealed.days())

    def pages(self, form: Form[Any], begin: int, end: int) -> Iterator[Row]:
        """Yield the rows of facts in order of time, each with its number before it."""
        # Page by page, so that facts may be kept while they are read, and none takes more room.
        at, seq = begin - 1, EVER
        while rows := self.database.rows(f"page {form.table}", at, seq, end):
            yield from rows
            at, seq = rows[-1][1 + form.columns.index(form.at)], rows[-1][0]

    def not_amid(self, instant: datetime) -> datetime:
        """Return an instant, or the begin of the sealed day that it is amid."""
        if self.sealed is None:
            return instant
        return instant_of(self.sealed.last_before(instant_us(instant)))

    def forget_days(self, until_us: int) -> int:
        """Let sealed days go that are over before an instant; return how many calls they had."""
        if self.sealed is None:
            return 0
        past = self.sealed.between(LONG_AGO, until_us)
        return sum(self.sealed.forget(day.day) for day in past if day.end_us <= until_us)
