"""The agents as cells: who is free, who is stuck, who is at it too long."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from wallboard.domain.clock import Moment
from wallboard.domain.severity import Severity
from wallboard.domain.snapshot import AgentState
from wallboard.engine.board import Board
from wallboard.ui.easel import NO_PEN, Easel
from wallboard.ui.look import Look
from wallboard.ui.outside_text import isolated
from wallboard.ui.panels.agent_book import AgentBook, AgentFace
from wallboard.ui.panels.face_list import Aged, Face, Manner
from wallboard.ui.panels.panel import Condition, condition_of
from wallboard.ui.panels.shelves import Section
from wallboard.ui.panels.told_list import ToldList
from wallboard.ui.theme.type import Role
from wallboard.ui.wording import Wording
from wallboard.ui.words import phrase

_WIDTH, _HEIGHT, _GAP = 180, 64, 6
_COMPACT: Final = 0.92
QUIET: Final = frozenset({AgentState.OFFLINE, AgentState.UNKNOWN})
"""States of who is not there: they are shown, and draw no eye."""


AGENTS_LOCKED: Final = phrase(
    "Agents", "You do not see agents here. Ask the administrator for the right to see them."
)


def nobody_words(book: AgentBook, wording: Wording, *, blank: bool) -> str:
    """Return what is said where no agent is to be seen, and what to do."""
    if blank:
        return wording.translate("Board", "Waiting for the first picture …")
    if book.locked:
        return wording.say(AGENTS_LOCKED)
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


class AgentGrid(ToldList):
    """Shows a cell for each agent."""

    def __init__(self, look: Look, book: AgentBook) -> None:
        super().__init__(look)
        self._book = book
        self._rooms: dict[int, int] = {}

    def show_look(self, look: Look) -> None:
        """Show the cells in another look. A board must be shown after this."""
        self._rooms = {}
        super().show_look(look)

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

    def _mark(self, face: Face) -> object:
        return (face.state, face.severity) if isinstance(face, AgentFace) else None

    def _told(self, key: str) -> str:
        return self._book.told(key)

    def _locked(self) -> bool:
        return self._book.locked

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
        letters = len(face.age)
        room = self._rooms.get(letters)
        if room is None:
            # A dash alone is wider than a digit.
            room = self._rooms[letters] = self._look.px(12 + 8.6 * max(2, letters))
        return room

    def _age_box(self, box: QRectF, face: AgentFace) -> QRectF:
        """Return where the age is; nothing else is painted there."""
        room = self._age_room(face)
        # In whole pixels: half a one would shine through where only the age is painted anew.
        return QRectF(box.right() - room, box.y(), room, box.height() // 2)

    def _bar_box(self, box: QRectF) -> QRectF:
        """Return where the bar is, and a little more; nothing else is painted there."""
        height = self._look.px(11)
        return QRectF(box.x(), box.bottom() - height, box.width(), height)

    def _damage(self, box: QRectF, old: Face, new: Face) -> tuple[QRectF, ...]:
        if not (isinstance(old, AgentFace) and isinstance(new, AgentFace)):
            return (box,)
        if not self._aged(old, new):
            return (box,)
        parts = []
        if old.age != new.age:
            parts.append(self._age_box(box, new))
        if old.used != new.used:
            parts.append(self._bar_box(box))
        return tuple(parts)

    def _aged(self, old: Face, new: Face) -> bool:
        if not (isinstance(old, AgentFace) and isinstance(new, AgentFace)):
            return False
        return (
            old.state is new.state
            and old.severity is new.severity
            and len(old.age) == len(new.age)
            and (old.used is None) is (new.used is None)
            and (old.name, old.note, old.queue) == (new.name, new.note, new.queue)
        )

    def _ages_alone(self) -> bool:
        return not self._look.theme.frame_width

    def _paint_aged(self, easel: Easel, things: Sequence[Aged]) -> None:
        theme, painter = self._look.theme, easel.painter
        lines: dict[Severity, list[tuple[QRectF, str]]] = {}
        grounds: dict[bool, list[QRectF]] = {True: [], False: []}
        for box, old, new, chosen in things:
            if not (isinstance(old, AgentFace) and isinstance(new, AgentFace)):
                continue
            place = self._age_box(box, new)
            grounds[chosen].append(easel.at(place))
            lines.setdefault(new.severity, []).append((self._age_line(box, place), new.age))
            if old.used != new.used:
                self._paint_bar(easel, box, new)
        # Qt is told of many boxes in one word; a word for each takes longer than painting it.
        painter.setPen(NO_PEN)
        for chosen, boxes in grounds.items():
            if boxes:
                painter.setBrush(theme.bands[1] if chosen else theme.surface)
                painter.drawRects(boxes)
        for severity, written in lines.items():
            easel.write_ends(written, *self._age_ink(severity))

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
        line = self._age_line(box, self._age_box(box, face))
        ink = self._age_ink(Severity.CALM if manner.faded else face.severity)
        easel.write_ends([(line, face.age)], *ink)
        if manner.damaged.x() < self._age_box(box, face).x():
            self._paint_words(easel, box, face, manner)

    def _age_line(self, box: QRectF, place: QRectF) -> QRectF:
        """Return where in a cell and the age's own box it is written."""
        px = self._look.px
        return QRectF(place.x(), place.y() + px(4), place.width() - px(9), box.height() / 2)

    def _age_ink(self, severity: Severity) -> tuple[QFont, QColor]:
        look, theme = self._look, self._look.theme
        if severity is Severity.CALM:
            return look.font(Role.BODY), theme.text2
        critical = severity is Severity.CRITICAL
        return look.font(Role.STRONG), theme.critical_text if critical else theme.warning_text

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
