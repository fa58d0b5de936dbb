"""The calls: those of this moment, and those that were lost, with whom to call back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from functools import partial
from typing import Final

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QWidget

from wallboard.domain.call_backs import CallBackNote
from wallboard.domain.clock import Moment
from wallboard.domain.facts import CallRecord, DirectCall
from wallboard.engine.board import CALLS, Board, untold, untold_readings
from wallboard.engine.lost_calls import LostCalls, lost_calls, with_talks
from wallboard.ui.chip_button import ChipButton
from wallboard.ui.easel import flood
from wallboard.ui.filter_field import FilterField
from wallboard.ui.flow import flowed
from wallboard.ui.look import Look
from wallboard.ui.panels.call_back_drawer import CallBackDrawer
from wallboard.ui.panels.call_back_table import KEPT_NAMES, CallBackTable, Kept
from wallboard.ui.panels.call_summary import CallSummary
from wallboard.ui.panels.call_table import STAGE_NAMES, CallTable, Stage
from wallboard.ui.panels.panel import Condition, condition_of
from wallboard.ui.shield import Shielded
from wallboard.ui.words import Phrase, phrase


class View(StrEnum):
    """Which calls are shown."""

    LIVE = "live"
    LOST = "lost"


_VIEWS: Final[dict[View, Phrase]] = {
    View.LIVE: phrase("Calls", "Live calls"),
    View.LOST: phrase("Calls", "Lost calls"),
}
_DRAWER, _FIELD = 360, 200
_BESIDE: Final = 1100
"""From so many pixels on, at 100 %, the drawer stands beside the list; else over its end."""
_AGAIN_S: Final = 10.0
"""The records are asked for at most this often while the page is shown."""
_STORED_S: Final = 1.0
"""When a call has ended, it is in the history by then."""


class CallsPage(Shielded, QWidget):
    """Shows live calls, or lost ones with the list of call-backs.

    Signals:
        records_wanted: The records of the board's window up to this moment are wanted;
            `show_records` or `show_lost` is to follow, or `show_no_records`. It comes again while
            the lost calls are shown and calls come to an end.
        note_wished: A CallBackNote is to be kept in the place of the one on its number.
    """

    explanation_wanted = Signal(str, object)
    records_wanted = Signal()
    note_wished = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        # It paints all of its box: what is under it need not be painted for that.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._look = look
        self._shown: tuple[Board, Moment] | None = None
        self._view = View.LIVE
        self._told: LostCalls | None = None
        self._trouble = ""
        self._asked_s: float | None = None
        # What had ended when it was last asked for; None if that is not in the history for sure.
        self._asked_of: object = None
        self._asked_in: tuple[object, object] | None = None
        self._ended: object = None
        self._ended_s = 0.0
        self._talks_of: object = None
        self._notes: dict[str, CallBackNote] = {}
        self._lost: LostCalls | None = None
        self.live = CallTable(look)
        self.call_backs = CallBackTable(look)
        self.summary = CallSummary(look)
        self.drawer = CallBackDrawer(look, self.call_backs)
        self.field = FilterField(look)
        self.views = {view: ChipButton(look) for view in View}
        self.stages = {stage: ChipButton(look) for stage in Stage}
        self.kept = {kept: ChipButton(look) for kept in Kept}
        self._kept = Kept.OPEN
        for part in (
            *self._chips(),
            self.field,
            self.summary,
            self.live,
            self.call_backs,
            self.drawer,
        ):
            part.setParent(self)
        self.drawer.hide()
        self._connect()
        self._word()
        self.show_view(View.LIVE)

    # What others call

    def show_look(self, look: Look) -> None:
        """Show the page in another look."""
        self._look = look
        for chip in self._chips():
            chip.show_look(look)
        self.field.show_look(look)
        self.live.show_look(look)
        self.call_backs.show_look(look)
        self.summary.show_look(look)
        self.drawer.show_look(look)
        self._word()
        self._arrange()
        self._show_again()
        self.update()

    def show_board(self, board: Board, now: Moment) -> None:
        """Show the board as it is at this moment; only what changed is painted."""
        self._shown = (board, now)
        lost = self._view is View.LOST
        totals = board.site.totals
        ended = (board.window, board.begins, totals.answered, totals.offered, totals.abandoned)
        if ended != self._ended:
            self._ended, self._ended_s = ended, now.steady_s
        if lost:
            self._ask_if_due(board, now)
            self._take_talks(board)
        if self._count(board):
            self._arrange()
        if not lost:
            self.live.show_board(board, now)
            return
        self.call_backs.show_board(board, now)
        self.summary.show_board(board, now)
        if not self.drawer.isHidden():
            self.drawer.show_board(board, now)

    def show_records(
        self, records: Sequence[CallRecord], directs: Iterable[DirectCall] = ()
    ) -> None:
        """Show which of these calls were lost.

        For more than some thousand records `show_lost` is better: what became of them can be
        found out by another thread.

        Args:
            records: Of the window and of all time since.
            directs: Calls without a queue of the same time: one that reached a caller counts.
        """
        self.show_lost(lost_calls(records, directs=directs))

    def show_lost(self, lost: LostCalls) -> None:
        """Show what became of the lost calls."""
        self._told, self._lost, self._talks_of, self._trouble = lost, None, None, ""
        self._show_again()

    def show_notes(self, notes: Mapping[str, CallBackNote]) -> None:
        """Show what is noted on callers; a newer note that is still on its way stays."""
        for number, note in notes.items():
            known = self._notes.get(number)
            if known is None or known.at <= note.at:
                self._notes[number] = note
        self._tell_notes()

    def show_no_records(self, text: str) -> None:
        """Say why the lost calls are not known, and what to do."""
        self._told, self._lost, self._trouble = None, None, text
        self._show_again()

    def forget(self) -> None:
        """Know nothing of the past any more: what comes is another board."""
        self._close_drawer()
        self._forget_lost()
        self._notes = {}
        self._tell_notes()

    def choose(self, key: str) -> None:
        """Choose a live call and bring it to sight."""
        self.show_view(View.LIVE)
        self.live.choose(key)

    def search(self) -> None:
        """Give the keyboard to the field in which a filter is typed."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def show_view(self, view: View) -> None:
        """Show the live calls, or those that were lost."""
        had_focus, self._view = self._list().hasFocus(), view
        lost = view is View.LOST
        self._list().show()
        self.setFocusProxy(self._list())
        if had_focus:
            # Before the other goes: Qt would give the keyboard to whatever comes next.
            self._list().setFocus(Qt.FocusReason.OtherFocusReason)
        self.live.setVisible(not lost)
        self.call_backs.setVisible(lost)
        self.summary.setVisible(lost)
        for chip in self.stages.values():
            chip.setVisible(not lost)
        for chip in self.kept.values():
            chip.setVisible(lost)
        for each, chip in self.views.items():
            chip.setChecked(each is view)
        for kept, chip in self.kept.items():
            chip.setChecked(kept is self._kept)
        if not lost:
            self._close_drawer()
        self._asked_s = None
        self._arrange()
        self._show_again()

    # What Qt calls

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return a size that suits it."""
        return QSize(1180, 700)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Ask anew for what may have changed while the page was not shown."""
        super().showEvent(event)
        self._asked_s = None
        self._show_again()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Arrange the parts."""
        super().resizeEvent(event)
        self._arrange()
        self._show_again()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint what lies between the parts."""
        painter = QPainter(self)
        flood(painter, event.rect(), self._look.theme.base)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Filter with the slash, close the drawer with Esc."""
        if event.text() == "/" and self._look.single_keys:
            self.search()
        elif event.key() == Qt.Key.Key_Escape and not self.drawer.isHidden():
            self._close_drawer()
        else:
            super().keyPressEvent(event)

    # What was wished for

    def _connect(self) -> None:
        for view, chip in self.views.items():
            chip.clicked.connect(partial(self._switch, view))
        for chip in self.stages.values():
            chip.clicked.connect(self._filter_stages)
        for kept, chip in self.kept.items():
            chip.clicked.connect(partial(self._keep, kept))
        self.field.textChanged.connect(self._look_for)
        self.field.left.connect(self._focus_list)
        for part in (self.live, self.call_backs):
            part.sorting_chosen.connect(self._show_sorted)
        self.call_backs.opened.connect(self._open_drawer)
        self.call_backs.chosen.connect(self._choose_in_drawer)
        self.drawer.closed.connect(self._close_drawer)
        self.drawer.note.note_wished.connect(self._note)
        self.drawer.note.left.connect(self._focus_list)

    def _switch(self, view: View, *_: object) -> None:
        self.show_view(view)

    def _filter_stages(self) -> None:
        self.live.show_stages(stage for stage, chip in self.stages.items() if chip.isChecked())
        self._show_again()

    def _keep(self, kept: Kept, *_: object) -> None:
        self._kept = kept
        self.call_backs.show_kept(kept)
        self._close_drawer()
        self.show_view(View.LOST)

    def _look_for(self, typed: str) -> None:
        self.live.look_for(typed)
        self.call_backs.look_for(typed)
        self._show_again()

    def _focus_list(self) -> None:
        self._list().setFocus(Qt.FocusReason.TabFocusReason)

    def _show_sorted(self, *_: object) -> None:
        self._show_again()

    def _open_drawer(self, key: str) -> None:
        self.drawer.show_group(key)
        if self.drawer.isHidden():
            self.drawer.show()
            self.drawer.raise_()
            self._arrange()
        self._show_again()
        self.call_backs.choose(key)

    def _choose_in_drawer(self, key: str) -> None:
        if not self.drawer.isHidden() and key != self.drawer.key:
            self.drawer.show_group(key)
            self._show_again()

    def _note(self, note: CallBackNote) -> None:
        self._notes[note.number] = note
        self.note_wished.emit(note)
        self._tell_notes()

    def _tell_notes(self) -> None:
        self.call_backs.show_notes(dict(self._notes))
        self._show_again()

    def _close_drawer(self) -> None:
        if self.drawer.isHidden():
            return
        had_focus = self.drawer.isAncestorOf(QApplication.focusWidget() or self)
        self.drawer.hide()
        self.drawer.show_group("")
        self._arrange()
        self._show_again()
        if had_focus:
            self._list().setFocus(Qt.FocusReason.OtherFocusReason)

    # Inside

    def _list(self) -> CallTable | CallBackTable:
        return self.live if self._view is View.LIVE else self.call_backs

    def _ask_if_due(self, board: Board, now: Moment) -> None:
        """Ask for the records when the lost calls come to sight, and when calls have ended."""
        window, ended = (board.window, board.begins), self._ended
        if self._asked_in is not None and self._asked_in[0] is not board.window:
            # What is known is of another stretch of time than the one that is written above it.
            self._forget_lost()
        again = self._asked_s is None or self._asked_in != window
        if self._asked_s is not None and now.steady_s - self._asked_s >= _AGAIN_S:
            again = again or ended != self._asked_of or bool(self._trouble)
        if again and self.isVisible():
            stored = now.steady_s - self._ended_s >= _STORED_S
            self._asked_s, self._asked_of = now.steady_s, ended if stored else None
            self._asked_in = window
            self.records_wanted.emit()

    def _forget_lost(self) -> None:
        self._told, self._lost, self._talks_of, self._trouble = None, None, None, ""
        self._asked_s, self._asked_in = None, None

    def _take_talks(self, board: Board) -> None:
        """Count those as reached who talk now: what they are called for may be over."""
        calls = None if board.snapshot is None else board.snapshot.calls
        if self._told is None:
            self.summary.show_lost(None)
            reading = self._look.wording.say(phrase("Agents", "Reading the history …"))
            self.call_backs.show_lost(LostCalls())
            self.call_backs.show_trouble(self._trouble or reading)
        elif self._lost is None or calls is not self._talks_of:
            self._talks_of = calls
            self._lost = with_talks(self._told, () if calls is None else calls.values())
            self.summary.show_lost(self._lost)
            self.call_backs.show_lost(self._lost)
            self.call_backs.show_trouble("")

    def _show_again(self) -> None:
        if self._shown is not None:
            self.show_board(*self._shown)

    def _chips(self) -> tuple[ChipButton, ...]:
        return (*self.views.values(), *self.stages.values(), *self.kept.values())

    def _word(self) -> None:
        wording = self._look.wording
        for view, words in _VIEWS.items():
            self.views[view].show_words(wording.say(words))
        for stage, words in STAGE_NAMES.items():
            self.stages[stage].show_words(wording.say(words), wording.count(None))
        for kept, words in KEPT_NAMES.items():
            self.kept[kept].show_words(wording.say(words), wording.count(None))
        self.field.show_hint(wording.translate("Filter", "Filter"))
        self.setAccessibleName(wording.say(phrase("Calls", "Calls")))
        self.live.setAccessibleName(wording.say(_VIEWS[View.LIVE]))
        self.call_backs.setAccessibleName(wording.say(_VIEWS[View.LOST]))

    def _count(self, board: Board) -> bool:
        """Show how many there are of what; return whether the chips need more room."""
        wording, site = self._look.wording, board.site
        blank, past = board.snapshot is None, condition_of(board) is not Condition.PRESENT
        calls = 0 if board.snapshot is None else len(board.snapshot.calls)
        told = CALLS not in untold(board)
        waiting = None if "waiting" in untold_readings(board) else site.waiting
        talking = calls - site.waiting if told else None
        moved = False
        for stage, number in {Stage.WAITING: waiting, Stage.TALKING: talking}.items():
            text = wording.count(None if blank else number)
            word = wording.say(STAGE_NAMES[stage])
            moved |= self.stages[stage].show_words(word, text, empty=past or not number)
        lost = self._lost
        groups = (None, None) if lost is None else (len(lost.open), len(lost.recovered))
        for kept, count in zip(Kept, groups, strict=True):
            word = wording.say(KEPT_NAMES[kept])
            moved |= self.kept[kept].show_words(word, wording.count(count), empty=not count)
        return moved

    def _arrange(self) -> None:
        look = self._look
        # The frame leaves the edge free.
        gap, above = look.px(6), look.px(2)
        width, height = self.width(), look.px(32)
        field = look.px(_FIELD)
        start = 0 if look.rtl else width - field
        self.field.setGeometry(start, above, field, height)
        room = QRect(field + gap if look.rtl else 0, above, width - field - gap, height)
        chips = [chip for chip in self._chips() if not chip.isHidden()]
        top = max(flowed(chips, room, gap, rtl=look.rtl), above + height) + look.px(8)
        if self._view is View.LOST:
            high = self.summary.height_wanted()
            self.summary.setGeometry(0, top, width, high)
            top += high + look.px(8)
        self._arrange_lists(top)

    def _arrange_lists(self, top: int) -> None:
        look = self._look
        width, height = self.width(), max(0, self.height() - top)
        drawer = 0 if self.drawer.isHidden() else min(width, look.px(_DRAWER))
        beside = drawer if self.width() >= look.px(_BESIDE) else 0
        taken = beside + look.px(8) if beside else 0
        end = 0 if look.rtl else width - drawer
        self.drawer.setGeometry(end, top, drawer, height)
        start = taken if look.rtl else 0
        self.call_backs.setGeometry(start, top, width - taken, height)
        self.live.setGeometry(0, top, width, height)
