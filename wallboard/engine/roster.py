"""The agents as one looks at them: who, in which groups and order, and who is at it too long."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, TypeAlias

from wallboard.domain.severity import Severity
from wallboard.domain.snapshot import Agent, AgentId, AgentState, QueueId
from wallboard.domain.value import value
from wallboard.engine.limits import Limit


class Grouping(StrEnum):
    """By what agents stand together."""

    STATE = "state"
    QUEUE = "queue"
    NOTHING = "nothing"


class Sorting(StrEnum):
    """By what agents of a group are sorted."""

    LONGEST = "longest"
    """Who is longest in his state comes first."""
    NAME = "name"
    STATE = "state"
    QUEUE = "queue"


@value
class Arrangement:
    """Which agents are shown, and how they are sorted.

    Attributes:
        states: Only agents in one of these; none means all.
        backwards: True to turn the order inside of each group.
    """

    grouping: Grouping = Grouping.STATE
    sorting: Sorting = Sorting.LONGEST
    backwards: bool = False
    states: frozenset[AgentState] = frozenset()


@value
class Group:
    """Agents that stand together. An agent of two queues stands in the groups of both.

    Attributes:
        state: None unless grouped by state.
        queue_id: None unless grouped by queue, and for those who are in no queue.
    """

    agents: tuple[AgentId, ...]
    state: AgentState | None = None
    queue_id: QueueId | None = None


STATE_ORDER: Final = (
    AgentState.FREE,
    AgentState.RINGING,
    AgentState.IN_CALL,
    AgentState.ON_HOLD,
    AgentState.WRAP_UP,
    AgentState.ON_BREAK,
    AgentState.OTHER,
    AgentState.UNKNOWN,
    AgentState.OFFLINE,
)

_MINUTE_S: Final = 60.0
# Conventions, not laws: they become settings. To be free for long is no fault of
# the agent's, and of what he does besides the queues nobody knows how long it should take.
STATE_LIMITS: Final[Mapping[AgentState, Limit]] = {
    AgentState.RINGING: Limit(warning=30.0, critical=60.0),
    AgentState.IN_CALL: Limit(warning=20 * _MINUTE_S, critical=40 * _MINUTE_S),
    AgentState.ON_HOLD: Limit(warning=3 * _MINUTE_S, critical=6 * _MINUTE_S),
    AgentState.WRAP_UP: Limit(warning=3 * _MINUTE_S, critical=6 * _MINUTE_S),
    AgentState.ON_BREAK: Limit(warning=30 * _MINUTE_S, critical=60 * _MINUTE_S),
}

_Key: TypeAlias = tuple[object, ...]
_PLACES: Final = {state: place for place, state in enumerate(STATE_ORDER)}
_LAST: Final = float("inf")


def judge_age(
    state: AgentState,
    age: timedelta | None,
    limits: Mapping[AgentState, Limit] = STATE_LIMITS,
) -> Severity:
    """Return how bad it is to be in a state for so long. An unknown age marks nothing."""
    limit = limits.get(state)
    if limit is None or age is None:
        return Severity.CALM
    return limit.judge(age.total_seconds())


def used_up(
    state: AgentState,
    age: timedelta | None,
    limits: Mapping[AgentState, Limit] = STATE_LIMITS,
) -> float | None:
    """Return which share of the time of a state is used up, 0 to 1. None if there is no limit."""
    limit = limits.get(state)
    if limit is None or age is None:
        return None
    return max(0.0, min(1.0, age.total_seconds() / limit.warning))


def arranged(
    agents: Iterable[Agent],
    arrangement: Arrangement,
    *,
    matches: Callable[[Agent], bool] | None = None,
    name_of: Callable[[str], str] = str.casefold,
    queues: Mapping[QueueId, str] | None = None,
) -> tuple[Group, ...]:
    """Return the agents in their groups; groups that nobody is in are left out.

    Groups by state come in the order of states, groups by queue by the queues' names.

    Args:
        matches: Who is shown. None for all.
        name_of: By what a name is sorted.
        queues: The names of the queues, for groups by queue and to sort by them.
    """
    names = {} if queues is None else queues
    key = _sort_key(arrangement.sorting, name_of, names)
    wanted = _wanted(agents, arrangement.states, matches)
    rows = sorted(wanted, key=key, reverse=arrangement.backwards)
    match arrangement.grouping:
        case Grouping.STATE:
            return _by_state(rows)
        case Grouping.QUEUE:
            return _by_queue(rows, name_of, names)
        case Grouping.NOTHING:
            return (Group(agents=_ids(rows)),) if rows else ()


def _wanted(
    agents: Iterable[Agent],
    states: Collection[AgentState],
    matches: Callable[[Agent], bool] | None,
) -> Iterable[Agent]:
    found = (agent for agent in agents if agent.state in states) if states else agents
    return found if matches is None else filter(matches, found)


def _sort_key(
    sorting: Sorting, name_of: Callable[[str], str], queues: Mapping[QueueId, str]
) -> Callable[[Agent], _Key]:
    def longest(agent: Agent) -> _Key:
        return _stamp(agent.state_since), agent.agent_id

    def name(agent: Agent) -> _Key:
        return name_of(agent.name), agent.agent_id

    def state(agent: Agent) -> _Key:
        return _PLACES[agent.state], _stamp(agent.state_since), agent.agent_id

    def queue(agent: Agent) -> _Key:
        told = [name_of(queues.get(queue_id, queue_id)) for queue_id in agent.queues[:1]]
        return not told, *told, name_of(agent.name), agent.agent_id

    return {
        Sorting.LONGEST: longest,
        Sorting.NAME: name,
        Sorting.STATE: state,
        Sorting.QUEUE: queue,
    }[sorting]


def _stamp(since: datetime | None) -> float:
    """Return since when, for sorting; of whom that is not known comes last."""
    return _LAST if since is None else since.timestamp()


def _by_state(rows: Iterable[Agent]) -> tuple[Group, ...]:
    found: dict[AgentState, list[AgentId]] = {}
    for agent in rows:
        found.setdefault(agent.state, []).append(agent.agent_id)
    return tuple(
        Group(agents=tuple(found[state]), state=state) for state in STATE_ORDER if state in found
    )


def _by_queue(
    rows: Iterable[Agent], name_of: Callable[[str], str], names: Mapping[QueueId, str]
) -> tuple[Group, ...]:
    found: dict[QueueId, list[AgentId]] = {}
    in_none = []
    for agent in rows:
        for queue_id in agent.queues:
            found.setdefault(queue_id, []).append(agent.agent_id)
        if not agent.queues:
            in_none.append(agent.agent_id)

    def place(queue_id: QueueId) -> tuple[str, QueueId]:
        return name_of(names.get(queue_id, queue_id)), queue_id

    groups = [
        Group(agents=tuple(found[queue_id]), queue_id=queue_id)
        for queue_id in sorted(found, key=place)
    ]
    return (*groups, Group(agents=tuple(in_none))) if in_none else tuple(groups)


def _ids(rows: Iterable[Agent]) -> tuple[AgentId, ...]:
    return tuple(agent.agent_id for agent in rows)
