"""The six tiles at the top: one figure each, the largest things on the board."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QToolTip

from wallboard.domain.clock import Moment
from wallboard.domain.measuring import GOAL
from wallboard.domain.severity import Severity
from wallboard.domain.totals import Totals
from wallboard.domain.value import value
from wallboard.engine.board import (
    Board,
    fresh,
    site_readings,
    site_time,
    sums_of,
    tells_less,
    untold_readings,
)
from wallboard.engine.crew import logged_in
from wallboard.engine.kpi import KPI_BY_KEY, Sums, Unit, sample_of
from wallboard.engine.ledger import TREND_MINUTES
from wallboard.engine.limits import LIMITS, level_limit, limit_of
from wallboard.engine.trends import series
from wallboard.engine.week_before import week_before
from wallboard.engine.windows import WindowKind
from wallboard.ui.easel import Easel, Place, flood
from wallboard.ui.look import Look
from wallboard.ui.outside_text import shown
from wallboard.ui.panels.panel import Condition, condition_of
from wallboard.ui.panels.ringed_panel import RingedPanel
from wallboard.ui.theme.type import Role
from wallboard.ui.tints import Tints
from wallboard.ui.wording import Wording

OF_WINDOW = frozenset({"service_level", "abandon_rate"})
"""The tiles whose figures are of the board's window; the others tell of this moment."""
TILES = ("waiting", "longest_wait", "service_level", "abandon_rate", "free", "in_call")


@value
class TileFace:
    """All that a tile shows.

    Attributes:
        note: Beside the label: a limit, a number of calls, a queue's name.
        change: Against the same time a week before, in up to two lines. Empty if that is not known.
        ratio: What the bullet shows. None for no bullet.
        points: Of the sparkline, oldest first; None is a gap.
        few: True if the note tells of how few calls the figure is.
        locked: True if this account does not see what the figure is made of.
        goal: From which service level on all is well; of the bullet.
        short_label: Stands for the label where there is no room for it; empty if nothing does.
    """

    label: str
    number: str
    note: str
    severity: Severity
    condition: Condition
    ratio: float | None
    points: tuple[float | None, ...]
    few: bool = False
    short_label: str = ""
    locked: bool = False
    change: str = ""
    goal: float = GOAL


def tile_faces(board: Board, now: Moment, wording: Wording) -> tuple[TileFace, ...]:
    """Return what the tiles show, in their order."""
    then = site_time(board, now)
    condition = condition_of(board)
    readings = site_readings(board, then)
    severities = {
        "longest_wait": board.site.wait_severity,
        "service_level": board.site.level_severity,
        "abandon_rate": board.site.abandon_severity,
    }
    missing, less = untold_readings(board), tells_less(board)
    faces = []
    for key in TILES:
        reading = None if condition is Condition.BLANK else readings[key]
        severity = max(severities.get(key, Severity.CALM), board.alerts.site_mark(key))
        number, _ = figure_words(key, reading, wording, board.site.goal)
        label = _label(key, board, wording)
        few = few_calls(key, sums_of(board.site), wording) if key in LIMITS else ""
        live = reading if fresh(board) else None
        faces.append(
            TileFace(
                label=label,
                number=number,
                note=_note(key, board, condition, wording),
                severity=severity,
                condition=condition,
                ratio=reading if key == "service_level" else None,
                points=(*_points(board, key), live),
                short_label=_short_label(key, board, wording),
                goal=board.site.goal,
                locked=key in missing and condition is not Condition.BLANK and not less,
                change=_change(key, live, board, then, wording),
                few=bool(few) and condition in (Condition.PRESENT, Condition.FADED),
            )
        )
    return tuple(faces)


def _change(key: str, reading: float | None, board: Board, then: datetime, wording: Wording) -> str:
    """Return by how much a reading is more or less than a week before; empty if nobody knows."""
    if key in OF_WINDOW and board.window is not WindowKind.TODAY:
        return ""  # what is remembered is of the day
    before = week_before(board.week_before, then, board.zone).get(key)
    if reading is None or before is None:
        return ""
    size, nothing = (_size_of(key, each, wording) for each in (abs(reading - before), 0.0))
    if size == nothing:
        return wording.translate("Tile", "as last week")
    change = wording.signed(size, less=reading < before)
    if key in LIMITS:
        # Of percentages the difference is no percentage.
        return wording.translate("Tile", "{change} points\non last week").format(change=change)
    return wording.translate("Tile", "{change}\non last week").format(change=change)


