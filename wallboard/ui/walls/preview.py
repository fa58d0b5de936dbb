"""A TV's board as it will look, scene by scene, and how it is started on a screen."""

from __future__ import annotations

import re
import shlex
from dataclasses import replace
from pathlib import Path
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QGuiApplication,
    QHideEvent,
    QImage,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from wallboard.domain.clock import Moment
from wallboard.domain.walls import Wall
from wallboard.engine.board import Board
from wallboard.engine.wall_showing import scenes_of
from wallboard.ui.kiosk.plan import plan_of
from wallboard.ui.kiosk.wall_face import WallFace
from wallboard.ui.kiosk.words import reading_words
from wallboard.ui.look import Look
from wallboard.ui.outside_text import isolated_address, shown
from wallboard.ui.panels.settings_form import Flow, text_label
from wallboard.ui.quiet_button import QuietButton
from wallboard.ui.theme.tokens import THEMES
from wallboard.ui.theme.type import Role
from wallboard.ui.walls.controls import CalmChoices
from wallboard.ui.walls.wishes import ScreenFace, WallEntry, WallsFace
from wallboard.ui.walls.words import SCENE_NAMES
from wallboard.ui.words import phrase

TV: Final = QSize(1920, 1080)
"""By this size it is told what can be read: others of the same shape are the same, but finer."""
PLAY_MS: Final = 4000
"""So long each scene is seen while they are played."""

_DRAWN: Final = QSize(1280, 720)
_CAPTION: Final = phrase("Walls", "Scene {number} of {count}: {name}")
_LARGER: Final = phrase("Walls", "A larger screen helps, or one that hangs nearer.")
_PLAIN: Final = re.compile(r"[\w@:./-]+")
_IN_QUOTES: Final = re.compile(r"[\w@:./() \u200c-]+")


