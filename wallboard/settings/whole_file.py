"""Files that are either the old ones or the new ones, never half of one, and which it is."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeAlias

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

Sign: TypeAlias = tuple[int, int, int]


def replace_file(path: Path, content: bytes) -> None:
    """Put `content` in the place of the file, readable by its owner alone.

    After a loss of power there is the old content or the new one. A symbolic link stays one.

    Raises:
        OSError: The old content stands.
    """
    target = Path(os.path.realpath(path))
    fresh = target.with_name(f"{target.name}.new-{os.getpid()}")
    # Left over by a process of the same number that was killed.
    fresh.unlink(missing_ok=True)
    try:
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as handle:
            handle.write(content)
            handle.flush()
            os.fsync(handle.fileno())
        fresh.replace(target)
    except BaseException:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
        raise
    _settle(target.parent)


@contextmanager
def alone(lock: Path) -> Iterator[None]:
    """Let one process at a time into the block; the others wait. The lock ends with its process.

    Raises:
        OSError: The lock's file cannot be made.
    """
    descriptor = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if sys.platform == "win32":
            msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def sign_of(path: Path) -> Sign | None:
    """Return what is another after each writing of a file. None if it is not to be seen."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def _settle(directory: Path) -> None:
    """Make sure that the directory remembers its new entry; Windows cannot be asked."""
    with suppress(OSError):
        descriptor = os.open(directory, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
