"""The six tiles at the top: one figure each, the largest things on the board."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from PySide6.QtCore import QEvent, QPointF, QRectF
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolTip

from wallboard.domain.clock import Moment
from wallboard.domain.snapshot import AgentState
from wallboard.engine.board import Board, fresh, site_readings, site_time
from wallboard.engine.kpi import KPI_BY_KEY, Unit
from wallboard.engine.ledger import TREND_MINUTES
from wallboard.engine.limits import LIMITS, Severity
from wallboard.engine.trends import series
from wallboard.ui.easel import Easel, Place, flood
from wallboard.ui.look import Look
from wallboard.ui.outside_text import shown
from wallboard.ui.panels.panel import Condition, Panel, condition_of
from wallboard.ui.theme.type import Role
from wallboard.ui.wording import Wording

TILES = ("waiting", "longest_wait", "service_level", "abandon_rate", "free", "in_call")
_AWAY = frozenset({AgentState.OFFLINE, AgentState.UNKNOWN})


@dataclass(frozen=True, slots=True, kw_only=True)
class TileFace:
    """All that a tile shows.

    Attributes:
        note: Beside the label: a limit, a number of calls, a queue's name.
        ratio: What the bullet shows. None for no bullet.
        points: Of the sparkline, oldest first; None is a gap.
        spoken: The tile in words.
    """

    label: str
    number: str
    note: str
    severity: Severity
    condition: Condition
    ratio: float | None
    points: tuple[float | None, ...]
    spoken: str


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
    faces = []
    for key in TILES:
        reading = None if condition is Condition.BLANK else readings[key]
        severity = severities.get(key, Severity.CALM)
        number, said = _figure(key, reading, wording)
        label = _label(key, board, wording)
        spoken = f"{label}: {said}"
        if severity is not Severity.CALM:
            spoken = f"{spoken} ({wording.severity(severity)})"
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
                spoken=spoken,
            )
        )
    return tuple(faces)


def _points(board: Board, key: str) -> tuple[float | None, ...]:
    """Return the last hour of a reading; a gap only where we could not see."""
    if key != "longest_wait" or board.trend.minute is None:
        return series(board.trend, key)
    # Where somebody looked and nobody waited, the longest wait was none at all.
    points = board.trend.points
    return tuple(
        None if minute not in points else points[minute].get(key) or 0.0
        for minute in range(board.trend.minute - TREND_MINUTES, board.trend.minute)
    )


def _label(key: str, board: Board, wording: Wording) -> str:
    name = wording.kpi_name(key)
    targets = {standing.queue.target for standing in board.queues.values()}
    target = targets.pop() if len(targets) == 1 else None
    if key != "service_level" or target is None:
        return name
    seconds = wording.count(target.total_seconds())
    return wording.translate("Tile", "{name}, {seconds} s").format(name=name, seconds=seconds)


def _figure(key: str, reading: float | None, wording: Wording) -> tuple[str, str]:
    """Return a reading as shown and as spoken."""
    if key == "longest_wait":
        time = None if reading is None else timedelta(seconds=reading)
        return wording.duration(time), wording.duration_words(time)
    if key in LIMITS:
        limit = LIMITS[key]
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
    if key in LIMITS:
        return _ratio_note(key, board, wording)
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
        staffed = sum(n for state, n in board.crew.site.items() if state not in _AWAY)
        return wording.translate("Tile", "of {number}").format(number=wording.count(staffed))
    return ""


def _ratio_note(key: str, board: Board, wording: Wording) -> str:
    kpi, limit = KPI_BY_KEY[key], LIMITS[key]
    calls = kpi.denominator(board.site.totals) if kpi.denominator else 0
    if 0 < calls < kpi.enough:
        return wording.translate("Tile", "n = {number}").format(number=wording.count(calls))
    mark = wording.percent_short(limit.warning)
    if kpi.unit is Unit.RATIO and limit.warning > limit.critical:
        return wording.translate("Tile", "target {limit}").format(limit=mark)
    return wording.translate("Tile", "limit {limit}").format(limit=mark)


class KpiStrip(Panel):
    """Shows the six tiles."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._faces: tuple[TileFace, ...] = ()

    def show_board(self, board: Board, now: Moment) -> None:
        """Repaint the tiles that changed."""
        wording = self._look.wording
        faces = tile_faces(board, now, wording)
        if faces == self._faces:
            return
        before, self._faces = self._faces, faces
        if len(before) != len(faces):
            self.update()
        for at, (old, new) in enumerate(zip(before, faces, strict=False)):
            if old != new:
                self.update(self.tile_box(at).toAlignedRect())
        self.setAccessibleName(wording.translate("Panel", "Key figures"))
        self._tell(". ".join(face.spoken for face in faces))

    def tile_box(self, at: int) -> QRectF:
        """Return where a tile is; the first is at the start of the line."""
        gap = self._look.px(8)
        width = (self.width() - gap * (len(TILES) - 1)) / len(TILES)
        start = at * (width + gap)
        if self._look.rtl:
            start = self.width() - start - width
        return QRectF(start, 0, width, self.height())

    def event(self, event: QEvent) -> bool:
        """Say what a tile counts when the mouse rests on it."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            at = next(
                (
                    at
                    for at in range(len(TILES))
                    if self.tile_box(at).contains(QPointF(event.pos()))
                ),
                None,
            )
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
        painter.end()

    def _forget(self) -> None:
        self._faces = ()

    def _paint_tile(self, easel: Easel, box: QRectF, face: TileFace) -> None:
        """Paint a tile; `box` is given from the start of the line."""
        look, theme = self._look, self._look.theme
        easel.card(box)
        pad = look.px(8 if look.compact else 12)
        inner = box.adjusted(pad, look.px(7), -pad, -look.px(8))
        faded = face.condition in (Condition.FADED, Condition.HATCHED)
        label_height = look.px(16 if look.compact else 18)
        label = QRectF(inner.x(), inner.y(), inner.width(), label_height)
        used = easel.write(label, face.label, look.font(Role.LABEL), theme.text2)
        rest = label.adjusted(used + look.px(8), 0, 0, 0)
        if rest.width() > look.px(24):
            easel.write(rest, face.note, look.font(Role.CAPTION), theme.muted, Place.END)
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
            limit = LIMITS["service_level"]
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

    def _paint_number(self, easel: Easel, box: QRectF, face: TileFace, *, faded: bool) -> None:
        look, theme = self._look, self._look.theme
        role = Role.FIGURE if face.condition is Condition.HATCHED else Role.NUMBER
        size = look.px(16 if look.compact else 22)
        marked = face.severity is not Severity.CALM and not faded
        room = box.width() - (size + look.px(8) if marked else 0)
        # A figure that is cut is a wrong figure: it gets smaller instead.
        font = easel.fitting_font(face.number, role, room)
        used = easel.write(box, face.number, font, theme.text2 if faded else theme.text)
        if marked:
            top = box.center().y() - size / 2
            easel.severity(QRectF(box.x() + used + look.px(8), top, size, size), face.severity)

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
