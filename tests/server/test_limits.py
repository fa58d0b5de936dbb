"""Limits: who asks too often waits, the others do not."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from wallboard.server.limits import Limiter, Rate


def test_that_a_burst_passes_and_the_next_one_is_told_how_long_to_wait() -> None:
    limiter = Limiter(Rate(burst=3, per_s=0.5))
    assert [limiter.wait_s("a", 10.0) for _ in range(4)] == [0, 0, 0, 2]
    assert limiter.wait_s("b", 10.0) == 0
    assert limiter.wait_s("a", 12.0) == 0
    assert limiter.wait_s("a", 12.0) == 2


def test_that_who_rests_gets_no_more_than_the_burst() -> None:
    limiter = Limiter(Rate(burst=2, per_s=1))
    assert limiter.wait_s("a", 0.0) == 0
    assert [limiter.wait_s("a", 10_000.0) for _ in range(3)] == [0, 0, 1]


def test_that_strangers_without_number_do_not_fill_the_memory() -> None:
    limiter = Limiter(Rate(burst=1, per_s=0.001))
    for number in range(10_500):
        assert limiter.wait_s(str(number), 1.0) == 0
    assert len(limiter) == 10_000
    assert limiter.wait_s("10499", 1.0) > 0


@given(gaps=st.lists(st.floats(0, 3), max_size=60))
def test_that_no_more_passes_than_the_burst_and_the_rate(gaps: list[float]) -> None:
    limiter = Limiter(Rate(burst=5, per_s=2))
    now, passed = 100.0, 0
    for gap in gaps:
        now += gap
        passed += limiter.wait_s("a", now) == 0
        assert passed <= 5 + 2 * (now - 100.0) + 1e-6


@given(gaps=st.lists(st.floats(0, 3), max_size=60))
def test_that_who_waits_as_long_as_told_passes(gaps: list[float]) -> None:
    limiter = Limiter(Rate(burst=2, per_s=0.7))
    now = 5.0
    for gap in gaps:
        now += gap
        wait_s = limiter.wait_s("a", now)
        if wait_s:
            now += wait_s
            assert limiter.wait_s("a", now) == 0
