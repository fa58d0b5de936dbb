"""What a server's own history tells of time in which nobody watched."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from wallboard.domain.clock import Moment
from wallboard.domain.coverage import Stretch, Witness
from wallboard.domain.facts import AgentSpell, Fact, FactId
from wallboard.domain.source import Gap, Recalled, Told
from wallboard.domain.value import value
from wallboard.sources.rest.client import Client
from wallboard.sources.rest.conversation import Conversation, NotSupported
from wallboard.sources.rest.sense import sensible
from wallboard.sources.rest.settings import account_of

LEAD: Final = timedelta(hours=2)
"""So long before the gap calls may have come in that ended in it."""
BEFORE: Final = timedelta(minutes=2)
"""What ended so shortly before the gap may not have been told."""
AFTER: Final = timedelta(seconds=2)
PART: Final = timedelta(seconds=10)
"""For one page: a server may have to look for it."""


@value
class _SteadyClock:
    """Enough of a clock for one telling."""

    wall: datetime

    def now(self) -> Moment:
        return Moment(wall=self.wall, steady_s=time.monotonic())


def past(told: Told, gap: Gap) -> Iterator[Recalled]:
    """Yield what the history tells of a gap; nothing if there is none, or it is another's API.

    Raises:
        SourceRefused: A field cannot be used.
        SourceError: It cannot be read.
    """
    account = account_of(told)
    if account.mapping:
        return
    client = Client(account, _SteadyClock(wall=gap.end))
    try:
        yield from _parts(client, gap)
    except NotSupported:
        return
    finally:
        client.close()


def _parts(client: Client, gap: Gap) -> Iterator[Recalled]:
    client.begin(PART)
    for page in Conversation(client).history(gap.begin - LEAD, gap.end + AFTER):
        told = [made for fact in page.facts if (made := sensible(fact, page.as_of)) is not None]
        facts = tuple(part for fact in told for part in _fitted(fact, gap))
        covered = [part for stretch in page.known for part in _within(stretch, gap)]
        yield Recalled(facts=facts, known=covered[0] if covered else None)
        for stretch in covered[1:]:
            yield Recalled(known=stretch)
        client.begin(PART)


def _within(stretch: Stretch, gap: Gap) -> Iterator[Stretch]:
    begin, end = max(stretch.begin, gap.begin), min(stretch.end, gap.end)
    if begin < end:
        yield Stretch(begin=begin, end=end, witness=Witness.IMPORT)


def _fitted(fact: Fact, gap: Gap) -> Iterator[Fact]:
    """Yield the fact if it is of the gap; of an agent's time the part that is."""
    if not isinstance(fact, AgentSpell):
        if gap.begin - BEFORE <= fact.ended_at <= gap.end + AFTER:
            yield fact
        return
    begin, end = max(fact.began_at, gap.begin), min(fact.ended_at, gap.end)
    if begin < end:
        name = FactId(f"{fact.agent_id}@{begin.isoformat()}#{fact.state}")
        yield replace(fact, fact_id=name, began_at=begin, ended_at=end)
