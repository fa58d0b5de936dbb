from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.clocks import NOON
from support.snapshots import a_record

from wallboard.domain.agent_time import AgentTime
from wallboard.domain.facts import Ending
from wallboard.domain.snapshot import AgentId, AgentState
from wallboard.domain.totals import Totals
from wallboard.engine.fairness import (
    arrival_pace,
    calls_per_hour,
    distribution,
    totals_by_agent,
)
from wallboard.engine.windows import Window, WindowKind

HOUR = timedelta(hours=1)
ANN, BOB = AgentId("ann"), AgentId("bob")


def interval(begin: timedelta, length: timedelta) -> Window:
    return Window(kind=WindowKind.INTERVAL, begin=NOON + begin, end=NOON + begin + length)


@pytest.mark.parametrize(
    ("shares", "gini"),
    [
        pytest.param([5, 5, 5], 0.0, id="all_alike"),
        pytest.param([7], 0.0, id="alone"),
        pytest.param([0, 0, 0, 8], 0.75, id="one_has_all"),
        pytest.param([1, 3], 0.25, id="a_quarter_of_the_whole_would_have_to_move"),
        pytest.param([0, 0], None, id="nothing_to_share"),
    ],
)
def test_that_fairness_is_told_by_the_gini(shares: list[float], gini: float | None) -> None:
    told = distribution(shares)
    assert told is not None
    assert told.gini == (None if gini is None else pytest.approx(gini))
    assert (told.agents, told.total) == (len(shares), sum(shares))


def test_that_a_spread_is_told_with_its_ends() -> None:
    told = distribution([2, 8, 5])
    assert told is not None
    assert (told.least, told.most, told.mean) == (2, 8, 5)
    assert told.deviation == pytest.approx(6**0.5)


def test_that_nobody_has_no_distribution() -> None:
    assert distribution([]) is None


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=12).filter(any))
def test_that_the_gini_is_the_mean_difference_of_two_agents(shares: list[int]) -> None:
    told = distribution(shares)
    assert told is not None
    apart = sum(abs(one - other) for one, other in product(shares, shares))
    assert told.gini == pytest.approx(apart / (2 * len(shares) * sum(shares)), abs=1e-12)


def test_that_answered_calls_are_of_their_agents() -> None:
    calls = [
        replace(a_record("f1"), agent_id=ANN),
        replace(a_record("f2"), agent_id=ANN),
        a_record("f3"),
        replace(a_record("f4", Ending.ABANDONED), agent_id=BOB),
    ]
    told = totals_by_agent(calls)
    assert {agent: sums.answered for agent, sums in told.items()} == {ANN: 2, None: 1}


def test_that_calls_per_hour_are_of_who_was_logged_in() -> None:
    times = {
        ANN: AgentTime(by_state={AgentState.FREE: HOUR, AgentState.IN_CALL: HOUR}),
        BOB: AgentTime(by_state={AgentState.FREE: HOUR}),
        AgentId("eve"): AgentTime(by_state={AgentState.OFFLINE: HOUR}),
    }
    told = calls_per_hour({ANN: Totals(answered=9), None: Totals(answered=3)}, times)
    assert told == {ANN: 4.5, BOB: 0}


def test_that_the_peak_is_the_interval_with_the_highest_pace() -> None:
    # Fewer calls, but in a shorter time.
    intervals = [interval(timedelta(), HOUR), interval(HOUR, HOUR / 4)]
    pace = arrival_pace(intervals, [10, 5])
    assert pace is not None
    assert (pace.per_hour, pace.peak, pace.peak_per_hour) == (12, intervals[1], 20)


def test_that_without_calls_there_is_a_pace_but_no_peak() -> None:
    pace = arrival_pace([interval(timedelta(), HOUR)], [0])
    assert pace is not None
    assert (pace.per_hour, pace.peak, pace.peak_per_hour) == (0, None, 0)


def test_that_without_time_there_is_no_pace() -> None:
    assert arrival_pace([], []) is None
    assert arrival_pace([interval(timedelta(), timedelta())], [0]) is None
