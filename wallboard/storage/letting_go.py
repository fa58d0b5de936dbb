"""Lets facts go that are old, and leaves roll-ups in their place."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final, TypeVar

from wallboard.domain.facts import AgentSpell, CallRecord
from wallboard.storage.database import Database
from wallboard.storage.noted import ROLLED_NOTE, note
from wallboard.storage.reports import Compacted
from wallboard.storage.rollups import (
    AGENT_ROLLUPS,
    QUEUE_ROLLUPS,
    agent_rollups,
    interval_of,
    queue_rollups,
)
from wallboard.storage.rows import CALLS, DIRECTS, SPELLS, Form, instant_of, instant_us
from wallboard.storage.shelf import LONG_AGO, Shelf

DAY: Final = timedelta(days=1)
"""How much is let go at once, and none of the last so long."""

_Value = TypeVar("_Value")


def oldest(shelf: Shelf, rolled_us: int) -> datetime | None:
    """Return the begin of the interval of the oldest fact. None if there is none.

    Args:
        rolled_us: Before which microsecond all is rolled up.
    """
    told: list[int] = []
    for form in (SPELLS, DIRECTS):
        ((first, _),) = shelf.database.rows(f"first {form.table}")
        if first is not None:
            told.append(first)
    told += (shelf.span() or ())[:1]
    if not told:
        return None
    # What goes on from before has been counted up to there.
    return interval_of(instant_of(max(min(told), rolled_us)))


def roll_up(
    shelf: Shelf,
    since: datetime,
    until: datetime,
    calls: Iterable[CallRecord],
    spells: Iterable[AgentSpell],
) -> Compacted:
    """Roll facts up and let them go, with all else of that time.

    To be called within a transaction.

    Args:
        since, until: Of this time; what is older is rolled up already.
        calls: All that arrived before its end.
        spells: All of which a part lies in it.

    Returns:
        What is gone; no sizes.
    """
    database, us = shelf.database, instant_us(until)
    calls, spells = tuple(calls), tuple(spells)
    _add(database, QUEUE_ROLLUPS, queue_rollups(calls))
    _add(database, AGENT_ROLLUPS, agent_rollups(calls, spells, since, until))
    gone = {
        form.table: database.run(f"drop {form.table}", LONG_AGO, us) for form in (CALLS, DIRECTS)
    }
    in_files = shelf.forget_days(us)
    past_spells = database.run("past spells", us)
    past_samples = database.run("past samples", us // 60_000_000)
    database.run("past alert_events", us)
    database.run("past call_backs", us)
    note(database, ROLLED_NOTE, str(us))
    return Compacted(
        until=until,
        calls=gone["calls"] + in_files,
        spells=past_spells,
        directs=gone["directs"],
        samples=past_samples,
    )


def _add(database: Database, form: Form[_Value], rollups: Iterable[_Value]) -> None:
    database.run_many(f"replace {form.table}", form.packed(rollups))
