"""The agents: how many do what, and who has done it longest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QAccessible, QPainter, QPaintEvent

from wallboard.domain.clock import Moment
from wallboard.domain.snapshot import LOGGED_IN, AgentState
from wallboard.domain.value import value
from wallboard.engine.board import AGENTS, Board, site_time, tells_less, untold
from wallboard.ui.accessible.aloud import aloud
from wallboard.ui.accessible.flat import FlatParts
from wallboard.ui.accessible.part import Part
from wallboard.ui.easel import Easel, Place
from wallboard.ui.look import Look
from wallboard.ui.not_told import AGENTS_NOT_TOLD
from wallboard.ui.outside_text import shown
from wallboard.ui.panels.panel import Condition, Panel, condition_of
from wallboard.ui.theme.type import Role
from wallboard.ui.words import Phrase, phrase

SUMMARY: Final = (*LOGGED_IN, AgentState.OFFLINE)
_NO_RIGHT: Final = phrase("Agents", "You do not see agents here.")
_IN_A_ROW = 4
_CELL_WIDTH, _CELL_HEIGHT = 190, 48


@value
class CellFace:
    """All that the cell of an agent shows."""

    state: AgentState
    name: str
    age: str
    note: str


@value
class CountFace:
    """How many agents are in a state."""

    state: AgentState
    number: int
    text: str
    label: str


def break_words(state: str, reason: str) -> str:
    """Return what is said of a break: the state, and the reason if that says more."""
    told = shown(reason)
    if not told or f" {told} ".casefold() in f" {state} ".casefold():
        return state
    return f"{state} · {told}"


class AgentsPanel(FlatParts, Panel):
    """Shows counts of all agents and cells of those who are longest in their state.

    Its cost does not grow with the number of agents.
    """

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._counts: tuple[CountFace, ...] = ()
        self._cells: tuple[CellFace, ...] = ()
        self._condition = Condition.BLANK
        self._missing: Phrase | None = None
        self._basis: tuple[object, ...] = ()
        self._pad = self._heading = self._count_height = 0
        self._summary_bottom = self._grid_top = 0
        self._boxes: tuple[QRect, ...] = ()

    def show_board(self, board: Board, now: Moment) -> None:
        """Repaint what changed."""
        condition = condition_of(board)
        before = self._missing
        self._missing = _missing_words(board)
        if self._missing is not before:
            self.update()
        counts = self._count_faces(board, condition)
        moved = self._measure(len(counts))
        cells = self._cell_faces(board, now, condition)
        if moved or condition is not self._condition or len(cells) != len(self._cells):
            self.update()
        elif (counts, cells) == (self._counts, self._cells):
            return
        if counts != self._counts:
            self.update(0, 0, self.width(), self._summary_bottom)
        old_cells = self._cells
        self._counts, self._cells, self._condition = counts, cells, condition
        for at, (old, new) in enumerate(zip(old_cells, cells, strict=False)):
            if old != new:
                only_age = replace(old, age=new.age) == new and len(old.age) == len(new.age)
                box = self._boxes[at]
                self.update(self._age_box(box, new.age) if only_age else box)
        self._say()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint what lies in the damaged region."""
        painter = QPainter(self)
        easel = self._easel(painter)
        whole = QRectF(self.rect())
        easel.whole_card(whole, event.rect())
        if event.rect().top() < self._summary_bottom:
            self._paint_summary(easel)
        region = event.region()
        for cell, box in zip(self._cells, self._boxes, strict=False):
            damaged = region.intersected(box).boundingRect()
            if not damaged.isEmpty():
                only_age = self._age_box(box, cell.age).contains(damaged)
                self._paint_cell(easel, easel.at(QRectF(box)), cell, only_age=only_age)
        if self._missing is not None:
            self._paint_missing(easel, whole, self._missing)
        if self._condition is Condition.FADED:
            easel.dashed_frame(whole)
        elif self._condition is Condition.HATCHED:
            easel.hatch(whole)
        painter.end()

    def _paint_missing(self, easel: Easel, whole: QRectF, words: Phrase) -> None:
        """Say why nobody is to be seen."""
        look, theme = self._look, self._look.theme
        size = look.px(16)
        box = whole.adjusted(self._pad, self._summary_bottom, -self._pad, 0)
        top = box.center().y() - 2.2 * size
        if words is _NO_RIGHT:
            easel.lock(QRectF(box.center().x() - size / 2, top, size, size), theme.text2)
        easel.write(box, look.wording.say(words), look.font(Role.BODY), theme.text2, Place.CENTER)

    def _forget(self) -> None:
        self._counts, self._cells = (), ()

    def _count_faces(self, board: Board, condition: Condition) -> tuple[CountFace, ...]:
        wording, site = self._look.wording, board.crew.site
        unknown = condition is Condition.BLANK or AGENTS in untold(board)
        states = (*SUMMARY, AgentState.UNKNOWN) if site.get(AgentState.UNKNOWN) else SUMMARY
        return tuple(
            CountFace(
                state=state,
                number=site.get(state, 0),
                text=wording.count(None if unknown else site.get(state, 0)),
                label=wording.agent_state(state),
            )
            for state in states
        )

    def _cell_faces(self, board: Board, now: Moment, condition: Condition) -> tuple[CellFace, ...]:
        if condition is Condition.BLANK:
            return ()
        then, wording = site_time(board, now), self._look.wording
        faces = []
        for agent in board.longest[: len(self._boxes)]:
            age = None if agent.state_since is None else then - agent.state_since
            note = wording.agent_state(agent.state)
            if agent.state is AgentState.ON_BREAK and agent.reason:
                note = break_words(note, agent.reason)
            faces.append(
                CellFace(
                    state=agent.state, name=shown(agent.name), age=wording.duration(age), note=note
                )
            )
        return tuple(faces)

    def _say(self) -> None:
        self.setAccessibleName(self._look.wording.translate("Panel", "Agents"))

    def told_role(self) -> QAccessible.Role:
        """Return what kind of thing it is."""
        return QAccessible.Role.List

    def _told_parts(self) -> Mapping[str, Part]:
        wording = self._look.wording
        parts = {
            f"state:{count.state}": Part(
                name=f"{count.label} {aloud(count.text, wording)}",
                box=QRect(0, 0, self.width(), self._summary_bottom),
            )
            for count in self._counts
        }
        for at, (cell, box) in enumerate(zip(self._cells, self._boxes, strict=False)):
            told = (cell.name, cell.note, aloud(cell.age, wording, lasts=True))
            parts[str(at)] = Part(name=wording.listed(told), box=box)
        return parts

    # Where things are

    def _measure(self, states: int) -> bool:
        """Work out where things are. Return True if they are elsewhere than before."""
        look = self._look
        rows = -(-states // _IN_A_ROW)
        basis = (self.size().toTuple(), look.scale, look.compact, look.rtl, rows)
        if basis == self._basis:
            return False
        self._basis = basis
        compact = look.compact
        self._pad = look.px(10 if compact else 14)
        self._heading = look.px(30 if compact else 38)
        self._count_height = look.px(24 if compact else 32)
        self._summary_bottom = self._heading + rows * self._count_height + look.px(8) + self._pad
        self._grid_top = self._summary_bottom + look.px(22 if compact else 28)
        self._boxes = self._cell_boxes()
        return True

    def _cell_boxes(self) -> tuple[QRect, ...]:
        """Return where the cells are really, in the order in which they are filled."""
        look, pad, gap = self._look, self._pad, self._look.px(6)
        width = self.width() - 2 * pad
        height = self.height() - self._grid_top - gap
        least = look.px(_CELL_HEIGHT * (0.85 if look.compact else 1.0))
        columns, rows = max(1, width // look.px(_CELL_WIDTH)), max(0, height // least)
        cell_width = (width - gap * (columns - 1)) / columns
        cell_height = min(height / max(1, rows), look.px(_CELL_HEIGHT * 1.15))
        boxes = []
        for at in range(columns * rows):
            start = pad + at % columns * (cell_width + gap)
            if look.rtl:
                start = self.width() - start - cell_width
            top = self._grid_top + at // columns * cell_height
            boxes.append(QRectF(start, top, cell_width, cell_height - gap).toAlignedRect())
        return tuple(boxes)

    def _age_room(self, age: str) -> int:
        """Return how much of a cell's width is kept for the age, space around it included."""
        return self._look.px(14 + 9 * len(age))

    def _age_box(self, cell: QRect, age: str) -> QRect:
        """Return where the age in a cell is really; nothing else is painted there."""
        width = self._age_room(age)
        start = cell.x() if self._look.rtl else cell.x() + cell.width() - width
        return QRect(start, cell.y(), width, cell.height() // 2)

    # Painting

    def _paint_summary(self, easel: Easel) -> None:
        look, theme, wording = self._look, self._look.theme, self._look.wording
        pad = self._pad
        faded = self._condition in (Condition.FADED, Condition.HATCHED)
        width = self.width() - 2 * pad
        heading = QRectF(pad, 0, width, self._heading)
        easel.write(
            heading, wording.translate("Panel", "Agents"), look.font(Role.HEADING), theme.text2
        )
        size = look.px(11 if look.compact else 13)
        cell_width = width / _IN_A_ROW
        for at, count in enumerate(self._counts):
            top = self._heading + at // _IN_A_ROW * self._count_height
            start = pad + at % _IN_A_ROW * cell_width
            glyph = QRectF(start, top + (self._count_height - size) / 2, size, size)
            easel.state(glyph, count.state)
            box = QRectF(start + size + look.px(7), top, cell_width, self._count_height)
            box.setRight(start + cell_width - look.px(4))
            ink = theme.text2 if faded else theme.text if count.number else theme.muted
            used = easel.write(box, count.text, look.font(Role.FIGURE), ink)
            box.setLeft(box.left() + used + look.px(6))
            easel.write(box, count.label, look.font(Role.LABEL), theme.text2)
        bar_top = self._summary_bottom - self._pad
        self._paint_bar(easel, QRectF(pad, bar_top, width, look.px(6)))
        title = QRectF(pad, self._summary_bottom, width, self._grid_top - self._summary_bottom)
        if self._cells:
            text = wording.translate("Panel", "Longest in their state")
            easel.write(title, text, look.font(Role.LABEL), theme.muted)

    def _paint_bar(self, easel: Easel, box: QRectF) -> None:
        theme = self._look.theme
        everyone = sum(count.number for count in self._counts)
        if not everyone:
            easel.fill(box, theme.bands[0])
            return
        shades = {AgentState.FREE: theme.text, AgentState.RINGING: theme.text2}
        shades |= dict.fromkeys((AgentState.IN_CALL, AgentState.ON_HOLD), theme.control)
        shades[AgentState.WRAP_UP] = theme.muted
        start = box.x()
        for count in self._counts:
            width = box.width() * count.number / everyone
            shade = shades.get(count.state, theme.bands[1])
            if width:
                easel.fill(QRectF(start, box.y(), max(1.0, width - 2), box.height()), shade)
            start += width

    def _paint_cell(self, easel: Easel, box: QRectF, cell: CellFace, *, only_age: bool) -> None:
        """Paint a cell; `box` is given from the start of the line."""
        look, theme = self._look, self._look.theme
        faded = self._condition in (Condition.FADED, Condition.HATCHED)
        easel.fill(box, theme.raised)
        size = look.px(10 if look.compact else 12)
        pad = look.px(8)
        half = box.height() / 2
        ink = theme.text2 if faded else theme.text
        line = QRectF(box.x() + pad + size + look.px(6), box.y() + half * 0.18, 0, half * 0.95)
        line.setRight(box.right() - pad)
        easel.write(line, cell.age, look.font(Role.STRONG), ink, Place.END)
        if only_age:
            return
        glyph = QRectF(box.x() + pad, box.y() + half * 0.62 - size / 2 + 1, size, size)
        easel.state(glyph, cell.state)
        line.setRight(box.right() - self._age_room(cell.age))
        easel.write(line, cell.name, look.font(Role.BODY), ink)
        note = QRectF(line.x(), box.y() + half * 1.02, box.right() - pad - line.x(), half * 0.8)
        easel.write(note, cell.note, look.font(Role.CAPTION), theme.muted)


def _missing_words(board: Board) -> Phrase | None:
    """Return what stands where the agents would, where none are told."""
    if AGENTS not in untold(board):
        return None
    return AGENTS_NOT_TOLD if tells_less(board) else _NO_RIGHT
