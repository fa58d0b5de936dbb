"""Time as a value: what the wall clock and the steady clock say at one moment."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from wallboard.domain.value import value


@value
class Moment:
    """One instant, told by two clocks.

    Attributes:
        wall: Aware, in UTC. May jump when somebody sets the clock.
        steady_s: Seconds of a clock that never jumps and has no meaning by itself.
            Ages and freshness are differences of these.
    """

    wall: datetime
    steady_s: float


class Clock(Protocol):
    """Tells the time. Handed in, so that tests and the simulator have their own."""

    def now(self) -> Moment:
        """Return the present moment. May be called from any thread."""
        ...
