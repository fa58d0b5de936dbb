"""What all painted panels share: a look, laid-out texts, and words for those who listen."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from wallboard.engine.board import Board
from wallboard.engine.freshness import Freshness
from wallboard.ui.easel import Easel, Texts
from wallboard.ui.look import Look
from wallboard.ui.shield import Shielded


class Condition(Enum):
    """How far the figures of a board can be trusted, as a panel shows it."""

    BLANK = "blank"
    """There was no picture yet."""
    PRESENT = "present"
    FADED = "faded"
    """The last good figures, too old to be taken for the present."""
    HATCHED = "hatched"
    """Nothing was heard for so long that the figures only tell of the past."""


def condition_of(board: Board) -> Condition:
    """Return how far the figures can be trusted."""
    if board.snapshot is None:
        return Condition.BLANK
    match board.freshness:
        case Freshness.STALE:
            return Condition.FADED
        case Freshness.NO_DATA:
            return Condition.HATCHED
        case _:
            return Condition.PRESENT


class Panel(Shielded, QWidget):
    """A panel that is painted as one widget. It remembers only what it last painted."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._texts = Texts()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def show_look(self, look: Look) -> None:
        """Forget what was painted in the look before. A board must be shown after this."""
        self._look = look
        self._texts.clear()
        self._forget()
        self.update()

    def _forget(self) -> None:
        """Forget what was painted."""

    def _easel(self, painter: QPainter) -> Easel:
        return Easel(painter, self._look, self.width(), self._texts)

    def _tell(self, text: str) -> None:
        if text != self.accessibleDescription():
            self.setAccessibleDescription(text)
