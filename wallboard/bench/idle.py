"""How much of a core the program takes while a calm center is looked at, page by page."""

from __future__ import annotations

import os
import subprocess
import sys

import msgspec
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from wallboard.app import system_clock, zone_called
from wallboard.app.headless import wording_of
from wallboard.app.histories import PassingHistory
from wallboard.bench.measure import Figure, Result, Wanted
from wallboard.bench.watch import Usage, used
from wallboard.runtime.live_board import LiveBoard
from wallboard.runtime.opening import SIMULATOR, Opening
from wallboard.runtime.source_link import process_command
from wallboard.runtime.spare_time import SpareTime
from wallboard.sources.registry import kind
from wallboard.ui.frame.page_table import PAGES
from wallboard.ui.look import Look
from wallboard.ui.main_window import MainWindow

LIMIT_PERCENT = 3.0
_WARM_UP_S = 6.0
_QUICK_S, _THOROUGH_S = 6.0, 20.0
_SETTLES_MS = 2000


class Seen(msgspec.Struct, frozen=True):
    """What a page came to, in percent of one core: the window's process, and all of them."""

    page: str
    own: float
    all: float


def measure(wanted: Wanted) -> Result:
    """Watch the program in a process of its own: its window, its history, its source."""
    seconds = wanted.seconds or (_QUICK_S if wanted.quick else _THOROUGH_S)
    command = [sys.executable, "-m", "wallboard.bench.idle", str(seconds)]
    said = subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout
    figures = []
    for seen in msgspec.json.decode(said.splitlines()[-1], type=list[Seen]):
        named = f"the page {seen.page}, of one core"
        figures.append(
            Figure(
                name=f"{named}, with the source's process",
                value=seen.all,
                unit="%",
                limit=LIMIT_PERCENT,
            )
        )
        figures.append(Figure(name=f"{named}, the window's process", value=seen.own, unit="%"))
    return Result(key="idle", title="a calm center, looked at", figures=tuple(figures))


class _Visit(QObject):
    """Opens one page after the other, and notes what each of them takes."""

    def __init__(self, window: MainWindow, seconds: float) -> None:
        super().__init__()
        self.seen: list[Seen] = []
        self._window = window
        self._stay_ms = round(seconds * 1000)
        self._keys = [entry.key for entry in PAGES]
        self._before: tuple[Usage, Usage] | None = None
        QTimer.singleShot(round(_WARM_UP_S * 1000), self, self._open_next)

    def _open_next(self) -> None:
        if not self._keys:
            QApplication.quit()
            return
        self._window.open_page(self._keys[0])
        QTimer.singleShot(_SETTLES_MS, self, self._begin)

    def _begin(self) -> None:
        self._before = used(), used(children=False)
        QTimer.singleShot(self._stay_ms, self, self._end)

    def _end(self) -> None:
        if self._before is not None:
            every, own = (
                100 * (after.cpu_s - before.cpu_s) / (after.at_s - before.at_s)
                for before, after in zip(self._before, (used(), used(children=False)), strict=True)
            )
            self.seen.append(Seen(page=self._keys.pop(0), own=own, all=every))
        self._open_next()


def visit(seconds: float) -> list[Seen]:
    """Look at each page for so long."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication.instance() or QApplication(["idle"])
    clock = system_clock()
    spare_time = SpareTime(clock)
    spare_time.start()
    window = MainWindow(Look(wording=wording_of("fa")))
    window.resize(1920, 1080)
    passing = PassingHistory()
    told = {"scenario": "calm", "language": "fa"}
    live = LiveBoard(
        opening=Opening(name="Calm", kind=SIMULATOR, told=told, demo=True),
        poll=kind(SIMULATOR).pace(told),
        zone=zone_called("Asia/Tehran"),
        clock=clock,
        command=process_command(),
        open_history=passing.opener(),
    )
    live.board_changed.connect(window.show_board)
    window.show_board(live.board, clock.now())
    window.show()
    live.start()
    visiting = _Visit(window, seconds)
    application.exec()
    live.stop()
    spare_time.stop()
    window.close()
    passing.close()
    return visiting.seen


if __name__ == "__main__":
    print(msgspec.json.encode(visit(float(sys.argv[1]))).decode())
