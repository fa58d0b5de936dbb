"""The agents as a table: who is where, in which state, for how long."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QRectF, Signal

from wallboard.domain.clock import Moment
from wallboard.domain.snapshot import AWAY
from wallboard.engine.board import Board
from wallboard.engine.roster import Sorting
from wallboard.ui.look import Look
from wallboard.ui.panels.agent_book import HEARD, AgentBook, AgentFace
from wallboard.ui.panels.agent_grid import nobody_words
from wallboard.ui.panels.column_list import ColumnList
from wallboard.ui.panels.columns import Heading, RowFace
from wallboard.ui.panels.face import Face
from wallboard.ui.panels.panel import Condition, condition_of
from wallboard.ui.panels.shelves import Section
from wallboard.ui.words import phrase

HEADINGS: Final = (
    Heading(key="name", name=phrase("AgentColumn", "Agent"), width=170, share=1.0, strong=True),
    Heading(key="state", name=phrase("AgentColumn", "State"), width=150, share=0.8),
    Heading(key="longest", name=phrase("AgentColumn", "For"), width=96, figure=True, lasts=True),
    Heading(
        key="used",
        name=phrase("AgentColumn", "Of its limit"),
        width=120,
        rank=2,
        bar=True,
        sorts=False,
    ),
    Heading(key="queue", name=phrase("AgentColumn", "Queue"), width=150, rank=1, share=1.0),
)
_SORTINGS: Final = {
    "name": Sorting.NAME,
    "state": Sorting.STATE,
    "longest": Sorting.LONGEST,
    "queue": Sorting.QUEUE,
}


class AgentTable(ColumnList):
    """Shows a row for each agent."""

    headings = HEADINGS
    rearranged = Signal()

    def __init__(self, look: Look, book: AgentBook) -> None:
        super().__init__(look)
        self._book = book
        self.show_sorting("longest", backwards=False)
        self.sorting_chosen.connect(self._sort)

    def show_board(self, board: Board, now: Moment) -> None:
        """Repaint the rows that changed; the book must have been shown the board."""
        self._show(self._book.agents, condition_of(board), now)

    def rearrange(self) -> None:
        """Show another order or other agents at the next board."""
        self._ask_again()

    def _sort(self, key: str, backwards: bool) -> None:  # noqa: FBT001 - a signal's form
        arrangement = self._book.arrangement
        self._book.arrangement = replace(arrangement, sorting=_SORTINGS[key], backwards=backwards)
        self.rearranged.emit()

    def _arrange(self) -> tuple[Section, ...]:
        return self._book.sections()

    def _face(self, key: str) -> Face | None:
        return self._faces_of((key,))[0]

    def _faces_of(self, keys: Sequence[str]) -> Sequence[Face | None]:
        # Rows are made of those only of which more than the age is painted.
        return self._book.faces(keys)

    def _aged(self, old: Face, new: Face) -> bool:
        return self._same_words(old, new)

    def _damage(self, box: QRectF, old: Face, new: Face) -> tuple[QRectF, ...]:
        # Of somebody else, or in other words, nearly all is another: one piece is painted quickly.
        return super()._damage(box, old, new) if self._same_words(old, new) else (box,)

    def _age_text(self, face: Face, key: str) -> str:
        return face.age if isinstance(face, AgentFace) and key == "longest" else ""

    def _used(self, face: Face) -> float | None:
        return face.used if isinstance(face, AgentFace) else None

    def _lasting(self, face: Face) -> Hashable:
        if not isinstance(face, AgentFace):
            return None
        words = face.words
        return words.severity, words.state in AWAY

    def _mark(self, face: Face) -> object:
        return (face.state, face.severity) if isinstance(face, AgentFace) else None

    def _row(self, face: Face) -> RowFace | None:
        if not isinstance(face, AgentFace):
            return None
        return RowFace(
            cells={
                "name": face.name,
                "state": self._state_of(face),
                "longest": face.age,
                "queue": face.queue,
            },
            state=face.state,
            severity=face.severity,
            marked="longest",
            used=face.used,
            quiet=face.state in AWAY,
        )

    def _same_words(self, old: Face, new: Face) -> bool:
        if not (isinstance(old, AgentFace) and isinstance(new, AgentFace)):
            return False
        return old.words is new.words or old.words == new.words

    def _state_of(self, face: AgentFace) -> str:
        if not face.heard:
            return face.note
        return f"{face.note} · {self._look.wording.say(HEARD)}"

    def _told(self, key: str) -> str:
        return self._book.told(key)

    def _locked(self) -> bool:
        return self._book.locked and not self._book.not_told

    def _empty_words(self) -> str:
        blank = self._condition is Condition.BLANK
        return nobody_words(self._book, self._look.wording, blank=blank)
