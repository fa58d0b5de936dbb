"""What happened: charts of any time that is kept, compared with the same weekdays before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeySequence,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import QWidget

from wallboard.domain.clock import Moment
from wallboard.domain.facts import CallRecord
from wallboard.domain.measuring import LevelProfile
from wallboard.engine.board import Board
from wallboard.engine.explanation import Explanation
from wallboard.engine.past import Asked, IntervalAsked, Past
from wallboard.ui.charts.brush import Brush
from wallboard.ui.charts.history_bar import HistoryBar
from wallboard.ui.charts.history_charts import HistoryCharts, brush_face
from wallboard.ui.charts.history_ranges import Chosen, question_of
from wallboard.ui.charts.history_sets import SETS, Drawn
from wallboard.ui.charts.history_table import Exported, HistoryTable, history_csv
from wallboard.ui.charts.history_words import still_going, summary
from wallboard.ui.dialogs.csv_export import ask_where, write_csv
from wallboard.ui.dialogs.explain_dialog import ExplainDialog
from wallboard.ui.dialogs.explain_opening import Asked as FigureAsked
from wallboard.ui.dialogs.explain_opening import open_explanation
from wallboard.ui.ground import Ground
from wallboard.ui.look import Look
from wallboard.ui.outside_text import shown
from wallboard.ui.plain_label import PlainLabel
from wallboard.ui.shield import Shielded
from wallboard.ui.theme.type import Role
from wallboard.ui.words import phrase

_AGAIN_S: Final = 60.0
"""What reaches into the present is read again after so long."""
_BRUSH: Final = 64


class HistoryPage(Shielded, Ground):
    """Shows the past. It reads nothing itself: it tells what it wants to know.

    Signals:
        past_wanted: An `Asked`; `show_past` is to follow, or `show_no_past`.
        calls_wanted: An `IntervalAsked`; `show_calls` is to follow, or `show_no_calls`.
    """

    explanation_wanted = Signal(str, object)
    past_wanted = Signal(object)
    calls_wanted = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._shown: tuple[Board, Moment] | None = None
        self._asked: Asked | None = None
        self._asked_part = False
        self._asked_s = 0.0
        # All of the chosen time, the part of it that the brush took, and its borders.
        self._whole: Past | None = None
        self._part: Past | None = None
        self._borders: tuple[datetime, datetime] | None = None
        self._trouble = ""
        self._dialog: ExplainDialog | None = None
        self.bar = HistoryBar(look)
        self.summary = PlainLabel()
        self.summary.setWordWrap(True)
        self.charts = HistoryCharts(look)
        self.table = HistoryTable(look)
        self.trouble = PlainLabel()
        self.trouble.setWordWrap(True)
        self.trouble.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.brush = Brush(look)
        for part in (
            self.bar, self.summary, self.charts, self.table, self.trouble, self.brush,
        ):  # fmt: skip
            part.setParent(self)
        self.table.hide()
        self.bar.time_changed.connect(self._choose_time)
        self.bar.view_changed.connect(self._show_view)
        self.bar.export_wanted.connect(self._ask_where)
        self.charts.chosen.connect(self._explain)
        self.brush.brushed.connect(self._take_part)
        keys = QShortcut(QKeySequence("Ctrl+E"), self)
        keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        keys.activated.connect(self._ask_where)
        self._reason = Qt.FocusReason.OtherFocusReason
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._dress()
        self._show_view()

    # What others call

    def show_look(self, look: Look) -> None:
        """Show the page in another look."""
        self._look = look
        self.bar.show_look(look)
        self.charts.show_look(look)
        self.table.show_look(look)
        self.brush.show_look(look)
        self._dress()
        self._show_again()
        self._arrange()
        self.update()

    def show_board(self, board: Board, now: Moment) -> None:
        """Take the board's clock, queues and rules; ask for the past when it is due."""
        self._shown = (board, now)
        queues = [(str(key), shown(board.queues[key].queue.name)) for key in board.order]
        if self.bar.show_queues(sorted(queues, key=lambda each: each[1].casefold())):
            self._arrange()
        if self._due(now) and self.isVisible():
            self._ask()

    def show_past(self, past: Past) -> None:
        """Show what was asked for last; another answer is dropped."""
        if past.asked is not self._asked:
            return
        self._trouble = ""
        if self._asked_part:
            self._part = past
        else:
            self._whole, self._part = past, None
        self._show_again()

    def show_no_past(self, text: str) -> None:
        """Say why the past is not known, and what to do."""
        self._trouble = text
        self._whole = self._part = None
        self._show_again()

    def show_calls(self, told: Explanation, records: Sequence[CallRecord]) -> None:
        """Show the calls of the interval that was asked for last."""
        if self._dialog is not None and self._dialog.key == told.asked:
            self._dialog.show_explanation(told, records)

    def show_no_calls(self, text: str) -> None:
        """Say why they are not known, and what to do."""
        if self._dialog is not None:
            self._dialog.show_trouble(text)

    def forget(self) -> None:
        """Know nothing of the past any more: what comes is another board."""
        self._asked = self._whole = self._part = self._borders = None
        self._trouble = ""
        self._show_again()

    def choose(self, key: str) -> None:
        """Show the past of a queue, by id; one that is not there is ignored."""
        self.bar.choose_queue(key)

    def panes(self) -> tuple[QWidget, ...]:
        """Return the parts between which F6 goes."""
        middle = self.table if self.bar.table.isChecked() else self.charts.first()
        return (self.bar, middle, self.brush)

    # What Qt calls

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return a size that suits it."""
        return QSize(1180, 700)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Ask anew for what may have changed while the page was not shown."""
        super().showEvent(event)
        if self._shown is not None and self._due(self._shown[1]):
            self._ask()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Remember how the keyboard came, for who takes it once there is something to see."""
        self._reason = event.reason()
        super().focusInEvent(event)

    # Asking

    def _due(self, now: Moment) -> bool:
        asked = self._asked
        if asked is None:
            return True
        growing = asked.window.end >= asked.until
        return (growing or bool(self._trouble)) and now.steady_s - self._asked_s >= _AGAIN_S

    def _ask(self) -> None:
        """Ask for the part that is looked at, or for all of the chosen time."""
        if self._shown is None:
            return
        board, now = self._shown
        chosen = Chosen(
            range=self.bar.range_chosen(),
            grain=self.bar.grain_chosen(),
            queue_id=self.bar.queue_chosen(),
            compare=self.bar.compare.isChecked(),
            part=self._borders,
            jalali=self._look.wording.by_jalali,
        )
        self._asked = question_of(chosen, board, now)
        self._asked_part, self._asked_s = self._borders is not None, now.steady_s
        self.past_wanted.emit(self._asked)

    def _choose_time(self) -> None:
        self._whole = self._part = self._borders = None
        self._ask()
        self._show_again()

    def _take_part(self, begin: int, end: int) -> None:
        whole = self._whole
        if whole is None or not whole.rows:
            return
        if begin == end:
            self._part = self._borders = None
        else:
            last = whole.rows[min(end, len(whole.rows)) - 1]
            self._borders = (whole.rows[begin].interval.begin, last.interval.end)
        if self._borders is not None or whole.asked is not self._asked:
            self._ask()
        self._show_again()

    # Showing

    def _past(self) -> Past | None:
        return self._part or self._whole

    def _goal(self, board: Board) -> float:
        queue_id = self.bar.queue_chosen()
        return board.site.goal if queue_id is None else board.measuring.rule(queue_id).goal

    def _level(self, board: Board) -> LevelProfile | None:
        queue_id = self.bar.queue_chosen()
        return board.site.level if queue_id is None else board.measuring.rule(queue_id).level

    def _show_view(self) -> None:
        table = self.bar.table.isChecked()
        for chip in self.bar.sets.values():
            chip.setEnabled(not table)
        self._show_again()

    def _show_again(self) -> None:
        had = next((part for part in self._takers() if part.hasFocus()), None)
        past, table = self._past(), self.bar.table.isChecked()
        self.charts.setVisible(past is not None and not table)
        self.table.setVisible(past is not None and table)
        self.trouble.setVisible(past is None)
        self.bar.export.setEnabled(past is not None)
        if past is not None and self._shown is not None:
            self._show_known(past, self._shown[0])
        else:
            reading = phrase("History", "Reading the history …")
            self.trouble.show_text(self._trouble or self._look.wording.say(reading))
            self.summary.show_text("")
        self._give_keyboard(had)

    def _show_known(self, past: Past, board: Board) -> None:
        wording, zone, level = self._look.wording, board.zone, self._level(board)
        told = summary(past, level, zone, wording, going=still_going(past, board))
        self.summary.show_text(told)
        self.charts.setAccessibleDescription(told)
        if self.bar.table.isChecked():
            self.table.show_past(past, level, zone)
        else:
            goal = self._goal(board)
            drawn = Drawn(past=past, level=level, zone=zone, wording=wording, goal=goal)
            self.charts.show_past(drawn, self.bar.sets_chosen())
        if self._whole is not None:
            self.brush.show_face(brush_face(self._whole, self._part, zone, wording))
        self._arrange()

    def _takers(self) -> tuple[QWidget, ...]:
        return (self, self.table, *self.charts.charts.values())

    def _give_keyboard(self, had: QWidget | None) -> None:
        """Say what takes the keyboard, no button: a calm board has no ring; give it on if need be.

        Args:
            had: Which part of the page had it. Qt would give the keyboard of what is hidden to
                whatever comes next.
        """
        there: QWidget | None = None
        if self._past() is not None:
            there = self.table if self.bar.table.isChecked() else self.charts.first()
        if had is not None and (had is self or not had.isVisible()):
            (there or self).setFocus(self._reason)
        if self.focusProxy() is not there:
            self.setFocusProxy(there)  # type: ignore[arg-type] # None takes it back

    def _explain(self, key: str, at: int) -> None:
        past = self._past()
        chart = next(each for each in SETS if each.key == key)
        if past is None or self._shown is None or chart.explained is None:
            return
        board, now = self._shown
        queue_id = past.asked.queue_id
        if self._dialog is not None:
            self._dialog.close()
        asked = FigureAsked(board=board, now=now, key=chart.explained, queue_id=queue_id)
        self._dialog = open_explanation(asked, self._look, self)
        self._dialog.finished.connect(self._forget_dialog)
        profiles = tuple(standing.level for standing in board.queues.values())
        if queue_id is not None:
            profiles = (board.measuring.rule(queue_id).level,)
        self.calls_wanted.emit(
            IntervalAsked(
                key=chart.explained, row=past.rows[at], asked=past.asked, profiles=profiles
            )
        )

    def _forget_dialog(self) -> None:
        self._dialog = None

    # Export

    def _ask_where(self) -> None:
        past = self._past()
        if past is None or self._shown is None:
            return
        day = past.asked.window.begin.astimezone(self._shown[0].zone).date()
        title = self._look.wording.translate("History", "Export …")
        ask_where(self, title, f"history-{day.isoformat()}.csv", self.export_to)

    def export_to(self, path: str) -> None:
        """Write the table to a file; say above the charts how that went."""
        past = self._past()
        if past is None or self._shown is None:
            return
        board, wording = self._shown[0], self._look.wording
        queue_id = self.bar.queue_chosen()
        standing = None if queue_id is None else board.queues.get(queue_id)
        queue = queue_id or "" if standing is None else standing.queue.name
        told = Exported(level=self._level(board), zone=board.zone, queue=queue)
        self.summary.show_text(write_csv(path, history_csv(past, told, wording), wording))

    # Inside

    def _dress(self) -> None:
        look = self._look
        for label, ink in ((self.summary, look.theme.text), (self.trouble, look.theme.text2)):
            label.setFont(look.font(Role.BODY))
            palette = label.palette()
            palette.setColor(label.foregroundRole(), ink)
            label.setPalette(palette)
        self.setAccessibleName(look.wording.say(phrase("Page", "History")))

    def _arrange(self) -> None:
        look = self._look
        gap, width = look.px(6), self.width()
        top = look.px(2)
        high = self.bar.arrange(width)
        self.bar.setGeometry(0, top, width, high)
        top += high + gap
        lines = max(look.px(20), self.summary.heightForWidth(width - look.px(8)))
        self.summary.setGeometry(look.px(4), top, width - look.px(8), lines)
        top += lines + gap
        brush = look.px(_BRUSH)
        foot = self.height() - brush
        room = max(0, foot - gap - top)
        for part in (self.charts, self.table, self.trouble):
            part.setGeometry(0, top, width, room)
        self.brush.setGeometry(0, foot, width, brush)
