"""One of the lists of a picture: told whole, or changed row by row."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from operator import attrgetter
from typing import Final, Generic, TypeVar, cast

import msgspec

from wallboard.api.protocol import Key
from wallboard.api.reading import UNREADABLE
from wallboard.api.table import Table

_Key = TypeVar("_Key", bound=str)
_Row = TypeVar("_Row")


class Listing(Generic[_Key, _Row]):
    """The queues, the agents or the calls. Used by one thread.

    Attributes:
        rows: By key; replaced when something changes, never altered.
        dropped: How many rows that were told last are not among them.
        changed: The rows that are new or another one with the last change. Of no meaning after a
            whole list.
        gone: The keys of those that are no more with it.
    """

    def __init__(self, key: str, read: Callable[[bytes], tuple[_Row, int]], most: int) -> None:
        self.rows: Mapping[_Key, _Row] = {}
        self.dropped = 0
        self.changed: tuple[_Row, ...] = ()
        self.gone: tuple[_Key, ...] = ()
        self._key = key
        self._key_of: Callable[[_Row], _Key] = attrgetter(key)
        self._read: Callable[[bytes], tuple[_Row, int]] = read
        self._most = most
        # What was told whole, while nothing has changed since; beside each row, how many of its
        # fields could not be read.
        self._table: Table[_Key, tuple[_Row, int]] | None = None
        self._told_whole: Mapping[_Key, tuple[_Row, int]] = {}
        self._spoiled: dict[_Key, int] = {}

    @property
    def unread(self) -> int:
        """How many fields of the rows are unknown because they could not be read."""
        return sum(self._spoiled.values())

    def read_whole(self, raws: Sequence[bytes]) -> None:
        """Take a list that replaces all rows.

        Raises:
            ValueError: It is too long.
            NotFlat: Its rows were cut out, and are none. What holds is as before.
        """
        self._check_length(len(raws))
        if self._table is None:
            self._table = Table(self._read, self._key_of_pair)
        self.dropped = self._table.read(raws)
        told = self._table.rows
        if told is self._told_whole:
            return
        self._told_whole = told
        get = self.rows.get
        self.rows = {
            # Nearly all are the same objects: to compare these by their fields takes far longer.
            key: old if (old := get(key)) is not None and (old is row or old == row) else row
            for key, (row, _) in told.items()
        }
        self._spoiled = {key: unread for key, (_, unread) in told.items() if unread}

    def read_change(self, raws: list[msgspec.Raw], gone: list[_Key]) -> None:
        """Take rows that are new or differ, and the keys of those that are no more.

        Raises:
            ValueError, RecursionError: It cannot be told which rows are meant.
        """
        self.dropped, self.changed, self.gone = 0, (), ()
        if not raws and not gone:
            return
        self._table, self._told_whole = None, {}
        fresh: dict[_Key, tuple[_Row, int] | None] = dict.fromkeys(gone)
        for raw in raws:
            pair = self._pair_or_none(raw)
            key = self._key_in(raw) if pair is None else self._key_of_pair(pair)
            if key in fresh:
                raise ValueError("a row that is told twice")
            fresh[key] = pair
            self.dropped += pair is None
        self._apply(fresh)
        self._check_length(len(self.rows))

    def _apply(self, fresh: Mapping[_Key, tuple[_Row, int] | None]) -> None:
        """Put rows in the place of those before; None takes one away."""
        rows = dict(self.rows)
        changed: list[_Row] = []
        left: list[_Key] = []
        for key, pair in fresh.items():
            self._spoiled.pop(key, None)
            if pair is None:
                if rows.pop(key, None) is not None:
                    left.append(key)
                continue
            row, unread = pair
            if rows.get(key) != row:
                rows[key] = row
                changed.append(row)
            if unread:
                self._spoiled[key] = unread
        self.rows, self.changed, self.gone = rows, tuple(changed), tuple(left)

    def _pair_or_none(self, raw: msgspec.Raw) -> tuple[_Row, int] | None:
        try:
            return self._read(raw)
        except UNREADABLE:
            return None

    def _key_of_pair(self, pair: tuple[_Row, int]) -> _Key:
        return self._key_of(pair[0])

    def _key_in(self, raw: msgspec.Raw) -> _Key:
        """Return whose row it is, although the row itself cannot be read.

        Raises:
            ValueError, RecursionError: That cannot be read either.
        """
        told = _objects.decode(raw)
        return cast("_Key", _texts.decode(told.get(self._key, msgspec.Raw())))

    def _check_length(self, length: int) -> None:
        if length > self._most:
            raise ValueError(f"{length} rows, {self._most} at most")


_objects: Final = msgspec.json.Decoder(dict[str, msgspec.Raw])
_texts: Final = msgspec.json.Decoder(Key)
