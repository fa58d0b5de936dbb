"""The watchdog over windows of a few lines: what they do is done, what they say is recorded."""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from wallboard.runtime.kiosk_records import KioskRecord, Phase
from wallboard.runtime.kiosk_watchdog import Outside, Watchdog
from wallboard.runtime.kiosk_wire import KioskLaunch
from wallboard.runtime.systemd import Systemd

WINDOW = """
import json, os, signal, sys, time, threading
launch = json.loads(sys.stdin.buffer.readline())
starts = os.path.join(launch["folder"], "starts")
with open(starts, "a") as file:
    file.write(json.dumps(launch) + "\\n")
count = len(open(starts).readlines())
def end():
    sys.stdin.buffer.read()
    os._exit(0)
threading.Thread(target=end, daemon=True).start()
def beat(place="1 2 3.0", scene="queues"):
    board = {"title": "Hall", "screen": "S", "scene": scene, "place": place}
    print(json.dumps({"boards": [board], "freshness": "live", "rss": 5}), flush=True)
def last(ends):
    print(json.dumps({"ends": ends}), flush=True)
print("a library says something", flush=True)
"""


class Kennel:
    """A watchdog over a window that does what `script` says; it runs in a thread."""

    def __init__(
        self, folder: Path, script: str, *, screen: Callable[[], bool], spare: bool = False
    ) -> None:
        self.folder = folder
        self.records: list[KioskRecord] = []
        self.lines: list[str] = []
        self.code: int | None = None
        outside = Outside(
            wall_s=time.monotonic,
            room=lambda: spare,
            screen=screen,
            record=self.records.append,
            say=self.lines.append,
            environ={},
        )
        self.watchdog = Watchdog(
            KioskLaunch(folder=str(folder)),
            (sys.executable, "-I", "-c", WINDOW + script),
            KioskRecord(key="k", begun=0.0, written=0.0),
            outside,
            Systemd({}),
        )
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        self.code = self.watchdog.run()

    @property
    def last(self) -> KioskRecord:
        """What was recorded last; before that, that nothing was."""
        return self.records[-1] if self.records else KioskRecord(key="", begun=0, written=0)

    @property
    def launches(self) -> list[dict[str, Any]]:
        """What each window was told."""
        starts = self.folder / "starts"
        lines = starts.read_text().splitlines() if starts.exists() else []
        return [json.loads(line) for line in lines]

    def until(self, holds: Callable[[], bool], what: str, within_s: float = 20) -> None:
        """Wait until something holds."""
        deadline = time.monotonic() + within_s
        while not holds():
            assert time.monotonic() < deadline, f"no {what}: {self.lines}"
            time.sleep(0.02)  # noqa: TID251 - a test waits for another process

    def close(self) -> None:
        """End it."""
        self.watchdog.stop()
        self._thread.join(20)
        assert not self._thread.is_alive()


@pytest.fixture
def kennel(tmp_path: Path) -> Iterator[Callable[..., Kennel]]:
    made: list[Kennel] = []

    def make(
        script: str, screen: Callable[[], bool] = lambda: True, *, spare: bool = False
    ) -> Kennel:
        made.append(Kennel(tmp_path, script, screen=screen, spare=spare))
        return made[-1]

    yield make
    for each in made:
        each.close()


def test_that_a_window_that_lives_is_recorded_and_ends_with_its_watchdog(
    kennel: Callable[..., Kennel],
) -> None:
    there = kennel("while True:\n    beat()\n    time.sleep(0.1)")
    there.until(lambda: there.last.phase is Phase.RUNS, "window")
    told = there.last
    assert (told.boards[0].title, told.freshness, told.rss, told.restarts) == ("Hall", "live", 5, 0)
    there.close()
    assert there.code == 0
    assert there.last.phase is Phase.ENDED


def test_that_a_window_that_crashed_is_started_again_where_it_was(
    kennel: Callable[..., Kennel],
) -> None:
    there = kennel(
        "beat('3 1 7.5')\n"
        "time.sleep(0.3)\n"
        "if count == 1:\n    os.kill(os.getpid(), signal.SIGSEGV)\n"
        "while True:\n    beat('3 1 8.0')\n    time.sleep(0.1)"
    )
    there.until(lambda: len(there.launches) == 2, "second window")
    assert [told["places"] for told in there.launches] == [[], ["3 1 7.5"]]
    there.until(lambda: there.last.phase is Phase.RUNS, "window")
    assert there.last.restarts == 1
    assert there.last.why == "SIGSEGV"


