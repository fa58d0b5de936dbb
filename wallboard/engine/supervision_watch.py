"""What a board shows of the monitorings: ours, those of others, and those that nobody chose."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from wallboard.domain.clock import Moment
from wallboard.domain.granting import Rights
from wallboard.domain.supervision import Monitoring, same_phone
from wallboard.engine.board import Board, fresh
from wallboard.engine.supervision import Phase, Session
from wallboard.engine.supervision_steps import (
    CALL_OVER,
    HUNG_UP,
    LOOKED_FOR,
    NEVER_SEEN,
    WRONG_TARGET,
    Effect,
    Effects,
    Odd,
    Step,
    Supervising,
    end,
    ended,
    live,
)
from wallboard.engine.supervision_voice import with_voice

GRACE_S: Final = 5.0
"""So long a picture may still show what is over, or not yet show what began."""
LOOKED_FOR_S: Final = 60.0
"""What no picture has shown for so long after nobody knew of it did not begin, or is over."""
ENDED_AGAIN_S: Final = 10.0


def look(state: Supervising, board: Board, now: Moment) -> Step:
    """Take what a board shows. An old picture shows nothing."""
    if not fresh(board):
        return replace(state, looked_s=None), ()
    state = _forgotten(state, now)
    if board.monitorings is None:
        return _look_at_call(state, board, now)
    state, effects = _look_for_ours(state, board, board.monitorings, now)
    state, more = _look_for_odd(state, board.monitorings, now)
    return state, (*effects, *more)


def _look_at_call(state: Supervising, board: Board, now: Moment) -> Step:
    """Where the source tells nothing of monitorings, one ends with the call."""
    session = state.session
    if session is None or session.phase not in (Phase.LIVE, Phase.UNKNOWN):
        return state, ()
    if _call_over(session, board):
        return ended(state, now, CALL_OVER, stays=session.stays and session.phase is Phase.LIVE)
    return state, ()


def right_gone(rights: Rights, session: Session, board: Board) -> bool:
    """True if this person may not be in that agent's call, or not any more."""
    agent_id = session.agent_id
    if not rights.grants(session.mode) or agent_id in rights.excluded:
        return True
    if rights.agents is not None and agent_id not in rights.agents:
        return True
    told = board.told or board.snapshot
    call = told.calls.get(session.call_id) if told is not None and session.call_id else None
    # A call that is over is not one whose right was withdrawn.
    return call is not None and rights.queues is not None and call.queue_id not in rights.queues


def _call_over(session: Session, board: Board) -> bool:
    told = board.told or board.snapshot
    agent = None if told is None else told.agents.get(session.agent_id)
    return agent is None or agent.call_id != session.call_id


def _look_for_ours(
    state: Supervising, board: Board, every: Iterable[Monitoring], now: Moment
) -> Step:
    session = state.session
    if session is None or session.phase is Phase.ENDED:
        return state, ()
    ours = [each for each in every if _is(each, session) or _goes_on(each, state, session)]
    others = tuple(
        [each for each in every if not each.own and each not in ours and _in_call(each, session)]
    )
    if others != session.others:
        state = replace(state, session=replace(session, others=others))
    if ours:
        state, effects = live(state, now)
        state = with_voice(replace(state, seen=True, looked_s=None), ours)
        return state, effects
    return _unseen(state, session, board, now)


def _is(each: Monitoring, session: Session) -> bool:
    """True if it is the session's: the agent, the call and the mode that were chosen."""
    return each.own and _fits(each, session)


def still_shown(state: Supervising, session: Session, board: Board) -> bool:
    """True if the picture shows the session's monitoring now."""
    every = board.monitorings if fresh(board) else None
    return any(_is(each, session) or _goes_on(each, state, session) for each in every or ())


def _fits(each: Monitoring, session: Session) -> bool:
    return (
        each.agent_id == session.agent_id
        and each.call_id in (None, session.call_id)
        and each.mode in (None, session.mode)
    )


def _goes_on(each: Monitoring, state: Supervising, session: Session) -> bool:
    """True if it is what we began, told by a process of the source that did not begin it."""
    by_phone = bool(state.phone) and same_phone(each.phone, state.phone)
    return by_phone and session.live_at is not None and _fits(each, session)


def _in_call(each: Monitoring, session: Session) -> bool:
    if each.call_id is not None and session.call_id is not None:
        return each.call_id == session.call_id
    return each.agent_id == session.agent_id


def _unseen(state: Supervising, session: Session, board: Board, now: Moment) -> Step:
    """Take that a picture does not show the session's monitoring."""
    if session.phase is Phase.ASKED or not _newer(board, session):
        return state, ()
    if state.seen:
        over = _call_over(session, board)
        stays = session.stays and session.phase is Phase.LIVE
        return ended(state, now, CALL_OVER if over else HUNG_UP, stays=stays)
    since = now.steady_s if state.looked_s is None else state.looked_s
    state = replace(state, looked_s=since)
    patience = GRACE_S if session.phase is Phase.LIVE else LOOKED_FOR_S
    if now.steady_s - since < max(patience, 2 * board.poll.total_seconds()):
        return state, ()
    return ended(state, now, NEVER_SEEN if session.phase is Phase.LIVE else LOOKED_FOR)


def _newer(board: Board, session: Session) -> bool:
    """True if the picture was proven after the session was last said to last."""
    since = session.live_at or session.asked_at
    return board.taken_at is not None and board.taken_at.steady_s > since.steady_s


def _look_for_odd(state: Supervising, every: Iterable[Monitoring], now: Moment) -> Step:
    """End what is ours and was not asked for."""
    odd: dict[str, Odd] = {}
    effects: list[Effect] = []
    for each in every:
        if not each.own or (_expected(each, state)):
            continue
        known = state.odd.get(each.monitoring_id, Odd(since_s=now.steady_s))
        if _due(each, known, state, now):
            state, more = _stopped(state, each, now)
            effects += more
            known = replace(known, ended_s=now.steady_s)
        odd[each.monitoring_id] = known
    if odd != state.odd:
        state = replace(state, odd=odd)
    return state, tuple(effects)


def _expected(each: Monitoring, state: Supervising) -> bool:
    session = state.session
    return session is not None and session.phase is not Phase.ENDED and _is(each, session)


def _due(each: Monitoring, known: Odd, state: Supervising, now: Moment) -> bool:
    if known.ended_s is not None:
        return now.steady_s - known.ended_s >= ENDED_AGAIN_S
    if each.agent_id is not None and each.agent_id not in state.left:
        return True
    # It may be on its way out, or the source may not have found out yet whose call it is.
    return now.steady_s - known.since_s >= GRACE_S


def _stopped(state: Supervising, each: Monitoring, now: Moment) -> tuple[Supervising, Effects]:
    session = state.session
    agent_id = each.agent_id
    if agent_id is None:
        if session is None:
            return state, ()
        agent_id = session.agent_id
    if session is not None and session.phase in (Phase.ASKED, Phase.LIVE, Phase.UNKNOWN):
        told = replace(session, why=WRONG_TARGET)
        state = replace(state, session=told)
    return end(state, agent_id, now, by="wrong_target", why=WRONG_TARGET)


def _forgotten(state: Supervising, now: Moment) -> Supervising:
    left = {key: at for key, at in state.left.items() if now.steady_s - at < GRACE_S}
    return state if len(left) == len(state.left) else replace(state, left=left)
