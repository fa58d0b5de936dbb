"""Figures written digit by digit: what changes every second needs no new layout each time."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QGlyphRun, QPainter, QRawFont, QTextLayout

from wallboard.domain.value import value

_LATIN, _PERSIAN = "0123456789", "۰۱۲۳۴۵۶۷۸۹"
_GROUPING = ",\N{ARABIC THOUSANDS SEPARATOR}"
"""Between the thousands, in both languages. Not every font has both."""


class Line(Protocol):
    """Knows on which side lines start."""

    def left(self, start: float, width: float) -> float:
        """Return where something really begins on the left that is so wide."""


@value
class Digits:
    """The digits of a font, and what stands between them. Those of a script are equally wide.

    So of texts of one script and length that have their colons at one place, each letter stands
    where it stands in the others.

    Attributes:
        raw: Where the glyphs are from.
        glyphs: By letter.
        advances: How far it is from a letter to the next one.
        ascent: From the top of a line to where letters stand.
        height: Of a line.
    """

    raw: QRawFont
    glyphs: dict[str, int]
    advances: dict[str, float]
    ascent: float
    height: float

    def places(self, text: str) -> tuple[list[float], float] | None:
        """Return where the letters of a figure begin, and how wide it is. None if it is no figure.

        A figure is written from left to right in both scripts.
        """
        places, at, advances = [], 0.0, self.advances
        for letter in text:
            if letter not in advances:
                return None
            places.append(at)
            at += advances[letter]
        return places, at

    def width(self, text: str) -> float | None:
        """Return how wide a figure is. None if it is no figure."""
        found = self.places(text)
        return None if found is None else found[1]

    def points_of(
        self, line: Line, end: float, middle: float, room: float, text: str
    ) -> list[QPointF] | None:
        """Return where the letters of a figure stand. None if it is none, or has not the room.

        Args:
            line: Tells what is really on the left.
            end: Where the figure ends, from the start of the line.
            middle: How high its middle is.
            room: How wide it may be.
            text: The figure.
        """
        found = self.places(text)
        if found is None or found[1] > room:
            return None
        places, width = found
        left = round(line.left(end - width, width))
        base = round(middle - self.height / 2) + self.ascent
        return [QPointF(left + place, base) for place in places]


class DigitRun:
    """Figures of one font that are painted in one go."""

    def __init__(self, digits: Digits) -> None:
        self.digits = digits
        self._letters = frozenset(digits.glyphs)
        self._texts: list[str] = []
        self._points: list[QPointF] = []

    def points_of(
        self, line: Line, end: float, middle: float, room: float, text: str
    ) -> list[QPointF] | None:
        """Return where the letters of a figure stand; see `Digits`."""
        return self.digits.points_of(line, end, middle, room, text)

    def takes(self, text: str) -> bool:
        """Return whether all of a text can be written digit by digit."""
        return self._letters.issuperset(text)

    def write(self, text: str, points: list[QPointF]) -> None:
        """Have a figure written."""
        self._texts.append(text)
        self._points += points

    def paint(self, painter: QPainter) -> None:
        """Paint them all with the painter's pen."""
        if self._texts:
            run = QGlyphRun()
            run.setRawFont(self.digits.raw)
            run.setGlyphIndexes(list(map(self.digits.glyphs.__getitem__, "".join(self._texts))))
            run.setPositions(self._points)
            painter.drawGlyphRun(QPointF(0.0, 0.0), run)


def read_digits(font: QFont) -> Digits | None:
    """Return the digits of a font. None if they are not of one font, or not equally wide."""
    raw: QRawFont | None = None
    glyphs, advances = {}, {}
    ascent = height = 0.0
    for letter in f"{_LATIN}{_PERSIAN}:{_GROUPING}":
        found = _read_letter(letter, font)
        if found is None or (raw is not None and raw != found.raw):
            if letter in _GROUPING:
                # Numbers without it can still be written so.
                continue
            return None
        if raw is None:
            raw, ascent, height = found.raw, found.ascent, found.height
        glyphs[letter], advances[letter] = found.glyph, found.advance
    widths = [{advances[letter] for letter in script} for script in (_LATIN, _PERSIAN)]
    if raw is None or any(len(each) > 1 for each in widths):
        return None
    return Digits(raw=raw, glyphs=glyphs, advances=advances, ascent=ascent, height=height)


@value
class _Letter:
    """A letter of a font; see `Digits`."""

    raw: QRawFont
    glyph: int
    advance: float
    ascent: float
    height: float


def _read_letter(letter: str, font: QFont) -> _Letter | None:
    """Return a letter of a font. None if the font has it not, or not as one glyph."""
    layout = QTextLayout(letter + letter, font)
    layout.beginLayout()
    line = layout.createLine()
    layout.endLayout()
    runs = layout.glyphRuns()
    if len(runs) != 1:
        return None
    run = runs[0]
    indexes, places = run.glyphIndexes(), run.positions()
    if len(indexes) != 2 or 0 in indexes or indexes[0] != indexes[1]:
        return None
    advance = places[1].x() - places[0].x()
    return _Letter(
        raw=run.rawFont(),
        glyph=indexes[0],
        advance=advance,
        ascent=places[0].y(),
        height=line.height(),
    )
