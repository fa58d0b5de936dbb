"""A shift on a real Asterisk: watched live, killed, completed; every call as it truly was."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from support.asterisk_lab import AsteriskLab
from support.lab_truth import Truth, differences, truth_of
from support.queue_logs import kept_calls, read
from support.started_program import StartedProgram

from wallboard.app.clock import system_clock
from wallboard.command_line import main
from wallboard.domain.facts import CallRecord, Ending
from wallboard.settings.file import SettingsFile
from wallboard.settings.paths import places
from wallboard.sources.asterisk import KIND

pytestmark = [pytest.mark.lab, pytest.mark.timeout(280)]

PROGRAM = (sys.executable, "-m", "wallboard")
QUEUES = ("support", "sales", "billing")
COUNTS = ("offered", "answered", "abandoned")
MEANS = ("asa", "aht")
ROOM_S = 0.7
"""A log has whole seconds, so that a mean of few calls differs a little from what was seen."""

Explain = Callable[..., dict[str, Any]]


class Watcher:
    """Follows a PBX in a thread, and keeps what has ended."""

    def __init__(self, lab: AsteriskLab) -> None:
        self.records: list[CallRecord] = []
        self.open = 0
        self._source = KIND.connect(lab.told(), system_clock())
        self._stopped, self._stop = socket.socketpair()
        self._ended = False
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._follow)
        self._thread.start()
        assert self._ready.wait(20)

    def _follow(self) -> None:
        with closing(self._source):
            while not self._ended:
                fetched = self._source.fetch()
                self.records += [one for one in fetched.facts if isinstance(one, CallRecord)]
                self.open = len(fetched.snapshot.calls)
                self._ready.set()
                self._source.wait(timedelta(seconds=1), self._stopped)

    def close(self) -> None:
        self._ended = True
        self._stop.send(b"x")
        self._thread.join(20)
        self._stop.close()
        self._stopped.close()


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as opened:
        yield opened


@pytest.fixture
def calm(lab: AsteriskLab) -> AsteriskLab:
    """The PBX with all phones reachable and nobody calling."""
    wait_for(lambda: is_calm(lab), "all phones are free", 60)
    return lab


def is_calm(lab: AsteriskLab) -> bool:
    told = lab.cli("queue show")
    for queue, extra in (("support", "PJSIP/1006"), ("sales", "PJSIP/1001")):
        lab.cli(f"queue remove member {extra} from {queue}")
    members = [line for line in told.splitlines() if "ringinuse" in line]
    if all("(Not in use)" in line for line in members) and told.count("has 0 calls") == 4:
        for member in range(1001, 1009):
            lab.cli(f"queue unpause member PJSIP/{member}")
            lab.cli(f"queue unpause member Local/{member}@from-queue/n")
        return True
    for phone in range(1001, 1009):
        lab.cli(f"pjsip qualify {phone}")
    return False


def wait_for(
    holds: Callable[[], bool],
    what: str,
    within_s: float,
    now: Callable[[], object] = lambda: "",
) -> None:
    end = time.monotonic() + within_s
    while not holds():
        assert time.monotonic() < end, f"not within {within_s} s: {what} {now()}"
        threading.Event().wait(0.3)


def log_of(lab: AsteriskLab, truth: Truth) -> bytes:
    """Return what the server logged since the traffic began, but for callers of before."""
    lines = (lab.log / "queue_log").read_bytes().splitlines(keepends=True)
    earlier: set[bytes] = set()
    told = []
    for line in lines:
        at, caller, _ = line.split(b"|", 2)
        if int(at) < truth.started - 1:
            earlier.add(caller)
        elif caller == b"NONE" or caller not in earlier:
            told.append(line)
    return b"".join(told)


def driven(lab: AsteriskLab, out: Path, **more: object) -> subprocess.Popen[str]:
    return lab.traffic(out, miss=0.08, member_every=15, **more)


# --- call by call ------------------------------------------------------------------------------


def test_that_live_log_and_truth_agree_call_by_call(
    calm: AsteriskLab, tmp_path: Path, stack: ExitStack
) -> None:
    watcher = Watcher(calm)
    stack.callback(watcher.close)
    truth_path = tmp_path / "truth.json"
    traffic = driven(calm, truth_path, seed=3000 + calm.version, seconds=40, rate=0.9, patience=15)
    _, complaints = traffic.communicate(timeout=180)
    assert traffic.returncode == 0, complaints
    wait_for(lambda: watcher.open == 0, "all calls are over", 30)
    threading.Event().wait(2)
    watcher.close()
    stack.pop_all()
    truth = truth_of(truth_path)
    logged = kept_calls(read([log_of(calm, truth)]))
    passed_on = assert_same(watcher.records, logged)
    # The caller gave up in the instant in which an agent answered: abandoned for his phone only.
    wrong = differences(truth, watcher.records)
    assert all(one.endswith("is told as answered") for one in wrong), wrong
    assert len(wrong) <= 2
    ids = [call.call_id for call in truth.calls if call.number in passed_on]
    of_log = differences(truth, logged)
    assert [one for one in of_log if one.partition(":")[0] not in ids] == wrong
    assert all(": talk of " in one for one in of_log if one not in wrong), of_log
    assert len(truth.calls) > 20


def assert_same(live: list[CallRecord], logged: list[CallRecord]) -> set[str | None]:
    """Both witnesses tell of the same calls, by name, and of each the same.

    Returns:
        The numbers of callers whom somebody behind a Local channel passed on: their talk does not
        end for the log before they are through with whomever they came to.
    """
    passed_on = set()
    mine = {record.fact_id: record for record in live}
    theirs = {record.fact_id: record for record in logged}
    assert len(mine) == len(live)
    assert set(mine) == set(theirs)
    for name, record in mine.items():
        other = theirs[name]
        assert (record.ending, record.contact, record.caller_number) == (
            other.ending,
            other.contact,
            other.caller_number,
        ), name
        assert record.missed_rings == other.missed_rings, name
        assert abs(record.entered_at - other.entered_at) < timedelta(seconds=1.5), name
        assert_close(record.wait, other.wait, name)
        if record.transferred and not other.transferred:
            passed_on.add(record.caller_number)
        else:
            assert_close(record.talk, other.talk, name)
    return passed_on


def assert_close(one: timedelta | None, two: timedelta | None, name: str) -> None:
    assert (one is None) == (two is None), name
    if one is not None and two is not None:
        assert abs(one - two) < timedelta(seconds=1.5), name


# --- a shift that is killed --------------------------------------------------------------------


class Shift:
    """The window of one connection, started as a user does, and killed now and then."""

    def __init__(self, folder: Path, profile: str) -> None:
        folder.mkdir()
        self._folder = folder
        self._profile = profile
        self.program = self._started()

    def _started(self) -> StartedProgram:
        return StartedProgram(self._folder, "--profile", self._profile)

    def kill(self) -> None:
        children = self.program.children()
        self.program.process.kill()
        self.program.process.wait()
        wait_for(lambda: not any(child.is_running() for child in children), "source's end", 10)

    def start(self) -> None:
        self.program = self._started()

    def close(self) -> None:
        self.program.close()


@pytest.fixture
def explain(capsys: pytest.CaptureFixture[str]) -> Explain:
    def told(kpi: str, profile: str, queue: str | None, since: datetime, until: datetime) -> Any:
        capsys.readouterr()
        span = [f"{each:%Y-%m-%dT%H:%M:%S}" for each in (since, until)]
        where = ["--profile", profile, "--json", *(["--queue", queue] if queue else [])]
        assert main(("explain", kpi, *where, "--from", span[0], "--to", span[1])) == 0
        (answer,) = map(json.loads, capsys.readouterr().out.splitlines())
        return answer

    return told


def connected(lab: AsteriskLab, name: str, **more: str) -> None:
    told = {**lab.told(), **more}
    secret = told.pop("secret")
    words = ["--keep-secret=file", *(f"--field={key}={value}" for key, value in told.items())]
    subprocess.run(
        [*PROGRAM, "connect", "asterisk", f"--name={name}", "--secret-stdin", *words],
        input=secret,
        text=True,
        check=True,
        capture_output=True,
        timeout=60,
    )


def killed_three_times(shifts: list[Shift]) -> None:
    for _ in range(3):
        threading.Event().wait(11)
        for shift in shifts:
            shift.kill()
        threading.Event().wait(4)
        for shift in shifts:
            shift.start()


def test_that_a_shift_with_three_kills_and_its_log_equals_an_uninterrupted_one(
    calm: AsteriskLab,
    tmp_path: Path,
    stack: ExitStack,
    explain: Explain,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Two windows: one whose log is imported later, and one that fills its gaps by itself."""
    monkeypatch.setenv("TZ", "UTC")
    connected(calm, "lab")
    connected(calm, "filled", queue_log=str(calm.log / "queue_log"))
    SettingsFile(places().settings_file).change(with_target)
    shifts = [Shift(tmp_path / name, name) for name in ("lab", "filled")]
    for shift in shifts:
        stack.callback(shift.close)
    wait_for(lambda: all(is_watched(explain, name) for name in ("lab", "filled")), "both see", 40)
    truth_path = tmp_path / "truth.json"
    more = {"rate": 0.8, "patience": 12, "transfer": 0}
    kept = calm.log / "queue_log"
    before_traffic = kept.stat().st_size if kept.exists() else 0
    traffic = driven(calm, truth_path, seed=4000 + calm.version, seconds=80, **more)
    # No window is killed before the shift begins, nor started after the log's last line, which a
    # log tells nothing beyond: on a busy machine the three kills take a minute.
    wait_for(lambda: kept.exists() and kept.stat().st_size > before_traffic, "the first caller", 30)
    killed_three_times(shifts)
    _, complaints = traffic.communicate(timeout=180)
    assert traffic.returncode == 0, complaints
    truth = truth_of(truth_path)
    log = tmp_path / "queue_log"
    log.write_bytes(log_of(calm, truth))
    last = int(log.read_bytes().splitlines()[-1].split(b"|", 1)[0])
    span = (datetime.fromtimestamp(int(truth.started), UTC), datetime.fromtimestamp(last, UTC))

    def coverage(profile: str) -> dict[str, Any]:
        told: dict[str, Any] = explain("offered", profile, "support", *span)["coverage"]
        return told

    for shift in shifts:
        shift.program.until(lambda: True, "the end of the traffic")
    wait_for(
        lambda: coverage("filled")["share"] == 1,
        "gaps filled from the log",
        75,
        now=lambda: coverage("filled"),
    )
    for shift in shifts:
        shift.program.ended_by(signal.SIGTERM)
    before = coverage("lab")
    assert len(before["gaps"]) == 3
    assert all(3 < gap["seconds"] < 40 for gap in before["gaps"])
    assert 0.2 < before["share"] < 0.95
    for profile in ("lab", "whole"):
        assert main(("import", "queue-log", str(log), "--profile", profile, "--json")) == 0
    assert coverage("lab") == {"share": 1.0, "gaps": []}
    for queue in QUEUES:
        whole = figures(explain, "whole", queue, span)
        assert whole["offered"]
        for profile in ("lab", "filled"):
            assert_like(figures(explain, profile, queue, span), whole, near_target(truth, queue))


