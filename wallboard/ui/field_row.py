"""One field of a connection: it asks, says what is wrong, and tells what was entered."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QVBoxLayout, QWidget

from wallboard.domain.source import Field, FieldForm
from wallboard.ui.look import Look
from wallboard.ui.plain_label import PlainLabel
from wallboard.ui.theme.type import Role
from wallboard.ui.wording import Wording

_YES, _NO = "yes", "no"


def with_latin_digits(text: str) -> str:
    """Return the text with 0 to 9 for the digits of whatever script."""
    return "".join(
        str(unicodedata.digit(letter)) if letter.isdecimal() else letter for letter in text
    )


class FieldRow(QWidget):
    """Asks for one field.

    Signals:
        changed: Another text stands in it. Only of fields that are written.
    """

    changed = Signal()

    def __init__(self, field: Field, look: Look) -> None:
        super().__init__()
        self.field = field
        wording = look.wording
        self._input = _input_of(field, wording)
        self._input.setAccessibleName(wording.field(field.label))
        if isinstance(self._input, QLineEdit):
            self._input.textChanged.connect(self.changed)
        self._hint = _small(look, wording.field(field.hint) if field.hint else "")
        self._problem = _small(look, "")
        palette = self._problem.palette()
        palette.setColor(self._problem.foregroundRole(), look.theme.critical_text)
        self._problem.setPalette(palette)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self._input)
        layout.addWidget(self._hint)
        layout.addWidget(self._problem)
        self._hint.setVisible(bool(field.hint))
        self._problem.hide()

    def told(self) -> str:
        """Return what was entered."""
        match self._input:
            case QCheckBox() as switch:
                return _YES if switch.isChecked() else _NO
            case QComboBox() as choice:
                return str(choice.currentData())
            case line:
                # A password is taken as it is; it may begin or end with a space.
                return line.text() if self.field.secret else self._cleaned(line.text())

    def fill(self, value: str) -> None:
        """Show a value, as if it had been entered."""
        match self._input:
            case QCheckBox() as switch:
                switch.setChecked(value == _YES)
            case QComboBox() as choice:
                choice.setCurrentIndex(max(0, choice.findData(value)))
            case line:
                line.setText(value)

    def show_problem(self, text: str) -> None:
        """Say what is wrong with what was entered; an empty text says that nothing is."""
        self._problem.show_text(text)
        self._problem.setVisible(bool(text))
        self._input.setAccessibleDescription(text or self._hint.text())

    def problem(self) -> str:
        """Return what is said to be wrong."""
        return self._problem.text()

    def stop(self) -> QWidget:
        """Return what the Tab key stops at."""
        return self._input

    def focus(self) -> None:
        """Give the field the keyboard."""
        self._input.setFocus(Qt.FocusReason.OtherFocusReason)

    def _cleaned(self, text: str) -> str:
        text = text.strip()
        return with_latin_digits(text) if self.field.form is FieldForm.NUMBER else text


def _input_of(field: Field, wording: Wording) -> QCheckBox | QComboBox | QLineEdit:
    match field.form:
        case FieldForm.SWITCH:
            switch = QCheckBox()
            switch.setChecked(field.default == _YES)
            return switch
        case FieldForm.CHOICE:
            choice = QComboBox()
            for key in field.choices:
                choice.addItem(wording.field(key), key)
            choice.setCurrentIndex(max(0, choice.findData(field.default)))
            return choice
        case FieldForm.TEXT | FieldForm.NUMBER:
            line = QLineEdit(field.default)
            # Addresses, numbers and names of accounts are read from left to right everywhere.
            line.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
            if field.secret:
                line.setEchoMode(QLineEdit.EchoMode.Password)
            return line


def _small(look: Look, text: str) -> PlainLabel:
    label = PlainLabel(text)
    label.setWordWrap(True)
    label.setFont(look.font(Role.CAPTION))
    palette = label.palette()
    palette.setColor(label.foregroundRole(), look.theme.muted)
    label.setPalette(palette)
    return label
