from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from support.clocks import NOON

from wallboard.domain.coverage import Stretch, Witness, coverage_of


def at(second: int) -> datetime:
    return NOON + timedelta(seconds=second)


def stretch(begin: int, length: int, witness: Witness = Witness.LIVE) -> Stretch:
    return Stretch(begin=at(begin), end=at(begin + length), witness=witness)


stretches = st.lists(
    st.builds(stretch, st.integers(-20, 60), st.integers(0, 30), st.sampled_from(Witness)),
    max_size=6,
)


@given(told=stretches, begin=st.integers(-10, 40), length=st.integers(0, 40))
def test_that_every_second_is_covered_or_in_a_gap(
    told: list[Stretch], begin: int, length: int
) -> None:
    coverage = coverage_of(told, at(begin), at(begin + length))
    watched = [
        any(one.begin <= at(second) < one.end for one in told)
        for second in range(begin, begin + length)
    ]
    missing = [
        any(gap.begin <= at(second) < gap.end for gap in coverage.gaps)
        for second in range(begin, begin + length)
    ]
    assert missing == [not seen for seen in watched]
    assert coverage.covered == timedelta(seconds=sum(watched))
    gaps = sum((gap.length for gap in coverage.gaps), timedelta())
    assert coverage.covered + gaps == timedelta(seconds=length)


@given(told=stretches, begin=st.integers(-10, 40), length=st.integers(0, 40))
def test_that_gaps_are_in_order_and_do_not_touch(
    told: list[Stretch], begin: int, length: int
) -> None:
    gaps = coverage_of(told, at(begin), at(begin + length)).gaps
    assert all(one.end < after.begin for one, after in pairwise(gaps))
    assert all(gap.length for gap in gaps)


def test_that_a_stretch_of_no_length_parts_no_gap() -> None:
    coverage = coverage_of([stretch(5, 0)], at(0), at(10))
    assert coverage.gaps == (Stretch(begin=at(0), end=at(10)),)


def test_that_the_share_is_of_the_window() -> None:
    assert coverage_of([stretch(-5, 10), stretch(3, 4)], at(0), at(10)).share == 0.7
    assert coverage_of([], at(0), at(10)).share == 0.0
    assert coverage_of([stretch(0, 10)], at(0), at(10)).share == 1.0


def test_that_an_empty_window_has_no_share() -> None:
    assert coverage_of([stretch(0, 10)], at(5), at(5)).share is None
    backwards = coverage_of([stretch(0, 10)], at(9), at(5))
    assert (backwards.share, backwards.covered, backwards.gaps) == (None, timedelta(), ())
