"""Files that appear whole under their names, or not at all, and why one did not."""

from __future__ import annotations

import errno
import itertools
import os
import shutil
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from typing import BinaryIO, Final, TypeAlias

from wallboard.domain.paper import PaperFault, PaperNotWritten

LEFT_OVER_S: Final = 6 * 3600
"""A file in the making that nobody touched for so long was left by a process that was killed."""

_PREFIX: Final = ".wallboard-"
_SUFFIX: Final = ".part"
_FAULTS: Final = {
    errno.ENOSPC: PaperFault.DISK_FULL,
    errno.EDQUOT: PaperFault.DISK_FULL,
    errno.EFBIG: PaperFault.TOO_LARGE,
    errno.ENOENT: PaperFault.FOLDER_GONE,
    errno.ENOTDIR: PaperFault.FOLDER_GONE,
    errno.ENODEV: PaperFault.FOLDER_GONE,
    errno.ENXIO: PaperFault.FOLDER_GONE,
    errno.ESTALE: PaperFault.FOLDER_GONE,
    errno.EACCES: PaperFault.NOT_ALLOWED,
    errno.EPERM: PaperFault.NOT_ALLOWED,
    errno.EROFS: PaperFault.NOT_ALLOWED,
    errno.EISDIR: PaperFault.IS_A_FOLDER,
    errno.EBUSY: PaperFault.OPEN_ELSEWHERE,
    errno.ETXTBSY: PaperFault.OPEN_ELSEWHERE,
}
# Windows tells apart what its other numbers fold together: sharing and locks, no such drive.
_WINDOWS_FAULTS: Final = {
    3: PaperFault.FOLDER_GONE,
    15: PaperFault.FOLDER_GONE,
    21: PaperFault.FOLDER_GONE,
    32: PaperFault.OPEN_ELSEWHERE,
    33: PaperFault.OPEN_ELSEWHERE,
    39: PaperFault.DISK_FULL,
    53: PaperFault.FOLDER_GONE,
    112: PaperFault.DISK_FULL,
}
_numbers = itertools.count()

Begin: TypeAlias = Callable[[Path], BinaryIO]
"""Opens a new file that is to stand under that path; it is closed for its user."""


class Step(Enum):
    """What was being done."""

    WRITING = auto()
    REPLACING = auto()
    """The new file was complete, and was to take the place of what stands under its name."""


@dataclass(frozen=True, slots=True)
class _Begun:
    target: Path
    fresh: Path
    handle: BinaryIO


@contextmanager
def whole_files() -> Iterator[Begin]:
    """Let a block write files that appear under their names only when it has ended well.

    They appear one right after the other, in the order in which they were begun. If the block
    raises, nothing has changed. After a loss of power each is the old file or the new one.

    Raises:
        PaperNotWritten: The system refused; also for an OSError that the block raises.
    """
    begun: list[_Begun] = []
    asked = Path()
    step = Step.WRITING

    def begin(target: Path) -> BinaryIO:
        nonlocal asked
        asked = target
        begun.append(_begun(target))
        return begun[-1].handle

    try:
        yield begin
        for each in begun:
            asked = each.target
            _settle(each)
        step = Step.REPLACING
        for each in begun:
            asked = each.target
            each.fresh.replace(each.target)
    except OSError as error:
        fault = fault_of(error, step, replaces=asked.is_file())
        raise PaperNotWritten(fault, str(asked), str(error)) from error
    finally:
        # What took its place is no longer there under its first name.
        for each in begun:
            _drop(each)
    for folder in {each.target.parent for each in begun}:
        _settle_folder(folder)


@contextmanager
def whole_file(target: Path) -> Iterator[BinaryIO]:
    """Let a block write one file that appears only when it has ended well.

    Raises:
        PaperNotWritten: As `whole_files` does.
    """
    with whole_files() as begin:
        yield begin(target)


def write_whole(target: Path, pieces: Iterable[str]) -> None:
    """Write one file of texts, in UTF-8, that appears only when all of it is written.

    Raises:
        PaperNotWritten: As `whole_files` does.
    """
    with whole_file(target) as handle:
        for piece in pieces:
            handle.write(piece.encode())


def fault_of(error: OSError, step: Step, *, replaces: bool = False) -> PaperFault:
    """Return what an error of the system means for who wants the file.

    Args:
        replaces: Whether a file stands under the name already. Windows refuses to replace one
            that a program holds open with the same error as one that is forbidden.
    """
    told = _WINDOWS_FAULTS.get(getattr(error, "winerror", None) or 0)
    fault = told or _FAULTS.get(error.errno or 0, PaperFault.BROKEN)
    if fault is PaperFault.NOT_ALLOWED and step is Step.REPLACING and replaces:
        return PaperFault.OPEN_ELSEWHERE
    return fault


def _begun(asked: Path) -> _Begun:
    target = Path(os.path.realpath(asked))
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, "there is a folder of this name", str(target))
    _sweep(target.parent)
    fresh = target.with_name(f"{_PREFIX}{os.getpid()}-{next(_numbers)}{_SUFFIX}")
    # Left over by a process of the same number that was killed.
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    with suppress(OSError):
        # Whoever narrowed down who may read the last one, meant the next one as well.
        shutil.copymode(target, fresh)
    return _Begun(target, fresh, os.fdopen(descriptor, "wb"))


def _settle(begun: _Begun) -> None:
    begun.handle.flush()
    os.fsync(begun.handle.fileno())
    begun.handle.close()


def _drop(begun: _Begun) -> None:
    with suppress(OSError):
        begun.handle.close()
    with suppress(OSError):
        begun.fresh.unlink(missing_ok=True)


def _settle_folder(folder: Path) -> None:
    """Make sure that the folder remembers its new entry; Windows cannot be asked."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _sweep(folder: Path) -> None:
    """Remove what was left in the making long ago, by the file system's own clock."""
    with suppress(OSError):
        left = [path for path in folder.glob(f"{_PREFIX}*{_SUFFIX}") if path.is_file()]
        if not left:
            return
        newest = max(path.stat().st_mtime for path in (*left, folder))
        for path in left:
            told = path.lstat()
            if stat.S_ISREG(told.st_mode) and newest - told.st_mtime > LEFT_OVER_S:
                path.unlink(missing_ok=True)
