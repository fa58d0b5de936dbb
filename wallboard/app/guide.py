"""Reads the guide that was brought along; what is missing of it is left out."""

from __future__ import annotations

from contextlib import suppress
from functools import cache

from wallboard.settings.paths import resources_dir
from wallboard.ui.guide.chapters import CHAPTERS, Chapter, Guide
from wallboard.ui.guide.reading import LONGEST, chapter_of

_BYTES_A_LETTER = 4


@cache
def guide_in(language: str) -> Guide:
    """Return the guide in a language, `en` or `fa`; without chapters if it is not there."""
    place = resources_dir()
    if place is None:
        return Guide(language=language)
    folder = place / "guide" / language
    chapters: list[Chapter] = []
    for key in CHAPTERS:
        with suppress(OSError), (folder / f"{key}.md").open("rb") as file:
            text = file.read(LONGEST * _BYTES_A_LETTER).decode("utf-8", errors="replace")
            chapters.append(chapter_of(key, text))
    return Guide(language=language, chapters=tuple(chapters), pictures=folder)
