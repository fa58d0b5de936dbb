"""Has the window's process tidied once a minute, when no event waits."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from wallboard.domain.clock import Clock
from wallboard.runtime.tidying import Tidying

# Rarely enough to cost little, often enough that one search is over before anybody notices. What
# lives is searched once, and of ten thousand agents nearly all are others after a quarter of a
# minute already: a search takes 7 ms then, and 11 ms after a minute.
_EVERY_MS = 60_000


class SpareTime(QObject):
    """Takes over the search for garbage from `start` until `stop`. Lives on the main thread."""

    def __init__(self, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._tidying = Tidying()
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        # A timer of no time ends when all that was posted, paints too, has been handled.
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(0)
        self._timer.timeout.connect(self._idle.start)
        self._idle.timeout.connect(self._tidy)

    def start(self) -> None:
        """Begin."""
        self._tidying.start()
        self._timer.start()

    def stop(self) -> None:
        """Give the search back to the interpreter."""
        self._timer.stop()
        self._idle.stop()
        self._tidying.stop()

    def _tidy(self) -> None:
        self._tidying.tidy(self._clock.now().steady_s)
