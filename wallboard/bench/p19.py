"""P19: from an event on a real PBX to the end of the paint that shows it.

A process of its own notes when the PBX tells that a caller waits or was connected; the program's
window, without a screen, notes the end of the first paint of a board that has this call waiting
or talking. Both read the same steady clock.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time

import msgspec
from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QApplication

from wallboard.app import system_clock, zone_called
from wallboard.app.headless import wording_of
from wallboard.bench.measure import Figure, Result, Wanted, percentile
from wallboard.domain.clock import Moment
from wallboard.engine.board import Board
from wallboard.runtime.live_board import LiveBoard
from wallboard.runtime.opening import Opening
from wallboard.runtime.source_link import process_command
from wallboard.runtime.spare_time import SpareTime
from wallboard.settings.file import SettingsFile
from wallboard.settings.paths import places
from wallboard.settings.secrets import SecretPlace, SecretsUnavailable
from wallboard.sources.registry import kind
from wallboard.ui.look import Look
from wallboard.ui.main_window import MainWindow

LIMIT_MS = 100.0
_WARM_UP_S = 3.0
_AFTER_S = 2.0
_TITLE = "event on the PBX to the end of the paint that shows it"


class Seen(msgspec.Struct, frozen=True):
    """One change of a call: what, in which queue, whose, when in steady seconds."""

    what: str
    queue: str
    uniqueid: str
    at_s: float


def measure(wanted: Wanted) -> Result:
    """Watch a saved connection while calls go through it."""
    if wanted.profile is None:
        return _missing("it needs a real Asterisk: --profile NAME, and calls going through it")
    told = _told(wanted.profile)
    if isinstance(told, str):
        return _missing(told)
    seconds = wanted.seconds or 60.0
    asked = json.dumps({"told": told, "seconds": seconds + _WARM_UP_S}).encode() + b"\n"
    window = _started("p19", asked)
    observer = _started("observer", asked)
    begun_s = time.monotonic() + _WARM_UP_S
    happened = [seen for seen in _heard(observer) if seen.at_s >= begun_s]
    return judged(happened, _heard(window))


def judged(happened: list[Seen], shown: list[Seen]) -> Result:
    """Return what it comes to: each happening is matched with its first paint."""
    painted = {(seen.what, seen.queue, seen.uniqueid): seen.at_s for seen in reversed(shown)}
    figures: list[Figure] = []
    everything: list[float] = []
    for what, name in (("waits", "callers who wait"), ("talks", "connected calls")):
        wanted = [seen for seen in happened if seen.what == what]
        late_ms = [
            (painted[key] - seen.at_s) * 1000
            for seen in wanted
            if (key := (seen.what, seen.queue, seen.uniqueid)) in painted
        ]
        everything += late_ms
        if not wanted:
            continue
        figures.append(
            Figure(
                name=f"{name}, of {len(wanted)}, that were shown",
                value=100 * len(late_ms) / len(wanted),
                unit="%",
                limit=100.0,
                at_least=True,
            )
        )
    if not everything:
        return _missing("no call came while it was watched")
    figures += [
        Figure(name="half of them", value=percentile(everything, 0.5), unit="ms"),
        Figure(name="95%", value=percentile(everything, 0.95), unit="ms", limit=LIMIT_MS),
        Figure(name="the latest", value=max(everything), unit="ms"),
    ]
    return Result(key="p19", title=_TITLE, figures=tuple(figures))


class _Window(MainWindow):
    """The program's window, which notes what each paint has shown."""

    def __init__(self) -> None:
        super().__init__(Look(wording=wording_of("fa")))
        self._known: set[tuple[str, str, str]] = set()
        self._pending: list[tuple[str, str, str]] = []

    def take(self, board: Board, now: Moment) -> None:
        """Show a board, and remember what is new in it."""
        self.show_board(board, now)
        if board.snapshot is None:
            return
        for call in board.snapshot.calls.values():
            uniqueid = call.call_id.partition("@")[0]
            what = "waits" if call.answered_at is None else "talks"
            key = (what, str(call.queue_id), uniqueid)
            if key not in self._known:
                self._known.add(key)
                self._pending.append(key)

    def event(self, event: QEvent) -> bool:
        """Handle the event as ever; once a paint is over, tell what it has shown."""
        handled = super().event(event)
        if event.type() == QEvent.Type.UpdateRequest and self._pending:
            now_s = time.monotonic()
            for key in self._pending:
                print(json.dumps([*key, now_s]), flush=True)
            self._pending.clear()
        return handled


def _run(told: dict[str, str], seconds: float) -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication(["p19"])
    clock = system_clock()
    spare_time = SpareTime(clock)
    spare_time.start()
    window = _Window()
    window.resize(1920, 1080)
    window.show()
    live = LiveBoard(
        opening=Opening(name="p19", kind="asterisk", told=told),
        poll=kind("asterisk").poll,
        zone=zone_called(None),
        clock=clock,
        command=process_command(),
    )
    live.board_changed.connect(window.take)
    live.start()
    QTimer.singleShot(round((seconds + _AFTER_S) * 1000), application.quit)
    application.exec()
    live.stop()
    spare_time.stop()


def _told(name: str) -> dict[str, str] | str:
    """Return the fields of a saved connection, or why there are none."""
    where = places()
    profile = SettingsFile(where.settings_file).load().settings.profile(name)
    if profile is None:
        return f"no connection is called {name}"
    source = kind(profile.kind)
    if source.key != "asterisk":
        return f"{name} is no Asterisk"
    keys = tuple(field.key for field in source.fields if field.secret)
    try:
        secrets = SecretPlace(where).recall(name, keys, profile.secret)
    except SecretsUnavailable as error:
        return str(error.notice)
    defaults = {field.key: field.default for field in source.fields if not field.secret}
    return {**defaults, **profile.fields, **secrets}


def _started(module: str, asked: bytes) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(
        [sys.executable, "-m", f"wallboard.bench.{module}"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    if process.stdin is not None:
        process.stdin.write(asked)
        process.stdin.close()
        process.stdin = None
    return process


def _heard(process: subprocess.Popen[bytes]) -> list[Seen]:
    said, _ = process.communicate()
    rows = (json.loads(line) for line in said.splitlines())
    return [Seen(what=row[0], queue=row[1], uniqueid=row[2], at_s=row[3]) for row in rows]


def _missing(why: str) -> Result:
    return Result(key="p19", title=_TITLE, missing=why)


if __name__ == "__main__":
    the_asked = json.loads(sys.stdin.readline())
    _run(the_asked["told"], the_asked["seconds"])
