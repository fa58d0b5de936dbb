"""What must be known to open a board: which source, with which settings, in which time zone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Final

from wallboard.domain.arranging import AS_TOLD, Arrangement
from wallboard.domain.measuring import AS_USUAL, Measuring
from wallboard.domain.value import value

SIMULATOR: Final = "simulator"
"""The key of the kind that invents everything it shows."""
DEMO: Final = "demo"
"""What the command line calls a connection to the simulator, unless a saved one is called so."""
SERVED: Final = "rest"
"""The key of the kind whose server knows who may do what, and each person's phone."""


def by_our_server(kind: str, told: Mapping[str, str]) -> bool:
    """True if a connection is to a server that answers our own API: no mapping has to read it.

    Args:
        kind: The key of its SourceKind.
        told: The fields' values.
    """
    return kind == SERVED and not told.get("mapping")


@value
class Opening:
    """One connection to open.

    Attributes:
        name: The connection's name, chosen by the user.
        kind: The key of its SourceKind.
        told: The fields' values, secrets among them: never print or log it.
        demo: True if the source is the built-in simulator, shown as such.
        zone: IANA name of the site's time zone. None means the machine's own.
        measuring: Targets, profiles, shifts, the business day.
        arrangement: What queues are called in the window, their groups, which are hidden there.
    """

    name: str
    kind: str
    told: Mapping[str, str] = field(default_factory=dict, repr=False)
    demo: bool = False
    zone: str | None = None
    measuring: Measuring = AS_USUAL
    arrangement: Arrangement = AS_TOLD
