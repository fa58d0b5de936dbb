"""What a mapping made of the answers, told line by line to who writes it or checks a connection."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from wallboard.domain.facts import CallRecord, Ending
from wallboard.domain.finding import Finding, Verdict
from wallboard.domain.snapshot import AgentState
from wallboard.sources.rest.mapping import Mapped, Mapping
from wallboard.sources.rest.mapping_values import Trouble

SHOWN: Final = 8
"""So many names of a kind are told."""
_BUSY: Final = (
    AgentState.RINGING,
    AgentState.IN_CALL,
    AgentState.ON_HOLD,
    AgentState.WRAP_UP,
    AgentState.OTHER,
)


def findings_of(mapping: Mapping, mapped: Mapped) -> Iterator[Finding]:
    """Yield what was found of each kind that the mapping reads, and what could not be read."""
    plan, snapshot = mapping.plan, mapped.snapshot
    queues = [queue.name for queue in snapshot.queues.values()]
    yield _finding("mapped_queues", _verdict(queues), count=len(queues), names=_some(queues))
    if plan.agents:
        yield _agents(mapped)
    if plan.calls:
        yield _calls(mapped)
    if plan.ended:
        yield _ended(mapped)
    if plan.counters:
        yield _counters(mapped)
    for trouble in mapped.troubles:
        yield _trouble(trouble)


def _agents(mapped: Mapped) -> Finding:
    agents = mapped.snapshot.agents.values()
    states = Counter(agent.state for agent in agents)
    return _finding(
        "mapped_agents",
        _verdict(agents),
        count=len(agents),
        free=states[AgentState.FREE],
        busy=sum(states[state] for state in _BUSY),
        on_break=states[AgentState.ON_BREAK],
        offline=states[AgentState.OFFLINE],
        unknown=states[AgentState.UNKNOWN],
        names=_some(agent.name for agent in agents),
    )


def _calls(mapped: Mapped) -> Finding:
    calls = mapped.snapshot.calls.values()
    waiting = sum(call.answered_at is None for call in calls)
    # No call at all is no fault: it may be night.
    return _finding(
        "mapped_calls",
        Verdict.GOOD,
        count=len(calls),
        waiting=waiting,
        talking=len(calls) - waiting,
        names=_some(call.call_id for call in calls),
    )


def _ended(mapped: Mapped) -> Finding:
    facts = [fact for fact in mapped.facts if isinstance(fact, CallRecord)]
    endings = Counter(fact.ending for fact in facts)
    known = (Ending.ANSWERED, Ending.ABANDONED, Ending.UNKNOWN)
    return _finding(
        "mapped_ended",
        Verdict.GOOD,
        count=len(facts),
        answered=endings[Ending.ANSWERED],
        abandoned=endings[Ending.ABANDONED],
        other=sum(count for ending, count in endings.items() if ending not in known),
        unknown=endings[Ending.UNKNOWN],
        names=_some(fact.call_id for fact in facts),
    )


def _counters(mapped: Mapped) -> Finding:
    told = [
        f"{reading.queue_id}: "
        + ", ".join(
            f"{name}={number:g}" for name, number in {**reading.now, **reading.sums}.items()
        )
        for reading in mapped.counters
    ]
    return _finding("mapped_counters", _verdict(told), count=len(told), names=_some(told, 3))


def _trouble(trouble: Trouble) -> Finding:
    topic = {"word": "mapped_words", "row": "mapped_rows"}.get(trouble.kind, "mapped_values")
    return _finding(
        topic,
        Verdict.WARNING,
        place=trouble.place,
        count=trouble.count,
        names=_some(trouble.examples),
    )


def _verdict(found: Iterable[object]) -> Verdict:
    return Verdict.GOOD if any(True for _ in found) else Verdict.WARNING


def _some(names: Iterable[str], most: int = SHOWN) -> str:
    told = list(names)
    return ", ".join(told[:most]) + (" …" if len(told) > most else "")


def _finding(topic: str, verdict: Verdict, **details: object) -> Finding:
    told = tuple((name, str(said)) for name, said in details.items())
    return Finding(topic=topic, verdict=verdict, details=told)
