"""How long agents were in which state, as facts: a spell is over when another state begins."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from wallboard.domain.facts import AgentSpell, FactId
from wallboard.domain.snapshot import Agent, AgentId, AgentState

_NOT_THERE = frozenset({AgentState.OFFLINE, AgentState.UNKNOWN})


def ended_spells(
    before: Mapping[AgentId, Agent],
    changed: Iterable[Agent],
    gone: Iterable[AgentId],
    *,
    seen_since: datetime,
    as_of: datetime,
) -> tuple[AgentSpell, ...]:
    """Return the spells that were over when these agents changed or left.

    Nobody's absence is a spell. A state that was passed through between two pictures was not
    seen, and makes none.

    Args:
        before: The agents as they were.
        seen_since: From when on we have watched: a state whose begin is not known began then.
        as_of: When the change was seen.
    """
    spells = []
    for agent in changed:
        old = before.get(agent.agent_id)
        if old is None or old.state in _NOT_THERE or _goes_on(old, agent):
            continue
        # The source may tell of a begin that lies before what it told before.
        ended_at = agent.state_since or as_of
        spell = _spell(old, seen_since, ended_at)
        if spell is not None:
            spells.append(spell)
    for old in filter(None, map(before.get, gone)):
        spell = None if old.state in _NOT_THERE else _spell(old, seen_since, as_of)
        if spell is not None:
            spells.append(spell)
    return tuple(spells)


def running_spells(
    agents: Iterable[Agent], *, seen_since: datetime, now: datetime
) -> tuple[AgentSpell, ...]:
    """Return the spells that are not over, as if they ended now; they are no facts yet."""
    spells = (_spell(agent, seen_since, now) for agent in agents if agent.state not in _NOT_THERE)
    return tuple(spell for spell in spells if spell is not None)


def _goes_on(old: Agent, agent: Agent) -> bool:
    return (
        old.state is agent.state
        and old.reason == agent.reason
        and (old.state_since == agent.state_since or agent.state_since is None)
    )


def _spell(agent: Agent, seen_since: datetime, ended_at: datetime) -> AgentSpell | None:
    began_at = agent.state_since or seen_since
    if ended_at <= began_at:
        return None
    return AgentSpell(
        fact_id=FactId(f"{agent.agent_id}@{began_at.isoformat()}#{agent.state}"),
        agent_id=agent.agent_id,
        state=agent.state,
        began_at=began_at,
        ended_at=ended_at,
        reason=agent.reason if agent.state is AgentState.ON_BREAK else None,
    )
