"""Connects a real system: asks for its fields, shows what a test finds, and asks to save."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from wallboard.domain.errors import FaultKind
from wallboard.domain.source import Finding, SourceKind, Verdict
from wallboard.ui.dialogs.check_log import CheckLog
from wallboard.ui.dialogs.dress import dress
from wallboard.ui.dialogs.mapping_trial import MappingTrial
from wallboard.ui.field_row import FieldRow
from wallboard.ui.look import Look
from wallboard.ui.plain_label import PlainLabel
from wallboard.ui.theme.type import Role
from wallboard.ui.words import phrase

NAME: Final = "name"
"""The key of the connection's own name, for what is wrong with it."""
KEEPING: Final = "keeping"
"""The key of the place for the password, for what is wrong with it."""

MAPPING: Final = ("rest", "mapping")
"""The kind and its field that names a mapping file, which can be tried while it is written."""

_ROWS_THAT_STAY: Final = 2  # system and name
_KEEPING: Final = {
    "keyring": phrase("Connect", "In the keyring of this computer"),
    "file": phrase("Connect", "In a file that only I can read"),
    "ask": phrase("Connect", "Nowhere: ask me at each start"),
}


class ConnectDialog(QDialog):
    """Asks for a connection. It connects to nothing and saves nothing itself.

    Signals:
        check_requested: The kind's key and the fields' values; findings are to follow.
        save_requested: The name, the kind's key, the fields' values, and where the secret goes:
            `keyring`, `file` or `ask`, or an empty text if the kind has no secret.
        mapping_trial_requested: The kind's key and the fields' values: what the mapping file
            gives on the system's answers is to follow, again with each change of the file.
        mapping_left: Nobody wants to know that any more.
    """

    check_requested = Signal(str, dict)
    mapping_trial_requested = Signal(str, dict)
    mapping_left = Signal()
    save_requested = Signal(str, str, dict, str)

    def __init__(
        self,
        look: Look,
        kinds: tuple[SourceKind, ...],
        *,
        parent: QWidget | None = None,
    ) -> None:
        """Build the dialog.

        Args:
            look: How it looks, for as long as it is open.
            kinds: What can be connected to, at least one; the first one is chosen.
            parent: The window it belongs to.
        """
        super().__init__(parent)
        dress(self, look)
        self._look = look
        self._wording = look.wording
        self._kinds = {kind.key: kind for kind in kinds}
        self._rows: tuple[FieldRow, ...] = ()
        self._trial: MappingTrial | None = None
        self._wrong = False
        self._can_be_left = True
        self.setWindowTitle(self._wording.translate("Connect", "Connect my system"))
        self._name = QLineEdit()
        self._name.setAccessibleName(self._wording.translate("Connect", "Name of the connection"))
        self._name_problem = self._problem_label()
        self._kind = QComboBox()
        self._kind.setAccessibleName(self._wording.translate("Connect", "System"))
        for kind in kinds:
            self._kind.addItem(look.wording.source(kind.label), kind.key)
        self._fields = QWidget()
        self._form = QFormLayout(self._fields)
        self._keeping_problem = self._problem_label()
        self._keeping = self._build_keeping()
        self._log = CheckLog(look)
        self._note = PlainLabel()
        self._note.setWordWrap(True)
        self._test = QPushButton(self._wording.translate("Connect", "Test"))
        self._save = QPushButton(self._wording.translate("Connect", "Save and open"))
        self._cancel = QPushButton(self._wording.translate("Connect", "Cancel"))
        self._build_layout()
        self._kind.currentIndexChanged.connect(self._show_fields)
        self._test.clicked.connect(self._ask_check)
        self._save.clicked.connect(self._ask_save)
        self._cancel.clicked.connect(self.reject)
        self._show_fields()
        self._name.setFocus()
        screen = self.screen().availableGeometry()
        self.resize(
            min(look.px(660), screen.width() - look.px(40)),
            min(look.px(800), screen.height() - look.px(60)),
        )

    def fill(self, name: str, kind: str, values: Mapping[str, str]) -> None:
        """Show a connection that is there already, to be changed."""
        self._name.setText(name)
        self._kind.setCurrentIndex(max(0, self._kind.findData(kind)))
        for row in self._rows:
            if row.field.key in values:
                row.fill(values[row.field.key])

    def show_no_keyring(self, why: str) -> None:
        """Say why no keyring can be used, and leave the choice of the other places to the user."""
        self._why_no_keyring.show_text(why)
        self._why_no_keyring.show()
        for place in self._places.buttons():
            if place.objectName() == "keyring":
                place.hide()
            if place.isChecked() and place.objectName() == "keyring":
                # The other places are not as good: none is chosen for the user.
                self._places.setExclusive(False)
                place.setChecked(False)
                self._places.setExclusive(True)

    def show_working(self, text: str, *, can_be_left: bool = True) -> None:
        """Say what is being done with what was entered, and take no changes meanwhile.

        Args:
            can_be_left: False if the dialog cannot be closed until it is done.
        """
        self._note.show_text(text)
        self._can_be_left = can_be_left
        for part in (self._fields, self._test, self._save):
            part.setEnabled(False)
        self._cancel.setEnabled(can_be_left)

    def show_failure(self, text: str, field: str = "") -> None:
        """Say why it was not saved; everything that was entered is still there, to be changed."""
        self._can_be_left = True
        for part in (self._fields, self._test, self._save, self._cancel):
            part.setEnabled(True)
        self._note.show_text("")
        self.show_problem(text, field)
        self._save.setFocus()

    def reject(self) -> None:
        """Close without saving, unless it is being saved this moment."""
        if self._can_be_left:
            super().reject()

    def show_finding(self, finding: Finding) -> None:
        """Append a line of the test. A field that cannot be used is marked, too."""
        self._log.show_finding(finding)
        self._wrong |= finding.verdict is Verdict.BAD
        cause = finding.fault
        if cause is not None and cause.kind is FaultKind.BAD_SETTING:
            self.show_problem(self._wording.fault_cause(cause), cause.detail("field"))

    def show_mapping(self, findings: tuple[Finding, ...]) -> None:
        """Show what the mapping file gives now, in the place of what it gave before."""
        if self._trial is not None:
            self._trial.show_findings(findings)
        for finding in findings:
            cause = finding.fault
            if cause is not None and cause.kind is FaultKind.BAD_SETTING:
                self.show_problem(self._wording.fault_cause(cause), cause.detail("field"))
                return
        self.show_problem("", MAPPING[1])

    def check_finished(self) -> None:
        """Say that the test is over."""
        self._test.setEnabled(True)
        if self._wrong:
            self._note.show_text(
                self._wording.translate(
                    "Connect", "The test found something that must be put right."
                )
            )
        else:
            self._note.show_text(self._wording.translate("Connect", "The test went well."))

    def show_problem(self, text: str, field: str = "") -> None:
        """Say what cannot be used: at the field of that key, else above the buttons."""
        row = next((row for row in self._rows if row.field.key == field), None)
        if field == NAME:
            self._name_problem.show_text(text)
            self._name_problem.setVisible(bool(text))
            self._name.setAccessibleDescription(text)
        elif field == KEEPING:
            self._keeping_problem.show_text(text)
            self._keeping_problem.setVisible(bool(text))
        elif row is not None:
            row.show_problem(text)
        else:
            self._note.show_text(text)

    def _problem_label(self) -> PlainLabel:
        label = PlainLabel()
        label.setWordWrap(True)
        label.setFont(self._look.font(Role.CAPTION))
        palette = label.palette()
        palette.setColor(label.foregroundRole(), self._look.theme.critical_text)
        label.setPalette(palette)
        label.hide()
        return label

    def _build_keeping(self) -> QWidget:
        self._places = QButtonGroup(self)
        box = QWidget()
        layout = QVBoxLayout(box)
        layout.setContentsMargins(0, 0, 0, 0)
        for key, name in _KEEPING.items():
            button = QRadioButton(self._wording.say(name))
            button.setObjectName(key)
            button.setChecked(key == "keyring")
            self._places.addButton(button)
            layout.addWidget(button)
        self._why_no_keyring = PlainLabel()
        self._why_no_keyring.setWordWrap(True)
        self._why_no_keyring.setFont(self._look.font(Role.CAPTION))
        self._why_no_keyring.hide()
        layout.addWidget(self._why_no_keyring)
        layout.addWidget(self._keeping_problem)
        return box

    def _build_layout(self) -> None:
        px = self._look.px
        name = QVBoxLayout()
        name.setSpacing(2)
        name.addWidget(self._name)
        name.addWidget(self._name_problem)
        translate = self._wording.translate
        self._form.addRow(PlainLabel(translate("Connect", "System")), self._kind)
        self._form.addRow(PlainLabel(translate("Connect", "Name of the connection")), name)
        self._form.setContentsMargins(0, 0, px(8), 0)
        self._form.setVerticalSpacing(px(8))
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(self._fields)
        buttons = QHBoxLayout()
        buttons.addWidget(self._test)
        buttons.addStretch(1)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self._save)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(16), px(16), px(16), px(16))
        layout.setSpacing(px(10))
        layout.addWidget(scroll, 7)
        layout.addWidget(self._log, 2)
        layout.addWidget(self._note)
        layout.addLayout(buttons)
        self._test.setAutoDefault(False)
        self._cancel.setAutoDefault(False)
        self._save.setDefault(True)

    def _show_fields(self) -> None:
        while self._form.rowCount() > _ROWS_THAT_STAY:
            # The places for a secret stay, too; all other rows are made anew.
            taken = self._form.takeRow(_ROWS_THAT_STAY)
            for part in (taken.labelItem.widget(), taken.fieldItem.widget()):
                if part is not None and part is not self._keeping:
                    part.hide()
                    part.deleteLater()
        kind = self._chosen_kind()
        self._rows = tuple(FieldRow(field, self._look) for field in kind.fields)
        self.mapping_left.emit()
        self._trial = None
        for row in self._rows:
            self._form.addRow(PlainLabel(self._wording.field(row.field.label)), row)
            if (kind.key, row.field.key) == MAPPING:
                self._add_trial(row)
        if self._has_secret():
            self._form.addRow(
                PlainLabel(self._wording.translate("Connect", "Keep the password")), self._keeping
            )
        self._keeping.setVisible(self._has_secret())
        self._order_stops()
        self._log.clear()
        self._note.show_text("")

    def _add_trial(self, row: FieldRow) -> None:
        """Let the mapping that a field names be tried, right below that field."""
        self._trial = trial = MappingTrial(self._look)
        self._form.addRow(PlainLabel(), trial)
        self._form.setRowVisible(trial, bool(row.told()))
        trial.trial_requested.connect(self._ask_trial)
        row.changed.connect(self._leave_trial)

    def _leave_trial(self) -> None:
        """Another file is named: what is shown is not of that one."""
        self.mapping_left.emit()
        row = next(row for row in self._rows if row.field.key == MAPPING[1])
        if self._trial is not None:
            self._trial.forget()
            self._form.setRowVisible(self._trial, bool(row.told()))
        row.show_problem("")

    def _ask_trial(self) -> None:
        told = self._told()
        if told is not None and self._trial is not None:
            self._trial.show_working()
            self.mapping_trial_requested.emit(self._chosen_kind().key, told)

    def _order_stops(self) -> None:
        """Have the Tab key go from top to bottom, although some rows are younger than others."""
        stops: tuple[QWidget, ...] = (
            self._kind,
            self._name,
            *(stop for row in self._rows for stop in self._stops_of(row)),
            *(self._places.buttons() if self._has_secret() else ()),
            self._log,
            self._test,
            self._cancel,
            self._save,
        )
        for one, other in pairwise(stops):
            self.setTabOrder(one, other)

    def _stops_of(self, row: FieldRow) -> tuple[QWidget, ...]:
        if self._trial is not None and row.field.key == MAPPING[1]:
            return row.stop(), *self._trial.stops()
        return (row.stop(),)

    def _chosen_kind(self) -> SourceKind:
        return self._kinds[str(self._kind.currentData())]

    def _has_secret(self) -> bool:
        return any(row.field.secret for row in self._rows)

    def _told(self) -> dict[str, str] | None:
        """Return the fields' values; None if one is missing, which then is said at its place."""
        told = {row.field.key: row.told() for row in self._rows}
        first: FieldRow | None = None
        for row in self._rows:
            missing = row.field.required and not told[row.field.key]
            row.show_problem(
                self._wording.translate("Connect", "This is needed.") if missing else ""
            )
            if missing and first is None:
                first = row
        if first is not None:
            first.focus()
            return None
        return told

    def _ask_check(self) -> None:
        told = self._told()
        if told is None:
            return
        self._wrong = False
        self._log.clear()
        # Where it can be scrolled; else Qt would give the keyboard to "Cancel".
        self._log.setFocus()
        self._test.setEnabled(False)
        self._note.show_text(self._wording.translate("Connect", "Testing …"))
        self.check_requested.emit(self._chosen_kind().key, told)

    def _ask_save(self) -> None:
        name = self._name.text().strip()
        self.show_problem(
            "" if name else self._wording.translate("Connect", "This is needed."), NAME
        )
        told = self._told()
        if not name:
            self._name.setFocus()
        if told is None or not name:
            return
        keep = self._kept_where()
        self.show_problem(
            self._wording.translate("Connect", "Choose where the password is kept.")
            if keep is None
            else "",
            KEEPING,
        )
        if keep is None:
            self._places.buttons()[-1].setFocus()
        else:
            self.save_requested.emit(name, self._chosen_kind().key, told, keep)

    def _kept_where(self) -> str | None:
        """Return where the secret goes, an empty text if there is none; None is not chosen yet."""
        if not self._has_secret():
            return ""
        place = self._places.checkedButton()
        return None if place is None else place.objectName()
