"""Which tables there are, by the form of their rows."""

from __future__ import annotations

from typing import Any, Final

from wallboard.storage.delivery_rows import DELIVERIES
from wallboard.storage.rollups import AGENT_ROLLUPS, QUEUE_ROLLUPS
from wallboard.storage.rows import (
    ALERT_EVENTS,
    ALERT_STATES,
    CALL_BACKS,
    CALLS,
    DIRECTS,
    NOTES,
    RULES,
    SAMPLES,
    SPELLS,
    STRETCHES,
    Form,
)

FACTS: Final[tuple[Form[Any], ...]] = (CALLS, SPELLS, DIRECTS)
"""What has happened: so many rows that they are read page by page."""
NUMBERED: Final[tuple[Form[Any], ...]] = (*FACTS, STRETCHES)
"""Those whose rows begin with a number that is no part of the value."""
PLAIN: Final[tuple[Form[Any], ...]] = (
    SAMPLES,
    RULES,
    QUEUE_ROLLUPS,
    AGENT_ROLLUPS,
    ALERT_STATES,
    ALERT_EVENTS,
    DELIVERIES,
    CALL_BACKS,
    NOTES,
)
"""All others but the feed, which can be made anew."""
