from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from support.sealing import BEGIN, DAY, Shelf, days_of_calls, record, shelf

from wallboard.domain.facts import CallRecord, Ending, FactId
from wallboard.domain.snapshot import QueueId
from wallboard.storage import ranges
from wallboard.storage.faults import HistoryUnavailable, StorageFault
from wallboard.storage.rows import CALLS
from wallboard.storage.sealed_day import day_of
from wallboard.storage.sealed_late import open_placeholders, tell

pytest.importorskip("duckdb", reason="days are sealed with DuckDB")

FIRST = day_of(BEGIN)
END = BEGIN + 3 * DAY
RECORDS = days_of_calls(60)
MOST_DEEDS = 26


def _calls(kept: Shelf) -> list[CallRecord]:
    return list(ranges.calls(kept, BEGIN, END))


def test_that_a_sealed_day_is_a_file_and_its_calls_are_what_they_were(tmp_path: Path) -> None:
    with shelf(tmp_path) as kept:
        kept.keep(RECORDS)
        sealed = kept.sealed.seal(FIRST)
        assert sealed is not None
        assert (sealed.rows, sealed.date) == (20, BEGIN.date())
        assert kept.hot() == 40
        assert {file.name for file in (tmp_path / "days").iterdir()} == set(sealed.files)
        assert len(sealed.files) == 2
        sizes = [file.stat().st_size for file in (tmp_path / "days").iterdir()]
        assert kept.sealed.size() == sum(sizes)
    with shelf(tmp_path) as kept:
        assert kept.sealed.days() == (sealed,)
        assert _calls(kept) == RECORDS
        assert kept.sealed.check() == ()


def test_that_a_file_says_instants_that_other_programs_understand(tmp_path: Path) -> None:
    with shelf(tmp_path) as kept:
        kept.keep(RECORDS)
        sealed = kept.sealed.seal(FIRST + 1)
        assert sealed is not None
        file = kept.sealed.path(sealed)
        said = kept.sealed.engine.rows(
            "SELECT typeof(entered_at), strftime(min(entered_at) AT TIME ZONE 'UTC', '%d %H:%M')"
            f" FROM read_parquet('{file}') GROUP BY 1"
        )
    assert said == [("TIMESTAMP WITH TIME ZONE", "21 00:00")]


def test_that_every_day_that_is_over_is_sealed_the_oldest_first(tmp_path: Path) -> None:
    with shelf(tmp_path) as kept:
        kept.keep(RECORDS)
        days = [sealed.day for sealed in kept.sealed.seal_before(BEGIN + 2.5 * DAY)]
        assert days == [FIRST, FIRST + 1]
        assert list(kept.sealed.seal_before(BEGIN + 2.5 * DAY)) == []
        assert kept.sealed.seal(FIRST) is None
        assert kept.sealed.seal(FIRST + 99) is None
        assert _calls(kept) == RECORDS


def test_that_a_reopened_day_is_rows_again_as_they_were(tmp_path: Path) -> None:
    with shelf(tmp_path) as kept:
        before = kept.keep(RECORDS)
        kept.sealed.seal(FIRST)
        assert kept.sealed.reopen(FIRST) == 20
        assert kept.sealed.reopen(FIRST) == 0
        assert kept.sealed.days() == ()
        assert kept.sealed.tidy() == 2
        assert kept.rows(FIRST) == before[:20]
        late = record(99, BEGIN + timedelta(seconds=1))
        kept.keep([late])
        kept.sealed.seal(FIRST)
        assert _calls(kept) == sorted([*RECORDS, late], key=lambda each: each.entered_at)


def test_that_only_days_that_learn_of_a_call_are_reopened(tmp_path: Path) -> None:
    with shelf(tmp_path) as kept:
        kept.keep(RECORDS)
        assert tell(kept.sealed, RECORDS).news == RECORDS
        for day in range(3):
            kept.sealed.seal(FIRST + day)
        midnight = record(99, BEGIN + DAY - timedelta(seconds=1))
        with kept.database.transaction():
            told = tell(kept.sealed, [RECORDS[50], midnight, RECORDS[0]])
        assert (told.news, told.reopened) == ([midnight], 20)
        assert [sealed.day for sealed in kept.sealed.days()] == [FIRST + 1, FIRST + 2]
        earlier = replace(RECORDS[20], entered_at=midnight.entered_at, wrap_up=timedelta(minutes=1))
        told = tell(kept.sealed, [earlier])
        assert (told.news, told.reopened) == ([earlier], 20)
        assert [sealed.day for sealed in kept.sealed.days()] == [FIRST + 2]
        assert _calls(kept) == RECORDS


