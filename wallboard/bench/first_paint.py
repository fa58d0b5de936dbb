"""Paints a first frame and tells when: a bare window, or a full board at once or later."""

from __future__ import annotations

import importlib
import os
import sys
import time

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from wallboard.runtime.tidying import Tidying


def bare() -> QWidget:
    """Return a window with nothing in it."""
    return QWidget()


def board() -> QWidget:
    """Return the program's window with a full board."""
    # Here, and by name, because what is imported when is what is measured.
    return importlib.import_module("wallboard.bench.full_board").window()  # type: ignore[no-any-return]


def laden() -> QWidget:
    """Return the same after importing what stock programs import first."""
    for name in ("pyqtgraph", "requests", "keyring"):
        importlib.import_module(name)
    Tidying().start()
    return board()


def run(which: str) -> int:
    """Show the window, and tell when it was painted."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication(["first"])
    window = {"bare": bare, "board": board, "laden": laden}[which]()
    window.resize(1920, 1080)
    _AtPaint.install(window)
    window.show()
    return application.exec()


class _AtPaint(QTimer):
    """Tells when the window's first paint is over, and ends the program."""

    @classmethod
    def install(cls, window: QWidget) -> None:
        timer = cls(window)
        timer.setInterval(0)
        timer.timeout.connect(_tell)
        window.installEventFilter(timer)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Wait for the frame to be asked for; a timer of no time ends after it."""
        del watched
        if event.type() == QEvent.Type.UpdateRequest:
            self.start()
        return False


def _tell() -> None:
    # The steady clock is the same for all processes of a machine.
    print(time.monotonic(), flush=True)
    # How long the interpreter takes to tidy up is not what is measured.
    os._exit(0)


if __name__ == "__main__":
    sys.exit(run(sys.argv[1]))
