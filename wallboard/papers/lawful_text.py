"""Text as a file may hold it: without what breaks its form or disguises what stands in it."""

from __future__ import annotations

import re
from typing import Final

MOST: Final = 16_000
"""Characters in a cell: a workbook holds 32,767 units, and some characters take two."""

# What XML and UTF-8 cannot carry: controls, halves of pairs, what is no character.
_UNLAWFUL: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_BREAKS: Final = re.compile("[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]+")
# And what turns the order of what is read around, or marks nothing that can be seen.
_DISGUISE: Final = re.compile(
    "[\u061c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
# All of it but the isolates, in which we put names that stand in our sentences.
_DISGUISE_OF_OURS: Final = re.compile(
    "[\u061c\u200e\u200f\u202a-\u202e\u2060-\u2065\u206a-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f]"
)
_ANY_OF_THEM: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\U000e0000-\U000e007f]"
)


def lawful(text: str) -> str:
    """Return a text of ours as one line that every form of file can carry."""
    if _ANY_OF_THEM.search(text) is not None:
        text = _DISGUISE_OF_OURS.sub("", _UNLAWFUL.sub("", _BREAKS.sub(" ", text)))
    return text if len(text) <= MOST else f"{text[: MOST - 1]}…"


def outside(text: str) -> str:
    """Return a text from outside likewise, and without signs that turn directions around.

    It is made fit to be shown before it comes here; this holds whatever comes.
    """
    if _ANY_OF_THEM.search(text) is not None:
        text = _DISGUISE.sub("", _UNLAWFUL.sub("", _BREAKS.sub(" ", text)))
    return text if len(text) <= MOST else f"{text[: MOST - 1]}…"
