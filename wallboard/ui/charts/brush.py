"""A small chart of all the time there is, with a brush of two ends for a part of it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen

from wallboard.domain.value import value
from wallboard.ui.charts.face import Gap
from wallboard.ui.charts.scales import Mark
from wallboard.ui.look import Look
from wallboard.ui.panels.ringed_panel import RingedPanel
from wallboard.ui.theme.type import Role

_GUTTER: Final = 46
_MARGIN: Final = 96
_GRIP: Final = 8
_LEFT, _RIGHT = Qt.Key.Key_Left, Qt.Key.Key_Right


@value
class BrushFace:
    """All that the strip shows.

    Attributes:
        heights: Of the columns, 0 to 1; None for what is not known.
        edges: Where they begin, and where the last one ends, 0 to 1 across the strip.
        chosen: The first column of the part and the one behind its last; None for all.
        said: The part in words.
    """

    name: str = ""
    heights: tuple[float | None, ...] = ()
    edges: tuple[float, ...] = (0.0,)
    gaps: tuple[Gap, ...] = ()
    times: tuple[Mark, ...] = ()
    chosen: tuple[int, int] | None = None
    said: str = ""


class Brush(RingedPanel):
    """Shows columns, and which of them are chosen. Time runs as in the charts.

    A drag across chooses a part; its ends and its middle can be dragged, and a double click takes
    all again. The arrows move the part, with Shift its end, with Ctrl its begin; Esc takes all.

    Signals:
        brushed: The first column of the part and the one behind its last; both 0 for all.
    """

    brushed = Signal(int, int)

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._face = BrushFace()
        # What is dragged: which end is fast and where, or how far the part's begin is from it.
        self._fast: int | None = None
        self._hold: int | None = None
        self._part: tuple[int, int] | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(look.wording.translate("History", "Choose a part of this time"))

    def show_face(self, face: BrushFace) -> None:
        """Show other columns or another part; what is being dragged stays as it is."""
        if face == self._face:
            return
        self._face = face
        if self._fast is None and self._hold is None:
            self._part = face.chosen
        self.setAccessibleName(face.name)
        self._tell(face.said)
        self.update()

    def plot(self) -> QRectF:
        """Return where the columns are painted."""
        look = self._look
        gutter = look.px(_GUTTER)
        # As wide as the charts above it.
        margin = look.px(_MARGIN if self.width() >= look.px(700) else 24)
        return QRectF(
            gutter,
            look.px(6),
            max(1, self.width() - gutter - margin),
            max(1, self.height() - look.px(24)),
        )

    # What Qt calls

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint columns, gaps, the part and its grips."""
        painter = QPainter(self)
        easel = self._easel(painter)
        easel.whole_card(QRectF(self.rect()), event.rect())
        plot = self.plot()
        for gap in self._face.gaps:
            left, right = self._span(gap.begin, gap.end)
            box = QRectF(left, plot.top(), right - left, plot.height())
            easel.hatch(easel.at(box), 0.20)
        self._paint_columns(painter, plot)
        self._paint_times(painter, plot)
        if self._part is not None:
            self._paint_part(painter, plot, *self._part)
        if self.ringed():
            theme = self._look.theme
            painter.setPen(QPen(theme.focus, theme.focus_width))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5), 4, 4)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Take hold of an end, of the part, or begin another one."""
        if event.button() != Qt.MouseButton.LeftButton or not self._face.heights:
            return
        x, at = event.position().x(), self._edge(event.position().x())
        grip = self._grip(x)
        if grip is not None and self._part is not None:
            self._fast = self._part[1 - grip]
        elif self._part is not None and self._part[0] < at < self._part[1]:
            self._hold = at - self._part[0]
        else:
            self._fast = at
            self._part = None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Drag what is held; show what could be held."""
        x = event.position().x()
        at = self._edge(x)
        if self._fast is not None:
            low, high = min(self._fast, at), max(self._fast, at)
            self._show_part((low, high) if low < high else None)
        elif self._hold is not None and self._part is not None:
            self._show_part(self._kept(self._part, at - self._hold - self._part[0]))
        else:
            grip = self._grip(x) is not None
            shape = Qt.CursorShape.SizeHorCursor if grip else Qt.CursorShape.CrossCursor
            if shape != self.cursor().shape():
                self.setCursor(shape)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Tell what was chosen; a click without a drag chooses nothing else."""
        del event
        dragged = self._fast is not None or self._hold is not None
        self._fast = self._hold = None
        if dragged and self._part is None:
            self._show_part(self._face.chosen)
        elif dragged:
            self._wish()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Take all again."""
        del event
        self._show_part(None)
        self._wish()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Move the part or one of its ends."""
        if self._ring.pressed():
            self.update()
        key, count = event.key(), len(self._face.heights)
        if key in (_LEFT, _RIGHT) and count:
            later = (key == _RIGHT) is not self._look.time_from_right
            self._push(1 if later else -1, event.modifiers())
        elif key == Qt.Key.Key_Escape and self._part is not None:
            self._show_part(None)
            self._wish()
        else:
            super().keyPressEvent(event)

    # Inside

    def _forget(self) -> None:
        self._face, self._part = BrushFace(), None

    def _push(self, by: int, held: Qt.KeyboardModifier) -> None:
        count = len(self._face.heights)
        begin, end = self._part or (0, count)
        if held & Qt.KeyboardModifier.ShiftModifier:
            part = begin, min(count, max(begin + 1, end + by))
        elif held & Qt.KeyboardModifier.ControlModifier:
            part = min(end - 1, max(0, begin + by)), end
        else:
            part = self._kept((begin, end), by)
        if part != (begin, end):
            self._show_part(part)
            self._wish()

    def _kept(self, part: tuple[int, int], by: int) -> tuple[int, int]:
        """Return a part moved, as long as it was, within what there is."""
        begin, end = part
        by = max(-begin, min(len(self._face.heights) - end, by))
        return begin + by, end + by

    def _show_part(self, part: tuple[int, int] | None) -> None:
        if part != self._part:
            self._part = part
            self.update()

    def _wish(self) -> None:
        part = self._part
        if part == (0, len(self._face.heights)):
            part = self._part = None
        if part != self._face.chosen:
            self.brushed.emit(*(part or (0, 0)))

    def _edge(self, x: float) -> int:
        """Return the border between columns that is next to a real place."""
        plot, edges = self.plot(), self._face.edges
        share = self._across((x - plot.left()) / plot.width())
        return min(range(len(edges)), key=lambda at: abs(edges[at] - share))

    def _across(self, share: float) -> float:
        """Return where something is, 0 to 1 from the left, that is at a share of the time; back."""
        return 1.0 - share if self._look.time_from_right else share

    def _x(self, edge: int) -> float:
        plot = self.plot()
        return plot.left() + self._across(self._face.edges[edge]) * plot.width()

    def _span(self, begin: float, end: float) -> tuple[float, float]:
        """Return from where to where a time really reaches that is told in shares of the whole."""
        plot = self.plot()
        low, high = sorted((self._across(begin), self._across(end)))
        return plot.left() + low * plot.width(), plot.left() + high * plot.width()

    def _grip(self, x: float) -> int | None:
        """Return which end of the part is under a real place: 0 or 1. None for neither."""
        if self._part is None:
            return None
        far = [abs(x - self._x(edge)) for edge in self._part]
        nearest = far.index(min(far))
        return nearest if far[nearest] <= self._look.px(_GRIP) else None

    def _paint_columns(self, painter: QPainter, plot: QRectF) -> None:
        theme, heights = self._look.theme, self._face.heights
        edges = self._face.edges
        begin, end = self._part or (0, len(heights))
        for within in (False, True):
            bars = []
            for at, height in enumerate(heights):
                if height and (begin <= at < end) is within:
                    left, right = self._span(edges[at], edges[at + 1])
                    step = right - left
                    width = max(1.0, step - max(0.5, step * 0.2))
                    high = height * plot.height()
                    left += (step - width) / 2
                    bars.append(QRectF(left, plot.bottom() - high, width, high))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.column_part if within else theme.column)
            painter.drawRects(bars)

    def _paint_times(self, painter: QPainter, plot: QRectF) -> None:
        look = self._look
        font = look.font(Role.CAPTION)
        painter.setPen(QPen(look.theme.line, 1))
        painter.drawLine(plot.bottomLeft(), plot.bottomRight())
        painter.setFont(font)
        painter.setPen(look.theme.muted)
        for mark in self._face.times:
            laid_out = self._texts.get(mark.text, font, self.width())
            x = plot.left() + self._across(mark.place) * plot.width() - laid_out.width / 2
            x = min(max(0.0, x), self.width() - laid_out.width)
            painter.drawStaticText(round(x), round(plot.bottom() + 1), laid_out.text)

    def _paint_part(self, painter: QPainter, plot: QRectF, begin: int, end: int) -> None:
        look, theme = self._look, self._look.theme
        left, right = self._x(begin), self._x(end)
        painter.setPen(QPen(theme.text2, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(left, plot.top(), right - left, plot.height()))
        high, wide = look.px(18), look.px(6)
        for x in (left, right):
            grip = QRectF(x - wide / 2, plot.center().y() - high / 2, wide, high)
            painter.setPen(QPen(theme.surface, 1))
            painter.setBrush(theme.text2)
            painter.drawRoundedRect(grip, 2, 2)
            painter.drawLine(
                QPointF(x, grip.top() + high * 0.3), QPointF(x, grip.bottom() - high * 0.3)
            )
