"""The charts of the history, one below the other, with one pointer through all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import tzinfo
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from wallboard.engine.past import Past
from wallboard.ui.charts.brush import BrushFace
from wallboard.ui.charts.chart import LineChart
from wallboard.ui.charts.history_sets import (
    SETS,
    Drawn,
    chart_face,
    edges_of,
    gaps_of,
    window_words,
)
from wallboard.ui.charts.scales import Mark, time_marks
from wallboard.ui.easel import flood
from wallboard.ui.look import Look
from wallboard.ui.wording import Wording

_LABEL = 86
_TIMES = 20


class HistoryCharts(QWidget):
    """Shows the chosen charts as high as there is room.

    Signals:
        chosen: The key of a chart, and the place of the interval that is to be explained.
    """

    chosen = Signal(str, int)

    def __init__(self, look: Look) -> None:
        super().__init__()
        # It paints all of its box: what is under it need not be painted for that.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._look = look
        self._keys: tuple[str, ...] = ()
        self._drawn: Drawn | None = None
        self.charts = {chart.key: LineChart(look) for chart in SETS}
        for key, chart in self.charts.items():
            chart.setParent(self)
            chart.hide()
            chart.pointed.connect(partial(self._point, key))
            chart.chosen.connect(partial(self._choose, key))

    def show_look(self, look: Look) -> None:
        """Show the charts in another look; a past must be shown after this."""
        self._look = look
        for chart in self.charts.values():
            chart.show_look(look)

    def show_past(self, drawn: Drawn, keys: Sequence[str]) -> None:
        """Show what is known of the past in the charts of these keys."""
        self._drawn = drawn
        if tuple(keys) != self._keys:
            self._keys = tuple(keys)
            for key, chart in self.charts.items():
                chart.setVisible(key in keys)
            self._arrange()
        self._show()

    def first(self) -> LineChart:
        """Return the uppermost chart."""
        return self.charts[self._keys[0] if self._keys else SETS[0].key]

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Arrange the charts."""
        super().resizeEvent(event)
        self._arrange()
        self._show()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint what lies between the charts."""
        painter = QPainter(self)
        flood(painter, event.rect(), self._look.theme.base)
        painter.end()

    def _show(self) -> None:
        drawn = self._drawn
        if drawn is None:
            return
        most = max(2, int(self.width() / self._look.px(_LABEL)))
        wording = self._look.wording
        times = marks_of(drawn.past, drawn.zone, wording, most)
        drawn = replace(drawn, wording=wording, times=times)
        last = len(self._keys) - 1
        shown = [chart for chart in SETS if chart.key in self._keys]
        for at, chart in enumerate(shown):
            told = replace(drawn, says_when=at == 0, labelled=at == last)
            self.charts[chart.key].show_face(chart_face(chart, told))

    def _arrange(self) -> None:
        """Share the height evenly; the lowest chart has the times as well."""
        if not self._keys:
            return
        gap, times = self._look.px(6), self._look.px(_TIMES)
        count = len(self._keys)
        high = (self.height() - gap * (count - 1) - times) / count
        top = 0.0
        for at, key in enumerate(self._keys):
            end = self.height() if at == count - 1 else top + high
            self.charts[key].setGeometry(0, round(top), self.width(), round(end) - round(top))
            top = end + gap

    def _point(self, key: str, at: int) -> None:
        for other, chart in self.charts.items():
            if other != key and not chart.isHidden():
                chart.point(at)

    def _choose(self, key: str, at: int) -> None:
        self.chosen.emit(key, at)


def marks_of(past: Past, zone: tzinfo, wording: Wording, most: int) -> tuple[Mark, ...]:
    """Return the times below a chart of the past."""
    window = past.asked.window
    return time_marks(window.begin, window.end, zone=zone, wording=wording, most=most)


def brush_face(past: Past, part: Past | None, zone: tzinfo, wording: Wording) -> BrushFace:
    """Return the small chart of all of a time, with the part of it that is looked at."""
    offered = [row.totals.offered if row.known else None for row in past.rows]
    most = max((count for count in offered if count is not None), default=0) or 1
    chosen = None
    shown = past
    if part is not None:
        shown, count = part, len(past.rows)
        begin, end = part.asked.window.begin, part.asked.window.end
        places = [row.interval.begin for row in past.rows]
        first = sum(place < begin for place in places)
        chosen = (min(first, count), max(first + 1, sum(place < end for place in places)))
    said = window_words(shown.asked.window, zone, wording)
    told = wording.translate(
        "History",
        "{window}. The arrow keys move what is chosen, with Shift its end, with Ctrl its begin;"
        " Esc takes all.",
    )
    return BrushFace(
        name=wording.translate("History", "Choose a part of this time"),
        edges=edges_of(past),
        heights=tuple(None if count is None else count / most for count in offered),
        gaps=gaps_of(past, zone, wording, named=False),
        times=marks_of(past, zone, wording, 12),
        chosen=chosen,
        said=told.format(window=said),
    )
