"""What is put together without a window: boards for the command line, the words of a language."""

from __future__ import annotations

import socket
from collections.abc import Callable, Generator
from contextlib import ExitStack
from functools import cache
from random import SystemRandom

from wallboard.app.clock import system_clock, zone_called
from wallboard.domain.source import Interrupt
from wallboard.engine.board import Board
from wallboard.engine.happenings import Effect
from wallboard.runtime import plain_loop
from wallboard.runtime.opening import Opening
from wallboard.settings.paths import resources_dir
from wallboard.sources.registry import kind
from wallboard.ui.wording import Wording
from wallboard.ui.words import Words, words_from_ts


def follow(
    opening: Opening,
    interrupt: Interrupt | None = None,
    *,
    perform: Callable[[Effect], None] = lambda _: None,
) -> Generator[Board, None, None]:
    """Yield the boards of a connection as they become, at least one a second.

    Args:
        interrupt: Ends the iteration once it is readable. Closing the iterator does, too.
        perform: Does what comes of a happening besides the board, before that board is yielded.

    Raises:
        KindUnknown, KindUnusable: There is no such source.
        zoneinfo.ZoneInfoNotFoundError: There is no such time zone.
    """
    with ExitStack() as kept:
        if interrupt is None:
            # A bell that nobody rings.
            bell, interrupt = socket.socketpair()
            kept.enter_context(bell)
            kept.enter_context(interrupt)
        yield from plain_loop.follow(
            opening=opening,
            kind=kind(opening.kind),
            zone=zone_called(opening.zone),
            clock=system_clock(),
            interrupt=interrupt,
            chance=SystemRandom(),
            perform=perform,
        )


def wording_of(language: str, *, latin_digits: bool = False) -> Wording:
    """Return how figures and sentences read in a language.

    Where the file of its words is missing, the texts are English and the figures are not.
    """
    return Wording(language=language, words=_words(language), latin_digits=latin_digits)


@cache
def _words(language: str) -> Words:
    places = resources_dir()
    path = None if places is None else places / "translations" / f"wallboard_{language}.ts"
    return words_from_ts(path.read_text("utf-8")) if path is not None and path.exists() else {}
