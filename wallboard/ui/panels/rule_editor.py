"""The editor of a rule: its sentence, the fields that make it, and what it would have said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from wallboard.domain.alert import Rule, Rules, SubjectKind
from wallboard.engine.alert_readings import LIVE, keys_of
from wallboard.engine.rule_replay import Preview
from wallboard.engine.windows import WindowKind
from wallboard.ui.alert_words import KIND_NAMES, reading_name, rule_name, rule_sentence
from wallboard.ui.easel import flood
from wallboard.ui.filter_field import FormField
from wallboard.ui.look import Look
from wallboard.ui.outside_text import isolated
from wallboard.ui.panels.rule_condition import WINDOWS
from wallboard.ui.panels.rule_more import RuleMore, Subjects
from wallboard.ui.panels.settings_form import Choices
from wallboard.ui.plain_label import PlainLabel
from wallboard.ui.quiet_button import QuietButton
from wallboard.ui.rule_drafts import (
    Draft,
    DraftOdd,
    More,
    draft_of,
    rule_of,
    with_days,
    with_kind,
    with_reading,
)
from wallboard.ui.theme.sheets import scroll_bar_sheet, section_sheet
from wallboard.ui.theme.type import Role
from wallboard.ui.words import Phrase, phrase

_PAUSE_MS: Final = 350
_LABELS: Final[dict[str, Phrase]] = {
    "name": phrase("Alert", "Name"),
    "kind": phrase("Alert", "Looks at"),
    "reading": phrase("Alert", "Reading"),
    "window": phrase("Alert", "Of which time"),
    "below": phrase("Alert", "Is bad"),
    "warning": phrase("Alert", "Warning beyond"),
    "critical": phrase("Alert", "Critical beyond"),
    "least": phrase("Alert", "At least so many calls"),
    "lasting": phrase("Alert", "For so long (m:ss)"),
    "keep": phrase("Alert", "Over after so long of calm (m:ss)"),
}
_CHOSEN: Final = ("kind", "reading", "window", "below")
_TYPED: Final = ("name", "warning", "critical", "least", "lasting", "keep")


class RuleEditor(QWidget):
    """Edits one rule.

    Signals:
        saved: The rule as it is to hold.
        left: Nothing is to be changed.
        preview_wanted: The rule of which it is to be told what it would have said.
    """

    saved = Signal(object)
    left = Signal()
    preview_wanted = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._before: Rule | None = None
        self._draft: Draft | None = None
        self._rule: Rule | None = None
        self._preview: Preview | None = None
        self._filling = False
        self._subjects: Subjects = {}
        self._dates = ""
        self.more: RuleMore | None = None
        self._fields = {key: FormField(look) for key in _TYPED}
        self._choices = {key: Choices(look, key) for key in _CHOSEN}
        self._grid = QGridLayout()
        self._labels = {key: PlainLabel() for key in _LABELS}
        self.sentence, self.told, self.problem = PlainLabel(), PlainLabel(), PlainLabel()
        for label in (self.sentence, self.told, self.problem):
            label.setWordWrap(True)
        self.save_button, self.cancel_button = QuietButton(look), QuietButton(look)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._ask)
        self._build()
        self.save_button.clicked.connect(self._save)
        self.cancel_button.clicked.connect(self.left)
        for field in self._fields.values():
            field.textEdited.connect(self._take)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusProxy(self._fields["name"])
        self.show_look(look)

    def show_look(self, look: Look) -> None:
        """Show the editor in another look."""
        self._look = look
        ground = look.theme.base.name()
        self.setStyleSheet(
            section_sheet(look.theme)
            + scroll_bar_sheet(look.theme)
            + f"QScrollArea, QWidget#rule, QScrollBar:vertical {{ background: {ground}; }}"
        )
        self.setLayoutDirection(look.direction)
        say = look.wording.say
        for key, label in self._labels.items():
            label.show_text(say(_LABELS[key]))
            label.setFont(look.font(Role.LABEL))
        for key, field in self._fields.items():
            field.show_look(look)
            field.setFixedHeight(look.px(34))
            field.setAccessibleName(say(_LABELS[key]))
        for key, choice in tuple(self._choices.items()):
            # It is painted in the look that it was made in.
            dressed = self._choices[key] = Choices(look, key)
            dressed.setFixedHeight(look.px(34))
            dressed.setAccessibleName(say(_LABELS[key]))
            dressed.activated.connect(self._take)
            self._grid.replaceWidget(choice, dressed)
            choice.setParent(None)
            choice.deleteLater()
        self.sentence.setFont(look.font(Role.HEADING))
        self.told.setFont(look.font(Role.BODY))
        self.problem.setFont(look.font(Role.STRONG))
        for label in (*self._labels.values(), self.sentence, self.told, self.problem):
            label.setPalette(look.palette())
        for button in (self.save_button, self.cancel_button):
            button.show_look(look)
        self.cancel_button.show_text(look.wording.translate("Alert", "Cancel"))
        if self._draft is not None:
            self._lay_more(self._draft)
            self._fill(self._draft)
            self._look_again()

    def show_rule(self, rule: Rule, subjects: Subjects | None = None, dates: str = "") -> None:
        """Begin to edit a rule.

        Args:
            subjects: What there is to be looked at.
            dates: The holidays of the site, as they are typed.
        """
        self._dates = dates
        self._before = rule
        self._subjects = {} if subjects is None else subjects
        self._preview = None
        draft, wording = draft_of(rule), self._look.wording
        draft = replace(
            draft,
            name=rule_name(draft.name, wording),
            warning=wording.figure(draft.warning),
            critical=wording.figure(draft.critical),
            lasting=wording.digits(draft.lasting),
            keep=wording.digits(draft.keep),
            least=wording.digits(draft.least),
        )
        self._lay_more(draft)
        self._fill(draft)
        self._look_again()

    def show_preview(self, preview: Preview, names: Iterable[tuple[str, str]] = ()) -> None:
        """Tell what the rule would have said.

        Args:
            names: What its subjects are called: text from outside.
        """
        self._preview = preview
        self.told.show_text(preview_words(preview, dict(names), self._look))
        self._name_save()

    def show_no_preview(self, text: str) -> None:
        """Say why it cannot be told what the rule would have said."""
        self._preview = None
        self.told.show_text(text)
        self._name_save()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Leave at Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the ground."""
        painter = QPainter(self)
        flood(painter, event.rect(), self._look.theme.base)
        painter.end()

    def _build(self) -> None:
        grid = self._grid
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        for at, key in enumerate(_LABELS):
            row, column = divmod(at, 2)
            control = self._fields.get(key) or self._choices[key]
            grid.addWidget(self._labels[key], 2 * row, column)
            grid.addWidget(control, 2 * row + 1, column)
        ends = QHBoxLayout()
        ends.addWidget(self.save_button)
        ends.addWidget(self.cancel_button)
        ends.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        inside.setObjectName("rule")
        self._scroll.setWidget(inside)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 8, 0, 8)
        around.addWidget(self.sentence)
        around.addWidget(self._scroll, 1)
        around.addWidget(self.problem)
        around.addWidget(self.told)
        around.addLayout(ends)
        whole = QVBoxLayout(inside)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(12)
        whole.addLayout(grid)
        self._held = QVBoxLayout()
        whole.addLayout(self._held)
        whole.addStretch(1)

    def _lay_more(self, draft: Draft) -> None:
        """Make the folds anew: for another rule, another kind of subject, or another look."""
        if self.more is not None:
            self.more.hide()
            self.more.deleteLater()
        self.more = more = RuleMore(self._look, draft.kind, draft.more, self._subjects, self._dates)
        more.changed.connect(self._take)
        more.unfolded.connect(self._seek)
        self._held.addWidget(more)

    def _seek(self, part: QWidget) -> None:
        """Bring a part into sight, once it has its place."""
        QTimer.singleShot(0, part, partial(self._scroll.ensureWidgetVisible, part))

    def _fill(self, draft: Draft) -> None:
        """Show the draft in the fields."""
        self._draft, self._filling = draft, True
        wording = self._look.wording
        for key in _TYPED:
            text = str(getattr(draft, key))
            field = self._fields[key]
            if field.text() != text:
                field.setText(text)
        kinds = tuple((str(kind), wording.say(name)) for kind, name in KIND_NAMES.items())
        readings = tuple(
            (key, reading_name(draft.kind, key, wording)) for key in keys_of(draft.kind)
        )
        windows = tuple((str(kind), wording.window(kind)) for kind in WINDOWS)
        ways = (
            ("above", wording.translate("Alert", "what is above")),
            ("below", wording.translate("Alert", "what is below")),
        )
        _offer(self._choices["kind"], kinds, str(draft.kind))
        _offer(self._choices["reading"], readings, draft.reading)
        _offer(self._choices["window"], windows, draft.window or str(WindowKind.TODAY))
        _offer(self._choices["below"], ways, "below" if draft.below else "above")
        of_calls = draft.reading not in LIVE[draft.kind]
        for key in ("window", "least"):
            control = self._choices.get(key) or self._fields[key]
            control.setEnabled(of_calls)
            self._labels[key].setEnabled(of_calls)
        self._filling = False

    def _take(self) -> None:
        """Take what was typed or chosen."""
        before = self._draft
        if self._filling or before is None:
            return
        kind = SubjectKind(self._choices["kind"].currentData())
        reading = str(self._choices["reading"].currentData())
        window = str(self._choices["window"].currentData())
        typed = {key: field.text() for key, field in self._fields.items()}
        draft = replace(
            before,
            name=typed["name"],
            warning=typed["warning"],
            critical=typed["critical"],
            least=typed["least"],
            lasting=typed["lasting"],
            keep=typed["keep"],
            below=self._choices["below"].currentData() == "below",
            window="" if window == WindowKind.TODAY else window,
            more=self._folds(before.more),
        )
        if kind is not before.kind:
            draft = with_kind(draft, kind)
            self._lay_more(draft)
        elif reading != before.reading:
            draft = with_reading(draft, reading)
        self._fill(draft)
        self._look_again()

    def _folds(self, before: More) -> More:
        """Return what is told in the folds."""
        if self.more is None:
            return before
        self._dates = self.more.dates.text()
        return self.more.more()

    def dates(self) -> str:
        """Return the holidays of the site as they are typed."""
        return self._dates

    def _look_again(self) -> None:
        """Show the sentence, or what is missing, and ask what the rule would have said."""
        if self._draft is None or self._before is None:
            return
        wording = self._look.wording
        self._preview = None
        try:
            self._rule = rule_of(self._draft, self._before)
            with_days(Rules(), self._dates)
        except DraftOdd as error:
            self._rule = None
            self.problem.show_text(wording.say(error.why, text=isolated(error.text)))
            self.told.show_text("")
        else:
            self.problem.show_text("")
            self.sentence.show_text(rule_sentence(self._rule, wording))
            self.told.show_text(wording.translate("Alert", "Looking at the last 7 days …"))
            self._timer.start(_PAUSE_MS)
        self._name_save()

    def _name_save(self) -> None:
        plague = self._preview is not None and self._preview.plague
        words = _SAVE_ANYWAY if plague else _SAVE
        self.save_button.show_text(self._look.wording.say(words))
        self.save_button.setEnabled(self._rule is not None)

    def _ask(self) -> None:
        if self._rule is not None:
            self.preview_wanted.emit(self._rule)

    def _save(self) -> None:
        if self._rule is not None:
            self.saved.emit(self._rule)


