"""The groups that queues were put in, as chips: a pressed one leaves its queues alone in sight."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from wallboard.engine.board import Board
from wallboard.ui.chip_button import ChipButton
from wallboard.ui.flow import flowed, width_of
from wallboard.ui.look import Look
from wallboard.ui.outside_text import shown
from wallboard.ui.search_text import search_key

_GAP = 6
_MOST = 24
_LONGEST = 24


class GroupChips(QWidget):
    """Shows a chip a group; there is nothing to see while no queue is in one.

    Signals:
        chosen: The group that is wanted; an empty text for all queues.
    """

    chosen = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._counts: dict[str, int] = {}
        self._of: tuple[object, object] = (None, None)
        self.chips: dict[str, ChipButton] = {}
        self._group = ""
        self._say()

    def show_look(self, look: Look) -> None:
        """Show the chips in another look."""
        self._look = look
        for chip in self.chips.values():
            chip.show_look(look)
        self._count()
        self._say()
        self._arrange()

    def show_board(self, board: Board) -> bool:
        """Show the groups of the queues that are shown; return whether they are others."""
        seen = (board.arrangement.groups, len(board.queues))
        if seen == self._of:
            return False
        self._of = seen
        counts: dict[str, int] = {}
        for queue_id, group in board.arrangement.groups.items():
            if queue_id in board.queues:
                counts[group] = counts.get(group, 0) + 1
        self._counts = dict(sorted(counts.items(), key=lambda row: search_key(row[0]))[:_MOST])
        if [*self._counts] != [*self.chips]:
            self._make()
        self._count()
        self._arrange()
        return True

    def group(self) -> str:
        """Return the group that is wanted; an empty text for all queues."""
        return self._group

    def choose_none(self) -> None:
        """Show all queues again."""
        self._choose("")
        self._mark()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the size that one line needs."""
        look = self._look
        return QSize(width_of([*self.chips.values()], look.px(_GAP)), look.px(32))

    def height_at(self, width: int) -> int:
        """Return how high the chips are at a width; 0 if there are none."""
        look = self._look
        if not self.chips:
            return 0
        return flowed([*self.chips.values()], QRect(0, 0, width, 1), look.px(_GAP), rtl=look.rtl)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Put the chips in as many lines as it takes."""
        super().resizeEvent(event)
        self._arrange()

    def _make(self) -> None:
        for chip in self.chips.values():
            chip.hide()
            chip.deleteLater()
        self.chips = {}
        for group in self._counts:
            chip = ChipButton(self._look)
            chip.setParent(self)
            chip.clicked.connect(partial(self._turn, group))
            chip.show()
            self.chips[group] = chip
        if self._group not in self.chips:
            self._choose("")
        self._mark()

    def _count(self) -> None:
        for group, chip in self.chips.items():
            name = shown(group)
            word = name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"
            chip.show_words(word, self._look.wording.count(self._counts[group]))

    def _turn(self, group: str, *_: object) -> None:
        self._choose("" if group == self._group else group)
        self._mark()

    def _choose(self, group: str) -> None:
        if group != self._group:
            self._group = group
            self.chosen.emit(group)

    def _mark(self) -> None:
        for group, chip in self.chips.items():
            chip.setChecked(group == self._group)

    def _say(self) -> None:
        self.setAccessibleName(self._look.wording.translate("Queues", "Groups"))

    def _arrange(self) -> None:
        self.height_at(self.width())
