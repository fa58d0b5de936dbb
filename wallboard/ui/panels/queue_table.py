"""The queues, worst first, one painted table that scrolls and can be walked with the arrow keys."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import datetime
from operator import attrgetter
from typing import Final, TypeAlias

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QRegion,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QScrollBar, QWidget

from wallboard.domain.alert import SubjectKind
from wallboard.domain.clock import Moment
from wallboard.domain.measuring import GOAL
from wallboard.domain.severity import Severity
from wallboard.domain.snapshot import Queue, QueueId
from wallboard.domain.value import value
from wallboard.engine.board import (
    Board,
    QueueStanding,
    knows,
    level_of,
    site_time,
    sums_of,
    tells,
    untold,
)
from wallboard.engine.kpi import enough
from wallboard.engine.limits import level_limit
from wallboard.ui.easel import Easel, Place, Texts
from wallboard.ui.key_ring import KeyRing
from wallboard.ui.look import Look
from wallboard.ui.outside_text import shown
from wallboard.ui.panels.kpi_strip import few_calls
from wallboard.ui.panels.panel import Condition, condition_of
from wallboard.ui.shield import Shielded
from wallboard.ui.theme.sheets import scroll_bar_sheet
from wallboard.ui.theme.type import Role, font_of
from wallboard.ui.tints import Tints
from wallboard.ui.wording import NOTHING_KNOWN, Wording
from wallboard.ui.words import phrase

SETTLE_S: Final = 2.0
"""Rows change places at most this often."""
TOUCHED_S: Final = 5.0
"""Nor do they so soon after the mouse moved over them."""


@value
class RowFace:
    """All that a row shows.

    Attributes:
        cells: Texts by column.
        level: The service level for the bullet. None if unknown, or of too few calls.
        goal: From which service level on all is well.
        severity: Of the row, from waiting and service level.
        rate_severity: Of the abandonment rate, where that is shown.
    """

    queue_id: QueueId
    name: str
    cells: dict[str, str]
    level: float | None
    severity: Severity
    wait_severity: Severity
    level_severity: Severity
    rate_severity: Severity = Severity.CALM
    goal: float = GOAL


_MARKS: Final[Mapping[str, Callable[[RowFace], Severity]]] = {
    "longest_wait": attrgetter("wait_severity"),
    "service_level": attrgetter("level_severity"),
    "abandon_rate": attrgetter("rate_severity"),
}
_PALE: Final = frozenset({"offered", "answered", "abandoned"})


@value
class Column:
    """A column of figures.

    Attributes:
        width: In pixels at 100 %.
        rank: Where there is not room for all, the highest goes first.
    """

    key: str
    width: int
    rank: int


COLUMNS: Final = (
    Column(key="waiting", width=76, rank=0),
    Column(key="longest_wait", width=104, rank=0),
    Column(key="service_level", width=104, rank=1),
    Column(key="bullet", width=120, rank=5),
    Column(key="offered", width=80, rank=6),
    Column(key="answered", width=90, rank=7),
    Column(key="abandoned", width=96, rank=4),
    Column(key="free", width=70, rank=2),
    Column(key="busy", width=70, rank=3),
)
Placed: TypeAlias = tuple[Column, float, float]
"""A column with its start, counted from the start of the line, and its width."""

_NAME_WIDTH = 170
_COMPACT = 0.84
_MOST_GROWTH = 1.6


def row_face(
    standing: QueueStanding,
    then: datetime,
    wording: Wording,
    missing: frozenset[str] = frozenset(),
) -> RowFace:
    """Return what the row of a queue shows.

    Args:
        missing: Parts of the picture that this account does not see.
    """
    totals = standing.totals
    level = level_of(standing)
    counted = sums_of(standing)
    limit = level_limit(standing.goal)
    waited = None if standing.waiting_since is None else then - standing.waiting_since
    count = wording.count
    return RowFace(
        queue_id=standing.queue.queue_id,
        name=shown(standing.queue.name),
        cells={
            "waiting": count(standing.waiting if tells(standing, "waiting", missing) else None),
            "longest_wait": wording.duration(waited),
            "service_level": wording.percent(level, limits=(limit.warning, limit.critical)),
            "bullet": few_calls("service_level", counted, wording),
            "short_level": "" if level is None else wording.percent_short(level),
            "offered": count(totals.offered if knows(standing, "offered") else None),
            "answered": count(totals.answered if knows(standing, "answered") else None),
            "abandoned": count(totals.abandoned if knows(standing, "abandoned") else None),
            "free": count(standing.free if tells(standing, "free", missing) else None),
            "busy": count(standing.busy if tells(standing, "busy", missing) else None),
        },
        level=level if enough("service_level", counted) else None,
        severity=standing.severity,
        wait_severity=standing.wait_severity,
        level_severity=standing.level_severity,
        goal=standing.goal,
    )


def with_alerts(face: RowFace, board: Board) -> RowFace:
    """Return the row as bad as the alerts of its queue are."""
    mark = board.alerts.mark(SubjectKind.QUEUE, face.queue_id)
    return face if mark <= face.severity else replace(face, severity=mark)


_COLUMN_NAMES: Final = {
    "offered": phrase("Column", "Offered"),
    "answered": phrase("Column", "Answered"),
    "abandoned": phrase("Column", "Abandoned"),
    "free": phrase("Column", "Free"),
    "busy": phrase("Column", "Busy"),
}


def column_name(key: str, wording: Wording) -> str:
    """Return the heading of a column, as short as it can be understood."""
    if key == "bullet":
        return ""
    name = _COLUMN_NAMES.get(key)
    return wording.kpi_name(key) if name is None else wording.say(name)


def _nothing_in(wording: Wording) -> frozenset[str]:
    """Return the texts that say that there is nothing: they are painted more quietly."""
    return frozenset({NOTHING_KNOWN, wording.count(0)})


class QueueTable(Shielded, QAbstractScrollArea):
    """Shows the queues. The header stays, the rows scroll.

    Up and down go through the rows, left and right through the figures of the chosen row.

    Signals:
        queue_chosen: The row that was chosen.
        figure_chosen: The key of a figure that is to be explained, and its queue.
    """

    queue_chosen = Signal(str)
    figure_chosen = Signal(str, str)

    def __init__(self, look: Look, columns: tuple[Column, ...] = COLUMNS) -> None:
        super().__init__()
        self._look = look
        self._all_columns = columns
        self._texts = Texts()
        self._ring = KeyRing()
        # Our own ones: to ask for those that Qt makes costs the start some 20 ms.
        self._surface = QWidget()
        self._bar = QScrollBar(Qt.Orientation.Vertical)
        self.setViewport(self._surface)
        self.setVerticalScrollBar(self._bar)
        self._order: tuple[QueueId, ...] = ()
        self._settled_s = 0.0
        self._touched = False
        self._touched_s = -TOUCHED_S
        self._rows: tuple[RowFace, ...] = ()
        self._first = 0
        self._chosen: QueueId | None = None
        self._figure = "service_level"
        self._pressed: tuple[str, QueueId] | None = None
        self._condition = Condition.BLANK
        self._known: Mapping[QueueId, Queue] = {}
        self._names: frozenset[str] = frozenset()
        self._basis: tuple[object, ...] = ()
        self._row_height = 1
        self._growth = 1.0
        self._columns: tuple[Placed, ...] = ()
        self._fonts: dict[Role, QFont] = {}
        self._nothing = _nothing_in(look.wording)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._surface.setMouseTracking(True)
        self._surface.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._shown: tuple[Board, datetime] | None = None
        self._tints = Tints(self)
        self._tints.stepped.connect(self._repaint_tinted)
        self._bar.valueChanged.connect(self._scrolled)

    def show_look(self, look: Look) -> None:
        """Forget what was painted in the look before. A board must be shown after this."""
        self._look = look
        self._nothing = _nothing_in(look.wording)
        self._texts.clear()
        self._rows = ()
        self._bar.setStyleSheet("")
        self._measure()
        self._surface.update()

    def show_board(self, board: Board, now: Moment) -> None:
        """Repaint the rows that changed; rows change places only now and then."""
        self._settle(board, now)
        self._shown = (board, site_time(board, now))
        condition = condition_of(board)
        if condition is not self._condition:
            self._condition = condition
            self._surface.update()
        known = {} if board.snapshot is None else board.snapshot.queues
        if known is not self._known:
            self._known = known
            self._names = frozenset(shown(queue.name) for queue in known.values())
        self._measure()
        self._show_rows()
        if not self._rows:
            self._tell()

    def order(self) -> tuple[QueueId, ...]:
        """Return the queues in the order in which they are shown."""
        return self._order

    def row_height(self) -> int:
        """Return how high a row is."""
        return self._row_height

    def header_height(self) -> int:
        """Return how high the header is."""
        return self._look.px(30 if self._look.compact else 38)

    # What Qt calls

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the header and the rows in the damaged region."""
        viewport = self._surface
        painter = QPainter(viewport)
        easel = Easel(painter, self._look, viewport.width(), self._texts)
        easel.whole_card(QRectF(viewport.rect()), event.rect())
        if event.rect().top() < self.header_height():
            self._paint_header(easel, self._columns)
        if not self._rows:
            self._paint_empty(easel)
        self._paint_rows(easel, event.region())
        if self._condition is Condition.FADED:
            easel.dashed_frame(QRectF(viewport.rect()))
        elif self._condition is Condition.HATCHED:
            easel.hatch(QRectF(viewport.rect()))
        if self.hasFocus() and self._ring.seen:
            self._paint_focus(painter)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Show as many rows as there is room for."""
        super().resizeEvent(event)
        self._measure()
        self._show_rows()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Show where the keyboard is, if it was a key that brought it."""
        self._ring.given(event)
        super().focusInEvent(event)
        self._surface.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Hide the ring."""
        super().focusOutEvent(event)
        self._surface.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Hold the rows still under a moving mouse."""
        self._touched = True
        super().mouseMoveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Choose the row under the mouse."""
        self._pressed = self._figure_at(event.position())
        at = self._first + int((event.position().y() - self.header_height()) // self.row_height())
        if event.position().y() > self.header_height() and 0 <= at < len(self._order):
            self._choose(at)
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Have the figure explained that was clicked."""
        figure = self._figure_at(event.position())
        if figure is not None and figure == self._pressed:
            self._figure = figure[0]
            self.figure_chosen.emit(*figure)
        self._pressed = None
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Walk through the rows and their figures, or have one explained."""
        if self._ring.pressed():
            self._surface.update()
        if self._chosen in self._order and self._figure_key(event):
            return
        page = max(1, self._rows_fitting() - 1)
        steps = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: page,
            Qt.Key.Key_PageUp: -page,
            Qt.Key.Key_Home: -len(self._order),
            Qt.Key.Key_End: len(self._order),
        }
        step = steps.get(Qt.Key(event.key()))
        if step is None or not self._order:
            super().keyPressEvent(event)
            return
        at = self._order.index(self._chosen) if self._chosen in self._order else -1
        self._touched = True
        self._choose(max(0, min(len(self._order) - 1, at + step)))

    # Inside

    def _figure_key(self, event: QKeyEvent) -> bool:
        """Do what a key says about the figures of the chosen row; return whether it says any."""
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            if self._chosen is not None and not event.isAutoRepeat():
                self.figure_chosen.emit(self._figure, self._chosen)
            return True
        if key not in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            return False
        keys = [column.key for column, _, _ in self._columns if column.key != "bullet"]
        at = keys.index(self._figure) if self._figure in keys else 0
        forward = (key is Qt.Key.Key_Right) is not self._look.rtl
        self._figure = keys[max(0, min(len(keys) - 1, at + (1 if forward else -1)))]
        self._touched = True
        self._surface.update()
        return True

    def _figure_at(self, point: QPointF) -> tuple[str, QueueId] | None:
        """Return which figure of which queue is at a real point."""
        row = int((point.y() - self.header_height()) // self.row_height())
        if point.y() <= self.header_height() or row >= len(self._rows):
            return None
        for placed in self._columns:
            if self._cell(row, placed).contains(point.toPoint()):
                key = placed[0].key
                return "service_level" if key == "bullet" else key, self._rows[row].queue_id
        return None

    def _settle(self, board: Board, now: Moment) -> None:
        still = self._still(now)
        if board.order == self._order:
            return
        same_rows = len(board.order) == len(self._order) and set(board.order) == set(self._order)
        if not (same_rows and still):
            self._order = board.order
            self._settled_s = now.steady_s

    def _still(self, now: Moment) -> bool:
        """Return whether rows must keep their places: they just changed them, or are touched."""
        if self._touched:
            self._touched, self._touched_s = False, now.steady_s
        calm = now.steady_s - self._settled_s >= SETTLE_S
        untouched = now.steady_s - self._touched_s >= TOUCHED_S
        return not (calm and untouched)

    def _heading_of(self, key: str) -> str:
        return column_name(key, self._look.wording)

    def _measure(self) -> None:
        """Work out sizes: where there are few queues, rows and their type are larger."""
        look, viewport = self._look, self._surface
        basis = (
            viewport.size().toTuple(), len(self._order), look.scale, look.compact, self._names
        )  # fmt: skip
        if basis != self._basis:
            self._basis = basis
            self._surface.update()
            least = look.px(28 if look.compact else 36)
            room = viewport.height() - self.header_height()
            by_height = room / max(1, len(self._order)) / least
            self._row_height = round(least * max(1.0, min(_MOST_GROWTH, by_height)))
            self._growth = 1.0
            scale = _COMPACT if look.compact else 1.0
            names = max(look.px(_NAME_WIDTH * scale), self._names_width())
            narrowest = names + sum(look.px(column.width * scale) for column in self._all_columns)
            # A little less than fits: each column is rounded to whole pixels.
            by_width = 0.98 * (viewport.width() - look.px(16)) / narrowest
            self._growth = max(1.0, min(self._row_height / least, by_width))
            self._columns = self._placed_columns()
            self._fonts = {role: self._font(role) for role in Role}
        bar = self._bar
        fitting = self._rows_fitting()
        bar.setPageStep(max(1, fitting))
        bar.setRange(0, max(0, len(self._order) - fitting))
        if bar.maximum() and not bar.styleSheet():
            bar.setStyleSheet(scroll_bar_sheet(look.theme))
        self._first = bar.value()

    def _font(self, role: Role) -> QFont:
        """Return a font of the rows."""
        look = self._look
        return font_of(
            round(role.pixels(compact=look.compact) * look.scale * self._growth), role.weight
        )

    def _rows_fitting(self) -> int:
        room = self._surface.height() - self.header_height()
        return max(0, room // self.row_height())

    def _scrolled(self, first: int) -> None:
        self._first = first
        self._touched = True
        self._rows = ()
        self._surface.update()
        self._show_rows()

    # A method and no function kept in an attribute: PySide searches all overridden methods anew
    # whenever a widget is given a callable.
    def _look_up(self, queue_id: QueueId) -> RowFace | None:
        if self._shown is None:
            return None
        board, then = self._shown
        standing = board.queues.get(queue_id)
        if standing is None:
            return None
        face = row_face(standing, then, self._look.wording, untold(board))
        return with_alerts(face, board)

    def _show_rows(self) -> None:
        visible = self._order[self._first : self._first + self._rows_fitting()]
        faces = (self._look_up(queue_id) for queue_id in visible)
        rows = tuple(row for row in faces if row is not None)
        if rows == self._rows:
            return
        before, self._rows = self._rows, rows
        past = self._condition in (Condition.FADED, Condition.HATCHED)
        quiet = self._look.reduced_motion or past or not self.isVisible()
        self._tints.look({row.queue_id: row.severity for row in rows}, quiet=quiet)
        if len(before) != len(rows):
            self._surface.update()
        for at, (old, new) in enumerate(zip(before, rows, strict=False)):
            if old != new:
                self._damage_row(at, old, new)
        self._tell()

    def _repaint_tinted(self, keys: Collection[QueueId]) -> None:
        for at, row in enumerate(self._rows):
            if row.queue_id in keys:
                self._surface.update(self._row_box(at).toAlignedRect())

    def _damage_row(self, at: int, old: RowFace, new: RowFace) -> None:
        """Have only the figures repainted that changed, if nothing else did."""
        viewport = self._surface
        if replace(old, cells=new.cells, level=new.level) != new:
            viewport.update(self._row_box(at).toAlignedRect())
            return
        for column in self._columns:
            key = column[0].key
            level = key == "bullet" and old.level != new.level
            if level or old.cells[key] != new.cells[key]:
                viewport.update(self._cell(at, column))

    def _cell(self, at: int, column: Placed) -> QRect:
        """Return where a cell is really."""
        _, start, width = column
        left = self._surface.width() - start - width if self._look.rtl else start
        height = self._row_height
        top = self.header_height() + at * height
        return QRect(round(left), top, round(width), height)

    def _tell(self) -> None:
        self._name_it()
        # What there is is told row by row; of the table itself, why there is nothing in it.
        told = "" if self._rows else self._empty_text()
        if told != self.accessibleDescription():
            self.setAccessibleDescription(told)

    def _named(self) -> str:
        """Return what the table is called."""
        return self._look.wording.translate("Panel", "Queues, worst first")

    def _name_it(self) -> None:
        name = self._named()
        if name != self.accessibleName():
            self.setAccessibleName(name)

    def _choose(self, at: int) -> None:
        self._chosen = self._order[at]
        fitting = max(1, self._rows_fitting())
        if at < self._first:
            self._bar.setValue(at)
        elif at >= self._first + fitting:
            self._bar.setValue(at - fitting + 1)
        self._surface.update()
        self.queue_chosen.emit(self._chosen)

    def _row_box(self, at: int) -> QRectF:
        height = self.row_height()
        return QRectF(0, self.header_height() + at * height, self._surface.width(), height)

    def _placed_columns(self) -> tuple[Placed, ...]:
        """Return the columns there is room for, each with its start and width."""
        look = self._look
        scale = (_COMPACT if look.compact else 1.0) * self._growth
        columns = list(self._all_columns)
        room = self._surface.width() - look.px(16)
        while sum(look.px(c.width * scale) for c in columns) + look.px(_NAME_WIDTH * scale) > room:
            least = max(columns, key=lambda column: column.rank)
            if least.rank == 0:
                break
            columns.remove(least)
        used = sum(look.px(column.width * scale) for column in columns)
        # Of what is left over the names take what they need, and half of it at least; the columns
        # take the rest in equal parts.
        left_over = max(0.0, room - used - look.px(_NAME_WIDTH * scale))
        needed = self._names_width() - look.px(_NAME_WIDTH * scale)
        spare = (left_over - min(left_over, max(left_over / 2, needed))) / max(1, len(columns))
        start = room - used - spare * len(columns)
        placed = []
        for column in columns:
            width = look.px(column.width * scale) + spare
            placed.append((column, start, width))
            start += width
        return tuple(placed)

    def _names_width(self) -> float:
        """Return how wide the column of the names must be so that none is cut."""
        font = self._font(Role.STRONG)
        widest = max((self._texts.width(name, font) for name in self._names), default=0.0)
        return widest + self._look.px(34 + 12)

    def _paint_header(self, easel: Easel, columns: tuple[Placed, ...]) -> None:
        look, theme = self._look, self._look.theme
        height = self.header_height()
        font = look.font(Role.LABEL)
        wording = look.wording
        title = QRectF(look.px(34), 0, columns[0][1] - look.px(34), height)
        easel.write(title, wording.translate("Column", "Queue"), font, theme.muted)
        for column, start, width in columns:
            box = QRectF(start, 0, width - look.px(10), height)
            easel.write(box, self._heading_of(column.key), font, theme.muted, Place.END)
        easel.fill(QRectF(1, height - 1, self._surface.width() - 2, 1), theme.line)

    def _empty_text(self) -> str:
        """Return what to say where there is no row: why, and what to do."""
        wording = self._look.wording
        if self._condition is Condition.BLANK:
            return wording.translate("Board", "Waiting for the first picture …")
        return wording.translate(
            "Board",
            "No queues to see. Check that the system has queues and that this account may see"
            " them.",
        )

    def _paint_empty(self, easel: Easel) -> None:
        text = self._empty_text()
        box = QRectF(self._surface.rect()).adjusted(0, self.header_height(), 0, 0)
        if self._condition is Condition.BLANK:
            wide = self._look.px(40)
            ends = (start + width - self._look.px(10) for _, start, width in self._columns)
            easel.skeleton(box, self.row_height(), [(end - wide, wide) for end in ends])
        easel.write(box, text, self._look.font(Role.BODY), self._look.theme.text2, Place.CENTER)

    def _paint_rows(self, easel: Easel, region: QRegion) -> None:
        for at, row in enumerate(self._rows):
            box = self._row_box(at)
            damaged = region.intersected(box.toAlignedRect())
            if damaged.isEmpty():
                continue
            if damaged.boundingRect().width() < box.width():
                # Nothing outside of the damage is painted, so nothing is asked for there.
                hit = tuple(
                    column for column in self._columns if damaged.intersects(self._cell(at, column))
                )
                self._paint_row(easel, box, row, hit, only_figures=True)
            else:
                self._paint_row(easel, box, row, self._columns, only_figures=False)
            self._tints.paint(easel.painter, row.queue_id, box, self._look)

    def _paint_row(
        self,
        easel: Easel,
        box: QRectF,
        row: RowFace,
        columns: tuple[Placed, ...],
        *,
        only_figures: bool,
    ) -> None:
        look, theme = self._look, self._look.theme
        faded = self._condition in (Condition.FADED, Condition.HATCHED)
        chosen = row.queue_id == self._chosen
        frame = max(1, theme.frame_width)
        inner = box.adjusted(frame, 0, -frame, 0)
        easel.fill(inner, theme.raised if chosen else theme.surface)
        easel.fill(QRectF(inner.x(), box.bottom() - 1, inner.width(), 1), theme.bands[0])
        if not only_figures:
            self._paint_name(easel, box, row, faded=faded)
        for column, start, width in columns:
            cell = QRectF(start, box.y(), width - look.px(10), box.height())
            if column.key == "bullet":
                self._paint_level(easel, cell, row, faded=faded)
            else:
                self._paint_cell(easel, cell, column.key, row, faded=faded)

    def _paint_name(self, easel: Easel, box: QRectF, row: RowFace, *, faded: bool) -> None:
        look, theme = self._look, self._look.theme
        if not faded:
            easel.edge(QRectF(box.x(), box.y(), look.px(4), box.height() - 1), row.severity)
            size = round(look.px(12 if look.compact else 14) * self._growth**0.5)
            mark = QRectF(look.px(12), box.center().y() - size / 2, size, size)
            easel.severity(mark, row.severity)
        name = QRectF(look.px(34), box.y(), self._columns[0][1] - look.px(34), box.height())
        ink = theme.text2 if faded else theme.text
        easel.write(name, row.name, self._fonts[Role.STRONG], ink)

    def _paint_level(self, easel: Easel, box: QRectF, row: RowFace, *, faded: bool) -> None:
        look, theme = self._look, self._look.theme
        if row.level is None:
            easel.write(box, row.cells["bullet"], self._fonts[Role.CAPTION], theme.muted)
            return
        height = round(look.px(10) * self._growth)
        bar = QRectF(box.x() + look.px(6), box.center().y() - height / 2, 0, height)
        bar.setWidth(box.width() - look.px(12))
        limit = level_limit(row.goal)
        colour = theme.text2 if faded else theme.text
        easel.bullet(bar, row.level, limits=(limit.warning, limit.critical), colour=colour)

    def _paint_cell(
        self, easel: Easel, box: QRectF, key: str, row: RowFace, *, faded: bool
    ) -> None:
        theme = self._look.theme
        mark = _MARKS.get(key)
        severity = Severity.CALM if mark is None else mark(row)
        text = row.cells[key]
        ink = theme.text2 if faded or key in _PALE else theme.text
        font = self._fonts[Role.BODY]
        if severity and not faded:
            critical = severity is Severity.CRITICAL
            ink = theme.critical_text if critical else theme.warning_text
            font = self._fonts[Role.STRONG]
        elif not faded and text in self._nothing:
            ink = theme.muted
        few = row.cells["bullet"] if key == "service_level" and not self._has_bullets() else ""
        if not few:
            used = easel.write(box, text, font, ink, Place.END)
            if not faded:
                self._paint_cell_mark(easel, box, used, severity)
            return
        # Where there is no room for the bullets, of how few calls it is stands here.
        used = easel.write(box, row.cells["short_level"], font, ink, Place.END)
        rest = box.adjusted(0, 0, -used - self._look.px(2), 0)
        easel.write(rest, few, self._fonts[Role.CAPTION], theme.muted)

    def _paint_cell_mark(self, easel: Easel, box: QRectF, used: float, severity: Severity) -> None:
        """Mark a figure not by colour alone: the start of the row has the worst one's shape."""
        if severity is Severity.CALM:
            return
        size = round(self._look.px(9) * self._growth**0.5)
        start = box.right() - used - self._look.px(6) - size
        if start >= box.x():
            easel.severity(QRectF(start, box.center().y() - size / 2, size, size), severity)

    def _has_bullets(self) -> bool:
        return any(column.key == "bullet" for column, _, _ in self._columns)

    def _paint_focus(self, painter: QPainter) -> None:
        theme = self._look.theme
        width = theme.focus_width
        painter.setPen(QPen(theme.focus, width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        inset = width / 2
        frame = QRectF(self._surface.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(frame, 4, 4)
        at = next((at for at, row in enumerate(self._rows) if row.queue_id == self._chosen), None)
        placed = next((item for item in self._columns if item[0].key == self._figure), None)
        if at is not None and placed is not None:
            cell = QRectF(self._cell(at, placed)).adjusted(inset, inset, -inset, -inset)
            painter.drawRoundedRect(cell, 4, 4)
