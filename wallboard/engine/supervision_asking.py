"""Whether what a person asks for may be done now; and how it is refused, or begun."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from wallboard.domain.clock import Moment
from wallboard.domain.snapshot import Agent, AgentId, CallId
from wallboard.domain.supervision import (
    MONITORING,
    NEEDS_REASON,
    OF_A_WAITING_CALL,
    VOICE,
    Stage,
    Wish,
    WishKind,
)
from wallboard.engine.board import Board
from wallboard.engine.supervision import Asked, Obstacle, Told
from wallboard.engine.supervision_offers import (
    INTO_A_CALL,
    offer_to_talk,
    offer_to_try_phone,
    offers_for,
    offers_for_caller,
    reaches_queues,
)
from wallboard.engine.supervision_steps import (
    Step,
    Supervising,
    WriteRow,
    begin,
    entry_of,
    refuse,
    shown,
    tell,
)

_NOT_SO_QUICKLY: Final = frozenset({Obstacle.BUSY, Obstacle.UNDER_WAY, Obstacle.SO_ALREADY})


def meant_by(wanted: Asked, board: Board) -> Asked:
    """Return what is asked for with the call that the agent has, if no other is named."""
    agent = agent_of(board, wanted.agent_id)
    if wanted.kind in INTO_A_CALL and wanted.call_id is None and agent is not None:
        return replace(wanted, call_id=agent.call_id)
    return wanted


def agent_of(board: Board, agent_id: AgentId) -> Agent | None:
    """Return an agent as the source tells him. None if there is no such one."""
    told = board.told or board.snapshot
    return None if told is None else told.agents.get(agent_id)


def obstacle_of(
    state: Supervising, wanted: Asked, board: Board, now: Moment
) -> tuple[Obstacle | None, str]:
    """Return why something may not be done now, and what that is about. None: it may."""
    view = shown(state, board)
    if wanted.kind in OF_A_WAITING_CALL:
        offers = offers_for_caller(board, view, wanted.call_id or CallId(""), now)
    elif wanted.kind is WishKind.TRY_PHONE:
        offers = (offer_to_try_phone(board, view),)
    elif wanted.kind is WishKind.TALK:
        offers = (offer_to_talk(board, view),)
    else:
        offers = offers_for(board, view, wanted.agent_id, now)
    offer = next(each for each in offers if each.kind is wanted.kind)
    if offer.obstacle is not None:
        return offer.obstacle, offer.detail
    return _obstacle_of_words(state, wanted, board), ""


def _obstacle_of_words(state: Supervising, wanted: Asked, board: Board) -> Obstacle | None:
    """Return what is wrong with what was told besides the kind. None: nothing."""
    agent = agent_of(board, wanted.agent_id)
    if agent is not None:
        if wanted.kind in INTO_A_CALL and wanted.call_id != agent.call_id:
            return Obstacle.OTHER_CALL
        if not reaches_queues(wanted.kind, state.rights.queues, agent, wanted.queue_id):
            return Obstacle.NO_RIGHT
    if wanted.kind in NEEDS_REASON and not wanted.reason.strip():
        return Obstacle.NO_REASON
    if any(_alike(each.asked, wanted) for each in state.under_way.values() if not each.given_up):
        return Obstacle.UNDER_WAY
    return None


def _alike(one: Asked, other: Asked) -> bool:
    """True if two commands would meet: into one call, or both to the supervisor's phone."""
    if one.kind in MONITORING and other.kind in MONITORING:
        return True
    return (one.kind, one.agent_id, one.queue_id, one.call_id) == (
        other.kind,
        other.agent_id,
        other.queue_id,
        other.call_id,
    )


def refused(
    state: Supervising, wanted: Asked, obstacle: Obstacle, detail: str, now: Moment
) -> Step:
    """Tell why not, and write it down unless it was just a click too many."""
    state = refuse(state, wanted, obstacle, now, detail)
    if obstacle in _NOT_SO_QUICKLY:
        return state, ()
    entry = {**entry_of("", wish_of(wanted)), "key": None, "kind": str(obstacle)}
    return state, (WriteRow(key="", what="refused", entry=entry),)


def begun(state: Supervising, wanted: Asked, now: Moment, by: str = "") -> Step:
    """Have it written down; it is passed on after that.

    Args:
        by: What asks for it, if it is no person.
    """
    state, effects = begin(state, wanted, wish_of(wanted), now, by)
    if wanted.kind not in MONITORING | VOICE:
        state = tell(state, Told(asked=wanted, stage=Stage.PENDING, at=now))
    return state, effects


def wish_of(wanted: Asked) -> Wish:
    """Return what is asked for as a source takes it."""
    # Without a phone: it is the connection's own, which the source knows, or the token's.
    return Wish(
        kind=wanted.kind,
        agent_id=wanted.agent_id,
        queue_id=wanted.queue_id,
        call_id=wanted.call_id,
        reason=wanted.reason.strip(),
        to=wanted.to,
        text=wanted.text,
        priority=wanted.priority,
    )
