"""Whether a server is well, for those who watch servers: no names, no sign-in."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

import msgspec

from wallboard.api.protocol import API_VERSION, Instant
from wallboard.api.reading import decoded
from wallboard.api.writing import encoded


class Status(StrEnum):
    """Well or not."""

    OK = "ok"
    DEGRADED = "degraded"


class HistoryStatus(StrEnum):
    """Whether what happens is stored."""

    OK = "ok"
    PAUSED = "paused"


class Duty(StrEnum):
    """What a replica does."""

    ALONE = "alone"
    POLLING = "polling"
    STANDING_BY = "standing_by"


class FaultWord(msgspec.Struct, frozen=True, kw_only=True):
    """The kind of a fault; its details are nobody's who is not signed in."""

    kind: str


class SourceHealth(msgspec.Struct, frozen=True, kw_only=True):
    """How the system behind is.

    Attributes:
        state: live, late, stale or no_data.
    """

    state: str
    fault: FaultWord | None = None


class Health(msgspec.Struct, frozen=True, kw_only=True):
    """How a server is.

    Attributes:
        as_of: Of the newest picture. None before the first.
    """

    status: Status
    api: str = API_VERSION
    as_of: Instant | None = None
    source: SourceHealth
    history: HistoryStatus = HistoryStatus.OK
    role: Duty = Duty.ALONE


def health_bytes(health: Health) -> bytes:
    """Return the body of the answer."""
    return encoded(health)


def read_health(body: bytes) -> Health:
    """Return what an answer says.

    Raises:
        SourceUnreadable: It says nothing we understand.
    """
    return decoded(_healths, body)


_healths: Final = msgspec.json.Decoder(Health)
