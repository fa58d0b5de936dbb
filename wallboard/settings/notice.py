"""What settings and secrets have to tell the user: an English sentence and what to fill in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

CONTEXT: Final = "Settings"
"""Where the translations of these sentences are kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A sentence that is translated where it is shown: this floor knows no language.

    Attributes:
        text: English, with names in braces; the translations of CONTEXT have it.
        details: What the names stand for. Text from outside.
    """

    text: str
    details: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        """Return the sentence in English."""
        return self.text.format(**dict(self.details))


def notice(text: str, **details: object) -> Notice:
    """Return a notice with its details as text."""
    return Notice(text=text, details=tuple((name, str(value)) for name, value in details.items()))


def translate(context: str, text: str) -> str:
    """Return `text` as it is: the call marks it for the tool that collects translations."""
    del context
    return text


UNUSABLE: Final = translate(
    "Settings",
    'The setting "{key}" cannot be {value}; its default is used. Possible: {choices}.',
)
SHIFT_LEFT_OUT: Final = translate(
    "Settings", '"{key}" cannot be {value}; the shift is left out. Possible: {choices}.'
)
_WITH_LINE: Final = {
    UNUSABLE: translate(
        "Settings",
        'Line {line}: the setting "{key}" cannot be {value}; its default is used.'
        " Possible: {choices}.",
    ),
    SHIFT_LEFT_OUT: translate(
        "Settings",
        'Line {line}: "{key}" cannot be {value}; the shift is left out. Possible: {choices}.',
    ),
}


def in_line(told: Notice, lines: Mapping[str, int]) -> Notice:
    """Return a notice about a value with the line in which that stands, if it is known.

    Args:
        lines: By the key as the notice names it.
    """
    line = lines.get(dict(told.details).get("key", ""))
    if line is None or told.text not in _WITH_LINE:
        return told
    return Notice(text=_WITH_LINE[told.text], details=(*told.details, ("line", str(line))))


def unusable(key: str, value: object, choices: str, text: str = UNUSABLE) -> Notice:
    """Return that a value of the file is not used, and what may stand there instead.

    Args:
        text: The sentence that says what is done without it.
    """
    return notice(
        text,
        key=key,
        value=repr(value)[:60],
        choices=choices,
    )
