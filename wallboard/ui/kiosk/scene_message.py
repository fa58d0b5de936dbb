"""The scenes of words alone: a message that somebody wrote, why nothing is shown, a clock."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont

from wallboard.domain.value import value
from wallboard.ui.easel import Place, Texts
from wallboard.ui.kiosk.plan import FIGURE_WEIGHT, TEXT_WEIGHT
from wallboard.ui.kiosk.stage import Stage
from wallboard.ui.theme.type import font_of

_SPACING = 1.3
_LARGEST = 11.0
"""How high the font of a message is at most, in units."""


@value
class MessageFace:
    """A text, as large as it has room.

    Attributes:
        strong: True if somebody wrote it; False if the wall says why it shows nothing.
    """

    text: str
    strong: bool = True


@value
class ClockFace:
    """What is left when nothing is known: the time, and why."""

    clock: str
    lines: tuple[str, ...]


def paint_message(stage: Stage, box: QRectF, face: MessageFace) -> None:
    """Paint a message in the middle, its lines as long as they may be."""
    plan = stage.plan
    stage.card(box)
    pad = plan.px(4.0)
    inner = box.adjusted(pad, plan.px(1), -pad, -plan.px(1))
    most = plan.px(_LARGEST) if face.strong else float(plan.font_px(5.4))
    weight = FIGURE_WEIGHT if face.strong else TEXT_WEIGHT
    font_px, lines = _fitted(stage.texts, face.text, inner, int(most), plan.small_px, weight)
    ink = stage.theme.text if face.strong else stage.theme.text2
    height = font_px * _SPACING
    top = inner.center().y() - height * len(lines) / 2
    for at, line in enumerate(lines):
        row = QRectF(inner.x(), top + at * height, inner.width(), height)
        stage.easel.write(row, line, font_of(font_px, weight), ink, Place.CENTER)


def paint_clock(stage: Stage, box: QRectF, face: ClockFace) -> None:
    """Paint the time of day, large, and below it why there is nothing else."""
    plan = stage.plan
    high = plan.px(30)
    clock = QRectF(box.x(), box.center().y() - high * 0.8, box.width(), high)
    stage.figure(clock, face.clock, plan.px(26), stage.theme.text, Place.CENTER)
    font = plan.small()
    for at, line in enumerate(face.lines):
        row = QRectF(box.x(), clock.bottom() + at * plan.line * 1.15, box.width(), plan.line)
        ink = stage.theme.text if at == 0 else stage.theme.text2
        stage.easel.write(row, line, font, ink, Place.CENTER)


def _fitted(
    texts: Texts, text: str, box: QRectF, most: int, least: int, weight: QFont.Weight
) -> tuple[int, list[str]]:
    """Return the largest font in which the text has room, and its lines."""
    font_px = max(most, least)
    while True:
        lines = wrapped(texts, text, font_of(font_px, weight), box.width())
        if font_px <= least or len(lines) * font_px * _SPACING <= box.height():
            room = max(1, int(box.height() / (font_px * _SPACING)))
            return font_px, _cut(lines, room)
        font_px = max(least, int(font_px * 0.92))


def _cut(lines: list[str], room: int) -> list[str]:
    return lines if len(lines) <= room else [*lines[: room - 1], f"{lines[room - 1]} …"]


def wrapped(texts: Texts, text: str, font: QFont, width: float) -> list[str]:
    """Return the lines of a text: words are kept whole, and empty lines left out."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines += _filled(texts, paragraph.split(), font, width)
    return lines


def _filled(texts: Texts, words: Sequence[str], font: QFont, width: float) -> list[str]:
    lines: list[str] = []
    for word in words:
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and texts.width(longer, font) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
