"""One way out of alerts on the page of settings: how it stands, and the form that makes it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from wallboard.domain.source import FieldForm
from wallboard.ui.field_row import FieldRow
from wallboard.ui.look import Look
from wallboard.ui.outside_text import isolated, isolated_address, shown
from wallboard.ui.panels.remove_question import RemoveQuestion
from wallboard.ui.panels.settings_face import WayDeed, WayEntered, WayFace, WayKindFace
from wallboard.ui.panels.settings_form import Flow, FormRow, Line, Segments, text_label
from wallboard.ui.quiet_button import QuietButton
from wallboard.ui.theme.type import Role
from wallboard.ui.words import Phrase, phrase

_DEEDS: Final = {
    WayDeed.TEST: phrase("SettingsPage", "Test"),
    WayDeed.EDIT: phrase("SettingsPage", "Edit"),
    WayDeed.SWITCH: phrase("SettingsPage", "Switch off"),
    WayDeed.REMOVE: phrase("SettingsPage", "Remove"),
}
_LEAST: Final[dict[str, Phrase]] = {
    "critical": phrase("SettingsPage", "Critical alerts"),
    "warning": phrase("SettingsPage", "Warnings, too"),
}
_KEEPING: Final[dict[str, Phrase]] = {
    "keyring": phrase("Connect", "In the keyring of this computer"),
    "file": phrase("Connect", "In a file that only I can read"),
}
_LONGEST_PLACE: Final = 80
NAME: Final = "name"
"""The key of the way's own name, for what is wrong with it."""


class WayCard(QWidget):
    """One way out, how it stands, and its buttons; before it is removed it asks."""

    def __init__(
        self,
        look: Look,
        at: int,
        face: WayFace,
        kind: WayKindFace | None,
        act: Callable[[WayDeed], None],
    ) -> None:
        """Build it.

        Args:
            kind: None if nothing here knows its kind: it can be removed and no more.
        """
        super().__init__()
        self._look, self._act = look, act
        wording = look.wording
        self.name = face.name
        heading = text_label(look, shown(face.name), Role.HEADING)
        label = shown(face.kind) if kind is None else wording.field(kind.label)
        place = face.fields.get("to") or face.fields.get("address") or ""
        told = [label, isolated_address(place[:_LONGEST_PLACE]) if place else ""]
        told.append(wording.say(_LEAST.get(face.least, _LEAST["critical"])))
        if face.names:
            told.append(wording.translate("SettingsPage", "with agents' names"))
        if not face.on:
            told.append(wording.translate("SettingsPage", "switched off"))
        note = text_label(look, " · ".join(filter(None, told)), Role.BODY, quiet=True)
        self.standing = text_label(look, "", Role.BODY)
        self.result = text_label(look, "", Role.BODY)
        for part in (self.standing, self.result):
            part.hide()
        self.buttons: dict[WayDeed, QuietButton] = {}
        line = Flow(look, 8)
        for deed, words in _DEEDS.items():
            button = QuietButton(look)
            button.setObjectName(f"ways/{at}/{deed}")
            button.show_text(wording.say(words))
            button.setAccessibleDescription(shown(face.name))
            button.clicked.connect(partial(self._do, deed))
            self.buttons[deed] = button
            line.add(button)
        if not face.on:
            self.buttons[WayDeed.SWITCH].show_text(wording.translate("SettingsPage", "Switch on"))
        for deed in (WayDeed.TEST, WayDeed.EDIT, WayDeed.SWITCH):
            self.buttons[deed].setVisible(kind is not None)
        asked = wording.translate(
            "SettingsPage", "Remove {name}? Nobody is told of alerts by it any more."
        )
        self.question = RemoveQuestion(look, asked.format(name=isolated(self.name)))
        self.question.agreed.connect(partial(act, WayDeed.REMOVE))
        self.question.declined.connect(self._keep)
        box = QVBoxLayout(self)
        box.setContentsMargins(look.px(14), look.px(10), look.px(14), look.px(12))
        box.setSpacing(look.px(6))
        for widget in (heading, note, self.standing, line, self.result, self.question):
            box.addWidget(widget)

    def show_standing(self, text: str) -> None:
        """Say what became of its deliveries; an empty text for nothing to say."""
        self.standing.show_text(text)
        self.standing.setVisible(bool(text))

    def show_result(self, text: str) -> None:
        """Say what came of what was done with it."""
        self.result.show_text(text)
        self.result.setVisible(bool(text))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 - Qt's name
        """Paint the card."""
        theme = self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.line, 1))
        painter.setBrush(theme.surface)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.end()

    def _do(self, deed: WayDeed) -> None:
        if deed is not WayDeed.REMOVE:
            self._act(deed)
            return
        self.question.ask()

    def _keep(self) -> None:
        self.buttons[WayDeed.REMOVE].setFocus(Qt.FocusReason.OtherFocusReason)


