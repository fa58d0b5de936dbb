"""The window of the guide: its contents, a search, and the chapter that is read."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from wallboard.ui.dialogs.dress import dress
from wallboard.ui.filter_field import FilterField
from wallboard.ui.guide.chapters import Guide, place_parts
from wallboard.ui.guide.finding import Section, sections_of, sections_with
from wallboard.ui.guide.page import ZOOMS, GuidePage, zoomed
from wallboard.ui.look import Look
from wallboard.ui.plain_label import PlainLabel
from wallboard.ui.search_text import words_of
from wallboard.ui.theme.sheets import guide_sheet
from wallboard.ui.theme.type import Role

_WIDE, _HIGH, _LIST = 1140, 780, 284
_PLACE: Final = Qt.ItemDataRole.UserRole
_USUAL: Final = ZOOMS.index(1.0)


class GuideWindow(QDialog):
    """Shows the guide beside the board, which goes on. It reads no file and asks nobody."""

    closed = Signal()

    def __init__(self, look: Look, guide: Guide, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self._look, self._guide = look, guide
        self._zoom = _USUAL
        self._place = ""
        self._chapter = ""
        self._before: list[str] = []
        self._sections: tuple[Section, ...] = ()
        self._filling = False
        self.field = FilterField(look, "Ctrl+F")
        self.contents = QTreeWidget()
        self.contents.setObjectName("contents")
        self.contents.setHeaderHidden(True)
        self.contents.setRootIsDecorated(False)
        self.contents.setItemsExpandable(False)
        self.contents.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.contents.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.nothing = PlainLabel()
        self.nothing.setWordWrap(True)
        self.nothing.hide()
        self.page = GuidePage(look)
        self._arrange()
        self._hear()
        self.show_guide(look, guide)
        self.page.setFocus(Qt.FocusReason.OtherFocusReason)
        screen = self.screen().availableGeometry()
        self.resize(
            min(look.px(_WIDE), screen.width() - look.px(40)),
            min(look.px(_HIGH), screen.height() - look.px(60)),
        )

    def show_guide(self, look: Look, guide: Guide) -> None:
        """Show the guide in another look or language, where it is open."""
        self._look, self._guide = look, guide
        wording = look.wording
        dress(self, look)
        self.setStyleSheet(self.styleSheet() + guide_sheet(look.theme))
        self.setWindowTitle(wording.translate("Guide", "Guide to Wallboard"))
        self.field.show_look(look)
        self.field.show_hint(wording.translate("Guide", "Search the guide"))
        self.field.setFixedHeight(look.px(36))
        self.contents.setAccessibleName(wording.translate("Guide", "Contents"))
        self.contents.setIndentation(look.px(16))
        self._side.setFixedWidth(look.px(_LIST))
        self._sections = tuple(
            section for chapter in guide.chapters for section in sections_of(chapter, wording)
        )
        self._chapter = ""
        self._fill()
        self.open_place(self._place)

    def open_place(self, place: str) -> None:
        """Show a chapter, or a section of it; one that is not there: the first chapter."""
        key, section = place_parts(place, self._chapter)
        chapter = self._guide.chapter(key) or next(iter(self._guide.chapters), None)
        if chapter is None:
            self._show_missing()
            return
        if chapter.key != self._chapter:
            self._chapter = chapter.key
            look = zoomed(self._look, ZOOMS[self._zoom])
            self.page.show_chapter(look, self._guide, chapter)
        self.page.show_section(section)
        self.page.show_words(words_of(self.field.text()))
        self._place = f"{chapter.key}#{section}" if section else chapter.key
        self._choose(self._place)

    def place(self) -> str:
        """Return which chapter or section was opened last, as a link names it."""
        return self._place

    def zoom(self, by: int) -> None:
        """Show larger (1) or smaller (-1) letters by a step; 0: as large as the window's."""
        at = _USUAL if by == 0 else max(0, min(len(ZOOMS) - 1, self._zoom + by))
        if at != self._zoom:
            self._zoom = at
            section = self.page.section_at_top()
            self._chapter, place = "", self._place
            self.open_place(f"{place.partition('#')[0]}#{section}" if section else place)

    def go_back(self) -> None:
        """Show what was read before the last link was followed; nothing if none was."""
        if self._before:
            self.open_place(self._before.pop())

    def _arrange(self) -> None:
        self._side = QWidget()
        column = QVBoxLayout(self._side)
        column.setContentsMargins(12, 12, 6, 12)
        column.setSpacing(10)
        for part in (self.field, self.contents, self.nothing):
            column.addWidget(part)
        column.setStretchFactor(self.contents, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._side)
        row.addWidget(self.page, 1)

    def _hear(self) -> None:
        self.page.place_wanted.connect(self._follow)
        self.page.zoom_wanted.connect(self.zoom)
        self.field.textChanged.connect(self._search)
        self.field.left.connect(self._leave_field)
        self.contents.currentItemChanged.connect(self._open_chosen)
        for keys, act in (
            ("Ctrl+F", self._to_field),
            ("Ctrl++", lambda: self.zoom(1)),
            ("Ctrl+=", lambda: self.zoom(1)),
            ("Ctrl+-", lambda: self.zoom(-1)),
            ("Ctrl+0", lambda: self.zoom(0)),
            ("Alt+Left", self.go_back),
            ("F1", self.close),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    def _to_field(self) -> None:
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def _leave_field(self) -> None:
        """Go to the first that was found, or where none is sought to what is read."""
        if not words_of(self.field.text()):
            self.page.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        first = next(iter(_rows(self.contents)), None)
        if first is not None:
            self.contents.setFocus(Qt.FocusReason.OtherFocusReason)
            self.contents.setCurrentItem(first)

    def _follow(self, place: str) -> None:
        self._before.append(self._place)
        self.open_place(place)

    def _search(self) -> None:
        self._fill()
        self._choose(self._place)
        self.page.show_words(words_of(self.field.text()))

    def _fill(self) -> None:
        """List what is looked for, or all."""
        words = words_of(self.field.text())
        found = sections_with(self._sections, words)
        self._filling = True
        self.contents.clear()
        for chapter in self._guide.chapters:
            parts = [one for one in found if one.chapter == chapter.key]
            if not parts:
                continue
            # Of a chapter that has it in a section only, the name leads to that section.
            row = _row(chapter.title, chapter.key if not parts[0].anchor else parts[0].place)
            row.setFont(0, self._look.font(Role.STRONG))
            self.contents.addTopLevelItem(row)
            for one in parts:
                if one.anchor:
                    part = _row(one.title, one.place)
                    part.setFont(0, self._look.font(Role.BODY))
                    row.addChild(part)
        self.contents.expandAll()
        self._filling = False
        none = self._look.wording.translate("Guide", "Nothing found. Try another word.")
        self.nothing.show_text(none)
        self.nothing.setVisible(bool(words) and not found)

    def _choose(self, place: str) -> None:
        """Mark in the contents what is read."""
        self._filling = True
        rows = {row.data(0, _PLACE): row for row in reversed(_rows(self.contents))}
        row = rows.get(place)
        if row is not None:
            self.contents.setCurrentItem(row)
        self._filling = False

    def _open_chosen(self, row: QTreeWidgetItem | None) -> None:
        if row is not None and not self._filling:
            self.open_place(str(row.data(0, _PLACE)))

    def _show_missing(self) -> None:
        wording = self._look.wording
        self.page.setPlainText(
            wording.translate(
                "Guide",
                "The guide's files are missing here. Install Wallboard again: they come with it.",
            )
        )


def _row(title: str, place: str) -> QTreeWidgetItem:
    row = QTreeWidgetItem([title])
    row.setData(0, _PLACE, place)
    row.setToolTip(0, "")
    return row


def _rows(contents: QTreeWidget) -> list[QTreeWidgetItem]:
    """Return all rows from the top to the bottom."""
    found: list[QTreeWidgetItem] = []
    for at in range(contents.topLevelItemCount()):
        chapter = contents.topLevelItem(at)
        if chapter is not None:
            parts = (chapter.child(part) for part in range(chapter.childCount()))
            found += [chapter, *(part for part in parts if part is not None)]
    return found