class WallPicture(QWidget):
    """The picture of one scene, drawn as on the TV and made smaller."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._face = WallFace(look)
        self._face.resize(_DRAWN)
        self._image = QImage()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Be as high as a TV of this width."""
        super().resizeEvent(event)
        if self.height() != self.width() * 9 // 16:
            self.setFixedHeight(self.width() * 9 // 16)

    def show_scene(self, entry: WallEntry, scene: int, look: Look) -> None:
        """Show a scene of a board. A board must be shown after this."""
        # By day: what it is like at night is not what is looked at.
        wall = replace(entry.wall, dim=0, black_when_closed=False)
        self._face.show_look(look)
        self._face.show_wall(wall, Path(entry.logo) if entry.logo else None)
        self._face.show_scene(scene)

    def show_board(self, board: Board, now: Moment) -> None:
        """Draw it with these figures."""
        self._face.show_board(board, now)
        image = QImage(_DRAWN, QImage.Format.Format_RGB32)
        self._face.render(image)
        self._image = image
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 - Qt's name
        """Paint the picture, with a frame as a TV has one."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        box = QRectF(self.rect())
        if not self._image.isNull():
            ratio = self.devicePixelRatio()
            size = (box.size() * ratio).toSize()
            smooth = Qt.TransformationMode.SmoothTransformation
            fits = Qt.AspectRatioMode.IgnoreAspectRatio
            painter.drawImage(box, self._image.scaled(size, fits, smooth))
        painter.setPen(QPen(self._look.theme.control, 1))
        painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()


class WallPreview(QWidget):
    """Shows a board's scenes one after the other, what can be read, and starts it on a screen.

    Signals:
        started: The key of the screen on which the board is to be shown.
    """

    started = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._entry = WallEntry(name="")
        self._walls = WallsFace()
        self._shown: tuple[Board, Moment] | None = None
        self._at = 0
        self._screen = ""
        self._play = QTimer(self)
        self._play.setInterval(PLAY_MS)
        self._play.timeout.connect(lambda: self._step(1))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(look.px(8))
        self.picture = WallPicture(look)
        self.caption = text_label(look, "", Role.STRONG)
        self.readable = text_label(look, "", Role.BODY, quiet=True)
        for part in (self.picture, self.caption, self._players(), self.readable):
            box.addWidget(part)
        self._add_starting(box)
        box.addStretch(1)
        self.setFocusProxy(self.before)

    # What others call

    def show_walls(self, walls: WallsFace, entry: WallEntry) -> None:
        """Show a board of those that there are."""
        if entry.name != self._entry.name:
            self._at = 0
        self._walls, self._entry = walls, entry
        self._at = min(self._at, len(scenes_of(entry.wall)) - 1)
        self._offer_screens()
        self._say_readable()
        self._draw()

    def show_board(self, board: Board, now: Moment) -> None:
        """Show the figures of now."""
        self._shown = (board, now)
        self.picture.show_board(board, now)

    def show_scene(self, at: int) -> None:
        """Show a scene, and play no further."""
        self.pause()
        if 0 <= at < len(scenes_of(self._entry.wall)):
            self._at = at
            self._draw()

    def pause(self) -> None:
        """Play no further."""
        if self._play.isActive():
            self._turn()

    def scene(self) -> int:
        """Return which scene is shown."""
        return self._at

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Play nothing that nobody sees."""
        super().hideEvent(event)
        self.pause()

    # Inside

    def _players(self) -> QWidget:
        translate = self._look.wording.translate
        line = Flow(self._look, 8)
        self.before, self.play, self.after = (QuietButton(self._look) for _ in range(3))
        self.before.show_text(translate("Walls", "Scene before"))
        self.play.show_text(translate("Walls", "Play"))
        self.after.show_text(translate("Walls", "Next scene"))
        self.before.clicked.connect(lambda: self.show_scene(self._neighbour(-1)))
        self.play.clicked.connect(self._turn)
        self.after.clicked.connect(lambda: self.show_scene(self._neighbour(1)))
        for name, button in (("before", self.before), ("play", self.play), ("next", self.after)):
            button.setObjectName(f"preview/{name}")
            line.add(button)
        return line

    def _add_starting(self, box: QVBoxLayout) -> None:
        look = self._look
        translate = look.wording.translate
        box.addSpacing(look.px(8))
        box.addWidget(text_label(look, translate("Walls", "On a screen"), Role.HEADING))
        self.screens = CalmChoices(look, "preview/screen")
        self.screens.setAccessibleName(translate("Walls", "Screen"))
        self.screens.activated.connect(lambda _: self._choose_screen())
        self.start = QuietButton(look)
        self.start.setObjectName("preview/start")
        self.start.show_text(translate("Walls", "Start (Ctrl+Shift+K)"))
        self.start.clicked.connect(self.begin)
        line = Flow(look, 8)
        self.screens.resize(look.px(260), look.px(32))
        for part in (self.screens, self.start):
            line.add(part)
        box.addWidget(line)
        note = translate("Walls", "Or type this on the computer at the TV:")
        self.command_note = text_label(look, note, Role.CAPTION, quiet=True)
        self.command = QLineEdit()
        self.command.setObjectName("preview/command")
        self.command.setReadOnly(True)
        self.command.setFont(look.font(Role.BODY))
        self.command.setMinimumHeight(look.px(32))
        self.command.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.command.setAccessibleName(translate("Walls", "The command"))
        self.copy = QuietButton(look)
        self.copy.setObjectName("preview/copy")
        self.copy.show_text(translate("Walls", "Copy"))
        self.copy.clicked.connect(self._copy)
        box.addWidget(self.command_note)
        box.addWidget(self.command)
        line = Flow(look, 8)
        line.add(self.copy)
        box.addWidget(line)

    def begin(self) -> None:
        """Wish that the board be shown on the chosen screen."""
        if self.start.isEnabled():
            self.started.emit(self._screen)

    def chosen_screen(self) -> ScreenFace | None:
        """Return the screen that is chosen. None if there is none."""
        return next((each for each in self._walls.screens if each.key == self._screen), None)

    def _offer_screens(self) -> None:
        screens = self._walls.screens
        if self._screen not in {screen.key for screen in screens}:
            # Rather the TV's than the one that is worked at.
            others = [screen for screen in screens if not screen.ours]
            self._screen = next((screen.key for screen in (*others, *screens)), "")
        rows = [(screen.key, self._called(screen)) for screen in screens]
        self.screens.offer(rows, self._screen)
        self._choose_screen()

    def _called(self, screen: ScreenFace) -> str:
        wording = self._look.wording
        size = isolated_address(wording.digits(f"{screen.width}×{screen.height}"))
        name = shown(screen.name)
        if not screen.ours:
            return f"{name} · {size}"
        here = wording.translate("Walls", "this one")
        return f"{name} · {size} · {here}"

    def _choose_screen(self) -> None:
        self._screen = str(self.screens.currentData() or "")
        words = self._walls.command
        if words:
            words = (*words, "--board", self._entry.name, "--screen", self._screen)
        self.command.setText(" ".join(map(_quoted, words)))
        self.command.setCursorPosition(0)
        for part in (self.start, self.copy):
            part.setEnabled(bool(words) and self._entry.readable)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.command.text())

    def _neighbour(self, step: int) -> int:
        return (self._at + step) % len(scenes_of(self._entry.wall))

    def _step(self, step: int) -> None:
        self._at = self._neighbour(step)
        self._draw()

    def _turn(self) -> None:
        playing = self._play.isActive()
        if playing:
            self._play.stop()
        else:
            self._play.start()
        translate = self._look.wording.translate
        self.play.show_text(translate("Walls", "Play") if playing else translate("Walls", "Pause"))

    def _draw(self) -> None:
        wording = self._look.wording
        scenes = scenes_of(self._entry.wall)
        scene = scenes[self._at]
        said = wording.say(
            _CAPTION,
            number=wording.count(self._at + 1),
            count=wording.count(len(scenes)),
            name=wording.say(SCENE_NAMES[scene.kind]),
        )
        self.caption.show_text(said)
        self.picture.setAccessibleName(said)
        self.picture.show_scene(self._entry, self._at, self._tv_look())
        if self._shown is not None:
            self.picture.show_board(*self._shown)

    def _tv_look(self) -> Look:
        """Return the look of the TV, which may speak another language than the window."""
        wall, look = self._entry.wall, self._look
        return replace(
            look,
            theme=THEMES.get(wall.theme, look.theme),
            wording=self._walls.wordings.get(wall.language, look.wording),
            compact=False,
            scale=1.0,
        )

    def _say_readable(self) -> None:
        self.readable.show_text(readable_words(self._entry.wall, self._look))


def readable_words(wall: Wall, look: Look) -> str:
    """Return what of a board can be read from where, as sentences."""
    wording = look.wording
    plan = plan_of(wall, TV, wall.language or wording.language)
    told = reading_words(plan, wall, wording)
    return told if plan.enough else f"{told} {wording.say(_LARGER)}"


def _quoted(word: str) -> str:
    """Return a word as every command line takes it, if there is such a way."""
    if _PLAIN.fullmatch(word):
        return word
    return f'"{word}"' if _IN_QUOTES.fullmatch(word) else shlex.quote(word)
