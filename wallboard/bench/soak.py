"""A TV for weeks, told in hours: what it holds must not grow, what it paints must be quick.

Each tick is a picture of a call center that is invented, twenty seconds after the one before:
agents change, callers come and hang up, alerts fire, the source is away for a while, days begin,
the language is another, scenes and pages go on. All of it is drawn by the kiosk's own window, with
Qt's own software and no screen.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from array import array
from collections.abc import Iterator
from typing import Final

import msgspec
from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from wallboard.app.headless import wording_of
from wallboard.bench.measure import Figure, Result, Wanted
from wallboard.bench.soak_center import Center
from wallboard.bench.trend_line import BLOCKS, trend_line
from wallboard.domain.walls import Scene, SceneKind, Wall
from wallboard.engine.default_rules import DEFAULT_RULES
from wallboard.runtime.alerting import Alerting
from wallboard.runtime.memory_use import handles_open, memory_held
from wallboard.runtime.tidying import Tidying
from wallboard.ui.kiosk.kiosk_window import KioskWindow
from wallboard.ui.kiosk.wall_face import WallFace
from wallboard.ui.look import Look

TICKS: Final = 1_000_000
_QUICK_TICKS: Final = 6_000
_AT_4K: Final = 0.01
"""The share of ticks that is painted at 3840x2160, besides."""
_OF_4K: Final = 0.1
"""The share of the time for that, where it is told how much there is."""
LIMIT_MS: Final = 33.0
LIMIT_4K_MS: Final = 100.0

_WARM_UP: Final = 0.2
"""The share of a run whose looks do not count."""
_SAMPLES: Final = 1024
"""Looks that are kept; beyond them every second one is let go, and it is looked half as often."""
_WHOLE_EVERY: Final = 50
_LANGUAGE_EVERY: Final = 997
_OUTAGE_EVERY: Final = 2_003
_OUTAGE: Final = 45
_TIDY_EVERY: Final = 15
_PER_MS: Final = 20
_LONGEST_MS: Final = 2_000
_STAYS_S: Final = 60
"""Every third tick turns a page; the others paint what changed, as on a wall."""
_SCENES: Final = (
    *(Scene(kind=kind, seconds=_STAYS_S) for kind in SceneKind if kind is not SceneKind.MESSAGE),
    Scene(kind=SceneKind.MESSAGE, seconds=_STAYS_S, text="Drink enough water today."),
)


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What one run came to.

    Attributes:
        ticks: How many.
        took_s: In seconds.
        tick_ms, whole_ms: 99 of 100 ticks were painted in so much of the processor's time or
            less; the same for pictures that were painted whole.
        steps: At which ticks it was looked what is held.
        held, threads, handles, objects: What it was.
    """

    ticks: int
    took_s: float
    tick_ms: float
    whole_ms: float
    steps: list[int]
    held: list[int]
    threads: list[int]
    handles: list[int]
    objects: list[int]


def measure(wanted: Wanted) -> Result:
    """Run it in a process of its own, at the size of a TV and, shorter, at four times that."""
    ticks = _QUICK_TICKS if wanted.quick else TICKS
    most = wanted.seconds
    usual = _run(ticks, 1920, 1080, None if most is None else most * (1 - _OF_4K))
    large = _run(
        max(600, round(ticks * _AT_4K)), 3840, 2160, None if most is None else most * _OF_4K
    )
    figures = [
        *_painting("1920x1080", usual, LIMIT_MS),
        *_painting("3840x2160", large, LIMIT_4K_MS),
        *_growing(usual),
    ]
    title = f"a TV for {usual.ticks} pictures, in {usual.took_s:.0f} s"
    return Result(key="soak", title=title, figures=tuple(figures))


def _run(ticks: int, width: int, height: int, seconds: float | None) -> Told:
    command = [sys.executable, "-m", "wallboard.bench.soak", str(ticks), str(width), str(height)]
    command += [str(seconds)] if seconds else []
    said = subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout
    return msgspec.json.decode(said.splitlines()[-1], type=Told)


def _painting(size: str, told: Told, limit: float) -> Iterator[Figure]:
    yield Figure(name=f"a tick painted at {size}, p99", value=told.tick_ms, unit="ms", limit=limit)
    yield Figure(
        name=f"a whole picture at {size}, p99", value=told.whole_ms, unit="ms", limit=limit
    )


def _growing(told: Told) -> Iterator[Figure]:
    rows = (
        ("memory, MB", [held / 1e6 for held in told.held]),
        ("threads", told.threads),
        ("handles", told.handles),
        ("QObjects", told.objects),
    )
    for name, seen in rows:
        if len(seen) <= BLOCKS:
            continue
        line = trend_line(told.steps, seen)
        # What is certain of its growth at 95 %: nothing, or it is a leak.
        yield Figure(
            name=f"{name}: {seen[0]:g} to {seen[-1]:g}; in a million ticks at least",
            value=line.least * 1e6,
            unit="",
            limit=0.0,
        )
        yield Figure(name=f"{name}: slope for a million ticks", value=line.slope * 1e6, unit="")


