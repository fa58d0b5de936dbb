"""Whether something grows: the slope of what was seen again and again, with how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt
from typing import Final

BLOCKS: Final = 20
"""Neighbours are alike, so that each of them says less than it seems: means of so many blocks are
what is looked at."""
_SURE: Final = 2.101
"""Of Student's distribution: 95 %, with two less than BLOCKS degrees of freedom."""


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
    """Return the slope of what was seen at these steps; BLOCKS of each at least.

    Raises:
        ValueError: There is too little of it.
    """
    if len(steps) != len(seen) or len(steps) < BLOCKS:
        raise ValueError(f"{len(seen)} are too few for a slope")
    xs, ys = _means(steps), _means(seen)
    mean_x, mean_y = sum(xs) / BLOCKS, sum(ys) / BLOCKS
    wide = sum((x - mean_x) ** 2 for x in xs)
    slope = sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys, strict=True)) / wide
    left = sum((y - mean_y - slope * (x - mean_x)) ** 2 for x, y in zip(xs, ys, strict=True))
    unsure = _SURE * sqrt(left / (BLOCKS - 2) / wide)
    return TrendLine(slope=slope, least=slope - unsure, most=slope + unsure)


def _means(values: Sequence[float]) -> list[float]:
    cuts = [len(values) * block // BLOCKS for block in range(BLOCKS + 1)]
    return [sum(values[begin:end]) / (end - begin) for begin, end in pairwise(cuts)]
