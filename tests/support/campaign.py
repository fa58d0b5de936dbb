"""How much a test tries: little by default, all of it with WALLBOARD_CAMPAIGN=full."""

from __future__ import annotations

import os


def size_of_campaign(small: int, full: int) -> int:
    """Return how often to try: `small` times a number in WALLBOARD_CAMPAIGN, or `full`."""
    told = os.environ.get("WALLBOARD_CAMPAIGN", "")
    if told == "full":
        return full
    return max(1, int(small * float(told or 1)))
