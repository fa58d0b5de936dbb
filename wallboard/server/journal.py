"""The journal of commands: written to disk before one is passed on, and chained line by line.

Each line is a JSON object whose last member, `hash`, is an HMAC-SHA256 over the hash of the line
before and the rest of this line, under the key of this place. A line that was altered, taken out,
put in or moved breaks the chain from there on. Lines that were taken off the end cannot be missed
by the chain alone: who wants to notice that notes `head` elsewhere from time to time, and gives it
to `verifying`. Who writes knows its own last line, and says so in the next one if that is gone.

A loss of power may tear the last line. The next one to write ends it and writes a line `torn`,
which the chain skips it by.
"""

from __future__ import annotations

import hmac
import os
import threading
from collections import deque
from collections.abc import Iterator, Mapping
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Final, TypeAlias

import msgspec

from wallboard.api.protocol import time_text
from wallboard.domain.errors import WallboardError
from wallboard.settings.paths import made
from wallboard.settings.whole_file import alone

Entry: TypeAlias = Mapping[str, "str | int | None"]

BROKEN: Final = "broken"
"""What a line is called that tells that others were missing before it."""

_BEGIN: Final = "0" * 64
_HASH_KEY: Final = b',"hash":"'
_TORN: Final = "torn"
_BLOCK: Final = 64 * 1024
_LONGEST_LINE: Final = 1024 * 1024


class JournalUnusable(WallboardError):
    """It cannot be written: nothing may be done that has to be in it."""


class Journal:
    """One journal, to be appended to. May be used by several threads and processes.

    Args:
        key: Of the chain; who does not have it cannot make another one that fits.
    """

    def __init__(self, path: Path, key: bytes) -> None:
        self._path = path
        self._key = key
        self._lock = threading.Lock()
        self._head = _BEGIN
        self._count = 0
        # The number and the hash of the last line that we know to be on the disk.
        self._kept = (0, _BEGIN)
        # How long the file was after our last line; None if we have not looked yet.
        self._size: int | None = None

    @property
    def head(self) -> str:
        """The hash of the last line that was written or found."""
        return self._head

    def note(self, at: datetime, what: str, entry: Entry) -> None:
        """Write one line. When this returns, it is on the disk.

        Args:
            what: The kind of line: a word.

        Raises:
            JournalUnusable: It is not, or may not be.
        """
        try:
            if self._size is None:
                made(self._path.parent)
            with self._lock, alone(self._path.with_name(f"{self._path.name}.lock")):
                self._append(at, what, entry)
        except OSError as error:
            self._size = None
            raise JournalUnusable(f"{self._path.name}: {error.strerror}") from error

    def entries(self, newest: int) -> tuple[Mapping[str, object], ...]:
        """Return the last lines that can be read, oldest first; at most so many.

        Raises:
            JournalUnusable: The file cannot be read.
        """
        try:
            read = filter(None, map(_entry_of, _lines(self._path)))
            return tuple(deque(read, maxlen=newest))
        except OSError as error:
            raise JournalUnusable(f"{self._path.name}: {error.strerror}") from error

    def _append(self, at: datetime, what: str, entry: Entry) -> None:
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            size = os.fstat(descriptor).st_size
            lines = b""
            if size != self._size:
                lines = self._caught_up(descriptor, size, at)
            lines += self._line(at, what, entry)
            _write_all(descriptor, lines)
            os.fsync(descriptor)
            self._size = size + len(lines)
            self._kept = (self._count, self._head)
        except BaseException:
            # How much of it is there is found out before the next line.
            self._size = None
            raise
        finally:
            os.close(descriptor)

    def _caught_up(self, descriptor: int, size: int, at: datetime) -> bytes:
        """Find where the chain ends, and return what has to be written before the next line."""
        self._head, self._count = _BEGIN, 0
        tail = _tail(descriptor, size)
        lines = tail.split(b"\n")
        for line in reversed(lines):
            entry = _entry_of(line)
            if entry is not None:
                self._head, self._count = str(entry["hash"]), int(str(entry["n"]))
                break
        (kept, head), missed = self._kept, self._count + 1
        torn, ending = lines[-1], b""
        if torn:
            ending = b"\n"
            if _entry_of(torn) is None:  # else only its end was lost
                ending += self._line(at, _TORN, {"bytes": len(torn)})
        if missed <= kept:
            # Without this nobody would notice: the end is noted anew after the next line.
            ending += self._line(at, BROKEN, {"line": missed, "noted": head})
        return ending

    def _line(self, at: datetime, what: str, entry: Entry) -> bytes:
        self._count += 1
        told = {"n": self._count, "at": time_text(at), "what": what, **entry}
        body = msgspec.json.encode(told)
        self._head = _hash(self._key, self._head, body)
        return body[:-1] + _HASH_KEY + self._head.encode() + b'"}\n'


def _hash(key: bytes, before: str, body: bytes) -> str:
    return hmac.new(key, before.encode() + body, sha256).hexdigest()


def _entry_of(line: bytes) -> Mapping[str, object] | None:
    try:
        entry = msgspec.json.decode(line)
    except (ValueError, RecursionError):  # what msgspec raises is one
        return None
    if not isinstance(entry, dict):
        return None
    known = isinstance(entry.get("n"), int) and isinstance(entry.get("hash"), str)
    return entry if known else None


def rows_of(path: Path) -> Iterator[Mapping[str, object]]:
    """Yield the rows of a journal in order; none if there is no such file.

    A line that is no row is left out: who verifies the journal tells of it.

    Raises:
        OSError: It cannot be read.
    """
    for line in _lines(path):
        try:
            row = msgspec.json.decode(line)
        except (ValueError, RecursionError):  # what msgspec raises is one
            continue
        if isinstance(row, dict):
            yield row


def _lines(path: Path) -> Iterator[bytes]:
    try:
        handle = path.open("rb")
    except FileNotFoundError:
        return
    with handle:
        while line := handle.readline(_LONGEST_LINE):
            yield line.removesuffix(b"\n")


def _tail(descriptor: int, size: int) -> bytes:
    """Return the end of the file from a line's beginning on, with at least one whole line in it."""
    length = _BLOCK
    while True:
        begin = max(0, size - length)
        os.lseek(descriptor, begin, os.SEEK_SET)  # writing appends wherever this is
        tail = os.read(descriptor, size - begin)
        if begin == 0:
            return tail
        tail = tail.partition(b"\n")[2]
        if any(_entry_of(line) is not None for line in tail.split(b"\n")):
            return tail
        length *= 4


def _write_all(descriptor: int, content: bytes) -> None:
    left = memoryview(content)
    while left:
        left = left[os.write(descriptor, left) :]
