"""Walks through all that can happen to the controller of supervision, with faults at will."""

from __future__ import annotations

import sys
from collections.abc import Mapping

import pytest
from support.campaign import size_of_campaign
from support.monitored_center import Center

from wallboard.domain.supervision import VOICE

STEPS = size_of_campaign(3_000, 100_000)
RUNS = size_of_campaign(150, 10_000)
RUN_STEPS = 40
LONGEST_S = size_of_campaign(600, 3_600)


def report(what: str, seen: Mapping[str, int]) -> None:
    """Tell what the walk went through."""
    told = ", ".join(f"{name} {times}" for name, times in sorted(seen.items()))
    sys.stderr.write(f"\n{what}, nothing broken: {told}\n")


@pytest.mark.timeout(LONGEST_S)
@pytest.mark.parametrize("tells", [True, False], ids=["the source tells who listens", "or not"])
def test_that_nothing_leaves_unwritten_or_twice_or_to_another_call(tells: bool) -> None:
    center = Center(seed=1, tells=tells)
    for _ in range(STEPS):
        center.step()
    assert center.broken == []
    assert {"passed", "began", "ended", "answered", "refused", "listen"} <= center.seen.keys()
    assert not tells or min(center.seen[kind] for kind in VOICE) > 0
    report(f"{STEPS} steps", center.seen)


@pytest.mark.timeout(LONGEST_S)
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
    report(f"{RUNS} runs with faults", seen)
