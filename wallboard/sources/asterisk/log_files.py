"""Finds a log's files, rotated and compressed ones too, in the order of time, and follows one."""

from __future__ import annotations

import bz2
import glob
import gzip
import lzma
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final, TypeAlias

from wallboard.domain.errors import WallboardError

BLOCK: Final = 1 << 17
"""So much is read at a time, in bytes: what is made of it stays in the processor's cache."""

# In so many bytes of a file the first line that tells a time is looked for.
_LOOKED_AT: Final = 1 << 16
_MAGIC: Final = ((b"\x1f\x8b", "gz"), (b"\xfd7zXZ\x00", "xz"), (b"BZh", "bz2"))

TimeOf: TypeAlias = Callable[[bytes], float | None]
_Stream: TypeAlias = BinaryIO | gzip.GzipFile | lzma.LZMAFile | bz2.BZ2File


class LogUnreadable(WallboardError):
    """A file cannot be read, or is damaged.

    Attributes:
        path: Which one.
        reason: Why, in the words of the system or the decompressor.
    """

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class NoLogFound(WallboardError):
    """Nothing is where the log should be.

    Attributes:
        told: The path or pattern.
    """

    def __init__(self, told: str) -> None:
        super().__init__(f"no file is at {told}")
        self.told = told


@dataclass(frozen=True, slots=True, kw_only=True)
class LogFile:
    """One file of a log.

    Attributes:
        first: The time of its first line that tells one, seconds since the epoch. None if none
            does.
        size: Bytes on the disk, compressed if it is.
        packed: `gz`, `xz`, `bz2`, or empty if it is not compressed; by its content, not its name.
    """

    path: Path
    first: float | None
    size: int
    packed: str


def found(told: Iterable[str], time_of: TimeOf) -> tuple[LogFile, ...]:
    """Return the files that are meant, each once, the oldest first.

    A rotated log's numbers may count up or down and its dates have many forms, so the order is
    that of the first lines. Files without any time come last.

    Args:
        told: Paths or patterns.
        time_of: Returns the time of one line, or None.

    Raises:
        NoLogFound: There is nothing at one of them.
        LogUnreadable: One cannot be opened.
    """
    files: dict[Path, LogFile] = {}
    for text in told:
        matching = [text] if Path(text).exists() else sorted(glob.glob(text))  # noqa: PTH207 - Path.glob takes no whole path
        paths = [Path(each) for each in matching if Path(each).is_file()]
        if not paths:
            raise NoLogFound(text)
        for path in paths:
            files.setdefault(path.resolve(), looked_at(path, time_of))
    return tuple(
        sorted(
            files.values(),
            key=lambda file: (float("inf") if file.first is None else file.first, str(file.path)),
        )
    )


def looked_at(path: Path, time_of: TimeOf) -> LogFile:
    """Return what a file is.

    Raises:
        LogUnreadable: It cannot be opened.
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as raw:
            packed = _packed(raw.read(8))
            raw.seek(0)
            with _unpacked(raw, packed) as stream:
                lines = stream.read(_LOOKED_AT).split(b"\n")
    except (OSError, EOFError, lzma.LZMAError) as error:
        raise LogUnreadable(path, _reason(error)) from error
    first = next((at for line in lines if (at := time_of(line)) is not None), None)
    return LogFile(path=path, first=first, size=size, packed=packed)


def beside(path: Path, time_of: TimeOf) -> tuple[LogFile, ...]:
    """Return a log's files: the one that is written, and rotated ones beside it, oldest first.

    Raises:
        NoLogFound: There is none.
        LogUnreadable: One cannot be opened.
    """
    return found([glob.escape(str(path)) + "*"], time_of) if path.name else ()


def place_of(file: LogFile, at: float, time_of: TimeOf) -> int:
    """Return where to begin reading so that nothing is missed from `at` on, in bytes.

    There is a line's first byte, and the line is older than `at` if there is such a one. The
    whole of a compressed file must be read.

    Args:
        at: Seconds since the epoch.

    Raises:
        LogUnreadable: The file cannot be read.
    """
    if file.packed:
        return 0
    try:
        with file.path.open("rb") as raw:
            low, high = 0, raw.seek(0, os.SEEK_END)
            # Of what is before `low` only the last line matters.
            while high - low > BLOCK:
                middle = (low + high) // 2
                begin, first = _line_after(raw, middle, high, time_of)
                if first is not None and first < at:
                    low = begin
                else:
                    high = middle
            return low
    except OSError as error:
        raise LogUnreadable(file.path, _reason(error)) from error


def _line_after(raw: BinaryIO, place: int, end: int, time_of: TimeOf) -> tuple[int, float | None]:
    """Return where the next line that tells a time begins, and the time; None if none does."""
    raw.seek(place)
    raw.readline(_LOOKED_AT)  # its begin is before `place`
    while (begin := raw.tell()) < end:
        told = time_of(raw.readline(_LOOKED_AT))
        if told is not None:
            return begin, told
    return end, None


def blocks(file: LogFile, begin: int = 0) -> Iterator[tuple[bytes, int]]:
    """Yield a file's content in pieces, and how many bytes of the disk's were read up to then.

    Args:
        begin: Where to begin, in bytes of the content.

    Raises:
        LogUnreadable: It cannot be read further; what was read before is good.
    """
    try:
        with file.path.open("rb") as raw, _unpacked(raw, file.packed) as stream:
            stream.seek(begin)
            while data := stream.read(BLOCK):
                yield data, min(raw.tell(), file.size)
    except (OSError, EOFError, lzma.LZMAError) as error:
        raise LogUnreadable(file.path, _reason(error)) from error


class Follower:
    """Reads on in a file that grows, is renamed and made anew, or is emptied. One thread's.

    Files that are not compressed only. What is written to the old file after it was renamed is
    read before the new one is begun.
    """

    def __init__(self, path: Path) -> None:
        """Begin at the file's first byte; nothing is opened yet."""
        self._path = path
        self._file: BinaryIO | None = None
        self._offset = 0

    def close(self) -> None:
        """Let the file go."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def poll(self) -> Iterator[bytes | None]:
        """Yield what is new now; None where one file ends and the next one begins.

        Raises:
            LogUnreadable: The file is there and cannot be read.
        """
        try:
            yield from self._rest()
            while self._replaced():
                # What was written between our last look and the change.
                yield from self._rest()
                self.close()
                yield None
                yield from self._rest()
        except OSError as error:
            raise LogUnreadable(self._path, _reason(error)) from error

    def _rest(self) -> Iterator[bytes]:
        if self._file is None:
            with suppress(FileNotFoundError):  # it is being rotated: it will be there soon
                self._file, self._offset = self._path.open("rb"), 0
        while self._file is not None and (data := self._file.read(BLOCK)):
            self._offset += len(data)
            yield data

    def _replaced(self) -> bool:
        """True if another file stands there now, or if this one was emptied."""
        if self._file is None:
            return False
        try:
            there = self._path.stat()
        except FileNotFoundError:
            return False
        mine = os.fstat(self._file.fileno())
        other = (there.st_ino, there.st_dev) != (mine.st_ino, mine.st_dev)
        return other or there.st_size < self._offset


def _packed(begin: bytes) -> str:
    return next((name for magic, name in _MAGIC if begin.startswith(magic)), "")


def _unpacked(raw: BinaryIO, packed: str) -> _Stream:
    match packed:
        case "gz":
            return gzip.GzipFile(fileobj=raw)
        case "xz":
            return lzma.LZMAFile(raw)
        case "bz2":
            return bz2.BZ2File(raw)
        case _:
            return raw


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
