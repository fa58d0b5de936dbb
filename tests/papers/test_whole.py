"""Files that appear whole or not at all."""

from __future__ import annotations

import errno
import os
import resource
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest
from support.papers import any_paper

from wallboard.domain.paper import PaperFault, PaperNotWritten
from wallboard.papers.as_csv import write_csv
from wallboard.papers.as_html import write_html
from wallboard.papers.as_json import write_json
from wallboard.papers.as_xlsx import write_xlsx
from wallboard.papers.whole import LEFT_OVER_S, Step, fault_of, whole_file, whole_files

Writer: TypeAlias = Callable[..., tuple[Path, ...]]
_WRITERS: tuple[Writer, ...] = (write_xlsx, write_csv, write_html, write_json)


class _Windows(OSError):
    """An error as Windows tells it."""

    def __init__(self, number: int, winerror: int) -> None:
        super().__init__(number, "")
        self.winerror = winerror


def test_that_a_file_appears_only_when_its_block_has_ended_well(tmp_path: Path) -> None:
    target = tmp_path / "a"
    with whole_file(target) as handle:
        handle.write(b"new")
        assert not target.exists()

    assert target.read_bytes() == b"new"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_that_what_stood_there_stands_if_the_block_does_not_end_well(tmp_path: Path) -> None:
    target = tmp_path / "a"
    target.write_bytes(b"old")

    with pytest.raises(ZeroDivisionError), whole_file(target) as handle:
        handle.write(b"new" * (1 // 0))

    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_that_files_of_one_report_appear_together_or_not_at_all(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), whole_files() as begin:
        begin(tmp_path / "a").write(bytes(begin(tmp_path / "b").write(b"2") // 0))
    assert list(tmp_path.iterdir()) == []

    with whole_files() as begin:
        begin(tmp_path / "a").write(b"1")
        begin(tmp_path / "b").write(b"2")
        assert not (tmp_path / "a").exists()
    assert {path.name for path in tmp_path.iterdir()} == {"a", "b"}


def test_that_a_link_stays_one_and_rights_stay_as_narrow(tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    folder.mkdir()
    (folder / "real").write_bytes(b"old")
    (folder / "real").chmod(0o640)
    (tmp_path / "link").symlink_to(folder / "real")

    with whole_file(tmp_path / "link") as handle:
        handle.write(b"new")

    assert (tmp_path / "link").is_symlink()
    assert (folder / "real").read_bytes() == b"new"
    assert stat.S_IMODE((folder / "real").stat().st_mode) == 0o640


def test_that_a_folder_of_that_name_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()

    with pytest.raises(PaperNotWritten) as refused, whole_file(tmp_path / "a"):
        pass

    assert refused.value.fault is PaperFault.IS_A_FOLDER


@pytest.mark.parametrize("write", _WRITERS)
def test_that_a_folder_that_is_gone_is_told_as_that(write: Writer, tmp_path: Path) -> None:
    with pytest.raises(PaperNotWritten) as refused:
        write(any_paper(3), tmp_path / "gone" / "a.x")

    assert refused.value.fault is PaperFault.FOLDER_GONE


@pytest.mark.parametrize("write", _WRITERS)
def test_that_a_folder_that_goes_away_meanwhile_is_told_as_that(
    write: Writer, tmp_path: Path
) -> None:
    folder = tmp_path / "usb"
    folder.mkdir()

    def take_away(_done: float) -> None:
        for path in folder.iterdir():
            path.unlink()
        if folder.exists():
            folder.rmdir()

    with pytest.raises(PaperNotWritten) as refused:
        write(any_paper(600), folder / "a.x", take_away)

    assert refused.value.fault is PaperFault.FOLDER_GONE
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on the size of files")
@pytest.mark.parametrize("write", _WRITERS)
def test_that_a_place_too_small_leaves_the_old_file_and_nothing_else(
    write: Writer, tmp_path: Path
) -> None:
    target = tmp_path / "a.x"
    target.write_bytes(b"old")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (12_000, hard))
    try:
        with pytest.raises(PaperNotWritten) as refused:
            write(any_paper(4_000), target)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    assert refused.value.fault is PaperFault.TOO_LARGE
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.x"]


def test_that_what_a_killed_process_left_long_ago_is_swept_and_what_is_fresh_is_not(
    tmp_path: Path,
) -> None:
    old, fresh = tmp_path / ".wallboard-1-0.part", tmp_path / ".wallboard-1-1.part"
    for path in (old, fresh):
        path.write_bytes(b"half")
    then = fresh.stat().st_mtime - LEFT_OVER_S - 60
    os.utime(old, (then, then))

    with whole_file(tmp_path / "a"):
        pass

    assert {path.name for path in tmp_path.iterdir()} == {fresh.name, "a"}


@pytest.mark.parametrize(
    ("error", "step", "replaces", "fault"),
    [
        (OSError(errno.ENOSPC, ""), Step.WRITING, False, PaperFault.DISK_FULL),
        (OSError(errno.EDQUOT, ""), Step.WRITING, False, PaperFault.DISK_FULL),
        (OSError(errno.EFBIG, ""), Step.WRITING, False, PaperFault.TOO_LARGE),
        (OSError(errno.EROFS, ""), Step.WRITING, False, PaperFault.NOT_ALLOWED),
        (OSError(errno.EACCES, ""), Step.WRITING, True, PaperFault.NOT_ALLOWED),
        (OSError(errno.EACCES, ""), Step.REPLACING, True, PaperFault.OPEN_ELSEWHERE),
        (OSError(errno.EACCES, ""), Step.REPLACING, False, PaperFault.NOT_ALLOWED),
        (OSError(errno.EIO, ""), Step.WRITING, False, PaperFault.BROKEN),
        (_Windows(errno.EACCES, 5), Step.REPLACING, True, PaperFault.OPEN_ELSEWHERE),
        (_Windows(errno.EACCES, 32), Step.REPLACING, True, PaperFault.OPEN_ELSEWHERE),
        (_Windows(errno.EINVAL, 112), Step.WRITING, False, PaperFault.DISK_FULL),
        (_Windows(errno.ENOENT, 53), Step.WRITING, False, PaperFault.FOLDER_GONE),
        (_Windows(errno.EACCES, 21), Step.WRITING, False, PaperFault.FOLDER_GONE),
    ],
)
def test_that_an_error_is_told_by_what_helps(
    error: OSError, step: Step, replaces: bool, fault: PaperFault
) -> None:
    assert fault_of(error, step, replaces=replaces) is fault
