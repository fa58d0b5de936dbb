"""What a look at a connection found: one line of a diagnosis, and how good it is."""

from __future__ import annotations

from enum import StrEnum

from wallboard.domain.errors import Fault
from wallboard.domain.value import value


class Verdict(StrEnum):
    """How one question of a check was answered."""

    GOOD = "good"
    WARNING = "warning"
    BAD = "bad"


@value
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
