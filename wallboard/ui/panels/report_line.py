"""The line below the reports: how far one is, what came of it, and what can be done about that."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from wallboard.domain.value import value
from wallboard.ui.look import Look
from wallboard.ui.panels.settings_form import text_label
from wallboard.ui.quiet_button import QuietButton
from wallboard.ui.theme.type import Role

_STEPS: Final = 1000


@value
class Act:
    """Something that can be done about what the line tells: a key of ours, and a word."""

    key: str
    word: str


class ReportLine(QWidget):
    """Tells one thing at a time.

    Signals:
        done: The key of the act that was pressed.
    """

    done = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._acts: tuple[Act, ...] = ()
        self.told = text_label(look, "", Role.BODY)
        self.bar = QProgressBar()
        self.bar.setRange(0, _STEPS)
        self.bar.setTextVisible(False)
        self.buttons: dict[str, QuietButton] = {}
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.told, 1)
        self._row.addWidget(self.bar)
        self.bar.hide()
        self.show_look(look)

    def show_look(self, look: Look) -> None:
        """Show the line in another look; its words are the caller's."""
        self._look = look
        theme = look.theme
        self.told.setFont(look.font(Role.BODY))
        palette = self.told.palette()
        palette.setColor(self.told.foregroundRole(), theme.text)
        self.told.setPalette(palette)
        self._row.setContentsMargins(look.px(12), look.px(4), look.px(8), look.px(4))
        self._row.setSpacing(look.px(10))
        self.bar.setFixedSize(look.px(180), look.px(8))
        self.bar.setStyleSheet(
            f"QProgressBar {{ background: {theme.bands[0].name()}; border: 1px solid"
            f" {theme.control.name()}; border-radius: 3px; }}"
            f" QProgressBar::chunk {{ background: {theme.text2.name()}; border-radius: 2px; }}"
        )
        for button in self.buttons.values():
            button.show_look(look)

    def show_told(self, text: str, acts: Sequence[Act] = ()) -> None:
        """Tell something, and what can be done about it; nothing is under way any more."""
        self.bar.hide()
        self._tell(text, acts)

    def show_progress(self, share: float, text: str, acts: Sequence[Act]) -> None:
        """Tell how much of something is done, 0 to 1."""
        self.bar.setValue(round(share * _STEPS))
        self.bar.setAccessibleName(text)
        self.bar.show()
        self._tell(text, acts)

    def _tell(self, text: str, acts: Sequence[Act]) -> None:
        self.told.show_text(text)
        self.told.setAccessibleName(text)
        if tuple(acts) != self._acts:
            self._acts = tuple(acts)
            self._offer()

    def _offer(self) -> None:
        for button in self.buttons.values():
            button.hide()
            button.deleteLater()
        self.buttons = {}
        for act in self._acts:
            button = QuietButton(self._look)
            button.setObjectName(act.key)
            button.show_text(act.word)
            button.clicked.connect(self._press)
            self._row.addWidget(button)
            button.show()
            self.buttons[act.key] = button

    def _press(self) -> None:
        pressed = self.sender()
        if pressed is not None:
            self.done.emit(pressed.objectName())
