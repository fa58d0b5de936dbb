"""What must be known to open a board: which source, with which settings, in which time zone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """One connection to open.

    Attributes:
        name: The connection's name, chosen by the user.
        kind: The key of its SourceKind.
        told: The fields' values, secrets among them: never print or log it.
        demo: True if the source is the built-in simulator, shown as such.
        zone: IANA name of the site's time zone. None means the machine's own.
    """

    name: str
    kind: str
    told: Mapping[str, str] = field(default_factory=dict, repr=False)
    demo: bool = False
    zone: str | None = None
