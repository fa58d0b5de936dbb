"""A quiet button that says what is chosen, and opens a menu of what else there is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QMenu

from wallboard.ui.choice_menu import menu_of, open_below, paint_menu_mark
from wallboard.ui.easel import Easel, Texts
from wallboard.ui.look import Look
from wallboard.ui.quiet_button import KeyedButton
from wallboard.ui.theme.type import Role

_WIDEST = 220


class ChoiceButton(KeyedButton):
    """Shows one of several choices.

    Signals:
        chosen: The key of another one.
    """

    chosen = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._texts = Texts()
        self._choices: tuple[tuple[str, str], ...] = ()
        self._key = self._word = ""
        self._menu: QMenu | None = None
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self._open)

    def show_look(self, look: Look) -> None:
        """Show the button in another look; its words are the caller's."""
        self._look = look
        self._texts.clear()
        self.updateGeometry()
        self.update()

    def show_choices(self, name: str, choices: Sequence[tuple[str, str]], key: str) -> bool:
        """Show what is chosen; return whether another size is needed.

        Args:
            name: What is chosen here, for those who listen.
            choices: Keys and plain texts, in their order.
            key: Of the one that is chosen.
        """
        self._choices, self._key = tuple(choices), key
        word = dict(self._choices).get(key, "")
        self.setAccessibleName(f"{name}: {word}")
        if word == self._word:
            return False
        self._word = word
        self.updateGeometry()
        self.update()
        return True

    def key(self) -> str:
        """Return the key of what is chosen."""
        return self._key

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the size that the text needs, with the mark that a menu opens."""
        look = self._look
        width = self._texts.width(self._word, look.font(Role.LABEL))
        return QSize(min(round(width) + 1, look.px(_WIDEST)) + look.px(42), look.px(32))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802 - Qt's name
        """Paint outline, text, ring, and at the end the mark that a menu opens."""
        look, theme = self._look, self._look.theme
        painter = QPainter(self)
        easel = Easel(painter, look, self.width(), self._texts)
        box = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        lit = self.underMouse() or self.isDown()
        easel.fill(QRectF(self.rect()), theme.base)
        painter.setPen(QPen(theme.focus, theme.focus_width) if self.ringed() else theme.control)
        painter.setBrush(theme.raised if lit else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, 4, 4)
        line = QRectF(self.rect()).adjusted(look.px(12), 0, -look.px(28), 0)
        easel.write(line, self._word, look.font(Role.LABEL), theme.text)
        paint_menu_mark(painter, self, look, look.px(15))
        painter.end()

    def menu_of_choices(self) -> QMenu:
        """Return the menu as it opens, made anew."""
        menu = menu_of(self, self._look, self._choices, self._key, self._choose)
        menu.setAccessibleName(self.accessibleName())
        return menu

    def _open(self) -> None:
        if self._menu is not None:
            self._menu.deleteLater()
        self._menu = self.menu_of_choices()
        open_below(self, self._look, self._menu)

    def _choose(self, key: str) -> None:
        if key != self._key:
            self.chosen.emit(key)
