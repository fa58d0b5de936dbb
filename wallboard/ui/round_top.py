"""The round number at the top of an axis."""

from __future__ import annotations


def round_top(most: float) -> int:
    """Return an even number not under the greatest value, and not far over it."""
    magnitude = 1
    while True:
        for step in (2, 4, 6, 8, 10, 12, 16):
            if most <= step * magnitude:
                return step * magnitude
        magnitude *= 10
