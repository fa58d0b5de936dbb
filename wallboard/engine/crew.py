"""How many agents are in which state, kept up to date by what changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from wallboard.domain.snapshot import Agent, AgentId, AgentState, QueueId

Counts = Mapping[AgentState, int]

BUSY = frozenset({AgentState.RINGING, AgentState.IN_CALL, AgentState.ON_HOLD, AgentState.WRAP_UP})


@dataclass(frozen=True, slots=True, kw_only=True)
class Crew:
    """Counts of agents.

    Attributes:
        site: Each person once, whatever number of queues he is in.
        queues: By queue; an agent of two queues is in both.
    """

    site: Counts = field(default_factory=dict)
    queues: Mapping[QueueId, Counts] = field(default_factory=dict)

    def free(self, queue_id: QueueId) -> int:
        """Return how many of the queue's agents could take a call now."""
        return self.queues.get(queue_id, {}).get(AgentState.FREE, 0)

    def busy(self, queue_id: QueueId) -> int:
        """Return how many of the queue's agents are at work on a call, of whatever queue."""
        counts = self.queues.get(queue_id, {})
        return sum(counts.get(state, 0) for state in BUSY)


def counted(
    crew: Crew, before: Mapping[AgentId, Agent], changed: Iterable[Agent], gone: Iterable[AgentId]
) -> tuple[Crew, frozenset[QueueId]]:
    """Return the counts after some agents changed, and the queues whose counts did."""
    site = dict(crew.site)
    queues: dict[QueueId, dict[AgentState, int]] = {}

    def add(agent: Agent, by: int) -> None:
        site[agent.state] = site.get(agent.state, 0) + by
        for queue_id in agent.queues:
            counts = queues.get(queue_id)
            if counts is None:
                counts = queues[queue_id] = dict(crew.queues.get(queue_id, {}))
            counts[agent.state] = counts.get(agent.state, 0) + by

    for agent in changed:
        old = before.get(agent.agent_id)
        if old is None:
            add(agent, 1)
        elif old.state is not agent.state or old.queues != agent.queues:
            add(old, -1)
            add(agent, 1)
    for left in filter(None, map(before.get, gone)):
        add(left, -1)
    return Crew(site=site, queues={**crew.queues, **queues}), frozenset(queues)
