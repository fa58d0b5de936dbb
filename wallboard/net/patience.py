"""Answers of HTTP whose heads come to an end: an endless row of "100 Continue" is cut off."""

from __future__ import annotations

from http.client import HTTPException, HTTPResponse
from typing import Any, Final

MOST_LINES: Final = 500
"""Of all heads of one answer together: the library allows 100 headers in each."""


class BoundedResponse(HTTPResponse):
    """An answer that is given up if its head does not end.

    The library reads as many preliminary answers as a server cares to send, which keeps the
    processor busy for as long as the deadline allows.
    """

    def begin(self) -> None:
        """Read the head.

        Raises:
            HTTPException: It has no end, or is none.
        """
        known: Any = self.headers
        if known is not None:
            return  # it has been read
        lines = _Lines(self.fp)
        self.fp: Any = lines
        try:
            super().begin()
        finally:
            if self.fp is lines:
                self.fp = lines.file


class _Lines:
    """A file of which only so many lines are read."""

    def __init__(self, file: Any) -> None:  # noqa: ANN401 - whatever the library made
        self.file = file
        self._left = MOST_LINES

    def readline(self, limit: int = -1) -> bytes:
        self._left -= 1
        if self._left < 0:
            raise HTTPException("a head without an end")
        line: bytes = self.file.readline(limit)
        return line

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - as the file has it
        return getattr(self.file, name)
