"""How a wall names an agent, where it may: the first name and the initial of the last one."""

from __future__ import annotations

from typing import Final

from wallboard.ui.outside_text import shown

_LONGEST: Final = 16


def first_name(name: str) -> str:
    """Return the first name and the initial of the last one; empty if there is none.

    Words with digits are no names: they may be telephone numbers.
    """
    words = [word for word in shown(name).split() if _is_name(word)]
    if not words:
        return ""
    first = words[0][:_LONGEST]
    return first if len(words) == 1 else f"{first} {words[-1][0]}."


def _is_name(word: str) -> bool:
    return word[0].isalpha() and not any(letter.isdigit() or letter in "@/" for letter in word)
