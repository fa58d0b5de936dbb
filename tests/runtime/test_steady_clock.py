from __future__ import annotations

from datetime import UTC, datetime, timedelta

from wallboard.runtime.steady_clock import SteadyClock

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


class Clocks:
    """Two clocks that a test moves, each for itself."""

    def __init__(self) -> None:
        self.wall = NOON
        self.steady_s = 50.0

    def made(self) -> SteadyClock:
        return SteadyClock(lambda: self.wall, lambda: self.steady_s)


def test_that_the_wall_time_grows_with_the_steady_clock() -> None:
    clocks = Clocks()
    clock = clocks.made()
    clocks.wall += timedelta(seconds=9)
    clocks.steady_s += 10
    assert clock.now().wall == NOON + timedelta(seconds=10)
    assert clock.now().steady_s == 60.0


def test_that_a_jump_of_the_wall_clock_is_followed_and_moves_no_age() -> None:
    clocks = Clocks()
    clock = clocks.made()
    before = clock.now()
    clocks.wall -= timedelta(hours=3)
    clocks.steady_s += 1
    after = clock.now()
    assert after.wall == NOON - timedelta(hours=3)
    assert after.steady_s - before.steady_s == 1


def test_that_after_a_jump_the_wall_time_grows_from_the_new_one() -> None:
    clocks = Clocks()
    clock = clocks.made()
    clocks.wall += timedelta(hours=3)
    clock.now()
    clocks.steady_s += 1.5
    clocks.wall += timedelta(seconds=1)
    assert clock.now().wall == NOON + timedelta(hours=3, seconds=1.5)


def test_that_two_seconds_of_difference_are_not_yet_a_jump() -> None:
    clocks = Clocks()
    clock = clocks.made()
    clocks.wall += timedelta(seconds=2)
    assert clock.now().wall == NOON
    clocks.wall += timedelta(microseconds=1)
    assert clock.now().wall == clocks.wall
