"""Asks before a supervisor's command: what will happen, why it is done, and whether it is meant."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from wallboard.domain.snapshot import QueueId
from wallboard.domain.supervision import DANGEROUS, MONITORING, NEEDS_REASON, WishKind
from wallboard.domain.value import value
from wallboard.engine.supervision import Asked, Telling
from wallboard.ui.chip_button import ChipButton
from wallboard.ui.dialogs.dress import dress
from wallboard.ui.look import Look
from wallboard.ui.outside_text import in_title, isolated, shown
from wallboard.ui.panels.settings_form import Choices, Flow, latin, text_label
from wallboard.ui.plain_label import PlainLabel
from wallboard.ui.quiet_button import KeyedButton
from wallboard.ui.supervision_words import NAMES, command_of, happens_words
from wallboard.ui.theme.type import Role
from wallboard.ui.words import Phrase, phrase

_TAKES_REASON: Final = MONITORING | DANGEROUS | {WishKind.PAUSE, WishKind.ADD}
_IN_A_QUEUE: Final = frozenset({WishKind.PAUSE, WishKind.LOG_OUT, WishKind.ADD})
_TYPED: Final[dict[WishKind, Phrase]] = {
    WishKind.TRANSFER: phrase("Supervision", "To the extension"),
    WishKind.MESSAGE: phrase("Supervision", "What it says"),
}
_STARTS: Final[dict[WishKind, Phrase]] = {
    WishKind.LISTEN: phrase("Supervision", "Start listening"),
    WishKind.WHISPER: phrase("Supervision", "Start whispering"),
    WishKind.BARGE: phrase("Supervision", "Barge in …"),
    WishKind.MESSAGE: phrase("Supervision", "Send the message"),
}
"""What the button says that begins it; of others, the name of the command."""
_TELLING: Final[dict[Telling, Phrase]] = {
    Telling.TOLD: phrase("Supervision", "{name} is told of it by a message to the phone."),
    Telling.NOT_WANTED: phrase("Supervision", "{name} is not told of it: so it was decided here."),
    Telling.CANNOT: phrase(
        "Supervision", "{name} is not told of it: this system, or its account, sends no messages."
    ),
    Telling.ELSEWHERE: phrase("Supervision", "The server decides whether {name} is told of it."),
}
_LIMIT: Final = phrase("Supervision", "It ends by itself after {time} at the latest.")
_WIDE: Final = 520
_LONGEST: Final = 200


@value
class Question:
    """What is asked.

    Attributes:
        asked: What was wished for so far.
        name: The agent, or the caller who waits, as he may be shown.
        facts: What is known of the call, each with its label.
        queues: That can be chosen, by name; the id None stands for all of them.
        held: True if who whispers is heard only while a button is held.
        direct, limit_s, telling: As in `SupervisionState`.
    """

    asked: Asked
    name: str
    phone: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    queues: tuple[tuple[QueueId | None, str], ...] = ()
    reasons: tuple[str, ...] = ()
    direct: bool = False
    held: bool = False
    limit_s: int = 900
    telling: Telling = Telling.NOT_WANTED


class SupervisionDialog(QDialog):
    """Asks one question. It does not hold up the window: what lasts can be ended meanwhile.

    Signals:
        wished: The Asked, whole. The dialog is over then.
    """

    wished = Signal(object)

    def __init__(self, look: Look, question: Question, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        dress(self, look)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._look, self._question = look, question
        self._kind = question.asked.kind
        self._obstacle = ""
        wording = look.wording
        title = command_of(self._kind, question.name, wording)
        self.setWindowTitle(in_title(title))
        self._layout = QVBoxLayout(self)
        pad = look.px(18)
        self._layout.setContentsMargins(pad, pad, pad, pad)
        self._layout.setSpacing(look.px(12))
        self._layout.addWidget(text_label(look, title, Role.TITLE))
        happens = happens_words(
            self._kind, question.name, question.phone, wording, held=question.held
        )
        self.happens = text_label(look, happens, Role.BODY)
        self._layout.addWidget(self.happens)
        form = self._facts()
        self.queues = self._queue_row(form)
        self.typed = self._typed_row(form)
        self.reason = self._reason_row(form)
        self._layout.addLayout(form)
        self.chips = self._reason_chips()
        self.stays = QCheckBox(
            wording.translate("Supervision", "Stay with this agent's next calls until I end it")
        )
        self.stays.setMinimumHeight(look.px(28))
        self.stays.setVisible(self._kind in MONITORING)
        self._layout.addWidget(self.stays)
        for text in self._small_print():
            self._layout.addWidget(text_label(look, text, Role.CAPTION, quiet=True))
        self.problem = text_label(look, "", Role.BODY)
        palette = self.problem.palette()
        palette.setColor(self.problem.foregroundRole(), look.theme.critical_text)
        self.problem.setPalette(palette)
        self.problem.hide()
        self._layout.addWidget(self.problem)
        self._build_buttons()
        self._fit()
        self._first().setFocus(Qt.FocusReason.OtherFocusReason)

    def question(self) -> Question:
        """Return what is asked."""
        return self._question

    def show_obstacle(self, text: str) -> None:
        """Say why it cannot be done any more; an empty text says that it can."""
        if text == self._obstacle:
            return
        self._obstacle = text
        self._say(text)
        for button in (self.confirm, self.certain):
            button.setEnabled(not text)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Give the keyboard back to the window."""
        super().closeEvent(event)
        parent = self.parentWidget()
        if parent is not None:
            parent.activateWindow()

    # What is asked for

    def _facts(self) -> QFormLayout:
        """Return the form as it begins: with what is known."""
        look, form = self._look, QFormLayout()
        form.setHorizontalSpacing(look.px(16))
        form.setVerticalSpacing(look.px(8))
        for label, text in self._question.facts:
            told = text_label(look, label, Role.LABEL, quiet=True)
            told.setWordWrap(False)
            form.addRow(told, text_label(look, text, Role.BODY))
        return form

    def _queue_row(self, form: QFormLayout) -> Choices | None:
        if self._kind not in _IN_A_QUEUE:
            return None
        look = self._look
        choices = Choices(look, "queue")
        for queue_id, name in self._question.queues:
            choices.addItem(name, queue_id)
        label = look.wording.translate("Supervision", "Queue")
        choices.setAccessibleName(label)
        form.addRow(self._label(label), choices)
        return choices

    def _typed_row(self, form: QFormLayout) -> QLineEdit | None:
        row = _TYPED.get(self._kind)
        return None if row is None else self._field(form, self._look.wording.say(row))

    def _reason_row(self, form: QFormLayout) -> QLineEdit | None:
        if self._kind not in _TAKES_REASON:
            return None
        field = self._field(form, self._look.wording.translate("Supervision", "Why"))
        field.setText(self._question.asked.reason)
        return field

    def _field(self, form: QFormLayout, label: str) -> QLineEdit:
        look = self._look
        field = QLineEdit()
        field.setMaxLength(_LONGEST)
        field.setFont(look.font(Role.BODY))
        field.setMinimumHeight(look.px(34))
        field.setAccessibleName(label)
        field.returnPressed.connect(self._enter)
        field.textEdited.connect(self._edited)
        form.addRow(self._label(label), field)
        return field

    def _label(self, text: str) -> PlainLabel:
        """Return what stands before a field, as high as that is."""
        label = text_label(self._look, text, Role.LABEL, quiet=True)
        label.setWordWrap(False)
        label.setMinimumHeight(self._look.px(34))
        return label

    def _reason_chips(self) -> tuple[ChipButton, ...]:
        if self.reason is None or not self._question.reasons:
            return ()
        flow, chips = Flow(self._look, 6), []
        for reason in self._question.reasons:
            chip = ChipButton(self._look)
            chip.show_words(shown(reason))
            chip.setCheckable(False)
            # Else Enter in a field would press it.
            chip.setAutoDefault(False)
            chip.clicked.connect(partial(self._take, reason))
            flow.add(chip)
            chips.append(chip)
        self._layout.addWidget(flow)
        return tuple(chips)

    def _small_print(self) -> tuple[str, ...]:
        wording, told = self._look.wording, []
        if self._kind in MONITORING:
            name = isolated(self._question.name)
            told.append(wording.say(_TELLING[self._question.telling], name=name))
            longest = wording.duration(timedelta(seconds=self._question.limit_s))
            told.append(wording.say(_LIMIT, time=longest))
        if self._question.direct:
            told.append(
                wording.translate(
                    "Supervision",
                    "On a direct connection, rights guard against mistakes, not against whoever"
                    " has the password of the phone system.",
                )
            )
        return tuple(told)

    def _build_buttons(self) -> None:
        look, wording = self._look, self._look.wording
        self.cancel, self.confirm = KeyedButton(), KeyedButton()
        self.back, self.certain = KeyedButton(), KeyedButton()
        name = wording.say(_STARTS.get(self._kind, NAMES[self._kind]))
        for button, text, act in (
            (self.cancel, wording.translate("Connect", "Cancel"), self.close),
            (self.confirm, name, self._confirm),
            (self.back, wording.translate("Supervision", "No, go back"), self._go_back),
            (self.certain, wording.translate("Supervision", "Yes, both hear me now"), self._tell),
        ):
            button.setText(text)
            button.setAccessibleName(text)
            button.setAutoDefault(False)
            button.setFont(look.font(Role.STRONG))
            button.setMinimumHeight(look.px(34))
            button.clicked.connect(partial(_without, act))
        self._ask_row = _row(look, self.cancel, self.confirm)
        told = phrase("Supervision", "{name} and the caller hear you as soon as you answer.")
        self.sure = text_label(
            look, wording.say(told, name=isolated(self._question.name)), Role.STRONG
        )
        self._sure_row = _row(look, self.certain, self.back)
        for part in (self._ask_row, self.sure, self._sure_row):
            self._layout.addWidget(part)
        self.sure.hide()
        self._sure_row.hide()

    # What is pressed

    def _first(self) -> QWidget:
        fields = (self.typed, self.reason, self.queues)
        return next((field for field in fields if field is not None), self.cancel)

    def _take(self, reason: str, *_: object) -> None:
        if self.reason is not None:
            self.reason.setText(shown(reason))
            self._say(self._obstacle)

    def _edited(self, _: str) -> None:
        self._say(self._obstacle)
        if not self._sure_row.isHidden():
            self._go_back()

    def _enter(self) -> None:
        """Begin at Enter in a field only what a caller does not notice; else go to the button."""
        if self._kind in DANGEROUS:
            if not self._missing():
                self.confirm.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self._confirm()

    def _confirm(self) -> None:
        if self._obstacle or self._missing():
            return
        if self._kind is not WishKind.BARGE:
            self._tell()
            return
        # The way back lies where the first step was pressed: who clicks twice is not heard.
        self.back.setMinimumWidth(self.confirm.width())
        self._ask_row.hide()
        self.sure.show()
        self._sure_row.show()
        self._fit()
        # Who presses Enter once too often is not heard.
        self.back.setFocus(Qt.FocusReason.TabFocusReason)

    def _go_back(self) -> None:
        self.sure.hide()
        self._sure_row.hide()
        self._ask_row.show()
        self._fit()

    def _missing(self) -> bool:
        """Say what is missing, and go there; return whether anything is."""
        needed = [self.typed]
        if self._kind in NEEDS_REASON:
            needed.append(self.reason)
        for field in needed:
            if field is not None and not shown(field.text()):
                self._say(self._look.wording.translate("Connect", "This is needed."))
                field.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
        if self.queues is not None and not self.queues.count():
            self._say(self._look.wording.translate("Supervision", "There is no queue for it."))
            return True
        return False

    def _tell(self) -> None:
        if self._obstacle or self._missing():
            return
        asked = self._question.asked
        typed = "" if self.typed is None else shown(self.typed.text())
        if self._kind is WishKind.TRANSFER:
            asked = replace(asked, to=latin(typed))
        elif self._kind is WishKind.MESSAGE:
            asked = replace(asked, text=typed)
        if self.queues is not None:
            chosen = self.queues.currentData()
            asked = replace(asked, queue_id=None if chosen is None else QueueId(str(chosen)))
        reason = "" if self.reason is None else shown(self.reason.text())
        asked = replace(asked, reason=reason, stays=self.stays.isChecked())
        self.close()
        self.wished.emit(asked)

    def _say(self, text: str) -> None:
        if text != self.problem.text():
            self.problem.show_text(text)
            self.problem.setVisible(bool(text))
            self.confirm.setAccessibleDescription(text)
            self._fit()

    def _fit(self) -> None:
        """Be as high as what is shown needs."""
        wide = self._look.px(_WIDE)
        self._layout.activate()
        self.setFixedSize(wide, self._layout.totalHeightForWidth(wide))


def _row(look: Look, *buttons: QWidget) -> QWidget:
    box = QWidget()
    line = QHBoxLayout(box)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(look.px(8))
    line.addStretch(1)
    for button in buttons:
        line.addWidget(button)
    return box


def _without(act: object, *_: object) -> None:
    """Do what a button does; whether it is pressed down is nothing to it."""
    if callable(act):
        act()
