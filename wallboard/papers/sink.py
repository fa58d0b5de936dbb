"""A file that is quiet once it has failed, for libraries that write on when they give up."""

from __future__ import annotations

import os
from typing import BinaryIO

from wallboard.domain.paper import PaperStopped, Stop


class Sink:
    """Passes on what is written until the file fails, or somebody asks to stop.

    That is raised once. What is written afterwards, as by the finalizer of a half packed archive,
    goes nowhere and raises nothing.
    """

    def __init__(self, handle: BinaryIO, stop: Stop) -> None:
        self._handle = handle
        self._stop = stop
        self._given_up = False
        self._at = 0

    def write(self, data: bytes) -> int:
        """Write at the place where we are. Raises OSError or PaperStopped, but once."""
        if not self._given_up:
            # Until it has gone well.
            self._given_up = True
            if self._stop():
                raise PaperStopped
            self._handle.write(data)
            self._given_up = False
        self._at += len(data)
        return len(data)

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go to a place; back to a header, say, to write how much came after it."""
        if not self._given_up:
            self._at = self._handle.seek(offset, whence)
        return self._at

    def tell(self) -> int:
        """Return where we are."""
        return self._at

    def seekable(self) -> bool:
        """Tell that `seek` works."""
        return True

    def flush(self) -> None:
        """Do nothing: who opened the file settles it."""
