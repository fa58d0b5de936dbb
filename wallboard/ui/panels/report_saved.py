"""The reports that somebody keeps: a name each, that makes it again, and how to let go of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from wallboard.domain.reporting import ReportDefinition
from wallboard.ui.look import Look
from wallboard.ui.outside_text import shown
from wallboard.ui.panels.name_button import NameButton
from wallboard.ui.panels.settings_form import text_label
from wallboard.ui.quiet_button import QuietButton
from wallboard.ui.theme.type import Role
from wallboard.ui.words import phrase

_LONGEST: Final = 80
_NONE: Final = phrase(
    "Reports", "None yet. Choose a report, give it a name and save it: one press makes it again."
)


class SavedReports(QWidget):
    """Offers the saved reports, and to save what is chosen.

    Signals:
        chosen: A ReportDefinition.
        save_wanted: A name for what is chosen.
        remove_wanted: The name of one that is not wanted any more.
    """

    chosen = Signal(object)
    save_wanted = Signal(str)
    remove_wanted = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._definitions: tuple[ReportDefinition, ...] = ()
        self.rows: dict[str, NameButton] = {}
        self.removers: dict[str, QuietButton] = {}
        self.name = QLineEdit()
        self.name.setMaxLength(_LONGEST)
        self.save = QuietButton(look)
        self._none = text_label(look, "", Role.CAPTION, quiet=True)
        self._list = QVBoxLayout()
        self._list.setSpacing(look.px(4))
        line = QHBoxLayout()
        line.setSpacing(look.px(6))
        line.addWidget(self.name, 1)
        line.addWidget(self.save)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(look.px(6))
        rows.addWidget(self._none)
        rows.addLayout(self._list)
        rows.addLayout(line)
        self.name.textChanged.connect(self._word_save)
        self.name.returnPressed.connect(self._save)
        self.save.clicked.connect(self._save)
        self.show_look(look)

    def show_look(self, look: Look) -> None:
        """Show them in another look."""
        self._look = look
        wording = look.wording
        self.name.setFont(look.font(Role.BODY))
        self.name.setMinimumHeight(look.px(32))
        self.name.setPlaceholderText(wording.translate("Reports", "Name"))
        self.name.setAccessibleName(wording.translate("Reports", "Name to save it under"))
        self.save.show_look(look)
        self.save.show_text(wording.translate("Reports", "Save"))
        self._none.setFont(look.font(Role.CAPTION))
        palette = self._none.palette()
        palette.setColor(self._none.foregroundRole(), look.theme.muted)
        self._none.setPalette(palette)
        self._none.show_text(wording.say(_NONE))
        self._word_save()
        self._fill()

    def show_definitions(self, definitions: Sequence[ReportDefinition]) -> None:
        """Offer these."""
        if tuple(definitions) != self._definitions:
            self._definitions = tuple(definitions)
            self._fill()

    # Inside

    def _word_save(self) -> None:
        self.save.setEnabled(bool(self.name.text().strip()))

    def _save(self) -> None:
        name = self.name.text().strip()
        if name:
            self.name.clear()
            self.save_wanted.emit(name)

    def _choose(self, definition: ReportDefinition, *_: object) -> None:
        self.chosen.emit(definition)

    def _remove(self, name: str, *_: object) -> None:
        self.remove_wanted.emit(name)

    def _fill(self) -> None:
        while (item := self._list.takeAt(0)) is not None:
            part = item.widget()
            if part is not None:
                part.hide()
                part.deleteLater()
        self.rows, self.removers = {}, {}
        self._none.setVisible(not self._definitions)
        for definition in self._definitions:
            self._list.addWidget(self._row(definition))

    def _row(self, definition: ReportDefinition) -> QWidget:
        look, name = self._look, definition.name
        row = QWidget()
        opener, remover = NameButton(look), QuietButton(look)
        told = look.wording.translate("Reports", "Remove {name}")
        opener.show_words(shown(name))
        remover.show_text("×")
        remover.setAccessibleName(told.format(name=shown(name)))
        opener.clicked.connect(partial(self._choose, definition))
        remover.clicked.connect(partial(self._remove, name))
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(look.px(6))
        line.addWidget(opener, 1)
        line.addWidget(remover)
        self.rows[name], self.removers[name] = opener, remover
        return row
