"""Rows out of a damaged SQLite file, page by page, without asking SQLite to understand it.

A file may lack its header, its list of tables or the pages that say where others are: each leaf
page by itself still says where its rows lie, and each of our rows says by its checksum whether
it is what was kept. So pages are taken for what they are, wherever they stand. The write-ahead
log holds newer pages; those behind a damaged one in it are taken too, which SQLite would not do.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from wallboard.storage.rows import Row

PAGE: Final = 4096
_TABLE_LEAF: Final = 0x0D
_INDEX_LEAF: Final = 0x0A
_INNER: Final = frozenset({0x02, 0x05})
_WAL_HEADER: Final = 32
_FRAME_HEADER: Final = 24
_INTEGERS: Final = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
# What fits on a page without spilling over to another, by the file format's own formula.
_MOST_ON_TABLE_LEAF: Final = PAGE - 35
_MOST_ON_INDEX_LEAF: Final = (PAGE - 12) * 64 // 255 - 23


class _Bad(ValueError):
    """These bytes are no row."""


@dataclass(slots=True)
class Carved:
    """What one page held.

    Attributes:
        number: Of the page, from 1.
        rows: Cells as rows, those of a table with the row's number in place of a missing first
            column.
        bad: Cells that are no rows.
        broken: True if it was some page once, and cannot be read as any.
        table: True if it is a leaf of a table with numbered rows.
    """

    number: int
    rows: list[Row] = field(default_factory=list)
    bad: int = 0
    broken: bool = False
    table: bool = False


def carved(path: Path, wal: Path) -> Iterator[Carved]:
    """Yield what the pages of a file hold, in their newest state.

    Raises:
        OSError: It cannot be read.
    """
    newest = _wal_pages(wal)
    spill = _Spill(path, wal, newest)
    with path.open("rb") as file:
        number = 0
        while page := file.read(PAGE):
            number += 1
            if number not in newest:
                yield _page(page, number, spill)
    if newest:
        with wal.open("rb") as file:
            for number, offset in sorted(newest.items()):
                file.seek(offset)
                yield _page(file.read(PAGE), number, spill)


def pages_missing(path: Path, wal: Path) -> int:
    """Return how many pages the file is too short by, as far as its header or log tells."""
    size = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(100)
    told = 0
    # The count of pages is true only if these two agree; a mere flip must not promise millions.
    if len(head) == 100 and head[24:28] == head[92:96]:
        told = int.from_bytes(head[28:32], "big")
    there = -(-size // PAGE)
    newest = _wal_pages(wal)
    believed = told if told < 2 * there + 1000 else there
    missing = sum(number not in newest for number in range(there + 1, believed + 1))
    return missing + int(size % PAGE != 0)


def first_bad_frame(wal: Path) -> int | None:
    """Return the first frame of a log that is damaged although a commit comes after it.

    A log that merely ends early, as after a loss of power, is not damaged: what is missing was
    never acknowledged.
    """
    try:
        raw = wal.read_bytes()
    except FileNotFoundError:
        return None
    count = (len(raw) - _WAL_HEADER) // (_FRAME_HEADER + PAGE)
    if count < 1:
        return None
    order = ">" if int.from_bytes(raw[:4], "big") & 1 else "<"
    sums = _sums(raw[:24], order, (0, 0))
    salts = raw[16:24]
    if struct.pack(">II", *sums) != raw[24:32]:
        # Frames that agree among themselves were written after some header: this one is damaged.
        own = raw[_WAL_HEADER + 8 : _WAL_HEADER + 16]
        return 0 if _commit_after(raw, 0, count, own) else None
    for frame in range(count):
        at = _WAL_HEADER + frame * (_FRAME_HEADER + PAGE)
        good = raw[at + 8 : at + 16] == salts
        if good:
            sums = _sums(raw[at : at + 8], order, sums)
            sums = _sums(raw[at + _FRAME_HEADER : at + _FRAME_HEADER + PAGE], order, sums)
            good = struct.pack(">II", *sums) == raw[at + 16 : at + 24]
        if not good:
            return frame if _commit_after(raw, frame, count, salts) else None
    return None


def _commit_after(raw: bytes, first: int, count: int, salts: bytes) -> bool:
    for frame in range(first, count):
        at = _WAL_HEADER + frame * (_FRAME_HEADER + PAGE)
        if raw[at + 8 : at + 16] == salts and raw[at + 4 : at + 8] != bytes(4):
            return True
    return False


def _sums(data: bytes, order: str, sums: tuple[int, int]) -> tuple[int, int]:
    first, second = sums
    words = struct.unpack(f"{order}{len(data) // 4}I", data)
    for at in range(0, len(words), 2):
        first = (first + words[at] + second) & 0xFFFFFFFF
        second = (second + words[at + 1] + first) & 0xFFFFFFFF
    return first, second


def _wal_pages(wal: Path) -> dict[int, int]:
    """Return where in the log the newest state of each page is, good checksums or not."""
    try:
        raw = wal.read_bytes()
    except FileNotFoundError:
        return {}
    found: dict[int, int] = {}
    pending: dict[int, int] = {}
    count = max(0, (len(raw) - _WAL_HEADER) // (_FRAME_HEADER + PAGE))
    if not count:
        return found
    salts = _salts(raw, count)
    for frame in range(count):
        at = _WAL_HEADER + frame * (_FRAME_HEADER + PAGE)
        number, commit = struct.unpack(">II", raw[at : at + 8])
        if raw[at + 8 : at + 16] != salts or not 0 < number < 1 << 28:
            continue
        pending[number] = at + _FRAME_HEADER
        if commit:
            found |= pending
            pending = {}
    return found


def _salts(raw: bytes, count: int) -> bytes:
    """Return what marks the frames of the present log, as the first frames say it."""
    told = raw[16:24]
    first = raw[_WAL_HEADER + 8 : _WAL_HEADER + 16]
    second_at = _WAL_HEADER + _FRAME_HEADER + PAGE + 8
    second = raw[second_at : second_at + 8] if count > 1 else first
    return first if first == second else told


class _Spill:
    """Reads pages by their number, for rows that are too long for one."""

    def __init__(self, path: Path, wal: Path, newest: dict[int, int]) -> None:
        self._path = path
        self._wal = wal
        self._newest = newest

    def page(self, number: int) -> bytes:
        """Return a page in its newest state."""
        offset = self._newest.get(number)
        source = self._path if offset is None else self._wal
        with source.open("rb") as file:
            file.seek((number - 1) * PAGE if offset is None else offset)
            page = file.read(PAGE)
        if len(page) != PAGE:
            raise _Bad
        return page


def _page(page: bytes, number: int, spill: _Spill) -> Carved:
    found = Carved(number=number)
    start = 100 if number == 1 else 0
    kind = page[start] if len(page) > start + 8 else 0
    if kind not in (_TABLE_LEAF, _INDEX_LEAF):
        # A page that begins with zero is free or the rest of a long row; others only say where
        # pages are.
        found.broken = kind != 0 and kind not in _INNER and not _is_map(page)
        return found
    found.table = kind == _TABLE_LEAF
    count = int.from_bytes(page[start + 3 : start + 5], "big")
    if start + 8 + 2 * count > len(page):
        found.broken = True
        return found
    for cell in range(count):
        at = int.from_bytes(page[start + 8 + 2 * cell : start + 10 + 2 * cell], "big")
        try:
            found.rows.append(_cell(page, at, spill, leaf=kind == _TABLE_LEAF))
        except (_Bad, IndexError, struct.error, UnicodeDecodeError, OverflowError):
            found.bad += 1
    return found


def _is_map(page: bytes) -> bool:
    """True of a page that says of others who points to them."""
    return page[0] in (1, 2, 3, 4, 5) and all(kind <= 5 for kind in page[:500:5])


def _cell(page: bytes, at: int, spill: _Spill, *, leaf: bool) -> Row:
    size, at = _varint(page, at)
    number: int | None = None
    if leaf:
        number, at = _varint(page, at)
    if size > 1 << 24:
        raise _Bad
    payload = _payload(page, at, size, spill, leaf=leaf)
    row = _record(payload)
    return (number, *row[1:]) if number is not None and row and row[0] is None else row


def _payload(page: bytes, at: int, size: int, spill: _Spill, *, leaf: bool) -> bytes:
    most = _MOST_ON_TABLE_LEAF if leaf else _MOST_ON_INDEX_LEAF
    if size <= most:
        payload = page[at : at + size]
    else:
        least = (PAGE - 12) * 32 // 255 - 23
        here = least + (size - least) % (PAGE - 4)
        here = here if here <= most else least
        payload = page[at : at + here]
        following = int.from_bytes(page[at + here : at + here + 4], "big")
        while following and len(payload) < size:
            more = spill.page(following)
            following = int.from_bytes(more[:4], "big")
            payload += more[4 : 4 + min(PAGE - 4, size - len(payload))]
    if len(payload) != size:
        raise _Bad
    return payload


def _record(payload: bytes) -> Row:
    header, at = _varint(payload, 0)
    body = header
    cells: list[object] = []
    while at < header:
        kind, at = _varint(payload, at)
        cell, body = _value(payload, body, kind)
        cells.append(cell)
    if body != len(payload) or at != header:
        raise _Bad
    return tuple(cells)


def _value(payload: bytes, at: int, kind: int) -> tuple[object, int]:
    if kind == 0:
        return None, at
    if kind in (8, 9):
        return kind - 8, at
    if kind in _INTEGERS:
        end = at + _INTEGERS[kind]
        if end > len(payload):
            raise _Bad
        return int.from_bytes(payload[at:end], "big", signed=True), end
    if kind < 13 or kind % 2 == 0:
        raise _Bad
    end = at + (kind - 13) // 2
    if end > len(payload):
        raise _Bad
    return payload[at:end].decode(), end


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = 0
    for place in range(9):
        byte = data[at + place]
        if place == 8:
            value = (value << 8) | byte
            break
        value = (value << 7) | (byte & 0x7F)
        if byte < 0x80:
            break
    else:
        place = 8
    if value >= 1 << 63:
        value -= 1 << 64
    return value, at + place + 1
