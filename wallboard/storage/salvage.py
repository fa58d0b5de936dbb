"""Takes over what can be read of a damaged file, a part at a time, while the new one is in use."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any, Final, NamedTuple

from wallboard.domain.coverage import MinuteSample, Stretch
from wallboard.domain.facts import Fact
from wallboard.storage.carving import Carved, carved, pages_missing
from wallboard.storage.database import Database
from wallboard.storage.noted import ROLLED_NOTE, SALVAGE_NOTE, forget_note
from wallboard.storage.reports import Recovery
from wallboard.storage.rows import FEED, NOTES, SAMPLES, STRETCHES, Form, Row
from wallboard.storage.tables import FACTS, NUMBERED, PLAIN

PAGES: Final = 64
"""How many pages are read in one transaction: some thousand rows, a few dozen milliseconds."""

_SCHEMA_ROWS: Final = frozenset({"table", "index"})


def reason_of(aside: Path) -> Path:
    """Return the file that says what was wrong with one; it is there until all is taken over."""
    return aside.with_name(f"{aside.name}.reason")


class Found(NamedTuple):
    """One row that is what was kept."""

    form: Form[Any]
    value: Any
    row: Row


class Salvage:
    """The taking over of one file. Each part is durable before the next is begun.

    It may be begun anew after the program was ended: what is there already is not taken twice.
    """

    def __init__(self, moved_to: Path, reason: str) -> None:
        self._moved_to = moved_to
        self._pages = self._carved(moved_to)
        self._names: set[str] = set()
        self._taken: set[str] = set()
        self.recovery = Recovery(moved_to=str(moved_to), reason=reason)

    def _carved(self, moved_to: Path) -> Iterator[Carved]:
        wal = moved_to.with_name(f"{moved_to.name}-wal")
        missing = pages_missing(moved_to, wal)
        self.recovery = replace(self.recovery, pages_lost=missing)
        yield from carved(moved_to, wal)

    def take(self, database: Database, keep: Callable[[list[Found]], None]) -> Recovery:
        """Take over the rows of a few more pages, in one transaction.

        Args:
            keep: Keeps rows in the new file.

        Raises:
            HistoryUnavailable: The new file cannot be written. Try again.
            OSError: The damaged one cannot be read any more.
        """
        pages = list(islice(self._pages, PAGES))
        found = [row for page in pages for row in self._sound(page)]
        with database.transaction():
            keep(found)
            if not pages:
                forget_note(database, SALVAGE_NOTE)
        if not pages:
            reason_of(self._moved_to).unlink(missing_ok=True)
        lost = len(self._names - self._taken)
        self.recovery = replace(
            self.recovery,
            salvaged=self.recovery.salvaged + len(found),
            lost=lost,
            done=not pages,
        )
        return self.recovery

    def _sound(self, page: Carved) -> Iterator[Found]:
        damaged = page.bad if page.table else 0
        for row in page.rows:
            found = _recognised(row, table=page.table)
            if found is not None:
                if found.form in FACTS:
                    self._taken.add(found.row[0])
                yield found
            elif not page.table and len(row) == 2 and isinstance(row[0], str):
                # An index tells which facts there were, even if they are gone.
                self._names.add(row[0])
            elif page.table and row and row[0] not in _SCHEMA_ROWS:
                damaged += 1
        self.recovery = replace(
            self.recovery,
            damaged=self.recovery.damaged + damaged,
            pages_lost=self.recovery.pages_lost + int(page.broken),
        )


def _recognised(row: Row, *, table: bool) -> Found | None:
    for form in NUMBERED if table else ():
        if len(row) == len(form.columns) + 2:
            value = form.unpacked(row[1:])
            if value is not None:
                return Found(form, value, row[1:])
    for form in (*PLAIN, FEED):
        if len(row) == len(form.columns) + 1:
            value = form.unpacked(row)
            if value is not None:
                return Found(form, value, row)
    return None


def sorted_out(found: list[Found]) -> tuple[list[Fact], list[MinuteSample], list[Stretch]]:
    """Return the facts, samples and stretches among what was found."""
    facts = [one.value for one in found if one.form in FACTS]
    samples = [one.value for one in found if one.form is SAMPLES]
    stretches = [one.value for one in found if one.form is STRETCHES]
    return facts, samples, stretches


def others(found: list[Found]) -> Iterator[tuple[str, Row]]:
    """Yield tables and rows that are kept as they are, if nothing newer is in their place.

    The feed is none of them: it begins anew, and what was in it is told as facts.
    """
    for one in found:
        wanted = one.form is not NOTES or one.value[0] == ROLLED_NOTE
        if one.form in PLAIN and one.form is not SAMPLES and wanted:
            yield one.form.table, one.row
