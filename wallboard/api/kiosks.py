"""How TVs are that show what a server tells: each says it of itself, supervisors ask for all."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Final

import msgspec

from wallboard.api.problem import ProblemKind, RequestRefused, problem
from wallboard.api.protocol import LONGEST_TEXT, Instant, Key
from wallboard.api.reading import UNREADABLE, decoded
from wallboard.api.writing import encoded

MOST_BOARDS: Final = 16
MOST_RESTARTS: Final = 1_000_000

_Text = Annotated[str, msgspec.Meta(max_length=LONGEST_TEXT)]


class BoardState(StrEnum):
    """How one board is, as the TV itself can tell."""

    LIVE = "live"
    OLD = "old"
    """It shows a picture that is not live."""
    NO_SCREEN = "no_screen"


class KioskBoard(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One board.

    Attributes:
        title: What its header says.
        screen: What the screen is called there.
        scene: Which scene is shown.
    """

    state: BoardState
    title: _Text = ""
    screen: _Text = ""
    scene: _Text = ""


class KioskWord(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a TV says of itself, every ten seconds or so.

    Attributes:
        id: The same each time, and after each start.
        host: What its computer is called.
        safe: True while it shows only what cannot fail.
    """

    id: Key
    boards: Annotated[tuple[KioskBoard, ...], msgspec.Meta(max_length=MOST_BOARDS)] = ()
    host: _Text = ""
    version: _Text = ""
    restarts: Annotated[int, msgspec.Meta(ge=0, le=MOST_RESTARTS)] = 0
    safe: bool = False


class KioskSeen(msgspec.Struct, frozen=True, kw_only=True):
    """A TV as the server knows it.

    Attributes:
        name: Whose token it says it with.
        seen: When it said it last. UTC.
        dark: True if it has said nothing for too long.
        word: What it said.
    """

    name: str
    seen: Instant
    dark: bool
    word: KioskWord


class KioskList(msgspec.Struct, frozen=True, kw_only=True):
    """All of them.

    Attributes:
        as_of: When this was so, by the server's own clock. UTC.
    """

    as_of: Instant
    kiosks: tuple[KioskSeen, ...] = ()


def kiosk_word_bytes(word: KioskWord) -> bytes:
    """Return the body of the request."""
    return encoded(word)


def read_kiosk_word(body: bytes) -> KioskWord:
    """Return what a TV says.

    Raises:
        RequestRefused: It says nothing we understand.
    """
    try:
        return _words.decode(body)
    except UNREADABLE as error:
        raise RequestRefused(problem(ProblemKind.BAD_REQUEST, str(error))) from error


def kiosk_list_bytes(as_of: datetime, kiosks: tuple[KioskSeen, ...]) -> bytes:
    """Return the body of the answer."""
    return encoded(KioskList(as_of=as_of, kiosks=kiosks))


def read_kiosk_list(body: bytes) -> KioskList:
    """Return what an answer says.

    Raises:
        SourceUnreadable: It says nothing we understand.
    """
    return decoded(_lists, body)


_words: Final = msgspec.json.Decoder(KioskWord)
_lists: Final = msgspec.json.Decoder(KioskList)