def test_that_a_day_stays_sealed_that_learns_nothing(tmp_path: Path) -> None:
    with shelf(tmp_path) as kept:
        kept.keep(RECORDS)
        kept.sealed.seal(FIRST)
        first = RECORDS[0]
        by_another = replace(
            first,
            fact_id=FactId("as another tells it"),
            entered_at=first.entered_at + timedelta(seconds=1),
            talk=None,
        )
        told = tell(kept.sealed, [by_another, *RECORDS[:20]])
        assert (told.news, told.reopened) == ([], 0)
        assert kept.hot() == 40


@pytest.mark.parametrize(
    "change",
    [
        {"wrap_up": timedelta(seconds=9)},
        {"missed_rings": 2},
        {"fact_id": FactId("another visit"), "contact": "another"},
        {"fact_id": FactId("later"), "entered_at": BEGIN + timedelta(seconds=3)},
        {"fact_id": FactId("nobody knows of whom"), "contact": None},
    ],
)
def test_that_a_day_is_reopened_for_what_it_did_not_know(
    tmp_path: Path, change: dict[str, Any]
) -> None:
    with shelf(tmp_path) as kept:
        kept.keep(RECORDS)
        kept.sealed.seal(FIRST)
        told = replace(RECORDS[0], **change)
        assert tell(kept.sealed, [told, *RECORDS]).news == [told, *RECORDS[20:]]
        assert kept.hot() == 60


def test_that_a_damaged_day_is_told_anew(tmp_path: Path) -> None:
    with shelf(tmp_path) as kept:
        kept.keep(RECORDS)
        sealed = kept.sealed.seal(FIRST)
        assert sealed is not None
        kept.sealed.path(sealed).write_bytes(b"no parquet")
    with shelf(tmp_path) as kept:
        with kept.database.transaction():
            told = tell(kept.sealed, RECORDS[:20])
            assert (told.news, told.lost) == (RECORDS[:20], (sealed,))
            kept.database.run_many("insert calls", CALLS.packed(told.news))
        kept.sealed.tidy()
        assert kept.sealed.seal(FIRST) == sealed
        assert _calls(kept) == RECORDS
        assert (tmp_path / "days" / f"{sealed.file}.damaged").read_bytes() == b"no parquet"


def test_that_a_day_that_cannot_be_read_just_now_is_not_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def out_of_memory(*_asked: object) -> list[Any]:
        raise HistoryUnavailable(StorageFault.NOT_REACHABLE, "Out of Memory")

    with shelf(tmp_path) as kept:
        kept.keep(RECORDS)
        sealed = kept.sealed.seal(FIRST)
        monkeypatch.setattr(kept.sealed.engine, "rows", out_of_memory)
        with pytest.raises(HistoryUnavailable), kept.database.transaction():
            tell(kept.sealed, RECORDS)
        with pytest.raises(HistoryUnavailable):
            list(kept.sealed.pages(0, 1 << 60, {}))
        assert kept.sealed.days() == (sealed,)


def test_that_damaged_sums_are_summed_from_the_calls(tmp_path: Path) -> None:
    with shelf(tmp_path) as kept:
        kept.keep(RECORDS)
        for day in range(3):
            kept.sealed.seal(FIRST + day)
        whole = ranges.agent_totals(kept, BEGIN, END)
        sums = [tmp_path / "days" / (sealed.agents or "") for sealed in kept.sealed.days()]
        assert len({file.name for file in sums}) == 3
    sums[0].write_bytes(sums[0].read_bytes()[:-9])
    sums[1].unlink()
    with shelf(tmp_path) as kept:
        assert ranges.agent_totals(kept, BEGIN, END) == whole
        assert len(kept.sealed.check()) == 2


def test_that_sums_by_agent_are_read_instead_of_calls(tmp_path: Path) -> None:
    with shelf(tmp_path) as kept:
        kept.keep(RECORDS)
        for day in range(3):
            kept.sealed.seal(FIRST + day)
        whole = sorted(ranges.agent_sums(kept, BEGIN, END))
        for sealed in kept.sealed.days():
            kept.sealed.path(sealed).unlink()
        assert sorted(ranges.agent_sums(kept, BEGIN, END)) == whole


def test_that_only_counted_calls_that_are_now_known_reopen_a_day(tmp_path: Path) -> None:
    counted = record(
        99,
        BEGIN + timedelta(hours=1),
        ending=Ending.UNKNOWN,
        wait=None,
        talk=None,
        agent_id=None,
        contact=None,
    )
    with shelf(tmp_path) as kept:
        kept.keep([*RECORDS, counted])
        for day in range(3):
            kept.sealed.seal(FIRST + day)
        hour = timedelta(hours=1)
        assert open_placeholders(kept.sealed, BEGIN, BEGIN + hour, [counted.queue_id]) == 0
        assert open_placeholders(kept.sealed, BEGIN, END, [QueueId("another")]) == 0
        assert open_placeholders(kept.sealed, BEGIN, END, [counted.queue_id]) == 21


