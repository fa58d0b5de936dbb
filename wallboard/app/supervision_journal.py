"""The journal of this desktop's commands: where it is, its key, and the thread that writes it."""

from __future__ import annotations

import logging
import os
import secrets
import stat
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from queue import SimpleQueue
from typing import Final, TypeAlias

from wallboard.app.journal_heads import DESK_HEAD, JournalHeads
from wallboard.domain.value import value
from wallboard.server.journal import Entry, Journal, JournalUnusable
from wallboard.settings.paths import Places, made
from wallboard.settings.whole_file import alone, replace_file

KEY_LENGTH: Final = 32
_OTHERS_MAY: Final = stat.S_IRWXG | stat.S_IRWXO
_END_S: Final = 2.0
_log: Final = logging.getLogger("wallboard.supervision")

Wrote: TypeAlias = Callable[[bool], None]
Altered: TypeAlias = Callable[[int], None]
"""Takes the number of the first line that is not as it was written."""


def journal_file(places: Places) -> Path:
    """Return where the journal of this desktop is."""
    return places.data / "supervision" / "journal.jsonl"


def key_file(journal: Path) -> Path:
    """Return where the key of a journal's chain is: beside it, for its owner alone."""
    return journal.with_name("journal.key")


def read_key(path: Path) -> bytes:
    """Return a key that was made.

    Raises:
        JournalUnusable: There is none, it is none, or others could have read it.
    """
    try:
        with path.open("rb") as handle:
            mode = os.fstat(handle.fileno()).st_mode
            content = handle.read(4 * KEY_LENGTH)
    except OSError as error:
        raise JournalUnusable(f"{path.name}: {error.strerror}") from error
    if sys.platform != "win32" and mode & _OTHERS_MAY:
        raise JournalUnusable(f"{path.name}: others may read it (chmod 600)")
    try:
        key = bytes.fromhex(content.decode("ascii"))
    except ValueError as error:
        raise JournalUnusable(f"{path.name}: it is damaged") from error
    if len(key) != KEY_LENGTH:
        raise JournalUnusable(f"{path.name}: it is damaged")
    return key


def made_key(journal: Path) -> bytes:
    """Return the key of a journal, after making one if nothing was written with one yet.

    Raises:
        JournalUnusable: It cannot be read or made, or there is a journal whose key is gone.
    """
    path = key_file(journal)
    try:
        made(path.parent)
        with alone(path.with_name(f"{path.name}.lock")):
            if not path.exists():
                if journal.exists() and journal.stat().st_size:
                    raise JournalUnusable(f"{path.name}: it is gone, and {journal.name} is not")
                replace_file(path, secrets.token_hex(KEY_LENGTH).encode() + b"\n")
    except OSError as error:
        raise JournalUnusable(f"{path.name}: {error.strerror}") from error
    return read_key(path)


@value
class _Look:
    at: datetime


@value
class _Line:
    at: datetime
    what: str
    entry: Entry
    wrote: Wrote


class JournalWriter:
    """Writes one journal in a thread of its own, line after line.

    Args:
        path: Of the journal.
        heads: Where its end is noted. None: nowhere.
        altered: Called once by the thread, if the journal is not as it was written.
    """

    def __init__(
        self, path: Path, heads: JournalHeads | None, altered: Altered | None = None
    ) -> None:
        self._path = path
        self._altered = altered
        self._heads = heads
        self._journal: Journal | None = None
        self._lines: SimpleQueue[_Line | _Look | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="journal", daemon=True)

    def start(self) -> None:
        """Begin. May be called once."""
        self._thread.start()

    def look(self, at: datetime) -> None:
        """Have the journal looked at as it was left, before anything is written."""
        self._lines.put(_Look(at=at))

    def write(self, at: datetime, what: str, entry: Entry, wrote: Wrote) -> None:
        """Have a line written.

        Args:
            wrote: Called by the thread: with True once the line is on the disk, or with False.
        """
        self._lines.put(_Line(at=at, what=what, entry=entry, wrote=wrote))

    def stop(self) -> None:
        """Write what waits and end; a disk that hangs is not waited for long."""
        self._lines.put(None)
        if self._thread.is_alive():
            self._thread.join(_END_S)

    def _run(self) -> None:
        while (line := self._lines.get()) is not None:
            if isinstance(line, _Look):
                self._looked_at(line)
            else:
                line.wrote(self._written(line))
            if self._lines.empty():
                self._note_end()
        self._note_end()

    def _looked_at(self, look: _Look) -> None:
        try:
            self._opened(look.at)
        except Exception as error:  # noqa: BLE001 - this thread must go on: to end waits for it
            _log.error("the journal of commands cannot be read: %s", type(error).__name__)

    def _written(self, line: _Line) -> bool:
        try:
            self._opened(line.at).note(line.at, line.what, line.entry)
        except JournalUnusable as error:
            _log.error("the journal of commands cannot be written: %s", error)
            return False
        except Exception as error:  # noqa: BLE001 - this thread must go on: to end waits for it
            _log.error("the journal of commands cannot be written: %s", type(error).__name__)
            return False
        return True

    def _opened(self, at: datetime) -> Journal:
        if self._journal is None:
            key = made_key(self._path)
            journal = Journal(self._path, key)
            broken = (
                None if self._heads is None else self._heads.begin(journal, self._path, key, at)
            )
            if broken is not None:
                _log.error("line %s of the journal: %s", broken.broken_at, broken.reason)
                if self._altered is not None:
                    self._altered(broken.broken_at or 0)
            self._journal = journal
        return self._journal

    def _note_end(self) -> None:
        if self._heads is not None and self._journal is not None:
            with suppress(OSError):
                self._heads.note(self._journal)


def writer_for(places: Places, altered: Altered | None = None) -> JournalWriter:
    """Return what writes the journal of this desktop; `altered` as in `JournalWriter`."""
    return JournalWriter(journal_file(places), JournalHeads(places, DESK_HEAD), altered)
