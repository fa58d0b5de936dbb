"""The agents as cells: who is free, who is stuck, who is at it too long."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import ceil
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from wallboard.domain.clock import Moment
from wallboard.domain.severity import Severity
from wallboard.domain.snapshot import AWAY
from wallboard.engine.board import Board
from wallboard.ui.batch import Batch
from wallboard.ui.digit_run import DigitRun
from wallboard.ui.easel import Easel, Texts
from wallboard.ui.look import Look
from wallboard.ui.not_told import AGENTS_NOT_TOLD
from wallboard.ui.outside_text import isolated
from wallboard.ui.panels.agent_book import AgentBook, AgentFace
from wallboard.ui.panels.face import Aged, Face, Manner, Painted
from wallboard.ui.panels.panel import Condition, condition_of
from wallboard.ui.panels.shelves import Section, Spot
from wallboard.ui.panels.told_list import ToldList
from wallboard.ui.theme.type import Role
from wallboard.ui.wording import Wording
from wallboard.ui.words import phrase

_WIDTH, _HEIGHT, _GAP = 190, 64, 6
_COMPACT: Final = 0.92
"""States of who is not there: they are shown, and draw no eye."""


AGENTS_LOCKED: Final = phrase(
    "Agents", "You do not see agents here. Ask the administrator for the right to see them."
)


def nobody_words(book: AgentBook, wording: Wording, *, blank: bool) -> str:
    """Return what is said where no agent is to be seen, and what to do."""
    if blank:
        return wording.translate("Board", "Waiting for the first picture …")
    if book.locked:
        return wording.say(AGENTS_NOT_TOLD if book.not_told else AGENTS_LOCKED)
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


@dataclass(frozen=True, slots=True)
class _AgePlace:
    """Where in the list an age is that is so long.

    Attributes:
        ground: Under it; a real box.
        line: Its end from the start of the line, its middle, and its room.
        points: Where its letters stand. None if it is not written by digits.
    """

    ground: QRectF
    line: tuple[float, float, float]
    points: list[QPointF] | None


class CellRoom:
    """Where things are in a cell, in pixels from its corner; in all cells of a list the same."""

    def __init__(self, look: Look, height: float, texts: Texts) -> None:
        """Measure.

        Args:
            look: In which look.
            height: How high a cell is.
            texts: What is laid out in the list.
        """
        px = look.px
        self.height = height
        self.edge, self.apart, self.end = px(4), px(6), px(9)
        self.glyph, self.glyph_at = px(11 if look.compact else 12), px(10)
        self.ear = px(15)
        self.name_at = self.glyph_at + self.glyph + px(5)
        self.line = px(4) + height / 4
        """The middle of the first line; the second one's is `note_line`."""
        self.note_line = height / 2 - px(2) + height * 0.18
        self.name, self.note = look.font(Role.BODY), look.font(Role.CAPTION)
        self.least = px(70)
        # Nothing but the age is painted there, and nothing but the bar below `bar_top`.
        self.age_top, self.age_height = px(4), height // 2 - px(4)
        self.bar_at, self.bar_top, self.track_top = px(12), height - px(11), height - px(8)
        self.track_height = px(3)
        self._look, self._texts = look, texts
        self._ages: dict[int, int] = {}

    def age_room(self, age: str) -> int:
        """Return how much of the end of a cell is kept for an age: for all that are so long."""
        letters = len(age)
        room = self._ages.get(letters)
        if room is None:
            wide = ceil(self._texts.width(age, self._look.font(Role.STRONG))) + self.end
            # A dash alone is wider than a digit.
            room = max(wide, self._look.px(12 + 8.6 * max(2, letters)))
            self._ages[letters] = room
        return room


