"""The quiet switch that says of which time the figures are, and offers others."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu

from wallboard.engine.windows import WindowKind
from wallboard.ui.choice_menu import menu_of, open_below, paint_menu_mark
from wallboard.ui.look import Look
from wallboard.ui.quiet_button import QuietButton

OFFERED: Final = tuple(kind for kind in WindowKind if kind is not WindowKind.RANGE)
"""The windows that a board can have, in the order of the menu."""


class WindowButton(QuietButton):
    """Shows the window of the board; pressed, it opens a menu of them.

    Signals:
        window_requested: Another window was chosen.
    """

    window_requested = Signal(WindowKind)

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._shown = WindowKind.TODAY
        self._menu: QMenu | None = None
        self.clicked.connect(self._open)
        self._say()

    def show_look(self, look: Look) -> None:
        """Show the button in another look."""
        super().show_look(look)
        self._say()

    def show_window(self, kind: WindowKind) -> bool:
        """Show the window of the board. Return True if it is another one than before."""
        if kind is self._shown:
            return False
        self._shown = kind
        self._say()
        return True

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the size that the word needs, with the mark that a menu opens."""
        hint = super().sizeHint()
        return QSize(hint.width() + self._look.px(26), hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the button, and at its end the mark that a menu opens."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_menu_mark(painter, self, self._look, self._look.px(14))
        painter.end()

    def menu_of_windows(self) -> QMenu:
        """Return the menu as it opens, made anew."""
        look = self._look
        choices = ((str(kind), look.wording.window(kind)) for kind in OFFERED)
        menu = menu_of(self, look, choices, str(self._shown), self._choose)
        menu.setAccessibleName(look.wording.translate("Window", "Figures of"))
        return menu

    def _open(self) -> None:
        if self._menu is not None:
            self._menu.deleteLater()
        self._menu = self.menu_of_windows()
        open_below(self, self._look, self._menu)

    def _choose(self, key: str) -> None:
        kind = WindowKind(key)
        if kind is not self._shown:
            self.window_requested.emit(kind)

    def _say(self) -> None:
        wording = self._look.wording
        self.show_text(wording.window(self._shown))
        told = wording.translate("Window", "Figures of: {window}. Press for others.")
        self.setAccessibleName(told.format(window=wording.window(self._shown)))
        self.updateGeometry()
        self.update()
