"""What is decided for a whole board of a TV: brand and look, screen and room, night and exit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from wallboard.domain.walls import (
    LEAST_INCHES,
    LEAST_SEAT_M,
    LONGEST_TITLE,
    MOST_DIM,
    MOST_HEROES,
    MOST_INCHES,
    MOST_SEAT_M,
    Naming,
    Wall,
)
from wallboard.ui.look import Look
from wallboard.ui.outside_text import isolated
from wallboard.ui.panels.settings_face import Chosen
from wallboard.ui.panels.settings_form import (
    Flow,
    FormRow,
    Line,
    Segments,
    at_start,
    text_label,
)
from wallboard.ui.quiet_button import QuietButton
from wallboard.ui.theme.type import Role
from wallboard.ui.walls.controls import FigureSlots, WordsLine
from wallboard.ui.walls.wishes import WallEntry
from wallboard.ui.walls.words import NAMINGS, figures
from wallboard.ui.wording import LANGUAGES
from wallboard.ui.words import phrase

_THEMES: Final = {
    "dark": phrase("SettingsPage", "Dark"),
    "light": phrase("SettingsPage", "Light"),
    "contrast": phrase("SettingsPage", "High contrast"),
}
_FROM_TO: Final = phrase("Walls", "A number from {least} to {most}.")


class WallForm(QWidget):
    """Rows about a whole board, in one look. It keeps none: it tells how one is to be.

    Signals:
        changed: The Wall as it is to be.
    """

    changed = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._entry = WallEntry(name="")
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(look.px(14))

    def show_entry(self, entry: WallEntry) -> None:
        """Show a board."""
        self._entry = entry
        self._fill(entry.wall)

    def _fill(self, wall: Wall) -> None:
        raise NotImplementedError

    def _add(self, label: str, control: QWidget, note: str = "") -> FormRow:
        row = FormRow(self._look, label, control, note)
        self._rows.addWidget(row)
        return row

    def _segments(self, key: str, choices: Iterable[tuple[Chosen, str]], field: str) -> Segments:
        """Return choices of which one is a field of the board."""
        segments = Segments(self._look, f"wall/{key}", choices)
        segments.chosen.connect(partial(self._alter, field))
        return segments

    def _alter(self, field: str, told: object) -> None:
        after = replace(self._entry.wall, **{field: told})  # type: ignore[arg-type] # as it is told
        if after != self._entry.wall:
            self._entry = replace(self._entry, wall=after)
            self.changed.emit(after)


class BrandForm(WallForm):
    """Name, picture, colours, language, and the figures that are always there.

    Signals:
        picture_wanted: Another picture is to be chosen.
        picture_dropped: There is to be none.
    """

    picture_wanted = Signal()
    picture_dropped = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        wording = look.wording
        translate = wording.translate
        self.title = WordsLine(look, "wall/title", width=300)
        self.title.field.setMaxLength(LONGEST_TITLE)
        self.title.told.connect(partial(self._alter, "title"))
        note = translate("Walls", "Empty: the name of the connection.")
        self._add(translate("Walls", "Name on the wall"), self.title, note)
        self.choose, self.drop = QuietButton(look), QuietButton(look)
        self.choose.setObjectName("wall/logo")
        self.choose.show_text(translate("Walls", "Choose a picture …"))
        self.drop.show_text(translate("Walls", "No picture"))
        self.choose.clicked.connect(self.picture_wanted)
        self.drop.clicked.connect(self.picture_dropped)
        buttons = Flow(look, 8)
        buttons.add(self.choose)
        buttons.add(self.drop)
        self.logo_row = self._add(translate("Walls", "Logo"), buttons, " ")
        self.theme = self._segments(
            "theme", [(key, wording.say(name)) for key, name in _THEMES.items()], "theme"
        )
        self._add(translate("SettingsPage", "Theme"), self.theme)
        own = translate("Walls", "That of the program")
        self.language = self._segments("language", (("", own), *LANGUAGES.items()), "language")
        self._add(translate("SettingsPage", "Language"), self.language)
        self.heroes = FigureSlots(look, "wall/heroes", figures(wording), MOST_HEROES)
        self.heroes.chosen.connect(partial(self._alter, "heroes"))
        note = translate(
            "Walls",
            "They stay on every scene. None chosen: waiting, longest wait and service level.",
        )
        self._add(translate("Walls", "Always there"), self.heroes, note)
        self._rows.addStretch(1)

    def _fill(self, wall: Wall) -> None:
        translate = self._look.wording.translate
        self.title.show_text(wall.title)
        told = translate("Walls", "PNG or JPEG, at most 4 MB; it is copied beside the board.")
        if wall.logo:
            told = f"{isolated(wall.logo)} · {told}"
        self.logo_row.show_note(told)
        self.drop.setEnabled(bool(wall.logo))
        self.theme.show_chosen(wall.theme)
        self.language.show_chosen(wall.language)
        self.heroes.show_keys(wall.heroes)


class RoomForm(WallForm):
    """The screen and the room: they decide how large all is."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        translate = look.wording.translate
        self.inches = Line(look, "wall/inches", translate("Walls", "inches"), width=72)
        self.inches.told.connect(partial(self._tell_number, "inches", LEAST_INCHES, MOST_INCHES))
        note = translate("Walls", "The screen's diagonal, as in 43, 55, 65 or 75.")
        self.inches_row = self._add(translate("Walls", "Screen"), self.inches, note)
        self.seat = Line(look, "wall/seat", translate("Walls", "metres"), width=72)
        self.seat.told.connect(partial(self._tell_number, "seat_m", LEAST_SEAT_M, MOST_SEAT_M))
        note = translate("Walls", "From the screen to the one who sits farthest from it.")
        self.seat_row = self._add(translate("Walls", "Farthest seat"), self.seat, note)
        self.readable = text_label(look, "", Role.BODY)
        self._rows.addWidget(self.readable)
        self._rows.addStretch(1)

    def show_readable(self, text: str) -> None:
        """Say what can be read from where."""
        self.readable.show_text(text)

    def _fill(self, wall: Wall) -> None:
        figure = self._look.wording.figure
        self.inches.show_text(figure(f"{wall.inches:g}"))
        self.seat.show_text(figure(f"{wall.seat_m:g}"))
        for row in (self.inches_row, self.seat_row):
            row.show_problem("")

    def _tell_number(self, field: str, least: float, most: float, told: str) -> None:
        number = _number(told)
        fits = number is not None and least <= number <= most
        wording = self._look.wording
        why = wording.say(
            _FROM_TO, least=wording.figure(f"{least:g}"), most=wording.figure(f"{most:g}")
        )
        row = self.inches_row if field == "inches" else self.seat_row
        row.show_problem("" if fits else why)
        if fits:
            self._alter(field, number)


