"""What settings and secrets have to tell the user: an English sentence and what to fill in."""

from __future__ import annotations

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


def unusable(key: str, value: object, choices: str) -> Notice:
    """Return that a value of the file is not used, and what may stand there instead."""
    return notice(
        translate(
            "Settings",
            'The setting "{key}" cannot be {value}; its default is used. Possible: {choices}.',
        ),
        key=key,
        value=repr(value)[:60],
        choices=choices,
    )
