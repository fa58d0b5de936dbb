"""What is to be told by ways out, and what has become of it, beside the journal of alerts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from wallboard.domain.delivery import Delivery, DeliveryState
from wallboard.storage.delivery_rows import DELIVERIES
from wallboard.storage.history import History
from wallboard.storage.noted import SCHEMA_NOTE, noted
from wallboard.storage.rows import instant_us

KEPT_FOR: Final = timedelta(days=30)
"""So long it can be seen what became of a delivery."""

_SINCE: Final = 3
"""The layout that has a place for deliveries; one that is only read may be older."""


def keep_deliveries(history: History, deliveries: Iterable[Delivery]) -> None:
    """Keep deliveries as they stand, in the place of what was kept of the same ones.

    Durable as one when it returns; within `together`, with all else.

    Raises:
        HistoryUnavailable: None of them was kept.
    """
    with history.together():
        history.database.run_many("replace deliveries", DELIVERIES.packed(deliveries))


def deliveries_since(history: History, begin: datetime) -> tuple[Delivery, ...]:
    """Return the deliveries that were queued from `begin` on, the newest first.

    At most as many as one reads at once: some two thousand. One that is damaged is left out.
    """
    return _found(history, "deliveries", instant_us(begin))


def queued_deliveries(history: History) -> tuple[Delivery, ...]:
    """Return all deliveries that are still to be sent, in no order."""
    return _found(history, "queued deliveries", DeliveryState.QUEUED.value)


def forget_deliveries(history: History, before: datetime) -> None:
    """Forget what was queued before an instant.

    Raises:
        HistoryUnavailable: It cannot be written.
    """
    history.database.run("past deliveries", instant_us(before))


def _found(history: History, statement: str, given: int | str) -> tuple[Delivery, ...]:
    if int(noted(history.database, SCHEMA_NOTE) or 0) < _SINCE:
        return ()
    found = map(DELIVERIES.unpacked, history.database.rows(statement, given))
    return tuple(delivery for delivery in found if delivery is not None)
