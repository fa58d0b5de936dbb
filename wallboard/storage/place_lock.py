"""Who keeps a file: a lock that one process has and that ends with it, however it ends."""

from __future__ import annotations

import os
import sys
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


class PlaceLock:
    """The right to write the files that go with one path."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    def taken(self) -> bool:
        """Take the lock, if nobody has it. Return whether it is ours now; never waits.

        Raises:
            OSError: There can be no lock here.
        """
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            if sys.platform == "win32":
                msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
            else:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError):
            os.close(descriptor)
            return False
        except OSError:
            os.close(descriptor)
            raise
        self._descriptor = descriptor
        return True

    def release(self) -> None:
        """Let another one have it. May be called twice.

        The file stays: removing it could take it from under one who has just opened it.
        """
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
