"""Sets a chapter as a document: letters, colours and directions, and where its sections begin."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextImageFormat,
    QTextLength,
    QTextListFormat,
    QTextOption,
    QTextTable,
    QTextTableFormat,
)

from wallboard.ui.guide.chapters import (
    Block,
    Code,
    Grid,
    Heading,
    Items,
    Paragraph,
    Picture,
    Run,
)
from wallboard.ui.look import Look
from wallboard.ui.theme.type import Role, font_of

_HEADINGS: Final = {1: 26, 2: 19, 3: 15}
_ABOVE: Final = {1: 4, 2: 26, 3: 18}
_LINE: Final = 145.0
"""The distance of lines, in percent of the letters' own."""
_CELL: Final = 118.0
"""The same in a table, whose rows have room between them already."""
_WORD_JOINER: Final = "\u2060"
_LEFT_TO_RIGHT, _POP = "\u2066", "\u2069"
HIDDEN: Final = _WORD_JOINER + _LEFT_TO_RIGHT + _POP
"""What is put around codes so that they keep their direction; nobody wants it copied."""


class Typesetter:
    """Sets one chapter after the other into a document of its own.

    Attributes:
        anchors: Where each section begins, as a position in the document.
        pictures: Where each picture stands, and its name.
    """

    def __init__(self, look: Look, say_known: Callable[[str], bool]) -> None:
        """Set in a look.

        Args:
            look: How it looks; its scale is that of the letters.
            say_known: Whether there is a picture of that name; of others the words are set.
        """
        self._look = look
        self._is_there = say_known
        self.anchors: dict[str, int] = {}
        self.pictures: list[tuple[int, str]] = []
        self._cursor = QTextCursor()
        self._fresh = True
        self._boxed_before = False

    def set_into(self, document: QTextDocument, blocks: tuple[Block, ...]) -> None:
        """Set these blocks in the place of what the document holds."""
        look = self._look
        document.clear()
        document.setDefaultFont(look.font(Role.BODY))
        document.setIndentWidth(look.px(24))
        document.setDocumentMargin(look.px(28))
        option = QTextOption()
        option.setTextDirection(look.direction)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        document.setDefaultTextOption(option)
        self._cursor = QTextCursor(document)
        self._fresh = True
        for block in blocks:
            self._set(block)
            self._boxed_before = self._fresh

    def _set(self, block: Block) -> None:
        match block:
            case Heading():
                self._heading(block)
            case Paragraph(remark=True):
                self._remark(block)
            case Paragraph():
                self._begin(self._spaced(below=10))
                self._runs(block.runs)
            case Items():
                self._items(block)
            case Code():
                self._code(block)
            case Grid():
                self._grid(block)
            case Picture():
                self._picture(block)
            case _:
                pass  # what the program tells was put in its place before

    # Lines

    def _heading(self, heading: Heading) -> None:
        look = self._look
        spaced = self._spaced(above=_ABOVE[heading.level], below=8)
        spaced.setHeadingLevel(heading.level)
        if self._boxed_before:
            # After a box Qt leaves out what is to be free above a line.
            self._begin(self._gap(1))
        self._begin(spaced)
        if heading.anchor:
            self.anchors[heading.anchor] = self._cursor.position()
        font = font_of(look.px(_HEADINGS[heading.level]), QFont.Weight.DemiBold)
        self._write(heading.text, self._ink(look.theme.text, font))

    def _items(self, items: Items) -> None:
        if items.numbered:
            for at, row in enumerate(items.rows, start=1):
                self._begin(self._spaced(below=8))
                number = self._look.wording.digits(f"{at}.")
                self._runs((Run(text=f"{number} ", bold=True), *row))
            return
        style = QTextListFormat()
        style.setStyle(QTextListFormat.Style.ListDisc)
        style.setIndent(1)
        listed = None
        for row in items.rows:
            self._begin(self._spaced(below=6))
            # Qt gives the mark of an item the letters of the block.
            self._cursor.setBlockCharFormat(self._ink(self._look.theme.text2))
            if listed is None:
                listed = self._cursor.createList(style)
            else:
                listed.add(self._cursor.block())
            self._runs(row)

    def _runs(self, runs: tuple[Run, ...], *, ink: QColor | None = None) -> None:
        for run in runs:
            self._run(run, ink or self._look.theme.text)

    def _run(self, run: Run, ink: QColor) -> None:
        theme = self._look.theme
        written = self._ink(ink)
        if run.bold:
            written.setFontWeight(QFont.Weight.DemiBold)
        if run.code or run.key:
            written.setBackground(theme.bands[0])
            edge = QTextCharFormat(written)
            edge.setFont(self._look.font(Role.LABEL))
            written.setFont(self._fixed() if run.code else self._look.font(Role.LABEL))
            # The thin spaces are of the ground that the word stands on.
            self._write(f"{_LEFT_TO_RIGHT}\u2009", edge)
            self._write(run.text, written)
            self._write(f"\u2009{_POP}", edge)
            return
        if run.target:
            written.setAnchor(True)
            written.setAnchorHref(run.target)
            written.setForeground(theme.focus)
            written.setFontUnderline(True)
        self._write(run.text, written)

    # What stands in a box

    def _remark(self, paragraph: Paragraph) -> None:
        theme = self._look.theme
        self._boxed(theme.raised, theme.control)
        self._cursor.setBlockFormat(self._spaced(above=4))
        self._runs(paragraph.runs, ink=theme.text)
        self._leave()

    def _code(self, code: Code) -> None:
        theme = self._look.theme
        self._boxed(theme.bands[0], None)
        lines = self._spaced(above=4)
        lines.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        lines.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
        self._cursor.setBlockFormat(lines)
        written = self._ink(theme.text)
        written.setFont(self._fixed())
        # Lines of one block: what is copied is what stands here.
        self._write(code.text.replace("\n", "\u2028"), written)
        self._leave()

    def _grid(self, grid: Grid) -> None:
        if not grid.head:
            return
        look, theme = self._look, self._look.theme
        style = QTextTableFormat()
        style.setBorderCollapse(True)
        style.setBorder(1)
        style.setBorderBrush(theme.line)
        style.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        style.setCellPadding(look.px(7))
        style.setCellSpacing(0)
        style.setTopMargin(look.px(4))
        style.setBottomMargin(look.px(14))
        style.setHeaderRowCount(1)
        style.setLayoutDirection(look.direction)
        style.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        table = self._cursor.insertTable(len(grid.rows) + 1, len(grid.head), style)
        for at, row in enumerate((grid.head, *grid.rows)):
            self._row(table, at, row)
        self._cursor.movePosition(QTextCursor.MoveOperation.End)
        self._fresh = True

    def _row(self, table: QTextTable, at: int, row: tuple[tuple[Run, ...], ...]) -> None:
        theme = self._look.theme
        for column, cell in enumerate(row):
            # Qt counts columns from the left in every language.
            place = len(row) - 1 - column if self._look.rtl else column
            self._cursor = table.cellAt(at, place).firstCursorPosition()
            spaced = self._spaced()
            spaced.setLineHeight(_CELL, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
            self._cursor.setBlockFormat(spaced)
            told = tuple(self._headed(run) for run in cell) if at == 0 else cell
            self._runs(told, ink=theme.text2 if at == 0 else theme.text)

    def _headed(self, run: Run) -> Run:
        return Run(text=run.text, bold=True)

    def _picture(self, picture: Picture) -> None:
        theme = self._look.theme
        if self._is_there(picture.name):
            spaced = self._spaced(above=6, below=4)
            # Else it would be as much farther from what follows as lines are.
            spaced.setLineHeight(0, QTextBlockFormat.LineHeightTypes.SingleHeight.value)
            self._begin(spaced)
            image = QTextImageFormat()
            image.setName(picture.name)
            image.setProperty(QTextFormat.Property.ImageAltText, picture.words)
            self.pictures.append((self._cursor.position(), picture.name))
            self._cursor.insertImage(image)
        self._begin(self._spaced(below=14))
        font = self._look.font(Role.CAPTION)
        self._write(picture.words, self._ink(theme.text2, font))

    # How it is written

    def _begin(self, spaced: QTextBlockFormat) -> None:
        """Begin a line of its own; the document's first one is there already."""
        if self._fresh:
            self._cursor.setBlockFormat(spaced)
            self._cursor.setBlockCharFormat(QTextCharFormat())
        else:
            self._cursor.insertBlock(spaced, QTextCharFormat())
        if self._cursor.currentList() is not None:
            self._cursor.currentList().remove(self._cursor.block())
            self._cursor.setBlockFormat(spaced)
        self._fresh = False

    def _boxed(self, ground: QColor, edge: QColor | None) -> None:
        look = self._look
        style = QTextFrameFormat()
        style.setBackground(ground)
        style.setPadding(look.px(10))
        style.setTopMargin(look.px(2))
        style.setBottomMargin(look.px(12))
        style.setBorder(0 if edge is None else 1)
        if edge is not None:
            style.setBorderBrush(edge)
            style.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        self._cursor.insertFrame(style)

    def _leave(self) -> None:
        self._cursor.movePosition(QTextCursor.MoveOperation.End)
        self._fresh = True

    def _spaced(self, *, above: int = 0, below: int = 0) -> QTextBlockFormat:
        look = self._look
        spaced = QTextBlockFormat()
        spaced.setTopMargin(look.px(above))
        spaced.setBottomMargin(look.px(below))
        spaced.setLayoutDirection(look.direction)
        proportional = QTextBlockFormat.LineHeightTypes.ProportionalHeight
        spaced.setLineHeight(_LINE, proportional.value)
        return spaced

    def _gap(self, high: int) -> QTextBlockFormat:
        """Return the form of an empty line of so many pixels at 100 %."""
        spaced = self._spaced()
        fixed = QTextBlockFormat.LineHeightTypes.FixedHeight
        spaced.setLineHeight(self._look.px(high), fixed.value)
        return spaced

    def _ink(self, colour: QColor, font: QFont | None = None) -> QTextCharFormat:
        written = QTextCharFormat()
        if font is not None:
            written.setFont(font)
        written.setForeground(colour)
        return written

    def _fixed(self) -> QFont:
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPixelSize(max(8, self._look.px(13)))
        return font

    def _write(self, text: str, written: QTextCharFormat) -> None:
        self._cursor.insertText(text, written)
