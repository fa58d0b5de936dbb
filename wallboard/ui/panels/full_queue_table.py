"""The queues with all their figures: sorted by any of them, filtered, opened for their detail."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QToolTip

from wallboard.domain.clock import Moment
from wallboard.domain.severity import Severity
from wallboard.domain.snapshot import QueueId
from wallboard.engine.board import Board, QueueStanding, knows, level_of, site_time, sums_of, untold
from wallboard.engine.kpi import measure_by_key
from wallboard.engine.limits import LIMITS, judge_ratio
from wallboard.ui.easel import Easel, Place
from wallboard.ui.look import Look
from wallboard.ui.outside_text import isolated, shown
from wallboard.ui.panels.panel import Condition
from wallboard.ui.panels.queue_table import (
    Column,
    RowFace,
    column_name,
    row_face,
    with_alerts,
)
from wallboard.ui.panels.told_queues import ToldQueueTable
from wallboard.ui.search_text import found_in, words_of
from wallboard.ui.theme.type import Role
from wallboard.ui.wording import Wording
from wallboard.ui.words import phrase

ALL_COLUMNS: Final = (
    Column(key="waiting", width=76, rank=0),
    Column(key="longest_wait", width=104, rank=0),
    Column(key="service_level", width=104, rank=1),
    Column(key="bullet", width=112, rank=9),
    Column(key="offered", width=76, rank=6),
    Column(key="answered", width=88, rank=8),
    Column(key="abandoned", width=92, rank=7),
    Column(key="abandon_rate", width=118, rank=4),
    Column(key="asa", width=96, rank=5),
    Column(key="aht", width=110, rank=10),
    Column(key="free", width=68, rank=2),
    Column(key="busy", width=68, rank=3),
)
NAME: Final = "queue"
"""Stands for the column of the names, where a key of a column is wanted."""
_SHORT: Final = {
    "asa": phrase("Column", "ASA"),
    "aht": phrase("Column", "AHT"),
}
_RATES: Final = ("abandon_rate",)
_TIMES: Final = ("asa", "aht")


def heading(key: str, wording: Wording) -> str:
    """Return the heading of a column, as short as those of the trade understand it."""
    short = _SHORT.get(key)
    return column_name(key, wording) if short is None else wording.say(short)


def more_cells(standing: QueueStanding, wording: Wording) -> dict[str, str]:
    """Return the texts of the figures that only the full table has, by column."""
    counted = sums_of(standing)
    cells = {}
    for key in _RATES:
        limit = LIMITS[key]
        rate = measure_by_key(key, counted)
        cells[key] = wording.percent(rate, limits=(limit.warning, limit.critical))
    for key in _TIMES:
        seconds = measure_by_key(key, counted)
        cells[key] = wording.duration(None if seconds is None else timedelta(seconds=seconds))
    return cells


def reading(key: str, standing: QueueStanding, then: datetime) -> float | None:
    """Return by what a queue is sorted in a column. None if it is not known."""
    if key == "longest_wait":
        since = standing.waiting_since
        return None if since is None else (then - since).total_seconds()
    if key in ("service_level", "bullet"):
        return level_of(standing)
    if key in _PLAIN:
        return _PLAIN[key](standing) if knows(standing, key) else None
    return measure_by_key(key, sums_of(standing))


_PLAIN: Final[dict[str, Callable[[QueueStanding], float]]] = {
    "waiting": lambda standing: standing.waiting,
    "free": lambda standing: standing.free,
    "busy": lambda standing: standing.busy,
}


class FullQueueTable(ToldQueueTable):
    """Shows all queues that are looked for, worst first until another order is asked for.

    Up from the first row goes to the headings; there Enter sorts. In a row Enter opens the
    queue's detail and Space has the chosen figure explained.

    Signals:
        queue_opened: The detail of this queue is wanted.
        shown_changed: Another number of rows is there, or another order.
    """

    queue_opened = Signal(str)
    shown_changed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, ALL_COLUMNS)
        self._words: tuple[str, ...] = ()
        self._group = ""
        self._typed = ""
        self._sorted_by = ""
        self._backwards = False
        self._anew = False
        self._members: tuple[QueueId, ...] = ()
        self._heading: str | None = None
        self._now: Moment | None = None
        self._whole: Board | None = None

    # What others call

    def show_board(self, board: Board, now: Moment) -> None:
        """Repaint the rows that changed; rows change places only now and then."""
        self._whole, self._now = board, now
        before = self._order
        super().show_board(board, now)
        if self._order != before:
            self._surface.update()
            self.shown_changed.emit()

    def look_for(self, typed: str) -> None:
        """Show only queues in whose name and group all that was typed is found.

        An empty text shows all.
        """
        words = words_of(typed)
        self._typed = shown(typed)
        if words != self._words:
            self._words = words
            self._show_anew()

    def show_group(self, group: str) -> None:
        """Show only queues of a group; all for an empty text."""
        if group != self._group:
            self._group = group
            self._show_anew()

    def sort_by(self, key: str, *, backwards: bool = False) -> None:
        """Sort by a column from now on; an empty key is worst first, which is how it begins.

        Args:
            backwards: The least first; of names, the last of the alphabet.
        """
        self._sorted_by, self._backwards = key, backwards
        self._bar.setValue(0)
        self._show_anew()

    def sorting(self) -> tuple[str, bool]:
        """Return by which column the rows are sorted, and whether backwards."""
        return self._sorted_by, self._backwards

    def choose(self, queue_id: QueueId) -> bool:
        """Choose a queue and bring it to sight; return whether it is there."""
        if queue_id not in self._order:
            return False
        self._choose(self._order.index(queue_id))
        return True

    def chosen(self) -> QueueId | None:
        """Return the chosen queue. None if none is, or if it is not shown."""
        return self._chosen if self._chosen in self._order else None

    # What Qt calls

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Sort by the heading, open the queue, or have the figure explained that was clicked."""
        point = event.position()
        if event.button() is not Qt.MouseButton.LeftButton:
            event.accept()
        elif point.y() < self.header_height():
            self._sort_on(self._column_at(point))
            event.accept()
        elif self._figure_at(point) is None and self._row_at(point) is not None:
            row = self._row_at(point)
            if row == self._chosen and row is not None:
                self.queue_opened.emit(row)
            event.accept()
        else:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Walk through the headings, or as in every table of queues."""
        if self._heading is not None and self._heading_key(event):
            return
        first = not self._order or self._chosen == self._order[0]
        if event.key() == Qt.Key.Key_Up and first and self._columns:
            self._heading = self._sorted_by or NAME
            self._surface.update()
            return
        self._heading = None
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Say what a column counts when the mouse rests on its heading."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            point = QPointF(event.pos())
            key = self._column_at(point) if point.y() < self.header_height() else None
            # Our own words only: a tool tip would read a stranger's as HTML.
            text = "" if key in (None, NAME, "bullet") else self._look.wording.kpi_meaning(key)
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)

    # Order

    def _settle(self, board: Board, now: Moment) -> None:
        still = self._still(now)
        same_rows = board.queues.keys() == set(self._members)
        if same_rows and still and not self._anew:
            return
        self._anew = False
        self._members = board.order
        order = self._arranged(board, now)
        if order != self._order:
            self._order = order
            self._settled_s = now.steady_s

    def _arranged(self, board: Board, now: Moment) -> tuple[QueueId, ...]:
        order = board.order
        queues, groups = board.queues, board.arrangement.groups
        if self._words:
            order = tuple(
                key
                for key in order
                if found_in(self._words, shown(queues[key].queue.name), shown(groups.get(key, "")))
            )
        if self._group:
            order = tuple(key for key in order if groups.get(key) == self._group)
        by = self._sorted_by
        if by == NAME:
            names = {key: shown(queues[key].queue.name).casefold() for key in order}
            return tuple(sorted(order, key=names.__getitem__, reverse=self._backwards))
        if not by:
            return order
        then = site_time(board, now)
        readings = {key: reading(by, queues[key], then) for key in order}
        sign = 1 if self._backwards else -1
        # What is not known stays last, whichever way it is sorted.
        ranks = {key: (read is None, sign * (read or 0)) for key, read in readings.items()}
        return tuple(sorted(order, key=ranks.__getitem__))

    def _show_anew(self) -> None:
        self._anew = True
        self._name_it()
        if self._whole is not None and self._now is not None:
            self.show_board(self._whole, self._now)
        self._surface.update()

    def _sort_on(self, key: str | None) -> None:
        """Sort by a column; once more turns it around, and again is worst first as before."""
        if key is None:
            return
        key = "service_level" if key == "bullet" else key
        if key != self._sorted_by:
            self.sort_by(key)
        elif not self._backwards:
            self.sort_by(key, backwards=True)
        else:
            self.sort_by("")

    # Keys

    def _figure_key(self, event: QKeyEvent) -> bool:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._chosen is not None and not event.isAutoRepeat():
                self.queue_opened.emit(self._chosen)
            return True
        return super()._figure_key(event)

    def _heading_key(self, event: QKeyEvent) -> bool:
        """Do what a key says about the headings; return whether it says any."""
        key = Qt.Key(event.key())
        keys = [NAME, *(column.key for column, _, _ in self._columns if column.key != "bullet")]
        at = keys.index(self._heading) if self._heading in keys else 0
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            if not event.isAutoRepeat():
                self._sort_on(keys[at])
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            forward = (key is Qt.Key.Key_Right) is not self._look.rtl
            self._heading = keys[max(0, min(len(keys) - 1, at + (1 if forward else -1)))]
        elif key is not Qt.Key.Key_Up:
            self._heading = None
            self._surface.update()
            # Down goes to the first row, wherever one was before.
            if key is Qt.Key.Key_Down and self._order:
                self._choose(0)
                return True
            return False
        self._name_it()
        self._surface.update()
        return True

    # Where things are

    def _column_at(self, point: QPointF) -> str | None:
        """Return which heading is above a real point: that of the names for all before."""
        start = self._surface.width() - point.x() if self._look.rtl else point.x()
        for column, begins, width in self._columns:
            if begins <= start < begins + width:
                return column.key
        return NAME if self._columns and start < self._columns[0][1] else None

    def _row_at(self, point: QPointF) -> QueueId | None:
        at = int((point.y() - self.header_height()) // self.row_height())
        below = point.y() > self.header_height()
        return self._rows[at].queue_id if below and at < len(self._rows) else None

    # What is shown

    def _look_up(self, queue_id: QueueId) -> RowFace | None:
        if self._shown is None:
            return None
        board, then = self._shown
        standing = board.queues.get(queue_id)
        if standing is None:
            return None
        wording = self._look.wording
        face = with_alerts(row_face(standing, then, wording, untold(board)), board)
        return replace(
            face,
            cells={**face.cells, **more_cells(standing, wording)},
            rate_severity=judge_ratio("abandon_rate", sums_of(standing)),
        )

    def _heading_of(self, key: str) -> str:
        return heading(key, self._look.wording)

    def _empty_text(self) -> str:
        if self._words and self._condition is not Condition.BLANK:
            text = self._look.wording.translate(
                "Queues", "No queue's name has {typed} in it. Esc in the filter shows all again."
            )
            return text.format(typed=isolated(self._typed))
        return super()._empty_text()

    def _named(self) -> str:
        """Name the table with its order, and the heading that the keyboard is at."""
        wording = self._look.wording
        named = super()._named()
        if self._sorted_by:
            text = (
                wording.translate("Queues", "Queues, sorted by {column}, lowest first")
                if self._backwards is not (self._sorted_by == NAME)
                else wording.translate("Queues", "Queues, sorted by {column}, highest first")
            )
            named = text.format(column=self._title(self._sorted_by))
        if self._heading is None:
            return named
        text = wording.translate("Queues", "Heading {column}: Enter sorts by it")
        return f"{named}. {text.format(column=self._title(self._heading))}"

    def _title(self, key: str) -> str:
        wording = self._look.wording
        return wording.translate("Column", "Queue") if key == NAME else heading(key, wording)

    # Painting

    def _paint_cell(
        self, easel: Easel, box: QRectF, key: str, row: RowFace, *, faded: bool
    ) -> None:
        super()._paint_cell(easel, box, key, row, faded=faded)
        if key != "abandon_rate" or row.rate_severity is Severity.CALM or faded:
            return
        # The row's own mark tells of waiting and service level alone.
        size = round(self._look.px(10) * self._growth**0.5)
        wide = easel.text_width(row.cells[key], self._fonts[Role.STRONG])
        start = max(box.x(), box.right() - wide - size - self._look.px(6))
        easel.severity(QRectF(start, box.center().y() - size / 2, size, size), row.rate_severity)

    def _paint_header(self, easel: Easel, columns: tuple[tuple[Column, float, float], ...]) -> None:
        super()._paint_header(easel, columns)
        look = self._look
        by = self._sorted_by
        box = self._heading_box(by)
        if not by or box is None:
            return
        # The sorted heading is written once more, brighter, with the mark of the way it goes.
        font = look.font(Role.LABEL)
        place = Place.START if by == NAME else Place.END
        easel.fill(box.adjusted(1, 1, -1, -1), look.theme.surface)
        wide = easel.text_width(self._title(by), font)
        mark = look.px(8)
        text = box.adjusted(0, 0, -look.px(10) if by != NAME else 0, 0)
        if by == NAME:
            text.setLeft(look.px(34))
            at = text.x() + wide + mark
        else:
            at = max(box.x() + mark * 0.6, text.right() - wide - mark)
        easel.write(text, self._title(by), font, look.theme.text, place)
        self._paint_mark(easel, QPointF(at, box.center().y()))

    def _paint_mark(self, easel: Easel, start: QPointF) -> None:
        """Paint a triangle whose middle is there, from the start of the line."""
        half = self._look.px(3.5)
        real = easel.at(QRectF(start.x() - half, start.y() - half, 2 * half, 2 * half))
        up = self._backwards is not (self._sorted_by == NAME)
        top, bottom = (real.top() + 1, real.bottom() - 1)
        base, tip = (bottom, top) if up else (top, bottom)
        painter = easel.painter
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.theme.text)
        corners = [
            QPointF(real.left(), base),
            QPointF(real.right(), base),
            QPointF(real.center().x(), tip),
        ]
        painter.drawPolygon(QPolygonF(corners))

    def _heading_box(self, key: str) -> QRectF | None:
        """Return where a heading is, from the start of the line. None if it is not shown."""
        height = self.header_height() - 1
        if key == NAME and self._columns:
            return QRectF(0, 0, self._columns[0][1], height)
        for column, start, width in self._columns:
            if column.key == key:
                return QRectF(start, 0, width, height)
        return None

    def _paint_focus(self, painter: QPainter) -> None:
        if self._heading is None:
            super()._paint_focus(painter)
            return
        theme = self._look.theme
        box = self._heading_box(self._heading)
        if box is None:
            return
        inset = theme.focus_width / 2
        left = self._surface.width() - box.right() if self._look.rtl else box.x()
        real = QRectF(left, box.y(), box.width(), box.height())
        painter.setPen(QPen(theme.focus, theme.focus_width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(real.adjusted(inset, inset, -inset, -inset), 4, 4)
