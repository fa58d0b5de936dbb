"""Tells how much of a paper is written, and ends the writing when somebody asked for that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, TypeVar

from wallboard.domain.paper import Paper, PaperStopped, Progress, Stop

_Row = TypeVar("_Row")

ROWS_AT_A_TIME: Final = 256
"""After so many rows somebody is told, and asked: some milliseconds."""


def nobody(_done: float) -> None:
    """Hear how much is done, for nobody."""


def never() -> bool:
    """Answer that the writing may go on."""
    return False


class Pace:
    """The way through all rows of one paper.

    Args:
        share: How much of the whole work the rows are, above 0 and up to 1.
    """

    def __init__(self, rows: int, progress: Progress, stop: Stop, *, share: float = 1) -> None:
        self._rows = max(1, rows)
        self._progress = progress
        self._stop = stop
        self._share = share
        self._passed = 0

    def through(self, rows: Iterable[_Row]) -> Iterator[_Row]:
        """Pass on the rows of one table.

        Raises:
            PaperStopped: Somebody asked for it.
        """
        left = ROWS_AT_A_TIME
        for row in rows:
            if not left:
                self._passed += ROWS_AT_A_TIME
                self.look()
                left = ROWS_AT_A_TIME
            left -= 1
            yield row
        self._passed += ROWS_AT_A_TIME - left
        self.look()

    def look(self) -> None:
        """Tell how far it is. Raises PaperStopped if that was asked for."""
        if self._stop():
            raise PaperStopped
        self._progress(min(1.0, self._passed / self._rows) * self._share)

    def done(self) -> None:
        """Tell that the file stands."""
        self._progress(1.0)


def rows_of(paper: Paper) -> int:
    """Return how many rows all tables have together."""
    return sum(len(table.rows) for table in paper.tables)
