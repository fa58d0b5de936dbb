"""What supervisors ask of any of several programs, in PostgreSQL, for the one who polls.

A row is asked once and passed on once: who polls takes it by changing its stage, which only one
can do. Who takes over cannot know what came of those that the one before had passed on, and says
so. Rows are kept for a month, so that the same key gives the same answer whoever is asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import msgspec

from wallboard.domain.supervision import Wish
from wallboard.storage.database import Database
from wallboard.storage.rows import plain_text, stored_text
from wallboard.storage.sql_database import SqlDatabase

ORDER_TABLES: Final = (
    (
        "CREATE TABLE IF NOT EXISTS orders (key VARCHAR(80) PRIMARY KEY,"
        " digest VARCHAR(64) NOT NULL, wish TEXT NOT NULL,"
        " asked_at TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),"
        " stage VARCHAR(10) NOT NULL, reason TEXT NOT NULL)"
    ),
    "CREATE INDEX IF NOT EXISTS orders_asked ON orders (asked_at) WHERE stage = 'asked'",
)
ASKED: Final = "asked"
PASSED: Final = "passed"
UNKNOWN: Final = "unknown"
TOO_LATE: Final = "late"

# After so long nobody begins with it, and after so long nobody says what came of it any more.
_BEGUN: Final = "asked_at > clock_timestamp() - interval '5 seconds'"
_GIVEN_UP: Final = "asked_at < clock_timestamp() - interval '60 seconds'"

_wishes: Final = msgspec.json.Decoder(Wish)


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderRow:
    """One order as it lies there.

    Attributes:
        stage: `asked`, `passed`, or what came of it: a word of the one who polled, `late`, or
            `unknown`.
        reason: In the words of who polled; empty if there are none.
    """

    digest: str
    stage: str
    reason: str = ""


def begin_orders(database: Database) -> None:
    """Say of what the one before had passed on that nobody knows. For who takes over.

    Raises:
        HistoryUnavailable: It could not be written.
    """
    database.run_text("UPDATE orders SET stage = %s WHERE stage = %s", (UNKNOWN, PASSED))
    database.run_text("DELETE FROM orders WHERE asked_at < clock_timestamp() - interval '31 days'")


class SharedOrders:
    """The orders over one connection. Every method may raise HistoryUnavailable."""

    def __init__(self, database: SqlDatabase) -> None:
        self._database = database
        self._there = False

    @property
    def there(self) -> bool:
        """True if orders are taken: somebody polls, or did."""
        if not self._there:
            found = self._database.rows_text("SELECT to_regclass('orders') IS NOT NULL")
            self._there = found == [(True,)]
        return self._there

    def ask(self, key: str, digest: str, wish: Wish) -> None:
        """Put an order there, unless there is one of that key."""
        self._database.run_text(
            "INSERT INTO orders (key, digest, wish, stage, reason) VALUES (%s, %s, %s, %s, '')"
            " ON CONFLICT (key) DO NOTHING",
            (key, digest, stored_text(msgspec.json.encode(wish).decode()), ASKED),
        )

    def asked(self, key: str) -> OrderRow | None:
        """Return how far an order is. None if there is none of that key.

        One that nobody took in time will be taken by nobody from now on.
        """
        if not self.there:
            return None
        rows = self._database.rows_text(
            f"SELECT digest, stage, reason, {_BEGUN}, {_GIVEN_UP} FROM orders WHERE key = %s",  # noqa: S608 - our own words
            (key,),
        )
        if not rows:
            return None
        digest, stage, reason, in_time, given_up = rows[0]
        if stage == ASKED and not in_time:
            self._database.run_text(
                "UPDATE orders SET stage = %s WHERE key = %s AND stage = %s",
                (TOO_LATE, key, ASKED),
            )
            return self.asked(key)
        if stage == PASSED and given_up:
            stage = UNKNOWN
        return OrderRow(digest=digest, stage=stage, reason=plain_text(reason))

    def take(self) -> tuple[tuple[str, Wish], ...]:
        """Return what waits to be passed on, with the keys; nobody else is given these."""
        rows = self._database.rows_text(
            f"UPDATE orders SET stage = '{PASSED}' WHERE stage = '{ASKED}' AND {_BEGUN}"  # noqa: S608 - our own words
            " RETURNING key, wish"
        )
        return tuple([(key, _wishes.decode(plain_text(wish))) for key, wish in rows])

    def answer(self, key: str, stage: str, reason: str) -> None:
        """Tell what came of an order that was passed on."""
        self._database.run_text(
            "UPDATE orders SET stage = %s, reason = %s WHERE key = %s AND stage IN (%s, %s)",
            (stage, stored_text(reason), key, PASSED, UNKNOWN),
        )
