"""Where the journal of commands ended, noted beside the logs: so that a cut end is noticed.

A journal's chain tells of every line that was altered or taken out, but not of lines that were
taken off its end. Whoever wants to hide one has to find this note too, and the log that says the
same, which many sites send elsewhere.
"""

from __future__ import annotations

import logging
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from wallboard.server.journal import BROKEN, Journal
from wallboard.server.verifying import TAKEN_OFF, Verified, verified
from wallboard.settings.paths import Places, made
from wallboard.settings.whole_file import replace_file

SERVER_HEAD: Final = "journal.head"
DESK_HEAD: Final = "supervision.head"

_LENGTH: Final = 64
_log: Final = logging.getLogger("wallboard.server")


class JournalHeads:
    """The note of one journal. Used by one thread at a time.

    Args:
        name: Of the note's file.
    """

    def __init__(self, places: Places, name: str = SERVER_HEAD) -> None:
        self._folder = places.logs
        self._path: Path = places.logs / name
        self._said = ""

    @property
    def noted(self) -> str | None:
        """What the note says. None if there is none that can be read."""
        noted = None
        with suppress(OSError, UnicodeDecodeError):
            noted = self._path.read_text(encoding="ascii").strip()
        return noted if noted is not None and len(noted) == _LENGTH else None

    def look(self, journal: Path, key: bytes) -> Verified | None:
        """Return what is wrong with a journal. None if it is as it was written."""
        try:
            found = verified(journal, key, self.noted)
        except OSError:
            return None  # who writes it tells
        self._said = found.head
        return None if found.broken_at is None else found

    def begin(self, journal: Journal, path: Path, key: bytes, at: datetime) -> Verified | None:
        """Return what is wrong with a journal; that lines were taken off, it says itself then.

        Without that, the end that is noted next would cover up that they were.

        Raises:
            JournalUnusable: It cannot be written.
        """
        found = self.look(path, key)
        if found is not None and found.reason == TAKEN_OFF:
            entry = {"line": found.broken_at, "noted": self.noted or ""}
            journal.note(at, BROKEN, entry)
        return found

    def note(self, journal: Journal) -> None:
        """Note where it ends now, if that is elsewhere than before."""
        head = journal.head
        if not head.strip("0") or head == self._said:
            return
        _log.info("the journal of commands ends with %s", head)
        with suppress(OSError):  # a full disk: the next time
            made(self._folder)
            replace_file(self._path, f"{head}\n".encode())
            self._said = head
