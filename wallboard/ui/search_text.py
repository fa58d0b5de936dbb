"""Text as it is searched: one letter for those that look alike, one set of digits, no marks."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

# Keyboards and systems write Persian with Arabic letters too, and with or without joiners.
_SAME: Final = str.maketrans(
    {
        "ي": "ی", "ى": "ی", "ئ": "ی", "ك": "ک", "ة": "ه", "ۀ": "ه", "أ": "ا", "إ": "ا", "آ": "ا",
        "ٱ": "ا", "ؤ": "و", "ـ": "", "\u200c": "", "\u200d": "",
        "«": "", "»": "", "’": "'", "‘": "'",
    }
)  # fmt: skip
_LONGEST: Final = 512


@lru_cache(maxsize=16_384)
def search_key(text: str) -> str:
    """Return a text so that what is found in it does not hang on how it was typed.

    Case, accents, joiners and directions are gone; ي is ی, ك is ک; all digits are 0 to 9.
    """
    begin = text[:_LONGEST]
    if begin.isascii() and begin.isprintable():
        return " ".join(begin.casefold().split())
    kept = []
    for letter in unicodedata.normalize("NFKD", begin.translate(_SAME)):
        category = unicodedata.category(letter)
        if category == "Nd":
            kept.append(str(unicodedata.digit(letter)))
        elif category[0] not in "MC" or letter in "\t\n":
            kept.append(letter)
    return " ".join("".join(kept).casefold().translate(_SAME).split())


def words_of(typed: str) -> tuple[str, ...]:
    """Return what is looked for; nothing if nothing was typed."""
    return tuple(search_key(typed).split())


def found_in(words: tuple[str, ...], *texts: str) -> bool:
    """Return whether each of the words stands in one of the texts.

    Args:
        words: As `words_of` returns them.
        texts: As they are shown.
    """
    keys = [search_key(text) for text in texts]
    return all(any(word in key for key in keys) for word in words)
