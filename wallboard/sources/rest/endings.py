"""How calls ended of which a server tells nothing but that they are gone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Final

from wallboard.domain.facts import CallRecord, Ending, Fact, FactId
from wallboard.domain.snapshot import Call, CallId, Snapshot
from wallboard.domain.value import value
from wallboard.sources.rest.sense import SLACK

GRACE: Final = timedelta(seconds=60)
"""So long a server that tells how calls end may take for it."""
_MOST_KEPT: Final = 20_000


@value
class _Gone:
    call: Call
    snapshot: Snapshot
    at_s: float


class Endings:
    """Looks whether each call that is gone has its fact, and tells of the others what was seen.

    Who had been answered was answered; how long he talked nobody saw. How it ended for who was
    still waiting is unknown: between two pictures he may have been answered or have hung up.
    """

    def __init__(self) -> None:
        self._calls: dict[CallId, Call] = {}
        self._told: dict[CallId, None] = {}
        self._gone: dict[CallId, _Gone] = {}
        self._seen: dict[CallId, FactId] = {}
        # Facts that are ahead of the picture, and since when.
        self._early: dict[FactId, tuple[Fact, float]] = {}

    def begin(self, snapshot: Snapshot) -> None:
        """Take over the calls that somebody else saw."""
        self._calls = dict(snapshot.calls)

    def taken(
        self, snapshot: Snapshot, told: Iterable[Fact], now_s: float, grace: timedelta
    ) -> tuple[Fact, ...]:
        """Return the facts of a picture: those told, and those that nobody will tell.

        Args:
            grace: How long to wait for a fact. Nothing if the server tells none.
        """
        facts = self._not_early(map(self._named, told), snapshot, now_s)
        for fact in facts:
            if isinstance(fact, CallRecord):
                self._told[fact.call_id] = None
                self._gone.pop(fact.call_id, None)
        for key, call in self._calls.items():
            if key not in snapshot.calls and key not in self._told:
                self._gone[key] = _Gone(call=call, snapshot=snapshot, at_s=now_s)
        for key in snapshot.calls.keys() & self._gone.keys():
            del self._gone[key]  # it is there again
        self._calls = dict(snapshot.calls)
        due_s = now_s - grace.total_seconds()
        due = [gone for gone in self._gone.values() if gone.at_s <= due_s]
        for gone in due:
            del self._gone[gone.call.call_id]
        self._forget()
        return (*facts, *map(self._ended, due))

    def _not_early(
        self, told: Iterable[Fact], snapshot: Snapshot, now_s: float
    ) -> tuple[Fact, ...]:
        """Return the facts without those that are ahead of the picture.

        Those of calls that it still shows would be counted twice, and nothing ends after it.
        """
        facts: list[Fact] = []
        for fact in told:
            if _is_early(fact, snapshot):
                self._early[fact.fact_id] = (fact, now_s)
            else:
                facts.append(fact)
        for key, (fact, since_s) in list(self._early.items()):
            if not _is_early(fact, snapshot) or now_s - since_s > GRACE.total_seconds():
                facts.append(fact)
                del self._early[key]
        return tuple(facts)

    def _named(self, fact: Fact) -> Fact:
        """Return a fact under the name under which it was told already, if it was."""
        if isinstance(fact, CallRecord) and fact.call_id in self._seen:
            return replace(fact, fact_id=self._seen[fact.call_id])
        return fact

    def _ended(self, gone: _Gone) -> CallRecord:
        call, as_of = gone.call, gone.snapshot.as_of
        entered_at = min(call.entered_at or as_of, as_of)
        answered_at = call.answered_at
        wait = None
        if answered_at is not None and call.entered_at is not None:
            wait = max(timedelta(), answered_at - call.entered_at)
        queue = gone.snapshot.queues.get(call.queue_id)
        fact_id = FactId(call.call_id)
        self._seen[call.call_id] = fact_id
        return CallRecord(
            fact_id=fact_id,
            call_id=call.call_id,
            queue_id=call.queue_id,
            entered_at=entered_at,
            ended_at=as_of,
            ending=Ending.UNKNOWN if answered_at is None else Ending.ANSWERED,
            wait=wait,
            target=None if queue is None else queue.target,
            agent_id=call.agent_id if answered_at is not None else None,
            caller_number=call.caller_number,
        )

    def _forget(self) -> None:
        for kept in (self._told, self._seen):
            while len(kept) > _MOST_KEPT:
                del kept[next(iter(kept))]


def _is_early(fact: Fact, snapshot: Snapshot) -> bool:
    if isinstance(fact, CallRecord) and fact.call_id in snapshot.calls:
        return True
    return fact.ended_at > snapshot.as_of + SLACK
