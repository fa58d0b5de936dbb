"""Letters on paper: measured and drawn in tenths of a point, each text laid out once.

The start of a line is on the right of a Persian page; where something stands is told by its real
left here, and figures run from left to right in both scripts.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import Final

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QGlyphRun, QPainter, QRawFont, QTextLayout, QTextOption

from wallboard.domain.value import value
from wallboard.ui.print.figures import Figures, Letter
from wallboard.ui.print.glyph_book import GlyphBook, is_unseen
from wallboard.ui.theme.type import FAMILIES

POINT: Final = 10.0
"""So many units of a page are a point."""
_ALL: Final = QTextLayout.GlyphRunRetrievalFlag.RetrieveAll
_GLYPHS: Final = QTextLayout.GlyphRunRetrievalFlag.DefaultRetrievalFlags
_MOST_KEPT: Final = 4096
_ENDLESS: Final = 1e6
_LEADING: Final = 1.12
_FIGURES: Final = "0123456789۰۱۲۳۴۵۶۷۸۹:/.,%+-*xX•…—\N{MINUS SIGN}٫٬٪ "


class Style(Enum):
    """What a text on paper is for: its height in tenths of a point, and its weight."""

    TITLE = (220, QFont.Weight.DemiBold)
    SUBTITLE = (110, QFont.Weight.Normal)
    FIGURE = (230, QFont.Weight.DemiBold)
    HEADING = (130, QFont.Weight.DemiBold)
    AGAIN = (90, QFont.Weight.Normal)
    """The title of a table that goes on."""
    LABEL = (82, QFont.Weight.Normal)
    WEIGHTY = (90, QFont.Weight.DemiBold)
    FOOT = (75, QFont.Weight.Normal)
    CELL = (86, QFont.Weight.Normal)
    CELL_STRONG = (86, QFont.Weight.DemiBold)
    SMALL = (76, QFont.Weight.Normal)
    SMALL_STRONG = (76, QFont.Weight.DemiBold)
    TINY = (66, QFont.Weight.Normal)
    TINY_STRONG = (66, QFont.Weight.DemiBold)

    # Asked for with every cell; there is but one of each.
    __hash__ = object.__hash__

    @property
    def size(self) -> int:
        """Its height."""
        return self._value_[0]


STRONG: Final = {
    Style.CELL: Style.CELL_STRONG,
    Style.SMALL: Style.SMALL_STRONG,
    Style.TINY: Style.TINY_STRONG,
}
"""What is emphasised among cells of a style."""


class Flow(Enum):
    """In which direction a text runs."""

    OURS = "ours"
    """As the page's language: a sentence of ours."""
    OWN = "own"
    """As its own first letter says: a name from outside."""
    LATIN = "latin"
    """From left to right: a number of a phone."""

    # As above.
    __hash__ = object.__hash__


@value
class Line:
    """A line of letters that is laid out.

    Attributes:
        width: How wide the letters are.
        left: Where they begin within their glyphs' own places.
        base: How far below the top of a line of this style its letters stand.
        end: Where it ends in its text.
    """

    runs: tuple[QGlyphRun, ...]
    width: float
    left: float
    base: float
    end: int = 0


