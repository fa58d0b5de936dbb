from __future__ import annotations

from datetime import timedelta

import pytest

from wallboard.domain.measuring import LevelProfile
from wallboard.domain.severity import Severity
from wallboard.domain.totals import Totals
from wallboard.engine.limits import Limit, judge_level, judge_ratio, judge_wait

CALM, WARNING, CRITICAL = Severity.CALM, Severity.WARNING, Severity.CRITICAL


@pytest.mark.parametrize(
    ("limit", "reading", "expected"),
    [
        (Limit(warning=5, critical=8), 5, CALM),
        (Limit(warning=5, critical=8), 5.1, WARNING),
        (Limit(warning=5, critical=8), 8, WARNING),
        (Limit(warning=5, critical=8), 8.1, CRITICAL),
        (Limit(warning=0.8, critical=0.7), 0.8, CALM),
        (Limit(warning=0.8, critical=0.7), 0.79, WARNING),
        (Limit(warning=0.8, critical=0.7), 0.7, WARNING),
        (Limit(warning=0.8, critical=0.7), 0.69, CRITICAL),
        (Limit(warning=0.8, critical=0.7), None, CALM),
    ],
)
def test_that_a_limit_judges(limit: Limit, reading: float | None, expected: Severity) -> None:
    assert limit.judge(reading) is expected


@pytest.mark.parametrize(
    ("longest_s", "target_s", "expected"),
    [
        pytest.param(None, 20, CALM, id="nobody_waits"),
        pytest.param(20, 20, CALM, id="within_target"),
        pytest.param(20.1, 20, WARNING, id="over_target"),
        pytest.param(40, 20, WARNING, id="twice_the_target"),
        pytest.param(40.1, 20, CRITICAL, id="over_twice"),
        pytest.param(60, None, CALM, id="a_minute_where_there_is_no_target"),
        pytest.param(61, None, WARNING, id="over_a_minute"),
        pytest.param(121, None, CRITICAL, id="over_two_minutes"),
    ],
)
def test_that_a_wait_is(
    longest_s: float | None, target_s: float | None, expected: Severity
) -> None:
    longest = None if longest_s is None else timedelta(seconds=longest_s)
    target = None if target_s is None else timedelta(seconds=target_s)
    assert judge_wait(longest, target) is expected


@pytest.mark.parametrize(
    ("totals", "expected"),
    [
        pytest.param(Totals(offered=9, answered=9), CALM, id="too_few_calls_to_say"),
        pytest.param(Totals(offered=10, answered=10), CRITICAL, id="enough"),
        pytest.param(Totals(offered=10, answered_in_target=8), CALM, id="at_the_limit"),
        pytest.param(Totals(offered=11, undecided_waiting=2), CALM, id="too_few_decided"),
        pytest.param(Totals(offered=11, unknown=2), CALM, id="too_few_known"),
        pytest.param(Totals(), CALM, id="no_calls"),
    ],
)
def test_that_a_service_level_is(totals: Totals, expected: Severity) -> None:
    assert judge_ratio("service_level", totals) is expected


@pytest.mark.parametrize(
    ("goal", "answered_in_target", "severity"),
    [
        (0.80, 79, Severity.WARNING),
        (0.80, 70, Severity.WARNING),
        (0.80, 69, Severity.CRITICAL),
        (0.90, 89, Severity.WARNING),
        (0.90, 90, Severity.CALM),
        (0.90, 79, Severity.CRITICAL),
        (0.60, 60, Severity.CALM),
        (0.05, 1, Severity.WARNING),
    ],
)
def test_that_a_service_level_is_judged_by_its_goal(
    goal: float, answered_in_target: int, severity: Severity
) -> None:
    totals = Totals(offered=100, answered=100, answered_in_target=answered_in_target)
    assert judge_level(totals, LevelProfile(), goal) is severity
