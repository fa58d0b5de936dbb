"""Which letters the glyphs of a page stand for, in the order in which each was first drawn.

A PDF holds glyphs, and finds the letters to copy and to search by a table of its own. Qt fills it
from the font's own table, in which the joined shapes of Persian letters and digits of equal width
are not to be found; here it is known, for the letters were laid out here.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtGui import QGlyphRun, QRawFont


class GlyphBook:
    """Notes glyphs as they are drawn. For one thread."""

    def __init__(self) -> None:
        self._faces: dict[tuple[str, str], dict[int, str]] = {}

    def faces(self) -> tuple[Mapping[int, str], ...]:
        """Return the glyphs of each face of a font, faces and glyphs as they were first drawn.

        Each has the letters that it stands for; an empty text where nobody can say.
        """
        return tuple(self._faces.values())

    def note_line(self, runs: Sequence[QGlyphRun], end: int) -> None:
        """Note a line that is drawn.

        Args:
            runs: With the places of their letters.
            end: Where the line ends in its text.
        """
        places = [run.stringIndexes() for run in runs]
        begins = sorted({place for each in places for place in each})
        following = dict(zip(begins, [*begins[1:], end], strict=True))
        for run, indexes in zip(runs, places, strict=True):
            text = run.sourceString()
            face = self._face(run.rawFont())
            for glyph, place in zip(run.glyphIndexes(), indexes, strict=False):
                # What several glyphs are made of, as a letter and its mark, is not told apart.
                alone = indexes.count(place) == 1
                told = _letters(text[place : following[place]]) if alone else ""
                if not face.get(glyph):
                    face[glyph] = told

    def note(self, raw: QRawFont, letters: Iterable[tuple[int, str]]) -> None:
        """Note glyphs of figures, each with its letter."""
        face = self._face(raw)
        for glyph, letter in letters:
            if not face.get(glyph):
                face[glyph] = letter

    def _face(self, raw: QRawFont) -> dict[int, str]:
        return self._faces.setdefault((raw.familyName(), raw.styleName()), {})


def is_unseen(letter: str) -> bool:
    """Return whether a character only says how others are set: it joins, parts or turns them."""
    return unicodedata.category(letter) == "Cf"


def _letters(text: str) -> str:
    """Return what a glyph stands for.

    Without the space at which its line was broken, and nothing for what has another shape where
    lines run from the right, as a bracket: the font's own table knows which of them is seen.
    """
    seen = "".join(letter for letter in text if not is_unseen(letter))
    seen = seen.strip() or seen
    return "" if any(unicodedata.mirrored(letter) for letter in seen) else seen
