"""How many agents are in which state, kept up to date by what changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field

from wallboard.domain.snapshot import AWAY, Agent, AgentId, AgentState, QueueId
from wallboard.domain.value import value

Counts = Mapping[AgentState, int]

_RINGING, _IN_CALL = AgentState.RINGING, AgentState.IN_CALL
_ON_HOLD, _WRAP_UP = AgentState.ON_HOLD, AgentState.WRAP_UP
BUSY = frozenset({_RINGING, _IN_CALL, _ON_HOLD, _WRAP_UP})


def logged_in(counts: Counts) -> int:
    """Return how many agents are logged in, in whatever state."""
    return sum(number for state, number in counts.items() if state not in AWAY)


@value
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
        counts = self.queues.get(queue_id)
        if counts is None:
            return 0
        get = counts.get  # spelled out: it is asked of each queue in every second
        return get(_RINGING, 0) + get(_IN_CALL, 0) + get(_ON_HOLD, 0) + get(_WRAP_UP, 0)


def counted(
    crew: Crew, before: Mapping[AgentId, Agent], changed: Iterable[Agent], gone: Iterable[AgentId]
) -> tuple[Crew, frozenset[QueueId]]:
    """Return the counts after some agents changed, and the queues whose counts did."""
    tally, get = _Tally(crew), before.get
    for agent in changed:
        old = get(agent.agent_id)
        if old is None:
            tally.add(agent, 1)
        elif old.queues != agent.queues:
            tally.add(old, -1)
            tally.add(agent, 1)
        elif old.state is not agent.state:
            tally.move(old.state, agent)
    for left in filter(None, map(before.get, gone)):
        tally.add(left, -1)
    return tally.crew(), frozenset(tally.queues)


class _Tally:
    """Counts while they are altered.

    Attributes:
        queues: Those whose counts are others than before.
    """

    def __init__(self, crew: Crew) -> None:
        self._known = crew.queues
        self._site = dict(crew.site)
        self.queues: dict[QueueId, dict[AgentState, int]] = {}

    def crew(self) -> Crew:
        return Crew(site=self._site, queues={**self._known, **self.queues})

    def add(self, agent: Agent, by: int) -> None:
        state = agent.state
        self._site[state] = self._site.get(state, 0) + by
        for queue_id in agent.queues:
            counts = self.queues.get(queue_id) or self._begin(queue_id)
            counts[state] = counts.get(state, 0) + by

    def move(self, state: AgentState, agent: Agent) -> None:
        """Do both at once for who is in the same queues as before, as nearly all are."""
        new, queues = agent.state, self.queues
        self._site[state] -= 1
        self._site[new] = self._site.get(new, 0) + 1
        for queue_id in agent.queues:
            counts = queues.get(queue_id) or self._begin(queue_id)
            counts[state] -= 1
            counts[new] = counts.get(new, 0) + 1

    def _begin(self, queue_id: QueueId) -> dict[AgentState, int]:
        counts = self.queues[queue_id] = dict(self._known.get(queue_id, {}))
        return counts
