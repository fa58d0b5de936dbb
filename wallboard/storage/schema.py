"""The tables of a history and what is asked of them, written once for every database.

SQLAlchemy makes the words of each database from this once, when a history is opened; what runs
for every row are those words, with the database's own parameters.
"""

# What SQLAlchemy knows of PostgreSQL is 3 MB: a program whose history is a file does not load it.
# ruff: noqa: PLC0415

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import (
    TEXT,
    BigInteger,
    Column,
    Dialect,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    bindparam,
    delete,
    func,
    insert,
    select,
    tuple_,
    update,
)
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import BindParameter, CompilerElement

from wallboard.storage.rows import TOGETHER

SCHEMA: Final = 3
"""The version of the layout below: 2 has the feed, 3 the alerts and the notes on call-backs."""

MANY: Final = 256
"""How many rows are asked for by their names at once."""

# Ordered by code point, as SQLite does by itself, whatever the server's language is.
_Words: Final = Text().with_variant(TEXT(collation="C"), "postgresql")
# SQLite numbers the rows itself only if the key is called so.
_Number: Final = BigInteger().with_variant(Integer, "sqlite")

metadata: Final = MetaData()


def _words(name: str, *, optional: bool = False) -> Column[Any]:
    return Column(name, _Words, nullable=optional)


def _us(name: str, *, optional: bool = False) -> Column[Any]:
    return Column(name, BigInteger, nullable=optional)


def _fact(name: str, *columns: Column[Any]) -> Table:
    return Table(
        name,
        metadata,
        Column("seq", _Number, primary_key=True),
        Column("fact_id", _Words, nullable=False, unique=True),
        *columns,
        _us("checksum"),
        implicit_returning=False,
    )


calls: Final = _fact(
    "calls",
    _words("call_id"),
    _words("queue_id"),
    _us("entered_at"),
    _us("ended_at"),
    Column("ending", String(20), nullable=False),
    _us("wait", optional=True),
    _us("target", optional=True),
    _us("talk", optional=True),
    _us("hold", optional=True),
    _us("wrap_up", optional=True),
    _us("short", optional=True),
    _words("contact", optional=True),
    _words("agent_id", optional=True),
    _words("caller_number", optional=True),
    Column("missed_rings", Integer, nullable=False),
    Column("transferred", SmallInteger, nullable=False),
)
spells: Final = _fact(
    "spells",
    _words("agent_id"),
    Column("state", String(20), nullable=False),
    _us("began_at"),
    _us("ended_at"),
    _words("reason", optional=True),
)
directs: Final = _fact(
    "directs",
    _words("call_id"),
    Column("direction", String(20), nullable=False),
    _us("began_at"),
    _us("ended_at"),
    Column("answered", SmallInteger, nullable=False),
    _us("ring", optional=True),
    _us("talk", optional=True),
    _words("agent_id", optional=True),
    _words("far_number", optional=True),
    _words("contact", optional=True),
)
samples: Final = Table(
    "samples",
    metadata,
    Column("minute", BigInteger, primary_key=True, autoincrement=False),
    Column("of_queue", SmallInteger, primary_key=True, autoincrement=False),
    Column("queue_id", _Words, primary_key=True),
    _words("readings"),
    _us("checksum"),
    sqlite_with_rowid=False,
)
stretches: Final = Table(
    "stretches",
    metadata,
    Column("seq", _Number, primary_key=True),
    _us("begin_at"),
    _us("end_at"),
    Column("witness", String(20), nullable=False),
    _us("checksum"),
    implicit_returning=False,
)
rules: Final = Table(
    "rules",
    metadata,
    Column("since", BigInteger, primary_key=True, autoincrement=False),
    _words("measuring"),
    _us("checksum"),
)
queue_rollups: Final = Table(
    "queue_rollups",
    metadata,
    Column("begin_at", BigInteger, primary_key=True, autoincrement=False),
    Column("queue_id", _Words, primary_key=True),
    _words("totals"),
    _us("checksum"),
    sqlite_with_rowid=False,
)
agent_rollups: Final = Table(
    "agent_rollups",
    metadata,
    Column("begin_at", BigInteger, primary_key=True, autoincrement=False),
    Column("agent_id", _Words, primary_key=True),
    _words("totals"),
    _words("time"),
    _us("checksum"),
    sqlite_with_rowid=False,
)
notes: Final = Table(
    "notes",
    metadata,
    Column("name", _Words, primary_key=True),
    _words("said"),
    _us("checksum"),
    sqlite_with_rowid=False,
)
feed: Final = Table(
    "feed",
    metadata,
    # Given out by the one who writes: a number never comes again, whatever is deleted.
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", String(20), nullable=False),
    _us("told_at"),
    Column("body", Text, nullable=False),
    _us("checksum"),
)

