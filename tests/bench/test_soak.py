"""The soak, scaled down: WALLBOARD_CAMPAIGN=full runs a million ticks, as `bench soak` does."""

from __future__ import annotations

from random import Random

import pytest
from support.campaign import size_of_campaign

from wallboard.bench.soak import LIMIT_MS, soak
from wallboard.bench.trend_line import BLOCKS, trend_line

STEPS = range(400)


def noise(seed: int, slope: float) -> list[float]:
    """Return what goes up and down with a memory of what was before, as what is held does."""
    chance, at, seen = Random(seed), 0.0, []
    for step in STEPS:
        at = 0.8 * at + chance.gauss(0, 1)
        seen.append(100 + at + slope * step)
    return seen


def walk(seed: int, slope: float = 0.0) -> list[float]:
    """Return what goes on from where it was, as pages do that are held once they were touched."""
    chance, at, seen = Random(seed), 0.0, []
    for step in STEPS:
        at += chance.gauss(0, 1)
        seen.append(at + slope * step)
    return seen


def test_that_what_only_goes_up_and_down_is_never_taken_for_a_leak() -> None:
    lines = [trend_line(STEPS, noise(seed, 0.0)) for seed in range(200)]
    assert all(line.still for line in lines)


def test_that_of_walks_without_a_drift_no_more_are_taken_for_a_leak_than_promised() -> None:
    lines = [trend_line(STEPS, walk(seed)) for seed in range(500)]
    assert 3 <= sum(line.grows for line in lines) <= 23, "2.5 of 100, give or take"
    assert 460 <= sum(line.still for line in lines) <= 490


def test_that_a_drift_is_found_in_a_walk() -> None:
    # Over 400 steps such a walk comes to 20 by chance; this drift to 120.
    assert sum(trend_line(STEPS, walk(seed, 0.3)).grows for seed in range(100)) >= 95


def test_that_a_byte_a_tick_is_found_in_a_million() -> None:
    """With what the memory of a TV goes up and down by: some dozen pages of 4096."""
    ticks = [977 * at for at in range(820)]
    for seed in range(50):
        chance = Random(seed)
        held = [90e6 + tick + 4096 * round(chance.gauss(0, 14)) for tick in ticks]
        line = trend_line(ticks, held)
        assert line.grows
        assert line.least < 1.0 < line.most


def test_that_a_leak_is_found() -> None:
    assert all(trend_line(STEPS, noise(seed, 0.1)).grows for seed in range(50))
    assert not any(trend_line(STEPS, noise(seed, -0.1)).grows for seed in range(50))


def test_that_what_never_changes_does_not_grow() -> None:
    line = trend_line(STEPS, [7.0] * len(STEPS))
    assert line.still
    assert line.slope == 0.0


def test_that_a_straight_line_is_told_as_it_is() -> None:
    line = trend_line(STEPS, [3.0 + 0.5 * step for step in STEPS])
    assert line.slope == pytest.approx(0.5)
    assert line.grows


def test_that_too_little_tells_nothing() -> None:
    with pytest.raises(ValueError, match="too few"):
        trend_line(range(BLOCKS), [0.0] * BLOCKS)


@pytest.mark.timing
@pytest.mark.timeout(36_000)
def test_that_a_tv_holds_no_more_after_weeks(qapp: object) -> None:
    ticks = size_of_campaign(300, 1_000_000)
    told = soak(ticks, 1920, 1080)
    assert told.ticks == ticks
    assert told.tick_ms <= LIMIT_MS
    assert told.whole_ms <= LIMIT_MS
    assert set(told.threads) == {told.threads[0]}
    assert set(told.handles) == {told.handles[0]}
    assert set(told.objects) == {told.objects[0]}
    if ticks >= 100_000:
        # In less time than some days of the center its day itself is what grows.
        assert not trend_line(told.steps, told.held).grows
