"""Figures on paper, letter by letter from one face of a font: laid out once, drawn often.

To draw what was laid out costs a third of laying it out, and on a page of a long list the same
days and lengths of time come again and again.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import accumulate
from typing import Final, TypeAlias

from PySide6.QtCore import QPointF
from PySide6.QtGui import QGlyphRun, QPainter, QRawFont

from wallboard.domain.value import value
from wallboard.ui.print.glyph_book import GlyphBook

_MOST_KEPT: Final = 4096

_Laid: TypeAlias = tuple[QGlyphRun, float]
"""A text, and how wide it is."""


@value
class Letter:
    """A letter of figures.

    Attributes:
        raw: The face that has it; one for all letters of a style.
        glyph: 0 for a space.
        advance: How wide it is.
    """

    raw: QRawFont
    glyph: int
    advance: float


class Figures:
    """Draws figures of a style with the painter's pen. For one thread."""

    def __init__(
        self, letters: Mapping[str, Letter], base: float, *, rtl: bool, book: GlyphBook | None
    ) -> None:
        """Prepare.

        Args:
            base: How far below the top of a line its letters stand.
        """
        self._raw = next((letter.raw for letter in letters.values()), QRawFont())
        self._glyph = {text: letter.glyph for text, letter in letters.items()}
        self._advance = {text: letter.advance for text, letter in letters.items()}
        self._base = base
        self._rtl = rtl
        self._book = book
        self._known: set[str] = set()
        self._kept: dict[str, _Laid | None] = {}

    def width(self, text: str) -> float | None:
        """Return how wide a text is. None if its face lacks a letter."""
        try:
            return sum([self._advance[each] for each in text])
        except KeyError:
            return None

    def write(self, painter: QPainter, text: str, right: float, top: float) -> bool:
        """Draw a figure that ends on the right there. False if its face lacks a letter.

        Of day and time of day, who reads from the right meets the day first.
        """
        if " " not in text:
            return self.write_on(painter, text, right, top)
        parts = text.split(" ")
        if self.width(text) is None:
            return False
        for part in parts if self._rtl else parts[::-1]:
            self.write_on(painter, part, right, top)
            right -= self._advance[" "] + (self.width(part) or 0.0)
        return True

    def write_on(self, painter: QPainter, text: str, right: float, top: float) -> bool:
        """Draw a text as it is, from left to right; the same otherwise."""
        try:
            laid = self._kept[text]
        except KeyError:
            laid = self._keep(text)
        if laid is None:
            return False
        run, width = laid
        painter.drawGlyphRun(QPointF(right - width, top + self._base), run)
        return True

    def _keep(self, text: str) -> _Laid | None:
        if len(self._kept) >= _MOST_KEPT:
            self._kept.clear()
        laid = self._kept[text] = self._laid_out(text)
        return laid

    def _laid_out(self, text: str) -> _Laid | None:
        try:
            glyphs = [self._glyph[each] for each in text]
        except KeyError:
            return None
        across = list(accumulate([self._advance[each] for each in text], initial=0.0))
        seen = [at for at, glyph in enumerate(glyphs) if glyph]
        run = QGlyphRun()
        run.setRawFont(self._raw)
        run.setGlyphIndexes([glyphs[at] for at in seen])
        run.setPositions([QPointF(across[at], 0.0) for at in seen])
        if self._book is not None and not self._known.issuperset(text):
            # It is drawn at once, so that what is noted is in the order of the drawing.
            self._known.update(text)
            self._book.note(self._raw, [(glyphs[at], text[at]) for at in seen])
        return run, across[-1]
