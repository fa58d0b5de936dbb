"""What a look at a connection found: one line of a diagnosis, and how good it is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from wallboard.domain.errors import Fault


class Verdict(StrEnum):
    """How one question of a check was answered."""

    GOOD = "good"
    WARNING = "warning"
    BAD = "bad"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One line of a diagnosis.

    Attributes:
        topic: A stable key: `reachable`, `tls`, `sign_in`, `events`, `commands`, `members`,
            `clock`, `queues`, …
        details: Names and values for the sentence of this topic and verdict. Text from outside.
        fault: The cause, where the verdict is not good and there is one to name.
    """

    topic: str
    verdict: Verdict
    details: tuple[tuple[str, str], ...] = ()
    fault: Fault | None = None
