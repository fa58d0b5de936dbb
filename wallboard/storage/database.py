"""What a history asks of the database that it lies in, whichever it is."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from wallboard.storage.rows import Row


class Database(Protocol):
    """One open connection, used by one thread at a time. `SqlDatabase` is one.

    Any of its methods may raise HistoryUnavailable; the transaction is undone then.
    """

    @property
    def place(self) -> str:
        """Where it is, for people; without a password."""
        ...

    def run(self, name: str, *values: Any) -> int:  # noqa: ANN401 - what a column takes
        """Run a statement by its name in `schema`; return how many rows it changed."""
        ...

    def run_many(self, name: str, rows: list[Row]) -> int:
        """Run a statement for every row; return how many rows were changed in all."""
        ...

    def run_text(self, text: str, values: Sequence[Any] = ()) -> int:
        """Run a statement; return how many rows it changed."""
        ...

    def rows(self, name: str, *values: Any) -> list[Row]:  # noqa: ANN401
        """Return what a statement by its name in `schema` finds."""
        ...

    def rows_text(self, text: str, values: Sequence[Any] = ()) -> list[Row]:
        """Return what a statement finds."""
        ...

    def transaction(self) -> AbstractContextManager[None]:
        """Make what happens in the block durable as one, or nothing of it. One may be in another.

        It is durable when the outermost block is left without an exception.
        """
        ...

    def size(self) -> int:
        """Return the bytes that it takes, journals included."""
        ...

    def version(self) -> tuple[str, str]:
        """Return name and version of the engine, and how it makes commits durable."""
        ...

    def complaints(self) -> tuple[str, ...]:
        """Return what the database's own check says; nothing if all is well."""
        ...

    def shrink(self) -> None:
        """Give room back that is not needed any more."""
        ...

    def close(self) -> None:
        """Close it, and let others in. May be called twice."""
        ...
