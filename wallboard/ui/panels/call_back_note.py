"""What is noted on one caller who is to be called back: a line of text, and by when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from wallboard.domain.call_backs import LONGEST_NOTE, CallBackNote
from wallboard.domain.clock import Moment
from wallboard.ui.easel import flood
from wallboard.ui.filter_field import FilterField
from wallboard.ui.look import Look
from wallboard.ui.quiet_button import QuietButton
from wallboard.ui.words import phrase

UNDO_S: Final = 10.0
"""So long what was noted last can be taken back by one press."""
DUE_IN: Final = {
    timedelta(minutes=15): phrase("Calls", "In 15 min"),
    timedelta(hours=1): phrase("Calls", "In 1 h"),
    timedelta(hours=3): phrase("Calls", "In 3 h"),
    None: phrase("Calls", "As usual"),
}
"""By when to call back, from now on; None takes a time back that was noted."""
_LINE: Final = 32


class NoteField(FilterField):
    """A line of text that is kept at Enter, or when it is left; Esc takes back what was typed."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, key="")
        self.setMaxLength(LONGEST_NOTE)
        self.kept = ""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Keep what was typed, or take it back."""
        if event.key() == Qt.Key.Key_Escape:
            if self.text() != self.kept:
                self.setText(self.kept)
            else:
                # What is kept is no filter to be emptied.
                self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.editingFinished.emit()
        else:
            super().keyPressEvent(event)


class NoteEditor(QWidget):
    """Shows the note on a caller, and tells what is to be noted instead.

    Signals:
        note_wished: A CallBackNote that takes the place of the one that is shown.
        left: The keyboard is to go back to the list.
    """

    note_wished = Signal(object)
    left = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._note: CallBackNote | None = None
        self._number = ""
        self._then: datetime | None = None
        self._now_s = 0.0
        self._before: CallBackNote | None = None
        self._undo_until_s = float("-inf")
        self.field = NoteField(look)
        self.due = {each: QuietButton(look) for each in DUE_IN}
        self.undo = QuietButton(look)
        for part in (self.field, *self.due.values(), self.undo):
            part.setParent(self)
        for each, button in self.due.items():
            button.clicked.connect(partial(self._put_off, each))
        self.undo.clicked.connect(self._take_back)
        self.field.editingFinished.connect(self._keep_text)
        self.field.left.connect(self.left)
        self.undo.hide()
        self.show_look(look)

    def show_look(self, look: Look) -> None:
        """Show the editor in another look."""
        self._look = look
        say = look.wording.say
        self.field.show_look(look)
        self.field.show_hint(say(phrase("Calls", "Note on this caller")))
        for each, button in self.due.items():
            button.show_look(look)
            button.show_text(say(DUE_IN[each]))
            wanted = say(phrase("Calls", "Call back: {time}"), time=say(DUE_IN[each]))
            button.setAccessibleName(wanted)
        self.undo.show_look(look)
        self.undo.show_text(say(phrase("Calls", "Undo")))
        self._arrange()

    def show_note(
        self, number: str, note: CallBackNote | None, then: datetime, now: Moment
    ) -> None:
        """Show what is noted on a number; what is being typed is left alone.

        Args:
            number: As it is in notes.
            note: None for nothing.
            then: The source's time.
            now: This moment.
        """
        other = number != self._number
        self._number, self._note, self._then, self._now_s = number, note, then, now.steady_s
        text = "" if note is None else note.text
        if other:
            self._undo_until_s = float("-inf")
        if other or self.field.text() == self.field.kept:
            self.field.kept = text
            if self.field.text() != text:
                self.field.setText(text)
        undoes = now.steady_s < self._undo_until_s
        if undoes is self.undo.isHidden():
            self._show_undo(shown=undoes)

    def height_wanted(self) -> int:
        """Return how high it is."""
        return 2 * self._look.px(_LINE) + self._look.px(6)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Arrange the parts."""
        super().resizeEvent(event)
        self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the ground."""
        painter = QPainter(self)
        flood(painter, event.rect(), self._look.theme.surface)
        painter.end()

    def _keep_text(self) -> None:
        text = self.field.text().strip()
        if text != self.field.kept:
            self._wish(lambda note: replace(note, text=text))

    def _put_off(self, by: timedelta | None, *_: object) -> None:
        then = self._then
        if then is not None:
            due_at = None if by is None else then + by
            self._wish(lambda note: replace(note, due_at=due_at))

    def _take_back(self, *_: object) -> None:
        before = self._before
        if before is not None and before.number == self._number:
            self._wish(lambda note: replace(before, at=note.at))
        self._undo_until_s = float("-inf")
        self._show_undo(shown=False)

    def _wish(self, change: Callable[[CallBackNote], CallBackNote]) -> None:
        """Tell what is to be noted: the note as it is, changed, and of this moment."""
        if self._then is None or not self._number:
            return
        self._before = self._note or CallBackNote(number=self._number, at=self._then)
        note = change(replace(self._before, at=self._then))
        self.field.kept = note.text
        self.field.setText(note.text)
        self._undo_until_s = self._now_s + UNDO_S
        self._show_undo(shown=True)
        self.note_wished.emit(note)

    def _show_undo(self, *, shown: bool) -> None:
        if not shown and self.undo.hasFocus():
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.undo.setVisible(shown)
        self._arrange()

    def _arrange(self) -> None:
        look, gap = self._look, self._look.px(6)
        high = look.px(_LINE)
        undo = self.undo.sizeHint().width() + gap if not self.undo.isHidden() else 0
        self._place(self.field, 0, 0, self.width() - undo)
        self._place(self.undo, self.width() - undo + gap, 0, max(0, undo - gap))
        start = 0
        for button in self.due.values():
            wide = button.sizeHint().width()
            self._place(button, start, high + gap, wide)
            start += wide + gap

    def _place(self, part: QWidget, start: int, top: int, width: int) -> None:
        """Put a part at a place counted from the start of the line."""
        left = self.width() - start - width if self._look.rtl else start
        part.setGeometry(QRect(left, top, width, self._look.px(_LINE)))
