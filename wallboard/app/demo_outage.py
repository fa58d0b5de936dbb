"""An outage of the demo's call center that somebody wants to see: it begins now and ends soon."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from wallboard.runtime.opening import Opening
from wallboard.sources.simulator.source import OUTAGE_FILE

LASTS_S: Final = 12.0
"""Long enough to see the figures grow old, fade, and come back."""


class DemoOutage(QObject):
    """Makes the simulated center unreachable for a while: what the board shows of it is real.

    The source's process looks whether there is a certain file. That takes no word of its own
    between the processes, and when the window is gone the file is, too.

    Signals:
        changed: True when the center cannot be reached from now on, False when it can again.
    """

    changed = Signal(bool)

    def __init__(self, parent: QObject | None = None, *, lasts_s: float = LASTS_S) -> None:
        super().__init__(parent)
        self._folder: TemporaryDirectory[str] | None = None
        self._ending = QTimer(self)
        self._ending.setSingleShot(True)
        self._ending.setInterval(round(lasts_s * 1000))
        self._ending.timeout.connect(self.end)

    def possible_in(self, opening: Opening) -> Opening:
        """Return the opening of a demo in which outages can be made.

        Raises:
            OSError: There is no place for the file.
        """
        if self._folder is None:
            self._folder = TemporaryDirectory(
                prefix="wallboard-outage-", ignore_cleanup_errors=True
            )
        return replace(opening, told={**opening.told, OUTAGE_FILE: str(self._file())})

    def begin(self) -> None:
        """Make the center unreachable; nothing if it is, or if no demo is open."""
        if self._folder is None or self._ending.isActive():
            return
        try:
            self._file().touch()
        except OSError:
            return  # a full disk: there is no outage to be seen then
        self._ending.start()
        self.changed.emit(True)  # noqa: FBT003 - a signal's form

    def end(self) -> None:
        """Make it reachable again."""
        self._ending.stop()
        if self._folder is not None and self._file().exists():
            self._file().unlink(missing_ok=True)
            self.changed.emit(False)  # noqa: FBT003 - a signal's form

    def close(self) -> None:
        """End it, and leave nothing behind. May be called more than once."""
        self.end()
        folder, self._folder = self._folder, None
        if folder is not None:
            folder.cleanup()

    def _file(self) -> Path:
        return Path("" if self._folder is None else self._folder.name) / "outage"
