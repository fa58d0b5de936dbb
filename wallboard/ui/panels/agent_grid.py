"""The agents as cells: who is free, who is stuck, who is at it too long."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen

from wallboard.domain.clock import Moment
from wallboard.domain.severity import Severity
from wallboard.domain.snapshot import AgentState
from wallboard.engine.board import Board
from wallboard.ui.easel import Easel, Place
from wallboard.ui.look import Look
from wallboard.ui.outside_text import isolated
from wallboard.ui.panels.agent_book import AgentBook, AgentFace
from wallboard.ui.panels.face_list import Face, FaceList, Manner
from wallboard.ui.panels.panel import Condition, condition_of
from wallboard.ui.panels.shelves import Section
from wallboard.ui.theme.type import Role
from wallboard.ui.wording import Wording
from wallboard.ui.words import phrase

_WIDTH, _HEIGHT, _GAP = 180, 64, 6
_COMPACT: Final = 0.92
QUIET: Final = frozenset({AgentState.OFFLINE, AgentState.UNKNOWN})
"""States of who is not there: they are shown, and draw no eye."""


def nobody_words(book: AgentBook, wording: Wording, *, blank: bool) -> str:
    """Return what is said where no agent is to be seen, and what to do."""
    if blank:
        return wording.translate("Board", "Waiting for the first picture …")
    if book.filtered and book.agents:
        return wording.say(
            phrase("Agents", "No agent fits this filter. Esc in the field shows all again.")
        )
    return wording.say(
        phrase(
            "Agents",
            "No agents to see. Check that the queues have agents and that this account may see"
            " them.",
        )
    )


class AgentGrid(FaceList):
    """Shows a cell for each agent."""

    def __init__(self, look: Look, book: AgentBook) -> None:
        super().__init__(look)
        self._book = book

    def show_board(self, board: Board, now: Moment) -> None:
        """Repaint the cells that changed; the book must have been shown the board."""
        self._show(self._book.agents, condition_of(board), now)

    def rearrange(self) -> None:
        """Show another order or other agents at the next board."""
        self._ask_again()

    def _arrange(self) -> tuple[Section, ...]:
        return self._book.sections()

    def _face(self, key: str) -> Face | None:
        return self._book.face(key)

    def _told(self, key: str) -> str:
        return self._book.told(key)

    def _empty_words(self) -> str:
        blank = self._condition is Condition.BLANK
        return nobody_words(self._book, self._look.wording, blank=blank)

    def _cells(self, width: int) -> tuple[int, QSize]:
        look = self._look
        scale = _COMPACT if look.compact else 1.0
        room = width - self._inset()
        columns = max(1, room // (look.px(_WIDTH * scale) + self._gap()))
        return columns, QSize(room // columns, look.px(_HEIGHT * scale * scale) + self._gap())

    def _gap(self) -> int:
        return self._look.px(_GAP)

    def _age_room(self, face: AgentFace) -> int:
        """Return how much of the end of a cell is kept for the age."""
        return self._look.px(12 + 8.6 * len(face.age))

    def _age_box(self, box: QRectF, face: AgentFace) -> QRectF:
        """Return where the age is; nothing else is painted there."""
        room = self._age_room(face)
        return QRectF(box.right() - room, box.y(), room, box.height() / 2)

    def _bar_box(self, box: QRectF) -> QRectF:
        """Return where the bar is, and a little more; nothing else is painted there."""
        height = self._look.px(11)
        return QRectF(box.x(), box.bottom() - height, box.width(), height)

    def _damage(self, box: QRectF, old: Face, new: Face) -> tuple[QRectF, ...]:
        if not (isinstance(old, AgentFace) and isinstance(new, AgentFace)):
            return (box,)
        parts = []
        if replace(old, age=new.age, used=new.used) != new or len(old.age) != len(new.age):
            return (box,)
        if old.age != new.age:
            parts.append(self._age_box(box, new))
        if old.used != new.used:
            parts.append(self._bar_box(box))
        return tuple(parts)

    def _paint_face(self, easel: Easel, box: QRectF, face: Face, manner: Manner) -> None:
        if not isinstance(face, AgentFace):
            return
        look, theme = self._look, self._look.theme
        easel.fill(box, theme.bands[1] if manner.chosen else theme.surface)
        if theme.frame_width:
            self._frame(easel.painter, easel.at(box))
        if not manner.faded:
            easel.edge(QRectF(box.x(), box.y(), look.px(4), box.height()), face.severity)
        if manner.damaged.bottom() > self._bar_box(box).y():
            self._paint_bar(easel, box, face)
        if manner.damaged.y() > box.center().y():
            return
        self._paint_age(easel, box, face, manner)
        if manner.damaged.x() < self._age_box(box, face).x():
            self._paint_words(easel, box, face, manner)

    def _paint_age(self, easel: Easel, box: QRectF, face: AgentFace, manner: Manner) -> None:
        look, theme = self._look, self._look.theme
        place = self._age_box(box, face)
        line = QRectF(place.x(), box.y() + look.px(4), place.width() - look.px(9), box.height() / 2)
        ink, font = theme.text2, look.font(Role.BODY)
        if face.severity and not manner.faded:
            critical = face.severity is Severity.CRITICAL
            ink = theme.critical_text if critical else theme.warning_text
            font = look.font(Role.STRONG)
        easel.write(line, face.age, font, ink, Place.END)

    def _paint_words(self, easel: Easel, box: QRectF, face: AgentFace, manner: Manner) -> None:
        look, theme = self._look, self._look.theme
        dim = manner.faded or face.state in QUIET
        ink = theme.text2 if dim else theme.text
        size = look.px(11 if look.compact else 12)
        start = box.x() + look.px(11)
        line = QRectF(start + size + look.px(7), box.y() + look.px(4), 0, box.height() / 2)
        line.setRight(self._age_box(box, face).x())
        easel.state(QRectF(start, line.center().y() - size / 2, size, size), face.state)
        easel.write(line, face.name, look.font(Role.BODY), ink)
        note = QRectF(line.x(), box.center().y() - look.px(2), 0, box.height() * 0.36)
        note.setRight(box.right() - look.px(9))
        if face.severity and not manner.faded:
            mark = QRectF(note.right() - size, note.center().y() - size / 2, size, size)
            easel.severity(mark, face.severity)
            note.setRight(mark.x() - look.px(6))
        font = look.font(Role.CAPTION)
        used = easel.write(note, face.note, font, theme.text2)
        note.setLeft(note.x() + used)
        queue = _after_a_dot(face.queue, rtl=look.rtl) if face.queue else ""
        # A few letters of a name tell nothing.
        if note.width() > min(look.px(70), easel.text_width(queue, font)):
            easel.write(note, queue, font, theme.muted)

    def _paint_bar(self, easel: Easel, box: QRectF, face: AgentFace) -> None:
        if face.used is None:
            return
        look, theme = self._look, self._look.theme
        track = QRectF(box.x() + look.px(12), box.bottom() - look.px(8), 0, look.px(3))
        track.setRight(box.right() - look.px(9))
        easel.fill(track, theme.bands[0] if theme.dark else theme.bands[1])
        easel.fill(
            QRectF(track.x(), track.y(), track.width() * face.used, track.height()), theme.control
        )

    def _frame(self, painter: QPainter, real: QRectF) -> None:
        theme = self._look.theme
        painter.setPen(QPen(theme.line, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(real.adjusted(0.5, 0.5, -0.5, -0.5))


def _after_a_dot(name: str, *, rtl: bool) -> str:
    """Return the name behind a dot: a text that begins with one does not say its direction."""
    return f"\N{RIGHT-TO-LEFT MARK} · {isolated(name)}" if rtl else f" · {name}"
