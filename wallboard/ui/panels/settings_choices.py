"""Sections of the settings in which one of a few choices is picked in each row."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Final

from wallboard.domain.arranging import CallerNumbers
from wallboard.domain.value import value
from wallboard.ui.look import Look
from wallboard.ui.panels.settings_face import ChoiceWish, Chosen, SettingsFace
from wallboard.ui.panels.settings_form import FormRow, Section, Segments
from wallboard.ui.wording import LANGUAGES, Wording
from wallboard.ui.words import Phrase, phrase

_SIZES: Final = (80, 90, 100, 115, 130, 150, 175, 200)


@value
class ChoiceRow:
    """One row.

    Attributes:
        key: Of the setting.
        note: What the choice does, where its name does not say it.
        choices: What can be chosen, and what it is called.
    """

    key: str
    name: Phrase
    note: Phrase | None = None
    choices: tuple[tuple[Chosen, Phrase], ...]


@value
class ChoiceTable:
    """A section: its title, what it is about, its rows."""

    name: Phrase
    lead: Phrase
    rows: tuple[ChoiceRow, ...]


DISPLAY: Final = ChoiceTable(
    name=phrase("SettingsPage", "Display"),
    lead=phrase("SettingsPage", "How this window looks and reads. It takes effect at once."),
    rows=(
        ChoiceRow(
            key="language",
            name=phrase("SettingsPage", "Language"),
            choices=(
                ("auto", phrase("SettingsPage", "That of the system")),
                *((key, Phrase("", name)) for key, name in LANGUAGES.items()),
            ),
        ),
        ChoiceRow(
            key="latin_digits",
            name=phrase("SettingsPage", "Digits in Persian"),
            choices=((False, Phrase("", "۱۲۳")), (True, Phrase("", "123"))),
        ),
        ChoiceRow(
            key="calendar",
            name=phrase("SettingsPage", "Calendar"),
            choices=(
                ("auto", phrase("SettingsPage", "That of the language")),
                ("jalali", phrase("SettingsPage", "Jalali")),
                ("gregorian", phrase("SettingsPage", "Gregorian")),
            ),
        ),
        ChoiceRow(
            key="theme",
            name=phrase("SettingsPage", "Theme"),
            choices=(
                ("dark", phrase("SettingsPage", "Dark")),
                ("light", phrase("SettingsPage", "Light")),
                ("contrast", phrase("SettingsPage", "High contrast")),
            ),
        ),
        ChoiceRow(
            key="text_size",
            name=phrase("SettingsPage", "Size of texts"),
            choices=tuple((size, Phrase("", "")) for size in _SIZES),
        ),
        ChoiceRow(
            key="time_from_right",
            name=phrase("SettingsPage", "Time in charts"),
            choices=(
                (False, phrase("SettingsPage", "From left to right")),
                (True, phrase("SettingsPage", "From right to left")),
            ),
        ),
        ChoiceRow(
            key="reduce_motion",
            name=phrase("SettingsPage", "Motion"),
            note=phrase("SettingsPage", "Reduced: nothing moves or fades, changes are instant."),
            choices=(
                (False, phrase("SettingsPage", "Usual")),
                (True, phrase("SettingsPage", "Reduced")),
            ),
        ),
        ChoiceRow(
            key="single_keys",
            name=phrase("SettingsPage", "Single keys"),
            note=phrase(
                "SettingsPage",
                "Keys that are one letter or sign alone, such as / and ?. Off, they do nothing;"
                " keys with Ctrl or Alt and F1 to F12 work in any case.",
            ),
            choices=((True, phrase("SettingsPage", "On")), (False, phrase("SettingsPage", "Off"))),
        ),
    ),
)

PRIVACY: Final = ChoiceTable(
    name=phrase("SettingsPage", "Privacy"),
    lead=phrase(
        "SettingsPage",
        "Who looks at this screen sees no more of callers than is chosen here. What is stored is"
        " not changed by it.",
    ),
    rows=(
        ChoiceRow(
            key="caller_numbers",
            name=phrase("SettingsPage", "Callers' numbers"),
            note=phrase("SettingsPage", "In lists, in details, in explanations and in CSV files."),
            choices=(
                (str(CallerNumbers.MASKED), phrase("SettingsPage", "Middle hidden")),
                (str(CallerNumbers.END), phrase("SettingsPage", "Last digits only")),
                (str(CallerNumbers.HIDDEN), phrase("SettingsPage", "Hidden")),
                (str(CallerNumbers.WHOLE), phrase("SettingsPage", "Whole")),
            ),
        ),
        ChoiceRow(
            key="caller_names",
            name=phrase("SettingsPage", "Callers' names"),
            note=phrase("SettingsPage", "Where the system tells them."),
            choices=(
                (False, phrase("SettingsPage", "Not shown")),
                (True, phrase("SettingsPage", "Shown")),
            ),
        ),
    ),
)


class Place(StrEnum):
    """The sections of the page, in their order."""

    SOURCE = "source"
    QUEUES = "queues"
    SHIFTS = "shifts"
    ALERTS = "alerts"
    SUPERVISION = "supervision"
    DISPLAY = "display"
    PRIVACY = "privacy"


SECTIONS: Final = {
    Place.SOURCE: phrase("SettingsPage", "Source"),
    Place.QUEUES: phrase("SettingsPage", "Queues"),
    Place.SHIFTS: phrase("SettingsPage", "Shifts"),
    Place.ALERTS: phrase("SettingsPage", "Alerts"),
    Place.SUPERVISION: phrase("SettingsPage", "Supervision"),
    Place.DISPLAY: DISPLAY.name,
    Place.PRIVACY: PRIVACY.name,
}
TABLES: Final = {Place.DISPLAY: DISPLAY, Place.PRIVACY: PRIVACY}


class ChoiceSection(Section):
    """Shows the rows of a table."""

    def __init__(self, look: Look, table: ChoiceTable) -> None:
        wording = look.wording
        super().__init__(look, wording.say(table.name), wording.say(table.lead))
        self.rows: dict[str, Segments] = {}
        for row in table.rows:
            segments = Segments(look, row.key, _named(row, wording))
            segments.chosen.connect(self._teller(row.key))
            note = "" if row.note is None else wording.say(row.note)
            self.add(FormRow(look, wording.say(row.name), segments, note))
            self.rows[row.key] = segments
        self.end()

    def show_face(self, face: SettingsFace) -> None:
        """Show what is chosen."""
        for key, segments in self.rows.items():
            if key in face.choices:
                segments.show_chosen(face.choices[key])

    def _teller(self, key: str) -> Callable[[object], None]:
        def tell(chosen: object) -> None:
            if isinstance(chosen, str | bool | int):
                self.wished.emit(ChoiceWish(key=key, chosen=chosen))

        return tell


def _named(row: ChoiceRow, wording: Wording) -> Iterable[tuple[Chosen, str]]:
    for chosen, name in row.choices:
        if row.key == "text_size" and isinstance(chosen, int):
            yield chosen, wording.percent_short(chosen / 100)
        else:
            # A language is called what it calls itself, and digits are what they are.
            yield chosen, wording.say(name) if name.context else name.text
