"""The supervisor's commands in the drawer of an agent, and what came of the newest one."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal

from wallboard.domain.clock import Moment
from wallboard.domain.snapshot import AgentId
from wallboard.domain.supervision import Stage, WishKind
from wallboard.engine.board import Board
from wallboard.engine.supervision import Asked, SupervisionState
from wallboard.engine.supervision_offers import offers_for
from wallboard.ui.look import Look
from wallboard.ui.panels.offer_bar import OfferBar
from wallboard.ui.supervision_words import agent_name, told_words

KINDS: Final = (
    WishKind.LISTEN,
    WishKind.WHISPER,
    WishKind.BARGE,
    WishKind.TAKE_OVER,
    WishKind.TRANSFER,
    WishKind.HANG_UP,
    WishKind.PAUSE,
    WishKind.UNPAUSE,
    WishKind.LOG_OUT,
    WishKind.ADD,
    WishKind.MESSAGE,
)
"""In their order. Of the pause and its end one is seen."""
_NEWS_S: Final = 60.0
"""What came of a command is said for so long; what nobody knows, until there is something newer."""


class AgentOffers(OfferBar):
    """Shows what can be done about one agent.

    Signals:
        asked: The Asked that is wished for; a question may come before it.
    """

    asked = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__(look, KINDS)
        self._agent_id = AgentId("")
        self._board: Board | None = None
        self.wanted.connect(self._ask)

    def show_agent(
        self, board: Board, state: SupervisionState, agent_id: AgentId, now: Moment
    ) -> None:
        """Show what can be done about an agent now."""
        self._board, self._agent_id = board, agent_id
        name, wording = agent_name(board, agent_id), self._look.wording
        self.show_offers(offers_for(board, state, agent_id, now), name, state.phone)
        news = ""
        for told in state.told:
            if told.asked.agent_id == agent_id:
                young = now.steady_s - told.at.steady_s < _NEWS_S
                keeps = young or told.stage is Stage.UNKNOWN
                news = told_words(told, name, wording) if keeps else ""
        self.show_news("", news)
        label = wording.translate("Supervision", "Commands for {name}").format(name=name)
        if label != self.accessibleName():
            self.setAccessibleName(label)

    def _ask(self, kind: WishKind) -> None:
        told = None if self._board is None else self._board.told or self._board.snapshot
        agent = None if told is None else told.agents.get(self._agent_id)
        call_id = None if agent is None else agent.call_id
        self.asked.emit(Asked(kind=kind, agent_id=self._agent_id, call_id=call_id))
