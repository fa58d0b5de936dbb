"""Rows for a table: what its columns are called, what a cell says, and by what it is sorted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet(Generic[Row]):
    """A table's content; columns are counted from 0.

    Attributes:
        figures: Columns that are read from left to right in every language, and end-aligned.
        text: Plain text of a cell.
        order: What a column is sorted by: values of it can be compared with each other.
    """

    headings: tuple[str, ...]
    figures: frozenset[int]
    rows: tuple[Row, ...]
    text: Callable[[Row, int], str]
    order: Callable[[Row, int], object]
