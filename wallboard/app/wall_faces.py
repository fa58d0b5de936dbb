"""What the page of TVs' boards is shown: boards on the disk, screens, what can be started."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtGui import QGuiApplication, QScreen

from wallboard.app.looks import wording_by
from wallboard.app.saved import noticed
from wallboard.domain.value import value
from wallboard.domain.walls import LANGUAGES
from wallboard.engine.wall_figures import SHOWABLE
from wallboard.runtime.opening import DEMO, Opening
from wallboard.settings.model import Settings
from wallboard.settings.notice import notice, translate
from wallboard.settings.wall_reading import WallUnreadable, looked_at
from wallboard.settings.walls import WallFile, logo_path
from wallboard.ui.walls.wishes import ScreenFace, WallEntry
from wallboard.ui.wording import Wording


@value
class WallStanding:
    """What the window stands on.

    Attributes:
        connection: By what the command line knows what is shown: the name of a saved connection,
            or `demo`. Empty if it knows it by nothing.
        wording: In which to speak.
        wordings: The languages that a board can speak, by key.
    """

    connection: str
    wording: Wording
    wordings: Mapping[str, Wording]


def wall_standing(settings: Settings, opening: Opening | None, language: str) -> WallStanding:
    """Return what the page of boards stands on.

    Args:
        opening: What is shown. None if nothing is.
        language: `en` or `fa`: what the window speaks.
    """
    return WallStanding(
        connection="" if opening is None else _known_by(opening, settings),
        wording=wording_by(settings, language),
        wordings={key: wording_by(settings, key) for key in LANGUAGES},
    )


def _known_by(opening: Opening, settings: Settings) -> str:
    """Return by what the command line knows what is shown; empty if by nothing."""
    profile = settings.profile(opening.name)
    if opening.demo:
        return "" if settings.profile(DEMO) else DEMO
    known = profile is not None and profile.kind == opening.kind
    return opening.name if known and not opening.name.startswith("-") else ""


def wall_entry(file: WallFile, wording: Wording) -> WallEntry:
    """Return a board as it is on the disk now, with what of it cannot be used."""
    try:
        read = looked_at(file.path, SHOWABLE)
    except WallUnreadable as error:
        told = tuple(noticed(each, wording) for each in error.notices)
        return WallEntry(name=file.name, notices=told, readable=False)
    notices = read.notices
    logo = logo_path(file.path, read.wall)
    if logo is not None and not logo.is_file():
        text = translate("Settings", "The picture {path} is not there.")
        notices = (*notices, notice(text, path=logo))
        logo = None
    return WallEntry(
        name=file.name,
        wall=read.wall,
        notices=tuple(noticed(each, wording) for each in notices),
        logo="" if logo is None else str(logo),
    )


def screen_faces(ours: QScreen | None) -> tuple[ScreenFace, ...]:
    """Return the screens of this computer.

    Args:
        ours: The one that the window is on.
    """
    screens = [each for each in QGuiApplication.screens() if not each.geometry().isEmpty()]
    names = [screen.name() for screen in screens]
    found = []
    for number, screen in enumerate(screens, start=1):
        name, size = screen.name(), screen.size() * screen.devicePixelRatio()
        # The command line parts names by commas; a number tells apart two of one name.
        plain = name and "," not in name and names.count(name) == 1
        found.append(
            ScreenFace(
                key=name if plain else str(number),
                name=name or str(number),
                width=size.width(),
                height=size.height(),
                ours=screen is ours,
            )
        )
    return tuple(found)
