"""What every part of a wall's picture is painted with: an easel, a plan, and sizes that fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage

from wallboard.domain.severity import Severity
from wallboard.domain.snapshot import AgentState
from wallboard.ui.easel import NO_PEN, Easel, Place, Texts
from wallboard.ui.glyphs import paint_state
from wallboard.ui.kiosk.plan import FIGURE_WEIGHT, Plan
from wallboard.ui.theme.tokens import Theme
from wallboard.ui.theme.type import font_of


@dataclass(slots=True)
class Stage:
    """An easel and a plan. Boxes are given as if the start were on the left.

    Attributes:
        faded: True if the figures are of the past.
        logo: Of the header. None for none.
    """

    easel: Easel
    plan: Plan
    texts: Texts
    faded: bool = False
    logo: QImage | None = None

    @property
    def theme(self) -> Theme:
        """The colours."""
        return self.easel.theme

    @property
    def ink(self) -> QColor:
        """The colour of figures."""
        return self.theme.text2 if self.faded else self.theme.text

    def card(self, box: QRectF) -> None:
        """Paint the surface of a part, with a frame where the theme has one."""
        painter, theme, rounding = self.easel.painter, self.theme, self.plan.rounding
        if theme.frame_width:
            painter.setPen(theme.line)
        else:
            painter.setPen(NO_PEN)
        painter.setBrush(theme.surface)
        painter.drawRoundedRect(self.easel.at(box).adjusted(0.5, 0.5, -0.5, -0.5), *(rounding,) * 2)

    def plate(self, box: QRectF, colour: QColor) -> None:
        """Fill a box with round corners."""
        painter, rounding = self.easel.painter, self.plan.rounding
        painter.setPen(NO_PEN)
        painter.setBrush(colour)
        painter.drawRoundedRect(self.easel.at(box), rounding, rounding)

    def label(
        self, box: QRectF, texts: Sequence[str], colour: QColor, place: Place = Place.START
    ) -> float:
        """Write the first of the texts that has room, or the last one cut; return how wide."""
        font = self.plan.small()
        for text in texts:
            if self.texts.width(text, font) <= box.width():
                return self.easel.write(box, text, font, colour, place)
        return self.easel.write(box, texts[-1], font, colour, place) if texts else 0.0

    def figure(
        self,
        box: QRectF,
        text: str,
        most_px: float,
        colour: QColor | None = None,
        place: Place = Place.START,
    ) -> float:
        """Write a figure as large as the box allows, never cut; return how wide it is."""
        font = self.fitting(text, min(most_px, box.height() / 1.05), box.width())
        return self.easel.write(box, text, font, colour or self.ink, place)

    def fitting(self, text: str, most_px: float, room: float) -> QFont:
        """Return the font of a figure, smaller than wished if the text has not the room."""
        font = font_of(int(most_px), FIGURE_WEIGHT)
        width = self.texts.width(text, font)
        if width <= room:
            return font
        return font_of(int(most_px * room / width), FIGURE_WEIGHT)

    def state(self, box: QRectF, state: AgentState) -> None:
        """Paint the shape of an agent's state; its lines stay within the box."""
        inset = box.width() / 14 + 0.7
        box = self.easel.at(box).adjusted(inset, inset, -inset, -inset)
        paint_state(self.easel.painter, box, state, self.theme)

    def mark(self, box: QRectF, severity: Severity) -> None:
        """Paint the edge at the start of what is not calm."""
        if severity is Severity.CALM or self.faded:
            return
        critical = severity is Severity.CRITICAL
        colour = self.theme.critical if critical else self.theme.warning_edge
        width = self.plan.px(0.8)
        self.plate(QRectF(box.x(), box.y(), width, box.height()), colour)

    def dashed(self, box: QRectF) -> None:
        """Paint the frame of what is no longer fresh."""
        painter = self.easel.painter
        pen = painter.pen()
        pen.setStyle(Qt.PenStyle.DashLine)
        pen.setColor(self.theme.text2)
        pen.setWidthF(max(1.0, self.plan.px(0.12)))
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        inset = self.plan.px(0.1)
        box = self.easel.at(box).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(box, self.plan.rounding, self.plan.rounding)