alert_states: Final = Table(
    "alert_states",
    metadata,
    Column("rule_id", Text, primary_key=True),
    Column("subject", Text, primary_key=True),
    Column("body", Text, nullable=False),
    _us("checksum"),
)
alert_events: Final = Table(
    "alert_events",
    metadata,
    Column("event_id", Text, primary_key=True),
    _us("at"),
    Column("body", Text, nullable=False),
    _us("checksum"),
)
call_backs: Final = Table(
    "call_backs",
    metadata,
    Column("number", Text, primary_key=True),
    _us("at"),
    Column("text", Text, nullable=False),
    Column("due_at", BigInteger),
    _us("checksum"),
)
deliveries: Final = Table(
    "deliveries",
    metadata,
    Column("way", Text, primary_key=True),
    Column("event_id", Text, primary_key=True),
    Column("state", String(20), nullable=False),
    _us("queued_at"),
    Column("event", Text, nullable=False),
    Column("course", Text, nullable=False),
    _us("checksum"),
)

Index("deliveries_by_time", deliveries.c.queued_at)
Index("alert_events_by_time", alert_events.c.at)
Index("calls_by_arrival", calls.c.entered_at)
Index("spells_by_begin", spells.c.began_at)
Index("spells_by_agent", spells.c.agent_id, spells.c.ended_at)
Index("directs_by_begin", directs.c.began_at)

PAGE: Final = 2000
"""How many rows are read at once."""

FACTS: Final = {"calls": "entered_at", "spells": "began_at", "directs": "began_at"}
"""Tables of facts, and the column that says when a fact belongs."""

NUMBERED: Final = (*FACTS, "stretches")
"""Tables whose rows have a number of their own."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement in the words of one database.

    Attributes:
        text: With that database's own signs for parameters.
        order: The names of the parameters, in the order in which they are to be given.
    """

    text: str
    order: tuple[str, ...]


def statements(dialect: Dialect) -> dict[str, Statement]:
    """Return what is asked of the tables, by name, in the words of a database."""
    made: dict[str, CompilerElement] = {}
    for name, at in FACTS.items():
        made |= _of_facts(metadata.tables[name], at)
    for name in NUMBERED:
        table = metadata.tables[name]
        seq = table.c.seq == bindparam("number")
        made[f"update {name}"] = update(table).where(seq).values(_given(table))
        made[f"delete {name}"] = delete(table).where(seq)
        # What can be read of a damaged file is asked for by its number.
        made[f"scan {name}"] = (
            select(table)
            .where(table.c.seq >= bindparam("first"))
            .order_by(table.c.seq)
            .suffix_with(f"LIMIT {PAGE}")
        )
    for table in metadata.sorted_tables:
        made[f"count {table.name}"] = select(func.count()).select_from(table)
        made[f"insert {table.name}"] = insert(table).inline().values(_given(table))
        made[f"keep {table.name}"] = _keep(table, dialect)
        made[f"replace {table.name}"] = _replace(table, dialect)
    made |= _of_the_rest()
    said = {name: _statement(one, dialect) for name, one in made.items()}
    return said | {f"keep many {name}": _repeated(said[f"keep {name}"]) for name in FACTS}


def layout(dialect: Dialect) -> list[str]:
    """Return the statements that make the tables of `SCHEMA`, in order."""
    made: list[str] = []
    for table in metadata.sorted_tables:
        made.append(str(CreateTable(table).compile(dialect=dialect)).strip())
        made += [
            str(CreateIndex(index).compile(dialect=dialect))
            for index in sorted(table.indexes, key=lambda index: str(index.name))
        ]
    return made


