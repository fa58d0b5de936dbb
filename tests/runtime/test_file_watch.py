from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from wallboard.runtime.file_watch import FileWatch, Watched


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@pytest.fixture
def seen(qtbot: QtBot, tmp_path: Path) -> Iterator[tuple[list[tuple[int, object]], Path, Path]]:
    first, second = tmp_path / "a", tmp_path / "b"
    second.write_text("b1", encoding="utf-8")
    watch = FileWatch(
        [Watched(path=first, read=read), Watched(path=second, read=read)], every_s=0.02
    )
    told: list[tuple[int, object]] = []
    watch.changed.connect(lambda number, said: told.append((number, said)))
    watch.start()
    qtbot.waitUntil(lambda: len(told) == 2)
    yield told, first, second
    watch.stop()


def test_that_what_a_file_says_is_told_whenever_it_is_another_one(
    seen: tuple[list[tuple[int, object]], Path, Path], qtbot: QtBot
) -> None:
    told, first, second = seen
    assert isinstance(told[0][1], FileNotFoundError)
    assert told[1] == (1, "b1")
    first.write_text("a1", encoding="utf-8")
    qtbot.waitUntil(lambda: told[-1] == (0, "a1"))
    fresh = second.with_name("fresh")
    fresh.write_text("b2", encoding="utf-8")
    fresh.replace(second)
    qtbot.waitUntil(lambda: told[-1] == (1, "b2"))
    second.unlink()
    qtbot.waitUntil(lambda: isinstance(told[-1][1], FileNotFoundError))


def test_that_nothing_is_told_of_a_file_that_stays_as_it_is(
    seen: tuple[list[tuple[int, object]], Path, Path], qtbot: QtBot
) -> None:
    told, _, second = seen
    told.clear()
    qtbot.wait(200)
    assert told == []
    # The same size, another time.
    second.write_text("b9", encoding="utf-8")
    os.utime(second, ns=(1, 1))
    qtbot.waitUntil(lambda: told[-1:] == [(1, "b9")])
