"""The program as it is, its window watched: a source's process, LiveBoard, MainWindow."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

# First of all of PySide, as in the program.
import wallboard.ui.plain_imports  # noqa: F401 isort: skip

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from wallboard.app import system_clock, zone_called
from wallboard.app.headless import wording_of
from wallboard.bench.http_source import COMMAND, KIND
from wallboard.bench.watch import Watch
from wallboard.domain.clock import Moment
from wallboard.engine.board import Board
from wallboard.runtime.live_board import LiveBoard
from wallboard.runtime.opening import Opening
from wallboard.runtime.source_link import process_command
from wallboard.runtime.spare_time import SpareTime
from wallboard.ui.look import Look
from wallboard.ui.main_window import MainWindow


class WatchedWindow(MainWindow):
    """Tells the watch what it has painted."""

    watch: Watch | None = None

    def event(self, event: QEvent) -> bool:
        """Handle the event as ever, then tell."""
        handled = super().event(event)
        if self.watch is not None:
            self.watch.saw(event)
        return handled


class Ours(QObject):
    """The program's own parts, put together as the program does."""

    def __init__(
        self, opening: Opening, command: Sequence[str], watch: Watch, *, window: bool
    ) -> None:
        super().__init__()
        self._watch = watch
        self._window = WatchedWindow(Look(wording=wording_of("fa"))) if window else None
        if self._window is not None:
            self._window.watch = watch
            self._window.resize(1920, 1080)
            self._window.show()
        self.live = LiveBoard(
            opening=opening,
            poll=KIND.poll,
            zone=zone_called("Asia/Tehran"),
            clock=system_clock(),
            command=command,
        )
        self._as_of: object = None
        self.live.board_changed.connect(self._show)
        self.live.start()

    def _show(self, board: Board, now: Moment) -> None:
        if self._window is not None:
            self._window.show_board(board, now)
        snapshot = board.snapshot
        if snapshot is not None and snapshot.as_of != self._as_of:
            self._as_of = snapshot.as_of
            self._watch.shown(snapshot.as_of)


def _way_to(port: int, token: str | None) -> tuple[Opening, Sequence[str]]:
    """Return what to open, and what runs its source: the bench's own, or the program's `rest`."""
    if token is None:
        opening = Opening(name="bench", kind=KIND.key, told={"port": str(port)})
        return opening, COMMAND
    told = {"url": f"http://127.0.0.1:{port}", "secret": token, "poll": "1"}
    return Opening(name="bench", kind="rest", told=told), process_command()


def run(arguments: list[str]) -> int:
    """Run until the watch is over."""
    parser = argparse.ArgumentParser()
    parser.add_argument("port", type=int)
    parser.add_argument("warm_up", type=float)
    parser.add_argument("seconds", type=float)
    parser.add_argument("--no-window", action="store_true")
    parser.add_argument("--token", help="what is at the port is the program's own server")
    asked = parser.parse_args(arguments)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication(["bench"])
    watch = Watch(asked.warm_up, asked.seconds)
    spare_time = SpareTime(system_clock())
    spare_time.start()
    ours = Ours(*_way_to(asked.port, asked.token), watch, window=not asked.no_window)
    application.exec()
    ours.live.stop()
    spare_time.stop()
    return 0


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
