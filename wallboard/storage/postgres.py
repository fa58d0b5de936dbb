"""A history on a PostgreSQL server: one schema for each connection, one writer at a time."""

from __future__ import annotations

import importlib.util
import zlib
from selectors import EVENT_READ, DefaultSelector
from typing import Any, Final

from sqlalchemy import create_engine
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.pool import StaticPool

from wallboard.storage.database import Database
from wallboard.storage.faults import HistoryUnavailable, StorageFault
from wallboard.storage.migrations import migrate
from wallboard.storage.noted import SCHEMA_NOTE, note, noted
from wallboard.storage.schema import SCHEMA
from wallboard.storage.sql_database import SqlDatabase

LONGEST_NAME: Final = 63
"""Bytes that the server takes for a name; it would cut a longer one without a word."""

# A server that is cut off is noticed within some ten seconds, by either side: whoever stands by
# cannot write before the server has let go of the one who is gone.
_CONNECTION: Final = {
    "connect_timeout": "5",
    "keepalives_idle": "5",
    "keepalives_interval": "2",
    "keepalives_count": "3",
    "tcp_user_timeout": "10000",
}
_OPTIONS: Final = {
    "tcp_keepalives_idle": 5,
    "tcp_keepalives_interval": 2,
    "tcp_keepalives_count": 3,
}
_PARTING_S: Final = 1.0
_LOCK_SPACE: Final = 0x5742
# By how the server's codes begin.
_KINDS: Final = {
    "53100": StorageFault.DISK_FULL,
    "25006": StorageFault.READ_ONLY,
    "42501": StorageFault.READ_ONLY,
    "55P03": StorageFault.LOCKED,
    "40": StorageFault.LOCKED,
    "57014": StorageFault.LOCKED,
    "XX001": StorageFault.CORRUPT,
    "XX002": StorageFault.CORRUPT,
    "08": StorageFault.NOT_REACHABLE,
    "28": StorageFault.NOT_REACHABLE,
    "3D": StorageFault.NOT_REACHABLE,
    "53": StorageFault.NOT_REACHABLE,
    "57P": StorageFault.NOT_REACHABLE,
    "58": StorageFault.NOT_REACHABLE,
}


class PostgresKeeper:
    """What is particular to PostgreSQL."""

    begin = "BEGIN"

    def __init__(self, url: URL, schema: str) -> None:
        self._schema = schema
        self._place = f"{url.render_as_string(hide_password=True)} schema {schema}"

    @property
    def place(self) -> str:
        """The URL without its password, and the schema."""
        return self._place

    def fault(self, error: BaseException) -> HistoryUnavailable | None:
        """Return what an error of the driver means. None if it is a mistake of ours."""
        code = getattr(error, "sqlstate", None)
        kind = _kind_of(code) if code else None
        # Without a code it was never said by a server: the way to it is what is wrong.
        if kind is None and code is None and type(error).__name__ == "OperationalError":
            kind = StorageFault.NOT_REACHABLE
        return None if kind is None else HistoryUnavailable(kind, str(error).strip())

    def lenient(self, error: BaseException) -> bool:
        """Return False: the server holds no text that is none."""
        del error
        return False

    def strict(self) -> None:
        """Nothing is to be undone."""

    def size(self, database: SqlDatabase) -> int:
        """Return the bytes of the schema's tables and indexes."""
        ((size,),) = database.rows_text(
            "SELECT coalesce(sum(pg_total_relation_size(pg_class.oid)), 0)::bigint FROM pg_class"
            " JOIN pg_namespace ON pg_namespace.oid = relnamespace"
            " WHERE nspname = %s AND relkind = 'r'",
            (self._schema,),
        )
        return int(size)

    def version(self, database: SqlDatabase) -> tuple[str, str]:
        """Return the server's version and how it commits."""
        ((version,),) = database.rows_text("SHOW server_version")
        ((commit,),) = database.rows_text("SHOW synchronous_commit")
        return f"PostgreSQL {version}", f"synchronous_commit={commit}"

    def complaints(self, database: SqlDatabase) -> tuple[str, ...]:
        """Return nothing: the server checks what it reads by itself, if its owner wants that."""
        del database
        return ()

    def shrink(self, database: SqlDatabase) -> None:
        """Leave it to the server, which does so by itself."""

    def leave(self, raw: Any) -> None:  # noqa: ANN401 - the driver's connection
        """Let go of the lock, and wait a moment until the server has.

        It notices only after a while that a connection was closed, and whoever begins in between
        would be told that another one writes. Of a server that does not answer nothing is awaited.
        """
        # start-up: it is not everywhere installed
        from psycopg.pq import TransactionStatus  # noqa: PLC0415 - start-up

        session = raw.pgconn
        if session.transaction_status != TransactionStatus.IDLE:
            return
        session.send_query(b"SELECT pg_advisory_unlock_all()")
        session.flush()
        # Not by `select.select`: a server of many walls has sockets beyond its numbers.
        with DefaultSelector() as selector:
            selector.register(session.socket, EVENT_READ)
            if not selector.select(_PARTING_S):
                raw.close()
                return
        # The answer is there, or the end of the connection.
        while session.get_result() is not None:
            pass

    def close(self) -> None:
        """Nothing: the lock ended with the connection."""


