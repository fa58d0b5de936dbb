"""How TVs are that show boards, for people who are not in front of them: values and words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from wallboard.domain.value import value
from wallboard.domain.walls import TvState
from wallboard.ui.words import Phrase, phrase

STATE_WORDS: Final[Mapping[TvState, Phrase]] = {
    TvState.DARK: phrase("Kiosk", "dark"),
    TvState.NO_SCREEN: phrase("Kiosk", "no screen"),
    TvState.OLD: phrase("Kiosk", "not live"),
    TvState.LIVE: phrase("Kiosk", "live"),
    TvState.ENDED: phrase("Kiosk", "ended"),
}


@value
class TvFace:
    """One board on one TV.

    Attributes:
        title: What its header says, or what its file is called. Text from outside.
        place: On which screen or computer it is. Text from outside; empty if that is not known.
        age: Since its last sign of life. None: it never gave one.
        safe: True while it shows only what cannot fail.
    """

    title: str
    place: str
    state: TvState
    age: timedelta | None = None
    safe: bool = False


_ORDER: Final = tuple(TvState)


def worst_first(tvs: tuple[TvFace, ...]) -> tuple[TvFace, ...]:
    """Return them as they are to be read: what is dark first, then by name."""
    return tuple(sorted(tvs, key=lambda tv: (_ORDER.index(tv.state), tv.title, tv.place)))
