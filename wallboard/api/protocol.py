"""What both ends of the API agree on besides the documents: its version, addresses and headers."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Annotated, Final, TypeAlias

import msgspec

API_VERSION: Final = "1.0"

CAPABILITIES: Final = "/v1/capabilities"
SNAPSHOT: Final = "/v1/snapshot"
FACTS: Final = "/v1/facts"
HISTORY: Final = "/v1/history"
COMMANDS: Final = "/v1/commands"
HEALTH: Final = "/v1/health"
KIOSKS: Final = "/v1/kiosks"

JSON: Final = "application/json"
PROBLEM_JSON: Final = "application/problem+json"

AS_OF_HEADER: Final = "Wallboard-As-Of"
"""The source's own time, in each answer that has one, also in those without a body."""
KEY_HEADER: Final = "Idempotency-Key"

LONGEST_TEXT: Final = 512
"""In characters; a longer name is cut, a longer id or version refused."""
MOST_QUEUES: Final = 2_000
MOST_AGENTS: Final = 10_000
MOST_CALLS: Final = 20_000
MOST_FACTS: Final = 10_000
"""In one answer."""
LONGEST_SECONDS: Final = 30 * 86_400
"""No wait, talk or target is longer; what is told longer is unknown."""
FIRST_TIME: Final = datetime(1970, 1, 1, tzinfo=UTC)
END_OF_TIMES: Final = datetime(2200, 1, 1, tzinfo=UTC)
"""A time before the first or not before this one is not believed."""

MOST_BAD: Final = 0.2
"""An answer of whose rows a larger share is unreadable is not believed at all."""

KEY_PATTERN: Final = "^[A-Za-z0-9_-]{8,128}$"
"""Of an idempotency key."""

MOST_COUNTED: Final = 1_000_000
"""No queue has more calls in a day."""
LONGEST_SUM: Final = MOST_COUNTED * 3600
"""Of the seconds of all of them together."""
Seconds: TypeAlias = Annotated[float, msgspec.Meta(ge=0, le=LONGEST_SECONDS)]
Count: TypeAlias = Annotated[int, msgspec.Meta(ge=0, le=MOST_COUNTED)]
SumOfSeconds: TypeAlias = Annotated[float, msgspec.Meta(ge=0, le=LONGEST_SUM)]
Instant: TypeAlias = Annotated[datetime, msgspec.Meta(tz=True)]
Key: TypeAlias = Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_TEXT)]

_keys: Final = re.compile(KEY_PATTERN)
_instants: Final = msgspec.json.Decoder(Instant)


def is_key(text: str) -> bool:
    """True if the text may be an idempotency key."""
    return _keys.fullmatch(text) is not None


def time_text(instant: datetime) -> str:
    """Return the instant as the API tells it, in UTC with a `Z`."""
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")


def read_time(text: str) -> datetime | None:
    """Return the instant of a header or an address, in UTC. None if it is none."""
    try:
        return believable(_instants.decode(msgspec.json.encode(text)))
    except ValueError:  # what msgspec raises is one, and so is a text that is no Unicode
        return None


def believable(instant: datetime) -> datetime:
    """Return an aware instant as UTC.

    Raises:
        ValueError: It is of no time in which a call center stood.
    """
    if not FIRST_TIME <= instant < END_OF_TIMES:
        raise ValueError("a time out of all range")
    return instant if instant.tzinfo is UTC else instant.astimezone(UTC)


def cut(text: str) -> str:
    """Return a text no longer than may be; one that was longer ends in an ellipsis."""
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"


def number(seconds: float) -> float | int:
    """Return seconds as the shortest number: `20`, not `20.0`."""
    return int(seconds) if seconds.is_integer() else seconds
