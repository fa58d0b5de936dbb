"""A label that shows its text as it is: the only room that names QLabel."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget  # noqa: TID251 - here its text is made plain


class PlainLabel(QLabel):
    """Text, never markup: what a stranger wrote is shown letter by letter."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)

    def show_text(self, text: str) -> None:
        """Show the text; does nothing if it is shown already."""
        if text != self.text():
            self.setText(text)