def _size_of(key: str, change: float, wording: Wording) -> str:
    if key in LIMITS:
        return wording.figure(f"{100 * change:.1f}")
    return figure_words(key, change, wording)[0]


def _points(board: Board, key: str) -> tuple[float | None, ...]:
    """Return the last hour of a reading; a gap only where we could not see."""
    if key != "longest_wait" or board.trend.minute is None:
        return series(board.trend, key)
    # Where somebody looked and nobody waited, the longest wait was none at all.
    points = board.trend.points
    return tuple(
        _longest_at(points[minute]) if minute in points else None
        for minute in range(board.trend.minute - TREND_MINUTES, board.trend.minute)
    )


def _longest_at(point: Mapping[str, float | None]) -> float | None:
    longest = point.get("longest_wait")
    return 0.0 if longest is None and point.get("waiting") == 0 else longest


def _label(key: str, board: Board, wording: Wording) -> str:
    return _windowed(key, _named(key, board, wording), board, wording)


def _short_label(key: str, board: Board, wording: Wording) -> str:
    return _windowed(key, wording.kpi_name(key), board, wording) if key in OF_WINDOW else ""


def _windowed(key: str, name: str, board: Board, wording: Wording) -> str:
    """Return a name with the window that the figure is of; as it is for one of this moment."""
    if key not in OF_WINDOW:
        return name
    return f"{name} · {wording.window_short(board.window)}"


def _named(key: str, board: Board, wording: Wording) -> str:
    name = wording.kpi_name(key)
    if key != "service_level":
        return name
    targets = {standing.queue.target for standing in board.queues.values()}
    target = targets.pop() if len(targets) == 1 else None
    if target is None:
        return name
    seconds = wording.count(target.total_seconds())
    return wording.translate("Tile", "{name}, {seconds} s").format(name=name, seconds=seconds)


def figure_words(
    key: str, reading: float | None, wording: Wording, goal: float = GOAL
) -> tuple[str, str]:
    """Return a reading as shown and as spoken."""
    if key == "longest_wait":
        time = None if reading is None else timedelta(seconds=reading)
        return wording.duration(time), wording.duration_words(time)
    if key in LIMITS:
        limit = limit_of(key, goal)
        text = wording.percent(reading, limits=(limit.warning, limit.critical))
    else:
        text = wording.count(reading)
    return text, text if reading is not None else wording.translate("Time", "not known")


def _note(key: str, board: Board, condition: Condition, wording: Wording) -> str:
    if condition is Condition.BLANK:
        return ""
    if condition is Condition.HATCHED and board.snapshot is not None:
        at = wording.clock_minute(board.snapshot.as_of, board.zone)
        return wording.translate("Tile", "as of {time}").format(time=at)
    if key in untold_readings(board):
        if tells_less(board):
            return wording.translate("Tile", "not told")
        return wording.translate("Tile", "no permission")
    if key in LIMITS:
        return _ratio_note(key, board, wording)
    return _live_note(key, board, wording)


def _live_note(key: str, board: Board, wording: Wording) -> str:
    if key == "longest_wait":
        return next(
            (
                shown(row.queue.name)
                for row in map(board.queues.__getitem__, board.order)
                if row.waiting_since is not None and row.waiting_since == board.site.waiting_since
            ),
            "",
        )
    if key == "free":
        staffed = logged_in(board.crew.site)
        return wording.translate("Tile", "of {number}").format(number=wording.count(staffed))
    return ""


def few_calls(key: str, of: Totals | Sums, wording: Wording) -> str:
    """Return of how few calls a ratio is; an empty text if there are enough, or none at all."""
    kpi = KPI_BY_KEY[key]
    calls = sample_of(kpi, of) or 0
    if not 0 < calls < kpi.enough:
        return ""
    return wording.translate("Tile", "n = {number}").format(number=wording.count(calls))


def _ratio_note(key: str, board: Board, wording: Wording) -> str:
    site = board.site
    kpi, limit = KPI_BY_KEY[key], limit_of(key, site.goal)
    if key == "service_level" and site.level is None:
        return wording.translate("Tile", "measured differently")
    few = few_calls(key, sums_of(board.site), wording)
    if few:
        return few
    mark = wording.percent_short(limit.warning)
    if kpi.unit is Unit.RATIO and limit.warning > limit.critical:
        return wording.translate("Tile", "target {limit}").format(limit=mark)
    return wording.translate("Tile", "limit {limit}").format(limit=mark)


