"""Looks whether a journal is as it was written: a file and a key are all that it needs.

This reads what `journal` writes and shares nothing with it, so that a mistake in the one is found
by the other. Each line is a JSON object that ends with `"hash":"…"}`: an HMAC-SHA256, under the
key, of the hash of the line before (64 zeros before the first), followed by the line without that
last member. The lines are numbered by `n` from 1 on.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Final

from wallboard.domain.value import value

BEGIN: Final = "0" * 64
"""What stands for the hash of the line before the first."""
TAKEN_OFF: Final = "lines were taken off the end"

_MARK: Final = b',"hash":"'
_END: Final = b'"}'
_TORN: Final = "torn"
_LONGEST_LINE: Final = 1024 * 1024


@value
class Verified:
    """What a look at a whole journal found.

    Attributes:
        lines: How many lines are as they were written.
        head: The hash of the last of them.
        broken_at: The number of the first line, from 1 on, that is not. None if all are.
        reason: What is wrong there; empty if nothing is.
    """

    lines: int
    head: str
    broken_at: int | None = None
    reason: str = ""


def verified(path: Path, key: bytes, head: str | None = None) -> Verified:
    """Read a whole journal and return whether every line is as it was written.

    Args:
        head: A hash noted elsewhere; it must be that of one of the lines, or some were taken off.

    Raises:
        OSError: It cannot be read.
    """
    walk = _Walk(key)
    seen = head is None or head == BEGIN
    for number, line in enumerate(_lines(path), 1):
        walk.take(number, line)
        seen = seen or walk.head == head
        if walk.broken_at is not None:
            break
    if walk.broken_at is None and not seen:
        # Half a line may have been put where whole ones were: they are missed all the same.
        walk.broken_at, walk.reason = walk.count + 1, TAKEN_OFF
    if walk.broken_at is None and walk.torn_at is not None:
        walk.broken_at, walk.reason = walk.torn_at, "it is torn, and nothing follows"
    return Verified(lines=walk.count, head=walk.head, broken_at=walk.broken_at, reason=walk.reason)


class _Walk:
    """Where a verifier stands."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self.head = BEGIN
        self.count = 0
        self.torn_at: int | None = None
        self.broken_at: int | None = None
        self.reason = ""

    def take(self, number: int, line: bytes) -> None:
        """Go on by one line."""
        body, mark, rest = line.rpartition(_MARK)
        entry = _entry_of(line)
        if entry is None or not mark:
            # One torn line may stand here, if the next one says so.
            self._broken(number if self.torn_at is not None else None, "it cannot be read")
            self.torn_at = number
            return
        wanted = hmac.new(self._key, self.head.encode() + body + b"}", sha256).hexdigest()
        if not hmac.compare_digest(rest, wanted.encode() + _END):
            self._broken(self.torn_at or number, "it does not fit the lines before it")
        elif entry.get("n") != self.count + 1:
            self._broken(number, "it has another number")
        elif (entry.get("what") == _TORN) is not (self.torn_at is not None):
            self._broken(self.torn_at or number, "it does not fit the lines around it")
        else:
            self.head, self.count, self.torn_at = wanted, self.count + 1, None

    def _broken(self, number: int | None, reason: str) -> None:
        if number is not None and self.broken_at is None:
            self.broken_at, self.reason = number, reason


def _entry_of(line: bytes) -> Mapping[str, object] | None:
    try:
        entry = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(entry, dict):
        return None
    known = isinstance(entry.get("n"), int) and isinstance(entry.get("hash"), str)
    return entry if known else None


def _lines(path: Path) -> Iterator[bytes]:
    try:
        handle = path.open("rb")
    except FileNotFoundError:
        return
    with handle:
        while line := handle.readline(_LONGEST_LINE):
            yield line.removesuffix(b"\n")
