"""How the cells of a workbook look: one format for each kind of cell, made once."""

from __future__ import annotations

from typing import Any, Final

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from wallboard.domain.paper import LATIN_DIGITS, Paper
from wallboard.domain.reporting import CellKind
from wallboard.papers import palette

NUMBERS: Final = frozenset({CellKind.COUNT, CellKind.RATIO, CellKind.DURATION, CellKind.FIGURE})
"""Kinds whose cells are numbers of which a pivot can be made."""

_FORMATS: Final = {
    CellKind.COUNT: "#,##0",
    CellKind.RATIO: "0.0%",
    CellKind.DURATION: "[h]:mm:ss",
    CellKind.FIGURE: "#,##0.0",
}
_DATES: Final = {
    CellKind.INSTANT: "yyyy-mm-dd hh:mm:ss",
    CellKind.DAY: "yyyy-mm-dd",
}
# Numbers stay numbers and are drawn with Persian digits, by Excel and by LibreOffice.
_IN_PERSIAN_DIGITS: Final = "[$-3000429]"
_LEFT_TO_RIGHT: Final = 1
_RIGHT_TO_LEFT: Final = 2
# Both are found where workbooks are read; Calibri has no Persian letters.
_FONTS: Final = {"fa": "Tahoma", "en": "Calibri"}


def number_format(kind: CellKind, digits: str) -> str:
    """Return the workbook's format of such cells; an empty text for texts."""
    if kind in _DATES:
        return _DATES[kind]
    told = _FORMATS.get(kind, "")
    return in_digits(told, digits) if told else ""


def in_digits(number: str, digits: str) -> str:
    """Return a workbook's format so that it is drawn with the reader's digits."""
    return number if digits == LATIN_DIGITS else f"{_IN_PERSIAN_DIGITS}{number}"


class Styles:
    """All formats of one workbook."""

    def __init__(self, book: Workbook, paper: Paper) -> None:
        self._book = book
        self._digits = paper.notation.digits
        self.font = _FONTS.get(paper.language, _FONTS["en"])
        self.size = 10 if paper.language == "fa" else 11
        self._headings: dict[bool, Format] = {}
        self._cells: dict[tuple[CellKind, int, bool], Format] = {}
        start = "right" if paper.right_to_left else "left"
        self._start = start
        # Our own sentences; one that begins with a figure would else be read from its end.
        order = _RIGHT_TO_LEFT if paper.right_to_left else _LEFT_TO_RIGHT
        self._ours = {"align": start, "reading_order": order}
        wrapped = {**self._ours, "text_wrap": True, "valign": "top"}
        self.title = self._format(bold=True, font_size=18, **self._ours)
        self.subtitle = self._format(font_color=palette.FAINT, font_size=12, **self._ours)
        self.label = self._format(bold=True, **wrapped)
        self.middle = self._format(valign="vcenter", **self._ours)
        self.line = self._format(**wrapped)
        self.faint = self._format(font_color=palette.FAINT, **self._ours)
        weighty = {"bold": True, "font_color": palette.WEIGHTY, "bg_color": palette.WEIGHTY_GROUND}
        self.weighty = self._format(**weighty, **wrapped)

    def heading(self, kind: CellKind | None) -> Format:
        """Return the format of a heading: it stands over what is below it."""
        number = kind in NUMBERS
        if number not in self._headings:
            self._headings[number] = self._format(
                bold=True,
                bg_color=palette.HEAD,
                bottom=1,
                bottom_color=palette.RULE,
                align="right" if number else self._start,
                indent=1 if number else 0,
                valign="vcenter",
                text_wrap=True,
            )
        return self._headings[number]

    def cell(self, kind: CellKind, *, decimals: int = 1, total: bool = False) -> Format:
        """Return the format of a cell of a row, or of the last one."""
        key = (kind, decimals, total)
        if key not in self._cells:
            self._cells[key] = self._cell(kind, decimals, total=total)
        return self._cells[key]

    def headline(self, kind: CellKind) -> Format:
        """Return the format of a figure on the cover: it is read from afar, where a line begins."""
        number = number_format(kind, self._digits)
        told = {"num_format": number} if number else {}
        return self._format(bold=True, font_size=14, align=self._start, **told)

    def _cell(self, kind: CellKind, decimals: int, *, total: bool) -> Format:
        told: dict[str, Any] = {"bottom": 4, "bottom_color": palette.LINE}
        if total:
            told = {"bold": True, "top": 1, "top_color": palette.RULE, "bg_color": palette.HEAD}
        number = number_format(kind, self._digits)
        if kind is CellKind.FIGURE and decimals != 1:
            number = number.replace("0.0", f"0.{'0' * decimals}" if decimals else "0")
        if number:
            told |= {"num_format": number}
        if kind in NUMBERS:
            told |= {"align": "right", "indent": 1}
        elif kind in _DATES or kind is CellKind.PHONE:
            # A masked number and a day before an hour turn around in a sheet from right to left.
            told |= {"align": self._start, "reading_order": _LEFT_TO_RIGHT}
        else:
            told |= {"align": self._start}
        return self._format(**told)

    def _format(self, **told: Any) -> Format:  # noqa: ANN401 - a format's properties, by name
        usual = {"font_name": self.font, "font_size": self.size, "font_color": palette.INK}
        return self._book.add_format(usual | told)
