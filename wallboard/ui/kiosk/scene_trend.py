"""The scene of the last hour: what came in and was answered, and the service level as a line.

Time runs from left to right in every language, unless it is wanted from the right.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPen

from wallboard.domain.snapshot import QueueId
from wallboard.domain.value import value
from wallboard.engine.board import Board, fresh, level_of
from wallboard.engine.last_hour import last_hour, unseen_runs
from wallboard.ui.easel import Place
from wallboard.ui.kiosk.plan import FIGURE_WEIGHT
from wallboard.ui.kiosk.stage import Stage
from wallboard.ui.round_top import round_top
from wallboard.ui.theme.type import font_of
from wallboard.ui.wording import Wording

_STEPS: Final = (10, 15, 20, 30)
"""So many minutes may be between two times below the chart."""


@value
class TrendFace:
    """All that the chart shows, the oldest first.

    Attributes:
        offered, answered: Calls by minute.
        unseen: Stretches of minutes of which nothing is known: first and after the last.
        levels: The service level, a point a minute; None is a gap. Empty if it is not shown.
        level: The last level in words; may be empty.
        goal: From which level on all is well; in words too.
        top: The highest value of the axis; half of it and all of it in words.
        times: By steps of minutes: place and time.
        legend: Answered, not answered, service level.
    """

    offered: tuple[int, ...]
    answered: tuple[int, ...]
    unseen: tuple[tuple[int, int], ...]
    levels: tuple[float | None, ...]
    level: str
    goal: tuple[float, str]
    top: int
    axis: tuple[str, str]
    times: tuple[tuple[int, tuple[tuple[int, str], ...]], ...]
    legend: tuple[str, str, str]
    not_seen: str


def trend_face(board: Board, queues: Sequence[QueueId], wording: Wording) -> TrendFace | None:
    """Return what the chart shows. None before the first picture."""
    told = last_hour(board, queues)
    if told is None:
        return None
    top = round_top(max(1, *told.offered) * 6 // 5)
    # The minute that is being lived through has the level of this moment, as the heroes have it.
    level = level_of(board.site) if fresh(board) and not queues else None
    levels = (*told.levels, level)
    known = [each for each in levels if each is not None]
    goal = board.site.goal
    return TrendFace(
        offered=told.offered,
        answered=told.answered,
        unseen=unseen_runs(told.seen),
        levels=levels if known else (),
        level="" if level is None else wording.percent(level, limits=(goal,), decimals=0),
        goal=(goal, wording.percent_short(goal)),
        top=top,
        axis=(wording.count(top / 2), wording.count(top)),
        times=tuple(
            (step, _times(told.first, len(told.offered), step, board, wording)) for step in _STEPS
        ),
        legend=(
            wording.kpi_name("answered"),
            wording.translate("Trend", "Not answered"),
            wording.kpi_name("service_level") if known else "",
        ),
        not_seen=wording.translate("Trend", "not seen"),
    )


def _times(
    first: int, count: int, step: int, board: Board, wording: Wording
) -> tuple[tuple[int, str], ...]:
    found = []
    for at in range(first, first + count):
        instant = datetime.fromtimestamp(at * 60, board.zone)
        if instant.minute % step == 0:
            found.append((at - first, wording.clock_minute(instant, board.zone)))
    return tuple(found)


def paint_trend(stage: Stage, box: QRectF, face: TrendFace) -> None:
    """Paint the chart."""
    plan = stage.plan
    stage.card(box)
    pad = plan.px(1.6)
    inner = box.adjusted(pad, plan.px(0.6), -pad, -plan.px(0.4))
    _paint_legend(stage, QRectF(inner.x(), inner.y(), inner.width(), plan.line), face)
    font = plan.small()
    gutter = max(stage.texts.width(text, font) for text in face.axis) + plan.px(1.2)
    ends = [text for text in (face.level, face.goal[1]) if face.levels]
    margin = max((stage.texts.width(text, font) for text in ends), default=0.0) + plan.px(1.6)
    # The chart is not mirrored: what follows is at real places.
    real = stage.easel.at(inner)
    plot = QRectF(
        real.x() + gutter,
        real.y() + plan.line + plan.small_px * 0.5,
        real.width() - gutter - margin,
        real.height() - 2 * plan.line - plan.small_px * 0.5,
    )
    if plot.width() < plan.px(20) or plot.height() < plan.px(4):
        return
    chart = _Chart(stage, plot, face)
    chart.paint_ground(gutter)
    chart.paint_columns()
    chart.paint_times(QRectF(real.x(), plot.bottom(), real.width(), plan.line))
    if face.levels:
        chart.paint_levels(margin)


class _Chart:
    """The chart at real places."""

    def __init__(self, stage: Stage, plot: QRectF, face: TrendFace) -> None:
        self._stage, self._plot, self._face = stage, plot, face
        self._step = plot.width() / max(1, len(face.offered))
        self._turned = stage.easel.look.time_from_right

    def paint_ground(self, gutter: float) -> None:
        """Paint the lines of the axis and what was not seen."""
        stage, plot = self._stage, self._plot
        theme, plan = stage.theme, stage.plan
        for begin, end in self._face.unseen:
            box = self._span(begin, end)
            stage.easel.hatch(stage.easel.at(box), 0.22)
            self._write(box, self._face.not_seen, Place.CENTER, high=plan.line)
        for share, text in zip((0.0, 0.5, 1.0), ("", *self._face.axis), strict=True):
            y = plot.bottom() - share * plot.height()
            stage.easel.painter.setPen(QPen(theme.line, max(1.0, plan.px(0.1))))
            stage.easel.painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            box = QRectF(plot.left() - gutter, y - plan.line / 2, gutter - plan.px(1), plan.line)
            self._write(box, text, Place.END)

    def paint_columns(self) -> None:
        """Paint what came in, and of it what was answered."""
        face, plot, theme = self._face, self._plot, self._stage.theme
        width = self._step * 0.72
        for numbers, colour in ((face.offered, theme.column), (face.answered, theme.column_part)):
            boxes = []
            for at, number in enumerate(numbers):
                if number:
                    slot = self._span(at, at + 1)
                    high = plot.height() * min(1.0, number / face.top)
                    left = slot.center().x() - width / 2
                    boxes.append(QRectF(left, plot.bottom() - high, width, high))
            self._stage.easel.fill_all(boxes, colour)

    def paint_times(self, box: QRectF) -> None:
        """Write the times below, as many as have room."""
        stage = self._stage
        font, gap = stage.plan.small(), stage.plan.px(2.0)
        for step, marks in self._face.times:
            width = max((stage.texts.width(text, font) for _, text in marks), default=0.0)
            if width + gap > step * self._step and step != _STEPS[-1]:
                continue
            for at, text in marks:
                middle = self._span(at, at + 1).center().x()
                place = QRectF(middle - width / 2, box.y(), width + 1, box.height())
                if place.left() >= box.left() and place.right() <= box.right() + 1:
                    self._write(place, text, Place.CENTER)
            return

    def paint_levels(self, margin: float) -> None:
        """Paint the service level, its goal dashed, and both in words at the end."""
        stage, plot, face = self._stage, self._plot, self._face
        plan, theme, painter = stage.plan, stage.theme, stage.easel.painter
        goal_y = plot.bottom() - face.goal[0] * plot.height()
        painter.setPen(QPen(theme.control, max(1.0, plan.px(0.14)), Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(plot.left(), goal_y), QPointF(plot.right(), goal_y))
        count = len(face.levels)
        first, last = self._span(0, 1).center().x(), self._span(count - 1, count).center().x()
        line = QRectF(min(first, last), plot.top(), abs(last - first), plot.height())
        wide = plan.px(0.45)
        end = stage.easel.line(
            stage.easel.at(line), face.levels, span=(0.0, 1.0), colour=stage.ink, width=wide
        )
        left = plot.left() - margin if self._turned else plot.right() + plan.px(1.0)
        room = QRectF(left, 0, margin, plan.line)
        level_y = None
        if end is not None and face.level:
            stage.easel.dot(end, plan.px(0.7), stage.ink)
            level_y = min(max(end.y(), plot.top()), plot.bottom())
            room.moveTop(level_y - plan.line / 2)
            self._write(room, face.level, Place.START, strong=True)
        if level_y is None or abs(level_y - goal_y) > plan.line:
            room.moveTop(goal_y - plan.line / 2)
            self._write(room, face.goal[1], Place.START)

    def _span(self, begin: int, end: int) -> QRectF:
        """Return where some minutes are."""
        plot, step = self._plot, self._step
        left = plot.right() - end * step if self._turned else plot.left() + begin * step
        return QRectF(left, plot.top(), (end - begin) * step, plot.height())

    def _write(
        self, box: QRectF, text: str, place: Place, *, high: float = 0.0, strong: bool = False
    ) -> None:
        """Write at a real place, whichever side lines start on, if there is room for all of it."""
        stage = self._stage
        plan = stage.plan
        font = font_of(plan.small_px, FIGURE_WEIGHT) if strong else plan.small()
        if stage.texts.width(text, font) > box.width() + 1:
            return
        if stage.easel.look.rtl and place is not Place.CENTER:
            place = Place.START if place is Place.END else Place.END
        if high:
            box = QRectF(box.x(), box.y(), box.width(), high)
        ink = stage.ink if strong else stage.theme.text2
        stage.easel.write(stage.easel.at(box), text, font, ink, place)


def _paint_legend(stage: Stage, box: QRectF, face: TrendFace) -> None:
    """Paint which shape stands for what."""
    plan, theme = stage.plan, stage.theme
    size = plan.small_px * 0.6
    colours: Sequence[tuple[QColor, float]] = (
        (theme.column_part, size),
        (theme.column, size),
        (stage.ink, plan.px(0.45)),
    )
    start = box.x()
    for (colour, thick), text in zip(colours, face.legend, strict=True):
        wide = stage.texts.width(text, plan.small())
        if not text or start + size + plan.px(1) + wide > box.right():
            continue
        swatch = QRectF(start, box.center().y() - thick / 2, size, thick)
        stage.easel.fill(swatch, colour)
        start += size + plan.px(1.0)
        place = QRectF(start, box.y(), wide + 1, box.height())
        stage.easel.write(place, text, plan.small(), theme.text2)
        start += wide + plan.px(3.0)
