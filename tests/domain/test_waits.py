from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from math import ceil
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallboard.domain.waits import LONGEST_S, Waits, counted, counted_all


def seconds(value: float) -> timedelta:
    return timedelta(seconds=value)


def of(*told: float) -> Waits:
    return Waits(sum(counted(seconds(wait)) for wait in told))


whole = st.lists(st.integers(0, 3600), max_size=40)


@pytest.mark.parametrize(
    ("wait_s", "second"),
    [
        pytest.param(0, 0, id="none"),
        pytest.param(0.499999, 0, id="less_than_half_a_second"),
        pytest.param(0.5, 1, id="half_a_second_counts_up"),
        pytest.param(1.5, 2, id="every_half"),
        pytest.param(-3, 0, id="a_clock_that_went_back"),
        pytest.param(LONGEST_S, LONGEST_S, id="the_longest"),
        pytest.param(LONGEST_S + 1000, LONGEST_S, id="longer_than_that"),
    ],
)
def test_that_a_wait_is_counted_at_the_nearest_second(wait_s: float, second: int) -> None:
    counts = Waits(counted(seconds(wait_s))).counts
    assert (len(counts), counts[-1]) == (second + 1, 1)
    assert counted_all([seconds(wait_s)]) == counted(seconds(wait_s))


def test_that_nothing_counted_has_no_percentile() -> None:
    assert Waits().counts == ()
    assert Waits().count == 0
    assert Waits().percentile("0.9") is None
    assert Waits().median() is None


@pytest.mark.parametrize(
    ("share", "expected"),
    [("0.5", 50), ("0.9", 90), (0.9, 90), ("9/10", 90), ("0.901", 91), (1, 100)],
)
def test_that_a_percentile_is_the_nearest_rank(share: float | str, expected: int) -> None:
    assert of(*range(1, 101)).percentile(share) == seconds(expected)


@given(told=whole, share=st.fractions(Fraction(1, 1000), 1))
def test_that_a_percentile_is_that_of_the_sorted_waits(told: list[int], share: Fraction) -> None:
    expected = seconds(sorted(told)[ceil(share * len(told)) - 1]) if told else None
    assert of(*told).percentile(str(share)) == expected


@given(whole)
def test_that_the_median_is_that_of_the_waits(told: list[int]) -> None:
    assert of(*told).median() == (seconds(median(told)) if told else None)


@given(told=whole, cut=st.integers(0, 40))
def test_that_counts_of_parts_merge(told: list[int], cut: int) -> None:
    one, other = of(*told[:cut]), of(*told[cut:])
    assert Waits(one.packed + other.packed) == of(*told)
    assert Waits(counted_all(map(seconds, told))) == of(*told)
    assert of(*told).count == len(told)


def test_that_a_count_does_not_run_into_the_next_second() -> None:
    many = ((1 << 31) - 1) * counted(seconds(1))
    assert Waits(many + many).counts == (0, (1 << 32) - 2)