class WayForm(QWidget):
    """Asks for a way out. It sends nothing and saves nothing itself.

    Signals:
        entered: The WayEntered that is to be saved.
        left: Nothing is to be changed.
    """

    entered = Signal(object)
    left = Signal()

    def __init__(
        self, look: Look, kind: WayKindFace, before: WayFace | None, suggested: str = ""
    ) -> None:
        """Build it.

        Args:
            before: The way that is changed. None for a new one.
            suggested: What a new one might be called.
        """
        super().__init__()
        self._look, self._kind, self._before = look, kind, before
        wording = look.wording
        translate = wording.translate
        self.name = Line(look, "way/name", width=280)
        self._name_row = FormRow(look, translate("SettingsPage", "Name"), self.name)
        self.name.show_text(suggested if before is None else before.name)
        # By its name its deliveries are known, and its secrets are kept.
        self.name.field.setReadOnly(before is not None)
        self.rows = {field.key: FieldRow(field, look) for field in kind.fields}
        self._choice_rows: dict[str, FormRow] = {}
        self.least = Segments(
            look, "way/least", [(key, wording.say(name)) for key, name in _LEAST.items()]
        )
        self.names = Segments(
            look,
            "way/names",
            (
                (False, translate("SettingsPage", "Not told")),
                (True, translate("SettingsPage", "Told")),
            ),
        )
        self.keeping = Segments(
            look, "way/keep", [(key, wording.say(name)) for key, name in _KEEPING.items()]
        )
        self._chosen: dict[str, object] = {
            "least": "critical" if before is None else before.least,
            "names": before is not None and before.names,
            "keep": before.kept if before is not None and before.kept in _KEEPING else "keyring",
        }
        for key, part in (("least", self.least), ("names", self.names), ("keep", self.keeping)):
            part.show_chosen(self._chosen[key])  # type: ignore[arg-type] # as they are put in above
            part.chosen.connect(partial(self._choose, key))
        self.problem = text_label(look, "", Role.STRONG)
        self.save, self.cancel = QuietButton(look), QuietButton(look)
        self.save.setObjectName("way/save")
        self.save.show_text(translate("SettingsPage", "Save"))
        self.cancel.show_text(translate("SettingsPage", "Cancel"))
        self.save.clicked.connect(self._tell)
        self.cancel.clicked.connect(self.left)
        self._lay()

    def show_problem(self, text: str, field: str = "") -> None:
        """Say what cannot be used: at the field of that key, else above the buttons."""
        self.setEnabled(True)
        self.problem.show_text("")
        if field == NAME:
            self._name_row.show_problem(text)
            self.name.field.setFocus(Qt.FocusReason.OtherFocusReason)
        elif field in self._choice_rows:
            self._choice_rows[field].show_problem(text)
        elif field in self.rows:
            self.rows[field].show_problem(text)
            self.rows[field].focus()
        else:
            self.problem.show_text(text)
        self.problem.setVisible(bool(self.problem.text()))

    def show_working(self) -> None:
        """Take no changes while it is saved."""
        self.setEnabled(False)

    def first(self) -> QWidget:
        """Return where to begin to write."""
        rows = tuple(self.rows.values())
        return self.name.field if self._before is None or not rows else rows[0].stop()

    def _lay(self) -> None:
        look, before = self._look, self._before
        translate = look.wording.translate
        label = look.wording.field(self._kind.label)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(look.px(12))
        box.addWidget(text_label(look, label, Role.HEADING))
        box.addWidget(self._name_row)
        for key, row in self.rows.items():
            if before is not None:
                row.fill(before.fields.get(key, "") or row.field.default)
            if row.field.form is FieldForm.CHOICE:
                self._choice_rows[key] = self._choice_row(row)
                box.addWidget(self._choice_rows[key])
            else:
                box.addWidget(self._written_row(row))
        note = translate("SettingsPage", "Other people's servers get to know what is told here.")
        box.addWidget(FormRow(look, translate("SettingsPage", "It is told"), self.least))
        box.addWidget(FormRow(look, translate("SettingsPage", "Agents' names"), self.names, note))
        keep = FormRow(look, translate("SettingsPage", "Passwords and keys"), self.keeping)
        keep.setVisible(any(field.secret for field in self._kind.fields))
        box.addWidget(keep)
        palette = self.problem.palette()
        palette.setColor(self.problem.foregroundRole(), look.theme.critical_text)
        self.problem.setPalette(palette)
        self.problem.hide()
        box.addWidget(self.problem)
        ends = Flow(look, 8)
        ends.add(self.save)
        ends.add(self.cancel)
        box.addWidget(ends)

    def _written_row(self, row: FieldRow) -> FormRow:
        """Return the line of a field that is written."""
        look, before = self._look, self._before
        kept = before is not None and before.kept in _KEEPING and row.field.secret
        note = look.wording.translate("SettingsPage", "Empty: as it is kept already.")
        held = QWidget()
        line = QHBoxLayout(held)
        line.setContentsMargins(0, 0, 0, 0)
        row.setMaximumWidth(look.px(460))
        line.addWidget(row, 1000)
        line.addStretch(1)
        return FormRow(look, look.wording.field(row.field.label), held, note if kept else "")

    def _choice_row(self, row: FieldRow) -> FormRow:
        """Return the line of a field of which one of a few is chosen, side by side."""
        look, field = self._look, row.field
        wording = look.wording
        row.setParent(self)
        row.hide()
        names = [(key, wording.field(key)) for key in field.choices]
        segments = Segments(look, f"way/{field.key}", names)
        segments.show_chosen(row.told())
        segments.chosen.connect(row.fill)
        return FormRow(look, wording.field(field.label), segments, wording.field(field.hint))

    def _choose(self, key: str, chosen: object) -> None:
        self._chosen[key] = chosen

    def _tell(self) -> None:
        told = {key: row.told() for key, row in self.rows.items()}
        missing = self._missing(told)
        self._name_row.show_problem("")
        for key, row in self.rows.items():
            needed = self._look.wording.translate("Connect", "This is needed.")
            row.show_problem(needed if key in missing else "")
        if missing:
            self.rows[missing[0]].focus()
            return
        name = " ".join(self.name.field.text().split())
        self.show_problem("")
        self.entered.emit(
            WayEntered(
                name=name if self._before is None else self._before.name,
                kind=self._kind.key,
                told=told,
                keep=str(self._chosen["keep"]),
                least=str(self._chosen["least"]),
                names=bool(self._chosen["names"]),
                new=self._before is None,
            )
        )

    def _missing(self, told: dict[str, str]) -> list[str]:
        kept = self._before is not None and self._before.kept in _KEEPING
        return [
            key
            for key, row in self.rows.items()
            if row.field.required and not told[key] and not (kept and row.field.secret)
        ]
