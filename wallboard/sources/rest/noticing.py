"""What is worth knowing although a server answers."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from wallboard.api.picture import Taken
from wallboard.domain.clock import Moment
from wallboard.domain.errors import Fault, FaultKind, fault
from wallboard.sources.rest.client import Client

CLOCK_MATTERS: Final = timedelta(seconds=15)
"""A picture may be some seconds old by itself."""
CERTIFICATE_MATTERS: Final = timedelta(days=14)
NEWS: Final = timedelta(minutes=15)
"""How long a notice about something that happened stays."""


class Noticing:
    """The notices of one source.

    Attributes:
        forbidden: What we may not ask. None if there is nothing.
    """

    def __init__(self, client: Client) -> None:
        self.forbidden: Fault | None = None
        self._client = client
        self._news: dict[FaultKind, tuple[Fault, float]] = {}

    def happened(self, news: Fault, now: Moment) -> None:
        """Take something to tell for a while."""
        self._news[news.kind] = (news, now.steady_s)

    def notices(self, taken: Taken, now: Moment) -> tuple[Fault, ...]:
        """Return what holds now, one of a kind."""
        self._news = {
            kind: (news, at_s)
            for kind, (news, at_s) in self._news.items()
            if now.steady_s - at_s < NEWS.total_seconds()
        }
        found = [
            self.forbidden,
            self._of_clock(taken, now),
            self._of_certificate(now),
            *[news for news, _ in self._news.values()],
            fault(FaultKind.ROWS_IGNORED, count=taken.ignored) if taken.ignored else None,
            *taken.notices,
        ]
        return tuple({one.kind: one for one in found if one is not None}.values())

    def _of_clock(self, taken: Taken, now: Moment) -> Fault | None:
        off = taken.snapshot.as_of - now.wall
        if abs(off) <= CLOCK_MATTERS:
            return None
        return fault(FaultKind.CLOCK_OFF, seconds=round(off.total_seconds()))

    def _of_certificate(self, now: Moment) -> Fault | None:
        seen = self._client.seen
        if seen is None or seen.until is None:
            return None
        left = seen.until - now.wall
        if left > CERTIFICATE_MATTERS:
            return None
        host = self._client.origin.host
        return fault(FaultKind.CERTIFICATE_ENDS, host=host, count=max(0, left.days))
