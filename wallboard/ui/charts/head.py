"""What is written above a chart: its name, and for each line what it comes to."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QPainter, QPen

from wallboard.ui.charts.face import ChartFace, Line, Manner
from wallboard.ui.charts.strokes import colour_of, stroke_of
from wallboard.ui.easel import Easel, Place, flood
from wallboard.ui.look import Look
from wallboard.ui.theme.type import Role


def paint_head(easel: Easel, face: ChartFace, at: int, size: QSizeF) -> None:
    """Paint the name and the values, of an interval or of all; what has no room is left out.

    Args:
        at: The place of the interval; -1 for all.
    """
    look, theme = easel.look, easel.theme
    pad, height = look.px(12), size.height()
    box = QRectF(pad, 0, size.width() - 2 * pad, height)
    start = box.x() + look.px(18)
    start += easel.write(box, face.title, look.font(Role.HEADING), theme.text2)
    texts = face.whole if at < 0 else [line.texts[at] for line in face.lines]
    end = box.right()
    if at >= 0 or face.says_when:
        when = face.span if at < 0 else face.whens[at]
        font = look.font(Role.LABEL)
        wide = easel.text_width(when, font)
        ink = theme.text if at >= 0 else theme.muted
        easel.write(QRectF(end - wide - 2, 0, wide + 2, height), when, font, ink, Place.END)
        end -= wide + look.px(16)
    for line, text in zip(face.lines, texts, strict=True):
        start = _paint_entry(easel, QRectF(start, 0, end - start, height), line, text)


def _paint_entry(easel: Easel, box: QRectF, line: Line, text: str) -> float:
    """Paint what stands for a line, its name and a value; return where the next may begin."""
    look, theme = easel.look, easel.theme
    small, large = look.font(Role.CAPTION), look.font(Role.FIGURE)
    swatch, gap = look.px(16), look.px(6)
    name, figure = easel.text_width(line.name, small), easel.text_width(text, large)
    if swatch + gap + name + gap + figure > box.width():
        return box.right() + 1
    _paint_swatch(easel.painter, look, easel.at(QRectF(box.x(), 0, swatch, box.height())), line)
    start = box.x() + swatch + gap
    easel.write(QRectF(start, 0, name + 2, box.height()), line.name, small, theme.text2)
    start += name + gap
    ink = theme.muted if line.manner is Manner.BEFORE else theme.text
    easel.write(QRectF(start, 0, figure + 2, box.height()), text, large, ink)
    return start + figure + look.px(18)


def _paint_swatch(painter: QPainter, look: Look, box: QRectF, line: Line) -> None:
    y = box.center().y()
    if line.manner in (Manner.COLUMN, Manner.PART):
        side = look.px(10)
        sample = QRectF(box.center().x() - side / 2, y - side / 2, side, side)
        flood(painter, sample, colour_of(look, line))
        return
    stroke = stroke_of(look, line)
    painter.setPen(QPen(stroke.colour, stroke.width, stroke.dash))
    painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
