"""What every `import` does: files are read in pieces, and what they tell becomes history."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from wallboard.app import system_clock
from wallboard.command_line.exits import Exit, Stop
from wallboard.command_line.import_telling import Progress, Tally, tell
from wallboard.command_line.openings import Session
from wallboard.domain.coverage import Stretch
from wallboard.domain.facts import Fact
from wallboard.settings.file import SettingsFile
from wallboard.settings.model import OFFLINE, Profile, name_fits, same_name
from wallboard.sources.asterisk.log_files import (
    LogFile,
    LogUnreadable,
    NoLogFound,
    TimeOf,
    blocks,
    found,
)
from wallboard.storage.history import History
from wallboard.storage.reports import Kept
from wallboard.ui.words import phrase

BATCH: Final = 5_000
"""So many facts are made durable at a time."""

# What Ctrl-C means to a shell: 128 and the number of the signal.
_INTERRUPTED: Final = 130


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What was asked for.

    Attributes:
        paths: Files or patterns.
        profile: The connection whose history it becomes part of.
        agents: Who is meant by a name in the log.
        follow: Go on with what is written from now on, until interrupted.
        look: Only tell what is in the log.
    """

    paths: Sequence[str]
    profile: str
    agents: Mapping[str, str] = field(default_factory=dict)
    follow: bool = False
    look: bool = False
    as_json: bool = False


class Book:
    """Keeps facts many at a time: to make each durable by itself would take a hundred times."""

    def __init__(self, history: History, tally: Tally) -> None:
        self._history = history
        self._tally = tally
        self._facts: list[Fact] = []
        self._watched: Stretch | None = None

    def add(self, facts: Iterable[Fact], watched: Stretch | None) -> None:
        """Take facts, and make them durable once they are many; see `flush`."""
        self._facts += facts
        if len(self._facts) >= BATCH:
            self.flush(watched)

    def flush(self, watched: Stretch | None) -> None:
        """Make it durable; only then is the stretch told as known."""
        if watched is not None and watched.begin >= watched.end:
            watched = None
        if not self._facts and watched == self._watched:
            return
        kept: Kept = self._history.keep(self._facts, watched=watched)
        self._tally.kept += kept
        self._facts, self._watched = [], watched


def pieces(
    session: Session, files: Sequence[LogFile], progress: Progress, stopper: threading.Event
) -> Iterator[tuple[LogFile, bytes | None]]:
    """Yield the files' content in pieces, each with its file; None where a file ends."""
    done = 0
    for file in files:
        try:
            for told, read in blocks(file):
                if stopper.is_set():
                    return
                yield file, told
                progress.at(done + read)
        except LogUnreadable as error:
            progress.end()
            # What came before the damage is good; the other files are read all the same.
            session.voice.complain(unreadable(session, error).sentence)
        yield file, None
        done += file.size


def files_of(session: Session, paths: Sequence[str], time_of: TimeOf) -> tuple[LogFile, ...]:
    """Return the files of these paths and patterns, in order of time.

    Raises:
        Stop: There is none, or one cannot be read.
    """
    try:
        return found(paths, time_of)
    except NoLogFound as error:
        raise session.voice.stop(
            phrase("CommandLine", "There is no file at {path}."), path=error.told
        ) from error
    except LogUnreadable as error:
        raise unreadable(session, error) from error


def unreadable(session: Session, error: LogUnreadable) -> Stop:
    """Return the end that it comes to."""
    return session.voice.stop(
        phrase("CommandLine", "{path} cannot be read to its end ({reason})."),
        Exit.MACHINE,
        path=error.path,
        reason=error.reason,
    )


def progress_of(session: Session, files: Sequence[LogFile]) -> Progress:
    """Return what tells how much of the files is read."""
    clock = system_clock()
    total = sum(file.size for file in files)
    return Progress(session.voice, total, lambda: clock.now().steady_s)


def profile_for(session: Session, name: str) -> Profile:
    """Return the connection of that name, or a new one without a connection.

    Raises:
        Stop: Nothing can be called so.
    """
    profile = session.settings.profile(name)
    if profile is not None:
        return profile
    if not name_fits(name):
        raise session.voice.stop(
            phrase(
                "CommandLine",
                "A connection cannot be called {name}: use letters, digits, single spaces and"
                " - _ . @ only, 64 characters at most.",
            ),
            name=name,
        )
    alike = next((one.name for one in session.settings.profiles if same_name(one.name, name)), None)
    if alike is not None:
        raise session.voice.stop(
            phrase(
                "CommandLine", "{name} is too much like the connection {other}; which is meant?"
            ),
            name=name,
            other=alike,
        )
    profile = Profile(name=name, kind=OFFLINE)
    SettingsFile(session.places.settings_file).change(lambda saved: saved.with_profile(profile))
    session.voice.complain(
        session.voice.told(
            phrase(
                "CommandLine",
                "No connection is called {name}, so its calls are kept without one.",
            ),
            name=name,
        )
    )
    return profile


def ended(session: Session, tally: Tally, asked: Asked, stopper: threading.Event) -> int:
    """Tell what came of it; return the exit code.

    Args:
        stopper: Set if it was interrupted.
    """
    if stopper.is_set() and not asked.follow:
        session.voice.complain(
            session.voice.told(
                phrase(
                    "CommandLine",
                    "Interrupted. What is counted below is kept; give the same command again to go"
                    " on, nothing counts twice.",
                )
            )
        )
    tell(session.voice, tally, as_json=asked.as_json)
    return _INTERRUPTED if stopper.is_set() and not asked.follow else Exit.GOOD
