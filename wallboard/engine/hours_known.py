"""Whether calls may be divided by agents' hours: only if these are known when they were taken."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Final

from wallboard.domain.facts import AgentSpell, CallRecord, answered
from wallboard.domain.snapshot import AgentId

_MOST: Final = 0.02
"""So many of the calls taken may be of times whose hours nobody knows: less than is told of it."""
_NO_TIME: Final = timedelta()


def hours_tell(taken: int, unwatched: int) -> bool:
    """Return whether the hours that are known are those in which the calls were taken.

    Args:
        taken: How many calls were taken.
        unwatched: How many of them while nobody knows how long who took them was there.
    """
    return unwatched <= _MOST * taken


def shares_tell(taken: int, unwatched: int) -> bool:
    """Return whether shares of the hours that are known tell of the work: of most of it."""
    return 2 * unwatched <= taken


def taken_unwatched(
    calls: Iterable[CallRecord], spells: Iterable[AgentSpell], end: datetime
) -> Mapping[AgentId | None, int]:
    """Return how many calls were taken before `end` while no spell says that their agent was there.

    Args:
        calls: That arrived in a stretch of time which nobody watched live.
        spells: Of the same stretch, those of one agent in order: what a log or the source told.
    """
    there = _Presence(spells)
    found: Counter[AgentId | None] = Counter()
    for call in calls:
        at = call.entered_at + (call.wait or _NO_TIME)
        if answered(call) and at < end and not there.holds(call.agent_id, at):
            found[call.agent_id] += 1
    return found


class _Presence:
    """From when to when agents were seen, in whatever state; what touches is one."""

    def __init__(self, spells: Iterable[AgentSpell]) -> None:
        self._begins: dict[AgentId, list[datetime]] = {}
        self._ends: dict[AgentId, list[datetime]] = {}
        for spell in spells:
            begins = self._begins.setdefault(spell.agent_id, [])
            ends = self._ends.setdefault(spell.agent_id, [])
            if ends and spell.began_at <= ends[-1]:
                ends[-1] = max(ends[-1], spell.ended_at)
            else:
                begins.append(spell.began_at)
                ends.append(spell.ended_at)

    def holds(self, agent_id: AgentId | None, at: datetime) -> bool:
        """Return whether an agent was seen at an instant; of one whom nobody names, whether any."""
        if agent_id is None:
            return any(self.holds(each, at) for each in self._begins)
        if agent_id not in self._begins:
            return False
        place = bisect_right(self._begins[agent_id], at) - 1
        return place >= 0 and at <= self._ends[agent_id][place]
