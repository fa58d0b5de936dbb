"""What can be done with the alert that was chosen: buttons, a form for a reason, and an undo."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from wallboard.domain.alert import AlertWish, Deed, SubjectKind
from wallboard.engine.alert_board import ShownAlert
from wallboard.ui.alert_words import rule_name, subject_text
from wallboard.ui.chip_button import ChipButton
from wallboard.ui.easel import flood
from wallboard.ui.filter_field import FilterField
from wallboard.ui.look import Look
from wallboard.ui.outside_text import isolated
from wallboard.ui.plain_label import PlainLabel
from wallboard.ui.quiet_button import QuietButton
from wallboard.ui.theme.type import Role
from wallboard.ui.words import Phrase, phrase

UNDO_MS: Final = 5000
_LENGTHS: Final = (
    timedelta(minutes=30),
    timedelta(hours=1),
    timedelta(hours=4),
    timedelta(hours=8),
)
_DONE: Final = {
    Deed.ACKNOWLEDGED: phrase("Alert", "Acknowledged: {alert}"),
    Deed.SHELVED: phrase("Alert", "Shelved: {alert}"),
}
_OPENS: Final = (SubjectKind.QUEUE, SubjectKind.AGENT)


class AlertActions(QWidget):
    """Offers what can be done with one alert.

    Signals:
        wished: An AlertWish; who wishes it is left to others to say.
        open_wanted: The kind of the subject that is to be looked at, and its id.
        left: The keyboard is to go back to the list.
        resized: Another height is needed.
    """

    wished = Signal(object)
    open_wanted = Signal(str, str)
    left = Signal()
    resized = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._row: ShownAlert | None = None
        self._asked: tuple[ShownAlert, Deed] | None = None
        self._undo: AlertWish | None = None
        self._length = _LENGTHS[1]
        self._note = PlainLabel()
        self._undo_button = QuietButton(look)
        self._take, self._back = QuietButton(look), QuietButton(look)
        self._shelve, self._open, self._drop = (QuietButton(look) for _ in range(3))
        self._reason = FilterField(look, key="")
        self._chips = tuple(ChipButton(look) for _ in _LENGTHS)
        self._go, self._cancel = QuietButton(look), QuietButton(look)
        self._undo_row = _row(self._note, self._undo_button, stretch=0)
        self._buttons = _row(
            self._take, self._back, self._shelve, self._open, self._drop, stretch=None
        )
        self._chip_row = _row(*self._chips, stretch=None)
        self._ends = _row(self._go, self._cancel, stretch=None)
        layout = QVBoxLayout(self)
        for part in (self._undo_row, self._buttons, self._reason, self._chip_row, self._ends):
            layout.addWidget(part)
        self._note.setWordWrap(True)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._forget_undo)
        self._undo_button.clicked.connect(self._take_back)
        self._take.clicked.connect(lambda: self.do(Deed.ACKNOWLEDGED))
        self._back.clicked.connect(lambda: self.do(Deed.LET_GO))
        self._drop.clicked.connect(lambda: self.do(Deed.DISMISSED))
        self._shelve.clicked.connect(lambda: self.ask(Deed.SHELVED))
        self._open.clicked.connect(self._ask_open)
        self._go.clicked.connect(self._finish)
        self._cancel.clicked.connect(self._give_up)
        self._reason.installEventFilter(self)
        for chip, length in zip(self._chips, _LENGTHS, strict=True):
            chip.clicked.connect(lambda _=False, length=length: self._choose(length))
        self.show_look(look)

    def show_look(self, look: Look) -> None:
        """Show everything in another look."""
        self._look = look
        for button in (
            self._undo_button, self._take, self._back, self._shelve, self._open, self._drop,
            self._go, self._cancel,
        ):  # fmt: skip
            button.show_look(look)
        for chip in self._chips:
            chip.show_look(look)
        self._reason.show_look(look)
        self._reason.setFixedHeight(look.px(34))
        self._note.setFont(look.font(Role.LABEL))
        self._note.setPalette(look.palette())
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(*[look.px(8)] * 4)
            layout.setSpacing(look.px(6))
        translate = look.wording.translate
        self._undo_button.show_text(translate("Alert", "Undo"))
        self._take.show_text(translate("Alert", "Acknowledge"))
        self._back.show_text(translate("Alert", "Give back"))
        self._shelve.show_text(translate("Alert", "Shelve …"))
        self._open.show_text(translate("Alert", "Show"))
        self._drop.show_text(translate("Alert", "Dismiss"))
        self._cancel.show_text(translate("Alert", "Cancel"))
        for button, keys in ((self._take, "A"), (self._shelve, "H")):
            button.setToolTip(f"{button.text()} · {keys}" if look.single_keys else button.text())
        for chip, length in zip(self._chips, _LENGTHS, strict=True):
            chip.show_words(look.wording.duration_words(length))
        self._lay_out()

    def show_row(self, row: ShownAlert | None) -> None:
        """Offer what can be done with this alert. None if none was chosen."""
        before, self._row = self._row, row
        asked = self._asked
        gone = asked is not None and (row is None or row.alert.key != asked[0].alert.key)
        if gone:
            self._asked = None
            if self._reason.hasFocus():
                # Else Qt gives the keyboard to the list, and what is still being typed there does
                # things to another alert.
                self.setFocus(Qt.FocusReason.OtherFocusReason)
        if gone or (row is None) is not (before is None) or _offers(row) != _offers(before):
            self._lay_out()

    def do(self, deed: Deed, reason: str = "", lasting: timedelta | None = None) -> None:
        """Wish for something to be done with the alert that was chosen."""
        row = self._row
        if row is None:
            return
        wish = AlertWish(deed=deed, key=row.alert.key, reason=reason, lasting=lasting)
        self._asked = None
        said = _DONE.get(deed)
        if said is not None:
            self._undo = AlertWish(deed=Deed.LET_GO, key=row.alert.key)
            self._note.show_text(self._look.wording.say(said, alert=self._called(row)))
            self._timer.start(UNDO_MS)
        self._lay_out()
        self.wished.emit(wish)

    def ask(self, deed: Deed) -> None:
        """Ask for a reason, and to shelve for how long."""
        if self._row is None:
            return
        self._asked = (self._row, deed)
        self._reason.clear()
        self._lay_out()
        self._reason.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def asking(self) -> bool:
        """Return whether a form is open."""
        return self._asked is not None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Let Enter finish the form and Esc close it."""
        key = event.key() if isinstance(event, QKeyEvent) else None
        pressed = event.type() is QEvent.Type.KeyPress and key in _ENDS
        if watched is self._reason and pressed:
            if key == Qt.Key.Key_Escape:
                self._give_up()
            else:
                self._finish()
            return True
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the ground."""
        painter = QPainter(self)
        flood(painter, event.rect(), self._look.theme.surface)
        painter.end()

    def _called(self, row: ShownAlert) -> str:
        wording = self._look.wording
        name, subject = rule_name(row.rule.name, wording), subject_text(row)
        return f"{name} · {isolated(subject)}" if subject else name

    def _lay_out(self) -> None:
        """Show what belongs to what is going on."""
        asked, row = self._asked, self._row
        taken, gone, opens = _offers(row)
        self._undo_row.setVisible(self._undo is not None)
        self._buttons.setVisible(asked is None and row is not None)
        self._take.setVisible(not taken)
        self._back.setVisible(taken)
        self._shelve.setVisible(not taken)
        self._open.setVisible(opens)
        self._drop.setVisible(gone)
        self._reason.setVisible(asked is not None)
        self._chip_row.setVisible(asked is not None and asked[1] is Deed.SHELVED)
        self._ends.setVisible(asked is not None)
        if asked is not None:
            say, shelving = self._look.wording.say, asked[1] is Deed.SHELVED
            self._reason.show_hint(say(_WHY if shelving else _A_NOTE))
            self._go.show_text(say(_SHELVE if shelving else _ACKNOWLEDGE))
        for chip, length in zip(self._chips, _LENGTHS, strict=True):
            chip.setChecked(length == self._length)
        self.resized.emit()

    def _choose(self, length: timedelta) -> None:
        self._length = length
        self._lay_out()

    def _finish(self) -> None:
        if self._asked is None:
            return
        deed, reason = self._asked[1], self._reason.text().strip()
        if deed is Deed.SHELVED and not reason:
            self._reason.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        self.do(deed, reason, self._length if deed is Deed.SHELVED else None)
        self.left.emit()

    def _give_up(self) -> None:
        self._asked = None
        self._lay_out()
        self.left.emit()

    def _take_back(self) -> None:
        wish, self._undo = self._undo, None
        self._lay_out()
        if wish is not None:
            self.wished.emit(wish)
        self.left.emit()

    def _forget_undo(self) -> None:
        self._undo = None
        self._lay_out()

    def _ask_open(self) -> None:
        if self._row is not None:
            self.open_wanted.emit(str(self._row.rule.kind), str(self._row.alert.subject))


_ENDS: Final = (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter)
_WHY: Final[Phrase] = phrase("Alert", "Why it may wait")
_A_NOTE: Final[Phrase] = phrase("Alert", "A note, if you like")
_SHELVE: Final[Phrase] = phrase("Alert", "Shelve")
_ACKNOWLEDGE: Final[Phrase] = phrase("Alert", "Acknowledge")


def _offers(row: ShownAlert | None) -> tuple[bool, bool, bool]:
    """Return whether somebody has it, whether it can be dismissed, and whether it can be shown."""
    if row is None:
        return False, False, False
    gone = not row.alert.evaluated
    return row.alert.hand is not None, gone, row.rule.kind in _OPENS and not gone


def _row(*parts: QWidget, stretch: int | None) -> QWidget:
    """Return widgets beside each other.

    Args:
        stretch: Which of them takes the room that is left. None: what comes after them.
    """
    whole = QWidget()
    layout = QHBoxLayout(whole)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(6)
    for part in parts:
        layout.addWidget(part)
    if stretch is None:
        layout.addStretch(1)
    else:
        layout.setStretch(stretch, 1)
    return whole
