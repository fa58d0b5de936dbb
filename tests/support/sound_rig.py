"""Hears alerts: a sound server of our own without loudspeakers, and what was played on it.

Run as a program with a severity it lets one alert be noticed, as the window does, and says the
steady clock's time of it on standard output.
"""

from __future__ import annotations

import math
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from array import array
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC
from importlib.util import find_spec

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from support.alert_events import alert_event
from support.alert_sounds import RATE, SOUNDS
from support.checkout import ROOT
from wallboard.app.clock import system_clock
from wallboard.app.notifying import Notifying
from wallboard.app.sounding import Sounder
from wallboard.domain.severity import Severity
from wallboard.settings.model import Settings
from wallboard.ui.alert_message import Letterhead
from wallboard.ui.wording import Wording

LOUD = 400
_STARTS_S = 10.0


def why_no_sound() -> str | None:
    """Return why nothing can be heard here. None if something can."""
    missing = [name for name in ("pulseaudio", "parec", "pactl") if shutil.which(name) is None]
    if missing:
        return f"no {', '.join(missing)} here"
    return None if find_spec("PySide6.QtMultimedia") else "no QtMultimedia here"


@dataclass(slots=True)
class Ear:
    """What is played, as it comes.

    Attributes:
        samples: Of one channel, RATE a second.
        loud_at: When the first sample came that was no silence, by the steady clock.
    """

    samples: array[int] = field(default_factory=lambda: array("h"))
    loud_at: float | None = None

    def hear(self, chunk: bytes) -> None:
        heard = array("h", chunk)
        self.samples.extend(heard)
        if self.loud_at is None and any(abs(sample) > LOUD for sample in heard):
            self.loud_at = time.monotonic()

    def tones(self, name: str) -> list[float]:
        """Return the loudest of all known tones, in hertz, at each place of a sound's own tones."""
        known = sorted({hertz for tones in SOUNDS.values() for hertz, _ in tones})
        at = next(index for index, sample in enumerate(self.samples) if abs(sample) > LOUD)
        heard = []
        for _hertz, seconds in SOUNDS[name]:
            part = self.samples[at + int(0.03 * RATE) : at + int(0.12 * RATE)]
            heard.append(max(known, key=lambda hertz: strength(part, hertz)))
            at += round(seconds * RATE)
        return heard

    @property
    def seconds_loud(self) -> float:
        loud = [index for index, sample in enumerate(self.samples) if abs(sample) > LOUD]
        return (loud[-1] - loud[0]) / RATE if loud else 0.0


def strength(samples: Sequence[int], hertz: float) -> float:
    """Return how much of a tone there is."""
    turn = 2 * math.pi * hertz / RATE
    along = sum(sample * math.cos(turn * index) for index, sample in enumerate(samples))
    across = sum(sample * math.sin(turn * index) for index, sample in enumerate(samples))
    return math.hypot(along, across) / max(1, len(samples))


@contextmanager
def sound_server() -> Iterator[Mapping[str, str]]:
    """Run a server with a sink that nobody hears; yield the environment that leads to it."""
    # The path of a socket must be short.
    home = tempfile.mkdtemp(prefix="wb-ear-")
    environ = {**os.environ, "XDG_RUNTIME_DIR": home, "HOME": home}
    environ.pop("DBUS_SESSION_BUS_ADDRESS", None)
    environ.pop("PULSE_SERVER", None)
    server = subprocess.Popen(
        [
            "pulseaudio",
            "-n",
            "--daemonize=no",
            "--use-pid-file=no",
            "--exit-idle-time=-1",
            "-L",
            "module-null-sink sink_name=quiet",
            "-L",
            "module-native-protocol-unix",
        ],
        env=environ,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        until_s = time.monotonic() + _STARTS_S
        while not _answers(environ):
            if time.monotonic() > until_s:
                raise TimeoutError("the sound server does not start")
            threading.Event().wait(0.05)
        yield environ
    finally:
        server.terminate()
        server.wait()
        shutil.rmtree(home, ignore_errors=True)


def _answers(environ: Mapping[str, str]) -> bool:
    asked = subprocess.run(["pactl", "info"], check=False, env=environ, capture_output=True)
    return asked.returncode == 0


@contextmanager
def listening(environ: Mapping[str, str], ear: Ear | None = None) -> Iterator[Ear]:
    """Listen to the sink for as long as the block runs."""
    ear = Ear() if ear is None else ear
    recorder = subprocess.Popen(
        [
            "parec",
            "-d",
            "quiet.monitor",
            "--format=s16le",
            f"--rate={RATE}",
            "--channels=1",
            "--latency-msec=10",
        ],
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert recorder.stdout is not None
    heard = threading.Event()

    def listen() -> None:
        assert recorder.stdout is not None
        while chunk := recorder.stdout.read(512):
            ear.hear(chunk)
            heard.set()

    thread = threading.Thread(target=listen, daemon=True)
    thread.start()
    heard.wait(_STARTS_S)
    try:
        yield ear
    finally:
        recorder.terminate()
        recorder.wait()
        thread.join()
        recorder.stdout.close()


def noticed(severity: str, environ: Mapping[str, str]) -> float:
    """Let an alert be noticed in a program of its own; return when that was."""
    ran = subprocess.run(
        [sys.executable, "-m", "support.sound_rig", severity],
        env={
            **environ,
            "QT_QPA_PLATFORM": "offscreen",
            "PYTHONPATH": os.pathsep.join([str(ROOT / "tests"), str(ROOT)]),
        },
        cwd=ROOT,
        capture_output=True,
        check=True,
        timeout=30,
    )
    return float(ran.stdout)


def main(severity: Severity) -> None:
    """Let one alert be noticed, three seconds after a start, and wait until it was heard."""
    application = QApplication(["wallboard"])
    window, clock = QWidget(), system_clock()
    signs = Notifying(
        window,
        Settings(alert_sound_warning=True, alert_volume=80),
        lambda: Letterhead(site="rig", zone=UTC, wording=Wording()),
        sounder=Sounder(anywhere=True),
    )

    def notice() -> None:
        sys.stdout.write(f"{time.monotonic()}\n")
        signs.take_events((alert_event(severity=severity),), clock.now())

    QTimer.singleShot(3_500, notice)
    QTimer.singleShot(5_500, application.quit)
    application.exec()
    signs.close()


if __name__ == "__main__":
    main(Severity[sys.argv[1].upper()])
    sys.stdout.flush()
