"""Runs one piece of work in a thread of its own, and tells the main thread what came of it."""

from __future__ import annotations

import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

_GRACE_S = 0.2


class Errand(QObject):
    """Work that may have to wait: for the network, for the keyring, for the user's consent to it.

    Lives on the main thread. Connect its signals to methods of QObjects, so that these are called
    on the main thread. Exactly one of them comes, and none after `stop`.
    """

    succeeded = Signal(object)
    """With what the work returned."""
    failed = Signal(object)
    """With the Exception that it raised."""

    def __init__(self, work: Callable[[], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._stopped = False
        # Held while something is said, so that nothing is said once `stop` has returned.
        self._saying = threading.Lock()
        self._thread = threading.Thread(target=self._run, name="errand", daemon=True)

    def start(self) -> None:
        """Begin. May be called once."""
        self._thread.start()

    def stop(self) -> None:
        """Say nothing more. The thread ends when what it waits for lets it."""
        with self._saying:
            self._stopped = True
        if self._thread.is_alive():
            self._thread.join(_GRACE_S)

    def _run(self) -> None:
        result: object = None
        error: Exception | None = None
        try:
            result = self._work()
        except Exception as raised:  # noqa: BLE001 - the last wall of this thread: told as it is
            error = raised
        with self._saying:
            if self._stopped:
                return
            if error is None:
                self.succeeded.emit(result)
            else:
                self.failed.emit(error)
