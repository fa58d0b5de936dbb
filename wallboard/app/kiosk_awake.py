"""Keeps the machine and its screens awake while a kiosk runs; asked for anew after each sleep."""

from __future__ import annotations

import threading
from typing import Final

AGAIN_S: Final = 900.0
"""So often it is asked for anew: who was asked may have been started anew himself."""
_PAUSE_S: Final = 10.0
"""So long after something failed nobody is asked."""


class KeepAwake:
    """Asks the desktop, in a thread of its own: who is asked may hang. Does nothing if nobody is.

    Attributes:
        kept: How, in the library's own words. Empty: nobody was there to be asked, and the
            machine's own settings decide.
    """

    def __init__(self) -> None:
        self.kept = ""
        self._ended = False
        self._asked = threading.Event()
        self._thread = threading.Thread(target=self._run, name="awake", daemon=True)

    def start(self) -> None:
        """Begin. May be called once."""
        self._thread.start()

    def again(self) -> None:
        """Ask anew: the machine slept."""
        self._asked.set()

    def stop(self) -> None:
        """Let it sleep."""
        self._ended = True
        self._asked.set()
        if self._thread.is_alive():
            self._thread.join(1.0)

    def _run(self) -> None:
        while not self._ended:
            try:
                self._keep()
            except Exception:  # noqa: BLE001 - who kept it awake is gone: another is asked
                self.kept = ""
                self._asked.wait(_PAUSE_S)
            self._asked.clear()
        self.kept = ""

    def _keep(self) -> None:
        """Keep it awake until it is to be asked anew."""
        # It looks for ways on this system as it is imported: no window waits for that.
        from wakepy import keep  # noqa: PLC0415 - start-up, as told

        with keep.presenting(on_fail="pass") as mode:
            self.kept = str(mode.active_method or "")
            self._asked.wait(AGAIN_S)
