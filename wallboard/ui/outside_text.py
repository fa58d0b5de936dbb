"""Text that strangers wrote, made fit to be shown: no control, no direction tricks, no towers."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

LONGEST: Final = 512
MARKS_ON_A_LETTER: Final = 4

_FIRST_STRONG_ISOLATE = "\u2068"
_LEFT_TO_RIGHT_ISOLATE = "\u2066"
_POP_ISOLATE = "\u2069"
# Persian needs these two to write its words; all other format characters only disguise.
_JOINERS = frozenset("\u200c\u200d")
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_BREAKS = frozenset("\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u2028\u2029")


@lru_cache(maxsize=8192)
def shown(text: str) -> str:
    """Return the text as it may be shown: one line, at most 512 characters, no hidden ones.

    Control, bidi-control, private and unassigned characters are removed, the two joiners of
    Persian kept; of the marks that are stacked on a letter four are.
    """
    kept: list[str] = []
    marks = 0
    for letter in text[: 4 * LONGEST]:
        if letter in _BREAKS:
            letter = " "  # noqa: PLW2901 - a line break is read as a space
        category = unicodedata.category(letter)
        if category in _HIDDEN and letter not in _JOINERS:
            continue
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if marks <= MARKS_ON_A_LETTER:
            kept.append(letter)
    if len(kept) > LONGEST or len(text) > 4 * LONGEST:
        kept = [*kept[: LONGEST - 1], "…"]
    return "".join(kept).strip()


def in_title(text: str) -> str:
    """Return a title as a window must be told it: Qt has a sign of its own in place of `[*]`."""
    return text.replace("[*]", "[*][*]")


def in_tool_tip(text: str) -> str:
    """Return a text as a tool tip must be told it: Qt reads what looks like a tag as HTML."""
    return text.replace("<", "\u2039")


def isolated(text: str) -> str:
    """Return the text so that it can stand inside a sentence of either direction."""
    return f"{_FIRST_STRONG_ISOLATE}{shown(text)}{_POP_ISOLATE}"


def isolated_address(text: str) -> str:
    """Return an address, number or other Latin code, kept left to right inside a sentence."""
    return f"{_LEFT_TO_RIGHT_ISOLATE}{shown(text)}{_POP_ISOLATE}"
