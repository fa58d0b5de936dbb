"""What a history says about itself: what it holds, and whether all of it is what was kept."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from typing import Any, Final

from wallboard.storage.delivery_rows import DELIVERIES
from wallboard.storage.faults import HistoryUnavailable
from wallboard.storage.noted import SCHEMA_NOTE, noted
from wallboard.storage.reports import CheckReport, HistoryInfo
from wallboard.storage.rows import (
    ALERT_EVENTS,
    ALERT_STATES,
    CALL_BACKS,
    CALLS,
    STRETCHES,
    Form,
    Row,
    instant_of,
)
from wallboard.storage.shelf import EVER, LONG_AGO, Shelf
from wallboard.storage.tables import FACTS, NUMBERED, PLAIN

_SINCE: Final = dict.fromkeys(
    (ALERT_STATES.table, ALERT_EVENTS.table, DELIVERIES.table, CALL_BACKS.table), 3
)
"""The layout that brought a table; one that is only read may be older."""
_COUNTED: Final = ("calls", "spells", "directs", "samples", "stretches", "rules")


def info_of(shelf: Shelf, rolled_until: datetime | None) -> HistoryInfo:
    """Return what it holds."""
    span = shelf.span()
    engine, journal = shelf.database.version()
    rows = {table: shelf.count(table) for table in _COUNTED}
    rows["calls"] += shelf.sealed_calls()
    return HistoryInfo(
        place=shelf.database.place,
        size=shelf.size(),
        rows=rows,
        sealed=0 if shelf.sealed is None else len(shelf.sealed.days()),
        first=None if span is None else instant_of(span[0]),
        last=None if span is None else instant_of(span[1]),
        rolled_until=rolled_until,
        schema=_layout(shelf),
        engine=engine,
        journal=journal,
    )


def checked(shelf: Shelf) -> CheckReport:
    """Read everything and look whether it is what was kept."""
    read: dict[str, int] = {}
    damaged: dict[str, int] = {}
    said = list(shelf.database.complaints())
    layout = _layout(shelf)
    for form in (*NUMBERED, *PLAIN):
        if layout < _SINCE.get(form.table, 0):
            continue
        try:
            read[form.table], bad = _table_checked(shelf, form)
        except HistoryUnavailable as error:
            said.append(f"{form.table}: {error.reason}")
            continue
        if bad:
            damaged[form.table] = bad
    if shelf.sealed is not None:
        said += shelf.sealed.check()
        with suppress(HistoryUnavailable):  # told already
            read[CALLS.table] = read.get(CALLS.table, 0) + shelf.sealed_calls()
    return CheckReport(rows=read, damaged=damaged, said=tuple(said))


def _layout(shelf: Shelf) -> int:
    return int(noted(shelf.database, SCHEMA_NOTE) or 0)


def _table_checked(shelf: Shelf, form: Form[Any]) -> tuple[int, int]:
    """Return how many rows there are, and how many are damaged."""
    if form in FACTS:
        rows: Iterable[Row] = (row[1:] for row in shelf.pages(form, LONG_AGO, EVER))
    elif form is STRETCHES:
        rows = [row[1:] for row in shelf.database.rows("stretches", EVER, LONG_AGO)]
    else:
        rows = shelf.database.rows(f"all {form.table}")
    read = bad = 0
    for row in rows:
        read += 1
        bad += form.unpacked(row) is None
    return read, bad
