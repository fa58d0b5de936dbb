from __future__ import annotations

import os
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from support.campaign import size_of_campaign
from support.clocks import HandClock
from support.kept_facts import calls

from wallboard.storage.faults import HistoryUnavailable, StorageFault
from wallboard.storage.history import History, open_history
from wallboard.storage.noted import SCHEMA_NOTE, note
from wallboard.storage.postgres import lock_of
from wallboard.storage.reports import Kept
from wallboard.storage.sql_database import SqlDatabase

EVER = (datetime(1900, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC))
AS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
CLOCK = HandClock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "new" / "site" / "history.db"


@contextmanager
def mounted(place: Path, options: str) -> Iterator[None]:
    place.mkdir(exist_ok=True)
    ran = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "tmpfs", place], check=False, capture_output=True
    )
    if ran.returncode != 0:
        pytest.skip(f"nothing can be mounted here: {ran.stderr.decode().strip()}")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", place], check=True)


def what_is_wrong(path: Path | str, **how: object) -> HistoryUnavailable:
    with pytest.raises(HistoryUnavailable) as caught:
        open_history(path, clock=CLOCK, **how)  # type: ignore[arg-type]
    return caught.value


def test_that_a_new_history_is_readable_by_its_owner_alone(path: Path) -> None:
    history = open_history(path, clock=CLOCK)
    history.keep(calls(1))
    modes = {one.name: stat.S_IMODE(one.stat().st_mode) for one in path.parent.iterdir()}
    assert set(modes) >= {"history.db", "history.db-wal", "history.db.lock"}
    assert set(modes.values()) == {0o600}
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(path.parent.parent.stat().st_mode) == 0o700
    history.close()


def test_that_a_commit_waits_for_the_disk(path: Path) -> None:
    history = open_history(path, clock=CLOCK)
    assert history.info().journal == "wal, synchronous=2"
    history.close()


def test_that_a_second_instance_is_told_and_the_first_goes_on(path: Path) -> None:
    first = open_history(path, clock=CLOCK)
    assert what_is_wrong(path).kind is StorageFault.TWO_INSTANCES
    assert first.keep(calls(3)) == Kept(new=3)
    first.close()
    second = open_history(path, clock=CLOCK)
    assert len(second) == 3
    second.close()


def test_that_who_only_reads_may_do_so_beside_who_writes(path: Path) -> None:
    assert what_is_wrong(path, reading=True).kind is StorageFault.NOT_REACHABLE
    writer = open_history(path, clock=CLOCK)
    writer.keep(calls(3))
    reader = open_history(path, reading=True)
    assert len(reader) == 3
    writer.keep(calls(5))
    assert list(reader.calls(*EVER)) == calls(5)
    with pytest.raises(HistoryUnavailable) as caught:
        reader.keep(calls(9))
    assert caught.value.kind is StorageFault.READ_ONLY
    reader.close()
    writer.close()


_HOLD = """
import sys
from pathlib import Path
from wallboard.storage.history import open_history
history = open_history(Path(sys.argv[1]))
print("open", flush=True)
sys.stdin.read()
"""


