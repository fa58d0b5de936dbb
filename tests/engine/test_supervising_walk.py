"""Walks through all that can happen to the controller of supervision, with faults at will."""

from __future__ import annotations

import pytest
from support.campaign import size_of_campaign
from support.monitored_center import Center

STEPS = size_of_campaign(3_000, 100_000)
RUNS = size_of_campaign(150, 10_000)
RUN_STEPS = 40


@pytest.mark.timeout(1200)
@pytest.mark.parametrize("tells", [True, False], ids=["the source tells who listens", "or not"])
def test_that_nothing_leaves_unwritten_or_twice_or_to_another_call(tells: bool) -> None:
    center = Center(seed=1, tells=tells)
    for _ in range(STEPS):
        center.step()
    assert center.broken == []
    assert {"passed", "began", "ended", "answered", "refused", "listen"} <= center.seen.keys()


@pytest.mark.timeout(1200)
def test_that_no_fault_makes_anything_leave_unwritten_or_twice_or_to_another_call() -> None:
    seen: dict[str, int] = {}
    for seed in range(RUNS):
        center = Center(seed=seed, faults=0.15, tells=seed % 5 != 0)
        for _ in range(RUN_STEPS):
            center.step()
        center.settle()
        assert center.broken == []
        assert not [ear for ear in center.ears.values() if ear.odd], f"seed {seed}"
        for what, times in center.seen.items():
            seen[what] = seen.get(what, 0) + times
    assert min(seen[what] for what in ("passed", "not_passed", "began", "ended", "refused")) > 0
