"""Runs one piece of work in a thread of its own, and tells the main thread what came of it."""

from __future__ import annotations

import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal

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
    _said = Signal(str, object)

    def __init__(
        self, work: Callable[[], object], parent: QObject | None = None, *, name: str = "errand"
    ) -> None:
        """Prepare.

        Args:
            name: The thread's.
        """
        super().__init__(parent)
        self._stopped = False
        # Held while something is said, so that a thread says nothing once `stop` has returned.
        self._saying = threading.Lock()
        self._said.connect(self._pass_on, Qt.ConnectionType.QueuedConnection)
        # The work is the thread's alone: kept here, one of our own would be a circle of references.
        self._thread = threading.Thread(target=self._run, args=(work,), name=name, daemon=True)

    def start(self) -> None:
        """Begin. May be called once."""
        self._thread.start()

    def stop(self) -> None:
        """Say nothing more. The thread ends when what it waits for lets it."""
        with self._saying:
            self._stopped = True
        if self._thread.is_alive():
            self._thread.join(_GRACE_S)

    def _run(self, work: Callable[[], object]) -> None:
        try:
            result = work()
        except Exception as error:  # noqa: BLE001 - the last wall of this thread: told as it is
            self._say("failed", error)
        else:
            self._say("succeeded", result)

    def _say(self, signal: str, said: object) -> bool:
        """Have a signal emitted on the main thread. Return False, and say nothing, once stopped."""
        with self._saying:
            if not self._stopped:
                self._said.emit(signal, said)
            return not self._stopped

    def _pass_on(self, signal: str, said: object) -> None:
        # What was on its way when somebody stopped us is of no use to him any more.
        if not self._stopped:
            getattr(self, signal).emit(said)
