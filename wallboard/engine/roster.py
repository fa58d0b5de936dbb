"""The agents as one looks at them: who, in which groups and order, and who is at it too long."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from enum import StrEnum
from typing import Final

from wallboard.domain.severity import Severity
from wallboard.domain.snapshot import LOGGED_IN, AgentId, AgentState, QueueId
from wallboard.domain.value import value
from wallboard.engine.limits import Limit


class Grouping(StrEnum):
    """By what agents stand together."""

    STATE = "state"
    QUEUE = "queue"
    TEAM = "team"
    """Who serves queues of one group is a team: no source tells of teams of its own."""
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
        team: The group of his queues, a text from outside. None unless grouped by team, and for
            those who are in none.
    """

    agents: Sequence[AgentId]
    state: AgentState | None = None
    queue_id: QueueId | None = None
    team: str | None = None


STATE_ORDER: Final = (*LOGGED_IN, AgentState.UNKNOWN, AgentState.OFFLINE)

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


def judged_alike(
    state: AgentState,
    age: timedelta,
    steps: int,
    limits: Mapping[AgentState, Limit] = STATE_LIMITS,
) -> tuple[timedelta, timedelta]:
    """Return between which ages an agent is judged as at this one.

    Args:
        steps: In how many steps the share that is used up is told.

    Returns:
        From which age on, and below which one, nothing is another severity or step. A little less
        than it could be: who is just at an edge is to be judged anew.
    """
    limit = limits.get(state)
    if limit is None:
        return timedelta.min, timedelta.max
    seconds = age.total_seconds()
    step = round(max(0.0, min(1.0, seconds / limit.warning)) * steps)
    edges = [(step - 0.5) / steps * limit.warning, limit.warning, limit.critical]
    if step < steps:
        edges.append((step + 0.5) / steps * limit.warning)
    begin = max((edge for edge in edges if edge <= seconds), default=None)
    end = min((edge for edge in edges if edge > seconds), default=None)
    return (
        timedelta.min if begin is None else timedelta(seconds=begin) + _JUST_BY,
        timedelta.max if end is None else timedelta(seconds=end) - _JUST_BY,
    )


_JUST_BY: Final = timedelta(milliseconds=1)