class HouseForm(WallForm):
    """Whose names are shown, what is heard, how it is at night, and how it ends.

    Signals:
        pin_told: A PIN as it was typed. Empty for none.
    """

    pin_told = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        wording = look.wording
        translate = wording.translate
        names = [(str(key), wording.say(name)) for key, name in NAMINGS.items()]
        self.naming = Segments(look, "wall/naming", names)
        self.naming.chosen.connect(lambda key: self._alter("naming", Naming(str(key))))
        note = translate(
            "Walls",
            "Who walks by reads the names, too, and sees how long somebody was away. Show them"
            " only if those who are named know it and the law where you are allows it.",
        )
        self._add(translate("Walls", "Agents"), self.naming, note)
        self.sound = self._segments(
            "sound",
            (
                (False, translate("Walls", "Silent")),
                (True, translate("Walls", "Critical alerts only")),
            ),
            "sound",
        )
        self._add(translate("Walls", "Sound"), self.sound)
        self.dim = Line(look, "wall/dim", translate("Walls", "% darker"), width=72)
        self.dim.told.connect(self._tell_dim)
        note = translate("Walls", "Outside of the shifts. It spares the screen.")
        self.dim_row = self._add(translate("Walls", "At night"), self.dim, note)
        self.black = self._segments(
            "black",
            (
                (False, translate("Walls", "As at night")),
                (True, translate("Walls", "Black")),
            ),
            "black_when_closed",
        )
        self._add(translate("Walls", "While closed"), self.black)
        self._add_pin()
        self._rows.addStretch(1)

    def _add_pin(self) -> None:
        look = self._look
        translate = look.wording.translate
        self.pin = QLineEdit()
        self.pin.setObjectName("wall/pin")
        self.pin.setEchoMode(QLineEdit.EchoMode.Password)
        self.pin.setMaxLength(12)
        self.pin.setFixedWidth(look.px(140))
        self.pin.setMinimumHeight(look.px(32))
        self.pin.setFont(look.font(Role.BODY))
        self.pin.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.pin.setAccessibleName(translate("Walls", "New PIN"))
        self.set_pin, self.clear_pin = QuietButton(look), QuietButton(look)
        self.set_pin.setObjectName("wall/pin/set")
        self.set_pin.show_text(translate("Walls", "Set"))
        self.clear_pin.setObjectName("wall/pin/clear")
        self.clear_pin.show_text(translate("Walls", "No PIN"))
        self.set_pin.clicked.connect(self._tell_pin)
        self.pin.returnPressed.connect(self._tell_pin)
        self.clear_pin.clicked.connect(lambda: self.pin_told.emit(""))
        line = at_start(self.pin, self.set_pin, self.clear_pin)
        self.pin_row = self._add(translate("Walls", "PIN to leave it"), line, " ")

    def _fill(self, wall: Wall) -> None:
        wording = self._look.wording
        self.naming.show_chosen(str(wall.naming))
        self.sound.show_chosen(wall.sound)
        self.dim.show_text(wording.count(wall.dim))
        self.dim_row.show_problem("")
        self.black.show_chosen(wall.black_when_closed)
        self.pin.clear()
        self.pin_row.show_problem("")
        self.clear_pin.setEnabled(bool(wall.pin))
        if wall.pin:
            told = wording.translate(
                "Walls",
                "A PIN is set. Nobody can look it up, here neither; a new one replaces it.",
            )
        else:
            told = wording.translate(
                "Walls", "None is set: the Esc key ends the board. 4 to 12 digits."
            )
        self.pin_row.show_note(told)

    def _tell_dim(self, told: str) -> None:
        fits = told.isascii() and told.isdigit() and len(told) <= 2 and int(told) <= MOST_DIM
        wording = self._look.wording
        why = wording.say(_FROM_TO, least=wording.count(0), most=wording.count(MOST_DIM))
        self.dim_row.show_problem("" if fits else why)
        if fits:
            self._alter("dim", int(told))

    def _tell_pin(self) -> None:
        told = self.pin.text().strip()
        fits = 4 <= len(told) <= 12 and all(letter.isdecimal() for letter in told)
        why = self._look.wording.translate("Walls", "A PIN has 4 to 12 digits.")
        self.pin_row.show_problem("" if fits else why)
        if fits:
            self.pin.clear()
            self.pin_told.emit(told)


def _number(told: str) -> float | None:
    """Return a number as somebody types it. None if it is none."""
    plain = told.replace("٫", ".").replace(",", ".")
    if not plain.isascii() or not plain.replace(".", "", 1).isdigit() or len(plain) > 8:
        return None
    return float(plain)
