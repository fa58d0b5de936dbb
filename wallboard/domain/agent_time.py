"""How long agents were in which state. Adding two gives one; that is the only roll-up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import datetime, timedelta
from typing import Final, TypeVar

from wallboard.domain.facts import AgentSpell
from wallboard.domain.snapshot import AWAY, AgentState
from wallboard.domain.value import value

_Key = TypeVar("_Key")
_NO_TIME = timedelta()


@value
class AgentTime:
    """Time of some agents in some stretch, split where the stretch ends.

    An agent of several queues is counted once: time is never by queue.

    Attributes:
        by_state: Only states that somebody was in.
        by_reason: Of ON_BREAK, by the reason in the source's words; "" where none was told.
    """

    by_state: Mapping[AgentState, timedelta] = field(default_factory=dict)
    by_reason: Mapping[str, timedelta] = field(default_factory=dict)

    def __add__(self, other: AgentTime) -> AgentTime:
        """Return the time of both; the order does not matter."""
        return AgentTime(
            by_state=_both(self.by_state, other.by_state),
            by_reason=_both(self.by_reason, other.by_reason),
        )

    def of(self, *states: AgentState) -> timedelta:
        """Return the time in these states together."""
        return sum((self.by_state.get(state, _NO_TIME) for state in states), _NO_TIME)

    @property
    def handling(self) -> timedelta:
        """With a queue's call: talking, holding, wrapping up."""
        return self.of(AgentState.IN_CALL, AgentState.ON_HOLD, AgentState.WRAP_UP)

    @property
    def available(self) -> timedelta:
        """Ready for the next call, or rung for one."""
        return self.of(AgentState.FREE, AgentState.RINGING)

    @property
    def logged_in(self) -> timedelta:
        """In any state but offline or unknown."""
        return sum((time for state, time in self.by_state.items() if state not in AWAY), _NO_TIME)


NO_AGENT_TIME: Final = AgentTime()


def time_of(
    spells: Iterable[AgentSpell], begin: datetime | None = None, end: datetime | None = None
) -> AgentTime:
    """Return the time that the spells cover from `begin` on and before `end`.

    Args:
        begin, end: None means without limit.
    """
    by_state: dict[AgentState, timedelta] = {}
    by_reason: dict[str, timedelta] = {}
    for spell in spells:
        since = spell.began_at if begin is None else max(begin, spell.began_at)
        until = spell.ended_at if end is None else min(end, spell.ended_at)
        if until <= since:
            continue
        by_state[spell.state] = by_state.get(spell.state, _NO_TIME) + (until - since)
        if spell.state is AgentState.ON_BREAK:
            reason = spell.reason or ""
            by_reason[reason] = by_reason.get(reason, _NO_TIME) + (until - since)
    return AgentTime(by_state=by_state, by_reason=by_reason)


def _both(
    one: Mapping[_Key, timedelta], other: Mapping[_Key, timedelta]
) -> Mapping[_Key, timedelta]:
    sums = dict(one)
    for key, time in other.items():
        sums[key] = sums.get(key, _NO_TIME) + time
    return sums
