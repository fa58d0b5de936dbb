"""The scenes of a TV's board: their order, and what is decided for the chosen one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QVBoxLayout, QWidget

from wallboard.domain.walls import (
    LEAST_SECONDS,
    MOST_SCENES,
    MOST_SECONDS,
    MOST_TILES,
    Scene,
    SceneKind,
)
from wallboard.ui.choice_menu import menu_of, open_below
from wallboard.ui.look import Look
from wallboard.ui.panels.settings_form import Flow, FormRow, Line, Segments, text_label
from wallboard.ui.quiet_button import QuietButton
from wallboard.ui.theme.type import Role
from wallboard.ui.walls.controls import FigureSlots, MessageText, QueueTicks
from wallboard.ui.walls.words import (
    SCENE_MEANINGS,
    SCENE_NAMES,
    SECONDS,
    SOME_QUEUES,
    figures,
)

_MOST_ROWS: Final = 7


class SceneList(QListWidget):
    """The scenes in their order; keys move and remove them.

    Signals:
        moved: By how many places the chosen one is to move, -1 or 1.
        removed: The chosen one is to go.
    """

    moved = Signal(int)
    removed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("scenes")
        self.setFont(look.font(Role.BODY))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Move or remove the scene; other keys go through the list."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if step and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.moved.emit(step)
        elif event.key() == Qt.Key.Key_Delete:
            self.removed.emit()
        else:
            super().keyPressEvent(event)
            return
        event.accept()


class WallScenes(QWidget):
    """Shows the scenes of a board, in one look. It keeps none: it tells how they are to be.

    Signals:
        changed: The scenes as they are to be, a tuple.
        picked: Which scene is looked at.
    """

    changed = Signal(object)
    picked = Signal(int)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._scenes: tuple[Scene, ...] = ()
        self._queues: tuple[tuple[str, str], ...] = ()
        translate = look.wording.translate
        self.list = SceneList(look)
        self.list.setAccessibleName(translate("Walls", "Scenes"))
        keys = translate("Walls", "Ctrl+↑ and Ctrl+↓ move the chosen scene, Delete removes it.")
        self.list.setAccessibleDescription(keys)
        self.list.currentRowChanged.connect(self._pick)
        self.list.moved.connect(self._move)
        self.list.removed.connect(self._remove)
        self.buttons: dict[str, QuietButton] = {}
        line = Flow(look, 8)
        for key, text, act in (
            ("add", translate("Walls", "Add a scene …"), self._ask_kind),
            ("up", translate("Walls", "Earlier"), lambda: self._move(-1)),
            ("down", translate("Walls", "Later"), lambda: self._move(1)),
            ("remove", translate("Walls", "Remove"), self._remove),
        ):
            self._add_button(line, key, text, act)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(look.px(10))
        box.addWidget(self.list)
        box.addWidget(line)
        box.addWidget(text_label(look, keys, Role.CAPTION, quiet=True))
        self._add_details(box)
        box.addStretch(1)

    # What others call

    def show_scenes(self, scenes: tuple[Scene, ...], queues: tuple[tuple[str, str], ...]) -> None:
        """Show scenes, and of which queues they can be, by id and name."""
        at = max(0, min(self.list.currentRow(), len(scenes) - 1))
        self._scenes, self._queues = scenes, queues
        self.list.blockSignals(True)  # noqa: FBT003 - Qt's form
        while self.list.count() > len(scenes):
            self.list.takeItem(self.list.count() - 1)
        while self.list.count() < len(scenes):
            self.list.addItem("")
        for row, scene in enumerate(scenes):
            self.list.item(row).setText(self._line(row, scene))
        self.list.setCurrentRow(at)
        self.list.blockSignals(False)  # noqa: FBT003 - Qt's form
        high = min(max(2, len(scenes)), _MOST_ROWS) * max(1, self.list.sizeHintForRow(0))
        self.list.setFixedHeight(high + self._look.px(14))
        self._fill()

    # What it shows

    def _add_button(self, line: Flow, key: str, text: str, act: Callable[[], None]) -> None:
        button = QuietButton(self._look)
        button.setObjectName(f"scene/{key}")
        button.show_text(text)
        button.clicked.connect(act)
        line.add(button)
        self.buttons[key] = button

    def _add_details(self, box: QVBoxLayout) -> None:
        look, wording = self._look, self._look.wording
        translate = wording.translate
        self.kind = Segments(
            look, "scene/kind", [(str(key), wording.say(name)) for key, name in SCENE_NAMES.items()]
        )
        self.kind.chosen.connect(self._choose_kind)
        self._kind_row = FormRow(look, translate("Walls", "It shows"), self.kind, " ")
        self.seconds = Line(look, "scene/seconds", translate("Walls", "seconds"), width=72)
        self.seconds.told.connect(self._choose_seconds)
        note = translate("Walls", "Of a scene of several pages, each page stays so long.")
        self.seconds_row = FormRow(look, translate("Walls", "It stays"), self.seconds, note)
        self.tiles = FigureSlots(look, "scene/tiles", figures(wording), MOST_TILES)
        self.tiles.chosen.connect(lambda keys: self._alter(tiles=keys))
        note = translate("Walls", "None chosen: the usual ones.")
        self.tiles_row = FormRow(look, translate("Walls", "Figures"), self.tiles, note)
        self.queues = QueueTicks(look, "scene/queues")
        self.queues.chosen.connect(lambda ids: self._alter(queues=ids))
        note = translate("Walls", "None ticked: all queues, also those that come later.")
        self.queues_row = FormRow(look, translate("Walls", "Queues"), self.queues, note)
        self.text = MessageText(look, "scene/text")
        self.text.told.connect(lambda text: self._alter(text=text))
        self.text_row = FormRow(look, translate("Walls", "Text"), self.text)
        for row in (
            self._kind_row, self.seconds_row, self.tiles_row, self.queues_row, self.text_row,
        ):  # fmt: skip
            box.addWidget(row)

    def _fill(self) -> None:
        scene, look = self._scene(), self._look
        at, last = self.list.currentRow(), len(self._scenes) - 1
        self.buttons["add"].setEnabled(len(self._scenes) < MOST_SCENES)
        self.buttons["up"].setEnabled(at > 0)
        self.buttons["down"].setEnabled(at < last)
        self.buttons["remove"].setEnabled(last > 0)
        if scene is None:
            return
        self.kind.show_chosen(str(scene.kind))
        self._kind_row.show_note(look.wording.say(SCENE_MEANINGS[scene.kind]))
        self.seconds.show_text(look.wording.count(scene.seconds))
        self.tiles.show_keys(scene.tiles)
        self.queues.show_queues(self._queues, scene.queues)
        self.text.show_text(scene.text)
        message = scene.kind is SceneKind.MESSAGE
        self.tiles_row.setVisible(scene.kind is SceneKind.OVERVIEW)
        self.queues_row.setVisible(not message)
        self.text_row.setVisible(message)

    def _line(self, row: int, scene: Scene) -> str:
        wording = self._look.wording
        text = SOME_QUEUES if scene.queues and scene.kind is not SceneKind.MESSAGE else SECONDS
        said = wording.say(
            text,
            name=wording.say(SCENE_NAMES[scene.kind]),
            seconds=wording.count(scene.seconds),
            count=wording.count(len(scene.queues)),
        )
        return f"{wording.count(row + 1)}.  {said}"

    def _scene(self) -> Scene | None:
        at = self.list.currentRow()
        return self._scenes[at] if 0 <= at < len(self._scenes) else None

    # What is decided

    def _pick(self, at: int) -> None:
        self.seconds_row.show_problem("")
        self._fill()
        if at >= 0:
            self.picked.emit(at)

    def _ask_kind(self) -> None:
        wording, button = self._look.wording, self.buttons["add"]
        rows = [(str(kind), wording.say(name)) for kind, name in SCENE_NAMES.items()]
        menu = menu_of(button, self._look, rows, "", self.add_scene)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        open_below(button, self._look, menu)

    def add_scene(self, kind: str) -> None:
        """Have a scene of this kind after the chosen one."""
        at = self.list.currentRow() + 1
        fresh = Scene(kind=SceneKind(kind))
        self._tell((*self._scenes[:at], fresh, *self._scenes[at:]), at)

    def _remove(self) -> None:
        at = self.list.currentRow()
        if len(self._scenes) > 1 and at >= 0:
            rest = (*self._scenes[:at], *self._scenes[at + 1 :])
            self._tell(rest, min(at, len(rest) - 1))

    def _move(self, step: int) -> None:
        at = self.list.currentRow()
        to = at + step
        if at >= 0 and 0 <= to < len(self._scenes):
            rows = list(self._scenes)
            rows.insert(to, rows.pop(at))
            self._tell(tuple(rows), to)

    def _choose_kind(self, kind: object) -> None:
        self._alter(kind=SceneKind(str(kind)))

    def _choose_seconds(self, told: str) -> None:
        fits = told.isascii() and told.isdigit() and len(told) <= 3
        fits = fits and LEAST_SECONDS <= int(told) <= MOST_SECONDS
        wording = self._look.wording
        why = wording.translate("Walls", "A whole number from {least} to {most}.").format(
            least=wording.count(LEAST_SECONDS), most=wording.count(MOST_SECONDS)
        )
        self.seconds_row.show_problem("" if fits else why)
        if fits:
            self._alter(seconds=int(told))

    def _alter(self, **decided: object) -> None:
        scene, at = self._scene(), self.list.currentRow()
        if scene is None:
            return
        after = replace(scene, **decided)  # type: ignore[arg-type] # as the controls tell them
        if after != scene:
            self._tell((*self._scenes[:at], after, *self._scenes[at + 1 :]), at)

    def _tell(self, scenes: tuple[Scene, ...], at: int) -> None:
        self.show_scenes(scenes, self._queues)
        self.list.setCurrentRow(at)
        self.changed.emit(scenes)