def test_that_a_reopening_that_is_undone_leaves_the_day_sealed(tmp_path: Path) -> None:
    with shelf(tmp_path) as kept:
        kept.keep(RECORDS)
        kept.sealed.seal(FIRST)

        def undone() -> None:
            with kept.database.transaction():
                kept.sealed.reopen(FIRST)
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            undone()
        assert kept.hot() == 40
        assert kept.sealed.tidy() == 0
        assert _calls(kept) == RECORDS


@pytest.mark.parametrize(
    "harm",
    [
        lambda file: file.write_bytes(b""),
        lambda file: file.write_bytes(file.read_bytes()[:-1]),
        lambda file: file.write_bytes(file.read_bytes()[:99] + b"!" + file.read_bytes()[100:]),
    ],
    ids=["emptied", "cut", "one byte"],
)
def test_that_a_damaged_file_is_found_before_it_is_read(
    tmp_path: Path, harm: Callable[[Path], object]
) -> None:
    with shelf(tmp_path) as kept:
        kept.keep(RECORDS)
        sealed = kept.sealed.seal(FIRST)
        assert sealed is not None
        harm(kept.sealed.path(sealed))
        assert [sealed.file in said for said in kept.sealed.check()] == [True]
    with shelf(tmp_path) as kept:
        with pytest.raises(HistoryUnavailable) as raised:
            ranges.queue_totals(kept, BEGIN, END)
        assert raised.value.kind is StorageFault.CORRUPT
        with pytest.raises(HistoryUnavailable):
            _calls(kept)
        # What lies beside it still is counted.
        assert ranges.queue_totals(kept, BEGIN + DAY, END)


def test_that_a_file_that_is_gone_is_said_to_be(tmp_path: Path) -> None:
    with shelf(tmp_path) as kept:
        kept.keep(RECORDS)
        sealed = kept.sealed.seal(FIRST)
        assert sealed is not None
        kept.sealed.path(sealed).unlink()
        assert len(kept.sealed.check()) == 1
    with shelf(tmp_path) as kept, pytest.raises(HistoryUnavailable) as raised:
        ranges.agent_totals(kept, BEGIN, END)
    assert raised.value.kind is StorageFault.NOT_REACHABLE


def test_that_a_damaged_row_is_not_sealed_and_the_other_days_are(tmp_path: Path) -> None:
    with shelf(tmp_path) as kept:
        kept.keep(RECORDS)
        kept.database.run_text("UPDATE calls SET wait = wait + 1 WHERE seq = 3")
        assert [sealed.day for sealed in kept.sealed.seal_before(END)] == [FIRST + 1, FIRST + 2]
        with pytest.raises(HistoryUnavailable):
            kept.sealed.seal(FIRST)
        assert kept.hot() == 20


def test_that_a_damaged_note_of_a_sealed_day_is_no_silent_loss(tmp_path: Path) -> None:
    with shelf(tmp_path) as kept:
        kept.keep(RECORDS)
        kept.sealed.seal(FIRST)
        kept.database.run_text("UPDATE notes SET said = replace(said, '20', '21')")
        with pytest.raises(HistoryUnavailable):
            ranges.queue_totals(kept, BEGIN, END)
        assert len(kept.sealed.check()) == 1


def test_that_files_of_a_lost_database_are_taken_up_again(tmp_path: Path) -> None:
    with shelf(tmp_path) as kept:
        kept.keep(RECORDS)
        days = tuple(kept.sealed.seal_before(END))
    for file in tmp_path.glob("history.db*"):
        file.unlink()
    damaged = tmp_path / "days" / days[2].file
    damaged.write_bytes(damaged.read_bytes() + b"!")
    with shelf(tmp_path) as kept:
        assert kept.sealed.adopt() == days[:2]
        assert kept.sealed.adopt() == ()
        assert _calls(kept) == RECORDS[:40]


def test_that_a_dropped_day_is_gone_for_ever(tmp_path: Path) -> None:
    with shelf(tmp_path) as kept:
        kept.keep(RECORDS)
        kept.sealed.seal(FIRST)
        assert kept.sealed.drop(FIRST) == 20
        assert kept.sealed.drop(FIRST) == 0
        assert list((tmp_path / "days").iterdir()) == []
        assert _calls(kept) == RECORDS[20:]


def test_that_a_folder_that_takes_no_file_leaves_the_day_as_rows(tmp_path: Path) -> None:
    (tmp_path / "days").write_text("in the way")
    with shelf(tmp_path) as kept:
        kept.keep(RECORDS)
        with pytest.raises(HistoryUnavailable):
            kept.sealed.seal(FIRST)
        assert kept.hot() == 60
        assert _calls(kept) == RECORDS


