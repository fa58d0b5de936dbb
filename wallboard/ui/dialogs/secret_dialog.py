"""Asks for the password of a saved connection, which is kept nowhere."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from wallboard.domain.source import Field
from wallboard.ui.dialogs.dress import dress
from wallboard.ui.field_row import FieldRow
from wallboard.ui.look import Look
from wallboard.ui.outside_text import isolated
from wallboard.ui.plain_label import PlainLabel


class SecretDialog(QDialog):
    """Asks for the secret fields of one connection.

    Signals:
        secret_told: The values by key. Then the dialog is over; it also is when it is rejected.
    """

    secret_told = Signal(dict)

    def __init__(
        self, look: Look, name: str, fields: tuple[Field, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        dress(self, look)
        wording, px = look.wording, look.px
        self._wording = wording
        self.setWindowTitle(wording.translate("Secret", "Password"))
        question = PlainLabel(
            wording.translate("Secret", "The password of {name} is kept nowhere. Enter it:").format(
                name=isolated(name)
            )
        )
        question.setWordWrap(True)
        form = QFormLayout()
        self._rows = tuple(FieldRow(field, look) for field in fields)
        for row in self._rows:
            form.addRow(PlainLabel(wording.field(row.field.label)), row)
        self._open = QPushButton(wording.translate("Secret", "Open"))
        self._cancel = QPushButton(wording.translate("Connect", "Cancel"))
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self._open)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(16), px(16), px(16), px(16))
        layout.setSpacing(px(12))
        layout.addWidget(question)
        layout.addLayout(form)
        layout.addLayout(buttons)
        self._cancel.setAutoDefault(False)
        self._open.setDefault(True)
        self._open.clicked.connect(self._tell)
        self._cancel.clicked.connect(self.reject)
        self.resize(px(480), self.sizeHint().height())

    def _tell(self) -> None:
        told = {row.field.key: row.told() for row in self._rows}
        missing = [row for row in self._rows if row.field.required and not told[row.field.key]]
        for row in self._rows:
            needed = self._wording.translate("Connect", "This is needed.")
            row.show_problem(needed if row in missing else "")
        if missing:
            missing[0].focus()
            return
        self.secret_told.emit({key: value for key, value in told.items() if value})
        self.accept()
