"""A painted table that scrolls: one thing a row, sorted by the column that was asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QAccessible, QColor, QKeyEvent, QMouseEvent, QPainterPath

from wallboard.ui.accessible.aloud import aloud
from wallboard.ui.accessible.interfaces import tell_current
from wallboard.ui.accessible.part import Part, Path
from wallboard.ui.easel import Easel, Place
from wallboard.ui.look import Look
from wallboard.ui.panels.column_canvas import ColumnCanvas
from wallboard.ui.panels.columns import Heading, Placed, RowFace
from wallboard.ui.panels.face import Face
from wallboard.ui.theme.type import Role
from wallboard.ui.words import phrase

_HEADER: Final = "\0header"
"""The key of the header among the rows: no id from outside is like this."""


class ColumnList(ColumnCanvas):
    """Shows rows of columns under a header. Up from the first row leads into the header.

    Signals:
        sorting_chosen: The key of the column to sort by, and True for the other way round.
    """

    sorting_chosen = Signal(str, bool)

    def __init__(self, look: Look) -> None:
        super().__init__(look)
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
        row = self._row(face)
        return None if row is None else (row.state, row.severity)

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
        told = None if face is None else self._row(face)
        if placed is None or told is None:
            return None
        row = self._box(spot)
        box = self._real(QRectF(placed.start, row.y(), placed.width, row.height()))
        name = f"{self._look.wording.say(placed.heading.name)} {self._cell_words(told, placed)}"
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
        row = None if face is None else self._row(face)
        if row is None:
            return ""
        wording = self._look.wording
        told = [
            f"{wording.say(placed.heading.name)} {words}"
            for placed in self._placed
            if (words := self._cell_words(row, placed))
        ]
        if row.severity:
            told.append(wording.severity(row.severity))
        return wording.listed(told)

    def _cell_words(self, face: RowFace, placed: Placed) -> str:
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
