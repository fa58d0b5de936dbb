"""What is asked before a supervisor's command, put together from the board as it is."""

from __future__ import annotations

from collections.abc import Iterator

from wallboard.domain.snapshot import Agent, Call, QueueId, Snapshot
from wallboard.domain.supervision import OF_A_WAITING_CALL, WishKind
from wallboard.engine.board import Board
from wallboard.engine.supervision import Asked, Obstacle, Offer, SupervisionState
from wallboard.engine.supervision_offers import INTO_A_CALL
from wallboard.ui.dialogs.supervision_dialog import Question
from wallboard.ui.outside_text import isolated, isolated_address, shown
from wallboard.ui.supervision_words import (
    agent_name,
    caller_words,
    obstacle_words,
    offer_words,
)
from wallboard.ui.wording import Wording
from wallboard.ui.words import phrase


def question_of(asked: Asked, board: Board, state: SupervisionState, wording: Wording) -> Question:
    """Return what is to be asked before a command is given."""
    told = board.told or board.snapshot
    call = None if told is None or asked.call_id is None else told.calls.get(asked.call_id)
    waiting = asked.kind in OF_A_WAITING_CALL
    name = caller_words(call, wording) if waiting else agent_name(board, asked.agent_id)
    facts = []
    if told is not None and call is not None and (waiting or asked.kind in INTO_A_CALL):
        queue = told.queues.get(call.queue_id)
        queue_name = shown(call.queue_id if queue is None else queue.name)
        facts.append((wording.translate("Supervision", "Queue"), isolated(queue_name)))
        if not waiting:
            facts.append((wording.translate("CallColumn", "Caller"), _number(call, wording)))
    return Question(
        asked=asked,
        name=name,
        phone=state.phone,
        facts=tuple(facts),
        queues=() if told is None else tuple(_queues(asked, told, state, wording)),
        reasons=state.reasons,
        direct=state.direct,
        held=WishKind.TALK not in state.obstacles,
        limit_s=state.limit_s,
        telling=state.telling,
    )


def hindrance(asked: Asked, agent: Agent | None, offer: Offer | None, wording: Wording) -> str:
    """Return why what is being asked about cannot be done any more; empty if it can."""
    if offer is None:
        return obstacle_words(Obstacle.NOT_THERE, "", wording)
    if offer.obstacle is not None:
        return offer_words(offer, wording)
    meant = asked.call_id is not None and asked.kind not in OF_A_WAITING_CALL
    if meant and agent is not None and agent.call_id != asked.call_id:
        return obstacle_words(Obstacle.OTHER_CALL, "", wording)
    return ""


def _number(call: Call, wording: Wording) -> str:
    """Return a caller's number as it may be shown, or that there is none."""
    number = wording.caller(shown(call.caller_number or ""))
    return isolated_address(number) if number else wording.translate("Queues", "number withheld")


def _queues(
    asked: Asked, told: Snapshot, state: SupervisionState, wording: Wording
) -> Iterator[tuple[QueueId | None, str]]:
    """Return in which queues it can be done; None stands for all that the agent is in."""
    agent = told.agents.get(asked.agent_id)
    if agent is None:
        return
    adds = asked.kind is WishKind.ADD
    granted = told.queues.keys() if state.queues is None else state.queues
    if not adds and granted >= set(agent.queues):
        yield None, wording.say(phrase("Supervision", "All queues of the agent"))
    wanted = [key for key in told.queues if key not in agent.queues] if adds else agent.queues
    for queue_id in wanted:
        if queue_id in granted:
            queue = told.queues.get(queue_id)
            yield queue_id, shown(queue_id if queue is None else queue.name)
