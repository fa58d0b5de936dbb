"""The window's door to a supervisor's commands; what is behind it is made when there are any."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from wallboard.domain.clock import Moment
from wallboard.domain.snapshot import AgentId
from wallboard.domain.supervision import WishKind
from wallboard.engine.board import Board
from wallboard.engine.supervision import Asked, SupervisionState
from wallboard.ui.look import Look


class _Supervisor(Protocol):
    """Shows the banner, asks before a command, tells the result."""

    def title(self) -> str: ...

    def banner(self) -> QWidget | None: ...

    def show_state(self, state: SupervisionState) -> None: ...

    def show_board(self, look: Look, board: Board, now: Moment) -> None: ...

    def place(self) -> None: ...

    def begin(self, asked: Asked) -> None: ...

    def end(self) -> None: ...


class Supervisor(QObject):
    """Shows what a supervisor's commands come to, and asks before they are given.

    Signals:
        wished: An Asked, whole.
        resized: How much room the banner needs above the board, in pixels; 0 for none.
    """

    wished = Signal(object)
    resized = Signal(int)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._behind: _Supervisor | None = None
        self._state: SupervisionState | None = None
        self._shown: tuple[Look, Board, Moment] | None = None

    @property
    def state(self) -> SupervisionState | None:
        """How it stands. None while nobody has said so: then nothing is offered."""
        return self._state

    def title(self) -> str:
        """Return what the title of the window says first; empty for nothing."""
        return "" if self._behind is None else self._behind.title()

    def banner(self) -> QWidget | None:
        """Return the banner. None while there is none."""
        return None if self._behind is None else self._behind.banner()

    def show_state(self, state: SupervisionState) -> None:
        """Show another state."""
        self._state = state
        if self._behind is not None:
            self._behind.show_state(state)
        elif state.session is not None or state.told or state.altered_at is not None:
            self._made()

    def show_board(self, look: Look, board: Board, now: Moment) -> None:
        """Show the board's present, in a look that fits the window."""
        first, self._shown = self._shown is None, (look, board, now)
        if self._behind is not None:
            self._behind.show_board(look, board, now)
        elif first and self._state is not None:
            self.show_state(self._state)

    def place(self) -> None:
        """Keep what lies over the window in its place; its size is another."""
        if self._behind is not None:
            self._behind.place()

    def listen_to(self, agent_id: AgentId) -> None:
        """Ask before an agent is listened to; nothing if that cannot be."""
        if self._shown is None:
            return
        told = self._shown[1].told or self._shown[1].snapshot
        agent = None if told is None else told.agents.get(agent_id)
        if agent is not None:
            call_id = agent.call_id
            self.begin(Asked(kind=WishKind.LISTEN, agent_id=agent_id, call_id=call_id))

    def begin(self, asked: Asked) -> None:
        """Have a command given: at once, or once the question before it was answered."""
        behind = self._made()
        if behind is not None:
            behind.begin(asked)

    def end(self) -> None:
        """Have the monitoring ended; nothing if there is none."""
        if self._behind is not None:
            self._behind.end()

    def _made(self) -> _Supervisor | None:
        """Return what is behind the door. None while there is no board to show it on."""
        # start-up: who looks at the board does not wait for what supervises
        from wallboard.ui.supervising import Supervising  # noqa: PLC0415 - as told

        if self._behind is None and self._shown is not None and self._state is not None:
            supervising = Supervising(self._window, self._shown[0])
            supervising.wished.connect(self.wished)
            supervising.resized.connect(self.resized)
            self._behind = supervising
            supervising.show_board(*self._shown)
            supervising.show_state(self._state)
        return self._behind
