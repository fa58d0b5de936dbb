"""The agents in their groups and order, kept: who did not change is not put in his place anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from itertools import compress
from math import inf
from operator import attrgetter, is_not, itemgetter, ne
from typing import Final, TypeAlias

from wallboard.domain.snapshot import Agent, AgentId, AgentState, QueueId
from wallboard.engine.roster import STATE_ORDER, Arrangement, Group, Grouping, Sorting

_GroupKey: TypeAlias = AgentState | QueueId | str | None
# What an agent is sorted by, ending with his id: no two are equal.
_Row: TypeAlias = tuple[object, ...]
_Key: TypeAlias = Callable[[Agent], _Row]

_PLACES: Final = {state: place for place, state in enumerate(STATE_ORDER)}
_ID: Final[Callable[[_Row], AgentId]] = itemgetter(-1)
_ID_OF: Final[Callable[[Agent], AgentId]] = attrgetter("agent_id")
_NOBODY: Final[Mapping[object, _Row]] = {}
_NOWHERE: Final[tuple[tuple[_GroupKey, ...], _Row]] = ((), ())
_BEGIN: Final = datetime(1970, 1, 1, tzinfo=UTC)
_LAST: Final = inf
"""Of whom it is not known since when comes last."""


def arranged(
    agents: Iterable[Agent],
    arrangement: Arrangement,
    *,
    matches: Callable[[Agent], bool] | None = None,
    name_of: Callable[[str], str] = str.casefold,
    queues: Mapping[QueueId, str] | None = None,
) -> tuple[Group, ...]:
    """Return the agents in their groups, once; see `Lineup`."""
    lineup = Lineup(arrangement, matches=matches, name_of=name_of, queues=queues)
    return lineup.groups({agent.agent_id: agent for agent in agents})


class Lineup:
    """Agents in the groups and the order of one arrangement, as they come and change.

    Groups by state come in the order of states, groups by queue by the queues' names; groups that
    nobody is in are left out. Of the agents that are the same object as before nothing is looked
    at again, so what must be arranged by other names or another filter needs another lineup.
    """

    def __init__(
        self,
        arrangement: Arrangement,
        *,
        matches: Callable[[Agent], bool] | None = None,
        name_of: Callable[[str], str] = str.casefold,
        queues: Mapping[QueueId, str] | None = None,
        teams: Mapping[QueueId, str] | None = None,
    ) -> None:
        """Begin with nobody.

        Args:
            matches: Who is shown. None for all.
            name_of: By what a name is sorted.
            queues: The names of the queues, for groups by queue and to sort by them.
            teams: The group of each queue that has one, for groups by team.
        """
        self._arrangement = arrangement
        self._matches = matches
        self._name_of = name_of
        self._queues: Mapping[QueueId, str] = {} if queues is None else queues
        self._key = _sort_key(arrangement.sorting, name_of, self._queues)
        self._placed_by = None if matches is not None else _placed_by(arrangement)
        self._groups_of = _groups_of(arrangement.grouping, teams or {})
        self._agents: Mapping[AgentId, Agent] = {}
        # In which groups those stand who are wanted, and by what they are sorted there.
        self._places: dict[AgentId, tuple[tuple[_GroupKey, ...], _Row]] = {}
        self._rows: dict[_GroupKey, list[_Row]] = {}
        self._groups: dict[_GroupKey, Group] = {}
        self._told: tuple[Group, ...] = ()

    def groups(self, agents: Mapping[AgentId, Agent]) -> tuple[Group, ...]:
        """Return these agents in their groups. A group that is as it was is the same object."""
        gone, come = _differences(self._agents, agents, self._placed_by)
        self._agents = agents
        if gone or come:
            self._take(gone, come)
            self._told = tuple(self._groups[key] for key in sorted(self._groups, key=self._place))
        return self._told

    def _take(self, gone: Iterable[Agent], come: Iterable[Agent]) -> None:
        left, joined = self._left(gone), self._joined(come)
        for group in left.keys() | joined.keys():
            was, now = left.get(group, _NOBODY), joined.get(group, _NOBODY)
            self._regroup(group, was, now)

    def _left(self, agents: Iterable[Agent]) -> dict[_GroupKey, dict[object, _Row]]:
        """Forget where agents stand; return the rows of those who were wanted, by group and id."""
        left: defaultdict[_GroupKey, dict[object, _Row]] = defaultdict(dict)
        forget = self._places.pop
        for agent_id in map(_ID_OF, agents):
            groups, row = forget(agent_id, _NOWHERE)
            for group in groups:
                left[group][agent_id] = row
        return left

    def _joined(self, agents: Iterable[Agent]) -> dict[_GroupKey, dict[object, _Row]]:
        """Remember where agents stand; return the rows of those who are wanted, the same way."""
        joined: defaultdict[_GroupKey, dict[object, _Row]] = defaultdict(dict)
        places, key, groups_of = self._places, self._key, self._groups_of
        for agent in filter(self._wanted, agents):
            agent_id, row, groups = agent.agent_id, key(agent), groups_of(agent)
            places[agent_id] = (groups, row)
            for group in groups:
                joined[group][agent_id] = row
        return joined

    def _regroup(
        self, group: _GroupKey, was: Mapping[object, _Row], now: Mapping[object, _Row]
    ) -> None:
        # Who changed, but in nothing that he is placed by, stays where he is.
        left = {agent_id for agent_id, row in was.items() if now.get(agent_id) != row}
        joined = [row for agent_id, row in now.items() if was.get(agent_id) != row]
        if not left and not joined:
            return
        before = self._rows.get(group, [])
        rows = [row for row in before if row[-1] not in left] if left else list(before)
        # Nearly all stand in their order already, which is what this sort is quick with.
        rows += joined
        rows.sort(reverse=self._arrangement.backwards)
        if not rows:
            del self._rows[group], self._groups[group]
            return
        self._rows[group] = rows
        self._groups[group] = self._group(group, tuple(map(_ID, rows)))

    def _group(self, group: _GroupKey, agents: tuple[AgentId, ...]) -> Group:
        if group is None:
            return Group(agents=agents)
        if isinstance(group, AgentState):
            return Group(agents=agents, state=group)
        if self._arrangement.grouping is Grouping.TEAM:
            return Group(agents=agents, team=group)
        return Group(agents=agents, queue_id=QueueId(group))

    def _wanted(self, agent: Agent) -> bool:
        states = self._arrangement.states
        if states and agent.state not in states:
            return False
        return self._matches is None or self._matches(agent)

    def _place(self, group: _GroupKey) -> tuple[object, ...]:
        if group is None:
            return (True,)
        if isinstance(group, AgentState):
            return (False, _PLACES[group])
        if self._arrangement.grouping is Grouping.TEAM:
            return (False, self._name_of(group), group)
        return (False, self._name_of(self._queues.get(QueueId(group), group)), group)


_IN_NONE: Final[tuple[_GroupKey, ...]] = (None,)
_GROUPS_OF: Final[Mapping[Grouping, Callable[[Agent], tuple[_GroupKey, ...]]]] = {
    Grouping.STATE: lambda agent: (agent.state,),
    Grouping.QUEUE: lambda agent: agent.queues or _IN_NONE,
    Grouping.NOTHING: lambda _agent: _IN_NONE,
}


def _groups_of(
    grouping: Grouping, teams: Mapping[QueueId, str]
) -> Callable[[Agent], tuple[_GroupKey, ...]]:
    """Return what tells the groups that an agent is in."""
    if grouping is not Grouping.TEAM:
        return _GROUPS_OF[grouping]

    def teams_of(agent: Agent) -> tuple[_GroupKey, ...]:
        found = dict.fromkeys(teams[key] for key in agent.queues if key in teams)
        return tuple(found) or _IN_NONE

    return teams_of


_SORTED_BY: Final = {
    Sorting.LONGEST: ("state_since",),
    Sorting.NAME: ("name",),
    Sorting.STATE: ("state", "state_since"),
    Sorting.QUEUE: ("queues", "name"),
}
_GROUPED_BY: Final = {
    Grouping.STATE: ("state",),
    Grouping.QUEUE: ("queues",),
    Grouping.TEAM: ("queues",),
    Grouping.NOTHING: (),
}


def _placed_by(arrangement: Arrangement) -> Callable[[Agent], object]:
    """Return what the place of an agent hangs on."""
    names = {*_SORTED_BY[arrangement.sorting], *_GROUPED_BY[arrangement.grouping]}
    if arrangement.states:
        names.add("state")
    return attrgetter(*names)


def _differences(
    old: Mapping[AgentId, Agent],
    new: Mapping[AgentId, Agent],
    placed_by: Callable[[Agent], object] | None,
) -> tuple[list[Agent], list[Agent]]:
    """Return who is gone or was otherwise, and who came or is otherwise.

    Args:
        placed_by: What is looked at. None: another object is somebody else.
    """
    if old is new:
        return [], []
    if len(old) == len(new):
        was, now = old.values(), new.values()
        others = list(map(is_not, was, now))
        # The same people in the same order: who is not the same object is the same person.
        gone, come = list(compress(was, others)), list(compress(now, others))
        if list(map(_ID_OF, gone)) == list(map(_ID_OF, come)):
            if placed_by is None:
                return gone, come
            moved = list(map(ne, map(placed_by, gone), map(placed_by, come)))
            return list(compress(gone, moved)), list(compress(come, moved))
    lost = [agent for key, agent in old.items() if new.get(key) is not agent]
    return lost, [agent for key, agent in new.items() if old.get(key) is not agent]


def _since(agent: Agent) -> float:
    """Return since when he is in his state: a number, since thousands of these are compared."""
    since = agent.state_since
    # To the microsecond for more than a century from the beginning on.
    return _LAST if since is None else (since - _BEGIN).total_seconds()


def _sort_key(
    sorting: Sorting, name_of: Callable[[str], str], queues: Mapping[QueueId, str]
) -> _Key:
    def longest(agent: Agent) -> _Row:
        return _since(agent), agent.agent_id

    def name(agent: Agent) -> _Row:
        return name_of(agent.name), agent.agent_id

    def state(agent: Agent) -> _Row:
        return _PLACES[agent.state], _since(agent), agent.agent_id

    def queue(agent: Agent) -> _Row:
        told = [name_of(queues.get(queue_id, queue_id)) for queue_id in agent.queues[:1]]
        return not told, *told, name_of(agent.name), agent.agent_id

    return {
        Sorting.LONGEST: longest,
        Sorting.NAME: name,
        Sorting.STATE: state,
        Sorting.QUEUE: queue,
    }[sorting]
