"""What is folded away in the editor of a rule: further conditions, whom it looks at, and when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from wallboard.domain.alert import ALWAYS, Join, Subject, SubjectKind
from wallboard.ui.chip_button import ChipButton
from wallboard.ui.filter_field import FilterField, FormField
from wallboard.ui.look import Look
from wallboard.ui.outside_text import shown
from wallboard.ui.panels.rule_condition import ConditionLine, ShortField, new_condition
from wallboard.ui.panels.settings_face import Chosen
from wallboard.ui.panels.settings_form import Flow, Segments, at_start, text_label
from wallboard.ui.panels.settings_shifts import DayChips
from wallboard.ui.quiet_button import QuietButton
from wallboard.ui.rule_drafts import MOST_CONDITIONS, FurtherDraft, More
from wallboard.ui.theme.sheets import dialog_sheet, section_sheet
from wallboard.ui.theme.type import Role
from wallboard.ui.words import Phrase, phrase

Subjects = Mapping[SubjectKind, Sequence[tuple[Subject, str]]]
"""Ids and names of the subjects that there are, by kind. Names are text from outside."""


class _Fold(StrEnum):
    CONDITIONS = "conditions"
    SUBJECTS = "subjects"
    HOURS = "hours"


_NAMES: Final[Mapping[_Fold, Phrase]] = {
    _Fold.CONDITIONS: phrase("Alert", "Further conditions"),
    _Fold.SUBJECTS: phrase("Alert", "Only some of them"),
    _Fold.HOURS: phrase("Alert", "Hours and holidays"),
}
_SATURDAY: Final = 5


class RuleMore(QWidget):
    """Shows a fold for each; one that is in use is open and says so.

    Made for one look and one rule: another is another one.

    Signals:
        changed: Something else stands there.
        unfolded: The part that is to be seen from now on.
    """

    changed = Signal()
    unfolded = Signal(QWidget)

    def __init__(
        self, look: Look, kind: SubjectKind, more: More, subjects: Subjects, dates: str = ""
    ) -> None:
        """Build it.

        Args:
            dates: The holidays of the site, as they are typed.
        """
        super().__init__()
        self._dates = dates
        self._look, self._kind = look, kind
        self._of, self._join, self._holidays = more.of, more.join, more.holidays
        self._weekdays = more.weekdays
        self._every = tuple(subjects.get(kind, ()))
        self.setStyleSheet(dialog_sheet(look.theme) + section_sheet(look.theme) + _list_sheet(look))
        self.chips = {fold: ChipButton(look) for fold in _Fold}
        self.folds: dict[_Fold, QWidget] = {}
        self.lines: list[ConditionLine] = []
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(look.px(8))
        bar = Flow(look, 8)
        for fold, chip in self.chips.items():
            chip.setObjectName(f"rule/{fold}")
            chip.clicked.connect(partial(self._turn, fold))
            bar.add(chip)
        whole.addWidget(bar)
        made = {
            _Fold.CONDITIONS: self._conditions(more),
            _Fold.SUBJECTS: self._subjects(),
            _Fold.HOURS: self._hours(more),
        }
        for fold, widget in made.items():
            self.folds[fold] = widget
            whole.addWidget(widget)
        self._name()
        for fold in _Fold:
            self._open(fold, wide=self._used(fold))
        for fold in (_Fold.SUBJECTS, _Fold.CONDITIONS):
            # The site and the source are one each; of the source there is one reading.
            one = kind in (SubjectKind.SITE, SubjectKind.SOURCE)
            alone = one if fold is _Fold.SUBJECTS else kind is SubjectKind.SOURCE
            self.chips[fold].setVisible(not alone)

    def more(self) -> More:
        """Return what stands there."""
        return More(
            conditions=tuple(line.draft() for line in self.lines),
            join=self._join,
            of=self._of,
            weekdays=self._weekdays,
            begins=self.begins.text(),
            ends=self.ends.text(),
            holidays=self._holidays,
        )

    # Conditions

    def _conditions(self, more: More) -> QWidget:
        look = self._look
        translate = look.wording.translate
        box, self._stack = _block(look)
        self.join = Segments(
            look,
            "rule/join",
            (
                (str(Join.ALL), translate("Alert", "All of them must hold")),
                (str(Join.ANY), translate("Alert", "Any of them is enough")),
            ),
        )
        self.join.show_chosen(str(self._join))
        self.join.chosen.connect(self._take_join)
        self._stack.addWidget(self.join)
        self.add_button = QuietButton(look)
        self.add_button.setObjectName("rule/add_condition")
        self.add_button.show_text(translate("Alert", "Add a condition"))
        self.add_button.clicked.connect(self._add)
        self._stack.addWidget(at_start(self.add_button))
        for draft in more.conditions:
            self._add_line(draft)
        return box

    def _add_line(self, draft: FurtherDraft) -> ConditionLine:
        line = ConditionLine(self._look, len(self.lines), self._kind, draft)
        line.changed.connect(self._tell)
        line.removed.connect(partial(self._remove, line))
        self._stack.insertWidget(self._stack.count() - 1, line)
        self.lines.append(line)
        return line

    def _add(self) -> None:
        taken = frozenset(line.draft().reading for line in self.lines)
        line = self._add_line(new_condition(self._kind, taken))
        line.reading.setFocus(Qt.FocusReason.OtherFocusReason)
        self._tell()

    def _remove(self, line: ConditionLine) -> None:
        self.lines.remove(line)
        line.hide()
        line.deleteLater()
        self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self._tell()

    def _take_join(self, chosen: Chosen) -> None:
        self._join = Join(str(chosen))
        self._tell()

    # Whom it looks at

    def _subjects(self) -> QWidget:
        look = self._look
        translate = look.wording.translate
        box, stack = _block(look)
        self.filter = FilterField(look, key="")
        self.filter.setFixedHeight(look.px(32))
        self.filter.setMaximumWidth(look.px(360))
        self.filter.setPlaceholderText(translate("Alert", "Find"))
        self.filter.setAccessibleName(translate("Alert", "Find"))
        self.filter.textChanged.connect(self._sift)
        self.list = QListWidget()
        self.list.setAccessibleName(self._look.wording.say(_NAMES[_Fold.SUBJECTS]))
        self.list.setFont(look.font(Role.BODY))
        self.list.setMaximumWidth(look.px(360))
        known = dict(self._every)
        # Who is not there now may come again: what was chosen stays.
        gone = [(key, key) for key in sorted(self._of) if key not in known]
        for key, name in (*self._every, *gone):
            item = QListWidgetItem(shown(name))
            item.setData(Qt.ItemDataRole.UserRole, key)
            item.setCheckState(
                Qt.CheckState.Checked if key in self._of else Qt.CheckState.Unchecked
            )
            self.list.addItem(item)
        self.list.setFixedHeight(look.px(24) * min(max(self.list.count(), 2), 7) + look.px(14))
        self.list.itemChanged.connect(self._take_subjects)
        note = text_label(
            look,
            translate("Alert", "None chosen: each one is looked at."),
            Role.CAPTION,
            quiet=True,
        )
        for part in (self.filter, self.list, note):
            stack.addWidget(part)
        self.filter.setVisible(self.list.count() > 12)
        return box

    def _sift(self, text: str) -> None:
        wanted = text.casefold()
        for at in range(self.list.count()):
            item = self.list.item(at)
            item.setHidden(wanted not in item.text().casefold())

    def _take_subjects(self) -> None:
        items = (self.list.item(at) for at in range(self.list.count()))
        self._of = frozenset(
            Subject(str(item.data(Qt.ItemDataRole.UserRole)))
            for item in items
            if item.checkState() is Qt.CheckState.Checked
        )
        self._tell()

    # When

    def _hours(self, more: More) -> QWidget:
        look = self._look
        translate = look.wording.translate
        box, stack = _block(look)
        self.days = DayChips(look, "rule/days", _SATURDAY)
        self.days.show_days(more.weekdays)
        self.days.chosen.connect(self._take_days)
        self.begins, self.ends = ShortField(look), ShortField(look)
        line = Flow(look, 8)
        for field, told, name in (
            (self.begins, more.begins, translate("Alert", "From")),
            (self.ends, more.ends, translate("Alert", "To")),
        ):
            field.setAccessibleName(name)
            field.setPlaceholderText("00:00")
            field.setText(look.wording.digits(told))
            field.textEdited.connect(self._tell)
            label = text_label(look, name, Role.LABEL, quiet=True)
            label.setWordWrap(False)
            label.setFixedHeight(look.px(32))
            line.add(label)
            line.add(field)
        self.holidays = Segments(
            look,
            "rule/holidays",
            (
                (True, translate("Alert", "On holidays, too")),
                (False, translate("Alert", "Not on holidays")),
            ),
        )
        self.holidays.show_chosen(more.holidays)
        self.holidays.chosen.connect(self._take_holidays)
        self.dates = FormField(look)
        self.dates.setFixedHeight(look.px(32))
        self.dates.setMaxLength(4000)
        # Dates of whichever calendar are written from the left, the year first.
        self.dates.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.dates.setText(self._dates)
        self.dates.setAccessibleName(translate("Alert", "Holidays of the site, for all rules"))
        self.dates.textEdited.connect(self._tell)
        label = text_label(look, self.dates.accessibleName(), Role.LABEL, quiet=True)
        note = translate(
            "Alert",
            "With commas between: 1405-01-01 and 2026-03-21 are one day, 01-13 is each year's by"
            " the Jalali calendar.",
        )
        hint = text_label(look, note, Role.CAPTION, quiet=True)
        for part in (self.days, line, self.holidays, label, self.dates, hint):
            stack.addWidget(part)
        return box

    def _take_days(self, days: frozenset[int]) -> None:
        self._weekdays = days
        self._tell()

    def _take_holidays(self, chosen: Chosen) -> None:
        self._holidays = bool(chosen)
        self._tell()

    # Folds

    def _turn(self, fold: _Fold) -> None:
        wide = self.folds[fold].isHidden()
        self._open(fold, wide=wide)
        if wide and fold is _Fold.CONDITIONS and not self.lines:
            self._add()
        if wide:
            self.unfolded.emit(self.folds[fold])

    def _open(self, fold: _Fold, *, wide: bool) -> None:
        self.folds[fold].setVisible(wide)
        self.chips[fold].setChecked(wide)

    def _used(self, fold: _Fold) -> bool:
        match fold:
            case _Fold.CONDITIONS:
                return bool(self.lines)
            case _Fold.SUBJECTS:
                return bool(self._of)
            case _Fold.HOURS:
                told = (self.begins.text(), self.ends.text())
                return (self._weekdays, *told, self._holidays) != (ALWAYS.weekdays, "", "", True)

    def _name(self) -> None:
        wording = self._look.wording
        numbers = {_Fold.CONDITIONS: len(self.lines), _Fold.SUBJECTS: len(self._of)}
        for fold, chip in self.chips.items():
            number = numbers.get(fold, 0)
            chip.show_words(wording.say(_NAMES[fold]), wording.count(number) if number else "")
            chip.adjustSize()
        self.join.setVisible(bool(self.lines))
        self.add_button.setEnabled(len(self.lines) < MOST_CONDITIONS - 1)

    def _tell(self) -> None:
        self._name()
        self.changed.emit()


def _block(look: Look) -> tuple[QWidget, QVBoxLayout]:
    """Return what a fold holds, set in from where lines start."""
    box = QWidget()
    stack = QVBoxLayout(box)
    start = look.px(14)
    stack.setContentsMargins(0 if look.rtl else start, 0, start if look.rtl else 0, look.px(6))
    stack.setSpacing(look.px(8))
    return box, stack


def _list_sheet(look: Look) -> str:
    theme = look.theme
    return f"""
        QListWidget::indicator {{
            width: 12px; height: 12px; border: 2px solid {theme.control.name()};
            border-radius: 2px; background: {theme.surface.name()};
        }}
        QListWidget::indicator:checked {{ background: {theme.text.name()}; }}
        QListWidget::item:selected {{
            background: {theme.bands[1].name()}; color: {theme.text.name()};
        }}
    """
