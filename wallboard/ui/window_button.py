"""The quiet switch that says of which time the figures are, and offers others."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPoint, QSize, Signal
from PySide6.QtGui import QAction, QActionGroup, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QMenu

from wallboard.engine.windows import WindowKind
from wallboard.ui.look import Look
from wallboard.ui.quiet_button import QuietButton
from wallboard.ui.theme.sheets import menu_sheet
from wallboard.ui.theme.type import Role

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
        look = self._look
        half, deep = look.px(4), look.px(4)
        end = look.px(14)
        x = end if look.rtl else self.width() - end
        y = self.height() // 2 - deep // 2
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.theme.text2, 1.5))
        painter.drawPolyline([QPoint(x - half, y), QPoint(x, y + deep), QPoint(x + half, y)])
        painter.end()

    def menu_of_windows(self) -> QMenu:
        """Return the menu as it opens, made anew."""
        look = self._look
        menu = QMenu(self)
        menu.setLayoutDirection(look.direction)
        menu.setPalette(look.palette())
        menu.setFont(look.font(Role.BODY))
        menu.setStyleSheet(menu_sheet(look.theme))
        menu.setAccessibleName(look.wording.translate("Window", "Figures of"))
        group = QActionGroup(menu)
        for kind in OFFERED:
            action = QAction(look.wording.window(kind), menu)
            action.setCheckable(True)
            action.setChecked(kind is self._shown)
            action.setData(str(kind))
            group.addAction(action)
            menu.addAction(action)
        menu.triggered.connect(self._choose)
        return menu

    def _open(self) -> None:
        if self._menu is not None:
            self._menu.deleteLater()
        menu = self._menu = self.menu_of_windows()
        chosen = next((action for action in menu.actions() if action.isChecked()), None)
        if chosen is not None:
            menu.setActiveAction(chosen)
        start = self.width() - menu.sizeHint().width() if self._look.rtl else 0
        menu.popup(self.mapToGlobal(QPoint(start, self.height())))

    def _choose(self, action: QAction) -> None:
        kind = WindowKind(str(action.data()))
        if kind is not self._shown:
            self.window_requested.emit(kind)

    def _say(self) -> None:
        wording = self._look.wording
        self.show_text(wording.window(self._shown))
        told = wording.translate("Window", "Figures of: {window}. Press for others.")
        self.setAccessibleName(told.format(window=wording.window(self._shown)))
        self.updateGeometry()
        self.update()
