"""What was done last and how to take it back, or why something was not done: one line of a page."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from wallboard.ui.look import Look
from wallboard.ui.panels.settings_form import text_label
from wallboard.ui.quiet_button import QuietButton
from wallboard.ui.theme.type import Role


class UndoLine(QWidget):
    """Hidden while there is nothing to say. In one look: another look is another line.

    Signals:
        undo_wanted: What was done last is to be taken back.
    """

    undo_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("line")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.told = text_label(look, "", Role.BODY)
        self.trouble = text_label(look, "", Role.BODY)
        self.undo = QuietButton(look)
        self.undo.setObjectName("undo")
        self.undo.show_text(look.wording.translate("SettingsPage", "Undo (Ctrl+Z)"))
        self.undo.clicked.connect(self.undo_wanted)
        texts = QVBoxLayout()
        texts.setSpacing(look.px(2))
        texts.addWidget(self.told)
        texts.addWidget(self.trouble)
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(12), look.px(6), look.px(12), look.px(6))
        row.addLayout(texts, 1)
        row.addWidget(self.undo)
        self.show_texts("", "", undo=False)

    def show_texts(self, told: str, trouble: str, *, undo: bool) -> None:
        """Say what was done, whether it can be taken back, and what is wrong; empty: nothing."""
        self.told.show_text(told)
        self.told.setVisible(bool(told))
        self.trouble.show_text(trouble)
        self.trouble.setVisible(bool(trouble))
        self.undo.setVisible(undo)
        self.setVisible(bool(told or trouble))
