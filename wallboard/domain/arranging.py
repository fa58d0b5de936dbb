"""What the people of a site decided about what is shown: queues' own names, groups, who calls."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum
from typing import Final

from wallboard.domain.snapshot import QueueId
from wallboard.domain.value import value


class CallerNumbers(StrEnum):
    """How the number of a caller is shown."""

    MASKED = "masked"
    """Its middle hidden: 0912•••6789."""
    END = "end"
    """Its last digits alone: •••6789."""
    HIDDEN = "hidden"
    """Not at all: that there is one is all that is told."""
    WHOLE = "whole"


@value
class Arrangement:
    """How the queues of one connection are shown.

    Attributes:
        names: What a queue is called here, in place of the name that the source tells.
        groups: Which group a queue is in: a free word. Queues without one are missing.
        hidden: Queues that are on no page and in no total of the board.
    """

    names: Mapping[QueueId, str] = field(default_factory=dict)
    groups: Mapping[QueueId, str] = field(default_factory=dict)
    hidden: frozenset[QueueId] = frozenset()


AS_TOLD: Final = Arrangement()
"""Nothing is decided: everything is shown as the source tells it."""
