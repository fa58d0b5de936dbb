"""Where the facts of a connection are kept: one rule for the window and for every command."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from wallboard.app.clock import system_clock
from wallboard.settings.history_address import history_address
from wallboard.settings.model import Settings
from wallboard.settings.paths import Places, made
from wallboard.settings.secrets import SecretsUnavailable
from wallboard.storage.faults import HistoryUnavailable, StorageFault
from wallboard.storage.history import History, open_history

_SHORT = 2.0
"""How long a window waits at a time for another program that holds the file, in seconds."""


def history_opener(
    name: str, settings: Settings, places: Places, *, reading: bool = False
) -> Callable[[], History]:
    """Return what opens the history of a connection; to call it may take seconds.

    It raises HistoryUnavailable: nothing may be kept, or nothing is kept yet and it is only read.
    """

    def opened() -> History:
        try:
            address = history_address(settings, places, os.environ)
        except SecretsUnavailable as error:
            raise HistoryUnavailable(StorageFault.NOT_REACHABLE, "no password") from error
        file = places.history_file(name)
        if address is not None:
            return open_history(address, clock=system_clock(), schema=file.stem, reading=reading)
        return _in_file(file, reading=reading)

    return opened


class PassingHistory:
    """The history of a simulated center: in a file that goes with the program."""

    def __init__(self) -> None:
        self._folder: TemporaryDirectory[str] | None = None

    def opener(self, *, reading: bool = False) -> Callable[[], History]:
        """Return what opens it."""

        def opened() -> History:
            if self._folder is None:
                self._folder = TemporaryDirectory(prefix="wallboard-", ignore_cleanup_errors=True)
            return _in_file(Path(self._folder.name) / "demo.sqlite3", reading=reading)

        return opened

    def close(self) -> None:
        """Let go of it. May be called more than once."""
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None


def _in_file(file: Path, *, reading: bool) -> History:
    if reading and not file.exists():
        raise HistoryUnavailable(StorageFault.NOT_REACHABLE, "nothing is kept yet")
    try:
        made(file.parent)
    except OSError as error:
        raise HistoryUnavailable(StorageFault.READ_ONLY, error.strerror or "") from error
    return open_history(file, clock=system_clock(), reading=reading, patience_s=_SHORT)