def test_that_without_duckdb_days_stay_rows_and_all_is_summed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with shelf(tmp_path) as kept:
        kept.keep(RECORDS)
        monkeypatch.setitem(sys.modules, "duckdb", None)
        assert kept.sealed.seal(FIRST) is None
        assert list(kept.sealed.seal_before(END)) == []
        assert kept.hot() == 60
        assert sum(each.offered for each in ranges.queue_totals(kept, BEGIN, END).values()) == 60


def test_that_sealed_days_without_duckdb_are_said_to_need_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with shelf(tmp_path) as kept:
        kept.keep(RECORDS)
        kept.sealed.seal(FIRST)
        kept.sealed.close()
        monkeypatch.setitem(sys.modules, "duckdb", None)
        with pytest.raises(HistoryUnavailable) as raised:
            _calls(kept)
        assert raised.value.kind is StorageFault.NOT_REACHABLE
        assert "wallboard[history]" in raised.value.reason


def test_that_rows_alone_load_no_duckdb(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from support.sealing import *\n"
        "from wallboard.storage import ranges\n"
        "with shelf(Path(sys.argv[1])) as kept:\n"
        "    kept.keep(days_of_calls(9))\n"
        "    assert ranges.queue_totals(kept, BEGIN, BEGIN + 3 * DAY)\n"
        "    assert kept.sealed.tidy() == 0\n"
        "assert 'duckdb' not in sys.modules\n"
    )
    command = [sys.executable, "-c", script, str(tmp_path)]
    subprocess.run(command, check=True, cwd=Path(__file__).parents[1], timeout=50)


# A process that is killed at the n-th thing it does to the disk or the database. It forks, so
# that only the first attempt pays for the imports.
_KILLED = """
import os, signal, sys
from pathlib import Path
import duckdb
from support.sealing import BEGIN, shelf
from wallboard.storage.sealed_day import day_of
from wallboard.storage.sealed_late import open_placeholders, tell

DEEDS = {"fsync", "replace", "unlink", "write", "run_text", "run_many"}
what, folders = sys.argv[1], [Path(each) for each in sys.argv[2:]]


def attempt(folder, point):
    done = 0

    def hook(frame, event, argument):
        nonlocal done
        name = getattr(argument, "__name__", "") if event == "c_call" else frame.f_code.co_name
        if event in {"call", "c_call"} and name in DEEDS:
            done += 1
            if done == point:
                os.kill(os.getpid(), signal.SIGKILL)

    with shelf(folder) as kept:
        sys.setprofile(hook)
        if what == "seal":
            kept.sealed.seal(day_of(BEGIN))
        else:
            kept.sealed.reopen(day_of(BEGIN))
            kept.sealed.tidy()
        sys.setprofile(None)
    (folder / "deeds").write_text(str(done))


def in_child(folder, point):
    child = os.fork()
    if not child:
        attempt(folder, point)
        os._exit(0)
    return os.waitpid(child, 0)[1]


assert in_child(folders[0], 0) == 0
deeds = int((folders[0] / "deeds").read_text())
assert deeds < len(folders)
for point, folder in enumerate(folders[1:], 1):
    assert in_child(folder, point) == (signal.SIGKILL if point <= deeds else 0)
"""


@pytest.mark.timeout(300)
@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills are tried where processes fork")
@pytest.mark.parametrize("what", ["seal", "reopen"])
def test_that_a_kill_at_any_point_leaves_every_call_counted_once(tmp_path: Path, what: str) -> None:
    start = tmp_path / "start"
    start.mkdir()
    with shelf(start) as kept:
        kept.keep(RECORDS)
        kept.sealed.seal(FIRST + 1)
        if what == "reopen":
            kept.sealed.seal(FIRST)
    folders = [tmp_path / f"{number}" for number in range(1 + MOST_DEEDS)]
    for folder in folders:
        shutil.copytree(start, folder)
    command = [sys.executable, "-c", _KILLED, what, *map(str, folders)]
    subprocess.run(command, check=True, cwd=Path(__file__).parents[1], timeout=250)
    states = set()
    for folder in folders:
        with shelf(folder) as kept:
            states.add(kept.hot())
            assert _calls(kept) == RECORDS
            totals = ranges.queue_totals(kept, BEGIN, END)
            assert sum(each.offered for each in totals.values()) == 60
            kept.sealed.tidy()
            named = {name for sealed in kept.sealed.days() for name in sealed.files}
            assert {file.name for file in (folder / "days").iterdir()} == named
            kept.sealed.seal(FIRST)
            assert kept.sealed.check() == ()
            assert [CALLS.unpacked(row) for row in kept.rows(FIRST)] == RECORDS[:20]
    assert states == {20, 40}
