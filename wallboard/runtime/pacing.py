"""How long to wait before a source is asked again."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from wallboard.domain.errors import FaultKind, SourceError, SourceRefused, SourceUnavailable

SIGN_IN_PAUSE = timedelta(minutes=10)
LONGEST_RETRY_AFTER = timedelta(seconds=300)
LEAST_BETWEEN_SENDS = timedelta(milliseconds=25)
_JITTER = 0.1


def pause_after(error: SourceError | None, poll: timedelta, chance: Random) -> timedelta:
    """Return how long to wait once a fetch has ended.

    Pictures come every `poll`, give or take a tenth, so that many boards do not ask in step.
    After a failure the tenth is only ever taken off: the board is back within one poll of the
    source's return. A refused password is not tried again by itself for ten minutes, or the
    server would lock the account.

    Args:
        error: What the fetch raised. None if it gave a picture.
    """
    if isinstance(error, SourceRefused) and error.fault.kind is FaultKind.SIGN_IN:
        return SIGN_IN_PAUSE
    if isinstance(error, SourceUnavailable) and error.retry_after is not None:
        return min(max(error.retry_after, timedelta()), LONGEST_RETRY_AFTER)
    if error is not None:
        return poll * chance.uniform(1 - _JITTER, 1)
    return poll * chance.uniform(1 - _JITTER, 1 + _JITTER)
