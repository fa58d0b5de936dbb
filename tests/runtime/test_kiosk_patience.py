from __future__ import annotations

import pytest

from wallboard.runtime.kiosk_patience import (
    LONGEST_SILENT_S,
    MOST_CRASHES,
    SAFE_S,
    SILENT_S,
    WITHIN_S,
    Patience,
)


def test_that_a_window_that_lived_is_started_at_once() -> None:
    assert Patience().crashed(1000.0, lived_s=60.0).after_s == 0.0


def test_that_one_that_never_lives_is_waited_for_longer_each_time_but_never_long() -> None:
    patience = Patience()
    pauses = [patience.crashed(1000.0 * at, lived_s=0.0).after_s for at in range(1, 8)]
    assert pauses == [0.25, 0.5, 1.0, 2.0, 2.0, 2.0, 2.0]


def test_that_a_good_life_makes_the_next_crash_the_first_one() -> None:
    patience = Patience()
    for at in range(3):
        patience.crashed(1000.0 * at, lived_s=0.0)
    assert patience.crashed(9000.0, lived_s=60.0).after_s == 0.0
    assert patience.crashed(18000.0, lived_s=0.0).after_s == 0.25


def test_that_more_than_five_crashes_in_ten_minutes_make_it_safe() -> None:
    patience = Patience()
    told = [patience.crashed(10.0 * at, lived_s=9.0).safe for at in range(MOST_CRASHES + 1)]
    assert told == [False] * MOST_CRASHES + [True]


def test_that_crashes_that_are_far_apart_do_not() -> None:
    patience = Patience()
    apart_s = WITHIN_S / MOST_CRASHES + 1
    assert not any(patience.crashed(apart_s * at, lived_s=60.0).safe for at in range(100))


def test_that_all_is_tried_again_after_an_hour_without_a_crash() -> None:
    patience = Patience()
    for at in range(MOST_CRASHES + 1):
        patience.crashed(float(at), lived_s=1.0)
    assert patience.safe
    assert not patience.recovers(MOST_CRASHES + SAFE_S - 1)
    patience.crashed(100.0, lived_s=50.0)
    assert not patience.recovers(MOST_CRASHES + SAFE_S + 1)
    assert patience.recovers(100.0 + SAFE_S)
    assert not patience.safe
    assert not patience.recovers(100.0 + SAFE_S)
    assert not patience.crashed(101.0 + SAFE_S, lived_s=60.0).safe


def test_that_a_slow_machine_is_not_taken_for_one_that_hangs_again_and_again() -> None:
    patience = Patience()
    assert patience.silent_s(0.0) == SILENT_S
    waited = []
    for at in range(5):
        patience.crashed(10.0 * at, lived_s=5.0, hung=True)
        waited.append(patience.silent_s(10.0 * at))
    assert waited == pytest.approx([5.5, 11.0, 22.0, LONGEST_SILENT_S, LONGEST_SILENT_S])
    assert patience.silent_s(40.0 + WITHIN_S) == SILENT_S


def test_that_a_crash_makes_nobody_wait_longer_for_a_window_that_is_silent() -> None:
    patience = Patience()
    patience.crashed(0.0, lived_s=60.0)
    assert patience.silent_s(1.0) == SILENT_S