def test_that_the_lock_ends_with_a_process_that_is_killed(path: Path) -> None:
    for _ in range(3):
        other = subprocess.Popen(
            [sys.executable, "-c", _HOLD, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        assert other.stdout is not None
        assert other.stdin is not None
        assert other.stdout.readline() == b"open\n"
        assert what_is_wrong(path).kind is StorageFault.TWO_INSTANCES
        other.kill()
        other.wait()
        open_history(path, clock=CLOCK).close()
        other.stdout.close()
        other.stdin.close()


# As long as a backup of a large file may hold it; that long only where there is time.
LONGEST_HELD_S = size_of_campaign(2, 15)


@pytest.mark.parametrize("held_s", [0.0, 0.3, LONGEST_HELD_S])
@pytest.mark.parametrize("how", ["IMMEDIATE", "EXCLUSIVE"])
def test_that_it_waits_for_a_program_that_holds_the_file_and_goes_on(
    path: Path, how: str, held_s: float
) -> None:
    history = open_history(path, clock=CLOCK)
    history.keep(calls(1))
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute(f"BEGIN {how}")
    release = threading.Timer(held_s, lambda: other.execute("ROLLBACK"))
    release.start()
    begun = time.monotonic()
    assert history.keep(calls(2)) == Kept(new=1, known=1)
    assert held_s - 0.5 < time.monotonic() - begun < held_s + 5
    assert list(history.calls(*EVER)) == calls(2)
    release.join()
    other.close()
    history.close()


def test_that_it_says_locked_when_it_has_waited_long_enough_and_loses_nothing(path: Path) -> None:
    history = open_history(path, clock=CLOCK, patience_s=0.2)
    history.keep(calls(1))
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(HistoryUnavailable) as caught:
        history.keep(calls(2))
    assert caught.value.kind is StorageFault.LOCKED
    assert list(history.calls(*EVER)) == calls(1)
    other.execute("ROLLBACK")
    other.close()
    assert history.keep(calls(2)) == Kept(new=1, known=1)
    history.close()


def filled(history: History) -> int:
    """Keep facts until there is no room; return how many were acknowledged."""
    kept = 0

    def fill() -> None:
        nonlocal kept
        while kept < 100_000:
            history.keep(calls(50, first=kept))
            kept += 50

    with pytest.raises(HistoryUnavailable) as caught:
        fill()
    assert caught.value.kind is StorageFault.DISK_FULL
    return kept


def test_that_a_full_disk_loses_nothing_and_room_lets_it_go_on(tmp_path: Path) -> None:
    if not AS_ROOT:
        pytest.skip("mounting a small disk needs root")
    disk = tmp_path / "disk"
    with mounted(disk, "size=4m"):
        ballast = disk / "ballast"
        ballast.write_bytes(bytes(1 << 20))
        history = open_history(disk / "history.db", clock=CLOCK)
        kept = filled(history)
        assert kept > 1000
        assert list(history.calls(*EVER)) == calls(kept)
        ballast.unlink()
        assert history.keep(calls(50, first=kept)).new == 50
        history.close()
        again = open_history(disk / "history.db", clock=CLOCK)
        assert list(again.calls(*EVER)) == calls(kept + 50)
        assert again.check().sound
        again.close()


def test_that_a_file_at_its_limit_loses_nothing_and_room_lets_it_go_on(path: Path) -> None:
    history = open_history(path, clock=CLOCK)
    history._database.rows_text("PRAGMA max_page_count=120")
    kept = filled(history)
    assert list(history.calls(*EVER)) == calls(kept)
    history._database.rows_text("PRAGMA max_page_count=100000")
    assert history.keep(calls(50, first=kept)).new == 50
    assert list(history.calls(*EVER)) == calls(kept + 50)
    history.close()


def test_that_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    if not AS_ROOT:
        folder = tmp_path / "folder"
        folder.mkdir(mode=0o500)
        assert what_is_wrong(folder / "history.db").kind is StorageFault.READ_ONLY
        return
    disk = tmp_path / "disk"
    with mounted(disk, "size=4m"):
        history = open_history(disk / "history.db", clock=CLOCK)
        history.keep(calls(3))
        history.close()
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        assert what_is_wrong(disk / "history.db").kind is StorageFault.READ_ONLY
        assert what_is_wrong(disk / "another.db").kind is StorageFault.READ_ONLY


def test_that_a_file_in_the_place_of_a_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert what_is_wrong(tmp_path / "file" / "history.db").kind is StorageFault.READ_ONLY


def test_that_a_newer_layout_is_refused_and_left_alone(path: Path) -> None:
    history = open_history(path, clock=CLOCK)
    history.keep(calls(3))
    with history.together():
        history._database.run_text("PRAGMA user_version=7")
        note(history._database, SCHEMA_NOTE, "7")
    history.close()
    before = path.read_bytes()
    fault = what_is_wrong(path)
    assert fault.kind is StorageFault.NEWER
    assert "layout 7" in fault.reason
    assert path.read_bytes() == before
    assert [one.name for one in path.parent.glob("*.corrupt.*")] == []


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("postgresql://127.0.0.1:1/x", StorageFault.NOT_REACHABLE),
        ("postgresql://u:s3cret@127.0.0.1:1/x", StorageFault.NOT_REACHABLE),
        ("mysql://127.0.0.1/x", StorageFault.NOT_REACHABLE),
        ("no url", StorageFault.NOT_REACHABLE),
    ],
)
def test_that_a_server_that_is_not_there_is_told_without_its_password(
    url: str, kind: StorageFault
) -> None:
    pytest.importorskip("psycopg")
    fault = what_is_wrong(url)
    assert fault.kind is kind
    assert "s3cret" not in str(fault)


