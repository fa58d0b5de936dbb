"""A kiosk's signs of life, told to its watchdog over a pipe, and a look at its memory."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from typing import Final

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QPixmapCache

from wallboard.domain.clock import Clock
from wallboard.runtime.kiosk_wire import Beat, beat_line
from wallboard.runtime.memory_use import (
    MemoryWatch,
    Relief,
    give_back,
    handles_share,
    memory_held,
)

BEAT_MS: Final = 500
"""So often the main thread gives a sign of life."""
PROBE_S: Final = 60.0
LONGEST_WAIT_S: Final = 6 * 3600.0
"""So long a new start waits for a quiet time."""


class Heart(QObject):
    """Beats on the main thread, so that it is still where that one hangs.

    Signals:
        relief_wanted: Caches are to be let go of.
        restart_wanted: The window is to be started anew.
    """

    relief_wanted = Signal()
    restart_wanted = Signal()

    def __init__(
        self,
        clock: Clock,
        beat: Callable[[], Beat],
        quiet: Callable[[], bool],
        out: int | None,
        parent: QObject | None = None,
    ) -> None:
        """Prepare.

        Args:
            beat: Tells how the boards are.
            quiet: Returns whether nobody misses the board for a second.
            out: The descriptor that the watchdog reads. None: there is no watchdog.
        """
        super().__init__(parent)
        self._clock = clock
        self._beat = beat
        self._quiet = quiet
        self._out = out
        now_s = clock.now().steady_s
        self._memory = MemoryWatch(now_s)
        self._probe_s = now_s + PROBE_S
        self._soon_since_s: float | None = None
        self._last: Beat | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(BEAT_MS)
        self._timer.timeout.connect(self.beat)

    @property
    def last(self) -> Beat | None:
        """What was told last. For any thread."""
        return self._last

    def start(self) -> None:
        """Begin, with a first beat at once."""
        self._timer.start()
        self.beat()

    def stop(self, ends: int | None = None) -> None:
        """Be still.

        Args:
            ends: The exit code with which the window ends now, for the last sign of life: what it
                has to put away yet may take a while. None: nothing is told.
        """
        self._timer.stop()
        if ends is not None:
            self._tell(msgspec.structs.replace(self._last or Beat(), ends=ends))

    def beat(self) -> None:
        """Give a sign of life, and look at the memory once a minute."""
        beat = self._beat()
        self._last = beat
        self._tell(beat)
        now_s = self._clock.now().steady_s
        if now_s >= self._probe_s:
            self._probe_s = now_s + PROBE_S
            self._probe(now_s)

    def _tell(self, beat: Beat) -> None:
        if self._out is not None:
            # Who does not read us any more, ends us over the other pipe.
            with suppress(OSError):
                os.write(self._out, beat_line(beat))

    def _probe(self, now_s: float) -> None:
        match self._memory.judge(now_s, memory_held(), handles_share()):
            case Relief.NOTHING:
                self._soon_since_s = None
            case Relief.TRIM:
                self._relieve()
            case Relief.RESTART_SOON:
                self._relieve()
                since_s = self._soon_since_s = self._soon_since_s or now_s
                if self._quiet() or now_s - since_s > LONGEST_WAIT_S:
                    self.restart_wanted.emit()
            case Relief.RESTART_NOW:
                self.restart_wanted.emit()

    def _relieve(self) -> None:
        self.relief_wanted.emit()
        QPixmapCache.clear()
        give_back()
