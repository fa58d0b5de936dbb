"""A painted table that scrolls: one thing a row, sorted by the column that was asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QColor, QKeyEvent, QMouseEvent, QPainterPath

from wallboard.domain.severity import Severity
from wallboard.domain.snapshot import AgentState
from wallboard.domain.value import value
from wallboard.ui.accessible.aloud import aloud
from wallboard.ui.accessible.interfaces import tell_current
from wallboard.ui.accessible.part import Part, Path
from wallboard.ui.batch import Batch
from wallboard.ui.easel import Easel, Place
from wallboard.ui.look import Look
from wallboard.ui.panels.face import Aged, Face, Painted
from wallboard.ui.panels.told_list import ToldList
from wallboard.ui.theme.type import Role
from wallboard.ui.wording import NOTHING_KNOWN
from wallboard.ui.words import Phrase, phrase

_COMPACT: Final = 0.86
_MARK: Final = 34
"""How much of a row is kept for its mark, in pixels at 100 %."""
_HEADER: Final = "\0header"
"""The key of the header among the rows: no id from outside is like this."""


@value
class Heading:
    """A column.

    Attributes:
        width: In pixels at 100 %; what is left over is shared by `share`.
        rank: Where there is not room for all, the highest goes first; 0 never goes.
        figure: True if it holds figures, which stand at the end of the column.
        strong: True for what a row is known by.
        bar: True if a row's `used` is shown here instead of a text.
        sorts: True if rows can be sorted by it.
        lasts: True if it holds lengths of time, which are read aloud as such.
    """

    key: str
    name: Phrase
    width: int
    rank: int = 0
    share: float = 0.0
    figure: bool = False
    strong: bool = False
    bar: bool = False
    sorts: bool = True
    lasts: bool = False


@dataclass(frozen=True, slots=True)
class RowFace(Face):
    """All that a row shows.

    Attributes:
        cells: Texts by column.
        state: Whose glyph stands at the start of the row. None for none.
        severity: Of the row; a mark stands at its start.
        marked: The column that the severity is about.
        used: 0 to 1, for a column that is a bar. None for no bar.
        quiet: True for a row that matters less.
    """

    cells: Mapping[str, str]
    state: AgentState | None = None
    severity: Severity = Severity.CALM
    marked: str = ""
    used: float | None = None
    quiet: bool = field(default=False)


@value
class _Placed:
    """A column with its place from the start of the line."""

    heading: Heading
    start: float
    width: float


def _ages(heading: Heading) -> bool:
    return heading.lasts or heading.bar


class ColumnList(ToldList):
    """Shows rows of columns under a header. Up from the first row leads into the header.

    Signals:
        sorting_chosen: The key of the column to sort by, and True for the other way round.
    """

    sorting_chosen = Signal(str, bool)

    headings: tuple[Heading, ...] = ()

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._placed: tuple[_Placed, ...] = ()
        # Of these the columns that change as time passes, and the others.
        self._ageing: tuple[_Placed, ...] = ()
        self._lasting: tuple[_Placed, ...] = ()
        self._sorted_by = ""
        self._backwards = False
        self._in_header: str | None = None

    def header_height(self) -> int:
        """Return how high the header is."""
        return self._look.px(30 if self._look.compact else 36)

    def show_sorting(self, key: str, *, backwards: bool) -> None:
        """Show by which column rows are sorted."""
        if (key, backwards) != (self._sorted_by, self._backwards):
            self._sorted_by, self._backwards = key, backwards
            self._ask_again()
            self._surface.update()

    def show_headings(self, headings: tuple[Heading, ...]) -> None:
        """Show other columns from the next board on."""
        if headings is not self.headings:
            self.headings = headings
            self._lay_out_again()

    def columns(self) -> tuple[str, ...]:
        """Return the columns there is room for."""
        return tuple(placed.heading.key for placed in self._placed)

    def _ground(self) -> QColor:
        return self._look.theme.surface

    def _framed(self) -> bool:
        return self._look.theme.frame_width > 0 and not self._faded

    def _heading_inset(self) -> int:
        return self._look.px(14)

    def _cells(self, width: int) -> tuple[int, QSize]:
        self._placed = self._places(width)
        self._ageing = tuple(each for each in self._placed if _ages(each.heading))
        self._lasting = tuple(each for each in self._placed if not _ages(each.heading))
        return 1, QSize(width, self._look.px(28 if self._look.compact else 36))

    def _places(self, width: int) -> tuple[_Placed, ...]:
        look = self._look
        scale = _COMPACT if look.compact else 1.0
        room = width - look.px(_MARK) - look.px(10)
        headings = list(self.headings)
        wide = {
            heading.key: max(look.px(heading.width * scale), self._least(heading))
            for heading in headings
        }
        while sum(wide[heading.key] for heading in headings) > room:
            last = max(headings, key=lambda heading: heading.rank)
            if last.rank == 0:
                break
            headings.remove(last)
        spare = max(0, room - sum(wide[heading.key] for heading in headings))
        shares = sum(heading.share for heading in headings) or 1.0
        start, placed = float(look.px(_MARK)), []
        for heading in headings:
            size = wide[heading.key] + spare * heading.share / shares
            placed.append(_Placed(heading=heading, start=start, width=size))
            start += size
        return tuple(placed)

    def _least(self, heading: Heading) -> float:
        """Return how wide a column must be for its name and the arrow beside it."""
        name = self._look.wording.say(heading.name)
        font = self._look.font(Role.LABEL)
        return self._texts.width(name, font) + self._look.px(40 if heading.sorts else 24)

    def _cell(self, placed: _Placed, box: QRectF) -> QRectF:
        """Return where the text of a column stands in a row."""
        look = self._look
        # Figures end where the next text would begin: what begins there keeps away from them.
        begin = look.px(0 if placed.heading.strong or placed.heading.figure else 8)
        width = placed.width - begin - look.px(12)
        return QRectF(placed.start + begin, box.y(), width, box.height())

    def _aged(self, old: Face, new: Face) -> bool:
        if not (isinstance(old, RowFace) and isinstance(new, RowFace)) or old == new:
            return False
        if old.state is not new.state or old.severity is not new.severity:
            return False
        if old.marked != new.marked or old.quiet is not new.quiet:
            return False
        return all(self._same_in(each.heading, old, new) for each in self._lasting)

    def _same_in(self, heading: Heading, old: RowFace, new: RowFace) -> bool:
        """Return whether two rows show the same in a column."""
        if heading.bar:
            return old.used == new.used
        return old.cells.get(heading.key) == new.cells.get(heading.key)

    def _ages_alone(self) -> bool:
        return not self._framed()

    def _age_strips(self, box: QRectF) -> tuple[QRectF, ...]:
        return tuple(self._strip(placed, box) for placed in self._ageing)

    def _strip(self, placed: _Placed, box: QRectF) -> QRectF:
        """Return where nothing but the text of a column is, and the ground."""
        # Not to the edge, where nothing is written: or else the neighbours were touched as well.
        return QRectF(placed.start + 1, box.y(), placed.width - 2, box.height() - 1)

    def _damage(self, box: QRectF, old: Face, new: Face) -> tuple[QRectF, ...]:
        if not (isinstance(old, RowFace) and isinstance(new, RowFace)):
            return (box,)
        same = (old.state, old.severity, old.marked, old.quiet)
        if same != (new.state, new.severity, new.marked, new.quiet):
            return (box,)
        # Not to the edge, where nothing is written: or else the neighbours were touched as well.
        return tuple(
            QRectF(placed.start + 1, box.y(), placed.width - 2, box.height())
            for placed in self._placed
            if old.cells.get(placed.heading.key) != new.cells.get(placed.heading.key)
            or (placed.heading.bar and old.used != new.used)
        )

    # Sorting

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Sort by the column whose name was clicked, or choose the row under the mouse."""
        if event.position().y() >= self.header_height():
            self._leave_header()
            super().mousePressEvent(event)
            return
        at = event.position().x()
        start = self._surface.width() - at if self._look.rtl else at
        for placed in self._placed:
            if placed.start <= start < placed.start + placed.width:
                self._sort_by(placed.heading)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Walk through the rows and the header."""
        if self._in_header is not None and self._header_key(Qt.Key(event.key())):
            return
        first = self._at is None or (
            self._at.place == 0 and self._shelves.below(self._at, -1) == self._at
        )
        if event.key() == Qt.Key.Key_Up and first and self._sortable():
            self._in_header = self._sorted_by or self._sortable()[0]
            if self._in_header not in self._sortable():
                self._in_header = self._sortable()[0]
            self._surface.update()
            tell_current(self)
            return
        super().keyPressEvent(event)

    def _header_key(self, key: Qt.Key) -> bool:
        names = self._sortable()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            wanted = next(item for item in self.headings if item.key == self._in_header)
            self._sort_by(wanted)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and self._in_header in names:
            forward = (key is Qt.Key.Key_Right) is not self._look.rtl
            at = names.index(self._in_header) + (1 if forward else -1)
            self._in_header = names[max(0, min(len(names) - 1, at))]
            self._surface.update()
            tell_current(self)
        elif key is not Qt.Key.Key_Up:
            self._leave_header()
            return key is Qt.Key.Key_Down and self._at is not None
        return True

    def _leave_header(self) -> None:
        if self._in_header is not None:
            self._in_header = None
            self._surface.update()
            tell_current(self)

    def _sortable(self) -> list[str]:
        return [placed.heading.key for placed in self._placed if placed.heading.sorts]

    def _sort_by(self, heading: Heading) -> None:
        if heading.sorts:
            backwards = heading.key == self._sorted_by and not self._backwards
            self.show_sorting(heading.key, backwards=backwards)
            self.sorting_chosen.emit(heading.key, backwards)

    def _mark(self, face: Face) -> object:
        return (face.state, face.severity) if isinstance(face, RowFace) else None

    # For those who listen

    def told_parts(self, within: Path) -> Sequence[str]:
        """Return the keys of the header and the rows, or of the cells of one of these."""
        if not within:
            return (_HEADER, *super().told_parts(within))
        if within == (_HEADER,):
            return self._sortable()
        if self._spot_of(within) is not None:
            return self.columns() if self._told_whole(within) else ()
        return super().told_parts(within)

    def told_part(self, path: Path) -> Part | None:
        """Return the header, a row, or a cell of one of these. None if it is no more."""
        if path[0] == _HEADER:
            return self._header_part(path)
        spot = self._spot_of(path)
        if spot is None or self._told_whole(path):
            return super().told_part(path)
        placed = next((each for each in self._placed if each.heading.key == path[-1]), None)
        face = self._face(self._shelves.key(spot))
        if placed is None or not isinstance(face, RowFace):
            return None
        row = self._box(spot)
        box = self._real(QRectF(placed.start, row.y(), placed.width, row.height()))
        name = f"{self._look.wording.say(placed.heading.name)} {self._cell_words(face, placed)}"
        return Part(name=name, role=QAccessible.Role.StaticText, box=self._in_view(box))

    def told_current(self) -> Path:
        """Return at which row or name of a column the keyboard is."""
        return super().told_current() if self._in_header is None else (_HEADER, self._in_header)

    def press_part(self, path: Path) -> None:
        """Sort by a column, or show a row in detail."""
        if path[0] != _HEADER:
            super().press_part(path)
            return
        for placed in self._placed:
            if placed.heading.key == path[-1]:
                self._sort_by(placed.heading)

    def _told_whole(self, path: Path) -> bool:
        """Return whether a path leads to a row, and not to a cell of one."""
        return len(path) == (2 if self._headed() else 1)

    def _header_part(self, path: Path) -> Part | None:
        wording, height = self._look.wording, self.header_height()
        if len(path) == 1:
            name = wording.say(phrase("Aloud", "Columns to sort by"))
            box = QRect(0, 0, self._surface.width(), height)
            return Part(name=name, role=QAccessible.Role.Grouping, box=box)
        placed = next((each for each in self._placed if each.heading.key == path[1]), None)
        if placed is None:
            return None
        name = wording.say(placed.heading.name)
        if placed.heading.key == self._sorted_by:
            name = wording.listed((name, wording.say(phrase("Aloud", "sorted by this"))))
        box = self._real(QRectF(placed.start, 0, placed.width, height))
        return Part(name=name, role=QAccessible.Role.Button, box=box, presses=True)

    def _told(self, key: str) -> str:
        face = self._face(key)
        if not isinstance(face, RowFace):
            return ""
        wording = self._look.wording
        told = [
            f"{wording.say(placed.heading.name)} {words}"
            for placed in self._placed
            if (words := self._cell_words(face, placed))
        ]
        if face.severity:
            told.append(wording.severity(face.severity))
        return wording.listed(told)

    def _cell_words(self, face: RowFace, placed: _Placed) -> str:
        """Return what a cell says in words; empty for one that says nothing."""
        wording, heading = self._look.wording, placed.heading
        if heading.bar:
            return "" if face.used is None else wording.percent_short(face.used)
        return aloud(face.cells.get(heading.key, ""), wording, lasts=heading.lasts)

    # Painting

    def _paint_header(self, easel: Easel) -> None:
        look, theme = self._look, self._look.theme
        height = self.header_height()
        font = look.font(Role.LABEL)
        for placed in self._placed:
            box = self._cell(placed, QRectF(0, 0, 0, height))
            sorted_by = placed.heading.key == self._sorted_by
            ink = theme.text2 if sorted_by else theme.muted
            name = look.wording.say(placed.heading.name)
            arrow = look.px(14) if sorted_by else 0
            if placed.heading.figure:
                line = box.adjusted(arrow, 0, 0, 0)
                used = easel.write(line, name, font, ink, Place.END)
                tip = box.right() - used - look.px(12)
            else:
                used = easel.write(box.adjusted(0, 0, -arrow, 0), name, font, ink)
                tip = box.x() + used + look.px(4)
            if sorted_by:
                self._paint_arrow(easel, QRectF(tip, height / 2 - 3, 8, 6), ink)
            if self.hasFocus() and placed.heading.key == self._in_header:
                ring = QRectF(placed.start - look.px(6), 2, placed.width, height - 4)
                self._ring(easel.painter, easel.at(ring))
        easel.fill(QRectF(0, height - 1, self._surface.width(), 1), theme.line)

    def _paint_arrow(self, easel: Easel, box: QRectF, colour: QColor) -> None:
        real = easel.at(box)
        base, tip = real.top(), real.bottom()
        if self._backwards:
            base, tip = tip, base
        path = QPainterPath()
        path.moveTo(real.left(), base)
        path.lineTo(real.right(), base)
        path.lineTo(real.center().x(), tip)
        path.closeSubpath()
        easel.painter.setPen(Qt.PenStyle.NoPen)
        easel.painter.setBrush(colour)
        easel.painter.drawPath(path)

    def _paint_faces(self, easel: Easel, things: Sequence[Painted]) -> None:
        theme, batch = self._look.theme, Batch(easel)
        # The darkest of the bands can't be told from a black ground.
        line = theme.bands[1] if theme.bands[0] == theme.surface else theme.bands[0]
        mark = self._look.px(_MARK)
        for box, face, manner in things:
            if not isinstance(face, RowFace):
                continue
            batch.fill(easel.at(box), theme.bands[0] if manner.chosen else self._ground())
            low = QRectF(0, box.bottom() - 1, box.width(), 1)
            batch.fill(easel.at(low), line, 1)
            begin, end = manner.damaged.x(), manner.damaged.right()
            if begin < mark:
                self._lay_mark(batch, easel, box, face, faded=manner.faded)
            for placed in self._placed:
                if placed.start < end and placed.start + placed.width > begin:
                    self._lay_cell(batch, easel, placed, box, face, faded=manner.faded)
        batch.paint()

    def _paint_aged(self, easel: Easel, things: Sequence[Aged]) -> None:
        theme, batch, ageing = self._look.theme, Batch(easel), self._ageing
        for spot, old, new, chosen in things:
            if not (isinstance(old, RowFace) and isinstance(new, RowFace)):
                continue
            box = self._box(spot)
            for placed in ageing:
                if self._same_in(placed.heading, old, new):
                    continue
                # In whole pixels: half a one would shine through.
                ground = QRectF(self._real(self._strip(placed, box)))
                batch.fill(ground, theme.bands[0] if chosen else self._ground())
                self._lay_cell(batch, easel, placed, box, new, faded=False)
        batch.paint()

    def _lay_mark(
        self, batch: Batch, easel: Easel, box: QRectF, face: RowFace, *, faded: bool
    ) -> None:
        look, theme = self._look, self._look.theme
        size = look.px(11 if look.compact else 13)
        glyph = QRectF(look.px(14), box.center().y() - size / 2, size, size)
        if not faded and face.severity is not Severity.CALM:
            critical = face.severity is Severity.CRITICAL
            edge = easel.at(QRectF(0, box.y(), look.px(4), box.height() - 1))
            batch.fill(edge, theme.critical if critical else theme.warning, 1)
        if face.state is not None:
            batch.state(glyph, face.state)
        elif not faded:
            batch.severity(glyph, face.severity)

    def _lay_cell(
        self,
        batch: Batch,
        easel: Easel,
        placed: _Placed,
        box: QRectF,
        face: RowFace,
        *,
        faded: bool,
    ) -> None:
        look, heading = self._look, placed.heading
        if heading.bar:
            self._lay_bar(batch, easel, self._cell(placed, box), face)
            return
        text = face.cells.get(heading.key, "")
        if not text:
            return
        cell = self._cell(placed, box)
        start, end = cell.x(), cell.right()
        middle, room = cell.y() + cell.height() / 2, cell.width()
        marked = heading.key == face.marked and face.severity and not faded
        font = look.font(Role.STRONG if heading.strong or marked else Role.BODY)
        if marked and face.state is not None:
            # Not by colour alone: the start of the row has the glyph of the state.
            size, apart = look.px(10), look.px(6)
            used = easel.text_width(text, font)
            left = end - used - apart - size if heading.figure else start + used + apart
            batch.severity(QRectF(left, middle - size / 2, size, size), face.severity)
        ink = self._ink(heading, face, text, faded=faded)
        if heading.figure:
            batch.write_end(end, middle, room, text, font, ink)
        else:
            batch.write(start, middle, room, text, font, ink)

    def _ink(self, heading: Heading, face: RowFace, text: str, *, faded: bool) -> QColor:
        theme = self._look.theme
        if faded:
            return theme.text2
        if heading.key == face.marked and face.severity:
            critical = face.severity is Severity.CRITICAL
            return theme.critical_text if critical else theme.warning_text
        if face.quiet or text == NOTHING_KNOWN:
            return theme.muted
        return theme.text if heading.strong or heading.figure else theme.text2

    def _lay_bar(self, batch: Batch, easel: Easel, cell: QRectF, face: RowFace) -> None:
        if face.used is None:
            return
        look, theme = self._look, self._look.theme
        height = look.px(6)
        left, top = cell.x(), cell.y() + cell.height() / 2 - height / 2
        batch.fill(easel.at(QRectF(left, top, cell.width(), height)), theme.bands[1], 2)
        used = QRectF(left, top, cell.width() * face.used, height)
        batch.fill(easel.at(used), theme.text2, 3)
