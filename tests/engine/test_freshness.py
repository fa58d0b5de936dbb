from __future__ import annotations

from datetime import timedelta

import pytest

from wallboard.engine.freshness import Freshness, freshness_of


@pytest.mark.parametrize(
    ("age_s", "poll_s", "expected"),
    [
        pytest.param(None, 5, Freshness.WAITING, id="nothing_yet"),
        pytest.param(0, 5, Freshness.LIVE, id="just_now"),
        pytest.param(10, 5, Freshness.LIVE, id="two_polls"),
        pytest.param(10.000001, 5, Freshness.LATE, id="over_two_polls"),
        pytest.param(15, 5, Freshness.LATE, id="three_polls"),
        pytest.param(15.000001, 5, Freshness.STALE, id="over_three_polls"),
        pytest.param(60, 5, Freshness.STALE, id="a_minute"),
        pytest.param(60.000001, 5, Freshness.NO_DATA, id="over_a_minute"),
        pytest.param(60, 1, Freshness.STALE, id="a_minute_of_quick_polls"),
        pytest.param(60.1, 1, Freshness.NO_DATA, id="over_a_minute_of_quick_polls"),
        pytest.param(600, 60, Freshness.STALE, id="ten_slow_polls"),
        pytest.param(600.1, 60, Freshness.NO_DATA, id="over_ten_slow_polls"),
    ],
)
def test_that_a_picture_of_that_age_is(
    age_s: float | None, poll_s: float, expected: Freshness
) -> None:
    age = None if age_s is None else timedelta(seconds=age_s)
    assert freshness_of(age, timedelta(seconds=poll_s)) is expected
