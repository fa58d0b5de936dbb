"""What is wrong with a mapping file, as one sentence that names the place."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Final

from wallboard.domain.errors import FaultKind, SourceRefused, fault

FIELD: Final = "mapping"
"""The key of the connection's field that names the file."""
_LONGEST: Final = 120


class MappingWrong(SourceRefused):
    """A mapping file cannot be used. Its author can put it right.

    The fault is of the connection's field `mapping`. Its `reason` is a sentence with places, and
    its other details fill them: so it can be said in any language.

    Attributes:
        file: The file's path. Empty if it was no file.
        key: The place in it: `calls.entered_at`, or `line 7`.
        reason: The sentence, in English.
    """

    def __init__(self, sentence: str, place: str, *, file: str = "", **said: object) -> None:
        """Prepare.

        Args:
            sentence: English, with places in braces; the wording has the Persian.
            place: Where in the file.
            file: Its path.
            said: What fills the other places: text of the file, cut.
        """
        details = {name: cut(str(text)) for name, text in said.items()}
        super().__init__(
            fault(FaultKind.BAD_SETTING, field=FIELD, reason=sentence, place=place, **details)
        )
        self.file = file
        self.key = place
        self.reason = sentence.format_map({"place": place, **details})
        self._sentence = sentence
        self._said = details

    def in_file(self, file: str) -> MappingWrong:
        """Return the same, of a file."""
        return MappingWrong(self._sentence, self.key, file=file, **self._said)

    def __str__(self) -> str:
        return f"{self.file}: {self.reason}" if self.file else self.reason


def unknown_key(word: str, known: tuple[str, ...], place: str) -> MappingWrong:
    """Return the error of a key that is not ours, with the one that may be meant."""
    near = get_close_matches(word, known, n=1, cutoff=0.6)
    if near:
        return MappingWrong(
            "{place}: there is no such key here; perhaps {near} is meant", place, near=near[0]
        )
    return MappingWrong(
        "{place}: there is no such key here; there are {known}", place, known=", ".join(known)
    )


def unknown_word(word: str, known: tuple[str, ...], place: str) -> MappingWrong:
    """Return the error of a word that is none of ours, with the one that may be meant."""
    near = get_close_matches(word, known, n=1, cutoff=0.6)
    if near:
        return MappingWrong(
            "{place}: {word} is not known; perhaps {near} is meant",
            place,
            word=word,
            near=near[0],
        )
    return MappingWrong(
        "{place}: {word} is not known; there are {known}",
        place,
        word=word,
        known=", ".join(known),
    )


def cut(text: str, longest: int = _LONGEST) -> str:
    """Return a text on one line, and no more of it than somebody reads."""
    plain = " ".join("".join(each if each.isprintable() else " " for each in text[:2000]).split())
    return plain if len(plain) <= longest else plain[: longest - 1] + "…"
