"""Does what the page of TVs' boards wishes for: it is written at once, and can be taken back."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final, TypeAlias

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication, QImageReader
from PySide6.QtWidgets import QWidget

from wallboard.app.saved import noticed
from wallboard.app.wall_faces import WallStanding, screen_faces, wall_entry
from wallboard.domain.walls import Wall
from wallboard.engine.wall_figures import SHOWABLE
from wallboard.runtime.own_program import own_program
from wallboard.settings.file import SettingsNotSaved
from wallboard.settings.notice import Notice, notice, translate
from wallboard.settings.paths import Places
from wallboard.settings.pins import kept_pin
from wallboard.settings.wall_folder import Gone, WallFolder
from wallboard.settings.wall_reading import WallUnreadable, looked_at, reason_of
from wallboard.settings.walls import wall_files, write_wall
from wallboard.ui.outside_text import isolated
from wallboard.ui.pages.walls import WallsPage
from wallboard.ui.walls.wishes import (
    LogoTold,
    PinTold,
    WallBrought,
    WallCopied,
    WallDecided,
    WallGiven,
    WallMade,
    WallRemoved,
    WallRenamed,
    WallsFace,
    WallStarted,
    WallWish,
)
from wallboard.ui.words import Phrase, phrase

Launch: TypeAlias = Callable[[Sequence[str]], "subprocess.Popen[bytes]"]

_NEW: Final = phrase("Walls", "TV")
_MADE: Final = phrase("Walls", "{name} was made.")
_CHANGED: Final = phrase("Walls", "{name} was changed.")
_RENAMED: Final = phrase("Walls", "It is called {name} now.")
_REMOVED: Final = phrase("Walls", "{name} was deleted.")
_GIVEN: Final = phrase("Walls", "{name} was written to {path}.")
_STARTED: Final = phrase("Walls", "{name} is being started on {screen}.")
_ENDED: Final = phrase(
    "Walls",
    "{name} ended as soon as it was started. Type the command below in a terminal: it says why.",
)
_ELSEWHERE: Final = phrase(
    "Walls",
    "The file of {name} was changed by somebody else meanwhile. What is in it now is shown;"
    " nothing was written.",
)
_MOST_BACK: Final = 100
_SOON_MS: Final = 4000
"""Who ends so soon after the start has not begun."""


class WallDesk(QObject):
    """Serves the page of TVs' boards of one window. Lives on the main thread."""

    def __init__(
        self,
        standing: Callable[[], WallStanding],
        places: Places,
        parent: QObject | None = None,
        launch: Launch | None = None,
    ) -> None:
        """Prepare.

        Args:
            standing: Returns what the window stands on; asked anew for each wish.
            launch: Starts a program by its words. None: this program, by itself.
        """
        super().__init__(parent)
        self._standing = standing
        self._folder = WallFolder(places.walls)
        self._launch = launch or _launched
        self._page: WallsPage | None = None
        self._walls: dict[str, Wall] = {}
        self._back: list[Callable[[], str]] = []
        self._running: list[subprocess.Popen[bytes]] = []

    def serve(self, page: QWidget) -> None:
        """Do what the page of boards wishes for from now on.

        Raises:
            TypeError: It is another page.
        """
        if not isinstance(page, WallsPage):
            raise TypeError(page)
        self._page = page
        page.wished.connect(self._hear)
        page.undo_wanted.connect(self._undo)
        page.looked.connect(self.show)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.screenAdded.connect(self.show)
            application.screenRemoved.connect(self.show)
        self.show()

    def begin(self) -> None:
        """Start the chosen board on the chosen screen, or lead to where that is done."""
        if self._page is not None:
            self._page.begin()

    def show(self) -> None:
        """Show on the page what is on the disk now."""
        page = self._page
        if page is None:
            return
        try:
            files = wall_files(self._folder.path)
        except OSError as error:
            files = ()
            text = translate("Settings", "The boards in {path} cannot be looked at ({reason}).")
            told = notice(text, path=self._folder.path, reason=reason_of(error))
            page.show_trouble(self._noticed(told))
        standing = self._standing()
        entries = tuple(wall_entry(file, standing.wording) for file in files)
        self._walls = {entry.name: entry.wall for entry in entries}
        words = ("wallboard", "kiosk", standing.connection) if standing.connection else ()
        page.show_walls(
            WallsFace(
                entries=entries,
                screens=screen_faces(page.screen()),
                path=str(self._folder.path),
                command=words,
                wordings=standing.wordings,
            )
        )

    # What is wished for

    def _hear(self, wish: WallWish) -> None:
        try:
            self._do(wish)
        except SettingsNotSaved as error:
            self._tell_trouble(error.notice)
        except WallUnreadable as error:
            self._tell_trouble(error.notices[0])

    def _do(self, wish: WallWish) -> None:
        match wish:
            case WallMade():
                self._take_in(lambda: self._folder.fresh(self._say(_NEW), Wall()))
            case WallCopied():
                self._take_in(lambda: self._folder.copy(wish.name))
            case WallBrought():
                self._bring_in(Path(wish.path))
            case WallRemoved():
                self._remove(wish.name)
            case WallRenamed():
                self._rename(wish.name, wish.to)
            case WallGiven():
                path = Path(wish.path)
                self._folder.give_out(wish.name, path)
                self._told(_GIVEN, wish.name, path=isolated(str(path)))
            case WallStarted():
                self._start(wish)
            case _:
                self._decide(wish)

    def _decide(self, wish: WallDecided | LogoTold | PinTold) -> None:
        before = self._walls.get(wish.name)
        if before is None:
            # It is gone since it was shown.
            self._tell(self._say(_ELSEWHERE, name=isolated(wish.name)))
            return
        match wish:
            case WallDecided():
                self._alter(wish.name, before, wish.wall)
            case LogoTold():
                logo = self._picture(wish.path) if wish.path else ""
                self._alter(wish.name, before, replace(before, logo=logo))
            case PinTold():
                pin = _kept(wish.pin) if wish.pin else ""
                self._alter(wish.name, before, replace(before, pin=pin))

    def _alter(self, name: str, before: Wall, wall: Wall) -> None:
        if wall == before:
            return
        if not self._write(name, before, wall):
            self._tell(self._say(_ELSEWHERE, name=isolated(name)))
            return
        self._keep_back(lambda: self._altered_back(name, wall, before))
        self._told(_CHANGED, name)

    def _write(self, name: str, before: Wall, wall: Wall) -> bool:
        """Write a board; return whether the file is still what it was."""
        path = self._folder.file(name)
        if looked_at(path, SHOWABLE).wall != before:
            return False
        write_wall(path, wall)
        return True

    def _altered_back(self, name: str, wall: Wall, before: Wall) -> str:
        if not self._write(name, wall, before):
            self._back.clear()
            self._tell(self._say(_ELSEWHERE, name=isolated(name)))
        return name

    def _take_in(self, make: Callable[[], str]) -> None:
        name = make()
        self._keep_back(partial(self._taken_back, name))
        self._told(_MADE, name, choose=name)

    def _taken_back(self, name: str) -> str:
        self._folder.remove(name)
        return ""

    def _bring_in(self, path: Path) -> None:
        name, notices = self._folder.bring_in(path)
        self._keep_back(partial(self._taken_back, name))
        self._told(_MADE, name, choose=name)
        if notices:
            self._tell(" ".join(map(self._noticed, notices)))

    def _remove(self, name: str) -> None:
        gone: Gone = self._folder.remove(name)
        self._keep_back(lambda: self._folder.put_back(gone))
        self._told(_REMOVED, name)

    def _rename(self, name: str, to: str) -> None:
        after = self._folder.rename(name, to)
        self._keep_back(lambda: self._folder.rename(after, name))
        self._told(_RENAMED, after, choose=after)

    def _picture(self, path: str) -> str:
        if not QImageReader(path).canRead():
            raise SettingsNotSaved(
                notice(
                    translate("Settings", "The picture {path} cannot be used: {reason}."),
                    path=path,
                    reason=translate("Settings", "it is no PNG or JPEG picture"),
                )
            )
        return self._folder.take_logo(Path(path))

    def _start(self, wish: WallStarted) -> None:
        standing = self._standing()
        words = ("kiosk", standing.connection, "--board", wish.name, "--screen", wish.screen)
        language = ("--language", standing.wording.language)
        try:
            process = self._launch((*words, *language))
        except OSError as error:
            text = translate("Settings", "It could not be started: {reason}.")
            raise SettingsNotSaved(notice(text, reason=reason_of(error))) from error
        self._running = [each for each in self._running if each.poll() is None]
        self._running.append(process)
        QTimer.singleShot(_SOON_MS, self, lambda: self._look_after(process, wish.name))
        self._told(_STARTED, wish.name, undo=False, screen=isolated(wish.screen))

    def _look_after(self, process: subprocess.Popen[bytes], name: str) -> None:
        if process.poll() not in (None, 0):
            self._tell(self._say(_ENDED, name=isolated(name)))

    # What is said, and taken back

    def _keep_back(self, back: Callable[[], str]) -> None:
        self._back = [*self._back[1 - _MOST_BACK :], back]

    def _undo(self) -> None:
        if not self._back:
            return
        back = self._back.pop()
        if self._page is not None:
            self._page.end_undo()
            self._page.show_trouble("")
        try:
            name = back()
        except SettingsNotSaved as error:
            self._back.clear()
            self._tell_trouble(error.notice)
            return
        except WallUnreadable as error:
            self._back.clear()
            self._tell_trouble(error.notices[0])
            return
        self.show()
        if self._page is not None:
            self._page.choose(name)

    def _told(
        self, said: Phrase, name: str, *, choose: str = "", undo: bool = True, **details: str
    ) -> None:
        self.show()
        if self._page is None:
            return
        if choose:
            self._page.choose(choose)
        text = self._say(said, name=isolated(name), **details)
        if undo and said is not _GIVEN:
            self._page.show_undo(text)
        else:
            self._page.show_told(text)

    def _tell_trouble(self, told: Notice) -> None:
        self._tell(self._noticed(told))

    def _tell(self, text: str) -> None:
        self.show()
        if self._page is not None:
            self._page.show_trouble(text)

    def _noticed(self, told: Notice) -> str:
        return noticed(told, self._standing().wording)

    def _say(self, said: Phrase, **details: str) -> str:
        return self._standing().wording.say(said, **details)


def _kept(pin: str) -> str:
    try:
        return kept_pin(pin)
    except ValueError as error:
        text = translate("Settings", "This is no PIN. Possible: {choices}.")
        raise SettingsNotSaved(notice(text, choices=error)) from error


def _launched(words: Sequence[str]) -> subprocess.Popen[bytes]:
    """Start this program with other words, so that it outlives this window."""
    nothing = subprocess.DEVNULL
    return subprocess.Popen(  # noqa: S603 - our own program
        own_program(*words),
        stdin=nothing,
        stdout=nothing,
        stderr=nothing,
        start_new_session=True,
    )
