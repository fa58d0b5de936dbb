"""Mappings that tests write, and the answers that they read."""

from __future__ import annotations

import json
from collections.abc import Mapping as AnyMapping
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from wallboard.sources.rest.mapping import Mapped, Mapping, mapping_in

START = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)

PLAIN = """
mapping = 1
name = "Ours"
zone = "Asia/Tehran"

[asks.live]
path = "/live"

[queues]
from = "live"
rows = "queues"
queue_id = "id"
name = "title"
target = { path = "sla", unit = "s" }

[agents]
from = "live"
rows = "people"
agent_id = "id"
name = "name"
state_since = { path = "since", unit = "epoch_s" }
queues = "in"
reason = "why"
call_id = "call"

[agents.state]
path = "state"
[agents.state.words]
Available = "free"
Ringing = "ringing"
Talking = "in_call"
Lunch = "on_break"
Gone = "offline"

[calls]
from = "live"
rows = "calls"
call_id = "id"
queue_id = "queue"
entered_at = { path = "came", unit = "epoch_s" }
answered_at = { path = "answered", unit = "epoch_s" }
agent_id = "agent"
caller_number = "from"
"""
"""A mapping of one answer, as the smallest systems give it."""


def mapping_with(text: str = PLAIN, **changes: str) -> Mapping:
    """Return a mapping, some of its pieces of text replaced: `mapping_with(sla="limit")`."""
    for old, new in changes.items():
        text = text.replace(old, new)
    return _mapping(text)


@cache
def _mapping(text: str) -> Mapping:
    return mapping_in(text.encode())  # a value: all who ask may have the same one


def answer(**told: Any) -> bytes:
    """Return a JSON answer."""
    return json.dumps(told).encode()


def live(at: datetime | None = None, **told: Any) -> AnyMapping[str, list[bytes]]:
    """Return the answers of the plain mapping; lists that are not told are empty."""
    del at
    return {"live": [answer(**{"queues": [{"id": "q"}], "people": [], "calls": [], **told})]}


class Watched:
    """One mapping that is asked again and again, each answer some seconds after the one before."""

    def __init__(self, mapping: Mapping | None = None) -> None:
        self.mapping = mapping or mapping_with()
        self.now = START
        self.last: Mapped | None = None

    def look(self, after: float = 5, **told: Any) -> Mapped:
        """Return what an answer means that comes some seconds later."""
        self.now += timedelta(seconds=after)
        return self.look_at(live(**told))

    def look_at(self, answers: AnyMapping[str, list[bytes]]) -> Mapped:
        self.last = self.mapping.picture(answers, self.now, self.last)
        return self.last


def epoch(after: float = 0) -> int:
    """Return seconds since the epoch, some of them after the start of the test's day."""
    return int((START + timedelta(seconds=after)).timestamp())