class Lettering:
    """Measures and draws letters. It belongs to the thread that made it, as Qt's raw fonts do."""

    def __init__(self, *, right_to_left: bool, book: GlyphBook | None = None) -> None:
        """Prepare.

        Args:
            book: Notes what is drawn. None: nobody asks.
        """
        self._rtl = right_to_left
        self._book = book
        # By identity, and kept: what is noted is not noted again.
        self._noted: dict[int, Line] = {}
        self._kept: dict[tuple[str, Style, float, Flow], tuple[Line, ...]] = {}
        self._older: dict[tuple[str, Style, float, Flow], tuple[Line, ...]] = {}
        self._figures: dict[Style, Figures] = {}
        self._heights: dict[Style, tuple[float, float]] = {}
        self._fonts = {style: _font(style) for style in Style}

    # Measuring

    def height(self, style: Style) -> float:
        """Return how high a line is."""
        return self._metrics(style)[0]

    def width(self, text: str, style: Style, flow: Flow = Flow.OURS) -> float:
        """Return how wide a text is on one line."""
        told = self.figures(style).width(text)
        return self.line(text, style, flow).width if told is None else told

    def line(self, text: str, style: Style, flow: Flow = Flow.OURS) -> Line:
        """Return a text on one line, however long."""
        return self.lines(text, style, _ENDLESS, flow)[0]

    def lines(
        self, text: str, style: Style, room: float, flow: Flow = Flow.OURS
    ) -> tuple[Line, ...]:
        """Return a text on as many lines as it needs in this room; at least one."""
        key = (text, style, room, flow)
        found = self._kept.get(key)
        if found is None:
            found = self._older.get(key) or self._laid_out(text, style, room, flow)
            if len(self._kept) >= _MOST_KEPT:
                self._kept, self._older = {}, self._kept
            self._kept[key] = found
        return found

    def needed(self, text: str, style: Style, room: float, flow: Flow = Flow.OURS) -> int:
        """Return how many lines a text needs in this room."""
        told = self.figures(style).width(text)
        if told is not None and told <= room:
            return 1
        return len(self.lines(text, style, room, flow))

    def cut(self, text: str, style: Style, room: float, flow: Flow = Flow.OURS) -> Line:
        """Return as much of a text as one line has room for, with an ellipsis if that is less."""
        whole = self.line(text, style, flow)
        if whole.width <= room:
            return whole
        fits, too_long = 0, len(text)
        while too_long - fits > 1:
            middle = (fits + too_long) // 2
            if self.line(f"{text[:middle].rstrip()}…", style, flow).width <= room:
                fits = middle
            else:
                too_long = middle
        return self.line(f"{text[:fits].rstrip()}…", style, flow)

    # Drawing

    def draw(self, painter: QPainter, line: Line, left: float, top: float) -> None:
        """Draw a line with the painter's pen; `top` is that of the line."""
        if self._book is not None and line.runs and id(line) not in self._noted:
            if len(self._noted) >= _MOST_KEPT:
                self._noted.clear()
            self._noted[id(line)] = line
            self._book.note_line(line.runs, line.end)
        at = QPointF(left - line.left, top + line.base)
        for run in line.runs:
            painter.drawGlyphRun(at, run)

    def figures(self, style: Style) -> Figures:
        """Return what draws figures of a style; the same one each time."""
        found = self._figures.get(style)
        if found is None:
            letters, base = _letters(self._fonts[style]), self._metrics(style)[1]
            found = Figures(letters, base, rtl=self._rtl, book=self._book)
            self._figures[style] = found
        return found

    # Inside

    def _metrics(self, style: Style) -> tuple[float, float]:
        """Return how high a line is, and how far below its top its letters stand."""
        found = self._heights.get(style)
        if found is None:
            # Of both scripts, so that all lines of a style stand alike.
            natural, ascent = _height("Agی۳ژ", self._fonts[style])
            high = natural * _LEADING
            found = self._heights[style] = (high, (high - natural) / 2 + ascent)
        return found

    def _laid_out(self, text: str, style: Style, room: float, flow: Flow) -> tuple[Line, ...]:
        layout = QTextLayout(text, self._fonts[style])
        option = QTextOption()
        option.setTextDirection(self._direction(flow))
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        lines = []
        while (line := layout.createLine()).isValid():
            line.setLineWidth(room)
            line.setPosition(QPointF(0.0, 0.0))
            box = line.naturalTextRect()
            begin, length, ascent = line.textStart(), line.textLength(), line.ascent()
            lines.append((begin, length, box.left(), box.width(), ascent))
        layout.endLayout()
        base = self._metrics(style)[1]
        told = _GLYPHS if self._book is None else _ALL
        return tuple(
            Line(
                runs=_in_order(layout.glyphRuns(begin, length, told)),
                width=width,
                left=left,
                base=base - ascent,
                end=begin + length,
            )
            for begin, length, left, width, ascent in lines
        ) or (Line(runs=(), width=0.0, left=0.0, base=base),)

    def _direction(self, flow: Flow) -> Qt.LayoutDirection:
        if flow is Flow.OWN:
            return Qt.LayoutDirection.LayoutDirectionAuto
        if flow is Flow.OURS and self._rtl:
            return Qt.LayoutDirection.RightToLeft
        return Qt.LayoutDirection.LeftToRight


def _font(style: Style) -> QFont:
    """Return a font that nobody shares: Qt's are for one thread at a time."""
    font = QFont()
    font.setFamilies(list(FAMILIES))
    font.setPixelSize(style.size)
    font.setWeight(style._value_[1])
    font.setFeature(QFont.Tag("tnum"), 1)
    # The same places of letters on every screen, however small the picture of the page is.
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def _in_order(runs: Sequence[QGlyphRun]) -> tuple[QGlyphRun, ...]:
    """Return glyph runs as they are read, where they tell their places: Qt's order is by chance."""
    found = sorted(runs, key=lambda run: min(run.stringIndexes(), default=0))
    return tuple(_without_unseen(run) for run in found)


def _without_unseen(run: QGlyphRun) -> QGlyphRun:
    """Return a run without what is not seen: drawn as a blank, it would be read as a space."""
    text, places = run.sourceString(), run.stringIndexes()
    if not any(map(is_unseen, text)):
        return run
    kept = [at for at, place in enumerate(places) if not is_unseen(text[place])]
    glyphs, points = run.glyphIndexes(), run.positions()
    seen = QGlyphRun(run)
    seen.setGlyphIndexes([glyphs[at] for at in kept])
    seen.setPositions([points[at] for at in kept])
    seen.setStringIndexes([places[at] for at in kept])
    return seen


def _height(text: str, font: QFont) -> tuple[float, float]:
    """Return how high a line is, and how far its letters stand below its top."""
    layout = QTextLayout(text, font)
    layout.beginLayout()
    line = layout.createLine()
    layout.endLayout()
    return line.height(), line.ascent()


def _letters(font: QFont) -> dict[str, Letter]:
    """Return the letters of figures that the font has, all of one raw font."""
    letters: dict[str, Letter] = {}
    raw: QRawFont | None = None
    for text in _FIGURES:
        # Between two digits, so that each stands as it does in a figure.
        layout = QTextLayout(f"1{text}1", font)
        layout.beginLayout()
        layout.createLine()
        layout.endLayout()
        runs = layout.glyphRuns()
        if len(runs) != 1:
            continue
        run = runs[0]
        glyphs, places = run.glyphIndexes(), run.positions()
        if len(glyphs) != 3 or 0 in glyphs or (raw is not None and run.rawFont() != raw):
            continue
        raw = run.rawFont()
        advance = places[2].x() - places[1].x()
        letters[text] = Letter(raw=raw, glyph=0 if text == " " else glyphs[1], advance=advance)
    return letters
