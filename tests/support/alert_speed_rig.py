"""The program as it is, which says when it has painted that an alert fires.

Each line on standard output is a word and the steady clock's time: `ready` once it judges, `seen`
once the frame with a new alert was handed to the screen.
"""

from __future__ import annotations

import sys
import time
from datetime import datetime
from functools import partial

from PySide6.QtCore import QEvent, QObject, QTimer

from wallboard.domain.clock import Moment
from wallboard.engine.alert_life import fires
from wallboard.engine.board import Board, fresh
from wallboard.ui import main_window


class SeenWindow(main_window.MainWindow):
    """The window, which looks at what it paints. It gets events before it is made."""

    _waits: tuple[str, ...] = ()
    _known: frozenset[datetime | None] = frozenset()
    _ready = False
    _followed = False

    def show_board(self, board: Board, now: Moment) -> None:
        """Show a board."""
        super().show_board(board, now)
        if not self._followed:
            self._followed = True
            self.installEventFilter(self)
        if not self._ready and fresh(board) and not board.alerts.settling:
            self._ready = True
            self._waits += ("ready",)
        for row in board.alerts.rows:
            if fires(row.alert) and row.alert.fired_at not in self._known:
                self._known |= {row.alert.fired_at}
                self._waits += ("seen",)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Have it told once the frame is painted that is about to be."""
        if self._waits and event.type() is QEvent.Type.UpdateRequest:
            QTimer.singleShot(0, self, partial(self._tell, self._waits))
            self._waits = ()
        return super().eventFilter(watched, event)

    def _tell(self, words: tuple[str, ...]) -> None:
        for word in words:
            sys.stdout.write(f"{word} {time.monotonic()}\n")
        sys.stdout.flush()


def main() -> int:
    """Run the program with this window in the place of its own."""
    main_window.MainWindow = SeenWindow  # type: ignore[misc]
    from wallboard.command_line import main as run  # noqa: PLC0415 - it reads the name above

    return run(["--lang", "en"])


if __name__ == "__main__":
    sys.exit(main())
