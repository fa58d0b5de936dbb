from __future__ import annotations

import os
import random
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from support.campaign import size_of_campaign
from support.clocks import HandClock
from support.kept_facts import MORNING, calls, directs, spells

from wallboard.domain.coverage import MinuteSample, Stretch
from wallboard.domain.facts import Fact
from wallboard.storage.faults import HistoryUnavailable, StorageFault
from wallboard.storage.history import History, open_history

EVER = (datetime(1900, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC))
TOLD: list[Fact] = [*calls(400), *spells(120), *directs(60)]
WATCHED = Stretch(begin=MORNING, end=MORNING + timedelta(hours=8))
LONG_NAME = "x" * 9000


def made(path: Path) -> None:
    """Make a history whose log holds a good part of it, as after a kill."""
    living = path.with_name("living.db")
    history = open_history(living, clock=HandClock())
    history.keep(TOLD[:300], watched=WATCHED, samples=[MinuteSample(minute=5, readings={"a": 1.0})])
    history.database.rows_text("PRAGMA wal_checkpoint(TRUNCATE)")
    for at in range(300, len(TOLD), 40):
        history.keep(TOLD[at : at + 40])
    # Copied while it is open: what a killed process leaves behind.
    shutil.copy(living, path)
    shutil.copy(f"{living}-wal", f"{path}-wal")
    history.close()


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("whole") / "history.db"
    made(path)
    return path


@pytest.fixture
def path(whole: Path, tmp_path: Path) -> Path:
    return copied(whole, tmp_path)


def copied(whole: Path, to: Path) -> Path:
    shutil.copy(whole, to / "history.db")
    shutil.copy(f"{whole}-wal", to / "history.db-wal")
    return to / "history.db"


def salvaged(path: Path) -> History:
    history = open_history(path, clock=HandClock())
    while history.salvage():
        pass
    return history


def aside(path: Path) -> list[Path]:
    return [one for one in path.parent.glob("history.db.corrupt.*Z") if one.is_file()]


def test_that_what_a_killed_process_leaves_behind_is_whole(path: Path) -> None:
    history = salvaged(path)
    assert set(history) == set(TOLD)
    assert history.recovery is None
    assert aside(path) == []
    history.close()


def no_database(path: Path) -> None:
    path.write_bytes(os.urandom(50_000))


def no_header(path: Path) -> None:
    with path.open("r+b") as file:
        file.write(bytes(100))


def no_first_page(path: Path) -> None:
    with path.open("r+b") as file:
        file.write(b"\xff" * 4096)


