"""Which commands may be given now, to whom, and why not: the first obstacle in their own order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from wallboard.domain.clock import Moment
from wallboard.domain.snapshot import Agent, AgentId, AgentState, Call, CallId, QueueId, Snapshot
from wallboard.domain.supervision import (
    MONITORING,
    NEEDS_PHONE,
    OF_A_WAITING_CALL,
    VOICE,
    WishKind,
)
from wallboard.domain.value import value
from wallboard.engine.board import Board, fresh
from wallboard.engine.supervision import Obstacle, Offer, Phase, Session, SupervisionState

INTO_A_CALL: Final = MONITORING | {WishKind.TAKE_OVER, WishKind.HANG_UP, WishKind.TRANSFER}
"""What is done to the call that an agent has."""
OF_AN_AGENT: Final = tuple(
    [kind for kind in WishKind if kind not in OF_A_WAITING_CALL | VOICE | {WishKind.TRY_PHONE}]
)
OF_A_CALLER: Final = tuple([kind for kind in WishKind if kind in OF_A_WAITING_CALL])

_TALKING: Final = frozenset({AgentState.IN_CALL, AgentState.ON_HOLD})
_SIGNED_IN: Final = INTO_A_CALL | {
    WishKind.PAUSE,
    WishKind.UNPAUSE,
    WishKind.LOG_OUT,
    WishKind.MESSAGE,
}
_OVER: Final = frozenset({Phase.ENDED})
_RANK: Final = {obstacle: at for at, obstacle in enumerate(Obstacle)}

_Obstacles: TypeAlias = list[Obstacle]


@value
class _Asked:
    """All that an obstacle may depend on."""

    board: Board
    state: SupervisionState
    agent: Agent

    @property
    def session(self) -> Session | None:
        """The monitoring that lasts or begins. None if there is none."""
        return lasting(self.state)


def offers_for(
    board: Board, state: SupervisionState, agent_id: AgentId, now: Moment
) -> tuple[Offer, ...]:
    """Return every command that is about an agent, each with its first obstacle."""
    del now  # a picture's age is in the board
    told = _told(board)
    agent = None if told is None else told.agents.get(agent_id)
    if agent is None:
        return tuple([_offer(kind, state, [_unseen(board)]) for kind in OF_AN_AGENT])
    asked = _Asked(board=board, state=state, agent=agent)
    return tuple([_offer(kind, state, _of_agent(kind, asked)) for kind in OF_AN_AGENT])


def offers_for_caller(
    board: Board, state: SupervisionState, call_id: CallId, now: Moment
) -> tuple[Offer, ...]:
    """Return every command that is about a caller who waits, each with its first obstacle."""
    del now
    told = _told(board)
    call = None if told is None else told.calls.get(call_id)
    return tuple([_offer(kind, state, _of_call(kind, board, state, call)) for kind in OF_A_CALLER])


def offer_to_try_phone(board: Board, state: SupervisionState) -> Offer:
    """Return whether the supervisor's phone can be tried."""
    found = [] if fresh(board) else [Obstacle.NOT_LIVE]
    if lasting(state) is not None:
        found.append(Obstacle.BUSY)
    return _offer(WishKind.TRY_PHONE, state, found)


def offer_to_talk(board: Board, state: SupervisionState) -> Offer:
    """Return whether the agent who is whispered to can be let hear the supervisor."""
    session = lasting(state)
    found = [] if fresh(board) else [Obstacle.NOT_LIVE]
    if session is None or session.phase is not Phase.LIVE or session.mode is not WishKind.WHISPER:
        found.append(Obstacle.NOT_LISTENING)
    elif session.muted is None:
        found.append(Obstacle.NOT_SUPPORTED)
    return _offer(WishKind.TALK, state, found)


def lasting(state: SupervisionState) -> Session | None:
    """Return the monitoring that lasts, begins or ends. None if there is none."""
    session = state.session
    return None if session is None or session.phase in _OVER else session


def _offer(kind: WishKind, state: SupervisionState, found: _Obstacles) -> Offer:
    general = state.obstacles.get(kind)
    every = found if general is None else [*found, general]
    if not every:
        return Offer(kind=kind)
    first = min(every, key=_RANK.__getitem__)
    return Offer(
        kind=kind, obstacle=first, detail=state.details.get(kind, "") if first is general else ""
    )


def _told(board: Board) -> Snapshot | None:
    """Return the picture with the hidden queues, in which people work as well."""
    return board.told or board.snapshot


