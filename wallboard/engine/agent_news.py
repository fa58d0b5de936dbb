"""Which agents the last pictures changed: who saw one of these need not compare all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import chain
from operator import attrgetter
from typing import Final

from wallboard.domain.snapshot import Agent, AgentId, SnapshotChange
from wallboard.domain.value import value

_KEPT: Final = 4
"""Of so many pictures it is known: a view that is not asked for longer compares all agents once."""
_ID_OF: Final[Callable[[Agent], AgentId]] = attrgetter("agent_id")


@value
class _Told:
    """What one picture changed.

    Attributes:
        mark: What stood for the agents before it.
        ids: Who changed, came or is gone.
        renamed: Those of them who have another name or other queues, came or are gone.
    """

    mark: object
    ids: tuple[AgentId, ...]
    renamed: tuple[AgentId, ...]


class AgentNews:
    """What is known of how the agents of a board came to be as they are.

    Boards that show the same are equal whatever is known of that, so all news are equal.

    Attributes:
        agents: The agents as they are; the news are of these and no others.
        mark: Stands for them. Nothing else is the same object.
    """

    __slots__ = ("_past", "agents", "mark")

    def __init__(
        self,
        agents: Mapping[AgentId, Agent] | None = None,
        past: tuple[_Told, ...] = (),
    ) -> None:
        """Tell of agents.

        Args:
            agents: As they are. None for nobody.
            past: What the last pictures changed, in their order.
        """
        self.agents: Mapping[AgentId, Agent] = {} if agents is None else agents
        self.mark: object = object()
        self._past = past

    def __eq__(self, other: object) -> bool:
        return isinstance(other, AgentNews)

    def __hash__(self) -> int:
        return hash(AgentNews)

    def since(self, mark: object, *, renamed: bool = False) -> Iterable[AgentId] | None:
        """Return who may have changed since a mark, some twice. None if that is not known.

        Args:
            mark: Of earlier news.
            renamed: True for only those who have another name or other queues, came or are gone.
        """
        if mark is self.mark:
            return ()
        for at, told in enumerate(self._past):
            if told.mark is mark:
                later = self._past[at:]
                return chain.from_iterable(one.renamed if renamed else one.ids for one in later)
        return None

    def after(
        self,
        before: Mapping[AgentId, Agent],
        agents: Mapping[AgentId, Agent],
        change: SnapshotChange,
    ) -> AgentNews:
        """Return the news of the next agents.

        Args:
            before: The agents before.
            agents: The agents as they are.
            change: What made the ones of the others.
        """
        if agents is self.agents:
            return self
        if change.whole or before is not self.agents:
            return AgentNews(agents)
        told = _Told(
            mark=self.mark,
            ids=(*map(_ID_OF, change.agents), *change.agents_gone),
            renamed=(*_renamed(before, change.agents), *change.agents_gone),
        )
        return AgentNews(agents, (*self._past, told)[-_KEPT:])


def _renamed(before: Mapping[AgentId, Agent], changed: Iterable[Agent]) -> list[AgentId]:
    pairs = [(before.get(agent.agent_id), agent) for agent in changed]
    return [
        agent.agent_id
        for was, agent in pairs
        if was is None or was.name != agent.name or was.queues != agent.queues
    ]