def test_that_a_second_writer_on_a_server_is_told_and_a_reader_may_read(postgres: str) -> None:
    writer = open_history(postgres, schema="two instances")
    writer.keep(calls(3))
    assert what_is_wrong(postgres, schema="two instances").kind is StorageFault.TWO_INSTANCES
    other = open_history(postgres, schema="another connection")
    assert len(other) == 0
    reader = open_history(postgres, schema="two instances", reading=True)
    assert list(reader.calls(*EVER)) == calls(3)
    with pytest.raises(HistoryUnavailable) as caught:
        reader.keep(calls(5))
    assert caught.value.kind is StorageFault.READ_ONLY
    for history in (writer, other, reader):
        history.close()


def test_that_a_lost_server_is_told_and_nothing_acknowledged_is_lost(postgres: str) -> None:
    history = open_history(postgres, schema="cut off")
    history.keep(calls(3))
    other = open_history(postgres, schema="who cuts")
    other._database.rows_text(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
        " AND backend_type = 'client backend'"
    )
    with pytest.raises(HistoryUnavailable) as caught:
        history.keep(calls(5))
    assert caught.value.kind is StorageFault.NOT_REACHABLE
    history.close()
    other.close()
    again = open_history(postgres, schema="cut off")
    assert list(again.calls(*EVER)) == calls(3)
    again.close()


def locks(looker: History, schema: str) -> int:
    """Return how many hold the lock of a schema."""
    space, number = lock_of(schema)
    ((count,),) = looker._database.rows_text(
        "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted"
        " AND classid = %s AND objid = %s::bigint & 4294967295",
        (space, number),
    )
    return int(count)


def test_that_a_writer_has_let_go_before_its_connection_ends(
    postgres: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    looker = open_history(postgres, schema="who looks")
    writer = open_history(postgres, schema="who leaves")
    writer.keep(calls(2))
    left_open = writer._database
    assert locks(looker, "who leaves") == 1
    with monkeypatch.context() as patched:
        # As long as the server takes to notice that.
        patched.setattr(SqlDatabase, "close_connection", lambda _: None)
        writer.close()
        assert locks(looker, "who leaves") == 0
        again = open_history(postgres, schema="who leaves")
    assert list(again.calls(*EVER)) == calls(2)
    left_open.close_connection()
    for history in (again, looker):
        history.close()


def test_that_nobody_waits_long_to_leave_a_server_that_hangs(postgres: str) -> None:
    writer = open_history(postgres, schema="who hangs")
    ((number,),) = writer._database.rows_text("SELECT pg_backend_pid()")
    os.kill(int(number), signal.SIGSTOP)
    try:
        began = time.monotonic()
        writer.close()
        assert time.monotonic() - began < 5
    finally:
        os.kill(int(number), signal.SIGCONT)


@pytest.mark.parametrize("name", ["صف پشتیبانی", 'a"b; drop', "x" * 90, "پ" * 60, "pg_own", ""])
def test_that_any_connection_has_a_schema_of_its_own(postgres: str, name: str) -> None:
    history = open_history(postgres, schema=name)
    history.keep(calls(2))
    history.close()
    again = open_history(postgres, schema=name)
    assert len(again) == 2
    again.close()
    other = open_history(postgres, schema=f"{name}!")
    assert len(other) == 0
    other.close()
