from __future__ import annotations

import sys

import pytest

from wallboard.runtime.memory_use import (
    SETTLED_S,
    MemoryWatch,
    Relief,
    give_back,
    handles_open,
    handles_share,
    memory_held,
)

MB = 1_000_000


def settled() -> MemoryWatch:
    watch = MemoryWatch(0.0)
    assert watch.judge(SETTLED_S, 100 * MB) is Relief.NOTHING
    assert watch.usual == 100 * MB
    return watch


def test_that_a_window_is_measured_by_what_it_held_once_all_was_there() -> None:
    watch = MemoryWatch(0.0)
    assert watch.judge(10.0, 900 * MB) is Relief.NOTHING
    assert watch.usual is None
    assert watch.judge(SETTLED_S + 1, 120 * MB) is Relief.NOTHING
    assert watch.usual == 120 * MB


@pytest.mark.parametrize(
    ("held", "relief"),
    [
        (149, Relief.NOTHING),
        (150, Relief.TRIM),
        (199, Relief.TRIM),
        (200, Relief.RESTART_SOON),
        (299, Relief.RESTART_SOON),
        (300, Relief.RESTART_NOW),
    ],
)
def test_that_what_is_done_depends_on_how_much_more_it_is(held: int, relief: Relief) -> None:
    assert settled().judge(SETTLED_S + 60, held * MB) is relief


def test_that_nothing_is_done_where_the_system_does_not_tell() -> None:
    assert settled().judge(SETTLED_S + 60, None, None) is Relief.NOTHING


def test_that_handles_that_run_out_want_a_new_start_at_any_time() -> None:
    assert MemoryWatch(0.0).judge(1.0, 100 * MB, 0.8) is Relief.RESTART_SOON
    assert MemoryWatch(0.0).judge(1.0, 100 * MB, 0.79) is Relief.NOTHING


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux tells it in /proc")
def test_that_linux_tells_what_is_held() -> None:
    before = memory_held()
    held = bytearray(b"\1") * (64 * MB)
    after = memory_held()
    assert before is not None
    assert after is not None
    assert after - before > 32 * MB
    del held
    give_back()
    count, share = handles_open(), handles_share()
    assert count is not None
    assert count >= 3
    assert share is not None
    assert 0 < share < 1
