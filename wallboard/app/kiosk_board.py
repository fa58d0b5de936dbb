"""One wall of a kiosk: its file, its window, and where on which screen it is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QScreen

from wallboard.app.looks import look_by
from wallboard.app.saved import noticed
from wallboard.domain.clock import Moment
from wallboard.domain.walls import Scene, SceneKind, Wall
from wallboard.engine.board import Board
from wallboard.runtime.file_watch import Watched
from wallboard.runtime.kiosk_wire import BoardBeat
from wallboard.settings.model import Settings, Theme
from wallboard.settings.walls import ReadWall, WallUnreadable, logo_path, looked_at
from wallboard.ui.kiosk.kiosk_window import KioskWindow
from wallboard.ui.kiosk.wall_face import WallFace
from wallboard.ui.look import Look

USUAL: Final = Wall()
SAFE_SCENES: Final = (Scene(kind=SceneKind.QUEUES),)
"""What cannot fail: the figures that stay, and the queues."""
_NOT_KNOWN: Final = "?"
"""No PIN fits it: of a board that could not be read nobody knows whether it has one."""


def safe(wall: Wall) -> Wall:
    """Return a wall that shows only what cannot fail."""
    return replace(wall, scenes=SAFE_SCENES, logo="")


class KioskBoard(QObject):
    """One wall. Lives on the main thread.

    Signals:
        wall_changed: Its file says something else than before.
    """

    wall_changed = Signal()

    def __init__(
        self,
        file: Path | None,
        settings: Settings,
        language: str,
        *,
        only_safe: bool,
        parent: QObject | None = None,
    ) -> None:
        """Read the wall, and make its window; it is not shown yet.

        Args:
            file: None for the usual wall.
            language: `en` or `fa`: what it is if the wall does not say.
        """
        super().__init__(parent)
        self.file = file
        self.trouble = ""
        self._safe = only_safe
        self._settings = settings
        self._language = language
        self._wall = USUAL
        self._screen = ""
        self._told: ReadWall | WallUnreadable | None = None
        if file is not None:
            try:
                self._told = looked_at(file)
            except WallUnreadable as error:
                self._told = error
        if isinstance(self._told, ReadWall):
            self._wall = self._told.wall
        look = self._look()
        self.face = WallFace(look)
        self.window = KioskWindow(look, self.face)
        self._dress()

    @property
    def wall(self) -> Wall:
        """What its file said when it could be read last."""
        return self._wall

    @property
    def pin(self) -> str:
        """What is kept of its PIN; empty if it has none."""
        if self._wall is USUAL and isinstance(self._told, WallUnreadable):
            return _NOT_KNOWN
        return self._wall.pin

    @property
    def watched(self) -> Watched | None:
        """What is to be watched for it. None without a file."""
        return None if self.file is None else Watched(path=self.file, read=looked_at)

    def take(self, said: object) -> None:
        """Take what its file says now; of one that cannot be read, the last good one stays."""
        if isinstance(said, ReadWall):
            if said == self._told:
                return
            self._told = said
            if not said.notices or self._wall is USUAL:
                self._wall = said.wall
        elif isinstance(said, WallUnreadable):
            self._told = said
        else:
            return
        self._dress()
        self.wall_changed.emit()

    def decide(self, settings: Settings, language: str) -> None:
        """Look as these settings say, where the wall itself does not."""
        self._settings, self._language = settings, language
        self._dress()

    def show_board(self, board: Board, now: Moment) -> None:
        """Show a board."""
        self.face.show_board(board, now)

    def show_trouble(self, told: str) -> None:
        """Say in the footer what is the matter with the whole kiosk; empty: nothing."""
        self.face.show_health("   ".join(each for each in (told, self.trouble) if each))

    def place(self, name: str, screen: QScreen | None) -> None:
        """Be on a screen. None: there is none for it; it goes on unseen.

        Args:
            name: Of the screen.
        """
        self._screen = "" if screen is None else name
        if screen is None:
            self.window.hide()
        else:
            self.window.fill(screen)

    def go_on_from(self, place: str) -> None:
        """Go on in the round where the window before was."""
        self.face.go_on_from(place)

    def beat(self) -> BoardBeat:
        """Return how it is."""
        return BoardBeat(
            title=self._wall.title,
            file="" if self.file is None else str(self.file),
            screen=self._screen,
            scene=self.face.scene,
            trouble=self.trouble,
            place=self.face.place,
        )

    def close(self) -> None:
        """Let go of the window."""
        self.window.hide()
        self.window.deleteLater()

    def _dress(self) -> None:
        look = self._look()
        wall = safe(self._wall) if self._safe else self._wall
        notices = () if self._told is None else self._told.notices
        self.trouble = " ".join(noticed(each, look.wording) for each in notices[:1])
        self.window.show_look(look)
        self.window.show_title(self._wall.title or "Wallboard")
        self.face.show_look(look)
        self.face.show_wall(wall, None if self.file is None else logo_path(self.file, wall))

    def _look(self) -> Look:
        settings = replace(self._settings, theme=Theme(self._wall.theme))
        return look_by(settings, self._wall.language or self._language)