def _of_facts(table: Table, at_name: str) -> dict[str, CompilerElement]:
    name, at, seq = table.name, table.c[at_name], table.c.seq
    before = at < bindparam("end")
    ids: list[BindParameter[Any]] = [bindparam(f"id{number}") for number in range(MANY)]
    return {
        f"first {name}": select(func.min(at), func.max(at)),
        f"page {name}": select(table)
        .where(tuple_(at, seq) > tuple_(bindparam("at"), bindparam("number")), before)
        .order_by(at, seq)
        .suffix_with(f"LIMIT {PAGE}"),
        f"drop {name}": delete(table).where(at >= bindparam("begin"), before),
        f"known {name}": select(table).where(table.c.fact_id == bindparam("id")),
        f"known many {name}": select(table).where(table.c.fact_id.in_(ids)),
    }


def _of_the_rest() -> dict[str, CompilerElement]:
    begin: BindParameter[Any] = bindparam("begin")
    end: BindParameter[Any] = bindparam("end")
    return {
        "visits": select(
            calls.c.contact, calls.c.queue_id, calls.c.entered_at, calls.c.fact_id
        ).where(
            calls.c.entered_at >= begin, calls.c.entered_at < end, calls.c.contact.is_not(None)
        ),
        "placeholders found": select(calls.c.fact_id, calls.c.queue_id, calls.c.entered_at).where(
            calls.c.entered_at >= begin,
            calls.c.entered_at < end,
            calls.c.queue_id == bindparam("queue"),
            calls.c.ending == bindparam("ending"),
            *(calls.c[name].is_(None) for name in ("wait", "agent_id", "caller_number", "contact")),
        ),
        "retract": delete(calls).where(
            calls.c.fact_id == bindparam("id"), calls.c.ending == bindparam("ending")
        ),
        "placeholders": delete(calls).where(
            calls.c.entered_at >= begin,
            calls.c.entered_at < end,
            calls.c.queue_id == bindparam("queue"),
            calls.c.ending == bindparam("ending"),
            *(calls.c[name].is_(None) for name in ("wait", "agent_id", "caller_number", "contact")),
        ),
        "spells of agent": select(spells).where(
            spells.c.agent_id == bindparam("agent"),
            spells.c.ended_at >= begin,
            spells.c.began_at <= end,
        ),
        "past spells": delete(spells).where(spells.c.ended_at <= end),
        "samples": select(samples)
        .where(
            tuple_(samples.c.minute, samples.c.of_queue, samples.c.queue_id)
            > tuple_(bindparam("minute"), bindparam("of_queue"), bindparam("queue")),
            samples.c.minute < end,
        )
        .order_by(samples.c.minute, samples.c.of_queue, samples.c.queue_id)
        .suffix_with(f"LIMIT {PAGE}"),
        "samples of": select(samples)
        .where(
            samples.c.of_queue == bindparam("of_queue"),
            samples.c.queue_id == bindparam("queue"),
            samples.c.minute > bindparam("minute"),
            samples.c.minute < end,
        )
        .order_by(samples.c.minute)
        .suffix_with(f"LIMIT {PAGE}"),
        "sample": select(samples).where(
            samples.c.minute == bindparam("minute"),
            samples.c.of_queue == bindparam("of_queue"),
            samples.c.queue_id == bindparam("queue"),
        ),
        "past samples": delete(samples).where(samples.c.minute < end),
        "stretches": select(stretches)
        .where(stretches.c.begin_at <= end, stretches.c.end_at >= begin)
        .order_by(stretches.c.begin_at, stretches.c.seq),
        "all rules": select(rules).order_by(rules.c.since),
        "all samples": select(samples),
        "all queue_rollups": select(queue_rollups),
        "all agent_rollups": select(agent_rollups),
        "queue rollups": _between(queue_rollups, "queue_id"),
        "agent rollups": _between(agent_rollups, "agent_id"),
        "note": select(notes).where(notes.c.name == bindparam("name")),
        "forget note": delete(notes).where(notes.c.name == bindparam("name")),
        "all notes": select(notes),
        "all alert_states": select(alert_states),
        "forget alert_states": delete(alert_states),
        "all alert_events": select(alert_events),
        "alert events": select(alert_events)
        .where(alert_events.c.at >= begin, alert_events.c.at < end)
        .order_by(alert_events.c.at.desc(), alert_events.c.event_id.desc())
        .suffix_with(f"LIMIT {PAGE}"),
        "past alert_events": delete(alert_events).where(alert_events.c.at < end),
        "all call_backs": select(call_backs),
        "past call_backs": delete(call_backs).where(call_backs.c.at < end),
        "all deliveries": select(deliveries),
        "deliveries": select(deliveries)
        .where(deliveries.c.queued_at >= begin)
        .order_by(deliveries.c.queued_at.desc(), deliveries.c.event_id.desc())
        .suffix_with(f"LIMIT {PAGE}"),
        "queued deliveries": select(deliveries).where(deliveries.c.state == bindparam("state")),
        "past deliveries": delete(deliveries).where(deliveries.c.queued_at < end),
        "feed ends": select(func.min(feed.c.number), func.max(feed.c.number)),
        "feed": select(feed)
        .where(feed.c.number > bindparam("number"), feed.c.number <= bindparam("last"))
        .order_by(feed.c.number)
        .suffix_with(f"LIMIT {PAGE}"),
        "old feed": select(func.max(feed.c.number)).where(feed.c.told_at < bindparam("before")),
        "trim feed": delete(feed).where(feed.c.number <= bindparam("last")),
    }