def assert_like(mine: dict[str, Any], whole: dict[str, Any], near: int) -> None:
    """The counts are equal, and the means as far as a log with whole seconds tells them."""
    assert [mine[kpi] for kpi in COUNTS] == [whole[kpi] for kpi in COUNTS], (mine, whole)
    for kpi in MEANS:
        assert (mine[kpi] is None) == (whole[kpi] is None), (mine, whole)
        assert mine[kpi] is None or abs(mine[kpi] - whole[kpi]) < ROOM_S, (mine, whole)
    # A wait near the target may be over it by one clock and within by the other.
    hits = [one["service_level"] * one["offered"] for one in (mine, whole)]
    assert abs(hits[0] - hits[1]) <= near + 1e-6, (mine, whole)


def is_watched(explain: Explain, profile: str) -> bool:
    """Whether the first look at the source is over, so that no time of the shift is before it."""
    now = system_clock().now().wall.astimezone(UTC).replace(microsecond=0)
    try:
        told = explain("offered", profile, None, now - timedelta(seconds=10), now)
    except AssertionError:  # there is no history yet
        return False
    return bool(told["coverage"]["share"])


def with_target(settings: Any) -> Any:
    usual = replace(settings.measuring.usual, target=timedelta(seconds=5))
    return replace(settings, measuring=replace(settings.measuring, usual=usual))


def figures(
    explain: Explain, profile: str, queue: str, span: tuple[datetime, datetime]
) -> dict[str, Any]:
    kpis = (*COUNTS, *MEANS, "service_level")
    return {kpi: explain(kpi, profile, queue, *span)["value"] for kpi in kpis}


def near_target(truth: Truth, queue: str) -> int:
    waits = [
        call.wait_s
        for call in truth.calls
        if call.queue == queue and call.ending is Ending.ANSWERED and call.wait_s is not None
    ]
    return sum(3.9 <= wait <= 6.1 for wait in waits)