class _Soak:
    """The window, the center, and what is written down."""

    def __init__(self, width: int, height: int) -> None:
        self._center = Center(7)
        self._looks = [Look(wording=wording_of(language)) for language in ("en", "fa")]
        self._face = WallFace(self._looks[0])
        self._window = KioskWindow(self._looks[0], self._face)
        self._face.show_wall(Wall(title="Soak", scenes=_SCENES, dim=30))
        self._window.resize(width, height)
        self._window.show()
        self._image = QImage(width, height, QImage.Format.Format_RGB32)
        self._alerting = Alerting(DEFAULT_RULES)
        self._alerting.begin(None)
        self._board = self._center.board
        self._tidying = Tidying()
        self._tidying.start()

    def close(self) -> None:
        """Let go of the window."""
        self._tidying.stop()
        self._window.hide()
        self._window.deleteLater()

    def run(self, ticks: int, seconds: float | None) -> Told:
        """Let so many ticks pass, or as many as there is time for."""
        ticked, whole, looks = _Times(), _Times(), _Looks()
        begun = time.perf_counter()
        tick = 0
        for tick in range(1, ticks + 1):
            self._pass_on(tick)
            at = time.thread_time()
            self._face.show_board(self._board, self._center.now)
            QCoreApplication.processEvents()
            ticked.add(time.thread_time() - at)
            if tick % _WHOLE_EVERY == 0:
                at = time.thread_time()
                self._window.render(self._image)
                whole.add(time.thread_time() - at)
            if looks.due(tick):
                looks.add(tick, self._held())
            if seconds and time.perf_counter() - begun > seconds:
                break
        steps, seen = looks.after(round(tick * _WARM_UP))
        return Told(
            ticks=tick,
            took_s=time.perf_counter() - begun,
            tick_ms=ticked.p99_ms(),
            whole_ms=whole.p99_ms(),
            steps=steps,
            held=seen[0],
            threads=seen[1],
            handles=seen[2],
            objects=seen[3],
        )

    def _pass_on(self, tick: int) -> None:
        if tick % _LANGUAGE_EVERY == 0:
            look = self._looks[tick // _LANGUAGE_EVERY % 2]
            self._window.show_look(look)
            self._face.show_look(look)
        board = self._center.pass_on(away=tick % _OUTAGE_EVERY > _OUTAGE_EVERY - _OUTAGE)
        self._board = self._alerting.look(board, self._center.now)
        if tick % _TIDY_EVERY == 0:
            self._tidying.tidy(self._center.now.steady_s)

    def _held(self) -> tuple[int, int, int, int]:
        """Return what is held: bytes, threads, handles, QObjects.

        As it is once an hour, after what nobody uses has gone back: what was touched in passing
        says nothing of a leak.
        """
        self._tidying.tidy_all()
        application = QApplication.instance()
        own = 0 if application is None else len(application.findChildren(QObject))
        objects = own + len(QApplication.allWidgets()) + len(self._window.findChildren(QObject))
        return memory_held() or 0, threading.active_count(), handles_open() or 0, objects


class _Looks:
    """What was held at which ticks, evenly, however many there will be.

    Its room is taken at once, so that it is not itself what grows.
    """

    def __init__(self) -> None:
        self._rows = [array("q", bytes(8 * _SAMPLES)) for _ in range(5)]
        self._count = 0
        self._every = 1

    def due(self, tick: int) -> bool:
        """Return whether it is time to look."""
        return tick % self._every == 0

    def add(self, tick: int, held: tuple[int, int, int, int]) -> None:
        """Keep a look that was due."""
        if self._count == _SAMPLES:
            self._every *= 2
            self._count //= 2
            for row in self._rows:
                for place in range(self._count):
                    row[place] = row[2 * place + 1]
            if not self.due(tick):
                return
        for row, number in zip(self._rows, (tick, *held), strict=True):
            row[self._count] = number
        self._count += 1

    def after(self, tick: int) -> tuple[list[int], list[list[int]]]:
        """Return the looks after a tick: at which, and the rows of what was held."""
        steps = self._rows[0][: self._count]
        begin = sum(1 for step in steps if step <= tick)
        return list(steps[begin:]), [list(row[begin : self._count]) for row in self._rows[1:]]


class _Times:
    """How long something took, in a room that does not grow."""

    def __init__(self) -> None:
        self._counts = array("L", bytes(8 * (_PER_MS * _LONGEST_MS + 1)))

    def add(self, seconds: float) -> None:
        """Count one."""
        self._counts[min(round(seconds * 1000 * _PER_MS), len(self._counts) - 1)] += 1

    def p99_ms(self) -> float:
        """Return what 99 of 100 took at most, in milliseconds; 0 if there were none."""
        left = sum(self._counts) * 0.99
        for place, count in enumerate(self._counts):
            left -= count
            if left <= 0:
                return place / _PER_MS
        return 0.0


def soak(ticks: int, width: int, height: int, seconds: float | None = None) -> Told:
    """Run it in this process."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication.instance() or QApplication(["soak"])
    running = _Soak(width, height)
    told = running.run(ticks, seconds)
    running.close()
    application.processEvents()
    return told


if __name__ == "__main__":
    wanted_ticks, wide, high, *most = sys.argv[1:]
    told_s = float(most[0]) if most else None
    said = msgspec.json.encode(soak(int(wanted_ticks), int(wide), int(high), told_s))
    print(said.decode())
