"""The section of the alerts: what is heard and shown here, and the ways out to other people."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, tzinfo
from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from wallboard.domain.delivery import Delivery
from wallboard.domain.severity import Severity
from wallboard.ui.look import Look
from wallboard.ui.panels.delivery_list import standing_text, standings_of
from wallboard.ui.panels.settings_face import (
    ChoiceWish,
    Chosen,
    SettingsFace,
    SoundWish,
    WayDeed,
    WayEntered,
    WayFace,
    WayKindFace,
    WayWish,
)
from wallboard.ui.panels.settings_form import (
    Flow,
    FormRow,
    Line,
    Section,
    Segments,
    text_label,
)
from wallboard.ui.panels.settings_way import WayCard, WayForm
from wallboard.ui.quiet_button import QuietButton
from wallboard.ui.theme.type import Role
from wallboard.ui.words import Phrase, phrase

_SWITCHES: Final = (
    ("alert_sound", phrase("SettingsPage", "Critical alerts")),
    ("alert_sound_warning", phrase("SettingsPage", "Warnings")),
)
_NUMBERS: Final = (
    ("alert_volume", phrase("SettingsPage", "Volume"), phrase("SettingsPage", "of 100"), 100),
    (
        "alert_repeat_s",
        phrase("SettingsPage", "Again after"),
        phrase("SettingsPage", "seconds"),
        3600,
    ),
)
_NOTES: Final[dict[str, Phrase]] = {
    "alert_repeat_s": phrase(
        "SettingsPage", "For as long as nobody has a critical alert. 0: heard once only."
    ),
}
_SEVERITIES: Final = (
    (Severity.CRITICAL, phrase("AlertMessage", "Critical")),
    (Severity.WARNING, phrase("AlertMessage", "Warning")),
)
_FROM_TO: Final = phrase("SettingsPage", "A whole number from 0 to {most}.")


class AlertSection(Section):
    """Shows how people come to know of alerts."""

    def __init__(self, look: Look) -> None:
        wording = look.wording
        translate = wording.translate
        super().__init__(
            look,
            translate("SettingsPage", "Alerts"),
            translate(
                "SettingsPage",
                "How people come to know of alerts. What is watched stands on the page of alerts,"
                " under Rules.",
            ),
        )
        self._face = SettingsFace()
        self._deliveries: tuple[Delivery, ...] = ()
        self._zone: tzinfo = UTC
        self._results: dict[str, str] = {}
        self.choices: dict[str, Segments] = {}
        self.numbers: dict[str, Line] = {}
        self._number_rows: dict[str, FormRow] = {}
        # What is not seen while a way is entered.
        self._rest: list[QWidget] = []
        self._put(text_label(look, translate("SettingsPage", "Sound"), Role.HEADING))
        for key, name in _SWITCHES:
            self._add_switch(
                key,
                wording.say(name),
                translate("SettingsPage", "Heard"),
                translate("SettingsPage", "Silent"),
            )
        for key, name, unit, most in _NUMBERS:
            self._add_number(key, name, unit, most)
        self._put(FormRow(look, translate("SettingsPage", "Hear them"), self._trials()))
        self._put(text_label(look, translate("SettingsPage", "On the desktop"), Role.HEADING))
        self._add_switch(
            "alert_popup",
            translate("SettingsPage", "New alerts"),
            translate("SettingsPage", "Shown"),
            translate("SettingsPage", "Not shown"),
        )
        self._put(text_label(look, translate("SettingsPage", "Ways out"), Role.HEADING))
        lead = translate(
            "SettingsPage",
            "They tell people who do not look at this board. A demo is told to nobody.",
        )
        self._put(text_label(look, lead, Role.BODY, quiet=True))
        self.cards: list[WayCard] = []
        self.form: WayForm | None = None
        self._saving = ""
        self._list = QWidget()
        self._stack = QVBoxLayout(self._list)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.setSpacing(look.px(8))
        self.more: dict[str, QuietButton] = {}
        self._more = QWidget()
        self._more_box = QVBoxLayout(self._more)
        self._more_box.setContentsMargins(0, 0, 0, 0)
        self._place = QVBoxLayout()
        held = QWidget()
        held.setLayout(self._place)
        self._place.setContentsMargins(0, 0, 0, 0)
        self._put(self._list)
        self._put(self._more)
        self.add(held)
        self.end()

    # What others call

    def show_face(self, face: SettingsFace) -> None:
        """Show what is decided."""
        before, self._face = self._face, face
        for key, segments in self.choices.items():
            if key in face.choices:
                segments.show_chosen(face.choices[key])
        for key, line in self.numbers.items():
            if key in face.choices:
                line.show_text(self._look.wording.figure(str(face.choices[key])))
        if face.way_kinds != before.way_kinds:
            self._lay_more(face.way_kinds)
        if (face.ways, face.way_kinds) != (before.ways, before.way_kinds):
            self._lay_cards(face)

    def show_deliveries(self, deliveries: Sequence[Delivery], zone: tzinfo) -> None:
        """Show what became of the deliveries of the last days."""
        self._deliveries, self._zone = tuple(deliveries), zone
        self._say_standings()

    def show_way(self, name: str, text: str) -> None:
        """Say what came of what was done with a way; a form that made it is closed."""
        self._results = {name: text}
        if name == self._saving:
            # What comes of another one, or of a trial, leaves what is being written alone.
            self._end_form()
        for card in self.cards:
            card.show_result(self._results.get(card.name, ""))

    def show_way_problem(self, text: str, field: str = "") -> None:
        """Say why a way was not saved; everything that was entered is still there."""
        self._saving = ""
        if self.form is not None:
            self.form.show_problem(text, field)

    # Inside

    def _put(self, part: QWidget) -> None:
        self.add(part)
        self._rest.append(part)

    def _add_switch(self, key: str, label: str, yes: str, no: str) -> None:
        segments = Segments(self._look, key, ((True, yes), (False, no)))
        segments.chosen.connect(partial(self._choose, key))
        self._put(FormRow(self._look, label, segments))
        self.choices[key] = segments

    def _add_number(self, key: str, name: Phrase, unit: Phrase, most: int) -> None:
        look, wording = self._look, self._look.wording
        line = Line(look, key, wording.say(unit), width=72)
        note = wording.say(_NOTES[key]) if key in _NOTES else ""
        row = FormRow(look, wording.say(name), line, note)
        line.told.connect(self._number_teller(key, most))
        self._put(row)
        self.numbers[key], self._number_rows[key] = line, row

    def _number_teller(self, key: str, most: int) -> Callable[[str], None]:
        def tell(told: str) -> None:
            fits = told.isascii() and told.isdigit() and len(told) <= len(str(most))
            fits = fits and int(told) <= most
            wording = self._look.wording
            why = "" if fits else wording.say(_FROM_TO, most=wording.count(most))
            self._number_rows[key].show_problem(why)
            if fits:
                self.wished.emit(ChoiceWish(key=key, chosen=int(told)))

        return tell

    def _trials(self) -> QWidget:
        look = self._look
        line = Flow(look, 8)
        for severity, name in _SEVERITIES:
            button = QuietButton(look)
            button.setObjectName(f"alerts/hear/{severity.name.lower()}")
            button.show_text(look.wording.say(name))
            button.clicked.connect(partial(self._hear, severity))
            line.add(button)
        return line

    def _hear(self, severity: Severity) -> None:
        self.wished.emit(SoundWish(severity=severity))

    def _choose(self, key: str, chosen: Chosen) -> None:
        self.wished.emit(ChoiceWish(key=key, chosen=chosen))

    def _kind(self, key: str) -> WayKindFace | None:
        return next((kind for kind in self._face.way_kinds if kind.key == key), None)

    def _lay_more(self, kinds: tuple[WayKindFace, ...]) -> None:
        look, wording = self._look, self._look.wording
        for button in self.more.values():
            button.deleteLater()
        self.more = {}
        line = Flow(look, 8)
        text = wording.translate("SettingsPage", "Add: {kind}")
        for kind in kinds:
            button = QuietButton(look)
            button.setObjectName(f"ways/add/{kind.key}")
            button.show_text(text.format(kind=wording.field(kind.label)))
            button.clicked.connect(partial(self._open_form, kind, None))
            self.more[kind.key] = button
            line.add(button)
        self._more_box.addWidget(line)

    def _lay_cards(self, face: SettingsFace) -> None:
        for card in self.cards:
            card.hide()
            card.deleteLater()
        self.cards = []
        for at, each in enumerate(face.ways):
            kind = self._kind(each.kind)
            card = WayCard(self._look, at, each, kind, partial(self._act, each))
            card.show_result(self._results.get(each.name, ""))
            self._stack.addWidget(card)
            self.cards.append(card)
        self._say_standings()

    def _say_standings(self) -> None:
        wording = self._look.wording
        told = {one.way: one for one in standings_of(self._deliveries)}
        for card in self.cards:
            standing = told.get(card.name)
            text = "" if standing is None else standing_text(standing, self._zone, wording)
            card.show_standing(text)

    def _act(self, face: WayFace, deed: WayDeed) -> None:
        kind = self._kind(face.kind)
        if deed is WayDeed.EDIT and kind is not None:
            self._open_form(kind, face)
            return
        if deed is WayDeed.TEST:
            text = self._look.wording.translate("SettingsPage", "A trial is on its way …")
            self.show_way(face.name, text)
        self.wished.emit(WayWish(deed=deed, name=face.name))

    def _open_form(self, kind: WayKindFace, before: WayFace | None) -> None:
        self._drop_form()
        form = WayForm(self._look, kind, before, self._free_name(kind.key))
        form.entered.connect(self._save)
        form.left.connect(self._end_form)
        self._place.addWidget(form)
        self.form = form
        for part in self._rest:
            part.hide()
        form.show()
        form.first().setFocus(Qt.FocusReason.OtherFocusReason)

    def _free_name(self, key: str) -> str:
        taken = {way.name for way in self._face.ways}
        names = (key if at == 1 else f"{key} {at}" for at in range(1, len(taken) + 2))
        return next(name for name in names if name not in taken)

    def _save(self, entered: WayEntered) -> None:
        self._saving = entered.name
        if self.form is not None:
            self.form.show_working()
        self.wished.emit(entered)

    def _drop_form(self) -> None:
        self._saving = ""
        if self.form is not None:
            form, self.form = self.form, None
            form.hide()
            form.deleteLater()

    def _end_form(self) -> None:
        if self.form is None:
            return
        self._drop_form()
        for part in self._rest:
            part.show()
        first = next(iter(self.more.values()), None)
        if first is not None and self.isVisible():
            first.setFocus(Qt.FocusReason.OtherFocusReason)
