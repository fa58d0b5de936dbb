"""The fields in which a line is typed: at Esc a filter is emptied, and a form is left."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from wallboard.ui.look import Look
from wallboard.ui.theme.type import Role

_LONGEST = 200


class FilterField(QLineEdit):
    """A line of text with a hint of what it is for, and of the key that leads to it.

    Signals:
        left: The keyboard is to go to what is filtered.
    """

    left = Signal()

    def __init__(self, look: Look, key: str = "/") -> None:
        super().__init__()
        self._key = key
        self._look = look
        self.setMaxLength(_LONGEST)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.show_look(look)

    def show_look(self, look: Look) -> None:
        """Show the field in another look."""
        self._look = look
        theme = look.theme
        self.setFont(look.font(Role.BODY))
        self.setPalette(look.palette())
        self.setStyleSheet(
            f"""
            QLineEdit {{
                background: {theme.surface.name()}; color: {theme.text.name()};
                border: 1px solid {theme.control.name()}; border-radius: 4px;
                padding: 0 {look.px(9)}px;
                selection-background-color: {theme.bands[2].name()};
                selection-color: {theme.text.name()};
            }}
            QLineEdit:focus {{
                border: {theme.focus_width}px solid {theme.focus.name()};
                padding: 0 {look.px(9) - theme.focus_width + 1}px;
            }}
            """
        )

    def show_hint(self, text: str) -> None:
        """Say what is typed here, also to those who listen."""
        key = self._key if self._look.single_keys else ""
        self.setPlaceholderText(f"{text}  {key}" if key else text)
        self.setAccessibleName(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Empty the field, or leave it for what it filters."""
        key = Qt.Key(event.key())
        if key is Qt.Key.Key_Escape and self.text():
            self.clear()
        elif key in (Qt.Key.Key_Escape, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit()
        else:
            super().keyPressEvent(event)


class FormField(FilterField):
    """A line of a form: it filters nothing, and Esc is the form's."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, key="")

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Leave Esc to the form."""
        if event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)
