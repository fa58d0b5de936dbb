"""Alerts on their way to people: what is to be told where, and what has become of it."""

from __future__ import annotations

import hashlib
from dataclasses import field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypeAlias

from wallboard.domain.alert import AlertEvent
from wallboard.domain.errors import Fault, WallboardError
from wallboard.domain.value import value

DeliveryKey: TypeAlias = tuple[str, str]
"""The name of the way out and the event's id."""


class DeliveryState(StrEnum):
    """What has become of a delivery."""

    QUEUED = "queued"
    """It is to be sent, for the first time or again."""
    SENT = "sent"
    """Whoever takes messages there said that he has it."""
    FAILED = "failed"
    """It was tried for as long as it is of use, and is not tried any more."""


@value
class Delivery:
    """One event that is to be told by one way out.

    Attributes:
        way: The way's name.
        queued_at: When it was decided, by this computer's clock, UTC.
        due_at: Before then it is not tried. Of one that is not queued: when it ended.
        tries: How often it was tried.
        fault: Why the last try failed. None if none has.
    """

    way: str
    event: AlertEvent
    queued_at: datetime
    due_at: datetime
    state: DeliveryState = DeliveryState.QUEUED
    tries: int = 0
    fault: Fault | None = None

    @property
    def key(self) -> DeliveryKey:
        """By which it is known: an event is told by a way once."""
        return self.way, self.event.event_id


@value
class Attachment:
    """A file that goes with a message.

    Attributes:
        name: Of the file, fit for every system.
        kind, subtype: Of what it holds, such as `application` and `pdf`.
    """

    name: str
    kind: str
    subtype: str
    content: bytes = field(repr=False)


@value
class Post:
    """What is handed to a way out: one message, about one event or several.

    Attributes:
        post_id: The same whenever the same events are sent again.
        at: When it is sent.
        title, text: In the user's language; plain text.
        rtl: True if it is written from right to left.
        language: As in `fa`.
        events: What it is about, the oldest first; empty for a trial. As they are: of agents
            neither name nor id is passed on unless `names`.
        names: True if agents' names may leave the house.
        attachments: Files; only mail takes them along.
    """

    post_id: str
    at: datetime
    title: str
    text: str
    rtl: bool = False
    language: str = "en"
    events: tuple[AlertEvent, ...] = ()
    names: bool = False
    attachments: tuple[Attachment, ...] = ()


def outward(name: str) -> str:
    """Return an id for others: as unique as ours, and without what stands in ours."""
    return hashlib.sha256(name.encode()).hexdigest()[:32]


class NotDelivered(WallboardError):
    """A message was not taken, or nobody said that it was. It is tried again later.

    Attributes:
        fault: Why.
        lasting: True if somebody must mend something first: it is tried seldom then.
        retry_after: How long we were asked to wait. None if we were not.
    """

    def __init__(
        self, fault: Fault, *, lasting: bool = False, retry_after: timedelta | None = None
    ) -> None:
        super().__init__(f"{fault.kind}: {', '.join(f'{k}={v}' for k, v in fault.details)}")
        self.fault = fault
        self.lasting = lasting
        self.retry_after = retry_after
