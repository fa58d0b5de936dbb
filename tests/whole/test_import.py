"""Logs become a connection's history, by the command, with no system to connect to."""

from __future__ import annotations

import gzip
import json
import lzma
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from support.queue_logs import cut, kept_calls, read, recorded_log
from support.shared import WHY_NOT, shared_folder
from support.started_program import StartedProgram

from wallboard.bench.p16 import made_log
from wallboard.domain.coverage import Witness
from wallboard.domain.facts import CallRecord, DirectCall, Direction
from wallboard.settings.paths import places
from wallboard.storage.faults import HistoryUnavailable
from wallboard.storage.history import History, open_history

Command = Callable[..., subprocess.CompletedProcess[str]]
EVER = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


@pytest.fixture
def shared() -> Path:
    folder = shared_folder()
    if folder is None:
        pytest.skip(WHY_NOT)
    return folder


@pytest.fixture
def wallboard(tmp_path: Path, wallboard_home: Path) -> Command:
    def run(*words: str) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-m", "wallboard", *words],
            env={**os.environ, "WALLBOARD_HOME": str(wallboard_home)},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=55,
            check=False,
        )
        assert "Traceback" not in done.stdout + done.stderr
        return done

    return run


def told(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    assert done.returncode == 0, done.stderr
    (line,) = done.stdout.splitlines()
    answer: dict[str, Any] = json.loads(line)
    return answer


def history(name: str = "lab") -> History:
    return open_history(places().history_file(name), reading=True)


def calls(name: str = "lab") -> list[CallRecord]:
    with closing(history(name)) as kept:
        return sorted(kept.calls(*EVER), key=lambda call: (call.entered_at, call.fact_id))


def begun(name: str = "lab") -> bool:
    """Return whether another process has kept calls; it may still be making the file."""
    if places().history_file(name).exists():
        with suppress(HistoryUnavailable):
            return bool(calls(name))
    return False


@pytest.mark.recorded
def test_that_rotated_and_packed_files_become_a_history_once(
    wallboard: Command, shared: Path, tmp_path: Path
) -> None:
    log = recorded_log(shared, 22, "busy")
    oldest, older, newest = cut(log, 300, 600)
    (tmp_path / "queue_log.1").write_bytes(older)
    (tmp_path / "queue_log-20261120.xz").write_bytes(lzma.compress(oldest))
    (tmp_path / "queue_log").write_bytes(newest)
    words = ("import", "queue-log", "queue_log*", "--profile", "lab", "--json")
    first = told(wallboard(*words))
    true = kept_calls(read([log]))
    assert [(call.fact_id, call.ending, call.wait, call.talk) for call in calls()] == [
        (call.fact_id, call.ending, call.wait, call.talk) for call in true
    ]
    assert (first["files"], first["bad"], first["improved"]) == (3, 0, 0)
    assert first["lines"] == log.count(b"\n")
    again = told(wallboard(*words))
    assert (again["new"], again["improved"]) == (0, 0)
    with closing(history()) as kept:
        (stretch,) = kept.stretches(*EVER)
    assert stretch.witness is Witness.IMPORT
    assert stretch.begin.isoformat() == first["from"]
    assert stretch.end.isoformat() == first["to"]


@pytest.mark.recorded
def test_that_pieces_imported_one_by_one_are_one_log(
    wallboard: Command, shared: Path, tmp_path: Path
) -> None:
    log = recorded_log(shared, 16, "traffic")
    for number, piece in enumerate(cut(log, 333, 666)):
        path = tmp_path / f"piece{number}.gz"
        path.write_bytes(gzip.compress(piece))
        assert told(wallboard("import", "queue-log", str(path), "--profile", "lab", "--json"))[
            "new"
        ]
    assert [(call.fact_id, call.caller_number) for call in calls()] == [
        (call.fact_id, call.caller_number) for call in kept_calls(read([log]))
    ]


@pytest.mark.recorded
def test_that_direct_calls_come_from_the_cdr_and_queue_calls_do_not(
    wallboard: Command, shared: Path
) -> None:
    folder = shared / "asterisk-lab" / "recordings" / "v22" / "traffic"
    told(
        wallboard("import", "queue-log", str(folder / "queue_log.xz"), "--profile", "lab", "--json")
    )
    words = ("import", "cdr", str(folder / "Master.csv.xz"), "--profile", "lab", "--json")
    answer = told(wallboard(*words, "--phones", r"1\d\d\d"))
    own = json.loads(lzma.decompress((folder / "truth.json.xz").read_bytes()))["own_calls"]
    assert answer["new"] == len(own)
    assert told(wallboard(*words, "--phones", r"1\d\d\d"))["new"] == 0
    with closing(history()) as kept:
        directs: list[DirectCall] = list(kept.directs(*EVER))
    assert [call.direction for call in directs] == [Direction.OUTGOING] * len(own)


def test_that_a_bad_line_is_told_with_its_number_and_the_rest_is_read(
    wallboard: Command, tmp_path: Path
) -> None:
    (tmp_path / "queue_log").write_bytes(
        b"1795000000|1795000000.1|q|NONE|ENTERQUEUE||0912|1\n\x1b[31mnonsense\n"
        b"1795000009|1795000000.1|q|NONE|ABANDON|1|1|9\n"
    )
    done = wallboard("import", "queue-log", "queue_log", "--profile", "a log")
    assert done.returncode == 0
    assert "queue_log, line 2 cannot be read" in done.stderr
    assert "\x1b" not in done.stderr
    assert done.stdout == "a log: 1 new, 0 improved, 0 known; 3 lines, 1 bad.\n"


def test_that_a_log_needs_no_system_and_the_connection_says_that_it_has_none(
    wallboard: Command, tmp_path: Path
) -> None:
    (tmp_path / "queue_log").write_bytes(b"1795000000|1795000000.1|q|NONE|ENTERQUEUE||0912|1\n")
    done = wallboard("import", "queue-log", "queue_log", "--profile", "شعبه")
    assert (done.returncode, "kept without" in done.stderr) == (0, True)
    done = wallboard("board", "شعبه", "--seconds", "1")
    assert (done.returncode, "has no connection" in done.stderr) == (2, True)
    assert wallboard("sources").returncode == 0
    info = json.loads(wallboard("history", "info", "--profile", "شعبه", "--json").stdout)
    assert info["rows"]["calls"] == 0
    assert wallboard("history", "check", "--profile", "شعبه").returncode == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("import", "queue-log", "nothing*", "--profile", "x"), "no file at nothing*"),
        (("import", "queue-log", "here", "--profile", "a/b"), "cannot be called"),
        (("import", "queue-log", "here"), "--profile"),
        (("import", "cdr", "here", "--profile", "x", "--phones", "("), "no regular expression"),
        (("import", "cdr", "here", "--profile", "x", "--context", "a=b"), "--context"),
        (("import", "queue-log", "here", "--profile", "x", "--agent", "a"), "--agent"),
        (("history", "info", "--profile", "nobody"), "No connection is called nobody"),
        (("history", "burn", "--profile", "nobody"), "burn"),
    ],
)
def test_that_what_cannot_be_used_is_said(
    wallboard: Command, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    (tmp_path / "here").write_bytes(b"")
    done = wallboard(*words)
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stdout == ""


def test_that_a_look_keeps_nothing(wallboard: Command, tmp_path: Path) -> None:
    written = made_log(tmp_path / "queue_log", 2_000)
    done = wallboard("import", "queue-log", "queue_log", "--profile", "x", "--look", "--json")
    rows = {row["queue"]: row for row in map(json.loads, done.stdout.splitlines())}
    assert {queue: row["entered"] for queue, row in rows.items()} == {
        queue: row[0] for queue, row in written.items()
    }
    assert not places().data.exists()


def test_that_a_name_in_the_log_can_be_told_to_mean_an_agent(
    wallboard: Command, tmp_path: Path
) -> None:
    (tmp_path / "queue_log").write_bytes(
        b"1795000000|1795000000.1|q|NONE|ENTERQUEUE||0912|1\n"
        b"1795000004|1795000000.1|q|Eve Evans|CONNECT|4|1795000001.2|3\n"
        b"1795000009|1795000000.1|q|Eve Evans|COMPLETEAGENT|4|5|1\n"
    )
    words = ("import", "queue-log", "queue_log", "--profile", "lab")
    assert wallboard(*words, "--agent", "Eve Evans=1005").returncode == 0
    assert [call.agent_id for call in calls()] == ["1005"]


def test_that_an_import_follows_what_is_written_until_it_is_interrupted(
    wallboard_home: Path, tmp_path: Path
) -> None:
    log = tmp_path / "queue_log"
    log.write_bytes(b"1795000000|1795000000.1|q|NONE|ENTERQUEUE||0912|1\n")
    words = ("import", "queue-log", str(log), "--profile", "lab", "--follow", "--json")
    program = StartedProgram(tmp_path, *words, WALLBOARD_HOME=str(wallboard_home))
    program.until(lambda: places().history_file("lab").exists(), "history")
    with log.open("ab") as more:
        more.write(b"1795000009|1795000000.1|q|NONE|ABANDON|1|1|9\n")
    program.until(lambda: b'"new": 1' in program.out.read_bytes(), "first call")
    log.rename(tmp_path / "queue_log.1")
    log.write_bytes(
        b"1795000010|1795000010.1|q|NONE|ENTERQUEUE||0913|1\n"
        b"1795000019|1795000010.1|q|NONE|ABANDON|1|1|9\n"
    )
    program.until(lambda: b'"new": 2' in program.out.read_bytes(), "call of the next file")
    assert program.ended_by(signal.SIGINT) == 0
    assert [call.caller_number for call in calls()] == ["0912", "0913"]


def test_that_an_interrupted_import_keeps_what_was_counted_and_goes_on(
    wallboard: Command, wallboard_home: Path, tmp_path: Path
) -> None:
    made_log(tmp_path / "queue_log", 60_000)
    words = ("import", "queue-log", str(tmp_path / "queue_log"), "--profile", "lab", "--json")
    program = StartedProgram(tmp_path, *words, WALLBOARD_HOME=str(wallboard_home))
    program.until(begun, "first calls")
    assert program.ended_by(signal.SIGINT) == 130
    stopped = json.loads(program.out.read_text(encoding="utf-8"))
    before = len(calls())
    with closing(history()) as kept:
        assert len(kept) == stopped["new"]
    after = told(wallboard(*words))
    whole = kept_calls(read([(tmp_path / "queue_log").read_bytes()]))
    assert 0 < before < len(whole)
    assert after["new"] > 0
    assert [call.fact_id for call in calls()] == [call.fact_id for call in whole]
