"""Takes long lists of rows out of a JSON document at their braces, without a look at each letter.

A decoder reads all of a document to find where its rows begin and end, and nearly all of them are
those of a second ago. Where rows hold no objects each `}` in a list is the end of one: the list is
split there, rows that came before are known by their bytes, and only the others are read.

Nothing rests on that guess. What is left of the document is decoded as any other, with a mark in
place of each list's rows; each row is decoded when it is first told; and n pieces with one `}`
each that are n objects can be no other n objects. Where any of that fails, as where a name holds
a brace, the document is to be read whole.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

import msgspec

# No writer writes a number so.
_MARK: Final = b"-0e7"


class NotFlat(Exception):
    """The document, or a row of it, cannot be cut as was guessed."""


class Cut:
    """A document and the rows that were taken out of it.

    Attributes:
        rest: The document, each list that was taken out holding a mark alone.
    """

    def __init__(self, rest: bytes, lists: dict[str, list[bytes]]) -> None:
        self.rest = rest
        self._lists = lists

    def put_into(self, told: Any) -> None:  # noqa: ANN401 - what the rest was decoded to
        """Give what the rest was decoded to the rows, in place of the marks.

        Raises:
            NotFlat: They were taken from elsewhere.
        """
        for name, rows in self._lists.items():
            if [bytes(row) for row in getattr(told, name)] != [_MARK]:
                raise NotFlat
            setattr(told, name, rows)


class Cutter:
    """Cuts one document after the other, until one was not to be cut. Used by one thread."""

    def __init__(self, *names: str) -> None:
        """Make a cutter.

        Args:
            names: Of the lists that are taken out, where the document has them.
        """
        every = "|".join(map(re.escape, names)).encode()
        self._heads = re.compile(rb'"(%b)"\s*:\s*\[\s*(?=\{)' % every)
        # How many rows a list had: it mostly has as many again.
        self._lengths = dict.fromkeys(names, 0)
        self._given_up = False

    def give_up(self) -> None:
        """Cut no document any more."""
        self._given_up = True

    def cut(self, document: bytes) -> Cut | None:
        """Return the document without its lists. None if it is to be read whole."""
        if self._given_up:
            return None
        pieces = document.split(b"}")
        outside: list[bytes] = []
        lists: dict[str, list[bytes]] = {}
        at, piece = 0, pieces[0]
        while True:
            head = self._heads.search(piece)
            if head is None:
                outside.append(piece)
                at += 1
                if at == len(pieces):
                    return Cut(b"}".join(outside), lists)
                piece = pieces[at]
                continue
            name = head[1].decode()
            end = self._end(pieces, at, name)
            if name in lists or end is None:
                return None
            rows = pieces[at:end]
            rows[0] = b"," + piece[head.end() :]
            lists[name] = rows
            at, piece = end, piece[: head.end()] + _MARK + pieces[end]

    def _end(self, pieces: list[bytes], begin: int, name: str) -> int | None:
        """Return which piece is the first one after a list. None if there is none."""
        end = begin + self._lengths[name]
        if not (begin < end < len(pieces) and _is_end(pieces[end])):
            others = range(begin + 1, len(pieces))
            end = next((at for at in others if not pieces[at].startswith(b",")), len(pieces))
            if end == len(pieces) or not _is_end(pieces[end]):
                return None
        self._lengths[name] = end - begin
        return end


def text_of(row: bytes) -> bytes:
    """Return a row as JSON, whether it was cut out or decoded as a `msgspec.Raw`."""
    return row if isinstance(row, msgspec.Raw) else row[1:] + b"}"


def text_of_all(rows: Sequence[bytes]) -> bytes:
    """Return rows as one JSON list; at least one, all of them cut out or none."""
    if isinstance(rows[0], msgspec.Raw):
        return b"[%b]" % b",".join(rows)
    return b"[%b}]" % b"}".join(rows)[1:]


def check_row(row: bytes) -> None:
    """Check that a row that cannot be read is one.

    Raises:
        NotFlat: It was cut out, and is a part of one or more than one.
    """
    if isinstance(row, msgspec.Raw):
        return
    try:
        _objects.decode(text_of(row))
    except (ValueError, RecursionError) as error:
        raise NotFlat from error


def _is_end(piece: bytes) -> bool:
    return piece.lstrip().startswith(b"]")


_objects: Final = msgspec.json.Decoder(dict[str, msgspec.Raw])
