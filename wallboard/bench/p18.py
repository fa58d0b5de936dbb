"""P18: whether the window grows, or wears out the singletons, over many boards."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace

import psutil  # type: ignore[import-untyped] # it brings none
from PySide6.QtCore import QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QApplication

from wallboard.bench.full_board import boards
from wallboard.bench.measure import Figure, Result, Wanted
from wallboard.domain.clock import Moment
from wallboard.engine.board import Board
from wallboard.ui.frame.board_frame import BoardFrame
from wallboard.ui.frame.page_table import PAGES
from wallboard.ui.look import Look
from wallboard.ui.main_window import MainWindow

TICKS = 100_000
QUICK_TICKS = 4_000
_SAMPLES = 20
_WARM_UP = 2_000
_BOARDS = 40
_HARDLY = 0.01
"""What rightly comes and goes with pages; what leaks does so once for each of them, or more."""
_ROUND_S = 60.0
_TURNS_EVERY = 7
"""After so many boards something else is looked at."""
_SINGLETONS = (None, True, False)


def measure(wanted: Wanted) -> Result:
    """Show boards to a window in a process of its own, and look at it twenty times."""
    ticks = QUICK_TICKS if wanted.quick else TICKS
    figures = (*_figures(ticks, turning=False), *_figures(ticks // 5, turning=True))
    return Result(key="p18", title="soak", figures=figures)


def _figures(ticks: int, *, turning: bool) -> list[Figure]:
    how = ["--turning"] if turning else []
    command = [sys.executable, "-m", "wallboard.bench.p18", str(ticks), *how]
    said = subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout
    seen = json.loads(said.splitlines()[-1])
    over = f"{ticks} boards" + (", pages and dialogs opened and closed" if turning else "")
    figures = [
        Figure(
            name=f"memory grown over {over}, after warm-up",
            value=seen["grown_mb"],
            unit="MB",
            limit=1.0,
        )
    ]
    for name, slope in seen["slopes"].items():
        # References that boards rightly hold come and go; a leak is one a board, or more.
        # PySide itself gains one to None with each widget that is made, a bare one too: that
        # wears nothing out. To lose some would end the program.
        worn = max(0.0, -slope) if turning else abs(slope)
        figures.append(
            Figure(
                name=f"references to {name} {'lost' if turning else 'gained or lost'} a board,"
                f" over {over}",
                value=round(worn, 3),
                unit="",
                limit=0.0 if not turning else _HARDLY,
            )
        )
    return figures


def soak(ticks: int, *, turning: bool = False) -> dict[str, object]:
    """Show so many boards, and return how memory and reference counts moved.

    Args:
        turning: Open another page every few boards, and what may lie over it.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    _application = QApplication.instance() or QApplication(["soak"])
    shown = boards(_BOARDS, queues=200, agents=2000)
    window = MainWindow(Look())
    window.resize(1920, 1080)
    window.show()

    pump = _Pump(window, shown, turning=turning)
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

    def __init__(
        self, window: MainWindow, shown: tuple[tuple[Board, Moment], ...], *, turning: bool
    ) -> None:
        super().__init__()
        self._turning = turning
        self._count = 0
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
        self._count += 1
        board, now = self._shown[self._count % len(self._shown)]
        # The boards come again and again; the time goes on.
        now = replace(now, steady_s=now.steady_s + self._count // len(self._shown) * _ROUND_S)
        taken_at = replace(now, wall=board.taken_at.wall) if board.taken_at else None
        self._window.show_board(replace(board, taken_at=taken_at), now)
        if self._turning and self._count % _TURNS_EVERY == 0:
            self._turn_over(self._count // _TURNS_EVERY)

    def _turn_over(self, number: int) -> None:
        """Open what comes next: a page, or the palette or the keys over it; these go by again."""
        frame = self._window.findChild(BoardFrame)
        if frame is None:
            return
        over = (frame.find_wanted, frame.keys_wanted)[number // 4 % 2]
        if number % 4 in (1, 2):
            over.emit()
        else:
            self._window.open_page(PAGES[number // 2 % len(PAGES)].key)


if __name__ == "__main__":
    print(json.dumps(soak(int(sys.argv[1]), turning="--turning" in sys.argv)))
