"""When a window that ended or hangs is started again, and when it shows only what cannot fail."""

from __future__ import annotations

from collections import deque
from typing import Final

from wallboard.domain.value import value

SILENT_S: Final = 2.75
"""So long a window may say nothing before it is taken for hung."""
LONGEST_SILENT_S: Final = 30.0
BEGINS_S: Final = 30.0
"""So long a window may take to its first word."""

MOST_CRASHES: Final = 5
WITHIN_S: Final = 600.0
"""After more than MOST_CRASHES in so long, the window shows only what cannot fail."""
SAFE_S: Final = 3600.0
"""After so long without a crash it is tried with everything again."""

_SHORT_LIFE_S: Final = 5.0
_FIRST_PAUSE_S: Final = 0.25
_LONGEST_PAUSE_S: Final = 2.0
_LONGEST_SAFE_PAUSE_S: Final = 30.0


@value
class Again:
    """How the next window is started.

    Attributes:
        after_s: So many seconds from now.
        safe: True if it is to show only what cannot fail.
    """

    after_s: float
    safe: bool


class Patience:
    """Counts a window's crashes. All times are seconds of one steady clock."""

    def __init__(self) -> None:
        self._crashes: deque[float] = deque(maxlen=MOST_CRASHES + 1)
        self._short = 0
        self._hung_s: deque[float] = deque(maxlen=4)
        self._safe_since_s: float | None = None

    @property
    def safe(self) -> bool:
        """True while windows show only what cannot fail."""
        return self._safe_since_s is not None

    def crashed(self, now_s: float, *, lived_s: float, hung: bool = False) -> Again:
        """Take that a window ended although nobody asked it to.

        Args:
            lived_s: How long it ran.
            hung: True if it was ended because it said nothing.
        """
        self._crashes.append(now_s)
        if hung:
            self._hung_s.append(now_s)
        self._short = self._short + 1 if lived_s < _SHORT_LIFE_S else 0
        many = len(self._crashes) > MOST_CRASHES and now_s - self._crashes[0] <= WITHIN_S
        if many or self.safe:
            self._safe_since_s = now_s
        if not self._short:
            return Again(after_s=0.0, safe=self.safe)
        longest = _LONGEST_SAFE_PAUSE_S if self.safe else _LONGEST_PAUSE_S
        # Not 2 to the power of days: it ends as soon as the longest is reached.
        pause_s = _FIRST_PAUSE_S * 2 ** min(self._short - 1, 10)
        return Again(after_s=min(pause_s, longest), safe=self.safe)

    def recovers(self, now_s: float) -> bool:
        """Return whether the window may be tried with everything again; then it counts anew."""
        since_s = self._safe_since_s
        if since_s is None or now_s - since_s < SAFE_S:
            return False
        self._safe_since_s = None
        self._crashes.clear()
        return True

    def silent_s(self, now_s: float) -> float:
        """Return how long a window may say nothing.

        A machine that is slow looks like a window that hangs: each one that was ended for it
        makes the next one be waited for twice as long, for a while.
        """
        return self._stretched(SILENT_S, LONGEST_SILENT_S, now_s)

    def begins_s(self, now_s: float) -> float:
        """Return how long a window may take to its first word."""
        return self._stretched(BEGINS_S, 4 * BEGINS_S, now_s)

    def _stretched(self, usual_s: float, longest_s: float, now_s: float) -> float:
        lately = sum(now_s - at < WITHIN_S for at in self._hung_s)
        return float(min(usual_s * 2**lately, longest_s))
