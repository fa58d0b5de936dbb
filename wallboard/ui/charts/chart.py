"""One chart of the past: curves and columns over time, what is not known hatched, a pointer."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QLine, QPointF, QRect, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)

from wallboard.ui.charts.curve import Field, paint_curve
from wallboard.ui.charts.face import ChartFace, Line, Manner
from wallboard.ui.charts.head import paint_head
from wallboard.ui.charts.strokes import colour_of, halo_of, stroke_of
from wallboard.ui.easel import RADIUS, Easel, Place, flood
from wallboard.ui.look import Look
from wallboard.ui.panels.ringed_panel import RingedPanel
from wallboard.ui.theme.type import Role

_GUTTER: Final = 46
_MARGIN: Final = 96
_LANE: Final = 16
_LANE_FROM: Final = 92
"""Where it is written what happened, above the curves."""
_WIDEST: Final = 1e9
_KEYS: Final = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class LineChart(RingedPanel):
    """Shows one chart. Time runs from left to right in every language, unless wanted otherwise.

    Signals:
        pointed: The place of the interval that is pointed at, -1 for none.
        chosen: The place of the interval that is to be explained.
    """

    pointed = Signal(int)
    chosen = Signal(int)

    def __init__(self, look: Look, *, thin: bool = False) -> None:
        """Build the chart.

        Args:
            thin: True for lines of one pixel with steps, the quickest there are.
        """
        super().__init__(look)
        self._thin = thin
        self._face: ChartFace | None = None
        self._at = -1
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_face(self, face: ChartFace) -> None:
        """Show another face; one that is the same paints nothing anew."""
        if face == self._face:
            return
        count = len(face.places)
        if self._at >= count:
            self._at = -1
        before, self._face = self._face, face
        self.setAccessibleName(face.title)
        self._say()
        if before is not None and self._at < 0 and before.head == face.head:
            self.update(QRect(0, self._head(), self.width(), self.height() - self._head()))
        else:
            self.update()

    def point(self, at: int) -> None:
        """Show the values of an interval, -1 for none; nobody is told."""
        if at == self._at or self._face is None or at >= len(self._face.places):
            return
        before, self._at = self._at, at
        for place in (before, at):
            if place >= 0:
                self.update(self._strip(place))
        self.update(QRect(0, 0, self.width(), self._head()))
        self._say()

    def at(self) -> int:
        """Return which interval is pointed at; -1 for none."""
        return self._at

    def plot(self) -> QRectF:
        """Return where the curves are painted."""
        look, face = self._look, self._face
        foot = look.px(20) if face is not None and face.labelled else look.px(10)
        gutter = look.px(_GUTTER)
        margin = look.px(_MARGIN if self.width() >= look.px(700) else 24)
        head = self._head()
        happened = face is not None and (face.events or any(gap.text for gap in face.gaps))
        if happened and self.height() >= look.px(_LANE_FROM):
            head += look.px(_LANE)
        return QRectF(
            gutter, head, max(1, self.width() - gutter - margin), self.height() - head - foot
        )

    # What Qt calls

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the chart."""
        painter = QPainter(self)
        easel = self._easel(painter)
        self._paint_ground(easel, whole=event.rect().top() < self._head())
        face = self._face
        if face is not None:
            if event.rect().top() < self._head():
                paint_head(easel, face, self._at, QSizeF(self.width(), self._head()))
            if event.rect().bottom() >= self._head():
                self._paint_plot(easel, face)
        if self.ringed():
            theme = self._look.theme
            painter.setPen(QPen(theme.focus, theme.focus_width))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5), 4, 4)
        painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Point at the interval under the mouse."""
        self._move(self._place_at(event.position().x()))

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Point at nothing."""
        super().leaveEvent(event)
        self._move(-1)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Have the interval explained that was clicked."""
        at = self._place_at(event.position().x())
        if event.button() == Qt.MouseButton.LeftButton and at >= 0:
            self.chosen.emit(at)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Point with the arrows, explain with Enter."""
        count = 0 if self._face is None else len(self._face.places)
        if self._ring.pressed():
            self.update()
        key = Qt.Key(event.key())
        if key in _KEYS and count:
            step = -_KEYS[key] if self._look.time_from_right else _KEYS[key]
            start = count - 1 if self._at < 0 else self._at + step
            self._move(max(0, min(count - 1, start)))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and count:
            self._move(0 if key == Qt.Key.Key_Home else count - 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._at >= 0:
            self.chosen.emit(self._at)
        elif key == Qt.Key.Key_Escape and self._at >= 0:
            self._move(-1)
        else:
            super().keyPressEvent(event)

    # Inside

    def _forget(self) -> None:
        self._face = None

    def _head(self) -> int:
        return self._look.px(28 if self._look.compact else 34)

    def _move(self, at: int) -> None:
        if at != self._at:
            self.point(at)
            self.pointed.emit(at)

    def _place_at(self, x: float) -> int:
        """Return the interval whose middle is next to a real place; -1 outside."""
        face, plot = self._face, self.plot()
        if face is None or not face.places or not plot.left() - 4 <= x <= plot.right() + 4:
            return -1
        share = self._across((x - plot.left()) / plot.width())
        return min(range(len(face.places)), key=lambda at: abs(face.places[at] - share))

    def _across(self, share: float) -> float:
        """Return where something is, 0 to 1 from the left, that is at a share of the time; back."""
        return 1.0 - share if self._look.time_from_right else share

    def _x(self, plot: QRectF, place: float) -> float:
        return plot.left() + self._across(place) * plot.width()

    def _strip(self, at: int) -> QRect:
        if self._face is None:
            return self.rect()
        plot = self.plot()
        x = self._x(plot, self._face.places[at])
        return QRectF(x - 6, 0, 12, self.height()).toAlignedRect()

    def _paint_ground(self, easel: Easel, *, whole: bool) -> None:
        """Paint the card, and what shows at its round corners: not all of it twice."""
        size = RADIUS + 1
        across, down = self.width() - size, self.height() - size
        for x, y in ((0.0, down), (across, down), (0.0, 0.0), (across, 0.0))[: 4 if whole else 2]:
            flood(easel.painter, QRectF(x, y, size, size), self._look.theme.base)
        easel.card(QRectF(self.rect()))

    def _say(self) -> None:
        """Tell what is pointed at to those who listen, or the whole."""
        face = self._face
        if face is None:
            return
        told = face.whole if self._at < 0 else tuple(line.texts[self._at] for line in face.lines)
        names = (f"{line.name} {text}" for line, text in zip(face.lines, told, strict=True))
        when = face.span if self._at < 0 else face.whens[self._at]
        self._tell(face.note or f"{when}: {self._look.wording.listed(names)}")

    def _paint_plot(self, easel: Easel, face: ChartFace) -> None:
        look, plot = self._look, self.plot()
        if plot.height() < look.px(18):
            return
        self._paint_gaps(easel, plot, face)
        self._paint_events(easel, plot, face)
        self._paint_axes(easel, plot, face)
        painter = easel.painter
        self._paint_columns(painter, plot, face)
        field = Field(box=plot, low=0.0, high=face.scale.top)
        ends: list[tuple[float, Line]] = []
        over = any(line.manner is Manner.COLUMN for line in face.lines)
        # What it is compared with lies beneath.
        for line in sorted(face.lines, key=lambda each: each.manner is not Manner.BEFORE):
            if line.manner in (Manner.LINE, Manner.BEFORE):
                stroke = stroke_of(look, line, thin=self._thin)
                points, places = line.firm, face.places
                if look.time_from_right:
                    points, places = points[::-1], tuple([1.0 - each for each in places[::-1]])
                if over:
                    paint_curve(painter, field, points, halo_of(look, stroke), places)
                end = paint_curve(painter, field, points, stroke, places)
                if end is not None:
                    ends.append((end.y(), line))
                self._paint_few(painter, field, face, line)
        self._paint_pointer(painter, plot, face)
        self._paint_names(easel, plot, ends)
        if face.note:
            box = QRectF(self.rect()).adjusted(0, self._head(), 0, 0)
            easel.write(
                box, face.note, self._look.font(Role.BODY), self._look.theme.text2, Place.CENTER
            )

    def _paint_gaps(self, easel: Easel, plot: QRectF, face: ChartFace) -> None:
        for gap in face.gaps:
            left = min(self._x(plot, gap.begin), self._x(plot, gap.end))
            wide = max(2.0, (gap.end - gap.begin) * plot.width())
            easel.hatch(easel.at(QRectF(left, plot.top(), wide, plot.height())), 0.20)

    def _paint_events(self, easel: Easel, plot: QRectF, face: ChartFace) -> None:
        """Write what happened above the curves; of two texts that would meet only the left one."""
        look, theme, painter = self._look, self._look.theme, easel.painter
        font, high = look.font(Role.CAPTION), look.px(_LANE)
        if self.height() < look.px(_LANE_FROM):
            return
        texts = [((gap.begin + gap.end) / 2, gap.text) for gap in face.gaps if gap.text]
        for event in face.events:
            x = self._x(plot, event.place)
            painter.setPen(QPen(theme.control, 1, Qt.PenStyle.DotLine))
            painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()))
            texts.append((event.place, event.text))
        free = 0.0
        for place, text in sorted((self._across(place), text) for place, text in texts):
            wide = easel.text_width(text, font) + 2
            left = plot.left() + place * plot.width() - wide / 2
            left = min(max(plot.left(), left), plot.right() - wide)
            if left >= free:
                box = QRectF(left, plot.top() - high, wide, high)
                easel.write(easel.at(box), text, font, theme.text2, Place.CENTER)
                free = left + wide + look.px(10)

    def _paint_axes(self, easel: Easel, plot: QRectF, face: ChartFace) -> None:
        theme, painter = self._look.theme, easel.painter
        left, right = round(plot.left()), round(plot.right())
        top, bottom = round(plot.top()), round(plot.bottom())
        rows = [round(plot.bottom() - mark.place * plot.height()) for mark in face.scale.marks]
        columns = [round(self._x(plot, mark.place)) for mark in face.times]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        faint = [QLine(left, y, right, y) for y in rows[1:]]
        strong: list[QLine] = []
        for x, mark in zip(columns, face.times, strict=True):
            (strong if mark.strong else faint).append(QLine(x, top, x, bottom))
        painter.setPen(QPen(theme.bands[0], 1))
        painter.drawLines(faint)
        painter.setPen(QPen(theme.line, 1))
        painter.drawLines([*strong, QLine(left, bottom, right, bottom)])
        if face.target is not None:
            y = round(plot.bottom() - face.target / (face.scale.top or 1) * plot.height())
            painter.setPen(QPen(theme.control, 1, Qt.PenStyle.DashLine))
            painter.drawLine(left, y, right, y)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        gap = self._look.px(6)
        texts = [
            (mark.text, left - gap, y, 1.0) for mark, y in zip(face.scale.marks, rows, strict=True)
        ]
        if face.labelled:
            below = bottom + self._look.px(10)
            texts += [
                (mark.text, x, below, 0.5) for mark, x in zip(face.times, columns, strict=True)
            ]
        self._paint_marks(painter, texts)

    def _paint_marks(self, painter: QPainter, marks: list[tuple[str, int, int, float]]) -> None:
        """Write texts at real points: in the middle of their height, that share of them before."""
        font = self._look.font(Role.CAPTION)
        painter.setFont(font)
        painter.setPen(self._look.theme.muted)
        for text, x, y, share in marks:
            laid_out = self._texts.get(text, font, _WIDEST)
            left = min(max(0.0, x - share * laid_out.width), self.width() - laid_out.width)
            painter.drawStaticText(round(left), round(y - laid_out.height / 2), laid_out.text)

    def _paint_columns(self, painter: QPainter, plot: QRectF, face: ChartFace) -> None:
        columns = [line for line in face.lines if line.manner in (Manner.COLUMN, Manner.PART)]
        if not columns:
            return
        share = 1 / max(1, len(face.places))
        wide = [plot.width() * each for each in face.widths or [share] * len(face.places)]
        widths = [max(1.0, each - max(1.0, each * 0.25)) for each in wide]
        top = face.scale.top or 1
        for line in columns:
            bars = [
                QRectF(
                    self._x(plot, place) - width / 2,
                    plot.bottom() - (high := plot.height() * point / top),
                    width,
                    high,
                )
                for place, point, width in zip(face.places, line.points, widths, strict=True)
                if point
            ]
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour_of(self._look, line))
            painter.drawRects(bars)

    def _paint_few(self, painter: QPainter, field: Field, face: ChartFace, line: Line) -> None:
        """Paint dots where a value rests on too few calls: they are no course of anything."""
        if line.manner is Manner.BEFORE:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.theme.control)
        size = 1.7 * self._look.scale
        for at in line.few:
            point = line.points[at]
            if point is not None:
                x = self._x(field.box, face.places[at])
                painter.drawEllipse(QPointF(x, field.y(point)), size, size)

    def _paint_pointer(self, painter: QPainter, plot: QRectF, face: ChartFace) -> None:
        if self._at < 0:
            return
        theme = self._look.theme
        x = self._x(plot, face.places[self._at])
        painter.setPen(QPen(theme.text2, 1))
        painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()))
        field = Field(box=plot, low=0.0, high=face.scale.top)
        for line in face.lines:
            point = line.points[self._at]
            if point is not None and line.manner in (Manner.LINE, Manner.BEFORE):
                painter.setPen(QPen(theme.surface, 1.5))
                painter.setBrush(colour_of(self._look, line))
                painter.drawEllipse(QPointF(x, field.y(point)), 4, 4)

    def _paint_names(self, easel: Easel, plot: QRectF, ends: list[tuple[float, Line]]) -> None:
        """Write each line's name where it ends, none over another."""
        look = self._look
        room = self.width() - plot.right() - look.px(12)
        if room < look.px(50):
            return
        high = look.px(15)
        lowest = min(plot.bottom() + high / 2, self.height() - look.px(3))
        tops: list[tuple[float, Line]] = []
        y = plot.top() - high / 2
        for wanted, line in sorted(ends, key=lambda end: end[0]):
            y = max(y, wanted - high / 2)
            tops.append((y, line))
            y += high
        over = max(0.0, y - lowest)
        for top, line in tops:
            box = QRectF(plot.right() + look.px(8), top - over, room, high)
            ink = colour_of(self._look, line)
            place = Place.END if look.rtl else Place.START
            easel.write(easel.at(box), line.name, look.font(Role.CAPTION), ink, place)
