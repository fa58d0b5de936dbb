from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psutil
from support import scripted_source

from wallboard.domain.errors import FaultKind
from wallboard.domain.snapshot import AgentId
from wallboard.domain.supervision import Wish, WishKind
from wallboard.runtime.opening import Opening
from wallboard.runtime.source_link import SourceLink
from wallboard.runtime.wire import Answered, Ask, Failed, Taken

PROCESS = (sys.executable, str(Path(scripted_source.__file__)))


DOOMED_WINDOW = """
import sys, time
from wallboard.runtime.opening import Opening
from wallboard.runtime.source_link import SourceLink
opening = Opening(name="lab", kind="quick", told={"folder": sys.argv[1]})
link = SourceLink(opening, (sys.executable, sys.argv[2]))
print(link.pid, flush=True)
while True:
    for each in link.sockets():
        link.read(each)
    time.sleep(0.005)
"""


def pause(seconds: float) -> None:
    threading.Event().wait(seconds)


def opened(folder: Path, *script: str | int) -> SourceLink:
    (folder / "script").write_text(json.dumps(script))
    told = {"folder": str(folder), "secret": "hunter2"}
    return SourceLink(Opening(name="lab", kind="quick", told=told), PROCESS)


def heard(link: SourceLink) -> Taken | Failed | Answered:
    """Return the next thing that the process says."""
    end = time.monotonic() + 20
    while time.monotonic() < end:
        for each in link.sockets():
            said = link.read(each)
            if said:
                return said[0]
        pause(0.005)
    raise AssertionError("nothing was said")


def gone(pid: int, within_s: float = 10) -> bool:
    end = time.monotonic() + within_s
    while True:
        try:
            if psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
                return True
        except psutil.NoSuchProcess:
            return True
        if time.monotonic() >= end:
            return False
        pause(0.01)


def test_that_no_secret_is_in_the_arguments_or_the_environment(tmp_path: Path) -> None:
    link = opened(tmp_path, 1)
    try:
        assert isinstance(heard(link), Taken)
        process = psutil.Process(link.pid)
        assert "hunter2" not in " ".join(process.cmdline())
        assert "hunter2" not in json.dumps(process.environ())
    finally:
        assert link.close() == "exit status 0"


def test_that_only_what_changed_is_told_after_the_first_picture(tmp_path: Path) -> None:
    link = opened(tmp_path, 1, 2)
    try:
        first, second = heard(link), heard(link)
    finally:
        link.close()
    assert isinstance(first, Taken)
    assert isinstance(second, Taken)
    assert first.change.whole
    assert not second.change.whole
    assert second.change.queues == ()


def test_that_what_ended_is_told_with_the_next_picture_if_one_cannot_be_told(
    tmp_path: Path,
) -> None:
    link = opened(tmp_path, 1, "spoilt", "spoilt", "unavailable", 2)
    told: list[list[str]] = []
    try:
        while len(told) < 2:
            said = heard(link)
            if isinstance(said, Taken):
                told.append([str(fact.fact_id) for fact in said.facts])
    finally:
        link.close()
    # A call that can never be told must not keep the others.
    assert told == [["f0"], ["kept", "kept", "f0", "f1"]]


def test_that_what_cannot_be_used_is_told_by_name_until_it_is_put_right(tmp_path: Path) -> None:
    missing = tmp_path / "missing"
    missing.touch()
    link = opened(tmp_path, 1)
    try:
        for _ in range(2):
            said = heard(link)
            assert isinstance(said, Failed)
            assert said.fault.kind is FaultKind.BAD_SETTING
        wish = Wish(kind=WishKind.PAUSE, agent_id=AgentId("a"))
        until = datetime.now(UTC) + timedelta(minutes=1)  # noqa: TID251 - the machine's clock
        link.ask(Ask(key="k", wish=wish, until=until))
        answer = heard(link)
        while not isinstance(answer, Answered):
            answer = heard(link)
        assert (answer.done, answer.known) == (False, True)
        missing.unlink()
        last = heard(link)
        while not isinstance(last, Taken):
            last = heard(link)
    finally:
        assert link.close() == "exit status 0"


def test_that_a_process_whose_window_died_ends_although_its_source_hangs(tmp_path: Path) -> None:
    (tmp_path / "script").write_text('[1, "hang"]')
    # A window that starts a source and is then killed without a word.
    window = subprocess.Popen(
        [sys.executable, "-c", DOOMED_WINDOW, str(tmp_path), PROCESS[1]],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONWARNINGS": "error"},
    )
    assert window.stdout is not None
    child = int(window.stdout.readline())
    end = time.monotonic() + 20
    while time.monotonic() < end and not (tmp_path / "asked").exists():
        pause(0.01)
    pause(0.4)  # into the second fetch, which hangs
    assert not gone(child, within_s=0)
    window.kill()
    window.wait()
    window.stdout.close()
    assert gone(child)
