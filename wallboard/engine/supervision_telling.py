"""Telling an agent that a supervisor is in the call: by the rule of the site, not by a wish.

The rules, in prose:

* Once a monitoring has begun the agent is sent a message, where the site wants it and the source
  can. It is a command of its own: written down, passed on once, and what came of it is written.
* Where nobody may be listened to without being told, one that could not be told is ended.
"""

from __future__ import annotations

from dataclasses import replace

from wallboard.domain.clock import Moment
from wallboard.domain.supervision import Stage, WishKind
from wallboard.engine.board import Board
from wallboard.engine.supervision import Asked, Phase, Telling, Told
from wallboard.engine.supervision_asking import wish_of
from wallboard.engine.supervision_steps import (
    NOT_TOLD,
    Step,
    Supervising,
    UnderWay,
    begin,
    end,
    tell,
    telling_of,
)


def agent_told(state: Supervising, board: Board, now: Moment) -> Step:
    """Have the agent told of the session that has begun, once."""
    session = state.session
    if session is None or session.phase is not Phase.LIVE or session.told:
        return state, ()
    state = replace(state, session=replace(session, told=True))
    telling = telling_of(state, dict(board.lacks))
    if telling in (Telling.CANNOT, Telling.NOT_WANTED) and state.rights.only_told:
        # It could still be told when it was asked for.
        return end(state, session.agent_id, now, by="not_told", why=NOT_TOLD)
    if telling is not Telling.TOLD:
        return state, ()
    wanted = Asked(
        kind=WishKind.MESSAGE,
        agent_id=session.agent_id,
        call_id=session.call_id,
        text=state.notice,
    )
    state, (row,) = begin(state, wanted, wish_of(wanted), now, by="rule")
    under = replace(state.under_way[row.key], ruled=True)
    return replace(state, under_way={**state.under_way, row.key: under}), (row,)


def telling_answered(
    state: Supervising, under: UnderWay, stage: Stage, why: str, now: Moment
) -> Step:
    """Take what came of telling an agent."""
    if stage is Stage.DONE:
        return state, ()
    return not_told(tell(state, Told(asked=under.asked, stage=stage, why=why, at=now)), under, now)


def not_told(state: Supervising, under: UnderWay, now: Moment) -> Step:
    """End what an agent was to be told of, and was not, where that must be."""
    session = state.session
    if session is None or session.phase is not Phase.LIVE or not under.ruled:
        return state, ()
    if not state.rights.only_told:
        return state, ()
    if (session.agent_id, session.call_id) != (under.wish.agent_id, under.wish.call_id):
        return state, ()
    return end(state, session.agent_id, now, by="not_told", why=NOT_TOLD)
