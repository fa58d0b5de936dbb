"""How much of the server each may have: so much at once, so much a second, and then to wait."""

from __future__ import annotations

from collections import OrderedDict
from math import ceil
from typing import Final

from wallboard.domain.value import value

_MOST_ASKERS: Final = 10_000


@value
class Rate:
    """A limit.

    Attributes:
        burst: How much at once, after a rest.
        per_s: How much a second, for long.
    """

    burst: float
    per_s: float


class Limiter:
    """Counts by asker. Used by one thread; forgets who has not asked for longest.

    Each asker has a bucket that holds `burst` and fills by `per_s`; who finds too little in it
    must wait until there is enough.
    """

    def __init__(self, rate: Rate) -> None:
        self._rate = rate
        # By asker: what is left, and when that was so.
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait_s(self, asker: str, steady_s: float, cost: float = 1.0) -> int:
        """Take `cost` and return 0; or take nothing and return the whole seconds to wait for it."""
        left = self._left(asker, steady_s)
        if left < cost:
            return max(1, ceil((cost - left) / self._rate.per_s))
        self._buckets[asker] = (left - cost, steady_s)
        self._buckets.move_to_end(asker)
        if len(self._buckets) > _MOST_ASKERS:
            self._buckets.popitem(last=False)
        return 0

    def __len__(self) -> int:
        return len(self._buckets)

    def _left(self, asker: str, steady_s: float) -> float:
        before = self._buckets.get(asker)
        if before is None:
            return self._rate.burst
        left, since_s = before
        return min(self._rate.burst, left + max(0.0, steady_s - since_s) * self._rate.per_s)
