"""The rail at the start of the window: the pages, and the ways to find everything else."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent

from wallboard.ui.easel import Easel, Texts, flood
from wallboard.ui.frame.page_table import PAGES, page_keys
from wallboard.ui.look import Look
from wallboard.ui.page_glyphs import paint_page_glyph
from wallboard.ui.panels.panel import Panel
from wallboard.ui.quiet_button import KeyedButton
from wallboard.ui.theme.type import Role
from wallboard.ui.words import Phrase, phrase

WIDE, NARROW = 184, 56
"""The rail's width in pixels at 100 %, with labels and without."""
_ARROWS: Final = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right)
_FIND: Final = phrase("Rail", "Find")
_GUIDE: Final = phrase("Rail", "Guide")
_KEYS: Final = phrase("Rail", "Keys")


class RailButton(KeyedButton):
    """A place on the rail: a shape, and where there is room its name and its keys."""

    def __init__(self, look: Look, name: Phrase, glyph: str, keys: str) -> None:
        super().__init__()
        self._name, self._glyph, self._keys = name, glyph, keys
        self._look = look
        self._texts = Texts()
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.show_look(look)

    def show_look(self, look: Look) -> None:
        """Show the button in another look."""
        self._look = look
        self._texts.clear()
        name = look.wording.say(self._name)
        self.setAccessibleName(name)
        self.setAccessibleDescription(self._keys)
        # A tip of our own words, where the name itself is not written.
        self.setToolTip(f"{name} · {self._keys}" if look.compact else "")
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the size of a place on the rail."""
        look = self._look
        return QSize(look.px(NARROW if look.compact else WIDE), look.px(44))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Press the button; arrows are the rail's, a button of Qt's would go its own way."""
        if event.key() in _ARROWS:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the place; the page that is shown is lifted, and has a bar at its start."""
        look, theme = self._look, self._look.theme
        painter = QPainter(self)
        easel = Easel(painter, look, self.width(), self._texts)
        flood(painter, event.rect(), theme.base)
        box = QRectF(self.rect()).adjusted(look.px(6), 2, -look.px(6), -2)
        current, lit = self.isChecked(), self.underMouse() or self.isDown()
        if current or lit:
            easel.card(box, theme.raised)
        if current:
            easel.fill(QRectF(box.x(), box.y() + box.height() / 4, 3, box.height() / 2), theme.text)
        ink = theme.text if current or lit else theme.text2
        size = look.px(18)
        start = (self.width() - size) / 2 if look.compact else box.x() + look.px(12)
        glyph = QRectF(start, box.center().y() - size / 2, size, size)
        paint_page_glyph(painter, easel.at(glyph), self._glyph, ink)
        if not look.compact:
            text = QRectF(glyph.right() + look.px(12), box.y(), 0, box.height())
            text.setRight(box.right() - look.px(8))
            role = Role.STRONG if current else Role.BODY
            easel.write(text, look.wording.say(self._name), look.font(role), ink)
        if self.ringed():
            painter.setPen(QPen(theme.focus, theme.focus_width))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 4, 4)
        painter.end()


class Rail(Panel):
    """Shows the pages. One stop of the Tab key; up and down go from place to place.

    Signals:
        page_wanted: The key of a page.
        find_wanted: Anything is to be looked for.
        guide_wanted: The guide is to be opened.
        keys_wanted: The keys are to be told.
    """

    page_wanted = Signal(str)
    find_wanted = Signal()
    guide_wanted = Signal()
    keys_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._pages = {
            entry.key: RailButton(look, entry.name, entry.glyph, page_keys(at))
            for at, entry in enumerate(PAGES)
        }
        self._find = RailButton(look, _FIND, "find", "Ctrl+K")
        self._guide = RailButton(look, _GUIDE, "guide", "F1")
        self._keys = RailButton(look, _KEYS, "keys", "?")
        for key, button in self._pages.items():
            button.setCheckable(True)
            button.clicked.connect(partial(self._ask, key))
        self._find.clicked.connect(self.find_wanted)
        self._guide.clicked.connect(self.guide_wanted)
        self._keys.clicked.connect(self.keys_wanted)
        for button in self.places():
            button.setParent(self)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._current = ""
        self._say()

    def show_look(self, look: Look) -> None:
        """Show the rail in another look."""
        super().show_look(look)
        for button in self.places():
            button.show_look(look)
        self._arrange()
        self._say()

    def show_page(self, key: str) -> None:
        """Mark the page that is shown."""
        self._current = key
        for name, button in self._pages.items():
            button.setChecked(name == key)
            policy = Qt.FocusPolicy.TabFocus if name == key else Qt.FocusPolicy.NoFocus
            button.setFocusPolicy(policy)
        self.setFocusProxy(self._pages[key])

    def places(self) -> tuple[RailButton, ...]:
        """Return the buttons from the top to the bottom."""
        return (*self._pages.values(), self._find, self._guide, self._keys)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Go from place to place: what a button does not take comes here."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        places = self.places()
        at = next((at for at, place in enumerate(places) if place.hasFocus()), None)
        if step is None or at is None:
            super().keyPressEvent(event)
            return
        there = places[max(0, min(len(places) - 1, at + step))]
        there.setFocus(Qt.FocusReason.TabFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the ground."""
        painter = QPainter(self)
        flood(painter, event.rect(), self._look.theme.base)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Put pages at the top, the rest at the bottom."""
        super().resizeEvent(event)
        self._arrange()

    def _ask(self, key: str) -> None:
        # A button that is pressed turns by itself; which page is shown is told to us.
        self._pages[key].setChecked(key == self._current)
        self.page_wanted.emit(key)

    def _arrange(self) -> None:
        # Large letters in a small window: all places are to be seen, and none over another.
        height = min(self._look.px(44), self.height() // len(self.places()))
        for at, button in enumerate(self._pages.values()):
            button.setGeometry(0, at * height, self.width(), height)
        for at, button in enumerate((self._keys, self._guide, self._find), start=1):
            button.setGeometry(0, self.height() - at * height, self.width(), height)

    def _say(self) -> None:
        self.setAccessibleName(self._look.wording.translate("Panel", "Pages"))
