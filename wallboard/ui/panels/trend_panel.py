"""The last hour: what came in and was answered minute by minute, and the service level."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from typing import Final

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QAccessible, QPainter, QPaintEvent, QPen

from wallboard.domain.clock import Moment
from wallboard.domain.measuring import GOAL
from wallboard.domain.value import value
from wallboard.engine.board import Board
from wallboard.engine.last_hour import last_hour, unseen_runs
from wallboard.engine.ledger import TREND_MINUTES
from wallboard.ui.accessible.flat import FlatParts
from wallboard.ui.accessible.part import Part
from wallboard.ui.easel import Easel, Place, flood
from wallboard.ui.look import Look
from wallboard.ui.panels.panel import Condition, Panel, condition_of
from wallboard.ui.round_top import round_top
from wallboard.ui.theme.type import Role

REFRESH_S: Final = 5.0
"""A chart of minutes need not be made anew more often."""
_LABEL_EVERY = 10


@value
class TrendFace:
    """All that the chart shows; the last minute of each is the one being lived through.

    Attributes:
        first: The first minute, since the epoch.
        offered, answered: Calls by minute of arrival.
        seen: Whether it is known what came in that minute: it was watched, or the source knew it
            from before.
        levels: The day's service level at the end of each minute; None is a gap.
        times: Minutes with a label.
        goal: From which service level on all is well.
    """

    first: int
    offered: tuple[int, ...]
    answered: tuple[int, ...]
    seen: tuple[bool, ...]
    levels: tuple[float | None, ...]
    times: tuple[tuple[int, str], ...]
    condition: Condition
    goal: float = GOAL


class TrendPanel(FlatParts, Panel):
    """Shows the last sixty minutes.

    Time runs from left to right in every language, unless it is wanted from the right.
    """

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._face: TrendFace | None = None
        self._made_s = float("-inf")
        self._zone: tzinfo = UTC

    def show_board(self, board: Board, now: Moment) -> None:
        """Repaint if a minute or a figure of one changed; looks only every few seconds."""
        condition = condition_of(board)
        minute = board.trend.minute
        if (
            self._face is not None
            and condition is self._face.condition
            and minute == self._face.first + TREND_MINUTES
            and now.steady_s - self._made_s < REFRESH_S
        ):
            return
        self._made_s, self._zone = now.steady_s, board.zone
        face = self._face_of(board, condition)
        if face != self._face:
            self._face = face
            self.update()
            self._say(face)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the chart."""
        painter = QPainter(self)
        easel = self._easel(painter)
        easel.whole_card(QRectF(self.rect()), event.rect())
        self._paint_heading(easel)
        if self._face is not None:
            turned = _turned(self._face) if self._look.time_from_right else self._face
            self._paint_chart(easel, turned)
            if self._face.condition is Condition.FADED:
                easel.dashed_frame(QRectF(self.rect()))
            elif self._face.condition is Condition.HATCHED:
                easel.hatch(QRectF(self.rect()))
        painter.end()

    def _forget(self) -> None:
        self._face = None

    def _face_of(self, board: Board, condition: Condition) -> TrendFace | None:
        told = last_hour(board)
        if told is None:
            return None
        return TrendFace(
            first=told.first,
            offered=told.offered,
            answered=told.answered,
            seen=told.seen,
            levels=told.levels,
            times=self._times(board, told.first, told.first + TREND_MINUTES),
            condition=condition,
            goal=board.site.goal,
        )

    def _times(self, board: Board, first: int, last: int) -> tuple[tuple[int, str], ...]:
        wording = self._look.wording
        return tuple(
            (at - first, wording.clock_minute(instant, board.zone))
            for at in range(first, last + 1)
            if (instant := datetime.fromtimestamp(at * 60, board.zone)).minute % _LABEL_EVERY == 0
        )

    def _say(self, face: TrendFace | None) -> None:
        wording = self._look.wording
        self.setAccessibleName(wording.translate("Panel", "Last 60 minutes"))
        if face is None:
            self._tell("")
            return
        text = wording.translate(
            "Trend", "Offered {offered}, answered {answered}, not seen {unseen} min"
        )
        self._tell(
            text.format(
                offered=wording.count(sum(face.offered)),
                answered=wording.count(sum(face.answered)),
                unseen=wording.count(face.seen.count(False)),
            )
        )

    def told_role(self) -> QAccessible.Role:
        """Return what kind of thing it is."""
        return QAccessible.Role.Chart

    def _told_parts(self) -> Mapping[str, Part]:
        """Return the chart as a table: a row a minute, the last one first."""
        face = self._face
        if face is None:
            return {}
        return {str(at): self._minute(face, at) for at in reversed(range(len(face.offered)))}

    def _minute(self, face: TrendFace, at: int) -> Part:
        wording = self._look.wording
        instant = datetime.fromtimestamp((face.first + at) * 60, self._zone)
        told = [wording.clock_minute(instant, self._zone)]
        if face.seen[at]:
            offered, answered = face.offered[at], face.answered[at]
            told.append(f"{wording.kpi_name('offered')} {wording.count(offered)}")
            told.append(f"{wording.kpi_name('answered')} {wording.count(answered)}")
        else:
            told.append(wording.translate("Trend", "not seen"))
        level = face.levels[at] if at < len(face.levels) else None
        if level is not None:
            told.append(f"{wording.kpi_name('service_level')} {wording.percent(level)}")
        plot = self._plot()
        step = plot.width() / len(face.offered)
        slot = len(face.offered) - 1 - at if self._look.time_from_right else at
        box = QRectF(plot.x() + slot * step, plot.y(), step, plot.height()).toAlignedRect()
        return Part(name=wording.listed(told), box=box if plot.isValid() else QRect())

    def _paint_heading(self, easel: Easel) -> None:
        """Paint the name of the chart, and which shape stands for what."""
        look, theme, wording = self._look, self._look.theme, self._look.wording
        pad, height = look.px(14), look.px(30 if look.compact else 38)
        box = QRectF(pad, 0, self.width() - 2 * pad, height)
        title = wording.translate("Panel", "Last 60 minutes")
        used = easel.write(box, title, look.font(Role.HEADING), theme.text2)
        font, size = look.font(Role.CAPTION), look.px(10)
        entries = (
            (theme.column_part, size, wording.kpi_name("answered")),
            (theme.column, size, wording.translate("Trend", "Not answered")),
            (theme.text, look.px(2), wording.kpi_name("service_level")),
        )
        needed = sum(easel.text_width(text, font) + size + look.px(22) for _, _, text in entries)
        start = box.right() - needed + look.px(16)
        if start < box.x() + used + look.px(12):
            return
        for colour, thick, text in entries:
            easel.fill(QRectF(start, (height - thick) / 2, size, thick), colour)
            start += size + look.px(6)
            wide = easel.text_width(text, font)
            easel.write(QRectF(start, 0, wide + 2, height), text, font, theme.muted)
            start += wide + look.px(16)

    def _margins(self) -> tuple[int, int]:
        """Return how much is kept below the columns, and on each side of them."""
        look = self._look
        return look.px(20 if look.compact else 24), look.px(34 if look.compact else 42)

    def _plot(self) -> QRectF:
        """Return where the columns are really."""
        look = self._look
        foot, gutter = self._margins()
        top = look.px(34 if look.compact else 44)
        return QRectF(self.rect()).adjusted(gutter, top, -gutter - look.px(8), -foot)

    def _paint_chart(self, easel: Easel, face: TrendFace) -> None:
        look = self._look
        foot, gutter = self._margins()
        plot = self._plot()
        if plot.width() < look.px(80) or plot.height() < look.px(24):
            return
        # The chart is not mirrored: it is painted at real places.
        painter, theme, wording = easel.painter, look.theme, look.wording
        step = plot.width() / len(face.offered)
        # Some room is left, so that the line of the service level seldom crosses columns.
        top = round_top(max(1, *face.offered) * 6 // 5)
        self._paint_unseen(easel, plot, face, step)
        for share in (0.0, 0.5, 1.0):
            y = plot.bottom() - share * plot.height()
            painter.setPen(QPen(theme.bands[0] if share else theme.line, 1))
            painter.drawLine(round(plot.left()), round(y), round(plot.right()), round(y))
            calls = QRectF(plot.left() - gutter, y - 10, gutter - look.px(6), 20)
            self._mark(easel, calls, wording.count(top * share), Place.END)
            level = QRectF(plot.right() + look.px(6), y - 10, gutter, 20)
            self._mark(easel, level, wording.percent_short(share), Place.START)
        self._paint_columns(easel, plot, face, step, top)
        # The minute that is being lived through has no level yet.
        begin = plot.left() + step * (1.5 if look.time_from_right else 0.5)
        levels = QRectF(begin, plot.top(), step * (TREND_MINUTES - 1), plot.height())
        target = plot.bottom() - face.goal * plot.height()
        painter.setPen(QPen(theme.control, look.scale, Qt.PenStyle.DashLine))
        painter.drawLine(round(plot.left()), round(target), round(plot.right()), round(target))
        faded = face.condition in (Condition.FADED, Condition.HATCHED)
        ink = theme.text2 if faded else theme.text
        easel.line(
            easel.at(levels), face.levels, span=(0.0, 1.0), colour=ink, width=2.0 * look.scale
        )
        for at, text in face.times:
            x = plot.left() + (at + 0.5) * step
            box = QRectF(x - 40, plot.bottom() + 2, 80, foot - 2)
            self._mark(easel, box, text, Place.CENTER)

    def _paint_unseen(self, easel: Easel, plot: QRectF, face: TrendFace, step: float) -> None:
        for start, end in unseen_runs(face.seen):
            box = QRectF(
                plot.left() + start * step, plot.top(), (end - start) * step, plot.height()
            )
            easel.hatch(easel.at(box), 0.16)
            text = self._look.wording.translate("Trend", "not seen")
            font = self._look.font(Role.CAPTION)
            if easel.text_width(text, font) + 8 < box.width():
                label = QRectF(box.x(), box.y(), box.width(), self._look.px(18))
                easel.write(easel.at(label), text, font, self._look.theme.muted, Place.CENTER)

    def _paint_columns(
        self, easel: Easel, plot: QRectF, face: TrendFace, step: float, top: int
    ) -> None:
        painter, theme = easel.painter, self._look.theme
        width = max(1.0, step - max(1.0, step * 0.25))
        for at, (offered, answered) in enumerate(zip(face.offered, face.answered, strict=True)):
            x = plot.left() + at * step + (step - width) / 2
            for number, colour in ((offered, theme.column), (answered, theme.column_part)):
                if number:
                    height = plot.height() * number / top
                    flood(painter, QRectF(x, plot.bottom() - height, width, height), colour)

    def _mark(self, easel: Easel, box: QRectF, text: str, place: Place) -> None:
        """Write a mark of an axis at a real place, whichever side lines start on."""
        if self._look.rtl and place is not Place.CENTER:
            place = Place.START if place is Place.END else Place.END
        easel.write(
            easel.at(box), text, self._look.font(Role.CAPTION), self._look.theme.muted, place
        )


def _turned(face: TrendFace) -> TrendFace:
    """Return the face with its last minute first; the line of levels turns by itself."""
    last = len(face.offered) - 1
    return replace(
        face,
        offered=face.offered[::-1],
        answered=face.answered[::-1],
        seen=face.seen[::-1],
        times=tuple((last - at, text) for at, text in face.times),
    )
