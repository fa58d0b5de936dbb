"""Python's search for cyclic garbage, in small pieces and at moments when nobody waits for us."""

from __future__ import annotations

import gc
from typing import Final

from wallboard.runtime.memory_use import take_room, trim

THOROUGH_EVERY_S: Final = 3600.0


class Tidying:
    """Takes the search for garbage over from the interpreter. One for a process.

    By itself Python searches everything that lives, whenever enough was made: with ten thousand
    agents that stops a window for 70 ms in the middle of a paint. Nearly nothing here is cyclic,
    and what is not needs no search. So what was made since the last time is searched now and
    then, in a few milliseconds, and what survives is set aside; once an hour all is searched,
    and what the C library keeps for later goes back to the system: memory that was once touched
    would be held for ever, and a TV runs for months. What Python has set aside is taken whole, so
    that memory which grows afterwards is a leak and nothing else.
    """

    def __init__(self) -> None:
        self._thorough_s: float | None = None

    def start(self) -> None:
        """Keep the interpreter from searching by itself."""
        gc.disable()

    def tidy(self, now_s: float) -> None:
        """Search now. Call it every few seconds, or once a minute.

        Args:
            now_s: Of a steady clock.
        """
        if self._thorough_s is None:
            self._thorough_s = now_s
        if now_s - self._thorough_s >= THOROUGH_EVERY_S:
            self._thorough_s = now_s
            self.tidy_all()
        else:
            gc.collect(1)
            gc.freeze()

    def tidy_all(self) -> None:
        """Search everything now, and hold what is used and set aside, no more. Takes 0.1 s."""
        gc.unfreeze()
        gc.collect()
        take_room()
        trim()
        gc.freeze()

    def stop(self) -> None:
        """Give it back to the interpreter."""
        gc.unfreeze()
        gc.enable()
