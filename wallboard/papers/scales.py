"""Scales of charts that begin at nought and have marks at round figures."""

from __future__ import annotations

import math
from datetime import timedelta
from typing import Final

from wallboard.domain.paper import Notation
from wallboard.domain.paper_text import duration_text, number_text
from wallboard.domain.reporting import CellKind

_TICKS: Final = 5
_STEPS: Final = (1, 2, 2.5, 5, 10)
_STEPS_S: Final = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 36000)
_NOTHING: Final = 1e-9
_WHOLE_FROM: Final = 0.4


def nice_scale(highest: float, kind: CellKind) -> tuple[float, float]:
    """Return the highest mark of a scale, above 0, and how far its marks are apart.

    Args:
        highest: What is to be drawn; of durations in seconds.
    """
    if kind is CellKind.RATIO and _WHOLE_FROM < highest <= 1:
        return 1.0, 0.2
    if highest <= _NOTHING:
        return 1.0, 1.0 if kind is CellKind.COUNT else 0.5
    rough = highest / _TICKS
    step = _decimal_step(rough)
    if kind is CellKind.DURATION:
        step = next((float(each) for each in _STEPS_S if each >= rough), step)
    if kind is CellKind.COUNT:
        step = float(math.ceil(step))
    return step * math.ceil(highest / step - 1e-9), step


def mark_text(mark: float, step: float, kind: CellKind, notation: Notation) -> str:
    """Return what stands at a mark of a scale whose marks are `step` apart."""
    if kind is CellKind.DURATION:
        return duration_text(timedelta(seconds=mark), notation)
    if kind is CellKind.RATIO:
        decimals = 0 if step >= 0.01 else 1
        return number_text(100 * mark, notation, decimals) + notation.percent
    return number_text(mark, notation, 0 if step >= 1 and step % 1 == 0 else 1)


def _decimal_step(rough: float) -> float:
    power = 10.0 ** math.floor(math.log10(rough))
    return next((each for each in _STEPS if each * power >= rough), 10) * power
