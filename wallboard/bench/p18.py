"""P18: whether the window grows, or wears out the singletons, over many boards."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import psutil  # type: ignore[import-untyped] # it brings none
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from wallboard.bench.full_board import boards
from wallboard.bench.measure import Figure, Result, Wanted
from wallboard.ui.look import Look
from wallboard.ui.main_window import MainWindow

TICKS = 100_000
QUICK_TICKS = 4_000
_SAMPLES = 20
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
    application = QApplication.instance() or QApplication(["soak"])
    shown = boards(40, queues=200, agents=2000)
    window = MainWindow(Look())
    window.resize(1920, 1080)
    window.show()

    def show(count: int) -> None:
        for number in range(count):
            window.show_board(*shown[number % len(shown)])
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
            application.processEvents()

    show(max(400, ticks // 20))
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


if __name__ == "__main__":
    print(json.dumps(soak(int(sys.argv[1]))))
    QObject()  # Qt's own end comes after ours
