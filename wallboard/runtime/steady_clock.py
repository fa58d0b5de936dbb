"""The real clock: wall time tied to a clock that never jumps."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from wallboard.domain.clock import Moment

_JUMP = timedelta(seconds=2)


class SteadyClock:
    """Tells the wall time by the steady clock; a Clock for any thread.

    The wall clock is asked only to see whether somebody set it: while both agree within two
    seconds the wall time grows exactly as the steady clock does. After a larger jump (the clock
    was set, the machine slept) the wall time follows, and the steady seconds go on unmoved.
    """

    def __init__(self, wall: Callable[[], datetime], steady: Callable[[], float]) -> None:
        """Tie the two together now.

        Args:
            wall: Tells the aware UTC time of the machine; may jump.
            steady: Tells seconds that never go back; counts sleep where the system can.
        """
        self._wall = wall
        self._steady = steady
        # One tuple, replaced as a whole, so that no thread sees half of it.
        self._anchor = (wall(), steady())

    def now(self) -> Moment:
        """Return the present moment. May be called from any thread."""
        steady_s = self._steady()
        told = self._wall()
        wall_then, steady_then = self._anchor
        wall = wall_then + timedelta(seconds=steady_s - steady_then)
        if abs(told - wall) > _JUMP:
            self._anchor = (told, steady_s)
            wall = told
        return Moment(wall=wall, steady_s=steady_s)
