"""What a page of the board is to the frame around it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QWidget

from wallboard.domain.clock import Moment
from wallboard.engine.board import Board
from wallboard.engine.supervision import SupervisionState
from wallboard.ui.look import Look


class Page(Protocol):
    """A widget that shows the board from one side.

    The top bar, the notices and the status line are the frame's; the page is what lies between
    them, and paints its own ground. It is made with the look when it is first asked for. It must
    be a QWidget with a class attribute `explanation_wanted = Signal(str, object)`.

    `show_board` is called only while the page is shown, at every new board and every second; what
    did not change must not be painted anew, and nothing that is shown may take the keyboard. When
    its size changes the page shows by itself what it was shown last.
    """

    @property
    def explanation_wanted(self) -> SignalInstance:
        """Tell the key of a figure of the board's window and the queue it is of, None for all."""

    def show_look(self, look: Look) -> None:
        """Show the page in another look; its size and `compact` already fit the window."""

    def show_board(self, board: Board, now: Moment) -> None:
        """Show the board as it is at this moment."""


@runtime_checkable
class Choosing(Protocol):
    """A page that can be asked to show one of its rows."""

    def choose(self, key: str) -> None:
        """Choose the row of this id and bring it to sight; one that is not there is ignored."""


@runtime_checkable
class Opening(Protocol):
    """A page that can be asked to show one of its rows in detail."""

    def open_row(self, key: str) -> None:
        """Show the row of this id in detail; one that is not there is ignored."""


@runtime_checkable
class Supervised(Protocol):
    """A page that offers a supervisor's commands, once it was shown how they stand."""

    @property
    def supervision_wanted(self) -> SignalInstance:
        """Tell the Asked that is wished for; a question may come before it."""

    def show_supervision(self, state: SupervisionState) -> None:
        """Show what may be done and what came of it."""


@runtime_checkable
class Searching(Protocol):
    """A page whose rows can be filtered by what is typed."""

    def search(self) -> None:
        """Give the keyboard to the field in which a filter is typed."""


@runtime_checkable
class Paned(Protocol):
    """A page of several parts between which F6 goes; without this it is one part."""

    def panes(self) -> Sequence[QWidget]:
        """Return the parts in reading order; each must be able to take the keyboard."""
