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
"""Since when an agent's state counts where that is not what the source says of it; of who is gone,
up to when he was there. `begun_at` tells it of each agent."""

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
    found = {} if seen_to is not None else _fell_silent(begun, before, change)
    spells = []
    as_of = change.as_of
    # Spelled out and not by `max` and `min`: of ten thousand agents hundreds are here each second.
    for key, old, agent in _moved(before, change, seen_to):
        began = None if agent is None else agent.state_since
        told = began or as_of
        since = begun.get(key) or (None if old is None else old.state_since)
        ended_at = told if seen_to is None or told < seen_to else seen_to
        if since is not None:
            if ended_at <= since:
                ended_at = since
            elif old is not None and old.state not in AWAY:
                spells.append(_spell(old, since, ended_at))
        counts = told if since is None or (agent is not None and told >= ended_at) else ended_at
        found[key] = None if counts == began else counts
    return _altered(begun, found), tuple(spells)


def _fell_silent(
    begun: Begun, before: Mapping[AgentId, Agent], change: SnapshotChange
) -> dict[AgentId, datetime | None]:
    """Return since when states count that went on, of which the source no longer says it."""
    silent = [agent for agent in change.agents if agent.state_since is None]
    pairs = [(before.get(agent.agent_id), agent) for agent in silent]
    return {
        agent.agent_id: begun_at(begun, old)
        for old, agent in pairs
        if old is not None and _same_state(old, agent)
    }


def _altered(begun: Begun, found: Mapping[AgentId, datetime | None]) -> Begun:
    """Return since when states count; of those found to be None the source says it."""
    known = {key: since for key, since in found.items() if since is not None}
    told = [key for key in begun if key in found and key not in known]
    if not (known or told):
        return begun
    altered = {**begun, **known}
    for key in told:
        del altered[key]
    return altered


def begun_at(begun: Begun, agent: Agent) -> datetime | None:
    """Return since when the state of an agent of the last picture counts. None if not known."""
    return begun.get(agent.agent_id) or agent.state_since


def running_spells(begun: Begun, agents: Iterable[Agent], now: datetime) -> tuple[AgentSpell, ...]:
    """Return the spells that are not over, as if they ended now; they are no facts yet."""
    return tuple(
        _spell(agent, since, now)
        for agent in agents
        if agent.state not in AWAY and (since := begun_at(begun, agent)) is not None and since < now
    )


_Move: TypeAlias = tuple[AgentId, Agent | None, Agent | None]


def _moved(
    before: Mapping[AgentId, Agent], change: SnapshotChange, seen_to: datetime | None
) -> Iterable[_Move]:
    """Return whose state is another, as it was and as it is; None for who is not there."""
    if seen_to is not None or change.whole or change.agents_gone:
        return _moved_or_gone(before, change, seen_to)
    get = before.get
    return [
        (agent.agent_id, old, agent)
        for agent in change.agents
        # As `_goes_on` says; that most states are others is seen without a call of it for each.
        if (old := get(agent.agent_id)) is None
        or old.state is not agent.state
        or not _goes_on(old, agent, None)
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
    if not _same_state(old, agent):
        return False
    since = agent.state_since
    return seen_to is None if since is None else old.state_since == since


def _same_state(old: Agent, agent: Agent) -> bool:
    return old.state is agent.state and old.reason == agent.reason


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
