"""Painting from the start of a line to its end, whichever side the start is on."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from enum import Enum
from math import ceil, floor

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPen,
    QPixmap,
    QPolygonF,
    QStaticText,
    QTransform,
)

from wallboard.domain.severity import Severity
from wallboard.domain.snapshot import AgentState
from wallboard.domain.value import value
from wallboard.ui import glyphs
from wallboard.ui.digit_run import Digits, read_digits
from wallboard.ui.look import Look
from wallboard.ui.theme.type import Role, font_of

_MOST_TEXTS = 4096
_MOST_STAMPS = 256
_UNCUT = -1
_SKELETON_ROWS = 4
NO_PEN = QPen(Qt.PenStyle.NoPen)
_AS_IT_IS = QTransform()
RADIUS = 4.0
_AROUND = 3
"""So far the pen of a glyph may reach beyond its box."""


class Place(Enum):
    """Where in its box a text stands."""

    START = 0.0
    CENTER = 0.5
    END = 1.0


@value
class LaidOut:
    """A text that is laid out already, with its size. It keeps its font alive."""

    text: QStaticText
    width: float
    height: float
    font: QFont


class Texts:
    """Texts that are laid out already. One for each panel."""

    def __init__(self) -> None:
        # Fonts are shared and kept by what was laid out in them: their identity says which.
        self._laid_out: dict[tuple[str, int, int], LaidOut] = {}
        # Those of before: what is still wanted of them is taken over.
        self._older: dict[tuple[str, int, int], LaidOut] = {}
        # Of those that are cut mostly: how wide they would be.
        self._widths: dict[tuple[str, int], float] = {}
        self._digits: dict[int, tuple[QFont, Digits | None]] = {}
        self._stamps: dict[Hashable, QPixmap] = {}

    def clear(self) -> None:
        """Forget all of them: the language or the sizes changed."""
        self._laid_out, self._older = {}, {}
        self._widths, self._digits, self._stamps = {}, {}, {}

    def digits(self, font: QFont) -> Digits | None:
        """Return the digits of a font. None if they cannot be written one by one."""
        found = self._digits.get(id(font))
        if found is None:
            found = self._digits[id(font)] = (font, read_digits(font))
        return found[1]

    def stamp(
        self, key: Hashable, ratio: float, size: int, paint: Callable[[QPainter], None]
    ) -> QPixmap:
        """Return a picture of a glyph, painted the first time only.

        Args:
            key: Which glyph, how large, and where in a pixel it begins.
            ratio: How many pixels of the screen one of ours is.
            size: How wide and high the picture is.
            paint: Paints it.
        """
        found = self._stamps.get(key)
        if found is None:
            found = QPixmap(round(size * ratio), round(size * ratio))
            found.setDevicePixelRatio(ratio)
            found.fill(Qt.GlobalColor.transparent)
            with QPainter(found) as painter:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                paint(painter)
            if len(self._stamps) >= _MOST_STAMPS:
                self._stamps.clear()
            self._stamps[key] = found
        return found

    def get(self, text: str, font: QFont, width: float) -> LaidOut:
        """Return a plain text, cut with an ellipsis if wider than `width`."""
        known = self._widths.get((text, id(font)))
        if known is None or known <= width:
            whole = self._whole(text, font)
            if whole.width <= width:
                return whole
            if len(self._widths) >= _MOST_TEXTS:
                self._widths.clear()
            # Once it is known that it is too wide, it is not laid out whole again for that.
            self._widths[text, id(font)] = whole.width
        key = (text, id(font), int(width))
        found = self._laid_out.get(key)
        if found is None:
            found = self._older.get(key) or _cut_off(text, font, width)
            return self._keep(key, found)
        return found

    def width(self, text: str, font: QFont) -> float:
        """Return how wide a text is."""
        return self._whole(text, font).width

    def figure_width(self, text: str, font: QFont) -> float:
        """Return how wide a figure is: that of its digits, or of the text if it has others."""
        digits = self.digits(font)
        width = None if digits is None else digits.width(text)
        return self.width(text, font) if width is None else width

    def _whole(self, text: str, font: QFont) -> LaidOut:
        """Return a text that is not cut, whatever room it has: to measure it is to lay it out."""
        key = (text, id(font), _UNCUT)
        found = self._laid_out.get(key)
        if found is None:
            found = self._older.get(key)
            return self._keep(key, found or _laid_out(text, font))
        return found

    def _keep(self, key: tuple[str, int, int], laid_out: LaidOut) -> LaidOut:
        if len(self._laid_out) >= _MOST_TEXTS:
            self._laid_out, self._older = {}, self._laid_out
        self._laid_out[key] = laid_out
        return laid_out


def _laid_out(text: str, font: QFont) -> LaidOut:
    static = QStaticText(text)
    # Else it would be read as HTML if it looks like that.
    static.setTextFormat(Qt.TextFormat.PlainText)
    static.prepare(_AS_IT_IS, font)
    size = static.size()
    return LaidOut(text=static, width=size.width(), height=size.height(), font=font)


def _cut_off(text: str, font: QFont, width: float) -> LaidOut:
    elided = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, width - 1)
    return _laid_out(elided, font)


def flood(painter: QPainter, box: QRect | QRectF, brush: QColor | QBrush) -> None:
    """Fill a real box; the painter has no pen after this.

    Not by `fillRect`: the first call of it makes the 169 names of Qt's ready-made gradients, which
    is 5 ms of the time to the first frame.
    """
    # A ready pen: to tell Qt one of its names takes three times as long.
    painter.setPen(NO_PEN)
    painter.setBrush(brush)
    painter.drawRect(box)


class Easel:
    """A painter with a look. Boxes are given as if the start were on the left."""

    def __init__(self, painter: QPainter, look: Look, width: float, texts: Texts) -> None:
        self.painter = painter
        self.look = look
        self.theme = look.theme
        self._width = width
        self._texts = texts
        self._rtl = look.rtl
        self._font: QFont | None = None
        self._ratio: float | None = None
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def at(self, box: QRectF) -> QRectF:
        """Return where a box really is."""
        if not self._rtl:
            return box
        return QRectF(self._width - box.x() - box.width(), box.y(), box.width(), box.height())

    def fill(self, box: QRectF, colour: QColor) -> None:
        """Fill a box."""
        flood(self.painter, self.at(box), colour)

    def fill_all(self, boxes: Sequence[QRectF], colour: QColor) -> None:
        """Fill many real boxes: a word for each would take longer than to paint it."""
        if boxes:
            self.painter.setPen(NO_PEN)
            self.painter.setBrush(colour)
            self.painter.drawRects(boxes)

    def card(self, box: QRectF, colour: QColor | None = None) -> None:
        """Paint the surface of a panel, with a frame where the theme has one."""
        width = self.theme.frame_width
        self.painter.setPen(QPen(self.theme.line, width) if width else Qt.PenStyle.NoPen)
        self.painter.setBrush(colour or self.theme.surface)
        inset = width / 2
        self.painter.drawRoundedRect(
            self.at(box).adjusted(inset, inset, -inset, -inset), RADIUS, RADIUS
        )

    def whole_card(self, box: QRectF, part: QRect) -> None:
        """Paint the surface of a panel that is a card and nothing else, on the window's ground.

        Args:
            box: All of the panel, in whole pixels.
            part: Of it what is needed, really.
        """
        edge = RADIUS + 1
        inside = QRectF(part)
        if not self.theme.frame_width and (
            box.adjusted(edge, 0, -edge, 0).contains(inside)
            or box.adjusted(0, edge, 0, -edge).contains(inside)
        ):
            flood(self.painter, part, self.theme.surface)
            return
        right, bottom = box.right() - edge, box.bottom() - edge
        corners = [QRectF(x, y, edge, edge) for x in (box.x(), right) for y in (box.y(), bottom)]
        self.fill_all(corners, self.theme.base)
        self.card(box)

    def dashed_frame(self, box: QRectF) -> None:
        """Paint the frame of what is no longer fresh."""
        pen = QPen(self.theme.text2, 1, Qt.PenStyle.DashLine)
        self.painter.setPen(pen)
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        self.painter.drawRoundedRect(self.at(box).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)

    def hatch(self, box: QRectF, strength: float = 0.24) -> None:
        """Paint the hatching of what is not known."""
        colour = QColor(self.theme.no_data)
        colour.setAlphaF(strength)
        # Not made in one call, which is slow the first time for the same reason.
        brush = QBrush()
        brush.setStyle(Qt.BrushStyle.BDiagPattern)
        brush.setColor(colour)
        flood(self.painter, self.at(box), brush)

    def skeleton(
        self, box: QRectF, row: float, columns: Sequence[tuple[float, float]] = ()
    ) -> None:
        """Paint where rows will stand: a few, as pale as can be, so that nothing seems to be known.

        Args:
            row: How high one is.
            columns: Where figures will stand, from the start of the line, and how wide.
        """
        colour, thick = self.theme.bands[0], row * 0.24
        if colour == self.theme.surface:
            colour = self.theme.bands[1]
        start = box.x() + self.look.px(34)
        for at in range(min(_SKELETON_ROWS, int(box.height() // row))):
            top = box.y() + (at + 0.5) * row - thick / 2
            name = self.look.px((110, 84, 128)[at % 3])
            self.fill(QRectF(start, top, name, thick), colour)
            for column, width in columns:
                self.fill(QRectF(column, top, width, thick), colour)

    def write(
        self,
        box: QRectF,
        text: str,
        font: QFont,
        colour: QColor,
        place: Place = Place.START,
    ) -> float:
        """Write a line of plain text, vertically centred in the box; return how wide it is."""
        if not text:
            return 0.0
        room = box.width()
        laid_out = self._texts.get(text, font, room)
        share = place.value
        start = box.x() + share * (room - laid_out.width)
        if self._rtl:
            start = self._width - start - laid_out.width
        self.take_pen(font, colour)
        painter = self.painter
        top = box.y() + (box.height() - laid_out.height) / 2
        painter.drawStaticText(round(start), round(top), laid_out.text)
        return laid_out.width

    def take_pen(self, font: QFont, colour: QColor) -> None:
        """Have what is written next written so."""
        if font is not self._font:
            self.painter.setFont(font)
            self._font = font
        self.painter.setPen(colour)

    def laid_out(self, text: str, font: QFont, room: float) -> LaidOut:
        """Return a line of plain text, cut if it has not the room."""
        return self._texts.get(text, font, room)

    def digits(self, font: QFont) -> Digits | None:
        """Return the digits of a font. None if they cannot be written one by one."""
        return self._texts.digits(font)

    def left(self, start: float, width: float) -> float:
        """Return where something really begins on the left that is so wide."""
        return self._width - start - width if self._rtl else start

    def text_width(self, text: str, font: QFont) -> float:
        """Return how wide a text is."""
        return self._texts.width(text, font)

    def figure_width(self, text: str, font: QFont) -> float:
        """Return how wide a figure is that is written digit by digit, or as a text if it cannot."""
        return self._texts.figure_width(text, font)

    def fitting_font(self, text: str, role: Role, room: float) -> QFont:
        """Return the font of a role, made smaller if the text has not the room otherwise."""
        font = self.look.font(role)
        width = self._texts.width(text, font)
        if width <= room:
            return font
        return font_of(int(font.pixelSize() * room / width), role.weight)

    def severity(self, box: QRectF, severity: Severity) -> None:
        """Paint the glyph of a severity; nothing when calm."""
        if severity is not Severity.CALM:
            self._stamp(
                box,
                severity,
                lambda painter, real: glyphs.paint_severity(painter, real, severity, self.theme),
            )

    def hollow_severity(self, box: QRectF, severity: Severity) -> None:
        """Paint the outline of a severity's glyph; nothing when calm."""
        glyphs.paint_hollow(self.painter, self.at(box), severity, self.theme)

    def lock(self, box: QRectF, ink: QColor) -> None:
        """Paint the lock of what may not be seen."""
        glyphs.paint_lock(self.painter, self.at(box), ink)

    def edge(self, box: QRectF, severity: Severity) -> None:
        """Paint the start edge of what is not calm."""
        if severity is not Severity.CALM:
            critical = severity is Severity.CRITICAL
            self.fill(box, self.theme.critical if critical else self.theme.warning)

    def state(self, box: QRectF, state: AgentState) -> None:
        """Paint the glyph of an agent's state."""
        self._stamp(
            box, state, lambda painter, real: glyphs.paint_state(painter, real, state, self.theme)
        )

    def _stamp(
        self, box: QRectF, glyph: Hashable, paint: Callable[[QPainter, QRectF], None]
    ) -> None:
        """Paint a glyph, by a picture of it where that lies on whole pixels."""
        ratio = self._ratio
        if ratio is None:
            ratio = self._ratio = self.painter.device().devicePixelRatioF()
        if ratio != int(ratio):
            paint(self.painter, self.at(box))
            return
        start, high, width, height = box.x(), box.y(), box.width(), box.height()
        real = self.left(start, width)
        left, top = floor(real), floor(high)
        place = (real - left, high - top, width, height)
        stamp = self._texts.stamp(
            (glyph, ratio, *place),
            ratio,
            ceil(max(width, height)) + 2 * _AROUND,
            lambda painter: paint(
                painter, QRectF(place[0] + _AROUND, place[1] + _AROUND, *place[2:])
            ),
        )
        self.painter.drawPixmap(left - _AROUND, top - _AROUND, stamp)

    def bullet(
        self, box: QRectF, ratio: float, *, limits: tuple[float, float], colour: QColor
    ) -> None:
        """Paint a ratio as a bar over three grey bands; a tick marks the first limit.

        Args:
            limits: The target, and where it becomes critical; both 0 to 1.
        """
        target, critical = limits
        edges = (0.0, min(target, critical), max(target, critical), 1.0)
        for band, start, end in zip(self.theme.bands[::-1], edges, edges[1:], strict=False):
            left = box.x() + start * box.width()
            self.fill(QRectF(left, box.y(), (end - start) * box.width(), box.height()), band)
        inset = box.height() * 0.28
        length = max(0.0, min(1.0, ratio)) * box.width()
        self.fill(QRectF(box.x(), box.y() + inset, length, box.height() - 2 * inset), colour)
        thick, over = 3 * self.look.scale, 2 * self.look.scale
        tick = QRectF(box.x() + target * box.width() - thick / 2, box.y() - over, thick, 0)
        tick.setHeight(box.height() + 2 * over)
        self.fill(tick, self.theme.text)

    def line(
        self,
        box: QRectF,
        points: Sequence[float | None],
        *,
        span: tuple[float, float],
        colour: QColor,
        width: float = 1.5,
    ) -> QPointF | None:
        """Paint a line through points of equal distance.

        The oldest is on the left in every language, unless time is wanted from the right.
        A missing point is a gap. Return where the newest point is; None if it is missing.
        """
        real = self.at(box)
        low, high = span
        height = real.height() / ((high - low) or 1.0)
        step = real.width() / max(1, len(points) - 1)
        oldest = real.x()
        if self.look.time_from_right:
            oldest, step = oldest + real.width(), -step
        self.painter.setPen(
            QPen(
                colour,
                width,
                Qt.PenStyle.SolidLine,
                Qt.PenCapStyle.RoundCap,
                Qt.PenJoinStyle.RoundJoin,
            )
        )
        run: list[QPointF] = []
        end: QPointF | None = None
        for at, point in enumerate(points):
            if point is None:
                self._polyline(run)
                run = []
                end = None
            else:
                end = QPointF(oldest + at * step, real.bottom() - (point - low) * height)
                run.append(end)
        self._polyline(run)
        return end

    def dot(self, at: QPointF, radius: float, colour: QColor) -> None:
        """Paint a dot at a real point."""
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(colour)
        self.painter.drawEllipse(at, radius, radius)

    def _polyline(self, run: list[QPointF]) -> None:
        if len(run) > 1:
            self.painter.setBrush(Qt.BrushStyle.NoBrush)
            self.painter.drawPolyline(QPolygonF(run))
        elif run:
            self.painter.drawPoint(run[0])
