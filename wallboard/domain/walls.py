"""What a TV on the wall shows: its scenes, their order, its size, and whose names it may tell."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from wallboard.domain.value import value


class SceneKind(StrEnum):
    """What fills the middle of the picture for a while."""

    OVERVIEW = "overview"
    """The figures of the whole site, large."""
    QUEUES = "queues"
    """The queues, worst first, on as many pages as they need."""
    AGENTS = "agents"
    """How many agents are in which state; persons only if the wall may name them."""
    TREND = "trend"
    """The last hour, or the shift so far, as lines."""
    LOST = "lost"
    """Callers who hung up, as counts by interval and queue."""
    MESSAGE = "message"
    """A text that somebody wrote."""


class Naming(StrEnum):
    """How a wall names agents."""

    NONE = "none"
    """Not at all: only counts."""
    FIRST = "first"
    """First name and the initial of the last one."""


class TvState(StrEnum):
    """How one board is, for people who are not in front of it; the worst first."""

    DARK = "dark"
    """It has given no sign of life for too long."""
    NO_SCREEN = "no_screen"
    OLD = "old"
    """It shows a picture that is not live."""
    LIVE = "live"
    ENDED = "ended"
    """Somebody ended it, by its PIN or at its computer."""


LEAST_SECONDS: Final = 10
MOST_SECONDS: Final = 120
MOST_HEROES: Final = 3
MOST_TILES: Final = 6
MOST_SCENES: Final = 24
LONGEST_TEXT: Final = 280
"""Letters of a message; more cannot be read from afar."""
LONGEST_TITLE: Final = 60
LEAST_INCHES: Final = 10
MOST_INCHES: Final = 200
LEAST_SEAT_M: Final = 0.5
MOST_SEAT_M: Final = 50
MOST_DIM: Final = 80
THEMES: Final = ("dark", "light", "contrast")
LANGUAGES: Final = ("fa", "en")


@value
class Scene:
    """One scene of a wall.

    Attributes:
        seconds: How long it stays, LEAST_SECONDS to MOST_SECONDS; a page of several stays so long.
        queues: Ids of the queues it is about. Empty for all.
        tiles: Keys of KPIs, at most MOST_TILES, for the overview. Empty for the usual ones.
        text: Of a message.
    """

    kind: SceneKind
    seconds: int = 20
    queues: tuple[str, ...] = ()
    tiles: tuple[str, ...] = ()
    text: str = ""


USUAL_SCENES: Final = (
    Scene(kind=SceneKind.OVERVIEW),
    Scene(kind=SceneKind.QUEUES),
    Scene(kind=SceneKind.AGENTS),
    Scene(kind=SceneKind.TREND),
)


@value
class Wall:
    """One TV's board.

    Attributes:
        title: Name of the place, in the header. Empty for the connection's name.
        logo: File of a picture, absolute or beside the wall's own file. Empty for none.
        heroes: Keys of the KPIs that stay on every scene, at most MOST_HEROES. Empty for the
            usual ones: waiting, longest wait, service level.
        inches: The screen's diagonal.
        seat_m: From the screen to the farthest seat, in metres.
        language: "fa" or "en". Empty for the program's.
        theme: "dark", "light" or "contrast".
        naming: How agents are named, if at all.
        sound: Whether a critical alert is heard.
        dim: How much darker it is outside shift hours, in percent, 0 to 80.
        black_when_closed: Whether it is black while the site is closed.
        pin: What checks the PIN that ends it: a salted hash, never the PIN. Empty for no PIN:
            Escape then asks nothing.
    """

    title: str = ""
    logo: str = ""
    scenes: tuple[Scene, ...] = USUAL_SCENES
    heroes: tuple[str, ...] = ()
    inches: float = 55.0
    seat_m: float = 5.0
    language: str = ""
    theme: str = "dark"
    naming: Naming = Naming.NONE
    sound: bool = False
    dim: int = 30
    black_when_closed: bool = False
    pin: str = ""