_SAVE: Final = phrase("Alert", "Save the rule")
_SAVE_ANYWAY: Final = phrase("Alert", "Save all the same")


def preview_words(preview: Preview, names: dict[str, str], look: Look) -> str:
    """Return what a rule would have said, in a few sentences."""
    wording = look.wording
    if not preview.days:
        return wording.translate("Alert", "Nothing is stored of the last 7 days yet.")
    count = wording.count
    parts = []
    if not preview.runs:
        parts.append(wording.translate("Alert", "In the last 7 days it would not have fired."))
    else:
        text = wording.translate("Alert", "In the last 7 days it would have fired {number} times.")
        parts.append(text.format(number=count(len(preview.runs))))
        text = wording.translate("Alert", "Critical: {critical}. Came and went: {flapping}.")
        parts.append(
            text.format(critical=count(preview.critical), flapping=count(preview.flapping))
        )
        subject, often = preview.by_subject[0]
        if subject:
            text = wording.translate("Alert", "Most often: {subject}, {number} times.")
            name = isolated(names.get(subject, subject))
            parts.append(text.format(subject=name, number=count(often)))
    if preview.plague:
        per_day = wording.figure(f"{preview.per_day or 0:.0f}")
        text = wording.translate(
            "Alert", "That is {number} a day: nobody listens to that for long. Loosen it."
        )
        parts.append(text.format(number=per_day))
    text = wording.translate(
        "Alert", "Days that are known: {days}. What was shorter than {grain} is not seen."
    )
    days = wording.figure(f"{preview.days:.1f}")
    parts.append(text.format(days=days, grain=wording.duration_words(preview.grain)))
    return " ".join(parts)


def _offer(choice: QComboBox, rows: tuple[tuple[str, str], ...], chosen: str) -> None:
    """Have a box offer these rows, by key and name, and show the chosen one."""
    told = tuple((choice.itemData(at), choice.itemText(at)) for at in range(choice.count()))
    if told != rows:
        choice.clear()
        for key, name in rows:
            choice.addItem(name, key)
    choice.setCurrentIndex(max(0, choice.findData(chosen)))
