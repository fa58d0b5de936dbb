"""What is decided for one TV's board: its name, and under four heads all the rest."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from wallboard.domain.walls import Wall
from wallboard.ui.look import Look
from wallboard.ui.outside_text import shown
from wallboard.ui.panels.settings_form import FormRow, Segments, text_label
from wallboard.ui.theme.type import Role
from wallboard.ui.walls.controls import WordsLine
from wallboard.ui.walls.forms import BrandForm, HouseForm, RoomForm, WallForm
from wallboard.ui.walls.scenes import WallScenes
from wallboard.ui.walls.wishes import (
    LogoTold,
    PinTold,
    WallDecided,
    WallEntry,
    WallRenamed,
)
from wallboard.ui.words import phrase

SCENES, BRAND, ROOM, HOUSE = "scenes", "brand", "room", "house"
_TABS: Final = {
    SCENES: phrase("Walls", "Scenes"),
    BRAND: phrase("Walls", "Look"),
    ROOM: phrase("Walls", "Screen and room"),
    HOUSE: phrase("Walls", "Names, night, PIN"),
}
_LONGEST_NAME: Final = 40


class WallEditor(QWidget):
    """Shows one board, in one look. It keeps none: it tells what was wished for.

    Signals:
        wished: A WallWish.
        scene_picked: Which scene is looked at.
        picture_wanted: Another picture is to be chosen for the brand.
    """

    wished = Signal(object)
    scene_picked = Signal(int)
    picture_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._entry = WallEntry(name="")
        wording = look.wording
        self.name = WordsLine(look, "wall/name", width=300)
        self.name.field.setMaxLength(_LONGEST_NAME)
        self.name.told.connect(self._rename)
        self.notices = text_label(look, "", Role.BODY)
        self.tabs = Segments(
            look, "wall/tab", [(key, wording.say(name)) for key, name in _TABS.items()]
        )
        self.tabs.setAccessibleName(wording.translate("Walls", "What is decided"))
        self.tabs.chosen.connect(lambda key: self.open_tab(str(key)))
        self.scenes = WallScenes(look)
        self.scenes.changed.connect(self._decide_scenes)
        self.scenes.picked.connect(self.scene_picked)
        self.brand, self.room, self.house = BrandForm(look), RoomForm(look), HouseForm(look)
        self.brand.picture_wanted.connect(self.picture_wanted)
        self.brand.picture_dropped.connect(lambda: self.take_picture(""))
        self.house.pin_told.connect(self._tell_pin)
        self._forms: tuple[WallForm, ...] = (self.brand, self.room, self.house)
        for form in self._forms:
            form.changed.connect(self._decide)
        self._parts: dict[str, QWidget] = {
            SCENES: self.scenes, BRAND: self.brand, ROOM: self.room, HOUSE: self.house,
        }  # fmt: skip
        self._lay()
        self.setFocusProxy(self.name)
        self.open_tab(SCENES)

    # What others call

    def show_entry(self, entry: WallEntry, queues: tuple[tuple[str, str], ...]) -> None:
        """Show a board.

        Args:
            queues: Of which scenes can be, by id and name.
        """
        if entry.name != self._entry.name:
            self.scenes.list.setCurrentRow(0)
        self._entry = entry
        self.name.show_text(shown(entry.name))
        self.notices.show_text("\n".join(entry.notices))
        self.notices.setVisible(bool(entry.notices))
        self.tabs.setVisible(entry.readable)
        self.area.setVisible(entry.readable)
        self.scenes.show_scenes(entry.wall.scenes, queues)
        for form in self._forms:
            form.show_entry(entry)

    def show_readable(self, text: str) -> None:
        """Say what can be read from where."""
        self.room.show_readable(text)

    def take_picture(self, path: str) -> None:
        """Have the picture of this file as the brand; empty for none."""
        self.wished.emit(LogoTold(name=self._entry.name, path=path))

    def open_tab(self, key: str) -> None:
        """Show what stands under one of the heads."""
        self.tab = key
        self.tabs.show_chosen(key)
        for name, part in self._parts.items():
            part.setVisible(name == key)
        self.area.verticalScrollBar().setValue(0)

    # Inside

    def _lay(self) -> None:
        look = self._look
        palette = self.notices.palette()
        palette.setColor(self.notices.foregroundRole(), look.theme.warning_text)
        self.notices.setPalette(palette)
        inner = QWidget()
        held = QVBoxLayout(inner)
        # Qt does not mirror margins: the room is for the scroll bar, at the end of the lines.
        end = look.px(16)
        held.setContentsMargins(end if look.rtl else 0, 0, 0 if look.rtl else end, look.px(8))
        for part in self._parts.values():
            held.addWidget(part)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(inner)
        label = look.wording.translate("Walls", "Name of the board")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(look.px(12))
        box.addWidget(FormRow(look, label, self.name))
        box.addWidget(self.notices)
        box.addWidget(self.tabs)
        box.addWidget(self.area, 1)

    def _rename(self, told: str) -> None:
        if told and told != self._entry.name:
            self.wished.emit(WallRenamed(name=self._entry.name, to=told))
        else:
            self.name.show_text("")
            self.name.show_text(shown(self._entry.name))

    def _decide_scenes(self, scenes: object) -> None:
        if isinstance(scenes, tuple):
            self._decide(replace(self._entry.wall, scenes=scenes))

    def _decide(self, wall: Wall) -> None:
        self._entry = replace(self._entry, wall=wall)
        self.wished.emit(WallDecided(name=self._entry.name, wall=wall))

    def _tell_pin(self, pin: str) -> None:
        self.wished.emit(PinTold(name=self._entry.name, pin=pin))
