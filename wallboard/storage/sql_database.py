"""One open connection to a database through SQLAlchemy, and what its errors mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final, Protocol

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from wallboard.storage.faults import HistoryUnavailable
from wallboard.storage.rows import Row
from wallboard.storage.schema import Statement, layout, statements


class Keeper(Protocol):
    """What differs from database to database."""

    @property
    def place(self) -> str:
        """Where it is, for people; without a password."""
        ...

    @property
    def begin(self) -> str:
        """The words that begin a transaction that may write."""
        ...

    def fault(self, error: BaseException) -> HistoryUnavailable | None:
        """Return what a driver's error means. None if it is a mistake of ours."""
        ...

    def size(self, database: SqlDatabase) -> int:
        """Return the bytes that it takes, journals included."""
        ...

    def version(self, database: SqlDatabase) -> tuple[str, str]:
        """Return name and version of the engine, and how it makes commits durable."""
        ...

    def complaints(self, database: SqlDatabase) -> tuple[str, ...]:
        """Return what the database's own check says; nothing if all is well."""
        ...

    def shrink(self, database: SqlDatabase) -> None:
        """Give room back that is not needed any more."""
        ...

    def lenient(self, error: BaseException) -> bool:
        """Prepare to read once more what the error says cannot be read. False: no use."""
        ...

    def strict(self) -> None:
        """Undo that."""
        ...

    def leave(self, raw: Any) -> None:  # noqa: ANN401 - the driver's connection
        """Prepare to close the driver's connection, which may be broken."""
        ...

    def close(self) -> None:
        """Let others in."""
        ...


_made: Final[dict[str, tuple[dict[str, Statement], list[str]]]] = {}


def _words(engine: Engine) -> tuple[dict[str, Statement], list[str]]:
    # Making them takes a tenth of a second, and they are the same for every history.
    name = engine.dialect.name
    if name not in _made:
        _made[name] = (statements(engine.dialect), layout(engine.dialect))
    return _made[name]


class SqlDatabase:
    """Runs statements by name or by text. Used by one thread.

    Every error of the driver becomes HistoryUnavailable where somebody can do something about
    it; the transaction is undone then.
    """

    def __init__(self, engine: Engine, connection: Connection, keeper: Keeper) -> None:
        self.keeper = keeper
        self._engine = engine
        # The driver commits nothing by itself: transactions are begun and ended in so many words.
        self._connection = connection
        # What is asked for every row goes to the driver as it is: SQLAlchemy's own way of
        # running a statement takes as long as SQLite's whole commit.
        self._cursor: Any = connection.connection.cursor()
        self._none: Any = () if engine.dialect.name == "sqlite" else None
        self._translated = _Translated(keeper)
        self._dbapi_error: type[Exception] = engine.dialect.loaded_dbapi.Error
        self._said, self._layout = _words(engine)
        self._depth = 0

    @property
    def place(self) -> str:
        """Where it is, for people; without a password."""
        return self.keeper.place

    def size(self) -> int:
        """Return the bytes that it takes, journals included."""
        return self.keeper.size(self)

    def version(self) -> tuple[str, str]:
        """Return name and version of the engine, and how it makes commits durable."""
        return self.keeper.version(self)

    def complaints(self) -> tuple[str, ...]:
        """Return what the database's own check says; nothing if all is well."""
        return self.keeper.complaints(self)

    def shrink(self) -> None:
        """Give room back that is not needed any more."""
        self.keeper.shrink(self)

    def said(self, name: str) -> Statement:
        """Return a statement by its name in `schema`."""
        return self._said[name]

    def run(self, name: str, *values: Any) -> int:  # noqa: ANN401 - what a column takes
        """Run a statement by name; return how many rows it changed."""
        return self.run_text(self._said[name].text, values)

    def run_text(self, text: str, values: Sequence[Any] = ()) -> int:
        """Run a statement; return how many rows it changed."""
        with self._translated:
            self._cursor.execute(text, values or self._none)
        return int(self._cursor.rowcount)

    def run_many(self, name: str, rows: list[Row]) -> int:
        """Run a statement for every row; return how many rows were changed."""
        if not rows:
            return 0
        with self._translated:
            self._cursor.executemany(self._said[name].text, rows)
        return int(self._cursor.rowcount)

    def rows(self, name: str, *values: Any) -> list[Row]:  # noqa: ANN401
        """Return what a statement by name finds."""
        return self.rows_text(self._said[name].text, values)

    def rows_text(self, text: str, values: Sequence[Any] = ()) -> list[Row]:
        """Return what a statement finds.

        A text that is none comes back with what its bytes were: its row's checksum tells.
        """
        try:
            return self._found(text, values)
        except HistoryUnavailable as error:
            if not self.keeper.lenient(error.__cause__ or error):
                raise
        try:
            return self._found(text, values)
        finally:
            self.keeper.strict()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Make what happens in the block durable as one, or nothing of it. One may be in another.

        Raises:
            HistoryUnavailable: Nothing of it was kept.
        """
        if self._depth:
            self._depth += 1
            try:
                yield
            finally:
                self._depth -= 1
            return
        self.run_text(self.keeper.begin)
        self._depth = 1
        try:
            yield
            self.run_text("COMMIT")
        except BaseException:
            self._undo()
            raise
        finally:
            self._depth = 0

    def layout(self) -> list[str]:
        """Return the statements that make the tables."""
        return self._layout

    def close_connection(self) -> None:
        """Close the connection, and let nobody else in yet."""
        try:
            self._connection.close()
            self._engine.dispose()
        except (SQLAlchemyError, self._dbapi_error):
            # It is gone already; what was acknowledged is on the disk.
            self._engine.dispose(close=False)

    def close(self) -> None:
        """Close the connection and let others in. May be called twice."""
        try:
            self._leave()
            self.close_connection()
        finally:
            self.keeper.close()

    def _leave(self) -> None:
        try:
            self.keeper.leave(self._connection.connection.dbapi_connection)
        except (SQLAlchemyError, self._dbapi_error):
            # It is gone already, and with it all that it held.
            return

    def _found(self, text: str, values: Sequence[Any]) -> list[Row]:
        with self._translated:
            self._cursor.execute(text, values or self._none)
            return list(self._cursor.fetchall()) if self._cursor.description else []

    def _undo(self) -> None:
        try:
            self.run_text("ROLLBACK")
        except (HistoryUnavailable, self._dbapi_error):
            # The database ended the transaction by itself, or is not there any more.
            return


class _Translated:
    """Turns the driver's errors into what they mean. Quicker than a generator at every use."""

    def __init__(self, keeper: Keeper) -> None:
        self._keeper = keeper

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if error is None:
            return
        fault = self._keeper.fault(error)
        if fault is not None:
            raise fault from error
