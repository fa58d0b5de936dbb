"""Words of another language, read from a Qt Linguist file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

Words: TypeAlias = Mapping[tuple[str, str], str]
"""Translations by context and English text."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """An English text that waits in a table to be translated.

    Attributes:
        context: Tells apart texts that are the same in English only.
    """

    context: str
    text: str


def phrase(context: str, text: str) -> Phrase:
    """Return a text for a table, marked for the translator: lupdate looks for this name."""
    return Phrase(context, text)


def words_from_ts(text: str) -> Words:
    """Return the finished translations of a Qt Linguist file.

    Args:
        text: What the file holds.

    Raises:
        xml.etree.ElementTree.ParseError: It is no XML.
    """
    # The parser costs more of the start than all of the wording, and English does not need it.
    from xml.etree import ElementTree as ET  # noqa: PLC0415 - as told

    words: dict[tuple[str, str], str] = {}
    for context in ET.fromstring(text).iter("context"):  # noqa: S314 - a file of ours
        name = context.findtext("name", "")
        for message in context.iter("message"):
            translation = message.find("translation")
            if translation is None or not translation.text or translation.get("type"):
                continue
            words[name, message.findtext("source", "")] = translation.text
    return words
