"""Where the facts of a connection are kept: one rule for the window and for every command."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from wallboard.app.clock import system_clock
from wallboard.settings.history_address import history_address
from wallboard.settings.model import Settings
from wallboard.settings.paths import Places, made
from wallboard.settings.secrets import SecretsUnavailable
from wallboard.storage.faults import HistoryUnavailable, StorageFault
from wallboard.storage.history import History, open_history
from wallboard.storage.reports import Retention

_MB = 1_000_000
_SHORT = 2.0
"""How long a window waits at a time for another program that holds the file, in seconds."""


def history_opener(
    name: str,
    settings: Settings,
    places: Places,
    *,
    reading: bool = False,
    publishing: bool = False,
) -> Callable[[], History]:
    """Return what opens the history of a connection; to call it may take seconds.

    It raises HistoryUnavailable: nothing may be kept, or nothing is kept yet and it is only read.

    Args:
        publishing: True for one whose facts are told on to walls.
    """

    def opened() -> History:
        address = server_address(settings, places)
        file = places.history_file(name)
        if address is not None:
            return open_history(
                address,
                clock=system_clock(),
                schema=file.stem,
                reading=reading,
                retention=retention_of(settings),
                publishing=publishing,
            )
        retention = retention_of(settings)
        return _in_file(file, reading=reading, retention=retention, publishing=publishing)

    return opened


def server_address(settings: Settings, places: Places) -> str | None:
    """Return the address of the database; None if calls are kept in files. May wait long.

    Raises:
        HistoryUnavailable: The place where its password is cannot be read.
    """
    try:
        return history_address(settings, places, os.environ)
    except SecretsUnavailable as error:
        raise HistoryUnavailable(StorageFault.NOT_REACHABLE, "no password") from error


class NothingKept(HistoryUnavailable):
    """There is nothing to read yet, and nothing is wrong."""

    def __init__(self) -> None:
        super().__init__(StorageFault.NOT_REACHABLE, "nothing is kept yet")


class PassingHistory:
    """The history of a simulated center: in a file that goes with the program."""

    def __init__(self) -> None:
        self._folder: TemporaryDirectory[str] | None = None
        self._at_the_folder = threading.Lock()

    def opener(self, *, reading: bool = False) -> Callable[[], History]:
        """Return what opens it."""

        def opened() -> History:
            with self._at_the_folder:
                if self._folder is None and reading:
                    # One that is read after the end begins no other.
                    raise NothingKept
                if self._folder is None:
                    self._folder = TemporaryDirectory(
                        prefix="wallboard-", ignore_cleanup_errors=True
                    )
                file = Path(self._folder.name) / "demo.sqlite3"
            return _in_file(file, reading=reading)

        return opened

    def close(self) -> None:
        """Let go of it. May be called more than once."""
        with self._at_the_folder:
            folder, self._folder = self._folder, None
        if folder is not None:
            folder.cleanup()


def retention_of(settings: Settings) -> Retention:
    """Return how long the settings want facts to be kept."""
    return Retention(
        keep=timedelta(days=settings.history_days), size_limit=settings.history_mb * _MB
    )


def _in_file(
    file: Path, *, reading: bool, retention: Retention | None = None, publishing: bool = False
) -> History:
    if reading and not file.exists():
        raise NothingKept
    try:
        made(file.parent)
    except OSError as error:
        raise HistoryUnavailable(StorageFault.READ_ONLY, error.strerror or "") from error
    return open_history(
        file,
        clock=system_clock(),
        reading=reading,
        patience_s=_SHORT,
        retention=retention,
        publishing=publishing,
    )