class AgentGrid(ToldList):
    """Shows a cell for each agent."""

    def __init__(self, look: Look, book: AgentBook) -> None:
        super().__init__(look)
        self._book = book
        self._rooms: CellRoom | None = None
        self._ages_at: dict[tuple[Spot, int, Severity], _AgePlace] = {}

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
        return self._book.locked and not self._book.not_told

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

    # What changed

    def _faces_of(self, keys: Sequence[str]) -> Sequence[Face | None]:
        return self._book.faces(keys)

    def _aged(self, old: Face, new: Face) -> bool:
        if not (isinstance(old, AgentFace) and isinstance(new, AgentFace)):
            return False
        # Another note is in other words: these are one object while nothing but time passes.
        if old.words is not new.words or len(old.age) != len(new.age):
            return False
        return old.age != new.age or old.used != new.used

    def _ages_alone(self) -> bool:
        return not self._look.theme.frame_width

    def _age_strips(self, box: QRectF) -> tuple[QRectF, ...]:
        room, width = self._room(), float(self._surface.width())
        return (
            QRectF(0, box.y() + room.age_top, width, room.age_height),
            QRectF(0, box.y() + room.bar_top, width, room.height - room.bar_top),
        )

    def _damage(self, box: QRectF, old: Face, new: Face) -> tuple[QRectF, ...]:
        if not (isinstance(old, AgentFace) and self._aged(old, new)):
            return (box,)
        room = self._room()
        wide = room.age_room(old.age)
        age = QRectF(box.right() - wide, box.y() + room.age_top, wide, room.age_height)
        bar = QRectF(box.x(), box.y() + room.bar_top, box.width(), room.height - room.bar_top)
        return age, bar

    def _forget_boxes(self) -> None:
        super()._forget_boxes()
        self._rooms, self._ages_at = None, {}

    def _room(self) -> CellRoom:
        if self._rooms is None:
            self._rooms = CellRoom(self._look, self._shelves.down - self._gap(), self._texts)
        return self._rooms

    # Painting

    def _paint_aged(self, easel: Easel, things: Sequence[Aged]) -> None:
        theme, batch, places = self._look.theme, Batch(easel), self._ages_at
        inks = {severity: self._age_ink(severity) for severity in Severity}
        runs = {severity: batch.figures(*ink) for severity, ink in inks.items()}
        grounds: dict[bool, list[QRectF]] = {False: [], True: []}
        for spot, old, new, chosen in things:
            if not (isinstance(old, AgentFace) and isinstance(new, AgentFace)):
                continue
            age, severity = new.age, new.words.severity
            if age != old.age:
                run, at = runs[severity], (spot, len(age), severity)
                place = places.get(at)
                if place is None:
                    place = places[at] = self._age_place(easel, run, spot, new)
                grounds[chosen].append(place.ground)
                if run is not None and place.points is not None:
                    run.write(age, place.points)
                else:
                    batch.write_end(*place.line, age, *inks[severity])
            if new.used is not None and old.used != new.used:
                self._lay_bar(batch, easel, self._box(spot), new.used)
        for chosen, boxes in grounds.items():
            easel.fill_all(boxes, theme.bands[1] if chosen else theme.surface)
        batch.paint()

    def _age_place(
        self, easel: Easel, run: DigitRun | None, spot: Spot, face: AgentFace
    ) -> _AgePlace:
        box, room, age = self._box(spot), self._room(), face.age
        wide = room.age_room(age)
        # In whole pixels: half a one would shine through where only the age is painted anew.
        ground = QRectF(box.right() - wide, box.y() + room.age_top, wide, room.age_height)
        line = (box.right() - room.end, box.y() + room.line, wide - room.end)
        points = None if run is None else run.points_of(easel, *line, age)
        return _AgePlace(easel.at(ground), line, points)

    def _paint_faces(self, easel: Easel, things: Sequence[Painted]) -> None:
        theme, batch = self._look.theme, Batch(easel)
        for box, _, manner in things:
            batch.fill(easel.at(box), theme.bands[1] if manner.chosen else theme.surface)
        if theme.frame_width:
            batch.paint()
            batch = Batch(easel)
            for box, _, _ in things:
                self._frame(easel.painter, easel.at(box))
        for box, face, manner in things:
            if isinstance(face, AgentFace):
                self._lay(batch, easel, box, face, manner)
        batch.paint()

    def _lay(
        self, batch: Batch, easel: Easel, box: QRectF, face: AgentFace, manner: Manner
    ) -> None:
        theme, room, words = self._look.theme, self._room(), face.words
        left, top, right = box.x(), box.y(), box.right()
        severity = Severity.CALM if manner.faded else words.severity
        if severity is not Severity.CALM:
            critical = severity is Severity.CRITICAL
            edge = easel.at(QRectF(left, top, room.edge, room.height))
            batch.fill(edge, theme.critical if critical else theme.warning, 1)
        if face.used is not None:
            self._lay_bar(batch, easel, box, face.used)
        wide = room.age_room(face.age)
        font, ink = self._age_ink(severity)
        batch.write_end(right - room.end, top + room.line, wide - room.end, face.age, font, ink)
        dim = manner.faded or words.state in AWAY
        size, half = room.glyph, room.glyph / 2
        glyph = QRectF(left + room.glyph_at, top + room.line - half, size, size)
        batch.state(glyph, words.state)
        start, ink = left + room.name_at, theme.text2 if dim else theme.text
        batch.write(start, top + room.line, right - wide - start, words.name, room.name, ink)
        end, middle = right - room.end, top + room.note_line
        if severity is not Severity.CALM:
            end -= size
            batch.severity(QRectF(end, middle - half, size, size), severity)
            end -= room.apart
        if words.heard:
            end -= room.ear
            box = QRectF(end, middle - room.ear / 2, room.ear, room.ear)
            batch.shape(box, "ear", theme.text)
            end -= room.apart
        font = room.note
        start += batch.write(start, middle, end - start, words.note, font, theme.text2)
        queue = _after_a_dot(words.queue, self._look.rtl) if words.queue else ""
        # A few letters of a name tell nothing.
        if end - start > room.least or end - start > easel.text_width(queue, font):
            # What is muted cannot be read on the ground of a cell that is chosen.
            ink = theme.text2 if manner.chosen else theme.muted
            batch.write(start, middle, end - start, queue, font, ink)

    def _lay_bar(self, batch: Batch, easel: Easel, box: QRectF, used: float) -> None:
        theme, room = self._look.theme, self._room()
        left, top = box.x() + room.bar_at, box.y() + room.track_top
        width = box.right() - room.end - left
        track = theme.bands[0] if theme.dark else theme.bands[1]
        batch.fill(easel.at(QRectF(left, top, width, room.track_height)), track, 2)
        batch.fill(easel.at(QRectF(left, top, width * used, room.track_height)), theme.control, 3)

    def _age_ink(self, severity: Severity) -> tuple[QFont, QColor]:
        look, theme = self._look, self._look.theme
        if severity is Severity.CALM:
            return look.font(Role.BODY), theme.text2
        critical = severity is Severity.CRITICAL
        return look.font(Role.STRONG), theme.critical_text if critical else theme.warning_text

    def _frame(self, painter: QPainter, real: QRectF) -> None:
        theme = self._look.theme
        painter.setPen(QPen(theme.line, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(real.adjusted(0.5, 0.5, -0.5, -0.5))


@lru_cache(maxsize=1024)
def _after_a_dot(name: str, rtl: bool) -> str:  # noqa: FBT001 - by place it is found sooner
    """Return the name behind a dot: a text that begins with one does not say its direction."""
    return f"\N{RIGHT-TO-LEFT MARK} · {isolated(name)}" if rtl else f" · {name}"
