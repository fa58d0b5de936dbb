"""Deliveries as rows of their table and back."""

from __future__ import annotations

from datetime import datetime
from typing import Final, TypeAlias

import msgspec

from wallboard.domain.delivery import Delivery, DeliveryState
from wallboard.domain.errors import Fault
from wallboard.storage.rows import ALERT_EVENTS, Form, Row, instant_of, instant_us

_Course: TypeAlias = tuple[datetime, int, Fault | None]


def _cells(delivery: Delivery) -> Row:
    course: _Course = (delivery.due_at, delivery.tries, delivery.fault)
    event_id, _at, event = ALERT_EVENTS.cells(delivery.event)
    return (
        delivery.way,
        event_id,
        delivery.state.value,
        instant_us(delivery.queued_at),
        event,
        msgspec.json.encode(course).decode(),
    )


def _value(row: Row) -> Delivery:
    due_at, tries, fault = msgspec.json.decode(row[5], type=_Course)
    return Delivery(
        way=row[0],
        event=ALERT_EVENTS.value((row[1], 0, row[4])),
        queued_at=instant_of(row[3]),
        due_at=due_at,
        state=DeliveryState(row[2]),
        tries=tries,
        fault=fault,
    )


DELIVERIES: Final = Form(
    "deliveries",
    ("way", "event_id", "state", "queued_at", "event", "course"),
    _cells,
    _value,
)
