"""What several programs that serve one call center share in PostgreSQL: who polls, and what he saw.

The one who writes the history polls: he has the lock that ends with his connection. He shows his
newest picture in a table, and who stands by reads it there. The table is not logged: after a crash
of the server it is empty, and he fills it again. Whoever has to give up writing leaves the facts
that he could not store in another table, which is logged, for the one who writes. What a
supervisor asks of any of them lies in a third one, for the one who polls.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from wallboard.domain.facts import Fact
from wallboard.storage.database import Database
from wallboard.storage.feed import fact_in, line_of
from wallboard.storage.history import History
from wallboard.storage.orders import ORDER_TABLES, SharedOrders, begin_orders
from wallboard.storage.postgres import connected_server, enter, lock_of, schema_name
from wallboard.storage.rows import Row, plain_text, stored_text
from wallboard.storage.sql_database import SqlDatabase

_TABLES: Final = (
    (
        "CREATE UNLOGGED TABLE IF NOT EXISTS live_picture (one SMALLINT PRIMARY KEY,"
        " term TEXT NOT NULL, holder BIGINT NOT NULL, beat BIGINT NOT NULL, head TEXT NOT NULL,"
        " number BIGINT NOT NULL, body BYTEA NOT NULL)"
    ),
    # It is compressed already.
    "ALTER TABLE live_picture ALTER COLUMN body SET STORAGE EXTERNAL",
    (
        "CREATE TABLE IF NOT EXISTS left_facts (number BIGINT GENERATED ALWAYS AS IDENTITY"
        " PRIMARY KEY, kind VARCHAR(20) NOT NULL, told_at BIGINT NOT NULL, body TEXT NOT NULL)"
    ),
    *ORDER_TABLES,
)
_PATIENCE_MS: Final = 5_000
_AT_ONCE: Final = 2_000
_HOLDER: Final = (
    "FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 2 AND classid = %s::oid"
    " AND objid = %s::oid"
    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)


def claim(history: History, term: str) -> None:
    """Show all that from now on pictures of this term count. For who has opened it to write.

    Raises:
        HistoryUnavailable: It could not be written.
    """
    database = history.database
    with database.transaction():
        for text in _TABLES:
            database.run_text(text)
        database.run_text(
            "INSERT INTO live_picture VALUES (1, %s, pg_backend_pid(), 0, '', 0, '')"
            " ON CONFLICT (one) DO UPDATE SET term = excluded.term, holder = excluded.holder,"
            " beat = live_picture.beat + 1",
            (term,),
        )
        begin_orders(database)


def take_left(history: History) -> bool:
    """Keep what others have left; return whether there was something.

    Raises:
        HistoryUnavailable: It could not be kept; it is still there.
    """
    database = history.database
    rows = _left_in(database)
    if not rows:
        return False
    facts = [fact for row in rows if (fact := fact_in(row[1], plain_text(row[2]))) is not None]
    with history.together():
        history.keep(facts)
        database.run_text("DELETE FROM left_facts WHERE number <= %s", (rows[-1][0],))
    return True


def _left_in(database: Database) -> list[Row]:
    return database.rows_text(
        "SELECT number, kind, body FROM left_facts ORDER BY number LIMIT %s", (_AT_ONCE,)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What the one who polls shows.

    Attributes:
        term: Whose pictures count now; `head` may still be of the one before.
        holder: His connection: the one that should have the lock.
        beat: Another one whenever he was heard of.
        head: What is said of the picture; empty if there is none.
        number: Of the rows of the picture.
        body: These rows. None if their number is the one that is known already.
    """

    term: str
    holder: int
    beat: int
    head: str
    number: int
    body: bytes | None


class Shared:
    """One program's connection to what all of them share. Used by one thread at a time.

    Every method may raise HistoryUnavailable: close it then, and open another one.
    """

    def __init__(self, database: SqlDatabase, schema: str) -> None:
        self._database = database
        space, key = lock_of(schema)
        # The server shows the halves of a lock's number without their signs.
        self._lock = (space, key & 0xFFFFFFFF)
        self._there = False
        self._orders = SharedOrders(database)

    def shown(self, known: int | None) -> Shown | None:
        """Return what the one who polls shows. None if nobody has ever polled.

        Args:
            known: The number of the rows that are known.
        """
        if not self._is_there():
            return None
        rows = self._database.rows_text(
            "SELECT term, holder, beat, head, number, CASE WHEN number <> %s THEN body END"
            " FROM live_picture",
            (-1 if known is None else known,),
        )
        if not rows:
            return None
        term, holder, beat, head, number, body = rows[0]
        told = None if body is None else bytes(body)
        return Shown(term=term, holder=holder, beat=beat, head=head, number=number, body=told)

    def show(self, term: str, head: str, number: int, body: bytes | None) -> bool:
        """Show a picture; return whether anybody will see it: False if another term counts.

        Args:
            number: Of the rows; another one for other rows, whoever showed them.
            body: The rows. None if they are the same as before.
        """
        if not self._is_there():
            return False
        if body is None:
            text = (
                "UPDATE live_picture SET beat = beat + 1, head = %s WHERE term = %s AND number = %s"
            )
            return self._database.run_text(text, (head, term, number)) == 1
        text = (
            "UPDATE live_picture SET beat = beat + 1, head = %s, number = %s, body = %s"
            " WHERE term = %s"
        )
        return self._database.run_text(text, (head, number, body, term)) == 1

    def beat(self, term: str) -> bool:
        """Tell that one lives who has nothing new to show; returns as `show` does."""
        text = "UPDATE live_picture SET beat = beat + 1 WHERE term = %s"
        return self._is_there() and self._database.run_text(text, (term,)) == 1

    def holder(self) -> int | None:
        """Return the connection that has the lock. None if nobody has it."""
        rows = self._database.rows_text(f"SELECT pid {_HOLDER}", self._lock)
        return int(rows[0][0]) if rows else None

    def evict(self, holder: int) -> None:
        """Cut a connection that has the lock: its owner does not do what he has it for."""
        self._database.rows_text(
            f"SELECT pg_terminate_backend(pid) {_HOLDER} AND pid = %s", (*self._lock, holder)
        )

    def leave(self, facts: Sequence[Fact]) -> None:
        """Leave facts for the one who writes."""
        with self._database.transaction():
            for fact in facts:
                kind, us, body = line_of(fact, 0)
                self._database.run_text(
                    "INSERT INTO left_facts (kind, told_at, body) VALUES (%s, %s, %s)",
                    (kind, us, stored_text(body)),
                )

    def left(self) -> bool:
        """Return whether facts are left for the one who writes."""
        if not self._is_there():
            return False
        return bool(self._database.rows_text("SELECT 1 FROM left_facts LIMIT 1"))

    @property
    def orders(self) -> SharedOrders:
        """What supervisors ask for, whichever program they ask."""
        return self._orders

    def close(self) -> None:
        """Close the connection. May be called twice."""
        self._database.close()

    def _is_there(self) -> bool:
        if not self._there:
            found = self._database.rows_text("SELECT to_regclass('left_facts') IS NOT NULL")
            self._there = found == [(True,)]
        return self._there


def open_shared(address: str, schema: str) -> Shared:
    """Connect to what all share.

    Args:
        address: The URL of the server.
        schema: Under which name the history lies there.

    Raises:
        HistoryUnavailable: And why.
    """
    name = schema_name(schema)
    database = connected_server(
        address, name, statement_timeout=_PATIENCE_MS, lock_timeout=_PATIENCE_MS
    )
    try:
        enter(database, name)
    except BaseException:
        database.close()
        raise
    return Shared(database, name)
