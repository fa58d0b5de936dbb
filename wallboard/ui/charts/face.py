"""All that a chart shows, worded and placed: what is the same need not be painted anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from enum import Enum

from wallboard.domain.value import value
from wallboard.ui.charts.scales import Mark, Scale


class Manner(Enum):
    """How a row of points is painted."""

    LINE = "line"
    COLUMN = "column"
    PART = "part"
    """A column within the one before it."""
    BEFORE = "before"
    """A grey line: what it is compared with."""


@value
class Line:
    """A row of points.

    Attributes:
        points: By interval; None is a gap. Of many that move on a Track is the quickest.
        texts: The points in words, with units.
        number: Which of the chart's lines it is: it says its colour and its dashes.
        few: Places whose value rests on too few calls to judge by: dots, not part of the line.
    """

    name: str
    points: Sequence[float | None]
    texts: tuple[str, ...]
    manner: Manner = Manner.LINE
    number: int = 0
    few: frozenset[int] = frozenset()

    @property
    def firm(self) -> Sequence[float | None]:
        """The points of the line itself."""
        if not self.few:
            return self.points
        return tuple(None if at in self.few else point for at, point in enumerate(self.points))


@value
class Gap:
    """Time of which nothing is known; 0 to 1 across the chart."""

    begin: float
    end: float
    text: str = ""


@value
class ChartFace:
    """A chart.

    Attributes:
        places: Where the middle of each interval lies, 0 to 1 across the chart.
        widths: How much of the chart each interval takes; empty if all take the same.
        whole: What each line comes to over the whole time, in words.
        whens: When each interval is, in words.
        span: When the whole is, in words; shown if `says_when`.
        labelled: True if the times are written below.
        events: What happened, placed; it is written above the curves.
        target: A value that is marked by a dashed line. None for none.
        note: Why there is nothing to see; empty if there is.
    """

    title: str
    lines: tuple[Line, ...]
    places: tuple[float, ...]
    scale: Scale
    widths: tuple[float, ...] = ()
    whole: tuple[str, ...] = ()
    whens: tuple[str, ...] = ()
    span: str = ""
    says_when: bool = False
    times: tuple[Mark, ...] = ()
    labelled: bool = False
    gaps: tuple[Gap, ...] = field(default=())
    events: tuple[Mark, ...] = ()
    target: float | None = None
    note: str = ""

    @property
    def head(self) -> tuple[object, ...]:
        """What is written above the chart while nothing is pointed at."""
        names = tuple(line.name for line in self.lines)
        return (self.title, self.whole, self.span, self.says_when, self.note, names)
