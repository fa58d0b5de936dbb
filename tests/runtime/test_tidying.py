from __future__ import annotations

import gc
import sys
import weakref
from collections.abc import Iterator

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
