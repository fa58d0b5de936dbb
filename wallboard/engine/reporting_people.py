"""Tables about people: what they took, in which state they were, and when they did what."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from wallboard.domain.agent_time import NO_AGENT_TIME, AgentTime
from wallboard.domain.reporting import Cell, Table
from wallboard.domain.snapshot import AgentId, AgentState
from wallboard.domain.totals import NOTHING, added
from wallboard.engine.reporting_keys import STATES
from wallboard.engine.reporting_material import Worked, sum_of_time
from wallboard.engine.reporting_rows import Figures, Standing, made_table, row_of

_NO_TIME: Final = timedelta()


def agents(standing: Standing, key: str) -> Table | None:
    """Return a row an agent, and the whole below. None if nobody can say.

    Args:
        key: `agents`, or `agent_figures` for all that is known of them.
    """
    worked = standing.material.worked or Worked()
    calls = standing.material.booked.agents
    if calls is None:
        return None
    alone = standing.asked.queues is None
    unwatched = standing.material.unwatched
    rows, missed = [], []
    for agent_id in _people(standing):
        time = worked.time.get(agent_id)
        rung = worked.rings.get(agent_id) if alone else None
        missed += [] if rung is None else [rung]
        of = Figures(
            calls=calls.get(agent_id, NOTHING),
            level=standing.level,
            time=time if alone else None,
            span=standing.asked.window.length,
            unwatched=unwatched.get(agent_id, 0),
        )
        rows.append(row_of(key, of, {"agent": standing.asked.agent(agent_id), "missed": rung}))
    of_agents = Figures(
        calls=added(totals for agent_id, totals in calls.items() if agent_id is not None),
        level=standing.level,
        time=standing.time,
        span=standing.asked.window.length,
        known=standing.whole.known,
        unwatched=sum(many for agent_id, many in unwatched.items() if agent_id is not None),
    )
    told: dict[str, Cell] = {"agent": None, "missed": sum(missed) if missed else None}
    return made_table(key, rows, row_of(key, of_agents, told))


def _people(standing: Standing) -> tuple[AgentId, ...]:
    """Return the agents of the report, by name."""
    worked = standing.material.worked
    taken = {agent_id for agent_id in standing.material.booked.agents or () if agent_id is not None}
    there: set[AgentId] = set()
    if worked is not None and standing.asked.queues is None:
        there = {key for key, time in worked.time.items() if time.logged_in > _NO_TIME}
    asked = standing.asked
    return tuple(sorted(taken | there, key=lambda key: (asked.agent(key), key)))


def agent_states(standing: Standing) -> Table | None:
    """Return how long each agent was in which state. None if nobody can say."""
    worked, asked = standing.material.worked, standing.asked
    if worked is None or not worked.time:
        return None
    people = [key for key in _people(standing) if key in worked.time]
    rows = [_state_row(asked.agent(key), worked.time[key]) for key in people]
    total = _state_row(None, sum_of_time(worked.time[key] for key in people))
    return made_table("agent_states", rows, total)


def _state_row(name: str | None, time: AgentTime) -> tuple[Cell, ...]:
    return (name, time.logged_in, *(time.of(AgentState(state)) for state in STATES))


def agent_breaks(standing: Standing) -> Table | None:
    """Return how long and how often each agent was on a break, by reason. None if none was."""
    worked, asked = standing.material.worked, standing.asked
    if worked is None:
        return None
    rows: list[tuple[Cell, ...]] = []
    for agent_id in _people(standing):
        time = worked.time.get(agent_id, NO_AGENT_TIME)
        # Of time that is kept in sums nobody knows how often.
        counts = worked.breaks.get(agent_id)
        for reason in sorted(time.by_reason, key=lambda reason: (not reason, reason)):
            times = None if counts is None else counts.get(reason, 0)
            rows.append((asked.agent(agent_id), reason or None, times, time.by_reason[reason]))
    if not rows:
        return None
    lasted = sum((row[3] for row in rows if isinstance(row[3], timedelta)), _NO_TIME)
    counted = [row[2] for row in rows if isinstance(row[2], int)]
    times = sum(counted) if len(counted) == len(rows) else None
    return made_table("agent_breaks", rows, (None, None, times, lasted))


def time_sheet(standing: Standing) -> Table | None:
    """Return who did what from when to when. None if that is not listed."""
    worked, asked = standing.material.worked, standing.asked
    if worked is None or not worked.sheet:
        return None
    begin, end = asked.window.begin, asked.window.end
    rows: list[tuple[Cell, ...]] = []
    for spell in sorted(worked.sheet, key=lambda each: (asked.agent(each.agent_id), each.began_at)):
        since, until = max(begin, spell.began_at), min(end, spell.ended_at)
        rows.append(
            (
                asked.agent(spell.agent_id),
                since.astimezone(asked.zone),
                until.astimezone(asked.zone),
                str(spell.state),
                spell.reason or None,
                until - since,
            )
        )
    return made_table("time_sheet", rows)