def opened_server(
    told: str, schema: str, *, reading: bool = False, patience_s: float = 20.0
) -> Database:
    """Open a history on a server; make it if it is not there.

    Args:
        told: `postgresql://user@host/database`; what is left out is as for any program of
            PostgreSQL's, so that a password may stay in its own file.

    Raises:
        HistoryUnavailable: And why.
    """
    schema = schema_name(schema)
    database = connected_server(told, schema, lock_timeout=int(patience_s * 1000))
    try:
        _enter(database, schema, reading=reading)
    except BaseException:
        database.close()
        raise
    return database


def connected_server(told: str, schema: str, **options: int) -> SqlDatabase:
    """Connect to a server; nothing of it is looked at, or made, yet.

    Args:
        schema: As `schema_name` returns it.
        options: Settings of the server's for this connection.

    Raises:
        HistoryUnavailable: And why.
    """
    url = _url(told)
    keeper = PostgresKeeper(url, schema)
    settings = " ".join(f"-c {name}={value}" for name, value in {**_OPTIONS, **options}.items())
    engine = create_engine(
        url,
        paramstyle="format",
        poolclass=StaticPool,
        # One that is closed is gone; where it had ended already, undoing would be an error.
        pool_reset_on_return=None,
        # The layout is ours: nothing has to be asked about it.
        connect_args={"options": settings},
    )
    try:
        connection = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
    except SQLAlchemyError as error:
        engine.dispose()
        reason = str(getattr(error, "orig", None) or error).strip()
        known = keeper.fault(getattr(error, "orig", None) or error)
        raise (known or HistoryUnavailable(StorageFault.NOT_REACHABLE, reason)) from error
    return SqlDatabase(engine, connection, keeper)


def lock_of(schema: str) -> tuple[int, int]:
    """Return the two numbers of the lock that the one has who writes."""
    return _LOCK_SPACE, zlib.crc32(schema.encode()) - (1 << 31)


def enter(database: SqlDatabase, schema: str) -> None:
    """Let names be looked for in a schema, whether it is there already or not."""
    database.run_text(f"SET search_path TO {_quoted(schema)}")
    # What is acknowledged is durable, whatever the server's usual is.
    database.run_text("SET synchronous_commit = on")


def _quoted(schema: str) -> str:
    return '"' + schema.replace('"', '""') + '"'


def _enter(database: SqlDatabase, schema: str, *, reading: bool) -> None:
    there = database.rows_text("SELECT 1 FROM pg_namespace WHERE nspname = %s", (schema,))
    if reading:
        if not there:
            raise HistoryUnavailable(StorageFault.NOT_REACHABLE, f"there is no schema {schema}")
        database.run_text("SET default_transaction_read_only = on")
    else:
        if database.rows_text("SELECT pg_try_advisory_lock(%s, %s)", lock_of(schema)) != [(True,)]:
            reason = f"another instance writes the schema {schema}"
            raise HistoryUnavailable(StorageFault.TWO_INSTANCES, reason)
        if not there:
            database.run_text(f"CREATE SCHEMA {_quoted(schema)}")
    enter(database, schema)
    _bring_up(database, reading=reading)


def _bring_up(database: SqlDatabase, *, reading: bool) -> None:
    if database.rows_text("SELECT to_regclass('notes') IS NULL") == [(True,)]:
        if reading:
            raise HistoryUnavailable(StorageFault.NOT_REACHABLE, "there is no history yet")
        with database.transaction():
            for text in database.layout():
                database.run_text(text)
            note(database, SCHEMA_NOTE, str(SCHEMA))
        return
    have = int(noted(database, SCHEMA_NOTE) or 0)
    if have > SCHEMA or (have < SCHEMA and not reading):
        migrate(database, have, SCHEMA)


def _url(told: str) -> URL:
    try:
        url = make_url(told)
    except ArgumentError as error:
        # Its own words would tell the password.
        raise HistoryUnavailable(StorageFault.NOT_REACHABLE, "that is no URL") from error
    if url.get_backend_name() not in ("postgresql", "postgres"):
        reason = f"nothing is kept on {url.get_backend_name()}: give a file or postgresql://…"
        raise HistoryUnavailable(StorageFault.NOT_REACHABLE, reason)
    if importlib.util.find_spec("psycopg") is None:
        reason = "psycopg is not installed: pip install 'wallboard[postgres]'"
        raise HistoryUnavailable(StorageFault.NOT_REACHABLE, reason)
    query: dict[str, Any] = {**_CONNECTION, **url.query}
    return url.set(drivername="postgresql+psycopg", query=query)


def schema_name(schema: str) -> str:
    """Return a name that the server takes whole, the same for the same connection."""
    plain = "".join(sign for sign in schema if sign.isprintable()) or "wallboard"
    if plain == schema and len(plain.encode()) <= LONGEST_NAME and not plain.startswith("pg_"):
        return plain
    cut = plain.encode()[: LONGEST_NAME - 10].decode(errors="ignore")
    told = schema.encode("utf-8", "surrogatepass")
    return f"w_{cut[: LONGEST_NAME - 11]}_{zlib.crc32(told):08x}".encode()[:LONGEST_NAME].decode(
        errors="ignore"
    )


def _kind_of(code: str) -> StorageFault | None:
    for length in (5, 3, 2):
        if code[:length] in _KINDS:
            return _KINDS[code[:length]]
    return None