def another_version(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(60)
        file.write((77).to_bytes(4, "big"))


def part_of_it(path: Path) -> None:
    os.truncate(path, path.stat().st_size * 3 // 4 + 77)


@pytest.mark.parametrize("harm", [no_header, no_first_page, another_version])
def test_that_rows_are_salvaged_whole_from_a_file_that_sqlite_does_not_know(
    path: Path, harm: Callable[[Path], None]
) -> None:
    Path(f"{path}-wal").unlink()
    history = open_history(path, clock=HandClock())
    there = set(history)
    history.close()
    assert len(there) == 300
    harm(path)
    history = salvaged(path)
    assert set(history) == there
    recovery = history.recovery
    assert recovery is not None
    assert recovery.done
    assert (recovery.damaged, recovery.lost) == (0, 0)
    assert recovery.salvaged >= 302
    assert [str(one) for one in aside(path)] == [recovery.moved_to]
    assert history.stretches(*EVER) == (WATCHED,)
    assert list(history.samples(0, 9)) == [MinuteSample(minute=5, readings={"a": 1.0})]
    assert history.keep(TOLD).new == len(TOLD) - 300
    history.close()
    again = open_history(path, clock=HandClock())
    assert again.recovery is None
    assert set(again) == set(TOLD)
    again.close()


def test_that_a_file_that_is_something_else_is_put_aside_and_a_new_one_begun(path: Path) -> None:
    Path(f"{path}-wal").unlink()
    no_database(path)
    before = path.read_bytes()
    history = salvaged(path)
    assert len(history) == 0
    (moved,) = aside(path)
    assert moved.read_bytes() == before
    assert moved.name == "history.db.corrupt.20261122T120000Z"
    history.close()


def test_that_part_of_a_file_gives_part_of_the_rows_and_says_that_pages_are_missing(
    path: Path,
) -> None:
    Path(f"{path}-wal").unlink()
    part_of_it(path)
    history = salvaged(path)
    found = set(history)
    assert found < set(TOLD)
    recovery = history.recovery
    assert recovery is not None
    assert recovery.pages_lost > 0
    assert len(found) > 20
    history.close()


def test_that_commits_behind_a_damaged_place_in_the_log_are_not_lost(path: Path) -> None:
    wal = Path(f"{path}-wal")
    raw = bytearray(wal.read_bytes())
    # In the middle of a page somewhere in the first third: SQLite would drop the rest in silence.
    raw[len(raw) // 3] ^= 0x10
    wal.write_bytes(raw)
    history = salvaged(path)
    recovery = history.recovery
    assert recovery is not None
    assert "log is damaged" in recovery.reason
    assert len(set(TOLD) - set(history)) <= 1
    assert len(set(history) - set(TOLD)) == 0
    history.close()


def test_that_a_log_that_ends_early_is_no_damage(path: Path) -> None:
    wal = Path(f"{path}-wal")
    with wal.open("ab") as file:
        file.write(bytes(3000))
    history = salvaged(path)
    assert history.recovery is None
    assert set(history) == set(TOLD)
    history.close()


def test_that_a_damaged_row_is_left_out_counted_and_told(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    history = open_history(path, clock=HandClock())
    history.keep(calls(50))
    history.database.run_text("UPDATE calls SET talk = talk + 1 WHERE seq = 7")
    history.database.run_text("UPDATE calls SET caller_number = 'x' WHERE seq = 9")
    left = [one for number, one in enumerate(calls(50), start=1) if number not in (6, 7, 9)]
    assert [one for one in history.calls(*EVER) if one != calls(6)[5]] == left
    assert history.damaged >= 1
    report = history.check()
    assert not report.sound
    assert report.damaged["calls"] == history.damaged
    # Told again, it is whole again.
    assert history.keep(calls(50)).improved == history.damaged
    assert history.check().sound
    history.close()


def test_that_a_second_damage_within_a_day_is_told_and_nothing_is_put_aside_in_a_circle(
    path: Path,
) -> None:
    clock = HandClock()
    Path(f"{path}-wal").unlink()
    no_header(path)
    open_history(path, clock=clock).close()
    no_database(path)
    clock.pass_by(3600)
    for _ in range(2):
        with pytest.raises(HistoryUnavailable) as caught:
            open_history(path, clock=clock)
        assert caught.value.kind is StorageFault.CORRUPT
    assert len(aside(path)) == 1
    clock.pass_by(24 * 3600)
    open_history(path, clock=clock).close()
    assert len(aside(path)) == 2


def test_that_a_salvage_that_was_broken_off_begins_again_and_counts_nothing_twice(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wallboard.storage.salvage.PAGES", 3)
    Path(f"{path}-wal").unlink()
    no_header(path)
    first = open_history(path, clock=HandClock())
    for _ in range(4):
        assert first.salvage()
    first.keep(calls(3, first=5000))
    first.close()
    second = salvaged(path)
    assert set(second) == {*TOLD[:300], *calls(3, first=5000)}
    second.close()


def test_that_a_row_longer_than_a_page_is_salvaged(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    told = [replace(one, caller_number=LONG_NAME) for one in calls(20)]
    history = open_history(path, clock=HandClock())
    history.keep(told)
    history.close()
    no_header(path)
    again = salvaged(path)
    assert list(again.calls(*EVER)) == told
    again.close()


def harmed(path: Path, chance: random.Random) -> str:
    """Flip bytes in, or cut, the file or its log."""
    which = path if chance.random() < 0.5 else Path(f"{path}-wal")
    size = which.stat().st_size
    if chance.random() < 0.15:
        length = chance.randrange(size)
        os.truncate(which, length)
        return f"{which.name} cut at {length}"
    flips = chance.choice([1, 1, 1, 4, 16, 64])
    with which.open("r+b") as file:
        for _ in range(flips):
            at = chance.randrange(size)
            file.seek(at)
            (byte,) = file.read(1)
            file.seek(at)
            file.write(bytes([byte ^ chance.randrange(1, 256)]))
    return f"{which.name} {flips} bytes"


@dataclass(frozen=True, slots=True)
class Trial:
    """What became of one damaged file."""

    missing: int = 0
    wrong: int = 0
    told: bool = True
    put_aside: bool = False


def tried(path: Path) -> Trial:
    """Open a damaged file as the program does, and read everything."""
    history = salvaged(path)
    try:
        found = set(history)
        report = history.check()
    except HistoryUnavailable as error:
        # Damage that only reading meets is told.
        history.close()
        if error.kind is not StorageFault.CORRUPT:
            raise
        return Trial(missing=0, told=True)
    recovery = history.recovery
    history.close()
    counted = 0
    if recovery is not None:
        counted = recovery.damaged + recovery.lost + recovery.pages_lost
    return Trial(
        missing=len(set(TOLD) - found),
        wrong=len(found - set(TOLD)),
        told=not report.sound or counted > 0,
        put_aside=recovery is not None,
    )


@pytest.mark.timeout(7200)
def test_that_no_damage_makes_it_crash_or_tell_something_wrong(
    whole: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    trials = size_of_campaign(500, 10_000)
    wrong, untold = [], []
    gone = put_aside = 0
    for number in range(trials):
        folder = tmp_path / "trial"
        folder.mkdir()
        path = copied(whole, folder)
        what = f"{number}: {harmed(path, random.Random(number))}"
        came = tried(path)
        shutil.rmtree(folder)
        gone += came.missing
        put_aside += came.put_aside
        if came.wrong:
            wrong.append(what)
        # Of what a log lost at its end nobody can know.
        if came.missing and not came.told and "wal cut" not in what:
            untold.append(f"{what}: {came.missing}")
    with capsys.disabled():
        sys.stdout.write(
            f"\ndamaged files: {trials} tried, 0 crashes, {len(wrong)} with a wrong row,"
            f" {len(untold)} with an untold loss; {put_aside} put aside and salvaged,"
            f" {gone} of {trials * len(TOLD)} rows gone\n"
        )
    assert wrong == []
    assert untold == []
