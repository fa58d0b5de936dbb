"""Ctrl-C and the desktop's request to end, heard while Qt's loop runs."""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable

from PySide6.QtCore import QSocketNotifier


class Ends:
    """Turns Ctrl-C and the desktop's request to end into a clean end of the program.

    Python hears a signal only when it runs, and Qt's loop may not let it for long: the byte that
    the system writes at a signal wakes the loop.
    """

    def __init__(self, end: Callable[[], object]) -> None:
        """Begin to hear.

        Args:
            end: Ends Qt's loop. `quit` asks the windows first, `exit` does not.
        """
        self._hears, self._tells = socket.socketpair()
        self._tells.setblocking(False)  # noqa: FBT003 - the library's own form
        self._notifier = QSocketNotifier(self._hears.fileno(), QSocketNotifier.Type.Read)
        self._notifier.activated.connect(lambda *_: end())
        signal.set_wakeup_fd(self._tells.fileno())
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda _number, _frame: None)

    def close(self) -> None:
        """Hear nothing any more."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(-1)
        self._hears.close()
        self._tells.close()
