from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from wallboard.domain.walls import TvState
from wallboard.runtime.kiosk_records import (
    DARK_AFTER_S,
    RECORD,
    KioskRecord,
    Phase,
    read_record,
    read_records,
    write_record,
)
from wallboard.runtime.kiosk_wire import (
    Beat,
    BoardBeat,
    KioskLaunch,
    beat_line,
    launch_line,
    read_beat,
    read_launch,
)

NOW = 1_800_000_000.0
BOARD = BoardBeat(title="Hall", screen="HDMI-1", scene="queues", place="1 0 3.5")
RECORDED = KioskRecord(
    key="office-1",
    name="office",
    phase=Phase.RUNS,
    begun=NOW - 100,
    seen=NOW - 1,
    written=NOW - 1,
    boards=(BOARD,),
    freshness="live",
)


def changed(**values: object) -> KioskRecord:
    return msgspec.structs.replace(RECORDED, **values)


def test_that_what_was_written_is_read(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    write_record(tmp_path / "a", RECORDED)
    assert read_records(tmp_path) == (RECORDED,)
    write_record(tmp_path / "a", changed(restarts=3))
    assert read_record(tmp_path / "a" / RECORD) == changed(restarts=3)
    assert [file.name for file in (tmp_path / "a").iterdir()] == [RECORD]


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"key": 1}', b"\xff" * 100])
def test_that_a_file_that_is_none_is_no_record(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / RECORD).write_bytes(content)
    assert read_records(tmp_path) == ()


@pytest.mark.parametrize(
    ("record", "board", "state"),
    [
        (RECORDED, BOARD, TvState.LIVE),
        (changed(freshness="late"), BOARD, TvState.LIVE),
        (changed(freshness="stale"), BOARD, TvState.OLD),
        (changed(freshness=""), BOARD, TvState.OLD),
        (RECORDED, msgspec.structs.replace(BOARD, screen=""), TvState.NO_SCREEN),
        (RECORDED, None, TvState.NO_SCREEN),
        (changed(seen=NOW - DARK_AFTER_S - 1), BOARD, TvState.DARK),
        (changed(written=NOW - DARK_AFTER_S - 1), BOARD, TvState.DARK),
        (changed(seen=None, begun=NOW - DARK_AFTER_S - 1), None, TvState.DARK),
        (changed(seen=None, begun=NOW - 2), None, TvState.NO_SCREEN),
        (changed(phase=Phase.ENDED, seen=NOW - 9999, written=NOW - 9999), BOARD, TvState.ENDED),
    ],
)
def test_that_a_board_is_as_its_record_says(
    record: KioskRecord, board: BoardBeat | None, state: TvState
) -> None:
    assert record.state(board, NOW) is state


def test_that_a_records_age_is_since_the_last_sign_of_life() -> None:
    assert RECORDED.age_s(NOW + 4) == 5.0
    assert RECORDED.age_s(NOW - 9) == 0.0
    assert changed(seen=None).age_s(NOW) is None


def test_that_both_ends_of_the_pipe_understand_each_other() -> None:
    beat = Beat(boards=(BOARD,), freshness="live", as_of=NOW, rss=1)
    assert read_beat(beat_line(beat)) == beat
    launch = KioskLaunch(name="office", folder="x", secrets={"secret": "s"}, places=("1 0 2",))
    assert read_launch(launch_line(launch)) == launch


@pytest.mark.parametrize("line", [b"", b"\n", b"Qt says something\n", b'{"boards": 3}\n'])
def test_that_what_a_library_prints_is_no_sign_of_life(line: bytes) -> None:
    assert read_beat(line) is None
