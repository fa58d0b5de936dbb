"""What is written short on the board, as somebody reads it aloud."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Final

from wallboard.ui.wording import NOTHING_KNOWN, Wording

_LENGTH: Final = re.compile(r"\d+(?::\d\d){1,2}")


def aloud(text: str, wording: Wording, *, lasts: bool = False) -> str:
    """Return a text of a cell in words.

    Args:
        text: As it is shown, with the digits of any language.
        wording: The language it is in.
        lasts: True if figures with colons are lengths of time, 2:41 or 1:02:41, and no times of
            day.
    """
    if text == NOTHING_KNOWN:
        return wording.duration_words(None)
    if not lasts:
        return text
    return _LENGTH.sub(lambda found: wording.duration_words(_length(found.group())), text)


def _length(text: str) -> timedelta:
    seconds = 0
    for number in text.split(":"):
        seconds = seconds * 60 + int(number)
    return timedelta(seconds=seconds)
