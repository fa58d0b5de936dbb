"""What a kiosk's watchdog and its window say to each other: one JSON object a line, over pipes."""

from __future__ import annotations

from typing import Final

import msgspec

LARGEST_LINE: Final = 1 << 20
"""In bytes; a longer line is none of ours."""

RESTART_WANTED: Final = 75
"""The exit code of a window that asks to be started anew: nothing is wrong."""


class KioskLaunch(msgspec.Struct, frozen=True, kw_only=True):
    """What a window is told when it is started.

    Attributes:
        name: The connection's name; empty for the demo.
        demo: Fields of the simulator. None: a saved connection is shown.
        walls: Paths of walls' files, one a screen; an empty one for the usual wall.
        screens: On which screen each is shown, by name or number from 1; empty for the next one.
        language: `en` or `fa`; empty for what the wall or the settings say.
        secrets: Told at the start, because they are kept nowhere: never print or log them. None:
            the window finds them where they are kept.
        folder: Where this kiosk keeps what it must know after a restart.
        safe: True to show only what cannot fail.
        places: Where each wall was in its round, as heard last from the window before; empty at
            the first start.
        restarts: How often it was started anew.
    """

    name: str = ""
    demo: dict[str, str] | None = None
    walls: tuple[str, ...] = ("",)
    screens: tuple[str, ...] = ()
    language: str = ""
    secrets: dict[str, str] | None = None
    folder: str
    safe: bool = False
    places: tuple[str, ...] = ()
    restarts: int = 0


class BoardBeat(msgspec.Struct, frozen=True, kw_only=True):
    """How one wall is.

    Attributes:
        title: What its header says.
        file: Of the wall; empty for the usual one.
        screen: The name of the screen that it is on. Empty: none is there for it.
        scene: Which one is shown.
        trouble: Why its file could not be taken; empty if it was.
        place: Where it is in its round, as its face tells it.
    """

    title: str = ""
    file: str = ""
    screen: str = ""
    scene: str = ""
    trouble: str = ""
    place: str = ""


class Beat(msgspec.Struct, frozen=True, kw_only=True):
    """A sign of life of the window's main thread.

    Attributes:
        boards: One a wall.
        freshness: Of the picture, as in `live`.
        as_of: When the picture was true, in seconds since 1970. None before the first.
        rss: Bytes of memory that the window holds. None if the system does not tell.
        trouble: Why the connection is not open, in the user's words; empty if it is.
        ends: The exit code with which the window ends now. None: it goes on.
    """

    boards: tuple[BoardBeat, ...] = ()
    freshness: str = ""
    as_of: float | None = None
    rss: int | None = None
    trouble: str = ""
    ends: int | None = None


def launch_line(launch: KioskLaunch) -> bytes:
    """Return what is written to a window when it is started."""
    return msgspec.json.encode(launch) + b"\n"


def read_launch(line: bytes) -> KioskLaunch:
    """Return what the window is to do.

    Raises:
        msgspec.MsgspecError: The line is no launch.
    """
    return _launches.decode(line)


def beat_line(beat: Beat) -> bytes:
    """Return what a window writes."""
    return msgspec.json.encode(beat) + b"\n"


def read_beat(line: bytes) -> Beat | None:
    """Return a sign of life. None if the line is none."""
    try:
        return _beats.decode(line)
    except msgspec.MsgspecError:
        return None


_launches: Final = msgspec.json.Decoder(KioskLaunch)
_beats: Final = msgspec.json.Decoder(Beat)
