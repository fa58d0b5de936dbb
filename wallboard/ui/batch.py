"""Many things of one kind painted together: fills by colour, texts by font and ink."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFont, QStaticText

from wallboard.domain.severity import Severity
from wallboard.domain.snapshot import AgentState
from wallboard.ui.digit_run import DigitRun
from wallboard.ui.easel import Easel
from wallboard.ui.page_glyphs import paint_page_glyph


class Batch:
    """Collects what is to be painted, and paints it in one go.

    To tell the painter of many boxes or texts one by one takes longer than to paint them, and so
    does another pen or font before each. What is collected here must not lie above one another, but
    for fills of a higher layer above those of a lower one, and glyphs and texts above all fills.
    """

    def __init__(self, easel: Easel) -> None:
        self._easel = easel
        self._fills: dict[tuple[int, int], tuple[QColor, list[QRectF]]] = {}
        self._texts: dict[tuple[int, int], tuple[QFont, QColor, list[tuple[int, int, QStaticText]]]]
        self._texts = {}
        self._runs: dict[tuple[int, int], tuple[QColor, DigitRun | None]] = {}
        self._states: list[tuple[QRectF, AgentState]] = []
        self._severities: list[tuple[QRectF, Severity]] = []
        self._shapes: list[tuple[QRectF, str, QColor]] = []

    def fill(self, real: QRectF, colour: QColor, layer: int = 0) -> None:
        """Have a real box filled."""
        # Colours are of the theme: their identity says which.
        key = (layer, id(colour))
        told = self._fills.get(key)
        if told is None:
            told = self._fills[key] = (colour, [])
        told[1].append(real)

    def write(
        self, start: float, middle: float, room: float, text: str, font: QFont, ink: QColor
    ) -> float:
        """Have a line of plain text written; return how wide it is.

        Args:
            start: Where it begins, from the start of the line.
            middle: How high its middle is.
            room: How wide it may be.
            text: What is written.
            font: In which font.
            ink: In which colour.
        """
        if not text:
            return 0.0
        laid_out = self._easel.laid_out(text, font, room)
        left = self._easel.left(start, laid_out.width)
        told = self._lines(font, ink)
        told.append((round(left), round(middle - laid_out.height / 2), laid_out.text))
        return laid_out.width

    def write_end(
        self, end: float, middle: float, room: float, text: str, font: QFont, ink: QColor
    ) -> None:
        """Have a line of plain text written that ends at `end`, from the start of the line."""
        run = self.figures(font, ink)
        points = None if run is None else run.points_of(self._easel, end, middle, room, text)
        if run is not None and points is not None:
            run.write(text, points)
            return
        laid_out = self._easel.laid_out(text, font, room)
        left = self._easel.left(end - laid_out.width, laid_out.width)
        told = self._lines(font, ink)
        told.append((round(left), round(middle - laid_out.height / 2), laid_out.text))

    def figures(self, font: QFont, ink: QColor) -> DigitRun | None:
        """Return what writes figures in that font and ink. None if they are texts as others."""
        key = (id(font), id(ink))
        if key in self._runs:
            return self._runs[key][1]
        digits = self._easel.digits(font)
        run = None if digits is None else DigitRun(digits)
        self._runs[key] = (ink, run)
        return run

    def state(self, box: QRectF, state: AgentState) -> None:
        """Have the glyph of an agent's state painted."""
        self._states.append((box, state))

    def severity(self, box: QRectF, severity: Severity) -> None:
        """Have the glyph of a severity painted."""
        self._severities.append((box, severity))

    def shape(self, box: QRectF, glyph: str, ink: QColor) -> None:
        """Have another shape painted, in lines of a colour."""
        self._shapes.append((box, glyph, ink))

    def paint(self) -> None:
        """Paint what was collected: fills by layer, glyphs, texts."""
        easel, painter = self._easel, self._easel.painter
        for key in sorted(self._fills):
            colour, boxes = self._fills[key]
            easel.fill_all(boxes, colour)
        for box, state in self._states:
            easel.state(box, state)
        for box, severity in self._severities:
            easel.severity(box, severity)
        for box, glyph, ink in self._shapes:
            paint_page_glyph(painter, easel.at(box), glyph, ink)
        self._paint_texts()

    def _paint_texts(self) -> None:
        easel, painter = self._easel, self._easel.painter
        draw = painter.drawStaticText
        for font, ink, lines in self._texts.values():
            easel.take_pen(font, ink)
            for left, top, text in lines:
                draw(left, top, text)
        for ink, run in self._runs.values():
            if run is not None:
                painter.setPen(ink)
                run.paint(painter)

    def _lines(self, font: QFont, ink: QColor) -> list[tuple[int, int, QStaticText]]:
        key = (id(font), id(ink))
        told = self._texts.get(key)
        if told is None:
            told = self._texts[key] = (font, ink, [])
        return told[2]
