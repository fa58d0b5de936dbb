"""The question whether something is really to be removed, with its two answers."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from wallboard.ui.look import Look
from wallboard.ui.panels.settings_form import Flow, text_label
from wallboard.ui.quiet_button import QuietButton
from wallboard.ui.theme.type import Role


class RemoveQuestion(QWidget):
    """Hidden until it is asked, and when it is answered.

    Signals:
        agreed: It is to be removed.
        declined: It is to be kept.
    """

    agreed = Signal()
    declined = Signal()

    def __init__(self, look: Look, text: str) -> None:
        """Build it.

        Args:
            text: What is asked, as it is shown.
        """
        super().__init__()
        translate = look.wording.translate
        line = QVBoxLayout(self)
        line.setContentsMargins(0, look.px(4), 0, 0)
        line.setSpacing(look.px(8))
        line.addWidget(text_label(look, text, Role.BODY))
        answers = Flow(look, 8)
        self.yes, self.no = QuietButton(look), QuietButton(look)
        self.yes.show_text(translate("SettingsPage", "Remove it"))
        self.no.show_text(translate("SettingsPage", "Keep it"))
        self.yes.clicked.connect(self._agree)
        self.no.clicked.connect(self._decline)
        for button in (self.yes, self.no):
            answers.add(button)
        line.addWidget(answers)
        self.hide()

    def ask(self) -> None:
        """Ask; who presses Enter once too often keeps it."""
        self.show()
        self.no.setFocus(Qt.FocusReason.OtherFocusReason)

    def _agree(self) -> None:
        self.hide()
        self.agreed.emit()

    def _decline(self) -> None:
        self.hide()
        self.declined.emit()
