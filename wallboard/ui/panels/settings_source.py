"""The section of the connections: which there are, which is shown, what can be done with them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from wallboard.ui.look import Look
from wallboard.ui.outside_text import isolated, isolated_address, shown
from wallboard.ui.panels.remove_question import RemoveQuestion
from wallboard.ui.panels.settings_face import ConnectionFace, ConnectionWish, Deed, SettingsFace
from wallboard.ui.panels.settings_form import Flow, Section, at_start, text_label
from wallboard.ui.quiet_button import QuietButton
from wallboard.ui.theme.type import Role
from wallboard.ui.words import phrase

_DEEDS: Final = {
    Deed.SHOW: phrase("SettingsPage", "Show"),
    Deed.START: phrase("SettingsPage", "Open at the start"),
    Deed.CHECK: phrase("SettingsPage", "Check"),
    Deed.EDIT: phrase("SettingsPage", "Edit"),
    Deed.REMOVE: phrase("SettingsPage", "Remove"),
}


class ConnectionCard(QWidget):
    """One connection and its buttons; before it is removed it asks."""

    def __init__(
        self, look: Look, at: int, face: ConnectionFace, act: Callable[[Deed], None]
    ) -> None:
        super().__init__()
        self._look, self._face, self._act = look, face, act
        wording = look.wording
        name = text_label(look, shown(face.name), Role.HEADING)
        marks = []
        if face.shown:
            marks.append(wording.translate("SettingsPage", "shown now"))
        if face.starts:
            marks.append(wording.translate("SettingsPage", "opened at the start"))
        place = isolated_address(face.place) if face.place else ""
        told = (wording.source(face.kind), place, *marks)
        note = text_label(look, " · ".join(filter(None, told)), Role.BODY, quiet=True)
        self.buttons: dict[Deed, QuietButton] = {}
        line = Flow(look, 8)
        for deed, words in _DEEDS.items():
            button = QuietButton(look)
            button.setObjectName(f"source/{at}/{deed}")
            button.show_text(wording.say(words))
            button.setAccessibleDescription(shown(face.name))
            button.clicked.connect(partial(self._do, deed))
            self.buttons[deed] = button
            line.add(button)
        self.buttons[Deed.SHOW].setVisible(not face.shown)
        self.buttons[Deed.START].setVisible(not face.starts)
        self.question = RemoveQuestion(look, self._asked(look))
        self.question.agreed.connect(partial(act, Deed.REMOVE))
        self.question.declined.connect(self._keep)
        box = QVBoxLayout(self)
        box.setContentsMargins(look.px(14), look.px(10), look.px(14), look.px(12))
        box.setSpacing(look.px(6))
        for part in (name, note, line, self.question):
            box.addWidget(part)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 - Qt's name
        """Paint the card."""
        theme = self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = 2 if self._face.shown else 1
        inset = width / 2
        painter.setPen(QPen(theme.control if self._face.shown else theme.line, width))
        painter.setBrush(theme.surface)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 4, 4)
        painter.end()

    def _asked(self, look: Look) -> str:
        """Return the question whether to remove it."""
        wording = look.wording
        text = wording.translate(
            "SettingsPage",
            "Remove {name}? Its password is forgotten; the history of its calls is kept.",
        ).format(name=isolated(self._face.name))
        if not self._face.shown:
            return text
        rest = wording.translate(
            "SettingsPage", "It is shown until another one is, or the window closes."
        )
        return f"{text} {rest}"

    def _do(self, deed: Deed) -> None:
        if deed is not Deed.REMOVE:
            self._act(deed)
            return
        self.question.ask()

    def _keep(self) -> None:
        self.buttons[Deed.REMOVE].setFocus(Qt.FocusReason.OtherFocusReason)


class SourceSection(Section):
    """Shows the connections, and what a check finds."""

    def __init__(self, look: Look, log: QWidget) -> None:
        """Build the section.

        Args:
            log: Shows what a check finds; hidden until there is one.
        """
        translate = look.wording.translate
        super().__init__(
            look,
            translate("SettingsPage", "Source"),
            translate(
                "SettingsPage",
                "The systems that this program is connected to. Passwords are not in the file of"
                " settings.",
            ),
        )
        self._face: SettingsFace | None = None
        self.cards: list[ConnectionCard] = []
        self._held = QWidget()
        self._stack = QVBoxLayout(self._held)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.setSpacing(look.px(8))
        self.none = text_label(
            look, translate("SettingsPage", "Nothing is connected yet."), Role.BODY, quiet=True
        )
        self.connect_button = QuietButton(look)
        self.connect_button.setObjectName("source/connect")
        self.connect_button.show_text(translate("SettingsPage", "Connect another system"))
        self.connect_button.clicked.connect(self._ask_connect)
        held = at_start(self.connect_button)
        self.checked = text_label(look, "", Role.HEADING)
        self.log = log
        self.notices = text_label(look, "", Role.BODY)
        self.path = text_label(look, "", Role.CAPTION, quiet=True)
        self.path.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        for part in (self.none, self._held, held, self.checked, log, self.notices):
            self.add(part)
        for part in (self.checked, log, self.notices):
            part.hide()
        self.end()
        self.add(self.path)

    def show_face(self, face: SettingsFace) -> None:
        """Show the connections there are."""
        wording = self._look.wording
        if self._face is None or face.connections != self._face.connections:
            self._lay(face)
        self._face = face
        self.none.setVisible(not face.connections)
        self.notices.show_text("\n".join(face.notices))
        self.notices.setVisible(bool(face.notices))
        told = wording.translate("SettingsPage", "All of this is kept in {path}")
        self.path.show_text(told.format(path=isolated_address(face.path)) if face.path else "")

    def show_check(self, name: str) -> None:
        """Say which connection is being checked."""
        told = self._look.wording.translate("SettingsPage", "Checking {name} …")
        self.checked.show_text(told.format(name=isolated(name)))
        self.checked.show()
        self.log.show()

    def show_checked(self, name: str, *, good: bool) -> None:
        """Say how a check ended."""
        translate = self._look.wording.translate
        told = (
            translate("SettingsPage", "{name} works.")
            if good
            else translate("SettingsPage", "{name}: something must be put right.")
        )
        self.checked.show_text(told.format(name=isolated(name)))

    def _lay(self, face: SettingsFace) -> None:
        for card in self.cards:
            card.hide()
            card.deleteLater()
        self.cards = []
        for at, each in enumerate(face.connections):
            card = ConnectionCard(self._look, at, each, partial(self._act, each.name))
            self._stack.addWidget(card)
            self.cards.append(card)

    def _act(self, name: str, deed: Deed) -> None:
        self.wished.emit(ConnectionWish(deed=deed, name=name))

    def _ask_connect(self) -> None:
        self.wished.emit(ConnectionWish(deed=Deed.CONNECT))
