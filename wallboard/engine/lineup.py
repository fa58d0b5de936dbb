"""The agents in their groups and order, kept: who did not change is not put in his place anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import compress
from operator import attrgetter, is_not
from typing import Any, Final, TypeAlias

from wallboard.domain.snapshot import Agent, AgentId, AgentState, QueueId
from wallboard.engine.agent_news import AgentNews
from wallboard.engine.agent_order import AgentOrder, Part, Row
from wallboard.engine.roster import STATE_ORDER, Arrangement, Group, Grouping, Sorting

_GroupKey: TypeAlias = AgentState | QueueId | str | None
_Key: TypeAlias = Callable[[Agent], Row]
# Of a row in which part of the order it is; parts come in the order of these.
_PartOf: TypeAlias = Callable[[Row], Any]

_PLACES: Final = {state: place for place, state in enumerate(STATE_ORDER)}
_ID_OF: Final[Callable[[Agent], AgentId]] = attrgetter("agent_id")
_Placed: TypeAlias = tuple[tuple[_GroupKey, ...], Row]
_NOWHERE: Final[_Placed] = ((), ())
_LAST: Final = 1e12
"""Of whom it is not known since when comes last: there is no date so late."""
_PART_S: Final = 32.0
"""Whose states began within so many seconds are one part of an order by time."""


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
        self._name_of = name_of
        self._queues: Mapping[QueueId, str] = {} if queues is None else queues
        self._part_of = _PARTS_OF[arrangement.sorting]
        # What is searched for may stand in whatever is known of somebody.
        placed_by = set() if matches is not None else _placed_by(arrangement)
        self._by_name = bool(placed_by) and placed_by <= _RENAMED
        # To compare names is quicker than to make what they are sorted by.
        self._alike = attrgetter(*placed_by) if "name" in placed_by else None
        self._placed = _placing(
            arrangement.states,
            matches,
            _groups_of(arrangement.grouping, teams or {}),
            _sort_key(arrangement.sorting, name_of, self._queues),
        )
        self._agents: Mapping[AgentId, Agent] = {}
        self._mark: object = None
        # In which groups those stand who are wanted, and by what they are sorted there.
        self._places: dict[AgentId, _Placed] = {}
        self._parts: dict[_GroupKey, dict[Any, Part]] = {}
        self._groups: dict[_GroupKey, Group] = {}
        self._told: tuple[Group, ...] = ()

    def groups(
        self, agents: Mapping[AgentId, Agent], news: AgentNews | None = None
    ) -> tuple[Group, ...]:
        """Return these agents in their groups. A group that is as it was is the same object.

        Args:
            agents: All of them.
            news: Who of them changed. Without, or if they are of others, all are compared.
        """
        changed = self._changed(agents, news)
        if self._alike is not None:
            changed = _others(changed, self._agents, agents, self._alike)
        self._agents = agents
        if self._take(changed):
            self._told = tuple(self._groups[key] for key in sorted(self._groups, key=self._place))
        return self._told

    def _changed(
        self, agents: Mapping[AgentId, Agent], news: AgentNews | None
    ) -> Iterable[AgentId]:
        """Return who may be otherwise than before, has come or is gone; each once."""
        mark, self._mark = self._mark, None
        if news is not None and news.agents is agents:
            self._mark = news.mark
            told = None if mark is None else news.since(mark, renamed=self._by_name)
            if told is not None:
                return dict.fromkeys(told)
        return _changed(self._agents, agents)

    def _take(self, changed: Iterable[AgentId]) -> bool:
        """Put those who changed in their places; return whether any group is another."""
        left: defaultdict[_GroupKey, list[Row]] = defaultdict(list)
        joined: defaultdict[_GroupKey, list[Row]] = defaultdict(list)
        places, ids = self._places, list(changed)
        for agent_id, now in zip(ids, map(self._placed, map(self._agents.get, ids)), strict=True):
            groups, row = places.get(agent_id, _NOWHERE)
            groups_now, row_now = now
            if row != row_now:
                places[agent_id] = now
            elif groups == groups_now:
                continue
            else:
                # He stays where he is in the groups that he is still in.
                places[agent_id], row_now = (groups_now, row), row
                groups, groups_now = _without(groups, groups_now), _without(groups_now, groups)
            if now is _NOWHERE:
                del places[agent_id]
            for group in groups:
                left[group].append(row)
            for group in groups_now:
                joined[group].append(row_now)
        for group in left.keys() | joined.keys():
            self._regroup(group, left.get(group, ()), joined.get(group, ()))
        return bool(left or joined)

    def _regroup(self, group: _GroupKey, left: Sequence[Row], joined: Sequence[Row]) -> None:
        """Make those parts of a group anew which somebody left or joined; the others stay."""
        parts, part_of = self._parts.setdefault(group, {}), self._part_of
        gone: defaultdict[Any, list[Row]] = defaultdict(list)
        come: defaultdict[Any, list[Row]] = defaultdict(list)
        for rows, by_part in ((left, gone), (joined, come)):
            for row in rows:
                by_part[part_of(row)].append(row)
        backwards = self._arrangement.backwards
        for key in gone.keys() | come.keys():
            before = parts.get(key) or Part([], backwards=backwards)
            part = before.after(gone.get(key, ()), come.get(key, ()))
            if part:
                parts[key] = part
            else:
                del parts[key]
        if not parts:
            del self._parts[group], self._groups[group]
            return
        keys = sorted(parts, reverse=backwards)
        self._groups[group] = self._group(group, AgentOrder([parts[key] for key in keys]))

    def _group(self, group: _GroupKey, agents: Sequence[AgentId]) -> Group:
        if group is None:
            return Group(agents=agents)
        if isinstance(group, AgentState):
            return Group(agents=agents, state=group)
        if self._arrangement.grouping is Grouping.TEAM:
            return Group(agents=agents, team=group)
        return Group(agents=agents, queue_id=QueueId(group))

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


def _placing(
    states: Collection[AgentState],
    matches: Callable[[Agent], bool] | None,
    groups_of: Callable[[Agent], tuple[_GroupKey, ...]],
    key: _Key,
) -> Callable[[Agent | None], _Placed]:
    """Return what tells where somebody stands: in no group if he is not wanted, or no more."""

    def placed(agent: Agent | None) -> _Placed:
        return _NOWHERE if agent is None else (groups_of(agent), key(agent))

    def placed_if_wanted(agent: Agent | None) -> _Placed:
        if agent is None or (states and agent.state not in states):
            return _NOWHERE
        if matches is not None and not matches(agent):
            return _NOWHERE
        return groups_of(agent), key(agent)

    return placed_if_wanted if states or matches is not None else placed


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


_RENAMED: Final = {"name", "queues"}


def _placed_by(arrangement: Arrangement) -> set[str]:
    """Return what the place of an agent hangs on."""
    names = {*_SORTED_BY[arrangement.sorting], *_GROUPED_BY[arrangement.grouping]}
    if arrangement.states:
        names.add("state")
    return names


def _without(groups: tuple[_GroupKey, ...], others: tuple[_GroupKey, ...]) -> tuple[_GroupKey, ...]:
    return tuple(group for group in groups if group not in others)


def _changed(old: Mapping[AgentId, Agent], new: Mapping[AgentId, Agent]) -> Iterable[AgentId]:
    """Return who is another object than before, came or is gone; each once."""
    if old is new:
        return ()
    if len(old) == len(new):
        was, now = old.values(), new.values()
        others = list(map(is_not, was, now))
        # The same people in the same order: who is not the same object is the same person.
        gone, come = map(_ID_OF, compress(was, others)), map(_ID_OF, compress(now, others))
        ids = list(come)
        if list(gone) == ids:
            return ids
    lost = [key for key, agent in old.items() if new.get(key) is not agent]
    return dict.fromkeys([*lost, *(key for key, one in new.items() if old.get(key) is not one)])


def _others(
    changed: Iterable[AgentId],
    old: Mapping[AgentId, Agent],
    new: Mapping[AgentId, Agent],
    alike: Callable[[Agent], object],
) -> Iterable[AgentId]:
    """Yield those of whom something else is told than before; who came and who is gone, too."""
    for agent_id in changed:
        was, now = old.get(agent_id), new.get(agent_id)
        if was is None or now is None or alike(was) != alike(now):
            yield agent_id


def _since(agent: Agent) -> float:
    """Return since when he is in his state: a number, since thousands of these are compared."""
    since = agent.state_since
    # To the microsecond for more than a century from 1970 on.
    return _LAST if since is None else since.timestamp()


def _sort_key(
    sorting: Sorting, name_of: Callable[[str], str], queues: Mapping[QueueId, str]
) -> _Key:
    def longest(agent: Agent) -> Row:
        return _since(agent), agent.agent_id

    def name(agent: Agent) -> Row:
        return name_of(agent.name), agent.agent_id

    def state(agent: Agent) -> Row:
        return _PLACES[agent.state], _since(agent), agent.agent_id

    def queue(agent: Agent) -> Row:
        told = [name_of(queues.get(queue_id, queue_id)) for queue_id in agent.queues[:1]]
        return not told, *told, name_of(agent.name), agent.agent_id

    return {
        Sorting.LONGEST: longest,
        Sorting.NAME: name,
        Sorting.STATE: state,
        Sorting.QUEUE: queue,
    }[sorting]


# Names hardly ever change: by those, all are in one part.
_PARTS_OF: Final[Mapping[Sorting, _PartOf]] = {
    Sorting.LONGEST: lambda row: row[0] // _PART_S,
    Sorting.NAME: lambda _row: 0.0,
    Sorting.STATE: lambda row: (row[0], row[1] // _PART_S),
    Sorting.QUEUE: lambda _row: 0.0,
}