def _between(table: Table, key: str) -> CompilerElement:
    at = table.c.begin_at
    return (
        select(table)
        .where(tuple_(at, table.c[key]) > tuple_(bindparam("at"), bindparam("key")))
        .where(at < bindparam("end"))
        .order_by(at, table.c[key])
        .suffix_with(f"LIMIT {PAGE}")
    )


def _given(table: Table) -> dict[str, BindParameter[Any]]:
    return {column.name: bindparam(column.name) for column in _told(table)}


def _told(table: Table) -> list[Column[Any]]:
    return [column for column in table.columns if column.name != "seq"]


def _keep(table: Table, dialect: Dialect) -> CompilerElement:
    """Return an insertion that leaves a row as it is that is there under the same key."""
    if dialect.name == "sqlite":
        return sqlite.insert(table).inline().values(_given(table)).on_conflict_do_nothing()
    from sqlalchemy.dialects import postgresql

    return postgresql.insert(table).inline().values(_given(table)).on_conflict_do_nothing()


def _repeated(one: Statement) -> Statement:
    """Return the statement that keeps so many rows, their cells given one row after the other."""
    # SQLAlchemy would take a tenth of a second to make it.
    begun, values, rest = re.split(r"(?<=VALUES )(\(.*\))(?= ON CONFLICT)", one.text)
    text = f"{begun}{', '.join([values] * TOGETHER)}{rest}"
    return Statement(text=text, order=one.order * TOGETHER)


def _replace(table: Table, dialect: Dialect) -> CompilerElement:
    """Return an insertion that takes the place of a row under the same key."""
    keys = ["fact_id"] if "fact_id" in table.c else [key.name for key in table.primary_key]
    others = [column.name for column in _told(table) if column.name not in keys]
    if dialect.name == "sqlite":
        one = sqlite.insert(table).inline().values(_given(table))
        return one.on_conflict_do_update(
            index_elements=keys, set_={name: one.excluded[name] for name in others}
        )
    from sqlalchemy.dialects import postgresql

    other = postgresql.insert(table).inline().values(_given(table))
    return other.on_conflict_do_update(
        index_elements=keys, set_={name: other.excluded[name] for name in others}
    )


def _statement(one: CompilerElement, dialect: Dialect) -> Statement:
    compiled = one.compile(dialect=dialect)
    assert isinstance(compiled, SQLCompiler)  # noqa: S101 - for the type
    return Statement(text=str(compiled), order=tuple(compiled.positiontup or ()))
