"""An agent's day: when he was in which state, and how long altogether."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from wallboard.domain.agent_time import AgentTime, time_of
from wallboard.domain.facts import AgentSpell
from wallboard.domain.snapshot import AgentState
from wallboard.domain.value import value


@value
class AgentDay:
    """What an agent did between two instants.

    Attributes:
        begin, end: The stretch of time.
        time: How long he was in which state, split where the stretch begins and ends.
        spans: When he was in each of the states: as shares of the stretch, 0 to 1, in order.
    """

    begin: datetime
    end: datetime
    time: AgentTime
    spans: Mapping[AgentState, tuple[tuple[float, float], ...]]


def day_of(spells: Iterable[AgentSpell], begin: datetime, end: datetime) -> AgentDay:
    """Return what an agent did from `begin` on and before `end`.

    A spell that is told twice counts once, and so does one that is told as running first and as
    over later: both began at one instant. What no spell tells of is in no state.
    """
    told = sorted(spells, key=lambda spell: (spell.began_at, spell.ended_at))
    last = tuple({(spell.began_at, spell.state): spell for spell in told}.values())
    length = (end - begin).total_seconds()
    spans: dict[AgentState, list[tuple[float, float]]] = {}
    for spell in last:
        since, until = max(begin, spell.began_at), min(end, spell.ended_at)
        if since < until:
            spans.setdefault(spell.state, []).append(
                (
                    (since - begin).total_seconds() / length,
                    (until - begin).total_seconds() / length,
                )
            )
    return AgentDay(
        begin=begin,
        end=end,
        time=time_of(last, begin, end),
        spans={state: tuple(found) for state, found in spans.items()},
    )
