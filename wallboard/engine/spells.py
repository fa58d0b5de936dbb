"""How long agents were in which state, as facts: a spell is over when another state begins.

* Nobody's absence is a spell, and neither is a state that was passed through between two pictures.
* What the source says of when a state began is believed, but no time is told twice: a state begins
  at the earliest where the one told before has ended.
* A state of which the source does not say when it began has begun when we first saw it.
* What ended while nobody watched ended when it was seen last.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Final, TypeAlias

from wallboard.domain.facts import AgentSpell, FactId
from wallboard.domain.snapshot import AWAY, Agent, AgentId, AgentState, SnapshotChange

Begun: TypeAlias = Mapping[AgentId, datetime]
"""Since when each agent's state counts; of who is gone, up to when he was there."""

_SIGNED: Final = {state: f"#{state}" for state in AgentState}


def ended_spells(
    begun: Begun,
    before: Mapping[AgentId, Agent],
    change: SnapshotChange,
    *,
    seen_to: datetime | None = None,
) -> tuple[Begun, tuple[AgentSpell, ...]]:
    """Return since when the agents' states count after a change, and the spells that were over.

    Args:
        begun: What this returned for the change before.
        before: The agents as they were.
        seen_to: When they were seen last, if nobody watched between. None if somebody did.
    """
    found: dict[AgentId, datetime] = {}
    spells = []
    as_of = change.as_of
    # Spelled out and not by `max` and `min`: of ten thousand agents hundreds are here each second.
    for key, old, agent in _moved(before, change, seen_to):
        told = as_of if agent is None else agent.state_since or as_of
        since = begun.get(key)
        if since is None:
            found[key] = told
            continue
        ended_at = told if seen_to is None or told < seen_to else seen_to
        if ended_at > since:
            if old is not None and old.state not in AWAY:
                spells.append(_spell(old, since, ended_at))
        else:
            ended_at = since
        found[key] = ended_at if agent is None or told < ended_at else told
    return ({**begun, **found} if found else begun), tuple(spells)


def running_spells(begun: Begun, agents: Iterable[Agent], now: datetime) -> tuple[AgentSpell, ...]:
    """Return the spells that are not over, as if they ended now; they are no facts yet."""
    return tuple(
        _spell(agent, begun[agent.agent_id], now)
        for agent in agents
        if agent.state not in AWAY and begun.get(agent.agent_id, now) < now
    )


_Move: TypeAlias = tuple[AgentId, Agent | None, Agent | None]


def _moved(
    before: Mapping[AgentId, Agent], change: SnapshotChange, seen_to: datetime | None
) -> Iterable[_Move]:
    """Return whose state is another, as it was and as it is; None for who is not there."""
    if seen_to is not None or change.whole or change.agents_gone:
        return _moved_or_gone(before, change, seen_to)
    get = before.get
    pairs = [(get(agent.agent_id), agent) for agent in change.agents]
    return [
        (agent.agent_id, old, agent)
        for old, agent in pairs
        if old is None or not _goes_on(old, agent, None)
    ]


def _moved_or_gone(
    before: Mapping[AgentId, Agent], change: SnapshotChange, seen_to: datetime | None
) -> Iterator[_Move]:
    told = {agent.agent_id: agent for agent in change.agents}
    absent = {key for key in before if key not in told} if change.whole else change.agents_gone
    gone = {key: before[key] for key in absent if key in before}
    for key, old in gone.items():
        yield key, old, None
    if seen_to is not None:
        # Whether a state went on whose begin nobody knows, nobody knows either.
        unsure = {key: old for key, old in before.items() if old.state_since is None}
        told = {**{key: old for key, old in unsure.items() if key not in gone}, **told}
    for key, agent in told.items():
        was = before.get(key)
        if was is None or not _goes_on(was, agent, seen_to):
            yield key, was, agent


def _goes_on(old: Agent, agent: Agent, seen_to: datetime | None) -> bool:
    if old.state is not agent.state or old.reason != agent.reason:
        return False
    if agent.state_since is None:
        return seen_to is None
    return old.state_since == agent.state_since


def _spell(agent: Agent, began_at: datetime, ended_at: datetime) -> AgentSpell:
    agent_id, state = agent.agent_id, agent.state
    return AgentSpell(
        # Not left to the formatting of an enumeration, which takes longer than all the rest.
        fact_id=FactId(agent_id + "@" + began_at.isoformat() + _SIGNED[state]),
        agent_id=agent_id,
        state=state,
        began_at=began_at,
        ended_at=ended_at,
        reason=agent.reason if state is AgentState.ON_BREAK else None,
    )