def _unseen(board: Board) -> Obstacle:
    return Obstacle.NOT_THERE if fresh(board) else Obstacle.NOT_LIVE


def _of_agent(kind: WishKind, asked: _Asked) -> _Obstacles:
    if kind is WishKind.END:
        # Who wants silence gets it, whatever else holds.
        return _ending(asked)
    found = _out_of_reach(kind, asked)
    if not fresh(asked.board):
        found.append(Obstacle.NOT_LIVE)
    if kind in _SIGNED_IN and asked.agent.state is AgentState.OFFLINE:
        found.append(Obstacle.OFFLINE)
    if kind in INTO_A_CALL and not talks(asked.agent):
        found.append(Obstacle.NO_CALL)
    if kind in NEEDS_PHONE:
        found += _phone_in_use(kind, asked)
    already = _ALREADY.get(kind)
    if already is not None and already(asked.agent):
        found.append(Obstacle.SO_ALREADY)
    return found


def talks(agent: Agent) -> bool:
    """True if there is a call that somebody could listen to."""
    return agent.call_id is not None and agent.state in _TALKING


def _out_of_reach(kind: WishKind, asked: _Asked) -> _Obstacles:
    state, agent = asked.state, asked.agent
    found: _Obstacles = []
    if not reaches(kind, state, agent, _told(asked.board)):
        found.append(Obstacle.NO_RIGHT)
    if kind in MONITORING and agent.agent_id in state.excluded:
        found.append(Obstacle.EXCLUDED)
    return found


def reaches(kind: WishKind, state: SupervisionState, agent: Agent, told: Snapshot | None) -> bool:
    """True if the agent, and the call that he has, are within what this person was granted."""
    if state.agents is not None and agent.agent_id not in state.agents:
        return False
    if state.queues is None or kind is WishKind.ADD:
        return True
    if kind in INTO_A_CALL and agent.call_id is not None:
        call = None if told is None else told.calls.get(agent.call_id)
        return call is not None and call.queue_id in state.queues
    return not state.queues.isdisjoint(agent.queues)


def reaches_queues(
    kind: WishKind,
    granted: frozenset[QueueId] | None,
    agent: Agent,
    queue_id: QueueId | None,
) -> bool:
    """True if nothing is done in a queue beyond what this person was granted.

    Args:
        granted: The queues. None: all of them.
    """
    if granted is None:
        return True
    if queue_id is not None:
        return queue_id in granted
    everywhere = kind in (WishKind.PAUSE, WishKind.UNPAUSE, WishKind.LOG_OUT)
    return not everywhere or granted.issuperset(agent.queues)


def _ending(asked: _Asked) -> _Obstacles:
    session = asked.session
    if session is None or session.agent_id != asked.agent.agent_id:
        waits = asked.state.session
        if waits is not None and waits.stays and waits.agent_id == asked.agent.agent_id:
            return []
        return [Obstacle.NOT_LISTENING]
    return [Obstacle.UNDER_WAY] if session.phase is Phase.ENDING else []


def _phone_in_use(kind: WishKind, asked: _Asked) -> _Obstacles:
    """Tell whether the supervisor's phone is free for it: one thing at a time."""
    session = asked.session
    if session is None:
        return []
    if session.agent_id != asked.agent.agent_id:
        return [Obstacle.BUSY]
    if session.phase is Phase.LIVE:
        return [Obstacle.SO_ALREADY] if kind is session.mode else []
    same = session.phase is Phase.ASKED and kind is session.mode
    return [Obstacle.UNDER_WAY if same else Obstacle.BUSY]


def _of_call(
    kind: WishKind, board: Board, state: SupervisionState, call: Call | None
) -> _Obstacles:
    if call is None:
        return [_unseen(board)]
    found: _Obstacles = [] if fresh(board) else [Obstacle.NOT_LIVE]
    if state.queues is not None and call.queue_id not in state.queues:
        found.append(Obstacle.NO_RIGHT)
    if call.answered_at is not None:
        found.append(Obstacle.NOT_THERE)
    if kind in NEEDS_PHONE and lasting(state) is not None:
        found.append(Obstacle.BUSY)
    return found


def _not_paused(agent: Agent) -> bool:
    # Who is free may be paused in one queue of several, which the picture does not tell.
    return agent.state is AgentState.FREE and len(agent.queues) <= 1


_ALREADY: Final[Mapping[WishKind, Callable[[Agent], bool]]] = {
    WishKind.PAUSE: lambda agent: agent.state is AgentState.ON_BREAK,
    WishKind.UNPAUSE: _not_paused,
}