def test_that_a_window_that_says_nothing_is_ended_and_started_again(
    kennel: Callable[..., Kennel],
) -> None:
    there = kennel(
        "beat()\nif count == 1:\n    time.sleep(600)\nwhile True:\n    beat()\n    time.sleep(0.1)"
    )
    began = time.monotonic()
    there.until(lambda: len(there.launches) == 2, "second window")
    there.until(lambda: there.last.restarts == 1, "record")
    assert 2.0 < time.monotonic() - began < 8.0
    assert "said nothing" in there.last.why


def test_that_a_window_that_was_ended_is_not_started_again(kennel: Callable[..., Kennel]) -> None:
    there = kennel("beat()\nos._exit(0)")
    there.until(lambda: there.code == 0, "end")
    assert len(there.launches) == 1


def test_that_a_window_that_a_signal_ended_is_started_again(kennel: Callable[..., Kennel]) -> None:
    there = kennel(
        "beat()\nif count == 1:\n    os._exit(143)\nwhile True:\n    beat()\n    time.sleep(0.1)"
    )
    there.until(lambda: len(there.launches) == 2, "second window")
    there.until(lambda: there.last.phase is Phase.RUNS, "window")
    assert there.last.why == "exit code 143"


def test_that_a_window_that_the_same_signal_ended_is_no_crash(
    kennel: Callable[..., Kennel],
) -> None:
    there = kennel("while True:\n    beat()\n    time.sleep(0.1)")
    there.until(lambda: there.last.phase is Phase.RUNS, "window")
    wait = there.watchdog._wait

    def both_end() -> None:
        there.watchdog.stop()
        os.kill(there.last.window, signal.SIGTERM)
        while there.watchdog._window is not None and there.watchdog._window.code is None:
            wait()

    object.__setattr__(there.watchdog, "_wait", both_end)
    there.until(lambda: there.code == 0, "end")
    assert there.last.restarts == 0
    assert len(there.launches) == 1


def test_that_one_that_ends_may_take_its_time(kennel: Callable[..., Kennel]) -> None:
    there = kennel("beat()\nlast(0)\ntime.sleep(4)\nopen(starts + '.stored', 'w')\nos._exit(0)")
    there.until(lambda: there.code == 0, "end")
    assert (there.folder / "starts.stored").exists()
    assert there.last.restarts == 0
    assert len(there.launches) == 1


@pytest.mark.parametrize("then", ["time.sleep(600)", "os.kill(os.getpid(), signal.SIGSEGV)"])
def test_that_one_that_was_ended_is_not_started_again_whatever_its_end_came_to(
    kennel: Callable[..., Kennel], monkeypatch: pytest.MonkeyPatch, then: str
) -> None:
    monkeypatch.setattr("wallboard.runtime.kiosk_watchdog._STOPS_S", 0.6)
    there = kennel(f"beat()\nlast(0)\ntime.sleep(0.3)\n{then}")
    there.until(lambda: there.code == 0, "end")
    assert there.last.restarts == 0
    assert len(there.launches) == 1


