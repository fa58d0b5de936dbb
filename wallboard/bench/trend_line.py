"""Whether something grows: the slope of what was seen again and again, with how sure that is.

What is looked at are the steps from one stretch to the next. A line through all that was seen
takes for sure what is chance: memory goes on from where it was, so that looks are not independent.
Of 500 walks without a drift a line through the means of 20 stretches was sure of 375 that they go
up or down; by their steps it is 32, where 95 % lets one expect 25 (`tests/bench/test_soak.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt
from typing import Final

BLOCKS: Final = 20
"""So many steps are looked at."""
_SURE: Final = 2.093
"""Of Student's distribution: 95 %, with one less than BLOCKS degrees of freedom."""
_TAIL: Final = 0.1
"""What a stretch comes to is the mean of the last so much of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendLine:
    """A slope, in what was seen for each step, with the ends of its interval at 95 %."""

    slope: float
    least: float
    most: float

    @property
    def grows(self) -> bool:
        """True if it is more than chance that it goes up."""
        return self.least > 0

    @property
    def still(self) -> bool:
        """True if the slope cannot be told from none."""
        return self.least <= 0 <= self.most


def trend_line(steps: Sequence[float], seen: Sequence[float]) -> TrendLine:
    """Return the slope of what was seen at these steps; more than BLOCKS of each.

    Raises:
        ValueError: There is too little of it.
    """
    if len(steps) != len(seen) or len(steps) <= BLOCKS:
        raise ValueError(f"{len(seen)} are too few for a slope")
    xs, ys = _ends(steps), _ends(seen)
    rises = [after - before for before, after in pairwise(ys)]
    mean = sum(rises) / BLOCKS
    spread = sqrt(sum((rise - mean) ** 2 for rise in rises) / (BLOCKS - 1))
    unsure = _SURE * spread / sqrt(BLOCKS)
    step = (xs[-1] - xs[0]) / BLOCKS
    return TrendLine(slope=mean / step, least=(mean - unsure) / step, most=(mean + unsure) / step)


def _ends(values: Sequence[float]) -> list[float]:
    """Return what was seen at the begin, and at the end of each stretch."""
    tail = max(1, round(len(values) / BLOCKS * _TAIL))
    # The first is of the begin; the stretches are of what follows it.
    cuts = [tail + (len(values) - tail) * block // BLOCKS for block in range(BLOCKS + 1)]
    return [sum(values[cut - tail : cut]) / tail for cut in cuts]
