"""P5: line charts that move on by a point a refresh, ours against pyqtgraph as it comes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from random import Random
from time import process_time
from typing import Any, Final

import numpy as np
import pyqtgraph
from PySide6.QtWidgets import QApplication, QGridLayout, QWidget

from wallboard.bench.measure import Figure, Result, Wanted, middle
from wallboard.ui.charts.chart import LineChart
from wallboard.ui.charts.curve import Track
from wallboard.ui.charts.face import ChartFace, Line
from wallboard.ui.charts.scales import Mark, Scale
from wallboard.ui.look import Look

POINTS: Final = 3600
_SIZE: Final = (1920, 1080)
_COLUMNS: Final = {8: 4, 32: 8}
_LIMITS: Final = {8: 0.20, 32: 0.12}
_THICK_LIMIT: Final = 0.05
_ROUNDS: Final = 3
_REFRESHES: Final = 20
_WARM_UP: Final = 3


def measure(wanted: Wanted) -> Result:
    """Measure each side in processes of its own, in turns; the medians count."""
    rounds = 1 if wanted.quick else _ROUNDS
    refreshes = 6 if wanted.quick else _REFRESHES
    figures = []
    for count in _COLUMNS:
        for thick in (False, True):
            told: dict[str, list[float]] = {"ours": [], "pyqtgraph": []}
            for _ in range(rounds):
                for side, took in told.items():
                    took.append(_run(side, count, thick=thick, refreshes=refreshes))
            style = "thick and smooth" if thick else "thin"
            figures.append(
                Figure(
                    name=f"CPU of a refresh of {count} charts of {POINTS} points, {style}",
                    value=middle(told["ours"]),
                    unit="ms",
                    peer=middle(told["pyqtgraph"]),
                    limit=_THICK_LIMIT if thick else _LIMITS[count],
                )
            )
    return Result(key="p5", title="charts that move on", figures=tuple(figures))


def _run(side: str, count: int, *, thick: bool, refreshes: int) -> float:
    told = [side, str(count), str(int(thick)), str(refreshes)]
    command = [sys.executable, "-m", "wallboard.bench.p5", *told]
    said = subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout
    return float(json.loads(said.splitlines()[-1]))


def refresh_ms(side: str, count: int, *, thick: bool, refreshes: int) -> float:
    """Return what one refresh of all charts costs of the processor, painted, in milliseconds."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication.instance() or QApplication(["p5"])
    window = QWidget()
    layout = QGridLayout(window)
    sides = {"ours": _ours, "pyqtgraph": _pyqtgraph}
    shows = []
    for number in range(count):
        widget, show = sides[side](number, thick=thick)
        layout.addWidget(widget, number // _COLUMNS[count], number % _COLUMNS[count])
        shows.append(show)
    window.resize(*_SIZE)
    window.show()
    application.processEvents()
    begun = 0.0
    for step in range(_WARM_UP + refreshes):
        if step == _WARM_UP:
            begun = process_time()
        for show in shows:
            show(step)
        application.processEvents()
    took = process_time() - begun
    window.close()
    return took / refreshes * 1000


def _readings(number: int) -> list[float]:
    """Return a day's readings a second or so, more than are shown at once."""
    chance = Random(number)
    reading, told = 0.5, []
    for _ in range(POINTS + _WARM_UP + 1000):
        reading = min(1.0, max(0.0, reading + chance.uniform(-0.04, 0.04)))
        told.append(reading)
    return told


def _ours(number: int, *, thick: bool) -> tuple[QWidget, Callable[[int], None]]:
    chart = LineChart(Look(compact=True), thin=not thick)
    readings = tuple(_readings(number))
    places = tuple((at + 0.5) / POINTS for at in range(POINTS))
    blank = ("",) * POINTS
    marks = tuple(Mark(place=at / 2, text=f"{50 * at}%") for at in range(3))
    face = ChartFace(
        title=f"Chart {number}",
        lines=(Line(name="Level", points=(), texts=blank),),
        places=places,
        scale=Scale(top=1.0, marks=marks),
        whole=("",),
        labelled=True,
    )

    track = Track(readings[:POINTS])

    def show(step: int) -> None:
        nonlocal track
        track = track.moved_on(readings[POINTS + step : POINTS + step + 1])
        line = replace(face.lines[0], points=track)
        times = tuple(
            Mark(place=(at * 600 - step % 600) / POINTS, text=f"{step // 600 + at:02}:00")
            for at in range(1, 7)
        )
        chart.show_face(replace(face, lines=(line,), times=times))

    return chart, show


def _pyqtgraph(number: int, *, thick: bool) -> tuple[QWidget, Callable[[int], None]]:
    plot: Any = pyqtgraph.PlotWidget()
    pen = pyqtgraph.mkPen("#61B0AE", width=2) if thick else "#61B0AE"
    curve = plot.plot(pen=pen, antialias=thick)
    readings = np.array(_readings(number))

    def show(step: int) -> None:
        curve.setData(np.arange(step, step + POINTS), readings[step : step + POINTS])

    return plot, show


if __name__ == "__main__":
    _side, _count, _thick, _refreshes = sys.argv[1:]
    print(
        json.dumps(
            refresh_ms(_side, int(_count), thick=bool(int(_thick)), refreshes=int(_refreshes))
        )
    )
