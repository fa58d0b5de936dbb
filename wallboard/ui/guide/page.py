"""The page of the guide that is read: one chapter, its pictures, and what was looked for in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QMimeData, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextImageFormat,
    QWheelEvent,
)
from PySide6.QtWidgets import QTextBrowser, QTextEdit, QWidget

from wallboard.ui.guide.chapters import Chapter, Guide
from wallboard.ui.guide.known import expanded
from wallboard.ui.guide.typesetting import HIDDEN, Typesetter
from wallboard.ui.look import Look
from wallboard.ui.search_text import search_key

ZOOMS: Final = (0.8, 0.9, 1.0, 1.15, 1.3, 1.5, 1.75, 2.0)
"""How many times as large as the window's texts the guide's may be."""
_WIDEST: Final = 760
"""So many pixels at 100 % a line is at most, that eyes find the next one."""
_UNSEEN: Final = str.maketrans("", "", HIDDEN + "\u2009")


class GuidePage(QTextBrowser):
    """Shows a chapter. It opens nothing by itself: no address, no file but the guide's pictures.

    Signals:
        place_wanted: A link was followed: a place, as in `Run.target`.
        zoom_wanted: Letters are to be larger (1) or smaller (-1) by a step.
    """

    place_wanted = Signal(str)
    zoom_wanted = Signal(int)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._guide = Guide(language=look.wording.language)
        self._anchors: dict[str, int] = {}
        self._pictures: dict[str, QImage] = {}
        self._images: tuple[tuple[int, str], ...] = ()
        self._made: QTextDocument | None = None
        self._fitted = 0
        # Where the section begins that was gone to, until one scrolls away from it.
        self._gone_to: int | None = None
        self.verticalScrollBar().actionTriggered.connect(self._leave)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setUndoRedoEnabled(False)
        self.anchorClicked.connect(self._follow)

    def show_chapter(self, look: Look, guide: Guide, chapter: Chapter) -> None:
        """Show a chapter from its beginning.

        Args:
            look: How it looks; its scale is that of the letters.
            guide: Whose pictures it has.
            chapter: Which one.
        """
        self._look, self._guide = look, guide
        self._pictures.clear()
        setter = Typesetter(look, self._has)
        # One that is seen while it is made would be laid out again at every word.
        document = QTextDocument(self)
        setter.set_into(document, expanded(chapter.blocks, look.wording))
        self.setDocument(document)
        before, self._made = self._made, document
        if before is not None:
            before.deleteLater()
        self._anchors, self._images = setter.anchors, tuple(setter.pictures)
        self._fitted, self._gone_to = 0, None
        self._settle()
        self.setExtraSelections([])
        self.setAccessibleName(chapter.title)

    def show_section(self, anchor: str) -> None:
        """Show where a section begins, at the top; one that there is not: the chapter's begin."""
        self._go_to(self._anchors.get(anchor, 0))

    def show_words(self, words: Iterable[str]) -> None:
        """Mark where these words stand, however they are typed.

        Args:
            words: As `search_text.words_of` returns them; none: nothing is marked.
        """
        sought = [word for word in words if word]
        marks = [
            self._mark(at, length)
            for word in sought
            for at, length in _places(self.document().toRawText(), word)
        ]
        self.setExtraSelections(marks)

    def section_at_top(self) -> str:
        """Return the section that is read now, the one whose begin was passed last. May be ""."""
        top = self.cursorForPosition(self.viewport().rect().topLeft()).position()
        passed = [(at, anchor) for anchor, at in self._anchors.items() if at <= top + 1]
        return max(passed)[1] if passed else ""

    def loadResource(self, kind: int, name: QUrl | str) -> object:  # noqa: N802 - Qt's name
        """Give the guide's own pictures, and nothing else of whatever kind or address."""
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return None
        return self._scaled(QUrl(name).toString())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep lines readable and pictures in their column."""
        super().resizeEvent(event)
        side = max(0, (self.width() - self._look.px(_WIDEST + 80)) // 2)
        if self.viewportMargins().left() != side:
            self.setViewportMargins(side, 0, side, 0)
        # Within a resize Qt would lay the document out twice.
        QTimer.singleShot(0, self, self._settle)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Change the size of the letters with Ctrl, else scroll."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if event.angleDelta().y():
                self.zoom_wanted.emit(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
            return
        self._leave()
        super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Leave Alt and the arrows to the window: Qt's browser would go back by itself."""
        if event.modifiers() & Qt.KeyboardModifier.AltModifier:
            event.ignore()
            return
        self._leave()
        super().keyPressEvent(event)

    def createMimeDataFromSelection(self) -> QMimeData:  # noqa: N802 - Qt's name
        """Copy plain text, without the marks that keep codes in their direction."""
        copied = QMimeData()
        copied.setText(plain(self.textCursor().selection().toPlainText()))
        return copied

    def _go_to(self, at: int) -> None:
        """Scroll so that a position of the document is at the top."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(at)
        self.setTextCursor(cursor)
        bar = self.verticalScrollBar()
        top = bar.value() + self.cursorRect(cursor).top() - self._look.px(14)
        bar.setValue(0 if at == 0 else top)
        self._gone_to = at

    def _follow(self, link: QUrl) -> None:
        self.place_wanted.emit(link.toString())

    def _has(self, name: str) -> bool:
        """Read a picture once; return whether there is one."""
        if name not in self._pictures and self._guide.pictures is not None:
            read = QImage(str(self._guide.pictures / name))
            if not read.isNull():
                self._pictures[name] = read
        return name in self._pictures

    def _scaled(self, name: str) -> QImage | None:
        picture = self._pictures.get(name)
        if picture is None:
            return None
        dense = self.devicePixelRatioF()
        wide = min(round(self._column() * dense), picture.width())
        drawn = picture.scaledToWidth(max(1, wide), Qt.TransformationMode.SmoothTransformation)
        drawn.setDevicePixelRatio(dense)
        return drawn

    def _column(self) -> int:
        """Return how wide a picture may be in pixels."""
        margin = 2 * self.document().documentMargin()
        return max(120, round(min(self.viewport().width() - margin, self._look.px(_WIDEST))))

    def _fit(self) -> None:
        """Scale the pictures to the column, if it changed."""
        column = self._column()
        if column == self._fitted:
            return
        self._fitted = column
        for name in self._pictures:
            image = QTextDocument.ResourceType.ImageResource.value
            self.document().addResource(image, QUrl(name), self._scaled(name))
        for at, name in self._images:
            drawn = self._scaled(name)
            if drawn is None:
                continue
            form = QTextImageFormat()
            form.setWidth(drawn.deviceIndependentSize().width())
            form.setHeight(drawn.deviceIndependentSize().height())
            cursor = QTextCursor(self.document())
            cursor.setPosition(at)
            cursor.setPosition(at + 1, QTextCursor.MoveMode.KeepAnchor)
            cursor.mergeCharFormat(form)

    def _settle(self) -> None:
        """Arrange all for the page's width, and stay where one was led to."""
        self._fit()
        # Qt lays out what is seen, and the rest when it has time; of what follows a box or a table
        # it then leaves lines without any height. All at once goes well.
        self.document().markContentsDirty(0, self.document().characterCount())
        self.document().pageCount()
        if self._gone_to is not None:
            self._go_to(self._gone_to)

    def _leave(self) -> None:
        self._gone_to = None

    def _mark(self, at: int, length: int) -> QTextEdit.ExtraSelection:
        theme = self._look.theme
        cursor = QTextCursor(self.document())
        cursor.setPosition(at)
        cursor.setPosition(at + length, QTextCursor.MoveMode.KeepAnchor)
        written = QTextCharFormat()
        written.setBackground(theme.warning)
        written.setForeground(QColor(theme.warning_ink))
        mark = QTextEdit.ExtraSelection()
        mark.cursor, mark.format = cursor, written
        return mark


def zoomed(look: Look, zoom: float) -> Look:
    """Return a look whose letters are so many times as large."""
    return replace(look, scale=look.scale * zoom, compact=False)


def plain(text: str) -> str:
    """Return a text without the marks that only arrange it."""
    return text.translate(_UNSEEN).replace("\u2028", "\n")


def _places(text: str, word: str) -> list[tuple[int, int]]:
    """Return where a word stands in a text, as begins and lengths."""
    letters: list[str] = []
    origin: list[int] = []
    for at, letter in enumerate(text):
        folded = search_key(letter) or (" " if letter.isspace() else "")
        letters.append(folded)
        origin += [at] * len(folded)
    folded_text = "".join(letters)
    found: list[tuple[int, int]] = []
    at = folded_text.find(word)
    while at >= 0:
        end = origin[at + len(word) - 1] + 1
        found.append((origin[at], end - origin[at]))
        at = folded_text.find(word, at + len(word))
    return found
