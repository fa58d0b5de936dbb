"""A log's files: found in the order of time, read whatever they are packed with, followed."""

from __future__ import annotations

import bz2
import gzip
import lzma
import os
from pathlib import Path

import pytest

from wallboard.sources.asterisk.log_files import (
    Follower,
    LogUnreadable,
    NoLogFound,
    blocks,
    found,
    looked_at,
)
from wallboard.sources.asterisk.queue_log import first_time


def line(at: int) -> bytes:
    return f"{at}|1.1|q|NONE|INFO|x\n".encode()


def read(path: Path) -> bytes:
    return b"".join(data for data, _ in blocks(looked_at(path, first_time)))


def names(*told: str) -> list[str]:
    return [file.path.name for file in found(told, first_time)]


def test_that_rotated_files_come_in_the_order_of_time_whatever_they_are_called(
    tmp_path: Path,
) -> None:
    (tmp_path / "queue_log").write_bytes(line(400))
    (tmp_path / "queue_log.1").write_bytes(line(300))
    (tmp_path / "queue_log.2.gz").write_bytes(gzip.compress(line(200)))
    (tmp_path / "queue_log-20261120.xz").write_bytes(lzma.compress(line(100)))
    (tmp_path / "queue_log.0.bz2").write_bytes(bz2.compress(line(50)))
    (tmp_path / "queue_log.empty").write_bytes(b"")
    assert names(str(tmp_path / "queue_log*")) == [
        "queue_log.0.bz2",
        "queue_log-20261120.xz",
        "queue_log.2.gz",
        "queue_log.1",
        "queue_log",
        "queue_log.empty",
    ]


def test_that_a_file_that_is_named_twice_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "queue_log").write_bytes(line(1))
    (tmp_path / "same").symlink_to(tmp_path / "queue_log")
    told = str(tmp_path / "queue_log"), str(tmp_path / "*")
    assert names(*told) == ["queue_log"]


def test_that_a_name_with_a_pattern_s_letters_is_a_name_first(tmp_path: Path) -> None:
    (tmp_path / "queue_log[1]").write_bytes(line(1))
    assert names(str(tmp_path / "queue_log[1]")) == ["queue_log[1]"]


def test_that_the_content_tells_how_a_file_is_packed_not_its_name(tmp_path: Path) -> None:
    path = tmp_path / "queue_log"
    path.write_bytes(gzip.compress(line(7)))
    assert (looked_at(path, first_time).packed, looked_at(path, first_time).first) == ("gz", 7)
    assert read(path) == line(7)
    path = tmp_path / "queue_log.gz"
    path.write_bytes(line(8))
    assert read(path) == line(8)


def test_that_nothing_at_a_path_is_told(tmp_path: Path) -> None:
    with pytest.raises(NoLogFound) as caught:
        found([str(tmp_path / "no*")], first_time)
    assert caught.value.told == str(tmp_path / "no*")


def test_that_a_damaged_file_gives_what_comes_before_the_damage(tmp_path: Path) -> None:
    path = tmp_path / "queue_log.gz"
    whole = b"".join(line(at) for at in range(1, 300_000))
    path.write_bytes(gzip.compress(whole)[:-200])
    file = looked_at(path, first_time)
    good = b""
    with pytest.raises(LogUnreadable):  # noqa: PT012 - what comes before the error matters
        for data, _ in blocks(file):
            good += data
    assert good
    assert whole.startswith(good)


def test_that_progress_is_told_in_bytes_of_the_disk(tmp_path: Path) -> None:
    path = tmp_path / "queue_log.xz"
    path.write_bytes(lzma.compress(b"".join(line(at) for at in range(1, 200_000))))
    file = looked_at(path, first_time)
    places = [read for _, read in blocks(file)]
    assert places == sorted(places)
    assert places[-1] == file.size


def polled(follower: Follower) -> list[bytes | None]:
    return list(follower.poll())


def test_that_a_follower_reads_on_where_it_was(tmp_path: Path) -> None:
    path = tmp_path / "queue_log"
    follower = Follower(path)
    assert polled(follower) == []
    path.write_bytes(b"one\ntw")
    assert polled(follower) == [b"one\ntw"]
    assert polled(follower) == []
    with path.open("ab") as log:
        log.write(b"o\n")
    assert polled(follower) == [b"o\n"]
    follower.close()


def test_that_a_follower_survives_a_rotation_and_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "queue_log"
    path.write_bytes(b"one\n")
    follower = Follower(path)
    assert polled(follower) == [b"one\n"]
    with path.open("ab") as log:
        path.rename(tmp_path / "queue_log.1")
        log.write(b"two\n")
    assert polled(follower) == [b"two\n"]
    with (tmp_path / "queue_log.1").open("ab") as log:
        log.write(b"three\n")
    path.write_bytes(b"four\n")
    assert polled(follower) == [b"three\n", None, b"four\n"]
    follower.close()


def test_that_a_follower_begins_anew_in_a_file_that_was_emptied(tmp_path: Path) -> None:
    path = tmp_path / "queue_log"
    path.write_bytes(b"one\ntwo\n")
    follower = Follower(path)
    assert polled(follower) == [b"one\ntwo\n"]
    os.truncate(path, 0)
    with path.open("ab") as log:
        log.write(b"new\n")
    assert polled(follower) == [None, b"new\n"]
    follower.close()