def test_that_one_that_wanted_another_one_has_it_and_that_one_is_waited_for_as_ever(
    kennel: Callable[..., Kennel], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wallboard.runtime.kiosk_watchdog._STOPS_S", 0.6)
    there = kennel(
        "beat()\nif count == 1:\n    last(75)\n    time.sleep(600)\n"
        "while True:\n    beat()\n    time.sleep(1.2)"
    )
    there.until(lambda: there.last.restarts == 1, "record")
    assert there.last.why == "the window asked for it"
    there.until(lambda: there.last.phase is Phase.RUNS, "window")
    seen = there.last.seen
    there.until(lambda: (there.last.seen or 0) > (seen or 0) + 2, "life")
    assert len(there.launches) == 2


def test_that_a_window_that_asks_for_it_is_started_again_and_that_is_no_crash(
    kennel: Callable[..., Kennel],
) -> None:
    there = kennel("beat()\nos._exit(75) if count < 9 else time.sleep(600)")
    there.until(lambda: len(there.launches) == 9, "ninth window")
    there.until(lambda: there.last.restarts == 8, "record")
    assert not there.last.safe
    assert there.last.why == "the window asked for it"


def test_that_one_that_crashes_again_and_again_shows_only_what_cannot_fail(
    kennel: Callable[..., Kennel], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wallboard.runtime.kiosk_patience._LONGEST_PAUSE_S", 0.1)
    there = kennel(
        "beat()\n"
        "if not launch['safe']:\n    os._exit(3)\n"
        "while True:\n    beat()\n    time.sleep(0.1)"
    )
    there.until(lambda: there.last.safe and there.last.phase is Phase.RUNS, "safety")
    assert len(there.launches) == 7
    assert there.last.why == "exit code 3"


def test_that_it_waits_for_a_screen_without_starting_anything(
    kennel: Callable[..., Kennel],
) -> None:
    plugged = threading.Event()
    there = kennel("while True:\n    beat()\n    time.sleep(0.1)", plugged.is_set)
    there.until(lambda: there.last.phase is Phase.WAITS, "waiting")
    assert there.launches == []
    plugged.set()
    there.until(lambda: there.last.phase is Phase.RUNS, "window")
    assert there.last.restarts == 0


def test_that_a_window_that_does_not_end_when_asked_is_ended(
    kennel: Callable[..., Kennel], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wallboard.runtime.kiosk_watchdog._STOPS_S", 0.5)
    there = kennel("os._exit = lambda code: None\nwhile True:\n    beat()\n    time.sleep(0.1)")
    there.until(lambda: there.last.phase is Phase.RUNS, "window")
    began = time.monotonic()
    there.close()
    assert time.monotonic() - began < 10


def test_that_a_record_that_cannot_be_written_stops_nothing(
    kennel: Callable[..., Kennel], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wallboard.runtime.kiosk_watchdog.WRITE_S", 0.1)
    there = kennel("while True:\n    beat()\n    time.sleep(0.1)")
    refused: list[KioskRecord] = []

    def full(told: KioskRecord) -> None:
        refused.append(told)
        raise OSError(28, "no room")

    there.until(lambda: bool(there.records), "window")
    object.__setattr__(there.watchdog._outside, "record", full)
    there.until(lambda: len(refused) > 2 and refused[-1].phase is Phase.RUNS, "life")


def test_that_a_window_that_waits_takes_the_place_of_one_that_crashed(
    kennel: Callable[..., Kennel], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wallboard.runtime.kiosk_watchdog.SPARE_AFTER_S", 0.2)
    there = kennel("while True:\n    beat()\n    time.sleep(0.1)", spare=True)
    there.until(lambda: there.watchdog._spare is not None, "window that waits")
    assert len(there.launches) == 1, "it shows nothing yet"
    spare, shown = there.watchdog._spare, there.last.window
    assert spare is not None
    os.kill(shown, signal.SIGKILL)
    there.until(lambda: there.last.window == spare.pid and there.last.phase is Phase.RUNS, "it")
    assert len(there.launches) == 2
    there.until(lambda: there.watchdog._spare not in (None, spare), "the next one")
    os.kill(there.watchdog._spare.pid, signal.SIGKILL)  # type: ignore[union-attr]
    there.until(lambda: there.watchdog._spare is None, "loss")
    assert there.last.phase is Phase.RUNS
    assert there.last.restarts == 1, "one that was not shown is no crash"


def test_that_the_next_window_is_made_ready_as_soon_as_one_is_doubted(
    kennel: Callable[..., Kennel], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wallboard.runtime.kiosk_watchdog.SPARE_AFTER_S", 600.0)
    there = kennel(
        "beat()\nif count == 1:\n    time.sleep(600)\nwhile True:\n    beat()\n    time.sleep(0.1)",
        spare=True,
    )
    there.until(lambda: there.watchdog._spare is not None, "window that waits")
    assert there.last.restarts == 0, "it may only be slow"
    spare = there.watchdog._spare
    assert spare is not None
    there.until(lambda: there.last.window == spare.pid and there.last.phase is Phase.RUNS, "it")
    assert "said nothing" in there.last.why


def test_that_a_record_tells_at_once_what_a_window_shows_for_the_first_time(
    kennel: Callable[..., Kennel], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wallboard.runtime.kiosk_watchdog.WRITE_S", 600.0)
    there = kennel("beat(scene='')\ntime.sleep(0.5)\nwhile True:\n    beat()\n    time.sleep(0.1)")
    there.until(lambda: there.last.phase is Phase.RUNS, "window")
    there.until(lambda: there.last.boards[0].scene == "queues", "its first picture")