class KpiStrip(RingedPanel):
    """Shows the six tiles. One stop of the Tab key; arrow keys go from tile to tile.

    Signals:
        figure_chosen: The key of the figure that is to be explained.
    """

    figure_chosen = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._faces: tuple[TileFace, ...] = ()
        self._current = TILES.index("service_level")
        self._tints = Tints(self)
        self._tints.stepped.connect(self._repaint_tinted)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_board(self, board: Board, now: Moment) -> None:
        """Repaint the tiles that changed."""
        wording = self._look.wording
        faces = tile_faces(board, now, wording)
        if faces == self._faces:
            return
        before, self._faces = self._faces, faces
        quiet = self._look.reduced_motion or not fresh(board) or not self.isVisible()
        self._tints.look({at: face.severity for at, face in enumerate(faces)}, quiet=quiet)
        if len(before) != len(faces):
            self.update()
        for at, (old, new) in enumerate(zip(before, faces, strict=False)):
            if old != new:
                self.update(self.tile_box(at).toAlignedRect())
        self.setAccessibleName(wording.translate("Panel", "Key figures"))

    def _repaint_tinted(self, tiles: Iterable[int]) -> None:
        for at in tiles:
            self.update(self.tile_box(at).toAlignedRect())

    def tile_box(self, at: int) -> QRectF:
        """Return where a tile is; the first is at the start of the line."""
        gap = self._look.px(8)
        width = (self.width() - gap * (len(TILES) - 1)) / len(TILES)
        start = at * (width + gap)
        if self._look.rtl:
            start = self.width() - start - width
        return QRectF(start, 0, width, self.height())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Have the figure explained that was clicked."""
        at = self._tile_at(event.position())
        if at is not None and event.button() is Qt.MouseButton.LeftButton:
            self._go_to(at)
            self.figure_chosen.emit(TILES[at])
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Go from tile to tile, or have the current one explained."""
        if self._ring.pressed():
            self.update()
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            if not event.isAutoRepeat():
                self.figure_chosen.emit(TILES[self._current])
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            forward = (key is Qt.Key.Key_Right) is not self._look.rtl
            self._go_to(max(0, min(len(TILES) - 1, self._current + (1 if forward else -1))))
        else:
            super().keyPressEvent(event)

    def _tile_at(self, point: QPointF) -> int | None:
        boxes = map(self.tile_box, range(len(TILES)))
        return next((at for at, box in enumerate(boxes) if box.contains(point)), None)

    def _go_to(self, at: int) -> None:
        self._current = at
        self.update()

    def event(self, event: QEvent) -> bool:
        """Say what a tile counts when the mouse rests on it."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            at = self._tile_at(QPointF(event.pos()))
            # Our own words only: a tool tip would read a stranger's as HTML.
            text = "" if at is None else self._look.wording.kpi_meaning(TILES[at])
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the tiles in the damaged region."""
        painter = QPainter(self)
        easel = self._easel(painter)
        flood(painter, event.rect(), self._look.theme.base)
        for at, face in enumerate(self._faces):
            box = self.tile_box(at)
            if event.region().intersects(box.toAlignedRect()):
                self._paint_tile(easel, easel.at(box), face)
                self._tints.paint(painter, at, box, self._look)
        if self.ringed():
            self._paint_focus(painter)
        painter.end()

    def _forget(self) -> None:
        self._faces = ()

    def _paint_focus(self, painter: QPainter) -> None:
        theme = self._look.theme
        inset = theme.focus_width / 2
        painter.setPen(QPen(theme.focus, theme.focus_width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        box = self.tile_box(self._current).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(box, 4, 4)

    def _paint_tile(self, easel: Easel, box: QRectF, face: TileFace) -> None:
        """Paint a tile; `box` is given from the start of the line."""
        look, theme = self._look, self._look.theme
        easel.card(box)
        pad = look.px(8 if look.compact else 12)
        inner = box.adjusted(pad, look.px(7), -pad, -look.px(8))
        faded = face.condition in (Condition.FADED, Condition.HATCHED)
        label_height = look.px(16 if look.compact else 18)
        label = QRectF(inner.x(), inner.y(), inner.width(), label_height)
        self._paint_label(easel, label, face)
        spark_height = look.px(18 if look.compact else 26)
        spark = QRectF(inner.x(), inner.bottom() - spark_height, inner.width(), spark_height)
        bullet_height = look.px(10)
        # On a small window the bullet takes the place of the sparkline.
        bullet = QRectF(inner.x(), spark.center().y(), inner.width(), bullet_height)
        bottom = spark.y()
        if not look.compact:
            bullet.moveTop(spark.y() - bullet_height - look.px(4))
            bottom = bullet.y()
        bar = face.ratio is not None and face.condition is Condition.PRESENT
        if bar and face.ratio is not None:
            limit = level_limit(face.goal)
            marks = (limit.warning, limit.critical)
            easel.bullet(bullet, face.ratio, limits=marks, colour=theme.text)
        number = QRectF(inner.x(), label.bottom(), inner.width(), bottom - label.bottom())
        self._paint_number(easel, number, face, faded=faded)
        if not (bar and look.compact):
            self._paint_spark(easel, spark, face, faded=faded)
        if face.condition is Condition.PRESENT:
            easel.edge(QRectF(box.x(), box.y(), look.px(4), box.height()), face.severity)
        elif face.condition is Condition.FADED:
            easel.dashed_frame(box)
        elif face.condition is Condition.HATCHED:
            easel.hatch(box)

    def _paint_label(self, easel: Easel, label: QRectF, face: TileFace) -> None:
        look, theme = self._look, self._look.theme
        # Of how few calls a ratio is must be read whole, whatever becomes of the label.
        kept = easel.text_width(face.note, look.font(Role.CAPTION)) + look.px(8) if face.few else 0
        title = label.adjusted(0, 0, -kept, 0)
        font = look.font(Role.LABEL)
        fits = easel.text_width(face.label, font) <= title.width()
        text = face.label if fits else face.short_label or face.label
        used = easel.write(title, text, font, theme.text2)
        rest = label.adjusted(used + look.px(8), 0, 0, 0)
        # A queue's name may be cut; a limit that is cut tells nothing.
        least = easel.text_width(face.note, look.font(Role.CAPTION)) if face.short_label else 0
        if rest.width() > max(look.px(24), least):
            easel.write(rest, face.note, look.font(Role.CAPTION), theme.muted, Place.END)

    def _paint_number(self, easel: Easel, box: QRectF, face: TileFace, *, faded: bool) -> None:
        look, theme = self._look, self._look.theme
        role = Role.FIGURE if face.condition is Condition.HATCHED else Role.NUMBER
        size = look.px(16 if look.compact else 22)
        marked = face.severity is not Severity.CALM and not faded
        room = box.width() - (size + look.px(8) if marked else 0)
        # A figure that is cut is a wrong figure: it gets smaller instead.
        font = easel.fitting_font(face.number, role, room)
        used = easel.write(box, face.number, font, theme.text2 if faded else theme.text)
        if face.locked:
            lock = size * 0.8
            easel.lock(
                QRectF(box.x() + used + look.px(10), box.center().y() - lock / 2, lock, lock),
                theme.text2,
            )
        if marked:
            top = box.center().y() - size / 2
            easel.severity(QRectF(box.x() + used + look.px(8), top, size, size), face.severity)
        if face.change and not faded:
            taken = used + (size + look.px(8) if marked or face.locked else 0) + look.px(12)
            self._paint_change(easel, box.adjusted(taken, 0, 0, 0), face.change)

    def _paint_change(self, easel: Easel, box: QRectF, change: str) -> None:
        """Write a change where there is room for all of it: one that is cut says something else."""
        look, lines = self._look, change.split("\n")
        font, height = look.font(Role.CAPTION), look.px(15)
        if max(easel.text_width(line, font) for line in lines) > box.width():
            return
        top = box.center().y() - height * len(lines) / 2
        for at, line in enumerate(lines):
            place = QRectF(box.x(), top + at * height, box.width(), height)
            easel.write(place, line, font, look.theme.muted, Place.END)

    def _paint_spark(self, easel: Easel, box: QRectF, face: TileFace, *, faded: bool) -> None:
        known = [point for point in face.points if point is not None]
        if not known:
            return
        theme, radius = self._look.theme, self._look.px(2.5)
        drawn = box.adjusted(radius, radius, -radius, -radius)
        low, high = (0.0, 1.0) if face.ratio is not None else (0.0, max(1e-9, *known))
        end = easel.line(
            drawn, face.points, span=(low, high), colour=theme.muted, width=1.5 * self._look.scale
        )
        if end is not None and not faded:
            easel.dot(end, radius, theme.text)
