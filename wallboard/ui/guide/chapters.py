"""The guide as values: chapters, what stands in them, and where a page of the board is told of."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from wallboard.domain.value import value

FIRST: Final = "first-steps"
"""The chapter that is shown where no other one fits."""
CHAPTERS: Final = (
    FIRST,
    "supervisor",
    "tv",
    "manager",
    "numbers",
    "administrator",
    "privacy",
    "keys",
    "trouble",
)
"""The keys of all chapters, which are the names of their files too, in the order of reading."""

PLACES: Final[Mapping[str, str]] = {
    "": FIRST,
    "overview": "supervisor#overview",
    "queues": "supervisor#queues",
    "agents": "supervisor#agents",
    "calls": "supervisor#calls",
    "alerts": "supervisor#alerts",
    "reports": "manager#reports",
    "history": "manager#history",
    "walls": "tv#boards",
    "settings": "administrator#settings",
}
"""Where the guide tells of a page, by the page's key; of none: the first page of all."""


@value
class Run:
    """A stretch of text in one kind of letters.

    Attributes:
        key: True if it names a key to press.
        target: Where it leads, `CHAPTER`, `CHAPTER#SECTION` or `#SECTION`. Empty: nowhere.
    """

    text: str
    bold: bool = False
    code: bool = False
    key: bool = False
    target: str = ""


@value
class Heading:
    """The name of a chapter (level 1) or of a part of it (2 and 3).

    Attributes:
        anchor: By which it is led to; unique in the chapter. Empty for the chapter's own name.
    """

    level: int
    text: str
    anchor: str = ""


@value
class Paragraph:
    """Sentences; a remark is set apart from what goes on."""

    runs: tuple[Run, ...]
    remark: bool = False


@value
class Items:
    """A list, numbered from 1 or not."""

    rows: tuple[tuple[Run, ...], ...]
    numbered: bool = False


@value
class Code:
    """Lines to be typed as they stand; they run from left to right in every language."""

    text: str


@value
class Grid:
    """A table. All rows have as many cells as the head."""

    head: tuple[tuple[Run, ...], ...]
    rows: tuple[tuple[tuple[Run, ...], ...], ...]


@value
class Picture:
    """A picture by the name of its file, and in words what is to be seen on it."""

    name: str
    words: str


@value
class Expanded:
    """A place where the program tells what it knows itself: `keys` or `figures`."""

    what: str


Block = Heading | Paragraph | Items | Code | Grid | Picture | Expanded


@value
class Chapter:
    """One chapter in one language."""

    key: str
    blocks: tuple[Block, ...]

    @property
    def title(self) -> str:
        """What it is called."""
        return next((block.text for block in self.blocks if isinstance(block, Heading)), self.key)

    @property
    def sections(self) -> tuple[Heading, ...]:
        """Its parts that have a place of their own, in their order."""
        return tuple(block for block in self.blocks if isinstance(block, Heading) and block.anchor)


@value
class Guide:
    """The whole guide in one language.

    Attributes:
        chapters: In the order of reading; none if the guide's files are not there.
        pictures: The folder of its pictures. None if there are none.
    """

    language: str
    chapters: tuple[Chapter, ...] = ()
    pictures: Path | None = None

    def chapter(self, key: str) -> Chapter | None:
        """Return the chapter of that key. None if there is none."""
        return next((chapter for chapter in self.chapters if chapter.key == key), None)


def place_parts(place: str, chapter: str) -> tuple[str, str]:
    """Return the chapter and the section that a place names.

    Args:
        place: As in `Run.target`.
        chapter: In which it is named.
    """
    there, _, section = place.partition("#")
    return there or chapter, section
