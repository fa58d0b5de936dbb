"""How bad something is."""

from __future__ import annotations

from enum import IntEnum


class Severity(IntEnum):
    """How bad it is; a larger one is worse."""

    CALM = 0
    WARNING = 1
    CRITICAL = 2
