"""How long callers waited, as counts by the second: adding two gives one, percentiles merge.

The counts of any number of waits are one whole number: the count of waits of n seconds is in the
32 bits from bit 32 n on. To add the counts of ten thousand queues is to add ten thousand numbers,
and who wants to know more of one of them asks `Waits`. A count may be up to 2**32 - 1.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

LONGEST_S: Final = 4 * 3600
"""Longer waits are counted with this one."""

_BITS: Final = 32
_MASK: Final = (1 << _BITS) - 1
_SECOND: Final = timedelta(seconds=1)
_HALF: Final = timedelta(milliseconds=500)


@dataclass(frozen=True, slots=True)
class Waits:
    """What counts of waits by whole seconds tell; half a second was counted up.

    Attributes:
        packed: The counts, in one whole number.
    """

    packed: int = 0

    @property
    def counts(self) -> tuple[int, ...]:
        """The counts by second, from 0 to the longest wait that there is."""
        size = (self.packed.bit_length() + _BITS - 1) // _BITS
        raw = memoryview(self.packed.to_bytes(size * _BITS // 8, "little"))
        return tuple(
            int.from_bytes(raw[at : at + _BITS // 8], "little") for at in range(0, len(raw), 4)
        )

    @property
    def count(self) -> int:
        """How many waits are counted."""
        return sum(self.counts)

    def percentile(self, share: float | str) -> timedelta | None:
        """Return the nearest-rank percentile: the least wait that so large a share is not over.

        Args:
            share: Over 0, at most 1. A text as "0.9" or "2/3" is exact; a float is taken as it
                prints.

        Returns:
            To the second. None if nothing is counted.
        """
        # start-up: fractions bring decimal with them, and no first frame needs a percentile
        from fractions import Fraction  # noqa: PLC0415 - start-up

        counts = self.counts
        exact = Fraction(str(share))
        rank = -(-exact * sum(counts) // 1)
        return None if rank < 1 else _SECOND * _second_of(counts, int(rank))

    def median(self) -> timedelta | None:
        """Return the middle wait, or the mean of the two in the middle. None if there is none."""
        counts = self.counts
        total = sum(counts)
        if not total:
            return None
        low = _second_of(counts, (total + 1) // 2)
        high = _second_of(counts, total // 2 + 1)
        return (low + high) * _SECOND / 2


def _second_of(counts: tuple[int, ...], rank: int) -> int:
    """Return the wait of a rank, counted from one; the rank is not over the sum."""
    passed = 0
    for second, count in enumerate(counts):
        passed += count
        if passed >= rank:
            return second
    raise ValueError("no wait has that rank")


def counted(wait: timedelta) -> int:
    """Return the count of one wait, packed."""
    second = min(max(0, (wait + _HALF) // _SECOND), LONGEST_S)
    return 1 << (_BITS * second)


def counted_all(waits: Iterable[timedelta]) -> int:
    """Return the counts of many waits, packed; quicker than adding those of each."""
    packed = 0
    for wait in waits:
        second = (wait + _HALF) // _SECOND
        packed += 1 << _BITS * (second if 0 <= second <= LONGEST_S else _clipped(second))
    return packed


def _clipped(second: int) -> int:
    return 0 if second < 0 else LONGEST_S
