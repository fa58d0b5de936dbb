"""A clock that a test moves by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from wallboard.domain.clock import Moment

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@dataclass(slots=True)
class HandClock:
    """Stands still until told otherwise."""

    wall: datetime = NOON
    steady_s: float = 1000.0

    def now(self) -> Moment:
        return Moment(wall=self.wall, steady_s=self.steady_s)

    def pass_by(self, seconds: float) -> Moment:
        self.wall += timedelta(seconds=seconds)
        self.steady_s += seconds
        return self.now()
