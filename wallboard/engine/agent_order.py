"""Agents in an order of many parts, each of which is put in order when somebody looks into it."""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import accumulate, chain
from operator import eq, itemgetter
from typing import Any, Final, TypeAlias, overload

from wallboard.domain.snapshot import AgentId

Row: TypeAlias = tuple[Any, ...]
"""What an agent is sorted by, ending with his id: no two are equal."""

_ID: Final[Callable[[Row], AgentId]] = itemgetter(-1)
_NONE: Final[frozenset[int]] = frozenset()


class Part:
    """Agents of whom all come before or after those of any other part. A value.

    Whoever changes costs something, and not who stays: the next part goes on in the same list.
    """

    __slots__ = ("_backwards", "_gone", "_ids", "_length", "_rows")

    def __init__(
        self, rows: list[Row], *, backwards: bool, gone: set[int] | frozenset[int] = _NONE
    ) -> None:
        """Take rows.

        Args:
            rows: In any order. Rows may be put behind these, which are not of this part.
            backwards: True to turn the order.
            gone: The addresses of those rows that are not of this part.
        """
        self._rows, self._gone, self._length = rows, gone, len(rows)
        self._backwards = backwards
        self._ids: tuple[AgentId, ...] | None = None

    def __len__(self) -> int:
        return self._length - len(self._gone)

    def after(self, left: Iterable[Row], joined: Collection[Row]) -> Part:
        """Return this part without some of its rows and with others."""
        rows, gone = self._rows, self._gone.union(map(id, left))
        crowded = 2 * len(gone) > self._length
        if crowded or len(rows) > self._length or not gone.isdisjoint(map(id, joined)):
            rows, gone = self._without(gone), set()
        rows.extend(joined)
        return Part(rows, backwards=self._backwards, gone=gone)

    def ids(self) -> tuple[AgentId, ...]:
        """Return the agents in their order."""
        if self._ids is None:
            rows = self._without(self._gone)
            rows.sort(reverse=self._backwards)
            self._ids = tuple(map(_ID, rows))
            # What comes after this part is nearly in order then, which sorts quickly.
            self._rows, self._gone, self._length = rows, _NONE, len(rows)
        return self._ids

    def _without(self, gone: set[int] | frozenset[int]) -> list[Row]:
        return [row for row in self._rows[: self._length] if id(row) not in gone]


class AgentOrder(Sequence[AgentId]):
    """Ids in their order: a value like the tuple of them, and equal to it. For one thread."""

    __slots__ = ("_ends", "_parts")

    def __init__(self, parts: Sequence[Part]) -> None:
        """Put parts one after the other."""
        self._parts = tuple(parts)
        self._ends = tuple(accumulate(map(len, self._parts)))

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    @overload
    def __getitem__(self, at: int) -> AgentId: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[AgentId, ...]: ...

    def __getitem__(self, at: int | slice) -> AgentId | tuple[AgentId, ...]:
        if isinstance(at, slice):
            return tuple(self)[at]
        place = range(len(self))[at]
        part = bisect_right(self._ends, place)
        return self._parts[part].ids()[place - (self._ends[part - 1] if part else 0)]

    def __iter__(self) -> Iterator[AgentId]:
        return chain.from_iterable(map(Part.ids, self._parts))

    def __contains__(self, wanted: object) -> bool:
        return any(wanted in part.ids() for part in self._parts)

    def index(self, value: object, start: int = 0, stop: int = sys.maxsize) -> int:
        """Return the place of an agent; raise ValueError if he has none there."""
        return tuple(self).index(value, start, stop)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, (AgentOrder, tuple)):
            return NotImplemented
        if len(self) != len(other):
            return False
        if isinstance(other, tuple):
            return tuple(self) == other
        return all(map(eq, *self._others(other)))

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return f"AgentOrder{tuple(self)!r}"

    def _others(self, other: AgentOrder) -> tuple[Iterator[AgentId], Iterator[AgentId]]:
        """Return the ids of both from the first part on that is not one object."""
        pairs = enumerate(zip(self._parts, other._parts, strict=False))
        shorter = min(len(self._parts), len(other._parts))
        first = next((at for at, (mine, theirs) in pairs if mine is not theirs), shorter)
        mine, theirs = self._parts[first:], other._parts[first:]
        return (
            chain.from_iterable(map(Part.ids, mine)),
            chain.from_iterable(map(Part.ids, theirs)),
        )
