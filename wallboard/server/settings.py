"""What can be chosen about the server."""

from __future__ import annotations

from datetime import timedelta

from wallboard.domain.value import value
from wallboard.server.limits import Rate


@value
class ServerSettings:
    """All of it; the limits are wide enough for any wall that behaves.

    Attributes:
        metrics: True if `/metrics` is answered, to who is signed in.
        changes: False if each answer tells the whole picture, made anew: what others do, and what
            the saving is measured against.
        look_every: How often the feed is looked at even if nobody asks.
        each_token: Requests of one token.
        each_stranger: Requests of one address that is not signed in.
        failures: Sign-ins of one address that failed; after that they are refused unread.
        commands: Commands of one token, those that are refused too.
        largest_body: Of a request, in bytes.
        longest_history: Of one request for history, between its ends.
        patience: How long the feed may take to answer.
    """

    metrics: bool = False
    changes: bool = True
    look_every: timedelta = timedelta(seconds=0.25)
    each_token: Rate = Rate(burst=60, per_s=20)
    each_stranger: Rate = Rate(burst=30, per_s=10)
    failures: Rate = Rate(burst=10, per_s=0.2)
    commands: Rate = Rate(burst=10, per_s=1)
    largest_body: int = 8 * 1024
    longest_history: timedelta = timedelta(days=32)
    patience: timedelta = timedelta(seconds=15)
