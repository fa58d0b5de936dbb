"""Why a history cannot be used, as a kind that the runtime can show and a reason to log."""

from __future__ import annotations

from enum import StrEnum

from wallboard.domain.errors import WallboardError


class StorageFault(StrEnum):
    """What is wrong, by what somebody can do about it."""

    DISK_FULL = "disk_full"
    """No room. Nothing that was acknowledged is lost; try again when there is room."""
    READ_ONLY = "read_only"
    """The place cannot be written."""
    LOCKED = "locked"
    """Another program holds the file; we waited as long as we may. Try again."""
    CORRUPT = "corrupt"
    """The file is damaged. Opening it again puts it aside and begins a new one."""
    NEWER = "newer"
    """A newer version of this program made it."""
    TWO_INSTANCES = "two_instances"
    """Another instance of this program keeps this history."""
    NOT_REACHABLE = "not_reachable"
    """The server does not answer or does not let us in, or the file is not there."""


class HistoryUnavailable(WallboardError):
    """The history cannot be read or written now. What was acknowledged is still safe.

    Attributes:
        kind: What to tell the user, and whether trying again makes sense.
        reason: The system's own words.
    """

    def __init__(self, kind: StorageFault, reason: str) -> None:
        super().__init__(f"{kind}: {reason}")
        self.kind = kind
        self.reason = reason
