"""What a process with a window tells of itself: late heartbeats, painted boards, CPU, memory."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import msgspec
import psutil  # type: ignore[import-untyped] # it brings none
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer

_BEAT_MS = 16


class Report(msgspec.Struct, frozen=True):
    """What was seen of one process.

    Attributes:
        late_ms: How late each beat of a 16 ms timer came.
        painted_ms: From the time that a document bears to the end of the paint that shows it.
        cpu_percent: Of one core, child processes included.
        rss_mb: At the end, child processes included.
        own_rss_mb: Without them.
        boards: How many documents were shown.
    """

    late_ms: list[float] = []
    painted_ms: list[float] = []
    cpu_percent: float = 0.0
    rss_mb: float = 0.0
    own_rss_mb: float = 0.0
    boards: int = 0


@dataclass(slots=True)
class Usage:
    """Seconds of CPU that were used, and when, by a clock that never jumps."""

    cpu_s: float
    at_s: float


class Watch(QObject):
    """Looks on while a window runs; begins after a warm-up and ends the program."""

    def __init__(self, warm_up_s: float, seconds: float) -> None:
        super().__init__()
        self._late_ms: list[float] = []
        self._painted_ms: list[float] = []
        self._pending: datetime | None = None
        self._boards = 0
        self._before: Usage | None = None
        self._after: Usage | None = None
        self._due_s = 0.0
        self._beat = QTimer(self)
        self._beat.setTimerType(Qt.TimerType.PreciseTimer)
        self._beat.setInterval(_BEAT_MS)
        self._beat.timeout.connect(self._feel)
        # The beat itself costs something: CPU is measured in the first half, the beat in the other.
        self._half_ms = round(seconds * 500)
        QTimer.singleShot(round(warm_up_s * 1000), self, self._begin)

    def shown(self, as_of: datetime) -> None:
        """Note that a document was handed to the window; the paint is still to come."""
        self._boards += self._before is not None
        if self._pending is None:
            self._pending = as_of

    def saw(self, event: QEvent) -> None:
        """Note an event of the top-level window, after it was handled."""
        if event.type() == QEvent.Type.UpdateRequest and self._pending is not None:
            age = datetime.now(UTC) - self._pending  # noqa: TID251 - the clock of the document
            self._pending = None
            if self._before is not None:
                self._painted_ms.append(age.total_seconds() * 1000)

    def report(self) -> str:
        """Return what was seen, as a line."""
        before, after = self._before, self._after
        if before is None or after is None:
            raise RuntimeError("it is not over yet")
        me = psutil.Process()
        own = me.memory_info().rss
        rss = own + sum(child.memory_info().rss for child in me.children(recursive=True))
        share = (after.cpu_s - before.cpu_s) / (after.at_s - before.at_s)
        return msgspec.json.encode(
            Report(
                late_ms=self._late_ms,
                painted_ms=self._painted_ms,
                cpu_percent=100 * share,
                rss_mb=rss / 1e6,
                own_rss_mb=own / 1e6,
                boards=self._boards,
            )
        ).decode()

    def _begin(self) -> None:
        self._before = used()
        self._pending = None
        QTimer.singleShot(self._half_ms, self, self._begin_beat)

    def _begin_beat(self) -> None:
        self._after = used()
        self._due_s = time.perf_counter() + _BEAT_MS / 1000
        self._beat.start()
        QTimer.singleShot(self._half_ms, self, self._end)

    def _feel(self) -> None:
        now_s = time.perf_counter()
        self._late_ms.append(max(0.0, (now_s - self._due_s) * 1000))
        # Qt's timer does not make up for beats that were missed.
        self._due_s = now_s + _BEAT_MS / 1000

    def _end(self) -> None:
        self._beat.stop()
        print(self.report(), flush=True)
        QCoreApplication.quit()


def used(*, children: bool = True) -> Usage:
    """Return what this process has used until now, its children's too if so wanted."""
    me = psutil.Process()
    spent = 0.0
    for process in (me, *(me.children(recursive=True) if children else ())):
        times = process.cpu_times()
        spent += times.user + times.system
    return Usage(cpu_s=spent, at_s=time.perf_counter())


def watched(module: str, arguments: Sequence[object]) -> Report:
    """Run a module of this room that prints its report, and return that."""
    command = [sys.executable, "-m", f"wallboard.bench.{module}", *map(str, arguments)]
    said = subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout
    return msgspec.json.decode(said.splitlines()[-1], type=Report)
