from __future__ import annotations

import ctypes
import gc
import mmap
import sys
import weakref
from array import array
from collections.abc import Iterator
from pathlib import Path

import pytest

from wallboard.runtime.memory_use import memory_held
from wallboard.runtime.tidying import THOROUGH_EVERY_S, Tidying


class Ring:
    """Garbage that only a search finds."""

    def __init__(self) -> None:
        self.me = self


@pytest.fixture
def tidying() -> Iterator[Tidying]:
    made = Tidying()
    made.start()
    yield made
    made.stop()
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0


def dropped() -> weakref.ref[Ring]:
    return weakref.ref(Ring())


def test_that_the_interpreter_does_not_search_by_itself(tidying: Tidying) -> None:
    assert not gc.isenabled()


def test_that_fresh_garbage_is_found(tidying: Tidying) -> None:
    ring = dropped()
    assert ring() is not None
    tidying.tidy(0.0)
    assert ring() is None


def test_that_what_lives_long_is_set_aside_and_searched_once_an_hour(tidying: Tidying) -> None:
    old = Ring()
    seen = weakref.ref(old)
    tidying.tidy(0.0)
    del old
    tidying.tidy(THOROUGH_EVERY_S - 1)
    assert seen() is not None
    tidying.tidy(THOROUGH_EVERY_S)
    assert seen() is None


@pytest.mark.skipif(sys.platform != "linux", reason="only there it is known how it gives back")
def test_that_once_an_hour_memory_that_nothing_uses_goes_back(tidying: Tidying) -> None:
    tidying.tidy(0.0)
    many = [bytearray(2_000) for _ in range(30_000)]
    # Behind them, so that they do not go by themselves.
    last = [bytearray(2_000) for _ in range(100)]
    full = memory_held()
    many.clear()
    tidying.tidy(60.0)
    kept = memory_held()
    tidying.tidy(THOROUGH_EVERY_S + 1)
    left = memory_held()
    assert full is not None
    assert kept is not None
    assert left is not None
    assert full - kept < 10e6, "the library keeps it"
    assert kept - left > 40e6
    assert last


@pytest.mark.skipif(sys.platform != "linux", reason="only there it is known how it is touched")
def test_that_what_is_set_aside_is_held_whole_and_nothing_in_it_is_altered(
    tidying: Tidying,
) -> None:
    page = mmap.PAGESIZE
    length = 4 * 1024 * 1024
    with mmap.mmap(-1, length, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS) as aside:
        for at in range(0, length * 3 // 4, page):
            aside[at] = 7
        assert pages_held(aside) == length * 3 // 4 // page
        tidying.tidy_all()
        assert pages_held(aside) == length // page
        assert sum(aside[at] for at in range(0, length, page)) == 7 * (length * 3 // 4 // page)


def pages_held(aside: mmap.mmap) -> int:
    """Return how many pages of such memory are held, as the system tells."""
    begin = ctypes.addressof(ctypes.c_char.from_buffer(aside))
    with Path("/proc/self/pagemap").open("rb") as file:
        file.seek(begin // mmap.PAGESIZE * 8)
        told = array("Q", file.read(len(aside) // mmap.PAGESIZE * 8))
    return sum(each >> 63 for each in told)
