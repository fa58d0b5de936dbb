"""The supervisor's commands in the window: the banner, the question before, the result after."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtCore import QObject, QRect, Signal
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget

from wallboard.domain.clock import Moment
from wallboard.domain.snapshot import Agent, AgentId, Call, Snapshot
from wallboard.domain.supervision import MONITORING, OF_A_WAITING_CALL, Stage, WishKind
from wallboard.engine.board import Board
from wallboard.engine.supervision import Asked, Offer, Phase, Session, SupervisionState, Told
from wallboard.engine.supervision_offers import (
    offer_to_try_phone,
    offers_for,
    offers_for_caller,
)
from wallboard.ui.accessible.announcing import News, announce
from wallboard.ui.dialogs.supervision_asking import hindrance, question_of
from wallboard.ui.dialogs.supervision_dialog import SupervisionDialog
from wallboard.ui.frame.session_face import session_face
from wallboard.ui.frame.supervision_banner import ArmedFrame, SupervisionBanner
from wallboard.ui.frame.toast import Toast
from wallboard.ui.look import Look
from wallboard.ui.supervision_words import agent_name, altered_words, caller_words, told_words

_SECONDS: Final = {Stage.DONE: 6.0, Stage.REFUSED: 12.0, Stage.UNKNOWN: 30.0}
"""How long it is told what came of a command."""
_ALTERED_S: Final = 60.0
"""How long it is told that the journal was altered; the settings say so for good."""
_AT_ONCE: Final = frozenset(
    {WishKind.END, WishKind.UNPAUSE, WishKind.PRIORITIZE, WishKind.TRY_PHONE}
)
_FOOT: Final = 28
"""As much of the window's bottom, at 100 %, is the status line's."""


class Supervising(QObject):
    """Shows what lasts and asks before what is wished for. It does nothing itself.

    Signals:
        wished: An Asked, whole.
        resized: How much room the banner needs above the board, in pixels; 0 for none.
    """

    wished = Signal(object)
    resized = Signal(int)

    def __init__(self, window: QWidget, look: Look) -> None:
        super().__init__(window)
        self._window, self._look = window, look
        self._state = SupervisionState()
        self._shown: tuple[Board, Moment] | None = None
        self._banner = SupervisionBanner(look, window)
        self._frame = ArmedFrame(look, window)
        self._toast: Toast | None = None
        self._dialog: SupervisionDialog | None = None
        self._spoken = self._title = ""
        # Until when what is told last is shown.
        self._until_s: float | None = None
        # By what things were put in their places: every second nothing of it is another.
        self._placed: tuple[object, ...] = ()
        self._banner.mode_wanted.connect(self._change)
        self._banner.end_wanted.connect(self.end)
        self._banner.talk_wanted.connect(self._talk)

    def title(self) -> str:
        """Return what the title of the window says first; empty for nothing."""
        return self._title

    def banner(self) -> QWidget | None:
        """Return the banner. None while there is none."""
        return None if self._banner.isHidden() else self._banner

    def dialog(self) -> SupervisionDialog | None:
        """Return the question that is open. None if there is none."""
        return self._dialog

    def session(self) -> Session | None:
        """Return the monitoring that lasts, begins, or waits for a call. None if there is none."""
        session = self._state.session
        if session is None or (session.phase is Phase.ENDED and not session.stays):
            return None
        return session

    def show_state(self, state: SupervisionState) -> None:
        """Show another state."""
        before, self._state = self._state, state
        if state.altered_at is not None and before.altered_at is None:
            self._say_altered(state.altered_at)
        elif state.told and state.told[-1:] != before.told[-1:]:
            self._tell(state.told[-1])
        self._show()

    def show_board(self, look: Look, board: Board, now: Moment) -> None:
        """Show the board's present: time goes on, and names may be others."""
        self._shown = (board, now)
        if look != self._look:
            self._look = look
            self._banner.show_look(look)
            self._frame.show_look(look)
            if not self._banner.isHidden():
                self.resized.emit(self._banner.height_needed())
        self._show()
        self._see_dialog()
        if self._until_s is not None and now.steady_s >= self._until_s:
            self._forget_told()

    def place(self) -> None:
        """Keep what lies over the window in its place; its size is another."""
        banner, window = self._banner, self._window
        if self._toast is not None:
            self._toast.place(window.height() - self._look.px(_FOOT))
        placed = (window.size(), banner.height_needed(), banner.isHidden(), banner.armed())
        if placed == self._placed:
            return
        self._placed = placed
        banner.setGeometry(QRect(0, 0, window.width(), banner.height_needed()))
        banner.raise_()
        self._frame.cover(window.rect())
        self._frame.raise_()
        self._frame.setVisible(banner.armed())

    def begin(self, asked: Asked) -> None:
        """Have a command given: at once, or once the question before it was answered."""
        offer = self._offer(asked)
        if offer is None or offer.obstacle is not None:
            return
        session = self._changed_by(asked)
        if session is not None:
            asked = replace(asked, reason=session.reason, stays=session.stays)
        if asked.kind in _AT_ONCE or (session is not None and asked.kind is not WishKind.BARGE):
            self.wished.emit(asked)
        else:
            self._ask(asked)

    def end(self) -> None:
        """Have the monitoring ended; nothing if there is none."""
        session = self.session()
        if session is not None and session.phase is not Phase.ENDING:
            self.wished.emit(Asked(kind=WishKind.END, agent_id=session.agent_id))

    def _talk(self, held: bool) -> None:  # noqa: FBT001 - a signal
        """Have the agent hear the supervisor as long as the button is held."""
        session = self._state.session
        kind = WishKind.TALK if held else WishKind.HUSH
        if session is not None:
            self.wished.emit(Asked(kind=kind, agent_id=session.agent_id, call_id=session.call_id))
        elif not held:
            self.wished.emit(Asked(kind=kind))

    # The banner

    def _show(self) -> None:
        if self._shown is None:
            return
        board, now = self._shown
        session = self._state.session
        face = session_face(board, self._state, now, self._look.wording)
        self._title = "" if face is None else face.title
        shown = not self._banner.isHidden()
        if face is None or session is None:
            self._spoken = ""
            if shown:
                self._banner.hide()
                self._frame.hide()
                self.resized.emit(0)
            return
        # In its place before it is seen: else its buttons pass under the mouse.
        self.place()
        self._banner.show_face(face, self._offers(session.agent_id))
        self.place()
        if not shown:
            self.resized.emit(self._banner.height_needed())
        if face.spoken != self._spoken:
            self._spoken = face.spoken
            self._say(face.spoken)

    def _change(self, kind: WishKind) -> None:
        session = self.session()
        if session is not None:
            agent = self._agent(session.agent_id)
            call_id = session.call_id if agent is None else agent.call_id
            self.begin(Asked(kind=kind, agent_id=session.agent_id, call_id=call_id))

    def _changed_by(self, asked: Asked) -> Session | None:
        """Return the monitoring that a command makes another one of. None if it makes a new one."""
        session = self._state.session
        if session is None or asked.kind not in MONITORING or session.phase is not Phase.LIVE:
            return None
        return session if session.agent_id == asked.agent_id else None

    # The question before

    def _ask(self, asked: Asked) -> None:
        if self._shown is None:
            return
        self.close()
        question = question_of(asked, self._shown[0], self._state, self._look.wording)
        dialog = SupervisionDialog(self._look, question, self._window)
        dialog.wished.connect(self.wished)
        dialog.finished.connect(self._forget_dialog)
        self._dialog = dialog
        dialog.show()

    def _see_dialog(self) -> None:
        """Have the open question know whether what it asks about can still be done."""
        if self._dialog is not None:
            asked = self._dialog.question().asked
            agent = self._agent(asked.agent_id)
            words = hindrance(asked, agent, self._offer(asked), self._look.wording)
            self._dialog.show_obstacle(words)

    def close(self) -> None:
        """Close the question if one is open."""
        dialog, self._dialog = self._dialog, None
        if dialog is not None:
            dialog.close()

    def _forget_dialog(self) -> None:
        self._dialog = None

    # The result after

    def _tell(self, told: Told) -> None:
        self._forget_told()
        lasts = _SECONDS.get(told.stage)
        if lasts is None or self._shown is None:
            return
        asked, wording = told.asked, self._look.wording
        if asked.agent_id:
            name = agent_name(self._shown[0], asked.agent_id)
        else:
            name = caller_words(self._call(asked), wording)
        text = told_words(told, name, wording)
        self._show_told(text, lasts, loud=told.stage is not Stage.DONE)

    def _say_altered(self, line: int) -> None:
        """Say that somebody altered what was written down."""
        self._forget_told()
        self._show_told(altered_words(line, self._look.wording), _ALTERED_S, loud=True)

    def _show_told(self, text: str, lasts_s: float, *, loud: bool) -> None:
        if self._shown is None:
            return
        self._toast = Toast(self._look, text, self._window, loud=loud)
        self._until_s = self._shown[1].steady_s + lasts_s
        self.place()
        self._toast.show()
        self._toast.raise_()
        self._say(text)

    def _forget_told(self) -> None:
        toast, self._toast, self._until_s = self._toast, None, None
        if toast is not None:
            toast.hide()
            toast.deleteLater()

    def _say(self, text: str) -> None:
        if QAccessible.isActive():
            announce(self._window, News(text=text, urgent=True))

    # What the board knows

    def _offers(self, agent_id: AgentId) -> tuple[Offer, ...]:
        if self._shown is None:
            return ()
        return offers_for(self._shown[0], self._state, agent_id, self._shown[1])

    def _offer(self, asked: Asked) -> Offer | None:
        """Return what is offered of what is asked for, obstacle and all. None for nothing."""
        if self._shown is None:
            return None
        if asked.kind is WishKind.TRY_PHONE:
            return offer_to_try_phone(self._shown[0], self._state)
        if asked.kind in OF_A_WAITING_CALL and asked.call_id is not None:
            board, now = self._shown
            offers = offers_for_caller(board, self._state, asked.call_id, now)
        else:
            offers = self._offers(asked.agent_id)
        return next((offer for offer in offers if offer.kind is asked.kind), None)

    def _told_snapshot(self) -> Snapshot | None:
        return None if self._shown is None else self._shown[0].told or self._shown[0].snapshot

    def _agent(self, agent_id: AgentId) -> Agent | None:
        told = self._told_snapshot()
        return None if told is None else told.agents.get(agent_id)

    def _call(self, asked: Asked) -> Call | None:
        told = self._told_snapshot()
        if told is None or asked.call_id is None:
            return None
        return told.calls.get(asked.call_id)
