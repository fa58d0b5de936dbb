"""One list of rows that is told again and again, of which only what changed is read anew."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from itertools import compress, count, islice
from operator import ne
from typing import Final, Generic, TypeVar, cast

from wallboard.api.flat_rows import check_row, text_of, text_of_all
from wallboard.api.reading import UNREADABLE

# How many rows come or go at once, at most, for the others to be recognized cheaply.
_REACH: Final = 256
_NEAR: Final = 8
# So many rows are read together, at most: their bytes are copied for it.
_AT_ONCE: Final = 2048
# So many that the rows rather were sorted anew: they are then recognized wherever they are.
_MOST_STEPS: Final = 256

_Key = TypeVar("_Key", bound=str)
_Row = TypeVar("_Row")


class Table(Generic[_Key, _Row]):
    """One list: its raw rows as they came last, and what they mean. Used by one thread.

    A raw row is a `msgspec.Raw`, or bytes that were cut out of the document.

    Attributes:
        rows: By key; replaced when something changes, never altered.
        changed: The rows that are new or another one with the last document. None if that is not
            known: whoever wants to know compares.
        gone: The keys of those that are no more with it. Of no meaning while `changed` is None.
    """

    def __init__(
        self,
        decoded: Callable[[bytes], _Row],
        key_of: Callable[[_Row], _Key],
        all_decoded: Callable[[bytes], list[_Row]] | None = None,
    ) -> None:
        """Make an empty one.

        Args:
            decoded: Reads a row.
            all_decoded: Reads a list of rows, if that is quicker. Of a list with a row that cannot
                be read it need not read any.
        """
        self.rows: Mapping[_Key, _Row] = {}
        self.changed: tuple[_Row, ...] | None = None
        self.gone: tuple[_Key, ...] = ()
        self._decoded = decoded
        self._all_decoded = all_decoded
        self._key_of = key_of
        self._raws: Sequence[bytes] = []
        # Beside the raw ones; None for those that cannot be read.
        self._read: list[_Row | None] = []
        self._ignored = 0

    def read(self, raws: Sequence[bytes]) -> int:
        """Take the list of a new document, and return how many of its rows were left out.

        Raises:
            NotFlat: Rows that were cut out are none. The list is then as before; what changed
                is not known.
        """
        # One after the other: of a list that moved the first one says it, and all others differ.
        others = compress(count(), map(ne, raws, self._raws))
        first = next(others, None)
        self.changed, self.gone = None, ()
        if len(raws) != len(self._raws) or (first is not None and self._has_moved(raws, first)):
            self._read_moved(raws, min(len(raws), len(self._raws)) if first is None else first)
        elif first is not None:
            self._read_in_place(raws, [first, *others])
        else:
            self.changed = ()
        self._raws = raws
        return self._ignored

    def _has_moved(self, raws: Sequence[bytes], first: int) -> bool:
        """True if a row that came or went has moved those that follow: they are found nearby."""
        nearby = slice(first + 1, first + 1 + _REACH)
        return raws[first] in self._raws[nearby] or self._raws[first] in raws[nearby]

    def _read_moved(self, raws: Sequence[bytes], first: int) -> None:
        """Read rows some of which came or went: those that moved are found again in their order.

        Args:
            first: The first row that is not where it was.
        """
        before, known = self._raws, self._read
        read = known[:first]
        came: list[_Row | None] = []
        gone: list[_Row | None] = []
        at = old = first
        new_rows, old_rows = islice(raws, at, None), islice(before, old, None)
        for _ in range(_MOST_STEPS):
            # A stretch of rows that are the same: a list is made of a few long ones.
            left = min(len(raws) - at, len(before) - old)
            length = next(compress(count(), map(ne, new_rows, old_rows)), left)
            read += known[old : old + length]
            at, old = at + length, old + length
            if length == left:
                # Those that are left came at the end, or went from there.
                last = self._meant(raws[at:])
                self._place_moved(read + last, came + last, gone + known[old:])
                return
            new, went = _step(raws, at, before, old)
            rows = self._meant(raws[at : at + new])
            read += rows
            came += rows
            gone += known[old : old + went]
            at, old = at + new, old + went
            if not (new and went):
                # Both stand at rows that are the same, and one of these was taken already.
                read.append(known[old])
                at, old = at + 1, old + 1
            deque(islice(new_rows, new - (new > 0 and went > 0)), maxlen=0)
            deque(islice(old_rows, went - (new > 0 and went > 0)), maxlen=0)
        self._read = read + self._found(raws[at:])
        self._place_rows()

    def _place_moved(
        self, read: list[_Row | None], came: list[_Row | None], gone: list[_Row | None]
    ) -> None:
        """Put rows in the place of those before.

        Args:
            came: Those of them that were read anew.
            gone: Those of the ones before that are not among them, unless they were read anew.
        """
        before = self.rows
        sound = not self._ignored and not any(row is None for row in came)
        self._read = read
        self._place_rows(sound=sound)
        if not sound or self._ignored:
            return  # which row stands for its key may be another one
        get, key_of = before.get, self._key_of
        self.changed = tuple([row for row in came if row is not None and get(key_of(row)) != row])
        self.gone = tuple(
            [key for row in gone if row is not None and (key := key_of(row)) not in self.rows]
        )

    def _found(self, raws: Sequence[bytes]) -> list[_Row | None]:
        """Return the rows, those that were in the list before recognized wherever they were."""
        if not raws:
            return []
        known = dict(zip(map(bytes, self._raws), self._read, strict=True))
        rows = list(map(known.get, map(bytes, raws)))
        others = [at for at, row in enumerate(rows) if row is None]
        for at, row in zip(others, self._meant([raws[at] for at in others]), strict=True):
            rows[at] = row
        return rows

    def _read_in_place(self, raws: Sequence[bytes], changed: list[int]) -> None:
        meant = self._meant([raws[at] for at in changed])
        read, key_of = self._read, self._key_of
        fresh: dict[_Key, _Row] = {}
        in_place = not self._ignored
        for at, new in zip(changed, meant, strict=True):
            old = read[at]
            if old == new:
                continue  # what else is told of it is not ours
            read[at] = new
            if old is None or new is None:
                in_place = False
                continue
            key = key_of(new)
            in_place = in_place and key_of(old) == key
            fresh[key] = new
        if in_place:
            self.rows = {**self.rows, **fresh} if fresh else self.rows
            self.changed = tuple(fresh.values())
        else:
            self._place_rows()

    def _meant(self, raws: Sequence[bytes]) -> list[_Row | None]:
        """Return what rows mean; None stands for each that cannot be read."""
        meant: list[_Row | None] = []
        for begin in range(0, len(raws), _AT_ONCE):
            meant += self._meant_at_once(raws[begin : begin + _AT_ONCE])
        return meant

    def _meant_at_once(self, raws: Sequence[bytes]) -> Iterable[_Row | None]:
        if self._all_decoded is not None and len(raws) > 1:
            with suppress(*UNREADABLE):
                rows = self._all_decoded(text_of_all(raws))
                if len(rows) == len(raws):
                    return rows
        return map(self._meant_by, raws)

    def _meant_by(self, raw: bytes) -> _Row | None:
        try:
            return self._decoded(text_of(raw))
        except UNREADABLE:
            check_row(raw)
            return None

    def _place_rows(self, *, sound: bool = False) -> None:
        """Make the mapping anew; of rows with one key the first one counts.

        Args:
            sound: True if all rows could be read.
        """
        told = (
            cast("list[_Row]", self._read)
            if sound
            else [row for row in self._read if row is not None]
        )
        rows = dict(zip(map(self._key_of, told), told, strict=True))
        if len(rows) != len(told):
            rows = {}
            for row in told:
                rows.setdefault(self._key_of(row), row)
        self.rows = rows
        self._ignored = len(self._read) - len(rows)


def _step(raws: Sequence[bytes], at: int, before: Sequence[bytes], old: int) -> tuple[int, int]:
    """Return how many rows came at a place, and how many that were there went.

    Looks only nearby: who is not found is read again, which costs time but is as right.
    """
    for reach in (_NEAR, _REACH):
        for here, there, row in ((before, old, raws[at]), (raws, at, before[old])):
            try:
                found = here.index(row, there + 1, there + 1 + reach) - there
            except ValueError:
                continue
            return (0, found) if here is before else (found, 0)
        after = raws[at + 1 : at + 2]
        if after and after == before[old + 1 : old + 2]:
            break  # one that changed where it is, as most do
    return 1, 1
