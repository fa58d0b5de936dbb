"""What of the past is looked at: the time, the queue, the interval, the charts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from wallboard.domain.snapshot import QueueId
from wallboard.engine.past import Grain
from wallboard.ui.charts.history_ranges import GRAIN_NAMES, RANGE_NAMES, Range
from wallboard.ui.charts.history_sets import SETS, USUAL
from wallboard.ui.chip_button import ChipButton
from wallboard.ui.easel import flood
from wallboard.ui.flow import flowed, width_of
from wallboard.ui.look import Look
from wallboard.ui.panels.choice_button import ChoiceButton
from wallboard.ui.quiet_button import QuietButton


class HistoryBar(QWidget):
    """Holds the choices.

    Signals:
        time_changed: Another time, queue or interval is wanted, or a comparison.
        view_changed: Other charts are wanted, or the table.
        export_wanted: The table is wanted as a file.
    """

    time_changed = Signal()
    view_changed = Signal()
    export_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        # It paints all of its box: what is under it need not be painted for that.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._look = look
        self._queues: tuple[tuple[str, str], ...] = ()
        self._range = Range.TODAY
        self._grain = Grain.AUTO
        self._queue = ""
        self.ranges = {each: ChipButton(look) for each in Range}
        self.queue = ChoiceButton(look)
        self.grain = ChoiceButton(look)
        self.compare = ChipButton(look)
        self.sets = {each.key: ChipButton(look) for each in SETS}
        self.table = ChipButton(look)
        self.export = QuietButton(look)
        for part in self._parts():
            part.setParent(self)
        for each, chip in self.ranges.items():
            chip.clicked.connect(partial(self._choose_range, each))
        self.queue.chosen.connect(self._choose_queue)
        self.grain.chosen.connect(self._choose_grain)
        self.compare.clicked.connect(self.time_changed)
        for key, chip in self.sets.items():
            chip.setChecked(key in USUAL)
            chip.clicked.connect(partial(self._choose_set, key))
        self.table.clicked.connect(self.view_changed)
        self.export.clicked.connect(self.export_wanted)
        self.setFocusProxy(self.ranges[Range.TODAY])
        self._word()

    # What is chosen

    def range_chosen(self) -> Range:
        """Return the time that is chosen."""
        return self._range

    def grain_chosen(self) -> Grain:
        """Return the interval that is chosen."""
        return self._grain

    def queue_chosen(self) -> QueueId | None:
        """Return the queue that is chosen. None for all."""
        return QueueId(self._queue) if self._queue else None

    def sets_chosen(self) -> tuple[str, ...]:
        """Return the keys of the charts that are chosen, in their order; at least one."""
        return tuple(key for key, chip in self.sets.items() if chip.isChecked())

    # What others call

    def show_look(self, look: Look) -> None:
        """Show the choices in another look."""
        self._look = look
        for part in self._parts():
            part.show_look(look)
        self._word()
        self.update()

    def show_queues(self, queues: Sequence[tuple[str, str]]) -> bool:
        """Offer these queues, by id and name; return whether another arrangement is needed."""
        told = tuple(queues)
        if told == self._queues:
            return False
        self._queues = told
        return self._word_queue()

    def choose_queue(self, queue_id: str) -> None:
        """Choose a queue; one that is not offered is ignored."""
        if queue_id != self._queue and queue_id in dict(self._queues):
            self._choose_queue(queue_id)

    def arrange(self, width: int) -> int:
        """Put the parts in their places; return how high all of them are."""
        look, gap = self._look, self._look.px(6)
        above = [*self.ranges.values(), self.queue, self.grain, self.compare]
        top = flowed(above, QRect(0, 0, width, 0), gap, rtl=look.rtl) + gap
        end = (self.table, self.export)
        taken = width_of(end, gap)
        start = taken + gap if look.rtl else 0
        room = QRect(start, top, width - taken - gap, 0)
        bottom = flowed([*self.sets.values()], room, gap, rtl=look.rtl)
        beside = QRect(0 if look.rtl else width - taken, top, taken + 1, 0)
        return max(bottom, flowed(end, beside, gap, rtl=look.rtl))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint what lies between the parts."""
        painter = QPainter(self)
        flood(painter, event.rect(), self._look.theme.base)
        painter.end()

    # Inside

    def _parts(self) -> tuple[ChipButton | ChoiceButton | QuietButton, ...]:
        return (
            *self.ranges.values(),
            self.queue,
            self.grain,
            self.compare,
            *self.sets.values(),
            self.table,
            self.export,
        )

    def _word(self) -> None:
        wording = self._look.wording
        for each, chip in self.ranges.items():
            chip.show_words(wording.say(RANGE_NAMES[each]))
            chip.setChecked(each is self._range)
        for chart in SETS:
            self.sets[chart.key].show_words(wording.say(chart.name))
        self.compare.show_words(wording.translate("History", "Compare with earlier"))
        self.table.show_words(wording.translate("History", "As a table"))
        self.export.show_text(wording.translate("History", "Export …"))
        self.export.setToolTip("Ctrl+E")
        self.grain.show_choices(
            wording.translate("History", "Interval"),
            [(str(each), self._grain_words(each)) for each in Grain],
            str(self._grain),
        )
        self._word_queue()
        self.setAccessibleName(wording.translate("History", "What is shown"))

    def _grain_words(self, grain: Grain) -> str:
        wording = self._look.wording
        name = wording.say(GRAIN_NAMES[grain])
        return wording.translate("History", "Interval: {name}").format(name=name)

    def _word_queue(self) -> bool:
        wording = self._look.wording
        if self._queue and self._queue not in dict(self._queues):
            self._queues = (*self._queues, (self._queue, self._queue))
        every = ("", wording.translate("History", "All queues"))
        name = wording.translate("History", "Queue")
        return self.queue.show_choices(name, (every, *self._queues), self._queue)

    def _choose_range(self, chosen: Range, *_: object) -> None:
        self._range = chosen
        for each, chip in self.ranges.items():
            chip.setChecked(each is chosen)
        self.time_changed.emit()

    def _choose_queue(self, queue_id: str) -> None:
        self._queue = queue_id
        self._word_queue()
        self.time_changed.emit()

    def _choose_grain(self, grain: str) -> None:
        self._grain = Grain(grain)
        self._word()
        self.time_changed.emit()

    def _choose_set(self, key: str, *_: object) -> None:
        if not self.sets_chosen():
            self.sets[key].setChecked(True)  # one of them stays
        self.view_changed.emit()
