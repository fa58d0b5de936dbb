"""What the page of TVs' boards shows, and what can be wished for there: values without a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import TypeAlias

from wallboard.domain.value import value
from wallboard.domain.walls import Wall
from wallboard.ui.wording import Wording


@value
class WallEntry:
    """A board that there is.

    Attributes:
        name: Of its file. Text from outside.
        notices: What of its file cannot be used, as sentences.
        logo: Where the picture of its brand is. Empty for none.
        readable: False if the file is no board: then it can only be removed.
    """

    name: str
    wall: Wall = Wall()
    notices: tuple[str, ...] = ()
    logo: str = ""
    readable: bool = True


@value
class ScreenFace:
    """A screen of this computer.

    Attributes:
        key: By what a board is started on it.
        name: As the system calls it. Text from outside.
        width, height: In pixels.
        ours: True if the window is on it.
    """

    key: str
    name: str
    width: int
    height: int
    ours: bool = False


@value
class WallsFace:
    """All that the page shows.

    Attributes:
        path: Where the boards are.
        command: The words that start a board of what the window shows, without its name and the
            screen. Empty if nothing is shown that could be started.
        wordings: The languages that a board can speak, by key.
    """

    entries: tuple[WallEntry, ...] = ()
    screens: tuple[ScreenFace, ...] = ()
    path: str = ""
    command: tuple[str, ...] = ()
    wordings: Mapping[str, Wording] = field(default_factory=dict)


@value
class WallMade:
    """Another board is to be made."""


@value
class WallCopied:
    """A board is to be made as this one is."""

    name: str


@value
class WallRenamed:
    """A board is to be called otherwise."""

    name: str
    to: str


@value
class WallRemoved:
    """A board is to go."""

    name: str


@value
class WallBrought:
    """A file from elsewhere is to become a board."""

    path: str


@value
class WallGiven:
    """A board is to be written to where it can be carried from."""

    name: str
    path: str


@value
class WallDecided:
    """A board is to be like this."""

    name: str
    wall: Wall


@value
class LogoTold:
    """A picture is to be a board's brand.

    Attributes:
        path: Of its file. Empty for none.
    """

    name: str
    path: str


@value
class PinTold:
    """A board is to be left by this PIN only.

    Attributes:
        pin: As it was typed. Empty for none. It is in no text that is told.
    """

    name: str
    pin: str = field(repr=False)


@value
class WallStarted:
    """A board is to be shown on a screen, by a program of its own."""

    name: str
    screen: str


WallWish: TypeAlias = (
    WallMade
    | WallCopied
    | WallRenamed
    | WallRemoved
    | WallBrought
    | WallGiven
    | WallDecided
    | LogoTold
    | PinTold
    | WallStarted
)
