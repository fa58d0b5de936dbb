"""P18: whether the window grows, or wears out the singletons, over many boards."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import psutil  # type: ignore[import-untyped] # it brings none
from PySide6.QtCore import QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QApplication

from wallboard.bench.full_board import boards
from wallboard.bench.measure import Figure, Result, Wanted
from wallboard.domain.clock import Moment
from wallboard.engine.board import Board
from wallboard.ui.look import Look
from wallboard.ui.main_window import MainWindow

TICKS = 100_000
QUICK_TICKS = 4_000
_SAMPLES = 20
_WARM_UP = 2_000
_SINGLETONS = (None, True, False)


def measure(wanted: Wanted) -> Result:
    """Show boards to a window in a process of its own, and look at it twenty times."""
    ticks = QUICK_TICKS if wanted.quick else TICKS
    command = [sys.executable, "-m", "wallboard.bench.p18", str(ticks)]
    said = subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout
    seen = json.loads(said.splitlines()[-1])
    figures = [
        Figure(
            name=f"memory grown over {ticks} boards, after warm-up",
            value=seen["grown_mb"],
            unit="MB",
            limit=1.0,
        )
    ]
    for name, slope in seen["slopes"].items():
        # References that boards rightly hold come and go; a leak is one a board, or more.
        figures.append(
            Figure(
                name=f"references to {name} gained or lost a board",
                value=round(abs(slope), 3),
                unit="",
                limit=0.0,
            )
        )
    return Result(key="p18", title="soak", figures=tuple(figures))


def soak(ticks: int) -> dict[str, object]:
    """Show so many boards, and return how memory and reference counts moved."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    _application = QApplication.instance() or QApplication(["soak"])
    shown = boards(40, queues=200, agents=2000)
    window = MainWindow(Look())
    window.resize(1920, 1080)
    window.show()

    pump = _Pump(window, shown)
    show = pump.show
    show(max(_WARM_UP, ticks // 20))
    me = psutil.Process()
    memory = [me.memory_info().rss]
    counts = [[sys.getrefcount(each) for each in _SINGLETONS]]
    for _ in range(_SAMPLES):
        show(ticks // _SAMPLES)
        memory.append(me.memory_info().rss)
        counts.append([sys.getrefcount(each) for each in _SINGLETONS])
    slopes = {
        str(each): (counts[-1][at] - counts[0][at]) / ticks for at, each in enumerate(_SINGLETONS)
    }
    window.close()
    return {"grown_mb": (memory[-1] - memory[0]) / 1e6, "slopes": slopes, "memory": memory}


class _Pump(QObject):
    """Shows one board a turn of Qt's own loop, which also paints and deletes as ever."""

    def __init__(self, window: MainWindow, shown: tuple[tuple[Board, Moment], ...]) -> None:
        super().__init__()
        self._window = window
        self._shown = shown
        self._left = 0
        self._loop = QEventLoop()
        self._turn = QTimer(self)
        self._turn.timeout.connect(self._show_next)

    def show(self, count: int) -> None:
        """Show so many boards."""
        self._left = count
        self._turn.start(0)
        self._loop.exec()

    def _show_next(self) -> None:
        if not self._left:
            self._turn.stop()
            self._loop.quit()
            return
        self._left -= 1
        self._window.show_board(*self._shown[self._left % len(self._shown)])


if __name__ == "__main__":
    print(json.dumps(soak(int(sys.argv[1]))))
