"""The supervisor's commands for a caller who waits, below the list of a queue's callers."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal

from wallboard.domain.clock import Moment
from wallboard.domain.snapshot import CallId
from wallboard.domain.supervision import Stage, WishKind
from wallboard.engine.board import Board
from wallboard.engine.supervision import Asked, Obstacle, Offer, SupervisionState
from wallboard.engine.supervision_offers import offers_for_caller
from wallboard.ui.look import Look
from wallboard.ui.outside_text import isolated
from wallboard.ui.panels.offer_bar import OfferBar
from wallboard.ui.supervision_words import caller_words, told_words
from wallboard.ui.words import phrase

KINDS: Final = (WishKind.PICK_UP, WishKind.PRIORITIZE, WishKind.WITHDRAW)
_NEWS_S: Final = 60.0


class CallerOffers(OfferBar):
    """Shows what can be done about the caller who was chosen.

    Signals:
        asked: The Asked that is wished for; a question may come before it.
    """

    asked = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__(look, KINDS)
        self._call_id: CallId | None = None
        self.wanted.connect(self._ask)

    def show_caller(
        self, board: Board, state: SupervisionState, call_id: CallId | None, now: Moment
    ) -> None:
        """Show what can be done about a caller now. None: nobody was chosen."""
        self._call_id = call_id
        wording = self._look.wording
        self.setAccessibleName(wording.translate("Supervision", "Commands for a caller"))
        told = board.told or board.snapshot
        call = None if told is None or call_id is None else told.calls.get(call_id)
        name = caller_words(call, wording)
        if call_id is None:
            offers = tuple(Offer(kind=kind, obstacle=Obstacle.NOT_THERE) for kind in KINDS)
            heading = wording.say(phrase("Supervision", "Choose a caller who waits."))
        else:
            offers = offers_for_caller(board, state, call_id, now)
            heading = wording.say(phrase("Supervision", "For {name}"), name=isolated(name))
        self.show_offers(offers, name, state.phone)
        news = ""
        for one in state.told:
            if call_id is not None and one.asked.call_id == call_id:
                young = now.steady_s - one.at.steady_s < _NEWS_S
                keeps = young or one.stage is Stage.UNKNOWN
                news = told_words(one, name, wording) if keeps else ""
        self.show_news(heading, news)

    def _ask(self, kind: WishKind) -> None:
        if self._call_id is not None:
            self.asked.emit(Asked(kind=kind, call_id=self._call_id))
