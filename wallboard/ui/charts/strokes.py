"""How the lines of a chart are told apart: colours, widths and dashes."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from wallboard.ui.charts.curve import DASHES, Stroke
from wallboard.ui.charts.face import Line, Manner
from wallboard.ui.look import Look

_WIDTH = 2.0
_THIN = 1.4


def colour_of(look: Look, line: Line) -> QColor:
    """Return the colour of a line or of columns."""
    theme = look.theme
    match line.manner:
        case Manner.COLUMN:
            return theme.column
        case Manner.PART:
            return theme.column_part
        case Manner.BEFORE:
            return theme.muted
        case _:
            return theme.series[line.number % len(theme.series)]


def stroke_of(look: Look, line: Line, *, thin: bool = False) -> Stroke:
    """Return how a line is painted; what others are compared with is thin and dotted.

    Args:
        thin: True for one pixel with steps, the quickest there is.
    """
    before = line.manner is Manner.BEFORE
    return Stroke(
        colour=colour_of(look, line),
        width=1.0 if thin else (_THIN if before else _WIDTH) * look.scale,
        dash=Qt.PenStyle.DotLine if before else DASHES[line.number % len(DASHES)],
        smooth=not thin,
    )


def halo_of(look: Look, stroke: Stroke) -> Stroke:
    """Return what is painted beneath a line that crosses columns, which may be as light as it."""
    return Stroke(colour=look.theme.surface, width=stroke.width + 2.5 * look.scale)
