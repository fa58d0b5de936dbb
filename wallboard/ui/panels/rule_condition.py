"""One further condition of a rule, in a line of its own: its reading, its limits, and its end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QComboBox

from wallboard.domain.alert import SubjectKind
from wallboard.engine.alert_readings import LIVE, better_of, keys_of
from wallboard.engine.kpi import Better
from wallboard.engine.windows import WindowKind
from wallboard.ui.alert_words import reading_name
from wallboard.ui.filter_field import FormField
from wallboard.ui.look import Look
from wallboard.ui.panels.settings_form import Choices, Flow, text_label
from wallboard.ui.quiet_button import QuietButton
from wallboard.ui.rule_drafts import FurtherDraft
from wallboard.ui.theme.type import Role

WINDOWS: Final = (
    WindowKind.TODAY,
    WindowKind.SHIFT,
    WindowKind.LAST_15,
    WindowKind.LAST_30,
    WindowKind.LAST_60,
)
"""Of which time a rule may look at calls."""


class ShortField(FormField):
    """A line for a number or a time of the day."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the size that a time of the day needs."""
        return QSize(self._look.px(84), self._look.px(32))


class ConditionLine(Flow):
    """Edits one condition.

    Signals:
        changed: Something else stands there.
        removed: It is to go.
    """

    changed = Signal()
    removed = Signal()

    def __init__(self, look: Look, at: int, kind: SubjectKind, draft: FurtherDraft) -> None:
        super().__init__(look, 8)
        self._kind, self._least = kind, draft.least
        wording = look.wording
        translate = wording.translate
        key = f"condition/{at}"
        self.reading = self._choice(f"{key}/reading", translate("Alert", "Reading"))
        for each in keys_of(kind):
            self.reading.addItem(reading_name(kind, each, wording), each)
        self.span = self._choice(f"{key}/window", translate("Alert", "Of which time"))
        for window in WINDOWS:
            self.span.addItem(wording.window(window), str(window))
        self.below = self._choice(f"{key}/below", translate("Alert", "Is bad"))
        self.below.addItem(translate("Alert", "what is above"), "above")
        self.below.addItem(translate("Alert", "what is below"), "below")
        self.fields = {name: ShortField(look) for name in ("warning", "critical")}
        self.remove = QuietButton(look)
        self.remove.setObjectName(f"{key}/remove")
        self.remove.show_text(translate("Alert", "Remove"))
        self.remove.clicked.connect(self.removed)
        labels = {
            "warning": translate("Alert", "Warning beyond"),
            "critical": translate("Alert", "Critical beyond"),
        }
        for part in (self.reading, self.span, self.below):
            self.add(part)
        for name, field in self.fields.items():
            field.setObjectName(f"{key}/{name}")
            field.setAccessibleName(labels[name])
            field.textEdited.connect(self.changed)
            label = text_label(look, labels[name], Role.LABEL, quiet=True)
            label.setWordWrap(False)
            label.setFixedHeight(look.px(32))
            self.add(label)
            self.add(field)
        self.add(self.remove)
        self._fill(draft, wording.figure)
        self.reading.activated.connect(self._turn)
        for choice in (self.span, self.below):
            choice.activated.connect(self.changed)

    def draft(self) -> FurtherDraft:
        """Return what stands there."""
        window = str(self.span.currentData())
        return FurtherDraft(
            reading=str(self.reading.currentData()),
            below=self.below.currentData() == "below",
            warning=self.fields["warning"].text(),
            critical=self.fields["critical"].text(),
            least=self._least,
            window="" if window == WindowKind.TODAY or not self._of_calls() else window,
        )

    def _of_calls(self) -> bool:
        return self.reading.currentData() not in LIVE[self._kind]

    def _choice(self, key: str, name: str) -> QComboBox:
        choice = Choices(self._look, key)
        choice.setMinimumContentsLength(12)
        choice.setAccessibleName(name)
        return choice

    def _fill(self, draft: FurtherDraft, figure: Callable[[str], str]) -> None:
        for choice, key in (
            (self.reading, draft.reading),
            (self.span, draft.window or str(WindowKind.TODAY)),
            (self.below, "below" if draft.below else "above"),
        ):
            choice.setCurrentIndex(max(0, choice.findData(key)))
        self.fields["warning"].setText(figure(draft.warning))
        self.fields["critical"].setText(figure(draft.critical))
        self.span.setVisible(self._of_calls())

    def _turn(self) -> None:
        """Another reading: its limits are others, and which way is bad as is usual there."""
        usual = better_of(self._kind, str(self.reading.currentData())) is Better.HIGHER
        self.below.setCurrentIndex(1 if usual else 0)
        self._least = ""
        for field in self.fields.values():
            field.setText("")
        self.span.setVisible(self._of_calls())
        self.resize(self.size())
        self.changed.emit()


def new_condition(kind: SubjectKind, taken: frozenset[str]) -> FurtherDraft:
    """Return a condition to begin with: of a reading that no other one looks at, if there is."""
    keys = keys_of(kind)
    reading = next((key for key in keys if key not in taken), keys[0])
    return FurtherDraft(reading=reading, below=better_of(kind, reading) is Better.HIGHER)
